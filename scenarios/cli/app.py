"""The command line: which commands there are, and the exit code in the end."""

import gc
import os
import signal
import sys
from typing import Annotated, Any, Final

import typer

from scenarios.cli.shared import clashes, option, streams
from scenarios.cli.shared.failures import CODES, Code, guarded
from scenarios.cli.shared.group import CommandGroup, CommandLoadedWhenCalled
from scenarios.cli.shared.session import RUNNING
from scenarios.world.plain import PROGRAM, version
from scenarios.world.running.deadline import Deadline

COMMANDS: Final = {
    "run": "Solve a scenario and write the plan with its map; without a name the national one.",
    "evaluate": "Judge a grouping of your own, or an arrangement of today: terms, rules and every violation.",
    "compare": "Put plans side by side: figures, what moved, what they agree on. All are judged by one scenario.",
    "frontier": "Trace what less of one term adds to another: the plans that no other beats in both respects.",
    "alternatives": "Find other plans that are nearly as good: each the best that differs enough from all before it.",
    "explain": "Say why a municipality has its office, what others would add for whom, what is not possible.",
    "robustness": "Say what a plan stands: members leave, posts are vacant, figures differ, ferries stop.",
    "money": "Say what a plan costs in kroner, who pays which part, and who would bear more than alone.",
    "measures": "Say what helps those left alone or short of planners: mentor, trainee, guidance.",
    "order": "Say which offices start first: the order that gains most, proved.",
    "sweep": "Solve one scenario under many settings: a grid, a list or random draws; one table, one page.",
    "finish": "Write the files that a run left out, interrupted or out of time: pages, workbook, layers.",
    "sheets": "Write an A4 sheet for each office and municipality of a run: map, planners, kroner, what if.",
    "verify": "Say whether folders are as they were written, and whether a plan's figures follow from the tables.",
    "scenario": "Look at, make and check scenario files.",
    "data": "Look at the embedded data; begin and check tables of your own.",
}
"""The commands and what each is for: the first sentence of its help."""
OF_FOLDERS: Final = {"finish", "sheets", "verify"}


def module_of(name: str, part: str = "commands") -> str:
    """Return the module with the form of a command, or its ``work``."""
    return f"scenarios.cli.{part}.{'folders.' if name in OF_FOLDERS else ''}{name}"


class Commands(CommandGroup):
    """All commands, none of them loaded."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, purpose in COMMANDS.items():
            self.add_command(CommandLoadedWhenCalled(name, module_of(name), purpose))


app = typer.Typer(
    cls=Commands,
    rich_markup_mode="markdown",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    epilog=CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(begun: float | None = None) -> None:
    """Run the program and leave it with the documented exit code; it began then, as of `time.perf_counter`."""
    # Most of what a command makes stays until its end; by default all of it is gone through again and again.
    gc.set_threshold(100_000, 50, 50)
    streams.prepare()
    for line in clashes.warnings():
        streams.tell(line)
    code = program(sys.argv[1:], begun)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # all is done: leaving is not interrupted
    streams.hang_up()
    # Nobody waits any more: not for taking libraries and tables down, nor for a solver, over which Python would fall.
    os._exit(code)


def program(arguments: list[str], begun: float | None = None) -> int:
    """Do what the arguments say and return the exit code; its time limit runs from then, or from now."""
    deadline = Deadline(begun)
    running = RUNNING.set(deadline)
    try:
        code = guarded(lambda: app(arguments, prog_name=PROGRAM), arguments)
    finally:
        RUNNING.reset(running)
    asked_to_end = code == Code.INTERRUPTED and deadline.heard == signal.SIGTERM
    return Code.TERMINATED if asked_to_end else code


def show_version(value: bool) -> None:
    """Print the version and leave."""
    if value:
        streams.say(f"{PROGRAM} {version()}")
        raise typer.Exit


@app.callback()
def common(
    _version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version.")
    ] = False,
    _debug: option.Debug = False,
) -> None:
    """Group small Norwegian municipalities into shared planning offices, with a proof of optimality."""
