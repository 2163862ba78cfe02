"""The way between two municipalities, and the weak spots of a network, each as one JSON object."""

import math
from collections.abc import Iterable
from typing import Any

from geodata.network import RoadGraph
from geodata.roads.ways import Stretch
from geodata.roads.weak import WeakSpot, oldest, weak_spots
from scenarios.answers.head import head
from scenarios.words import ways as words
from scenarios.words.names import Names
from scenarios.world.build import World
from scenarios.world.further.ways import Journey
from scenarios.world.plain import plain


def document(names: Names, world: World, found: Journey) -> dict[str, Any]:
    """Return a journey as one object; ``way`` is ``null`` where none leads."""
    way = found.way
    reached = dict(zip(("from", "to"), found.parts_of_network, strict=False))
    return {
        **head(world, interrupted=False),
        "from": {"number": found.start, "name": names[found.start]},
        "to": {"number": found.end, "name": names[found.end]},
        "minutes": finite(found.there),
        "minutes_back": finite(found.back),
        "minutes_are_of_the_way": not found.counts_other_minutes,
        "source": world.travel.source,
        "way": way
        and {
            "minutes": way.minutes,
            "km": way.km,
            "parts": [part_object(names, world.graph, part) for part in way.parts],
        },
        "weak_spots": [spot_object(names, one) for one in weak_spots(world.graph, way.edges)] if way else [],
        "oldest_source": plain(oldest(way.edges)) if way else None,
        "reached": reached or None,
    }


def of_network(names: Names, world: World, found: Iterable[tuple[WeakSpot, int]]) -> dict[str, Any]:
    """Return the weak spots of all journeys as one object, each with the number of journeys over it."""
    spots = [{**spot_object(names, one), "journeys": times} for one, times in found]
    return {**head(world, interrupted=False), "within_minutes": world.problem.limits.max_minutes, "weak_spots": spots}


def part_object(names: Names, graph: RoadGraph, part: Stretch) -> dict[str, Any]:
    """Return one part of a way."""
    return {
        "name": words.cells(names, graph, part)[0],
        "ref": part.name,
        "kind": "ferry" if part.is_ferry else "road",
        "road_class": part.road_class,
        "minutes": part.minutes,
        "sailing_min": part.sailing_minutes,
        "wait_min": part.wait_minutes,
        "km": part.km,
        "sources": part.sources,
        "grounds": [number for number in dict.fromkeys(graph.nodes[node]["ground"] for node in part.nodes) if number],
    }


def spot_object(names: Names, spot: WeakSpot) -> dict[str, Any]:
    """Return one weak spot."""
    return {**plain(spot), "sentence": words.spot(names, spot)}


def finite(minutes: float) -> float | None:
    """Return minutes, or nothing where there is no journey."""
    return minutes if math.isfinite(minutes) else None
