"""Links that close or come, ferries that sail otherwise, and journeys that somebody knows better."""

import numpy as np
import pytest

from geodata import network, traveltimes
from geodata.faults import DataError
from geodata.roads.ends import EndError, node_of, nodes_of, straight_km
from geodata.roads.plans import (
    ClosedLink,
    CorrectedPair,
    FerryService,
    NewLink,
    corrected,
    extended,
    restricted,
    wait_of,
)

IDS = ("0001", "0002", "0003")


def minutes(graph):
    return traveltimes.from_graph(graph, IDS).minutes


def test_a_bridge_shortens_only_what_it_serves(coast):
    bridge = NewLink("Brua", ("Sandvik", "0003"), minutes=9)
    built = extended(coast, [bridge])
    assert minutes(built).tolist() == [[0, 14, 25], [14, 0, 11], [25, 11, 0]]
    assert built.edges["Q1", "C0003"]["km"] == pytest.approx(straight_km(coast, "Q1", "C0003"))
    assert minutes(coast)[0, 2] == 71
    slower = extended(coast, [NewLink("Omveien", ("Sandvik", "0003"), minutes=80)])
    assert (minutes(slower) == minutes(coast)).all()


def test_closing_by_ends_and_by_the_number_of_the_road(coast):
    for road in ("", "6", "E6", "Rv. 6"):
        parted = minutes(restricted(coast, closed=[ClosedLink(("0001", "0002"), road)]))
        assert np.isinf(parted[0, 1])
        assert parted[1, 2] == 57
    assert np.isinf(minutes(restricted(coast, closed=[ClosedLink(("sandvik", "0003"))]))[1, 2])


def test_ferries_and_classes(coast):
    often = restricted(coast, ferries={"sandvik-vik": FerryService(departures=54, sailing_minutes=20)})
    assert wait_of(54) == 10
    assert wait_of(1) == 40
    assert often.edges["Q1", "C0003"]["minutes"] == 30
    assert minutes(restricted(coast, ferries={"Sandvik-Vik": FerryService(wait_minutes=0)}))[1, 2] == 27
    assert minutes(restricted(coast, class_factors={"primary": 2.0})).tolist()[0] == [0, 28, 85]


def test_a_pair_is_corrected_in_one_direction_or_both(coast):
    times = traveltimes.from_graph(coast, IDS)
    found = corrected(times, [CorrectedPair(("0003", "0001"), 60, one_way=True)], coast)
    assert (found.between("0003", "0001"), found.between("0001", "0003")) == (60, 71)
    both = corrected(times, [CorrectedPair(("0003", "0001"), 60)], coast)
    assert both.between("0003", "0001") == both.between("0001", "0003") == 60


def test_all_faults_at_once(coast):
    def texts(work):
        with pytest.raises(DataError) as caught:
            work()
        return [str(fault) for fault in caught.value.faults]

    closed = [ClosedLink(("0001", "0003")), ClosedLink(("0001", "0002"), "E39"), ClosedLink(("0001", "0001"))]
    found = texts(lambda: restricted(coast, closed=closed, ferries={"Sandvik-Vikk": FerryService(1)}))
    assert "closed_links.0.between: no road or ferry leads directly" in found[0]
    assert "links lead to 0002 (Town 0002)" in found[0]
    assert "there are: 6" in found[1]
    assert "both ends are the same" in found[2]
    assert "did you mean Sandvik-Vik?" in found[3]
    links = [NewLink("A", ("0001", "0002"), 5), NewLink("B", ("0001", "Sandvikk"), 9), NewLink("C", IDS[:2], 9, km=11)]
    found = texts(lambda: extended(coast, links))
    assert "new_links.0.minutes: is 5, but the straight line has 11.1 km (expected at least 5.1, 130 km/h)" in found[0]
    assert "did you mean Sandvik?" in found[1]
    assert "new_links.2.km: is 11, but the straight line between the ends has 11.1 km" in found[2]
    twice = [CorrectedPair(IDS[:2], 20), CorrectedPair(("0002", "0001"), 25)]
    found = texts(lambda: corrected(traveltimes.from_graph(coast, IDS), twice, coast))
    assert found == ["pairs.1.between: names a way that stands before (keep one)"]


def test_ends_are_municipalities_quays_or_positions(coast):
    assert node_of(coast, "0002") == "C0002"
    assert nodes_of(coast, "0002") == {"C0002", "Q1"}
    assert node_of(coast, "60.112, 6.001") == node_of(coast, "SANDVIK") == "Q1"
    with pytest.raises(EndError, match="km from the nearest"):
        node_of(coast, "60.5, 6.0")
    with pytest.raises(EndError, match="outside Norway"):
        node_of(coast, "6.0, 60.1")


def test_closing_never_shortens_and_adding_never_lengthens(roads):
    ids = [number for number in (node[1:] for node in roads if node.startswith("C")) if number[:2] in ("11", "46")]
    plain = traveltimes.from_graph(roads, ids).minutes
    closed = restricted(roads, closed=[ClosedLink(("Halhjem", "Sandvikvåg")), ClosedLink(("4612", "4613"))])
    assert (traveltimes.from_graph(closed, ids).minutes >= plain).all()
    links = [NewLink("Hordfast", ("4613", "4624"), 30), NewLink("Rogfast", ("1127", "1145"), 24)]
    built = traveltimes.from_graph(extended(roads, links), ids)
    assert (built.minutes <= plain).all()
    assert built.between("1127", "1145") == 24
    for k, one in enumerate(ids):
        for j, other in enumerate(ids):
            straight = straight_km(roads, network.centre_node(one), network.centre_node(other))
            assert built.minutes[k, j] >= straight / 130 * 60 - 0.01
