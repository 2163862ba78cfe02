"""Newer figures of the municipalities of an edition: inhabitants and centrality."""

import math
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geodata.owntables.files import KEY
from geodata.owntables.rows import CellNumber, RowReader

COLUMNS: Final = (
    CellNumber("population", "inhabitants, like 5231", 2_000_000),
    CellNumber("population_year", "a year, like 2026", 2_100),
    CellNumber("centrality_class", "1 to 6", 6),
)
LEAST_YEAR: Final = 2000
"""Of a population that can be meant."""


def read_figures(path: str | Path, municipalities: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the municipalities with the figures of a table in place of their own.

    Parameters
    ----------
    path : str or Path
        ``kommunenummer`` and ``population`` with ``population_year``, or ``centrality_class``, or all three; a row for
        each municipality.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    names = [column.name for column in COLUMNS]
    reader = RowReader.of(path, municipalities, (), names)
    given = [column for column in COLUMNS if column.name in reader.table.header]
    of_people = {column.name for column in given} & {"population", "population_year"}
    if not given or len(of_people) == 1:
        what = "population without population_year, or the other way round" if of_people else "no column of figures"
        reader.fault(reader.table.at(reader.table.line), what, f"give some of {', '.join(names)}")
        reader.finish()
    values: dict[str, list[float]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        reader.once(where, seen, row[KEY])
        values[row[KEY]] = [_whole(reader, where, row, column) for column in given]
    if left := [id_ for id_ in municipalities.index if id_ not in values]:
        others = f" and {len(left) - 1} more" if len(left) > 1 else ""
        what = f"no row for {left[0]} {municipalities.at[left[0], 'name_norwegian']}{others}"
        reader.fault(reader.table.where, what, "every municipality of the edition needs one")
    reader.finish()
    table = pd.DataFrame.from_dict(values, orient="index", columns=[column.name for column in given]).astype("int64")
    return municipalities.assign(**{column.name: table[column.name].reindex(municipalities.index) for column in given})


def _whole(reader: RowReader, where: str, row: dict[str, str], column: CellNumber) -> float:
    """Return a whole number above zero; anything else is a fault."""
    value = reader.value(where, row, column)
    least = LEAST_YEAR if column.name == "population_year" else 1
    if math.isnan(value):
        if not row[column.name]:
            reader.fault(where, f"{column.name} is empty", column.example)
        return 0.0
    if value < least or value != round(value):
        reader.fault(where, f"{column.name} is {row[column.name]}", f"expected {column.example}")
    return value
