"""Ways part by part, and what is weak of them."""

import numpy as np
import pytest

from geodata import network, traveltimes
from geodata.roads.plans import FerryService, NewLink, extended, restricted
from geodata.roads.ways import Ways, connected_to, name_of
from geodata.roads.weak import Age, oldest, weak_spots, weak_spots_used


def test_parts_in_the_direction_of_the_way(coast):
    there = Ways(coast, ["0001"]).between("0001", "0003")
    assert [(part.name, part.minutes, part.km) for part in there.parts] == [
        ("E6", 14, 12),
        ("13", 2, 1.2),
        ("Sandvik-Vik", 55, 11),
    ]
    assert [(part.sailing_minutes, part.wait_minutes, part.is_ferry) for part in there.parts[1:]] == [
        (0, 0, False),
        (25, 30, True),
    ]
    assert (there.minutes, there.km) == (71, pytest.approx(24.2))
    back = Ways(coast, ["0003"]).between("0003", "0001")
    assert [part.nodes for part in back.parts] == [tuple(reversed(part.nodes)) for part in reversed(there.parts)]


def test_nowhere_to_go(coast):
    parted = coast.copy()
    parted.remove_edge("Q1", "C0003")
    assert Ways(parted, ["0001"]).between("0001", "0003") is None
    assert (connected_to(parted, "0002"), connected_to(parted, "0003")) == (["0001", "0002"], ["0003"])
    assert Ways(coast, ["0001"]).between("0001", "0001").parts == ()


def test_pieces_of_one_road_are_one_part_and_ties_belong_to_it(coast):
    same = {"kind": "road", "sailing_min": 0.0, "wait_min": 0.0, "source": "egm"}
    coast.remove_edge("C0001", "C0002")
    for k in (1, 2, 3):
        coast.add_node(f"J{k}", lon=6.0, lat=60.02 * k, ground="0001", kind="junction", name="", kommunenummer="")
    tie = same | {"road_class": "local_or_connector", "ref": "", "source": "connector"}
    coast.add_edge("C0001", "J1", minutes=2.0, km=0.7, **tie)
    coast.add_edge("J1", "J2", minutes=4.0, km=5.0, road_class="primary", ref="39", **same)
    coast.add_edge("J2", "J3", minutes=4.0, km=5.0, road_class="motorway_4lane", ref="39", **same)
    coast.add_edge("J3", "C0002", minutes=1.9, km=1.2, road_class="secondary", ref="39", **same)
    way = Ways(coast, ["0001"]).between("0001", "0002")
    assert [(part.name, part.minutes) for part in way.parts] == [("E39", 10), ("39", 1.9)]


def test_weak_spots_by_kind(coast):
    coast.edges["C0001", "C0002"].update(source="hand", minutes=34.0)
    coast.edges["Q1", "C0002"]["source"] = "connector"
    way = Ways(coast, ["0001"]).between("0001", "0003")
    found = [(spot.kind, spot.name, spot.grounds, round(spot.figure, 1)) for spot in weak_spots(coast, way.edges)]
    assert found == [
        ("hand", "E6", ("0001", "0002"), 0),
        ("slow", "E6", ("0001", "0002"), 23.2),  # 12 km in 34 minutes, less 1.5 at each end
        ("tie", "13", ("0002",), 1.1),
        ("wait", "Sandvik-Vik", ("0002", "0003"), 30),
    ]
    assert oldest(way.edges) == Age("egm", 2016, 11, pytest.approx(24.2))


def test_what_a_scenario_sets_is_its_own_and_no_assumption(coast):
    sails = restricted(coast, ferries={"Sandvik-Vik": FerryService(wait_minutes=5)})
    built = extended(sails, [NewLink("Brua", ("0001", "0003"), 30)])
    ways = Ways(built, ["0002", "0001"])
    used = [ways.between("0002", "0003"), ways.between("0001", "0003")]
    found = [(spot.kind, times) for spot, times in weak_spots_used(built, used)]
    assert found == [("planned", 1), ("scenario", 1)]
    twice = weak_spots_used(built, [used[0], used[0]])
    assert [(spot.kind, times) for spot, times in twice] == [("scenario", 2)]


def test_all_ways_of_the_country_take_the_minutes_of_the_table(roads):
    ids = [node.removeprefix("C") for node in roads if node.startswith("C56")]
    ways, times = Ways(roads, ids), traveltimes.from_graph(roads, ids)
    assert np.abs(ways.minutes_to(ids) - times.minutes).max() < 0.01
    for one in ids:
        way = ways.between(ids[0], one)
        assert way.minutes == pytest.approx(times.between(ids[0], one), abs=0.01)
        assert sum(part.minutes for part in way.parts) == pytest.approx(way.minutes)
        assert all(part.sailing_minutes + part.wait_minutes == part.minutes for part in way.parts if part.is_ferry)


def test_slower_ferries_wait_longer_too(coast):
    slow = network.change(coast, ferry_factor=2.0)
    assert {slow.edges["Q1", "C0003"][name] for name in ("sailing_min", "wait_min", "minutes")} == {50, 60, 110}


@pytest.mark.parametrize(
    ("ref", "road_class", "name"),
    [("6", "primary", "E6"), ("6", "secondary", "6"), ("17", "primary", "17"), ("", "primary", "")],
)
def test_numbers_of_roads(ref, road_class, name):
    assert name_of({"ref": ref, "road_class": road_class}) == name
