"""What the readers of these tables share: the header, the municipality of each row, and cells with numbers."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import geopandas as gpd

from geodata import codes, editions
from geodata.faults import DataError, DataFault, near
from geodata.owntables.carried import CarryRules, carried
from geodata.owntables.files import KEY, TextTable, number, read_keyed
from geodata.owntables.formats.ours import refuse_answers

IGNORED_COLUMNS: Final = ("name", "navn", "note", "merknad", "source", "kilde")
"""Columns that a table may carry for its readers."""
NAMES: Final = ("navn", "name")
"""Of these, the columns in which a sum may be called one if its number is empty."""
TOTALS: Final = frozenset({"sum", "totalt", "total", "i alt", "hele landet", "landet", "totalsum", "samlet"})
"""What stands in the place of a number where a row adds up the others."""
MOST_FAULTS: Final = 200
"""Wrong rows after which the rest is not read: the file is another one than was meant."""
MOST_UNKNOWN: Final = 5
"""Unknown columns that are named; of more, the first and their count."""


@dataclass(frozen=True)
class CellNumber:
    """A column of numbers.

    Attributes
    ----------
    name : str
        Of the column.
    example : str
        How a cell may look.
    most : float
        Largest figure that can be meant.
    least : float
        Smallest that is believed, other than 0.
    asking : str
        What to ask of a figure that is too small; ``{value}`` is the figure.
    """

    name: str
    example: str
    most: float = math.inf
    least: float = 0.0
    asking: str = ""

    def read(self, where: str, cell: str) -> tuple[float, list[DataFault]]:
        """Return the value of a cell, NaN if empty or wrong, and its faults."""
        if not cell:
            return math.nan, []
        value = number(cell)
        if value is None or not math.isfinite(value):
            return math.nan, [DataFault(where, f"{self.name} is {cell!r}, not a number", self.example)]
        if value < 0:
            return math.nan, [DataFault(where, f"{self.name} is {cell}, less than zero", "zero or more")]
        if value > self.most:
            what = f"{self.name} is {cell}, more than can be meant"
            return math.nan, [DataFault(where, what, f"at most {self.most:.0f}")]
        if 0 < value < self.least:
            thousand = value * 1000
            hint = (
                self.asking.format(value=f"{thousand:.0f}") if thousand >= self.least else f"{self.least:.0f} or more"
            )
            return math.nan, [DataFault(where, f"{self.name} is {cell}, less than can be meant", hint)]
        return value, []


@dataclass(eq=False)
class Numbers:
    """The numbers of municipalities in a table: what is written, and what it can only mean.

    Attributes
    ----------
    table : TextTable
        The file.
    book : NumberBook
        Numbers of the edition.
    read_as : list of str
        What was written otherwise than the number is.
    first_line : dict of str to int
        Where each number stood first.
    of_journeys : bool
        Whether they are ends of journeys.
    """

    table: TextTable
    book: codes.NumberBook
    read_as: list[str] = field(default_factory=list)
    first_line: dict[str, int] = field(default_factory=dict)
    of_journeys: bool = False

    def meant(self, line: int, written: str) -> str:
        """Return the number, or what is written if it is none."""
        found = self.book.meant(written)
        if found.casefold() != written.casefold():
            of = f" of {self.book.elsewhere[written][0]}" if written in self.book.elsewhere else ""
            self.read_as.append(f"line {line}, {written!r}{of} as {self.book.describe(found)}")
        return found

    def faults(self, line: int, found: str) -> list[DataFault]:
        """Judge the number of one row, which may stand once."""
        if wrong := self.book.journey_fault(found) if self.of_journeys else self.book.fault(found):
            return [DataFault(self.table.at(line), *wrong)]
        first = self.first_line.setdefault(found, line)
        if first != line:
            what = f"{self.book.describe(found)} stands here a second time"
            return [DataFault(self.table.at(line), what, f"first on line {first}; keep one of the two")]
        return []

    def tell(self) -> None:
        """Say which numbers were written otherwise."""
        if self.read_as:
            others = f", and {len(self.read_as) - 1} more" if len(self.read_as) > 1 else ""
            self.table.remark(f"read as a kommunenummer: {self.read_as[0]}{others}")


@dataclass(eq=False)
class RowReader:
    """Goes through the rows of a table and collects what is wrong.

    Attributes
    ----------
    table : TextTable
        The file.
    book : NumberBook
        Numbers of the edition.
    faults : list of DataFault
        All that were found so far.
    """

    table: TextTable
    book: codes.NumberBook
    faults: list[DataFault] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        path: str | Path,
        municipalities: gpd.GeoDataFrame,
        needed: Sequence[str],
        optional: Sequence[str] = (),
        ignored: Sequence[str] = (),
    ) -> "RowReader":
        """Open a table and judge its header.

        Parameters
        ----------
        path : str or Path
            Table with ``kommunenummer`` and these columns.
        municipalities : geopandas.GeoDataFrame
            The edition that the numbers belong to.
        needed, optional, ignored : sequence of str
            Columns; those of `IGNORED_COLUMNS` are ignored besides.

        Raises
        ------
        DataError
            If the file cannot be read, or columns are missing, unknown or there twice.
        """
        table = read_keyed(path)
        refuse_answers(table.at(table.line), table.header, ignored)
        known = (KEY, *needed, *optional)
        where = table.at(table.line)
        unknown = [name for name in table.header if name not in {*known, *ignored, *IGNORED_COLUMNS}]
        expected = f"known are {', '.join((*known, *IGNORED_COLUMNS))}"
        faults = [
            DataFault(where, f"unknown column {name!r}", near(name, (*known, *IGNORED_COLUMNS)) or expected)
            for name in unknown[:MOST_UNKNOWN]
        ]
        if len(unknown) > MOST_UNKNOWN:
            faults.append(DataFault(where, f"{len(unknown) - MOST_UNKNOWN} more unknown columns", expected))
        faults += [
            DataFault(where, f"column {name!r} stands twice", "keep one of them")
            for name in known
            if table.header.count(name) > 1
        ]
        faults += [
            DataFault(where, f"the column {name} is missing", f"needed are {', '.join((KEY, *needed))}")
            for name in (KEY, *needed)
            if name not in table.header
        ]
        if not faults and not table.rows:
            faults.append(DataFault(table.where, "there is no row below the header", "leave the file out, or fill it"))
        if faults:
            raise DataError(faults)
        edition = municipalities.attrs.get("edition", editions.DEFAULT_EDITION)
        return cls(table, codes.book(edition, municipalities["name_norwegian"].to_dict()))

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Iterate over where each row stands and its cells by column; rows of no known municipality are faults.

        Sums below the rows are left out.
        """
        numbers = Numbers(self.table, self.book)
        for line, cells in self.table.rows:
            where, row = self.table.at(line), dict(zip(self.table.header, cells, strict=True))
            label = row[KEY] or next((row[name] for name in NAMES if row.get(name)), "")
            if label.casefold().rstrip(" :.") in TOTALS:
                self.table.remark(f"line {line} is a sum ({label}) and is not read")
                continue
            row[KEY] = numbers.meant(line, row[KEY])
            if wrong := self.book.fault(row[KEY]):
                self.fault(where, *wrong)
            yield where, row
            if len(self.faults) >= MOST_FAULTS:
                self.fault(where, f"after {len(self.faults)} faults the rest is not read", "is it the right file?")
                break
        numbers.tell()

    def carry(self, municipalities: gpd.GeoDataFrame, rules: CarryRules) -> None:
        """Carry rows over that are of municipalities of other years; in a region of the user's own there are none."""
        if municipalities.attrs.get("edition") != editions.OWN:
            people = municipalities["population"].to_dict()
            self.table, faults = carried(self.table, self.book, people, rules)
            self.faults += faults

    def fault(self, where: str, what: str, hint: str = "") -> None:
        """Remember a fault."""
        self.faults.append(DataFault(where, what, hint))

    def value(self, where: str, row: dict[str, str], column: CellNumber) -> float:
        """Return the number of a cell, NaN if it is empty, wrong or not there, and remember its faults."""
        value, faults = column.read(where, row.get(column.name, ""))
        self.faults += faults
        return value

    def name(self, where: str, written: str, known: Sequence[str], what: str) -> str | None:
        """Return the known word that a cell means, in large letters or small; ``None`` and a fault if it means none."""
        found = next((word for word in known if word.casefold() == written.casefold()), None)
        if found is None:
            said = f"{written!r} is no {what}" if written else f"the {what} is missing"
            self.fault(where, said, near(written, known) or f"known are {', '.join(known)}")
        return found

    def once(self, where: str, seen: dict[tuple[str, ...], str], *key: str) -> None:
        """Remember a fault if something that may stand once stood before."""
        if key in seen and self.book.fault(key[0]) is None:
            of_what = f" with {key[1]}" if len(key) > 1 else ""
            first = seen[key].rpartition(":")[2]
            said = f"{self.book.describe(key[0])}{of_what} stands here a second time"
            self.fault(where, said, f"first on line {first}; keep one of the two")
        seen.setdefault(key, where)

    def finish(self) -> None:
        """End the reading.

        Raises
        ------
        DataError
            With every fault of the file.
        """
        if self.faults:
            raise DataError(self.faults)
