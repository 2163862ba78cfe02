"""A network from extracts that are written here, with minutes computed by hand."""

import numpy as np
import pytest
from extract import KM_PER_DEGREE, Extract, districts
from osmium.osm.mutable import Relation

from geodata.faults import DataError
from geodata.osm.build import build, times
from geodata.osm.joining import contracted, largest
from geodata.osm.pieces import cut, cut_at, stretches
from geodata.osm.reading import read
from geodata.roads.ends import haversine_km

TENTH = KM_PER_DEGREE / 10
"""Km of a tenth of a degree along a meridian."""
ENDS = 3.0
"""Minutes at both ends of a journey."""
HERE_AND_THERE = {"1": (60.0, 10.0), "2": (60.1, 10.0)}
NONE = np.array([], dtype=np.int64)


def detour(extract: Extract) -> None:
    """Add a road that always leads from one end to the other and back."""
    extract.node(1, 60.0)
    extract.node(2, 60.1)
    extract.node(9, 60.05, 10.5)
    extract.way(99, [1, 9, 2], highway="residential")


def slow() -> float:
    here, corner = np.array([60.0, 60.1]), np.array([60.05, 60.05])
    km = haversine_km(np.array([10.0, 10.0]), here, np.array([10.5, 10.5]), corner).sum()
    return ENDS + km / (30 * 0.9) * 60


def fast(kmh: float, driven: float = 0.9) -> float:
    return ENDS + TENTH / (kmh * driven) * 60


@pytest.mark.parametrize(
    ("tags", "there", "back"),
    [
        ({"highway": "primary"}, fast(80), fast(80)),
        ({"highway": "primary", "maxspeed": "60"}, fast(60), fast(60)),
        ({"highway": "primary", "maxspeed": "50 mph"}, fast(80.4672), fast(80.4672)),
        ({"highway": "primary", "maxspeed": "NO:urban"}, fast(50), fast(50)),
        ({"highway": "primary", "maxspeed:backward": "40"}, fast(80), fast(40)),
        ({"highway": "primary", "oneway": "yes"}, fast(80), slow()),
        ({"highway": "primary", "oneway": "-1"}, slow(), fast(80)),
        ({"highway": "primary", "oneway": "reversible"}, slow(), slow()),
        ({"highway": "primary", "junction": "roundabout"}, fast(80), slow()),
        ({"highway": "motorway"}, fast(110), slow()),
        ({"highway": "motorway", "oneway": "no"}, fast(110), fast(110)),
        ({"highway": "tertiary"}, fast(70), fast(70)),
        ({"highway": "tertiary", "surface": "gravel"}, fast(60, 1), fast(60, 1)),
        ({"highway": "primary", "access": "private"}, slow(), slow()),
        ({"highway": "primary", "access": "no", "motor_vehicle": "yes"}, fast(80), fast(80)),
        ({"highway": "primary", "motor_vehicle:conditional": "no @ (Nov-May)"}, slow(), slow()),
        ({"highway": "primary", "motor_vehicle:conditional": "no @ (Mo-Fr 07:00-09:00)"}, fast(80), fast(80)),
        ({"highway": "primary", "seasonal": "yes"}, slow(), slow()),
        ({"highway": "primary", "ice_road": "yes"}, slow(), slow()),
        ({"highway": "cycleway"}, slow(), slow()),
        ({"route": "ferry", "duration": "00:20", "interval": "30"}, ENDS + 20 + 15, ENDS + 20 + 15),
        ({"route": "ferry", "duration": "PT20M"}, ENDS + 20 + 12, ENDS + 20 + 12),
        ({"route": "ferry", "interval": "03:00"}, ENDS + TENTH / 20 * 60 + 40, ENDS + TENTH / 20 * 60 + 40),
        ({"route": "ferry", "duration": "10", "motor_vehicle": "no"}, slow(), slow()),
        ({"route": "ferry", "duration": "10", "foot": "yes"}, slow(), slow()),
        ({"route": "ferry", "duration": "10", "foot": "yes", "motorcar": "yes"}, ENDS + 22, ENDS + 22),
    ],
    ids=lambda value: " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_minutes_are_those_computed_by_hand(tmp_path, tags, there, back):
    extract = Extract()
    detour(extract)
    extract.way(1, [1, 2], **tags)
    network = build(extract.write(tmp_path / "a.osm.pbf"), districts(HERE_AND_THERE), ["1", "2"])
    found = times(network, ["1", "2"])
    assert (found.between("1", "2"), found.between("2", "1")) == pytest.approx((there, back), abs=0.006)


@pytest.mark.parametrize(
    ("standing", "passed"),
    [
        ({"barrier": "bollard"}, False),
        ({"barrier": "gate"}, True),
        ({"barrier": "gate", "access": "private"}, False),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, True),
        ({"barrier": "cattle_grid"}, True),
        ({"barrier": "gate", "motor_vehicle:conditional": "no @ (Nov-May)"}, False),
        ({"highway": "crossing"}, True),
    ],
    ids=lambda value: " ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else "",
)
def test_barriers_stop_or_let_pass(tmp_path, standing, passed):
    extract = Extract()
    detour(extract)
    extract.node(3, 60.05, **standing)
    extract.way(1, [1, 3, 2], highway="primary")
    network = build(extract.write(tmp_path / "a.osm.pbf"), districts(HERE_AND_THERE), ["1", "2"])
    assert times(network, ["1", "2"]).between("1", "2") == pytest.approx(fast(80) if passed else slow(), abs=0.006)
    seasonal = times(network, ["1", "2"], seasonal=True).between("1", "2")
    closed = "barrier" in standing and not passed and "motor_vehicle:conditional" not in standing
    assert seasonal == pytest.approx(slow() if closed else fast(80), abs=0.006)
    assert network.used_km == pytest.approx(network.edges_km + network.dead_end_km + network.left_out["km"].sum())


