"""The road and ferry graph, and its changes."""

import networkx as nx
import pytest

from geodata import network
from geodata.faults import DataError


def test_attributes(roads):
    node = roads.nodes["C5540"]
    assert (node["kind"], node["kommunenummer"]) == ("centre", "5540")
    assert abs(node["x"] - 750_000) < 50_000
    ferry = next(data for _, _, data in roads.edges(data=True) if data["ref"] == "Haugesund-Utsira")
    assert (ferry["kind"], ferry["minutes"], ferry["sailing_min"], ferry["wait_min"]) == ("ferry", 115, 75, 40)
    assert {data["kind"] for _, _, data in roads.edges(data=True)} == {
        "road", "ferry", "road_seasonal", "ferry_seasonal",
    }  # fmt: skip
    assert all(data["minutes"] >= 0 and data["km"] >= 0 for _, _, data in roads.edges(data=True))
    assert {data["kind"] for _, data in roads.nodes(data=True)} == {"centre", "junction", "quay"}


def test_the_embedded_graph_is_shared_and_nobody_changes_it(roads):
    assert network.load("2024") is roads
    with pytest.raises(nx.NetworkXError, match="Frozen"):
        roads.remove_node("C5540")
    changed = network.change(roads, road_factor=2.0)
    changed.remove_node("C5540")
    assert "C5540" in roads


def test_edition_2020_renumbers_the_centres(roads, norway_2020):
    old = network.load("2020")
    centres = {node for node, data in old.nodes(data=True) if data["kind"] == "centre"}
    assert centres == {network.centre_node(number) for number in norway_2020.index}
    assert all(
        network.centre_node(data["kommunenummer"]) == node for node, data in old.nodes.items() if node in centres
    )
    assert old.number_of_edges() == roads.number_of_edges()
    assert old.nodes["C1507"]["name"] == "Ålesund"
    (haram,) = (node for node, data in old.nodes(data=True) if data["name"] == "Brattvåg" and node.startswith("JC"))
    assert old.nodes[haram]["kind"] == "junction"


def test_winter_is_slower_and_leaves_the_graph_alone(roads):
    before = {edge: roads.edges[edge]["minutes"] for edge in roads.edges}
    winter = network.change(roads, road_factor=1.2, ferry_factor=1.5)
    for u, v, data in winter.edges(data=True):
        factor = 1.5 if data["kind"] == "ferry" else 1.2
        assert data["minutes"] == pytest.approx(before.get((u, v), before.get((v, u))) * factor)
    assert {edge: roads.edges[edge]["minutes"] for edge in roads.edges} == before
    assert winter.graph["edition"] == "2024"


def test_seasonal_links_are_closed_unless_opened(roads):
    closed = [data["ref"] for _, _, data in roads.edges(data=True) if data["kind"] in network.SEASONAL]
    assert len(closed) == 28
    assert len(list(network.open_edges(roads))) == roads.number_of_edges() - len(closed)
    assert network.change(roads).number_of_edges() == roads.number_of_edges() - len(closed)
    summer = network.change(roads, seasonal=True)
    assert len(list(network.open_edges(summer))) == roads.number_of_edges()


def test_roads_closed_in_winter_open_by_name(roads):
    assert network.closed_in_winter(roads) == network.seasonal_links(roads)
    assert {"Sognefjellet", "Trollstigen", "Valdresflye", "Hellesylt-Geiranger"} < set(network.seasonal_links(roads))
    one = network.change(roads, seasonal=["sognefjellet "])
    assert network.seasonal_links(one) == ["Sognefjellet"]
    assert set(network.closed_in_winter(one)) == set(network.seasonal_links(roads)) - {"Sognefjellet"}
    opened = [data["ref"] for _, _, data in network.open_edges(one) if data["kind"] in network.SEASONAL]
    assert opened == ["Sognefjellet"] * 3
    # What is left open stays so when something else is changed.
    again = network.change(one, seasonal=["Sognefjellet"], road_factor=2)
    assert network.closed_in_winter(again) == network.closed_in_winter(one)
    assert network.closed_in_winter(network.change(roads, seasonal=True)) == []


def test_closing_a_ferry(roads):
    closed = network.change(roads, closed=["haugesund-utsira", "Moss-Horten"])
    assert closed.number_of_edges() == network.change(roads).number_of_edges() - 2
    assert nx.node_connected_component(closed, "C1151") < set(closed)


def test_all_faults_of_a_change_at_once(roads):
    with pytest.raises(DataError) as caught:
        network.change(
            roads, road_factor=0, ferry_factor=float("nan"), closed=["Mos-Horten", "E6", "6"], seasonal=["Sognefjell"]
        )
    faults = caught.value.faults
    assert [fault.where for fault in faults] == ["road_factor", "ferry_factor", *["closed"] * 3, "seasonal"]
    assert faults[2].hint.startswith("did you mean Moss-Horten")
    assert faults[5].hint.startswith("did you mean Sognefjellet")


def test_named_links_are_names(roads):
    names = network.named_links(roads)
    assert "Moss-Horten" in names
    assert "Ryfylketunnelen" in names
    assert not any(letter.isdigit() for name in names for letter in name)
    assert len(names) == len(set(names)) > 100
