"""What a missing årsverk is worth: the best plans along its price, from nothing to a hard critical mass.

Each point is the optimum of the same problem at another price of the term ``missing_fte``, the others as they are; the
last one takes the rule in the place of the price: every shared office reaches the critical mass, and only who stands
alone may stay below it, at the problem's own price. The legal offices are those of the problem itself, listed once
(`optimizer.questions.repricing`). Where all their plans fit into a diagram (`optimizer.questions.diagram`), the best
one at each price is read from it; otherwise it is searched for, from the plan before.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import log
from typing import Final, Literal

from optimizer.budget import Budget, Progress
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.listing import PoolTooLargeError, at_best_hosts, find_groups
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Problem, ProblemError
from optimizer.questions.diagram import Diagram, diagram_of
from optimizer.questions.pool import Found, best_plan, plan_of
from optimizer.questions.repricing import repriced
from optimizer.questions.variants import first_of_best
from optimizer.solve import Options, Result, Status, begun, rounding
from optimizer.units import UNITS_PER_MINUTE

PRICES: Final = (0.0, 30.0, 60.0, 120.0, 240.0, 480.0)
"""Minutes for a missing årsverk; the problem's own price takes the place of the nearest."""

LeftOut = Literal[
    "", "not asked", "no critical mass", "hard", "not proved", "not listed", "too large", "stopped", "no time"
]


@dataclass(frozen=True)
class PricePoint:
    """The best plan at one price of a missing årsverk.

    Parameters
    ----------
    price
        Minutes for one årsverk.
    hard
        Whether every shared office must reach the critical mass; the price is of those who stand alone then.
    status
        As of a `Result`: ``optimal`` is proved.
    grouping
        The plan, or ``None``.
    evaluation
        Of the plan at the prices of the problem itself, so that points can be compared; ``None`` without a plan.
    objective, bound
        At the price of this point, minutes-equivalents.
    moved
        Municipalities that have another host than in the plan of the problem itself.
    is_own
        Whether this is the plan of the problem itself.
    """

    price: float
    hard: bool
    status: Status
    grouping: Grouping | None
    evaluation: Evaluation | None
    objective: float | None
    bound: float | None
    moved: int = 0
    is_own: bool = False

    @property
    def gap(self) -> float | None:
        """``(objective - bound) / objective``; 0 when proved, ``None`` without a plan."""
        if self.objective is None or self.bound is None:
            return None
        return (self.objective - self.bound) / self.objective if self.objective else 0.0


@dataclass(frozen=True)
class Tradeoff:
    """The best plans along the price of a missing årsverk.

    Parameters
    ----------
    points
        By rising price, the hard critical mass last; empty if they were left out.
    left_out
        Why there are none; empty if there are.
    """

    points: tuple[PricePoint, ...] = ()
    left_out: LeftOut = ""

    @property
    def own(self) -> PricePoint:
        """The plan of the problem itself."""
        return next(point for point in self.points if point.is_own)


NOT_ASKED: Final = Tradeoff(left_out="not asked")


def reaches_mass(evaluation: Evaluation) -> int:
    """Return how many municipalities are in an office with at least the critical mass; one alone may have it too."""
    return sum(len(office.members) for office in evaluation.offices if office.missing_fte <= TOLERANCE)


def prices_around(own: float) -> tuple[float, ...]:
    """Return the prices to solve for, ascending: `PRICES`, with the problem's own in the place of the nearest."""
    if own in PRICES:
        return PRICES
    nearest = min(PRICES[1:], key=lambda price: abs(log(price / own)))
    return tuple(sorted({*PRICES, own} - {nearest}))


def left_out(problem: Problem, result: Result) -> LeftOut:
    """Return why there is no trade-off for a result; empty if there is one."""
    if not problem.limits.min_office_fte:
        return "no critical mass"
    if problem.limits.critical_mass == "hard":
        return "hard"
    if result.status != Status.OPTIMAL:
        return "not proved"
    return "" if result.pool is not None and result.pool.complete else "not listed"


