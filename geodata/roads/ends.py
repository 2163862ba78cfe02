"""The two ends of a link, as people name them: a municipality, a quay, or a position."""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geodata.faults import near
from geodata.network import RoadGraph, centre_node

EARTH_KM = 6371.0088
"""Mean radius of the earth."""
NEAR_KM = 5.0
"""Farthest that a position may be from the junction or quay that is meant by it."""
NORWAY: Final = ((57.0, 72.0), (4.0, 32.0))
"""Least and greatest latitude, and longitude, of a position that can be meant by the embedded roads."""
EARTH: Final = ((-90.0, 90.0), (-180.0, 180.0))
"""The same by roads of the user's own."""
_POSITION: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*")


class EndError(ValueError):
    """Nothing of the graph is called so, or several things are.

    Parameters
    ----------
    what : str
        What was found.
    hint : str
        What may have been meant; may be empty.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def is_position(end: str) -> bool:
    """Return whether a text has the form of a position, ``"59.07, 5.41"``: latitude, longitude."""
    return _POSITION.fullmatch(end) is not None


def quays(graph: RoadGraph) -> dict[str, str]:
    """Return the names of the quays by themselves in small letters."""
    names = (data["name"] for _, data in graph.nodes(data=True) if data["kind"] == "quay")
    return {name.casefold(): name for name in sorted(names)}


def nodes_of(graph: RoadGraph, end: str) -> frozenset[str]:
    """Return every node that an end may mean: those on a municipality's ground, quays of a name, one at a position.

    Parameters
    ----------
    graph : networkx.Graph
        As from `network.load`.
    end : str
        Number of a municipality, name of a quay, or a position.

    Raises
    ------
    EndError
        If there is none.
    """
    if is_position(end):
        return frozenset([nearest(graph, end)])
    ground = frozenset(node for node, data in graph.nodes(data=True) if data["ground"] == end)
    if ground:
        return ground
    name = end.strip().casefold()
    found = frozenset(
        node for node, data in graph.nodes(data=True) if data["kind"] == "quay" and data["name"].casefold() == name
    )
    if not found:
        raise EndError(f"no municipality or quay is called {end!r}", near(end, quays(graph).values()))
    return found


def node_of(graph: RoadGraph, end: str) -> str:
    """Return the one node at which a link ends: of a municipality its centre.

    Raises
    ------
    EndError
        If there is none, or several quays have the name.
    """
    if centre_node(end) in graph:
        return centre_node(end)
    first, *others = sorted(nodes_of(graph, end))
    if others:
        raise EndError(f"{len(others) + 1} quays are called {end!r}", "give the position: latitude, longitude")
    return first


def nearest(graph: RoadGraph, end: str) -> str:
    """Return the node nearest to a position.

    Raises
    ------
    EndError
        If it lies outside Norway, or is farther than `NEAR_KM` from every junction, quay and centre.
    """
    node, away = _nearest(graph, end)
    if away > NEAR_KM:
        what = f"{end!r} is {away:.1f} km from the nearest junction or quay; expected at most {NEAR_KM:g} km"
        raise EndError(what, "give a place on the road that the link joins")
    return node


def snap_km(graph: RoadGraph, end: str) -> float:
    """Return how far a position is from the node nearest to it, km along the great circle.

    Raises
    ------
    EndError
        If it lies outside Norway.
    """
    return _nearest(graph, end)[1]


def _nearest(graph: RoadGraph, end: str) -> tuple[str, float]:
    """Return the node nearest to a position, and how far it is, km."""
    match = _POSITION.fullmatch(end)
    latitude, longitude = (float(match[1]), float(match[2])) if match else (np.nan, np.nan)
    own = graph.graph.get("own", False)
    (south, north), (west, east) = EARTH if own else NORWAY
    if not (south <= latitude <= north and west <= longitude <= east):
        where = "nowhere on Earth" if own else "outside Norway"
        raise EndError(f"{end!r} lies {where}", 'expected latitude, longitude in degrees: "59.07, 5.41"')
    nodes = list(graph)
    away = great_circle_km([{"lon": longitude, "lat": latitude}], (graph.nodes[node] for node in nodes))
    first = int(away.argmin())
    return nodes[first], float(away[first])


def straight_km(graph: RoadGraph, u: str, v: str) -> float:
    """Return the km along the great circle between two nodes."""
    return float(great_circle_km([graph.nodes[u]], [graph.nodes[v]])[0])


def great_circle_km(start: Iterable[dict[str, float]], end: Iterable[dict[str, float]]) -> NDArray[np.float64]:
    """Return the km along great circles between places with ``lon`` and ``lat`` in degrees.

    Parameters
    ----------
    start, end : iterable of mapping
        As many places on either side, or one on one of them.
    """
    sides = [
        [np.array([place[axis] for place in side]) for axis in ("lon", "lat")] for side in (list(start), list(end))
    ]
    return haversine_km(*sides[0], *sides[1])


def haversine_km(
    lon1: NDArray[np.float64], lat1: NDArray[np.float64], lon2: NDArray[np.float64], lat2: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the km along great circles between places in degrees, by the haversine formula."""
    lon1, lat1, lon2, lat2 = (np.radians(axis) for axis in (lon1, lat1, lon2, lat2))
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)))
