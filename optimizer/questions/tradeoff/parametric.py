"""Is any plan cheaper at an exact price? The one question behind breakpoints of weights and supported points.

A plan x costs C(x) + p F(x) at price p: C and F are sums of whole figures of its offices, p = a / b is a fraction.
Products with a and b do not fit into machine numbers, so each office's cost is split into a whole part and a rest,

    b C(g) + a F(g) = b q(g) + r(g),   0 <= r(g) < b,

both of which do. Rounded down, sum q(g) is a lower bound that the usual certificates can work with, and fixing
leaves few offices. Over those, the exact search compares sum q(g) + carry first and the sum of rests,
b carry + rest, second, which is the comparison of the fractions themselves.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.engines.cpsat import run
from optimizer.engines.exact import PartitionQuestion, partition_model
from optimizer.engines.selection import Selection, rows_of
from optimizer.questions.pool import near_optimal

MOST_PART = 2**50
"""Parts up to here can be added over all offices without leaving 64 bits."""


@dataclass(frozen=True, eq=False)
class Split:
    """Costs at an exact price, in whole parts and rests.

    Parameters
    ----------
    pool
        Offices at their whole parts, none negative.
    rests
        Their rests (k,), below ``base``.
    base
        Denominator of the price.
    added
        What was added to the whole parts of every plan to make them so.
    """

    pool: CandidatePool
    rests: Integers
    base: int
    added: int


@dataclass(frozen=True, eq=False)
class Priced:
    """Offices with two figures, of which one has a price.

    Parameters
    ----------
    pool
        Offices (k,); its own costs do not matter.
    fixed
        C, whole (k,).
    priced
        F, whole (k,).
    """

    pool: CandidatePool
    fixed: Integers
    priced: Integers

    def at(self, price: Fraction) -> "Split | None":
        """Return the pool at the whole parts of the cost and the rests, or ``None`` where machine numbers end."""
        a, b = price.numerator, price.denominator
        scaled = [b * c + a * f for c, f in zip(self.fixed.tolist(), self.priced.tolist(), strict=True)]
        quotients = [value // b for value in scaled]
        # Every municipality is in one office: the same addition for each member changes no comparison.
        shift = max(0, -min(quotients, default=0))
        if b > MOST_PART or max(map(abs, quotients), default=0) > MOST_PART:
            return None
        sizes = (self.pool.members < len(self.pool.ids)).sum(axis=1)
        pool = replace(self.pool, costs=np.array(quotients, dtype=np.int64) + shift * sizes)
        rests = np.array([value % b for value in scaled], dtype=np.int64)
        return Split(pool, rests, b, shift * len(self.pool.ids))

    def sums(self, plan: CandidatePool) -> tuple[int, int]:
        """Return C and F of a plan."""
        rows = rows_of(plan, self.pool)
        return int(self.fixed[rows].sum()), int(self.priced[rows].sum())

    def cost(self, plan: CandidatePool, price: Fraction) -> Fraction:
        """Return what a plan costs at a price."""
        fixed, priced = self.sums(plan)
        return fixed + price * priced


@dataclass(frozen=True, eq=False)
class PriceVerdict:
    """Whether a plan is the cheapest at a price.

    Parameters
    ----------
    cheaper
        A plan that is strictly cheaper, or ``None``.
    proved
        Without a cheaper plan: whether it is proved that there is none.
    """

    cheaper: CandidatePool | None
    proved: bool


def cheaper_plan(offices: Priced, plan: CandidatePool, price: Fraction, budget: Budget, workers: int) -> PriceVerdict:
    """Find a plan that is strictly cheaper at a price, or prove that there is none.

    Parameters
    ----------
    offices
        All offices; costs at the price must not be negative.
    plan
        A plan out of them.
    price
        Of one unit of F.
    budget
        Time.
    workers
        Threads; 0 chooses.
    """
    split = offices.at(price)
    if split is None:
        return PriceVerdict(None, proved=False)
    known = split.pool.take(np.array(rows_of(plan, split.pool), dtype=np.intp))
    selection = Selection(split.pool, budget, workers)
    selection.accept(known)
    selection.optimise()
    cost = offices.cost(plan, price)
    if selection.plan is not None and offices.cost(selection.plan, price) < cost:
        return PriceVerdict(selection.plan, proved=False)
    if not split.pool.complete or not budget.lasts():
        return PriceVerdict(None, proved=False)
    return decide(split, known, cost + split.added, budget, workers)


def decide(split: Split, plan: CandidatePool, cost: Fraction, budget: Budget, workers: int) -> PriceVerdict:
    """Search for a plan that costs less than this one, exactly."""
    most = cost.numerator // cost.denominator
    rest_to_beat = int((cost - most) * split.base)
    near = near_optimal(split.pool, plan, most, budget)
    model, variables = partition_model(near, PartitionQuestion(any_plan=True))
    carry = model.new_int_var(0, len(near.ids), "carry")
    rest = model.new_int_var(0, split.base - 1, "rest")
    below = model.new_bool_var("below")
    rests = split.rests[rows_of(near, split.pool)].tolist()
    parts = cp_model.LinearExpr.weighted_sum(variables.chosen, near.costs.tolist()) + carry
    model.add(cp_model.LinearExpr.weighted_sum(variables.chosen, rests) == split.base * carry + rest)
    model.add(parts <= most)
    model.add(parts <= most - 1).only_enforce_if(below)
    model.add(rest <= rest_to_beat - 1).only_enforce_if(~below)
    outcome = run(model, budget, "", workers)
    if not outcome.has_plan:
        return PriceVerdict(None, proved=outcome.finished)
    rows = np.flatnonzero([outcome.value(variable) for variable in variables.chosen])
    return PriceVerdict(near.take(rows), proved=False)
