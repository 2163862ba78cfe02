"""A road and ferry graph from OpenStreetMap, as tables that a scenario uses."""

import json
import shutil
import sys

import pandas as pd
import pytest
from extract import Extract

from geodata import editions, network
from scenarios.cli.shared.failures import Code
from scenarios.export.run_folder import run_id
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build

SCENARIO = """
extends = "nasjonal"
[select]
counties = ["Oslo"]
municipalities = ["Bømlo", "Stord"]
"""


@pytest.fixture
def islands(tmp_path, monkeypatch):
    """Write an extract with a ferry from Bømlo to Stord, a road on each island, and one by itself; and a scenario."""
    monkeypatch.chdir(tmp_path)
    extract = Extract()
    for k, number in enumerate(("4613", "4614")):
        centre = network.load().nodes[f"C{number}"]
        extract.node(2 * k + 1, centre["lat"] + 0.001, centre["lon"])
        extract.node(2 * k + 2, centre["lat"] + 0.01, centre["lon"])
        extract.way(k + 1, [2 * k + 1, 2 * k + 2], highway="tertiary", maxspeed="60")
    extract.way(3, [2, 4], route="ferry", name="Bømlo-Stord", duration="00:45", interval="00:30")
    extract.node(8, extract.nodes[1].location[1] + 0.05, extract.nodes[1].location[0])
    extract.node(9, extract.nodes[1].location[1] + 0.06, extract.nodes[1].location[0])
    extract.way(4, [8, 9], highway="secondary")
    extract.write(tmp_path / "two.osm.pbf")
    (tmp_path / "two.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def test_a_graph_is_made_and_its_minutes_are_used(answer, islands):
    code, text, _ = answer("data", "roads", "two.osm.pbf", "two.toml")
    assert code == Code.OK
    assert "Fra sentrum til nærmeste veg i snitt 0,11 km; lengst" in text
    assert "Henger ikke sammen med resten: Bømlo 1,1 km." in text
    assert "Bruk vegene med --set travel.roads=roads" in text
    world = build(load("two.toml", overrides=["travel.table=roads/minutes.csv"]))
    assert world.travel.between("4613", "4614") == pytest.approx(
        3 + 2 * 0.111 / 35 * 60 + 2 * 1.0 / 54 * 60 + 60, abs=0.1
    )
    document = json.loads((islands / "roads" / "roads.json").read_text(encoding="utf-8"))
    assert document["used_km"] == pytest.approx(document["edges_km"] + document["left_out_km"], abs=0.002)
    by_table = world.travel.between("4613", "4614")
    world = build(load("two.toml", overrides=["travel.roads=roads"]))
    assert world.travel.between("4613", "4614") == by_table
    assert (world.travel.own, world.own_roads, world.travel.source) == (True, "osm", "roads of OpenStreetMap")
    assert [tuple(pair) for pair in world.links[["a", "b"]].to_numpy()] == [("4613", "4614")]
    edges = pd.read_csv(islands / "roads" / "road-edges.csv")
    assert edges["ref"].dropna().tolist() == ["Bømlo-Stord"]
    assert answer("data", "roads", "two.osm.pbf", "two.toml", "--json")[0] == Code.OK, "in the place of the earlier one"


WHAT_IF = "travel.new_links=[{name='Bridge',between=['Bømlo','Stord'],minutes=20}]"


def test_a_run_by_own_roads_is_repeated_from_its_folder(answer, islands):
    assert answer("data", "roads", "two.osm.pbf", "two.toml")[0] == Code.OK
    told = ["travel.roads=roads", WHAT_IF, "money.enabled=false"]
    asked = [part for one in told for part in ("--set", one)]
    code, text, said = answer("run", "two.toml", *asked, "--out", "first", "--no-pages", "--lang", "en")
    assert code == Code.OK, said
    assert "2 municipalities with other times than by the roads of the data" in text
    manifest = json.loads((islands / "first" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"]["travel"]["roads"] == "inputs/user-roads.zip"
    world = build(load("first/scenario.toml"))
    credits_ = [one.text for one in editions.credits_of("2024", world.own_roads)]
    assert ("© OpenStreetMap contributors" in credits_, any("EuroGeographics" in one for one in credits_)) == (
        True,
        False,
    )
    shutil.rmtree("roads")
    assert run_id(world) == manifest["run_id"]
    code, text, _ = answer("data", "travel", "Stord", "Bømlo", "first/unchanged-roads.toml", "--lang", "en")
    assert (code, "ferry Bømlo-Stord" in text, "has not been tried" in text) == (Code.OK, True, True)
    code, _, said = answer("data", "travel", "Stord", "Oslo", "two.toml", "--set", "travel.roads=roads")
    assert (code, "there is no such folder; name the folder that plankontor data roads" in said) == (Code.INVALID, True)


def test_what_cannot_be_built_is_refused(answer, islands, monkeypatch):
    code, _, told = answer("data", "roads", "two.osm.pbf", "two.toml", "--within", "0.05")
    assert code == Code.INVALID
    assert "4613 Bømlo: no road of the network is within 0.05 km of the centre" in told
    assert "4614 Stord" in told
    assert not (islands / "roads").exists()
    code, _, told = answer("data", "roads", "none.osm.pbf", "two.toml")
    assert (code, "none.osm.pbf: cannot be read" in told) == (Code.INVALID, True)
    code, _, told = answer("data", "roads", "two.osm.pbf", "two.toml", "--country", "XX")
    assert (code, "country: 'XX' is not known (expected NO, SE" in told) == (Code.INVALID, True)
    monkeypatch.setitem(sys.modules, "osmium", None)
    code, _, told = answer("data", "roads", "two.osm.pbf", "two.toml")
    assert (code, "pip install 'plankontor[osm]'" in told) == (Code.INVALID, True)


def test_a_region_of_ones_own_gets_its_first_minutes(answer, tmp_path):
    extract = Extract()
    extract.node(1, 60.0)
    extract.node(2, 60.1)
    extract.way(1, [1, 2], highway="primary", maxspeed="50 mph")
    extract.write(tmp_path / "own.osm.pbf")
    rows = "id;name;population;county_id;lon;lat\nA;North;5000;x;10;60.1\nB;South;4000;x;10;60\n"
    (tmp_path / "places.csv").write_text(rows, encoding="utf-8")
    told = (
        'extends = "nasjonal"\nedition = "own"\n[data]\nmunicipalities = "places.csv"\n[limits]\ncontiguity = "off"\n'
    )
    (tmp_path / "own.toml").write_text(told + "[money]\nenabled = false\n", encoding="utf-8")
    code, _, said = answer("data", "roads", "own.osm.pbf", "own.toml", "--country", "gb")
    assert code == Code.OK, said
    world = build(load("own.toml", overrides=["travel.table=roads/minutes.csv"]))
    assert world.travel.between("A", "B") == pytest.approx(3 + 11.1195 / (80.4672 * 0.9) * 60, abs=0.01)
    driven = build(load("own.toml", overrides=["travel.roads=roads", "travel.road_factor=2"]))
    assert driven.travel.between("A", "B") == pytest.approx(2 * world.travel.between("A", "B"), abs=0.01)
    with pytest.raises(ScenarioError, match=r"or name roads in travel\.roads"):
        build(load("own.toml", overrides=["travel.table=roads/minutes.csv", "travel.road_factor=2"]))
