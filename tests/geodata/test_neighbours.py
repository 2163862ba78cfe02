"""Who borders whom: the definition on small graphs, and the map of Norway."""

import csv
import shutil

import geopandas as gpd
import networkx as nx
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import editions, models, neighbours, network
from geodata.schema import CRS

IDS = ["0001", "0002", "0003", "0004"]
NODES = [f"C{number}" for number in IDS] + ["J1", "J2", "J3", "J4", "J5"]

small_edges = st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda pair: pair[0] < pair[1]),
    st.tuples(st.integers(0, 9), st.sampled_from(["road", "road", "ferry"])),
    max_size=20,
)


GROUNDS = st.lists(st.sampled_from([*IDS, ""]), min_size=5, max_size=5)


def build(edges, grounds=("",) * 5):
    """Return a graph of the nodes; each centre stands on its own ground, the junctions on the given ones."""
    graph = nx.Graph()
    graph.add_nodes_from((f"C{number}", {"ground": number}) for number in IDS)
    graph.add_nodes_from((node, {"ground": ground}) for node, ground in zip(NODES[4:], grounds, strict=True))
    for (u, v), (minutes, kind) in edges.items():
        graph.add_edge(NODES[u], NODES[v], minutes=minutes, kind=kind, ref="", road_class="primary")
    return graph


def places(ids, metres=0):
    """Return municipalities that are points, each so far from the one before."""
    points = [shapely.Point(metres * i, 0) for i in range(len(ids))]
    return gpd.GeoDataFrame({"geometry": points}, index=ids, crs=CRS)


def by_definition(graph):
    """Find the links straight from the definition by brute force: a way inside the two territories, or grounds."""
    far = {number: nx.single_source_dijkstra_path_length(graph, f"C{number}", weight="minutes") for number in IDS}
    home = {
        node: min((far[number][node], number) for number in IDS if node in far[number])[1]
        for node in graph
        if any(node in reached for reached in far.values())
    }
    links = {}
    for a, b in ((a, b) for a in IDS for b in IDS if a < b):
        for owner in (home, dict(graph.nodes(data="ground"))):
            both = graph.subgraph(node for node, number in owner.items() if number in (a, b))
            if (a, b) in links or not nx.has_path(both, f"C{a}", f"C{b}"):
                continue
            dry = nx.Graph((u, v) for u, v, data in both.edges(data=True) if data["kind"] == "road")
            dry.add_nodes_from(both)
            kind = "road" if nx.has_path(dry, f"C{a}", f"C{b}") else "ferry"
            links[a, b] = (kind, nx.dijkstra_path_length(both, f"C{a}", f"C{b}", weight="minutes"))
    return links


@given(small_edges, GROUNDS)
@settings(deadline=None, max_examples=150)
def test_agrees_with_the_definition(edges, grounds):
    # Two centres no minutes apart are one place: the definition says nothing about them.
    apart = {pair: (max(minutes, 1), kind) for pair, (minutes, kind) in edges.items()}
    graph = build(apart, grounds)
    found = neighbours.find(graph, places(IDS))
    assert {(row.a, row.b): (row.kind, row.minutes) for row in found.itertuples()} == by_definition(graph)


def test_nobody_and_somebody_alone():
    graph = build({})
    for ids in ([], ["0001"], IDS):
        assert list(neighbours.find(graph, places(ids)).columns) == neighbours.COLUMNS


def test_a_road_beside_a_faster_ferry_is_a_road():
    graph = build({(0, 4): (5, "road"), (4, 1): (90, "road"), (4, 5): (10, "ferry"), (5, 1): (5, "road")})
    graph.edges["J1", "J2"]["ref"] = "A-B"
    (link,) = neighbours.find(graph, places(IDS[:2])).itertuples(index=False)
    assert tuple(link) == ("0001", "0002", "road", "fastest by A-B", 20)


