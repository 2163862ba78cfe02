"""The tables of a comparison for people: their names, headings and words are those of the page."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final

from maps.told.phrases import gap_percent
from maps.told.texts import Words, in_language, rounded, told_apart
from optimizer.judging.comparison import Comparison
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import tables as compare_tables
from scenarios.export import columns
from scenarios.export.csv_files import CsvTable, write_excel_csv
from scenarios.export.workbooks.workbook_words import FigureSources

SHARES: Final = frozenset({"gap", "critical_mass_share"})
CSV_TABLES: Final = ("figures", "moves", "offices", "together")
"""Tables that are CSV files too."""
DECIMALS: Final = 1
"""Of the numbers in them: as on the page."""

JOURNEYS: Final = frozenset({"from_minutes", "to_minutes", "change"})
"""Of these, columns that journeys stand in."""


def _with_county(names: Mapping[str, str], after: str) -> tuple[str, ...]:
    """Return headings with that of the county after a column."""
    return tuple(chain.from_iterable((own, "county") if name == after else (own,) for name, own in names.items()))


HEADINGS: Final = {
    "moves": (*_with_county(compare_tables.MOVES, "name"), "change"),
    "together": (*compare_tables.TOGETHER.values(), "county"),
    "offices": _with_county(compare_tables.OFFICES, "host_name"),
}
"""Of the columns, by table: those of the files, the county, and of the moves by how much the journey changes."""

Row = tuple[Any, ...]


@dataclass(frozen=True)
class ShownTable:
    """One table.

    Parameters
    ----------
    key
        Of its name in the catalogue: ``sheet.<key>``.
    heads
        Headings.
    rows
        Texts, numbers, or ``None``.
    share_rows
        Rows of shares of one, from 0.
    """

    key: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    share_rows: frozenset[int] = frozenset()


class ShownTables:
    """All tables of a comparison in a language.

    Parameters
    ----------
    judge, chosen, found
        The comparison.
    language
        One of `maps.told.texts.LANGUAGES`.
    """

    def __init__(self, judge: Judge, chosen: Sequence[Choice], found: Comparison, language: str) -> None:
        self.judge, self.chosen, self.found = judge, chosen, found
        self.words = judge.words(language)
        self.origins = FigureSources(self.words, judge.sources, judge.problem.weights, own_travel=judge.own_travel)
        titles = [in_language(language, choice.title, choice.title_en) for choice in chosen]
        self.names = told_apart(titles, [choice.label for choice in chosen])
        self.name_of = {choice.label: name for choice, name in zip(chosen, self.names, strict=True)}

    def files(self) -> Iterator[ShownTable]:
        """Yield the tables that are CSV files too, in the order of the page."""
        yield self.figures()
        yield ShownTable("moves", tuple(map(self.head, HEADINGS["moves"])), tuple(self._moves()))
        yield self.together()
        yield self.offices()

    def together(self) -> ShownTable:
        """Return what all options agree on."""
        return ShownTable("together", tuple(map(self.head, HEADINGS["together"])), tuple(self._together()))

    def offices(self) -> ShownTable:
        """Return the offices of all options."""
        return ShownTable("offices", tuple(map(self.head, HEADINGS["offices"])), tuple(self._offices()))

    @cached_property
    def table(self) -> list[tuple[str, str, list[compare_tables.Value]]]:
        """The one table of all figures, in no language."""
        return compare_tables.table(self.judge, self.chosen, self.found)

    @property
    def units(self) -> list[tuple[str, str]]:
        """The unit of each figure."""
        return [(name, unit) for name, unit, _ in self.table]

    def county(self, id_: object) -> str:
        """Return the county of a municipality: by name where that is known, else by number."""
        world, problem = self.judge.world, self.judge.problem
        if world is not None:
            return str(world.municipalities.at[str(id_), "county_name_norwegian"])
        return str(problem.counties[problem.index[str(id_)]])

    def figures(self) -> ShownTable:
        """Return the one table of all figures."""
        heads = (self.words.text("compare.figure"), *self.names, self.head("unit"), self.words.text("basis.heading"))
        rows = [
            (
                self.figure(name),
                *(self._shown(name, value) for value in values),
                self.unit(name, unit),
                self.origins.of(name),
            )
            for name, unit, values in self.table
        ]
        shares = frozenset(i for i, (name, _, _) in enumerate(self.table) if name in SHARES)
        return ShownTable("figures", heads, tuple(rows), shares)

    def figure(self, name: str) -> str:
        """Return the heading of a row; that of a cost says that it is one, which on the page stands above."""
        said = self.words.text(f"figure.{name}")
        if not name.startswith("burden_"):
            return said
        return self.words.text("sheet.burden", term=said[0].lower() + said[1:])

    def unit(self, name: str, unit: str) -> str:
        """Return the unit of a row in words."""
        return self.words.text(f"figure_unit.{unit}") if unit and name != "gap" else ""

    def head(self, name: str) -> str:
        """Return the heading of a column, marked if it is an estimate."""
        return self.origins.heading("minutes" if name in JOURNEYS else name, self.words.text(f"column.{name}"))

    def _shown(self, name: str, value: compare_tables.Value) -> compare_tables.Value:
        """Return a figure: what the solver said in words, a gap rounded up, for it is said to be the most."""
        if isinstance(value, str):
            return self.words.text("compare.status_" + value.replace(", ", "_").replace(" ", "_"))
        return gap_percent(value) / 100 if name == "gap" and value is not None else value

    def _moves(self) -> Iterator[Row]:
        for label, number, name, kind, *row in compare_tables.move_rows(self.judge.problem, self.found):
            before, after = float(row[2]), float(row[5])
            known = math.isfinite(before) and math.isfinite(after)
            said = self.words.text(f"role.{kind}")
            yield (
                self.name_of[str(label)],
                number,
                name,
                self.county(number),
                said,
                *row,
                after - before if known else None,
            )

    def _together(self) -> Iterator[Row]:
        for kind, size, members, names in compare_tables.together_rows(self.judge.problem, self.found):
            counties = dict.fromkeys(map(self.county, str(members).split()))
            yield self.words.text(f"sheet.all_{kind}"), size, members, _in_a_row(names), ", ".join(counties)

    def _offices(self) -> Iterator[Row]:
        rows = compare_tables.office_rows(self.judge.problem, self.chosen, self.found)
        for label, host, host_name, office, kind, size, members, names, *figures in rows:
            role = self.words.text(f"role.{kind}")
            county = self.county(host)
            yield (
                self.name_of[str(label)],
                host,
                host_name,
                county,
                office,
                role,
                size,
                members,
                _in_a_row(names),
                *figures,
            )


def _in_a_row(names: object) -> str:
    """Return names as people list them."""
    return str(names).replace(columns.BETWEEN, ", ")


def write_csv_files(folder: Path, shown: ShownTables) -> dict[str, str]:
    """Write the tables as a Norwegian Excel opens them, whatever their language; return each one's key and file."""
    words, written = shown.words, {}
    for table in shown.files():
        written[table.key] = words.text(f"sheet.file_{table.key}")
        rows = [[_cell(words, item, share=i in table.share_rows) for item in row] for i, row in enumerate(table.rows)]
        write_excel_csv(folder / written[table.key], CsvTable(table.heads, rows))
    return written


def _cell(words: Words, item: object, *, share: bool) -> str | float:
    """Return a cell as it is to be read: rounded, shares in percent, words for a way that does not exist."""
    if item is None:
        return ""
    if isinstance(item, int):
        return item
    if not isinstance(item, float):
        return str(item)
    if not math.isfinite(item):
        return words.text("script.min_none")
    if share:
        return f"{rounded(100 * item, DECIMALS)} %".replace(".", ",")
    return float(rounded(item, DECIMALS))
