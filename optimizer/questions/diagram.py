"""All plans at once, as the paths of a decision diagram: what the best plan with each office costs, without a search.

The municipalities are put in an order. A state says which of those from some place on are in an office already; an arc
opens an office of the first that is in none. So every path from "nobody" to "everybody" is a plan, every plan is one
path, and equal states are one (an exact decision diagram of set partitioning; Bergman, Cire, van Hoeve and Hooker 2016,
"Decision Diagrams for Optimization"). With the least cost from the start to each state, and from each state to the end,

    least(g) = min over arcs (s, t) that open g of  from(s) + c(g) + to(t)

is what the cheapest plan with office g costs: for all offices together, in whole numbers, in two passes. The order
keeps neighbours close, so that few states differ; where there are too many all the same, there is no diagram.

A limit on how many offices are shared makes costs a row of numbers, one for each count so far.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from optimizer.engines.candidates import CandidatePool, Indices, Integers, SideRow
from optimizer.problem import Bools

NEVER: Final = 1 << 60
"""Cost units: no plan costs that much, and three of them fit 64 bits."""
MOST_ARCS: Final = 2_500_000
"""Some 200 MB and 1.5 s."""
MOST_TRIED: Final = 20
"""Pairs of a state and a group looked at in one place, for each arc that there may be."""
LONGEST_REACH: Final = 62
"""Places between the first and the last member of an office: a state is a word of 64 bits."""
WAITING: Final = 0.15
"""How many new neighbours a place of waiting is worth in the order."""
STARTS: Final = 40
"""Municipalities of each part tried as its first."""

Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Diagram:
    """The plans of a pool as paths.

    Parameters
    ----------
    pool
        Offices (k,).
    order
        Positions of the municipalities, place by place (m,).
    words, bounds
        The groups, and where those of each place begin, as in `grown`.
    groups
        Number of the group of members of each office: one for all hosts that it may have (k,).
    sources, targets
        States that each arc leads from and to (a,), numbered from the start in the order of a path.
    opened
        The group that each arc opens (a,).
    steps
        Where the arcs of each place in the order begin, and the number of arcs.
    states
        How many; the last is the end.
    """

    pool: CandidatePool
    order: Integers
    words: Words
    bounds: Integers
    groups: Integers
    sources: Integers
    targets: Integers
    opened: Integers
    steps: Sequence[int]
    states: int

    def least(self) -> Integers:
        """Return what the cheapest plan with each office costs (k,), cost units; `NEVER` where there is none."""
        many = int(self.groups.max(initial=-1)) + 1
        costs = np.full(many, NEVER, dtype=np.int64)
        np.minimum.at(costs, self.groups, self.pool.costs)
        with_group = self.least_with(costs)
        return np.asarray(np.minimum(with_group[self.groups] + self.pool.costs - costs[self.groups], NEVER))

    def least_with(self, costs: Integers) -> Integers:
        """Return what the cheapest plan with each group costs, of the costs of the groups at their best hosts."""
        counter = Counter.of(self.pool)
        counted = np.zeros(len(costs), dtype=bool)
        counted[self.groups] = counter.counted
        begun, ended = counter.begun(self.states), counter.ended(self.states)
        parts = [slice(a, b) for a, b in pairwise(self.steps)]
        for part in parts:
            groups = self.opened[part]
            values = counter.added(begun[self.sources[part]], counted[groups]) + costs[groups, None]
            np.minimum.at(begun, self.targets[part], np.minimum(values, NEVER))
        least = np.full(len(costs), NEVER, dtype=np.int64)
        for part in reversed(parts):
            groups = self.opened[part]
            values = counter.ahead(ended[self.targets[part]], counted[groups]) + costs[groups, None]
            values = np.minimum(values, NEVER)
            np.minimum.at(ended, self.sources[part], values)
            np.minimum.at(least, groups, (begun[self.sources[part]] + values).min(axis=1))
        return np.minimum(least, NEVER)


@dataclass(frozen=True, eq=False)
class Paths:
    """The cheapest way from the start to each state and from each state to the end, to read plans from.

    Parameters
    ----------
    diagram
        All plans.
    costs
        Of each group at its best host (g,), cost units.
    best_rows
        The office of each group at that host (g,); of equals the first.
    counter, counted
        Of offices that a limit counts, and whether each group is one (g,).
    begun, ended
        What the cheapest way to and from each state costs with each count (states, width), cost units.
    by_target, reached
        The arcs, by the state that they lead to; those states.
    """

    diagram: Diagram
    costs: Integers
    best_rows: Integers
    counter: "Counter"
    counted: Bools
    begun: Integers
    ended: Integers
    by_target: Integers
    reached: Integers

    @classmethod
    def of(cls, diagram: Diagram) -> "Paths":
        """Return the ways through a diagram."""
        groups, costs = diagram.groups, diagram.pool.costs
        by_group = np.lexsort((np.arange(len(costs)), costs, groups))
        best_rows = by_group[np.searchsorted(groups[by_group], np.arange(int(groups.max(initial=-1)) + 1))]
        of_group, counter = costs[best_rows], Counter.of(diagram.pool)
        counted = counter.counted[best_rows]
        begun, ended = counter.begun(diagram.states), counter.ended(diagram.states)
        parts = [slice(a, b) for a, b in pairwise(diagram.steps)]
        for part in parts:
            opened = diagram.opened[part]
            ways = counter.added(begun[diagram.sources[part]], counted[opened]) + of_group[opened, None]
            np.minimum.at(begun, diagram.targets[part], np.minimum(ways, NEVER))
        for part in reversed(parts):
            opened = diagram.opened[part]
            ways = counter.ahead(ended[diagram.targets[part]], counted[opened]) + of_group[opened, None]
            np.minimum.at(ended, diagram.sources[part], np.minimum(ways, NEVER))
        by_target = np.argsort(diagram.targets, kind="stable")
        reached = diagram.targets[by_target]
        return cls(diagram, of_group, best_rows, counter, counted, begun, ended, by_target, reached)

    def plan_with(self, row: int) -> Integers:
        """Return the offices of a cheapest plan with an office, as rows of the pool; there must be such a plan."""
        sources, targets, opened = self.diagram.sources, self.diagram.targets, self.diagram.opened
        arcs = np.flatnonzero(opened == self.diagram.groups[row])
        ways = self.begun[sources[arcs]] + self.counter.ahead(self.ended[targets[arcs]], self.counted[opened[arcs]])
        place, count = divmod(int(ways.argmin()), self.counter.width)
        arc = arcs[place]
        before, after = int(sources[arc]), int(targets[arc])
        rest = self._up_to(before, count) + self._on_from(after, self.counter.after(count, self.counted[opened[arc]]))
        return np.sort(np.array([row, *rest], dtype=np.int64))

    def _up_to(self, state: int, count: int) -> list[int]:
        """Return the offices of the cheapest way to a state with a count."""
        sources, opened, rows = self.diagram.sources, self.diagram.opened, []
        while state != 0:
            a, b = np.searchsorted(self.reached, (state, state + 1))
            into = self.by_target[a:b]
            counted, begun = self.counted[opened[into]], self.begun[sources[into]]
            way = (self.counter.added(begun, counted)[:, count] + self.costs[opened[into]]).argmin()
            rows.append(int(self.best_rows[opened[into[way]]]))
            state, count = int(sources[into[way]]), self.counter.before(begun[way], count, counted[way])
        return rows

    def _on_from(self, state: int, count: int) -> list[int]:
        """Return the offices of the cheapest way from a state with a count to the end."""
        sources, targets, opened, rows = self.diagram.sources, self.diagram.targets, self.diagram.opened, []
        while state != self.diagram.states - 1:
            a, b = np.searchsorted(sources, (state, state + 1))
            counted = self.counted[opened[a:b]]
            ways = self.counter.ahead(self.ended[targets[a:b]], counted)[:, count] + self.costs[opened[a:b]]
            way = ways.argmin()
            rows.append(int(self.best_rows[opened[a + way]]))
            state, count = int(targets[a + way]), self.counter.after(count, counted[way])
        return rows


@dataclass(frozen=True, eq=False)
class Counter:
    """How many counted offices a path has opened; beyond the largest limit nothing is told apart.

    Parameters
    ----------
    counted
        Which offices count (k,).
    least, most
        Limits; ``None`` for none.
    width
        Counts from 0 that are told apart.
    """

    counted: Bools
    least: int
    most: int | None
    width: int

    @classmethod
    def of(cls, pool: CandidatePool) -> "Counter":
        """Return the counter of a pool's side row, or one that counts nothing."""
        if not pool.sides:
            return cls(np.zeros(len(pool), dtype=bool), 0, None, 1)
        side = pool.sides[0]
        least, most = side.least or 0, side.most
        return cls(side.values > 0, least, most, min(least if most is None else most, len(pool.ids)) + 1)

    def begun(self, states: int) -> Integers:
        """Return what it costs to be in each state with each count, before any arc (states, width)."""
        costs = np.full((states, self.width), NEVER, dtype=np.int64)
        costs[0, 0] = 0
        return costs

    def ended(self, states: int) -> Integers:
        """Return what it costs to come to the end from each state with each count, before any arc (states, width)."""
        costs = np.full((states, self.width), NEVER, dtype=np.int64)
        costs[-1, self.least :] = 0
        return costs

    def added(self, costs: Integers, counted: Bools) -> Integers:
        """Return costs by count (a, width) after opening an office."""
        more = np.full_like(costs, NEVER)
        more[:, 1:] = costs[:, :-1]
        if self.most is None:
            more[:, -1] = np.minimum(more[:, -1], costs[:, -1])
        return np.where(counted[:, None], more, costs)

    def ahead(self, costs: Integers, counted: Bools) -> Integers:
        """Return costs by the count before opening an office (a, width), of those by the count after it."""
        fewer = np.full_like(costs, NEVER)
        fewer[:, :-1] = costs[:, 1:]
        if self.most is None:
            fewer[:, -1] = costs[:, -1]
        return np.where(counted[:, None], fewer, costs)

    def after(self, count: int, counted: np.bool_) -> int:
        """Return the count after opening an office."""
        return min(count + int(counted), self.width - 1) if self.most is None else count + int(counted)

    def before(self, costs: Integers, count: int, counted: np.bool_) -> int:
        """Return the count before opening an office, of the costs of each (width,) the cheapest that leads on."""
        if not counted:
            return count
        same = self.most is None and count == self.width - 1 and (count == 0 or costs[count] < costs[count - 1])
        return count if same else count - 1


