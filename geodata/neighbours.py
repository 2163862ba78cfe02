"""Who borders whom by road and ferry.

Definition. Two municipalities are neighbours when one can drive or sail from one centre to the other

- without leaving the *ground* of the two, the area inside their boundaries; or
- without entering the *territory* of a third, the part of the graph, points inside edges included, that is nearer
  to its centre than to any other (minutes; in a tie the smaller number wins). By road this counts only if the
  grounds of the two lie at most `APART_M` apart: farther, and it is somebody else's land that lies between.

Each rule alone would lose somebody. E6 from Stjørdal to Levanger is for a while nearer to the centre of Frosta, so
Levanger is a neighbour by ground; the roads from Stjørdal to Frosta lead across a corner of Levanger, far from
its centre, so Frosta is a neighbour by territory. Ground is known for nodes: a road is on the ground of the two if both
its ends are.

Roads through Sweden, Finland and Russia carry travel, but no neighbourhood: abroad is a third territory too.
Neighbours are so in both directions: in a graph with directions a road that is driven in one of them joins in both.

Why looking at single edges is enough for the second rule. Every node on a fastest way from a node to its nearest
centre has the same nearest centre, so a territory is connected and holds its centre. Whoever leaves an edge does so
at one of its ends, so a point inside an edge is nearest to a centre that is nearest to one of the two ends: an edge
between territories a and b never holds a piece of a third one. Hence a way within the two territories exists
exactly if some edge joins a node of a with a node of b. The fastest such way crosses over only once: up to
its first crossing edge (u, v) it takes at least the minutes from a to u, after it at least those from v to b,
so it costs ``minutes(a, u) + minutes(u, v) + minutes(v, b)`` at the best of these edges.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import geopandas as gpd
import networkx as nx
import pandas as pd
import shapely

from geodata import editions, traveltimes
from geodata.municipalities import numbers_in
from geodata.network import FERRIES, RoadGraph, both_ways, centre_node, is_abroad, open_edges

MANUAL_FILE = "links_manual.csv"
LINKS_FILE = "links-{}.csv"
"""Of an edition."""
COLUMNS = ["a", "b", "kind", "reason", "minutes"]

APART_M = 5_000.0
"""Neighbours by territory and road have grounds at most this far apart, so that fjords and narrow necks of land may lie
between, but no municipality that stays out of the office."""

Row: TypeAlias = tuple[str, str, str, str, float]
"""A link: the values of `COLUMNS`."""

Edge: TypeAlias = tuple[str, str, dict[str, Any]]
Around: TypeAlias = dict[str, list[tuple[str, float]]]
"""The nodes next to each node, with the minutes to them."""


def find(graph: RoadGraph, municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """List the pairs of neighbouring municipalities.

    Parameters
    ----------
    graph : networkx.Graph
        As from `network.load` or `network.change`.
    municipalities : geopandas.GeoDataFrame
        All municipalities with a territory, usually the whole edition, whoever takes part.

    Returns
    -------
    pandas.DataFrame
        `Links`: ``a`` < ``b`` (numbers); ``kind``: "road" if some way within the two needs no ferry, "ferry"
        if each does, "manual" for a link made by hand; ``reason`` (ferries on the fastest way within the two,
        or why a link was made by hand); ``minutes`` of the fastest way within the two (by hand: of the fastest
        way at all). Sorted by a, b. "Within the two" is within their territories, or for links by ground only,
        over their ground.
    """
    ids, graph = sorted(municipalities.index), both_ways(graph)
    territory = pd.DataFrame(_by_territory(graph, ids), columns=COLUMNS)
    one, other = (municipalities.geometry.loc[territory[side]].to_numpy() for side in ("a", "b"))
    territory = territory[territory["kind"].eq("ferry") | shapely.dwithin(one, other, APART_M)]
    known = set(zip(territory["a"], territory["b"], strict=True))
    ground = pd.DataFrame(_by_ground(graph, ids, known), columns=COLUMNS).astype(territory.dtypes)
    links = pd.concat([territory, ground], ignore_index=True)
    return _by_hand(links, graph, ids, str(municipalities.attrs.get("edition", "")))


def embedded(edition: str = editions.DEFAULT_EDITION) -> pd.DataFrame:
    """Return the pairs of neighbours of an edition on an ordinary day, a copy for each who asks.

    They are kept beside the graph, from which `geodata.making.journeys` makes them as `find` does.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    return _found(edition).copy()


