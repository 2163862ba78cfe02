"""What if the network changes: links that close or come, ferries that sail otherwise, roads that are slower.

Faults say where in what was asked they are: ``new_links.0.between`` is the ends of the first new link.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from geodata.faults import DataError, DataFault, near
from geodata.network import FERRIES, RoadGraph, centre_node
from geodata.roads.ends import EndError, node_of, nodes_of, straight_km
from geodata.traveltimes import TravelTimes

FASTEST_KMH = 130.0
"""No journey is faster than this along the straight line between its ends."""
DAY_MINUTES = 18 * 60
"""Of a ferry's day, for the interval between its departures."""
MOST_WAIT = 40.0
"""Longest mean wait, minutes: who has few departures goes by the timetable. The longest in the data, too."""
SCENARIO: Final = "scenario"
"""The source of an edge whose times a scenario has set; ``PLANNED`` of one that it has added."""
PLANNED: Final = "planned"
CLASSES: Final[Mapping[str, str]] = {
    "motorway": "motorway_4lane",
    "motor_road": "motorroad_2lane",
    "primary": "primary",
    "secondary": "secondary",
    "other": "local_or_connector",
}
"""Classes of road, and what the data calls them."""

Ends = tuple[str, str]
"""Two municipalities (numbers), quays (names) or positions (latitude, longitude)."""


@dataclass(frozen=True)
class ClosedLink:
    """Roads and ferries that lead directly from one end to the other, and are closed.

    Attributes
    ----------
    between : tuple of str
        The ends; of a municipality any place on its ground.
    road : str
        Only the road of this number, ``"6"`` or ``"E6"``; empty for all.
    """

    between: Ends
    road: str = ""


@dataclass(frozen=True)
class NewLink:
    """A bridge, tunnel, road or ferry that does not exist.

    Attributes
    ----------
    name : str
        As it shall be called.
    between : tuple of str
        The ends; of a municipality its centre, of a position the nearest junction or quay.
    minutes : float
        From end to end, of a ferry with the wait.
    km : float or None
        Length; the straight line without.
    kind : {"road", "ferry"}
    """

    name: str
    between: Ends
    minutes: float
    km: float | None = None
    kind: Literal["road", "ferry"] = "road"


@dataclass(frozen=True)
class FerryService:
    """How a ferry sails; ``None`` for what stays.

    Attributes
    ----------
    wait_minutes : float or None
        Mean wait.
    departures : float or None
        Departures a day in each direction, from which the wait follows (`wait_of`).
    sailing_minutes : float or None
        From quay to quay.
    """

    wait_minutes: float | None = None
    departures: float | None = None
    sailing_minutes: float | None = None


@dataclass(frozen=True)
class CorrectedPair:
    """Minutes between two municipalities that somebody knows better.

    Attributes
    ----------
    between : tuple of str
        Numbers.
    minutes : float
        From centre to centre.
    one_way : bool
        Whether only from the first to the second.
    """

    between: Ends
    minutes: float
    one_way: bool = False


def wait_of(departures: float) -> float:
    """Return the mean wait for a ferry, minutes: half of the interval in a day of 18 hours, `MOST_WAIT` at most.

    An assumption: people come at any time where it sails often, and by the timetable where it does not.
    """
    return min(DAY_MINUTES / departures / 2, MOST_WAIT)


def restricted(
    graph: RoadGraph,
    *,
    closed: Sequence[ClosedLink] = (),
    ferries: Mapping[str, FerryService] | None = None,
    class_factors: Mapping[str, float] | None = None,
) -> RoadGraph:
    """Return a copy in which links are closed, ferries sail otherwise and classes of road are slower.

    Parameters
    ----------
    graph : networkx.Graph
        As from `network.load`; left as it is.
    closed : sequence of ClosedLink
        To take out.
    ferries : mapping of str to FerryService
        By the name of the ferry, upper or lower case.
    class_factors : mapping of str to float
        Minutes on roads of a class (`CLASSES`), abroad too, times this.

    Raises
    ------
    DataError
        If there is no such link or ferry.
    """
    faults: list[DataFault] = []
    changed = graph.copy()
    gone = {edge for k, link in enumerate(closed) for edge in _closing(graph, k, link, faults)}
    changed.remove_edges_from(gone)
    services = {name.strip().casefold(): service for name, service in (ferries or {}).items()}
    faults += _unknown_ferries(graph, ferries or {})
    factors = {CLASSES[name]: factor for name, factor in (class_factors or {}).items()}
    for _, _, data in changed.edges(data=True):
        if data["kind"] in FERRIES:
            if service := services.get(data["ref"].casefold()):
                data.update(_sailing(data["sailing_min"], data["wait_min"], service))
        else:
            data["minutes"] *= factors.get(str(data["road_class"]).removesuffix("_abroad"), 1.0)
    if faults:
        raise DataError(faults)
    return changed


def extended(graph: RoadGraph, links: Sequence[NewLink]) -> RoadGraph:
    """Return a copy with new links, in both directions; where a faster one joins the ends already, nothing is added.

    Raises
    ------
    DataError
        If an end is nowhere, both are the same, or a link is shorter or faster than it can be.
    """
    faults: list[DataFault] = []
    changed = graph.copy()
    for k, link in enumerate(links):
        try:
            u, v = (node_of(graph, end) for end in link.between)
        except EndError as error:
            faults.append(DataFault(f"new_links.{k}.between", error.what, error.hint))
            continue
        straight = straight_km(graph, u, v)
        here = list(_impossible(f"new_links.{k}", (u, v), straight, link.minutes))
        if link.km is not None and link.km < straight:
            what = f"is {link.km:g}, but the straight line between the ends has {straight:.1f} km"
            here.append(DataFault(f"new_links.{k}.km", what, "leave it out for the straight line"))
        faults += here
        for way in ((u, v), (v, u)) if not here else ():
            if not changed.has_edge(*way) or changed.edges[way]["minutes"] > link.minutes:
                changed.add_edge(*way, **_edge(link, straight))
    if faults:
        raise DataError(faults)
    return changed


