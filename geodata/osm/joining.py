"""The network that one can drive round in: its largest part, without dead ends, contracted to junctions."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geodata.osm.pieces import Pieces
from geodata.osm.reading import Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Contracted:
    """A network of junctions.

    Attributes
    ----------
    edges : Pieces
        From junction to junction.
    dead_end_km : float
        Length of the dead ends that were left out.
    """

    edges: Pieces
    dead_end_km: float


def largest(pieces: Pieces) -> tuple[Bools, Ints]:
    """Find the largest part in which one can drive from anywhere to anywhere and back.

    Parameters
    ----------
    pieces : Pieces

    Returns
    -------
    in_it : numpy.ndarray of bool, shape (pieces,)
        The part of the greatest length, links closed in winter included.
    part : numpy.ndarray, shape (pieces,)
        Number of the part without regard to directions, for those that are not in it.
    """
    count = int(max(pieces.u.max(), pieces.v.max())) + 1
    ahead, back = np.isfinite(pieces.forward), np.isfinite(pieces.back)
    start = np.concatenate([pieces.u[ahead], pieces.v[back]]).astype(np.int32)
    end = np.concatenate([pieces.v[ahead], pieces.u[back]]).astype(np.int32)
    links = coo_array((np.ones(len(start), dtype=np.int8), (start, end)), shape=(count, count)).tocsr()
    _, strong = connected_components(links, connection="strong")
    _, weak = connected_components(links, connection="weak")
    inside = strong[pieces.u] == strong[pieces.v]
    km = np.bincount(strong[pieces.u][inside], weights=pieces.km[inside], minlength=1)
    in_it: Bools = inside & (strong[pieces.u] == int(km.argmax()))
    return in_it, weak[pieces.u].astype(np.int64)


def contracted(pieces: Pieces, nodes: int, kept: Ints, prunable: Bools, same: Ints) -> Contracted:
    """Contract a network to its junctions; no length is lost but that of dead ends, which is said.

    Parameters
    ----------
    pieces : Pieces
        In which one can drive from anywhere to anywhere.
    nodes : int
        Number of nodes; what ends above it ends at a barrier, and is a dead end that is left out.
    kept : numpy.ndarray
        Nodes that stay whatever meets there.
    prunable : numpy.ndarray of bool, shape (uses,)
        Uses whose dead ends are left out.
    same : numpy.ndarray, shape (uses,)
        What edges must have in common to become one.
    """
    gone, before = 0.0, -1
    while before != len(pieces):
        before = len(pieces)
        dead = _dead_ends(pieces, kept, prunable[pieces.use] | (np.maximum(pieces.u, pieces.v) >= nodes))
        gone += float(pieces.km[dead].sum())
        pieces = joined(pieces.select(~dead), kept, same)
    return Contracted(pieces, gone)


def _dead_ends(pieces: Pieces, kept: Ints, may_go: Bools) -> Bools:
    """Return which pieces only lead to a dead end, or round to where they began."""
    dead: Bools = may_go & (pieces.u == pieces.v)
    ends = _degrees(pieces, ~dead)
    ends[kept] = 2
    while True:
        more = ~dead & may_go & ((ends[pieces.u] == 1) | (ends[pieces.v] == 1))
        if not more.any():
            return dead
        dead |= more
        ends -= _degrees(pieces.select(more), np.ones(int(more.sum()), dtype=bool), len(ends))
        ends[kept] = 2


def _degrees(pieces: Pieces, which: Bools, count: int = 0) -> Ints:
    """Return how many of some pieces end at each node; one that leads round ends twice."""
    count = count or int(max(pieces.u.max(initial=0), pieces.v.max(initial=0))) + 1
    return np.bincount(pieces.u[which], minlength=count) + np.bincount(pieces.v[which], minlength=count)


def joined(pieces: Pieces, kept: Ints, same: Ints) -> Pieces:
    """Return the pieces with those joined to one edge that follow one another with nothing between.

    Lengths, minutes and waits are summed in either direction.
    """
    if not len(pieces):
        return pieces
    partner = _partners(pieces, kept, same)
    chains = [*_chains(partner)]
    # What leads round without any junction begins somewhere all the same.
    seen = np.zeros(len(pieces), dtype=bool)
    for chain in chains:
        seen[[end >> 1 for end in chain]] = True
    for piece in np.flatnonzero(~seen):
        if not seen[piece]:
            partner[partner[2 * piece]], partner[2 * piece] = -1, -1
            chain = _walk(partner, 2 * int(piece))
            seen[[end >> 1 for end in chain]] = True
            chains.append(chain)
    return _summed(pieces, chains)


def _partners(pieces: Pieces, kept: Ints, same: Ints) -> list[int]:
    """Return the end that each end goes on to, -1 if it stops; the ends of piece k are 2k (at u) and 2k + 1 (at v)."""
    ends = np.column_stack([pieces.u, pieces.v]).ravel()
    order = np.argsort(ends, kind="stable")
    node = ends[order]
    first = np.append(True, node[1:] != node[:-1])
    degree = np.diff(np.append(np.flatnonzero(first), len(node)))
    start = np.flatnonzero(first)[degree == 2]
    one, other = order[start], order[start + 1]
    like = np.column_stack([same[pieces.use], pieces.seasonal])
    fits = (like[one >> 1] == like[other >> 1]).all(axis=1) & (one >> 1 != other >> 1) & ~np.isin(node[start], kept)
    partner = np.full(len(ends), -1)
    partner[one[fits]], partner[other[fits]] = other[fits], one[fits]
    found: list[int] = partner.tolist()
    return found


def _chains(partner: list[int]) -> list[list[int]]:
    """Return the ends by which each piece is entered, chain after chain; each chain once, from its lower end."""
    chains = []
    for end, goes_on in enumerate(partner):
        if goes_on == -1:
            chain = _walk(partner, end)
            if chain[-1] ^ 1 >= end:
                chains.append(chain)
    return chains


def _walk(partner: list[int], end: int) -> list[int]:
    """Return the ends by which pieces are entered, from one end on until nothing follows."""
    chain = [end]
    while (following := partner[chain[-1] ^ 1]) != -1:
        chain.append(following)
    return chain


def _summed(pieces: Pieces, chains: list[list[int]]) -> Pieces:
    """Return an edge for each chain of pieces."""
    entered = np.array([end for chain in chains for end in chain])
    starts = np.cumsum([0, *(len(chain) for chain in chains)])
    piece, turned = entered >> 1, (entered & 1) == 1
    first, last = starts[:-1], starts[1:] - 1

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.add.reduceat(values, first))

    u = np.where(turned, pieces.v[piece], pieces.u[piece])[first]
    v = np.where(turned, pieces.u[piece], pieces.v[piece])[last]
    forward = total(np.where(turned, pieces.back[piece], pieces.forward[piece]))
    back = total(np.where(turned, pieces.forward[piece], pieces.back[piece]))
    km, sailing, wait = (total(values[piece]) for values in (pieces.km, pieces.sailing, pieces.wait))
    made = replace(pieces.select(piece[first]), u=u, v=v, km=km, sailing=sailing, wait=wait, forward=forward, back=back)
    against = ~np.isfinite(made.forward)
    return replace(
        made,
        u=np.where(against, made.v, made.u),
        v=np.where(against, made.u, made.v),
        forward=np.where(against, made.back, made.forward),
        back=np.where(against, made.forward, made.back),
    )
