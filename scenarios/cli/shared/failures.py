"""Exit codes, and how a fault becomes a message and a code."""

import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from itertools import pairwise
from typing import Any

from geodata.faults import DataError, DataRemark, DownloadError
from maps.told.texts import LANGUAGES, Words
from scenarios.cli.shared import missing
from scenarios.cli.shared.streams import UsageError, tell
from scenarios.export.folders import FolderError
from scenarios.question.errors import CLOSING, ScenarioError
from scenarios.question.faults import few, printable
from scenarios.world.plain import PROGRAM


class Code(IntEnum):
    """Exit codes."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    INVALID = 3
    INFEASIBLE = 4
    UNKNOWN = 5
    DOWNLOAD = 6
    MISSING = missing.CODE
    INTERRUPTED = 130
    TERMINATED = 143


CODES = """**Exit codes**

- 0 ok
- 1 a fault of ours
- 2 usage, or a folder or file that cannot be written
- 3 the scenario or the data is invalid
- 4 infeasible: no plan keeps the rules
- 5 no plan was found within the time limit
- 6 a download failed; nothing was changed
- 7 a library is not installed, or cannot be loaded
- 130 interrupted (Ctrl-C), 143 asked to end (SIGTERM); the best plan so far is kept
"""


def interrupted(arguments: Sequence[str]) -> str:
    """Return what is said when nobody waits for the work any more, in the language that the arguments ask for."""
    said = {argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")}
    said |= {value for name, value in pairwise(arguments) if name == "--lang"}
    language = next((language for language in LANGUAGES if language in said), LANGUAGES[0])
    return Words(language).text("command.interrupted_unwritten")


def guarded(work: Callable[[], object], arguments: Sequence[str] = ()) -> int:
    """Do the work and return the exit code; a fault becomes a message on stderr, never a traceback."""
    try:
        with remarks_told():
            work()
    except SystemExit as end:
        before = end.__context__
        if isinstance(before, BrokenPipeError):  # the reader of a help page has gone
            return Code.OK
        if before is not None and isinstance(before.__cause__, KeyboardInterrupt):  # typer turns it into an exit
            tell(interrupted(arguments))
        return end.code if isinstance(end.code, int) else Code.OK
    except Exception as fault:  # noqa: BLE001  the last stop before the user
        code, message = explained(fault)
        if "--debug" in arguments:
            traceback.print_exc()
        tell(message)
        return code
    return Code.OK


@contextmanager
def remarks_told() -> Iterator[None]:
    """Tell how odd input was understood, each remark once."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", DataRemark)
        shown, told = warnings.showwarning, set[str]()

        def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
            if not issubclass(category, DataRemark):
                shown(message, category, *place, **more)
            elif str(message) not in told:
                told.add(str(message))
                tell(f"note: {printable(str(message))}")

        warnings.showwarning = show
        yield


def explained(fault: Exception) -> tuple[Code, str]:
    """Return the exit code and the message for a fault."""
    match fault:
        case ScenarioError():
            return Code.INVALID, str(fault)
        case DataError():
            return Code.INVALID, data_message(fault)
        case DownloadError():
            return Code.DOWNLOAD, f"error: {printable(str(fault))}"
        case FolderError() | UsageError():
            return Code.USAGE, f"error: {printable(str(fault))}"
        case ImportError() if missing.is_missing(fault):
            return Code.MISSING, missing.message(fault)
        case _:
            return Code.INTERNAL, internal_message(fault)


def data_message(error: DataError, closing: Sequence[str] = (CLOSING,)) -> str:
    """Return the message for faults in data files: all of them, each with its place."""
    count = len(error.faults)
    heading = "error: 1 problem in the data" if count == 1 else f"error: {count} problems in the data"
    told = [f"  {printable(str(fault))}{more}" for fault, more in few(error.faults, lambda fault: fault.what)]
    return "\n".join([heading, *told, *closing])


def internal_message(fault: Exception) -> str:
    """Return the one line about a fault that is ours, and how to report it."""
    what = printable(f"{type(fault).__name__}: {fault}".rstrip(": "))[:500]
    return f"internal error: {what}\nThis is a fault of {PROGRAM}: please report it with the output of --debug"
