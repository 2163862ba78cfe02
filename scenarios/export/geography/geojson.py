"""Layers as GeoJSON by RFC 7946: longitude and latitude in WGS 84, outer rings anticlockwise, no foreign members."""

import json
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from scenarios.world.plain import plain

WGS_84: Final = "EPSG:4326"
DECIMALS: Final = 5
"""Of a degree: a metre, as precise as the boundaries."""


def write(path: Path, layer: gpd.GeoDataFrame, identity: str) -> None:
    """Write a layer.

    Parameters
    ----------
    path
        The file to write.
    layer
        In any coordinate system; not empty.
    identity
        The column whose value names each feature.
    """
    turned = layer.to_crs(WGS_84)
    shapes = shapely.transform(
        shapely.orient_polygons(turned.geometry.to_numpy(), exterior_cw=False), lambda xy: np.round(xy, DECIMALS)
    )
    rows = layer.drop(columns=layer.geometry.name).to_dict("records")
    # One feature a line: what changed between two runs can be read in a difference of the files.
    features = ",\n".join(_feature(row, shape, identity) for row, shape in zip(rows, shapes, strict=True))
    box = json.dumps([round(float(edge), DECIMALS) for edge in shapely.total_bounds(shapes)])
    text = f'{{"type": "FeatureCollection", "bbox": {box}, "features": [\n{features}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def _feature(row: dict[str, Any], shape: Any, identity: str) -> str:
    properties = json.dumps(plain(row), ensure_ascii=False, allow_nan=False)
    name = json.dumps(row[identity], ensure_ascii=False)
    return f'{{"type": "Feature", "id": {name}, "properties": {properties}, "geometry": {shapely.to_geojson(shape)}}}'
