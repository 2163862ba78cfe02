"""The grant that holds a plan: with how much from outside nobody in the country would do better by itself.

Prices y, one a municipality, of which no group that could be an office would say that it pays less by itself:

    y(T) <= c(T)   for each such group T

are the dual of the linear relaxation of the cheapest partition in kroner. The offices of a plan can ask their members
for no more than such prices, so the smallest yearly grant is

    sum of c(G) over the offices of the plan - max y(I)

the cost of stability (Bachrach et al. 2009, "The cost of stability in coalitional games") of the plan. It is 0 if and
only if the plan is cheapest in kroner and the relaxation is tight.
"""

from dataclasses import dataclass, replace
from math import ceil
from typing import Final

import numpy as np
from scipy import sparse

from optimizer.budget import Budget
from optimizer.engines.columns.kroner import KronerColumns
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_money import office_money
from optimizer.linear import minimise
from optimizer.money import Money
from optimizer.problem import Floats, Problem
from optimizer.units import UNITS_PER_MINUTE

MOST_COLUMNS: Final = 20_000
"""Offices of least reduced cost over which the relaxation is solved once more."""
SOLVER_ERROR: Final = 1e-9
"""Share of a sum by which the linear solver may be off."""
SECONDS: Final = 60.0
"""For the prices of one office."""


@dataclass(frozen=True)
class HoldingGrant:
    """The smallest yearly grant that holds a plan, between two bounds; whole øre.

    Parameters
    ----------
    plan
        What the offices of the plan cost.
    least
        No smaller grant holds it.
    enough
        This grant does; proved in whole numbers.
    """

    plan: int
    least: int
    enough: int


@dataclass(frozen=True)
class HighestPrices:
    """The largest sum of prices that no possible office refuses, between two bounds; whole øre a year.

    It is the same for every plan.

    Parameters
    ----------
    proved
        Such prices sum to this.
    most
        None sum to more.
    """

    proved: int
    most: int

    def grant(self, plan: int) -> HoldingGrant:
        """Return the grant that holds a plan whose offices cost so much; see `plan_cost`."""
        return HoldingGrant(plan, max(0, plan - self.most), max(0, plan - self.proved))


@dataclass(frozen=True)
class OfficeGrant:
    """What one office gets of the smallest grant that holds the plan; whole øre.

    Parameters
    ----------
    least, most
        At least and at most, over all ways of dividing it.
    """

    least: int
    most: int


def plan_cost(problem: Problem, money: Money, grouping: Grouping) -> int:
    """Return what the offices of a plan cost at their own hosts, whole øre a year."""
    return sum(office_money(problem, money, host, members).ore for host, members in grouping.offices.items())


def highest_prices(columns: KronerColumns, budget: Budget) -> HighestPrices | None:
    """Return how much the offices of any plan can ask of their members without a group that would leave.

    Parameters
    ----------
    columns
        All offices that there could be.
    budget
        Time.

    Returns
    -------
    HighestPrices or None
        ``None`` if the time was not enough.
    """
    pool = replace(columns.pool, costs=columns.cheapest, sides=())
    selection = Selection(pool, budget)
    with budget.stage("linear relaxation"):
        selection.column_generation()
    certificate, prohibitive = selection.certificate, selection.prohibitive
    near = pool.take(np.argsort(certificate.reduced, kind="stable")[:MOST_COLUMNS])
    no_cuts = np.zeros((len(near), 0), dtype=np.int64)
    relaxation = relax(near, no_cuts, prohibitive=prohibitive, seconds=budget.left)
    if relaxation is None or not budget.lasts():
        return None
    fractional = float(near.costs @ relaxation.values) + prohibitive * relaxation.unplaced
    return HighestPrices(certificate.bound, ceil(fractional * (1 + SOLVER_ERROR)))


def office_grant(columns: KronerColumns, grant: HoldingGrant, members: tuple[str, ...], cost: int) -> OfficeGrant:
    """Return what one office of a plan gets at least and at most of the smallest grant that holds the plan.

    Parameters
    ----------
    columns
        All offices that there could be.
    grant
        That of the plan.
    members, cost
        Of the office: ids, and whole øre.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    inside = np.isin(columns.pool.ids, members).astype(np.float64)
    most_paid = weighted_prices(columns, inside, grant.plan - grant.enough)
    least_paid = -weighted_prices(columns, -inside, grant.plan - grant.enough)
    return OfficeGrant(max(0, round(cost - most_paid)), max(0, round(cost - least_paid)))


def weighted_prices(columns: KronerColumns, weights: Floats, least_sum: int) -> float:
    """Return the highest weighted sum of prices that no group refuses and that pay at least so much in all.

    Solved in its dual: minimise sum of c(T) z(T) - w least_sum, subject to the z of the groups with each municipality
    less w being its weight; z, w >= 0.

    Parameters
    ----------
    columns
        All offices that there could be (k).
    weights
        Of each municipality's price (m,).
    least_sum
        Whole øre.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    pool = columns.pool
    real = pool.members < len(pool.ids)
    offices = np.repeat(np.arange(len(pool)), real.sum(axis=1))
    many = len(offices)
    everybody = np.arange(len(pool.ids))
    matrix = sparse.csr_matrix(
        (
            np.concatenate((np.ones(many), -np.ones(len(everybody)))),
            (
                np.concatenate((pool.members[real], everybody)),
                np.concatenate((offices, np.full(len(everybody), len(pool)))),
            ),
        )
    )
    costs = np.append(columns.cheapest, -least_sum) / UNITS_PER_MINUTE
    solution = minimise(costs, matrix, weights, weights, seconds=SECONDS)
    if solution is None:
        raise ArithmeticError("the linear solver found no prices")
    return float(costs @ solution.values) * UNITS_PER_MINUTE
