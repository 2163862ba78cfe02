"""The run folder holds everything needed to check and to repeat the run, and nothing is taken on trust."""

import dataclasses
import json
import math
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pyogrio
import pytest
from program import rows
from written import unlike_written

from maps.told import palette
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.solve import Result, Status
from scenarios.answers.choice import same
from scenarios.export import pages, run_folder
from scenarios.export.csv_files import cell
from scenarios.export.run_folder import ArtifactError
from scenarios.export.workbooks import result_workbook
from scenarios.question.load import load
from scenarios.world import today
from scenarios.world.build import World, build
from scenarios.world.plain import dumps, plain
from scenarios.world.running.deadline import CutShortError, Deadline
from scenarios.world.solving import Outcome, run

PLANNERS = "kommunenummer;planner_fte;need_fte\n5503;2,5;3\n5510;0,4;\n"
FILES = [
    "better.csv",
    "competence.csv",
    "evaluation.json",
    "firmness.json",
    "first-years.csv",
    "grouping.csv",
    "inputs/links.csv",
    "inputs/minutes.csv",
    "inputs/municipalities.csv",
    "inputs/user-planners.csv",
    "manifest.json",
    "map.html",
    "measures.csv",
    "money.csv",
    "municipalities.geojson",
    "offices.csv",
    "offices.geojson",
    "order.csv",
    "posts.csv",
    "report.html",
    "result.gpkg",
    "result.xlsx",
    "scenario.toml",
    "shares.csv",
]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One county, with a table of the user's own and pins."""
    folder = tmp_path_factory.mktemp("scenario")
    (folder / "planners.csv").write_text(PLANNERS)
    scenario = folder / "troms.toml"
    scenario.write_text(
        'extends = "nasjonal"\nname = "troms"\n[select]\ncounties = ["55"]\n'
        '[planners]\ntable = "planners.csv"\n[pins]\napart = [["Harstad", "Kvæfjord"]]\nleave_out = ["Skjervøy"]\n'
    )
    return run(build(load(str(scenario))))


@pytest.fixture(scope="module")
def folder(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder.write(tmp_path_factory.mktemp("runs") / "troms", outcome, {"load": 0.5, "total": 1.0})


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """Return a copy of the run folder, to be damaged."""
    for path in folder.rglob("*"):
        if path.is_file():
            target = tmp_path / "copy" / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path / "copy"


def test_every_file_is_there(folder):
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == FILES
    assert sorted(json.loads((folder / "manifest.json").read_text())["files"]) == [
        name for name in FILES if name != "manifest.json"
    ]


def test_a_sound_folder_verifies(folder):
    assert unlike_written(folder) == []


def test_folder_reads_back_as_what_was_solved(folder, outcome):
    read = run_folder.read(folder)
    assert read.grouping == outcome.result.grouping
    for field in dataclasses.fields(read.problem):
        assert same(getattr(outcome.world.problem, field.name), getattr(read.problem, field.name)), field.name


def test_objective_and_rules_follow_from_the_files_alone(folder, outcome):
    """As somebody would check it without the program: the csv module and a few loops."""
    manifest = json.loads((folder / "manifest.json").read_text())
    limits, weights = manifest["problem"]["limits"], manifest["problem"]["weights"]
    facts = {row["kommunenummer"]: row for row in rows(folder / "inputs/municipalities.csv")}
    minutes = {row["kommunenummer"]: row for row in rows(folder / "inputs/minutes.csv")}
    host_of = {row["kommunenummer"]: row["host"] for row in rows(folder / "grouping.csv")}
    leave_out = set(manifest["problem"]["pins"]["leave_out"])
    assert set(host_of) == {id_ for id_, row in facts.items() if row["takes_part"] == "1"} - leave_out
    cost = 0.0
    for id_, host in host_of.items():
        way = float(minutes[id_][host])
        assert way <= limits["max_minutes"]
        cost += weights["travel"] * way * float(facts[id_]["trips"])
        for column, term in (("county_number", "county_lines"), ("statsforvalter", "statsforvalter_lines")):
            cost += weights[term] * (facts[id_][column] != facts[host][column])
    for host in set(host_of.values()):
        members = [id_ for id_, other in host_of.items() if other == host]
        assert host in members
        assert len(members) <= limits["max_members"]
        employed = sum(float(facts[id_]["planner_fte"]) for id_ in members)
        cost += weights["missing_fte"] * max(0.0, limits["min_office_fte"] - employed)
    assert math.isclose(cost, manifest["objective"], rel_tol=1e-9)
    assert manifest["status"] == "optimal"
    assert outcome.evaluation is not None


def test_own_planners_are_what_the_optimiser_saw(folder):
    facts = {row["kommunenummer"]: row for row in rows(folder / "inputs/municipalities.csv")}
    assert (facts["5503"]["planner_fte"], facts["5503"]["need_fte"]) == ("2.5", "3")
    assert facts["5510"]["planner_fte"] == "0.4"
    sources = {id_: (row["planner_fte_source"], row["need_fte_source"]) for id_, row in facts.items()}
    assert sources["5503"] == ("user-planners.csv", "user-planners.csv")
    assert sources["5510"] == ("user-planners.csv", "estimate")
    assert sources["5501"] == ("estimate", "estimate")


def test_offices_and_their_judgement_say_what_is_an_estimate(folder):
    for office in rows(folder / "offices.csv"):
        members = set(office["members"].split())
        some = "estimate | user-planners.csv" if len(members) > 1 else "user-planners.csv"
        assert office["planner_fte_source"] == (some if members & {"5503", "5510"} else "estimate")
        assert ("user-planners.csv" in office["need_fte_source"]) == ("5503" in members)
    found = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))["fte_sources"]
    assert found == {key: ["estimate", "user-planners.csv"] for key in ("planner_fte", "need_fte")}


