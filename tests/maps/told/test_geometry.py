"""Borders, nearness and roads on small coverages made by hand."""

import geopandas as gpd
import networkx as nx
import numpy as np
import pytest
import shapely

from maps.told.places import geometry

BOX = shapely.box
ROW = np.array([BOX(0, 0, 1, 1), BOX(1, 0, 2, 1), BOX(2, 0, 3, 1)])


def test_borders_are_the_shared_sides_between_groups() -> None:
    lines = geometry.borders(ROW, ["a", "a", "b"])
    assert lines.equals(shapely.LineString([(2, 0), (2, 1)]))


def test_no_border_within_a_group_nor_at_the_coast() -> None:
    assert geometry.borders(ROW, ["a", "a", "a"]).is_empty


def test_no_border_between_ignored_groups() -> None:
    lines = geometry.borders(ROW, ["a", "b", "c"], ignore=frozenset("ab"))
    assert lines.equals(shapely.LineString([(2, 0), (2, 1)]))


def test_borders_around_a_hole_and_of_many_parts() -> None:
    hole = BOX(1, 1, 2, 2)
    outer = shapely.MultiPolygon([BOX(0, 0, 3, 3).difference(hole), BOX(9, 9, 10, 10)])
    lines = geometry.borders(np.array([outer, hole]), ["a", "b"])
    assert lines.length == pytest.approx(4)


def test_offices_across_a_narrow_fjord_are_near() -> None:
    apart = geometry.NEAR_M
    shapes = np.array(
        [BOX(0, 0, 10, 10), BOX(10 + apart * 0.9, 0, 20 + apart, 10), BOX(3 * apart, 0, 3 * apart + 9, 9)]
    )
    assert geometry.near_offices(shapes, ["a", "b", "c"]) == {"a": {"b"}, "b": {"a"}, "c": set()}
    assert geometry.near_offices(shapes, ["a", "a", None]) == {"a": set()}


def test_degrees_are_rounded() -> None:
    # Two, because older libraries warn at a single one.
    turned = geometry.to_degrees([shapely.Point(262211, 6649335), shapely.Point(0, 7000000)])[0]
    assert (turned.x, turned.y) == (10.7461, 59.9127)


def test_degrees_of_another_plane() -> None:
    there = geometry.to_degrees([shapely.Point(500_000, 4_500_000), shapely.Point(600_000, 4_500_000)], "EPSG:32629")
    assert (there[0].x, there[0].y) == pytest.approx((-9, 40.6509), abs=1e-4)


def test_fine_shapes_are_thinned_and_stay_a_coverage(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = np.linspace(0, np.pi, 500)
    middle = np.column_stack([50 + np.sin(9 * turns), 100 * turns / np.pi])
    left = shapely.Polygon([*middle, (0, 100), (0, 0)])
    table = gpd.GeoDataFrame({"id": [1, 2]}, geometry=[left, BOX(0, 0, 100, 100).difference(left)], crs=25833)
    assert geometry.thinned(table) is table
    monkeypatch.setattr(geometry, "MOST_CORNERS", 200)
    thin = geometry.thinned(table).geometry.to_numpy()
    assert shapely.get_num_coordinates(thin).sum() <= 200
    assert shapely.coverage_is_valid(thin)
    assert shapely.area(thin) == pytest.approx(table.area.to_numpy(), rel=0.01)


def test_roads_and_ferries_are_told_apart() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for node, x in (("a", 0), ("b", 1000), ("c", 2000), ("d", 3000)):
        graph.add_node(node, x=x, y=0)
    graph.add_edge("a", "b", kind="road", road_class="primary")
    graph.add_edge("b", "c", kind="ferry", road_class="ferry")
    graph.add_edge("c", "d", kind="road", road_class="secondary")
    assert geometry.main_roads(graph).bounds == (0, 0, 1000, 0)
    assert geometry.ferries(graph).bounds == (1000, 0, 2000, 0)
    assert geometry.main_roads(nx.Graph()).is_empty
