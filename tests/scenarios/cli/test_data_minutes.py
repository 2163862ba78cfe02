"""Minutes of a routing server, as a table that a scenario uses."""

import pytest
from official_server import Router, official

from geodata import network
from scenarios.cli.shared.failures import Code
from scenarios.question.load import load
from scenarios.world.build import build

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

NOBODY = "http://127.0.0.1:9"


def test_a_table_is_made_and_used(answer):
    utsira = network.load().nodes["C1151"]
    island = (round(utsira["lon"], 6), round(utsira["lat"], 6))
    with official() as server:
        server.RequestHandlerClass = Router
        server.seconds = lambda start, end: None if island in (start, end) else 1234.0
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
    (tmp_path / "m.csv").write_text("mine")
    code, _, told = answer("data", "minutes", "--osrm", NOBODY, "--out", "m.csv")
    assert (code, "exists already" in told) == (Code.USAGE, True)
