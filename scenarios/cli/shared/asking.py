"""What the commands share that ask more than the best plan: options and the exit code."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from scenarios.cli.shared.options import Code
from scenarios.cli.shared.output import UsageError, tell

DEFAULT_SCENARIO = "nasjonal"

TimeLimit = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Stop after this time and give what is known by then.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="A line for every step of the solver.")]
OutFolder = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Folder for the answer: CSV and JSON.", show_default=False),
]


def require(faults: Sequence[str]) -> None:
    """Refuse what the options say, with all faults at once.

    Raises
    ------
    UsageError
        If there are any.
    """
    if faults:
        raise UsageError("; ".join(faults))


def verdict(*, status: str, interrupted: bool, has_answer: bool, scenario: str) -> Code:
    """Return the exit code of an answer, and say on stderr what needs saying.

    Parameters
    ----------
    status
        What is known about the plans: ``infeasible``, ``unknown`` or better.
    interrupted
        Whether the search was stopped by hand.
    has_answer
        Whether there is anything to show.
    scenario
        As the user named it.
    """
    if interrupted:
        tell(f"interrupted: {'what was found is given' if has_answer else 'nothing had been found'}")
        return Code.INTERRUPTED
    if has_answer:
        return Code.OK
    if status == "infeasible":
        tell(f"infeasible: no plan keeps the rules; why: plankontor explain {scenario}")
        return Code.INFEASIBLE
    tell("no plan was found within the limit; allow more time with --time-limit")
    return Code.UNKNOWN
