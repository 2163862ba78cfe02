"""The command line as its users meet it: a real process, its streams, its exit code, what it leaves behind."""

import csv
import dataclasses
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module, metadata
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from program import COMMAND, ENVIRONMENT, ROOT, Run, left, strict

from scenarios.cli import app
from scenarios.cli.shared import output, progress
from scenarios.cli.shared.failures import Code, guarded
from scenarios.export import run_folder, tables
from scenarios.export.csv_files import write_csv
from scenarios.question.load import load
from scenarios.question.schema import json_schema
from scenarios.question.shipped import names
from scenarios.world import solving as runs
from scenarios.world.build import build

SMALL = ("--county", "55")
ONLY_THE_PLAN = ("--no-tradeoff", "--no-firmness")
ESTIMATES = (
    "planners employed and needed are estimates: 0.27 per 1 000 inhabitants employed; "
    "0.8 + 0.25 per 1 000 inhabitants needed; see DATA.md"
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
    "out",
]
WHOLE = {"nasjonal", "nasjonal-2020"}
"""The scenarios run for the whole country, in tests/outside."""

LONG = ("--set", "select.classes=[1,2,3,4,5,6]", "--set", "limits.max_minutes=120", "--set", "limits.max_members=9")
"""A question that takes far longer than anybody wants to wait."""


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
    assert run_folder.verify(tmp_path / found["out"]) == []
    assert "writing result" in done.stderr
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
    assert "optimal: " in done.stdout
    assert "shared offices" in done.stdout
    assert "the only optimal plan" in done.stdout or "the first of several equally good plans" in done.stdout
    assert ESTIMATES in done.stdout
    told = re.search(r"done in \d+\.\d s, of which solving (\d+\.\d) s", done.stdout)
    page = (tmp_path / "a b" / "æøå" / "report.html").read_text(encoding="utf-8")
    shown = re.search(r"<dt>Regnetid for løsningen.*?</dt><dd>([\d,]+) s</dd>", page)
    assert told
    assert shown
    assert float(shown[1].replace(",", ".")) == pytest.approx(float(told[1]), abs=0.1001), "one figure, in both places"
    assert "report.html" in done.stdout
    assert "\x1b" not in done.stdout
    assert run_folder.verify(folder) == []
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
    first = strict(inside("run", *SMALL, "--set", "pins.fixed={ 5538 = 'Målselv' }", "--json").stdout)
    again = strict(inside("run", tmp_path / first["out"] / "scenario.toml", "--json").stdout)
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
    assert "more than 50 possible offices" in said


def test_dry_run_solves_nothing(inside, tmp_path):
    done = inside("run", *SMALL, "--dry-run", "--json")
    found = strict(done.stdout)
    assert (done.returncode, list(found), found["status"], found["out"]) == (0, JSON_KEYS, None, None)
    assert found["candidates"] > found["municipalities"] > 10
    said = inside("run", *SMALL, "--dry-run", "-q").stdout
    assert f"{found['candidates']} possible offices" in said
    assert "max_minutes" in said
    assert left(tmp_path) == []


# Results without a plan


def test_infeasible_is_a_result(inside, tmp_path):
    rules = ("--set", "limits.min_members=3", "--set", "limits.max_minutes=1")
    done = inside("run", *SMALL, *rules, "--json")
    found = strict(done.stdout)
    assert (done.returncode, found["status"], found["objective"], found["out"]) == (4, "infeasible", None, None)
    assert "infeasible: no plan keeps the rules" in done.stderr
    assert left(tmp_path) == []


def test_engines_that_list_no_offices_do_not_say_that_there_are_none():
    listed = SimpleNamespace(engine="partition", candidates=4208)
    assert output.offices_line(listed) == "4 208 possible offices (partition)"
    unlisted = SimpleNamespace(engine="assignment", candidates=0)
    assert output.offices_line(unlisted) == "possible offices were not listed (assignment)"


