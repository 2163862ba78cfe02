"""Is there any plan at all? A legal grouping, whatever it costs, or the proof that there is none."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy.sparse.csgraph import connected_components

from optimizer.budget import Budget
from optimizer.engine_table import ENGINES, engine_name
from optimizer.engines.candidates import CandidatePool, adjacency
from optimizer.engines.exact import PartitionAnswer, PartitionQuestion, cheapest
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.problem import MAX_MEMBERS, Problem
from optimizer.questions.slots import Attempt, needy_blocks, plan_around
from optimizer.solve import Options, first_plan, uncovered
from optimizer.terms import FREE

STAGE_GROUPS = 100_000
STAGES = ((1.0, 0), (1.25, 0), (1.5, 1), (2.0, 2))
"""Journeys and sizes to try first where their limit is taken away: factor on minutes, members more than the limit."""
MOST_GROUPS = 300_000
MOST_PAIRS = 10_000
"""Most pairs of member and host for which an engine without a list is tried without being asked for."""
SMALL_POOL = 1_000


def any_plan(problem: Problem, budget: Budget, options: Options, *, near: Problem | None = None) -> Attempt:
    """Return any legal grouping, whatever it costs.

    Parameters
    ----------
    problem
        The problem.
    budget, options
        See `conflicts`.
    near
        A problem with tighter limits on journeys and sizes: offices not much beyond these are tried first.
    """
    problem = replace(problem, weights=FREE, asked=problem.as_asked)
    alone = first_plan(problem, None)
    if alone is not None:
        return Attempt(alone, settled=True)
    needy = needy_blocks(problem)
    if needy is not None:
        return plan_around(problem, needy, budget, options.workers)
    if stranded(problem):
        return Attempt(None, settled=True)
    for smaller in stages(problem, near):
        answer = chosen_from(smaller, budget, options, STAGE_GROUPS)
        if answer is not None and answer.plan is not None:
            return answer
    return decided(problem, budget, options)


def decided(problem: Problem, budget: Budget, options: Options) -> Attempt:
    """Decide by all legal offices, or without listing them where the model is small enough; as the engine asks for."""
    only_listed = options.lists_offices and options.engine != "auto"
    listed = options.max_groups if only_listed else min(MOST_GROUPS, options.max_groups)
    answer = chosen_from(problem, budget, options, listed)
    if answer is not None and answer.settled:
        return answer
    if only_listed or problem.shares_kroner:
        return Attempt(None, settled=False)
    within_reach = problem.minutes[np.ix_(problem.active, problem.active)] <= problem.limits.max_minutes
    if not budget.lasts() or (options.engine == "auto" and within_reach.sum() > MOST_PAIRS):
        return Attempt(None, settled=False)
    found = ENGINES[engine_name(options.engine, listed=False)].load()(problem, budget, workers=options.workers)
    return Attempt(found.grouping, found.grouping is not None or found.finished)


def stranded(problem: Problem) -> tuple[str, ...]:
    """Return whom contiguity leaves without an office: too few to share with, or those that a pin asks for cut off."""
    limits, pins = problem.limits, problem.pins
    if limits.contiguity == "off":
        return ()
    active = np.flatnonzero(problem.active)
    component = connected_components(adjacency(problem, active), directed=False)[1]
    part_of = dict(zip((problem.ids[i] for i in active), component.tolist(), strict=True))
    few = np.bincount(component)[component] < limits.min_members
    found = set() if limits.alone_exempt else {problem.ids[i] for i in active[few]}
    found |= {id_ for id_, host in pins.fixed.items() if host in part_of and part_of.get(id_) != part_of[host]}
    for group in pins.together:
        if len({part_of[id_] for id_ in group if id_ in part_of}) > 1:
            found |= group
    return tuple(id_ for id_ in part_of if id_ in found and id_ not in pins.held_at)


def stages(problem: Problem, near: Problem | None) -> Iterable[Problem]:
    """Yield problems with tighter limits than the problem, ever less so."""
    wide = problem.limits
    last = None
    for factor, more in STAGES if near else ():
        limits = replace(
            wide,
            max_minutes=min(wide.max_minutes, near.limits.max_minutes * factor) if near else wide.max_minutes,
            max_members=min(wide.max_members, near.limits.max_members + more, MAX_MEMBERS) if near else 1,
        )
        if limits not in (wide, last) and limits.min_members <= limits.max_members:
            yield replace(problem, limits=limits)
        last = limits


def chosen_from(problem: Problem, budget: Budget, options: Options, max_groups: int) -> Attempt | None:
    """Return a choice among all legal offices; ``None`` if they are too many to list, or none are to be listed."""
    if not options.lists_offices:
        return None
    try:
        pool = find_groups(problem, max_groups=max_groups, keep_going=budget.listing)
    except PoolTooLargeError:
        return None
    if pool.complete and uncovered(pool):
        return Attempt(None, settled=True)
    answer = choice(pool, budget, options)
    if answer.rows is None:
        return Attempt(None, settled=answer.finished and pool.complete)
    return Attempt(pool.take(answer.rows).grouping, settled=True)


def choice(pool: CandidatePool, budget: Budget, options: Options) -> PartitionAnswer:
    """Return a choice of offices that places everybody, the cheapest by the pool's costs."""
    if not budget.lasts():
        return PartitionAnswer(None, 0, finished=False)
    # Starting many threads takes longer than a small search.
    return cheapest(pool, PartitionQuestion(), budget, options.workers or (1 if len(pool) < SMALL_POOL else 0))
