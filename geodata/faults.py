"""How this room says that something is wrong: what, where, and the next step; all faults at once."""

import difflib
import errno
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

NOT_PLAIN = "this is a pipe or a device, not a file"


@dataclass(frozen=True)
class DataFault:
    """One thing that is wrong.

    Attributes
    ----------
    where : str
        File and line, or the name of the object.
    what : str
        What was found there.
    hint : str
        The next step; may be empty.
    """

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the fault as one line."""
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class DataError(Exception):
    """Input data cannot be used.

    Parameters
    ----------
    faults : iterable of Fault
        All faults that were found, in the order of the input.
    """

    def __init__(self, faults: Iterable[DataFault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class DownloadError(Exception):
    """A file could not be downloaded, or is not what it should be.

    Parameters
    ----------
    url : str
        Its address.
    what : str
        What was found.
    """

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url}: {what}")
        self.url = url
        self.what = what


class DataRemark(UserWarning):
    """Input was not quite as expected, but could only mean one thing: how it was understood."""


def require_plain(path: Path) -> None:
    """Refuse what nobody can read to its end: a pipe waits for somebody who writes, a device may go on for ever.

    Raises
    ------
    OSError
        If it is one of these, or is not there.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, NOT_PLAIN, str(path))


def similar(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Return the known words most like `word`, best first; upper and lower case are the same."""
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    found = difflib.get_close_matches(word.strip().casefold(), by_folded, n=count, cutoff=0.6)
    return [by_folded[name] for name in found]


def near(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean ...?`` with the known words most like `word`, or an empty text."""
    return did_you_mean(similar(word, known))


def did_you_mean(guesses: list[str]) -> str:
    """Return the question, or an empty text without a guess."""
    return f"did you mean {' or '.join(guesses)}?" if guesses else ""
