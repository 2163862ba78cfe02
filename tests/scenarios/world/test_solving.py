"""A run: nothing unchecked leaves it, it reports in the caller's thread, and it can be stopped."""

import ast
import os
import signal
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import scenarios
from maps.told.texts import Words
from optimizer.checked import InternalError, check
from optimizer.grouping import Grouping
from optimizer.problem import Limits, Problem
from optimizer.solve import Options, Progress, Result, Status
from scenarios.cli.shared.session import Stopwatch, stop_on_signals
from scenarios.world import solving as runs
from scenarios.world.build import World
from scenarios.world.solving import run

NORWEGIAN = Words("nb")
TOGETHER = Grouping.of({"1001": "1001", "1002": "1001"})


def small_problem(**limits: object) -> Problem:
    ones = np.ones(2)
    return Problem(
        ids=("1001", "1002"),
        names=("A", "B"),
        counties=("10", "10"),
        statsforvaltere=("S", "S"),
        minutes=np.array([[0.0, 30.0], [40.0, 0.0]]),
        links=np.array([[False, True], [True, False]]),
        planner_fte=2 * ones,
        need_fte=2 * ones,
        fixed_need_fte=0.8 * ones,
        trips=ones,
        takes_part=ones > 0,
        may_host=ones > 0,
        limits=Limits(**limits),
    )


def world(problem: Problem) -> World:
    solver = SimpleNamespace(time_limit=None, workers=1, engine="auto", max_groups=1000)
    return World(SimpleNamespace(solver=solver), None, None, None, None, problem)


def result(**changes: object) -> Result:
    values = {
        "grouping": TOGETHER,
        "status": Status.OPTIMAL,
        "objective": 40.0,
        "bound": 40.0,
        "gap": 0.0,
        "engine": "partition",
        "candidates": 4,
        "ties": "unique",
        "seconds": {},
        "interrupted": False,
        "reasons": (),
    }
    return Result(**(values | changes))


def test_there_is_one_door():
    """Nothing else of the application solves, or starts work in a thread."""
    package = Path(scenarios.__file__).parent
    doors = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and {name.name for name in node.names} & {"solve", "in_worker"}
    }
    assert doors == {"world/solving.py"}


def test_a_right_answer_passes():
    evaluation = check(small_problem(), result())
    assert evaluation is not None
    assert evaluation.objective == 40.0


def test_no_plan_is_no_fault():
    assert check(small_problem(), result(grouping=None, status=Status.INFEASIBLE, objective=None)) is None


@pytest.mark.parametrize(
    ("changes", "limits", "message"),
    [
        ({"objective": 39.0, "bound": 39.0}, {}, "costs 40.0 minutes, but the solver says 39.0"),
        ({"objective": None}, {}, "the solver says None"),
        ({"bound": 41.0}, {}, "less than the bound 41.0"),
        ({}, {"max_minutes": 35.0}, "breaks max_minutes"),
        ({"grouping": None}, {}, "says optimal without a plan"),
        ({"status": Status.INFEASIBLE}, {}, "says infeasible with a plan"),
    ],
)
def test_a_wrong_answer_is_not_let_out(changes, limits, message):
    with pytest.raises(InternalError, match=message):
        check(small_problem(**limits), result(**changes))


def test_the_real_solver_passes():
    outcome = run(world(small_problem()))
    assert outcome.result.status == Status.OPTIMAL
    assert outcome.result.grouping == Grouping.of({"1001": "1002", "1002": "1002"})
    assert outcome.evaluation is not None
    assert outcome.evaluation.objective == 30.0


def test_progress_arrives_in_the_callers_thread(monkeypatch):
    def slow(_problem, options, *, report, **_named):
        assert options == Options(time_limit=None, workers=1, engine="auto", max_groups=1000)
        report(Progress("candidates", 0.0, None, None, ""))
        time.sleep(0.4)
        report(Progress("selection", 0.4, 40.0, 30.0, "done"))
        return result()

    monkeypatch.setattr(runs, "solve", slow)
    seen = []
    run(world(small_problem()), report=lambda progress: seen.append((threading.current_thread(), progress)))
    assert {thread for thread, _ in seen} == {threading.main_thread()}
    stages = [progress.stage for _, progress in seen]
    assert stages[-1] == "selection"
    assert stages.count("candidates") >= 3, "a silent solver is reported on nevertheless"
    silent = [progress.seconds for _, progress in seen if progress.stage == "candidates"]
    assert silent == sorted(silent), "what the solver says last may be a moment before the last look at the clock"


def test_a_fault_in_the_solver_comes_out(monkeypatch):
    def broken(*_args, **_named):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(runs, "solve", broken)
    with pytest.raises(ZeroDivisionError, match="inside"):
        run(world(small_problem()))


def test_interrupt_keeps_the_best_plan(monkeypatch):
    def patient(*_args, stop, **_named):
        assert stop.wait(10)
        return result(status=Status.FEASIBLE, bound=0.0, gap=1.0, interrupted=True)

    monkeypatch.setattr(runs, "solve", patient)
    with stop_on_signals(NORWEGIAN) as stop:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        outcome = run(world(small_problem()), stop=stop)
        assert stop.is_set()
    assert outcome.evaluation is not None
    assert outcome.result.interrupted


def test_second_interrupt_does_not_wait(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(runs, "solve", lambda *_args, **_named: never.wait(20))
    begun = time.monotonic()
    with stop_on_signals(NORWEGIAN) as stop:
        for delay in (0.2, 0.5):
            threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            run(world(small_problem()), stop=stop)
    never.set()
    assert time.monotonic() - begun < 5


def test_signals_are_given_back():
    before = signal.getsignal(signal.SIGINT)
    with stop_on_signals(NORWEGIAN):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_stopwatch_measures_also_what_fails():
    watch = Stopwatch()
    with pytest.raises(ValueError, match="no"), watch.stage("load"):
        raise ValueError("no")
    assert list(watch.seconds) == ["load"]
    assert 0 <= watch.seconds["load"] <= watch.total()
