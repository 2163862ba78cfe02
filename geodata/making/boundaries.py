"""Municipality polygons of both editions from the official lines of 2024.

The source (Kartverket, simplified by whoever published it) is almost a coverage: some rings cross
themselves and two borders disagree. It is repaired, freed of islets that no map of this scale can
show, simplified as a coverage (a shared border stays one line) and put on a grid of whole metres.

The 2020 edition has the same coast and the same lines, under the numbers of 2020, with Haram and
Ålesund as one; the pieces that changed hands since are given back along the lines of 2020, which
another file holds.
"""

import bz2
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.schema import CRS

SIMPLIFY_M = 450.0
"""Corners of a coast whose triangle is smaller than the square of this length go (Visvalingam-Whyatt)."""

BORDER_SIMPLIFY_M = 575.0
"""Instead of `SIMPLIFY_M` for the lines between municipalities, which bend less."""

SMALL_KM2 = 100.0
"""Free-standing islands smaller than this keep finer corners: the coarse rule would eat them."""

SMALL_SIMPLIFY_M = 200.0
"""Instead of `SIMPLIFY_M` for these."""

ISLET_KM2 = 0.5
"""Islands smaller than this are dropped, unless their municipality needs them."""

ISLET_FLOOR_KM2 = 0.02
"""Rocks smaller than this are dropped even where a municipality is nothing but islets."""

KEPT_SHARE = 0.98
"""A municipality keeps so many of its islands, largest first, that this share of its land remains."""

GAP_M = 50.0
"""Narrower gaps between polygons are faults of the source; sounds and closed bays are wider."""

OVERLAP = 0.93
"""A simplified polygon shares at least this part of its ground with the source (intersection over union)."""

MOVED_SINCE_2020 = (
    ("1539", "1535"), ("4618", "4619"), ("3452", "3453"), ("4638", "4635"), ("3407", "3443"),
)  # fmt: skip
"""Pairs of 2020 of which the first has given more than 1 km² to the second since.

Vågstranda from Rauma to Vestnes (53 km²), Ullensvang to Eidfjord (7), Vestre to Øystre Slidre (6), Høyanger
to Gulen (2), Gjøvik to Vestre Toten (1): the official areas of the two editions differ by the same.
"""


def read_2024(path: Path) -> pd.Series:
    """Read and repair the boundary file of 2024.

    Parameters
    ----------
    path : Path
        ``Kommuner-M.topojson``: longitude and latitude, one object a municipality.

    Returns
    -------
    pandas.Series
        Polygons (metres, `CRS`) by ``kommunenummer``, sorted: a valid coverage.
    """
    frame = gpd.read_file(path, engine="pyogrio").set_crs("EPSG:4326", allow_override=True)
    return _repaired(frame)


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
    frame = gpd.GeoDataFrame.from_features(json.loads(bz2.decompress(path.read_bytes())), crs="EPSG:4326")
    frame["kommunenummer"] = [f"{number:04d}" for number in frame["kommunenummer"]]
    return _repaired(frame)


def _repaired(frame: gpd.GeoDataFrame) -> pd.Series:
    frame = frame.set_index("kommunenummer").sort_index().to_crs(CRS)
    rings = [_areas_only(shape) for shape in shapely.make_valid(frame.geometry.to_numpy())]
    return pd.Series(_clean(np.array(rings, dtype=object), GAP_M), index=frame.index)


def derive_2020(shapes: pd.Series, lines: pd.Series, correspondence: pd.DataFrame) -> pd.Series:
    """Renumber the polygons of 2024 and give back what changed hands.

    Parameters
    ----------
    shapes : pandas.Series
        Polygons of 2024, as from `read_2024`.
    lines : pandas.Series
        Polygons of 2020, as from `read_2020`: their lines are used where they are others.
    correspondence : pandas.DataFrame
        ``kommunenummer_2020`` and ``kommunenummer_2024``.

    Returns
    -------
    pandas.Series
        Polygons by ``kommunenummer`` of 2020, sorted: a valid coverage.
    """
    members = correspondence.groupby("kommunenummer_2020")["kommunenummer_2024"]
    joined = {number: shapely.union_all(shapes[list(of_2024)]) for number, of_2024 in members}
    result = pd.Series(joined).rename_axis("kommunenummer")
    for before, after in MOVED_SINCE_2020:
        piece = max(shapely.get_parts(result[after].intersection(lines[before])), key=lambda part: part.area)
        result[before] = _areas_only(result[before].union(piece))
        result[after] = _areas_only(result[after].difference(piece))
    result[:] = _clean(result.to_numpy())
    return result


def overlap(shapes: NDArray[np.object_], source: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return the part of the ground that each polygon shares with its source, intersection over union (n,)."""
    shared = shapely.area(shapely.intersection(shapes, source))
    share: NDArray[np.float64] = shared / (shapely.area(shapes) + shapely.area(source) - shared)
    return share


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
        If a municipality is lost or looks unlike its source, or the result is no valid coverage.
    """
    kept = [_without_islets(shape, centres[str(number)]) for number, shape in shapes.items()]
    thin = _thin(np.array(kept, dtype=object))
    grid = _clean(shapely.transform(thin, np.round))
    grid = shapely.transform(grid, np.round)
    if not (shapely.coverage_is_valid(grid) and shapely.is_valid(grid).all()):
        raise ValueError("the simplified polygons are no valid coverage; try another tolerance")
    if shapely.is_empty(grid).any():
        raise ValueError(f"municipalities lost: {list(shapes.index[shapely.is_empty(grid)])}")
    share = overlap(grid, shapes.to_numpy())
    if (share < OVERLAP).any():
        raise ValueError(f"unlike their source: {list(shapes.index[share < OVERLAP])}")
    multi = [shapely.MultiPolygon(_canonical(shape)) for shape in grid]
    return gpd.GeoDataFrame({"kommunenummer": list(shapes.index)}, geometry=multi, crs=CRS)


def _thin(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Simplify a coverage, its small free-standing islands less than the rest."""
    parts, owner = shapely.get_parts(shapes, return_index=True)
    borders = shapely.STRtree(parts).query(parts, predicate="touches")[0]
    small = (shapely.area(parts) < SMALL_KM2 * 1e6) & ~np.isin(np.arange(len(parts)), borders)
    borders_thin = shapely.coverage_simplify(parts[~small], BORDER_SIMPLIFY_M, simplify_boundary=False)
    parts[~small] = shapely.coverage_simplify(borders_thin, SIMPLIFY_M)
    parts[small] = shapely.coverage_simplify(parts[small], SMALL_SIMPLIFY_M)
    return np.array([shapely.union_all(parts[owner == index]) for index in range(len(shapes))], dtype=object)


def _clean(shapes: NDArray[np.object_], gap_m: float = 0) -> NDArray[np.object_]:
    """Make shared borders agree and close gaps; needs Shapely 2.2, whose type stubs are still those of 2.1."""
    cleaned: NDArray[np.object_] = getattr(shapely, "coverage_clean")(shapes, gap_width=gap_m)  # noqa: B009
    return cleaned


def _areas_only(shape: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that a repair or an overlay left behind."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


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
