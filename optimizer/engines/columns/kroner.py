"""What each office of a pool costs in kroner: the engine's own arithmetic, beside the specification's.

The formula is that of `optimizer.judging.kroner.office_money`, which shares no code with this module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import CandidatePool, Indices, Integers, Scores, scores
from optimizer.engines.figures import Groups, money_of
from optimizer.money import UNITS_PER_KRONE, Money
from optimizer.problem import EngineError, Floats, Problem
from optimizer.sharing.game import MOST_PLAYERS
from optimizer.units import whole

NOT_LEGAL = np.iinfo(np.int64).max
"""Cost of a group that could not be an office."""
MOST_PARTS: Final = 1 << 21
"""Parts of groups looked at together."""


@dataclass(frozen=True, eq=False)
class KronerColumns:
    """The offices of a pool with their cost; whole øre a year.

    Parameters
    ----------
    pool
        Offices (k,); every group that could be an office is among them, at one host or at several.
    own
        Cost of each at its host (k,).
    cheapest
        Cost of each at the cheapest member that may host it (k,).
    alone
        Cost of each municipality by itself, whether it may stand alone or not (m,).
    asked
        Groups that could be offices, where they are others than those of the pool.
    """

    pool: CandidatePool
    own: Integers
    cheapest: Integers
    alone: Integers
    asked: "GroupLookup | None" = None

    @cached_property
    def lookup(self) -> "GroupLookup":
        """Costs by group."""
        return self.asked or GroupLookup.of(self.pool.members, self.cheapest, len(self.pool.ids))

    def by_size(self) -> Iterator[tuple[NDArray[np.intp], Indices]]:
        """Yield rows of offices of one size, and their members in id order (r, size); singles first.

        No more rows at once than their parts, 2**size of each, fit into memory.
        """
        sizes = (self.pool.members < len(self.pool.ids)).sum(axis=1)
        for size in np.unique(sizes).tolist():
            rows = np.flatnonzero(sizes == size)
            at_once = max(1, MOST_PARTS >> size)
            for start in range(0, len(rows), at_once):
                some = rows[start : start + at_once]
                yield some, np.sort(self.pool.members[some, :size], axis=1)

    def subgroup_costs(self, members: Indices) -> Integers:
        """Return what each part of some groups of one size would cost by itself, without all of a group.

        Parameters
        ----------
        members
            In id order (r, size).

        Returns
        -------
        array of int
            Whole øre or `NOT_LEGAL` (r, 2**size - 2); bit ``i`` of a column's number plus 1 says whether the member in
            place ``i`` is in the part.

        Raises
        ------
        EngineError
            If a group has more members than `optimizer.sharing.game.MOST_PLAYERS`.
        """
        size = members.shape[1]
        if size > MOST_PLAYERS:
            fault = f"an office has {size} members; expected at most {MOST_PLAYERS} where every subgroup counts"
            raise EngineError([f"{fault}: lower limits.max_members, or choose a rule or key that looks at each alone"])
        parts = [[i for i in range(size) if pattern >> i & 1] for pattern in range(1, (1 << size) - 1)]
        columns = [
            self.alone[members[:, places[0]]] if len(places) == 1 else self.lookup.costs(members[:, places])
            for places in parts
        ]
        return np.stack(columns, axis=1) if columns else np.empty((len(members), 0), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class GroupLookup:
    """The least cost of each group of a pool, found by its members in id order: a tree with one level for each member.

    Parameters
    ----------
    codes
        On each level, sorted: the place of the shorter group on the level before, times m + 1, plus the next member.
    least
        On each level, the least cost of the group at each place, or `NOT_LEGAL`.
    base
        m + 1.
    """

    codes: Sequence[Integers]
    least: Sequence[Integers]
    base: int

    @classmethod
    def of(cls, members: Indices, costs: Integers, m: int) -> "GroupLookup":
        """Return the lookup of groups (k, max_members), padded with m, that cost so much (k,)."""
        ordered, base = np.sort(members, axis=1).astype(np.int64), m + 1
        place = np.zeros(len(members), dtype=np.int64)
        codes, least = [], []
        for level in range(int((ordered < m).sum(axis=1).max(initial=0))):
            longer = ordered[:, level] < m
            ordered, costs, place = ordered[longer], costs[longer], place[longer]
            found, place = np.unique(place * base + ordered[:, level], return_inverse=True)
            ends = (ordered[:, level + 1 :] < m).sum(axis=1) == 0
            cheapest = np.full(len(found), NOT_LEGAL)
            np.minimum.at(cheapest, place[ends], costs[ends])
            codes.append(found)
            least.append(cheapest)
        return cls(codes, least, base)

    def costs(self, members: NDArray[np.integer]) -> Integers:
        """Return the least cost of groups of one size, their members in id order (r, size); `NOT_LEGAL` if unknown."""
        place, known = np.zeros(len(members), dtype=np.int64), np.ones(len(members), dtype=bool)
        if members.shape[1] > len(self.codes):
            return np.full(len(members), NOT_LEGAL)
        for level in range(members.shape[1]):
            wanted = place * self.base + members[:, level]
            place = np.minimum(np.searchsorted(self.codes[level], wanted), len(self.codes[level]) - 1)
            known &= self.codes[level][place] == wanted
        return np.where(known, self.least[members.shape[1] - 1][place], NOT_LEGAL)


def kroner_columns(problem: Problem, money: Money, pool: CandidatePool) -> KronerColumns:
    """Return the offices of a pool with their cost in kroner.

    Parameters
    ----------
    problem
        Figures and minutes.
    money
        Prices.
    pool
        Its offices, as `optimizer.engines.listing.find_groups` lists them.
    """
    problem = replace(problem, money=money)
    pairs = scores(problem)
    sizes = (pool.members < len(pool.ids)).sum(axis=1)
    own, cheapest = np.zeros(len(pool), dtype=np.int64), np.zeros(len(pool), dtype=np.int64)
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        members = pool.members[rows, :size]
        at_host = ore_at_hosts(problem, pairs, members)
        possible = np.stack([pairs.allowed[members, members[:, [h]]].all(axis=1) for h in range(size)], axis=1)
        own[rows] = at_host[:, 0]
        cheapest[rows] = np.minimum(own[rows], np.where(possible, at_host, NOT_LEGAL).min(axis=1))
    everybody = np.arange(len(pool.ids), dtype=np.int16)[:, None]
    return KronerColumns(pool, own, cheapest, ore_at_hosts(problem, pairs, everybody)[:, 0])


def ore_at_hosts(problem: Problem, pairs: Scores, members: Indices) -> Integers:
    """Return what groups of one size cost at each member as host, whole øre (k, size); without a way `NOT_LEGAL`."""
    money, where = money_of(problem), pairs.active[members]
    groups, visits = Groups(problem, where), money.prices.visits
    minutes = journeys(problem, where) * (2 * visits) if visits else np.zeros(where.shape)
    cost_kr = (
        money.fte_kr[where] * groups.paid_fte[:, None] + groups.other_kr[:, None] + minutes * money.minute_kr[where]
    )
    if members.shape[1] == 1:
        cost_kr = groups.cost_kr[:, None]
    reached = np.isfinite(cost_kr)
    return np.where(reached, whole(np.where(reached, cost_kr, 0.0), UNITS_PER_KRONE), NOT_LEGAL)


def journeys(problem: Problem, where: NDArray[np.intp]) -> Floats:
    """Return the minutes of all other members to each member, one way (k, size)."""
    return np.stack([problem.minutes[where, where[:, [h]]].sum(axis=1) for h in range(where.shape[1])], axis=1)
