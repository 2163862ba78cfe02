"""Workbooks: typed cells, frozen headers with filters, texts that are never a formula, the same bytes every time."""

import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from scenarios.world.plain import DECIMALS, PROGRAM, version

MADE: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""A fixed date, so that the same result is the same file."""

WIDEST: Final = 60
NARROWEST: Final = 8
MANY: Final = 8
"""Columns, beyond which the texts get less room: the sheet is printed as wide as a page."""
WIDEST_OF_MANY: Final = 36
MARGIN: Final = 3
"""Characters of a column beside its texts."""
LINE: Final = 15
"""Points; what a line of text takes."""
HIGHEST: Final = 400
"""Points; a row may have 409."""
A4: Final = 9
UPRIGHT: Final = 150
"""Characters, margins included, beyond which a sheet is printed lying."""
READABLE: Final = 240
"""Characters beside each other on a lying page that are not too small to be read."""
CODE: Final = re.compile(r"\d{4}")
PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Row = Sequence[Any]


class Book:
    """A workbook with our formats, ready to print: across a page, its header on each.

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
        self.title = title
        self.no_way = no_way
        self.book = xlsxwriter.Workbook(str(path), PLAIN)
        self.book.set_properties({"title": title, "comments": f"{PROGRAM} {version()}", "created": MADE})
        above = {"valign": "top"}
        number = {**above, "align": "right"}
        # The indent keeps a text from touching the number to its left.
        words = {"text_wrap": True, "align": "left", "indent": 1}
        heading = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.header = self.book.add_format({**words, **heading})
        self.number_header = self.book.add_format({**number, **heading})
        self.whole = self.book.add_format({**number, "num_format": "#,##0"})
        self.decimal = self.book.add_format({**number, "num_format": "#,##0.00"})
        self.share = self.book.add_format({**number, "num_format": "0.0 %"})
        self.text = self.book.add_format({**above, **words})

    def worksheet(
        self,
        name: str,
        header: Sequence[str],
        rows: Iterable[Row],
        *,
        share_rows: frozenset[int] = frozenset(),
        share_columns: frozenset[int] = frozenset(),
    ) -> None:
        """Add a worksheet with a frozen header and filters; rows and columns named (from 0) hold shares of one.

        Each column has one format of numbers; where some rows hold shares, figures go along rows, and each row has one.
        """
        sheet = self.book.add_worksheet(name)
        content = list(rows)
        forms = [
            self.share if column in share_columns else self._form([row[column] for row in content])
            for column in range(len(header))
        ]
        of_row = [self.share if k in share_rows else self._form(row) for k, row in enumerate(content)]
        numeric = [_is_numeric([row[column] for row in content]) for column in range(len(header))]
        widths = _widths(header, content, numeric)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.number_header if numeric[column] else self.header)
            sheet.set_column(column, column, widths[column] + MARGIN)
        sheet.set_row(0, _height(header, widths))
        for number, row in enumerate(content):
            for column, item in enumerate(row):
                self.cell(sheet, number + 1, column, item, of_row[number] if share_rows else forms[column])
            # Not every program makes room for a text of several lines by itself.
            sheet.set_row(number + 1, _height(row, widths))
        # Beside a number stands the name that goes with it.
        fixed = 2 if content and CODE.fullmatch(str(content[0][0])) else 1
        sheet.freeze_panes(1, fixed)
        if content:
            sheet.autofilter(0, 0, len(content), len(header) - 1)
        self._make_printable(sheet, [width + MARGIN for width in widths], fixed)

    def _make_printable(self, sheet: Any, widths: Sequence[int], fixed: int) -> None:
        """Let a sheet be printed on as few pages as can be read, those beside each other with the fixed columns."""
        sheet.set_paper(A4)
        if sum(widths) > UPRIGHT:
            sheet.set_landscape()
        beside = _pages(widths, fixed)
        if beside > 1:
            sheet.repeat_columns(0, fixed - 1)
            sheet.print_across()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(beside, 0)
        sheet.repeat_rows(0)
        # A sign of and begins a code in a footer, and a digit would join the size before it.
        title = self.title[:100].replace("&", "&&")
        sheet.set_footer(f"&L&8 {title}: &A&R&8&P / &N")

    def _form(self, items: Iterable[object]) -> Any:
        """Return the one format of the numbers of a column: with decimals if any of them has some."""
        numbers = (item for item in items if isinstance(item, int | float) and math.isfinite(item))
        return self.whole if all(float(item).is_integer() for item in numbers) else self.decimal

    def bars(self, name: str, title: str, heads: tuple[int, int, int], row: int, place: str) -> None:
        """Add a chart of a row of a worksheet: a bar for each of its columns from a first to a last.

        Parameters
        ----------
        name
            Of the worksheet.
        title
            Above the chart.
        heads
            Row of the headings, first and last column.
        row
            Of the values.
        place
            Cell of the upper left corner, as ``"A40"``.
        """
        head, first, last = heads
        chart = self.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [name, head, first, head, last],
                "values": [name, row, first, row, last],
                "data_labels": {"value": True},
                "fill": {"color": "#14639E"},
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 11}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 620, "height": 90 + 40 * (last - first + 1)})
        self.book.get_worksheet_by_name(name).insert_chart(place, chart)

    def cell(self, sheet: Any, row: int, column: int, item: object, form: Any) -> None:
        """Write one typed cell; nothing for ``None``."""
        if item is None:
            return
        if isinstance(item, str):
            sheet.write_string(row, column, item, self.text)
        elif isinstance(item, int | float) and math.isfinite(item):
            # As in the other tables: the noise of sums is no figure.
            sheet.write_number(row, column, round(item, DECIMALS), form)
        else:
            sheet.write_string(row, column, self.no_way, self.text)

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


def _is_numeric(items: Iterable[object]) -> bool:
    """Return whether a column holds numbers, be it beside a few words."""
    return any(isinstance(item, int | float) for item in items)


def _widths(header: Sequence[str], rows: Sequence[Row], numeric: Sequence[bool]) -> list[int]:
    """Return the width of each column in characters: its texts up to a limit, of a header the longest word."""
    widest = WIDEST_OF_MANY if len(header) > MANY else WIDEST
    found = []
    for column, text in enumerate(header):
        words = max(map(len, text.split()), default=0) + 1  # in bold
        items = max((_length(row[column]) for row in rows), default=0)
        least = words if numeric[column] else min(len(text), 2 * NARROWEST)
        found.append(min(max(NARROWEST, words, least, items), widest))
    return found


def _pages(widths: Sequence[int], fixed: int) -> int:
    """Return how many pages beside each other hold columns in letters that can be read, the fixed ones on each."""
    pages = 1
    while sum(widths) + (pages - 1) * sum(widths[:fixed]) > pages * READABLE and pages < len(widths) - fixed:
        pages += 1
    return pages


def _length(item: object) -> int:
    """Return how wide a cell is, in characters."""
    if isinstance(item, str):
        return len(item)
    return len(f"{item:,.2f}") if isinstance(item, int | float) else 0


def _height(row: Row, widths: Sequence[int]) -> int:
    """Return the height of a row, points, that shows the whole of its texts as far as a row can."""
    lines = [_lines(item, width) for item, width in zip(row, widths, strict=True) if isinstance(item, str)]
    return min(LINE * max(lines, default=1), HIGHEST)


def _lines(text: str, width: int) -> int:
    """Return in how many lines a text stands, words being kept whole where they fit."""
    if len(text) <= width and text.isprintable():
        return 1  # as most are
    return sum(max(1, len(textwrap.wrap(line, width))) for line in text.splitlines() or [""])