def test_what_is_closed_in_winter_has_a_name_and_is_used_when_asked(tmp_path):
    extract = Extract()
    detour(extract)
    extract.way(1, [1, 2], highway="primary", seasonal="summer", name="Sognefjellet")
    network = build(extract.write(tmp_path / "a.osm.pbf"), districts(HERE_AND_THERE), ["1", "2"])
    assert times(network, ["1", "2"], seasonal=True).between("1", "2") == pytest.approx(fast(80), abs=0.006)
    row = network.edges.set_index("ref").loc["Sognefjellet"]
    assert (row["kind"], row["road_class"]) == ("road_seasonal", "primary")


def islands() -> Extract:
    """Four islands in a ring, a ferry from each to the next in two ways, a roundabout and side streets on the first.

    A fifth has no ferry, and a bridge that leads to it in one direction only.
    """
    extract = Extract()
    for k, (lat, lon) in enumerate([(60.0, 10.0), (60.2, 10.0), (60.2, 10.4), (60.0, 10.4)]):
        quays = [extract.node(10 * k + 10 + j, lat + 0.005 * j, lon) for j in range(4)]
        extract.way(k + 1, quays, highway="secondary", ref=str(k), maxspeed="60")
    for k in range(4):
        sea = extract.node(50 + k, 60.1, 10.2 + 0.01 * k)
        here, there = 10 * k + 10, 10 * ((k + 1) % 4) + 13
        extract.way(10 + 2 * k, [here, sea], route="ferry", name=f"Ring {k}", interval="20")
        extract.way(11 + 2 * k, [sea, there], route="ferry", name=f"Ring {k}", interval="20")
        members = [("w", 10 + 2 * k, ""), ("w", 11 + 2 * k, "")]
        extract.relations.append(
            Relation(id=k + 1, members=members, tags={"type": "route", "route": "ferry", "duration": "00:30"})
        )
    ring = [
        extract.node(70 + j, 60.01 + lat, 10.02 + lon)
        for j, (lat, lon) in enumerate([(0, 0), (0.001, 0), (0.001, 0.002)])
    ]
    extract.way(20, [12, ring[0]], highway="residential")
    extract.way(21, [*ring, ring[0]], highway="tertiary", junction="roundabout")
    extract.way(22, [ring[1], extract.node(80, 60.02, 10.03), extract.node(81, 60.021, 10.03)], highway="residential")
    extract.node(90, 60.3, 10.0)
    extract.node(91, 60.31, 10.0)
    extract.way(30, [90, 91], highway="secondary")
    extract.way(31, [20, 90], highway="secondary", oneway="yes")
    return extract


