"""Who could be in an office of the critical mass at all: what a price of missing planners can and cannot change."""

import numpy as np

from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Problem
from scenarios.answers.compare.kroner import MOST_LISTED


def reach(problem: Problem) -> frozenset[str] | None:
    """Return the municipalities that some possible office within the rules brings to the critical mass.

    ``None`` where there are too many offices to list, or days at each town hall take planners away.
    """
    if problem.counts_net:
        return None
    try:
        pool = find_groups(problem, max_groups=MOST_LISTED)
    except PoolTooLargeError:
        return None
    own = [problem.planner_fte[problem.index[id_]] for id_ in pool.ids]
    planners = np.append(own, 0.0)[pool.members].sum(axis=1)
    enough = pool.members[planners >= problem.limits.min_office_fte - TOLERANCE]
    return frozenset(pool.ids[i] for i in np.unique(enough[enough < len(pool.ids)]))
