"""The rows of a table of municipalities of the user's own: their facts, and where their centres are."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

from geodata.codes import unquoted
from geodata.faults import DataError, DataFault, near
from geodata.municipalities import COLUMN_TYPES
from geodata.owntables import planners
from geodata.owntables.files import KEY, TextTable, number
from geodata.owntables.formats.ours import ON_MAPS, refuse_answers
from geodata.owntables.headings import understand
from geodata.owntables.rows import IGNORED_COLUMNS, MOST_UNKNOWN, TOTALS, CellNumber
from geodata.owntables.shapes import planes
from geodata.schema import FIGURE_SOURCES, MUNICIPALITY_COLUMNS

NEEDED: Final = ("name", "population", "county_id")
DEGREES, PLANE = ("lon", "lat"), ("x", "y")
"""Columns of a centre, first east."""
NUMBERS: Final = (
    CellNumber("population", "inhabitants, like 5120", 100_000_000),
    CellNumber("population_year", "a year, like 2026", 2100, 1900),
    CellNumber("centrality_class", "1 to 6, or empty", 6, 1),
    CellNumber("area_km2", "square kilometres, like 512,5", 10_000_000),
)
COLUMNS: Final = (
    *("id", *NEEDED, "county_name", "centrality_class", *DEGREES, *PLANE),
    *("centre_name", "area_km2", "population_year", "other_names"),
)
NAMES: Final = ("name", "county_name", "centre_name", "other_names")
ID: Final = re.compile(r"[^\W_][\w.-]{0,19}")
"""What names a municipality or a county: letters and digits, as they are, leading zeros too."""
SHOWN: Final = 3
"""Municipalities that a remark names; of more, how many."""


@dataclass(eq=False)
class RegionReading:
    """A table of municipalities while it is read.

    Attributes
    ----------
    table : TextTable
        The file.
    of_shapes : bool
        Whether a row is a shape: several may be of one municipality, some of none, and there are other columns.
    facts : list of dict
        Of each municipality, by the columns of an edition.
    owners : list of str
        Whose each row is; empty for nobody's.
    faults : list of DataFault
        All that were found so far.
    first_line : dict of str to int
        Where each municipality stood first.
    counties : dict of str to tuple
        Name of each county, and where it stood first.
    """

    table: TextTable
    of_shapes: bool = False
    facts: list[dict[str, object]] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    faults: list[DataFault] = field(default_factory=list)
    first_line: dict[str, int] = field(default_factory=dict)
    counties: dict[str, tuple[str, int]] = field(default_factory=dict)

    def finish(self) -> None:
        """Raise `DataError` if there are faults."""
        if self.faults:
            raise DataError(self.faults)

    def fault(self, line: int, what: str, hint: str = "") -> None:
        """Remember a fault."""
        self.faults.append(DataFault(self.table.at(line), what, hint))

    def judge_header(self) -> None:
        """Look for what is wrong with the header."""
        understand(self.table)
        header, line = self.table.header, self.table.line
        refuse_answers(self.table.at(line), header, ON_MAPS if self.of_shapes else ())
        self.judge_names(header, line)
        for pair in (DEGREES, PLANE):
            if len(set(pair) & set(header)) == 1:
                self.fault(line, f"a centre has {' and '.join(pair)}", "give both columns, or neither")
        if not self.faults and not self.table.rows:
            self.faults.append(DataFault(self.table.where, "there is no row below the header", "one a municipality"))
        self.finish()

    def judge_names(self, header: list[str], line: int) -> None:
        """Look for columns that are missing, unknown or there twice."""
        known = (*COLUMNS, *IGNORED_COLUMNS, *(column.name for column in planners.COLUMNS))
        if set(FIGURE_SOURCES.values()) <= set(header):  # the table that is written beside every plan
            known += planners.OURS
        unknown = [name for name in header if name and name not in known and not self.of_shapes]
        for name in unknown[:MOST_UNKNOWN]:
            self.fault(line, f"unknown column {name!r}", near(name, COLUMNS) or f"known are {', '.join(COLUMNS)}")
        if len(unknown) > MOST_UNKNOWN:
            self.fault(line, f"{len(unknown) - MOST_UNKNOWN} more unknown columns", f"known are {', '.join(COLUMNS)}")
        for name in COLUMNS:
            if header.count(name) > 1:
                self.fault(line, f"column {name!r} stands twice", "keep one of them")
        for name in ("id", *NEEDED):
            if name not in header:
                hint = f"needed are {', '.join(('id', *NEEDED))}"
                if self.of_shapes:
                    hint += "; or name this file in data.boundaries, and a table that has them in data.municipalities"
                self.fault(line, f"the column {name} is missing", hint)

    def read_rows(self) -> None:
        """Read every row but sums, and shapes of nobody."""
        for line, cells in self.table.rows:
            row = dict(zip(self.table.header, cells, strict=True))
            id_ = unquoted(row["id"])
            nobody = self.of_shapes and not (id_ or row["name"])
            self.owners.append("" if nobody else id_)
            if nobody:
                continue
            if id_.casefold() in TOTALS:
                self.table.remark(f"line {line} is a sum ({id_}) and is not read")
                continue
            self.read_row(line, id_, row)
        if self.of_shapes:
            self.tell_shapes()

    def tell_shapes(self) -> None:
        """Say which shapes are nobody's, and who has several."""
        if "" in self.owners:
            self.table.remark(f"shapes without id and name are not read: {self.owners.count('')}")
        counts = Counter(owner for owner in self.owners if owner)
        several = [f"{id_} ({count})" for id_, count in counts.items() if count > 1]
        if several:
            more = f" and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
            self.table.remark(f"shapes of one id are one municipality: {', '.join(several[:SHOWN])}{more}")

    def read_row(self, line: int, id_: str, row: dict[str, str]) -> None:
        """Read the row of a municipality, once."""
        first = self.first_line.setdefault(id_, line)
        if first != line:
            if not self.of_shapes:
                self.fault(line, f"{id_} stands here a second time", f"first on line {first}; keep one of the two")
            elif other := self.disagrees(first, row):
                self.fault(line, f"{other} of {id_} is {row[other]!r}, but another on line {first}", "the same in all")
            return
        self.judge_id(line, "id", id_)
        if not row["name"]:
            self.fault(line, f"the name of {id_} is missing")
        if not "".join(
            row.get(column, "") for column in ("name", "county_name", "centre_name", "other_names")
        ).isprintable():
            self.fault(line, f"a name of {id_} holds characters that cannot be seen", "remove them")
        self.facts.append(self.of_row(line, id_, row))

    def disagrees(self, line: int, row: dict[str, str]) -> str | None:
        """Return a column of ours by which a row is of somebody else than an earlier one."""
        earlier = dict(zip(self.table.header, self._cells(line), strict=True))
        return next((name for name in COLUMNS if row.get(name) != earlier.get(name)), None)

    def _cells(self, line: int) -> list[str]:
        return next(cells for at, cells in self.table.rows if at == line)

    def judge_id(self, line: int, column: str, written: str) -> None:
        """Find what cannot name anybody."""
        if not written:
            self.fault(line, f"{column} is missing", "a code of letters and digits, like 0301 or A7")
        elif not ID.fullmatch(written):
            self.fault(line, f"{column} is {written[:40]!r}", "at most 20 letters, digits, points and hyphens")

    def of_row(self, line: int, id_: str, row: dict[str, str]) -> dict[str, object]:
        """Return the facts of one municipality by the columns of an edition."""
        value: dict[str, float] = {}
        for column in NUMBERS:
            value[column.name], wrong = column.read(self.table.at(line), row.get(column.name, ""))
            self.faults += wrong
            if not wrong and column.name != "area_km2" and value[column.name] % 1 > 0:
                self.fault(line, f"{column.name} is {row[column.name]}, no whole number", column.example)
        if not row["population"] or value["population"] == 0:
            self.fault(line, f"the population of {id_} is missing or 0", "1 or more")
        county = unquoted(row["county_id"])
        self.judge_id(line, "county_id", county)
        name = row.get("county_name") or county
        told, first = self.counties.setdefault(county, (name, line))
        if name != told:
            self.fault(line, f"county {county} is called {name!r}, but {told!r} on line {first}", "one name a county")
        others = [name for one in row.get("other_names", "").split("/") if (name := one.strip())]
        blank = {key: "" for key in MUNICIPALITY_COLUMNS if key not in {*COLUMN_TYPES, "centre", "geometry"}}
        whole = {key: 0 if math.isnan(value[key]) else int(value[key]) for key in value if key != "area_km2"}
        return blank | {
            KEY: id_,
            "name": " - ".join([row["name"], *others]),
            "name_norwegian": row["name"],
            "name_sami": " - ".join(others),
            "county_number": county,
            "county_name": name,
            "county_name_norwegian": name,
            **whole,
            "land_area_km2": value["area_km2"],
            "total_area_km2": value["area_km2"],
            "centrality_index": 0,
            "centre_name": row.get("centre_name", ""),
            "sami_area": False,
        }

    @property
    def pair(self) -> tuple[str, str] | None:
        """The columns of centres that hold anything."""
        header = self.table.header
        pairs = (pair for pair in (DEGREES, PLANE) if set(pair) <= set(header))
        return next((pair for pair in pairs if any(cells[header.index(pair[0])] for _, cells in self.table.rows)), None)

    @property
    def lines(self) -> list[int]:
        """Where each municipality stands, sorted by id."""
        return [self.first_line[id_] for id_ in sorted(self.first_line)]

    def written_centres(self) -> NDArray[np.float64]:
        """Return the centres as they are written, sorted by id (n, 2); with the faults of their cells.

        Raises
        ------
        DataError
            If a cell is no number.
        """
        rows, pair = dict(self.table.rows), self.pair or DEGREES
        written = [[rows[line][self.table.header.index(name)] for name in pair] for line in self.lines]
        for line, cells in zip(self.lines, written, strict=True):
            for name, cell in zip(pair, cells, strict=True):
                value = number(cell)
                if value is None or not math.isfinite(value):
                    said = f"{name} is {cell!r}, not a number" if cell else f"{name} is missing"
                    self.fault(line, said, "give every municipality a centre, or none")
        self.finish()
        return np.array([[number(cell) for cell in cells] for cells in written], dtype=np.float64)

    def degrees(self, crs: str | pyproj.CRS) -> NDArray[np.float64] | None:
        """Return the centres as longitude and latitude, sorted by id (n, 2); ``None`` where that is not known.

        Parameters
        ----------
        crs : str or pyproj.CRS
            Coordinate system of ``x`` and ``y``; empty for none.
        """
        if self.pair is None or (self.pair == PLANE and not crs):
            return None
        points = self.written_centres()
        return points if self.pair == DEGREES else planes.to_degrees(points, crs)

    def drawable(self, degrees: NDArray[np.float64], plane: str) -> NDArray[np.float64]:
        """Return centres (longitude and latitude) on a plane, whole metres (n, 2), and find the others."""
        moved = np.round(planes.projected(degrees, plane))
        written = self.written_centres()
        for line, point, turned, there in zip(self.lines, written, degrees[:, ::-1], moved, strict=True):
            if not np.isfinite(there).all():
                swapped = self.pair == DEGREES and np.isfinite(planes.projected(turned[None, :], plane)).all()
                hint = "are the two swapped?" if swapped else "is the coordinate system right?"
                self.fault(line, f"{point[0]:g}, {point[1]:g} is no place that can be drawn with the others", hint)
        return moved

    def judge_places(self, points: NDArray[np.float64]) -> None:
        """Find centres that lie in one place."""
        seen: dict[tuple[float, ...], int] = {}
        for line, point in zip(self.lines, points, strict=True):
            first = seen.setdefault(tuple(np.round(point)), line)
            if first != line and np.isfinite(point).all():
                self.fault(line, f"its centre is that of line {first}", "every municipality has a centre of its own")
