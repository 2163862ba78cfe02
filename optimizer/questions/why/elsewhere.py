"""Why each municipality has the host that it has: what the best plan with another host for it costs more, and in what.

For all municipalities at once, from the diagram of all plans (`optimizer.questions.diagram`), which knows what the
cheapest plan with each office costs; that plan is a path through it. `optimizer.questions.why.explain` asks the same
about one municipality, with everything that it might be instead and what rules the rest out.
"""

from collections.abc import Mapping
from math import fsum

import numpy as np

from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.grouping import Grouping
from optimizer.judging.difference import Elsewhere
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.questions.diagram import NEVER, Diagram, Paths
from optimizer.questions.pool import judged_plan


def elsewhere(
    problem: Problem, pool: CandidatePool, diagram: Diagram, least: Integers, plan: Grouping
) -> dict[str, Elsewhere]:
    """Return the best plan with another host for each municipality that can have one.

    Parameters
    ----------
    problem
        Rules and prices.
    pool
        All legal offices at every host (k,).
    diagram
        All their plans.
    least
        What the cheapest plan with each office costs (k,), cost units.
    plan
        The best plan.
    """
    paths = Paths.of(diagram)
    before = evaluate(problem, plan)
    judged: dict[int, Mapping[str, float]] = {}
    found = {}
    for i, id_ in enumerate(pool.ids):
        rows = np.flatnonzero((pool.members == i).any(axis=1))
        rows = rows[pool.hosts[rows] != pool.ids.index(plan.host_of[id_])]
        if len(rows) == 0 or least[rows].min() >= NEVER:
            continue
        row = int(rows[least[rows].argmin()])
        if row not in judged:
            after = judged_plan(problem, pool.take(paths.plan_with(row)))[1]
            judged[row] = {name: after.terms[name].minutes - term.minutes for name, term in before.terms.items()}
        host, members = pool.office(row)
        terms = judged[row]
        found[id_] = Elsewhere(host, tuple(sorted(members)), fsum(terms.values()), terms)
    return found
