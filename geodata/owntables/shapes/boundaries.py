"""The boundaries of a region's municipalities: which shape is whose, where it lies, and all of them as a coverage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata import codes
from geodata.codes import NumberBook
from geodata.faults import DataError, DataFault
from geodata.owntables.files import TextTable
from geodata.owntables.headings import IDS, normal
from geodata.owntables.shapes import coverage, planes, systems
from geodata.owntables.shapes.coverage import NAMED, Repairs
from geodata.owntables.shapes.features import Features, read_features
from geodata.schema import CRS

POLYGON: Final = 3
"""Shapely's number of the type; larger ones are of several parts."""
FAR_M: Final = 5_000.0
"""A centre that lies farther than this from its area is not its centre: a coast is drawn more exactly."""


@dataclass(frozen=True)
class BoundaryFile:
    """Where boundaries are.

    Attributes
    ----------
    path : str
        The file; empty for none.
    layer : str
        Which of its layers; empty for the only one.
    crs : str
        Coordinate system of its shapes, whatever the file says; empty for what it says.
    """

    path: str = ""
    layer: str = ""
    crs: str = ""


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Boundaries as a coverage.

    Attributes
    ----------
    shapes : geopandas.GeoSeries
        Polygons by id, in the plane of the region.
    crs : pyproj.CRS
        Coordinate system of the file.
    repairs : Repairs
        What was changed.
    """

    shapes: gpd.GeoSeries
    crs: pyproj.CRS
    repairs: Repairs


def ids_of(features: Features) -> list[str]:
    """Return the ids in the first column that may hold some, each once; nothing without such a column."""
    table = features.table
    at = next((at for at, name in enumerate(table.header) if normal(name) in IDS), None)
    return [] if at is None else list(dict.fromkeys(cells[at] for _, cells in table.rows if cells[at]))


def joined(features: Features, book: NumberBook) -> list[str]:
    """Return whose each shape is, by the column that fits the table best; empty for nobody's.

    Parameters
    ----------
    features : Features
        With a column of ids, as they are or without their zeros.
    book : NumberBook
        The municipalities, each of which needs a shape.

    Raises
    ------
    DataError
        If there is no column of ids, or a municipality has no shape.
    """
    table, names = features.table, book.names
    places = [at for at, name in enumerate(table.header) if normal(name) in IDS]
    if not places:
        what = f"none of its columns is one of ids: {', '.join(table.header) or 'there are none'}"
        raise DataError([DataFault(table.where, what, f"they are known as {', '.join(IDS[:3])} and the like")])
    found = [[book.meant(cells[at]) if cells[at] else "" for _, cells in table.rows] for at in places]
    owners, at = max(zip(found, places, strict=True), key=lambda one: len(set(one[0]) & set(names)))
    lost = [id_ for id_ in names if id_ not in set(owners)]
    if lost:
        written = next((cells[at] for _, cells in table.rows if cells[at]), "")
        what = f"{len(lost)} of {len(names)} municipalities have no shape: {_named(lost, names)}"
        hint = f"its column {table.header[at]} says whose a shape is; it is written like {written!r}"
        if former := next((id_ for id_ in owners if id_ in book.elsewhere), ""):
            hint = ": ".join(filter(None, book.fault(former) or ()))
        raise DataError([DataFault(table.where, what, hint)])
    others = [id_ for id_ in owners if id_ not in names]
    if others:
        shown = ", ".join(list(dict.fromkeys(id_ or "(none)" for id_ in others))[:NAMED])
        table.remark(f"{len(others)} shapes are of no municipality of the table and not read: {shown}")
    return [id_ if id_ in names else "" for id_ in owners]


def redrawn(municipalities: gpd.GeoDataFrame, drawn: BoundaryFile) -> gpd.GeoDataFrame:
    """Return the municipalities of an edition with other boundaries, and all else as it was.

    Parameters
    ----------
    municipalities : geopandas.GeoDataFrame
        A whole edition; its areas, centres, roads and neighbours do not follow the new lines.
    drawn : BoundaryFile
        Shapes of all of them by ``kommunenummer``, also of another year where that is the same municipality.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    features = read_features(drawn.path, drawn.layer)
    book = codes.book(str(municipalities.attrs["edition"]))
    centres = municipalities["centre"].sort_index()
    degrees = planes.to_degrees(np.column_stack([centres.x, centres.y]), CRS)
    found = boundaries(features, joined(features, book), drawn.crs, lambda _: degrees)
    table = municipalities.set_geometry(found.shapes.to_crs(CRS).reindex(municipalities.index))
    table.attrs |= {**municipalities.attrs, "repairs": found.repairs}
    return table


