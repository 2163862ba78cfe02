"""The plane that a region of the user's own is drawn on: metres, north up, wherever on Earth it lies."""

import math
from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.schema import CRS

DEGREES: Final = "EPSG:4326"
MERIDIAN: Final = 15.0
NEAR_DEGREES: Final = 18.0
"""Longitude east and west of `MERIDIAN`, the middle of `CRS`, up to which that is the plane."""
WIDEST_DEGREES: Final = 45.0
"""Longitude from the middle of a plane up to which it draws shapes as they are."""


def plane_of(degrees: NDArray[np.float64]) -> str:
    """Return the plane for longitude and latitude (n, 2): `CRS`, or far from it the UTM zone of their middle."""
    there = degrees[np.isfinite(degrees).all(axis=1)]
    lon, lat = np.median(there, axis=0) if len(there) else (MERIDIAN, 0.0)
    if abs(lon - MERIDIAN) <= NEAR_DEGREES and lat >= 0:
        return CRS
    zone = min(int((lon + 180) // 6), 59) + 1
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


def to_degrees(points: NDArray[np.float64], crs: str | pyproj.CRS) -> NDArray[np.float64]:
    """Return points, east first, as longitude and latitude (n, 2); infinite where there is none."""
    return turned(points, crs, DEGREES)


def projected(degrees: NDArray[np.float64], plane: str) -> NDArray[np.float64]:
    """Return longitude and latitude on a plane (n, 2); infinite where it cannot draw them."""
    meridian = MERIDIAN if plane == CRS else (int(plane[-2:]) - 1) * 6 - 177
    lon, lat = degrees.T
    shown = (np.abs(lon - meridian) <= WIDEST_DEGREES) & (np.abs(lat) <= 90)
    return np.where(shown[:, None], turned(degrees, DEGREES, plane), math.inf)


def on_plane(shapes: NDArray[np.object_], crs: str | pyproj.CRS) -> tuple[str, NDArray[np.object_]]:
    """Return the plane for shapes of a coordinate system, east first, and the shapes on it (n,)."""
    west, south, east, north = shapely.bounds(shapes).T
    plane = plane_of(to_degrees(np.column_stack([west + east, south + north]) / 2, crs))
    there = shapely.transform(shapes, lambda points: projected(to_degrees(points, crs), plane))
    return plane, there


def turned(points: NDArray[np.float64], start: str | pyproj.CRS, end: str | pyproj.CRS) -> NDArray[np.float64]:
    """Return points of one coordinate system, east first, in another (n, 2)."""
    turn = pyproj.Transformer.from_crs(start, end, always_xy=True)
    return np.column_stack(turn.transform(points[:, 0], points[:, 1]))
