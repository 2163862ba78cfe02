"""The user's own minutes between municipalities: a square table, or a long one with a row for each way."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.codes import NumberBook
from geodata.faults import DataError, DataFault
from geodata.owntables.files import KEY, TextTable, number
from geodata.owntables.rows import Numbers

LONG: Final = {"from": ("from", "fra"), "to": ("to", "til"), "minutes": ("minutes", "minutter")}
"""What the columns of a long table may be called."""
HEADINGS: Final = (KEY, *LONG["from"])
"""Names by which the header of either table is known."""


def is_long(table: TextTable) -> bool:
    """Return whether the table has a row for each way."""
    return any(name in table.header for name in LONG["from"])


def square(table: TextTable, ids: Sequence[str], book: NumberBook) -> NDArray[np.float64]:
    """Return the minutes of a square table, from row to column (n, n); infinite where a cell is empty.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    numbers = Numbers(table, book, of_journeys=True)
    columns, faults = _columns(numbers)
    rows: dict[str, list[str]] = {}
    for line, cells in table.rows:
        start = numbers.meant(line, cells[0])
        faults += numbers.faults(line, start)
        rows.setdefault(start, cells)
    numbers.tell()
    lines = numbers.first_line
    for kind, present in (("row", lines), ("column", columns)):
        faults += [
            DataFault(table.where, f"there is no {kind} for {id_}", "every municipality taking part needs one")
            for id_ in ids
            if id_ not in present
        ]
    if faults:
        raise DataError(faults)
    minutes = np.zeros((len(ids), len(ids)))
    for i, start in enumerate(ids):
        for j, end in enumerate(ids):
            minutes[i, j], wrong = _minutes(rows[start][columns[end]], same=start == end)
            if wrong:
                faults.append(DataFault(table.at(lines[start]), f"minutes from {start} to {end}: {wrong}"))
    if faults:
        raise DataError(faults)
    return minutes


def laid_over(table: TextTable, ids: Sequence[str], book: NumberBook, rest: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return minutes (n, n) with those of a long table over the rest.

    Parameters
    ----------
    table : TextTable
        Columns of `LONG`, others are ignored. A way that stands in one direction only holds in both; empty minutes
        say that there is no way.
    ids : sequence of str
        The municipalities needed; the table may hold more.
    book : NumberBook
        Numbers of the edition.
    rest : numpy.ndarray
        Minutes of the ways that the table does not name (n, n).

    Raises
    ------
    DataError
        With every fault of the file.
    """
    places, faults = _places(table)
    numbers = Numbers(table, book)
    given: dict[tuple[str, str], tuple[float, int]] = {}
    for line, cells in table.rows if not faults else ():
        way = numbers.meant(line, cells[places["from"]]), numbers.meant(line, cells[places["to"]])
        wrong = [fault for end in way if (fault := book.journey_fault(end))]
        value, unread = _minutes(cells[places["minutes"]], same=way[0] == way[1])
        faults += [DataFault(table.at(line), *fault) for fault in wrong]
        if unread:
            faults.append(DataFault(table.at(line), f"minutes from {way[0]} to {way[1]}: {unread}"))
        elif not wrong and way in given:
            what = f"the way from {book.describe(way[0])} to {book.describe(way[1])} stands here a second time"
            faults.append(DataFault(table.at(line), what, f"first on line {given[way][1]}; keep one of the two"))
        given.setdefault(way, (value, line))
    numbers.tell()
    if faults:
        raise DataError(faults)
    position = {id_: i for i, id_ in enumerate(ids)}
    minutes = np.array(rest)
    for (start, end), (value, _) in given.items():
        if start in position and end in position:
            minutes[position[start], position[end]] = value
            if (end, start) not in given:
                minutes[position[end], position[start]] = value
    return minutes


def _places(table: TextTable) -> tuple[dict[str, int], list[DataFault]]:
    """Return where each column of a long table stands, and what is wrong with its header."""
    found = {column: [at for at, name in enumerate(table.header) if name in names] for column, names in LONG.items()}
    faults = [
        DataFault(
            table.at(table.line),
            f"{'no column' if not places else 'more than one column'} {' or '.join(LONG[column])}",
            f"a table of ways has {', '.join(LONG)}; a square table has numbers in its header",
        )
        for column, places in found.items()
        if len(places) != 1
    ]
    if not table.rows:
        faults.append(DataFault(table.where, "there is no row below the header", "leave the file out, or fill it"))
    return {column: places[0] for column, places in found.items() if places}, faults


def _columns(numbers: Numbers) -> tuple[dict[str, int], list[DataFault]]:
    """Return the position of each municipality in the header, and what is wrong with the header."""
    table, book = numbers.table, numbers.book
    columns: dict[str, int] = {}
    faults = []
    for position, written in enumerate(table.header[1:], start=1):
        found = numbers.meant(table.line, written)
        if wrong := book.journey_fault(found):
            faults.append(DataFault(f"{table.at(table.line)}, column {position + 1}", *wrong))
        elif found in columns:
            twice = f"column {book.describe(found)} stands twice"
            faults.append(DataFault(table.at(table.line), twice, "keep one of them"))
        else:
            columns[found] = position
    return columns, faults


def _minutes(cell: str, *, same: bool) -> tuple[float, str]:
    """Return the minutes that a cell means and what is wrong with it."""
    if not cell or cell.casefold() == "inf":
        return (0.0 if same else math.inf), ""
    value = number(cell)
    if value is None or math.isnan(value):
        return 0.0, f"{cell!r} is not a number"
    if value < 0:
        return 0.0, f"{cell} is less than zero"
    if same and value != 0:
        return 0.0, f"{cell}, but the way from a municipality to itself is 0"
    return value, ""
