"""A region of the user's own: municipalities from a table or a file of shapes, in the place of an edition."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata import codes
from geodata.editions import OWN
from geodata.faults import DataError, DataFault
from geodata.owntables.files import KEY, read_table
from geodata.owntables.headings import IDS
from geodata.owntables.shapes import planes, schematic
from geodata.owntables.shapes.boundaries import Boundaries, BoundaryFile, boundaries, joined
from geodata.owntables.shapes.features import is_shapes, read_features
from geodata.owntables.shapes.region_rows import COLUMNS, SHOWN, RegionReading
from geodata.schema import CRS

__all__ = ["COLUMNS", "NO_FILE", "BoundaryFile", "placed", "read_municipalities"]

NO_FILE = BoundaryFile()
FAR_M = 5_000.0
"""A centre that lies farther than this from its area may be another's: a coast is drawn more exactly than that."""


def read_municipalities(path: str | Path, crs: str = "", drawn: BoundaryFile = NO_FILE) -> gpd.GeoDataFrame:
    """Read the municipalities of a region.

    Parameters
    ----------
    path : str or Path
        CSV, workbook or file of shapes with ``id``, ``name``, ``population`` and ``county_id``, and some of `COLUMNS`.
        Centres are ``lon`` and ``lat`` (degrees), or ``x`` and ``y``.
    crs : str
        Coordinate system of ``x`` and ``y``, like ``"EPSG:3006"``; without, that of the boundaries, or they only say
        how the municipalities lie to one another.
    drawn : BoundaryFile
        Boundaries beside a table, whose shapes have an id; or, without a path, which layer and system of ``path``.

    Returns
    -------
    geopandas.GeoDataFrame
        As `geodata.municipalities.load` gives an edition, on the plane of the region. ``.attrs["edition"]`` is `OWN`,
        ``.attrs["schematic"]`` whether its geometry is no boundaries, ``.attrs["on_earth"]`` whether it is known where
        it lies, and ``.attrs["repairs"]`` what was changed of
        boundaries to make them a coverage. What the table does not say is empty, ``centrality_class`` and
        ``population_year`` 0, areas NaN. Without boundaries ``geometry`` is what is nearest to each centre; without
        centres, too, both are empty until `placed`.

    Raises
    ------
    DataError
        With every fault of the files.
    """
    shaped = read_features(path, drawn.layer) if is_shapes(path) else None
    if shaped is not None and drawn.path:
        what = "has shapes of its own, and data.boundaries names a second file of them"
        raise DataError([DataFault(str(path), what, "remove one of the two")])
    table = read_table(path, IDS) if shaped is None else shaped.table
    reading = RegionReading(table, of_shapes=shaped is not None)
    reading.judge_header()
    reading.read_rows()
    reading.finish()
    if not reading.facts:
        raise DataError([DataFault(str(path), "no row names a municipality", "one row for each")])
    facts = pd.DataFrame(reading.facts).set_index(KEY).sort_index()
    if drawn.path:
        shaped = read_features(drawn.path, drawn.layer)
        owners = joined(shaped, codes.book(OWN, dict(zip(facts.index, facts["name_norwegian"], strict=True))))
    else:
        owners = reading.owners
    if shaped is None or shapely.is_missing(shaped.shapes).all():
        return _without_boundaries(facts, reading, crs)
    found = boundaries(shaped, owners, drawn.crs, lambda of_file: reading.degrees(crs or of_file))
    return _with_boundaries(facts, reading, found, crs)


def placed(municipalities: gpd.GeoDataFrame, minutes: NDArray[np.float64]) -> gpd.GeoDataFrame:
    """Return the municipalities with centres: as they are, or where there are none, laid out by the minutes (n, n)."""
    if not municipalities["centre"].is_empty.any():
        return municipalities
    facts = pd.DataFrame(municipalities.drop(columns=["centre", "geometry"]))
    return _schematic(facts, schematic.by_minutes(minutes), CRS, on_earth=False)


def _without_boundaries(facts: pd.DataFrame, reading: RegionReading, crs: str) -> gpd.GeoDataFrame:
    """Return the table with what is nearest to each centre, or nowhere."""
    if not reading.pair:
        nowhere = gpd.GeoSeries.from_wkt(["POINT EMPTY"] * len(facts), index=facts.index, crs=CRS)
        return _told(gpd.GeoDataFrame(facts.assign(centre=nowhere), geometry=nowhere, crs=CRS), on_earth=False)
    degrees = reading.degrees(crs)
    if degrees is None:
        reading.table.remark("x and y have no coordinate system, so the map is schematic (data.crs names one)")
        points, plane = schematic.on_paper(reading.written_centres()), CRS
    else:
        plane = planes.plane_of(degrees)
        points = reading.drawable(degrees, plane)
    reading.judge_places(points)
    reading.finish()
    return _schematic(facts, points, plane, on_earth=degrees is not None)


def _schematic(facts: pd.DataFrame, points: NDArray[np.float64], plane: str, *, on_earth: bool) -> gpd.GeoDataFrame:
    """Return the table with centres (n, 2) and what is nearest to each."""
    centres = gpd.GeoSeries.from_xy(*points.T, index=facts.index, crs=plane)
    areas = gpd.GeoSeries(schematic.nearest(points), index=facts.index, crs=plane)
    return _told(gpd.GeoDataFrame(facts.assign(centre=centres), geometry=areas, crs=plane), on_earth=on_earth)


def _with_boundaries(facts: pd.DataFrame, reading: RegionReading, drawn: Boundaries, crs: str) -> gpd.GeoDataFrame:
    """Return the table with its boundaries; without centres a point inside the largest part of each stands for it."""
    shapes, plane = drawn.shapes, str(drawn.shapes.crs)
    degrees = reading.degrees(crs or drawn.crs)
    if degrees is None:
        reading.table.remark("there are no centres: a point inside the area of each stands for it on the map")
        largest = [max(shapely.get_parts(shape), key=lambda part: part.area) for shape in shapes]
        centres = gpd.GeoSeries(shapely.point_on_surface(largest), index=shapes.index, crs=plane)
    else:
        points = reading.drawable(degrees, plane)
        reading.judge_places(points)
        reading.finish()
        centres = gpd.GeoSeries.from_xy(*points.T, index=shapes.index, crs=plane)
        _tell_far(reading, shapes, centres)
    table = gpd.GeoDataFrame(facts.assign(centre=centres), geometry=shapes, crs=plane)
    return _told(table, schematic=False, repairs=drawn.repairs)


def _tell_far(reading: RegionReading, shapes: gpd.GeoSeries, centres: gpd.GeoSeries) -> None:
    """Say which centres lie far from their areas."""
    apart = shapes.distance(centres)
    far = apart[apart > FAR_M].sort_values(ascending=False)
    if len(far):
        shown = ", ".join(f"{id_} ({metres / 1000:.0f} km)" for id_, metres in far.iloc[:SHOWN].items())
        reading.table.remark(f"{len(far)} centres lie outside of their areas: {shown}")


def _told(table: gpd.GeoDataFrame, **more: object) -> gpd.GeoDataFrame:
    table.attrs |= {"edition": OWN, "schematic": True, "on_earth": True, "repairs": (), **more}
    return table
