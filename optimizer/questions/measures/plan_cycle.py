"""When plans that fall due are worked on, so that no year of an office is fuller than it must be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.cpsat import run

EARLIER: Final = 1
"""Years before it is due in which a plan may be worked on."""
LATER: Final = 2
"""Years after."""
UNITS_PER_WORK: Final = 1_000
"""Thousandths of an årsverk."""


@dataclass(frozen=True, order=True)
class DuePlan:
    """A plan that falls due.

    Parameters
    ----------
    municipality
        Whose.
    plan
        Its kind.
    due
        Year.
    fte
        Work on it, årsverk.
    later
        Years after it is due in which it may be worked on; 0 where the law sets the deadline.
    """

    municipality: str
    plan: str
    due: int
    fte: float
    later: int = LATER


@dataclass(frozen=True)
class SpreadCycle:
    """The plans of one office, spread over years.

    Parameters
    ----------
    year_of
        Year in which each plan is worked on.
    load_before, load_after
        Årsverk of each year, if all is done when due, and spread.
    proved
        Whether no spread has a smaller fullest year, and none with that moves plans by fewer years.
    """

    year_of: dict[DuePlan, int]
    load_before: dict[int, float]
    load_after: dict[int, float]
    proved: bool


def due_years(adopted: int, every: int, first: int, last: int) -> list[int]:
    """Return the years from a first to a last in which a plan falls due that is renewed every so many years.

    A plan that is overdue is due in the first year.
    """
    return list(range(max(first, adopted + every), last + 1, every))


def load_by_year(plans: Sequence[DuePlan], year_of: dict[DuePlan, int]) -> dict[int, float]:
    """Return the årsverk of each year, in order."""
    load: dict[int, float] = {}
    for plan in plans:
        load[year_of[plan]] = load.get(year_of[plan], 0.0) + plan.fte
    return dict(sorted(load.items()))


def spread_cycle(plans: Sequence[DuePlan], first: int, budget: Budget) -> SpreadCycle | None:
    """Return the plans of one office spread so that its fullest year is as small as can be, then with the least moving.

    Parameters
    ----------
    plans
        Those that fall due; the order does not matter.
    first
        No plan is worked on before this year.
    budget
        Time.

    Returns
    -------
    SpreadCycle or None
        ``None`` if nothing was found in time.
    """
    ordered = sorted(plans)
    choices = {plan: range(max(first, plan.due - EARLIER), max(first, plan.due) + plan.later + 1) for plan in ordered}
    model = cp_model.CpModel()
    model.name = "plan cycle"
    chosen = {(plan, year): model.new_bool_var("") for plan, years in choices.items() for year in years}
    for plan, years in choices.items():
        model.add_exactly_one(chosen[plan, year] for year in years)
    work = {plan: round(plan.fte * UNITS_PER_WORK) for plan in ordered}
    peak = model.new_int_var(0, sum(work.values()), "peak")
    for year in {year for _, year in chosen}:
        model.add(sum(work[plan] * taken for (plan, when), taken in chosen.items() if when == year) <= peak)
    moved = sum(abs(year - plan.due) * taken for (plan, year), taken in chosen.items())
    most_moved = sum(max(abs(year - plan.due) for year in years) for plan, years in choices.items())
    model.minimize((most_moved + 1) * peak + moved)
    outcome = run(model, budget, "", 0)
    if not outcome.has_plan:
        return None
    year_of = {plan: year for (plan, year), taken in chosen.items() if outcome.value(taken)}
    before = {plan: max(first, plan.due) for plan in ordered}
    return SpreadCycle(year_of, load_by_year(ordered, before), load_by_year(ordered, year_of), outcome.finished)
