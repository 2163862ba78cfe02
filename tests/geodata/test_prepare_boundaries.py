"""How the boundaries are made, on shapes small enough to see."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata import prepare_boundaries as make

needs_clean = pytest.mark.skipif(not hasattr(shapely, "coverage_clean"), reason="needs Shapely 2.2")


def island(x: float, y: float, side: float) -> shapely.Polygon:
    return shapely.box(x, y, x + side, y + side)


@needs_clean
def test_neighbours_stay_neighbours_and_islets_of_need_stay():
    big = shapely.MultiPolygon([island(0, 0, 20_000), island(25_000, 0, 300)])
    next_to_it = shapely.box(20_000, 0, 40_000, 20_000).difference(shapely.box(24_000, 0, 26_000, 1_000))
    islets = shapely.MultiPolygon([island(60_000 + 2_000 * step, 0, 500) for step in range(5)])
    shapes = pd.Series([big, next_to_it, islets], index=["0001", "0002", "0003"])
    centres = gpd.GeoSeries([shapely.Point(1, 1), shapely.Point(39_000, 5_000), shapely.Point(68_250, 250)])
    centres.index = shapes.index
    thin = make.simplify(shapes, centres).set_index("kommunenummer").geometry
    assert shapely.coverage_is_valid(thin.to_numpy())
    assert thin["0001"].touches(thin["0002"])
    assert len(thin["0001"].geoms) == 1, "an islet that its municipality can spare is dropped"
    assert len(thin["0003"].geoms) == 5, "a municipality of islets keeps them"
    assert thin["0003"].covers(centres["0003"])
    assert (shapely.get_coordinates(thin.to_numpy()) % 1 == 0).all()


def test_the_islet_of_the_centre_stays():
    shape = shapely.MultiPolygon([island(0, 0, 50_000), island(60_000, 0, 100)])
    assert len(make._without_islets(shape, shapely.Point(60_050, 50)).geoms) == 2
    assert len(make._without_islets(shape, shapely.Point(50, 50)).geoms) == 1


def test_the_line_runs_half_way():
    side = make._side(((10.0, 60.0),), ((11.0, 60.0),), shapely.Point(235_000, 6_660_000).buffer(1000))
    to_metres = make.Transformer.from_crs("EPSG:4326", make.CRS, always_xy=True).transform
    assert side.covers(shapely.Point(to_metres(10.49, 60.0)))
    assert not side.covers(shapely.Point(to_metres(10.51, 60.0)))
