"""From a Parquet or OpenMatrix file to rows of text, as if it were a CSV file."""

import importlib.util
import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from geodata.faults import DataError, DataFault, near
from geodata.owntables.formats.workbooks import written

PARQUET: Final = b"PAR1"
MATRIX: Final = b"\x89HDF\r\n\x1a\n"
"""How files of either kind begin; OpenMatrix is an agreement on what stands where in HDF5."""
OPENMATRIX: Final = ".omx"
"""How names of OpenMatrix files end."""
SIGNATURES: Final = (PARQUET, MATRIX)
MINUTES: Final = ("minutes", "minutter", "time", "tid", "car_time")
"""What the matrix of minutes may be called, if a file has several."""
LOOKUPS: Final = ("kommunenummer", "zone_number", "zone", "id")
"""What the numbers of its rows and columns may be called, if it has several lists of them."""
MOST_ROWS: Final = 3_000
"""Municipalities up to which a matrix is opened."""
DIGITS: Final = 4
"""Of a kommunenummer, where it was kept as a number."""

Rows = list[tuple[int, list[str]]]


def rows(path: Path, raw: bytes) -> Rows:
    """Return the header and the rows of a file, the header as row 0, each with its number; nothing is blank.

    Parameters
    ----------
    path : Path
        For faults.
    raw : bytes
        What the file holds; begins as one of `SIGNATURES`.

    Raises
    ------
    DataError
        If the library that reads it is not installed, or it cannot be read.
    """
    return _of_parquet(path, raw) if raw.startswith(PARQUET) else _of_matrix(path, raw)


def _of_parquet(path: Path, raw: bytes) -> Rows:
    _require(path, "Parquet", "pyarrow", "plankontor[parquet]")
    try:
        frame = pd.read_parquet(io.BytesIO(raw))
    except Exception as error:  # noqa: BLE001  the library says in many ways that a file is broken
        raise _unreadable(path, error) from None
    if frame.index.name is not None:
        frame = frame.reset_index()
    cells = (["" if pd.isna(value) else written(value) for value in row] for row in frame.itertuples(index=False))
    return [(0, [str(name) for name in frame.columns]), *enumerate(cells, start=1)]


def _of_matrix(path: Path, raw: bytes) -> Rows:
    _require(path, "OpenMatrix", "h5py", "plankontor[openmatrix]")
    import h5py  # noqa: PLC0415  an extra, seldom asked for

    try:
        with h5py.File(io.BytesIO(raw), "r") as file:
            minutes = _member(path, file.get("data"), "matrix", MINUTES)
            numbers = _member(path, file.get("lookup"), "list of numbers (lookup)", LOOKUPS)
    except OSError as error:
        raise _unreadable(path, error) from None
    if minutes.ndim != 2 or minutes.shape != (len(numbers), len(numbers)):
        what = f"the matrix has the shape {minutes.shape}, but there are {len(numbers)} numbers"
        raise DataError([DataFault(str(path), what, "a square matrix with a number for each row is needed")])
    ids = [_number(one) for one in numbers]
    below = (["", *ids] if k < 0 else [ids[k], *map(_minutes, minutes[k])] for k in range(-1, len(ids)))
    found = list(enumerate(below))
    found[0][1][0] = "kommunenummer"
    return found


def _member(path: Path, group: Any, what: str, names: tuple[str, ...]) -> "np.ndarray[Any, Any]":
    """Return the only member of a group, or the one with one of the names."""
    members = [] if group is None else [*group]
    fitting = members if len(members) == 1 else [name for name in members if name.casefold() in names]
    if len(fitting) != 1:
        found = f"several: {', '.join(members[:8])}" if members else "none"
        hint = near(names[0], members) or f"call the one that is meant {names[0]}"
        raise DataError([DataFault(str(path), f"which {what} is meant? found {found}", hint)])
    if max(group[fitting[0]].shape, default=0) > MOST_ROWS:
        what = f"{group[fitting[0]].shape}; more than {MOST_ROWS} are no municipalities"
        raise DataError([DataFault(str(path), what, "is it the right file?")])
    return np.asarray(group[fitting[0]])


def _number(one: Any) -> str:
    """Return a number of a row as text; leading zeros that a number could not keep come back."""
    if isinstance(one, bytes):
        return one.decode("utf-8", "replace").strip()
    return str(one).zfill(DIGITS) if isinstance(one, np.integer) else str(one)


def _minutes(value: Any) -> str:
    """Return minutes as text; no way is empty."""
    return repr(float(value)) if np.isfinite(value) else ""


def _require(path: Path, kind: str, library: str, extra: str) -> None:
    if importlib.util.find_spec(library) is None:
        hint = f"python -m pip install {library} (or {extra}), or save it as CSV UTF-8"
        raise DataError([DataFault(str(path), f"{kind} is read with {library}, which is not installed", hint)])


def _unreadable(path: Path, error: Exception) -> DataError:
    what = f"the file cannot be read: {type(error).__name__}: {str(error)[:200]}"
    return DataError([DataFault(str(path), what, "save it again, or as CSV UTF-8")])
