"""Figures that several parts of the specification need."""

import math
from collections.abc import Sequence

from optimizer.problem import Problem

TOLERANCE = 1e-6


def times(weight: float, value: float) -> float:
    """Return ``weight * value``, and 0 for a weight of 0 even if the value is infinite."""
    return weight * value if weight else 0.0


def total(values: Sequence[float]) -> float:
    """Return a sum that is rounded once, so that no order and no version of Python gives another; of counts a count."""
    return sum(values) if set(map(type, values)) <= {int} else math.fsum(values)


def office_need_fte(problem: Problem, members: tuple[str, ...]) -> float:
    """Return the planners that an office of these members needs, årsverk.

    The sum of what each needs alone, less what sharing saves of the fixed work: the largest fixed part is kept
    whole, of every other the share ``fixed_kept``. With the documented estimate this is
    ``v sum(P)/1000 + f (1 + r (n - 1))``.
    """
    need = [problem.need_fte[problem.index[i]] for i in members]
    fixed = [problem.fixed_need_fte[problem.index[i]] for i in members]
    return float(math.fsum(need) - (1 - problem.fixed_kept) * (math.fsum(fixed) - max(fixed)))


def net_fte(problem: Problem, host: str, members: tuple[str, ...]) -> float:
    """Return the planners of an office, less those on the road for days at each town hall, årsverk.

    It is below 0 where the days take more than all planners; without such days it is what the members employ.
    """
    h = problem.index[host]
    employed = math.fsum(problem.planner_fte[problem.index[i]] for i in members)
    minutes = (float(problem.minutes[problem.index[i], h]) for i in members if i != host)
    return employed - math.fsum(times(problem.road_fte_per_minute, one) for one in minutes)
