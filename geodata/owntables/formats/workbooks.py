"""From an Excel workbook to rows of text."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.faults import DataError, DataFault

Area = tuple[int, int, int, int]
"""First column and row, last column and row, from 1."""

OLD: Final = b"\xd0\xcf\x11\xe0"
SIGNATURES: Final = (b"PK\x03\x04", OLD)
"""How packed files begin, new workbooks among them, and how old workbooks do."""
SUFFIXES: Final = (".xlsx", ".xlsm")
MOST_BYTES: Final = 200_000_000
"""Unpacked size up to which a workbook is opened."""
MOST_SAID: Final = 120
"""Letters of what the library says of a broken file."""
CONTENTS: Final = "xl/workbook.xml"
HINT: Final = "save it as CSV UTF-8, or as an Excel workbook (.xlsx)"


def sheets(path: Path, raw: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the rows that are not blank of each sheet, by its name, each with its number.

    A text that is merged over rows stands in each of them, and so does whatever the first column holds. Formulas count
    by the value that was saved.

    Parameters
    ----------
    path : Path
        For faults.
    raw : bytes
        What the file holds.

    Raises
    ------
    DataError
        If it is no workbook that can be opened, or a figure is merged over rows.
    """
    _require_workbook(path, raw)
    try:
        found = pd.read_excel(io.BytesIO(raw), sheet_name=None, header=None, dtype=object, na_filter=False)
        merged = _merged(raw)
    except Exception as error:  # noqa: BLE001  the library says in many ways that a file is broken
        said = " ".join(str(error).split())[:MOST_SAID]
        what = f"the workbook cannot be read: {type(error).__name__}: {said}"
        raise DataError([DataFault(str(path), what, HINT)]) from None
    grids = {str(name): frame.to_numpy(dtype=object) for name, frame in found.items()}
    for name, areas in merged.items():
        _spread(path, grids[name], areas)
    return {
        name: [
            (line, cells)
            for line, values in enumerate(grid, start=1)
            if any(cells := [written(value) for value in values])
        ]
        for name, grid in grids.items()
    }


def _require_workbook(path: Path, raw: bytes) -> None:
    what = ""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if CONTENTS not in packed.namelist():
                what = "this is a packed file, but no Excel workbook"
            elif sum(item.file_size for item in packed.infolist()) > MOST_BYTES:
                what = f"the workbook unpacks to more than {MOST_BYTES // 1_000_000} MB"
    except zipfile.BadZipFile:
        old = raw.startswith(OLD)
        what = "this is a workbook of an old Excel (.xls)" if old else "this is a broken workbook or packed file"
    if what:
        raise DataError([DataFault(str(path), what, HINT)])


def _merged(raw: bytes) -> dict[str, list[Area]]:
    """Return which cells are merged over several rows, by sheet; a second reading, where there are any."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        sheets_of = (name for name in packed.namelist() if name.startswith("xl/worksheets/"))
        if not any(b"<mergeCell " in packed.read(name) for name in sheets_of):
            return {}
    import openpyxl  # noqa: PLC0415 - a tenth of a second, for those that bring a workbook

    book = openpyxl.load_workbook(io.BytesIO(raw))
    areas = {sheet.title: [one.bounds for one in sheet.merged_cells.ranges] for sheet in book.worksheets}
    return {name: [area for area in some if area[3] > area[1]] for name, some in areas.items()}


def _spread(path: Path, grid: NDArray[np.object_], areas: list[Area]) -> None:
    """Write what merged cells hold into each of their rows.

    Raises
    ------
    DataError
        If it is a figure: nobody knows whether it is the sum of the rows or holds for each.
    """
    faults = []
    for left, top, _, bottom in areas:
        value = grid[top - 1, left - 1]
        if left > 1 and isinstance(value, int | float) and not isinstance(value, bool):
            what = f"{written(value)} stands in a cell that is merged over {bottom - top + 1} rows"
            faults.append(DataFault(f"{path}:{top}", what, "give each row its own figure"))
        grid[top - 1 : bottom, left - 1] = value
    if faults:
        raise DataError(faults)


def written(value: Any) -> str:
    """Return a cell as text, figures as the sheet means them and not as the machine stores them."""
    match value:
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"
        case dt.datetime():
            return (value.date() if value.time() == dt.time() else value).isoformat()
    return str(value)
