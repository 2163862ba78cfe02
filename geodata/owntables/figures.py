"""Newer figures of the municipalities of an edition: inhabitants, centrality, and how many plan cases they have."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.rows import CellNumber, RowReader

COLUMNS: Final = (
    CellNumber("population", "inhabitants, like 5231", 2_000_000),
    CellNumber("population_year", "a year, like 2026", 2_100),
    CellNumber("centrality_class", "1 to 6", 6),
)
CARRY: Final = CarryRules({"population": Carry.PEOPLE, "population_year": Carry.SAME, "centrality_class": Carry.NONE})
LEAST_YEAR: Final = 2000
"""Of a population that can be meant."""
ACTIVITY: Final = CellNumber("activity", "plan cases a year, like 12", 100_000)
CARRY_CASES: Final = CarryRules({"activity": Carry.SUM, "value": Carry.SUM}, beside=("contents", "year"))
VALUE: Final = CellNumber("value", "a figure of KOSTRA, like 12", 10_000_000)
KOSTRA: Final = ("contents", "label", "year", "value")
"""Columns of KOSTRA beside the municipality's."""


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
    reader.carry(municipalities, CARRY)
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


def read_activity(
    path: str | Path, municipalities: gpd.GeoDataFrame, contents: Sequence[str] | None
) -> "pd.Series[float]":
    """Read how many plan cases each municipality has in a year: a table of the user's own, or KOSTRA.

    Parameters
    ----------
    path : str or Path
        ``kommunenummer`` and ``activity``, whose empty cells are not read; or ``kommunenummer``, ``contents``,
        ``year`` and ``value``, of which the newest year counts.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.
    contents : sequence of str or None
        Which figures of KOSTRA are added up; empty for a table with ``activity``, ``None`` for all that there are.

    Returns
    -------
    pandas.Series
        By number; only those that the table has.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    reader = RowReader.of(path, municipalities, (), (ACTIVITY.name, *KOSTRA))
    header = reader.table.header
    of_kostra = ACTIVITY.name not in header
    where = reader.table.at(reader.table.line)
    if of_kostra and not {"contents", "value"} <= set(header):
        reader.fault(where, "no column of plan cases", "give activity, or contents and value as in kostra.csv")
        reader.finish()
    reader.carry(municipalities, CARRY_CASES)
    seen: dict[tuple[str, ...], str] = {}
    rows: list[tuple[str, str, str, float]] = []
    for line, row in reader:
        column = VALUE if of_kostra else ACTIVITY
        if not of_kostra and not row[ACTIVITY.name]:
            continue
        if not row[column.name]:
            reader.fault(line, f"{column.name} is missing", column.example)
        key = (row[KEY], row.get("contents", ""), row.get("year", ""))
        rows.append((*key, reader.value(line, row, column)))
        reader.once(line, seen, key[0], *filter(None, key[1:]))
    found = pd.DataFrame(rows, columns=[KEY, "contents", "year", "value"])
    known = sorted(set(found["contents"])) if of_kostra else []
    contents = known if contents is None else contents
    if of_kostra and not contents:
        reader.fault(where, "nothing says which figures are plan cases", f"planners.activity_contents: {_few(known)}")
    for name in contents:
        if name not in known:
            reader.fault(where, f"there is no figure {name!r} in it", f"planners.activity_contents: {_few(known)}")
    reader.finish()
    if of_kostra:
        found = found[found["contents"].isin(contents) & (found["year"] == found["year"].max())]
    cases: pd.Series[float] = found.groupby(KEY)["value"].sum()
    return cases


def _few(known: Sequence[str]) -> str:
    return f"expected some of {', '.join(known[:8])}" if known else "leave it out"
