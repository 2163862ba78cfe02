"""Where centres join the network, and on whose ground things lie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.osm.reading import Floats
from geodata.roads.ends import EARTH_KM, haversine_km

GROUND_M: Final = 1_500.0
"""What lies this near a municipality is on its ground: quays stand off a simplified shore."""


@dataclass(frozen=True)
class Snap:
    """Where the centre of a municipality joins the network.

    Attributes
    ----------
    node : int
        Nearest node of a road on which one may stop; -1 if there is none within the limit.
    km : float
        Along the great circle; of none within the limit, infinite.
    """

    node: int
    km: float


def degrees(centres: gpd.GeoSeries) -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of each centre by number; without those that are nowhere."""
    points = centres[~(centres.is_empty | centres.isna())].to_crs("EPSG:4326")
    return {str(number): (point.x, point.y) for number, point in points.items()}


def snapped(centres: Mapping[str, tuple[float, float]], lon: Floats, lat: Floats, within_km: float) -> dict[str, Snap]:
    """Return where each centre joins the network.

    Parameters
    ----------
    centres : mapping of str to tuple
        Longitude and latitude by number.
    lon, lat : numpy.ndarray
        Of the nodes that may be joined; their positions are the answer.
    within_km : float
        Farthest.
    """
    order = np.argsort(lat, kind="stable")
    sorted_lat = lat[order]
    margin = np.degrees(within_km / EARTH_KM) * 1.000001
    found = {}
    for number, (x, y) in centres.items():
        low, high = np.searchsorted(sorted_lat, [y - margin, y + margin])
        near = order[low:high]
        wide = margin / max(np.cos(np.radians(min(abs(y) + margin, 89.9))), 1e-3)
        near = np.sort(near[np.abs(lon[near] - x) <= wide])
        km = haversine_km(np.array(x), np.array(y), lon[near], lat[near]) if len(near) else np.array([np.inf])
        best = int(km.argmin())
        found[number] = Snap(int(near[best]), float(km[best])) if km[best] <= within_km else Snap(-1, np.inf)
    return found


def grounds(municipalities: gpd.GeoDataFrame, points: NDArray[np.float64]) -> list[str]:
    """Return the number of the municipality on whose ground each point lies, empty if on none's.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        By number, with areas.
    points : numpy.ndarray, shape (n, 2)
        In the coordinate system of the areas.
    """
    shapes = municipalities.geometry.to_numpy()
    tree = shapely.STRtree(shapes)
    at, area = tree.query_nearest(shapely.points(points), max_distance=GROUND_M, all_matches=False)
    found = [""] * len(points)
    numbers: Iterable[str] = municipalities.index[area]
    for position, number in zip(at.tolist(), numbers, strict=True):
        found[position] = number
    return found
