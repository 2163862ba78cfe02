"""Who borders whom: the definition on small graphs, and the map of Norway."""

import csv

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import editions, models, municipalities, neighbours, network

IDS = ["0001", "0002", "0003", "0004"]
NODES = [f"C{number}" for number in IDS] + ["J1", "J2", "J3", "J4", "J5"]

small_edges = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.integers(0, 9), st.sampled_from(["road", "road", "ferry"])),
    max_size=20,
)


def build(edges):
    graph = nx.Graph()
    graph.add_nodes_from(NODES)
    for (u, v), (minutes, kind) in edges.items():
        graph.add_edge(NODES[u], NODES[v], minutes=minutes, kind=kind, ref="", road_class="primary")
    return graph


def by_definition(graph):
    """Find the links straight from the definition: a way inside the two territories, by brute force."""
    far = {number: nx.single_source_dijkstra_path_length(graph, f"C{number}", weight="minutes") for number in IDS}
    home = {
        node: min((far[number][node], number) for number in IDS if node in far[number])[1]
        for node in graph
        if any(node in reached for reached in far.values())
    }
    links = {}
    for a, b in ((a, b) for a in IDS for b in IDS if a < b):
        if home[f"C{a}"] != a or home[f"C{b}"] != b:
            continue
        both = graph.subgraph(node for node, number in home.items() if number in (a, b))
        if not nx.has_path(both, f"C{a}", f"C{b}"):
            continue
        dry = nx.Graph((u, v) for u, v, data in both.edges(data=True) if data["kind"] == "road")
        dry.add_nodes_from(both)
        kind = "road" if nx.has_path(dry, f"C{a}", f"C{b}") else "ferry"
        links[a, b] = (kind, nx.dijkstra_path_length(both, f"C{a}", f"C{b}", weight="minutes"))
    return links


@given(small_edges)
@settings(deadline=None, max_examples=150)
def test_agrees_with_the_definition(edges):
    # Two centres no minutes apart are one place: the definition says nothing about them.
    apart = {pair: (max(minutes, 1), kind) for pair, (minutes, kind) in edges.items()}
    graph = build(apart)
    found = neighbours.find(graph, pd.DataFrame(index=IDS))
    assert {(row.a, row.b): (row.kind, row.minutes) for row in found.itertuples()} == by_definition(graph)


def test_nobody_and_somebody_alone():
    graph = build({})
    for ids in ([], ["0001"], IDS):
        assert list(neighbours.find(graph, pd.DataFrame(index=ids)).columns) == neighbours.COLUMNS


def test_a_road_beside_a_faster_ferry_is_a_road():
    graph = build({(0, 4): (5, "road"), (4, 1): (90, "road"), (4, 5): (10, "ferry"), (5, 1): (5, "road")})
    graph.edges["J1", "J2"]["ref"] = "A-B"
    (link,) = neighbours.find(graph, pd.DataFrame(index=IDS[:2])).itertuples(index=False)
    assert tuple(link) == ("0001", "0002", "road", "fastest by A-B", 20)


def test_a_road_abroad_does_not_make_a_ferry_a_road():
    graph = build({(0, 4): (5, "road"), (4, 1): (5, "road"), (0, 5): (5, "road"), (5, 1): (5, "ferry")})
    graph.edges["C0001", "J1"]["road_class"] = "primary_abroad"
    (link,) = neighbours.find(graph, pd.DataFrame(index=IDS[:2])).itertuples(index=False)
    assert link.kind == "ferry"


def test_abroad_is_a_third_territory():
    graph = build({(0, 4): (5, "road"), (4, 1): (5, "road")})
    graph.edges["C0001", "J1"]["road_class"] = "primary_abroad"
    assert neighbours.find(graph, pd.DataFrame(index=IDS[:2])).empty


def test_links_fit_their_model(links):
    models.link_schema().validate(links)
    assert links.equals(links.sort_values(["a", "b"], ignore_index=True))


def by_hand():
    """Return the rows of the table of links made by hand."""
    with (editions.DATA / neighbours.MANUAL_FILE).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def around(links, norway, number):
    """Return the neighbours of a municipality by name, with the kind of link."""
    rows = [(row.b if row.a == number else row.a, row.kind) for row in links.itertuples() if number in (row.a, row.b)]
    return {norway.loc[other, "name_norwegian"]: kind for other, kind in rows}


ISLANDS = {
    "1144": ("Kvitsøy", {"Randaberg": "ferry"}),
    "1151": ("Utsira", {"Haugesund": "ferry"}),
    "1547": ("Aukra", {"Molde": "ferry", "Hustadvika": "manual"}),
    "1573": ("Smøla", {"Aure": "ferry"}),
    "1815": ("Vega", {"Brønnøy": "ferry", "Alstahaug": "ferry"}),
    "1816": ("Vevelstad", {"Brønnøy": "ferry", "Alstahaug": "ferry"}),
    "1818": ("Herøy", {"Dønna": "road", "Alstahaug": "ferry"}),
    "1827": ("Dønna", {"Herøy": "road", "Alstahaug": "ferry"}),
    "1834": ("Lurøy", {"Nesna": "ferry", "Træna": "ferry", "Rødøy": "ferry", "Rana": "manual"}),
    "1835": ("Træna", {"Lurøy": "ferry"}),
    "1836": ("Rødøy", {"Lurøy": "ferry", "Meløy": "ferry"}),
    "1856": ("Røst", {"Bodø": "ferry", "Værøy": "ferry"}),
    "1857": ("Værøy", {"Røst": "ferry", "Moskenes": "ferry"}),
    "4625": ("Austevoll", {"Bergen": "ferry", "Fitjar": "ferry"}),
    "4633": ("Fedje", {"Austrheim": "ferry"}),
    "4636": ("Solund", {"Gulen": "ferry"}),
    "5052": ("Leka", {"Bindal": "ferry", "Nærøysund": "manual"}),
    "5616": ("Hasvik", {"Loppa": "ferry"}),
}


