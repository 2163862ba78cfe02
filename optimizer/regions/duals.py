"""A lower bound for a region: what each municipality may pay at most, improved block by block.

The relaxation of set partitioning over all offices of the region, with cuts as in `optimizer.engines.selection` (of
three municipalities, at most one chosen office holds two or more), has a dual: numbers y, one a municipality, and
s <= 0, one a cut, with

    r(g) = c(g) - sum of y over the members of g - sum of s over the cuts it is in >= 0      for every legal office g,

and every plan costs at least sum(y) + sum(s). It is never written down as a whole. With y and s given outside a block,
the best inside are a small linear programme over the offices that touch the block: the sum rises, and every office that
touches the block is then content. Solved for blocks that hold everybody once, all are. What an inexact solver leaves
over is counted in whole numbers at the end: each host opens at most one office, so

    sum(y) + sum(s) + sum over hosts h of min(0, least r(g) among the offices at h)

is a bound for any y and any s <= 0 whatever.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Indices, Integers
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.selection import Triple, prohibitive_cost, violated
from optimizer.regions.offices import OfficeBook, OfficeList, Positions
from optimizer.regions.region import Places
from optimizer.units import UNITS_PER_MINUTE

FIRST = 12
"""Offices a municipality in the first round."""
ROUND = 12
"""Offices a municipality that join in a round."""
CUT_ROUNDS = 8
"""How often cuts are added to a block."""
CONTENT = -UNITS_PER_MINUTE // 10_000
"""Reduced cost from which an office is asked for no more."""


@dataclass(frozen=True, eq=False)
class DualPrices:
    """What municipalities and cuts pay.

    Parameters
    ----------
    municipality
        Of each municipality (n,), cost units.
    triples
        The municipalities of each cut (c, 3).
    cuts
        Of each cut (c,), cost units, none positive.
    """

    municipality: Integers
    triples: Places
    cuts: Integers

    @classmethod
    def none(cls, many: int) -> "DualPrices":
        """Return duals that prove nothing."""
        return cls(np.zeros(many, dtype=np.int64), np.empty((0, 3), dtype=np.intp), np.empty(0, dtype=np.int64))

    @property
    def total(self) -> int:
        """Their sum, cost units."""
        return int(self.municipality.sum()) + int(self.cuts.sum())

    def within(self, places: Places) -> NDArray[np.bool_]:
        """Return which cuts lie in some places as a whole (c,)."""
        inside = np.zeros(len(self.municipality), dtype=bool)
        inside[places] = True
        return np.asarray(inside[self.triples].all(axis=1))

    def replaced(self, block: Places, found: "DualPrices") -> "DualPrices":
        """Return the duals with those of a block in their place; ``found`` counts from the block's first."""
        municipality = self.municipality.copy()
        municipality[block] = found.municipality
        kept = ~self.within(block)
        return DualPrices(
            municipality,
            np.concatenate((self.triples[kept], block[found.triples])),
            np.concatenate((self.cuts[kept], found.cuts)),
        )

    def reduced(self, members: Indices | Positions | Places, costs: Integers) -> Integers:
        """Return the reduced costs of offices (k,), cost units.

        Parameters
        ----------
        members
            Positions (k, size of the largest), padded with n.
        costs
            Cost units (k,).
        """
        y = np.append(self.municipality, 0)
        return np.asarray(costs - y[members].sum(axis=1) - self.of_cuts(members))

    def of_cuts(self, members: Indices | Positions | Places) -> Integers:
        """Return the sum of the duals of the cuts that hold each office (k,)."""
        if not len(self.cuts):
            return np.zeros(len(members), dtype=np.int64)
        return np.asarray(holding(members, self.triples, len(self.municipality)) @ self.cuts)


def holding(members: Indices | Positions | Places, triples: Places, many: int) -> sparse.csr_array:
    """Return which cuts hold each office (k, c): those of whose three it has two or more.

    Parameters
    ----------
    members
        Positions (k, size of the largest), padded with ``many``.
    triples
        The municipalities of each cut (c, 3).
    many
        Number of municipalities.
    """
    k, c = len(members), len(triples)
    row, column = np.nonzero(members < many)
    ones = np.ones(len(row), dtype=np.int64)
    inside = sparse.csr_array((ones, (row, members[row, column])), shape=(k, many))
    cut = np.repeat(np.arange(c), 3)
    of_cut = sparse.csr_array((np.ones(3 * c, dtype=np.int64), (triples.ravel(), cut)), shape=(many, c))
    shared = sparse.csr_array(inside @ of_cut)
    shared.data = (shared.data > 1).astype(np.int64)
    shared.eliminate_zeros()
    return shared