def diagram_of(
    pool: CandidatePool, like: Diagram | None = None, order: Integers | None = None, most_arcs: int = MOST_ARCS
) -> Diagram | None:
    """Return all plans of a pool as paths, or ``None`` if there are too many states to tell apart.

    Parameters
    ----------
    pool
        Offices, and at most one side row, which counts some of them.
    like
        Of another pool of the same municipalities: its order is taken, and its arcs if the groups are the same.
    order
        Positions of the municipalities, those that may share an office close (m,); found if neither is given.
    most_arcs
        Arcs that are too many.
    """
    m = len(pool.ids)
    place = np.full(m + 1, m, dtype=np.int64)
    if like is not None:
        order = like.order
    elif order is None:
        order = order_of(pool.members, m)
    place[order] = np.arange(m)
    places = place[pool.members]
    first = places.min(axis=1)
    ahead = np.where(places < m, places - first[:, None], 0)
    if not all(map(counts, pool.sides[:1])) or len(pool.sides) > 1 or ahead.max(initial=0) > LONGEST_REACH:
        return None
    words = np.bitwise_or.reduce(np.uint64(1) << ahead.astype(np.uint64), axis=1)
    by_place = np.lexsort((words, first))
    new = np.ones(len(pool), dtype=bool)
    new[1:] = (np.diff(first[by_place]) > 0) | (words[by_place][1:] != words[by_place][:-1])
    groups = np.empty(len(pool), dtype=np.int64)
    groups[by_place] = np.cumsum(new) - 1
    words, bounds = words[by_place][new], np.searchsorted(first[by_place][new], np.arange(m + 1))
    if like is not None and np.array_equal(words, like.words) and np.array_equal(bounds, like.bounds):
        return replace(like, pool=pool, groups=groups)
    arcs = grown(words, bounds, most_arcs)
    return arcs and Diagram(pool, order, words, bounds, groups, *arcs)