def test_a_way_that_begins_on_a_ferry_is_none_by_road():
    """The quay is nearest to a third centre, so that the way of the two is one over their ground only."""
    graph = build({(0, 4): (9, "ferry"), (4, 1): (9, "road"), (4, 2): (1, "road")}, (IDS[0], "", "", "", ""))
    found = neighbours.find(graph, places(IDS))
    assert found.set_index(["a", "b"]).loc[(IDS[0], IDS[1]), "kind"] == "ferry"


def test_a_link_by_hand_needs_a_way(roads, norway):
    finnmark = norway[norway["county_number"] == "56"]
    assert "manual" in around(neighbours.find(roads, finnmark), norway, "5624").values()
    cut = roads.copy()
    cut.remove_edges_from([*cut.edges(network.centre_node("5624"))])
    assert around(neighbours.find(cut, finnmark), norway, "5624") == {}


def test_a_road_abroad_does_not_make_a_ferry_a_road():
    graph = build({(0, 4): (5, "road"), (4, 1): (5, "road"), (0, 5): (5, "road"), (5, 1): (5, "ferry")})
    graph.edges["C0001", "J1"]["road_class"] = "primary_abroad"
    (link,) = neighbours.find(graph, places(IDS[:2])).itertuples(index=False)
    assert link.kind == "ferry"


def test_abroad_is_a_third_territory():
    graph = build({(0, 4): (5, "road"), (4, 1): (5, "road")})
    graph.edges["C0001", "J1"]["road_class"] = "primary_abroad"
    assert neighbours.find(graph, places(IDS[:2])).empty


def test_a_main_road_on_the_ground_of_the_two_is_not_lost_to_a_third_centre():
    # The junction half-way is nearer to the third centre, which stands beside the road.
    edges = {(0, 4): (20, "road"), (4, 1): (20, "road"), (4, 2): (5, "road")}
    away, own = build(edges, ["0003", "", "", "", ""]), build(edges, ["0002", "", "", "", ""])
    assert pairs_of(neighbours.find(away, places(IDS[:3]))) == {("0001", "0003"), ("0002", "0003")}
    assert pairs_of(neighbours.find(own, places(IDS[:3]))) == {("0001", "0002"), ("0001", "0003"), ("0002", "0003")}


@pytest.mark.parametrize(
    ("metres", "kind", "linked"), [(4999, "road", True), (5001, "road", False), (5001, "ferry", True)]
)
def test_roads_across_much_of_somebody_elses_land_make_no_neighbours(metres, kind, linked):
    graph = build({(0, 4): (10, "road"), (4, 1): (10, kind)}, ["0003", "", "", "", ""])
    assert len(neighbours.find(graph, places(IDS[:2], metres))) == linked


def test_links_fit_their_model(links):
    assert models.link_faults(links) == []
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
    "1547": ("Aukra", {"Molde": "ferry", "Hustadvika": "ferry"}),
    "1573": ("Smøla", {"Aure": "ferry"}),
    "1815": ("Vega", {"Brønnøy": "ferry", "Alstahaug": "ferry"}),
    "1816": ("Vevelstad", {"Brønnøy": "ferry", "Alstahaug": "ferry"}),
    "1818": ("Herøy", {"Dønna": "road", "Alstahaug": "ferry"}),
    "1827": ("Dønna", {"Herøy": "road", "Alstahaug": "ferry"}),
    "1834": ("Lurøy", {"Nesna": "ferry", "Træna": "ferry", "Rødøy": "ferry", "Rana": "ferry"}),
    "1835": ("Træna", {"Lurøy": "ferry"}),
    "1836": ("Rødøy", {"Lurøy": "ferry", "Meløy": "ferry"}),
    "1856": ("Røst", {"Bodø": "ferry", "Værøy": "ferry"}),
    "1857": ("Værøy", {"Røst": "ferry", "Moskenes": "ferry"}),
    "4625": ("Austevoll", {"Bergen": "ferry", "Fitjar": "ferry"}),
    "4633": ("Fedje", {"Austrheim": "ferry"}),
    "4636": ("Solund", {"Gulen": "ferry"}),
    "5052": ("Leka", {"Bindal": "ferry", "Nærøysund": "ferry"}),
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
    "5630": {"Båtsfjord": "road", "Tana": "road"},
    "5624": {"Gamvik": "road", "Porsanger": "manual", "Tana": "manual"},
    "5614": {"Hasvik": "ferry", "Kvænangen": "road", "Alta": "road"},
    "5605": {"Nesseby": "road"},
    "5612": {"Alta": "road", "Karasjok": "road"},
}


