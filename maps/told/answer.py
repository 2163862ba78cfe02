"""What a page is made from: what was asked, the answer, the run that found it, and the language to tell it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import geopandas as gpd
import pandas as pd

from geodata.editions import OWN
from geodata.network import RoadGraph
from geodata.roads.ways import Way
from maps.told import plan as model
from maps.told.called import Called
from maps.told.estimates import SUMS, made_of
from maps.told.firm import NOT_ASKED, FirmPlan
from maps.told.firm_words import FirmWords
from maps.told.places.geometry import Backdrop
from maps.told.plan import Plan
from maps.told.texts import APART, AS_HERE, LANGUAGES, Words, in_language
from maps.told.today import Today
from optimizer.checking.errors import ProblemError
from optimizer.checking.kinds import require_kinds, shown
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.ranges import Ranges, exact
from optimizer.problem import Problem


@dataclass(frozen=True)
class RunFacts:
    """What the page tells of the run that made the plan.

    Parameters
    ----------
    scenario, title
        Name and heading of the scenario.
    edition
        ``"2024"``: the municipalities as of 1 January of that year.
    status
        ``"optimal"``, ``"feasible"``, or anything else for a plan that was judged, not solved.
    objective, bound
        Minutes-equivalents; ``None`` if there is none.
    gap
        Relative distance to the bound, 0 to 1; ``None`` if unknown.
    engine
        What proved it.
    candidates
        Groups that were weighed.
    version
        Of this tool.
    checksum
        Names the run.
    description
        What the scenario asks, in its author's words; may be empty.
    changed
        Settings by dotted name that were not those of the scenario.
    parameters
        Settings by dotted name, shown under the method.
    credits
        Sources to be named.
    own_travel
        Whether all journeys come from a table of the user's own.
    schematic
        Whether what the map shows as boundaries is only what lies nearest to each centre.
    redrawn
        Whether the boundaries of an edition are drawn as a file of the user's has them.
    title_en, description_en
        Heading and description in English; may be empty.
    ties
        Whether other plans are as good: ``unique``, ``first in id order``, or ``open`` where that was not settled.
    """

    scenario: str
    title: str
    edition: str
    status: str
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    engine: str = ""
    candidates: int = 0
    version: str = ""
    checksum: str = ""
    description: str = ""
    changed: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, object] = field(default_factory=dict)
    credits: tuple[str, ...] | list[str] = ()
    own_travel: bool = False
    own_roads: str = ""
    called: Mapping[str, Called] = field(default_factory=dict)
    schematic: bool = False
    redrawn: bool = False
    ties: str = "open"
    title_en: str = ""
    description_en: str = ""

    def __post_init__(self) -> None:
        """Refuse what is of another kind."""
        require_kinds(self)

    @property
    def own_region(self) -> bool:
        """Whether the municipalities are the user's own, so that nothing that only Norway has is told of them."""
        return self.edition == OWN

    def told(self, name: Literal["title", "description"], language: str) -> str:
        """Return heading or description in a language; in Norwegian where its author gave no other."""
        norwegian, english = getattr(self, name), getattr(self, f"{name}_en")
        return in_language(language, norwegian, english)


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
        One of `maps.told.texts.LANGUAGES`.
    today
        Who works together today.
    colours
        Of the shared offices by host, where several plans must look alike; the plan's own if not given.
    between
        Between what figures plausibly lie; if not given, every figure is known.
    firm
        How firm the plan is, if that was asked.
    ways
        The way by road and ferry from each member to its host, where one is to be drawn.
    """

    municipalities: gpd.GeoDataFrame
    problem: Problem
    grouping: Grouping
    evaluation: Evaluation
    links: pd.DataFrame
    graph: RoadGraph
    facts: RunFacts
    language: str = "nb"
    today: Today = field(default_factory=Today)
    colours: Mapping[str, int] | None = None
    between: Ranges | None = None
    firm: FirmPlan = NOT_ASKED
    ways: Mapping[str, Way] = field(default_factory=dict)
    _told: dict[str, "Answer"] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse what is of another kind, and a language that has no texts."""
        require_kinds(self)
        if self.language not in (known := (*LANGUAGES, *APART)):
            raise ProblemError([f"language is {shown(self.language)}; expected {' or '.join(known)}"])

    @property
    def words(self) -> Words:
        """The texts of its language."""
        called = self.facts.called.get(self.language, AS_HERE)
        return Words(self.language, net=self.problem.counts_net, called=called)

    def told_in(self, language: str) -> "Answer":
        """Return the same in a language; drawn once, however many pages show it, from what all languages have."""
        if language == self.language:
            return self
        if language not in self._told:
            self._told[language] = replace(self, language=language)
            vars(self._told[language]).update(plan=self.plan, backdrop=self.backdrop, first=self.first)
        return self._told[language]

    @cached_property
    def first(self) -> "Answer":
        """The same in the language in which it was made: what is kept of it holds for all languages."""
        return self

    @cached_property
    def plan(self) -> Plan:
        """The plan as rows."""
        made = model.build(
            self.municipalities, self.problem, self.grouping, self.evaluation, self.links, between=self.between
        )
        return made if self.colours is None else made.coloured(self.colours)

    @cached_property
    def backdrop(self) -> Backdrop:
        """What is on the map whatever the plan."""
        return Backdrop(self.municipalities, self.graph)

    @cached_property
    def firm_words(self) -> FirmWords:
        """How firm the plan is, in words."""
        return FirmWords(self.words, self.firm, self.facts.parameters)

    def estimated(self, name: str) -> str:
        """Return the word for a figure of the plan that rests on estimates, all or in part; empty if on none.

        Parameters
        ----------
        name
            As in `maps.told.estimates`.
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