def block_duals(
    book: OfficeBook, block: Places, duals: DualPrices, budget: Budget, *, alone: bool
) -> DualPrices | None:
    """Return the best duals inside a block, counted from its first; ``None`` if the time is too short.

    Parameters
    ----------
    book
        The offices of the region.
    block
        Positions, ascending (b,).
    duals
        Of everybody.
    budget
        Time.
    alone
        Whether nothing is known outside the block: then those around it have their best duals too, of which the answer
        says nothing, and there are no cuts. Otherwise what is outside stays.
    """
    region = book.region
    reached = np.append(region.reached(block), False)
    listed = book.at(np.flatnonzero(reached))
    inside = np.zeros(len(region) + 1, dtype=bool)
    inside[block] = True
    free = reached if alone else inside
    padded = np.append(free[:-1], True)
    rows = padded[listed.members].all(axis=1) if alone else free[listed.members].any(axis=1)
    listed = listed.take(np.flatnonzero(rows))
    own = duals.within(block)
    outside = duals.municipality.copy()
    outside[free[:-1]] = 0
    fixed = DualPrices(outside, duals.triples[~own], duals.cuts[~own])
    position = np.where(free, np.cumsum(free) - 1, free.sum()).astype(np.int16)
    relaxation = CutRelaxation(
        CandidatePool(
            tuple(region.ids[i] for i in np.flatnonzero(free)),
            np.sort(position[listed.members], axis=1),
            fixed.reduced(listed.members, listed.costs),
            np.zeros(len(listed), dtype=bool),
        ),
        [] if alone else [(int(a), int(b), int(c)) for a, b, c in np.searchsorted(block, duals.triples[own])],
        budget,
    )
    found = relaxation.solve(duals.municipality[free[:-1]], 0 if alone else CUT_ROUNDS)
    if found is None:
        return None
    return DualPrices(found.municipality[inside[np.flatnonzero(free)]], found.triples, found.cuts)


@dataclass(eq=False)
class CutRelaxation:
    """The relaxation over the offices of a block, solved by column generation and cuts.

    Parameters
    ----------
    pool
        Offices (k,).
    triples
        Cuts to begin with.
    budget
        Time.
    """

    pool: CandidatePool
    triples: list[Triple]
    budget: Budget

    def __post_init__(self) -> None:
        """Know offices of one only."""
        self.sizes = (self.pool.members < len(self.pool.ids)).sum(axis=1)
        self.known = self.sizes == 1
        self.prohibitive = max(prohibitive_cost(self.pool), UNITS_PER_MINUTE)

    def solve(self, first: Integers, rounds: int) -> DualPrices | None:
        """Return the best duals; ``None`` if the time is too short.

        Parameters
        ----------
        first
            A first guess (m,), cost units.
        rounds
            How often cuts are added.
        """
        many = len(self.pool.ids)
        nothing = DualPrices(first, np.empty((0, 3), dtype=np.intp), np.empty(0, dtype=np.int64))
        self.join(nothing.reduced(self.pool.members, self.pool.costs) / np.maximum(1, self.sizes), FIRST * many)
        best: DualPrices | None = None
        for turn in range(rounds + 1):
            solved = self.priced_out()
            if solved is None:
                return best
            best, values = solved
            if turn < rounds:
                known = self.pool.take(np.flatnonzero(self.known))
                self.triples += violated(known, values, set(self.triples))
            if len(self.triples) == len(best.triples):
                return best
        return best

    def join(self, rank: NDArray[np.float64], many: int) -> None:
        """Make the offices known that come first."""
        self.known[np.argsort(rank, kind="stable")[:many]] = True

    def priced_out(self) -> tuple[DualPrices, NDArray[np.float64]] | None:
        """Return optimal duals with the cuts there are, and the share of each known office."""
        many, cuts = len(self.pool.ids), np.array(self.triples, dtype=np.intp).reshape(-1, 3)
        holds = holding(self.pool.members, cuts, many)
        while self.budget.lasts():
            rows = np.flatnonzero(self.known)
            relaxation = relax(
                self.pool.take(rows), holds[rows].toarray(), prohibitive=self.prohibitive, seconds=self.budget.left
            )
            if relaxation is None:
                return None
            whole = np.rint(relaxation.duals * UNITS_PER_MINUTE).astype(np.int64)
            duals = DualPrices(whole[:many], cuts, np.minimum(0, whole[many : many + len(cuts)]))
            y = np.append(duals.municipality, 0)
            reduced = self.pool.costs - y[self.pool.members].sum(axis=1) - holds @ duals.cuts
            short = np.flatnonzero((reduced < CONTENT) & ~self.known)
            if not len(short):
                return duals, relaxation.values
            self.known[short[np.argsort(reduced[short], kind="stable")[: ROUND * many]]] = True
        return None


@dataclass(frozen=True, eq=False)
class BlockProof:
    """What the offices hosted in a block say of the duals.

    Parameters
    ----------
    lacking
        Sum over the hosts of the block of the least reduced cost of their offices, none positive, cost units.
    promising
        The offices of smallest reduced cost, and those of one.
    """

    lacking: int
    promising: OfficeList


def block_proof(book: OfficeBook, block: Places, duals: DualPrices, promising: int) -> BlockProof:
    """Return what the offices at the hosts of a block take from the bound, and the most promising of them.

    Parameters
    ----------
    book
        The offices of the region.
    block
        Positions, ascending.
    duals
        Of everybody.
    promising
        How many shared offices a municipality are wanted.
    """
    listed = book.at(block)
    reduced = duals.reduced(listed.members, listed.costs)
    least = np.zeros(len(block), dtype=np.int64)
    np.minimum.at(least, np.searchsorted(block, listed.members[:, 0]), reduced)
    shared = (listed.members < len(book.region)).sum(axis=1) > 1
    rows = np.flatnonzero(shared)
    rows = rows[np.argsort(reduced[rows], kind="stable")[: promising * len(block)]]
    rows = np.sort(np.concatenate((np.flatnonzero(~shared), rows)))
    return BlockProof(int(least.sum()), listed.take(rows))
