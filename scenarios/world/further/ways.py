"""Which way leads from one municipality to another in the roads of a scenario, and which ways it uses at all."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np

from geodata.network import RoadGraph, centre_node
from geodata.roads.ways import Way, Ways, connected_to
from optimizer.grouping import Grouping
from scenarios.world.build import World

SAME_MINUTES: Final = 0.02
"""Minutes of a way and of the table that differ by no more are the same: each is rounded."""


@dataclass(frozen=True)
class Journey:
    """A journey between two municipalities.

    Attributes
    ----------
    start, end : str
        Their numbers.
    there, back : float
        Minutes that the scenario counts in each direction; infinite where there is no way.
    way : Way or None
        The fastest way by road and ferry; ``None`` without any.
    back_by_road : float
        Minutes of the fastest way back, which is the same unless roads have directions.
    parts_of_network : tuple of tuple of str
        Without a way: who can be reached from the start, and from the end; empty where there are no roads at all.
    """

    start: str
    end: str
    there: float
    back: float
    way: Way | None
    back_by_road: float = math.inf
    parts_of_network: tuple[tuple[str, ...], ...] = ()

    @property
    def counts_other_minutes(self) -> bool:
        """Whether the scenario counts other minutes than those of the way: by a table, or a pair put right."""
        if self.way is None:
            return True
        return max(abs(self.there - self.way.minutes), abs(self.back - self.back_by_road)) > SAME_MINUTES


def journey(world: World, start: str, end: str) -> Journey:
    """Return the journey between two municipalities of the edition."""
    there, back = world.travel.between(start, end), world.travel.between(end, start)
    if centre_node(start) not in world.graph:
        return Journey(start, end, there, back, None)
    ways = Ways(world.graph, [start, end])
    way, back_by_road = ways.between(start, end), float(ways.minutes_to([start])[1, 0])
    apart = () if way else tuple(tuple(connected_to(world.graph, number)) for number in (start, end))
    return Journey(start, end, there, back, way, back_by_road, apart)


def ways_to_hosts(graph: RoadGraph, plan: Grouping) -> dict[str, Way]:
    """Return the fastest way from each member of a plan to its host, by member; of those whom a road leads there."""
    hosts = sorted(set(plan.host_of.values()))
    if not hosts or centre_node(hosts[0]) not in graph:
        return {}
    ways = Ways(graph.reverse(copy=False) if isinstance(graph, nx.DiGraph) else graph, hosts)
    found = {id_: ways.between(host, id_) for id_, host in plan.host_of.items() if host != id_}
    return {id_: way.reversed() for id_, way in found.items() if way is not None}


def ways_used(world: World) -> list[Way]:
    """Return the fastest way of each pair that takes part and is within the longest journey; none without roads."""
    problem = world.problem
    active = [id_ for id_, joins in zip(problem.ids, problem.active, strict=True) if joins]
    if not active or centre_node(active[0]) not in world.graph:
        return []
    ways = Ways(world.graph, active)
    return list(_within(ways, active, problem.limits.max_minutes))


def _within(ways: Ways, ids: list[str], minutes: float) -> Iterable[Way]:
    """Yield the ways of at most so many minutes, each pair once."""
    found = ways.minutes_to(ids)
    for i, j in zip(*np.nonzero(np.triu(found <= minutes, 1)), strict=True):
        if way := ways.between(ids[i], ids[j]):
            yield way
