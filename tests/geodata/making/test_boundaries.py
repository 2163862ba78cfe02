"""How the boundaries are made, on shapes small enough to see."""

import bz2
import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.making import boundaries as make

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


def test_the_shared_ground_is_intersection_over_union():
    ours, theirs = np.array([island(0, 0, 10), island(0, 0, 10)]), np.array([island(0, 0, 10), island(5, 0, 10)])
    assert make.overlap(ours, theirs).tolist() == pytest.approx([1, 1 / 3])


@needs_clean
def test_a_polygon_unlike_its_source_is_refused(monkeypatch):
    monkeypatch.setattr(make, "ISLET_KM2", 1_000.0)
    monkeypatch.setattr(make, "KEPT_SHARE", 0.5)
    halves = shapely.MultiPolygon([island(0, 0, 20_000), island(30_000, 0, 19_000)])
    centres = gpd.GeoSeries([shapely.Point(1, 1)], index=["0001"])
    with pytest.raises(ValueError, match=r"unlike their source.*0001"):
        make.simplify(pd.Series([halves], index=["0001"]), centres)


@needs_clean
def test_what_changed_hands_is_given_back_along_the_lines_of_2020(monkeypatch):
    monkeypatch.setattr(make, "MOVED_SINCE_2020", (("0001", "0002"),))
    now = pd.Series(
        {"0011": shapely.box(0, 0, 4, 9), "0012": shapely.box(4, 0, 9, 9), "0013": shapely.box(9, 0, 12, 9)}
    )
    before = pd.Series({"0001": shapely.box(0, 0, 6, 9), "0002": shapely.box(6, 0, 12, 9)})
    table = pd.DataFrame(
        {"kommunenummer_2020": ["0001", "0002", "0002"], "kommunenummer_2024": ["0011", "0012", "0013"]}
    )
    shapes = make.derive_2020(now, before, table)
    assert shapely.equals(shapes["0001"], before["0001"])
    assert shapely.equals(shapes["0002"], before["0002"])


@needs_clean
def test_a_boundary_file_is_read_repaired(tmp_path):
    bow_tie = [[[10, 60], [11, 61], [11, 60], [10, 61], [10, 60]]]
    square = [[[11, 60], [12, 60], [12, 61], [11, 61], [11, 60]]]
    features = [
        {
            "type": "Feature",
            "properties": {"kommunenummer": number},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for number, rings in ((1101, square), (301, bow_tie))
    ]
    path = tmp_path / "old.json.bz2"
    path.write_bytes(bz2.compress(json.dumps({"type": "FeatureCollection", "features": features}).encode()))
    shapes = make.read_2020(path)
    assert shapes.index.tolist() == ["0301", "1101"]
    assert shapely.coverage_is_valid(shapes.to_numpy())
