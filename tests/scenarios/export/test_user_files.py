"""Files of the user's own in a run folder: the same bytes, and a Shapefile as one file that reads the same."""

import geopandas as gpd
import pytest
from squares import square

from geodata.owntables.shapes.features import read_features
from scenarios.export.user_files import checksum, keep
from scenarios.world.sources import kept_at


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("m.gpkg", "inputs/user-boundaries.gpkg"),
        ("M.GeoJSON", "inputs/user-boundaries.geojson"),
        ("m.shp", "inputs/user-boundaries.zip"),
    ],
)
def test_boundaries_are_kept_and_read_the_same(tmp_path, name, kept):
    table = gpd.GeoDataFrame({"id": ["01", "02"]}, geometry=[square(0), square(1)], crs="EPSG:3006")
    table.to_file(tmp_path / name, engine="pyogrio")
    assert kept_at(("data", "boundaries"), name) == kept
    (tmp_path / "inputs").mkdir()
    keep(tmp_path / name, tmp_path / kept)
    assert checksum(tmp_path / kept) == checksum(tmp_path / name), "the same question has the same name"
    before, after = read_features(tmp_path / name), read_features(tmp_path / kept)
    assert before.table.rows == after.table.rows == [(1, ["01"]), (2, ["02"])]
    assert (before.shapes == after.shapes).all()
    assert before.crs == after.crs


def test_a_table_is_kept_as_it_is(tmp_path):
    (tmp_path / "m.csv").write_bytes(b"id\n1\n")
    assert kept_at(("data", "municipalities"), tmp_path / "m.xlsx") == "inputs/user-municipalities.csv"
    keep(tmp_path / "m.csv", tmp_path / "kept.csv")
    assert (tmp_path / "kept.csv").read_bytes() == b"id\n1\n"