def tradeoff(
    problem: Problem,
    result: Result,
    options: Options | None = None,
    *,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Tradeoff:
    """Solve the problem at other prices of a missing årsverk.

    Parameters
    ----------
    problem
        What was asked.
    result
        Its answer, with the offices that were listed for it.
    options, report, stop
        See `optimizer.solve.solve`; the time limit is for all points together.

    Raises
    ------
    RuntimeError
        If a plan does not pass `optimizer.judging.evaluate`: a fault of this program, never of the input.
    """
    why = left_out(problem, result)
    if why or result.pool is None or result.grouping is None:
        return Tradeoff(left_out=why)
    options, budget = begun(problem, options, report, stop)
    pool = result.pool
    try:
        if problem.road_fte_per_minute:
            # Planners on the road are missing: who is the best host then depends on the price.
            pool = find_groups(problem, max_groups=options.max_groups, every_host=True)
        return Series(problem, result.grouping, pool, budget, options.workers).tradeoff()
    except PoolTooLargeError:
        return Tradeoff(left_out="not listed")
    except (ProblemError, OverflowError):
        # Figures so large that a higher price of them cannot be counted in whole numbers.
        return Tradeoff(left_out="too large")


@dataclass(frozen=True, eq=False)
class Series:
    """Solves one point after the other, from the problem's own price to both ends.

    Parameters
    ----------
    problem, grouping
        What was asked, and its proved plan.
    pool
        All its legal offices, at every host where the best one depends on the price.
    budget, workers
        Time and threads.
    """

    problem: Problem
    grouping: Grouping
    pool: CandidatePool
    budget: Budget
    workers: int

    def tradeoff(self) -> Tradeoff:
        """Return all points."""
        weight = self.problem.weights.missing_fte
        prices = prices_around(weight)
        lower, higher = [p for p in prices if p < weight], [p for p in prices if p > weight]
        own = self.own_point()
        cheaper = self.walk([self.at_price(price) for price in reversed(lower)], left=len(prices))
        dearer = self.walk([*map(self.at_price, higher), self.with_rule()], left=len(higher) + 1)
        return Tradeoff((*reversed(cheaper), own, *dearer))

    def own_point(self) -> PricePoint:
        """Return the plan that is proved already."""
        evaluation = evaluate(self.problem, self.grouping)
        objective, price = evaluation.objective, self.problem.weights.missing_fte
        return PricePoint(price, False, Status.OPTIMAL, self.grouping, evaluation, objective, objective, is_own=True)

    def at_price(self, price: float) -> Problem:
        """Return the problem at another price of a missing årsverk."""
        return replace(self.problem, weights=replace(self.problem.weights, missing_fte=price))

    def with_rule(self) -> Problem:
        """Return the problem with a hard critical mass for shared offices."""
        limits = self.problem.limits
        exempt = limits.alone_exempt or limits.min_members == 1
        limits = replace(limits, critical_mass="hard", alone_exempt=exempt)
        return replace(self.problem, limits=limits, asked=self.problem.as_asked)

    @cached_property
    def diagram(self) -> Diagram | None:
        """All plans of the pool; ``None`` if they are too many."""
        return diagram_of(self.pool)

    def read(self, pool: CandidatePool) -> Found | None:
        """Return the best plan of a pool from the diagram; ``None`` if there is none, or no time to make it."""
        if not self.budget.lasts() or self.diagram is None:
            return None
        same_offices = len(pool) == len(self.pool)
        diagram = replace(self.diagram, pool=pool) if same_offices else diagram_of(pool)
        if diagram is None:
            return None
        plan = first_of_best(pool, diagram.least(), Budget())
        if plan is None:
            return Found(None, None, 0, proved=True, infeasible=True)
        cost = int(plan.costs.sum())
        return Found(plan, cost, cost, proved=True, infeasible=False)

    def walk(self, problems: list[Problem], left: int) -> list[PricePoint]:
        """Solve some problems, each from the plan before; ``left`` of all are still to be solved."""
        points, start = [], self.grouping
        for done, problem in enumerate(problems):
            point = self.point(problem, start, self.budget.part(self.budget.left / (left - done)))
            points.append(point)
            start = point.grouping or start
        return points

    def point(self, problem: Problem, start: Grouping, budget: Budget) -> PricePoint:
        """Solve one problem and let the specification judge its plan."""
        price, hard = problem.weights.missing_fte, problem.limits.critical_mass == "hard"
        self.budget.tell("tradeoff", "critical mass as a rule" if hard else f"{price:g} minutes for a missing årsverk")
        pool = repriced(self.pool, self.problem, problem)
        if problem.road_fte_per_minute:
            pool = at_best_hosts(problem, pool)
        found = self.read(pool) or best_plan(pool, budget.silent(), self.workers, start=plan_of(pool, start))
        if found.plan is None:
            status = Status.INFEASIBLE if found.infeasible else Status.UNKNOWN
            return PricePoint(price, hard, status, None, None, None, None)
        grouping, objective, evaluation = self.judged(problem, found.plan, found.cost or 0)
        moved = sum(grouping.host_of[id_] != host for id_, host in self.grouping)
        bound = objective if found.proved else min(objective, found.bound / UNITS_PER_MINUTE)
        status = Status.OPTIMAL if found.proved else Status.FEASIBLE
        return PricePoint(price, hard, status, grouping, evaluation, objective, bound, moved)

    def judged(self, problem: Problem, plan: CandidatePool, cost: int) -> tuple[Grouping, float, Evaluation]:
        """Return a plan, its objective and its judgement at the own prices, after the specification has agreed."""
        grouping = plan.grouping
        there, here = evaluate(problem, grouping), evaluate(self.problem, grouping)
        if there.violations or here.violations:
            raise RuntimeError(f"a plan of the trade-off breaks a rule: {(*there.violations, *here.violations)[:3]}")
        if abs(cost / UNITS_PER_MINUTE - there.objective) > rounding(grouping, there.objective):
            raise RuntimeError(f"the engine counts {cost / UNITS_PER_MINUTE} minutes for a plan of {there.objective}")
        return grouping, there.objective, here
