"""Different good groupings: each the best that differs enough from all before it.

The best plans by cost alone are all but the same: the ten best lie within a few hundredths of a per cent and differ
in an office or two. So each alternative must move at least so many municipalities against every plan before it.
With P(j) the plans found so far and h(j, i) the host of i in P(j), the next one is

    min sum c(g) x(g)  over groupings x   s.t.  sum over g of d(j, g) x(g) >= min_moved   for each j,

where d(j, g) is the number of members i of g whose h(j, i) is not the host of g. An office that keeps its members
and merely swaps its host moves nobody, d(j, g) = 0, unless hosts are asked for: two municipalities that share an
office are as far from each other in both directions, and plans that differ in such swaps alone cost the same.
The search stops, with proof, when that minimum lies beyond the accepted distance from the optimum, or when no such
plan exists.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from optimizer.budget import Budget, Progress
from optimizer.checking.kinds import require
from optimizer.engines.candidates import CandidatePool, SideRow
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem, ProblemError
from optimizer.questions.pool import (
    Found,
    Searched,
    best_plan,
    cheapest_host,
    judged_plan,
    known_of,
    list_offices,
    near_optimal,
    search_facts,
    within_share,
)
from optimizer.shown import Shown, counted, minutes_equivalents
from optimizer.solve import Options, Status, begun
from optimizer.units import UNITS_PER_MINUTE

Counting = Literal["offices", "hosts"]


@dataclass(frozen=True)
class Alternative:
    """One of several good plans.

    Parameters
    ----------
    grouping, evaluation
        The plan and its judgement.
    objective
        Minutes-equivalents.
    bound
        No plan that differs as much from the plans before it has a lower objective.
    proved
        Whether none has: the plan is the best of these; among equals the best of all is that of `optimizer.solve`,
        an alternative the first in id order.
    extra
        Objective above that of the best plan, as a share of it.
    moved
        For each plan before it: the municipalities that are moved against it.
    """

    grouping: Grouping
    evaluation: Evaluation
    objective: float
    bound: float
    proved: bool
    extra: float
    moved: tuple[tuple[str, ...], ...]

    @property
    def gap(self) -> float:
        """``(objective - bound) / objective``; 0 when proved."""
        return (self.objective - self.bound) / self.objective if self.objective else 0.0


@dataclass(frozen=True, repr=False)
class Alternatives(Shown, Searched):
    """The best plan and what else is nearly as good.

    Parameters
    ----------
    plans
        The best plan, then the alternatives in the order they were found, each at least as dear as the one before
        where both are proved.
    min_moved, within, counting
        As asked.
    status
        Of the whole: ``optimal`` if every plan is proved, and the end of the list too where ``exhausted``.
    exhausted
        Whether it is proved that no further plan differs enough and lies within the distance.
    """

    plans: tuple[Alternative, ...]
    min_moved: int
    within: float
    counting: Counting
    status: Status
    exhausted: bool

    def in_short(self) -> str:
        """Return what is known, the number of plans and the best objective."""
        if not self.plans:
            return f"{self.status}, no plan"
        others = counted(len(self.plans) - 1, "alternative")
        return f"{self.status}, {minutes_equivalents(self.plans[0].objective)}, {others}"

    def rows(self) -> list[dict[str, object]]:
        """Return each plan: its objective, the share above the best, whom it moves against the best."""
        return [
            {
                "plan": number,
                "objective": plan.objective,
                "extra": plan.extra,
                "proved": plan.proved,
                "shared_offices": len(plan.evaluation.shared),
                "alone": len(plan.evaluation.alone),
                "moved": len(plan.moved[0]) if plan.moved else 0,
            }
            for number, plan in enumerate(self.plans)
        ]


def alternatives(
    problem: Problem,
    k: int = 5,
    min_moved: int = 10,
    within: float = 0.01,
    *,
    counting: Counting = "offices",
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Alternatives:
    """Find the best plan and up to k alternatives to it.

    The best plan is that of `optimizer.solve`, also where others are as good.

    Parameters
    ----------
    problem
        What is asked.
    k
        Most alternatives, the best plan not counted.
    min_moved
        Municipalities that must be moved against each plan before.
    within
        Largest objective of an alternative above that of the best plan, as a share of it.
    counting
        Who is moved: ``offices``: whoever has another host in an office with other members; ``hosts``: whoever has
        another host, also where the office is the same.
    options, report, stop
        See `optimizer.solve.solve`; the time limit is for all plans together.

    Raises
    ------
    ProblemError
        If a number cannot be meant, or there are too many offices to list.
    """
    require(k=(k, int), min_moved=(min_moved, int), within=(within, float))
    require_sensible(k, min_moved, within)
    options, budget = begun(problem, options, report, stop)
    pool = list_offices(problem, options, budget)
    best = best_plan(cheapest_host(problem, pool), budget.part(budget.left / 2), options.workers)
    question = AlternativesQuestion(k, min_moved, within, counting)
    found, exhausted = one_after_another(pool, best, question, budget, options.workers)
    plans = described(problem, found, counting)
    return Alternatives(
        plans=plans,
        min_moved=min_moved,
        within=within,
        counting=counting,
        status=known_of(
            [plan.proved for plan in plans], infeasible=best.infeasible, finished=exhausted or len(plans) > k
        ),
        exhausted=exhausted,
        **search_facts(pool, budget),
    )


@dataclass(frozen=True)
class AlternativesQuestion:
    """What was asked: see `alternatives`."""

    k: int
    min_moved: int
    within: float
    counting: Counting


def one_after_another(
    pool: CandidatePool, best: Found, asked: AlternativesQuestion, budget: Budget, workers: int
) -> tuple[list[Found], bool]:
    """Return the best plan, then each alternative to those before it, and whether it is proved that there is no more.

    Parameters
    ----------
    pool
        The legal offices at every host.
    best
        The best plan, as far as it is known.
    asked
        How many, and how they are to differ.
    budget, workers
        Time and threads.
    """
    found, exhausted = [best], best.infeasible
    if best.plan is None or best.cost is None:
        return found, exhausted
    most = within_share(best.cost, asked.within)
    near = near_optimal(pool, best.plan, most, budget)
    while not exhausted and len(found) <= asked.k and budget.lasts():
        budget.tell("alternatives", f"looking for alternative {len(found)} of {asked.k}")
        share = budget.part(budget.left / (asked.k + 1 - len(found)))
        near = near.limited(differs(near, found[-1].plan, asked.min_moved, asked.counting))
        following = best_plan(near, share, workers)
        exhausted = following.infeasible or following.bound > most
        if following.plan is None or following.cost is None or following.cost > most:
            break
        found.append(following)
    return found, exhausted


def require_sensible(k: int, min_moved: int, within: float) -> None:
    """Refuse numbers that cannot be meant.

    Raises
    ------
    ProblemError
        With all of them.
    """
    faults = [
        f"{name} is {value}; expected 1 or more" for name, value in (("k", k), ("min_moved", min_moved)) if value < 1
    ]
    if not (math.isfinite(within) and within >= 0):
        faults.append(f"within is {within}; expected a share of 0 or more, such as 0.01 for 1 %")
    if faults:
        raise ProblemError(faults)


def differs(pool: CandidatePool, plan: CandidatePool | None, min_moved: int, counting: Counting) -> SideRow:
    """Return the side row that demands so many municipalities moved against a plan."""
    m = len(pool.ids)
    host, size = np.full(m + 1, -1, dtype=np.int64), np.zeros(m + 1, dtype=np.int64)
    if plan is not None:
        for members in plan.members:
            host[members], size[members] = members[0], (members < m).sum()
    real = pool.members < m
    hosts = host[pool.members]
    moved = ((hosts != pool.members[:, :1]) & real).sum(axis=1)
    if counting == "offices":
        one_office = ((hosts == hosts[:, :1]) | ~real).all(axis=1)
        moved[one_office & (real.sum(axis=1) == size[pool.members[:, 0]])] = 0
    return SideRow("municipalities moved", moved.astype(np.int64), least=min_moved)


def moved(grouping: Grouping, before: Grouping, counting: Counting) -> tuple[str, ...]:
    """Return the municipalities that a grouping moves against another, in id order."""
    return tuple(
        i for i in grouping.moved(before) if counting == "hosts" or grouping.companions(i) != before.companions(i)
    )


def described(problem: Problem, found: list[Found], counting: Counting) -> tuple[Alternative, ...]:
    """Return the plans with their judgement and their differences."""
    plans: list[Alternative] = []
    for one in found:
        if one.plan is None:
            continue
        grouping, evaluation = judged_plan(problem, one.plan)
        objective = evaluation.objective
        first = plans[0].objective if plans else objective
        plans.append(
            Alternative(
                grouping,
                evaluation,
                objective,
                objective if one.proved else min(objective, one.bound / UNITS_PER_MINUTE),
                one.proved,
                (objective - first) / first if first else 0.0,
                tuple(moved(grouping, before.grouping, counting) for before in plans),
            )
        )
    return tuple(plans)
