"""The command ``sweep``: one table of many runs, also after it was stopped, whoever does them."""

import json
from collections import Counter

import pytest
from program import rows

from scenarios.cli.work import sweep as work
from scenarios.question.load import load
from scenarios.sweep.crews import LocalCrew, cores
from scenarios.sweep.preparing import Preparation
from scenarios.sweep.running import answered
from scenarios.world.build import build
from scenarios.world.solving import run

FILE = """
[grid]
limits.max_minutes = [60, 90]
weights.missing_fte = [120, 240]
"""
FINNMARK = ("--county", "Finnmark", "--quiet")
TABLES = ("runs.csv", "plans.csv", "shares.csv", "together.csv")


class Here:
    """Does each run at once, in this process."""

    def __init__(self, base):
        self.base, self.answers, self.numbers = base, [], []

    def free(self):
        return 1

    def give(self, task):
        self.numbers.append(task.number)
        self.answers.append(answered(self.base, task, "here"))

    def done(self, _seconds):
        found, self.answers = self.answers, []
        return found

    def close(self):
        pass


@pytest.fixture
def crews(monkeypatch):
    """Have runs done in this process, and return who did them."""
    made = []

    def crew_of(preparation, *_):
        made.append(Here(preparation.base.problem))
        return made[-1]

    monkeypatch.setattr(work, "crew_of", crew_of)
    return made


