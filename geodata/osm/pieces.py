"""Ways cut at junctions into pieces, with lengths and minutes in both directions."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geodata.osm.reading import Floats, Ints, Streets
from geodata.roads.ends import haversine_km

CHUNK = 1 << 20
"""Stretches between nodes that are measured at a time, so that measuring needs little memory."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """Edges of a network, as arrays of one length.

    Attributes
    ----------
    u, v : numpy.ndarray
        Ends, positions of nodes; above the number of nodes for an end that a barrier makes.
    km : numpy.ndarray
        Length along all its nodes.
    forward, back : numpy.ndarray
        Minutes from u to v, and back, of ferries with the wait; infinite where it is not allowed.
    sailing, wait : numpy.ndarray
        Of ferries, minutes; else 0.
    use : numpy.ndarray
        Positions in the uses of the ways.
    seasonal : numpy.ndarray
        Whether it is closed in winter because of what stands on it.
    place : numpy.ndarray
        A node that it passes.
    """

    u: Ints
    v: Ints
    km: Floats
    forward: Floats
    back: Floats
    sailing: Floats
    wait: Floats
    use: Ints
    seasonal: NDArray[np.bool_]
    place: Ints

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.u)

    def select(self, which: NDArray[np.bool_] | Ints) -> "Pieces":
        """Return some of them."""
        return replace(self, **{name: getattr(self, name)[which] for name in self.__dataclass_fields__})


@dataclass(frozen=True, eq=False)
class Stretches:
    """Each two nodes that follow one another on a way, as arrays of one length.

    Attributes
    ----------
    a, b : numpy.ndarray
        Positions of the nodes.
    way : numpy.ndarray
        Position of the way.
    km : numpy.ndarray
    lost : int
        Stretches left out because the extract does not hold one of their nodes.
    """

    a: Ints
    b: Ints
    way: Ints
    km: Floats
    lost: int


def stretches(streets: Streets) -> Stretches:
    """Return the stretches between nodes, measured along great circles."""
    a, b = streets.nodes[:-1], streets.nodes[1:]
    within = np.ones(len(a), dtype=bool)
    within[streets.starts[1:-1] - 1] = False
    here = within & (a >= 0) & (b >= 0)
    way = np.repeat(np.arange(len(streets.use_of_way)), np.diff(streets.starts))[:-1][here]
    lost = int((within & ~here).sum())
    a, b = a[here], b[here]
    return Stretches(a, b, way, measured(streets, a, b), lost)


def measured(streets: Streets, a: Ints, b: Ints) -> Floats:
    """Return the km along great circles between nodes."""
    km = np.empty(len(a))
    for first in range(0, len(a), CHUNK):
        part = slice(first, first + CHUNK)
        one, other = a[part], b[part]
        km[part] = haversine_km(streets.lon[one], streets.lat[one], streets.lon[other], streets.lat[other])
    return km


def cut_at(streets: Streets, parts: Stretches, also: Ints) -> NDArray[np.bool_]:
    """Return at which stretches pieces begin: where ways meet or end, or something stands on them (stretches,).

    Parameters
    ----------
    streets : Streets
    parts : Stretches
        Of the same.
    also : numpy.ndarray
        Further nodes to cut at.
    """
    visits = np.bincount(streets.nodes[streets.nodes >= 0], minlength=len(streets.lon))
    cuts = (visits > 1) | streets.stops | streets.seasonal
    cuts[also] = True
    begins = np.ones(len(parts.a), dtype=bool)
    begins[1:] = cuts[parts.a[1:]] | (parts.way[1:] != parts.way[:-1]) | (parts.a[1:] != parts.b[:-1])
    return begins


def cut(streets: Streets, parts: Stretches, begins: NDArray[np.bool_]) -> Pieces:
    """Return the pieces that begin as `cut_at` says."""
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(begins)) - 1
    way = parts.way[first]
    km = np.add.reduceat(parts.km, first)
    u, v = parts.a[first].copy(), parts.b[last].copy()
    seasonal = streets.seasonal[u] | streets.seasonal[v]
    forward, back, sailing, wait = _minutes(streets, way, km, (u, v))
    # What nobody passes is an end of its own for each piece that leads to it.
    count = len(streets.lon)
    ends = np.concatenate([u, v])
    stopped = np.flatnonzero(streets.stops[ends])
    ends[stopped] = count + np.arange(len(stopped))
    u, v = ends[: len(u)], ends[len(u) :]
    return Pieces(u, v, km, forward, back, sailing, wait, streets.use_of_way[way], seasonal, parts.a[first])


def _minutes(streets: Streets, way: Ints, km: Floats, ends: tuple[Ints, Ints]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the minutes of pieces: forward, back, sailing, waiting.

    Half of the wait for a ferry is at each end where it meets a road, so a crossing that meets another one at sea is
    waited for once.
    """
    use = streets.use_of_way[way]
    ahead, back, wait, ferry = (
        np.array([getattr(one, name) for one in streets.uses], dtype=float)[use]
        for name in ("forward_kmh", "back_kmh", "wait_minutes", "is_ferry")
    )
    is_ferry = ferry > 0
    land = np.zeros(len(streets.lon), dtype=bool)
    for side in ends:
        land[side[~is_ferry]] = True
    wait = np.where(is_ferry, wait * (land[ends[0]].astype(float) + land[ends[1]]) / 2, 0.0)
    with np.errstate(divide="ignore"):
        forward_minutes, back_minutes = km / ahead * 60, km / back * 60
    sailing = np.where(is_ferry, np.minimum(forward_minutes, back_minutes), 0.0)
    crossing = streets.crossing[way]
    stated = crossing >= 0
    if stated.any():
        of_crossing = np.bincount(crossing[stated], weights=km[stated])
        minutes = np.array(streets.crossing_minutes)[crossing[stated]]
        sailing[stated] = minutes * km[stated] / of_crossing[crossing[stated]]
    forward = np.where(is_ferry, np.where(ahead > 0, sailing + wait, np.inf), forward_minutes)
    backward = np.where(is_ferry, np.where(back > 0, sailing + wait, np.inf), back_minutes)
    return forward, backward, sailing, wait
