"""Roads and ferries of the user's own, as ``plankontor data roads`` writes them: a graph with directions."""

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Any, Final

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
from pyproj import Transformer

from geodata.editions import OPENSTREETMAP, OWN
from geodata.faults import DataError, DataFault
from geodata.network import FERRIES, RoadGraph, centre_node, seasonal_links
from geodata.osm.placing import degrees
from geodata.roads.plans import CLASSES
from geodata.roads.ways import TIE

NODES_FILE: Final = "road-nodes.csv"
EDGES_FILE: Final = "road-edges.csv"
FILES: Final = (NODES_FILE, EDGES_FILE)
"""Of a folder, or of a ``.zip`` of them; others in it are not read."""
HINT: Final = "name the folder that plankontor data roads writes"
SOURCES: Final = {OPENSTREETMAP: "roads of OpenStreetMap", OWN: "roads of your own"}
SHOWN: Final = 3
"""Rows of one fault that are named; of more, the count."""
NODE_TEXTS: Final = ("id", "kind", "name", "kommunenummer", "ground")
NODE_NUMBERS: Final = ("lon", "lat")
EDGE_TEXTS: Final = ("u", "v", "kind", "road_class", "ref", "source")
EDGE_NUMBERS: Final = ("km", "minutes", "sailing_min", "wait_min", "minutes_back")
TO_FERRY: Final = {"road_class": CLASSES["other"], "ref": ""}
"""What a road of no length to a ferry is."""
KINDS: Final = ("road", "ferry", "road_seasonal", "ferry_seasonal")


def read_roads(path: str | Path, municipalities: gpd.GeoDataFrame, needed: Collection[str]) -> RoadGraph:
    """Read a road and ferry graph.

    Parameters
    ----------
    path : str or Path
        A folder with ``road-nodes.csv`` and ``road-edges.csv``, or a ``.zip`` of them.
    municipalities : geopandas.GeoDataFrame
        All that there are, by number, with ``name_norwegian`` and ``centre``. Who has no centre in the graph is
        put beside it, without any road.
    needed : collection of str
        Numbers of those that must have a centre in it.

    Returns
    -------
    networkx.DiGraph
        As from `geodata.network.load`, but with directions; ``x`` and ``y`` on the plane of the municipalities. Of
        several edges between the same nodes the further ones begin at a node of their own, beside the first.

    Raises
    ------
    DataError
        With all that is wrong with it.
    """
    path = Path(path)
    nodes, edges = (_table(path, name) for name in FILES)
    faults = [*_wrong(path / NODES_FILE, nodes, NODE_TEXTS, NODE_NUMBERS)]
    faults += _wrong(path / EDGES_FILE, edges, EDGE_TEXTS, EDGE_NUMBERS)
    if not faults:
        faults += _contradictions(path, nodes, edges, [centre_node(id_) for id_ in needed])
    if faults:
        raise DataError(faults)
    whose = _whose(edges)
    graph: RoadGraph = nx.DiGraph(edition=municipalities.attrs.get("edition", ""), source=SOURCES[whose], own=whose)
    _add_nodes(graph, nodes, municipalities)
    for row in _records(edges[[*EDGE_TEXTS, *EDGE_NUMBERS]]):
        _add_edge(graph, row)
    graph.graph["closed_in_winter"] = seasonal_links(graph)
    return graph


