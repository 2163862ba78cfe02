"""Three terms against each other: a filtered set of plans of which no other is at least as good in all respects.

As in `optimizer.questions.tradeoff.frontier`, the minutes are the objective without the two terms that are counted
alone. The ends are the plan of the fewest minutes and, for each of the two terms, the best plan with the least of it.
Ceilings for the two form a grid over what lies between the ends; under each pair of ceilings the fewest minutes, then
the least of the second and of the third term are found, which gives a plan that no other dominates. The set is a
selection: it never claims to be all there is.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from optimizer.budget import Budget, Progress
from optimizer.engines.candidates import CandidatePool, SideRow
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem, ProblemError, Weights
from optimizer.questions.pool import (
    COST_UNITS,
    Found,
    Searched,
    best_plan,
    figures,
    known_of,
    list_offices,
    search_facts,
    side_row,
    with_limit,
)
from optimizer.questions.tradeoff.frontier import Others, judged, weights_without
from optimizer.solve import Options, Status, begun
from optimizer.units import UNITS_PER_MINUTE

Ceilings = tuple[int | None, int | None]


@dataclass(frozen=True)
class SurfacePoint:
    """One plan of the set.

    Parameters
    ----------
    grouping, evaluation
        The plan and its judgement at the problem's own weights.
    minutes
        Objective without the second and third term, minutes-equivalents.
    first, second, third
        Raw values of the terms, in their units.
    bound
        No plan with as little of the second and third term has fewer ``minutes``.
    proved
        Whether no plan is at least as good in all respects and better in one.
    """

    grouping: Grouping
    evaluation: Evaluation
    minutes: float
    first: float
    second: float
    third: float
    bound: float
    proved: bool


@dataclass(frozen=True)
class Surface(Searched):
    """Plans between three terms.

    Parameters
    ----------
    terms
        As asked: the first, and the two that are counted alone.
    points
        From the fewest minutes on.
    status
        ``optimal``: every point is proved. ``infeasible``: there is no plan.
    """

    terms: tuple[str, str, str]
    points: tuple[SurfacePoint, ...]
    status: Status


def surface(
    problem: Problem,
    terms: tuple[str, str, str] = ("travel", "county_lines", "missing_fte"),
    steps: int = 4,
    *,
    others: Others = "priced",
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Surface:
    """Find plans between three terms.

    Parameters
    ----------
    problem
        What is asked.
    terms
        Names of three terms; the weights of the second and the third do not matter.
    steps
        Ceilings for each of these two, the ends included.
    others
        Whether the remaining terms count at their prices or not at all.
    options, report, stop
        See `optimizer.solve.solve`; the time limit is for all points together.

    Raises
    ------
    ProblemError
        If a setting cannot be meant, or there are too many offices to list.
    """
    weights = weights_without(problem, terms[0], terms[1:], others)
    if steps < 2:
        raise ProblemError([f"steps is {steps}; expected 2 or more: the ends are included"])
    options, budget = begun(problem, options, report, stop)
    pool = list_offices(replace(problem, weights=weights), options, budget)
    pool = pool.limited(*(SideRow(term, figures(problem, pool, term)) for term in terms[1:]))
    grid = Grid(pool, terms[1:], budget, options.workers, steps * steps + 5)
    grid.explore(steps)
    found = [(one, one.plan) for one in grid.undominated() if one.plan is not None]
    points = tuple(described(problem, one, plan, terms, weights) for one, plan in found)
    return Surface(
        terms=terms,
        points=points,
        status=known_of([point.proved for point in points], infeasible=grid.infeasible),
        **search_facts(pool, budget),
    )


def described(
    problem: Problem, found: Found, plan: CandidatePool, terms: tuple[str, str, str], weights: Weights
) -> SurfacePoint:
    """Return a plan that was found as a point, with its judgement; the weights are those of the minutes."""
    grouping, evaluation, minutes, raw = judged(problem, plan, weights)
    first, second, third = (raw[term] for term in terms)
    bound = minutes if found.proved else min(minutes, found.bound / UNITS_PER_MINUTE)
    return SurfacePoint(grouping, evaluation, minutes, first, second, third, bound, found.proved)


class Grid:
    """Finds the best plans under pairs of ceilings.

    Parameters
    ----------
    pool
        Offices at every host, priced without the two terms, with their figures as side rows.
    terms
        The two terms.
    budget, workers
        Time and threads.
    solves
        How many are planned, at most.
    """

    def __init__(self, pool: CandidatePool, terms: tuple[str, ...], budget: Budget, workers: int, solves: int) -> None:
        self.pool, self.terms, self.budget, self.workers = pool, terms, budget, workers
        self.left = solves + 1
        self.found: list[tuple[Ceilings, Found]] = []
        self.infeasible = False

    def look_under(self, ceilings: Ceilings) -> None:
        """Find the best plan under a pair of ceilings, from the best that is known, in a fair part of the time."""
        pool = self.pool
        for term, most in zip(self.terms, ceilings, strict=True):
            pool = with_limit(pool, term, most)
        known = [found for _, found in self.found if self.is_under(found, ceilings)]
        start = min(known, key=lambda found: found.cost or 0, default=None)
        plan = None if start is None else start.plan
        best = best_plan(pool, self.part(), self.workers, start=plan, then=self.terms)
        self.infeasible = self.infeasible or (not self.found and best.infeasible)
        if best.plan is not None:
            self.found.append((ceilings, best))
            self.budget.tell("surface", f"{len(self.found)} plans")

    def part(self) -> Budget:
        """Return a fair part of the time that is left for one solve."""
        self.left = max(1, self.left - 1)
        return self.budget.part(self.budget.left / self.left)

    def explore(self, steps: int) -> None:
        """Find the ends, then the plans under all pairs of ceilings."""
        self.look_under((None, None))
        if not self.found:
            return
        least = [self.least(term) for term in self.terms]
        self.look_under((least[0], None))
        self.look_under((None, least[1]))
        most = [max(found.figure(term) for _, found in self.found) for term in self.terms]
        second, third = (
            sorted({low + round(k * Fraction(high - low, steps - 1)) for k in range(steps)})
            for low, high in zip(least, most, strict=True)
        )
        # The lowest first: their plans are starts for all higher ones.
        for ceilings in product(second, third):
            if self.budget.lasts() and not self.is_known(ceilings):
                self.look_under(ceilings)

    def least(self, term: str) -> int:
        """Return the least value of a term, or the least that was found in time."""
        scaled = replace(self.pool, costs=side_row(self.pool, term).values * COST_UNITS[term])
        start = min((found for _, found in self.found), key=lambda found: found.figure(term))
        found = best_plan(scaled, self.part(), self.workers, start=start.plan)
        return found.figure(term)

    def is_under(self, found: Found, ceilings: Ceilings) -> bool:
        """Return whether a plan keeps a pair of ceilings."""
        return all(most is None or found.figure(term) <= most for term, most in zip(self.terms, ceilings, strict=True))

    def is_known(self, ceilings: Ceilings) -> bool:
        """Return whether a proved plan, found under ceilings as high or higher, keeps these."""
        return any(
            found.proved
            and self.is_under(found, ceilings)
            and all(
                its is None or (mine is not None and mine <= its) for mine, its in zip(ceilings, under, strict=True)
            )
            for under, found in self.found
        )

    def undominated(self) -> list[Found]:
        """Return the plans that no other found one is as good as in all respects, by rising minutes."""
        figures_of = {
            (one.cost or 0, *(one.figure(term) for term in self.terms)): one
            for _, one in sorted(self.found, key=lambda item: item[1].proved)
        }
        return [
            one
            for mine, one in sorted(figures_of.items(), key=lambda item: item[0])
            if not any(its != mine and all(a <= b for a, b in zip(its, mine, strict=True)) for its in figures_of)
        ]
