"""The commands that ask more than the best plan: their streams, exit codes and files; Ctrl-C in a real process."""

import csv
import json
import re
import signal
import subprocess
import sys
import time

import pytest
from program import ENVIRONMENT, ONLY_TABLES, left, strict

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.terms import TERMS
from scenarios.cli.work.alternatives import share_of
from scenarios.export.csv_files import CsvTable
from scenarios.export.folders import FolderKind
from scenarios.question.load import load
from scenarios.world import groupings
from scenarios.world.build import build

SMALL = ("nasjonal", "--county", "55", "--quiet")
HEAD = ["schema_version", "program", "version", "scenario", "edition", "municipalities", "interrupted"]


@pytest.fixture(scope="module")
def troms():
    """Return the problem of the small scenario."""
    return build(load("nasjonal", counties=("55",))).problem


def costs(problem, hosts: dict[str, str]) -> float:
    """Return what a plan costs, after seeing that it is legal."""
    found = evaluate(problem, Grouping.of(hosts))
    assert found.violations == ()
    return found.objective


# What goes well


def test_alternatives_are_written_and_can_be_judged(inside, tmp_path, troms):
    asked = ("-k", "2", "--min-moved", "3", "--within", "5%", "--firmness", "--out", "out", "--json")
    done = inside("alternatives", *SMALL, *asked)
    assert (done.returncode, done.stderr) == (0, "")
    found = strict(done.stdout)
    assert list(found)[: len(HEAD)] == HEAD
    assert (found["k"], found["min_moved"], found["within"], found["out"]) == (2, 3, 0.05, "out")
    assert [plan["objective"] for plan in found["plans"]] == [
        pytest.approx(costs(troms, plan["hosts"])) for plan in found["plans"]
    ]
    assert set(found["firmness"]["hosts"]) == set(found["names"])
    files = strict((tmp_path / "out" / "alternatives.json").read_text(encoding="utf-8"))["files"]
    assert left(tmp_path / "out") == sorted(["alternatives.json", *files])
    for plan in found["plans"]:
        given = groupings.read(tmp_path / "out" / f"plan-{plan['plan']}.csv", "2024")
        assert dict(given) == plan["hosts"]
    with (tmp_path / "out" / "moves.csv").open(encoding="utf-8", newline="") as file:
        moves = list(csv.DictReader(file))
    assert len(moves) == sum(len(plan["moved"][0]) for plan in found["plans"][1:])
    again = inside("alternatives", *SMALL, *asked)
    assert again.returncode == 0, "an earlier answer is replaced"


def test_alternatives_in_words(inside):
    done = inside("alternatives", *SMALL, "-k", "1", "--min-moved", "3", "--within", "0.05")
    assert done.returncode == 0
    assert "Den beste planen har" in done.stdout
    assert "Alternativ 1 har" in done.stdout
    assert " → " in done.stdout


def test_a_front_with_ranges_of_weights(inside, tmp_path):
    cheap = "weights.missing_fte=30"
    troms = build(load("nasjonal", overrides=(cheap,), counties=("55",))).problem
    asked = ("--between", "travel,alone", "--points", "all", "--weight", "travel", "--json", "--out", "f")
    done = inside("frontier", *SMALL, "--set", cheap, *asked)
    assert (done.returncode, done.stderr) == (0, "")
    found = strict(done.stdout)
    front = found["frontier"]
    assert (front["first"], front["second"], front["status"], front["complete"]) == ("travel", "alone", "optimal", True)
    for point in front["points"]:
        assert point["objective"] == pytest.approx(costs(troms, point["hosts"]))
        assert point["second"] == list(map(list(point["hosts"].values()).count, point["hosts"].values())).count(1)
    assert [one["less"] > 0 for one in front["exchanges"]] == [True] * (len(front["points"]) - 1)
    [weight] = found["weights"]["ranges"]
    assert weight["lower"]["weight"] <= weight["weight"] <= weight["upper"]["weight"]
    assert (tmp_path / "f" / "points.csv").exists()
    assert (tmp_path / "f" / "point-2.csv").exists()


def test_a_front_in_words_and_weights_alone(inside):
    done = inside("frontier", *SMALL, "--points", "3")
    assert done.returncode == 0
    assert "Det er bare ett punkt" in done.stdout, "nobody in Troms needs to cross a county line"
    done = inside("frontier", *SMALL, "--between", "cost,travel", "--points", "2")
    assert done.returncode == 0
    assert "Her veier 1000 kr i året 0,75 minutter" in done.stdout
    done = inside("frontier", *SMALL, "--weight", "all")
    assert done.returncode == 0
    assert done.stdout.count("Planen er den beste") == len(TERMS)
    assert "Kurven" not in done.stdout


