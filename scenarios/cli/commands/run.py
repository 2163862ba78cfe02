"""The command ``run``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from scenarios.cli.shared import completion, option
from scenarios.cli.shared.group import Command, command, new_app
from scenarios.cli.shared.streams import UsageError

app = new_app()

AS_IT_IS = "as-it-is"
"""How ``--keep`` without a value holds offices."""


def known(keep: str | None) -> str | None:
    """Return how offices are to be held.

    Raises
    ------
    UsageError
        If it is no way that there is.
    """
    if keep not in (None, AS_IT_IS, option.STRICT):
        raise UsageError(f"--keep is {keep[:40]}; expected --keep alone, or --keep={option.STRICT}")
    return keep


StartFrom = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="NAME|FILE.csv|RUN",
        help="Start from this grouping: a reference, a table or a run folder.",
        show_default=False,
        autocompletion=completion.references,
    ),
]
Keep = Annotated[
    str | None,
    typer.Option(
        "--keep",
        callback=known,
        metavar="[=strict]",
        help="Hold the shared offices of --start; without it those that exist today. One that breaks a limit is held "
        "exactly as it is, and said; with =strict it is refused.",
        show_default=False,
    ),
]
KeepOffice = Annotated[
    list[str] | None,
    typer.Option(
        "--keep-office",
        metavar="OFFICE",
        help="Hold only this one of them, by name; may be repeated.",
        autocompletion=completion.municipalities,
    ),
]
ResultFolder = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder for the result; without: runs/NAME-HASH.", show_default=False),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check and count everything, solve nothing.")]
TimeLimit = Annotated[
    float | None, typer.Option(metavar="SECONDS", help="Give the best plan so far after this time.", show_default=False)
]
CsvExcel = Annotated[bool, typer.Option("--csv-excel", help="Also write the tables as a Norwegian Excel opens them.")]
Png = Annotated[bool, typer.Option("--png", help="Also write the map as a picture, map.png.")]
WithPages = Annotated[
    bool,
    typer.Option("--pages/--no-pages", help="Also write the pages, map.html and report.html; without: tables only."),
]
WithSolver = Annotated[
    bool,
    typer.Option(
        "--page-solver/--no-page-solver",
        help="Let report.html carry the solver, so that its readers find the best plan under prices and demands of "
        "their own, without network; without: 1.7 MB less.",
    ),
]
WithTradeoff = Annotated[
    bool,
    typer.Option("--tradeoff/--no-tradeoff", help="Also find the best plans at other prices of a missing årsverk."),
]
WithFirmness = Annotated[
    bool,
    typer.Option(
        "--firmness/--no-firmness",
        help="Also find what all nearly best plans share, and who moves under other assumptions.",
    ),
]


class RunCommand(Command):
    """The command ``run``: its ``--keep`` needs no value."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return what is left of the arguments once they are read."""
        return super().parse_args(ctx, [f"--keep={AS_IT_IS}" if one == "--keep" else one for one in args])


@command(app, cls=RunCommand)
def run(
    scenario: option.Reference = option.DEFAULT_SCENARIO,
    out: ResultFolder = None,
    overrides: option.Overrides = None,
    counties: option.Counties = None,
    as_json: option.AsJson = False,
    start: StartFrom = None,
    keep: Keep = None,
    keep_office: KeepOffice = None,
    dry_run: DryRun = False,
    time_limit: TimeLimit = None,
    language: option.Lang = option.NORWEGIAN,
    csv_excel: CsvExcel = False,
    png: Png = False,
    with_pages: WithPages = True,
    with_solver: WithSolver = True,
    with_tradeoff: WithTradeoff = True,
    with_firmness: WithFirmness = True,
    quiet: option.Quiet = False,
    verbose: option.Verbose = False,
    _debug: option.Debug = False,
) -> None:
    """Solve a scenario and write the plan with its map; without a name the national one."""
