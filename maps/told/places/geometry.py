"""Shapes for the page: polygons, borders between groups of them, roads; in degrees, few bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import networkx as nx
import numpy as np
import shapely
from numpy.typing import NDArray

PLANE: Final = "EPSG:25833"
DEGREES: Final = "EPSG:4326"
DECIMALS: Final = 4
"""Of a degree: eleven metres north, four to six east; the boundaries are drawn to some hundred metres."""

NEAR_M: Final = 3_000.0
"""Offices nearer to each other than this look adjacent, across a fjord too, and get different colours."""

MOST_CORNERS: Final = 80_000
"""Of all shapes on a page: they are most of its size."""
FINEST: Final = 8_000
"""The first tolerance is this part of the width or height of the map: half a pixel of a large screen."""
MOST_ROUNDS: Final = 20

MAIN_ROADS: Final = frozenset({"motorway_4lane", "motorroad_2lane", "primary"})
ROAD_TOLERANCE_M: Final = 400.0

Feature = dict[str, Any]


def feature(id_: str, shape: Any, **properties: object) -> Feature:
    """Return a GeoJSON feature of a shape in degrees."""
    return {"type": "Feature", "id": id_, "properties": properties, "geometry": shapely.geometry.mapping(shape)}


def collection(features: Sequence[Feature]) -> dict[str, Any]:
    """Return a GeoJSON feature collection."""
    return {"type": "FeatureCollection", "features": list(features)}


@dataclass(frozen=True, eq=False)
class Backdrop:
    """What every plan of a country is drawn on, as GeoJSON in degrees; each part is made when it is asked for.

    Parameters
    ----------
    municipalities
        The whole edition on its plane, with ``county_number``.
    graph
        Roads and ferries.
    """

    municipalities: gpd.GeoDataFrame
    graph: "nx.Graph[str]"

    @cached_property
    def areas(self) -> dict[str, Any]:
        """The municipalities, by their numbers."""
        table = self.municipalities
        shapes = to_degrees(table.geometry.to_numpy(), table.crs)
        return collection([feature(id_, shape) for id_, shape in zip(table.index, shapes, strict=True)])

    @cached_property
    def counties(self) -> dict[str, Any]:
        """The borders of counties."""
        table = self.municipalities
        lines = borders(table.geometry.to_numpy(), list(table["county_number"]))
        return one_feature("counties", lines, table.crs)

    @cached_property
    def roads(self) -> dict[str, Any]:
        """The main roads."""
        return one_feature("road", main_roads(self.graph), self.municipalities.crs)

    @cached_property
    def ferries(self) -> dict[str, Any]:
        """The car ferries."""
        return one_feature("ferry", ferries(self.graph), self.municipalities.crs)


def one_feature(id_: str, lines: Any, plane: Any = PLANE) -> dict[str, Any]:
    """Return lines of a plane as a collection of one feature."""
    return collection([feature(id_, to_degrees([lines], plane)[0])])


def thinned(municipalities: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return municipalities with at most `MOST_CORNERS`, as they are if they have no more.

    Simplified as a coverage: a border that two share stays one line, and no island vanishes.

    Parameters
    ----------
    municipalities
        Their polygons are a valid coverage, in metres.
    """
    shapes = municipalities.geometry.to_numpy()
    if shapely.get_num_coordinates(shapes).sum() <= MOST_CORNERS:
        return municipalities
    west, south, east, north = shapely.total_bounds(shapes)
    tolerance, simple = max(east - west, north - south) / FINEST, shapes
    for _ in range(MOST_ROUNDS):
        simple = shapely.coverage_simplify(shapes, tolerance)
        if shapely.get_num_coordinates(simple).sum() <= MOST_CORNERS:
            break
        tolerance *= 1.5
    table = municipalities.copy()
    table[table.geometry.name] = gpd.GeoSeries(simple, index=table.index, crs=table.crs)
    return table


