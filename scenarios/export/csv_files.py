"""Tables as CSV files, for other programs and for a Norwegian Excel; our own read back."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula by a spreadsheet."""

Row = Sequence[str | float | int]


@dataclass(frozen=True)
class CsvTable:
    """A table as it is written.

    Parameters
    ----------
    header
        Names of the columns.
    rows
        In the order of the columns.
    """

    header: Sequence[str]
    rows: Iterable[Row]


def write_csv(path: Path, table: CsvTable) -> None:
    """Write a comma separated table: UTF-8, decimal point, numbers at full precision, texts never a formula."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([cell(item) for item in table.header])
        writer.writerows([cell(item) for item in row] for row in table.rows)


def write_each(folder: Path, tables: Mapping[str, CsvTable], *, for_excel: bool) -> None:
    """Write tables by name, and for a Norwegian Excel, if that is wanted, what it opens."""
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table)
        if for_excel:
            write_excel_csv(folder / f"{name}-excel.csv", table)


def write_excel_csv(path: Path, table: CsvTable) -> None:
    """Write a table as a Norwegian Excel opens it: semicolons, decimal comma, UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([cell(item) for item in table.header])
        for row in table.rows:
            writer.writerow([cell(item) if isinstance(item, str) else cell(item).replace(".", ",") for item in row])


def cell(item: str | float) -> str:
    """Return a cell: the shortest text that reads back as the same number, or a harmless text."""
    if isinstance(item, str):
        return f"'{item}" if item.startswith(FORMULA_STARTS) else item
    number = float(item)
    if number == math.inf:
        return "inf"
    return str(int(number)) if number.is_integer() else repr(number)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read one of our own tables as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
