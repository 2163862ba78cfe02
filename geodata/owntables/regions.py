"""A region of the user's own: its municipalities from a table, in the place of an embedded edition."""

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.codes import unquoted
from geodata.editions import OWN
from geodata.faults import DataError, DataFault, near
from geodata.municipalities import COLUMN_TYPES
from geodata.owntables import planners, schematic
from geodata.owntables.files import KEY, KEYS, TextTable, number, read_table
from geodata.owntables.rows import IGNORED_COLUMNS, MOST_UNKNOWN, TOTALS, CellNumber
from geodata.schema import CRS, MUNICIPALITY_COLUMNS

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
    *("centre_name", "area_km2", "population_year"),
)
SHAPES: Final = (".geojson", ".topojson", ".json", ".gpkg", ".shp", ".fgb", ".gml", ".parquet", ".zip")
"""How files of boundaries end."""
ID: Final = re.compile(r"[^\W_][\w.-]{0,19}")
"""What names a municipality or a county: letters and digits, as they are, leading zeros too."""


def read_municipalities(path: str | Path, crs: str = "") -> gpd.GeoDataFrame:
    """Read the municipalities of a region.

    Parameters
    ----------
    path : str or Path
        CSV or workbook with ``id``, ``name``, ``population`` and ``county_id``, and some of `COLUMNS`. Centres are
        ``lon`` and ``lat`` (degrees), or ``x`` and ``y``.
    crs : str
        Coordinate system of ``x`` and ``y``, like ``"EPSG:3006"``; without, they only say how the municipalities lie
        to one another.

    Returns
    -------
    geopandas.GeoDataFrame
        As `geodata.municipalities.load` gives an edition, ``.attrs["edition"]`` is `OWN`, and
        ``.attrs["schematic"]`` whether its geometry is no boundaries. What the table does not
        say is empty, ``centrality_class`` and ``population_year`` 0, areas NaN. ``geometry`` is what is nearest to each
        centre; without centres both are empty until `placed`.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    if Path(path).suffix.casefold() in SHAPES:
        hint = "save its table as CSV, with lon and lat of the centres; boundaries are not read"
        raise DataError([DataFault(str(path), "this is a file of shapes, not a table", hint)])
    reading = _Reading(read_table(path, KEYS))
    reading.judge_header()
    reading.read_rows()
    reading.finish()
    if not reading.facts:
        raise DataError([DataFault(str(path), "no row names a municipality", "one row for each")])
    facts = pd.DataFrame(reading.facts).set_index(KEY).sort_index()
    points = reading.centres(crs)
    reading.finish()
    return _with_places(facts, points)


def placed(municipalities: gpd.GeoDataFrame, minutes: NDArray[np.float64]) -> gpd.GeoDataFrame:
    """Return the municipalities with centres: as they are, or where there are none, laid out by the minutes (n, n)."""
    if not municipalities["centre"].is_empty.any():
        return municipalities
    facts = pd.DataFrame(municipalities.drop(columns=["centre", "geometry"]))
    return _with_places(facts, schematic.by_minutes(minutes))


def _with_places(facts: pd.DataFrame, points: NDArray[np.float64] | None) -> gpd.GeoDataFrame:
    """Return the table with centres (n, 2) and what is nearest to each."""
    if points is None:
        nowhere = gpd.GeoSeries.from_wkt(["POINT EMPTY"] * len(facts), index=facts.index, crs=CRS)
        table = gpd.GeoDataFrame(facts.assign(centre=nowhere), geometry=nowhere, crs=CRS)
    else:
        centres = gpd.GeoSeries.from_xy(*points.T, index=facts.index, crs=CRS)
        areas = gpd.GeoSeries(schematic.nearest(points), index=facts.index, crs=CRS)
        table = gpd.GeoDataFrame(facts.assign(centre=centres), geometry=areas, crs=CRS)
    table.attrs |= {"edition": OWN, "schematic": True}
    return table


@dataclass(eq=False)
class _Reading:
    """A table of municipalities while it is read; `faults` are all that were found so far."""

    table: TextTable
    facts: list[dict[str, object]] = field(default_factory=list)
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
        header, line = self.table.header, self.table.line
        if "id" not in header and KEY in header:
            header[header.index(KEY)] = "id"
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
        unknown = [name for name in header if name and name not in known]
        for name in unknown[:MOST_UNKNOWN]:
            self.fault(line, f"unknown column {name!r}", near(name, COLUMNS) or f"known are {', '.join(COLUMNS)}")
        if len(unknown) > MOST_UNKNOWN:
            self.fault(line, f"{len(unknown) - MOST_UNKNOWN} more unknown columns", f"known are {', '.join(COLUMNS)}")
        for name in COLUMNS:
            if header.count(name) > 1:
                self.fault(line, f"column {name!r} stands twice", "keep one of them")
        for name in ("id", *NEEDED):
            if name not in header:
                self.fault(line, f"the column {name} is missing", f"needed are {', '.join(('id', *NEEDED))}")

    def read_rows(self) -> None:
        """Read every row but sums."""
        for line, cells in self.table.rows:
            row = dict(zip(self.table.header, cells, strict=True))
            id_ = unquoted(row["id"])
            if id_.casefold() in TOTALS:
                self.table.remark(f"line {line} is a sum ({id_}) and is not read")
                continue
            self.judge_id(line, "id", id_)
            first = self.first_line.setdefault(id_, line)
            if first != line:
                self.fault(line, f"{id_} stands here a second time", f"first on line {first}; keep one of the two")
            if not row["name"]:
                self.fault(line, f"the name of {id_} is missing")
            if not (row["name"] + row.get("county_name", "")).isprintable():
                self.fault(line, f"a name of {id_} holds characters that cannot be seen", "remove them")
            self.facts.append(self.of_row(line, id_, row))

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
        blank = {key: "" for key in MUNICIPALITY_COLUMNS if key not in {*COLUMN_TYPES, "centre", "geometry"}}
        whole = {key: 0 if math.isnan(value[key]) else int(value[key]) for key in value if key != "area_km2"}
        return blank | {
            KEY: id_,
            "name": row["name"],
            "name_norwegian": row["name"],
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

    def centres(self, crs: str) -> NDArray[np.float64] | None:
        """Return the centres in `CRS`, metres, in the order of ids (n, 2); ``None`` without any, or with faults."""
        pair = next((pair for pair in (DEGREES, PLANE) if set(pair) <= set(self.table.header)), None)
        rows = [(line, cells) for line, cells in self.table.rows if unquoted(cells[self._at("id")]) in self.first_line]
        rows.sort(key=lambda one: unquoted(one[1][self._at("id")]))
        written = [[cells[self._at(name)] for name in pair] for _, cells in rows] if pair else []
        if pair is None or not any(map(any, written)):
            return None
        for (line, _), cells in zip(rows, written, strict=True):
            for name, cell in zip(pair, cells, strict=True):
                value = number(cell)
                if value is None or not math.isfinite(value):
                    said = f"{name} is {cell!r}, not a number" if cell else f"{name} is missing"
                    self.fault(line, said, "give every municipality a centre, or none")
        self.finish()
        points = np.array([[number(cell) for cell in cells] for cells in written], dtype=np.float64)
        if pair == PLANE and not crs:
            self.table.remark("x and y have no coordinate system, so the map is schematic (data.crs names one)")
            points = schematic.on_paper(points)
        else:
            points = self.on_earth(points, crs if pair == PLANE else "EPSG:4326", [line for line, _ in rows])
        self.judge_places(points, [line for line, _ in rows])
        return points

    def on_earth(self, points: NDArray[np.float64], crs: str, lines: list[int]) -> NDArray[np.float64]:
        """Return points of a coordinate system in `CRS` (n, 2)."""
        moved = schematic.projected(points, crs)
        for line, point, there in zip(lines, points, moved, strict=True):
            if not np.isfinite(there).all():
                swapped = schematic.is_drawable(point[::-1], crs)
                hint = "are the two swapped?" if swapped else "is the coordinate system right?"
                self.fault(line, f"{point[0]:g}, {point[1]:g} is no place that can be drawn in {crs}", hint)
        return moved

    def judge_places(self, points: NDArray[np.float64], lines: list[int]) -> None:
        """Find centres that lie in one place."""
        seen: dict[tuple[float, ...], int] = {}
        for line, point in zip(lines, points, strict=True):
            first = seen.setdefault(tuple(np.round(point)), line)
            if first != line and np.isfinite(point).all():
                self.fault(line, f"its centre is that of line {first}", "every municipality has a centre of its own")

    def _at(self, column: str) -> int:
        return self.table.header.index(column)