@pytest.mark.parametrize("number", ISLANDS)
def test_municipalities_reached_only_by_ferry(links, norway, number):
    name, expected = ISLANDS[number]
    assert norway.loc[number, "name_norwegian"] == name
    assert around(links, norway, number) == expected


BRIDGES_AND_FAR_NORTH = {
    "1859": {"Vestvågøy": "road", "Moskenes": "road"},
    "5014": {"Hitra": "road"},
    "4627": {"Øygarden": "road", "Bergen": "road"},
    "5607": {"Vardø": "road", "Nesseby": "road"},
    "5634": {"Vadsø": "road"},
    "5630": {"Båtsfjord": "road", "Tana": "manual"},
    "5624": {"Gamvik": "road", "Porsanger": "manual", "Tana": "manual"},
    "5614": {"Hasvik": "ferry", "Kvænangen": "road", "Alta": "manual"},
    "5605": {"Nesseby": "road"},
    "5612": {"Alta": "road", "Karasjok": "road"},
}


@pytest.mark.parametrize("number", BRIDGES_AND_FAR_NORTH)
def test_islands_with_bridges_and_finnmark(links, norway, number):
    assert around(links, norway, number) == BRIDGES_AND_FAR_NORTH[number]


def test_no_neighbours_across_the_border_or_the_country(links):
    pairs = set(zip(links["a"], links["b"], strict=True))
    # By way of Sweden or Finland only.
    assert not pairs & {("3101", "1840"), ("1840", "3101"), ("3401", "5025"), ("1840", "5516"), ("5538", "5612")}
    assert links.loc[links["kind"] != "manual", "minutes"].max() < 280


def test_everybody_is_joined_to_everybody(links, norway):
    graph = nx.Graph(list(zip(links["a"], links["b"], strict=True)))
    assert set(graph) == set(norway.index)
    assert nx.is_connected(graph)


def test_each_link_by_hand_has_a_reason_and_is_needed(norway):
    rows = by_hand()
    assert {row["change"] for row in rows} <= {"add", "remove"}
    assert all(len(row["reason"].split()) > 4 and row["a"] < row["b"] for row in rows)
    assert {row["a"] for row in rows} | {row["b"] for row in rows} <= set(norway.index)
    assert len({(row["a"], row["b"]) for row in rows}) == len(rows)


def test_links_by_hand_are_all_new(links):
    added = {(row["a"], row["b"]) for row in by_hand() if row["change"] == "add"}
    manual = links[links["kind"] == "manual"]
    assert set(zip(manual["a"], manual["b"], strict=True)) == added


def test_a_link_can_be_removed_by_hand(roads, norway, links, tmp_path, monkeypatch):
    text = "a,b,change,needs,reason\n1151,1106,remove,,for this test\n0301,1835,remove,,was never there\n"
    (tmp_path / neighbours.MANUAL_FILE).write_text(text, encoding="utf-8")
    monkeypatch.setattr(editions, "DATA", tmp_path)
    found = neighbours.find(roads, norway)
    assert around(found, norway, "1151") == {}
    assert len(found) == (links["kind"] != "manual").sum() - 1


def test_edition_2020_has_the_same_map(norway_2020, links):
    old = neighbours.find(network.load("2020"), norway_2020)
    assert (old["kind"] == "manual").sum() == (links["kind"] == "manual").sum()
    assert around(old, norway_2020, "1151") == {"Haugesund": "ferry"}
    # Giske and Haram both border on the old Ålesund.
    assert "Giske" in around(old, norway_2020, "1507")


def test_a_closed_ferry_cuts_the_link(roads, norway, links):
    without = neighbours.find(network.change(roads, closed=["Haugesund-Utsira"]), norway)
    lost = set(zip(links["a"], links["b"], strict=True)) - set(zip(without["a"], without["b"], strict=True))
    assert lost == {("1106", "1151")}


NEEDED = [(row["a"], row["b"], name) for row in by_hand() for name in row["needs"].split(";") if name]


@pytest.mark.parametrize(("a", "b", "name"), NEEDED)
@pytest.mark.parametrize("edition", ["2024", "2020"])
def test_a_link_by_hand_falls_with_the_ferry_it_needs(edition, a, b, name, request):
    norway = request.getfixturevalue("norway" if edition == "2024" else "norway_2020")
    if edition == "2020":
        old = municipalities.correspondence().drop_duplicates("kommunenummer_2020").set_index("kommunenummer_2024")
        a, b = sorted((old.loc[a, "kommunenummer_2020"], old.loc[b, "kommunenummer_2020"]))
    graph = network.load(edition)
    assert (a, b) in pairs_of(neighbours.find(graph, norway))
    assert (a, b) not in pairs_of(neighbours.find(network.change(graph, closed=[name.upper()]), norway))


def pairs_of(links):
    return set(zip(links["a"], links["b"], strict=True))


def test_whoever_names_a_ferry_needs_it(roads):
    """A reason that speaks of a ferry, or whose only way has one, says which."""
    known = network.named_links(roads)
    for row in by_hand():
        needs = set(filter(None, row["needs"].split(";")))
        assert needs <= set(known)
        assert needs >= {name for name in known if name in row["reason"]}
        assert needs or "ferry" not in row["reason"]


def test_no_link_without_a_way(roads, norway, links):
    every = [name for name in network.named_links(roads) if "-" in name]
    without = neighbours.find(network.change(roads, closed=every), norway)
    assert without["minutes"].lt(float("inf")).all()
    assert pairs_of(without) < pairs_of(links)
