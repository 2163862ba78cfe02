"""Borders, nearness and roads on small coverages made by hand."""

import networkx as nx
import numpy as np
import pytest
import shapely

from maps.told import geometry

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
