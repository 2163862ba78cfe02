"""Which coordinate system the shapes of a file are in: what the file says, what the user says, and what cannot be."""

import math
from typing import Final

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.faults import DataError, DataFault
from geodata.owntables.files import remark

Bounds = tuple[float, float, float, float]
"""West, south, east and north ends."""

DEGREES: Final = "EPSG:4326"
AROUND: Final = (25.0, 8.0)
"""Degrees east and north by which shapes may lie outside the area that a system is made for: whole countries are drawn
in one zone of a grid."""
WHOLE: Final = (-180.0, -90.0, 180.0, 90.0)
POLE: Final = 89.0
LIKELY: Final = ("EPSG:25832", "EPSG:25833", "EPSG:25835", "EPSG:3006", "EPSG:3067", "EPSG:3857")
"""Systems that are tried when the user is asked which one it is."""
SETTING: Final = "data.boundaries_crs"


def system_of(where: str, stated: pyproj.CRS | None, asked: str, shapes: NDArray[np.object_]) -> pyproj.CRS:
    """Return the coordinate system of the shapes of a file.

    Parameters
    ----------
    where : str
        The file, for faults and remarks.
    stated : pyproj.CRS or None
        What the file says.
    asked : str
        What the user says, which holds; empty for nothing.
    shapes : numpy.ndarray
        All of them.

    Raises
    ------
    DataError
        If nobody says it and they are not in degrees, or what is said is no system of the surface of the Earth.
    """
    if asked:
        crs = pyproj.CRS.from_user_input(asked)
        if stated is not None and not crs.equals(stated, ignore_axis_order=True):
            remark(where, f"the file says that it is in {named(stated)}; {SETTING} says {named(crs)}, which holds")
    elif stated is None:
        crs = pyproj.CRS.from_user_input(DEGREES)
        if not _inside(_bounds(shapes), WHOLE):
            what = f"the file does not say in which coordinate system its shapes are ({_spelled(shapes)})"
            raise DataError([DataFault(where, what, 'write boundaries_crs = "EPSG:25833", or the one it was made in')])
        remark(where, "the file does not say its coordinate system; its coordinates are read as degrees")
    else:
        crs = stated
    if not (crs.is_geographic or crs.is_projected):
        what = f"{named(crs)} is no coordinate system of places on a map"
        raise DataError([DataFault(where, what, 'write boundaries_crs = "EPSG:25833", or the one it was made in')])
    return crs


def turned(where: str, crs: pyproj.CRS, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return the shapes, east first, as every file of ours has them; north first is recognised where it can be seen.

    Raises
    ------
    DataError
        If they cannot be in the coordinate system either way.
    """
    reach = reach_of(crs)
    bounds = _bounds(shapes)
    if _inside(bounds, reach):
        return shapes
    if _inside((bounds[1], bounds[0], bounds[3], bounds[2]), reach):
        remark(where, f"north stands before east in its coordinates ({_spelled(shapes)}); they are read the other way")
        return swapped(shapes)
    what = f"its coordinates ({_spelled(shapes)}) lie outside of where {named(crs)} is used"
    fitting = [name for name in LIKELY if _inside(bounds, reach_of(pyproj.CRS.from_user_input(name)))]
    which = f"it may be {' or '.join(fitting[:3])}" if fitting else "name the one it was made in"
    raise DataError([DataFault(where, what, f"{SETTING} names another: {which}")])


def swapped(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return shapes with north in the place of east."""
    result: NDArray[np.object_] = shapely.transform(shapes, lambda xy: xy[:, ::-1])
    return result


def named(crs: pyproj.CRS) -> str:
    """Return the name of a coordinate system: its code if it has one."""
    code = crs.to_authority()
    return ":".join(code) if code else repr(crs.name[:60])


def reach_of(crs: pyproj.CRS) -> Bounds:
    """Return the west, south, east and north ends of what a system can be used for, in its own units."""
    area = crs.area_of_use
    west, south, east, north = WHOLE if area is None or area.west > area.east else area.bounds
    west, east = max(west - AROUND[0], WHOLE[0]), min(east + AROUND[0], WHOLE[2])
    south, north = max(south - AROUND[1], WHOLE[1]), min(north + AROUND[1], WHOLE[3])
    if crs.is_geographic:
        return west, south, east, north
    turn = pyproj.Transformer.from_crs(DEGREES, crs, always_xy=True)
    ends = turn.transform_bounds(west, max(south, -POLE), east, min(north, POLE), densify_pts=21)
    return ends if all(map(math.isfinite, ends)) else (-math.inf, -math.inf, math.inf, math.inf)


def _bounds(shapes: NDArray[np.object_]) -> Bounds:
    west, south, east, north = map(float, shapely.total_bounds(shapes))
    return west, south, east, north


def _inside(bounds: Bounds, reach: Bounds) -> bool:
    west, south, east, north = bounds
    return bool(west >= reach[0] and south >= reach[1] and east <= reach[2] and north <= reach[3])


def _spelled(shapes: NDArray[np.object_]) -> str:
    """Return between what the coordinates lie."""
    west, south, east, north = _bounds(shapes)
    return f"{west:.6g} to {east:.6g} and {south:.6g} to {north:.6g}"
