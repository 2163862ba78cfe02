"""Boundaries beside a table: whose each shape is, what is left out, and whether they fit the centres."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from squares import square

from geodata.faults import DataError, DataRemark
from geodata.owntables.neighbours import by_borders
from geodata.owntables.regions import BoundaryFile, read_municipalities
from geodata.owntables.shapes import systems


@pytest.fixture
def table(region, tmp_path):
    degrees = gpd.GeoSeries(region.centroid, crs=region.crs).to_crs(4326)
    facts = pd.DataFrame(region.drop(columns="geometry")).assign(lon=degrees.x, lat=degrees.y)
    facts.to_csv(tmp_path / "m.csv", index=False, sep=";")
    return tmp_path / "m.csv"


def remarks(recorded):
    return [str(one.message).partition(": ")[2] for one in recorded]


def refused(table, path, crs=""):
    with pytest.raises(DataError) as caught:
        read_municipalities(table, "", BoundaryFile(str(path), crs=crs))
    return str(caught.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize(
    ("column", "write_as"),
    [
        ("kommunenummer", str),
        ("komm_nr", int),
        ("KOMMUNENR", float),
        ("Lan_kod", lambda id_: f"'{id_}"),
        ("Code", lambda id_: "ABCD"[int(id_) - 1]),
    ],
)
def test_shapes_are_known_by_usual_names_and_odd_ids(region, table, write, column, write_as):
    other = gpd.GeoDataFrame({column: region["id"].map(write_as)}, geometry=region.geometry)
    found = read_municipalities(table, "", BoundaryFile(str(write(other))))
    assert not found.attrs["schematic"]
    assert found.geometry.contains(found["centre"]).all()
    assert by_borders(found)[["a", "b"]].to_numpy().tolist() == [["01", "02"], ["01", "03"], ["02", "04"], ["03", "04"]]


def test_the_column_that_fits_is_read(region, table, write):
    other = region[["geometry"]].assign(id=[7, 8, 9, 10], kod=region["id"])
    assert len(read_municipalities(table, "", BoundaryFile(str(write(other))))) == 4


def test_a_map_of_more_than_the_table(region, table, write):
    more = pd.concat([region, gpd.GeoDataFrame({"id": ["99", None]}, geometry=[square(2), square(3)], crs=region.crs)])
    with pytest.warns(DataRemark) as recorded:
        read_municipalities(table, "", BoundaryFile(str(write(more[["id", "geometry"]]))))
    assert remarks(recorded) == ["2 shapes are of no municipality of the table and not read: 99, (none)"]


def test_municipalities_without_a_shape(region, table, write):
    assert refused(table, write(region.iloc[:1])) == (
        "m.gpkg: 3 of 4 municipalities have no shape: 02 B, 03 C, 04 D "
        "(its column id says whose a shape is; it is written like '01')"
    )
    assert "none of its columns is one of ids: name" in refused(table, write(region[["name", "geometry"]], "n.gpkg"))


def test_what_is_no_area_and_heights_are_left_out(region, table, write):
    odd = [shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)]), None, shapely.Polygon()]
    parts = [shapely.box(470_000, 7_000_000, 475_000, 7_010_000), shapely.box(475_000, 7_000_000, 480_000, 7_010_000)]
    mixed = shapely.GeometryCollection([shapely.force_3d(parts[0], 5), shapely.Point(475_000, 7_005_000)])
    shapes = [mixed, shapely.force_3d(parts[1], 9), *region.geometry[1:], *odd]
    ids = ["01", "01", "02", "03", "04", "01", "02", "03", "04"]
    path = write(gpd.GeoDataFrame({"id": ids}, geometry=shapes, crs=region.crs))
    with pytest.warns(DataRemark) as recorded:
        found = read_municipalities(table, "", BoundaryFile(str(path)))
    assert remarks(recorded) == [
        "heights (Z coordinates) are not read",
        "what is no area (points, lines, nothing) is not read: 6 shapes",
    ]
    assert found.geometry.area["01"] == pytest.approx(1e8, rel=1e-3)
    assert not shapely.has_z(found.geometry.to_numpy()).any()


def test_a_municipality_that_is_a_point(region, table, write):
    point = region.assign(geometry=[region.geometry[0].centroid, *region.geometry[1:]])
    with pytest.warns(DataRemark, match="is no area"):
        assert "m.gpkg: 01 has no area (every municipality needs one)" in refused(table, write(point))


def test_the_centres_tell_which_way_the_coordinates_are(region, table, write):
    turned = region.to_crs(4326)
    turned.geometry = systems.swapped(turned.geometry.to_numpy())
    with pytest.warns(DataRemark, match="north stands before east in its coordinates, as the centres show"):
        found = read_municipalities(table, "", BoundaryFile(str(write(turned))))
    assert found.geometry.contains(found["centre"]).all()


def test_the_centres_tell_of_a_wrong_system(region, table, write):
    wrong = write(region.set_crs(25832, allow_override=True))
    said = refused(table, wrong)
    assert "m.gpkg: 4 of 4 centres lie outside of what is drawn of them" in said
    assert "boundaries_crs = 'EPSG:3006' would fit" in said or "boundaries_crs = 'EPSG:25833' would fit" in said
    with pytest.warns(DataRemark, match=r"data.boundaries_crs says EPSG:3006"):
        assert len(read_municipalities(table, "", BoundaryFile(str(wrong), crs="EPSG:3006"))) == 4


def test_shapes_of_one_id_are_one_municipality(region, write):
    halves = pd.concat([region, region.iloc[:1]], ignore_index=True)
    halves.geometry = [square(0, width=4000), *region.geometry[1:], shapely.box(474_000, 7_000_000, 480_000, 7_010_000)]
    with pytest.warns(DataRemark) as recorded:
        found = read_municipalities(write(halves))
    assert remarks(recorded)[0] == "shapes of one id are one municipality: 01 (2)"
    assert found.geometry["01"].area == pytest.approx(1e8, rel=1e-3)
    assert found.geometry["01"].geom_type == "Polygon"
    halves.loc[4, "population"] = 7
    with (
        pytest.warns(DataRemark),
        pytest.raises(DataError, match=r"m.gpkg:5: population of 01 is '7', but another on line 1"),
    ):
        read_municipalities(write(halves))


def test_shapes_without_figures_belong_beside_a_table(region, write):
    with pytest.raises(DataError, match=r"the column population is missing .* or name this file in data.boundaries"):
        read_municipalities(write(region[["id", "name", "county_id", "geometry"]]))


def test_two_files_of_shapes(region, write):
    path = write(region)
    with pytest.raises(DataError, match=r"has shapes of its own, and data.boundaries names a second file of them"):
        read_municipalities(path, "", BoundaryFile(str(path)))
