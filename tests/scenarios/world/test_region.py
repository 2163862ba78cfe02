"""A region of the user's own: built, solved, judged and shown, from what the documentation says alone."""

import json
import re
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from program import ONLY_THE_PLAN, ROOT

from geodata.editions import OWN
from geodata.faults import DataRemark
from scenarios.cli import app
from scenarios.cli.shared.failures import Code
from scenarios.question.errors import ScenarioError
from scenarios.world.build import World, open_world

OF_SCENARIOS = ("jamtland.toml", "words.toml", "grenser.toml", "drawn.toml", "tomorrow.toml")
NAMES = ("municipalities.csv", "minutes.csv", "neighbours.csv", *OF_SCENARIOS)


@pytest.fixture(autouse=True)
def documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the files of the documentation."""
    text = (ROOT / "docs/own-region.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:csv|toml)\n(.*?)```", text, re.DOTALL)
    for name, content in zip(NAMES, blocks, strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changed(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text in a file that holds it."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def faults(*overrides: str) -> list[str]:
    """Return what is wrong with the scenario of the documentation."""
    with pytest.raises(ScenarioError) as caught:
        open_world("jamtland.toml", overrides=overrides)
    return [f"{fault.file}:{fault.line} {fault.key}: {fault.what}" for fault in caught.value.faults]


def quiet_world() -> World:
    """Return the world of the documentation, whatever is remarked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataRemark)
        return open_world("jamtland.toml")


def test_a_swedish_county_is_what_its_tables_say() -> None:
    world = open_world("jamtland.toml")
    problem, at = world.problem, world.problem.index
    assert problem.active.all(), "nobody has a class, and nobody is left out"
    assert world.travel.own
    assert problem.minutes[at["2309"], at["2380"]] == problem.minutes[at["2380"], at["2309"]] == 19
    assert problem.minutes[at["2361"], at["2380"]] == np.inf, "a way that is not there"
    assert problem.links.sum() == 2 * 11
    assert world.estimated == set(problem.ids)
    there = world.municipalities["centre"].to_crs("EPSG:4326")
    assert (there["2380"].x, there["2380"].y) == pytest.approx((14.636, 63.177), abs=0.01)
    areas = world.municipalities
    assert areas.geometry.contains(areas["centre"]).all()
    assert areas.geometry.union_all().area == pytest.approx(areas.area.sum(), rel=1e-6)


