"""Figures by numbers of other years: joined municipalities are added up, divided ones shared out, and both is told."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from geodata.codes import NumberBook
from geodata.faults import DataFault
from geodata.owntables.files import KEY, TextTable, number

DECIMALS: Final = 6
"""Of a figure that is shared out."""
SHOWN: Final = 3
"""Municipalities that are told of; of more, how many."""


@dataclass(frozen=True)
class BroughtRow:
    """What a row of another year brings to a municipality of this one.

    Attributes
    ----------
    line : int
        Of the row.
    old : str
        The number of the other year.
    share : float
        Part of the row's figures.
    cells : list of str
        The row.
    """

    line: int
    old: str
    share: float
    cells: list[str]


def carried(
    table: TextTable, book: NumberBook, inhabitants: Mapping[str, int], figures: Collection[str]
) -> tuple[TextTable, list[DataFault]]:
    """Return a table with rows of today in the place of those of municipalities that were joined or divided.

    With it come faults: of what became one municipality some is missing, or something stands twice.

    Parameters
    ----------
    table : TextTable
        With a column ``kommunenummer``.
    book : NumberBook
        Numbers of the edition.
    inhabitants : mapping of str to int
        Of each municipality of the edition: who was divided is shared out by them.
    figures : collection of str
        Columns whose figures can be added up. A sum is empty where one of its parts is.
    """
    key = table.header.index(KEY)
    pieces: dict[str, list[BroughtRow]] = {}
    kept, faults, made = [], [], []
    first: dict[str, int] = {}
    for line, cells in table.rows:
        old = book.older(cells[key])
        if old is None:
            kept.append((line, cells))
            continue
        if first.setdefault(old, line) != line:
            faults.append(DataFault(table.at(line), f"{old} stands here a second time", f"first on line {first[old]}"))
            continue
        _, _, here = book.elsewhere[old]
        everybody = sum(inhabitants[new] for new in here)
        for new in here:
            pieces.setdefault(new, []).append(BroughtRow(line, old, inhabitants[new] / everybody, cells))
    if not pieces:
        return table, []
    for new, of_it in pieces.items():
        year = book.elsewhere[of_it[0].old][0]
        # A municipality that others joined may have kept its number.
        kept_number = new in book.before[year, new]
        same = [(line, cells) for line, cells in kept if kept_number and book.meant(cells[key]) == new]
        kept = [row for row in kept if row not in same]
        whole = [*of_it, *(BroughtRow(line, new, 1.0, cells) for line, cells in same)]
        lost = book.before[year, new] - {one.old for one in whole}
        if lost:
            what = f"{book.describe(new)} was {', '.join(sorted(book.before[year, new]))} in {year}"
            faults.append(
                DataFault(table.at(of_it[0].line), f"{what}; without a row: {', '.join(sorted(lost))}", "add it")
            )
        kept.append((whole[0].line, _summed(table.header, new, whole, figures)))
        made.append(_told(book, new, whole))
    more = f", and {len(made) - SHOWN} more" if len(made) > SHOWN else ""
    table.remark(f"numbers of other years are carried over: {'; '.join(made[:SHOWN])}{more}")
    return replace(table, rows=sorted(kept, key=lambda row: row[0])), faults


def _summed(header: list[str], new: str, whole: Iterable[BroughtRow], figures: Collection[str]) -> list[str]:
    """Return the row of a municipality from its pieces."""
    rows = list(whole)
    cells = []
    for at, name in enumerate(header):
        written = [one.cells[at] for one in rows]
        if name == KEY:
            cells.append(new)
        elif name in figures:
            cells.append(_sum(written, [one.share for one in rows]))
        else:
            cells.append(written[0])
    return cells


def _sum(written: list[str], shares: list[float]) -> str:
    """Return the sum of the parts; empty if one is, and what is no number as it is."""
    values = [number(cell) for cell in written]
    if any(value is None and cell for value, cell in zip(values, written, strict=True)):
        return next(cell for value, cell in zip(values, written, strict=True) if value is None and cell)
    if not all(written):
        return ""
    total = math.fsum((value or 0.0) * share for value, share in zip(values, shares, strict=True))
    return repr(round(total, DECIMALS))


def _told(book: NumberBook, new: str, whole: list[BroughtRow]) -> str:
    """Return what a municipality was made of."""
    parts = []
    for one in whole:
        year, name, _ = book.elsewhere.get(one.old, ("", book.names.get(one.old, ""), ()))
        of_year = f" of {year}" if year else ""
        part = f"{round(100 * one.share)} % of " if one.share < 1 else ""
        parts.append(f"{part}{one.old} {name}{of_year} (line {one.line})")
    how = ", shared out by inhabitants of today, an estimate" if any(one.share < 1 for one in whole) else ""
    return f"{book.describe(new)} is {' and '.join(parts)}{how}"
