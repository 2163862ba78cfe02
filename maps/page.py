"""The map page: one HTML file of a plan, self-contained, for planners and their directors."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Final

import geopandas as gpd
import jinja2
import networkx as nx
import pandas as pd
from branca.element import CssLink, Figure, JavascriptLink
from markupsafe import Markup

from maps import layers, model, palette, texts
from maps.model import Office, Plan, RunFacts
from maps.offline import ForeignReferenceError, script_json, script_text, seal
from optimizer.evaluate import Evaluation
from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.terms import TERMS

__all__ = ["ForeignReferenceError", "RunFacts", "map_page", "write_map"]

TEMPLATES: Final = Path(__file__).parent / "templates"
OWNERS: Final = ("Kartverket", "SSB", "EuroGeographics", "GeoNames")
SCRIPTS: Final = ("format.js", "cards.js", "select.js", "labels.js", "search.js", "start.js")


def write_map(  # noqa: PLR0913 - everything that a run has made
    path: Path,
    *,
    municipalities: gpd.GeoDataFrame,
    problem: Problem,
    evaluation: Evaluation,
    grouping: Grouping,
    links: pd.DataFrame,
    graph: "nx.Graph[str]",
    facts: RunFacts,
) -> None:
    """Write the map page of a plan.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    municipalities
        The whole edition, as from ``geodata.municipalities.load`` with the columns of ``geodata.planners``.
    problem, grouping, evaluation
        What was asked, the answer, and its judgement, which every figure of the page comes from.
    links
        Neighbours; offices linked by road or ferry get different colours too.
    graph
        Roads and ferries, as the run used them.
    facts
        What the page tells of the run.

    Raises
    ------
    ForeignReferenceError
        If the page would fetch anything from the network, Kartverket's tiles excepted; nothing is written.
    """
    plan = model.build(municipalities, problem, grouping, evaluation, links)
    page = map_page(municipalities, plan, problem, graph, facts)
    path.write_text(page, encoding="utf-8", newline="\n")


def map_page(
    municipalities: gpd.GeoDataFrame,
    plan: Plan,
    problem: Problem,
    graph: "nx.Graph[str]",
    facts: RunFacts,
) -> str:
    """Return the page that `write_map` writes."""
    figure = layers.build_map(municipalities, plan, graph).figure
    figure.render()  # fills the figure's header and script
    data = model.page_data(plan) | {
        "extent": layers.extent(municipalities, plan),
        "texts": {key: text for key, text in texts.catalogue().items() if key.startswith("script.")},
    }
    return seal(
        environment()
        .get_template("map.html")
        .render(
            plan=plan,
            facts=facts,
            problem=problem,
            approximate=approximate_names(municipalities),
            references=references(figure),
            map_element=Markup(figure.html.render()),  # noqa: S704 - an empty element of ours
            map_script=script_text(compact(figure.script.render())),
            data=script_json(data),
        )
    )


def references(figure: Figure) -> Markup:
    """Return the figure's references to scripts and stylesheets, which `seal` puts into the page."""
    links = [child for child in figure.header._children.values() if isinstance(child, JavascriptLink | CssLink)]  # noqa: SLF001
    return Markup("\n".join(link.render() for link in links))  # noqa: S704 - paths of our assets


def compact(script: str) -> str:
    """Return Folium's script without the spaces between coordinates, a tenth of the page."""
    return re.sub(r'"coordinates": [\[\]0-9., -]+', lambda found: found[0].replace(" ", ""), script)


def approximate_names(municipalities: gpd.GeoDataFrame) -> str:
    """Return the names of municipalities whose boundary is drawn approximately."""
    if "approximate" not in municipalities:
        return ""
    return ", ".join(municipalities.loc[municipalities["approximate"], "name_norwegian"])


@cache
def environment() -> jinja2.Environment:
    """Return the templates' environment: everything is escaped, a missing value is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        t=texts.text,
        count=texts.count,
        known=texts.known,
        by_county=by_county,
        verdict=verdict,
        source=source,
        sentence=sentence,
        further_credits=further_credits,
        setting=setting,
        styles=styles,
        script=page_script,
        terms=TERMS,
    )
    made.filters["number"] = number
    return made


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number as a Norwegian reader expects it; a dash where there is none."""
    return "\u2013" if value is None or not math.isfinite(value) else texts.number(value, decimals)


