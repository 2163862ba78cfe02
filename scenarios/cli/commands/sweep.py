"""The command ``sweep``."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from scenarios.cli.shared import option
from scenarios.cli.shared.group import CommandGroup, command

RUN: Final = "run"


class SweepGroup(CommandGroup):
    """Two commands, the first of which need not be named: ``sweep FILE.toml`` runs it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments, with the command that is meant."""
        if args and args[0] not in {*self.commands, "--help", "-h"}:
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=SweepGroup,
    help="Solve one scenario under many settings: a grid, a list or random draws; one table, one page.",
    rich_markup_mode="markdown",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="`plankontor sweep FILE.toml` is short for `plankontor sweep run FILE.toml`.",
)

File = Annotated[
    Path, typer.Argument(metavar="FILE.toml", help="Names a scenario and what differs between the runs of it.")
]
Processes = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", help="Processes on this machine; without, one for each core.", min=1, show_default=False
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="tcp://HOST:PORT",
        help="Have the workers of a Dask cluster do the runs (pip install 'plankontor[cluster]').",
        show_default=False,
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="More than a million runs are meant.")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that a sweep has written, finished or not.")]


@command(app)
def run(
    file: File,
    processes: Processes = None,
    scheduler: Scheduler = None,
    yes: Yes = False,
    *,
    asked: option.AskingOptions,
) -> None:
    """Do the runs that a file asks for; the same command continues a sweep that was interrupted.

    The file names a scenario and says under [grid], [[runs]] or [random] which settings differ:

    scenario = "nasjonal", [grid], limits.max_minutes = [60, 75, 90],
    weights.missing_fte = { from = 120, to = 360, steps = 5 }
    """


@command(app)
def show(
    folder: Folder,
    as_json: option.AsJson = False,
    language: option.Lang = option.NORWEGIAN,
    _debug: option.Debug = False,
) -> None:
    """Say what the runs of a sweep that are done say together: what moves the answer, who stays with whom."""
