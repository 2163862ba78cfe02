"""When the plans of each office that fall due are worked on."""

from typing import Final

from maps.told.people.cycle_words import OfficeCycle, PlanCycle, WorkedOn
from optimizer.budget import Budget
from optimizer.grouping import Grouping
from optimizer.questions.measures.plan_cycle import LATER, DuePlan, due_years, spread_cycle
from scenarios.world.build import World

STRATEGY: Final = "planstrategi"
DEADLINE: Final = 2024
"""Of a planning strategy: a year after the councils elected in 2023 began, and each fourth year after."""
PERIOD: Final = 4
SECONDS: Final = 10.0
"""For the spread of one office; what is found by then is told."""


def next_deadline(year: int) -> int:
    """Return the first deadline of the planning strategy in a year or after it."""
    return DEADLINE + PERIOD * -(-max(0, year - DEADLINE) // PERIOD)


def cycle_of(world: World, grouping: Grouping) -> PlanCycle | None:
    """Return when the plans of each office are worked on; ``None`` without plan dates of anybody in the plan.

    Parameters
    ----------
    world
        What was asked.
    grouping
        The plan.
    """
    asked = world.scenario.cycle
    first, last = asked.first_year, asked.first_year + asked.years - 1
    found = []
    for host, members in grouping.offices.items():
        due = [plan for id_ in members for plan in due_plans(world, id_, first, last)]
        spread = spread_cycle(due, first, Budget(SECONDS)) if due else None
        if spread is not None:
            plans = (
                WorkedOn(plan.municipality, plan.plan, max(first, plan.due), year, plan.fte)
                for plan, year in spread.year_of.items()
            )
            ordered = tuple(sorted(plans, key=lambda one: (one.year, one.municipality, one.plan)))
            peaks = (max(spread.load_before.values()), max(spread.load_after.values()))
            found.append(OfficeCycle(host, ordered, *peaks, spread.proved))
    return PlanCycle(tuple(found), first, last, next_deadline(first)) if found else None


def due_plans(world: World, id_: str, first: int, last: int) -> list[DuePlan]:
    """Return the plans of a municipality that fall due in some years, by the dates of the user's table alone."""
    asked, plans = world.scenario.cycle, []
    for kind, adopted in sorted(world.adopted.get(id_, {}).items()):
        if kind == STRATEGY:
            # The deadline that it has missed already, if any, is kept in the first year.
            missed = [first] if next_deadline(adopted + 1) < first else []
            years = [*missed, *range(next_deadline(max(first, adopted + 1)), last + 1, PERIOD)]
        else:
            years = due_years(adopted, getattr(asked, f"{kind}_years"), first, last)
        later = 0 if kind == STRATEGY else LATER
        plans += [DuePlan(id_, kind, year, getattr(asked, f"{kind}_fte"), later) for year in years]
    return plans