def corrected(times: TravelTimes, pairs: Sequence[CorrectedPair], graph: RoadGraph) -> TravelTimes:
    """Return travel times with the minutes of some pairs put right.

    Parameters
    ----------
    times : TravelTimes
        Of all municipalities that the pairs name.
    pairs : sequence of CorrectedPair
        Each direction of two municipalities at most once.
    graph : networkx.Graph
        Says where the centres are.

    Raises
    ------
    DataError
        If a pair is one municipality, faster than it can be, or given twice.
    """
    faults: list[DataFault] = []
    named: dict[Ends, int] = {}
    minutes = np.array(times.minutes)
    at = {number: position for position, number in enumerate(times.ids)}
    for k, pair in enumerate(pairs):
        a, b = pair.between
        u, v = centre_node(a), centre_node(b)
        faults += _impossible(f"pairs.{k}", (u, v), straight_km(graph, u, v), pair.minutes)
        for way in [(a, b)] if pair.one_way else [(a, b), (b, a)]:
            if named.setdefault(way, k) != k:
                faults.append(DataFault(f"pairs.{k}.between", "names a way that stands before", "keep one"))
                break
            minutes[at[way[0]], at[way[1]]] = round(pair.minutes, 2)
    if faults:
        raise DataError(faults)
    return TravelTimes(times.ids, minutes, times.source, times.own)


def _closing(graph: RoadGraph, k: int, link: ClosedLink, faults: list[DataFault]) -> Iterator[Ends]:
    """Yield the edges that a closing takes out; with none, a fault is found."""
    where = f"closed_links.{k}.between"
    try:
        one, other = (nodes_of(graph, end) for end in link.between)
    except EndError as error:
        faults.append(DataFault(where, error.what, error.hint))
        return
    if one == other:
        faults.append(DataFault(where, "both ends are the same", "name two"))
        return
    sides = (one, other), (other, one)
    direct = {(u, v): graph.edges[u, v]["ref"] for start, end in sides for u in start for v in graph[u] if v in end}
    wanted = re.sub(r"^[a-z. ]+(?=\d)", "", link.road.strip().casefold())
    found = [edge for edge, ref in direct.items() if not wanted or ref == wanted]
    if not found:
        of_road = f"road {link.road}" if link.road else "road or ferry"
        others = ", ".join(sorted({ref or "without a number" for ref in direct.values()}))
        beside = _beside(graph, one)
        hint = f"there are: {others}" if direct else f"from the first, links lead to {beside}"
        faults.append(DataFault(where, f"no {of_road} leads directly from one end to the other", hint))
    yield from found


def _beside(graph: RoadGraph, one: Iterable[str]) -> str:
    """Return to which municipalities links lead from some nodes: at most eight, with the names of their centres."""
    here = {graph.nodes[node]["ground"] for node in one}
    grounds = {graph.nodes[v]["ground"] for u in one for v in graph[u]} - here - {""}
    names = [f"{number} ({graph.nodes[centre_node(number)]['name']})" for number in sorted(grounds)]
    return ", ".join(names[:8]) or "no other municipality"


def _unknown_ferries(graph: RoadGraph, ferries: Iterable[str]) -> list[DataFault]:
    """Return a fault for each name that no ferry has."""
    known = sorted({data["ref"] for _, _, data in graph.edges(data=True) if data["kind"] in FERRIES and data["ref"]})
    folded = {name.casefold() for name in known}
    return [
        DataFault(
            f"ferries.{name}",
            f"no ferry is called {name!r}",
            near(name, known) or (f"for instance {known[0]}" if known else "there are none"),
        )
        for name in ferries
        if name.strip().casefold() not in folded
    ]


def _sailing(sailing: float, wait: float, service: FerryService) -> dict[str, object]:
    """Return the times of a ferry under another service."""
    sailing = sailing if service.sailing_minutes is None else service.sailing_minutes
    if service.departures is not None:
        wait = wait_of(service.departures)
    if service.wait_minutes is not None:
        wait = service.wait_minutes
    return {"sailing_min": sailing, "wait_min": wait, "minutes": sailing + wait, "source": SCENARIO}


def _impossible(where: str, ends: Ends, straight: float, minutes: float) -> Iterator[DataFault]:
    """Yield what cannot be about a way between two nodes."""
    if ends[0] == ends[1]:
        yield DataFault(f"{where}.between", "both ends are the same", "name two")
    elif minutes < straight / FASTEST_KMH * 60:
        least = straight / FASTEST_KMH * 60
        what = f"is {minutes:g}, but the straight line has {straight:.1f} km"
        hint = f"expected at least {least:.1f}, {FASTEST_KMH:g} km/h"
        yield DataFault(f"{where}.minutes", what, hint)


def _edge(link: NewLink, straight: float) -> dict[str, Any]:
    """Return the attributes of a new link."""
    ferry = link.kind == "ferry"
    return {
        "minutes": link.minutes,
        "km": straight if link.km is None else link.km,
        "kind": link.kind,
        "road_class": "ferry" if ferry else "primary",
        "ref": link.name,
        "sailing_min": link.minutes if ferry else 0.0,
        "wait_min": 0.0,
        "source": PLANNED,
    }