def test_three_terms(inside, troms):
    done = inside(
        "frontier", *SMALL, "--between", "travel,alone,missing_fte", "--points", "4", "--json", "--out", "out"
    )
    assert done.returncode == 0
    found = strict(done.stdout)
    assert found["frontier"] is None
    points = found["surface"]["points"]
    assert len(points) > 2
    assert [one["objective"] for one in points] == [pytest.approx(costs(troms, one["hosts"])) for one in points]
    assert "utvalg" in inside("frontier", *SMALL, "--between", "travel,alone,missing_fte", "--points", "4").stdout


@pytest.mark.parametrize("name", ["Kåfjord", "5540", "gáivuotna"])
def test_explain_finds_a_municipality_by_any_name(inside, troms, name):
    done = inside("explain", *SMALL, name, "--json")
    assert done.returncode == 0, done.stderr
    found = strict(done.stdout)
    assert list(found)[: len(HEAD)] == HEAD
    assert found["municipality"] == {"id": "5540", "name": "Kåfjord"}
    for option in found["options"]:
        if option["hosts"] is not None:
            extra = costs(troms, option["hosts"]) - found["objective"]
            assert option["difference"]["total"] == pytest.approx(extra, abs=1e-6)
            assert option["hosts"]["5540"] == option["host"]
            if option["kroner"] is not None:
                told = [*option["kroner"]["members"].values()]
                more = sum(one["after"]["cost_kr"] - one["before"]["cost_kr"] for one in told)
                together = option["kroner"]["together"]
                assert together["after"]["cost_kr"] - together["before"]["cost_kr"] == pytest.approx(more)
        else:
            assert option["stops"]
    minutes = troms.minutes[troms.index["5540"], troms.index[found["office"]["host"]]]
    assert f"{minutes:.1f} minutter med bil".replace(".", ",") in found["sentences"][0]


def test_explain_in_words(inside, tmp_path):
    done = inside("explain", *SMALL, "Kåfjord", "--out", tmp_path / "e")
    assert done.returncode == 0
    assert "Hvorfor: " in done.stdout
    assert "Andre muligheter:" in done.stdout
    told = done.stdout.replace("\u202f", " ")
    year = r"[\d ]+ kr; [\d,]+ årsverk ugjort"
    said = rf"Kåfjord, etter nøkkelen: {year} i året, mot {year} i planen \(likt for likt 2 048 378 kr mot [\d ]+ kr\)"
    assert re.search(said, told), told
    like = r"likt for likt [\d ]+ kr"
    plan = rf"kontoret i Nordreisa i planen \(\d kommuner\): {year}, {like}\."
    of_offices = rf"\(\d kommuner\): {year} i året, {like}; {plan}"
    assert re.search(of_offices, told), told
    assert strict((tmp_path / "e" / "explanation.json").read_text(encoding="utf-8"))["files"] == {}


def test_explain_takes_a_run_folder_and_its_plan(inside, tmp_path):
    """What it says is what it says of the scenario; nothing is solved again to learn the plan."""
    assert inside("run", *SMALL, "--no-pages", "--no-tradeoff", "--out", "run").returncode == 0
    of_run = inside("explain", "run", "Kåfjord", "--json", "-q")
    of_scenario = inside("explain", SMALL[0], "Kåfjord", *SMALL[1:], "--json")
    assert (of_run.returncode, of_scenario.returncode) == (0, 0), of_run.stderr
    found, expected = json.loads(of_run.stdout), json.loads(of_scenario.stdout)
    assert found["sentences"] == expected["sentences"]
    assert found["options"] == expected["options"]
    assert "the run folder comes first" in inside("explain", "Kåfjord", "run").stderr
    assert "the run folder comes first" in inside("explain", "Kåfjord", "nasjonal").stderr
    assert "a run folder is taken as it is" in inside("explain", "run", "Kåfjord", "--county", "55").stderr
    assert "MUNICIPALITY" in inside("explain", "run", "Atlantis").stderr
    (tmp_path / "empty").mkdir()
    assert inside("explain", "empty", "Kåfjord").returncode == 3


def test_explain_without_a_plan(inside):
    done = inside("explain", "nasjonal", "--county", "31", "--set", "limits.min_members=4", "--json")
    assert done.returncode == 4
    assert "ingen plan er innenfor reglene" in done.stderr
    found = strict(done.stdout)
    assert found["status"] == "infeasible"
    assert found["conflicts"]["sets"]
    assert found["relaxations"]["ways"]
    assert "ingen plan innenfor reglene" in found["sentences"][0]
    assert any(name in line for line in found["sentences"] for name in found["names"].values())