def test_links_are_the_problems(folder, outcome):
    problem = outcome.world.problem
    pairs = {(row["a"], row["b"]) for row in rows(folder / "inputs/links.csv")}
    assert pairs == {
        (a, b) for i, a in enumerate(problem.ids) for j, b in enumerate(problem.ids) if i < j and problem.links[i, j]
    }


def test_grouping_and_offices_speak_of_the_same(folder):
    grouping, offices = rows(folder / "grouping.csv"), rows(folder / "offices.csv")
    first = ["kommunenummer", "name", "county_number", "host", "host_name", "minutes"]
    assert list(grouping[0]) == [*first, "minutes_low", "minutes_high", "borderline", *today.COLUMNS]
    assert [row["kommunenummer"] for row in grouping] == sorted(row["kommunenummer"] for row in grouping)
    for office in offices:
        members = [row for row in grouping if row["host"] == office["host"]]
        assert office["members"].split() == [row["kommunenummer"] for row in members]
        assert office["member_names"].split(" | ") == [row["name"] for row in members]
        assert office["kind"] == ("shared" if len(members) > 1 else "alone")
        assert float(office["longest_minutes"]) == max(float(row["minutes"]) for row in members)
    assert any(row["name"] == "Gáivuotna - Kåfjord - Kaivuono" for row in grouping), "official names are whole"


def test_the_ranges_hold_the_figures_and_the_border_is_the_same_everywhere(folder, outcome):
    grouping, offices = rows(folder / "grouping.csv"), rows(folder / "offices.csv")
    for table, figure in ((grouping, "minutes"), (offices, "planner_fte")):
        ends = "planner_fte" if figure == "planner_fte" else "minutes"
        for row in table:
            assert float(row[f"{ends}_low"]) <= float(row[figure]) + 1e-6 <= float(row[f"{ends}_high"]) + 2e-6
    told = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))["ranges"]
    assert told["borderline"]["journeys"] == [row["kommunenummer"] for row in grouping if row["borderline"] == "1"]
    assert told["borderline"]["offices"] == sorted(row["host"] for row in offices if row["borderline"] == "1")
    layer = json.loads((folder / "municipalities.geojson").read_text(encoding="utf-8"))["features"]
    marked = [one["properties"]["kommunenummer"] for one in layer if one["properties"]["borderline"]]
    assert sorted(marked) == told["borderline"]["journeys"]
    limit = outcome.world.problem.limits.max_minutes
    assert all(
        float(row["minutes_low"]) <= limit < float(row["minutes_high"]) for row in grouping if row["borderline"] == "1"
    )


def test_geopackage(folder, outcome):
    plan = outcome.result.grouping
    assert plan is not None
    path = folder / "result.gpkg"
    layers = {"municipalities", "offices", "travel_lines", "links"}
    assert {name for name, kind in pyogrio.list_layers(path) if kind is not None} == layers
    for name in ("municipalities", "offices", "travel_lines", "links"):
        assert pyogrio.read_info(path, layer=name)["crs"] == "EPSG:25833"
    municipalities = pyogrio.read_dataframe(path, layer="municipalities").set_index("kommunenummer")
    assert len(municipalities) == 357
    assert dict(municipalities.loc[list(plan.host_of), "host"]) == dict(plan.host_of)
    assert municipalities.loc["0301", "role"] == "outside"
    assert (municipalities["role"] == "host").sum() == sum(len(members) > 1 for members in plan.offices.values())
    offices = pyogrio.read_dataframe(path, layer="offices").set_index("host")
    for host, members in plan.offices.items():
        area = municipalities.loc[list(members)].area.sum()
        assert math.isclose(offices.geometry[host].area, area, rel_tol=1e-6)
    lines = pyogrio.read_dataframe(path, layer="travel_lines")
    assert len(lines) == len(plan) - len(plan.offices)


