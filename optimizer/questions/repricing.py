"""The offices of one problem as those of another that differs in what a group costs or must have, whoever hosts it.

Planners missing, need not met and standing alone cost the same at every host, and so does the rule of critical mass:
another price of them, or the rule in place of the price, changes neither which offices there are nor who is their best
host. So the offices listed once serve for all such problems. With days at each town hall all of that depends on the
host, and they must be listed at every host.
"""

from dataclasses import replace

import numpy as np

from optimizer.engines.candidates import CandidatePool, GroupFinder, scores
from optimizer.problem import Problem


def repriced(pool: CandidatePool, listed_for: Problem, problem: Problem) -> CandidatePool:
    """Return the offices that were listed for one problem as those of another.

    Parameters
    ----------
    pool
        All legal offices (k,) of the first.
    listed_for
        The first problem.
    problem
        The same, but for the weights of `optimizer.engines.figures.GROUP_TERMS` and for ``critical_mass``, which may
        be hard here where it is priced there. With ``alone_exempt``, who could stand alone still can.

    Returns
    -------
    CandidatePool
        To the cost unit as if it had been listed for the second problem; complete if the first one was.
    """
    before, after = (GroupFinder(one, scores(one)) for one in (listed_for, problem))
    # An office that is held is free of the limits.
    costs, kept = pool.costs.copy(), np.isin(np.array(pool.ids)[pool.hosts], sorted(problem.pins.held_at))
    sizes = (pool.members < len(pool.ids)).sum(axis=1)
    for size in np.unique(sizes).tolist():
        rows = np.flatnonzero(sizes == size)
        members = pool.members[rows, :size]
        (old, _), (new, legal) = before.group_costs(members), after.group_costs(members)
        costs[rows] += new - old
        kept[rows] |= legal | (size == 1 and problem.limits.alone_exempt)
    return replace(replace(pool, costs=costs).take(np.flatnonzero(kept)), complete=pool.complete)
