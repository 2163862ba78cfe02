"""The kroner of a comparison: money out and work left undone of each option, like for like, and who pays too much."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from maps.told.texts import MILLION
from optimizer.budget import Budget
from optimizer.engines.columns.kroner import kroner_columns
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison, Option
from optimizer.judging.kroner.three_states import ThreeStates, plan_states
from optimizer.money import UNITS_PER_KRONE, Money
from optimizer.problem import Problem
from optimizer.questions.money.accounts import PlanAccounts, plan_accounts
from optimizer.questions.money.holding_grant import HighestPrices, highest_prices, plan_cost
from scenarios.answers.choice import Judge
from scenarios.world.accounts import GROUPED, too_large

FIGURES = (("money_out", "million_kr"), ("undone_fte", "årsverk"), ("like_for_like", "million_kr"))
LOSERS, GRANT = "losers", "holding_grant"
MOST_LISTED = 300_000
"""Possible offices that are listed to know which grant holds a plan."""


def figures(judge: Judge, found: Comparison) -> list[tuple[str, str, list[str | float | None]]]:
    """Return the rows on kroner: ``(name, unit, value of each option)``; none where kroner are not counted."""
    problem = judge.problem
    if problem.money is None:
        return []
    values = [of_option(problem, problem.money, option) for option in found.options]
    rows: list[tuple[str, str, list[str | float | None]]] = [
        (name, unit, [None if one is None else one[i] for one in values]) for i, (name, unit) in enumerate(FIGURES)
    ]
    return [
        *rows,
        (LOSERS, "municipalities", [losers(problem, option) for option in found.options]),
        (GRANT, "million_kr", [grant(problem, problem.money, option) for option in found.options]),
    ]


def of_option(problem: Problem, money: Money, option: Option) -> Sequence[float] | None:
    """Return money out, work left undone, and both like for like; ``None`` where somebody cannot reach the host."""
    if not np.isfinite(option.evaluation.objective):
        return None
    shared = ThreeStates.sum(plan_states(problem, money, option.grouping).values()).shared
    return shared.cash_kr / MILLION, shared.undone_fte, shared.cost_kr / MILLION


def losers(problem: Problem, option: Option) -> float | None:
    """Return how many municipalities pay more than alone by the problem's key.

    ``None`` where somebody cannot reach the host, or an office is too large for the key.
    """
    found = accounts_of(problem, option)
    return None if found is None else sum(len(account.paid_more(account.shares)) for account in found.offices.values())


def bears(problem: Problem, option: Option) -> dict[str, float]:
    """Return what each municipality bears in a year by the problem's key, whole kroner; nothing if not known."""
    found = accounts_of(problem, option)
    return {} if found is None else {id_: float(round(states.shared.cost_kr)) for id_, states in found.members.items()}


def accounts_of(problem: Problem, option: Option) -> PlanAccounts | None:
    """Return the accounts of an option; ``None`` where somebody cannot reach the host, or an office is too large."""
    terms = problem.sharing
    if problem.money is None or terms is None or not np.isfinite(option.evaluation.objective):
        return None
    if too_large(terms.key, option.grouping):
        return None
    return _accounts(problem, option.grouping)


@lru_cache(maxsize=8)  # table and page ask
def _accounts(problem: Problem, grouping: Grouping) -> PlanAccounts:
    money, terms = problem.money, problem.sharing
    if money is None or terms is None:
        raise ValueError("kroner are not counted")
    return plan_accounts(problem, money, grouping, terms, groups=not GROUPED.isdisjoint(terms.key.parts))


def grant(problem: Problem, money: Money, option: Option) -> float | None:
    """Return the smallest grant a year that holds an option, million kroner; ``None`` where it is not known."""
    known = all(id_ in problem.index and host in problem.index for id_, host in option.grouping)
    prices = prices_of(problem) if known and np.isfinite(option.evaluation.objective) else None
    if prices is None:
        return None
    return prices.grant(plan_cost(problem, money, option.grouping)).enough / UNITS_PER_KRONE / MILLION


@lru_cache(maxsize=2)
def prices_of(problem: Problem) -> HighestPrices | None:
    """Return what offices can ask of their members; ``None`` where kroner are not counted, or offices are too many."""
    if problem.money is None:
        return None
    free = problem.without_sharing
    try:
        pool = find_groups(free, max_groups=MOST_LISTED)
    except PoolTooLargeError:
        return None
    return highest_prices(kroner_columns(free, problem.money, pool), Budget())