def boundaries(
    features: Features,
    owners: list[str],
    asked: str,
    centres: Callable[[pyproj.CRS], NDArray[np.float64] | None],
) -> Boundaries:
    """Return the boundaries of all owners, sorted by id.

    Parameters
    ----------
    features : Features
        The shapes.
    owners : list of str
        Whose each of them is; empty for nobody's.
    asked : str
        Coordinate system by the user; empty for what the file says.
    centres : callable
        Gives longitude and latitude of each owner's centre, sorted by id, by the coordinate system of the file (n, 2);
        ``None`` if there are none.

    Raises
    ------
    DataError
        With everything that is wrong with the shapes.
    """
    table = features.table
    mine = np.array([bool(owner) for owner in owners])
    areas = areas_only(table, features.shapes[mine], [id_ for id_ in owners if id_])
    if not areas:
        raise DataError(
            [DataFault(table.where, "no shape in it is of a municipality", "is it the right file or layer?")]
        )
    all_shapes = np.concatenate(list(areas.values()))
    crs = systems.system_of(table.where, features.crs, asked, all_shapes)
    ids = sorted(areas)
    owner = np.repeat(np.arange(len(ids)), [len(areas[id_]) for id_ in ids])
    parts = systems.turned(table.where, crs, np.concatenate([areas[id_] for id_ in ids]))
    points = centres(crs)
    parts = _facing(table, crs, parts, owner, points)
    plane, on_plane = planes.on_plane(parts, crs)
    if not np.isfinite(shapely.total_bounds(on_plane)).all():
        raise DataError([DataFault(table.where, "its shapes are too far apart to be drawn on one map", "")])
    shapes = gpd.GeoSeries(together(on_plane, owner), index=ids, crs=plane)
    clean, repairs = coverage.repaired(table.where, shapes)
    coverage.tell(table.where, repairs)
    return Boundaries(clean, crs, repairs)


def areas_only(table: TextTable, shapes: NDArray[np.object_], owners: list[str]) -> dict[str, NDArray[np.object_]]:
    """Return the polygons of each owner, flat, without what is no area.

    Raises
    ------
    DataError
        If an owner has no area, or a coordinate is no number.
    """
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    while (nested := shapely.get_type_id(parts) > POLYGON).any():  # collections may hold others
        inner, of_part = shapely.get_parts(parts[nested], return_index=True)
        of_shape = np.concatenate([of_shape[~nested], of_shape[nested][of_part]])
        parts = np.concatenate([parts[~nested], inner])
    if shapely.has_z(parts).any():
        table.remark("heights (Z coordinates) are not read")
        parts = shapely.force_2d(parts)
    is_area = (shapely.get_type_id(parts) == POLYGON) & ~shapely.is_empty(parts)
    dropped = int((~is_area).sum() + (shapely.is_missing(shapes) | shapely.is_empty(shapes)).sum())
    if dropped:
        table.remark(f"what is no area (points, lines, nothing) is not read: {dropped} shapes")
    areas: dict[str, list[shapely.Polygon]] = {id_: [] for id_ in owners}
    for part, at in zip(parts[is_area], of_shape[is_area], strict=True):
        areas[owners[at]].append(part)
    faults = [
        DataFault(table.where, f"{id_} has no area", "every municipality needs one")
        for id_, some in areas.items()
        if not some
    ]
    faults += [
        DataFault(table.where, f"a coordinate of {id_} is no number", "mend or remove the shape")
        for id_, some in areas.items()
        if some and not np.isfinite(shapely.get_coordinates(some)).all()
    ]
    if faults:
        raise DataError(faults)
    return {id_: np.array(some, dtype=object) for id_, some in areas.items()}


def together(parts: NDArray[np.object_], owner: NDArray[np.intp]) -> NDArray[np.object_]:
    """Return the polygons of each owner as one shape; those that share borders, and have none amiss, are dissolved."""
    shapes = np.asarray(shapely.multipolygons(parts, indices=owner), dtype=object)
    for at in np.flatnonzero(~shapely.is_valid(shapes)):
        mine = parts[owner == at]
        if shapely.is_valid(mine).all():
            shapes[at] = shapely.union_all(mine)
    return shapes


def _facing(
    table: TextTable,
    crs: pyproj.CRS,
    parts: NDArray[np.object_],
    owner: NDArray[np.intp],
    points: NDArray[np.float64] | None,
) -> NDArray[np.object_]:
    """Return the shapes with east first, as the centres of the table say; they must lie in their areas.

    Raises
    ------
    DataError
        If half of the centres or more do not, whichever of the two comes first.
    """
    if points is None:
        return parts
    turn = pyproj.Transformer.from_crs(systems.DEGREES, crs, always_xy=True)
    there = np.column_stack(turn.transform(points[:, 0], points[:, 1]))
    if _held(parts, owner, there) > len(points) / 2:
        return parts
    other = systems.swapped(parts)
    if _held(other, owner, there) > len(points) / 2:
        table.remark("north stands before east in its coordinates, as the centres show; they are read the other way")
        return other
    what = f"{len(points) - _held(parts, owner, there)} of {len(points)} centres lie outside of what is drawn of them"
    which = [name for name in systems.LIKELY if _fits(parts, owner, points, name)]
    hint = f"boundaries_crs = {which[0]!r} would fit" if which else "check crs, boundaries_crs and the ids"
    raise DataError([DataFault(table.where, what, hint)])


def _fits(parts: NDArray[np.object_], owner: NDArray[np.intp], points: NDArray[np.float64], name: str) -> bool:
    turn = pyproj.Transformer.from_crs(systems.DEGREES, name, always_xy=True)
    there = np.column_stack(turn.transform(points[:, 0], points[:, 1]))
    return bool(np.isfinite(there).all()) and _held(parts, owner, there) > len(points) / 2


def _held(parts: NDArray[np.object_], owner: NDArray[np.intp], points: NDArray[np.float64]) -> int:
    """Return how many points lie in the frame around what is drawn of them."""
    west, south, east, north = shapely.bounds(parts).T
    x, y = points[owner].T
    inside = (west <= x) & (x <= east) & (south <= y) & (y <= north)
    return len(set(owner[inside].tolist()))


def _named(ids: list[str], names: Mapping[str, str]) -> str:
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return ", ".join(f"{id_} {names[id_]}" for id_ in ids[:NAMED]) + more
