"""Small extracts of OpenStreetMap, written by its own library."""

from pathlib import Path

import geopandas as gpd
import osmium
import shapely
from osmium.osm.mutable import Node, Relation, Way

KM_PER_DEGREE = 6371.0088 * 3.141592653589793 / 180
"""Along a meridian."""


class Extract:
    """Gathers what an extract is to hold, and writes it."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.ways: list[Way] = []
        self.relations: list[Relation] = []

    def node(self, number: int, lat: float, lon: float = 10.0, **tags: str) -> int:
        self.nodes[number] = Node(id=number, location=(lon, lat), tags=tags)
        return number

    def way(self, number: int, nodes: list[int], **tags: str) -> None:
        self.ways.append(Way(id=number, nodes=nodes, tags={key.replace("__", ":"): tags[key] for key in tags}))

    def write(self, path: Path) -> Path:
        with osmium.SimpleWriter(path, overwrite=True) as writer:
            for number in sorted(self.nodes):
                writer.add_node(self.nodes[number])
            for way in sorted(self.ways, key=lambda way: way.id):
                writer.add_way(way)
            for relation in self.relations:
                writer.add_relation(relation)
        return path


def districts(centres: dict[str, tuple[float, float]]) -> gpd.GeoDataFrame:
    """Return municipalities with a centre each (latitude, longitude), on squares of 4 km around them."""
    points = gpd.GeoSeries(
        shapely.points([(lon, lat) for lat, lon in centres.values()]), index=list(centres), crs="EPSG:4326"
    ).to_crs("EPSG:25833")
    squares = points.buffer(2000, cap_style="square")
    return gpd.GeoDataFrame(
        {"name_norwegian": [f"Place {number}" for number in centres], "centre": points}, geometry=squares
    )