def test_another_run_is_replaced_with_a_word_and_the_same_without(inside, tmp_path):
    small = ("--county", "Troms", "-q", "--out", "out", *ONLY_THE_PLAN)
    assert inside("run", *small).stderr == ""
    assert inside("run", *small).stderr == "", "the same question"
    before = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["run_id"]
    other = inside("run", *small, "--set", "limits.max_minutes=60")
    assert other.returncode == 0
    assert other.stderr == f"out holds another run, nasjonal-{before}; it is replaced when this one is written\n"
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
        assert "no plan was found within the limit" in done.stderr
        return
    assert (done.returncode, found["status"]) == (0, "feasible")
    assert found["bound"] <= found["objective"]
    assert 0 < found["gap"] <= 1
    assert run_folder.verify(tmp_path / "out") == []


# Ctrl-C


def interrupted(tmp_path: Path, after: str, *arguments: str, again: bool = False) -> tuple[int, str, str]:
    """Send a real SIGINT a moment after a text has appeared on stderr; return code, stdout and stderr."""
    process = subprocess.Popen(
        [*COMMAND, "run", *arguments],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    seen = ""
    while after not in seen:
        line = process.stderr.readline()
        assert line, f"ended before {after!r}: {seen}"
        seen += line
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    if again:
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
    out, rest = process.communicate(timeout=60)
    return process.returncode, out, seen + rest


def test_ctrl_c_ends_a_dry_run(tmp_path):
    code, out, messages = interrupted(tmp_path, "counting possible offices", *LONG, "--dry-run")
    assert code == Code.INTERRUPTED
    assert "more than" in out
    assert "interrupted: not everything was counted" in messages


def test_ctrl_c_keeps_the_best_plan(tmp_path):
    code, out, messages = interrupted(tmp_path, "solving", *LONG, "--json", "--out", "out")
    assert code == 130
    found = strict(out)
    assert (found["status"], found["out"]) == ("feasible", "out")
    assert "interrupted: the best plan so far is kept" in messages
    assert "Traceback" not in messages
    assert run_folder.verify(tmp_path / "out") == []
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["interrupted"] is True


def test_second_ctrl_c_leaves_at_once_and_nothing_behind(tmp_path):
    code, out, messages = interrupted(tmp_path, "solving", *LONG, "--json", "--out", "out", again=True)
    assert code == 130
    assert "Traceback" not in messages
    if out == "":  # else the solver had already stopped for the first one
        assert "interrupted; nothing was written" in messages
        assert left(tmp_path) == []


# Wrong input: one clear message, the documented code, no traceback, nothing left behind

PIN = 'extends = "nasjonal"\n[pins]\n'
TABLE = 'extends = "nasjonal"\n[planners]\ntable = "p.csv"\n'

# Met in real processes: one for each way in.
WRONG = {
    "pins that contradict": (
        ["run", "my.toml"],
        {"my.toml": PIN + 'together = [["5540", "5536"]]\napart = [["5536", "5540"]]\n'},
        3,
        ["line ", "5536", "5540"],
    ),
    "faults in a table, all at once": (
        ["run", "my.toml"],
        {
            "my.toml": TABLE,
            "p.csv": "kommunenummer;planner_fte\n5540;1\n5540;2\n55401;1\n1507;1\n5536;-1\n",
        },
        3,
        ["line 3", "second time", "line 4", "has 5 digits", "line 5", "1508", "line 6", "less than zero"],
    ),
    "unknown county": (["run", "--county", "99"], {}, 3, ["--county", "99"]),
    "unwritable folder": (["run", *SMALL, "--out", "/proc/out"], {}, 2, ["cannot write /proc/out"]),
    "unknown option": (["run", "--tim[e"], {}, 2, ["No such option: --tim[e"]),
    "binary grouping": (["evaluate", "g.csv"], {"g.csv": b"\x00\x01\x02"}, 3, ["g.csv", "binary"]),
}

MORE_WRONG = {
    "five-digit number": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["55401"]\n'}, 3, ["line 3", "55401"]),
    "unknown key": (["run", "my.toml"], {"my.toml": PIN + "mustHost = []\n"}, 3, ["line 3", "must_host"]),
    "negative limit": (["run", "--set", "limits.max_minutes=-5"], {}, 3, ["max_minutes"]),
    "empty selection": (["run", "--set", "select.classes=[]"], {}, 3, ["no municipality takes part"]),
    "binary table": (
        ["run", "my.toml"],
        {"my.toml": TABLE, "p.csv": b"PK\x03\x04\x00\x00"},
        3,
        ["p.csv", "not CSV"],
    ),
    "2020 number": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["1507"]\n'}, 3, ["line 3", "1507", "1508"]),
    "unknown scenario": (["run", "nasjonl"], {}, 3, ["did you mean nasjonal?"]),
    "missing file": (["run", "my.toml"], {}, 3, ["my.toml"]),
    "lost zero": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["301"]\n'}, 3, ["line 3", "0301"]),
    "unknown key on the command line": (["run", "--set", "limits.max_minuts=4"], {}, 3, ["--set", "max_minutes"]),
    "not a number": (["run", "--set", "limits.max_minutes=nan"], {}, 3, ["max_minutes"]),
    "broken TOML": (["run", "my.toml"], {"my.toml": "[limits\n"}, 3, ["my.toml", "line 1"]),
    "binary scenario": (["run", "my.toml"], {"my.toml": b"\x00\xff\x01"}, 3, ["my.toml"]),
    "negative time": (["run", "--time-limit", "-1"], {}, 3, ["time_limit"]),
    "too many to list": (
        ["run", *SMALL, "--set", "solver.max_groups=50", "--set", "solver.engine=partition"],
        {},
        3,
        ["--set", "solver.engine", "more than 50"],
    ),
    "unknown command": (["rum"], {}, 2, ["No such command 'rum'", "'run'"]),
    "too much": (["run", "nasjonal", "vinter"], {}, 2, ["unexpected extra argument"]),
    "folder is a file": (["run", *SMALL, "--out", "file"], {"file": "mine"}, 2, ["file is a file"]),
    "folder below a file": (["run", *SMALL, "--out", "file/out"], {"file": "mine"}, 2, ["cannot write file/out"]),
    "folder of others": (["run", *SMALL, "--out", "."], {"thesis.txt": "mine"}, 2, ["the folder you are in"]),
    "foreign content": (["run", *SMALL, "--out", "sub"], {"sub/thesis.txt": "mine"}, 2, ["such as thesis.txt"]),
    "missing grouping": (["evaluate", "g.csv"], {}, 3, ["g.csv", "no such file"]),
    "folder as grouping": (["evaluate", "."], {}, 3, ["this is a folder"]),
    "empty grouping": (["evaluate", "g.csv"], {"g.csv": "kommunenummer,host\n"}, 3, ["no row below the header"]),
    "grouping without hosts": (
        ["evaluate", "g.csv"],
        {"g.csv": "kommunenummer,hots\n5540,5540\n"},
        3,
        ["column host is missing", "hots"],
    ),
    "faults in a grouping, all at once": (
        ["evaluate", "g.csv"],
        {"g.csv": "kommunenummer;host\n5540;5536\n5540;5540\n55401;5540\n1507;1507\n9999;5540\n5536;Lyngen\n5538;\n"},
        3,
        ["g.csv:3", "second time", "g.csv:4", "g.csv:5", "1508", "g.csv:6", "9999", "g.csv:7", "Lyngen", "g.csv:8"],
    ),
    "unknown scenario for a grouping": (["evaluate", "g.csv", "--scenario", "x"], {}, 3, ["no scenario"]),
    "unknown edition": (["data", "show", "--edition", "2023"], {}, 3, ["2023", "2024"]),
    "new over an old file": (["scenario", "new", "my.toml"], {"my.toml": "mine"}, 2, ["exists already"]),
    "new in no folder": (["scenario", "new", "no/my.toml"], {}, 2, ["cannot write no/my.toml"]),
    "new without ending": (["scenario", "new", "my"], {}, 2, [".toml"]),
}


@pytest.mark.parametrize(("arguments", "files", "code", "texts"), WRONG.values(), ids=WRONG.keys())
def test_wrong_input(plankontor, tmp_path, arguments, files, code, texts):
    refused(plankontor, tmp_path, arguments, files, code, texts)


@pytest.mark.parametrize(("arguments", "files", "code", "texts"), MORE_WRONG.values(), ids=MORE_WRONG.keys())
def test_more_wrong_input(inside, tmp_path, arguments, files, code, texts):
    refused(inside, tmp_path, arguments, files, code, texts)


def refused(
    plankontor: Run, tmp_path: Path, arguments: list[str], files: dict[str, str | bytes], code: int, texts: list[str]
) -> None:
    """Expect one message with all the texts, this exit code, and every file as it was."""
    contents = {name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()}
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    before = left(tmp_path)
    done = plankontor(*arguments)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert [text for text in texts if text not in done.stderr] == [], done.stderr
    assert done.stderr.count("error:") <= 1
    assert left(tmp_path) == before
    assert {name: (tmp_path / name).read_bytes() for name in contents} == contents


def test_errors_leave_stdout_empty_with_json_too(inside):
    done = inside("run", "--county", "99", "--json")
    assert (done.returncode, done.stdout) == (3, "")


@pytest.mark.parametrize(("largest", "message"), [(300_000, "File too large"), (1_000_000, "is the disk full?")])
def test_full_disk_leaves_nothing_behind(inside, tmp_path, largest, message):
    """No file may be larger than this: first a table is in the way, then the GeoPackage, written by GDAL."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        done = inside("run", *SMALL, *ONLY_THE_PLAN, "--out", "a/out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "error: cannot write a/out: " in done.stderr
    assert message in done.stderr
    assert left(tmp_path) == []


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
    assert line.startswith("hand.csv: the column minutes is not read; at 2 municipalities it differs")
    assert "first 5540 Kåfjord: 9 999 there, " in line
    (tmp_path / "plain.csv").write_text(rows.replace("minutes", "remark"), encoding="utf-8")
    assert inside("evaluate", "plain.csv", "--json").stderr == ""


def test_what_has_a_price_instead_of_a_rule_says_so(inside, tmp_path):
    (tmp_path / "hand.csv").write_text("kommunenummer,host\n5540,5618\n5618,5618\n", encoding="utf-8")
    said = inside("evaluate", "hand.csv").stdout
    assert "county_lines         not applicable: allowed, the term county_lines prices it" in said
    free = inside("evaluate", "hand.csv", "--set", "weights.county_lines=0").stdout
    assert "county_lines         not applicable\n" in free
    hard = inside("evaluate", "hand.csv", "--set", "limits.county_lines=hard").stdout
    assert "county_lines         broken" in hard or "county_lines         met" in hard


def test_a_file_in_the_place_of_a_scenario_is_told_for_what_it_is(inside):
    done = inside("run", "--png", "kart.png")
    assert (done.returncode, done.stdout) == (3, "")
    assert "kart.png  is no scenario" in done.stderr
    assert "--png, --csv-excel and --json take no file" in done.stderr


def test_counties_stand_in_the_heading(inside):
    assert inside("run", "--county", "Finnmark", "--dry-run").stdout.startswith(
        "nasjonal (Finnmark): 18 municipalities"
    )


def test_judgement_is_readable(inside, tmp_path):
    (tmp_path / "hand.csv").write_text("kommunenummer,host\n5540,5618\n5618,5618\n", encoding="utf-8")
    said = inside("evaluate", "hand.csv").stdout
    assert ESTIMATES in said
    assert "5540 Kåfjord" in said
    assert "max_minutes" in said
    assert "limit 75" in said


# The other commands


def test_scenarios_can_be_listed_shown_made_and_checked(inside, tmp_path):
    assert [line.split()[0] for line in inside("scenario", "list").stdout.splitlines()] == list(names())
    assert [one["name"] for one in json.loads(inside("scenario", "list", "--json").stdout)] == list(names())
    assert inside("scenario", "new", "egen.toml").returncode == 0
    shown = inside("scenario", "show", "egen.toml", "--set", "limits.max_minutes=50")
    (tmp_path / "shown.toml").write_text(shown.stdout, encoding="utf-8")
    assert "max_minutes = 50.0" in shown.stdout
    checked = inside("scenario", "check", "egen.toml", "shown.toml")
    assert (checked.returncode, checked.stdout.count("ok, 277 municipalities")) == (0, 2)
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
    assert done.stdout == "nasjonal: ok, 277 municipalities\n"


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
    heavy = "{'numpy', 'pandas', 'geopandas', 'ortools', 'folium'}"
    code = f"import scenarios.cli.app, sys; print(sorted({heavy} & {{*sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
    assert min(seconds) < 1, "0.3 s on a quiet machine"


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
        command = typer.main.get_command(import_module(f"scenarios.cli.{name}").app)
        assert command.help.split("\n\n")[0].replace("\n", " ") == purpose


@pytest.mark.parametrize(("typed", "completed"), [("sh", ["sheets"]), ("run --n", ["--no-tradeoff", "--no-firmness"])])
def test_a_shell_can_complete_commands_and_their_options(plankontor, typed, completed):
    asked = {"COMP_WORDS": f"plankontor {typed}", "COMP_CWORD": str(len(typed.split()))}
    done = plankontor(env=ENVIRONMENT | asked | {"_PLANKONTOR_COMPLETE": "complete_bash"})
    assert done.stdout.split() == completed


def processor_seconds() -> float:
    """Return what the processes begun here have used: a busy machine must not fail the test."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# Streams


@pytest.mark.parametrize("arguments", [("data", "show"), ("--help",)])
def test_a_reader_that_leaves_is_no_fault(plankontor, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    done = plankontor(*arguments, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_output_that_cannot_be_written(plankontor):
    with Path("/dev/full").open("w") as full:
        done = plankontor("--version", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == "error: cannot print the result: No space left on device\n"


def test_letters_survive_a_poor_locale(plankontor):
    environment = ENVIRONMENT | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = plankontor("data", "show", env=environment)
    assert done.returncode == 0
    assert "Porsáŋgu" in done.stdout


def test_live_progress_at_a_terminal(tmp_path):
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "run", *SMALL, *ONLY_THE_PLAN, "--out", "out"],
        cwd=tmp_path,
        env=ENVIRONMENT | {"TERM": "xterm", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=inner,
    )
    os.close(inner)
    shown = b""
    with suppress(OSError):  # the terminal's end
        while True:
            shown += os.read(outer, 10_000)
    out, _ = process.communicate(timeout=60)
    os.close(outer)
    assert process.returncode == 0
    assert b"loading scenario and data" in shown
    assert b"\x1b[3" not in shown, "NO_COLOR is honoured"
    assert b"\x1b" not in out


def test_plain_progress_comes_every_ten_seconds(capsys):
    show = progress.Plain()
    for tenth in range(250):
        stage = "candidates" if tenth < 30 else "selection"
        show.progress(SimpleNamespace(stage=stage, seconds=tenth / 10, objective=200.0, bound=100.0, note=""))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == ["0.0", "3.0", "13.0", "23.0"]
    assert lines[1].split("  ")[-3:] == ["best 200.00", "bound 100.00", "gap 50.00%"]


# Faults of ours


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_fault_is_one_message(capsys, debug):
    def fail() -> None:
        raise ZeroDivisionError("deep\ninside")

    assert guarded(fail, debug=debug) == Code.INTERNAL
    message = capsys.readouterr().err
    assert "internal error: ZeroDivisionError: deep\\ninside" in message
    assert "please report it" in message
    assert ("Traceback" in message) == debug


def test_debug_shows_where(plankontor, tmp_path):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "scenarios" / "question" / "load.py").write_text("raise ZeroDivisionError('broken on purpose')\n")
    environment = ENVIRONMENT | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = plankontor("run", env=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2] == "internal error: ZeroDivisionError: broken on purpose"
    done = subprocess.run(
        [*COMMAND, "run", "--debug"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (12, "12"), (1234.5, "1 234.50"), (1e6, "1 000 000"), (float("inf"), "inf")]
)
def test_figures(number, text):
    assert output.figure(number) == text