def test_it_runs_is_judged_and_runs_again(documented: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.program(["run", "jamtland.toml", "--out", "run", "--quiet", *ONLY_THE_PLAN]) == Code.OK
    found = json.loads((documented / "run/manifest.json").read_text(encoding="utf-8"))
    assert (found["status"], found["edition"]) == ("optimal", OWN)
    assert found["scenario"]["data"]["municipalities"] == "inputs/user-municipalities.csv"
    page = (documented / "run/report.html").read_text(encoding="utf-8")
    for text in ("egne kommuner", "Kartet er skjematisk"):
        assert text in page
    shown = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert "L.control.scale(" not in page, "a schematic map has no kilometres"
    for text in ("Kartverket", "Statistisk sentralbyrå:", "EuroGlobalMap", "1. januar own", "1. januar 0", ">own<"):
        assert text not in shown
    (documented / "plan.csv").write_text("id;host\n2380;2380\nKrokom;2380\n", encoding="utf-8")
    capsys.readouterr()
    asked = ["evaluate", "plan.csv", "--scenario", "run/scenario.toml", "--missing-alone", "--json"]
    assert app.program(asked) == Code.OK
    judged = json.loads(capsys.readouterr().out)
    assert (judged["offices"], judged["alone"]) == (1, 6), "a name serves as well as an id"
    assert judged["terms"]["statsforvalter_lines"]["value"] == 0
    assert app.program(["compare", "run", "regionraad"]) == Code.INVALID
    assert "is about the municipalities of Norway" in capsys.readouterr().err


@pytest.fixture
def drawn(documented: Path) -> Path:
    """Return the folder with boundaries too: each nearest to its centre, Åre and Berg 20 m over others."""
    areas = quiet_world().municipalities.geometry
    shapes = [area.buffer(20) if id_ in {"2321", "2326"} else area for id_, area in areas.items()]
    table = gpd.GeoDataFrame({"KOD": areas.index.astype(int)}, geometry=shapes, crs=areas.crs).to_crs("EPSG:3006")
    table.to_file(documented / "kommuner.gpkg", engine="pyogrio")
    return documented


def world_of_what_was_written(folder: Path) -> World:
    """Return the world of the tables and the map that a run has left."""
    (folder / "again.toml").write_text(
        """extends = "nasjonal"
edition = "own"
[data]
municipalities = "run/inputs/municipalities.csv"
boundaries = "run/municipalities.geojson"
neighbours = "run/inputs/links.csv"
[planners]
table = "run/inputs/municipalities.csv"
[travel]
table = "run/inputs/minutes.csv"
""",
        encoding="utf-8",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataRemark)
        return open_world("again.toml")


def test_boundaries_make_the_map_and_the_neighbours(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert app.program(["run", "grenser.toml", "--out", "run", "--quiet", *ONLY_THE_PLAN]) == Code.OK
    assert "borders that overlap or gape less than 50 m are made one" in capsys.readouterr().err
    page = (drawn / "run/report.html").read_text(encoding="utf-8")
    assert "L.control.scale(" in page
    shown = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert "Navn, kommunesenter eller kode" in shown
    assert "key key-counties" in page
    assert not {f"key key-{layer}" for layer in ("roads", "today") if f"key key-{layer}" in page}
    assert "Kartet er skjematisk" not in page
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataRemark)
        world, again = open_world("grenser.toml"), open_world("run/scenario.toml")
    assert again.scenario.data.boundaries.endswith("inputs/user-boundaries.gpkg")
    shapes = world.municipalities.geometry
    assert shapes.geom_equals(again.municipalities.geometry).all()
    assert shapely.coverage_is_valid(shapes.to_numpy())
    assert not world.municipalities.attrs["schematic"]
    near = {frozenset((a, b)) for a, b in world.links[["a", "b"]].to_numpy().tolist()}
    assert {frozenset(pair) for pair in (("2321", "2326"), ("2380", "2309"))} <= near
    back = world_of_what_was_written(drawn)
    for name in ("minutes", "links", "planner_fte", "need_fte"):
        assert np.array_equal(getattr(back.problem, name), getattr(world.problem, name)), name
    assert (back.problem.ids, back.problem.counties) == (world.problem.ids, world.problem.counties)
    asked = ["data", "check", "municipalities.csv", "kommuner.gpkg", "--json"]
    assert app.program(asked) == Code.OK
    told = json.loads(capsys.readouterr().out)["files"][1]
    assert (told["kind"], told["rows"]) == ("boundaries", 8)
    assert {one["id"] for one in told["repairs"]} >= {"2321", "2326"}
    assert all(one["gained_m2"] + one["lost_m2"] > 1e6 for one in told["repairs"] if one["id"] in {"2321", "2326"})


@pytest.mark.parametrize("columns", ["", "x;y"])
def test_without_a_place_on_earth_the_map_is_schematic(documented: Path, columns: str) -> None:
    text = (documented / "municipalities.csv").read_text(encoding="utf-8")
    if not columns:
        text = "\n".join(";".join(line.split(";")[:5]) for line in text.splitlines())
    (documented / "municipalities.csv").write_text(text, encoding="utf-8")
    changed(documented, "jamtland.toml", 'crs = "EPSG:3006"\n', "")
    found = quiet_world().municipalities
    west, south, east, north = found["centre"].total_bounds
    assert max(east - west, north - south) == pytest.approx(400_000, abs=5)
    assert found.geometry.is_valid.all()
    assert found.geometry.contains(found["centre"]).all()


def test_the_same_minutes_give_the_same_map(documented: Path) -> None:
    text = (documented / "municipalities.csv").read_text(encoding="utf-8")
    rows = [";".join(line.split(";")[:5]) for line in text.splitlines()]
    (documented / "municipalities.csv").write_text("\n".join(rows), encoding="utf-8")
    first = quiet_world().municipalities["centre"]
    apart = {id_: first["2380"].distance(first[id_]) for id_ in ("2309", "2313", "2361")}
    assert apart["2309"] < apart["2313"] < apart["2361"], "who is near in minutes is near on the map"
    (documented / "municipalities.csv").write_text("\n".join([rows[0], *rows[:0:-1]]), encoding="utf-8")
    assert quiet_world().municipalities["centre"].equals(first)


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ('data.crs="EPSG:9"', "data.crs: 'EPSG:9' is no coordinate system"),
        ('data.boundaries_crs="EPSG:9"', "data.boundaries_crs: 'EPSG:9' is no coordinate system"),
        ('data.boundaries="none.gpkg"', "data.boundaries: none.gpkg: there is no such file"),
        ('data.crs="EPSG:25833"', ""),
        ('data.neighbours=""', "data.neighbours: is empty, and municipalities without boundaries do not say"),
        ('travel.table=""', "travel.table: is empty, and there are no roads between municipalities of your own"),
        ("travel.road_factor=1.2", "travel.road_factor: there are no roads of your own municipalities to change"),
        ("money.zones=true", "money.zones: there are no zones of the employer tax for the edition own"),
        ('data.municipalities=""', 'edition: is "own", but data.municipalities names no file'),
        ('edition="2024"', "data: names municipalities of your own, but edition is"),
        ('select.counties=["Viken"]', 'there is no county "Viken"'),
        ('pins.must_host=["Østersund"]', "pins.must_host[0]: no municipality of the region is called"),
    ],
)
def test_what_cannot_be_meant_is_said_once(override: str, said: str) -> None:
    if not said:
        assert open_world("jamtland.toml", overrides=[override]).problem.active.all(), "other places, drawable too"
        return
    found = faults(override)
    assert len(found) == 1
    assert said in found[0]


def test_ids_that_nobody_has_are_faults_of_their_table(documented: Path) -> None:
    changed(documented, "minutes.csv", "2326;2361", "2326;2362")
    changed(documented, "neighbours.csv", "2326;2361", "2326;Sveg")
    found = faults()
    assert "minutes.csv:11 : '2362' is no municipality of the region" in found[0]
    assert "neighbours.csv:9 : 'Sveg' is no municipality of the region" in found[1]
    assert len(found) == 2
