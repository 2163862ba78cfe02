"""Figures by numbers of other years: joined municipalities are added up, divided ones shared out, and both is told."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from geodata.codes import NumberBook
from geodata.faults import DataFault
from geodata.owntables.files import KEY, TextTable, number

DECIMALS: Final = 6
"""Of a figure that is shared out."""
SHOWN: Final = 3
"""Municipalities that are told of; of more, how many."""


class Carry(Enum):
    """What a figure becomes where municipalities were joined, and where one was divided."""

    SUM = auto()
    """The sum; shared out by inhabitants of today."""
    COUNT = auto()
    """The sum; empty, for what is whole is not known of a part."""
    PEOPLE = auto()
    """As `SUM`, in whole numbers."""
    MEAN = auto()
    """The mean; the same in each part."""
    SAME = auto()
    """What all agree on, and nothing else; the same in each part."""
    NONE = auto()
    """Nothing: it says something of the whole that was."""


COMPUTED: Final = (Carry.SUM, Carry.COUNT, Carry.PEOPLE, Carry.MEAN)


@dataclass(frozen=True)
class TableRow:
    """A row of the table.

    Attributes
    ----------
    line : int
        Where it stands.
    number : str
        Of the municipality, as it is written.
    about : tuple of str
        What it is about beside.
    cells : list of str
        The row.
    """

    line: int
    number: str
    about: tuple[str, ...]
    cells: list[str]


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


@dataclass(frozen=True)
class CarryRules:
    """How the rows of a table are carried over.

    Attributes
    ----------
    figures : mapping of str to Carry
        By column; what others hold is that of the first row.
    beside : sequence of str
        Columns that say, beside the number, what a row is about.
    partial : bool
        Whether a municipality that stands in the table holds nothing of what it has no row for.
    """

    figures: Mapping[str, Carry]
    beside: Sequence[str] = ()
    partial: bool = False


def carried(
    table: TextTable, book: NumberBook, inhabitants: Mapping[str, int], rules: CarryRules
) -> tuple[TextTable, list[DataFault]]:
    """Return a table with rows of today in the place of those of municipalities that were joined or divided.

    With it come faults: of what became one municipality some is missing, something stands twice, or cannot be carried.

    Parameters
    ----------
    table : TextTable
        With a column ``kommunenummer``.
    book : NumberBook
        Numbers of the edition.
    inhabitants : mapping of str to int
        Of each municipality of the edition: who was divided is shared out by them.
    rules : CarryRules
        What becomes of each column.
    """
    given = {name: how for name, how in rules.figures.items() if name in table.header}
    kept, pieces, faults = _taken_apart(table, book, inhabitants, rules)
    if not pieces:
        return table, faults
    stands = {(one.old, new) for (new, *_), some in pieces.items() for one in some}
    told: dict[str, str] = {}
    for (new, *about), of_it in pieces.items():
        year = book.elsewhere[of_it[0].old][0]
        before = book.before[year, new]
        # A municipality that others joined may have kept its number.
        mine = [row for row in kept if new in before and book.meant(row.number) == new]
        same = [row for row in mine if [*row.about] == about]
        kept = [row for row in kept if row not in same]
        whole = [*of_it, *(BroughtRow(row.line, new, 1.0, row.cells) for row in same)]
        there = {one.old for one in whole}
        if rules.partial:
            there |= {old for old in before if (old, new) in stands} | ({new} if mine else set())
        if lost := before - there:
            what = f"{book.describe(new)} was {', '.join(sorted(before))} in {year}"
            which = f" ({' '.join(about)})" if about else ""
            hint = f"without a row{which}: {', '.join(sorted(lost))}"
            faults.append(DataFault(table.at(of_it[0].line), f"{what}; {hint}", "add it"))
        cells = _summed(table.header, new, whole, given)
        kept.append(TableRow(whole[0].line, new, tuple(about), cells))
        faults += _uncarried(table, book, new, whole, given)
        told.setdefault(new, _told(book, new, whole, given))
    made = list(told.values())
    more = f", and {len(made) - SHOWN} more" if len(made) > SHOWN else ""
    table.remark(f"numbers of other years are carried over: {'; '.join(made[:SHOWN])}{more}")
    return replace(table, rows=[(row.line, row.cells) for row in sorted(kept, key=lambda row: row.line)]), faults


def _taken_apart(
    table: TextTable, book: NumberBook, inhabitants: Mapping[str, int], rules: CarryRules
) -> tuple[list[TableRow], dict[tuple[str, ...], list[BroughtRow]], list[DataFault]]:
    """Return the rows that stay, what the others bring, by the number of today and what a row is about, and faults."""
    key = table.header.index(KEY)
    places = [table.header.index(name) for name in rules.beside if name in table.header]
    kept, faults = [], []
    pieces: dict[tuple[str, ...], list[BroughtRow]] = {}
    first: dict[tuple[str, ...], int] = {}
    for line, cells in table.rows:
        old = book.older(cells[key])
        about = tuple(cells[at].casefold() for at in places)
        if old is None:
            kept.append(TableRow(line, cells[key], about, cells))
        elif first.setdefault((old, *about), line) != line:
            what = f"{' '.join(filter(None, (old, *about)))} stands here a second time"
            faults.append(DataFault(table.at(line), what, f"first on line {first[old, *about]}"))
        else:
            _, _, here = book.elsewhere[old]
            everybody = sum(inhabitants[new] for new in here)
            for new in here:
                brought = BroughtRow(line, old, inhabitants[new] / everybody, cells)
                pieces.setdefault((new, *about), []).append(brought)
    return kept, pieces, faults


def _summed(header: list[str], new: str, whole: Iterable[BroughtRow], figures: Mapping[str, Carry]) -> list[str]:
    """Return the row of a municipality from its pieces."""
    rows = list(whole)
    cells = []
    for at, name in enumerate(header):
        written = [one.cells[at] for one in rows]
        if name == KEY:
            cells.append(new)
        elif figures.get(name) in COMPUTED:
            cells.append(_figure(figures[name], written, [one.share for one in rows]))
        else:
            cells.append(written[0])
    return cells


def _figure(how: Carry, written: list[str], shares: list[float]) -> str:
    """Return the figure of the parts together; empty if one is not known, and what is no number as it is."""
    values = [number(cell) for cell in written]
    if any(value is None and cell for value, cell in zip(values, written, strict=True)):
        return next(cell for value, cell in zip(values, written, strict=True) if value is None and cell)
    if not all(written) or (how is Carry.COUNT and any(share < 1 for share in shares)):
        return ""
    weights = [1 / len(values)] * len(values) if how is Carry.MEAN else shares
    total = math.fsum((value or 0.0) * weight for value, weight in zip(values, weights, strict=True))
    return repr(round(total, DECIMALS)) if how in {Carry.SUM, Carry.MEAN} else f"{total:.0f}"


def _uncarried(
    table: TextTable, book: NumberBook, new: str, whole: Sequence[BroughtRow], figures: Mapping[str, Carry]
) -> list[DataFault]:
    """Return what cannot be carried over: figures of a whole that was, and what the parts do not agree on."""
    faults = []
    was = " and ".join(f"{one.old} (line {one.line})" for one in whole)
    for name, how in figures.items():
        written = {one.cells[table.header.index(name)] for one in whole}
        hint = f"write it for {book.describe(new)}"
        if how is Carry.NONE and any(written):
            what = f"{name} of {was} says nothing of {book.describe(new)}, which is another municipality"
            faults.append(DataFault(table.at(whole[0].line), what, hint))
        elif how is Carry.SAME and len(written) > 1:
            what = f"{name} is {', '.join(sorted(written))} in what became {book.describe(new)}: {was}"
            faults.append(DataFault(table.at(whole[0].line), what, hint))
    return faults


def _told(book: NumberBook, new: str, whole: list[BroughtRow], figures: Mapping[str, Carry]) -> str:
    """Return what a municipality was made of."""
    parts = []
    for one in whole:
        year, name, _ = book.elsewhere.get(one.old, ("", book.names.get(one.old, ""), ()))
        of_year = f" of {year}" if year else ""
        part = f"{round(100 * one.share)} % of " if one.share < 1 else ""
        parts.append(f"{part}{one.old} {name}{of_year} (line {one.line})")
    how = ", shared out by inhabitants of today, an estimate" if any(one.share < 1 for one in whole) else ""
    means = [name for name, carry in figures.items() if carry is Carry.MEAN]
    if means and len(whole) > 1:
        how += f", {' and '.join(means)} the mean"
    return f"{book.describe(new)} is {' and '.join(parts)}{how}"
