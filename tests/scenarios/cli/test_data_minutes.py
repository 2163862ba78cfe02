"""Minutes of a routing server, as a table that a scenario uses."""

import json
import math
from contextlib import contextmanager

import pytest
from official_server import Router, official

from geodata import municipalities
from geodata.faults import DataRemark
from geodata.osm.placing import degrees
from scenarios.cli.shared.failures import Code
from scenarios.export.run_folder import run_id
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

NOBODY = "http://127.0.0.1:9"


@contextmanager
def routing():
    """Yield a server by which everything is 1234 seconds apart, and Utsira an island without any way."""
    lon, lat = degrees(municipalities.load()["centre"])["1151"]
    with official() as server:
        server.RequestHandlerClass = Router
        server.seconds = lambda *ends: None if any(math.dist(end, (lon, lat)) < 1e-5 for end in ends) else 1234.0
        yield server


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Keep what servers answer in a folder of the test."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "cache")
    return tmp_path / "cache" / "minutes"


def test_a_scenario_asks_its_server_once(answer, tmp_path, cache):
    with routing() as server:
        asked = ("--county", "Rogaland", "--set", f"travel.valhalla={server.url}", "--set", "travel.ferry_factor=2")
        code, _, told = answer("run", *asked, "--out", "first", "--no-pages", "--no-firmness", "--no-tradeoff")
        assert (code, f"note: {server.url}: was asked for the minutes between 14" in told) == (Code.OK, True), told
        assert "knows no way for 26 journeys: Eigersund - Utsira, Sokndal - Utsira" in told
    manifest = json.loads((tmp_path / "first" / "manifest.json").read_text(encoding="utf-8"))
    travel = manifest["scenario"]["travel"]
    assert (travel["valhalla"], travel["table"]) == (server.url, "inputs/user-minutes.csv")
    # Nobody answers any more.
    code, _, told = answer("evaluate", "first/grouping.csv", *asked)
    assert (code, "is not asked again: its minutes are in" in told) == (Code.OK, True), told
    [file] = cache.iterdir()
    file.unlink()
    world = build(load("first/scenario.toml"))
    assert (world.travel.between("1111", "1112"), run_id(world)) == (20.57, manifest["run_id"])


def test_a_region_of_ones_own_asks_a_server(answer, tmp_path, cache):
    rows = "id;name;population;county_id{}\nA;North;5000;x{}\nB;South;4000;x{}\n"
    told = (
        'extends = "nasjonal"\nedition = "own"\n[data]\nmunicipalities = "places.csv"\n[limits]\ncontiguity = "off"\n'
    )
    told += "[money]\nenabled = false\n[travel]\n"
    with routing() as server:
        (tmp_path / "own.toml").write_text(f'{told}osrm = "{server.url}"\n', encoding="utf-8")
        (tmp_path / "places.csv").write_text(rows.format(";lon;lat", ";10;60.1", ";10;60"), encoding="utf-8")
        with pytest.warns(DataRemark, match="was asked for the minutes"):
            assert build(load("own.toml")).travel.between("A", "B") == 20.57
        assert len(list(cache.iterdir())) == 1
        assert answer("data", "minutes", "own.toml", "--osrm", server.url)[0] == Code.OK
        (tmp_path / "places.csv").write_text(rows.format(";x;y", ";1;2", ";1;1"), encoding="utf-8")
        needed = r"travel.osrm +needs the centres of the municipalities in degrees"
        with pytest.raises(ScenarioError, match=needed), pytest.warns(DataRemark, match="schematic"):
            build(load("own.toml"))


def test_a_table_is_made_and_used(answer):
    with routing() as server:
        code, text, _ = answer("data", "minutes", "--osrm", server.url, "--county", "Rogaland")
    assert code == Code.OK
    assert "Uten veg etter serveren: 26 reiser: Eigersund \N{EN DASH} Utsira, Sokndal" in text
    assert "skrev minutes.csv med minuttene mellom 14 kommuner; bruk den med --set travel.table=minutes.csv" in text
    world = build(load("nasjonal", counties=["11"], overrides=["travel.table=minutes.csv"]))
    assert world.travel.between("1111", "1112") == 20.57
    assert world.travel.own


def test_what_cannot_be_asked(answer, tmp_path, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    assert "name one server" in answer("data", "minutes")[2]
    code, _, told = answer("data", "minutes", "--valhalla", NOBODY, "--county", "Rogaland", "--out", "m.csv")
    assert (code, f"{NOBODY}: no answer: ConnectionError" in told) == (Code.DOWNLOAD, True)
    assert not (tmp_path / "m.csv").exists()
    code, _, told = answer("run", "--county", "Rogaland", "--set", f"travel.osrm={NOBODY}", "--out", "r")
    assert (code, f"error: {NOBODY}: no answer: ConnectionError" in told) == (Code.DOWNLOAD, True)
    assert not (tmp_path / "r").exists()
    code, _, told = answer("run", "--set", "travel.osrm=localhost:5000")
    assert (code, "travel.osrm" in told) == (Code.INVALID, True), told
    code, _, told = answer("run", "--set", f"travel.osrm={NOBODY}", "--set", f"travel.valhalla={NOBODY}")
    assert (code, "cannot stand beside valhalla" in told) == (Code.INVALID, True), told
    (tmp_path / "m.csv").write_text("mine")
    code, _, told = answer("data", "minutes", "--osrm", NOBODY, "--out", "m.csv")
    assert (code, "exists already" in told) == (Code.USAGE, True)