def by_county(offices: Sequence[Office]) -> list[tuple[str, list[Office]]]:
    """Return the offices by their hosts' counties, in the order given."""
    return [(county, list(group)) for county, group in groupby(offices, key=lambda office: office.host.county)]


def verdict(facts: RunFacts, plan: Plan) -> tuple[str, str, str]:
    """Return what kind of answer this is, in a word for the stylesheet, a headline, and a sentence."""
    broken = sum(said == "broken" for said in plan.evaluation.rules.values())
    if broken:
        rules = texts.count("rules", broken)
        return "broken", texts.text("summary.broken", rules=rules), texts.text("summary.broken_why")
    if facts.status == "optimal":
        return "optimal", texts.text("summary.optimal"), texts.text("summary.optimal_why")
    if facts.status == "feasible" and facts.gap is not None and math.isfinite(facts.gap):
        # Rounded up: "at most" must stay true.
        gap = texts.number(math.ceil(round(facts.gap * 1000, 6)) / 10, 1)
        return "feasible", texts.text("summary.feasible", gap=gap), texts.text("summary.feasible_why")
    if facts.status == "feasible":
        return "feasible", texts.text("summary.feasible_unknown"), texts.text("summary.feasible_why")
    return "judged", texts.text("summary.judged"), texts.text("summary.judged_why")


def sentence(plan: Plan) -> str:
    """Return the result in a sentence or two."""
    form = "sentence" if not plan.shared else "sentence_alone" if plan.alone else "sentence_shared"
    return texts.text(
        f"summary.{form}",
        offices=texts.count("offices", len(plan.shared)),
        grouped=texts.number(plan.taking_part - len(plan.alone)),
        part=texts.count("municipalities", plan.taking_part),
        longest=number(plan.longest_minutes),
        alone=texts.count("municipalities", len(plan.alone)),
    )


def further_credits(facts: RunFacts) -> list[str]:
    """Return the run's credits for sources that the page does not name in Norwegian already."""
    return [credit for credit in facts.credits if not any(owner in credit for owner in OWNERS)]


def source(plan: Plan) -> str:
    """Return where the figures of planners come from."""
    estimated = {member.estimated for member in plan.members.values() if member.host is not None}
    if len(estimated) == 1:
        return texts.text("offices.source_estimate" if estimated.pop() else "offices.source_table")
    return texts.text("offices.source_mixed")


def setting(value: object) -> str:
    """Return a setting's value in words."""
    if isinstance(value, bool):
        return texts.text("value.yes" if value else "value.no")
    if value is None:
        return texts.text("value.none")
    if isinstance(value, int | float):
        written = f"{value:.10f}".rstrip("0")
        return number(value, len(written.partition(".")[2]))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {setting(item)}" for key, item in value.items()) or texts.text("value.empty")
    if isinstance(value, Collection) and not isinstance(value, str):
        return ", ".join(str(item) for item in value) or texts.text("value.empty")
    return texts.known(f"value.{value}", str(value))


def styles() -> Markup:
    """Return the page's stylesheet, the palette first."""
    names = ("GROUND", "LAND", "ALONE", "HATCH", "OUTLINE", "COUNTY", "INK", "MUTED")
    colours = {name.lower(): getattr(palette, name) for name in names}
    colours |= {f"colour-{i}": colour for i, colour in enumerate(palette.OFFICES)}
    root = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    root += f"--fill-opacity:{palette.FILL_OPACITY};"
    areas = "".join(
        f".colour-{i}{{fill:var(--colour-{i});background-color:{palette.seen(colour)}}}"
        for i, colour in enumerate(palette.OFFICES)
    )
    return Markup(f":root{{{root}}}\n{_template_text('map.css')}\n{areas}")  # noqa: S704 - our own file


def page_script() -> Markup:
    """Return the page's own script."""
    return script_text("\n".join(_template_text(name) for name in SCRIPTS))


def _template_text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")
