"""The tables of a comparison as its workbook has them: what is read first to the left, options by their number."""

from collections.abc import Iterator
from typing import Final

from maps.told.texts import Words
from optimizer.terms import RULES
from scenarios.answers.compare.shown import HEADINGS, Row, ShownTable, ShownTables
from scenarios.export.workbooks.workbook import SheetForm

READ_FIRST: Final = (
    *("option", "host_name", "county", "member_names", "longest_minutes", "planner_fte", "need_fte", "missing_fte"),
    "minutes_equivalents",
)
"""Of an office."""


def numbered(shown: ShownTables) -> list[str]:
    """Return the name of each option behind its number."""
    return [shown.words.text("workbook.numbered", n=n, name=name) for n, name in enumerate(shown.names, 1)]


def moved(shown: ShownTables) -> Iterator[Row]:
    """Yield how many change office, from each option to each."""
    unit = shown.words.text("figure_unit.municipalities")
    for n, counts in enumerate(shown.found.moved, 1):
        yield shown.words.text("workbook.moved", n=n), *counts, unit, None


def rules(shown: ShownTables) -> Iterator[Row]:
    """Yield each rule with its verdict on each option."""
    for name in RULES:
        said = (option.evaluation.rules[name].replace(" ", "_") for option in shown.found.options)
        yield rule(shown.words, name), *(shown.words.text(f"method.{verdict}") for verdict in said), "", None


def rule(words: Words, name: str) -> str:
    """Return what the row of a rule is called."""
    return words.text("workbook.rule", rule=words.text(f"rule.{name}.title"))


def offices(shown: ShownTables) -> tuple[ShownTable, SheetForm]:
    """Return the offices, shared ones first: they are printed, who stands alone is on other sheets."""
    table, headings = shown.offices(), HEADINGS["offices"]
    number = {name: n for n, name in enumerate(shown.names, 1)}
    order = [*map(headings.index, READ_FIRST), *(i for i, own in enumerate(headings) if own not in READ_FIRST)]
    size = headings.index("size")
    sorted_rows = sorted(table.rows, key=lambda row: row[size] == 1)
    rows = [(number[row[0]], *(row[i] for i in order[1:])) for row in sorted_rows]
    form = SheetForm(
        printed_rows=sum(row[size] > 1 for row in table.rows),
        printed_columns=len(READ_FIRST),
        note=shown.words.text("workbook.alone_not_printed"),
    )
    return ShownTable("offices", tuple(table.heads[i] for i in order), tuple(rows)), form


def places(shown: ShownTables) -> ShownTable:
    """Return who changes office from the first option to any other: hosts, journeys and by how much they change."""
    words, problem = shown.words, shown.judge.problem
    columns = ("host_name", "minutes", "change")
    heads = [
        words.text("workbook.of_option", n=n, what=shown.head(column))
        for n in range(1, len(shown.names) + 1)
        for column in columns[: 2 if n == 1 else 3]
    ]
    moves = [{move.id for move in one.moves} for one in shown.found.differences]
    rows = []
    for id_ in sorted(set().union(*moves)):
        ways = []
        for option in shown.found.options:
            host = option.grouping.host_of[id_]
            alone = len(option.grouping.offices[host]) == 1
            said = words.text("role.alone") if alone else problem.names[problem.index[host]]
            ways.append((said, float(problem.minutes[problem.index[id_], problem.index[host]])))
        cells = [*ways[0]]
        for way, those in zip(ways[1:], moves, strict=True):
            cells += [*way, way[1] - ways[0][1] if id_ in those else None]
        rows.append((problem.names[problem.index[id_]], shown.county(id_), *cells, id_))
    first, last = (shown.head("name"), shown.head("county")), shown.head("number")
    return ShownTable("moves", (*first, *heads, last), tuple(rows))
