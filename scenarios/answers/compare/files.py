"""A comparison on disk: one JSON document, CSV files, and a workbook for people; all of it or nothing."""

from collections.abc import Sequence
from pathlib import Path

from optimizer.judging.comparison import Comparison
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import tables
from scenarios.answers.compare.shown import ShownTables
from scenarios.answers.compare.workbook import write_workbook
from scenarios.export.csv_files import CsvTable, write_csv
from scenarios.export.folders import FolderKind

WORKBOOK = "comparison.xlsx"
COMPARISON = FolderKind("comparison.json", (WORKBOOK, "figures.csv", "moves.csv", "offices.csv", "together.csv"))


def write(target: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison, language: str = "nb") -> None:
    """Write all tables into a folder, in the place of an earlier comparison; the workbook in a language.

    Raises
    ------
    scenarios.export.folders.FolderError
        If it cannot be written; nothing is left behind then.
    """
    with COMPARISON.new(target) as part:
        write_csv_files(part, judge, chosen, found)
        write_workbook(part / WORKBOOK, ShownTables(judge, chosen, found, language))
        COMPARISON.seal(part, tables.document(judge, chosen, found))


def write_csv_files(folder: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
    """Write the tables for other programs into an existing folder."""
    problem, figures = judge.problem, ("figure", "unit", *(choice.label for choice in chosen))
    for name, table in {
        "figures.csv": CsvTable(figures, tables.figure_rows(judge, chosen, found)),
        "moves.csv": CsvTable(tuple(tables.MOVES), tables.move_rows(problem, found)),
        "offices.csv": CsvTable(tuple(tables.OFFICES), tables.office_rows(problem, chosen, found)),
        "together.csv": CsvTable(tuple(tables.TOGETHER), tables.together_rows(problem, found)),
    }.items():
        write_csv(folder / name, table)
