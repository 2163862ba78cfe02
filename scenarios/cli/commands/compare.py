"""The command ``compare``."""

from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Options = Annotated[
    list[str],
    typer.Argument(
        metavar="RUN|NAME|FILE...",
        help="Two to eight: run folders, scenarios (name or .toml; solved), references, tables (.csv).",
        autocompletion=completion.plans,
    ),
]
JudgedBy = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE.toml",
        help="Whose rules and prices to judge all by; without: the first option that has its own, else nasjonal.",
        autocompletion=completion.scenarios,
        show_default=False,
    ),
]
TablesFolder = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder for the tables: CSV, XLSX and JSON.", show_default=False),
]
PageFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File for a page with table, map and what moved.", show_default=False),
]
FrontFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="For the page: what plankontor frontier --out wrote, as a chart.", show_default=False
    ),
]


@command(app)
def compare(
    options: Options,
    scenario: JudgedBy = None,
    out: TablesFolder = None,
    html: PageFile = None,
    frontier: FrontFolder = None,
    language: option.Lang = option.NORWEGIAN,
    county: option.Counties = None,
    missing_alone: option.MissingAlone = False,
    as_json: option.AsJson = False,
    quiet: option.Quiet = False,
    _debug: option.Debug = False,
) -> None:
    """Put plans side by side: figures, what moved, what they agree on. All are judged by one scenario.

    References are arrangements of today: eksisterende, eksisterende-og-planlagte, historiske, regionraad,
    okonomiske-regioner, ba-regioner.
    """
