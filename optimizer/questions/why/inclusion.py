"""From which longest journey on a best plan takes a municipality into a shared office."""

from dataclasses import dataclass, replace

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.questions.pool import cheapest_host
from optimizer.solve import Status
from optimizer.units import UNITS_PER_MINUTE


@dataclass(frozen=True)
class Inclusion:
    """From which longest journey on a best plan has the municipality in a shared office.

    Parameters
    ----------
    minutes
        Least ``max_minutes`` found at which that is so; ``None`` if it is so at none up to ``searched_to``.
    not_below
        Proved: it is so at no smaller value than this.
    searched_to
        The largest value considered, minutes.
    grouping
        A best plan at ``minutes`` that includes it.
    """

    minutes: float | None
    not_below: float
    searched_to: float
    grouping: Grouping | None = None

    @property
    def proved(self) -> bool:
        """Whether ``minutes`` is proved to be the least."""
        return self.minutes is not None and self.minutes == self.not_below


@dataclass(frozen=True)
class BoundedPlan:
    """Status, plan and bound (minutes-equivalents) of a solve."""

    status: Status
    grouping: Grouping | None = None
    bound: float | None = None


@dataclass(eq=False)
class InclusionSearch:
    """Looks for the least ``max_minutes`` at which a best plan has a municipality in a shared office.

    With a longer limit the best plan with it shared, and the best with it alone, cost no more. So between two limits
    it is never shared if even the best shared plan of the larger is dearer than the best plan alone of the smaller:
    whole intervals are decided at their ends.

    Parameters
    ----------
    problem
        The problem.
    municipality
        Who is looked at.
    pool
        Legal offices at every host for the last step.
    steps
        Values of ``max_minutes`` at which the answer can change, rising.
    budget, workers
        See `what_if`.
    """

    problem: Problem
    municipality: str
    pool: CandidatePool
    steps: list[float]
    budget: Budget
    workers: int

    def __post_init__(self) -> None:
        """Note the longest journey of each office."""
        where = np.array([self.problem.index[id_] for id_ in self.pool.ids])
        minutes = np.zeros((len(where) + 1, len(where)))
        minutes[:-1] = self.problem.minutes[np.ix_(where, where)]
        self.longest = minutes[self.pool.members, self.pool.hosts[:, None]].max(axis=1)
        here = self.pool.ids.index(self.municipality)
        self.is_shared = self.pool.shared & (self.pool.members == here).any(axis=1)
        self.is_single = ~self.pool.shared & (self.pool.members[:, 0] == here)
        self.known: dict[tuple[int, bool], BoundedPlan] = {}

    def run(self) -> Inclusion:
        """Search."""
        last = len(self.steps) - 1
        at, not_below = self.leftmost(0, last)
        upto = self.steps[last]
        if at is None:
            return Inclusion(None, upto if not_below > last else self.steps[not_below], upto)
        return Inclusion(self.steps[at], self.steps[not_below], upto, self.at(at, shared=True).grouping)

    def leftmost(self, low: int, high: int) -> tuple[int | None, int]:
        """Return the first step from low to high with the municipality shared, and up to where there is none."""
        if self.included(low):
            return low, low
        low += 1
        if low > high or self.dearer(high, low - 1):
            return None, high + 1
        if not self.budget.lasts():
            return None, low
        middle = (low + high) // 2
        at, not_below = self.leftmost(low, middle)
        if at is not None or not_below <= middle:
            return at, not_below
        return self.leftmost(middle + 1, high) if middle < high else (None, high + 1)

    def included(self, step: int) -> bool:
        """Return whether some best plan at this step has the municipality shared, as far as is proved."""
        return not self.dearer(step, step) and self.proved(step)

    def dearer(self, shared: int, alone: int) -> bool:
        """Return whether it is proved that the best shared plan of one step is dearer than another's best alone."""
        best_alone, best_shared = self.at(alone, shared=False), self.at(shared, shared=True)
        if best_alone.grouping is None:
            return False
        if best_shared.status == Status.INFEASIBLE:
            return True
        cost = evaluate(self.problem, best_alone.grouping).objective
        return (best_shared.bound or 0.0) > cost + 2 * len(self.pool.ids) / UNITS_PER_MINUTE

    def proved(self, step: int) -> bool:
        """Return whether the best plans of a step are known."""
        statuses = {self.at(step, shared=True).status, self.at(step, shared=False).status}
        return statuses <= {Status.OPTIMAL, Status.INFEASIBLE} and self.at(step, shared=True).grouping is not None

    def at(self, step: int, *, shared: bool) -> BoundedPlan:
        """Return the best plan of a step with the municipality shared, or alone."""
        if (step, shared) not in self.known:
            keep = (self.longest <= self.steps[step] + 1e-6) & ~(self.is_single if shared else self.is_shared)
            pool = cheapest_host(self.problem, self.pool.take(np.flatnonzero(keep)))
            self.known[step, shared] = chosen(replace(pool, complete=True), self.budget, self.workers)
            self.budget.tell("inclusion", f"max_minutes {self.steps[step]:g}")
        return self.known[step, shared]


def chosen(pool: CandidatePool, budget: Budget, workers: int) -> BoundedPlan:
    """Return the best plan of a pool."""
    selection = Selection(pool, budget, workers)
    selection.run()
    if selection.infeasible:
        return BoundedPlan(Status.INFEASIBLE)
    bound = selection.bound / UNITS_PER_MINUTE
    if selection.plan is None:
        return BoundedPlan(Status.UNKNOWN, None, bound)
    status = Status.OPTIMAL if selection.proved else Status.FEASIBLE
    return BoundedPlan(status, selection.plan.grouping, bound)