def test_a_sweep_is_one_table_and_continues_where_it_stopped(answer, crews, tmp_path):
    (tmp_path / "mine.toml").write_text(FILE, encoding="utf-8")
    code, printed, _ = answer("sweep", "mine.toml", *FINNMARK, "--json")
    document = json.loads(printed)
    assert code == 0
    assert document["statuses"] == {"optimal": 4}
    assert document["out"].startswith("runs/mine-max-minutes-missing-fte-4-")
    folder = tmp_path / document["out"]
    table = rows(folder / "runs.csv")
    assert [(row["limits.max_minutes"], row["weights.missing_fte"]) for row in table] == [
        ("60", "120"),
        ("60", "240"),
        ("90", "120"),
        ("90", "240"),
    ]
    alone = run(build(load("nasjonal", overrides=["limits.max_minutes=90"], counties=["Finnmark"])))
    assert float(table[3]["objective"]) == alone.evaluation.objective
    plan = {id_: host for id_, host in rows(folder / "plans.csv")[3].items() if host and id_ != "run"}
    assert plan == dict(alone.result.grouping.host_of)
    shares = {(row["figure"], row["setting"]): float(row["variance_share"]) for row in rows(folder / "shares.csv")}
    assert shares["objective", "weights.missing_fte"] > 0.5
    assert answer("verify", folder)[0] == 0
    page = (folder / "sweep.html").read_text(encoding="utf-8")
    assert page.count('<g class="run ') == 4 + len({row["limits.max_minutes"] for row in table})
    assert "<title>Kjøring 4: Lengste reise til verten, minutter: 90; Pris på ett manglende årsverk" in page
    for number, name in (("5603", "Hammerfest"), ("5607", "Vadsø")):
        share = often(rows(folder / "plans.csv"), number)
        assert f"<title>{name}: {100 * share:.0f}\N{NARROW NO-BREAK SPACE}%</title>" in page

    before = {name: (folder / name).read_bytes() for name in TABLES}
    lines = (folder / "runs.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "runs.csv").write_text("".join((lines[0], lines[3], lines[1], lines[2][:9])), encoding="utf-8")
    code, _, told = answer("sweep", "mine.toml", "--county", "Finnmark", "--lang", "en")
    assert (code, crews[-1].numbers) == (0, [2, 4])
    assert "2 runs were done before" in told
    assert {name: (folder / name).read_bytes() for name in TABLES} == before

    code, printed, _ = answer("sweep", "show", folder, "--lang", "en")
    assert code == 0
    assert "4 of 4 are done: 4 proved optimal" in printed

    (tmp_path / "mine.toml").write_text(FILE.replace("240]", "300]"), encoding="utf-8")
    code, printed, told = answer("sweep", "mine.toml", *FINNMARK, "--out", folder)
    assert (code, printed) == (3, "")
    assert "asked something else: grid.weights.missing_fte was [ 120, 240 ], is [ 120, 300 ]" in told
    assert {name: (folder / name).read_bytes() for name in TABLES} == before


@pytest.mark.usefixtures("crews")
def test_a_run_that_cannot_be_asked_or_has_no_plan_is_a_row(answer, tmp_path):
    (tmp_path / "mine.toml").write_text("[grid]\nlimits.min_members = [2, 5, 7]\nlimits.alone_exempt = [true, false]\n")
    code, printed, _ = answer("sweep", "mine.toml", *FINNMARK, "--json")
    assert code == 0
    document = json.loads(printed)
    table = rows(tmp_path / document["out"] / "runs.csv")
    assert [row["status"] for row in table] == [*["optimal", "infeasible"] * 2, "invalid", "invalid"]
    assert "is 7, more than max_members, 6" in table[-1]["fault"]
    assert "no legal office for" in table[1]["fault"]
    assert len(rows(tmp_path / document["out"] / "plans.csv")) == 2


@pytest.mark.parametrize(
    ("text", "options", "code", "words"),
    [
        ("[grid]\nlimits.max_minuts = [60]", (), 3, "did you mean max_minutes?"),
        ("[random]\ndraws = 1000001\nlimits.max_minutes = [60, 90]", (), 3, "1 000 001 runs, more than a million"),
        (FILE, ("--processes", str(cores() + 1)), 2, f"but {cores()} cores are enough for {cores()}"),
        (FILE, ("--out", "."), 2, "is the folder you are in"),
    ],
)
def test_faults_come_before_anything_is_done(answer, tmp_path, text, options, code, words):
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    found = answer("sweep", "mine.toml", *FINNMARK, *options)
    assert found[:2] == (code, "")
    assert words in found[2]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


def test_show_knows_a_folder_of_a_sweep(answer):
    code, _, told = answer("sweep", "show", "nowhere")
    assert code == 3
    assert "there is no such folder" in told


@pytest.mark.enable_socket
@pytest.mark.filterwarnings("default")  # what other people's threads leave open
def test_a_cluster_does_the_same_runs(tmp_path):
    """Workers in threads of this process, one of which is lost."""
    distributed = pytest.importorskip("distributed")
    from scenarios.sweep.cluster import ClusterCrew  # noqa: PLC0415  an extra

    preparation, tasks = tasks_of(tmp_path)
    settings = {"processes": False, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(n_workers=2, **settings) as cluster:
        crew = ClusterCrew(preparation.base.problem, cluster.scheduler_address)
        for task in tasks:
            crew.give(task)
        assert crew.free() == 4 - len(tasks)
        cluster.scale(1)
        found = all_of(crew, tasks)
        crew.close()
    assert [one.figures for one in found] == [answered(preparation.base.problem, task, "").figures for task in tasks]
    assert all(one.where.startswith("inproc://") for one in found)


@pytest.mark.enable_socket
def test_a_scheduler_that_does_not_answer_is_one_message(answer, tmp_path, monkeypatch):
    cluster = pytest.importorskip("scenarios.sweep.cluster")
    monkeypatch.setattr(cluster, "SECONDS", 1)
    (tmp_path / "mine.toml").write_text(FILE, encoding="utf-8")
    code, printed, told = answer("sweep", "mine.toml", *FINNMARK, "--scheduler", "tcp://127.0.0.1:1")
    assert (code, printed) == (3, "")
    assert "no scheduler answers at tcp://127.0.0.1:1" in told
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


def test_runs_of_a_process_that_is_lost_are_done_again(tmp_path):
    """The first process is ended while it has a run; another does the runs."""
    preparation, tasks = tasks_of(tmp_path)
    crew = LocalCrew(preparation.base.problem, 1)
    try:
        for task in tasks:
            crew.give(task)
        crew.workers[0].process.kill()
        found = all_of(crew, tasks)
    finally:
        crew.close()
    assert [one.figures for one in found] == [answered(preparation.base.problem, task, "").figures for task in tasks]


def often(plans, number):
    """Return in which share of the plans a municipality has the company that it has most often."""
    met = Counter(frozenset(id_ for id_ in plan if id_ != "run" and plan[id_] == plan[number]) for plan in plans)
    return max(met.values()) / len(plans)


def tasks_of(folder):
    """Return a preparation, and two of its runs."""
    (folder / "mine.toml").write_text(FILE, encoding="utf-8")
    preparation = Preparation(work.read(str(folder / "mine.toml"), counties=["Finnmark"]))
    conductor = work.Conductor(preparation, Here(preparation.base.problem), 1, print)
    return preparation, [conductor.prepared(number) for number in (1, 2)]


def all_of(crew, tasks):
    """Return the answers to all runs, in their order."""
    found = []
    while len(found) < len(tasks):
        found += crew.done(60)
    return sorted(found, key=lambda one: one.number)