def to_degrees(shapes: Any, plane: Any = PLANE) -> NDArray[np.object_]:
    """Return shapes of the plane in degrees, rounded to `DECIMALS`; points that fall together stay, so nothing tears.

    Parameters
    ----------
    shapes
        Array of shapes (n,).
    plane
        Their coordinate system.
    """
    turned = gpd.GeoSeries(shapes, crs=plane).to_crs(DEGREES).to_numpy()
    rounded: NDArray[np.object_] = shapely.transform(turned, lambda xy: np.round(xy, DECIMALS))
    return rounded


def borders(shapes: Any, groups: Sequence[str], ignore: frozenset[str] = frozenset()) -> Any:
    """Return the lines between polygons of different groups.

    The polygons are a coverage: a shared border is the same line segments in both. Coasts are no borders.

    Parameters
    ----------
    shapes
        Polygons, metres (n,).
    groups
        Group of each polygon (n,).
    ignore
        Groups between which there is no border.

    Returns
    -------
    shapely.MultiLineString
        On the plane of the polygons.
    """
    starts, ends, owner = _segments(shapes)
    swap = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    low, high = np.where(swap[:, None], ends, starts), np.where(swap[:, None], starts, ends)
    order = np.lexsort((high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    low, high, owner = low[order], high[order], owner[order]
    shared = np.flatnonzero((low[1:] == low[:-1]).all(axis=1) & (high[1:] == high[:-1]).all(axis=1))
    kept = [
        k
        for k in shared
        if (a := groups[owner[k]]) != (b := groups[owner[k + 1]]) and not (a in ignore and b in ignore)
    ]
    return joined(np.stack([low[kept], high[kept]], axis=1))


def _segments(shapes: Any) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Return start, end and polygon of every segment of every ring."""
    parts, part_of = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    points, point_of = shapely.get_coordinates(rings, return_index=True)
    inside = point_of[1:] == point_of[:-1]
    return points[:-1][inside], points[1:][inside], part_of[ring_of[point_of[:-1][inside]]]


def near_offices(shapes: Any, host_of: Sequence[str | None]) -> dict[str, set[str]]:
    """Return which offices lie within `NEAR_M` of each other.

    Parameters
    ----------
    shapes
        Polygons, metres (n,).
    host_of
        Host of each polygon's office, ``None`` for those without (n,).
    """
    near: dict[str, set[str]] = {host: set() for host in host_of if host is not None}
    first, second = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=NEAR_M)
    for i, j in zip(first, second, strict=True):
        a, b = host_of[i], host_of[j]
        if a is not None and b is not None and a != b:
            near[a].add(b)
            near[b].add(a)
    return near


def main_roads(graph: "nx.Graph[str]") -> Any:
    """Return the main roads of the graph as lines on the plane of its nodes, straight between them and simplified."""
    return _lines(graph, lambda data: data["road_class"] in MAIN_ROADS and data["kind"].startswith("road"))


def ferries(graph: "nx.Graph[str]") -> Any:
    """Return the car ferries of the graph as lines on the plane of its nodes."""
    return _lines(graph, lambda data: data["kind"].startswith("ferry"))


def _lines(graph: "nx.Graph[str]", wanted: Any) -> Any:
    place: Mapping[str, tuple[float, float]] = {node: (data["x"], data["y"]) for node, data in graph.nodes(data=True)}
    # With directions an edge stands there twice; drawn, it is one line. Ties within one place are none.
    ends = [sorted((place[u], place[v])) for u, v, data in graph.edges(data=True) if wanted(data)]
    pairs = list(dict.fromkeys((one, other) for one, other in ends if one != other))
    if not pairs:
        return shapely.MultiLineString()
    return shapely.simplify(joined(np.array(pairs)), ROAD_TOLERANCE_M)


def joined(segments: NDArray[np.float64]) -> Any:
    """Return segments (n, 2, 2) as lines, joined where they meet."""
    lines: Any = shapely.linestrings(segments)
    return shapely.line_merge(shapely.multilinestrings(lines))
