"""Possible offices: pools of them, how they grow, and what the rules and prices say of them.

`optimizer.engines.listing` lists them all. Groups grow from their host, one member at a time, by the
enumeration of Wernicke (2006, "Efficient detection of network motifs", ESU): each connected set that contains
the host is reached exactly once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.columns.disciplines import discipline_arrays
from optimizer.engines.figures import GROUP_TERMS, OF_GROUP, OF_PAIR, PAIR_TERMS, Groups, across
from optimizer.grouping import Grouping
from optimizer.problem import Bools, Problem
from optimizer.units import whole

Integers = NDArray[np.int64]
Indices = NDArray[np.int16]

TOLERANCE = 1e-6
CHUNK_ROWS = 50_000


@dataclass(frozen=True, eq=False)
class SideRow:
    """A limit on the sum of a figure over the chosen offices, such as how many of them are shared.

    Parameters
    ----------
    name
        What is limited.
    values
        Whole figure of each office of the pool (k,).
    least, most
        Limits of the sum; ``None`` for none.
    """

    name: str
    values: Integers
    least: int | None = None
    most: int | None = None

    def take(self, rows: NDArray[Any]) -> "SideRow":
        """Return the limit over these offices only."""
        return SideRow(self.name, self.values[rows], self.least, self.most)


@dataclass(frozen=True, eq=False)
class CandidatePool:
    """All legal offices as arrays; municipalities are numbered by their position among the active ones in id order.

    Parameters
    ----------
    ids
        The active municipalities in id order, whatever the order of the problem, length m.
    members
        Positions of the members (k, size of the largest), the host first, padded with m.
    costs
        Whole cost units (k,), `UNITS_PER_MINUTE` to the minute.
    tied
        Whether another member, not in the pool as host of this group, would be as good a host (k,).
    complete
        Whether every legal office is in the pool.
    sides
        Limits on what is chosen.
    """

    ids: tuple[str, ...]
    members: Indices
    costs: Integers
    tied: Bools
    complete: bool = True
    sides: tuple[SideRow, ...] = ()

    def __len__(self) -> int:
        """Return the number of offices."""
        return len(self.costs)

    @property
    def hosts(self) -> Indices:
        """Position of each office's host (k,)."""
        return np.asarray(self.members[:, 0], dtype=np.int16)

    @property
    def shared(self) -> Bools:
        """Which offices have two or more members (k,)."""
        if self.members.shape[1] == 1:
            return np.zeros(len(self), dtype=bool)
        return np.asarray(self.members[:, 1] < len(self.ids))

    def take(self, rows: NDArray[Any]) -> "CandidatePool":
        """Return the pool of these rows only."""
        sides = tuple(side.take(rows) for side in self.sides)
        return CandidatePool(self.ids, self.members[rows], self.costs[rows], self.tied[rows], False, sides)

    def limited(self, *sides: SideRow) -> "CandidatePool":
        """Return the pool with more limits on what is chosen."""
        return replace(self, sides=(*self.sides, *sides))

    def office(self, row: int) -> tuple[str, tuple[str, ...]]:
        """Return host and members of one office, by id."""
        members = [self.ids[i] for i in self.members[row] if i < len(self.ids)]
        return members[0], tuple(sorted(members))

    @property
    def grouping(self) -> Grouping:
        """The grouping that these offices make, if each municipality is in one of them."""
        return Grouping.of_offices(self.office(row) for row in range(len(self)))


@dataclass(frozen=True, eq=False)
class Scores:
    """What the limits, prices and pins say of single members and pairs; arrays over the active municipalities.

    Parameters
    ----------
    active
        Position in the problem of each active municipality, in id order (m,).
    allowed
        Whether the shared office of the column's host may have the row's municipality (m, m); on the diagonal:
        whether the municipality may host a shared office.
    pair_costs
        Cost units of the row's journey to the column's host and of the lines between them (m, m).
    adjacent
        Which groups of two are contiguous (m, m).
    apart
        Pairs that may not share an office (m, m).
    blocks
        Sets that must share an office (b, m).
    order
        Place of each as host among those at which an office costs the same (m,); see `host_order`.
    """

    active: NDArray[np.intp]
    allowed: Bools
    pair_costs: Integers
    adjacent: Bools
    apart: Bools
    blocks: Bools
    order: Integers