@pytest.mark.parametrize("number", BRIDGES_AND_FAR_NORTH)
def test_islands_with_bridges_and_finnmark(links, norway, number):
    assert around(links, norway, number) == BRIDGES_AND_FAR_NORTH[number]


MAIN_ROADS = [
    ("4005", "4026"),  # Notodden, Tinn: road 361 and 37
    ("4014", "4201"),  # Kragerø, Risør: the coast
    ("4219", "4223"),  # Evje og Hornnes, Vennesla: road 9
    ("5035", "5037"),  # Stjørdal, Levanger: E6
    ("5042", "5043"),  # Lierne, Røyrvik: by Tunnsjøen
    ("1525", "1577"),  # Stranda, Volda: road 60
]
THIRD_LAND = [
    ("3242", "3414"),  # Hurdal, Nord-Odal: Eidsvoll
    ("3423", "3425"),  # Stor-Elvdal, Engerdal: Rendalen
    ("4621", "4629"),  # Voss, Modalen: Vaksdal
    ("4218", "4226"),  # Iveland, Hægebostad: Evje og Hornnes and others
]


def test_who_shares_a_main_road_and_who_is_parted_by_a_third(links):
    assert set(MAIN_ROADS) <= pairs_of(links)
    assert not set(THIRD_LAND) & pairs_of(links)


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


@pytest.fixture
def alone(tmp_path, monkeypatch):
    """Return a folder of data with nothing in it but the correspondence; links by hand may be put there."""
    shutil.copy(editions.DATA / "correspondence.csv", tmp_path)
    monkeypatch.setattr(editions, "DATA", tmp_path)
    return tmp_path


def test_links_by_hand_are_all_new(links, roads, norway, request):
    added = {(row["a"], row["b"]) for row in by_hand() if row["change"] == "add"}
    removed = {(row["a"], row["b"]) for row in by_hand() if row["change"] == "remove"}
    manual = links[links["kind"] == "manual"]
    assert set(zip(manual["a"], manual["b"], strict=True)) == added
    folder = request.getfixturevalue("alone")
    (folder / neighbours.MANUAL_FILE).write_text("a,b,change,reason\n", encoding="utf-8")
    assert pairs_of(neighbours.find(roads, norway)) == (pairs_of(links) | removed) - added


def test_a_link_can_be_removed_by_hand(roads, norway, links, alone):
    text = "a,b,change,reason\n1151,1106,remove,for this test\n0301,1835,remove,was never there\n"
    (alone / neighbours.MANUAL_FILE).write_text(text, encoding="utf-8")
    assert around(links, norway, "1151") == {"Haugesund": "ferry"}
    assert around(neighbours.find(roads, norway), norway, "1151") == {}


def test_those_of_an_edition_are_found_once_and_a_copy_given_to_each(links):
    spoilt = neighbours.embedded()
    assert spoilt.equals(links)
    spoilt["minutes"] = 0.0
    assert neighbours.embedded("2024").equals(links)


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


def test_a_link_over_the_ground_falls_with_its_ferry(roads, norway, links):
    without = neighbours.find(network.change(roads, closed=["Gutvik-Leka"]), norway)
    assert ("5052", "5060") in pairs_of(links)
    assert ("5052", "5060") not in pairs_of(without)


def pairs_of(links):
    return set(zip(links["a"], links["b"], strict=True))


def test_no_link_without_a_way(roads, norway, links):
    every = [name for name in network.named_links(roads) if "-" in name]
    without = neighbours.find(network.change(roads, closed=every), norway)
    assert without["minutes"].lt(float("inf")).all()
    assert pairs_of(without) < pairs_of(links)
