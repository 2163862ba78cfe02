"""The roads and ferries from each municipality to its host, packed small for the scripts of a page."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx
import shapely

from geodata.roads.ways import Stretch, Way
from maps.pages.data import table
from maps.told.places.ways import part_name
from maps.told.texts import Words

NAMES: Final = ("id", "host", "minutes", "parts")
TOLERANCE_M: Final = 250.0
"""A drawn way leaves the junctions that it passes by no more than this, but at the ends of its parts."""
DECIMALS: Final = 4
"""Of a degree, in lines: eleven metres north, as the boundaries have."""
MINUTE_DECIMALS: Final = 1


def ways_data(words: Words, graph: "nx.Graph[str]", ways: Mapping[str, Way]) -> dict[str, Any]:
    """Return the ways from members to hosts.

    Parameters
    ----------
    words
        The language of names.
    graph
        Says where the nodes are.
    ways
        By member.

    Returns
    -------
    dict
        ``names``, and ``of``, a table of ways. Each part of a way is the place of its name in ``names``, its minutes,
        its line (`encoded`), and of a ferry the minutes of waiting.
    """
    names: dict[str, int] = {}
    rows = []
    for id_, way in sorted(ways.items()):
        parts = [_packed(graph, part, names.setdefault(_name(words, part), len(names))) for part in way.parts]
        rows.append((id_, way.end, round(way.minutes, MINUTE_DECIMALS), parts))
    return {"names": list(names), "of": table(NAMES, rows)}


def _name(words: Words, part: Stretch) -> str:
    return part_name(words, part.name, part.road_class, ferry=part.is_ferry)


def _packed(graph: "nx.Graph[str]", part: Stretch, name: int) -> list[object]:
    """Return a part as the scripts read it."""
    wait = [round(part.wait_minutes, MINUTE_DECIMALS)] if part.is_ferry else []
    return [name, round(part.minutes, MINUTE_DECIMALS), encoded(_places(graph, part)), *wait]


def _places(graph: "nx.Graph[str]", part: Stretch) -> list[tuple[float, float]]:
    """Return the longitudes and latitudes of the nodes that a drawn part needs."""
    nodes = [graph.nodes[node] for node in part.nodes]
    line = shapely.linestrings([(node["x"], node["y"]) for node in nodes])
    kept = {tuple(place) for place in shapely.get_coordinates(shapely.simplify(line, TOLERANCE_M)).tolist()}
    return [(node["lon"], node["lat"]) for node in nodes if (node["x"], node["y"]) in kept]


def encoded(places: Iterable[tuple[float, float]]) -> str:
    """Return a line as letters: differences of longitude and latitude, in as many groups of five bits as each needs.

    This form is known as encoded polyline, here with `DECIMALS` decimals and the longitude first: a difference is
    doubled, its bits turned where it is negative, and 63 added to each group; all groups but the last have 32 added.
    """
    letters: list[str] = []
    before = (0, 0)
    for place in places:
        here = (round(place[0] * 10**DECIMALS), round(place[1] * 10**DECIMALS))
        for difference in (here[0] - before[0], here[1] - before[1]):
            letters += _letters(difference)
        before = here
    return "".join(letters)


def _letters(difference: int) -> Iterable[str]:
    value = ~(difference << 1) if difference < 0 else difference << 1
    while value >= 32:
        yield chr((value & 31 | 32) + 63)
        value >>= 5
    yield chr(value + 63)