def test_robustness_of_a_scenario_and_of_its_run(inside, tmp_path, troms):
    done = inside("robustness", *SMALL, "--quick", "--json", "--out", "r")
    assert (done.returncode, done.stderr) == (0, "")
    found = strict(done.stdout)
    assert found["ferries"] is None
    assert found["settings"][0]["setting"] == "base"
    [office] = [one for one in found["offices"] if "5540" in one["office"]["members"]]
    assert office["others_pay_more_kr"].keys() == set(office["office"]["members"])
    assert any(
        "I kroner rammer det de andre hardest om Nordreisa går ut" in one for one in found["sentences"]["offices"]
    )
    assert found["settings"][0]["plan"] == pytest.approx(costs(troms, found["hosts"]))
    assert {"departures.csv", "offices.csv", "pairs.csv", "plan.csv", "settings.csv"} < set(left(tmp_path / "r"))
    assert inside("run", *SMALL, *ONLY_TABLES, "--out", "kjoring").returncode == 0
    again = strict(inside("robustness", "kjoring", "--quick", "--quiet", "--json").stdout)
    assert (again["hosts"], again["settings"]) == (found["hosts"], found["settings"])
    said = inside("robustness", "kjoring", "--quick", "--quiet", "--vacancy", "0.1", "--rounding", "down").stdout
    assert "10\u202f% sannsynlighet" in said
    assert "Bare hele årsverk" in said


# What goes wrong


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("alternatives", "-k", "0", "--min-moved", "0", "--within", "-1%"), ("-k is 0", "--min-moved", "--within")),
        (("alternatives", "--within", "mye"), ("a share such as 1%",)),
        (("alternatives", "--within", "2"), ("write 2% for per cent",)),
        (("frontier", "--between", "travle,alone"), ("did you mean travel?",)),
        (("frontier", "--between", "travel"), ("expected two or three different terms",)),
        (("frontier", "--between", "travel,travel", "--points", "1"), ("three different terms", "--points is 1")),
        (("frontier", "--between", "travel,alone,unmet_need", "--points", "all"), ("only a selection",)),
        (("frontier", "--points", "mange", "--weight", "lone"), ("--points is mange", "did you mean alone?")),
        (("frontier", *SMALL, "--between", "alone,travel"), ("--between: alone has no price", "--set weights.alone=1")),
        (("robustness", "nasjonal", "--vacancy", "2", "--rounding", "opp"), ("--vacancy is 2", "--rounding is opp")),
        (("robustness", ".", "--set", "limits.max_minutes=60"), ("a run folder is taken as it is",)),
        (("explain", "nasjonal", "--county", "55", "-q"), ("name the municipality",)),
    ],
)
def test_bad_options_are_all_named_at_once(inside, tmp_path, arguments, words):
    done = inside(*arguments, *(("--out", "out") if arguments[0] != "explain" else ()))
    assert (done.returncode, done.stdout) == (2, "")
    for word in words:
        assert word in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("explain", "nasjonal", "Herøy"), ("1515 Herøy (Møre og Romsdal) or 1818 Herøy (Nordland)",)),
        (("explain", "nasjonal", "Våler"), ("the name of 2 municipalities",)),
        (("explain", "nasjonal", "Kåfjrd"), ("did you mean", "Kåfjord")),
        (("explain", "nasjonal", "Oslo"), ("is of class 1", "select.municipalities=['0301']")),
        (("explain", "nasjonal", "Alta", "--county", "55"), ("is in county 56",)),
        (("explain", "nasjonal", "Alta", "--set", "pins.leave_out=['Alta']"), ("left out by pins.leave_out",)),
        (("explain", "nasjonal", "Herøy", "--set", "pins.must_host=['Nissedull']"), ("Nissedull", "1818 Herøy")),
        (("alternatives", "ukjent"), ("ukjent",)),
        (("robustness", "."), ("is not a whole run folder", "manifest.json")),
    ],
)
def test_bad_scenarios_and_names(inside, tmp_path, arguments, words):
    done = inside(*arguments, "--quiet")
    assert (done.returncode, done.stdout) == (3, "")
    for word in words:
        assert word in done.stderr
    assert left(tmp_path) == []


