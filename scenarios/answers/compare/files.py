"""A comparison on disk: one JSON document, CSV files, and a workbook for people; all of it or nothing."""

import json
from collections.abc import Sequence
from pathlib import Path

from optimizer.judging.comparison import Comparison
from scenarios.answers.compare import tables as compare_tables
from scenarios.answers.compare.sheets import Sheets
from scenarios.answers.compare.workbook import write_workbook
from scenarios.answers.options import Choice, Judge
from scenarios.export import folders, tables
from scenarios.world.plain import PROGRAM, dumps

DOCUMENT = "comparison.json"
WORKBOOK = "comparison.xlsx"
CSV_FILES = ("figures.csv", "moves.csv", "offices.csv", "together.csv")
FILES = (DOCUMENT, WORKBOOK, *CSV_FILES)


def check_target(target: Path) -> None:
    """Refuse a folder that `write` could not write.

    Raises
    ------
    folders.FolderError
        If there is something else in it, or it cannot be written.
    """
    folders.check(target, foreign)


def foreign(folder: Path) -> list[str]:
    """Return what is in a folder beside a comparison of ours; everything, if there is none."""
    content = {path.name for path in folder.iterdir()}
    try:
        ours = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))["program"] == PROGRAM
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    return sorted(content - set(FILES)) if ours else sorted(content)


def write(target: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison, language: str = "nb") -> None:
    """Write all tables into a folder, in the place of an earlier comparison; the workbook in a language.

    Raises
    ------
    folders.FolderError
        If it cannot be written; nothing is left behind then.
    """
    with folders.new(target, foreign) as part:
        text = dumps(compare_tables.document(judge, chosen, found))
        (part / DOCUMENT).write_text(text, encoding="utf-8", newline="\n")
        write_csv_files(part, judge, chosen, found)
        write_workbook(part / WORKBOOK, Sheets(judge, chosen, found, language))


def write_csv_files(folder: Path, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
    """Write the tables for other programs into an existing folder."""
    labels = [choice.label for choice in chosen]
    tables.write_csv(
        folder / "figures.csv", ("figure", "unit", *labels), compare_tables.figure_rows(judge, chosen, found)
    )
    tables.write_csv(folder / "moves.csv", compare_tables.MOVE_COLUMNS, compare_tables.move_rows(judge.problem, found))
    tables.write_csv(
        folder / "offices.csv",
        compare_tables.OFFICE_COLUMNS,
        compare_tables.office_rows(judge.problem, chosen, found),
    )
    tables.write_csv(
        folder / "together.csv", compare_tables.TOGETHER_COLUMNS, compare_tables.together_rows(judge.problem, found)
    )
