"""The command line as its users meet it: a real process, its streams, its exit code, what it leaves behind."""

import csv
import dataclasses
import inspect
import json
import re
import resource
import subprocess
import sys
from importlib import import_module, metadata
from types import SimpleNamespace
from typing import get_type_hints

import pytest
import typer
from program import ENVIRONMENT, LONG, ONLY_TABLES, ONLY_THE_PLAN, left, strict
from written import unlike_written

from maps.told.texts import Words
from scenarios.cli import app
from scenarios.cli.shared import output
from scenarios.cli.shared.failures import Code
from scenarios.export import tables
from scenarios.export.csv_files import write_csv
from scenarios.question.load import load
from scenarios.question.schema import json_schema
from scenarios.question.shipped import names
from scenarios.world import solving as runs
from scenarios.world.build import build

SMALL = ("--county", "55")
ESTIMATES = (
    "Tallene på årsverk er anslag: ansatte 0,27 årsverk per 1000 innbyggere og "
    "behov 0,8 årsverk i hver kommune og 0,25 per 1000 innbyggere."
)
JSON_KEYS = [
    "schema_version",
    "scenario",
    "edition",
    "municipalities",
    "candidates",
    "status",
    "objective",
    "bound",
    "gap",
    "engine",
    "seconds",
    "ties",
    "offices",
    "alone",
    "terms",
    "violations",
    "excused",
    "fte_sources",
    "ranges",
    "tradeoff",
    "firmness",
    "money",
    "travel_changes",
    "out",
    "left_out",
]
WHOLE = {"nasjonal", "nasjonal-2020"}
"""The scenarios run in tests/outside: one for the whole country, one for a county."""


# What goes well


