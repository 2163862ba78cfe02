"""The command ``sheets``."""

from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Run = Annotated[Path, typer.Argument(metavar="RUN", help="Folder of a run.", show_default=False)]
Municipalities = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MUNICIPALITY",
        help="Only the sheet of this one, by number or name; may be repeated.",
        autocompletion=completion.municipalities,
    ),
]
Offices = Annotated[
    list[str] | None,
    typer.Option(
        metavar="MUNICIPALITY",
        help="Only the sheet of the shared office that this one is in.",
        autocompletion=completion.municipalities,
    ),
]
Counties = Annotated[
    list[str] | None,
    typer.Option(
        metavar="COUNTY",
        help="Only this county's municipalities and the offices with a member there; may be repeated. The plan is "
        "that of the run (`run --county` makes another plan, of that county alone).",
        autocompletion=completion.counties,
    ),
]
SheetsFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Folder for the sheets; without: RUN-sheets. What else is there stays.",
        show_default=False,
    ),
]
AsPdf = Annotated[bool, typer.Option("--pdf", help="Also print each as PDF; needs Chromium or Chrome.")]


@command(app)
def sheets(
    run: Run,
    municipality: Municipalities = None,
    office: Offices = None,
    county: Counties = None,
    out: SheetsFolder = None,
    pdf: AsPdf = False,
    language: option.Lang = option.NORWEGIAN,
    as_json: option.AsJson = False,
    quiet: option.Quiet = False,
    _debug: option.Debug = False,
) -> None:
    """Write an A4 sheet for each office and municipality of a run: map, planners, kroner, what if."""
