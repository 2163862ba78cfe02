"""Every what-if of the section on journeys, on roads that an extract of OpenStreetMap made, in an own region."""

from pathlib import Path

import pytest
from extract import KM_PER_DEGREE, Extract, districts

from geodata.osm.build import build
from scenarios.cli.work.data.roads import tables
from scenarios.export.csv_files import write_csv
from scenarios.question.errors import ScenarioError
from scenarios.world.build import World, open_world

PLACES = {"1": (60.0, 10.0), "2": (60.1, 10.0), "3": (60.2, 10.0)}
TENTH = KM_PER_DEGREE / 10
ENDS = 3.0
PRIMARY, SECONDARY = TENTH / (80 * 0.9) * 60, TENTH / (50 * 0.9) * 60
SCENARIO = """
extends = "nasjonal"
edition = "own"
[data]
municipalities = "m.csv"
[data.travel]
roads = "roads"
[limits]
contiguity = "off"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a scenario of three: a mountain road beside a slow one to the second, a ferry to the third.

    The slow one is driven past a corner that makes it no longer.
    """
    at = tmp_path_factory.mktemp("own-roads")
    extract = Extract()
    for number, (lat, lon) in PLACES.items():
        extract.node(int(number), lat, lon)
    extract.node(5, 60.05, 10.0)
    extract.node(6, 60.2, 10.005)
    extract.way(1, [1, 2], highway="primary", seasonal="summer", name="Fjellet")
    extract.way(2, [1, 5, 2], highway="secondary", maxspeed="50")
    extract.way(3, [2, 3], route="ferry", name="Sundet", duration="00:20", interval="20")
    extract.way(4, [3, 6], highway="residential")
    made = build(extract.write(at / "a.osm.pbf"), districts(PLACES), list(PLACES))
    (at / "roads").mkdir()
    for name, table in tables(made).items():
        write_csv(at / "roads" / name, table)
    rows = "".join(f"{id_};P{id_};3000;1;{lat};{lon}\n" for id_, (lat, lon) in PLACES.items())
    (at / "m.csv").write_text(f"id;name;population;county_id;lat;lon\n{rows}", encoding="utf-8")
    (at / "s.toml").write_text(SCENARIO, encoding="utf-8")
    return at


def opened(folder: Path, *overrides: str) -> World:
    return open_world(str(folder / "s.toml"), overrides=overrides)


@pytest.mark.parametrize(
    ("change", "first", "second"),
    [
        ("", SECONDARY, 30),
        ("seasonal=true", PRIMARY, 30),
        ("open_in_winter=Fjellet", PRIMARY, 30),
        ("road_factor=1.5", 1.5 * (ENDS + SECONDARY) - ENDS, 30 + ENDS / 2),
        ("ferry_factor=2", SECONDARY, 60),
        ("class_factors.secondary=2", 2 * SECONDARY, 30),
        ("class_factors.primary=2", SECONDARY, 30),
        ('ferries={"Sundet"={wait_minutes=25}}', SECONDARY, 45),
        ('ferries={"Sundet"={departures=54}}', SECONDARY, 30),
        ('ferries={"Sundet"={sailing_minutes=10}}', SECONDARY, 20),
        ('pairs=[{between=["1","2"],minutes=7}]', 7 - ENDS, 30),
        ('new_links=[{name="Tunnel",between=["1","2"],minutes=6}]', 6 - ENDS, 30),
        ('new_links=[{name="Bru",between=["2","60.2, 10.0"],minutes=6}]', SECONDARY, 6 - ENDS),
    ],
)
def test_minutes_follow_what_is_asked(folder: Path, change: str, first: float, second: float) -> None:
    world = opened(folder, *([f"data.travel.{change}"] if change else []))
    for a, b in (("1", "2"), ("2", "1")):
        assert world.travel.between(a, b) == pytest.approx(ENDS + first, abs=0.02)
    assert world.travel.between("2", "3") == pytest.approx(ENDS + second, abs=0.02)


def test_what_is_closed_is_closed(folder: Path) -> None:
    shut = opened(folder, "travel.closed_ferries=Sundet").travel
    assert shut.between("2", "3") == shut.between("1", "3") == float("inf")
    assert shut.between("1", "2") < float("inf")
    shut = opened(folder, 'travel.closed_links=[{between=["1","2"]}]').travel
    assert shut.between("1", "2") == float("inf")
    assert shut.between("2", "3") < float("inf")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("open_in_winter=Fjelet", "did you mean Fjellet"),
        ("closed_ferries=Sundt", "did you mean Sundet"),
        ('closed_links=[{between=["1","3"]}]', "1"),
    ],
)
def test_what_is_not_there_is_refused(folder: Path, change: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        opened(folder, f"travel.{change}")
    assert said in str(caught.value)
