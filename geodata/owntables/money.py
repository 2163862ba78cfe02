"""What municipalities themselves say of their kroner: price of an årsverk, hours used, what they would pay alone."""

from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.rows import CellNumber, RowReader

ASKING_THOUSANDS: Final = "kroner, not thousands: did you mean {value}?"
COLUMNS: Final = (
    CellNumber("fte_kr", "kroner a year, like 1150000", 5_000_000, 20_000, ASKING_THOUSANDS),
    CellNumber("hours", "hours a year, like 850 or 850,5", 1_000_000),
    CellNumber("alone_kr", "kroner a year, like 2450000", 1_000_000_000, 20_000, ASKING_THOUSANDS),
)
CARRY: Final = CarryRules({"fte_kr": Carry.MEAN, "hours": Carry.SUM, "alone_kr": Carry.SUM})


def read_money(path: str | Path, municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Read a table of kroner and hours.

    Parameters
    ----------
    path : str or Path
        CSV with ``kommunenummer``, also of other years (`carried`), and some of ``fte_kr`` (price of one årsverk where
        it is host), ``hours`` (of planning that it uses) and ``alone_kr`` (what it would pay a year by itself).
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kommunenummer``; the three columns as float64, NaN where a cell is empty or a column not given.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    names = [column.name for column in COLUMNS]
    reader = RowReader.of(path, municipalities, (), names)
    if not set(names) & set(reader.table.header):
        reader.fault(reader.table.at(reader.table.line), "no column of figures", f"give some of {', '.join(names)}")
        reader.finish()
    reader.carry(municipalities, CARRY)
    values: dict[str, list[float]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        reader.once(where, seen, row[KEY])
        values[row[KEY]] = [reader.value(where, row, column) for column in COLUMNS]
    reader.finish()
    return pd.DataFrame.from_dict(values, orient="index", columns=names, dtype="float64").rename_axis(KEY)
