"""A region of any size solved, and judged by the specification some hundred municipalities at a time."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from optimizer.budget import Budget, Clock, Progress
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.regions.by_blocks import RegionSolve
from optimizer.regions.region import Places, Region
from optimizer.solve import Status, rounding
from optimizer.units import UNITS_PER_MINUTE

__all__ = ["RegionResult", "solve_region"]

JUDGED_TOGETHER: Final = 400


@dataclass(frozen=True)
class RegionResult:
    """The answer for a region.

    Parameters
    ----------
    grouping
        The plan; it keeps every rule.
    objective, bound
        Of the plan, and of any plan; minutes-equivalents.
    gap
        ``(objective - bound) / objective``; 0 when proved.
    status
        ``optimal`` or ``feasible``.
    seconds
        By stage.
    interrupted
        Whether the time or the caller ended the solve.
    """

    grouping: Grouping
    objective: float
    bound: float
    gap: float
    status: Status
    seconds: dict[str, float]
    interrupted: bool


def solve_region(  # noqa: PLR0913 - how to solve, each by its name
    region: Region,
    time_limit: float | None = None,
    *,
    workers: int = 0,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    clock: Clock = time.monotonic,
) -> RegionResult:
    """Return a good plan for a region of any size, and how far it may be from the best.

    Parameters
    ----------
    region
        The region.
    time_limit
        Seconds in all; ``None``: until no part of the plan can be bettered by itself.
    workers
        Parts worked on at a time; 0: as many as there are processors.
    report
        Receives progress.
    stop
        When set, the solve ends soon with what it has.
    clock
        Seconds from any fixed moment, by which the time limit counts.

    Raises
    ------
    RuntimeError
        If the plan does not pass `optimizer.judging.evaluate`: a fault of this program.
    """
    budget = Budget(time_limit, stop or threading.Event(), report, clock)
    running = RegionSolve(region, budget, workers)
    plan = running.run()
    with budget.stage("evaluation"):
        grouping, objective = judged(region, plan.hosts)
    bound, cost, slack = running.bound / UNITS_PER_MINUTE, plan.cost / UNITS_PER_MINUTE, rounding(grouping, objective)
    if abs(cost - objective) > slack or bound > objective + slack:
        raise RuntimeError(f"the plan counts {cost} minutes, the specification {objective}, and the bound is {bound}")
    proved = running.bound >= plan.cost
    bound = objective if proved else min(bound, objective)
    gap = (objective - bound) / objective if objective else 0.0
    status = Status.OPTIMAL if proved else Status.FEASIBLE
    return RegionResult(grouping, objective, bound, gap, status, dict(budget.seconds), not budget.lasts())


def judged(region: Region, hosts: Places) -> tuple[Grouping, float]:
    """Return a plan and its objective, both by the specification.

    Parameters
    ----------
    region
        The region.
    hosts
        Position of the host of each municipality (n,).

    Raises
    ------
    RuntimeError
        If an office breaks a rule.
    """
    objective, host_of = 0.0, dict[str, str]()
    for part in whole_offices(hosts):
        own = {region.ids[i]: region.ids[hosts[i]] for i in part}
        evaluation = evaluate(region.problem(part), Grouping.of(own))
        if evaluation.violations:
            raise RuntimeError(f"the specification refuses the plan: {evaluation.violations[:3]}")
        objective += evaluation.objective
        host_of |= own
    return Grouping.of(host_of), objective


def whole_offices(hosts: Places) -> Iterator[Places]:
    """Yield parts of a region, ascending, each of some hundred municipalities in whole offices."""
    order = np.argsort(hosts, kind="stable")
    begins = np.flatnonzero(np.diff(hosts[order], prepend=-1))
    start = 0
    for end in (*begins[1:], len(order)):
        if end - start >= JUDGED_TOGETHER or end == len(order):
            yield np.sort(order[start:end])
            start = end
