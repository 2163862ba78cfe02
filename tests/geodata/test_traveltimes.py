"""Minutes from the graph and from a user's table."""

import csv
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import network, traveltimes
from geodata.faults import DataError
from geodata.traveltimes import UNREACHABLE, TravelTimes

GOLDEN = Path(__file__).parent / "golden" / "minutes-2024.csv"
"""Nearly 500 pairs over the whole country in whole minutes, computed on the unmerged lines of the road source.

Those of Gratangen, four, are ours: its seat was moved after the others were computed.
"""


@pytest.fixture(scope="module")
def times(roads, norway):
    return traveltimes.from_graph(roads, norway.index)


def test_golden_pairs(times):
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert len({pair["start"] for pair in pairs}) == 357
    for pair in pairs:
        assert times.between(pair["start"], pair["end"]) == pytest.approx(float(pair["minutes"]), abs=1), pair


def test_known_journeys(times):
    """Commonly quoted times; the graph is good to about a tenth."""
    assert times.between("0301", "5001") == pytest.approx(390, rel=0.1)
    assert times.between("0301", "4601") == pytest.approx(420, rel=0.1)
    assert times.between("5603", "5601") == pytest.approx(125, rel=0.1)


REPAIRED = {
    ("4220", "4221"): 54,  # road 9 through Setesdal
    ("5624", "5628"): 189,  # road 98 over Ifjordfjellet
    ("1577", "4651"): 53,  # Kvivsvegen
    ("4646", "4647"): 48,  # Dalsfjordbrua
    ("1822", "1833"): 81,  # Toventunnelen
    ("1145", "1149"): 31,  # T-forbindelsen
    ("1838", "1839"): 56,  # road 813
}
"""Minutes of journeys that an earlier graph made much too long, with the road that it lacked."""


@pytest.mark.parametrize(("start", "end"), REPAIRED)
def test_roads_that_were_missing_once(times, start, end):
    assert round(times.between(start, end)) == REPAIRED[start, end]


def test_shape_of_the_matrix(times):
    assert times.minutes.shape == (357, 357)
    assert np.isfinite(times.minutes).all()
    assert (times.minutes == times.minutes.T).all()
    assert (times.minutes == np.round(times.minutes, 2)).all()
    assert not times.minutes.flags.writeable


def test_edition_2020_has_the_same_minutes(times, norway_2020):
    old = traveltimes.from_graph(network.load("2020"), norway_2020.index)
    assert (traveltimes.embedded("2020").minutes == old.minutes).all()
    assert old.between("1507", "0301") == times.between("1508", "0301")
    assert old.between("5441", "5442") == times.between("5628", "5636")


def test_seasonal_roads_count_only_when_opened(roads, times):
    summer = traveltimes.from_graph(network.change(roads, seasonal=True), ["3435", "3453"])
    assert summer.between("3435", "3453") < times.between("3435", "3453") - 20


def test_unknown_centre(roads):
    with pytest.raises(DataError) as caught:
        traveltimes.from_graph(roads, ["0301", "1507", "9999"])
    assert [fault.where for fault in caught.value.faults] == ["municipality 1507", "municipality 9999"]


def small_graph(edges):
    graph = nx.Graph()
    graph.add_nodes_from(f"C{number}" for number in ("0001", "0002", "0003"))
    names = ["C0001", "C0002", "C0003", "J1", "J2", "J3"]
    for (u, v), minutes in edges.items():
        graph.add_edge(names[u], names[v], minutes=minutes, kind="road", road_class="primary", ref="")
    return graph


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]),
        st.integers(0, 900).map(lambda hundredths: hundredths / 100),
    )
)
@settings(deadline=None)
def test_agrees_with_networkx(edges):
    graph = small_graph(edges)
    ids = ["0001", "0002", "0003"]
    found = traveltimes.from_graph(graph, ids)
    for start in ids:
        reached = nx.single_source_dijkstra_path_length(graph, f"C{start}", weight="minutes")
        for end in ids:
            assert found.between(start, end) == pytest.approx(reached.get(f"C{end}", UNREACHABLE), abs=0.006)


