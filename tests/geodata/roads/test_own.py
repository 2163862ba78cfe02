"""Roads of the user's own, as they are written and read again: directions, edges beside each other, and changes."""

import shutil
import zipfile

import numpy as np
import pandas as pd
import pytest
from extract import Extract, districts

from geodata import network, traveltimes
from geodata.faults import DataError
from geodata.osm.build import build, times
from geodata.roads.own import FILES, read_roads
from geodata.roads.plans import ClosedLink, FerryService, NewLink, extended, restricted
from geodata.roads.ways import Ways
from scenarios.cli.work.data.roads import tables
from scenarios.export.csv_files import write_csv

PLACES = {"1": (60.0, 10.0), "2": (60.1, 10.0), "3": (60.2, 10.0), "9": (61.0, 10.0)}


@pytest.fixture(scope="module")
def municipalities():
    return districts(PLACES)


@pytest.fixture(scope="module")
def built(tmp_path_factory, municipalities):
    """Build a one-way road beside a slower one from the first to the second, and two ferries to the third."""
    extract = Extract()
    for number in (1, 2, 3):
        extract.node(number, 60.0 + 0.1 * (number - 1))
    extract.node(5, 60.05, 10.1)
    extract.way(1, [1, 2], highway="primary", ref="7", oneway="yes")
    extract.way(2, [1, 5, 2], highway="secondary")
    extract.way(3, [2, 3], route="ferry", name="Fast", duration="00:20", interval="20")
    extract.way(4, [2, 3], route="ferry", name="Slow", duration="00:40", interval="20")
    extract.node(6, 60.21)
    extract.way(5, [3, 6], highway="residential")
    folder = tmp_path_factory.mktemp("roads")
    network_ = build(extract.write(folder / "a.osm.pbf"), municipalities, ["1", "2", "3"])
    for name, table in tables(network_).items():
        write_csv(folder / name, table)
    return folder, network_


@pytest.fixture(scope="module")
def graph(built, municipalities):
    return read_roads(built[0], municipalities, ["1", "2", "3"])


def test_minutes_and_lengths_are_those_that_were_written(built, graph):
    ids = ["1", "2", "3"]
    expected = times(built[1], ids)
    found = traveltimes.from_graph(graph, ids)
    assert found.minutes == pytest.approx(expected.minutes, abs=0.006)
    assert found.between("1", "2") < found.between("2", "1") - 1
    assert found.own
    once = {tuple(sorted(edge)): data["km"] for *edge, data in graph.edges(data=True)}
    assert sum(once.values()) == pytest.approx(built[1].edges["km"].sum())
    assert np.isinf(traveltimes.from_graph(graph, ["1", "9"]).between("1", "9")), "beside the network"


def test_ways_have_directions(graph):
    there = Ways(graph, ["1"]).between("1", "3")
    assert [part.name for part in there.parts] == ["7", "Fast", ""]
    back = Ways(graph.reverse(copy=False), ["1"]).between("1", "3").reversed()
    assert (back.start, back.end, [part.name for part in back.parts]) == ("3", "1", ["", "Fast", ""])
    assert back.minutes == pytest.approx(traveltimes.from_graph(graph, ["1", "3"]).between("3", "1"), abs=0.006)


@pytest.mark.parametrize(
    ("change", "there", "back"),
    [
        (lambda graph: network.change(graph, closed=["Fast"]), 20, 20),
        (lambda graph: network.change(graph, ferry_factor=2), 30, 30),
        (lambda graph: restricted(graph, ferries={"Fast": FerryService(wait_minutes=13)}), 3, 3),
        (lambda graph: extended(graph, [NewLink("Bridge", ("2", "60.2, 10.0"), 15)]), None, None),
    ],
    ids=["closed ferry", "slow ferries", "wait", "bridge"],
)
def test_what_changes_of_the_network_changes_times(graph, change, there, back):
    before = traveltimes.from_graph(graph, ["2", "3"]).minutes
    after = traveltimes.from_graph(change(graph), ["2", "3"]).minutes
    if there is None:
        assert (after < before)[[0, 1], [1, 0]].all()
    else:
        assert (after - before)[[0, 1], [1, 0]] == pytest.approx([there, back], abs=0.011)


def test_a_closed_road_is_closed_in_both_directions(graph):
    shut = restricted(graph, closed=[ClosedLink(("1", "2"))])
    assert np.isinf(traveltimes.from_graph(shut, ["1", "2"]).minutes).sum() == 2
    one = traveltimes.from_graph(restricted(graph, closed=[ClosedLink(("2", "1"), road="Rv 7")]), ["1", "2"])
    assert one.between("1", "2") == one.between("2", "1")
    with pytest.raises(DataError, match="there are none"):
        network.change(graph, seasonal=["Sognefjellet"])


def test_a_packed_folder_is_the_same(built, municipalities, graph, tmp_path):
    with zipfile.ZipFile(tmp_path / "roads.zip", "w") as packed:
        for name in FILES:
            packed.write(built[0] / name, name)
    again = read_roads(tmp_path / "roads.zip", municipalities, [])
    assert list(again.edges(data=True)) == list(graph.edges(data=True))


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        (
            "road-edges.csv",
            lambda table: table.drop(columns="minutes_back"),
            "road-edges.csv:1: there is no column minutes_back",
        ),
        ("road-edges.csv", lambda table: table.assign(minutes="-1"), "road-edges.csv: 4 more rows like these"),
        ("road-edges.csv", lambda table: table.assign(kind="path"), "kind is 'path', none of road, ferry"),
        ("road-edges.csv", lambda table: table.assign(v="J77"), "road-edges.csv:2: there is no node 'J77'"),
        ("road-edges.csv", lambda table: table.assign(minutes="inf", minutes_back="inf"), "leads in no direction"),
        ("road-nodes.csv", lambda table: table.assign(lat="north"), "road-nodes.csv:2: lat is 'north', not a number"),
        ("road-nodes.csv", lambda table: pd.concat([table, table]), "the node 'C1' stands here a second time"),
        ("road-nodes.csv", lambda table: table.iloc[:0], "the roads have no centre for 1, 2"),
    ],
)
def test_what_cannot_be_read_is_told(built, municipalities, tmp_path, name, spoil, said):
    for one in FILES:
        shutil.copy(built[0] / one, tmp_path / one)
    spoil(pd.read_csv(tmp_path / name, dtype=str, keep_default_na=False)).to_csv(tmp_path / name, index=False)
    with pytest.raises(DataError) as caught:
        read_roads(tmp_path, municipalities, ["1", "2"])
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such folder"),
        (b"a;b", "is no folder, nor a .zip"),
        (b"PK\5\6" + bytes(18), "no road-nodes.csv in it"),
    ],
)
def test_other_files_are_refused(municipalities, tmp_path, content, said):
    if content is not None:
        (tmp_path / "roads").write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_roads(tmp_path / "roads", municipalities, [])
