"""What a page is made from: what was asked, the answer, the run that found it, and the language to tell it in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import geopandas as gpd
import networkx as nx
import pandas as pd
from branca.element import CssLink, Figure, JavascriptLink
from markupsafe import Markup

from maps import layers, model
from maps.estimates import SUMS, made_of
from maps.firm import NOT_ASKED, FirmPlan
from maps.firm_words import FirmWords
from maps.model import Plan, RunFacts
from maps.offline import script_text
from maps.texts import Words
from maps.today import Today
from optimizer.evaluate import Evaluation
from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.ranges import Ranges, exact


@dataclass(frozen=True)
class Drawing:
    """The Folium map as parts of a page.

    Parameters
    ----------
    references
        To scripts and stylesheets, which `maps.bilingual.bind` puts into the page.
    element
        The empty element that the map fills.
    script
        What fills it; calls ``plankontor.start`` at its end.
    extent
        Corners of the area that takes part, south-west and north-east, latitude first.
    """

    references: Markup
    element: Markup
    script: Markup
    extent: list[list[float]]


@dataclass(frozen=True, eq=False)
class Answer:
    """A plan with everything that a page says of it. The map and the report share its rows and its drawing.

    Parameters
    ----------
    municipalities
        The whole edition, as from ``geodata.municipalities.load`` with the columns of ``geodata.planners``.
    problem, grouping, evaluation
        What was asked, the answer, and its judgement, which every figure comes from.
    links
        Neighbours; offices linked by road or ferry get different colours too.
    graph
        Roads and ferries, as the run used them.
    facts
        What the page tells of the run.
    language
        One of `maps.texts.LANGUAGES`.
    today
        Who works together today.
    colours
        Of the shared offices by host, where several plans must look alike; the plan's own if not given.
    between
        Between what figures plausibly lie; if not given, every figure is known.
    firm
        How firm the plan is, if that was asked.
    """

    municipalities: gpd.GeoDataFrame
    problem: Problem
    grouping: Grouping
    evaluation: Evaluation
    links: pd.DataFrame
    graph: "nx.Graph[str]"
    facts: RunFacts
    language: str = "nb"
    today: Today = field(default_factory=Today)
    colours: Mapping[str, int] | None = None
    between: Ranges | None = None
    firm: FirmPlan = NOT_ASKED
    _told: dict[str, "Answer"] = field(default_factory=dict, init=False, repr=False)

    @property
    def words(self) -> Words:
        """The texts of its language."""
        return Words(self.language)

    def told_in(self, language: str) -> "Answer":
        """Return the same in a language; drawn once, however many pages show it."""
        if language not in self._told:
            self._told[language] = self if language == self.language else replace(self, language=language)
        return self._told[language]

    @cached_property
    def plan(self) -> Plan:
        """The plan as rows."""
        made = model.build(
            self.municipalities, self.problem, self.grouping, self.evaluation, self.links, between=self.between
        )
        return made if self.colours is None else made.coloured(self.colours)

    @cached_property
    def firm_words(self) -> FirmWords:
        """How firm the plan is, in words."""
        return FirmWords(self.words, self.firm, self.facts.parameters)

    @cached_property
    def drawing(self) -> Drawing:
        """The map."""
        shown = layers.Shown(self.municipalities, self.plan, self.today, self.firm)
        figure = layers.build_map(shown, self.graph, self.words).figure
        figure.render()  # fills the figure's header and script
        return Drawing(
            references=_references(figure),
            element=Markup(figure.html.render()),  # noqa: S704 - an empty element of ours
            script=script_text(_compact(figure.script.render())),
            extent=layers.extent(self.municipalities, self.plan),
        )

    def estimated(self, name: str) -> str:
        """Return the word for a figure of the plan that rests on estimates, all or in part; empty if on none.

        Parameters
        ----------
        name
            As in `maps.estimates`.
        """
        taking_part = [member for member in self.plan.members.values() if member.host is not None]
        flags = {
            "planner_fte": {member.planners_estimated for member in taking_part},
            "need_fte": {member.need_estimated for member in taking_part},
            "minutes": {not self.facts.own_travel},
        }
        found = set().union(*(flags[figure] for figure in made_of(name, self.problem.weights)))
        if True not in found:
            return ""
        whole = found == {True} and name not in SUMS
        return self.words.text("method.estimated" if whole else "method.estimated_part")

    @property
    def ranges(self) -> Ranges:
        """Between what figures plausibly lie."""
        return self.between or exact(self.problem)

    @property
    def population_year(self) -> int:
        """The population is that of 1 January of this year."""
        return int(self.municipalities["population_year"].iloc[0])


def _references(figure: Figure) -> Markup:
    links = [child for child in figure.header._children.values() if isinstance(child, JavascriptLink | CssLink)]  # noqa: SLF001
    return Markup("\n".join(link.render() for link in links))  # noqa: S704 - paths of our assets


def _compact(script: str) -> str:
    """Return Folium's script without the spaces between coordinates, a tenth of the page."""
    return re.sub(r'"coordinates": [\[\]0-9., -]+', lambda found: found[0].replace(" ", ""), script)
