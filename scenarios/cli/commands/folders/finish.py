"""The command ``finish``."""

from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import command, new_app

app = new_app()
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder that lacks files.", show_default=False)]


@command(app)
def finish(
    run: RunFolder,
    language: option.Lang = option.NORWEGIAN,
    quiet: option.Quiet = False,
    _debug: option.Debug = False,
) -> None:
    """Write the files that a run left out, interrupted or out of time: pages, workbook, layers.

    The plan stays as it is. To search on from it: plankontor run RUN/scenario.toml --start RUN --time-limit SECONDS
    """