@pytest.mark.parametrize("command", ["alternatives", "frontier", "robustness"])
def test_infeasible_points_to_explain(inside, tmp_path, command):
    rules = ("--set", "limits.min_members=3", "--set", "limits.max_minutes=10", "--out", "out")
    done = inside(command, *SMALL, *rules)
    assert (done.returncode, done.stdout) == (4, "")
    assert "plankontor explain nasjonal" in done.stderr
    assert left(tmp_path) == []


@pytest.mark.parametrize("command", ["alternatives", "frontier", "robustness", "explain"])
def test_a_folder_with_other_things_is_left_alone(inside, tmp_path, command):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notat.txt").write_text("viktig", encoding="utf-8")
    done = inside(command, *SMALL, *(("Kåfjord",) if command == "explain" else ()), "--out", "mine")
    assert (done.returncode, done.stdout) == (2, "")
    assert "notat.txt" in done.stderr
    assert left(tmp_path / "mine") == ["notat.txt"]


def test_no_time_is_said(inside, tmp_path):
    done = inside("alternatives", *SMALL, "--time-limit", "0.001", "--json")
    found = strict(done.stdout)
    assert done.returncode == (0 if found["plans"] else 5)
    assert left(tmp_path) == []


@pytest.mark.parametrize("command", [("alternatives", "--min-moved", "1"), ("frontier", "--points", "all")])
def test_interrupt_keeps_what_is_done(tmp_path, command):
    """The whole country between two terms takes minutes; the first Ctrl-C ends it with what there is."""
    between = ("--between", "travel,missing_fte") if command[0] == "frontier" else ("-k", "100")
    process = subprocess.Popen(
        [sys.executable, "-m", "scenarios.cli", *command, *between, "--verbose", "--json", "--out", "out"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "looking for alternative 2" in line or "front  " in line:
            break
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=120)
    assert process.returncode == 130, error
    assert "avbrutt" in error
    assert "Traceback" not in error
    found = strict(out)
    assert found["interrupted"] is True
    plans = found["plans"] if command[0] == "alternatives" else found["frontier"]["points"]
    assert plans
    assert (tmp_path / "out").is_dir()


@pytest.mark.parametrize(
    ("written", "share"), [("0.7%", 0.007), ("0,29 %", 0.0029), ("0.01", 0.01), ("100%", 1.0), ("0", 0.0)]
)
def test_a_share_is_the_decimal_number_that_was_written(written, share):
    assert share_of(written) == share


def test_tables_and_json_give_the_same_figure_without_the_noise_of_sums(tmp_path):
    folder = FolderKind("answer.json")
    folder.write(
        tmp_path / "a", {"program": "plankontor", "sum": 0.1 + 0.2}, {"t.csv": CsvTable(("a",), [(0.1 + 0.2,)])}
    )
    assert (tmp_path / "a" / "t.csv").read_text(encoding="utf-8").split() == ["a", "0.3"]
    assert json.loads((tmp_path / "a" / "answer.json").read_text(encoding="utf-8"))["sum"] == 0.3


def test_figures_of_their_own_are_not_called_estimates(inside, tmp_path):
    office = ("5536", "5540", "5542", "5544")
    table = tmp_path / "egne.csv"
    table.write_text("\n".join(["kommunenummer;planner_fte;need_fte", *(f"{id_};1;2" for id_ in office)]))
    place = ("--county", "55", "--set", f"planners.table='{table.name}'", "--quiet")
    said = inside("evaluate", "eksisterende", "--office", "Nord-Troms", *place).stdout
    assert "til sammen 4 årsverk ansatt og når" in said
    assert "4 årsverk ansatt (anslag)" not in said
    found = json.loads(inside("explain", "nasjonal", "Kåfjord", *place, "--json").stdout)
    assert found["fte_sources"]["planner_fte"] == ["egne.csv", "estimate"]
    assert "anslag der egne.csv ikke har tall" in inside("explain", "nasjonal", "Kåfjord", *place).stdout


def test_who_counts_as_moved_can_be_chosen(inside):
    """By hosts an alternative may keep every office and change hosts only; by offices it may not."""
    asked = ("alternatives", "nasjonal", "--county", "55", "-k", "1", "--min-moved", "2", "--within", "30%", "--json")
    by = {counting: json.loads(inside(*asked, "--counting", counting).stdout) for counting in ("hosts", "offices")}
    assert {counting: found["counting"] for counting, found in by.items()} == {"hosts": "hosts", "offices": "offices"}
    best, other = (plan["objective"] for plan in by["hosts"]["plans"])
    assert best <= other <= by["offices"]["plans"][1]["objective"]
    assert inside(*asked, "--counting", "members").returncode == 2
