"""Files of shapes in every form that is read, and those that are refused, by value."""

import json
import os
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geodata.faults import DataError, DataRemark
from geodata.owntables.regions import read_municipalities
from geodata.owntables.shapes.features import read_features


def refused(path, layer=""):
    with pytest.raises(DataError) as caught:
        read_features(path, layer)
    (fault,) = caught.value.faults
    return str(fault).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("name", ["m.gpkg", "m.geojson", "m.json", "m.shp", "m.fgb"])
@pytest.mark.filterwarnings("ignore:Column names longer than 10:UserWarning")
def test_the_same_region_from_every_format(region, write, name):
    path = write(region, name, **({"driver": "GeoJSON"} if name == "m.json" else {}))
    with pytest.warns(DataRemark, match="there are no centres"):
        found = read_municipalities(path)
    assert found.index.tolist() == ["01", "02", "03", "04"]
    assert found["population"].tolist() == [1000, 2000, 3000, 4000]
    assert not found.attrs["schematic"]
    assert found.attrs["repairs"] == ()
    there = gpd.GeoSeries(region.geometry.to_numpy(), index=region["id"], crs=region.crs).to_crs(found.crs)
    assert shapely.hausdorff_distance(found.geometry.to_numpy(), there.to_numpy()).max() < 0.1
    assert found.geometry.contains(found["centre"]).all()


def test_a_packed_shapefile_and_what_is_missing_beside_one(region, write, tmp_path):
    path = write(region, "m.shp")
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as packed:
        for part in tmp_path.glob("m.*"):
            if part.suffix != ".zip":
                packed.write(part, f"kommuner/{part.name}")
    assert read_features(tmp_path / "m.zip").table.rows == read_features(path).table.rows
    (tmp_path / "m.dbf").unlink()
    assert refused(path) == "m.shp: m.dbf is not beside it (a Shapefile is several files: take them all)"


def test_parquet_with_and_without_a_word_of_its_shapes(region, tmp_path):
    pytest.importorskip("pyarrow")
    region.to_parquet(tmp_path / "m.parquet")
    found = read_features(tmp_path / "m.parquet")
    assert found.crs == region.crs
    facts = pd.DataFrame(region.drop(columns="geometry")).assign(geom=region.geometry.to_wkb())
    facts.to_parquet(tmp_path / "plain.parquet")
    plain = read_features(tmp_path / "plain.parquet")
    assert plain.crs is None
    assert shapely.equals(plain.shapes, found.shapes).all()
    assert plain.table.rows == found.table.rows == read_features(tmp_path / "m.parquet").table.rows


def test_parquet_needs_what_reads_it(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    (tmp_path / "m.parquet").write_bytes(b"PAR1")
    assert refused(tmp_path / "m.parquet") == (
        "m.parquet: Parquet is read with pyarrow, which is not installed "
        "(python -m pip install pyarrow, or save it as GeoPackage (.gpkg))"
    )


def test_topojson_says_no_coordinate_system(tmp_path):
    arcs = [[[10, 60], [10, 61]], [[10, 61], [9, 61], [9, 60], [10, 60]], [[10, 61], [11, 61], [11, 60], [10, 60]]]
    shapes = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"kommunenummer": 301, "navn": "A"}},
        {"type": "Polygon", "arcs": [[0, 2]], "properties": {"kommunenummer": 302, "navn": "B"}},
    ]
    objects = {"k": {"type": "GeometryCollection", "geometries": shapes}}
    (tmp_path / "m.topojson").write_text(json.dumps({"type": "Topology", "objects": objects, "arcs": arcs}))
    found = read_features(tmp_path / "m.topojson")
    assert found.crs is None
    at = found.table.header.index("kommunenummer")
    assert [cells[at] for _, cells in found.table.rows] == ["301", "302"]
    assert shapely.coverage_is_valid(found.shapes)


def test_the_layer_that_is_meant(region, write):
    path = write(region.assign(geometry=region.centroid), layer="centres")
    write(region.drop(columns=["id"]), layer="zones")
    with pytest.warns(DataRemark, match="its layer zones is read"):
        assert len(read_features(path).shapes) == 4
    write(region, layer="municipalities")
    with pytest.warns(DataRemark, match="its layer municipalities is read"):
        assert read_features(path).table.header[0] == "id"
    write(region, layer="more")
    hint = '(write boundaries_layer = "municipalities", or another)'
    assert refused(path) == f"m.gpkg: 2 layers may be meant: municipalities, more {hint}"
    assert read_features(path, "more").table.header[0] == "id"
    assert refused(path, "moore") == "m.gpkg: there is no layer 'moore' (did you mean more?)"


def test_points_alone_are_refused(region, write):
    path = write(region.assign(geometry=region.centroid))
    assert refused(path) == "m.gpkg: there is no layer of areas; its layers: m (Point) (areas are needed)"


def test_files_that_cannot_be_read(tmp_path):
    for name, content, said in (
        ("m.gpkg", b"SQLite format 3\0", "m.gpkg: cannot be read"),
        ("m.geojson", b"{", "m.geojson: cannot be read"),
        ("m.gml", b"<gml/>", "m.gml: shapes in a .gml file are not read (save it as GeoPackage"),
        ("m.zip", b"PK\x03\x04", "m.zip: this is a broken packed file"),
        ("m.shp", b"x", "m.shp: m.shx and m.dbf are not beside it"),
    ):
        (tmp_path / name).write_bytes(content)
        assert refused(tmp_path / name).startswith(said)
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as packed:
        packed.writestr("readme.txt", "x")
    assert refused(tmp_path / "empty.zip").startswith("empty.zip: there are no shapes in this packed file")
    assert refused(tmp_path / "lost.gpkg").startswith("lost.gpkg: there is no such file")
    os.mkfifo(tmp_path / "pipe.gpkg")
    assert refused(tmp_path / "pipe.gpkg").startswith("pipe.gpkg: this is a pipe or a device, not a file")


def test_several_files_in_one(region, write, tmp_path):
    with zipfile.ZipFile(tmp_path / "m.zip", "w") as packed:
        for name in ("a.geojson", "b.geojson"):
            packed.write(write(region, name), name)
    assert refused(tmp_path / "m.zip").startswith("m.zip: 2 files of shapes are in it: a.geojson, b.geojson")
    assert len(read_features(tmp_path / "m.zip", "b").shapes) == 4
