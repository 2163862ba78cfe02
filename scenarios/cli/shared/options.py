"""What the commands share: exit codes, options, and how a fault becomes a message and a code."""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from geodata.faults import DataError
from scenarios.cli.shared.output import UsageError, tell
from scenarios.export.folders import FolderError
from scenarios.question.faults import ScenarioError, printable
from scenarios.world.plain import PROGRAM

if TYPE_CHECKING:
    from scenarios.world.build import World


class Code(IntEnum):
    """Exit codes."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    INVALID = 3
    INFEASIBLE = 4
    UNKNOWN = 5
    DOWNLOAD = 6
    INTERRUPTED = 130


class Language(StrEnum):
    """Languages of the pages, as in `maps.told.texts.LANGUAGES`."""

    NB = "nb"
    EN = "en"


class Command(TyperCommand):
    """A command whose help names no type where that says nothing: of flags, and of arguments that are named anyway."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return untyped(super().get_params(ctx))


class CommandGroup(TyperGroup):
    """A group of commands with the same help."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters."""
        return untyped(super().get_params(ctx))


def untyped(parameters: list[Any]) -> list[Any]:
    """Return the parameters, flags and arguments without a type in the help."""
    for one in parameters:
        if one.param_type_name == "argument" or one.is_flag:
            one.display_type_rich = lambda ctx: None  # noqa: ARG005
    return parameters


CODES = """**Exit codes**

- 0 ok
- 1 a fault of ours
- 2 usage, or a folder or file that cannot be written
- 3 the scenario or the data is invalid
- 4 infeasible: no plan keeps the rules
- 5 no plan was found within the time limit
- 6 a download failed
- 130 interrupted; the best plan so far is kept
"""


@dataclass
class State:
    """What the options say to the end of the program.

    Parameters
    ----------
    debug
        Whether an unexpected fault shows its traceback.
    """

    debug: bool = False


def note_debug(context: typer.Context, value: bool) -> bool:
    """Remember ``--debug`` for the end of the program."""
    state = context.find_root().obj
    if isinstance(state, State):
        state.debug = state.debug or value
    return value


Reference = Annotated[str, typer.Argument(metavar="NAME|FILE.toml", help="A shipped scenario, or a file.")]
References = Annotated[
    list[str] | None, typer.Argument(metavar="NAME|FILE.toml...", help="Shipped scenarios, or files.")
]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Another value for a setting: limits.max_minutes=60."),
]
Counties = Annotated[
    list[str] | None,
    typer.Option("--county", metavar="COUNTY", help="Only this county, by number or name; may be repeated."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Debug = Annotated[bool, typer.Option("--debug", callback=note_debug, help="Show the traceback of an unexpected fault.")]


def guarded(work: Callable[[], object], state: State) -> int:
    """Do the work and return the exit code; a fault becomes a message on stderr, never a traceback."""
    try:
        work()
    except SystemExit as end:
        before = end.__context__
        if isinstance(before, BrokenPipeError):  # the reader of a help page has gone
            return Code.OK
        if before is not None and isinstance(before.__cause__, KeyboardInterrupt):  # typer turns it into an exit
            tell("interrupted; nothing was written")
        return end.code if isinstance(end.code, int) else Code.OK
    except Exception as fault:  # noqa: BLE001  the last stop before the user
        code, message = explained(fault)
        if state.debug:
            traceback.print_exc()
        tell(message)
        return code
    return Code.OK


def explained(fault: Exception) -> tuple[Code, str]:
    """Return the exit code and the message for a fault."""
    match fault:
        case ScenarioError():
            return Code.INVALID, str(fault)
        case DataError():
            return Code.INVALID, data_message(fault)
        case FolderError() | UsageError():
            return Code.USAGE, f"error: {printable(str(fault))}"
        case _:
            return Code.INTERNAL, internal_message(fault)


def data_message(error: DataError) -> str:
    """Return the message for faults in data files: all of them, each with its place."""
    count = len(error.faults)
    heading = "error: 1 problem in the data" if count == 1 else f"error: {count} problems in the data"
    return "\n".join([heading, *(f"  {printable(str(fault))}" for fault in error.faults), "nothing was solved"])


def internal_message(fault: Exception) -> str:
    """Return the one line about a fault that is ours, and how to report it."""
    what = printable(f"{type(fault).__name__}: {fault}".rstrip(": "))[:500]
    return f"internal error: {what}\nThis is a fault of {PROGRAM}: please report it with the output of --debug"


def load_world(
    reference: str, overrides: tuple[str, ...], counties: tuple[str, ...], time_limit: float | None = None
) -> "World":
    """Return the world of a scenario, with the time limit of the command line."""
    from scenarios.world.build import open_world

    return open_world(reference, overrides=overrides, counties=counties, time_limit=time_limit)


def listed(values: Iterable[str] | None) -> tuple[str, ...]:
    """Return the values of an option that may be repeated."""
    return tuple(values or ())
