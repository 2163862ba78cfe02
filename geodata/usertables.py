"""Read the user's own CSV tables, forgivingly in form and strictly in content.

Semicolon, comma or tab; comma or point decimals; with or without byte order mark. Anything that cannot be
understood is a fault with file and line, and all faults of a file come at once.
"""

import csv
import math
import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geodata import codes, editions
from geodata.faults import DataError, DataFault, near
from geodata.schema import PLANNER_RANGE

KEY = "kommunenummer"
PLANNER_COLUMNS = ("planner_fte", *PLANNER_RANGE, "need_fte", "trips")
IGNORED_COLUMNS = ("name", "navn")
"""Columns that a table may carry for its readers."""

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")


@dataclass(frozen=True)
class TextTable:
    """A CSV file as text.

    Attributes
    ----------
    where : str
        The path, for faults.
    line : int
        Line of the header.
    header : list of str
        Column names, stripped, in small letters.
    rows : list of (int, list of str)
        Line number and cells of each row that is not blank, stripped.
    """

    where: str
    line: int
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def at(self, line: int) -> str:
        """Return file and line."""
        return f"{self.where}:{line}"


def read_table(path: str | Path) -> TextTable:
    """Read a CSV file without judging its cells.

    Raises
    ------
    DataError
        If the file is missing, unreadable, no text in UTF-8, or empty, or a row has too many cells.
    """
    path = Path(path)
    text = _text(path)
    lines = text.splitlines()
    separator = _separator(next((line for line in lines if line.strip()), ""))
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        stripped = ((reader.line_num, [cell.strip() for cell in cells]) for cells in reader)
        numbered = [(line, cells) for line, cells in stripped if any(cells)]
    except csv.Error as error:
        fault = DataFault(f"{path}:{reader.line_num}", f"no CSV: {error}", "check the quotation marks")
        raise DataError([fault]) from None
    if not numbered:
        raise DataError([DataFault(str(path), "the file is empty", "a header line and at least one row are needed")])
    header_line, written = numbered[0]
    header = [name.casefold() for name in written]
    rows = [(line, cells + [""] * (len(header) - len(cells))) for line, cells in numbered[1:]]
    long = [(line, cells) for line, cells in rows if any(cells[len(header) :])]
    if long:
        raise DataError(
            DataFault(
                f"{path}:{line}", f"{len(cells)} cells, but the header has {len(header)}", _decimal_hint(separator)
            )
            for line, cells in long
        )
    return TextTable(str(path), header_line, header, rows)


def number(text: str) -> float | None:
    """Return the number that a cell spells with comma or point, or None if it spells none."""
    text = text.replace("\N{MINUS SIGN}", "-")
    if text.casefold() in {"inf", "+inf", "-inf", "nan"}:
        return float(text)
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def read_planners(path: str | Path, municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Read a table of planners.

    Parameters
    ----------
    path : str or Path
        CSV with ``kommunenummer`` and some of `PLANNER_COLUMNS`.
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
    table = read_table(path)
    faults = _header_faults(table)
    if faults:
        raise DataError(faults)
    book = codes.book(municipalities.attrs.get("edition", editions.DEFAULT_EDITION))
    columns = [name for name in PLANNER_COLUMNS if name in table.header]
    key = table.header.index(KEY)
    first_line: dict[str, int] = {}
    values: dict[str, list[float]] = {}
    for line, cells in table.rows:
        faults += number_faults(table, line, cells[key], book, first_line)
        row = []
        for name in columns:
            value, wrong = _quantity(table.at(line), name, cells[table.header.index(name)])
            faults += wrong
            row.append(value)
        if cells[key] in municipalities.index:
            estimate = float(municipalities.at[cells[key], "planner_fte"])
            faults += _range_faults(table.at(line), dict(zip(columns, row, strict=True)), estimate)
        values[cells[key]] = row
    if not table.rows:
        faults.append(DataFault(table.where, "there is no row below the header", "leave the file out, or fill it"))
    if faults:
        raise DataError(faults)
    return pd.DataFrame.from_dict(values, orient="index", columns=columns, dtype="float64").rename_axis(KEY)


def number_faults(
    table: TextTable, line: int, written: str, book: codes.NumberBook, first_line: dict[str, int]
) -> list[DataFault]:
    """Judge the number of one row, and remember its line in `first_line` to find duplicates."""
    wrong = book.fault(written)
    if wrong:
        return [DataFault(table.at(line), *wrong)]
    if written in first_line:
        hint = f"first on line {first_line[written]}; keep one of the two"
        return [DataFault(table.at(line), f"{book.describe(written)} stands here a second time", hint)]
    first_line[written] = line
    return []


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


def _text(path: Path) -> str:
    """Read a file as text in UTF-8, or say what it is instead."""
    hint = "save it as CSV UTF-8"
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        beside = near(path.name, [entry.name for entry in _entries(path.parent)])
        raise DataError([DataFault(str(path), "there is no such file", beside)]) from None
    except IsADirectoryError:
        raise DataError([DataFault(str(path), "this is a folder", "name the CSV file in it")]) from None
    except OSError as error:
        raise DataError([DataFault(str(path), f"cannot be read: {error.strerror}")]) from None
    what = ""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        what = "this is an Excel workbook or another packed file, not CSV"
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "the text is UTF-16"
    elif b"\0" in raw:
        what = "this is a binary file, not CSV"
    if what:
        raise DataError([DataFault(str(path), what, hint)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte {raw[error.start]:#04x} is no UTF-8 text"
        raise DataError([DataFault(f"{path}:{line}", what, f"{hint}; it may be Windows-1252 now")]) from None


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _separator(header: str) -> str:
    """Return the separator that the header line uses most; the semicolon in doubt."""
    return max(";\t,", key=header.count)


def _decimal_hint(separator: str) -> str:
    if separator == ",":
        return "with commas between the cells, decimals need a point; or use semicolons"
    return "remove the surplus cells"


def _header_faults(table: TextTable) -> list[DataFault]:
    known = (KEY, *PLANNER_COLUMNS, *IGNORED_COLUMNS)
    where = table.at(table.line)
    faults = [
        DataFault(where, f"unknown column {name!r}", near(name, known) or f"known are {', '.join(known)}")
        for name in table.header
        if name not in known
    ]
    faults += [
        DataFault(where, f"column {name!r} stands twice", "keep one of them")
        for name in sorted({name for name in table.header if table.header.count(name) > 1})
        if name in known
    ]
    if KEY not in table.header:
        faults.append(DataFault(where, f"the column {KEY} is missing", "it holds the four-digit number of each row"))
    if not set(PLANNER_COLUMNS) & set(table.header):
        faults.append(DataFault(where, "there is no column of figures", f"give some of {', '.join(PLANNER_COLUMNS)}"))
    return faults


def _quantity(where: str, column: str, cell: str) -> tuple[float, list[DataFault]]:
    """Return the value of a cell (NaN if empty or wrong) and its faults."""
    if not cell:
        return math.nan, []
    value = number(cell)
    if value is None:
        return math.nan, [
            DataFault(where, f"{column} is {cell!r}, not a number", "like 1.5 or 1,5; empty keeps the estimate")
        ]
    if not math.isfinite(value):
        return math.nan, [DataFault(where, f"{column} is {cell!r}", "a finite number, or empty to keep the estimate")]
    if value < 0:
        return math.nan, [DataFault(where, f"{column} is {cell}, less than zero", "zero or more")]
    return value, []
