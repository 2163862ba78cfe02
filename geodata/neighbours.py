"""Who borders whom by road and ferry.

Definition. The territory of a municipality is the part of the graph, points inside edges included,
that is nearer to its centre than to any other (minutes; in a tie the smaller number wins). Two municipalities
are neighbours when one can drive or sail from one centre to the other without entering the territory of a third.

Roads through Sweden, Finland and Russia carry travel, but no neighbourhood: abroad is a third territory too.

Why looking at single edges is enough. Every node on a fastest way from a node to its nearest centre has the
same nearest centre, so a territory is connected and holds its centre. Whoever leaves an edge does so at one of its
ends, so a point inside an edge is nearest to a centre that is nearest to one of the two ends: an edge between
territories a and b never holds a piece of a third one. Hence a way within the two territories exists
exactly if some edge joins a node of a with a node of b. The fastest such way crosses over only once: up to
its first crossing edge (u, v) it takes at least the minutes from a to u, after it at least those from v to b,
so it costs ``minutes(a, u) + minutes(u, v) + minutes(v, b)`` at the best of these edges.
"""

import heapq
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import geopandas as gpd
import networkx as nx
import pandas as pd

from geodata import editions, traveltimes
from geodata.municipalities import correspondence
from geodata.network import FERRIES, RoadGraph, centre_node, is_abroad, open_edges

MANUAL_FILE = "links_manual.csv"
COLUMNS = ["a", "b", "kind", "reason", "minutes"]


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
        `Links`: ``a`` < ``b`` (numbers); ``kind``: "road" if some way within the two territories needs no
        ferry, "ferry" if each does, "manual" for a link made by hand; ``reason`` (ferries on the fastest
        way, or why a link was made by hand); ``minutes`` of the fastest way within the two territories
        (by hand: of the fastest way at all). Sorted by a, b.
    """
    ids = sorted(municipalities.index)
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
    for (a, b), (minutes, u, v) in sorted(best.items()):
        ferries = _ferries(graph, [*reversed(_way_home(nearest, u)), *_way_home(nearest, v)])
        kind = "road" if (a, b) in dry else "ferry"
        rows.append((a, b, kind, f"fastest by {', '.join(ferries)}" if ferries else "", round(minutes, 2)))
    return _by_hand(pd.DataFrame(rows, columns=COLUMNS), graph, ids, str(municipalities.attrs.get("edition", "")))


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
    around: dict[str, list[tuple[str, float]]] = {node: [] for node in graph}
    for u, v, data in _home_edges(graph):
        around[u].append((v, data["minutes"]))
        around[v].append((u, data["minutes"]))
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


def _home_edges(graph: RoadGraph) -> Iterator[tuple[str, str, dict[str, Any]]]:
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


def _ferries(graph: RoadGraph, way: list[str]) -> list[str]:
    """Return the names of the ferries along a way."""
    steps = [graph.edges[step] for step in pairwise(way)]
    return [data["ref"] for data in steps if data["kind"] in FERRIES]


def _by_hand(links: pd.DataFrame, graph: RoadGraph, ids: list[str], edition: str) -> pd.DataFrame:
    """Apply ``links_manual.csv``: links that the graph shows and nobody would call one, or the reverse.

    A link is only added while every ferry and structure that it ``needs`` is open and there is a way at all.
    """
    table = pd.read_csv(editions.DATA / MANUAL_FILE, dtype=str, keep_default_na=False)
    if edition == "2020":
        old = correspondence().drop_duplicates("kommunenummer_2020")
        number = dict(zip(old["kommunenummer_2024"], old["kommunenummer_2020"], strict=True))
        table["a"], table["b"] = table["a"].map(number), table["b"].map(number)
    table = table[table["a"].isin(ids) & table["b"].isin(ids)]
    known = {pair: index for index, pair in enumerate(zip(links["a"], links["b"], strict=True))}
    times = traveltimes.from_graph(graph, sorted({*table["a"], *table["b"]}))
    usable = {data["ref"] for _, _, data in open_edges(graph)}
    added, removed = [], []
    for first, second, what, needs, reason in table[["a", "b", "change", "needs", "reason"]].itertuples(index=False):
        a, b = sorted((first, second))
        if what == "remove" and (a, b) in known:
            removed.append(known[a, b])
        elif what == "add" and (a, b) not in known and usable.issuperset(_names(needs)):
            minutes = times.between(a, b)
            if minutes != traveltimes.UNREACHABLE:
                added.append((a, b, "manual", reason, minutes))
    links = pd.concat([links.drop(index=removed), pd.DataFrame(added, columns=COLUMNS).astype(links.dtypes)])
    return links.sort_values(["a", "b"], ignore_index=True)


def _names(needs: str) -> list[str]:
    """Return the names in a cell of ``needs``; semicolons separate them."""
    return [name.strip() for name in needs.split(";") if name.strip()]
