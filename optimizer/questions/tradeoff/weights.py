"""Over which range of one weight a plan stays the best.

At weight w of one term every plan costs C + (w - w0) F, a line; the best plan at each weight is the lowest line, so
the weights at which a given plan is the best are one interval. Its end is found from outside: a plan that beats the
given one at some weight crosses its line nearer by, and the search goes on at that crossing until nobody is cheaper
there (Newton's method on the lower envelope; Eisner and Severance 1976, "Mathematical techniques for efficient record
segmentation in large shared databases"). Crossings are fractions and every comparison is exact in the whole units of
`optimizer.questions.pool` (`optimizer.questions.tradeoff.parametric`).
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from optimizer.budget import Budget, Progress
from optimizer.engines.candidates import CandidatePool
from optimizer.grouping import Grouping
from optimizer.problem import Problem, ProblemError
from optimizer.questions.pool import (
    UNITS,
    Searched,
    figures,
    judged_plan,
    list_offices,
    plan_of,
    require_term,
    search_facts,
)
from optimizer.questions.tradeoff.parametric import Priced, cheaper_plan
from optimizer.solve import Options, begun
from optimizer.units import UNITS_PER_MINUTE

MOST_WEIGHT: Final = 10_000
"""Minutes for one unit: higher weights are not looked at."""


@dataclass(frozen=True)
class End:
    """One end of the range.

    Parameters
    ----------
    weight
        Minutes for one unit of the term. ``None`` at the upper end: the plan stays the best up to `MOST_WEIGHT`.
    proved
        Whether the plan is proved to be the best up to here; if not, it may stop being so earlier.
    successor
        A plan that is cheaper beyond, one of several where they tie, or ``None`` if there is no beyond.
    exact
        The weight as a fraction.
    """

    weight: float | None
    proved: bool
    successor: Grouping | None
    exact: Fraction | None


@dataclass(frozen=True)
class WeightRange:
    """Where one weight may lie without changing the best plan, all other weights as they are.

    Parameters
    ----------
    term
        Name in `optimizer.terms.TERMS`.
    weight
        As in the problem, minutes for one unit.
    lower, upper
        Ends of the range; both belong to it. ``None`` if the plan is not the best at the problem's own weights.
    better
        A cheaper plan at the problem's own weights, or ``None``.
    """

    term: str
    weight: float
    lower: End | None
    upper: End | None
    better: Grouping | None = None


@dataclass(frozen=True)
class WeightRanges(Searched):
    """The ranges of all weights asked for.

    Parameters
    ----------
    ranges
        By term.
    """

    ranges: Mapping[str, WeightRange]

    @property
    def proved(self) -> bool:
        """Whether all ends are proved."""
        ends = [end for one in self.ranges.values() for end in (one.lower, one.upper)]
        return all(end is not None and end.proved for end in ends)


def weight_ranges(
    problem: Problem,
    grouping: Grouping,
    weights: tuple[str, ...] = (),
    *,
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> WeightRanges:
    """Return, for one weight at a time, over which range a plan stays the best.

    Parameters
    ----------
    problem
        What is asked.
    grouping
        The plan, as a rule the proved one.
    weights
        Names of terms; none for all.
    options, report, stop
        See `optimizer.solve.solve`; the time limit is for all weights together.

    Raises
    ------
    ProblemError
        If a term does not exist, the plan breaks a rule, or there are too many offices to list.
    """
    weights = weights or problem.counted
    for weight in weights:
        require_term(problem, weight, setting="weight")
    options, budget = begun(problem, options, report, stop)
    pool = list_offices(problem, options, budget)
    plan = plan_of(pool, grouping)
    if plan is None:
        raise ProblemError(["the plan breaks a rule or a pin of the problem: no weight makes it the best"])
    ranges = {}
    for done, term in enumerate(weights):
        budget.tell("weights", f"range of weights.{term}")
        share = budget.part(budget.left / (len(weights) - done))
        ranges[term] = Walk(problem, pool, plan, term, share, options.workers).range()
    return WeightRanges(ranges=ranges, **search_facts(pool, budget))


@dataclass(frozen=True, eq=False)
class Walk:
    """Walks to both ends of the range of one weight.

    Parameters
    ----------
    problem, pool, plan
        The problem, its offices at every host, the plan.
    term
        Whose weight varies.
    budget, workers
        Time and threads.
    """

    problem: Problem
    pool: CandidatePool
    plan: CandidatePool
    term: str
    budget: Budget
    workers: int

    @property
    def weight(self) -> Fraction:
        """The problem's own weight, as written in decimals."""
        return Fraction(repr(float(getattr(self.problem.weights, self.term))))

    @property
    def minutes_per_price(self) -> Fraction:
        """How much a weight rises when one whole unit of the term costs one cost unit more."""
        return Fraction(UNITS[self.term], UNITS_PER_MINUTE)

    def range(self) -> WeightRange:
        """Return the range."""
        offices = Priced(self.pool, self.pool.costs, figures(self.problem, self.pool, self.term))
        weight = float(self.weight)
        now = cheaper_plan(offices, self.plan, Fraction(0), self.budget, self.workers)
        if now.cheaper is not None:
            return WeightRange(self.term, weight, None, None, judged_plan(self.problem, now.cheaper)[0])
        if not now.proved:
            return WeightRange(self.term, weight, None, None)
        lower = self.end(offices, -self.weight / self.minutes_per_price)
        upper = self.end(offices, (max(self.weight, Fraction(MOST_WEIGHT)) - self.weight) / self.minutes_per_price)
        if upper.successor is None and upper.proved:
            upper = End(None, proved=True, successor=None, exact=None)
        return WeightRange(self.term, weight, lower, upper)

    def end(self, offices: Priced, price: Fraction) -> End:
        """Return the end of the range towards a price above or below that of the problem, which is 0."""
        successor: CandidatePool | None = None
        while True:
            verdict = cheaper_plan(offices, self.plan, price, self.budget, self.workers)
            if verdict.cheaper is None:
                break
            successor = verdict.cheaper
            fixed, priced = offices.sums(self.plan)
            other_fixed, other_priced = offices.sums(successor)
            price = Fraction(other_fixed - fixed, priced - other_priced)
        exact = self.weight + price * self.minutes_per_price
        beyond = None if successor is None else judged_plan(self.problem, successor)[0]
        return End(float(exact), verdict.proved, beyond, exact)
