"""From an Excel workbook to rows of text."""

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any, Final

import pandas as pd

from geodata.faults import DataError, DataFault

OLD: Final = b"\xd0\xcf\x11\xe0"
SIGNATURES: Final = (b"PK\x03\x04", OLD)
"""How packed files begin, new workbooks among them, and how old workbooks do."""
SUFFIXES: Final = (".xlsx", ".xlsm")
MOST_BYTES: Final = 200_000_000
"""Unpacked size up to which a workbook is opened."""
CONTENTS: Final = "xl/workbook.xml"
HINT: Final = "save it as CSV UTF-8, or as an Excel workbook (.xlsx)"


def sheets(path: Path, raw: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """Return the rows that are not blank of each sheet, by its name, each with its number.

    A cell that is merged over others has its text in the first of them. Formulas count by the value that was saved.

    Parameters
    ----------
    path : Path
        For faults.
    raw : bytes
        What the file holds.

    Raises
    ------
    DataError
        If it is no workbook that can be opened.
    """
    _require_workbook(path, raw)
    try:
        found = pd.read_excel(io.BytesIO(raw), sheet_name=None, header=None, dtype=object, na_filter=False)
    except Exception as error:  # noqa: BLE001  the library says in many ways that a file is broken
        what = f"the workbook cannot be read: {type(error).__name__}: {error}"
        raise DataError([DataFault(str(path), what, HINT)]) from None
    return {
        str(name): [
            (line, cells)
            for line, values in enumerate(frame.itertuples(index=False), start=1)
            if any(cells := [written(value) for value in values])
        ]
        for name, frame in found.items()
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
