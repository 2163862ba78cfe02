"""Official data of today: downloaded, checked, told apart from those in use, and used."""

import json
from collections.abc import Iterator

import pytest
from official_server import Official, correspondence, dataset, kommuner, official, says, squares, zipped
from shapely import box

from geodata import municipalities
from geodata.update.official import TOPICS
from scenarios.cli.shared.failures import Code
from scenarios.question.load import load
from scenarios.world import region

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

PATHS = {name: topic.path.partition("?")[0] for name, topic in TOPICS.items()}


@pytest.fixture
def server() -> Iterator[Official]:
    table = municipalities.load("2024")
    people = table["population"].astype(float).to_dict() | {"0301": 800_000.0}
    classes = table["centrality_class"].to_dict() | {"1151": 3}
    with official() as made:
        made.files[PATHS["population"]] = json.dumps(dataset(people)).encode()
        made.files[PATHS["centrality"]] = json.dumps(correspondence(classes)).encode()
        made.files[PATHS["kostra"]] = json.dumps(dataset({"0301": 2.0}, contents="KOSplan")).encode()
        made.files[PATHS["boundaries"]] = zipped(kommuner(squares(list(table.index))))
        yield made


def test_population_and_centrality_are_used_by_a_scenario(server, answer, tmp_path):
    code, text, _ = answer("data", "update", "population", "--into", "new", "--mirror", server.url)
    assert code == Code.OK
    assert "lastet ned innbyggertall: Statistics Norway (SSB), table 07459, 20" in text
    assert "1 kommune med et annet innbyggertall" in text
    assert "--set data.figures=new/figures.csv" in text
    found = json.loads(answer("data", "update", "centrality", "--into", "new", "--mirror", server.url, "--json")[1])
    assert set(found["topics"]) == {"population", "centrality"}, "what was updated before stays"
    assert found["topics"]["centrality"]["licence"] == "CC BY 4.0"
    assert found["differences"]["centrality"] == {"1151": [6, 3]}
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["figures.csv", "update.json"]
    table = region.load(load("nasjonal", overrides=["data.figures=new/figures.csv"]))
    assert (table.at["0301", "population"], table.at["1151", "centrality_class"]) == (800_000, 3)
    assert set(table["population_year"]) == {2027}


def test_a_failure_touches_nothing_and_goes_on_the_next_time(server, answer, tmp_path):
    assert answer("data", "update", "population", "--into", "new", "--mirror", server.url)[0] == Code.OK
    before = (tmp_path / "new" / "update.json").read_bytes()
    server.always[PATHS["centrality"]] = says(404)
    server.files[PATHS["boundaries"]] = b"<html>We are sorry</html>"
    code, _, told = answer("data", "update", "--into", "new", "--mirror", server.url)
    assert code == Code.DOWNLOAD == 6
    assert "centrality" not in told
    assert told.count("error: ") == 2
    assert "correspondsAt.json" in told
    assert "the server answers 404 Not Found" in told
    assert "not what was expected: no sound zip file" in told
    assert "Ingenting ble endret." in told
    assert (tmp_path / "new" / "update.json").read_bytes() == before
    server.always.clear()
    server.asked.clear()
    assert answer("data", "update", "centrality", "--into", "new", "--mirror", server.url)[0] == Code.OK
    assert [("If-None-Match" in headers) for path, headers in server.asked if path == PATHS["population"]] == [True]


def test_boundaries_that_moved_and_municipalities_that_are_new(server, answer, tmp_path):
    table = municipalities.load("2024")
    shapes = table.geometry.to_dict()
    moved = shapes["0301"].intersection(box(-1e7, -1e7, shapes["0301"].centroid.x, 1e8))
    shapes["3201"] = shapes["3201"].union(moved)
    shapes["0301"] = shapes["0301"].difference(moved)
    shapes["9901"] = shapes.pop("1151")
    server.files[PATHS["boundaries"]] = zipped(kommuner(shapes))
    code, text, _ = answer("data", "update", "boundaries", "--into", "new", "--mirror", server.url)
    assert code == Code.OK
    assert "nye kommuner: 9901" in text
    assert "kommuner som ikke finnes lenger: 1151 Utsira" in text
    assert f"land som nå hører til en annen kommune: Oslo ({moved.area / 1e6:.0f} km²)" in text
    assert (tmp_path / "new" / "boundaries.fgb").exists()
    answer("data", "update", "kostra", "--into", "other", "--mirror", server.url)
    lines = (tmp_path / "other" / "kostra.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["kommunenummer,contents,label,year,value", "0301,KOSplan,Personer,2027,2"]
