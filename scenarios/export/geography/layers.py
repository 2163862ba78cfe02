"""The plan as geography: the layers of ``result.gpkg``."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely

from maps.told import palette
from maps.told.plan import office_colours
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from scenarios.export import columns, tables
from scenarios.export.geography import layer_styles
from scenarios.world import sources
from scenarios.world.build import World

FORM = "1.2"
"""Of GeoPackage: older programs warn of newer ones."""


def write_layers(
    path: Path,
    world: World,
    areas: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
    grouping: Grouping,
    evaluation: Evaluation,
) -> None:
    """Write the GeoPackage with the layers municipalities, offices, travel_lines and links.

    Parameters
    ----------
    path
        The file.
    world
        What was asked.
    areas
        As from `municipalities` and `offices`.
    grouping, evaluation
        The plan and its judgement.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    fills = colours(world, evaluation)
    found = {
        "municipalities": ("MultiPolygon", coloured(areas[0], fills)),
        "offices": ("MultiPolygon", coloured(areas[1], fills)),
        "travel_lines": ("LineString", travel_lines(world, grouping)),
        "links": ("LineString", links(world)),
    }
    try:
        for name, (kind, layer) in found.items():
            # An empty layer has no geometry to tell its kind from; an index pays for thousands of shapes, not hundreds.
            pyogrio.write_dataframe(
                layer,
                path,
                layer=name,
                driver="GPKG",
                geometry_type=kind,
                promote_to_multi=False,
                SPATIAL_INDEX="NO",
                VERSION=FORM,
            )
        # What GDAL writes when it closes the file may fail without a word.
        written = {name: pyogrio.read_info(path, layer=name)["features"] for name in found}
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError) as fault:
        raise OSError(f"{path.name}: {fault} (is the disk full?)") from fault
    layer_styles.write(path)
    if written != {name: len(layer) for name, (_, layer) in found.items()}:
        raise OSError(f"{path.name}: not everything was written (is the disk full?)")


def colours(world: World, evaluation: Evaluation) -> dict[str, str]:
    """Return the colour of each office by its host, as on the map; those that stand alone share one."""
    given, _ = office_colours(world.municipalities, world.links, [evaluation])
    alone = dict.fromkeys((row.host for row in evaluation.offices), palette.ALONE)
    return alone | {host: palette.OFFICES[colour] for host, colour in given.items()} | {"": palette.LAND}


def coloured(layer: gpd.GeoDataFrame, fills: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Return a layer with the colour of each row's host."""
    return layer.assign(**{layer_styles.COLOUR: [fills[host] for host in layer["host"]]})


def municipalities(world: World, grouping: Grouping) -> gpd.GeoDataFrame:
    """Return all municipalities of the edition with their place in the plan."""
    layer = world.municipalities.filter(items=[*columns.LAYER_COPIED, "geometry"]).reset_index(names="kommunenummer")
    told = list(tables.places(world, grouping))
    for name in (*sources.COLUMNS, *columns.LAYER_PLACE):
        layer[name] = [facts[name] for facts in told]
    return whole(layer)


def offices(world: World, evaluation: Evaluation) -> gpd.GeoDataFrame:
    """Return the area of each office with its figures."""
    table = columns.OFFICES.of(tables.offices(world, evaluation))
    rows = pd.DataFrame(table.rows, columns=list(table.header))
    shapes = world.municipalities.geometry
    areas = [shapely.coverage_union_all(shapes.loc[list(office.members)].to_numpy()) for office in evaluation.offices]
    return whole(gpd.GeoDataFrame(rows, geometry=areas, crs=world.municipalities.crs))


def travel_lines(world: World, grouping: Grouping) -> gpd.GeoDataFrame:
    """Return a straight line from each member to its host."""
    problem = world.problem
    ways = [(id_, host) for id_, host in grouping if id_ != host]
    rows = pd.DataFrame(ways, columns=["kommunenummer", "host"], dtype=str)
    rows["minutes"] = [float(problem.minutes[problem.index[a], problem.index[b]]) for a, b in ways]
    return lines(world, ways, rows)


def links(world: World) -> gpd.GeoDataFrame:
    """Return a straight line between the centres of each two neighbours."""
    rows = world.links[list(columns.LINKS)].reset_index(drop=True)
    return lines(world, list(zip(rows["a"], rows["b"], strict=True)), rows)


def lines(world: World, ways: list[tuple[str, str]], rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the rows with a line from centre to centre."""
    centre = world.municipalities["centre"]
    drawn = [shapely.LineString([centre[a], centre[b]]) for a, b in ways]
    return gpd.GeoDataFrame(rows, geometry=drawn, crs=world.municipalities.crs)


def whole(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the layer with every polygon a multipolygon: a layer has one kind of geometry."""
    return layer.set_geometry(
        [shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape for shape in layer.geometry],
        crs=layer.crs,
    )
