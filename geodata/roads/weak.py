"""Where the minutes of a way are weak: assumed waits, links made by hand, long ties, odd speeds, old sources."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from geodata.network import TERMINAL_MIN, RoadGraph
from geodata.roads.ends import straight_km
from geodata.roads.plans import PLANNED, SCENARIO
from geodata.roads.ways import TIE, Edge, Way, name_of

WeakKind = Literal["wait", "hand", "planned", "scenario", "tie", "slow", "fast"]
"""What is weak: the wait of a ferry is assumed; a link was added by hand, or by the scenario; its times are the
scenario's; a centre or quay is far from the road that it is tied to; a road is unusually slow or fast."""
SOURCE_YEARS: Final[Mapping[str, int]] = {"egm": 2016, "hand": 2022}
"""Year of each source of roads and ferries: of what is known by hand, the latest."""
FAR_TIE_KM = 0.5
"""A tie over this much of a straight line is far."""
ODD_KMH: Final = (40.0, 96.0)
"""A road of at least `LONG_KM` that is driven slower, or faster, is odd: the speeds of all classes lie between them."""
LONG_KM = 2.0


@dataclass(frozen=True)
class WeakSpot:
    """One weakness of the minutes of a network.

    Attributes
    ----------
    kind : str
        As `WeakKind`.
    name : str
        Number or name of the road, name of the ferry; empty for roads without.
    grounds : tuple of str
        Numbers of the municipalities on whose ground its ends lie, each once; none abroad.
    minutes : float
        What the edge adds to a way.
    km : float
        Its length.
    figure : float
        Of a wait its minutes, of a tie the km of the straight line, of an odd road km/h; else 0.
    """

    kind: WeakKind
    name: str
    grounds: tuple[str, ...]
    minutes: float
    km: float
    figure: float = 0.0


@dataclass(frozen=True)
class Age:
    """How much of a way rests on its oldest source.

    Attributes
    ----------
    source : str
        Key of `SOURCE_YEARS`.
    year : int
        Of the source.
    km, of_km : float
        Length by it, and of all of it.
    """

    source: str
    year: int
    km: float
    of_km: float


def weak_spots(graph: RoadGraph, edges: Iterable[Edge]) -> list[WeakSpot]:
    """Return what is weak of some edges, in their order."""
    return [spot for edge in edges for spot in _of_edge(graph, edge)]


def weak_spots_used(graph: RoadGraph, ways: Iterable[Way]) -> list[tuple[WeakSpot, int]]:
    """Return what is weak of some ways, each edge once, with the number of ways over it, most used first."""
    times: Counter[frozenset[str]] = Counter()
    first: dict[frozenset[str], Edge] = {}
    for way in ways:
        times.update(edge.key for edge in way.edges)
        first.update({edge.key: edge for edge in way.edges if edge.key not in first})
    found = [(spot, times[key]) for key, edge in first.items() for spot in _of_edge(graph, edge)]
    return sorted(found, key=lambda one: (-one[1], one[0].kind, one[0].name, one[0].grounds))


def oldest(edges: Iterable[Edge]) -> Age | None:
    """Return how much of some edges rests on the oldest source; ``None`` if no source of theirs has a year."""
    km: Counter[str] = Counter()
    for edge in edges:
        km[edge.data["source"]] += edge.data["km"]
    dated = [source for source in km if source in SOURCE_YEARS]
    if not dated:
        return None
    first = min(dated, key=lambda source: (SOURCE_YEARS[source], source))
    return Age(first, SOURCE_YEARS[first], km[first], math.fsum(km.values()))


def _of_edge(graph: RoadGraph, edge: Edge) -> Iterator[WeakSpot]:
    """Yield what is weak of one edge."""
    data = edge.data
    by_scenario = data["source"] in {PLANNED, SCENARIO}
    if by_scenario or data["source"] == "hand":
        yield _spot(graph, edge, data["source"])
    if edge.is_ferry and not by_scenario:
        yield _spot(graph, edge, "wait", data["wait_min"])
    if data["source"] == TIE and (straight := straight_km(graph, *edge.nodes)) >= FAR_TIE_KM:
        yield _spot(graph, edge, "tie", straight)
    if not edge.is_ferry and data["source"] != TIE and data["km"] >= LONG_KM:
        centres = sum(graph.nodes[node]["kind"] == "centre" for node in edge.nodes)
        kmh = data["km"] / (data["minutes"] - TERMINAL_MIN * centres) * 60
        slowest, fastest = ODD_KMH
        if kmh < slowest or kmh > fastest:
            yield _spot(graph, edge, "slow" if kmh < slowest else "fast", kmh)


def _spot(graph: RoadGraph, edge: Edge, kind: WeakKind, figure: float = 0.0) -> WeakSpot:
    data: dict[str, Any] = edge.data
    grounds = dict.fromkeys(graph.nodes[node]["ground"] for node in edge.nodes)
    name = name_of(data) or next((graph.nodes[node]["name"] for node in edge.nodes if graph.nodes[node]["name"]), "")
    return WeakSpot(kind, name, tuple(number for number in grounds if number), data["minutes"], data["km"], figure)
