"""Who would be better off in another office than in a plan, and which grant holds it: asked of all possible offices."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.columns.kroner import KronerColumns, kroner_columns
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.money import UNITS_PER_KRONE
from optimizer.problem import Problem
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.questions.money.holding_grant import (
    HighestPrices,
    HoldingGrant,
    OfficeGrant,
    highest_prices,
    office_grant,
    plan_cost,
)
from optimizer.questions.money.leaving import BetterOffice, better_offices

MOST_QUICK: Final = 10_000
"""Possible offices up to which every run tells what holds its plan: a third of a second for 4 000."""
FIRST: Final = 20
"""Better offices that documents have; tables have all."""


@dataclass(frozen=True, eq=False)
class PlanHold:
    """What holds a plan, and who would rather be elsewhere.

    Parameters
    ----------
    columns
        All offices that there could be, with their cost.
    prices
        What offices can ask of their members; ``None`` if there was no time.
    grant
        The smallest yearly grant with which no group would pay less by itself; ``None`` if there was no time.
    better
        Possible offices whose members pay more in the plan, the one that gains most for each member first; with an
        office named, those that have a member of it.
    office
        What the named office gets of that grant, at least and at most; ``None`` where none is named.
    """

    columns: KronerColumns
    prices: HighestPrices | None
    grant: HoldingGrant | None
    better: tuple[BetterOffice, ...]
    office: OfficeGrant | None = None

    def facts(self) -> dict[str, Any]:
        """Return the grant and the first offices that would pay less by themselves as plain data, kroner a year."""
        return {
            "grant": in_kr(self.grant),
            "office_grant": in_kr(self.office),
            "better_offices": len(self.better),
            "first_better": [
                {"members": list(one.members), "gain_kr": one.gain / UNITS_PER_KRONE} for one in self.better[:FIRST]
            ],
        }


def in_kr(found: HoldingGrant | OfficeGrant | None) -> dict[str, float] | None:
    """Return sums in whole øre as kroner by name."""
    return None if found is None else {f"{name}_kr": ore / UNITS_PER_KRONE for name, ore in vars(found).items()}


def possible_offices(
    problem: Problem, most: int, keep_going: Callable[[int], bool] = lambda _: True
) -> CandidatePool | None:
    """Return all offices that there could be, however they share; ``None`` if they are more than that or time is up."""
    try:
        pool = find_groups(problem.without_sharing, max_groups=most, keep_going=keep_going)
    except PoolTooLargeError:
        return None
    return pool if pool.complete else None


def quick_hold(plan: Grouping, found: PlanAccounts | None, listed: CandidatePool | None = None) -> PlanHold | None:
    """Return what holds a plan where that takes less than a second; ``None`` elsewhere, or without accounts.

    Parameters
    ----------
    plan, found
        A plan, and its accounts.
    listed
        The offices that the plan was chosen from, if they were listed.
    """
    if found is None:
        return None
    whole = listed is not None and listed.complete and not found.problem.shares_kroner
    pool = listed if whole else possible_offices(found.problem, MOST_QUICK)
    return None if pool is None or len(pool) > MOST_QUICK else hold_of(pool, plan, found, Budget())


def hold_of(pool: CandidatePool, plan: Grouping, found: PlanAccounts, budget: Budget, host: str = "") -> PlanHold:
    """Return what holds a plan.

    Parameters
    ----------
    pool
        All offices that there could be; see `possible_offices`.
    plan, found
        The plan and its accounts.
    budget
        Time.
    host
        Of the office that is asked about; empty for all.
    """
    problem, money = found.problem, found.money
    columns = kroner_columns(problem.without_sharing, money, pool)
    better = tuple(better_offices(columns, found.paid))
    prices = highest_prices(columns, budget)
    grant = None if prices is None else prices.grant(plan_cost(problem, money, plan))
    if host not in found.offices:
        return PlanHold(columns, prices, grant, better)
    members = plan.offices[host]
    some = tuple(one for one in better if not set(members).isdisjoint(one.members))
    part = None if grant is None else office_grant(columns, grant, members, found.offices[host].money.ore)
    return PlanHold(columns, prices, grant, some, part)
