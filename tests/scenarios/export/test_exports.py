"""What a run leaves for other programs, read back with them: GeoJSON, the workbook, tables for a Norwegian Excel."""

import csv
import dataclasses
import json
import math
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
import shapely
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from written import unlike_written

from geodata import editions
from geodata import references as reference_data
from maps.told.estimates import PRICED, RESTS_ON
from maps.told.texts import LANGUAGES, Words
from optimizer.problem import Weights
from scenarios.answers.compare import shown
from scenarios.cli.app import program
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import Language
from scenarios.export import columns, run_folder
from scenarios.export.columns import ORDER_WORKSHEET, POST_FIGURES
from scenarios.export.csv_files import FORMULA_STARTS
from scenarios.export.geography import geojson
from scenarios.export.more_files import Manner
from scenarios.export.workbooks import result_workbook
from scenarios.export.workbooks.workbook import READABLE, Book
from scenarios.export.workbooks.workbook_words import FigureSources
from scenarios.question.load import load
from scenarios.world import today
from scenarios.world.build import build
from scenarios.world.further import tradeoff
from scenarios.world.solving import Outcome, run

HOSTILE = ("=1+1", "</script><script>alert(1)</script>", '+CMD|"/C calc"!A0', "@SUM(A1)", "x" * 300)


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """One county, some of its municipalities with names that try to be something else."""
    found = run(build(load("nasjonal", counties=("55",))))
    table = found.world.municipalities.copy()
    assert found.result.grouping is not None
    for id_, name in zip(found.result.grouping.host_of, HOSTILE, strict=False):
        table.loc[id_, ["name", "name_norwegian"]] = name
    table.loc[next(iter(found.result.grouping.host_of)), "planner_fte_source"] = "=own.csv"
    return dataclasses.replace(found, world=dataclasses.replace(found.world, municipalities=table))


