"""Read a grouping that somebody made by hand or elsewhere."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from geodata import codes
from geodata.faults import DataError, DataFault, near
from geodata.owntables.files import KEY, TextTable, number, read_keyed
from geodata.owntables.rows import Numbers
from optimizer.grouping import Grouping

HOST, MINUTES, MEMBERS = "host", "minutes", "members"
SEVERAL_ROWS = ("discipline", "plan", "year")
"""Columns of tables beside a plan that have several rows for a municipality."""


def read(path: Path, edition: str, own: Mapping[str, str] | None = None) -> Grouping:
    """Read a table with the columns ``kommunenummer`` and ``host``, or ``host`` and ``members``; others are ignored.

    So any table that is written beside a plan, and its workbook, with a row for each municipality or each office. Who
    is missing is for `optimizer.judging.evaluate` to judge. Municipalities of the edition ``"own"`` are given with
    their names by id.

    Raises
    ------
    DataError
        With every fault of the file: unknown numbers, duplicate rows, missing columns and cells.
    """
    table = one_a_member(read_keyed(path))
    at, hint = table.at(table.line), f"found are {', '.join(filter(None, table.header))}"
    faults = [
        DataFault(at, f"the column {name} is missing", near(name, table.header) or hint)
        for name in (KEY, HOST)
        if name not in table.header
    ]
    faults += [
        DataFault(at, f"column {name!r} stands twice", "keep one of them")
        for name in (KEY, HOST, MINUTES)
        if table.header.count(name) > 1
    ]
    if several := [name for name in SEVERAL_ROWS if {name, "host_name"} <= set(table.header)]:
        what = f"has a row for each {several[0]} of a municipality, and is no grouping"
        faults.append(DataFault(at, what, "grouping.csv beside it is one"))
    if faults:
        raise DataError(faults)
    if not table.rows:
        raise DataError([DataFault(table.where, "there is no row below the header", "one row for each municipality")])
    book = codes.book(edition, own)
    numbers = Numbers(table, book)
    key, host = table.header.index(KEY), table.header.index(HOST)
    host_of: dict[str, str] = {}
    for line, cells in table.rows:
        member, hosted = numbers.meant(line, cells[key]), numbers.meant(line, cells[host])
        if member in book.names and host_of.get(member, hosted) != hosted:
            what = f"{book.describe(member)} stands here a second time, with another host"
            first = f"host {host_of[member]} on line {numbers.first_line.get(member, line)}; keep one of the two"
            faults.append(DataFault(table.at(line), what, first))
        else:
            faults += numbers.faults(line, member)
        if wrong := book.fault(hosted):
            faults.append(DataFault(table.at(line), f"host: {wrong[0]}", wrong[1]))
        host_of[member] = hosted
    numbers.tell()
    if faults:
        raise DataError(faults)
    return Grouping.of(host_of)


def one_a_member(table: TextTable) -> TextTable:
    """Return a table of offices, with their members' numbers in one cell, as one with a row for each member."""
    if KEY in table.header or not {HOST, MEMBERS} <= set(table.header):
        return table
    host, members = table.header.index(HOST), table.header.index(MEMBERS)
    rows = [(line, [member, cells[host]]) for line, cells in table.rows for member in cells[members].split()]
    return replace(table, header=[KEY, HOST], rows=rows)


def stated_minutes(path: Path, edition: str, own: Mapping[str, str] | None = None) -> dict[str, float]:
    """Return the journeys that a file as of `read` states in its column ``minutes``, by municipality; often none.

    They are not part of the grouping, and no plan is judged by them. Cells that are no numbers are left away.

    Raises
    ------
    DataError
        As `read`, of the file as a whole.
    """
    table = read_keyed(path)
    if MINUTES not in table.header or KEY not in table.header:
        return {}
    book, key, minutes = codes.book(edition, own), table.header.index(KEY), table.header.index(MINUTES)
    stated = {book.meant(cells[key]): number(cells[minutes]) for _, cells in table.rows}
    return {id_: value for id_, value in stated.items() if value is not None}