def test_select_keeps_the_order_asked_for(times):
    part = times.select(["5001", "0301"])
    assert part.ids == ("5001", "0301")
    assert part.between("5001", "0301") == times.between("5001", "0301")


@pytest.mark.parametrize(
    "minutes", [np.zeros((1, 2)), np.array([[1.0]]), np.array([[np.nan]]), np.zeros((2, 2)) - 1, np.zeros((3, 3))]
)
def test_impossible_matrices_are_refused(minutes):
    with pytest.raises(ValueError, match=r"minutes|matrix"):
        TravelTimes(("0301", "1101")[: len(minutes)] if len(minutes) < 3 else ("0301",), minutes, "test")


@given(st.lists(st.sampled_from([0.0, 0.01, 7.25, 60.0, 1234.5, UNREACHABLE]), min_size=6, max_size=6))
@settings(deadline=None, max_examples=30)
def test_what_is_written_reads_back(tmp_path_factory, values):
    minutes = np.zeros((3, 3))
    minutes[~np.eye(3, dtype=bool)] = values
    written = TravelTimes(("0301", "1101", "5001"), minutes, "test")
    path = tmp_path_factory.mktemp("times") / "minutes.csv"
    traveltimes.write(written, path)
    read = traveltimes.from_table(path, written.ids)
    assert (read.minutes == written.minutes).all()
    assert read.source == "minutes.csv"


def test_a_user_table_in_another_form(tmp_path):
    path = tmp_path / "tider.csv"
    path.write_text("\ufefffra/til;1101;0301;5001\r\n0301;398,5;0;\r\n5001;;inf;\r\n1101;0;400;7\r\n", encoding="utf-8")
    times = traveltimes.from_table(path, ["0301", "1101"])
    assert times.minutes.tolist() == [[0, 398.5], [400, 0]]


AALESUND = "1507 is no municipality of 2024 (1507 is Ålesund of 2020; from 2024: 1508 Ålesund, 1580 Haram; minutes are \
between centres: write those of today)"


def table_faults(tmp_path, text, ids=("0301", "1101"), edition="2024"):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        traveltimes.from_table(path, ids, edition)
    return [str(fault).replace(str(path), "t.csv") for fault in caught.value.faults]


def test_all_faults_of_the_numbers_at_once(tmp_path):
    faults = table_faults(tmp_path, "x,999,1101,1507,1101\n999,0,1\n1507,1\n5001,1\n5001,2\n")
    assert faults == [
        "t.csv:1, column 2: '999' has 3 digits, a kommunenummer has four (like 0301)",
        f"t.csv:1, column 4: {AALESUND}",
        "t.csv:1: column 1101 (Eigersund) stands twice (keep one of them)",
        "t.csv:2: '999' has 3 digits, a kommunenummer has four (like 0301)",
        f"t.csv:3: {AALESUND}",
        "t.csv:5: 5001 (Trondheim) stands here a second time (first on line 4; keep one of the two)",
        "t.csv: there is no row for 0301 (every municipality taking part needs one)",
        "t.csv: there is no row for 1101 (every municipality taking part needs one)",
        "t.csv: there is no column for 0301 (every municipality taking part needs one)",
    ]


def test_all_faults_of_the_cells_at_once(tmp_path):
    faults = table_faults(tmp_path, "x;0301;1101\n0301;5;-1\n1101;en time;nan\n")
    assert faults == [
        "t.csv:2: minutes from 0301 to 0301: 5, but the way from a municipality to itself is 0",
        "t.csv:2: minutes from 0301 to 1101: -1 is less than zero",
        "t.csv:3: minutes from 1101 to 0301: 'en time' is not a number",
        "t.csv:3: minutes from 1101 to 1101: 'nan' is not a number",
    ]


def test_minutes_are_kept_to_the_hundredth():
    graph = small_graph({(0, 1): 1.236, (1, 2): 2.344})
    found = traveltimes.from_graph(graph, ["0001", "0002", "0003"])
    assert [found.between("0001", "0002"), found.between("0001", "0003")] == [1.24, 3.58]
    assert traveltimes.packed(found.minutes).tolist() == [124, 358, 234]
    assert traveltimes.packed(found.minutes).dtype == np.int32
    assert traveltimes.packed(np.array([[0, UNREACHABLE], [UNREACHABLE, 0]])).tolist() == [-1]
    assert traveltimes.from_graph(graph, []).minutes.shape == (0, 0)


