"""The fastest way between two municipalities, part by part: roads and ferries with minutes, waits and km."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from geodata.network import FERRIES, RoadGraph, centre_node, is_abroad, open_edges
from geodata.traveltimes import as_matrix

EUROPEAN: Final = frozenset(["6", "8", "10", "12", "14", "16", "18", "39", "45", "69", "75", "105", "134", "136"])
"""Numbers of European roads in Norway. County roads can have the same number; they are of class ``secondary``."""
EUROPEAN_CLASSES: Final = frozenset({"motorway_4lane", "motorroad_2lane", "primary"})
TIE: Final = "connector"
"""Source of an edge that only ties a centre or a quay to the nearest road."""
NO_NODE: Final = -9999
"""What scipy calls the node before the first of a way."""


@dataclass(frozen=True)
class Edge:
    """A piece of a way as the graph has it.

    Attributes
    ----------
    nodes : tuple of str
        Its ends, in the direction of the way.
    data : dict
        Attributes of the graph's edge.
    """

    nodes: tuple[str, str]
    data: dict[str, Any]

    @property
    def key(self) -> frozenset[str]:
        """The edge in either direction."""
        return frozenset(self.nodes)

    @property
    def is_ferry(self) -> bool:
        """Whether it is sailed."""
        return self.data["kind"] in FERRIES


@dataclass(frozen=True)
class Stretch:
    """A stretch of a way along one road, or one crossing.

    Attributes
    ----------
    edges : tuple of Edge
        At least one, in the direction of the way.
    """

    edges: tuple[Edge, ...]

    @property
    def is_ferry(self) -> bool:
        """Whether it is a crossing by ferry."""
        return self.edges[0].is_ferry

    @property
    def name(self) -> str:
        """Number or name of the road, name of the ferry; empty for roads without."""
        return name_of(self._longest.data)

    @property
    def road_class(self) -> str:
        """Class of the road in the data, without whether it is abroad."""
        return str(self._longest.data["road_class"]).removesuffix("_abroad")

    @property
    def _longest(self) -> Edge:
        """The longest edge that is not only a tie to the road."""
        return max(self.edges, key=lambda edge: (edge.data["source"] != TIE, edge.data["km"]))

    @property
    def minutes(self) -> float:
        """Minutes of all of it, of a ferry with the wait."""
        return self._sum("minutes")

    @property
    def sailing_minutes(self) -> float:
        """Minutes from quay to quay; 0 on roads."""
        return self._sum("sailing_min")

    @property
    def wait_minutes(self) -> float:
        """Mean wait for the ferry; 0 on roads."""
        return self._sum("wait_min")

    @property
    def km(self) -> float:
        """Length."""
        return self._sum("km")

    @property
    def sources(self) -> tuple[str, ...]:
        """Where its edges are from, sorted."""
        return tuple(sorted({edge.data["source"] for edge in self.edges}))

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every node that it passes, both ends among them."""
        return (self.edges[0].nodes[0], *(edge.nodes[1] for edge in self.edges))

    def _sum(self, name: str) -> float:
        return math.fsum(edge.data[name] for edge in self.edges)


@dataclass(frozen=True)
class Way:
    """A way from one centre to another.

    Attributes
    ----------
    start, end : str
        Numbers of the municipalities.
    edges : tuple of Edge
        In the direction of the way; none from a municipality to itself.
    """

    start: str
    end: str
    edges: tuple[Edge, ...]

    @cached_property
    def parts(self) -> tuple[Stretch, ...]:
        """Stretches along one road, and crossings. The ties of centres and quays belong to the road that they join."""
        parts: list[list[Edge]] = []
        for edge in self.edges:
            if parts and _same_part(parts[-1], edge):
                parts[-1].append(edge)
            else:
                parts.append([edge])
        return tuple(Stretch(tuple(part)) for part in _ties_joined(parts))

    @property
    def minutes(self) -> float:
        """Minutes of all parts."""
        return math.fsum(edge.data["minutes"] for edge in self.edges)

    @property
    def km(self) -> float:
        """Length, sea legs included."""
        return math.fsum(edge.data["km"] for edge in self.edges)

    def reversed(self) -> "Way":
        """Return the way back over the same roads; with directions, the way itself if it was found against them."""
        edges = tuple(Edge((edge.nodes[1], edge.nodes[0]), edge.data) for edge in reversed(self.edges))
        return Way(self.end, self.start, edges)


