"""The kroner of a comparison: money out and work left undone of each option, like for like, and who pays too much."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from maps.told.texts import MILLION
from optimizer.budget import Budget
from optimizer.engines.columns.kroner import KronerColumns, kroner_columns
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison, Option
from optimizer.judging.kroner.three_states import ThreeStates, plan_states
from optimizer.money import UNITS_PER_KRONE
from optimizer.problem import Problem
from optimizer.questions.money.holding_grant import HoldingGrant, holding_grant, plan_cost
from scenarios.answers.choice import Judge
from scenarios.world.accounts import accounts_of

FIGURES = (("money_out", "million_kr"), ("undone_fte", "årsverk"), ("like_for_like", "million_kr"))
LOSERS, GRANT = "losers", "holding_grant"
MOST_LISTED = 300_000
"""Possible offices that are listed to know which grant holds a plan."""


def figures(judge: Judge, found: Comparison) -> list[tuple[str, str, list[str | float | None]]]:
    """Return the rows on kroner: ``(name, unit, value of each option)``; none where kroner are not counted.

    Who pays more than alone takes the scenario's key, so it is told where the scenario is at hand.
    """
    if judge.problem.money is None:
        return []
    values = [of_option(judge, option) for option in found.options]
    rows: list[tuple[str, str, list[str | float | None]]] = [
        (name, unit, [None if one is None else one[i] for one in values]) for i, (name, unit) in enumerate(FIGURES)
    ]
    if judge.world is not None:
        rows.append((LOSERS, "municipalities", [losers(judge, option) for option in found.options]))
    rows.append((GRANT, "million_kr", [grant(judge.problem, option) for option in found.options]))
    return rows


def of_option(judge: Judge, option: Option) -> Sequence[float] | None:
    """Return money out, work left undone, and both like for like; ``None`` where somebody cannot reach the host."""
    money = judge.problem.money
    if money is None or not np.isfinite(option.evaluation.objective):
        return None
    shared = ThreeStates.sum(plan_states(judge.problem, money, option.grouping).values()).shared
    return shared.cash_kr / MILLION, shared.undone_fte, shared.cost_kr / MILLION


def losers(judge: Judge, option: Option) -> float | None:
    """Return how many municipalities pay more than alone by the scenario's key; ``None`` where that is not counted."""
    found = None if judge.world is None else accounts_of(judge.world, option.grouping)
    if found is None:
        return None
    return sum(len(account.paid_more(account.shares)) for account in found.offices.values())


def grant(problem: Problem, option: Option) -> float | None:
    """Return the smallest grant a year that holds an option, million kroner; ``None`` where it is not known."""
    known = all(id_ in problem.index and host in problem.index for id_, host in option.grouping)
    if not known or not np.isfinite(option.evaluation.objective):
        return None
    found = grant_of(problem, option.grouping)
    return None if found is None else found.enough / UNITS_PER_KRONE / MILLION


@lru_cache(maxsize=64)
def grant_of(problem: Problem, grouping: Grouping) -> HoldingGrant | None:
    """Return the grant that holds a plan; ``None`` where kroner are not counted, or offices are too many to list."""
    columns = columns_of(problem)
    if columns is None or problem.money is None:
        return None
    return holding_grant(columns, plan_cost(problem, problem.money, grouping), Budget())


@lru_cache(maxsize=2)
def columns_of(problem: Problem) -> KronerColumns | None:
    """Return all possible offices with their cost; ``None`` where there is none, or they are too many to list."""
    if problem.money is None:
        return None
    try:
        return kroner_columns(problem, problem.money, find_groups(problem.without_sharing, max_groups=MOST_LISTED))
    except PoolTooLargeError:
        return None
