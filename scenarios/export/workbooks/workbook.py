"""Workbooks: typed cells, frozen headers with filters, texts that are never a formula, the same bytes every time."""

import math
import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
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
WIDEST_OF_WORDS: Final = 18
"""Characters, in which words stand beside numbers."""
MARGIN: Final = 3
"""Characters of a column beside its texts."""
LINE: Final = 15
"""Points; what a line of text takes."""
HIGHEST: Final = 400
"""Points; a row may have 409."""
A4: Final = 9
CHART_WIDTH: Final = 480
"""Dots of the screen."""
SMALLEST: Final = 0.6
"""Of the size of letters on the screen: smaller ones are hard to read on paper (11 points become 6.6)."""
POINTS: Final = 0.75
"""Of a dot of the screen."""
CHARACTER: Final = 5.25
"""Points; how wide a character of a column is."""
SIDES: Final = (538.0, 755.0)
"""Points; width and height of an upright page of A4 within its margins."""
UPRIGHT: Final = 180
"""Characters, margins included, beyond which a sheet is printed lying."""
READABLE: Final = 240
"""Characters beside each other on a lying page that are not too small to be read."""
CODE: Final = re.compile(r"\d{4}")
PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Row = Sequence[Any]


@dataclass(frozen=True)
class SheetForm:
    """How a worksheet looks.

    Parameters
    ----------
    share_rows, share_columns
        Rows or columns that hold shares of one, from 0. Each column has one format of numbers; where some rows hold
        shares, figures go along rows, and each row has one.
    printed_rows, printed_columns
        How many are printed, the first ones; ``None`` for all, of columns as far as a page is wide.
    note
        What is said above each page, of rows that are not.
    below
        Points beneath the last row that are printed too: a chart.
    """

    share_rows: frozenset[int] = frozenset()
    share_columns: frozenset[int] = frozenset()
    printed_rows: int | None = None
    printed_columns: int | None = None
    note: str = ""
    below: float = 0.0


class Book:
    """A workbook with our formats, ready to print: as wide as a page, on few pages, its header on each.

    Parameters
    ----------
    path
        The file to make.
    title
        Of the document.
    no_way
        What stands for a number that is not finite.
    not_printed
        What is said on paper of columns for which a page is not wide enough.
    """

    def __init__(self, path: Path, title: str, no_way: str, not_printed: str) -> None:
        self.path = path
        self.not_printed = not_printed
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

    def worksheet(self, name: str, header: Sequence[str], rows: Iterable[Row], form: SheetForm | None = None) -> None:
        """Add a worksheet with a frozen header and filters."""
        form = form or SheetForm()
        sheet = self.book.add_worksheet(name)
        content = list(rows)
        forms = [
            self.share if column in form.share_columns else self._form([row[column] for row in content])
            for column in range(len(header))
        ]
        of_row = [self.share if k in form.share_rows else self._form(row) for k, row in enumerate(content)]
        numeric = [_is_numeric([row[column] for row in content]) for column in range(len(header))]
        widths = _widths(header, content, numeric)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.number_header if numeric[column] else self.header)
            sheet.set_column(column, column, widths[column] + MARGIN)
        heights = [_height(row, widths) for row in (header, *content)]
        sheet.set_row(0, heights[0])
        for number, row in enumerate(content):
            for column, item in enumerate(row):
                self.cell(sheet, number + 1, column, item, of_row[number] if form.share_rows else forms[column])
            # Not every program makes room for a text of several lines by itself.
            sheet.set_row(number + 1, heights[number + 1])
        # Beside a number stands the name that goes with it.
        fixed = 2 if content and CODE.fullmatch(str(content[0][0])) else 1
        sheet.freeze_panes(1, fixed)
        if content:
            sheet.autofilter(0, 0, len(content), len(header) - 1)
        self._make_printable(sheet, [width + MARGIN for width in widths], heights, form)

    def _make_printable(self, sheet: Any, widths: Sequence[int], heights: Sequence[float], form: SheetForm) -> None:
        """Let the columns that a page has room for be printed, in the smallest letters that are read with ease."""
        columns = min(_columns(widths), form.printed_columns or len(widths))
        rows = len(heights) if form.printed_rows is None else form.printed_rows + 1
        width, printed = sum(widths[:columns]), heights[:rows]
        sheet.set_paper(A4)
        if width > UPRIGHT:
            sheet.set_landscape()
        if columns < len(widths) or rows < len(heights):
            sheet.print_area(0, 0, rows - 1, columns - 1)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        # Both numbers are given: a program then takes the largest letters with which the pages do not become more.
        sheet.fit_to_pages(1, _pages(width, printed, form.below))
        sheet.repeat_rows(0)
        notes = " ".join(filter(None, (form.note, self.not_printed if columns < len(widths) else "")))
        if notes:
            sheet.set_header(f"&L&8 {_coded(notes)}")
        # A digit would join the size before it.
        sheet.set_footer(f"&L&8 {_coded(self.title[:100])}: &A&R&8&P / &N")

    def _form(self, items: Iterable[object]) -> Any:
        """Return the one format of the numbers of a column: with decimals if any of them has some."""
        numbers = (item for item in items if isinstance(item, int | float) and math.isfinite(item))
        return self.whole if all(float(item).is_integer() for item in numbers) else self.decimal

    def bars(self, name: str, title: str, heads: tuple[int, int, int], row: int, place: tuple[int, int]) -> None:
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
            Row of the upper left corner, and how many charts stand to its left.
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
        chart.set_size({"width": CHART_WIDTH, "height": chart_height(last - first + 1)})
        sheet = self.book.get_worksheet_by_name(name)
        sheet.insert_chart(place[0], 0, chart, {"x_offset": place[1] * (CHART_WIDTH + 10)})

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
        words = max(map(len, text.split()), default=0) + 2  # in bold
        most = WIDEST_OF_WORDS if numeric[column] else widest
        items = max((min(_length(row[column]), most) for row in rows), default=0)
        least = words if numeric[column] else min(len(text), 2 * NARROWEST)
        found.append(min(max(NARROWEST, words, least, items), widest))
    return found


def chart_height(options: int) -> int:
    """Return how high a chart is, in dots of the screen."""
    return 90 + 40 * options


def _columns(widths: Sequence[int]) -> int:
    """Return how many columns, from the first, stand beside each other on a page in letters that can be read."""
    return max(1, sum(total <= READABLE for total in accumulate(widths)))


def _pages(width: int, heights: Sequence[float], below: float) -> int:
    """Return on how many pages rows stand, the header on each, in letters as small as can be read."""
    across, along = SIDES if width <= UPRIGHT else SIDES[::-1]
    room = along / min(SMALLEST, across / (width * CHARACTER)) - heights[0] - max(heights)
    return max(1, math.ceil((sum(heights[1:]) + below) / room))


def _coded(text: str) -> str:
    """Return a text for header or footer, where a sign of and begins a code."""
    return text.replace("&", "&&")


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
