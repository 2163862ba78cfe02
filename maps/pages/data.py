"""What the scripts of a page read: rows with the names of their figures, which stand once above them.

The names are those of the dataclasses, so that a template and a script say the same.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from maps.told.firm_words import FirmWords
from maps.told.plan import Member, Plan
from maps.told.today import Today
from optimizer.terms import TERMS

UNREAD: Final = frozenset({"region", "journey_ends", "borderline"})
"""What no script reads of a municipality."""

MEMBER: Final = tuple(field.name for field in fields(Member) if field.name not in UNREAD)
"""What is told of a municipality."""

PLACE: Final = ("id", "host", "minutes", "crosses")
"""What of it changes from plan to plan."""

FIGURES: Final = ("mean_minutes", "longest_minutes", "planner_fte", "need_fte")
"""What is told of an office beside its terms, as in `optimizer.judging.evaluation.OfficeRow`."""


@dataclass(frozen=True)
class ShownColumn:
    """A column of the tables of offices, for the template and the scripts.

    Parameters
    ----------
    heading, unit
        Keys of their texts.
    figures
        Of an office's row, by the name there or of their term; two have a stroke between. Without any it is the risk
        that nobody is at work.
    decimals
        Of the figures.
    estimated
        What says whether they are estimates; empty if they are never marked.
    quiet
        Whether nothing is written pale.
    bordering
        Whether the mark of an office on the border of the critical mass stands behind it.
    shared
        Whether only shared offices have it.
    """

    heading: str
    unit: str
    figures: tuple[str, ...] = ()
    decimals: int = 0
    estimated: str = ""
    quiet: bool = False
    bordering: bool = False
    shared: bool = False


EMPTY: Final = ShownColumn("report.empty", "report.unit_empty", estimated="planners_estimated")
COLUMNS: Final = (
    ShownColumn("offices.planners", "offices.unit_fte", ("planner_fte",), 1, "planners_estimated", bordering=True),
    ShownColumn("offices.need", "offices.unit_fte", ("need_fte",), 1, "need_estimated"),
    ShownColumn("offices.missing", "offices.unit_missing", ("missing_fte",), 1, "planners_estimated", quiet=True),
    ShownColumn("offices.minutes", "offices.unit_minutes", ("mean_minutes", "longest_minutes"), shared=True),
    ShownColumn("offices.lines", "offices.unit_lines", ("county_lines",), quiet=True, shared=True),
)
"""Of every page; the report has the risk of an empty office too."""

DIGITS: Final = 6
"""Decimals of the ends of ranges and of places."""


def table(names: Sequence[str], rows: Iterable[Sequence[object]]) -> dict[str, Any]:
    """Return rows as the scripts read them, with the names of what is in them once."""
    return {"names": names, "rows": [[plain(value) for value in row] for row in rows]}


def told(names: Sequence[str], things: Iterable[object]) -> dict[str, Any]:
    """Return some attributes of things as a table."""
    return table(names, ([getattr(thing, name) for name in names] for thing in things))


def plain(value: Any) -> Any:
    """Return a value as JSON has it: 0 and 1 for no and yes, nothing for infinity, as there is no way."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, tuple):
        return [round(item, DIGITS) if isinstance(item, float) else item for item in value]
    return value


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return all municipalities and the offices of a plan.

    Figures are rounded as little as possible: the scripts format them just as `maps.told.texts` does.
    """
    return {"members": told(MEMBER, plan.members.values()), "offices": offices(plan)}


def offices(plan: Plan) -> dict[str, Any]:
    """Return the offices of a plan; the id of an office is that of its host."""
    names = ("id", "members", "colour", "planners_estimated", "need_estimated")
    return table(
        (*names, *FIGURES, "terms"),
        (
            [office.host.id, [member.id for member in office.members]]
            + [getattr(office, name) for name in names[2:]]
            + [getattr(office.row, name) for name in FIGURES]
            + [{name: plain(office.row.of_term(name)) for name in TERMS}]
            for office in plan.offices
        ),
    )


def columns_data() -> dict[str, Any]:
    """Return the columns of the report's tables of offices."""
    return told([field.name for field in fields(ShownColumn) if field.name != "unit"], (*COLUMNS, EMPTY))


def places(plan: Plan) -> dict[str, Any]:
    """Return the place of everybody who takes part in a plan."""
    return told(PLACE, (member for member in plan.members.values() if member.host is not None))


def today_data(today: Today) -> dict[str, Any]:
    """Return the offices that exist, and the regional councils of each municipality by their place in a list."""
    names = sorted({council.name for councils in today.councils.values() for council in councils})
    at = {name: i for i, name in enumerate(names)}
    return {
        "offices": told(("name", "since", "status", "members"), today.offices),
        "councils": names,
        "council_of": {
            id_: [[at[council.name], int(council.checked)] for council in councils]
            for id_, councils in today.councils.items()
        },
    }


def firm_data(words: FirmWords, members: Mapping[str, Member]) -> dict[str, Any] | None:
    """Return in words how firm the place of each municipality is, and why it is there; ``None`` if nobody asked."""
    if words.firm.left_out:
        return None
    return table(
        ("id", "words", "why"), ((id_, words.member(id_), words.why(id_, members)) for id_ in words.firm.companions)
    )