def whose_roads(path: str | Path) -> str:
    """Return whose the roads of a folder, or of a ``.zip`` of it, are: ``"osm"`` or ``"own"``.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    return _whose(_table(Path(path), EDGES_FILE))


def _whose(edges: pd.DataFrame) -> str:
    return OPENSTREETMAP if edges["source"].isin([OPENSTREETMAP, TIE]).all() else OWN


def _table(path: Path, name: str) -> pd.DataFrame:
    """Return one of the two tables as text.

    Raises
    ------
    DataError
        If there is none, or it is none.
    """
    try:
        if path.is_dir():
            return _csv(path / name)
        with zipfile.ZipFile(path) as packed, packed.open(name) as file:
            return _csv(file)
    except FileNotFoundError:
        raise DataError(
            [DataFault(str(path), f"there is no {name} in it" if path.is_dir() else "there is no such folder", HINT)]
        ) from None
    except KeyError:
        raise DataError([DataFault(str(path), f"there is no {name} in it", HINT)]) from None
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        raise DataError([DataFault(str(path), "is no folder, nor a .zip of one", HINT)]) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise DataError([DataFault(str(path / name), f"is no table: {str(error).strip()}", HINT)]) from None


def _csv(file: Path | IO[bytes]) -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")


def _wrong(where: Path, table: pd.DataFrame, texts: Collection[str], numbers: Collection[str]) -> Iterator[DataFault]:
    """Yield missing columns and cells that are no numbers, and make numbers of the others."""
    if lost := [name for name in (*texts, *numbers) if name not in table]:
        yield DataFault(f"{where}:1", f"there is no column {', '.join(lost)}", HINT)
        return
    for name in texts:
        # A text that begins like a formula stands behind an apostrophe in our tables.
        table[name] = table[name].str.removeprefix("'")
    for name in numbers:
        values = pd.to_numeric(table[name], errors="coerce")
        least = -np.inf if name in NODE_NUMBERS else 0.0
        yield from _rows(
            where, table[name], values.isna() | (values < least), f"{name} is {{}}, not a number of zero or more"
        )
        table[name] = values


def _rows(where: Path, cells: "pd.Series[Any]", wrong: "pd.Series[bool]", what: str) -> Iterator[DataFault]:
    """Yield a fault for each of the first wrong cells of a column, with the count of the others."""
    at = np.flatnonzero(wrong)
    for row in at[:SHOWN]:
        yield DataFault(f"{where}:{row + 2}", what.format(repr(cells.iloc[row])), HINT)
    if len(at) > SHOWN:
        yield DataFault(str(where), f"{len(at) - SHOWN} more rows like these", HINT)


def _contradictions(
    path: Path, nodes: pd.DataFrame, edges: pd.DataFrame, needed: Collection[str]
) -> Iterator[DataFault]:
    """Yield what the tables say that cannot be."""
    yield from _rows(path / NODES_FILE, nodes["id"], nodes["id"].duplicated(), "the node {} stands here a second time")
    for side in ("u", "v"):
        yield from _rows(path / EDGES_FILE, edges[side], ~edges[side].isin(nodes["id"]), "there is no node {}")
    yield from _rows(
        path / EDGES_FILE, edges["kind"], ~edges["kind"].isin(KINDS), f"kind is {{}}, none of {', '.join(KINDS)}"
    )
    endless = np.isinf(edges["minutes"]) & np.isinf(edges["minutes_back"])
    yield from _rows(path / EDGES_FILE, edges["u"], endless, "the edge from {} leads in no direction")
    lost = [node.removeprefix(centre_node("")) for node in needed if node not in set(nodes["id"])]
    if lost:
        named = ", ".join(lost[:SHOWN]) + (f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else "")
        hint = "make them for this scenario: plankontor data roads EXTRACT.osm.pbf SCENARIO"
        yield DataFault(str(path), f"the roads have no centre for {named}", hint)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each row by the names of the columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _add_nodes(graph: RoadGraph, nodes: pd.DataFrame, municipalities: gpd.GeoDataFrame) -> None:
    """Add the nodes, and the centres that are not among them."""
    lon, lat = nodes["lon"].to_numpy(), nodes["lat"].to_numpy()
    x, y = Transformer.from_crs("EPSG:4326", municipalities.crs, always_xy=True).transform(lon, lat)
    table = nodes[[*NODE_TEXTS, *NODE_NUMBERS]].assign(x=x, y=y)
    graph.add_nodes_from((row.pop("id"), row) for row in _records(table))
    names, points = municipalities["name_norwegian"], municipalities["centre"]
    for id_, (away, north) in degrees(points).items():
        if centre_node(id_) not in graph:
            place = {"lon": away, "lat": north, "x": points[id_].x, "y": points[id_].y}
            graph.add_node(centre_node(id_), kind="centre", name=names[id_], kommunenummer=id_, ground=id_, **place)


def _add_edge(graph: RoadGraph, row: dict[str, Any]) -> None:
    """Add one row of the edges, in the directions in which it can be driven."""
    u, v, back = row.pop("u"), row.pop("v"), row.pop("minutes_back")
    if u == v:
        return  # it leads round to where it began
    if graph.has_edge(u, v) or graph.has_edge(v, u):
        beside = f"{u}+{graph.number_of_nodes()}"
        graph.add_node(beside, **graph.nodes[u] | {"kind": "junction", "name": "", "kommunenummer": ""})
        of_road = {name: row[name] for name in ("road_class", "ref")} if row["kind"] not in FERRIES else TO_FERRY
        tie = {"kind": "road", **of_road, "source": TIE}
        for one, other in ((u, beside), (beside, u)):
            graph.add_edge(one, other, **tie, km=0.0, minutes=0.0, sailing_min=0.0, wait_min=0.0)
        u = beside
    for one, other, minutes in ((u, v, row["minutes"]), (v, u, back)):
        if np.isfinite(minutes):
            graph.add_edge(one, other, **row | {"minutes": minutes})
