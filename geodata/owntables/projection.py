"""How many inhabitants municipalities will have."""

import math
import re
from pathlib import Path
from typing import Final

import geopandas as gpd

from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.rows import CellNumber, RowReader

INHABITANTS: Final = CellNumber("inhabitants", "inhabitants, like 2850", 10_000_000)
COLUMNS: Final = ("year", INHABITANTS.name)
YEARS: Final = range(2000, 2201)

_YEAR = re.compile(r"\d{4}")


def read_projection(path: str | Path, municipalities: gpd.GeoDataFrame) -> dict[int, dict[str, float]]:
    """Read a table of projected inhabitants.

    Parameters
    ----------
    path : str or Path
        CSV with ``kommunenummer``, ``year`` and ``inhabitants``; each municipality in it has the same years; rows that
        say nothing of any are not read.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.

    Returns
    -------
    dict
        Inhabitants by year, in order, and number.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    reader = RowReader.of(path, municipalities, COLUMNS)
    reader.carry(municipalities, CarryRules({INHABITANTS.name: Carry.SUM}, beside=("year",)))
    found: dict[int, dict[str, float]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        if not any(row[column] for column in COLUMNS):
            continue
        if not row["inhabitants"]:
            reader.fault(where, "inhabitants is missing", INHABITANTS.example)
        inhabitants = reader.value(where, row, INHABITANTS)
        if not _YEAR.fullmatch(row["year"]) or int(row["year"]) not in YEARS:
            said = f"year is {row['year']!r}, not a year" if row["year"] else "year is missing"
            reader.fault(where, said, f"from {YEARS[0]} to {YEARS[-1]}")
        elif not math.isnan(inhabitants):
            reader.once(where, seen, row[KEY], row["year"])
            found.setdefault(int(row["year"]), {})[row[KEY]] = inhabitants
    if not reader.faults:
        years = sorted(found)
        for id_ in sorted({id_ for of_year in found.values() for id_ in of_year}):
            if missing := [str(year) for year in years if id_ not in found[year]]:
                said = f"{reader.book.describe(id_)} has no {', '.join(missing)}, which others have"
                reader.fault(reader.table.where, said, "give each the same years")
    reader.finish()
    return {year: found[year] for year in sorted(found)}