RING = {"1": (60.0, 10.0), "2": (60.2, 10.0), "3": (60.2, 10.4), "4": (60.0, 10.4)}


def test_a_ring_of_islands_is_one_network_and_the_fifth_is_reported(tmp_path):
    file = islands().write(tmp_path / "ring.osm.pbf")
    municipalities = districts(RING | {"5": (60.3, 10.0)})
    network = build(file, municipalities, ["1", "2", "3", "4"])
    found = times(network, ["1", "2", "3", "4"])
    # The sailing lasts 30 minutes in both its ways together, and is waited for once, half of 20 minutes.
    assert found.between("1", "2") == pytest.approx(ENDS + 40 + 0.015 * KM_PER_DEGREE / 54 * 60, abs=0.006)
    assert found.between("2", "1") == found.between("1", "2")
    # Further on one also drives over the island between.
    assert found.between("1", "3") == pytest.approx(ENDS + 80 + 0.03 * KM_PER_DEGREE / 54 * 60, abs=0.006)
    assert network.left_out[["kommunenummer", "name"]].to_numpy().tolist() == [["2", "Place 2"], ["5", "Place 5"]]
    fifth = network.left_out.set_index("kommunenummer").loc["5"]
    assert fifth["km"] == pytest.approx(0.01 * KM_PER_DEGREE)
    with pytest.raises(DataError, match="5 Place 5: no road of the network is within 2 km"):
        build(file, municipalities, ["5"])
    assert set(build(file, municipalities, [], within_km=20).centres.index) == {"1", "2", "3", "4", "5"}


def test_lengths_are_conserved_and_none_is_shorter_than_the_straight_line(tmp_path):
    file = islands().write(tmp_path / "ring.osm.pbf")
    network = build(file, districts(RING), ["1"])
    roads = network.edges[network.edges["source"] == "osm"]
    streets = read(file, "NO")
    whole = stretches(streets).km.sum()
    kept = roads["km"].sum() + network.dead_end_km + network.left_out["km"].sum()
    assert network.used_km == pytest.approx(whole, rel=1e-12)
    assert kept == pytest.approx(whole, abs=1e-4 * len(roads))
    places = network.nodes.set_index("id")
    for side in ("u", "v"):
        assert roads[side].isin(places.index).all()
    ends = [places.loc[network.edges[side], axis].to_numpy() for side in ("u", "v") for axis in ("lon", "lat")]
    assert (network.edges["km"].to_numpy() >= haversine_km(*ends) - 1e-5).all()


def test_an_edge_leads_from_junction_to_junction(tmp_path):
    streets = read(islands().write(tmp_path / "ring.osm.pbf"), "NO")
    parts = stretches(streets)
    pieces = cut(streets, parts, cut_at(streets, parts, NONE))
    inside, _ = largest(pieces)
    all_alike = np.zeros(len(streets.uses), dtype=np.int64)
    found = contracted(pieces.select(inside), len(streets.lon), NONE, all_alike > 0, all_alike)
    assert found.edges.km.sum() == pytest.approx(pieces.km[inside].sum())
    ends = np.bincount(np.concatenate([found.edges.u, found.edges.v]))
    assert 2 not in ends


def test_what_is_cut_off_or_unread_is_counted(tmp_path):
    extract = Extract()
    detour(extract)
    extract.way(1, [1, 777], highway="primary")
    extract.way(2, [1, 2], route="ferry", duration="about 20 min")
    network = build(extract.write(tmp_path / "a.osm.pbf"), districts(HERE_AND_THERE), ["1"])
    assert network.missing == 1
    assert network.unread == ("way 2: duration=about 20 min",)
