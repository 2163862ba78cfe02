"""Commands about data, the embedded and the user's own: show, check, template, travel, minutes, roads, update."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app("Look at the embedded data; begin and check tables of your own.")


class Kind(StrEnum):
    """Kinds of tables, the names of `geodata.owntables.kinds.KINDS`."""

    PLANNERS = "planners"
    TRAVEL = "travel"
    MONEY = "money"
    MUNICIPALITIES = "municipalities"
    NEIGHBOURS = "neighbours"
    DISCIPLINES = "disciplines"
    PLANS = "plans"
    FIGURES = "figures"
    ACTIVITY = "activity"
    PROJECTION = "projection"


OneEdition = Annotated[
    str, typer.Option("--edition", metavar="YEAR", help="2024 or 2020.", autocompletion=completion.editions)
]
AnyEdition = Annotated[
    str | None,
    typer.Option(
        "--edition",
        metavar="YEAR",
        help="2024 or 2020; without: both.",
        show_default=False,
        autocompletion=completion.editions,
    ),
]


@command(app)
def show(
    edition: OneEdition = "2024",
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """List the municipalities of an edition and its sources; planner_fte and need_fte are estimates."""


@command(app)
def check(
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...", help="Tables of your own.")] = None,
    edition: AnyEdition = None,
    layer: Annotated[str, typer.Option("--layer", metavar="NAME", help="Layer of shapes.", show_default=False)] = "",
    crs: Annotated[
        str,
        typer.Option(
            "--crs", metavar="EPSG:CODE", help="Coordinate system of shapes, or of x and y.", show_default=False
        ),
    ] = "",
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Check tables of your own, or the embedded data: counts, sums, geometry, graph, checksums."""


@command(app)
def template(
    kind: Annotated[Kind, typer.Argument(help="What the table is to hold.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.csv", help="File to make; without: the screen.")
    ] = None,
    scenario: Annotated[
        str,
        typer.Option(
            "--scenario", metavar="NAME|FILE.toml", help="Whose municipalities.", autocompletion=completion.scenarios
        ),
    ] = option.DEFAULT_SCENARIO,
    counties: option.Counties = None,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Begin a table of your own: a line on each column, the header, a row for each municipality."""


@command(app)
def travel(
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FROM TO [NAME|FILE.toml]",
            help="Two municipalities, by number or any name, and whose roads. With --weak only these.",
            autocompletion=completion.municipalities,
        ),
    ] = None,
    weak: Annotated[
        bool, typer.Option("--weak", help="List the weak spots of all journeys between those who take part.")
    ] = False,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Say which way leads from one municipality to another, and where its minutes are weak."""


class OfficialData(StrEnum):
    """What can be updated, the names of `geodata.update.official.TOPICS`, or all of it."""

    BOUNDARIES = "boundaries"
    POPULATION = "population"
    CENTRALITY = "centrality"
    KOSTRA = "kostra"
    ALL = "all"


@command(app)
def update(
    what: Annotated[OfficialData, typer.Argument(help="What to download; all if nothing is said.")] = OfficialData.ALL,
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder for it.")] = Path("plankontor-data"),
    mirror: Annotated[
        str, typer.Option("--mirror", metavar="URL", help="Another server with the same paths.", show_default=False)
    ] = "",
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Download official data of today from Kartverket and Statistics Norway, and say what changed.

    Nothing uses it until a scenario names it. An earlier download stays until all of the new one is whole.
    """


@command(app)
def minutes(
    scenario: option.Reference = option.DEFAULT_SCENARIO,
    osrm: Annotated[str, typer.Option(metavar="URL", help="An OSRM server.", show_default=False)] = "",
    valhalla: Annotated[str, typer.Option(metavar="URL", help="A Valhalla server.", show_default=False)] = "",
    out: Annotated[Path, typer.Option("--out", metavar="FILE.csv", help="File to make.")] = Path("minutes.csv"),
    counties: option.Counties = None,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Ask a routing server for the minutes between all who take part, and write them as a table for travel.table."""


@command(app)
def roads(
    extract: Annotated[Path, typer.Argument(metavar="EXTRACT.osm.pbf", help="An extract of OpenStreetMap.")],
    scenario: option.Reference = option.DEFAULT_SCENARIO,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder to make.")] = Path("roads"),
    within: Annotated[
        float, typer.Option("--within", metavar="KM", min=0.01, max=100.0, help="Farthest from a centre to its road.")
    ] = 2.0,
    country: Annotated[
        str, typer.Option("--country", metavar="CODE", help="Whose speed limits hold without a sign: NO, SE, FI, ...")
    ] = "NO",
    winter: Annotated[bool, typer.Option("--open", help="Use what is closed in winter, too.")] = False,
    counties: option.Counties = None,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Build the road and ferry graph, and the minutes between all who take part, from OpenStreetMap.

    Needs the library osmium: pip install 'plankontor[osm]'. Speeds, waits and unstated durations are estimates.
    """
