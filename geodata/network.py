"""The road and ferry graph: load it, change it.

Nodes are administrative centres (``"C"`` + kommunenummer), junctions and quays; edges are roads and car
ferries between them, with the minutes of a car on an ordinary day; in both directions, but for roads of the user's own
(`geodata.roads.own`), where each edge has one. Ferries count the sailing and a mean wait. The few links that close in
winter are of kind ``road_seasonal`` or ``ferry_seasonal``; they are in the graph, but no travel time or neighbour uses
them until `change` makes them ordinary.
"""

from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx
import pandas as pd

from geodata import editions
from geodata.faults import DataError, DataFault, near
from geodata.municipalities import correspondence, numbers_in

if TYPE_CHECKING:
    RoadGraph: TypeAlias = nx.Graph[str]
else:
    RoadGraph = nx.Graph
"""With directions it is a ``DiGraph``, which is one too."""

SEASONAL = frozenset({"road_seasonal", "ferry_seasonal"})
FERRIES = frozenset({"ferry", "ferry_seasonal"})

TERMINAL_MIN = 1.5
"""Minutes at each end of a journey, in the edge that ends at a centre."""


def centre_node(kommunenummer: str) -> str:
    """Return the graph node of a municipality's administrative centre."""
    return f"C{kommunenummer}"


def load(edition: str = editions.DEFAULT_EDITION, folder: Path | None = None) -> RoadGraph:
    """Load the graph with the centres of an edition.

    Parameters
    ----------
    edition : str
        ``"2024"`` or ``"2020"``. The roads are the same: those of 2016 with the large links opened since. ``"own"``
        has none.
    folder : Path, optional
        Where ``road-nodes.csv`` and ``road-edges.csv`` are; the embedded ones without.

    Returns
    -------
    networkx.Graph
        Node attributes ``x``, ``y`` (m, EPSG:25833), ``lon``, ``lat`` (degrees), ``kind`` (centre,
        junction, quay), ``name``, ``kommunenummer`` (centres; else empty), ``ground`` (number of the
        municipality on whose ground it lies; empty abroad). Edge attributes ``minutes``,
        ``km``, ``kind`` (road, ferry, road_seasonal, ferry_seasonal), ``road_class``, ``ref`` (road
        number or name of the ferry), ``sailing_min``, ``wait_min`` (ferries; else 0), ``source`` (egm,
        hand, connector). Seasonal edges are in, but not used. The embedded graph is read once and shared, so it is
        frozen; `change` gives a copy.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    if edition == editions.OWN:
        return _nothing()
    name = editions.get(edition).name
    return _embedded(name, editions.DATA) if folder is None else _graph(name, folder)


@cache
def _nothing() -> RoadGraph:
    graph: RoadGraph = nx.freeze(nx.Graph(edition=editions.OWN, closed_in_winter={}))
    return graph


@cache
def _embedded(name: str, folder: Path) -> RoadGraph:
    graph: RoadGraph = nx.freeze(_graph(name, folder))
    return graph


def _graph(name: str, folder: Path) -> RoadGraph:
    nodes = _read(folder / "road-nodes.csv", ("x", "y", "lon", "lat"))
    edges = _read(folder / "road-edges.csv", ("minutes", "km", "sailing_min", "wait_min"))
    if name == "2020":
        nodes, edges = _renumber(nodes, edges)
    graph: RoadGraph = nx.Graph(edition=name)
    graph.add_nodes_from(zip(nodes.pop("id"), _records(nodes), strict=True))
    graph.add_edges_from(zip(edges.pop("u"), edges.pop("v"), _records(edges), strict=True))
    graph.graph["closed_in_winter"] = seasonal_links(graph)
    return graph


def change(
    graph: RoadGraph,
    *,
    road_factor: float = 1.0,
    ferry_factor: float = 1.0,
    seasonal: bool | Collection[str] = False,
    closed: Collection[str] = (),
) -> RoadGraph:
    """Return a changed copy: slower roads or ferries, links closed.

    Parameters
    ----------
    graph : networkx.Graph
        As from `load`; left as it is.
    road_factor, ferry_factor : float
        Minutes on every road, or ferry (wait included), times this.
    seasonal : bool or collection of str
        Open the links that are closed in winter, all or those of these names (as in `seasonal_links`, upper or
        lower case); the others are taken out.
    closed : collection of str
        Names of ferries or structures (the ``ref`` of edges, upper or lower case) to take out.

    Raises
    ------
    DataError
        If a factor is not above zero or a name is unknown, with the names nearest to it.
    """
    faults = [
        DataFault(name, f"{factor} is not a number above zero")
        for name, factor in (("road_factor", road_factor), ("ferry_factor", ferry_factor))
        if not 0 < factor < float("inf")
    ]
    wanted = () if isinstance(seasonal, bool) else seasonal
    faults += _unknown("closed", "ferry or fixed link", closed, named_links(graph))
    faults += _unknown("seasonal", "road or ferry closed in winter", wanted, seasonal_links(graph))
    if faults:
        raise DataError(faults)
    shut = {_folded(ref) for ref in closed}
    opened = {_folded(ref) for ref in (seasonal_links(graph) if seasonal is True else wanted)}
    winter = sorted(ref for ref in {*closed_in_winter(graph), *seasonal_links(graph)} if _folded(ref) not in opened)
    changed: RoadGraph = type(graph)(**(graph.graph | {"seasonal": bool(opened), "closed_in_winter": winter}))
    changed.add_nodes_from((node, dict(data)) for node, data in graph.nodes(data=True))
    for u, v, data in graph.edges(data=True):
        if (data["kind"] in SEASONAL and _folded(data["ref"]) not in opened) or _folded(data["ref"]) in shut:
            continue
        timed = ("minutes", "sailing_min", "wait_min") if data["kind"] in FERRIES else ("minutes",)
        factor = ferry_factor if data["kind"] in FERRIES else road_factor
        changed.add_edge(u, v, **(data | {name: data[name] * factor for name in timed}))
    return changed


def open_edges(graph: RoadGraph) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the edges that may be used: without the seasonal ones, unless `change` opened them."""
    seasonal = graph.graph.get("seasonal", False)
    for u, v, data in graph.edges(data=True):
        if seasonal or data["kind"] not in SEASONAL:
            yield u, v, data


