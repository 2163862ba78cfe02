"""The command ``verify``."""

from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()
Folders = Annotated[
    list[Path], typer.Argument(metavar="FOLDER...", help="Folders that the program has written: runs, comparisons, ...")
]


@command(app)
def verify(
    folders: Folders,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Say whether folders are as they were written, and whether a plan's figures follow from the tables.

    Every file is compared with its checksum. Of a run the plan is judged anew: rules, terms, minutes, offices, and
    whether what is said of the proof fits the bound. If anything disagrees the exit code is 3.
    """
