"""What municipalities themselves say of their planners."""

import math
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geodata.faults import DataFault
from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.formats.ours import ESTIMATE_WORDS
from geodata.owntables.headings import SYNONYMS
from geodata.owntables.rows import CellNumber, RowReader
from geodata.schema import ESTIMATE_COLUMNS, FIGURE_SOURCES, MUNICIPALITY_COLUMNS, PLANNER_RANGE

EXAMPLE: Final = "like 1.5 or 1,5; empty keeps the estimate"
COLUMNS: Final = (
    *(CellNumber(name, EXAMPLE, 1_000) for name in ("planner_fte", *PLANNER_RANGE, "need_fte")),
    CellNumber("trips", EXAMPLE, 1_000_000),
)
OURS: Final = ("takes_part", "may_host", *MUNICIPALITY_COLUMNS, *ESTIMATE_COLUMNS)
"""Columns of the table that is written beside every plan."""
OF_WORKSHEET: Final = ("host", "minutes")
"""Further columns of the worksheet of municipalities."""
OF_REGION: Final = (*SYNONYMS, "lon", "lat", "x", "y")
"""Columns of a table of the user's own municipalities, which may be the table of planners, too."""


def read_planners(path: str | Path, municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Read a table of planners.

    Parameters
    ----------
    path : str or Path
        ``kommunenummer``, also of other years (`carried`), and some of `COLUMNS`; or ``inputs/municipalities.csv`` of
        a plan, in which estimates and the weights of journeys do not count as the user's.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kommunenummer``; the given columns as float64, NaN where a cell is empty.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    names = [column.name for column in COLUMNS]
    reader = RowReader.of(path, municipalities, (), names, ignored=(*OURS, *OF_WORKSHEET, *OF_REGION))
    columns = [column for column in COLUMNS if column.name in reader.table.header]
    if not columns:
        reader.fault(reader.table.at(reader.table.line), "there is no column of figures", f"give some of {_all(names)}")
        reader.finish()
    ours = set(FIGURE_SOURCES.values()) <= set(reader.table.header)
    if ours:
        reader.table.remark("this table was written beside a plan; estimates in it and trips are not read")
    else:
        reader.carry(municipalities, CarryRules(dict.fromkeys(names, Carry.SUM)))
    values: dict[str, list[float]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        reader.once(where, seen, row[KEY])
        told = {**row, **dict.fromkeys(_not_given(row), "")} if ours else row
        given = {column.name: reader.value(where, told, column) for column in columns}
        if row[KEY] in municipalities.index:
            reader.faults += _range_faults(where, given, float(municipalities.at[row[KEY], "planner_fte"]))
        values[row[KEY]] = list(given.values())
    reader.finish()
    return pd.DataFrame.from_dict(
        values, orient="index", columns=[column.name for column in columns], dtype="float64"
    ).rename_axis(KEY)


def _all(names: list[str]) -> str:
    return ", ".join(names)


def _not_given(row: dict[str, str]) -> list[str]:
    """Return the columns of a row of ours that no user has given."""
    estimated = {figure for figure, source in FIGURE_SOURCES.items() if row[source] in ESTIMATE_WORDS}
    return ["trips", *estimated, *(PLANNER_RANGE if "planner_fte" in estimated else ())]


def _range_faults(where: str, given: dict[str, float], estimate: float) -> list[DataFault]:
    """Judge the range of one row: low end, figure and high end ascend.

    Parameters
    ----------
    where : str
        File and line.
    given : dict
        Value by column; NaN where the cell is empty.
    estimate : float
        Of ``planner_fte``, which holds where the row gives none.
    """
    low, high = (given.get(name, math.nan) for name in PLANNER_RANGE)
    if low > high:
        what = f"the range is upside down: planner_fte_low is {low:g}, more than planner_fte_high, {high:g}"
        return [DataFault(where, what, "swap the two")]
    figure = given.get("planner_fte", math.nan)
    known = not math.isnan(figure)
    said = f"planner_fte, {figure:g}" if known else f"the estimate of planner_fte, {estimate:.2f}"
    hint = "the range holds the figure" if known else "give planner_fte too, or a range that holds the estimate"
    figure = figure if known else estimate
    faults = [DataFault(where, f"planner_fte_low is {low:g}, more than {said}", hint)] if low > figure else []
    return faults + (
        [DataFault(where, f"planner_fte_high is {high:g}, less than {said}", hint)] if high < figure else []
    )
