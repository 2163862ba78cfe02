"""The workbook of a comparison, in bokmål: typed cells, frozen headers, sources and definitions on their own sheets."""

import math
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from geodata import references
from scenarios import compare_tables
from scenarios.choices import Choice, Judge
from scenarios.compare import Comparison
from scenarios.plain import PROGRAM, version

MADE: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""A fixed date, so that the same comparison is the same file."""

with (Path(__file__).parent / "compare_nb.toml").open("rb") as catalogue:
    TEXTS: Final = tomllib.load(catalogue)

HEADINGS: Final = {name: (row["heading"], row["unit"], row["meaning"]) for name, row in TEXTS["rows"].items()}
"""Heading, unit and meaning of each row of the first sheet."""

SHARES: Final = frozenset({"gap", "critical_mass_share"})
WIDEST: Final = 60


class Book:
    """A workbook with our formats.

    Parameters
    ----------
    path
        The file to make.
    """

    def __init__(self, path: Path) -> None:
        self.book = xlsxwriter.Workbook(
            str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        self.book.set_properties(
            {"title": TEXTS["words"]["title"], "comments": f"{PROGRAM} {version()}", "created": MADE}
        )
        self.header = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.whole = self.book.add_format({"num_format": "#,##0"})
        self.decimal = self.book.add_format({"num_format": "#,##0.00"})
        self.share = self.book.add_format({"num_format": "0.0 %"})
        self.wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], *, shares: frozenset[int] = frozenset()
    ) -> None:
        """Add a sheet with a frozen header; rows in `shares` (from 0) are shares of one."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        widths = [len(text) for text in header]
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.header)
        for number, row in enumerate(rows):
            for column, item in enumerate(row):
                self.cell(sheet, number + 1, column, item, share=number in shares)
                widths[column] = max(widths[column], len(str(item)) if isinstance(item, str) else 10)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width, WIDEST) + 2)

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
            sheet.write_string(row, column, TEXTS["words"]["no_way"])


def write_workbook(path: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
    """Write the workbook.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    book = Book(path)
    sheets, headers = TEXTS["sheets"], TEXTS["headers"]
    labels = [choice.label for choice in chosen]
    table = compare_tables.table(judge, chosen, found)
    book.sheet(
        sheets["figures"],
        (headers["first"], *labels, headers["unit"]),
        [
            (HEADINGS[name][0], *(cell_of(name, value) for value in values), HEADINGS[name][1])
            for name, _, values in table
        ],
        shares=frozenset(i for i, (name, _, _) in enumerate(table) if name in SHARES),
    )
    book.sheet(sheets["rules"], (headers["rule"], *labels, headers["meaning"]), rule_rows(found))
    book.sheet(sheets["moves"], headers["moves"], compare_tables.move_rows(judge.problem, found))
    moved = [(label, *row) for label, row in zip(labels, found.moved, strict=True)]
    book.sheet(sheets["moved"], (headers["from_to"], *labels), moved)
    book.sheet(sheets["agreed"], headers["agreed"], agreed_rows(judge, found))
    book.sheet(sheets["offices"], headers["offices"], office_rows(judge, chosen, found))
    book.sheet(sheets["definitions"], headers["definitions"], definitions())
    book.sheet(sheets["sources"], headers["sources"], sources(judge, chosen))
    try:
        book.book.close()
    except xlsxwriter.exceptions.FileCreateError as fault:
        raise OSError(f"{path.name}: {fault}") from fault


def cell_of(name: str, value: compare_tables.Value) -> compare_tables.Value:
    """Return a cell of the first sheet, the solver's answer in bokmål."""
    return TEXTS["statuses"].get(str(value)) if name == "status" else value


def rule_rows(found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the verdict of each option on each rule."""
    for name, meaning, verdicts in compare_tables.rules_of(found):
        yield (name, *(TEXTS["verdicts"][one] for one in verdicts), meaning)


def agreed_rows(judge: Judge, found: Comparison) -> Iterable[Sequence[Any]]:
    """Return what all agree on."""
    for kind, *rest in compare_tables.together_rows(judge.problem, found):
        yield (TEXTS["agreed"][str(kind)], *rest)


def office_rows(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> Iterable[Sequence[Any]]:
    """Return the offices with their kind in bokmål."""
    for row in compare_tables.office_rows(judge.problem, chosen, found):
        yield (*row[:4], TEXTS["offices"][str(row[4])], *row[5:])


def definitions() -> list[tuple[str, str, str, str]]:
    """Return each row of the table with its meaning, and how options are matched."""
    words = TEXTS["words"]
    rows = [(heading, name, unit, meaning) for name, (heading, unit, meaning) in HEADINGS.items()]
    return [*rows, (words["moved"], "moves", words["moved_unit"], words["matching"])]


def sources(judge: Judge, chosen: Sequence[Choice]) -> list[tuple[str, str, str, str]]:
    """Return where the options and the data come from."""
    words, kinds = TEXTS["words"], TEXTS["kinds"]
    edition = words["edition"].format(edition=judge.edition)
    rows = [(words["judged_by"], f"{judge.name} ({judge.title})", "", edition)]
    rows += [
        (choice.label, f"{kinds[choice.kind]}: {choice.title or choice.label}", "", facts(choice)) for choice in chosen
    ]
    rows += [
        (words["data"], text, licence, f"{what}; {url}")
        for text, licence, url, what in compare_tables.credits_of(judge.edition)
    ]
    return [*rows, (words["program"], f"{PROGRAM} {version()}", "", words["estimates"])]


def facts(choice: Choice) -> str:
    """Return the facts of an option in one line."""
    if choice.kind == "reference":
        counts = choice.facts["statuses"]
        documented = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        guessed = TEXTS["words"]["guessed"].format(n=choice.facts["hosts_chosen_by_rule"])
        rows = references.load(choice.text, choice.edition)
        return f"{documented}; {guessed}; {'; '.join(sorted(set(rows['source'])))}"
    return ", ".join(f"{key} {value}" for key, value in choice.facts.items() if value)