def test_a_long_table_lies_over_other_minutes(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("from,to,minutes\n0301,1101,12.346\n", encoding="utf-8")
    known = TravelTimes(("1101", "0301", "5001"), np.array([[0, 1.236, 2], [3, 0, 4], [5, 6, 0]]), "the rest")
    found = traveltimes.from_table(path, ["0301", "1101", "5001"], rest=lambda: known)
    assert found.minutes.tolist() == [[0, 12.35, 4], [12.35, 0, 2], [6, 5, 0]]
    assert (found.source, found.own) == ("t.csv over the rest", False)
    names = {"0301": "A", "1101": "B", "5001": "C"}
    own = traveltimes.from_table(path, ["0301", "1101", "5001"], "own", own=names)
    assert own.minutes.tolist() == [[0, 12.35, UNREACHABLE], [12.35, 0, UNREACHABLE], [UNREACHABLE, UNREACHABLE, 0]]
    assert (own.source, own.own) == ("t.csv", True)


@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_whose_minutes_they_are(tmp_path):
    square, long = tmp_path / "square.csv", tmp_path / "long.csv"
    square.write_text("by hand\nkommunenummer;0301;1101\n0301;0;1,236\n1101;2;0\n", encoding="utf-8")
    long.write_text("by hand\nfra;til;minutter\n0301;1101;5\n", encoding="utf-8")
    assert (traveltimes.replaces_all(square), traveltimes.replaces_all(long)) == (True, False)
    found = traveltimes.from_table(square, ["0301", "1101"])
    assert (found.minutes.tolist(), found.source, found.own) == ([[0, 1.24], [2, 0]], "square.csv", True)
    over = traveltimes.from_table(long, ["0301", "1101", "5001"])
    assert (over.source, over.own) == (f"long.csv over {traveltimes.BY_GRAPH}", False)
    assert over.between("0301", "1101") == over.between("1101", "0301") == 5
    assert over.between("0301", "5001") == traveltimes.embedded().between("0301", "5001")
    known = TravelTimes(("0301", "1101"), np.array([[0, 7], [8, 0]]), "the rest", own=True)
    names = {"0301": "A", "1101": "B"}
    own = traveltimes.from_table(long, ["0301", "1101"], "own", rest=lambda: known, own=names)
    assert (own.minutes.tolist(), own.source, own.own) == ([[0, 5], [5, 0]], "long.csv over the rest", True)


def test_minutes_as_they_are_shown_and_written():
    times = TravelTimes(("0301", "1101"), np.array([[0, 2], [UNREACHABLE, 0]], dtype=object), "test", own=True)
    assert times.minutes.dtype == np.float64
    assert repr(times) == "<TravelTimes: 2 municipalities, test>"
    assert traveltimes.to_csv(times) == "kommunenummer,0301,1101\n0301,0.00,2.00\n1101,,0.00\n"
    table = times.to_frame()
    assert (table.loc["0301", "1101"], [*table.index], [*table.columns]) == (2, [*times.ids], [*times.ids])
    assert (times.select(["1101"]).source, times.select(["1101"]).own) == ("test", True)
    with pytest.raises(ValueError, match="id twice"):
        TravelTimes(("0301", "0301"), np.zeros((2, 2)), "test")


def test_a_graph_with_directions_is_longer_one_way():
    graph = nx.DiGraph(own=True, source="roads.zip")
    graph.add_edge("C0001", "C0002", minutes=5.0, kind="road")
    graph.add_edge("C0002", "C0001", minutes=7.0, kind="road")
    found = traveltimes.from_graph(graph, ["0001", "0002"])
    assert found.minutes.tolist() == [[0, 5], [7, 0]]
    assert (found.own, found.source) == (True, "roads.zip")
    plain = traveltimes.from_graph(small_graph({(0, 1): 1.0}), ["0001"])
    assert (plain.own, plain.source) == (False, traveltimes.BY_GRAPH)
