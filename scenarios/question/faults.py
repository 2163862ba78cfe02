"""One thing that is wrong with a scenario: file, line, key, what, and the next step."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

COMMAND_LINE = "the command line"
"""Where a fault stands that is in no file and no option of its own."""
SETTING_OPTION = "--set"
SHOWN: Final = 3
"""Faults of one kind that are shown, where there are at least two more."""
_PARTICULAR: Final = re.compile(r"""'[^']*'|"[^"]*"|\([^)]*\)|\d+(?:[.,]\d+)*""")
"""What differs between faults of one kind: what was found, names, numbers."""

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes
    ----------
    file : str
        The file as the user named it, or the option of the command line (``--set``, ``--county``).
    line : int or None
        Line in the file, from 1; ``None`` where there is none.
    key : str
        Dotted key of the setting; may be empty.
    what : str
        What was found, and what was expected.
    hint : str
        The next step; may be empty.
    """

    file: str
    line: int | None
    key: str
    what: str
    hint: str = ""

    @property
    def is_of_setting(self) -> bool:
        """Whether a setting is at fault, which the schema explains; not a table, a name or another option."""
        at_option = self.file == COMMAND_LINE or self.file.startswith("--")
        return bool(self.key) and (self.file == SETTING_OPTION or not at_option)


def printable(text: str) -> str:
    """Return the text with what cannot be seen escaped, but spaces: a file must not be able to steer the terminal."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def few(faults: Iterable[T], said: Callable[[T], str]) -> list[tuple[T, str]]:
    """Return the faults to show, of many of one kind the first few, and what to add to each.

    Parameters
    ----------
    faults
        Of one file, in their order.
    said
        The text of a fault; those that differ in numbers and in what is quoted or in brackets are of one kind.
    """
    shown: list[tuple[T, str]] = []
    kinds: dict[str, list[int]] = {}
    for fault in faults:
        kind = kinds.setdefault(_PARTICULAR.sub("#", said(fault)), [])
        kind.append(len(shown))
        shown.append((fault, ""))
    hidden: set[int] = set()
    for kind in kinds.values():
        if len(kind) > SHOWN + 1:
            last = kind[SHOWN - 1]
            shown[last] = (shown[last][0], f"; and {len(kind) - SHOWN} more like this")
            hidden.update(kind[SHOWN:])
    return [each for position, each in enumerate(shown) if position not in hidden]


def near(word: str, known: Iterable[str], count: int = 1) -> list[str]:
    """Return the known words most like `word`, whatever the case, best first."""
    by_folded: dict[str, str] = {}
    for name in known:
        by_folded.setdefault(name.casefold(), name)
    found = difflib.get_close_matches(word.strip().casefold(), by_folded, n=count, cutoff=0.6)
    return [by_folded[name] for name in found]


def mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean ...?`` with the known word most like `word`, or an empty text."""
    found = near(word, known)
    return f"did you mean {found[0]}?" if found else ""
