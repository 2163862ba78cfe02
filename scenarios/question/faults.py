"""One thing that is wrong with a scenario: file, line, key, what, and the next step."""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

COMMAND_LINE = "the command line"
"""Where a fault stands that is in no file and no option of its own."""
SETTING_OPTION = "--set"
SHOWN: Final = 3
"""Faults of one kind that are shown, where there are at least two more."""
MOST: Final = 20
"""Faults that are shown at all."""
CELL: Final = 40
"""Characters of something quoted that a message shows."""
KIND: Final = 80
"""Characters by which a kind of faults is told."""
_PARTICULAR: Final = re.compile(r"""'[^']*'|"[^"]*"|\([^)]*\)|\d+(?:[.,]\d+)*""")
"""What differs between faults of one kind: what was found, names, numbers."""

_QUOTED: Final = re.compile(rf"""(?<!\w)(['"])((?:(?!\1).){{{CELL}}})(?:(?!\1).)+\1(?!\w)""")
_ENDLESS: Final = re.compile(rf"([^\s/\\]{{{CELL}}})[^\s/\\]{{200,}}")
"""Longer than any name of a file."""

TURNING: Final = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Characters that turn the direction of the text around them (Unicode's Bidi_Control)."""
STEERING: Final = {
    code: f"\\u{code:04x}" for code in [*range(32), *range(0x7F, 0xA0), *map(ord, TURNING)] if chr(code) not in "\n\t"
}
"""How characters are shown, in JSON and TOML too, that cannot be seen and steer what shows them."""

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


def harmless(text: str) -> str:
    """Return the text with nothing in it that steers a terminal or a page."""
    return text.translate(STEERING)


def printable(text: str) -> str:
    """Return the text as a terminal may show it: no file steers it, and no cell of a file fills it.

    What cannot be seen, but spaces, is escaped; what is quoted, or has no end, is cut after `CELL` characters.
    """
    seen = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )
    return _ENDLESS.sub(r"\1…", _QUOTED.sub(r"\1\2…\1", seen))


def few(faults: Iterable[T], said: Callable[[T], str], most: int = MOST) -> list[tuple[T, str]]:
    """Return the faults to show, of many of one kind the first few, and what to add to each.

    Parameters
    ----------
    faults
        Of one file, in their order.
    said
        The text of a fault; those that differ in numbers and in what is quoted or in brackets are of one kind.
    most
        Faults to show; what is added to the last of them counts the others by their kind.
    """
    found = list(faults)
    kinds = [_PARTICULAR.sub("#", said(fault)) for fault in found]
    shown: list[tuple[T, str]] = []
    counted: set[str] = set()
    left: Counter[str] = Counter(kinds)
    met: Counter[str] = Counter()
    for fault, kind in zip(found, kinds, strict=True):
        met[kind] += 1
        # A single one that is left takes no more room than its count.
        if kind in counted or (len(shown) >= most and left.total() > 1):
            continue
        left[kind] -= 1
        more = ""
        if met[kind] == SHOWN and left[kind] > 1:
            counted.add(kind)
            more = f"; and {left.pop(kind)} more like this"
        shown.append((fault, more))
    if rest := +left:
        fault, more = shown[-1]
        shown[-1] = (fault, more + _counted(rest))
    return shown


def _counted(rest: "Counter[str]") -> str:
    """Return a line that says how many faults there are besides, by their kind."""
    often = rest.most_common(SHOWN)
    kinds = [f"{count} like “{printable(kind[:KIND])}”" for kind, count in often]
    others = rest.total() - sum(count for _, count in often)
    return f"\n  and {rest.total()} more: {', '.join([*kinds, *([f'{others} of other kinds'] if others else [])])}"


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
