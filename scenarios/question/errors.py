"""A scenario that cannot be used: all faults at once, as the user reads them."""

from collections.abc import Iterable

from scenarios.question.faults import MOST, SHOWN, Fault, few, printable

CLOSING = "nothing was done"
SEE = "See: plankontor scenario schema"


class ScenarioError(Exception):
    """A scenario cannot be used.

    Parameters
    ----------
    faults
        All faults that were found, by file, in the order of the files.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
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
        lines += table(sorted(found, key=lambda fault: fault.line or 0), max(MOST // len(by_file), SHOWN))
    return "\n".join([*lines, f"{CLOSING}. {SEE}" if any(one.is_of_setting for one in found_all) else CLOSING])


def table(faults: list[Fault], most: int = MOST) -> list[str]:
    """Return one aligned row for each fault of one file; of many of one kind the first few, and a count of the rest."""
    rows = [
        (f"line {fault.line}" if fault.line else "", printable(fault.key), printable(sentence(fault)) + more)
        for fault, more in few(faults, lambda fault: f"{fault.key} {fault.what}", most)
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
