"""When municipalities adopted their plans."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd

from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.rows import RowReader

PLANS: Final = ("arealdel", "samfunnsdel", "planstrategi")
"""Kinds of plan."""
COLUMNS: Final = ("plan", "adopted")
EARLIEST: Final = 1965
"""Year of the first planning and building act: no plan of today is older."""
EXCEL_START: Final = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
EXCEL_DAYS: Final = range(20_000, 70_000)

_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NORWEGIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WHOLE = re.compile(r"\d{5}([.,]0+)?")


def read_plan_dates(
    path: str | Path, municipalities: gpd.GeoDataFrame, known: Sequence[str], today: dt.date
) -> dict[str, dict[str, int]]:
    """Read a table of when plans were adopted.

    Parameters
    ----------
    path : str or Path
        CSV with ``kommunenummer``, ``plan`` and ``adopted``: a year, or a day as 2019-06-12 or 12.06.2019;
        rows that say nothing of any plan are not read.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.
    known : sequence of str
        Kinds of plan.
    today : datetime.date
        No plan was adopted later.

    Returns
    -------
    dict
        Year by number and kind of plan.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    reader = RowReader.of(path, municipalities, ("plan", "adopted"))
    reader.carry(municipalities, CarryRules({"adopted": Carry.SAME}, beside=("plan",), partial=True))
    adopted: dict[str, dict[str, int]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        if not any(row[column] for column in COLUMNS):
            continue
        name = reader.name(where, row["plan"], known, "kind of plan")
        year, wrong = year_of(row["adopted"], today)
        if wrong:
            reader.fault(where, *wrong)
        if name is not None:
            reader.once(where, seen, row[KEY], name)
            adopted.setdefault(row[KEY], {})[name] = year
    reader.finish()
    return adopted


def year_of(cell: str, today: dt.date) -> tuple[int, tuple[str, str] | None]:
    """Return the year that a cell means, and what is wrong with it and the next step.

    Parameters
    ----------
    cell : str
        A year or a day.
    today : datetime.date
        The last day that can be meant.
    """
    hint = "a year like 2019, or a day like 2019-06-12"
    if _WHOLE.fullmatch(cell) and int(cell[:5]) in EXCEL_DAYS:
        day = EXCEL_START + dt.timedelta(days=int(cell[:5]))
        return 0, (
            f"adopted is {cell}, a day number of a spreadsheet",
            f"did you mean {day}?",
        )
    if _YEAR.fullmatch(cell):
        day = dt.date(max(1, int(cell)), 1, 1)
    else:
        try:
            if found := _ISO.fullmatch(cell):
                day = dt.date(*map(int, found.groups()))
            elif found := _NORWEGIAN.fullmatch(cell):
                day = dt.date(*map(int, reversed(found.groups())))
            else:
                return 0, (f"adopted is {cell!r}, not a day" if cell else "adopted is missing", hint)
        except ValueError:
            return 0, (f"adopted is {cell}, a day that does not exist", hint)
    if day > today:
        return 0, (f"adopted is {cell}, which is to come", f"no later than {today}")
    if day.year < EARLIEST:
        return 0, (f"adopted is {cell}, before there were such plans", f"{EARLIEST} or later")
    return day.year, None
