"""How this room says that something is wrong: file, line, key, what, and the next step; all faults at once."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.question.schema import Scenario

CLOSING = "nothing was solved"
SEE = "See: plankontor scenario schema"
COMMAND_LINE = "the command line"
"""Where a fault stands that is in no file and no option of its own."""
SETTING_OPTION = "--set"


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


class ScenarioError(Exception):
    """A scenario cannot be used.

    Parameters
    ----------
    faults
        All faults that were found, by file, in the order of the files.
    rest
        The scenario without the settings at fault, in which later stages can look for theirs; ``None`` if nothing
        is left to look at.
    """

    def __init__(self, faults: Iterable[Fault], rest: "Scenario | None" = None) -> None:
        self.faults = tuple(faults)
        self.rest = rest
        super().__init__(render(self.faults))


def render(faults: Iterable[Fault]) -> str:
    """Return the faults, at least one, as the user reads them: a heading for each file, a line for each fault."""
    by_file: dict[str, list[Fault]] = {}
    found_all = tuple(faults)
    for fault in found_all:
        by_file.setdefault(fault.file, []).append(fault)
    lines: list[str] = []
    for file, found in by_file.items():
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        lines.append(f"error: {count} in {printable(file)}")
        lines += table(sorted(found, key=lambda fault: fault.line or 0))
    return "\n".join([*lines, f"{CLOSING}. {SEE}" if any(one.is_of_setting for one in found_all) else CLOSING])


def table(faults: list[Fault]) -> list[str]:
    """Return one aligned row for each fault of one file."""
    rows = [
        (f"line {fault.line}" if fault.line else "", printable(fault.key), printable(sentence(fault)))
        for fault in faults
    ]
    # A long key (a pin with a list of names) moves only its own row, not the whole table.
    widths = [max(min(len(row[column]), 36) for row in rows) for column in (0, 1)]
    return [
        "  " + "".join(f"{cell:<{width}}  " for cell, width in zip(row, widths, strict=False) if width) + row[2]
        for row in rows
    ]


def sentence(fault: Fault) -> str:
    """Return what is wrong and the next step as one text."""
    return f"{fault.what}; {fault.hint}" if fault.hint else fault.what


def printable(text: str) -> str:
    """Return the text with what cannot be seen escaped, but spaces: a file must not be able to steer the terminal."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


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