def scores(problem: Problem) -> Scores:
    """Return the pairwise part of the problem as arrays."""
    active = np.array(sorted(np.flatnonzero(problem.active), key=problem.ids.__getitem__))
    square = np.ix_(active, active)
    ids = [problem.ids[i] for i in active]
    position = {id_: i for i, id_ in enumerate(ids)}
    pins, limits, weights = problem.pins, problem.limits, problem.weights
    minutes = problem.minutes[square]

    allowed = minutes <= limits.max_minutes + TOLERANCE
    is_held = np.isin(ids, sorted(pins.held_at))
    allowed &= ~is_held[:, None] & ~is_held[None, :]
    if limits.county_lines == "hard":
        allowed &= ~across(problem.counties)[square]
    planner_fte = problem.planner_fte[active]
    enough = planner_fte[None, :] >= limits.min_host_share * planner_fte[:, None] - TOLERANCE
    allowed &= enough | np.isin(ids, sorted(problem.decided_hosts))[None, :]
    for id_, host in pins.fixed.items():
        allowed[position[id_], np.arange(len(ids)) != position[host]] = False
    for id_ in pins.must_host:
        allowed[position[id_], np.arange(len(ids)) != position[id_]] = False
    hosting = problem.may_host[active] & ~np.isin(ids, sorted(pins.may_not_host)) & np.diagonal(allowed)
    allowed &= hosting[None, :]

    priced = allowed.copy()
    for id_, host in pins.held_at.items():
        priced[position[id_], position[host]] = True
    ways = np.zeros_like(problem.minutes)
    ways[square] = np.where(priced, minutes, 0.0)
    pair_costs = whole(sum(getattr(weights, name) * OF_PAIR[name](problem, ways)[square] for name in PAIR_TERMS))
    apart = np.zeros((len(ids), len(ids)), dtype=bool)
    for pin in pins.apart:
        where = np.array([position[id_] for id_ in pin], dtype=int)
        apart[np.ix_(where, where)] = True
    np.fill_diagonal(apart, val=False)
    blocks = np.zeros((len(pins.together), len(ids)), dtype=bool)
    for block, pin in zip(blocks, pins.together, strict=True):
        block[[position[id_] for id_ in pin]] = True
    order = host_order(problem, ids)
    return Scores(active, allowed, pair_costs, adjacency(problem, active), apart, blocks, order)


def host_order(problem: Problem, ids: Sequence[str]) -> Integers:
    """Return who hosts where an office costs the same at several: the one that needs most planners, then the first.

    Parameters
    ----------
    problem
        The problem.
    ids
        Municipalities in id order, length m.

    Returns
    -------
    array of int
        Place of each, 0 for the one that goes before all others (m,).
    """
    need_fte = problem.need_fte[[problem.index[id_] for id_ in ids]]
    return np.argsort(np.argsort(-need_fte, kind="stable")).astype(np.int64)


def adjacency(problem: Problem, active: NDArray[np.intp]) -> Bools:
    """Return which active municipalities count as neighbours under the contiguity rule (m, m).

    Members of offices that are held share with nobody else: they are neighbours of none.
    """
    free = ~np.isin(np.array(problem.ids)[active], sorted(problem.pins.held_at))
    if problem.limits.contiguity == "off":
        return np.asarray(free[:, None] & free[None, :])
    links = problem.links.copy()
    if problem.limits.contiguity == "through":
        for crossed in np.flatnonzero(~problem.active):
            around = links[crossed]
            links |= around[:, None] & around[None, :]
    adjacent = links[np.ix_(active, active)] & free[:, None] & free[None, :]
    np.fill_diagonal(adjacent, val=False)
    return np.asarray(adjacent)


def connected_groups(pairs: Scores, host: int, max_members: int) -> Iterator[Indices]:
    """Yield arrays (k, size) of all connected groups of two or more that the host may have, the host first."""
    ball = np.flatnonzero(pairs.allowed[:, host])
    ball = np.concatenate(([host], ball[ball != host]))
    adjacent = pairs.adjacent[np.ix_(ball, ball)]
    apart = pairs.apart[np.ix_(ball, ball)]
    later = np.triu(np.ones((len(ball), len(ball)), dtype=bool), k=1)
    at_host = np.zeros((1, len(ball)), dtype=bool)
    at_host[0, 0] = True
    # A state: its members, who may extend it, and who is a member, a neighbour or forbidden already.
    stack = [(np.zeros((1, 1), dtype=np.int16), adjacent[:1] & ~at_host & ~apart[:1], at_host | adjacent[:1])]
    while stack and max_members > 1:
        members, extension, seen = stack.pop()
        rows, added = np.nonzero(extension)
        for start in range(0, len(rows), CHUNK_ROWS):
            row, new = rows[start : start + CHUNK_ROWS], added[start : start + CHUNK_ROWS]
            grown = np.concatenate((members[row], new[:, None].astype(np.int16)), axis=1)
            yield ball[grown].astype(np.int16)
            if grown.shape[1] < max_members:
                extending = (extension[row] & later[new]) | (adjacent[new] & ~seen[row])
                clashing = apart[grown].any(axis=1)
                stack.append((grown, extending & ~clashing, seen[row] | adjacent[new]))