@pytest.fixture(scope="module")
def folder(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    manner = Manner(language="en", csv_excel=True)
    return run_folder.write(tmp_path_factory.mktemp("runs") / "troms", outcome, {"total": 1.0}, manner)


def sheet_rows(sheet: Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_folder_is_sound_and_lists_everything(folder: Path) -> None:
    assert unlike_written(folder) == []
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {"report.html", "result.xlsx", "municipalities.geojson", "offices-excel.csv", "grouping-excel.csv"} <= set(
        listed
    )


@pytest.mark.parametrize("name", ["municipalities.geojson", "offices.geojson"])
def test_geojson_follows_its_standard(folder: Path, name: str) -> None:
    """RFC 7946: no ``crs``, longitude first, outer rings anticlockwise and holes clockwise, unique ids."""
    found = json.loads((folder / name).read_text(encoding="utf-8"))
    assert set(found) == {"type", "bbox", "features"}
    ids = [feature["id"] for feature in found["features"]]
    assert len(set(ids)) == len(ids)
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in found["features"]]
    west, south, east, north = found["bbox"]
    assert (west, south, east, north) == pytest.approx(tuple(shapely.total_bounds(shapes)))
    assert -10 < west < east < 35
    assert 55 < south < north < 82
    for shape in shapes:
        assert shape.is_valid
        for part in shapely.get_parts(shape):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_geojson_says_what_the_run_says(folder: Path, outcome: Outcome) -> None:
    plan = outcome.result.grouping
    assert plan is not None
    layer = gpd.read_file(folder / "municipalities.geojson")
    assert layer.crs.to_epsg() == 4326
    places = layer.set_index("kommunenummer")
    assert dict(places.loc[list(plan.host_of), "host"]) == dict(plan.host_of)
    assert set(places["name"]) >= set(HOSTILE)
    plane = outcome.world.municipalities.geometry.area
    assert np.allclose(places.to_crs("EPSG:25833").area[plane.index], plane, rtol=0.02)
    offices = gpd.read_file(folder / "offices.geojson").set_index("host")
    assert outcome.evaluation is not None
    for row in outcome.evaluation.offices:
        assert offices.at[row.host, "longest_minutes"] == pytest.approx(row.longest_minutes)


def test_numbers_that_are_not_finite_are_null(tmp_path: Path) -> None:
    shape = shapely.box(262000, 6649000, 263000, 6650000)
    layer = gpd.GeoDataFrame({"id": ["a"], "minutes": [math.inf]}, geometry=[shape], crs="EPSG:25833")
    geojson.write(tmp_path / "a.geojson", layer, "id")
    feature = json.loads((tmp_path / "a.geojson").read_text())["features"][0]
    assert feature["properties"] == {"id": "a", "minutes": None}


def heads(language: str, outcome: Outcome) -> dict[str, str]:
    """Return the headings of a workbook, whatever rests on estimates marked."""
    words, prices = Words(language), outcome.world.problem.weights
    origins = FigureSources(Words(language), outcome.world.fte_sources, prices, own_travel=False)
    return {
        name: origins.heading(name, words.text(f"column.{name}"))
        for name in (*columns.OFFICE_WORKSHEET, *columns.TERM_WORKSHEET)
    }


def test_the_workbook_says_what_the_evaluation_says(folder: Path, outcome: Outcome) -> None:
    book = openpyxl.load_workbook(folder / "result.xlsx")
    words = Words("en")
    head = heads("en", outcome)
    offices = {str(row[head["host"]]): row for row in sheet_rows(book["Offices"])}
    assert outcome.evaluation is not None
    assert set(offices) == {row.host for row in outcome.evaluation.offices}
    for row in outcome.evaluation.offices:
        for figure in columns.OFFICE_FIGURES:
            assert offices[row.host][head[figure]] == pytest.approx(getattr(row, figure)), figure
        whole = math.floor(row.planner_fte + 1e-9)
        part = 1 - (1 - 0.2) * (row.planner_fte - whole)
        assert offices[row.host][head["empty"]] == pytest.approx(0.2**whole * part, abs=1e-8)
    assert outcome.result.grouping is not None
    own = next(iter(outcome.result.grouping.host_of))
    for found in offices.values():
        members = str(found[head["members"]]).split()
        told = {"user-planners.csv" if member == own else "estimate" for member in members}
        assert set(str(found[head["planner_fte_source"]]).split(", ")) == told
    terms = {row[head["term"]]: row for row in sheet_rows(book["Burden"])}
    for name, term in outcome.evaluation.terms.items():
        assert terms[words.text(f"term.{name}.title")][head["term_minutes"]] == pytest.approx(term.minutes)
    assert terms["Sum"][head["term_minutes"]] == pytest.approx(outcome.evaluation.objective)


def test_the_workbook_names_the_columns_of_the_csv_files(folder: Path) -> None:
    rows = sheet_rows(openpyxl.load_workbook(folder / "result.xlsx")["Definitions"])
    defined = {str(row["Column"]): row for row in rows}
    named = {str(row["Name in files for programs"]) for row in defined.values() if row["Name in files for programs"]}
    with (folder / "offices.csv").open(encoding="utf-8", newline="") as file:
        offices = set(next(csv.reader(file)))
    more = {"kommunenummer", "population", "name", "minutes", "minutes_low", "minutes_high", *today.COLUMNS}
    more |= {"reason", "assistance", "guidance", *POST_FIGURES, *ORDER_WORKSHEET} - offices
    for table in ("money.csv", "shares.csv"):
        with (folder / table).open(encoding="utf-8", newline="") as file:
            more |= set(next(csv.reader(file))) - offices
    assert named - more == offices - {"county_number"}
    assert defined["Number"]["Name in files for programs"] == "kommunenummer"


def test_the_workbook_is_typed_frozen_filtered_and_harmless(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "result.xlsx")
    names = {
        "Offices",
        "Municipalities",
        "Burden",
        "At work",
        "Disciplines",
        "Measures",
        "Money",
        "Order",
        "Rules",
        "Settings",
        "Sharing",
        "Definitions",
        "Sources",
    }
    assert set(book.sheetnames) == names
    for sheet in book:
        assert sheet.freeze_panes == (
            "C2"
            if sheet.title in {"Offices", "Municipalities", "Measures", "At work", "Disciplines", "Sharing"}
            else "B2"
        )
        assert sheet.auto_filter.ref == sheet.dimensions
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    rows = sheet_rows(book["Municipalities"])
    assert {row["Municipality"] for row in rows} >= set(HOSTILE)
    assert all(isinstance(row["Number"], str) and len(str(row["Number"])) == 4 for row in rows)
    assert all(isinstance(row["Inhabitants"], int) for row in rows)
    assert [row["Source of employed"] for row in rows][:2] == ["user-planners.csv", "estimate"]
    for sheet in book:
        assert (sheet.print_title_rows, int(sheet.page_setup.fitToWidth or 1)) == ("$1:$1", 1), "a page wide, a header"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    told = " ".join(str(row["Source"]) for row in sheet_rows(book["Sources"]))
    assert all(owner in told for owner in ("Kartverket", "SSB", "EuroGeographics", "GeoNames"))


def test_what_planners_read_of_the_offices_is_printed(folder: Path) -> None:
    """As many columns as a page has room for in letters that can be read; it says that there are more."""
    sheet = openpyxl.load_workbook(folder / "result.xlsx")["Offices"]
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    first = range_boundaries(sheet.print_area.split("!")[1])[2] or 0
    assert {"member_names", "planner_fte", "need_fte", "missing_fte", "mean_minutes", "longest_minutes"} < {
        *columns.OFFICE_WORKSHEET[:first]
    }
    assert sum(widths[:first]) <= READABLE < sum(widths[: first + 2])
    assert "The last columns are not printed" in str(sheet.oddHeader.left.text)
    narrow = openpyxl.load_workbook(folder / "result.xlsx")["Rules"]
    assert not narrow.print_area
    assert not narrow.oddHeader.left.text


def test_tables_for_a_norwegian_excel(folder: Path) -> None:
    for name in ("grouping", "offices"):
        raw = (folder / f"{name}-excel.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        text = raw.decode("utf-8-sig")
        found = list(csv.DictReader(text.splitlines(), delimiter=";"))
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            plain = list(csv.DictReader(file))
        assert len(found) == len(plain)
        for row, same in zip(found, plain, strict=True):
            for column, value in row.items():
                if column.endswith(("minutes", "_fte", "_equivalents", "_low", "_high")):
                    assert float(value.replace(",", ".")) == float(same[column])
                    assert "." not in value
                else:
                    assert value == same[column]
                    assert not value.startswith(FORMULA_STARTS)


def test_without_asking_there_are_none(outcome: Outcome, tmp_path: Path) -> None:
    plain = run_folder.write(tmp_path / "plain", outcome, {})
    assert not list(plain.glob("*-excel.csv"))
    page = (plain / "report.html").read_text(encoding="utf-8")
    assert '<html lang="nb">' in page


def test_the_pages_speak_the_language_asked_for(folder: Path) -> None:
    for name in ("map.html", "report.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert '<html lang="en">' in page
        assert "Shared planning offices for all district municipalities" in page
        assert "Which district municipalities" in page
        assert "Felles plankontor for alle distriktskommuner" not in page
        assert "planning offices" in page
        assert "plankontorene" not in page.casefold()


def test_the_command_line_knows_the_languages() -> None:
    assert tuple(map(str, Language)) == LANGUAGES
    assert program(["run", "--lang", "de"]) == Code.USAGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading_and_a_meaning(language: str) -> None:
    words = Words(language)
    headings = {
        *(column.key for column in columns.COLUMNS.values()),
        *("rule", "verdict", "setting", "set_to", "column", "meaning", "what", "source"),
        *(name for names in shown.HEADINGS.values() for name in names),
        *("sheet", "heading", "in_files", "licence", "note"),
    }
    assert {f"column.{name}" for name in headings} == set(words.section("column."))
    explained = {column.key for column in columns.COLUMNS.values() if column.explained}
    assert {f"meaning.{name}" for name in explained} == set(words.section("meaning."))


def test_every_status_of_a_reference_has_a_text() -> None:
    assert {f"grounds.{status}" for status in reference_data.STATUSES} <= set(Words().section("grounds."))


def test_sources_speak_norwegian() -> None:
    """What the sources say in English has a Norwegian phrase, and every phrase is still said by one of them."""
    said = [
        part
        for edition in editions.EDITIONS
        for one in editions.get(edition).credits
        for part in (one.text, one.licence, one.what)
    ]
    for name in reference_data.names():
        said += reference_data.load(name, "2024")["source"].unique().tolist()
    for phrase in (key.removeprefix("source.") for key in Words().section("source.")):
        assert any(phrase in one for one in said), phrase
    english = re.compile(r"\b(the|of|and|with|not|report|page|general|contains|statistics)\b", re.IGNORECASE)
    assert [one for one in said if english.search(one)], "the words below are worth looking for"
    assert [one for one in said if english.search(Words().translated(one))] == []


@pytest.mark.parametrize(
    ("sources", "label", "basis"),
    [
        ({"planner_fte": ["estimate"], "need_fte": ["estimate"]}, " (anslag)", "anslag"),
        ({"planner_fte": ["estimate", "p.csv"], "need_fte": ["p.csv"]}, " (anslag)", "anslag der egne tall mangler"),
        ({"planner_fte": ["p.csv"], "need_fte": ["estimate"]}, "", "egne tall"),
    ],
)
def test_estimates_are_called_so_where_they_are_and_only_there(
    sources: dict[str, list[str]], label: str, basis: str
) -> None:
    planners = Weights(travel=0, missing_fte=60)
    for own_travel in (False, True):
        origins = FigureSources(Words(), sources, planners, own_travel=own_travel)
        for name in ("planner_fte", "missing_fte", "burden_missing_fte", "minutes_equivalents", "objective"):
            assert origins.heading(name, "Tall") == f"Tall{label}"
            assert origins.of(name) == basis
        assert origins.heading("mean_minutes", "Tall") == ("Tall" if own_travel else "Tall (anslag)")
        assert origins.of("county_lines") is None
    free = Weights(travel=1, missing_fte=0, unmet_need=0)
    said = [FigureSources(Words(), sources, free, own_travel=own).of("objective") for own in (False, True)]
    assert said == ["anslag: beregnede reisetider", "egne reisetider"], (
        "no price on planners: nothing of them in the sum"
    )
    both = FigureSources(Words(), {"planner_fte": ["p.csv"]}, Weights(travel=1, missing_fte=60), own_travel=False)
    assert both.of("objective") == "anslag der egne tall mangler"
    assert set(PRICED) <= set(RESTS_ON)


def test_the_workbook_is_norwegian_and_calls_estimates_anslag(outcome: Outcome, tmp_path: Path) -> None:
    path = tmp_path / "result.xlsx"
    result_workbook.write(path, outcome, "nb")
    book = openpyxl.load_workbook(path)
    head = heads("nb", outcome)
    offices = {str(cell.value) for cell in book["Kontor"][1]}
    assert offices == {head[name] for name in columns.OFFICE_WORKSHEET}
    assert {name for name in offices if name.endswith("(anslag)")} == {
        head[name]
        for name in (
            *("planner_fte", "need_fte", "missing_fte", "unmet_need_fte", "empty", "minutes_equivalents"),
            *("mean_minutes", "longest_minutes", "travel_minutes", "planner_fte_low", "planner_fte_high"),
        )
    }
    rests_on = {row["Regnet med"]: row["Bygger på"] for row in sheet_rows(book["Ulempe"])}
    mixed = "anslag der egne tall mangler"
    assert (rests_on["Reise til vertskommunen"], rests_on["Årsverk som mangler"]) == (
        "anslag: beregnede reisetider",
        mixed,
    )
    assert (rests_on["Sum"], rests_on["Kommuner som står alene"]) == (mixed, None)
    told = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    for english in ("Statistics Norway", "attribution", "estimate", "confirm"):
        assert english not in told


def test_long_sheets_take_the_pages_that_their_letters_need(tmp_path: Path) -> None:
    """Rows of 15 points at 0.6 of their size: 83 to an upright page of 755 points, fewer with its header and a rest."""
    path = tmp_path / "a.xlsx"
    book = Book(path, "T", "-", "")
    for name, rows in (("S", 80), ("T", 82), ("U", 500)):
        book.worksheet(name, ("Navn",), [("kort",)] * rows)
    book.close()
    pages = [sheet.page_setup.fitToHeight or 1 for sheet in openpyxl.load_workbook(path)]
    assert list(map(int, pages)) == [1, 2, 7]


def test_every_text_of_the_workbook_has_room(tmp_path: Path) -> None:
    """A row is as high as its texts: programs that do not see to it themselves would print lines over each other."""
    path = tmp_path / "a.xlsx"
    book = Book(path, "2024: R&D", "-", "")
    long, number = "et ord til " * 20, 11354.2396
    book.worksheet("S", ("Navn", "Overskrift på flere linjer", "Tall"), [("kort", long, number), ("x" * 50, "kort", 0)])
    book.close()
    sheet = openpyxl.load_workbook(path)["S"]
    width = {letter: sheet.column_dimensions[letter].width for letter in "ABC"}
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                lines = len(cell.value) / width[cell.column_letter]
                assert (sheet.row_dimensions[cell.row].height or 15) >= 14 * lines
                assert cell.alignment.wrap_text
    assert width["C"] > len("11,354.24") + 2
    with zipfile.ZipFile(path) as parts:
        footer = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "&amp;L&amp;8 2024: R&amp;&amp;D: &amp;A" in footer, "an escaped sign, and no digit of it joins the size"


def test_the_workbook_has_the_plans_along_the_price_of_a_missing_arsverk(outcome: Outcome, tmp_path: Path) -> None:
    found = tradeoff.solve(outcome.world, outcome.result, lambda _: None, None)
    priced = tradeoff.plans(outcome.world.problem, found)
    path = tmp_path / "result.xlsx"
    result_workbook.write(path, replace(outcome, tradeoff=found), "nb")
    book = openpyxl.load_workbook(path)
    rows = sheet_rows(book["Avveining"])
    assert [row["Pris, minutter"] for row in rows] == [plan.price for plan in priced.plans]
    assert [row["Rapportens plan"] for row in rows] == ["ja" if plan.shown else "nei" for plan in priced.plans]
    assert {row["Bevis"] for row in rows} == {"bevist best"}
    assert [row["Kommuner alene"] for row in rows] == [plan.alone for plan in priced.plans]
    assert rows[-1]["Årsverk i et felles kontor"] == "krav"
    defined = {row["Kolonne"]: row["Navn i filer for programmer"] for row in sheet_rows(book["Definisjoner"])}
    assert defined["Kommuner med annen vert"] == "moved"