def test_geopackage_brings_its_colours(folder):
    """QGIS draws each layer by the default style in the table that it looks for; the fills are those of the map."""
    path = folder / "result.gpkg"
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (10200,), "a form that older programs know"
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
        styles = {name: (column, qml, default) for name, column, qml, default in database.execute(kept)}
        columns = "SELECT table_name, column_name FROM gpkg_geometry_columns"
        assert {name: column for name, (column, _, _) in styles.items()} == dict(database.execute(columns))
    filled = {"municipalities", "offices"}
    for name, (_, qml, default) in styles.items():
        assert default == 1
        style = ET.fromstring(qml)  # noqa: S314 - our own text
        fields = [one.get("value") for one in style.iter("Option") if one.get("name") == "field"]
        assert fields == (["colour"] if name in filled else [])
    municipalities = pyogrio.read_dataframe(path, layer="municipalities")
    offices = pyogrio.read_dataframe(path, layer="offices").set_index("host")
    placed = municipalities[municipalities["role"] != "outside"]
    assert (placed["colour"].to_numpy() == offices.loc[placed["host"], "colour"].to_numpy()).all()
    assert set(municipalities.loc[municipalities["role"] == "outside", "colour"]) == {palette.LAND}
    assert set(offices.loc[offices["kind"] == "shared", "colour"]) <= set(palette.OFFICES)
    assert set(offices.loc[offices["kind"] == "alone", "colour"]) <= {palette.ALONE}


def test_page_shows_the_run(folder, outcome):
    for name in ("map.html", "report.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert run_folder.run_id(outcome.world) in page
        assert "planners.csv" in page
        assert str(Path(outcome.world.scenario.planners.table).parent) not in page
        assert len(page) < 5_000_000


def test_scenario_of_the_folder_gives_the_same_again(folder, outcome, tmp_path):
    again = build(load(str(folder / "scenario.toml")))
    assert run_folder.run_id(again) == run_folder.run_id(outcome.world)
    second = run_folder.write(tmp_path / "again", run(again), {})
    for name in FILES:
        if name not in {"manifest.json", "map.html", "report.html"}:  # pages say which settings were given as overrides
            assert (second / name).read_bytes() == (folder / name).read_bytes(), name


def test_a_run_is_replaced_from_its_own_files(folder, outcome):
    world = build(load(str(folder / "scenario.toml")))
    assert Path(world.scenario.planners.table).parent == folder / "inputs"
    run_folder.write(folder, Outcome(world, outcome.result, outcome.evaluation), {"load": 0.5, "total": 1.0})
    assert unlike_written(folder) == []
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_what_is_cut_short_leaves_no_part_of_it(outcome, tmp_path, monkeypatch):
    def cut(path: Path, *_given: object) -> None:
        path.write_bytes(b"half")
        path.with_name("beside").write_bytes(b"half")
        raise CutShortError

    monkeypatch.setattr(result_workbook, "write", cut)
    monkeypatch.setattr(pages, "write_pages", lambda *_given, **_named: None)
    folder = run_folder.write(tmp_path / "cut", outcome, {}, deadline=Deadline())
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["left_out"] == ["result.xlsx"]
    assert not {path.name for path in folder.iterdir()} & {"result.xlsx", "beside"}
    assert "result.gpkg" in manifest["files"]
    assert unlike_written(folder) == []


def test_run_id_names_the_question(outcome):
    def id_of(*overrides: str) -> str:
        return run_folder.run_id(dataclasses.replace(world, scenario=load("nasjonal", overrides=overrides)))

    world: World = outcome.world
    assert len({id_of(), id_of("limits.max_minutes=60"), id_of("edition=2020"), run_folder.run_id(world)}) == 4
    assert id_of() == id_of("limits.max_minutes=75")
    assert id_of() == id_of("solver.workers=3", "solver.time_limit=60") != id_of("solver.engine=partition")


def sealed_again(folder: Path) -> None:
    """Write the checksums anew, as a program with a fault would have written them."""
    document = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").unlink()
    run_folder.RUN.seal(folder, {name: value for name, value in document.items() if name not in ("files", "sha256")})


@pytest.mark.parametrize(
    ("name", "before", "after", "message"),
    [
        ("inputs/links.csv", "", "", "breaks the rule “The office is connected by road or ferry”"),
        ("evaluation.json", '"objective": ', '"objective": 1', "evaluation.json says"),
        ("evaluation.json", '"host": "', '"host": "9', "“offices” does not follow"),
        ("manifest.json", '"objective": ', '"objective": 1', "manifest.json says"),
        ("manifest.json", '"gap": 0.0', '"gap": 0.1', "what it says of the proof"),
        ("manifest.json", '"bound": ', '"bound": 1', "what it says of the proof"),
        ("manifest.json", '"optimal"', '"infeasible"', "what it says of the proof"),
    ],
)
def test_a_folder_that_somebody_changed_is_not_read(copy, name, before, after, message):
    """Changed in one place it is refused by its checksum, with new checksums by what does not follow."""
    path = copy / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.split("\n")[0] + "\n" if name.endswith(".csv") else text.replace(before, after, 1), "utf-8")
    with pytest.raises(ArtifactError, match=f"is not as it was written: {name} was changed; an edited plan is judged"):
        run_folder.read(copy)
    sealed_again(copy)
    with pytest.raises(ArtifactError, match=f"is not as it was written: .*{message}.*make it again"):
        run_folder.read(copy)


