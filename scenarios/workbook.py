"""Workbooks: typed cells, frozen headers with filters, texts that are never a formula, the same bytes every time."""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from scenarios.plain import PROGRAM, version

MADE: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""A fixed date, so that the same result is the same file."""

WIDEST: Final = 60
PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """A workbook with our formats.

    Parameters
    ----------
    path
        The file to make.
    title
        Of the document.
    no_way
        What stands for a number that is not finite.
    """

    def __init__(self, path: Path, title: str, no_way: str) -> None:
        self.path = path
        self.no_way = no_way
        self.book = xlsxwriter.Workbook(str(path), PLAIN)
        self.book.set_properties({"title": title, "comments": f"{PROGRAM} {version()}", "created": MADE})
        self.header = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.whole = self.book.add_format({"num_format": "#,##0"})
        self.decimal = self.book.add_format({"num_format": "#,##0.00"})
        self.share = self.book.add_format({"num_format": "0.0 %"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Any]],
        *,
        share_rows: frozenset[int] = frozenset(),
        share_columns: frozenset[int] = frozenset(),
    ) -> None:
        """Add a sheet with a frozen header and filters; rows and columns named (from 0) hold shares of one."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        widths = [len(text) for text in header]
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.header)
        last = 0
        for number, row in enumerate(rows):
            last = number + 1
            for column, item in enumerate(row):
                self.cell(sheet, last, column, item, share=number in share_rows or column in share_columns)
                widths[column] = max(widths[column], len(str(item)) if isinstance(item, str) else 10)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST) + 2)
        if last:
            sheet.autofilter(0, 0, last, len(header) - 1)

    def cell(self, sheet: Any, row: int, column: int, item: object, *, share: bool) -> None:
        """Write one typed cell; nothing for ``None``."""
        if item is None:
            return
        if isinstance(item, str):
            sheet.write_string(row, column, item, self.wrapped if len(item) > WIDEST else None)
        elif isinstance(item, int | float) and math.isfinite(item):
            form = self.share if share else self.whole if float(item).is_integer() else self.decimal
            sheet.write_number(row, column, item, form)
        else:
            sheet.write_string(row, column, self.no_way)

    def close(self) -> None:
        """Write the file.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        try:
            self.book.close()
        except xlsxwriter.exceptions.FileCreateError as fault:
            raise OSError(f"{self.path.name}: {fault}") from fault
