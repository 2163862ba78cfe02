"""Sentences about ways between municipalities, and about what is weak of their minutes."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

from geodata import accuracy
from geodata.network import RoadGraph
from geodata.roads.ways import Stretch
from geodata.roads.weak import Age, WeakSpot
from maps.told.places.ways import part_name
from scenarios.words.names import Names
from scenarios.world.further.ways import Journey

NAMED: Final = 10
"""Municipalities named in a sentence; of more, the number."""
PLACES: Final = 4
"""Municipalities named that a part of a way leads through."""
FACTOR_DECIMALS: Final = 2


def title(names: Names, found: Journey) -> str:
    """Return the line that names a journey, with the minutes and km of its way, or that there is none."""
    ends = {"start": named(names, found.start), "end": named(names, found.end)}
    if found.way:
        return names.text("way.title", **ends, minutes=names.minutes(found.way.minutes), km=km(names, found.way.km))
    if found.parts_of_network:
        return names.text("way.unreachable", **ends)
    return names.text("way.no_roads", **ends, there=counted(names, found.there), back=counted(names, found.back))


def after_the_way(names: Names, found: Journey) -> list[str]:
    """Return what else is to be said of a journey: other minutes of the scenario, or who can be reached at all."""
    if found.way is None:
        return [reach(names, *one) for one in zip((found.start, found.end), found.parts_of_network, strict=False)]
    there, back = counted(names, found.there), counted(names, found.back)
    if not found.counts_other_minutes:
        return [names.text("way.both") if there == back else names.text("way.back", back=back)]
    same = there == back
    return [names.text("way.counted_same", there=there) if same else names.text("way.counted", there=there, back=back)]


def reach(names: Names, number: str, reached: Sequence[str]) -> str:
    """Return who can be reached from a municipality."""
    others = [one for one in reached if one != number]
    if not others:
        return names.text("way.part_alone", name=named(names, number))
    many, listed = names.count("municipalities", len(others)), names.all_of(others, NAMED)
    return names.text("way.part_of_network", name=named(names, number), municipalities=many, names=listed)


def counted(names: Names, minutes: float) -> str:
    """Return minutes of the scenario; that there is no journey where they are infinite."""
    return names.minutes(minutes) if math.isfinite(minutes) else names.text("way.no_minutes")


def head(names: Names) -> tuple[str, ...]:
    """Return the headings of the table of parts."""
    return tuple(names.text(f"way.head_{column}") for column in ("part", "minutes", "sailing", "wait", "km", "places"))


def cells(names: Names, graph: RoadGraph, part: Stretch) -> tuple[str, ...]:
    """Return a row of the table of parts; sailing and waiting stand apart."""
    ferry = part.is_ferry
    return (
        part_name(names, part.name, part.road_class, ferry=ferry),
        names.number(part.minutes, 1),
        names.number(part.sailing_minutes, 1) if ferry else "",
        names.number(part.wait_minutes, 1) if ferry else "",
        km(names, part.km),
        places(names, graph, part),
    )


def places(names: Names, graph: RoadGraph, part: Stretch) -> str:
    """Return whose ground a part leads over, in its direction."""
    grounds = dict.fromkeys(graph.nodes[node]["ground"] for node in part.nodes)
    told = [names[number] if number else names.text("way.abroad") for number in grounds]
    return names.listed(told, PLACES)


def spot(names: Names, weak: WeakSpot) -> str:
    """Return one weak spot as a sentence."""
    name = weak.name or names.text("weak.nameless")
    where = names.text("weak.at", name=name, places=names.all_of(weak.grounds)) if weak.grounds else name
    figure = names.minutes(weak.figure) if weak.kind == "wait" else names.number(weak.figure, int(weak.kind == "tie"))
    return names.text(
        f"weak.{weak.kind}", name=where, figure=figure, minutes=names.minutes(weak.minutes), km=km(names, weak.km)
    )


def weak_lines(names: Names, spots: Iterable[WeakSpot], age: Age | None) -> list[str]:
    """Return the list of what is weak of a way, its oldest source last."""
    told = [spot(names, one) for one in spots]
    if age:
        told.append(old(names, age))
    return [names.text("weak.heading"), *(f"  {line}" for line in told or [names.text("weak.none")])]


def old(names: Names, age: Age) -> str:
    """Return how much rests on the oldest source."""
    source = names.text(f"weak.source_{age.source}")
    return names.text("weak.age", source=source, year=age.year, km=km(names, age.km), of=km(names, age.of_km))


def accuracy_line(names: Names, own_roads: str) -> str:
    """Return how good minutes of the graph are, which nobody knows of roads of the user's own (`World.own_roads`)."""
    if own_roads:
        return names.text("weak.accuracy_own")
    known = accuracy.held_out()
    low, high = (names.short(factor, FACTOR_DECIMALS) for factor in (known.low_factor, known.high_factor))
    return names.text("weak.accuracy", journeys=names.number(known.journeys), low=low, high=high)


def named(names: Names, number: str) -> str:
    """Return name and number of a municipality."""
    return f"{names[number]} ({number})"


def km(names: Names, value: float) -> str:
    """Return km with one decimal."""
    return names.number(value, 1)
