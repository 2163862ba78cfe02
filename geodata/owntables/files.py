"""From a file as people have it to a table of text: text in several encodings, or an Excel workbook.

What can only mean one thing is read, and a `DataRemark` says how it was understood: Excel's ``sep=;``, a title above
the header, Windows-1252, a workbook called ``.csv``. Blank rows and columns count for nothing.
"""

import csv
import io
import re
import stat
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geodata.faults import NOT_PLAIN, DataError, DataFault, DataRemark, near
from geodata.owntables.formats import binary, workbooks
from geodata.owntables.formats.ours import of_workbook

KEY = "kommunenummer"
KEYS: Final = (KEY, "id")
"""What the column of municipalities may be called."""
MOST_TITLES: Final = 20
"""Rows in which the header is looked for."""
SEPARATORS: Final = ";\t,"
HINT: Final = "save it as CSV UTF-8"
WRONG_FILE: Final = "is it the right file?"
OTHER_TEXTS: Final = {
    b"%pdf-": "a PDF document",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"<?xml": "XML",
    b"{\\rtf": "a document of a word processor",
    b"{": "JSON",
    b"[": "JSON",
}
"""How texts begin that are no table, and what they are."""

Rows = list[tuple[int, list[str]]]

_SPACES: Final = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_THOUSANDS = re.compile(rf"[+-]?\d{{1,3}}(?:{_SPACES}\d{{3}})+([.,]\d+)?")
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?;*\s*", re.IGNORECASE)
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARK_AND_BLANKS: Final = b"\xef\xbb\xbf \t\r\n"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class TextTable:
    """A table as text.

    Attributes
    ----------
    where : str
        The path, for faults.
    line : int
        Line of the header; in a workbook the row; 0 where it has none.
    header : list of str
        Column names, stripped, in small letters.
    rows : list of (int, list of str)
        Line number and cells of each row that is not blank, stripped.
    """

    where: str
    line: int
    header: list[str]
    rows: Rows

    def at(self, line: int) -> str:
        """Return file and line."""
        return f"{self.where}:{line}" if line else self.where

    def remark(self, what: str) -> None:
        """Say how something in the file was understood."""
        remark(self.where, what)


def remark(where: str, what: str) -> None:
    """Say how something in a file was understood."""
    warnings.warn(f"{where}: {what}", DataRemark, stacklevel=3)


def read_table(path: str | Path, keys: Iterable[str] = (KEY,)) -> TextTable:
    """Read a table without judging its cells.

    Parameters
    ----------
    path : str or Path
        CSV (semicolon, comma or tab; UTF-8, UTF-16 with a mark, or Windows-1252), an Excel workbook, Parquet or
        OpenMatrix.
    keys : iterable of str
        Names by one of which the header is known if it does not stand first.

    Raises
    ------
    DataError
        If the file is missing, unreadable or empty, or a row has too many cells.
    """
    path = Path(path)
    raw = _bytes(path)
    keys = frozenset(keys)
    if raw.startswith(workbooks.SIGNATURES):
        return _table(str(path), _rows_of_workbook(path, raw, keys), keys, "remove the surplus cells")
    if raw.startswith(binary.SIGNATURES):
        return _table(str(path), [(at, _stripped(cells)) for at, cells in binary.rows(path, raw)], keys, "")
    text = _text(path, raw)
    separator, rows = _rows_of_text(path, text, keys)
    hint = "remove the surplus cells"
    if separator == ",":
        hint = "with commas between the cells, decimals need a point; or use semicolons"
    return _table(str(path), rows, keys, hint)


def read_keyed(path: str | Path) -> TextTable:
    """Read a table with a column of municipalities, which is ``kommunenummer`` whichever of `KEYS` it is called.

    Raises
    ------
    DataError
        As `read_table`.
    """
    table = read_table(path, KEYS)
    if KEY not in table.header and "id" in table.header:
        table.header[table.header.index("id")] = KEY
    return table


def number(text: str) -> float | None:
    """Return the number that a cell spells with comma or point, or None if it spells none.

    Thousands may stand apart, by a space of any width.
    """
    text = text.replace("\N{MINUS SIGN}", "-")
    if text.casefold() in {"inf", "+inf", "-inf", "nan"}:
        return float(text)
    if _THOUSANDS.fullmatch(text):
        text = re.sub(_SPACES, "", text)
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _table(where: str, rows: Rows, keys: frozenset[str], surplus: str) -> TextTable:
    """Find the header, and give each row as many cells as it has."""
    if not rows:
        raise DataError([DataFault(where, "the file is empty", "a header line and at least one row are needed")])
    if any(_TURNING.search(cell) for _, cells in rows for cell in cells):
        remark(where, "characters that cannot be seen and turn the direction of text are left out")
        rows = [(at, [_TURNING.sub("", cell) for cell in cells]) for at, cells in rows]
    first = _header_position(rows, keys) or 0
    if first:
        remark(where, f"the header is on line {rows[first][0]}; what stands above it is not read")
    line, written = rows[first]
    header = [_folded(name) for name in written]
    below = rows[first + 1 :]
    # Excel leaves separators behind where a column was.
    while header and not header[-1] and not any(any(cells[len(header) - 1 :]) for _, cells in below):
        header.pop()
    width = len(header)
    long = [(at, cells) for at, cells in below if any(cells[width:])]
    if long:
        raise DataError(
            DataFault(f"{where}:{at}", f"{len(cells)} cells, but the header has {width}", surplus) for at, cells in long
        )
    return TextTable(where, line, header, [(at, (cells + [""] * width)[:width]) for at, cells in below])


