"""Commands about the embedded data: show, check."""

from typing import Annotated

import typer

from geodata import editions, municipalities, planners
from geodata.making.check import check as check_edition
from maps.told.texts import Words
from scenarios.cli.shared import option, output
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.group import Command, new_app
from scenarios.cli.shared.streams import say
from scenarios.world import sources
from scenarios.world.plain import SCHEMA_VERSION, dumps

app = new_app("Look at and check the embedded data.")

OneEdition = Annotated[str, typer.Option("--edition", metavar="YEAR", help="2024 or 2020.")]
AnyEdition = Annotated[
    str | None, typer.Option("--edition", metavar="YEAR", help="2024 or 2020; without: both.", show_default=False)
]
COLUMNS = ("name", "county_name", "centrality_class", "population", "planner_fte", "need_fte")
SOURCES = ("planner_fte_source", "need_fte_source")


@app.command(cls=Command)
def show(
    edition: OneEdition = "2024",
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """List the municipalities of an edition and its sources; planner_fte and need_fte are estimates."""
    known = editions.get(edition)
    model = planners.PlannerModel()
    full = planners.estimate(municipalities.load(edition), model)
    table = full[list(COLUMNS)]
    if as_json:
        rows = full[[*COLUMNS, *SOURCES]].reset_index().to_dict("records")
        say(dumps({"schema_version": SCHEMA_VERSION, "edition": known, "municipalities": rows}))
        return
    words = Words(str(language))
    columns = ("number", "name", "county", "centrality", "population", "planner_fte", "need_fte")
    heads = ("paper.centrality" if name == "centrality" else f"column.{name}" for name in columns)
    rows = [tuple(map(words.text, heads))]
    rows += [
        (id_, name, county, str(class_), words.number(population), words.number(employed, 2), words.number(needed, 2))
        for id_, name, county, class_, population, employed, needed in table.itertuples()
    ]
    lines = [
        words.text(
            "command.edition",
            edition=edition,
            municipalities=words.count("municipalities", known.municipalities),
            counties=words.number(known.counties),
            population=words.number(known.population),
            year=known.population_year,
        ),
        "",
        *output.columns(rows, right=(3, 4, 5, 6)),
        "",
        sources.sentence(words, sources.of(full, full.index), model),
        "",
        words.text("sources.heading"),
        *(
            f"  {words.translated(f'{one.text}, {one.licence}')}, {one.url} ({words.translated(one.what)})"
            for one in known.credits
        ),
    ]
    say("\n".join(lines))


@app.command(cls=Command)
def check(edition: AnyEdition = None, as_json: option.AsJson = False, _debug: option.Debug = False) -> None:
    """Check the embedded data: counts, sums, geometry, graph, checksums; the figures are told in English."""
    found = {name: check_edition(name) for name in ([edition] if edition else editions.EDITIONS)}
    sound = all(one.ok for checks in found.values() for one in checks)
    if as_json:
        say(dumps({"schema_version": SCHEMA_VERSION, "ok": sound, "checks": found}))
    else:
        rows = [
            (name, "ok" if one.ok else "FAULT", one.name, one.figures) for name, all_ in found.items() for one in all_
        ]
        say("\n".join(output.columns(rows)))
    if not sound:
        raise typer.Exit(Code.INVALID)
