"""Other boundaries of an edition: joined by number, mended, drawn, and used for nothing else."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from program import ONLY_THE_PLAN

from geodata import municipalities
from geodata.editions import DATA
from geodata.faults import DataRemark
from scenarios.cli import app
from scenarios.cli.shared.failures import Code
from scenarios.question.errors import ScenarioError
from scenarios.world.build import World, open_world

TO, FROM = "5603", "5601"
"""Hammerfest takes all of Alta north of 70°."""


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file of the boundaries of 2024 in degrees, with numbers that lost their zeros, of tomorrow."""
    table = gpd.read_file(DATA / "boundaries-2024.fgb").set_index("kommunenummer").geometry
    taken = shapely.intersection(table[FROM], shapely.box(0, 7_800_000, 2e6, 9e6))
    assert taken.area > 1e8
    table[FROM], table[TO] = table[FROM].difference(taken), table[TO].union(taken)
    shapes = table.to_crs("EPSG:4326").reset_index()
    shapes["kommunenummer"] = shapes["kommunenummer"].astype(int)
    path = tmp_path_factory.mktemp("lines") / "tomorrow.gpkg"
    shapes.to_file(path)
    return path


def opened(lines: Path, *more: str) -> World:
    """Return the world of Finnmark with these boundaries."""
    with pytest.warns(DataRemark):
        return open_world("nasjonal", counties=["Finnmark"], overrides=[f"data.boundaries={lines}", *more])


def test_they_are_drawn_and_used_for_nothing_else(lines: Path) -> None:
    before, after = open_world("nasjonal", counties=["Finnmark"]), opened(lines)
    moved = after.municipalities.area - before.municipalities.area
    assert moved[TO] == pytest.approx(-moved[FROM], rel=1e-3)
    assert moved[TO] > 1e8
    assert moved.drop([TO, FROM]).abs().max() < 1e4
    assert after.municipalities.crs == before.municipalities.crs
    facts = [column for column in before.municipalities if column != "geometry"]
    assert after.municipalities[facts].equals(before.municipalities[facts])
    assert after.links.equals(before.links)
    assert (after.problem.minutes == before.problem.minutes).all()
    assert after.municipalities.attrs["edition"] == "2024"


def test_neighbours_follow_the_edition_also_where_roads_change(lines: Path) -> None:
    closed = "travel.closed_ferries=Bognes-Lødingen"
    plain = open_world("nasjonal", counties=["Finnmark"], overrides=[closed])
    assert opened(lines, closed).links.equals(plain.links)


def test_a_run_keeps_them_and_says_so(lines: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    setting = ["--set", f"data.boundaries={lines}", "--county", "Finnmark"]
    assert app.program(["run", *setting, "--out", f"{tmp_path}/run", "--quiet", *ONLY_THE_PLAN]) == Code.OK
    assert "rings that cross themselves or have holes outside are mended: 5601" in capsys.readouterr().err
    found = json.loads((tmp_path / "run/manifest.json").read_text(encoding="utf-8"))
    assert found["scenario"]["data"]["boundaries"] == "inputs/user-boundaries.gpkg"
    page = (tmp_path / "run/report.html").read_text(encoding="utf-8")
    assert "Grensene er fra en egen fil og bare tegnet" in page
    drawn = gpd.read_file(tmp_path / "run/municipalities.geojson").set_index("kommunenummer").geometry
    assert drawn.to_crs("EPSG:25833")[TO].area - municipalities.load().geometry[TO].area > 1e8


@pytest.mark.parametrize(
    ("drop", "renamed", "said"),
    [
        (TO, {}, "1 of 357 municipalities have no shape: 5603 Hammerfest"),
        ("1580", {1508: 1507}, r"2 of 357 .*: 1508 Ålesund, 1580 Haram; 1507 is no municipality of 2024: 1507 is Åle"),
    ],
)
@pytest.mark.filterwarnings("ignore::geodata.faults.DataRemark")
def test_a_municipality_without_a_shape(lines: Path, tmp_path: Path, drop: str, renamed: dict, said: str) -> None:
    shapes = gpd.read_file(lines)
    shapes = shapes[shapes["kommunenummer"] != int(drop)].replace({"kommunenummer": renamed})
    shapes.to_file(tmp_path / "part.gpkg")
    with pytest.raises(ScenarioError, match=said):
        open_world("nasjonal", overrides=[f"data.boundaries={tmp_path}/part.gpkg"])


def test_tables_of_ones_own_municipalities_stay_refused() -> None:
    with pytest.raises(ScenarioError, match="names municipalities of your own, but edition is"):
        open_world("nasjonal", overrides=["data.neighbours=x.csv"])