class Ways:
    """The fastest ways from some municipalities to all others, computed at once.

    Parameters
    ----------
    graph : networkx.Graph
        As from `network.load` or changed.
    starts : iterable of str
        Numbers of municipalities with a centre in the graph.
    """

    def __init__(self, graph: RoadGraph, starts: Iterable[str]) -> None:
        self.graph = graph
        self.starts = {number: k for k, number in enumerate(dict.fromkeys(starts))}
        self._nodes = list(graph)
        self._at, matrix = as_matrix(graph)
        sources = [self._at[centre_node(number)] for number in self.starts]
        self._minutes, self._before = dijkstra(matrix, indices=sources, return_predecessors=True)

    def between(self, start: str, end: str) -> Way | None:
        """Return the fastest way, or ``None`` if there is none.

        Raises
        ------
        KeyError
            If the way was not to begin at `start`, or the graph has no centre for `end`.
        """
        row, node = self.starts[start], self._at[centre_node(end)]
        if not np.isfinite(self._minutes[row, node]):
            return None
        return Way(start, end, tuple(reversed([*self._backwards(row, node)])))

    def minutes_to(self, ends: Iterable[str]) -> NDArray[np.float64]:
        """Return the minutes from each start (rows) to some municipalities (columns); infinite without a way."""
        return np.asarray(self._minutes[:, [self._at[centre_node(end)] for end in ends]])

    def _backwards(self, row: int, node: int) -> Iterator[Edge]:
        while (before := int(self._before[row, node])) != NO_NODE:
            u, v = self._nodes[before], self._nodes[node]
            yield Edge((u, v), self.graph.edges[u, v])
            node = before


def name_of(data: Mapping[str, Any]) -> str:
    """Return the number or name of an edge, ``"E6"`` or ``"Bognes-Lødingen"``; empty without any."""
    ref = str(data["ref"])
    return f"E{ref}" if ref in EUROPEAN and data["road_class"] in EUROPEAN_CLASSES else ref


def connected_to(graph: RoadGraph, number: str) -> list[str]:
    """Return the municipalities that a municipality can reach at all, itself among them, sorted."""
    usable: RoadGraph = nx.Graph()
    usable.add_nodes_from(graph)
    usable.add_edges_from((u, v) for u, v, _ in open_edges(graph))
    reached = nx.node_connected_component(usable, centre_node(number))
    return sorted(graph.nodes[node]["kommunenummer"] for node in reached if graph.nodes[node]["kind"] == "centre")


def _same_part(part: list[Edge], edge: Edge) -> bool:
    """Return whether an edge goes on with the road of a part: one ferry is one part."""
    last = part[-1]
    if last.is_ferry or edge.is_ferry or is_abroad(last.data) != is_abroad(edge.data):
        return False
    if last.data["ref"] or edge.data["ref"]:
        return name_of(last.data) == name_of(edge.data)
    return bool(last.data["road_class"] == edge.data["road_class"])


def _ties_joined(parts: list[list[Edge]]) -> list[list[Edge]]:
    """Return the parts with those that only tie a centre or quay to a road joined to that road, if there is one."""
    joined: list[list[Edge]] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before is not None and not (before[0].is_ferry or part[0].is_ferry) and (_is_tie(part) or _is_tie(before)):
            joined[-1] = [*before, *part]
        else:
            joined.append(part)
    return joined


def _is_tie(part: list[Edge]) -> bool:
    return all(edge.data["source"] == TIE for edge in part)