def counts(side: SideRow) -> bool:
    """Return whether a side row counts offices."""
    return bool(np.isin(side.values, (0, 1)).all())


Arcs = tuple[Integers, Integers, Integers, list[int], int]


def grown(words: Words, bounds: Integers, most_arcs: int) -> Arcs | None:
    """Return the arcs of a diagram, built place by place: the fields of `Diagram` from ``sources`` on.

    Parameters
    ----------
    words
        Members of each group as bits, counted from its first one; the groups in the order of their first members.
    bounds
        Which groups have their first member at each place: where they begin, and how many there are in all (m + 1,).
    most_arcs
        Arcs that are too many.
    """
    m = len(bounds) - 1
    waiting: list[list[tuple[Words, Integers]]] = [[] for _ in range(m + 1)]
    # Start and end are there even if no arc leads to them.
    for place in (0, m):
        waiting[place].append((np.zeros(1, dtype=np.uint64), np.empty(0, dtype=np.int64)))
    sources, opened, led_to = [], [], []
    steps, states = [0], 0
    for here in range(m + 1):
        if not waiting[here]:
            continue
        arriving = np.concatenate([arcs for _, arcs in waiting[here]])
        known, which = np.unique(np.concatenate([part for part, _ in waiting[here]]), return_inverse=True)
        waiting[here] = []
        led_to.append((arriving, states + which[len(which) - len(arriving) :]))
        opening = words[bounds[here] : bounds[min(here + 1, m)]]
        if len(known) * len(opening) > MOST_TRIED * most_arcs:
            return None
        at, group = np.nonzero((known[:, None] & opening[None, :]) == 0)
        if steps[-1] + len(at) > most_arcs:
            return None
        taken = known[at] | opening[group]
        # The first place that is free after it: as many as there are ones at the low end.
        free = np.log2((~taken & (taken + np.uint64(1))).astype(np.float64)).astype(np.int64)
        taken >>= free.astype(np.uint64)
        for further in np.unique(free).tolist():
            arcs = np.flatnonzero(free == further)
            waiting[here + further].append((taken[arcs], steps[-1] + arcs))
        sources.append(states + at)
        opened.append(bounds[here] + group)
        steps.append(steps[-1] + len(at))
        states += len(known)
    targets = np.empty(steps[-1], dtype=np.int64)
    for arriving, state in led_to:
        targets[arriving] = state
    return np.concatenate(sources), targets, np.concatenate(opened), steps, states