@cache
def _found(edition: str) -> pd.DataFrame:
    path = editions.DATA / LINKS_FILE.format(editions.get(edition).name)
    return pd.read_csv(path, dtype={"a": str, "b": str}, keep_default_na=False)


def _by_territory(graph: RoadGraph, ids: list[str]) -> list[Row]:
    """Return the links that lead through no third territory."""
    nearest = territories(graph, ids)
    best: dict[tuple[str, str], tuple[float, str, str]] = {}
    for u, v, data in _home_edges(graph):
        if u not in nearest or nearest[u].number == nearest[v].number:
            continue
        start, end = sorted((u, v), key=lambda node: nearest[node].number)
        pair = (nearest[start].number, nearest[end].number)
        way = (nearest[start].minutes + data["minutes"] + nearest[end].minutes, start, end)
        best[pair] = min(best.get(pair, way), way)
    dry = _dry_pairs(graph, nearest)
    rows = []
    for (a, b), (minutes, u, v) in best.items():
        nodes = [*reversed(_way_home(nearest, u)), *_way_home(nearest, v)]
        rows.append((a, b, "road" if (a, b) in dry else "ferry", _reason(graph, nodes), round(minutes, 2)))
    return rows


def _by_ground(graph: RoadGraph, ids: list[str], known: Collection[tuple[str, str]]) -> list[Row]:
    """Return the links over the ground of two municipalities, without the known ones."""
    ground = {node: str(data["ground"]) for node, data in graph.nodes(data=True)}
    edges = list(_home_edges(graph))
    crossed = {(min(a, b), max(a, b)) for a, b in ((ground[u], ground[v]) for u, v, _ in edges) if a != b}
    around, roads = _around(graph, edges), _around(graph, (edge for edge in edges if edge[2]["kind"] not in FERRIES))
    nodes: defaultdict[str, set[str]] = defaultdict(set)
    for node, number in ground.items():
        nodes[number].add(node)
    ways = {
        (a, b): _way(around, nodes[a] | nodes[b], centre_node(a), centre_node(b))
        for a, b in sorted(crossed - set(known))
        if a in ids and b in ids
    }
    rows = []
    for (a, b), way in ways.items():
        if way:
            minutes = math.fsum(graph.edges[step]["minutes"] for step in pairwise(way))
            dry = _way(roads, nodes[a] | nodes[b], way[0], way[-1])
            rows.append((a, b, "road" if dry else "ferry", _reason(graph, way), round(minutes, 2)))
    return rows


def _way(around: Around, inside: set[str], start: str, end: str) -> list[str]:
    """Return the nodes of the fastest way that stays inside; nothing if there is none."""
    queue = [(0.0, start, start)]
    before: dict[str, str] = {}
    while queue and end not in before:
        minutes, node, last = heapq.heappop(queue)
        if node not in before:
            before[node] = last
            for other, step in around[node]:
                if other in inside and other not in before:
                    heapq.heappush(queue, (minutes + step, other, node))
    way = [end] if end in before else []
    while way and way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]


class Nearest(NamedTuple):
    """The nearest centre of a node.

    Attributes
    ----------
    minutes : float
        To that centre.
    number : str
        Its municipality.
    before : str
        The next node on the way there; the centre's own node at the centre.
    """

    minutes: float
    number: str
    before: str


def territories(graph: RoadGraph, ids: Iterable[str]) -> dict[str, Nearest]:
    """Assign each node that can be reached to its nearest centre; the smaller number wins a tie.

    Roads abroad are not used. The result is what the module's text calls territories.
    """
    queue = [(0.0, number, centre_node(number), centre_node(number)) for number in ids]
    heapq.heapify(queue)
    around = _around(graph, _home_edges(graph))
    nearest: dict[str, Nearest] = {}
    while queue:
        minutes, number, node, before = heapq.heappop(queue)
        if node in nearest:
            continue
        nearest[node] = Nearest(minutes, number, before)
        for other, step in around[node]:
            if other not in nearest:
                heapq.heappush(queue, (minutes + step, number, other, node))
    return nearest