def test_missing_files_are_found(copy):
    (copy / "map.html").unlink()
    assert unlike_written(copy) == ["map.html: missing"]


def test_added_files_are_found(copy):
    (copy / "notes.txt").write_text("mine")
    assert unlike_written(copy) == ["notes.txt: added"]
    assert run_folder.RUN.foreign(copy) == ["notes.txt"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("manifest.json", "{", "is damaged"),
        ("manifest.json", "", "is damaged: manifest.json is"),
        ("manifest.json", "[1]", "manifest.json"),
        ("manifest.json", '{"objective": NaN}', "not a run folder"),
        ("manifest.json", "[" * 100_000, "is damaged: manifest.json is no JSON: .* nested too deeply"),
        ("manifest.json", '{"program": "other", "schema_version": 1}', "not a run folder"),
        ("manifest.json", None, "not a whole run folder"),
        ("grouping.csv", None, "grouping.csv is missing"),
        ("inputs/minutes.csv", "kommunenummer\n", "inputs/minutes.csv was changed"),
    ],
)
def test_what_is_no_run_folder_says_so(copy, name, content, message):
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_text(content)
    with pytest.raises(ArtifactError, match=message):
        run_folder.read(copy)


def test_every_municipality_alone_is_written_too(outcome, tmp_path):
    """No journey at all: the layer of travel lines is empty."""
    problem = outcome.world.problem
    alone = Grouping.of({id_: id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active})
    judged = evaluate(problem, alone)
    result = Result(
        grouping=alone,
        status=Status.FEASIBLE,
        objective=judged.objective,
        bound=0.0,
        gap=1.0,
        engine="hand",
        candidates=0,
        ties="open",
        seconds={},
        interrupted=False,
    )
    out = run_folder.write(tmp_path / "alone", Outcome(outcome.world, result, judged), {})
    assert pyogrio.read_info(out / "result.gpkg", layer="travel_lines")["features"] == 0
    assert unlike_written(out) == []


def test_without_a_plan_there_is_nothing_to_write(outcome, tmp_path):
    result = dataclasses.replace(outcome.result, grouping=None, status=Status.INFEASIBLE)
    with pytest.raises(ValueError, match="no plan"):
        run_folder.write(tmp_path / "none", Outcome(outcome.world, result, None), {})


@pytest.mark.parametrize("text", ["=1+1", "+47", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_is_a_formula(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("number", "text"), [(-2.5, "-2.5"), (3.0, "3"), (0.1 + 0.2, "0.30000000000000004"), (math.inf, "inf")]
)
def test_numbers_stay_whole(number, text):
    assert cell(number) == text
    assert float(text) == number


def test_json_is_strict():
    assert json.loads(dumps({"a": math.inf, "b": frozenset({"2", "1"}), "c": (math.nan, 1)})) == {
        "a": None,
        "b": ["1", "2"],
        "c": [None, 1],
    }
    assert plain(Status.OPTIMAL) == "optimal"


def test_scenario_file_has_every_setting(folder):
    document = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    assert document["planners"]["table"] == "inputs/user-planners.csv"
    assert document["limits"]["max_offices"] == "none"
    assert document["pins"]["leave_out"] == ["5542"]
    assert "extends" not in document