def both_ways(graph: RoadGraph) -> RoadGraph:
    """Return a graph without directions: a road driven in one of them leads in both, in the minutes of the faster."""
    if not graph.is_directed():
        return graph
    found: RoadGraph = nx.Graph(**graph.graph)
    found.add_nodes_from(graph.nodes(data=True))
    for u, v, data in graph.edges(data=True):
        if not found.has_edge(u, v) or data["minutes"] < found.edges[u, v]["minutes"]:
            found.add_edge(u, v, **data)
    return found


def is_abroad(data: dict[str, Any]) -> bool:
    """Tell whether an edge, given its attributes, lies in Sweden, Finland or Russia."""
    return str(data["road_class"]).endswith("_abroad")


def named_links(graph: RoadGraph) -> list[str]:
    """Return the names of the ferries and large structures in the graph, sorted; no road numbers."""
    refs = {data["ref"] for _, _, data in graph.edges(data=True)}
    return sorted(ref for ref in refs if ref and not any(letter.isdigit() for letter in ref))


def seasonal_links(graph: RoadGraph) -> list[str]:
    """Return the names of the roads and ferries in the graph that are closed in winter, sorted."""
    return sorted({data["ref"] for _, _, data in graph.edges(data=True) if data["kind"] in SEASONAL})


def closed_in_winter(graph: RoadGraph) -> list[str]:
    """Return the names of the links that are not used, because they are closed in winter; sorted."""
    return list(graph.graph["closed_in_winter"])


def _folded(ref: str) -> str:
    return ref.strip().casefold()


def _unknown(setting: str, what: str, names: Collection[str], known: list[str]) -> list[DataFault]:
    """Return a fault for each name that is none of the known."""
    folded = {_folded(ref) for ref in known}
    return [
        DataFault(
            setting,
            f"no {what} is called {ref!r}",
            near(ref, known) or (f"for instance {known[0]}" if known else "there are none"),
        )
        for ref in names
        if _folded(ref) not in folded
    ]


def _read(path: Path, numbers: tuple[str, ...]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    for column in numbers:
        table[column] = table[column].replace("", "0").astype(float)
    return table


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row as attributes of its own."""
    columns = [str(name) for name in table.columns]
    values = zip(*(table[name].tolist() for name in columns), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in values]


def _renumber(nodes: pd.DataFrame, edges: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give centres and ground their numbers of 2020; the centre of Haram becomes a junction."""
    table = correspondence()
    ground = dict(zip(table["kommunenummer_2024"], table["kommunenummer_2020"], strict=True)) | {"": ""}
    old = numbers_in("2020")
    is_centre = nodes["kind"] == "centre"
    renamed = {
        node: centre_node(old[number]) if number in old else f"J{node}"
        for node, number in zip(nodes.loc[is_centre, "id"], nodes.loc[is_centre, "kommunenummer"], strict=True)
    }

    def current(node: str) -> str:
        return renamed.get(node, node)

    nodes = nodes.assign(
        id=nodes["id"].map(current),
        kommunenummer=nodes["kommunenummer"].map(lambda number: old.get(number, "")),
        ground=nodes["ground"].map(ground),
    )
    nodes.loc[is_centre & (nodes["kommunenummer"] == ""), "kind"] = "junction"
    return nodes, edges.assign(u=edges["u"].map(current), v=edges["v"].map(current))
