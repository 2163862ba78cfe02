"""The checks of the road graph notice what they are for."""

import pytest

from geodata import editions, municipalities, neighbours, network
from geodata.making import road_checks
from geodata.making.loaded import Loaded


@pytest.fixture
def loaded(norway, links):
    """Return the edition with a graph of its own, to be damaged."""
    return Loaded(editions.get("2024"), norway, network.load().copy(), links)


def edge(graph, name):
    """Return the attributes of the edges of a name."""
    return [data for _, _, data in graph.edges(data=True) if data["ref"] == name]


def test_all_hold_and_print_their_figures(loaded):
    verdicts = [one(loaded) for one in road_checks.ROAD_CHECKS]
    assert [verdict.name for verdict in verdicts if not verdict.ok] == []
    assert all(any(letter.isdigit() for letter in verdict.figures) for verdict in verdicts)


def test_a_road_shorter_than_geometry_allows(loaded):
    (bridge,) = edge(loaded.graph, "Hardangerbrua")
    bridge["km"] = 0.2
    verdict = road_checks.lengths(loaded)
    assert not verdict.ok
    assert verdict.figures.startswith("1 of ")


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [("Hardangerbrua", "minutes", 1.0), ("Hardangerbrua", "minutes", 14.0), ("Moss-Horten", "sailing_min", 5.0)],
)
def test_a_speed_that_nobody_drives(loaded, name, key, value):
    (found,) = edge(loaded.graph, name)
    found[key] = value
    assert not road_checks.speeds(loaded).ok


def test_a_node_on_the_wrong_ground(loaded):
    loaded.graph.nodes["C0301"]["ground"] = "5001"
    assert not road_checks.ground(loaded).ok


def test_a_near_pair_made_slow_is_named(loaded):
    for one in edge(loaded.graph, "Ryfylketunnelen"):
        one["minutes"] = 500.0
    verdict = road_checks.near_pairs(loaded)
    assert not verdict.ok
    assert "not listed: 1103-1130" in verdict.figures


def test_a_listed_pair_that_is_not_slow_is_named(loaded):
    for one in edge(loaded.graph, "Haugesund-Utsira"):
        one["minutes"] = 20.0
    verdict = road_checks.near_pairs(loaded)
    assert not verdict.ok
    assert "listed, but not slow: 1106-1151, 1149-1151" in verdict.figures


def test_a_pair_faster_than_the_straight_line_is_counted(loaded):
    loaded.graph.add_edge("C0301", "C5001", minutes=60.0, km=400.0, kind="road", ref="", road_class="primary")
    verdict = road_checks.near_pairs(loaded)
    assert not verdict.ok
    assert not verdict.figures.startswith("0 of ")


def test_edition_2020_holds_too(norway_2020):
    graph = network.load("2020")
    old = Loaded(editions.get("2020"), norway_2020, graph, neighbours.find(graph, norway_2020))
    assert [one.figures for one in (check(old) for check in road_checks.ROAD_CHECKS) if not one.ok] == []
    assert "1580" not in municipalities.numbers_in("2020")
    assert municipalities.numbers_in("2020")["1508"] == "1507"
