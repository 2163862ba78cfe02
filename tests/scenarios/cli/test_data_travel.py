"""The way between two municipalities at the command line, and what is weak of it."""

import json

from scenarios.cli.shared.failures import Code

CLOSED = 'travel.closed_ferries=["Haugesund-Utsira"]'
PAIR = 'travel.pairs=[{ between = ["Utsira", "Haugesund"], minutes = 90, one_way = true }]'


def test_roads_and_ferries_by_name_with_waiting_apart(answer):
    code, text, _ = answer("data", "travel", "1151", "haugesund")
    assert code == Code.OK
    assert "Utsira (1151) \N{EN DASH} Haugesund (1106): 120,9 minutter, 26,9 km" in text
    assert "  ferje Haugesund-Utsira     115,0      75,0     40,0  25,0  Utsira og Haugesund\n" in text
    assert "Reisen tar like lang tid begge veger." in text
    assert "Haugesund-Utsira i Utsira og Haugesund: ventetiden på 40 minutter er en antakelse" in text
    assert "eldste kilde: EuroGlobalMap 9.0, 2016, for 1,6 av 26,9 km" in text


def test_a_changed_network_shows_its_own_way(answer):
    there = 'travel.ferries={ "Haugesund-Utsira" = { wait_minutes = 10 } }'
    found = json.loads(answer("data", "travel", "Utsira", "Haugesund", "--set", there, "--set", PAIR, "--json")[1])
    ferry = next(part for part in found["way"]["parts"] if part["kind"] == "ferry")
    assert (ferry["wait_min"], ferry["sailing_min"], ferry["minutes"], ferry["sources"]) == (10, 75, 85, ["scenario"])
    assert (found["minutes"], found["minutes_back"], found["minutes_are_of_the_way"]) == (90, 90.92, False)
    assert [spot["kind"] for spot in found["weak_spots"]] == ["scenario"]
    text = answer("data", "travel", "Utsira", "Haugesund", "--set", PAIR, "--lang", "en")[1]
    assert "The scenario counts 90 minutes there and 120.9 minutes back" in text


def test_where_no_way_leads_the_parts_of_the_network_are_named(answer):
    code, text, _ = answer("data", "travel", "Utsira", "Haugesund", "--set", CLOSED)
    assert code == Code.OK
    assert "Fra Utsira (1151) når en ingen andre kommuner." in text
    assert "Fra Haugesund (1106) når en 355 kommuner: Oslo, Eigersund" in text


def test_weak_spots_of_the_whole_network(answer):
    code, text, _ = answer("data", "travel", "--weak", "--county", "Troms", "--lang", "en")
    assert code == Code.OK
    assert "Nordnestunnelen in Kåfjord: added by hand, 9.5 minutes, 12.0 km" in text
    found = json.loads(answer("data", "travel", "--weak", "--county", "Troms", "--json")[1])
    times = [spot["journeys"] for spot in found["weak_spots"]]
    assert times == sorted(times, reverse=True)
    assert {spot["kind"] for spot in found["weak_spots"]} <= {"wait", "hand", "tie", "slow", "fast"}


def test_every_wrong_name_at_once(answer):
    code, _, told = answer("data", "travel", "Kåfjor", "Herøy", "--set", "limits.max_minutes=-1")
    assert code == Code.INVALID
    assert 'FROM  no municipality of 2024 is called "Kåfjor"; did you mean 5540 Kåfjord' in told
    assert 'TO    "Herøy" is the name of 2 municipalities; write the number' in told
    assert "limits.max_minutes" in told
    assert "TO  is 5540 Kåfjord again" in answer("data", "travel", "5540", "Gáivuotna")[2]
    assert answer("data", "travel", "5540")[0] == answer("data", "travel", "--weak", "a", "b")[0] == Code.USAGE
