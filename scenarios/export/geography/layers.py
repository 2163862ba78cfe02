"""The plan as geography: the layers of ``result.gpkg``."""

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely

from geodata.schema import PLANNER_RANGE
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import Evaluation
from scenarios.export import tables
from scenarios.export.geography import layer_styles
from scenarios.world import sources, today
from scenarios.world.build import World

COPIED = (
    "name",
    "county_number",
    "county_name",
    "population",
    "centrality_class",
    "statsforvalter",
    "planner_fte",
    *PLANNER_RANGE,
    "need_fte",
    *sources.COLUMNS,
)
"""Columns of the municipalities that the layer keeps."""

FORM = "1.2"
"""Of GeoPackage: older programs warn of newer ones."""


def write_layers(path: Path, world: World, grouping: Grouping, evaluation: Evaluation) -> None:
    """Write the GeoPackage with the layers municipalities, offices, travel_lines and links.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    fills = colours(world, evaluation)
    found = {
        "municipalities": ("MultiPolygon", coloured(municipalities(world, grouping), fills)),
        "offices": ("MultiPolygon", coloured(offices(world, evaluation), fills)),
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
    # They bring what draws the pages, which whoever only reads run folders does not need.
    from maps.told import palette  # noqa: PLC0415
    from maps.told.plan import office_colours  # noqa: PLC0415

    given, _ = office_colours(world.municipalities, world.links, [evaluation])
    alone = dict.fromkeys((row.host for row in evaluation.offices), palette.ALONE)
    return alone | {host: palette.OFFICES[colour] for host, colour in given.items()} | {"": palette.LAND}


def coloured(layer: gpd.GeoDataFrame, fills: Mapping[str, str]) -> gpd.GeoDataFrame:
    """Return a layer with the colour of each row's host."""
    return layer.assign(**{layer_styles.COLOUR: [fills[host] for host in layer["host"]]})


def municipalities(world: World, grouping: Grouping) -> gpd.GeoDataFrame:
    """Return all municipalities of the edition with their place in the plan."""
    host_of, sizes = grouping.host_of, {h: len(m) for h, m in grouping.offices.items()}
    layer = world.municipalities[[*COPIED, "geometry"]].copy()
    for column in sources.COLUMNS:
        layer[column] = layer[column].map(sources.kept)
    hosts = [host_of.get(id_, "") for id_ in layer.index]
    layer["host"] = hosts
    layer["host_name"] = [layer.at[host, "name"] if host else "" for host in hosts]
    layer["role"] = [role(id_, host, sizes.get(host, 0)) for id_, host in zip(layer.index, hosts, strict=True)]
    told = {str(row[0]): row[5:] for row in tables.grouping_rows(world, grouping)}
    for place, column in enumerate(("minutes", *tables.JOURNEY_RANGE, "borderline")):
        layer[column] = [told[id_][place] if id_ in told else None for id_ in layer.index]
    cells = [today.cells(world.scenario.edition, id_) for id_ in layer.index]
    for column, values in zip(today.COLUMNS, zip(*cells, strict=True), strict=True):
        layer[column] = list(values)
    return whole(layer.reset_index(names="kommunenummer"))


def role(id_: str, host: str, size: int) -> str:
    """Return what a municipality is in the plan: host, member, alone or outside."""
    if not host:
        return "outside"
    if size == 1:
        return "alone"
    return "host" if id_ == host else "member"


def offices(world: World, evaluation: Evaluation) -> gpd.GeoDataFrame:
    """Return the area of each office with its figures."""
    rows = pd.DataFrame(list(tables.office_rows(world, evaluation)), columns=list(tables.OFFICE_COLUMNS))
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
    rows = world.links[list(tables.LINK_COLUMNS)].reset_index(drop=True)
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
