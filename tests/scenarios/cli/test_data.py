"""Tables of one's own at the command line: begun, filled in, checked, used."""

import json

import geopandas as gpd
import pytest
from shapely import box

from geodata import municipalities
from geodata.owntables.kinds import KINDS
from scenarios.cli.commands.data import Kind
from scenarios.cli.shared.failures import Code

FILLED = {"travel": "5601;5603;100\n", "municipalities": "01;A;9;1;;;;;;;;;;\n", "neighbours": "5601;5603;;\n"}
FILLED |= {"disciplines": "5601;;jus;0,5;1\n", "plans": "5601;;arealdel;2019\n"}
FILLED |= {"activity": "5601;;12\n", "projection": "5601;;2050;2000\n"}
"""A row of each kind of table that is begun without any."""


def test_every_kind_can_be_begun():
    assert [str(kind) for kind in Kind] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_empty_table_is_begun_and_sound(inside, tmp_path, kind, language):
    done = inside("data", "template", kind, "--county", "56", "--out", "t.csv", "--lang", language)
    assert done.returncode == Code.OK
    assert f"--set {KINDS[kind].setting}=t.csv" in done.stdout
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert inside("data", "template", kind, "--county", "56", "--lang", language).stdout == text
    assert all(f"{name}: " in text or name == "kommunenummer" for name in KINDS[kind].columns)
    if kind in FILLED:
        (tmp_path / "t.csv").write_text(text + FILLED[kind], encoding="utf-8")
    done = inside("data", "check", "t.csv", "--lang", language)
    many = "1" if kind in FILLED else "357" if KINDS[kind].of_all else "18"
    rows = {"nb": f"{many} rad", "en": f"{many} row"}
    assert (done.returncode, rows[language] in done.stdout) == (Code.OK, True)
    again = inside("data", "template", kind, "--out", "t.csv")
    assert (again.returncode, "exists already" in again.stderr) == (Code.USAGE, True)


def test_files_are_checked_all_at_once(inside, tmp_path):
    (tmp_path / "good.csv").write_text("kommunenummer;planner_fte\n5601;2\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("kommunenummer;planner_fte\n5601;x\n9999;1\n", encoding="utf-8")
    done = inside("data", "check", "bad.csv", "good.csv", "none.csv")
    assert done.returncode == Code.INVALID
    assert done.stdout == "good.csv: planleggere, 1 rad, i orden; brukes med --set planners.table=good.csv\n"
    assert all(
        said in done.stderr for said in ("bad.csv:2: planner_fte is 'x'", "bad.csv:3: 9999", "none.csv: there is")
    )
    assert "nothing was" not in done.stderr
    found = json.loads(inside("data", "check", "bad.csv", "good.csv", "--json").stdout)
    assert (found["ok"], [one["kind"] for one in found["files"]]) == (False, [None, "planners"])
    assert [len(one["faults"]) for one in found["files"]] == [2, 0]


def test_numbers_of_another_edition(inside, tmp_path):
    (tmp_path / "old.csv").write_text("kommunenummer;planner_fte\n5428;2\n1507;9\n", encoding="utf-8")
    done = inside("data", "check", "old.csv")
    assert done.returncode == Code.OK
    assert "note: old.csv: read as a kommunenummer: line 2, '5428' of 2020 as 5544 (Nordreisa)" in done.stderr
    assert "1580 (Haram) is 14 % of 1507 Ålesund of 2020 (line 3), shared out by inhabitants" in done.stderr
    assert inside("data", "check", "old.csv", "--edition", "2020").returncode == Code.OK


def test_figures_plan_cases_and_projections_are_checked(answer, tmp_path):
    numbers = [str(id_) for id_ in municipalities.load("2024").index]
    rows = "".join(f"{id_},1000,2026\n" for id_ in numbers)
    (tmp_path / "figures.csv").write_text(f"kommunenummer,population,population_year\n{rows}", encoding="utf-8")
    (tmp_path / "kostra.csv").write_text("kommunenummer,contents,label,year,value\n0301,A,a,2023,4\n", encoding="utf-8")
    (tmp_path / "later.csv").write_text("kommunenummer;year;inhabitants\n0301;2040;800000\n", encoding="utf-8")
    code, text, _ = answer("data", "check", "figures.csv", "kostra.csv", "later.csv")
    assert code == Code.OK
    assert (
        "figures.csv: nyere tall for kommunene, 357 rader, i orden; brukes med --set data.figures=figures.csv" in text
    )
    assert "kostra.csv: plansaker i året, 1 rad, i orden; brukes med --set planners.activity=kostra.csv" in text
    assert "later.csv: framskrevne innbyggertall, 1 rad" in text


def test_layer_and_system_of_shapes_can_be_named(answer, tmp_path):
    shapes = gpd.GeoDataFrame({"id": ["1", "2"]}, geometry=[box(4e5, 66e5, 41e4, 661e4), box(41e4, 66e5, 42e4, 661e4)])
    for layer in ("one", "two"):
        shapes.set_crs("EPSG:3006").to_file(tmp_path / "drawn.gpkg", layer=layer, engine="pyogrio")
    assert answer("data", "check", "drawn.gpkg")[0] == Code.INVALID, "which layer?"
    assert "2 rader" in answer("data", "check", "drawn.gpkg", "--layer", "two", "--crs", "EPSG:25833")[1]
    code, _, told = answer("data", "check", "drawn.gpkg", "--crs", "EPSG:nothing")
    assert (code, "--crs: 'EPSG:nothing' is no coordinate system" in told) == (Code.USAGE, True)
    assert answer("data", "check", "--layer", "two")[0] == Code.USAGE