def order_of(members: Indices, m: int) -> Integers:
    """Return an order in which municipalities that may share an office stand close (m,).

    Part by part, each from the start that keeps fewest waiting: next is whoever brings fewest new ones that wait, with
    an advantage for those that have waited long.

    Parameters
    ----------
    members
        Positions of the members of each office (k, most), padded with m.
    m
        How many municipalities there are.
    """
    real = members < m
    rows = np.repeat(np.arange(len(members)), real.sum(axis=1))
    inside = csr_array((np.ones(len(rows)), (rows, members[real])), shape=(len(members), m))
    together = (inside.T @ inside).toarray() > 0
    near = [int.from_bytes(np.packbits(row, bitorder="little").tobytes(), "little") for row in together]
    parts, labels = connected_components(csr_array(together), directed=False)
    order: list[int] = []
    for part in range(parts):
        inside_part = np.flatnonzero(labels == part).tolist()
        starts = inside_part[:: max(1, len(inside_part) // STARTS)]
        order += min(order_from(start, len(inside_part), near) for start in starts)[1]
    return np.array(order, dtype=np.int64)


def order_from(start: int, many: int, near: Sequence[int]) -> tuple[int, list[int]]:
    """Return the order of a part from a start, after a measure of how many wait on the way.

    Parameters
    ----------
    start
        Who is first.
    many
        How many are in the part.
    near
        With whom each may share an office, as bits.
    """
    order, reached, effort = [start], near[start] | 1 << start, 0
    since = dict.fromkeys(ones(near[start] & ~(1 << start)), 0)
    while len(order) < many:
        effort += 1 << len(since)
        now = len(order)
        following = min(since, key=lambda i: ((near[i] & ~reached).bit_count() - WAITING * (now - since[i]), i))
        del since[following]
        since |= dict.fromkeys(ones(near[following] & ~reached), now)
        reached |= near[following]
        order.append(following)
    return effort, order


def ones(bits: int) -> list[int]:
    """Return the places of the ones in a word."""
    found = []
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found