@dataclass(frozen=True, eq=False)
class GroupFinder:
    """Judges and prices groups of active municipalities.

    Parameters
    ----------
    problem
        The problem.
    pairs
        Its pairwise part.
    """

    problem: Problem
    pairs: Scores

    @property
    def ids(self) -> tuple[str, ...]:
        """The active municipalities."""
        return tuple(self.problem.ids[i] for i in self.pairs.active)

    def singles(self) -> tuple[Indices, Integers, Bools]:
        """Return the municipalities that may stand alone (k, 1), what that costs (k,), and no tied host (k,)."""
        problem, pins = self.problem, self.problem.pins
        members = np.arange(len(self.ids), dtype=np.int16)[:, None]
        costs, legal = self.group_costs(members)
        if problem.limits.alone_exempt:
            legal[:] = True
        else:
            legal &= problem.limits.min_members == 1
        elsewhere = [id_ for id_, host in pins.fixed.items() if id_ != host]
        legal &= ~np.isin(self.ids, [*pins.must_host, *elsewhere, *pins.held_at])
        legal &= ~self.splits_block(members)
        return members[legal], costs[legal], np.zeros(legal.sum(), dtype=bool)

    def held(self) -> Iterator[tuple[Indices, Integers, Bools]]:
        """Yield each office that is held (1, size), the host first, with its costs (1,), and no tied host (1,)."""
        for host, members in sorted(self.problem.pins.held.items()):
            where = [self.ids.index(id_) for id_ in (host, *sorted(members - {host}))]
            rows = np.array([where], dtype=np.int16)
            costs, _ = self.group_costs(rows)
            yield rows, costs + self.pairs.pair_costs[rows, rows[:, :1]].sum(axis=1), np.zeros(1, dtype=bool)

    def legal(self, members: Indices, *, every_host: bool) -> tuple[Indices, Integers, Bools]:
        """Return the legal groups of which the first member is the best host, their costs, and if hosts are tied.

        With ``every_host`` the first member may be any host, and ties are between rows of the pool.
        """
        if members.shape[1] < self.problem.limits.min_members:
            return members[:0], np.empty(0, dtype=np.int64), np.empty(0, dtype=bool)
        host_costs = self.pairs.pair_costs[members, members[:, :1]].sum(axis=1)
        tied = np.zeros(len(members), dtype=bool)
        if not every_host:
            best, tied = self.at_best_host(members, host_costs)
            members, host_costs, tied = members[best], host_costs[best], tied[best]
        costs, legal = self.group_costs(members)
        legal &= ~self.splits_block(members)
        return members[legal], (costs + host_costs)[legal], tied[legal]

    def at_best_host(self, members: Indices, host_costs: Integers) -> tuple[Bools, Bools]:
        """Return of which groups the first member is the best host, and of which another is as good (k,).

        Of equally good hosts the best is the first in `host_order`.
        """
        pairs = self.pairs
        host = members[:, :1]
        best, tied = np.ones(len(members), dtype=bool), np.zeros(len(members), dtype=bool)
        for other in range(1, members.shape[1]):
            rival = members[:, other : other + 1]
            rival_costs = pairs.pair_costs[members, rival].sum(axis=1)
            possible = pairs.allowed[members, rival].all(axis=1)
            same = rival_costs == host_costs
            goes_before = pairs.order[rival[:, 0]] < pairs.order[host[:, 0]]
            tied |= possible & same
            best &= ~(possible & ((rival_costs < host_costs) | (same & goes_before)))
        return best, tied

    def group_costs(self, members: Indices) -> tuple[Integers, Bools]:
        """Return what members cost together at their host, and who keeps rules on planners and disciplines (k,)."""
        limits, weights = self.problem.limits, self.problem.weights
        groups = Groups(self.problem, self.pairs.active[members])
        figures = (getattr(weights, name) * OF_GROUP[name](groups) for name in GROUP_TERMS if getattr(weights, name))
        costs = whole(sum(figures, np.zeros(len(members))))
        legal = np.ones(len(members), dtype=bool)
        if limits.critical_mass == "hard":
            legal &= groups.net_fte >= limits.min_office_fte - TOLERANCE
        if limits.max_office_need_fte is not None:
            legal &= groups.need_fte <= limits.max_office_need_fte + TOLERANCE
        if limits.covers and members.shape[1] > 1:
            legal &= discipline_arrays(self.problem).covers(groups.members, limits.covers)
        return costs, legal

    def splits_block(self, members: Indices) -> Bools:
        """Return which groups hold some but not all of a set that must share an office (k,)."""
        split = np.zeros(len(members), dtype=bool)
        for block in self.pairs.blocks:
            inside = block[members].sum(axis=1)
            split |= (inside > 0) & (inside < block.sum())
        return split
