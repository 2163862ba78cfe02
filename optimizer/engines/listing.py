"""List every legal office: the connected groups within limits, each at its best host.

A group is listed once, at the cheapest host that may have it (ties: the first in `host_order`), or, for questions
that set other prices or ask for other hosts, once at each host that may have it. Either way the pool holds no
duplicates and needs no hash table.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from optimizer.engines.candidates import (
    CandidatePool,
    GroupFinder,
    Indices,
    Integers,
    SideRow,
    connected_groups,
    host_order,
    scores,
)
from optimizer.engines.columns.kroner import GroupLookup, kroner_columns
from optimizer.engines.columns.sharing_rules import columns_nobody_worse, keeping, stable_columns
from optimizer.engines.figures import money_of
from optimizer.money import UNITS_PER_KRONE, Money
from optimizer.problem import Bools, Problem
from optimizer.terms import TERMS
from optimizer.units import whole

MET_FOR_EACH_KEPT = 10
PAIR = 2


class PoolTooLargeError(Exception):
    """There are more groups than may be stored."""


def find_groups(
    problem: Problem,
    *,
    max_groups: int = 5_000_000,
    every_host: bool = False,
    keep_going: Callable[[int], bool] = lambda _: True,
) -> CandidatePool:
    """List every legal office of the problem.

    Parameters
    ----------
    problem
        The problem.
    every_host
        List each group at every host that may have it, not only at the cheapest one.
    max_groups
        Give up beyond so many, or when the growth meets ten times as many groups, legal or not.
    keep_going
        Told after each chunk of work how many there are so far; when it says no, the pool found so far is returned,
        marked incomplete.
        Offices of one are listed first, then those that are held.

    Raises
    ------
    PoolTooLargeError
        If there are more than ``max_groups``.
    """
    pairs = scores(problem)
    finder = GroupFinder(problem, pairs)
    every = every_host or hosts_differ(problem) or problem.shares_kroner
    chunks = [finder.singles(), *finder.held()]
    total, met, complete = sum(len(chunk[1]) for chunk in chunks), 0, True
    for host in np.flatnonzero(np.diagonal(pairs.allowed)):
        for members in connected_groups(pairs, int(host), problem.limits.max_members):
            kept = finder.legal(members, every_host=every)
            chunks.append(kept)
            total += len(kept[1])
            met += len(members)
            if total > max_groups or met > MET_FOR_EACH_KEPT * max_groups:
                raise PoolTooLargeError(f"more than {max_groups} groups")
            if not keep_going(total):
                complete = False
                break
        if not complete:
            break
    pool = sharing(problem, assembled(finder, chunks, complete=complete))
    return pool if every == every_host else at_best_hosts(problem, pool)


def listed_again(problem: Problem, members: Indices) -> CandidatePool:
    """Return the pool of `find_groups` for a problem that differs from another in figures, prices and limits.

    Parameters
    ----------
    problem
        The problem; it has no legal office of two or more that is not in ``members``.
    members
        Groups at every host that may have them (k, max_members), as `find_groups` lists them with ``every_host``.
    """
    pairs = scores(problem)
    finder = GroupFinder(problem, pairs)
    every = hosts_differ(problem) or problem.shares_kroner
    sizes = (members < len(finder.ids)).sum(axis=1)
    chunks = [finder.singles(), *finder.held()]
    for size in range(2, min(problem.limits.max_members, members.shape[1]) + 1):
        groups = members[sizes == size, :size]
        hosts = groups[:, :1]
        groups = groups[pairs.allowed[groups, hosts].all(axis=1)]
        chunks.append(finder.legal(groups, every_host=every))
    pool = sharing(problem, assembled(finder, chunks))
    return at_best_hosts(problem, pool) if every else pool


def hosts_differ(problem: Problem) -> bool:
    """Return whether what an office costs beyond its journeys depends on its host: then no host is best beforehand."""
    if problem.counts_net:
        return True
    hosted = any(getattr(problem.weights, name) for name, term in TERMS.items() if term.arises == "hosted")
    return hosted and problem.money is not None and len(np.unique(problem.money.fte_kr[problem.active])) > 1


def sharing(problem: Problem, pool: CandidatePool) -> CandidatePool:
    """Return the pool of the offices that keep the rules on how their cost is shared, and those that are held.

    Both rules look at one office and its parts only, so a filter of the list leaves proof and bound as they are. Of a
    pool that is not complete, in which parts may be missing, only offices of one and two are kept.

    Parameters
    ----------
    problem
        Its rules and its key.
    pool
        Groups at every host that may have them.
    """
    if not problem.shares_kroner or problem.money is None:
        return pool
    if not pool.complete:
        pool = pool.take(np.flatnonzero((pool.members < len(pool.ids)).sum(axis=1) <= PAIR))
    columns = kroner_columns(problem, problem.money, pool)
    if problem.asked is not None:
        columns = replace(columns, asked=groups_of(problem.asked))
    kept = np.ones(len(pool), dtype=bool)
    if problem.limits.nobody_worse == "hard" and problem.sharing is not None:
        terms = problem.sharing
        own = own_planners(problem, problem.money, pool) if terms.shared_part == "common" else None
        kept = columns_nobody_worse(columns, terms.key, terms.figures, own)
    if problem.limits.stable == "hard":
        kept &= stable_columns(columns)
    return keeping(columns, kept | np.isin(np.array(pool.ids)[pool.hosts], sorted(problem.pins.held_at)))


@lru_cache(maxsize=4)
def groups_of(problem: Problem) -> GroupLookup:
    """Return what each group that could be an office of a problem would pay, however its cost is shared."""
    free = problem.without_sharing
    return kroner_columns(free, money_of(free), find_groups(free)).lookup


def own_planners(problem: Problem, money: Money, pool: CandidatePool) -> Integers:
    """Return what each municipality pays for the planners that it employs, whole øre (m,)."""
    where = [problem.index[id_] for id_ in pool.ids]
    return whole(money.fte_kr[where] * problem.planner_fte[where], UNITS_PER_KRONE)


def at_best_hosts(problem: Problem, pool: CandidatePool) -> CandidatePool:
    """Return the pool with each group at its cheapest host only; of equals the first in `host_order`, marked as tied.

    Parameters
    ----------
    problem
        Says which of equally good hosts goes first.
    pool
        Groups at every host that may have them.
    """
    order, first = by_group(problem, pool)
    best = np.flatnonzero(first)
    second = best + 1
    known = second < np.append(best[1:], len(order))
    tied = np.zeros(len(pool), dtype=bool)
    tied[order[best[known]]] = pool.costs[order[second[known]]] == pool.costs[order[best[known]]]
    rows = np.sort(order[best])
    return replace(replace(pool, tied=tied).take(rows), complete=pool.complete)


def by_group(problem: Problem, pool: CandidatePool) -> tuple[Integers, Bools]:
    """Return the rows of a pool group by group, the best host first (k,), and which of them begin a group (k,)."""
    groups = np.sort(pool.members, axis=1)
    order = np.lexsort((host_order(problem, pool.ids)[pool.hosts], pool.costs, *groups.T[::-1]))
    ordered = groups[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    return order, first


def assembled(
    finder: GroupFinder, chunks: Sequence[tuple[Indices, Integers, Bools]], *, complete: bool = True
) -> CandidatePool:
    """Return the pool of groups of several sizes, with the limits on their number."""
    limits, blank = finder.problem.limits, len(finder.ids)
    costs, tied = (np.concatenate([chunk[part] for chunk in chunks]) for part in (1, 2))
    width = max(group.shape[1] for group, _, _ in chunks)
    members = np.full((len(costs), width), blank, dtype=np.int16)
    start = 0
    for group, _, _ in chunks:
        members[start : start + len(group), : group.shape[1]] = group
        start += len(group)
    pool = CandidatePool(finder.ids, members, costs, tied, complete)
    if limits.min_offices is None and limits.max_offices is None:
        return pool
    counted = pool.shared.astype(np.int64)
    return pool.limited(SideRow("shared offices", counted, limits.min_offices, limits.max_offices))