def _header_position(rows: Rows, keys: frozenset[str]) -> int | None:
    """Return where the first row stands that holds one of the names, if one does."""
    return next((at for at, (_, cells) in enumerate(rows[:MOST_TITLES]) if keys & set(map(_folded, cells))), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _stripped(cells: Iterable[str]) -> list[str]:
    return [unicodedata.normalize("NFC", cell).strip() for cell in cells]


def require_file(path: Path, most_bytes: int) -> None:
    """Refuse what cannot be read to its end: what is not there, folders, devices, and files that are too large.

    Raises
    ------
    DataError
        If it is one of these.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        beside = near(path.name, [entry.name for entry in _entries(path.parent)])
        raise DataError([DataFault(str(path), "there is no such file", beside)]) from None
    except OSError as error:
        raise DataError([DataFault(str(path), f"cannot be read: {error.strerror}")]) from None
    except ValueError as error:
        raise DataError([DataFault(str(path), f"is no name of a file: {error}")]) from None
    if stat.S_ISDIR(found.st_mode):
        raise DataError([DataFault(str(path), "this is a folder", "name the file in it")])
    if not stat.S_ISREG(found.st_mode):
        raise DataError([DataFault(str(path), NOT_PLAIN, "save it as a file")])
    if found.st_size > most_bytes:
        raise DataError([DataFault(str(path), f"the file is larger than {most_bytes // 1_000_000} MB", WRONG_FILE)])


def _bytes(path: Path) -> bytes:
    require_file(path, workbooks.MOST_BYTES)
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError([DataFault(str(path), f"cannot be read: {error.strerror}")]) from None


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _text(path: Path, raw: bytes) -> str:
    """Return the text of a file, or say what it is instead."""
    start = raw[:100].lstrip(_MARK_AND_BLANKS).lower()
    for begins, what in OTHER_TEXTS.items():
        if start.startswith(begins):
            raise DataError([DataFault(str(path), f"this is {what}, not a table", HINT)])
    encoding = "utf-16" if raw.startswith(_UTF_16) else "utf-8-sig"
    if encoding != "utf-16" and b"\0" in raw:
        raise DataError([DataFault(str(path), "this is a binary file, not CSV", HINT)])
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        text = _old_text(path, raw, line)
        remark(str(path), f"line {line} is no UTF-8 text; the file is read as Windows-1252")
    return text


def _old_text(path: Path, raw: bytes, line: int) -> str:
    """Return text in Windows-1252, which Excel writes where nothing else is asked for."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        what = f"byte {raw[error.start]:#04x} is no text in UTF-8 or Windows-1252"
        raise DataError([DataFault(f"{path}:{line}", what, HINT)]) from None


def _rows_of_text(path: Path, text: str, keys: frozenset[str]) -> tuple[str, Rows]:
    """Return the separator, and the rows that are not blank."""
    lines = io.StringIO(text, newline=None).readlines()
    declared = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if declared:
        lines[0] = "\n"
    separator = declared[1] if declared else _separator(lines, keys)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        numbered = [(reader.line_num, _stripped(cells)) for cells in reader]
    except csv.Error as error:
        fault = DataFault(f"{path}:{reader.line_num}", f"no CSV: {error}", "check the quotation marks")
        raise DataError([fault]) from None
    return separator, [(line, cells) for line, cells in numbered if any(cells)]


def _separator(lines: list[str], keys: frozenset[str]) -> str:
    """Return the separator that sets one of the names apart, or that the first line uses most; in doubt semicolon."""
    filled = [line for line in lines if line.strip()][:MOST_TITLES]
    for separator in SEPARATORS:
        cells = (cell.strip(' \t\n"') for line in filled for cell in line.split(separator))
        if any(separator in line for line in filled) and keys & set(map(_folded, cells)):
            return separator
    return max(SEPARATORS, key=filled[0].count) if filled else SEPARATORS[0]


def _rows_of_workbook(path: Path, raw: bytes, keys: frozenset[str]) -> Rows:
    """Return the rows of the one sheet that has the header; of the only sheet, whatever it has."""
    sheets = {name: rows for name, rows in workbooks.sheets(path, raw).items() if rows}
    if written := of_workbook(sheets):
        sheets = written
        remark(str(path), f"this is the workbook of a plan; its sheet {next(iter(written))!r} is read")
    fitting = [name for name, rows in sheets.items() if _header_position(rows, keys) is not None]
    if len(sheets) > 1 and len(fitting) != 1:
        found = f"{len(fitting)} of its sheets have" if fitting else "none of its sheets has"
        what = f"{found} a column {' or '.join(sorted(keys))}: {', '.join(fitting or sheets)}"
        raise DataError([DataFault(str(path), what, "keep the sheet that is meant, or save it as CSV UTF-8")])
    name = (fitting or list(sheets) or [""])[0]
    if len(sheets) > 1 or path.suffix.casefold() not in workbooks.SUFFIXES:
        remark(str(path), f"this is an Excel workbook; its sheet {name!r} is read")
    return [(line, _stripped(cells)) for line, cells in sheets.get(name, [])]