def test_run_prints_one_object_and_writes_the_folder(plankontor, tmp_path):
    done = plankontor("run", *SMALL, "--json")
    assert done.returncode == 0
    found = strict(done.stdout)
    assert list(found) == JSON_KEYS
    assert (found["scenario"], found["edition"], found["status"], found["gap"]) == ("nasjonal", "2024", "optimal", 0)
    assert found["bound"] == pytest.approx(found["objective"])
    assert found["objective"] == pytest.approx(sum(term["minutes"] for term in found["terms"].values()))
    assert {tuple(term) for term in found["terms"].values()} == {("value", "unit", "minutes")}
    assert found["violations"] == []
    assert found["ties"] in {"unique", "first in id order"}
    assert found["fte_sources"] == {"planner_fte": ["estimate"], "need_fte": ["estimate"]}
    assert {"load", "write", "solving", "total"} < set(found["seconds"])
    assert found["seconds"]["load"] + found["seconds"]["solving"] <= found["seconds"]["total"] + 0.01
    assert re.fullmatch(r"runs/nasjonal-troms-[0-9a-f]{8}", found["out"])
    assert unlike_written(tmp_path / found["out"]) == []
    assert "skriver resultatet" in done.stderr
    assert left(tmp_path / "runs")[0] == found["out"].removeprefix("runs/")
    plans = found["tradeoff"]["plans"]
    shown = [plan for plan in plans if plan["shown"]]
    assert [plan["critical_mass"] for plan in plans] == ["priced"] * 6 + ["hard"]
    assert {plan["status"] for plan in plans} == {"optimal"}
    assert [(plan["price"], plan["moved"], plan["extra"]) for plan in shown] == [(240, 0, 0)]
    assert (shown[0]["offices"], shown[0]["alone"]) == (found["offices"], found["alone"])
    assert all(plan["extra"] >= -1e-6 for plan in plans), "no plan is better at the prices of the one that is shown"
    with (tmp_path / found["out"] / "tradeoff.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [float(row["price"]) for row in table] == [plan["price"] for plan in plans]
    assert [int(row["reached"]) for row in table] == [plan["reached"] for plan in plans]


def test_run_prints_a_summary(inside, tmp_path):
    folder = tmp_path / "a b" / "æøå"
    done = inside("run", "innen-fylket", "--county", "Troms", "--out", folder, "--quiet", *ONLY_THE_PLAN)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Beste mulige plan etter disse reglene (bevist): " in done.stdout
    assert " plankontor, " in done.stdout
    assert "Ingen annen inndeling er like god." in done.stdout or "Flere planer har nøyaktig samme sum." in done.stdout
    assert ESTIMATES in done.stdout
    assert re.search(r"ferdig på \d+,\d s, hvorav løsningen \d+,\d s", done.stdout)
    assert "report.html" in done.stdout
    assert "\x1b" not in done.stdout
    assert unlike_written(folder) == []
    assert not (folder / "tradeoff.csv").exists()
    assert not (folder / "variants.csv").exists()
    assert json.loads((folder / "firmness.json").read_text(encoding="utf-8")) == {"left_out": "not asked"}


@pytest.mark.parametrize("name", sorted({*names()} - WHOLE))
def test_each_shipped_scenario_runs(inside, name):
    done = inside("run", name, "--county", "56", "--json", "--out", "out")
    assert done.returncode == 0, done.stderr
    found = strict(done.stdout)
    assert (found["scenario"], found["status"], found["violations"]) == (name, "optimal", [])
    assert found["out"] == "out"


def test_same_file_whatever_the_workers(tmp_path):
    """The whole country, because a small county may have no two plans that are equally good."""
    world = build(load("nasjonal"))
    written = set()
    for workers in (0, 0, 1, 2, 8):
        solver = world.scenario.solver.model_copy(update={"workers": workers})
        asked = dataclasses.replace(world, scenario=world.scenario.model_copy(update={"solver": solver}))
        plan = runs.run(asked).result.grouping
        assert plan is not None
        write_csv(tmp_path / "grouping.csv", tables.grouping_table(asked, plan))
        written.add((tmp_path / "grouping.csv").read_bytes())
    assert len(written) == 1


def test_a_run_can_be_repeated_and_judged_from_its_folder(inside, tmp_path):
    first = strict(inside("run", *SMALL, "--set", "pins.fixed={ 5538 = 'Målselv' }", "--no-pages", "--json").stdout)
    again = strict(inside("run", tmp_path / first["out"] / "scenario.toml", "--no-pages", "--json").stdout)
    assert again | {"seconds": None} == first | {"seconds": None}, "the same folder is written again"
    grouping, scenario = tmp_path / first["out"] / "grouping.csv", tmp_path / first["out"] / "scenario.toml"
    judged = strict(inside("evaluate", grouping, "--scenario", scenario, "--json").stdout)
    assert (judged["objective"], judged["violations"]) == (first["objective"], [])
    assert (judged["terms"], judged["offices"], judged["alone"]) == (first["terms"], first["offices"], first["alone"])


def test_dry_run_counts_no_longer_than_it_may(inside):
    found = strict(inside("run", *LONG, "--dry-run", "--time-limit", "0.5", "--json").stdout)
    assert found["candidates"] is None
    assert found["candidates_more_than"] > 100
    said = inside("run", *SMALL, "--dry-run", "-q", "--set", "solver.max_groups=50").stdout
    assert "mer enn 50 mulige kontor" in said


def test_dry_run_solves_nothing(inside, tmp_path):
    done = inside("run", *SMALL, "--dry-run", "--json")
    found = strict(done.stdout)
    assert (done.returncode, list(found), found["status"], found["out"]) == (0, JSON_KEYS, None, None)
    assert found["candidates"] > found["municipalities"] > 10
    said = inside("run", *SMALL, "--dry-run", "-q").stdout
    assert f"{found['candidates']} mulige kontor" in said
    assert "Lengste reise til verten" in said
    assert left(tmp_path) == []


# Results without a plan


def test_infeasible_is_a_result(inside, tmp_path):
    rules = ("--set", "limits.min_members=3", "--set", "limits.max_minutes=1")
    done = inside("run", *SMALL, *rules, "--json")
    found = strict(done.stdout)
    assert (done.returncode, found["status"], found["objective"], found["out"]) == (4, "infeasible", None, None)
    assert "ingen plan er innenfor reglene" in done.stderr
    assert left(tmp_path) == []


def test_engines_that_list_no_offices_do_not_say_that_there_are_none():
    listed = SimpleNamespace(engine="partition", candidates=4208)
    assert output.offices_line(Words("en"), listed) == "4,208 possible offices (partition)"
    unlisted = SimpleNamespace(engine="assignment", candidates=0)
    assert output.offices_line(Words("en"), unlisted) == "possible offices were not listed (assignment)"


def test_another_run_is_replaced_with_a_word_and_the_same_without(inside, tmp_path):
    small = ("--county", "Troms", "-q", "--out", "out", *ONLY_TABLES)
    without_pages = inside("run", *small).stderr
    assert without_pages.startswith("uten map.html og report.html")
    assert inside("run", *small).stderr == without_pages, "the same question"
    before = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["run_id"]
    other = inside("run", *small, "--set", "limits.max_minutes=60")
    assert other.returncode == 0
    replaced = f"out har en annen kjøring, nasjonal-{before}; den blir erstattet når denne skrives\n"
    assert other.stderr == replaced + without_pages
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["run_id"] != before
    dry = inside("run", *small, "--dry-run")
    assert dry.stderr == "", "nothing is replaced"
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    refused = inside("run", *small)
    assert refused.returncode == Code.USAGE
    assert "holds files that do not belong to a run, such as notes.txt" in refused.stderr


def test_time_limit_gives_an_honest_gap_or_says_that_it_was_too_short(plankontor, tmp_path):
    done = plankontor("run", *LONG, "--time-limit", "2", "--json", "--out", "out")
    found = strict(done.stdout)
    if done.returncode == Code.UNKNOWN:
        assert (found["status"], left(tmp_path)) == ("unknown", [])
        assert "ingen plan ble funnet innen tidsgrensen" in done.stderr
        return
    assert (done.returncode, found["status"]) == (0, "feasible")
    assert found["bound"] <= found["objective"]
    assert 0 < found["gap"] <= 1
    assert unlike_written(tmp_path / "out") == []


# Judging a grouping


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_grouping_is_judged(inside, tmp_path, separator):
    rows = [("kommunenummer", "host", "remark"), ("5540", "5536", ""), ("5536", "5536", "office"), ("5501", "5536", "")]
    text = "\n".join(separator.join(row) for row in rows)
    (tmp_path / "hand.csv").write_text(text, encoding="utf-8-sig")
    done = inside("evaluate", "hand.csv", "--county", "55", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = strict(done.stdout)
    assert found["municipalities"] == 20
    assert found["offices"] == 1
    rules = {violation["rule"] for violation in found["violations"]}
    assert "complete" in rules, "missing municipalities are judged, not refused"
    assert found["rules"]["complete"] == "broken"
    assert found["rules"]["apart"] == "not applicable"


def test_journeys_written_in_a_grouping_are_not_read_and_told_where_they_differ(inside, tmp_path):
    rows = "kommunenummer;host;minutes\n5540;5544;9999\n5544;5544;0\n5542;5544;inf\n5538;5538;unknown\n"
    (tmp_path / "hand.csv").write_text(rows, encoding="utf-8")
    done = inside("evaluate", "hand.csv", "--json")
    assert done.returncode == 0
    [line] = done.stderr.splitlines()
    assert line.startswith("hand.csv: kolonnen minutes blir ikke lest; for 2 kommuner er den ulik")
    assert "først 5540 Kåfjord: 9\u202f999 der, " in line
    (tmp_path / "plain.csv").write_text(rows.replace("minutes", "remark"), encoding="utf-8")
    assert inside("evaluate", "plain.csv", "--json").stderr == ""


def test_what_has_a_price_instead_of_a_rule_says_so(inside, tmp_path):
    (tmp_path / "hand.csv").write_text("kommunenummer,host\n5540,5618\n5618,5618\n", encoding="utf-8")
    said = inside("evaluate", "hand.csv").stdout
    assert re.search(
        r"Ingen over fylkesgrensen +gjelder ikke: tillatt, har en pris \(deltakere over fylkesgrensen\)", said
    )
    free = inside("evaluate", "hand.csv", "--set", "weights.county_lines=0").stdout
    assert re.search(r"Ingen over fylkesgrensen +gjelder ikke\n", free)
    hard = inside("evaluate", "hand.csv", "--set", "limits.county_lines=hard").stdout
    assert re.search(r"Ingen over fylkesgrensen +(brutt|oppfylt)\n", hard)


def test_a_file_in_the_place_of_a_scenario_is_told_for_what_it_is(inside):
    done = inside("run", "--png", "kart.png")
    assert (done.returncode, done.stdout) == (3, "")
    assert "kart.png  is no scenario" in done.stderr
    assert "--png, --csv-excel and --json take no file" in done.stderr


def test_counties_stand_in_the_heading(inside):
    assert inside("run", "--county", "Finnmark", "--dry-run").stdout.startswith("nasjonal (Finnmark): 18 kommuner")


def test_judgement_is_readable(inside, tmp_path):
    (tmp_path / "hand.csv").write_text("kommunenummer,host\n5540,5618\n5618,5618\n", encoding="utf-8")
    said = inside("evaluate", "hand.csv").stdout
    assert ESTIMATES in said
    assert "5540 Kåfjord" in said
    assert "Lengste reise til verten" in said
    assert "grensen er 75" in said


# The other commands


def test_scenarios_can_be_listed_shown_made_and_checked(inside, tmp_path):
    assert [line.split()[0] for line in inside("scenario", "list").stdout.splitlines()] == list(names())
    assert [one["name"] for one in json.loads(inside("scenario", "list", "--json").stdout)] == list(names())
    assert inside("scenario", "new", "egen.toml").returncode == 0
    shown = inside("scenario", "show", "egen.toml", "--set", "limits.max_minutes=50")
    (tmp_path / "shown.toml").write_text(shown.stdout, encoding="utf-8")
    assert "max_minutes = 50.0" in shown.stdout
    checked = inside("scenario", "check", "egen.toml", "shown.toml")
    assert (checked.returncode, checked.stdout.count("i orden, 277 kommuner")) == (0, 2)
    again = inside("scenario", "show", "shown.toml").stdout
    assert again == shown.stdout
    assert left(tmp_path) == ["egen.toml", "plankontor.schema.json", "shown.toml"]
    assert (tmp_path / "egen.toml").read_text(encoding="utf-8").startswith("#:schema ./plankontor.schema.json\n")
    assert json.loads((tmp_path / "plankontor.schema.json").read_text(encoding="utf-8")) == json_schema()


def test_scenario_check_goes_through_all_files(inside, tmp_path):
    (tmp_path / "a.toml").write_text("[limits]\nmax_minutes = -1\n")
    (tmp_path / "b.toml").write_text("edition = 2024\n")
    done = inside("scenario", "check", "a.toml", "nasjonal", "b.toml")
    assert done.returncode == 3
    assert "a.toml" in done.stderr
    assert "b.toml" in done.stderr
    assert done.stdout == "nasjonal: i orden, 277 kommuner\n"


def test_schema_is_json(inside):
    assert "properties" in json.loads(inside("scenario", "schema").stdout)


def test_data_can_be_shown_and_checked(inside):
    shown = inside("data", "show").stdout
    assert "Gáivuotna - Kåfjord - Kaivuono" in shown
    assert "Kartverket" in shown
    assert ESTIMATES in shown
    first = strict(inside("data", "show", "--json").stdout)["municipalities"][0]
    assert (first["planner_fte_source"], first["need_fte_source"]) == ("estimate", "estimate")
    assert len(strict(inside("data", "show", "--edition", "2020", "--json").stdout)["municipalities"]) == 356
    checked = inside("data", "check", "--edition", "2024", "--json")
    assert (checked.returncode, strict(checked.stdout)["ok"]) == (0, True)


def test_version(plankontor):
    try:
        expected = metadata.version("plankontor")
    except metadata.PackageNotFoundError:
        expected = "0+source"
    assert plankontor("--version").stdout == f"plankontor {expected}\n"


def test_help_is_quick_and_documents_the_exit_codes(plankontor):
    seconds = []
    for _ in range(3):
        begun = processor_seconds()
        done = plankontor("--help")
        seconds.append(processor_seconds() - begun)
    for code in Code:
        assert f"{int(code)} " in done.stdout
    assert min(seconds) < 1, "0.3 s on a quiet machine"


def test_the_forms_of_all_commands_load_nothing_that_takes_long():
    """Help, a mistyped option and completion need the forms, and wait for nothing else."""
    heavy = "{*'ortools geopandas pandas numpy shapely folium networkx resvg_py pydantic jinja2 scipy'.split()}"
    forms = ", ".join(map(app.module_of, app.COMMANDS))
    code = f"import sys, scenarios.cli.app, {forms}; print(sorted({heavy} & {{*sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


@pytest.mark.parametrize("name", app.COMMANDS)
def test_the_work_of_a_command_takes_what_its_form_gives(name):
    form, work = (import_module(app.module_of(name, part)) for part in ("commands", "work"))
    for registered in form.app.registered_commands:
        asked = inspect.unwrap(registered.callback)
        given = {one: kind for one, kind in get_type_hints(asked).items() if not one.startswith("_")}
        assert get_type_hints(getattr(work, asked.__name__)) == given


@pytest.mark.parametrize("command", ["run", "explain", "compare", "sheets", "scenario check", "data show"])
def test_help_names_no_types_of_flags(capsys, command):
    """A flag takes no value, and NAME|FILE.toml says more than str."""
    with pytest.raises(SystemExit):
        app.app([*command.split(), "--help"])
    told = capsys.readouterr().out
    assert "--help" in told
    assert not re.search(r"<(bool|str|path|list\b.*)>", told)


def test_each_command_says_what_it_is_for_as_the_list_of_commands_does():
    for name, purpose in app.COMMANDS.items():
        command = typer.main.get_command(import_module(app.module_of(name)).app)
        assert command.help.split("\n\n")[0].replace("\n", " ") == purpose


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("sh", ["sheets"]),
        ("run --n", ["--no-pages", "--no-page-solver", "--no-tradeoff", "--no-firmness"]),
        ("run nasj", ["nasjonal", "nasjonal-2020"]),
        ("run --county Tr", ["Trøndelag", "Troms"]),
        ("explain nasjonal Hara", ["Haram"]),
    ],
)
def test_a_shell_can_complete_commands_options_and_values(plankontor, typed, completed):
    asked = {"COMP_WORDS": f"plankontor {typed}", "COMP_CWORD": str(len(typed.split()))}
    done = plankontor(env=ENVIRONMENT | asked | {"_PLANKONTOR_COMPLETE": "complete_bash"})
    assert done.stdout.split() == completed


def processor_seconds() -> float:
    """Return what the processes begun here have used: a busy machine must not fail the test."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