def _around(graph: RoadGraph, edges: Iterable[Edge]) -> Around:
    """Return what is next to each node by these edges."""
    around: Around = {node: [] for node in graph}
    for u, v, data in edges:
        around[u].append((v, data["minutes"]))
        around[v].append((u, data["minutes"]))
    return around


def _home_edges(graph: RoadGraph) -> Iterator[Edge]:
    """Yield the edges that may be used, without the roads abroad."""
    return (edge for edge in open_edges(graph) if not is_abroad(edge[2]))


def _dry_pairs(graph: RoadGraph, nearest: dict[str, Nearest]) -> set[tuple[str, str]]:
    """Return the pairs whose centres are joined by roads within their two territories."""
    roads = [
        (u, v) for u, v, data in _home_edges(graph) if data["kind"] not in FERRIES and u in nearest and v in nearest
    ]
    inside: RoadGraph = nx.Graph()
    inside.add_nodes_from(nearest)
    inside.add_edges_from((u, v) for u, v in roads if nearest[u].number == nearest[v].number)
    # A territory may fall into several pieces without its ferries.
    piece = {node: index for index, nodes in enumerate(nx.connected_components(inside)) for node in nodes}
    across: dict[tuple[str, str], nx.Graph[int]] = {}
    for u, v in roads:
        a, b = sorted((nearest[u].number, nearest[v].number))
        if a != b:
            across.setdefault((a, b), nx.Graph()).add_edge(piece[u], piece[v])
    return {
        (a, b)
        for (a, b), pieces in across.items()
        if {start := piece[centre_node(a)], end := piece[centre_node(b)]} <= set(pieces)
        and nx.has_path(pieces, start, end)
    }


def _way_home(nearest: dict[str, Nearest], node: str) -> list[str]:
    """Return the nodes from a node to its nearest centre."""
    way = [node]
    while nearest[way[-1]].before != way[-1]:
        way.append(nearest[way[-1]].before)
    return way


def _reason(graph: RoadGraph, way: list[str]) -> str:
    """Return which ferries a way takes, in words; nothing without one."""
    steps = [graph.edges[step] for step in pairwise(way)]
    ferries = [data["ref"] for data in steps if data["kind"] in FERRIES]
    return f"fastest by {', '.join(ferries)}" if ferries else ""


def _by_hand(links: pd.DataFrame, graph: RoadGraph, ids: list[str], edition: str) -> pd.DataFrame:
    """Apply ``links_manual.csv``: links that the graph shows and nobody would call one, or the reverse.

    A link is only added while there is a way at all.
    """
    table = pd.read_csv(editions.DATA / MANUAL_FILE, dtype=str, keep_default_na=False)
    number = numbers_in(edition)
    table["a"], table["b"] = table["a"].map(number), table["b"].map(number)
    table = table[table["a"].isin(ids) & table["b"].isin(ids)]
    known = {pair: index for index, pair in enumerate(zip(links["a"], links["b"], strict=True))}
    wanted, removed = [], []
    for first, second, what, reason in table[["a", "b", "change", "reason"]].itertuples(index=False):
        a, b = sorted((first, second))
        if what == "remove" and (a, b) in known:
            removed.append(known[a, b])
        elif what == "add" and (a, b) not in known:
            wanted.append((a, b, reason))
    times = traveltimes.from_graph(graph, sorted({number for a, b, _ in wanted for number in (a, b)}))
    added = [(a, b, "manual", reason, times.between(a, b)) for a, b, reason in wanted]
    added = [row for row in added if row[-1] != traveltimes.UNREACHABLE]
    links = pd.concat([links.drop(index=removed), pd.DataFrame(added, columns=COLUMNS).astype(links.dtypes)])
    return links.sort_values(["a", "b"], ignore_index=True)
