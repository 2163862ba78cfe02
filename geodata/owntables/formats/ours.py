"""Files that a run has written, as tables to read: what each of them is, and what nobody can bring back."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from geodata.faults import DataError, DataFault
from geodata.schema import ESTIMATE, FIGURE_SOURCES, PLANNER_RANGE

MARKS: Final = (
    *("host", "host_name", "member_names", "companions", "critical_mass", "variant", "minutes_before", "first_year"),
)
"""Columns that only answers have."""
ON_MAPS: Final = MARKS[:2]
"""Those of a layer of municipalities, which may be a region."""
ESTIMATE_WORDS: Final = (ESTIMATE, "anslag", "overslag")
"""How files for programs, and worksheets in each language, call the source of a figure that nobody has given."""
OF_A_PLAN: Final = ("kommunenummer", "host")
"""Columns that the worksheet which is read of a workbook of ours must have."""
READ: Final = (*OF_A_PLAN, "name", "minutes", *FIGURE_SOURCES, *PLANNER_RANGE, *FIGURE_SOURCES.values())
"""And those that are read of it."""

_MORE = re.compile(r" \([^()]*\)$")

Sheet = list[tuple[int, list[str]]]


def refuse_answers(where: str, header: Collection[str], known: Collection[str] = ()) -> None:
    """Refuse what a run has written of its plan.

    Parameters
    ----------
    where : str
        File and line.
    header : collection of str
        Its columns.
    known : collection of str
        Those of `MARKS` that are no hindrance.

    Raises
    ------
    DataError
        With the commands that read it.
    """
    if any(mark in header for mark in MARKS if mark not in known):
        what = "this is a table of a plan, and no figures to bring"
        hint = "plankontor evaluate judges a grouping (kommunenummer;host), and run --start begins with it"
        raise DataError([DataFault(where, what, hint)])


def of_workbook(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """Return the worksheet of municipalities with the columns' names in files, if a run wrote the workbook; or nothing.

    A worksheet of it says what each heading is called in files, in whatever language it is.
    """
    named = next(filter(None, map(_definitions, sheets.values())), {})
    for sheet, rows in sheets.items() if named else ():
        line, written = rows[0]
        header = [named.get(cell) or named.get(_MORE.sub("", cell), "") for cell in written]
        if set(OF_A_PLAN) <= set(header):
            kept = [at for at, name in enumerate(header) if name in READ]
            below = [(at, [cells[place] for place in kept]) for at, cells in rows[1:]]
            return {sheet: [(line, [header[place] for place in kept]), *below]}
    return {}


def _definitions(rows: Sheet) -> dict[str, str]:
    """Return the names in files by heading, if the rows say these."""
    named = {cells[0]: cells[1] for _, cells in rows if len(cells) > 1 and cells[1]}
    return named if set(OF_A_PLAN) <= set(named.values()) else {}
