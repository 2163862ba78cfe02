"""The tables of a sweep while it goes on: a row as soon as a run is done, read back when the sweep continues.

A run is done when its row stands in ``runs.csv``; that of its plan is written before. A program that is killed in the
middle of a row leaves a part of it, which is cut off when the sweep continues.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from scenarios.export.csv_files import cell
from scenarios.sweep.asked import Settings
from scenarios.sweep.running import OF_PLAN, PRICED, SOLVED, RunAnswer

RUNS, PLANS, LOG = "runs.csv", "plans.csv", "log.csv"
RUN: Final = "run"
SAID: Final = ("status", *SOLVED, *OF_PLAN, *PRICED, "fault")
LOGGED: Final = (RUN, "seconds", "where")

Cell = str | float | None


def header(names: Iterable[str]) -> list[str]:
    """Return the columns of ``runs.csv``; a setting that is called as one of ours has its section in front anyway."""
    return [RUN, *names, *SAID]


def run_row(settings: Settings, names: Iterable[str], answer: RunAnswer) -> list[Cell]:
    """Return the row of a run; what it does not set is empty."""
    set_here = [written(settings[name]) if name in settings else None for name in names]
    figures = [answer.figures.get(name) for name in (*SOLVED, *OF_PLAN, *PRICED)]
    return [answer.number, *set_here, answer.status, *figures, answer.fault]


def written(value: Any) -> Cell:
    """Return the value of a setting as it stands in a table: numbers and texts as they are, all else as JSON."""
    if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    return json.dumps(value, ensure_ascii=False)


def line_of(row: Iterable[Cell]) -> str:
    """Return a row as a line of CSV."""
    return joined("" if item is None else cell(item) for item in row)


def joined(cells: Iterable[str]) -> str:
    """Return cells as a line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


@dataclass(frozen=True)
class Columns:
    """What the tables have columns for.

    Parameters
    ----------
    settings
        Dotted names of the settings that differ.
    ids
        The municipalities that may have a host.
    """

    settings: Sequence[str]
    ids: Sequence[str]

    @property
    def of(self) -> Mapping[str, list[str]]:
        """The header of each table by the name of its file."""
        return {RUNS: header(self.settings), PLANS: [RUN, *self.ids], LOG: [*LOGGED]}


class Journal:
    """Writes the tables as answers come.

    Parameters
    ----------
    folder
        In which they are; they must be as `begin` or `mend` leaves them.
    columns
        Of the tables.
    """

    def __init__(self, folder: Path, columns: Columns) -> None:
        self.columns = columns
        self.files: dict[str, TextIO] = {
            name: (folder / name).open("a", encoding="utf-8", newline="") for name in columns.of
        }

    def note(self, settings: Settings, answer: RunAnswer) -> None:
        """Write what became of a run."""
        plan = [answer.number, *(answer.hosts.get(id_) for id_ in self.columns.ids)]
        rows: dict[str, Sequence[Cell]] = {
            **({PLANS: plan} if answer.hosts else {}),
            LOG: (answer.number, answer.seconds, answer.where),
            RUNS: run_row(settings, self.columns.settings, answer),
        }
        for name, row in rows.items():
            self.files[name].write(line_of(row))
            self.files[name].flush()

    def close(self) -> None:
        """Close the tables."""
        for file in self.files.values():
            file.close()


def begin(folder: Path, columns: Columns) -> None:
    """Write the tables without any row."""
    for name, names in columns.of.items():
        (folder / name).write_text(joined(names), encoding="utf-8", newline="")


def mend(folder: Path, columns: Columns) -> frozenset[int]:
    """Return the runs that are done, after cutting off what a program that was killed left behind.

    Rows come in the order of their runs.
    """
    found = {name: rows_of(folder / name, len(names)) for name, names in columns.of.items()}
    done = found[RUNS].keys()
    for name, names in columns.of.items():
        kept = [row for number, row in sorted(found[name].items()) if number in done]
        text = "".join(map(joined, (names, *kept)))
        part = folder / f"{name}.part"
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(folder / name)
    return frozenset(done)


def rows_of(path: Path, width: int) -> dict[int, list[str]]:
    """Return the whole rows of a table by the number of their run; of two the later."""
    return {int(row[0]): row for row in whole_rows(path, width)}


def whole_rows(path: Path, width: int) -> Iterator[list[str]]:
    """Yield the rows of a table below its header, without a last one that does not end."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if line.endswith("\n")]
    for row in csv.reader(lines[1:]):
        if len(row) == width:
            yield row
