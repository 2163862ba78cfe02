"""Where municipalities without boundaries, or without any place at all, lie on a map."""

import math
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

SIDE_M: Final = 400_000.0
"""Longer side of a map of what lies nowhere on Earth."""
MIDDLE: Final = (500_000.0, 0.0)
"""Its middle in `CRS`: on the equator, where nobody takes it for a real place."""
FARTHEST: Final = 1.5
"""Where there is no way, places lie this many times as far apart as the longest way takes."""


def on_paper(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points of no coordinate system in `CRS`, around `MIDDLE`, `SIDE_M` wide or high (n, 2)."""
    low, high = points.min(axis=0), points.max(axis=0)
    size = float((high - low).max()) or 1.0
    moved: NDArray[np.float64] = (points - (low + high) / 2) * (SIDE_M / size) + MIDDLE
    return np.round(moved)


def by_minutes(minutes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places whose distances are like the minutes between them, over others where need be, on paper (n, 2).

    Classical scaling: the two largest principal coordinates of the squared distances (Torgerson 1952).

    Parameters
    ----------
    minutes : numpy.ndarray
        From row to column (n, n); infinite where there is no way.
    """
    n = len(minutes)
    apart = shortest_path(np.minimum(minutes, minutes.T), directed=False)
    finite = np.isfinite(apart)
    far = FARTHEST * float(apart[finite].max(initial=0.0)) or 1.0
    apart = np.where(finite, apart, far)
    squared = apart**2
    means = squared.mean(axis=0)
    values, vectors = np.linalg.eigh(-0.5 * (squared - means - means[:, None] + means.mean()))
    axes = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0.0)) if n > 1 else np.zeros((1, 2))
    # An axis may point either way; the same minutes give the same map.
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1.0, 1.0)
    # Two with no minutes between them still lie apart.
    turn = np.arange(n) * (2 * math.pi / n)
    return on_paper(axes + far / 200 * np.column_stack([np.cos(turn), np.sin(turn)]))


def nearest(points: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return the land that is nearest to each point: polygons that share their borders, within reach of them all (n,).

    Parameters
    ----------
    points : numpy.ndarray
        Metres, no two in one place (n, 2).
    """
    hull = shapely.MultiPoint(points).convex_hull
    west, south, east, north = hull.bounds
    reach = max(east - west, north - south, 10_000.0) / (1 + math.sqrt(len(points)))
    land = hull.buffer(reach)
    if len(points) == 1:
        return np.array([land], dtype=object)
    cells = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land, ordered=True)
    cut = shapely.intersection(shapely.get_parts(cells), land)
    # Neighbours cut one border each for itself: in whole metres it is the same again.
    whole: NDArray[np.object_] = shapely.transform(cut, np.round)
    return whole
