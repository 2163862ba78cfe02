"""Coordinate systems that are stated, missing, wrong or turned: recognised and said, or refused with the way out."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from geodata.faults import DataError, DataRemark
from geodata.owntables.regions import BoundaryFile, read_municipalities
from geodata.owntables.shapes import planes, systems

pytestmark = pytest.mark.filterwarnings("ignore:.*there are no centres:geodata.faults.DataRemark")


def read(path, crs=""):
    return read_municipalities(path, "", BoundaryFile(crs=crs))


def refused(path, crs=""):
    with pytest.raises(DataError) as caught:
        read(path, crs)
    return str(caught.value).replace(f"{path.parent}/", "")


def middle(found):
    there = gpd.GeoSeries([shapely.box(*found.total_bounds).centroid], crs=found.crs).to_crs(4326)[0]
    return there.x, there.y


PLACE = pytest.approx((14.6, 63.2), abs=0.2)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:25833", "EPSG:3857", "EPSG:3035", "EPSG:3067", "EPSG:4258"])
def test_a_region_is_where_it_is_in_every_system(region, write, crs):
    assert middle(read(write(region.to_crs(crs)))) == PLACE


@pytest.mark.filterwarnings("ignore:'crs' was not provided:UserWarning")
def test_a_system_that_is_not_stated(region, write):
    path = write(region.set_crs(None, allow_override=True), "m.shp")
    assert "the file does not say in which coordinate system its shapes are (470000 to 490000 and" in refused(path)
    assert middle(read(path, "EPSG:3006")) == PLACE
    path = write(region.to_crs(4326).set_crs(None, allow_override=True), "d.shp")
    with pytest.warns(DataRemark, match="its coordinates are read as degrees"):
        assert middle(read(path)) == PLACE


def test_metres_that_are_called_degrees(region, write):
    path = write(region.set_crs(4326, allow_override=True))
    said = refused(path)
    assert "m.gpkg: its coordinates (470000 to 490000 and 7e+06 to 7.02e+06) lie outside of where EPSG:4326 is" in said
    assert "it may be EPSG:25832 or EPSG:25833" in said
    with pytest.warns(DataRemark, match="says that it is in EPSG:4326; data.boundaries_crs says EPSG:3006, which hold"):
        assert middle(read(path, "EPSG:3006")) == PLACE


def test_north_before_east(region, write):
    path = write(region.assign(geometry=systems.swapped(region.geometry.to_numpy())))
    with pytest.warns(DataRemark, match="north stands before east"):
        assert middle(read(path)) == PLACE


def test_a_system_that_is_no_map(region, write):
    with pytest.warns(DataRemark, match="data.boundaries_crs says EPSG:5773"):
        said = refused(write(region), "EPSG:5773")
    assert "EPSG:5773 is no coordinate system of places on a map" in said


@pytest.mark.parametrize(
    ("degrees", "plane"),
    [
        ((14.6, 63.2), "EPSG:25833"),
        ((31.0, 70.3), "EPSG:25833"),
        ((-8.0, 40.0), "EPSG:32629"),
        ((174.8, -41.3), "EPSG:32760"),
        ((180.0, -17.0), "EPSG:32760"),
        ((-75.0, 45.0), "EPSG:32618"),
    ],
)
def test_a_region_has_a_plane_near_it(degrees, plane):
    points = np.array([degrees])
    assert planes.plane_of(points) == plane
    assert pyproj.CRS.from_user_input(plane).is_projected
    there = planes.to_degrees(planes.projected(points, plane), plane)
    assert there % 360 == pytest.approx(points % 360, abs=1e-6)


def test_a_region_on_the_other_side_of_the_earth(region, write):
    far = region.set_crs(2193, allow_override=True)
    far.geometry = shapely.transform(
        region.geometry.to_numpy(), lambda xy: xy - (470_000 - 1_750_000, 7_000_000 - 5_430_000)
    )
    found = read(write(far))
    assert found.crs == "EPSG:32760"
    assert middle(found) == pytest.approx((174.9, -41.2), abs=0.2)
    assert found.geometry.area.to_numpy() == pytest.approx(1e8, rel=0.01)
