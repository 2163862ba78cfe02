"""Check the road and ferry graph: lengths against geometry, speeds, ground, and minutes of near pairs."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata import accuracy, editions, municipalities, network, traveltimes
from geodata.making.loaded import Check, Loaded
from geodata.network import FERRIES, TERMINAL_MIN, RoadGraph, centre_node
from geodata.roads.ends import great_circle_km

SHORTER_KM = 0.05
"""An edge may be this much shorter than the great circle between its ends: coordinates and lengths are rounded."""

SPEEDS = (15.0, 110.0)
"""km/h of every road, slowest and fastest; ties to centres included, without `TERMINAL_MIN`."""

FERRY_SPEEDS = (8.0, 45.0)
"""km/h of every ferry while it sails; landing and leaving are in the sailing time of short crossings."""

GROUND_M = 1_500.0
"""A node lies this near the municipality whose ground it is on: quays stand off a simplified shore."""

NEAR_KM = 30.0
"""Two centres at most this far apart, along a great circle, are a near pair."""

CEILING = (30.0, 2.0)
"""A near pair takes at most so many minutes, plus so many a kilometre between the centres, or it is listed."""

SLOW_FILE = "slow-pairs.csv"
REASONS = frozenset({"fjord", "mountain", "sea"})


class Edges(NamedTuple):
    """The edges of a graph as arrays of one length.

    ``centres`` counts the ends at a centre.
    """

    km: NDArray[np.float64]
    straight_km: NDArray[np.float64]
    minutes: NDArray[np.float64]
    sailing_min: NDArray[np.float64]
    centres: NDArray[np.int64]
    ferry: NDArray[np.bool_]
    names: list[str]


def lengths(loaded: Loaded) -> Check:
    """No edge is shorter than the great circle between its ends."""
    edges = _edges(loaded.graph)
    margin = edges.km - edges.straight_km
    short = margin < -SHORTER_KM
    figures = (
        f"{int(short.sum())} of {len(margin)} shorter than the great circle by more than {SHORTER_KM} km; "
        f"the smallest margin is {margin.min():.3f} km"
    )
    return Check("roads at least as long as the straight line", not short.any(), figures + _named(edges, short))


def speeds(loaded: Loaded) -> Check:
    """No road is driven and no ferry sails slower or faster than stated; what rounding hides is allowed."""
    edges = _edges(loaded.graph)
    driven = np.where(edges.ferry, edges.sailing_min, edges.minutes - TERMINAL_MIN * edges.centres)
    slowest, fastest = (np.where(edges.ferry, FERRY_SPEEDS[i], SPEEDS[i]) for i in (0, 1))
    # Lengths are rounded to metres, minutes to hundredths.
    slow = edges.km + 0.0005 < slowest * (driven - 0.005) / 60
    fast = edges.km - 0.0005 > fastest * (driven + 0.005) / 60
    long = (edges.km > 1) & ~edges.ferry
    speed = edges.km[long] / driven[long] * 60
    sailing = edges.km[edges.ferry] / driven[edges.ferry] * 60
    figures = (
        f"{int((slow | fast).sum())} outside {SPEEDS[0]:.0f} to {SPEEDS[1]:.0f} km/h on roads (those above 1 km: "
        f"{speed.min():.0f} to {speed.max():.0f}) and {FERRY_SPEEDS[0]:.0f} to {FERRY_SPEEDS[1]:.0f} on ferries "
        f"({sailing.min():.0f} to {sailing.max():.0f})"
    )
    return Check("speeds of roads and ferries", not (slow | fast).any(), figures + _named(edges, slow | fast))


def ground(loaded: Loaded) -> Check:
    """Each node lies on or near the municipality whose ground it is said to be on."""
    nodes = [data for _, data in loaded.graph.nodes(data=True) if data["ground"]]
    points = shapely.points([data["x"] for data in nodes], [data["y"] for data in nodes])
    shapes = loaded.table.geometry.reindex([data["ground"] for data in nodes]).to_numpy()
    apart = np.nan_to_num(shapely.distance(points, shapes), nan=np.inf)
    outside = int((apart > 0).sum())
    figures = f"{outside} of {len(nodes)} nodes outside their municipality, the farthest by {apart.max():.0f} m"
    return Check("nodes on the ground of their municipality", bool(apart.max() <= GROUND_M), figures)


def near_pairs(loaded: Loaded) -> Check:
    """No pair is faster than the straight line; no near pair slower than the ceiling, but for those listed."""
    ids = list(loaded.table.index)
    minutes = traveltimes.from_graph(loaded.graph, ids).minutes
    at = [loaded.graph.nodes[centre_node(number)] for number in ids]
    first, second = np.triu_indices(len(ids), 1)
    straight = great_circle_km([at[i] for i in first], [at[j] for j in second])
    taken = minutes[first, second]
    fast = int((taken < straight / SPEEDS[1] * 60).sum())
    near = straight <= NEAR_KM
    slow = near & (taken > CEILING[0] + CEILING[1] * straight)
    found = {(ids[i], ids[j]) for i, j in zip(first[slow], second[slow], strict=True)}
    listed = _listed(loaded.edition.name)
    unknown, idle = sorted(found - set(listed)), sorted(set(listed) - found)
    kmh, km, (base, a_km) = SPEEDS[1], NEAR_KM, CEILING
    figures = (
        f"{fast} of {len(taken)} pairs faster than the straight line at {kmh:.0f} km/h; of {int(near.sum())} within "
        f"{km:.0f} km {len(found)} take more than {base:.0f} minutes and {a_km:.0f} a km, "
        f"{len(found) - len(unknown)} of them listed"
    )
    for word, pairs in (("not listed", unknown), ("listed, but not slow", idle)):
        figures += f"; {word}: {', '.join('-'.join(pair) for pair in pairs)}" if pairs else ""
    sound = not (fast or unknown or idle) and set(listed.values()) <= REASONS
    return Check("minutes of near pairs", sound, figures)


def held_out(_loaded: Loaded) -> Check:
    """Held-out journeys carry the minutes of the graph; the verdict tells their error."""
    table = accuracy.journeys()
    times = traveltimes.from_graph(network.load(), sorted({*table["from"], *table["to"]}))
    found = [times.between(*pair) for pair in zip(table["from"], table["to"], strict=True)]
    off = int((np.abs(table["graph_minutes"] - found) > 0.005).sum())
    error = accuracy.held_out()
    figures = (
        f"{error.journeys} journeys, mean error {error.mean_error:+.1%}, "
        f"mean absolute {error.mean_absolute_error:.1%} or {error.mean_absolute_minutes:.1f} minutes, "
        f"median {error.median_absolute_error:.1%}; "
        f"eight in ten take {error.low_factor:.2f} to {error.high_factor:.2f} times the graph's minutes"
    )
    return Check("journeys held out from tuning", not off, figures + (f"; {off} not as in the graph" if off else ""))


ROAD_CHECKS = (lengths, speeds, ground, near_pairs, held_out)


def _edges(graph: RoadGraph) -> Edges:
    rows = list(graph.edges(data=True))
    data = [row[2] for row in rows]
    return Edges(
        km=np.array([one["km"] for one in data]),
        straight_km=great_circle_km([graph.nodes[u] for u, _, _ in rows], [graph.nodes[v] for _, v, _ in rows]),
        minutes=np.array([one["minutes"] for one in data]),
        sailing_min=np.array([one["sailing_min"] for one in data]),
        centres=np.array([sum(_is_seat(graph.nodes[end]) for end in row[:2]) for row in rows]),
        ferry=np.array([one["kind"] in FERRIES for one in data]),
        names=[f"{u}-{v}" for u, v, _ in rows],
    )


def _is_seat(node: dict[str, Any]) -> bool:
    """Return whether a node stands for a centre: those have names, in 2020 that of Haram too, a junction then."""
    return bool(node["name"]) and node["kind"] != "quay"


def _listed(edition: str) -> dict[tuple[str, str], str]:
    """Return the pairs known to be slow, with the reason."""
    table = pd.read_csv(editions.DATA / SLOW_FILE, dtype=str, keep_default_na=False)
    number = municipalities.numbers_in(edition)
    pairs = [tuple(sorted((number[a], number[b]))) for a, b in zip(table["a"], table["b"], strict=True)]
    return dict(zip(((a, b) for a, b in pairs), table["reason"], strict=True))


def _named(edges: Edges, wrong: NDArray[np.bool_]) -> str:
    """Return the first of the wrong edges, for a verdict."""
    names = [edges.names[i] for i in np.flatnonzero(wrong)[:5]]
    return f": {', '.join(names)}" if names else ""
