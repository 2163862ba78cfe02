"""Wherever the time runs out or somebody stops the solve, what is returned and told is true."""

import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import numpy as np
import pytest
from bruteforce import BruteForce, brute_force
from cases import country, hosts, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems
from test_solve_bruteforce import near, small_steps

from optimizer.budget import Budget, Progress
from optimizer.engines import candidates, generation, pricing
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem, ProblemError
from optimizer.solve import Options, Result, Status, solve

DOOR = import_module("optimizer.solve")
ENGINES: list[Any] = ["partition", "generation", "assignment", "auto"]


class TickingClock:
    """A clock that shows one second more each time somebody looks: the limit can strike at every look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def honest(problem: Problem, result: Result, truth: BruteForce) -> None:
    """Check that everything the result says is true, however little it says."""
    optimum, slack = truth.objective, near(problem)
    if result.grouping is None:
        assert result.status in {Status.INFEASIBLE, Status.UNKNOWN}
        assert result.objective is None
        assert result.gap is None
    else:
        judgement = evaluate(problem, result.grouping)
        assert judgement.violations == ()
        assert result.objective == judgement.objective
        assert result.bound is not None
        assert 0 <= result.bound <= result.objective
        expected = (result.objective - result.bound) / result.objective if result.objective else 0.0
        assert result.gap == pytest.approx(expected, abs=1e-12)
    if result.status == Status.INFEASIBLE:
        assert optimum is None
    if result.bound is not None and optimum is not None:
        assert result.bound <= optimum + slack
    if result.status == Status.OPTIMAL:
        assert optimum is not None
        assert result.objective == pytest.approx(optimum, abs=slack)
        if result.ties == "unique":
            assert len(truth.groupings) == 1
        if result.ties == "first in id order":
            assert result.grouping == truth.groupings[0]


@examples(70)
@given(problems(6, exact=True, kroner=False), st.sampled_from(ENGINES), st.integers(0, 60))
def test_the_time_may_end_anywhere(problem: Problem, engine: Any, looks: int) -> None:
    truth = brute_force(problem)
    with small_steps(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", 1)
        patch.setattr(DOOR, "Budget", partial(Budget, clock=TickingClock()))
        result = solve(problem, Options(engine=engine, workers=1, time_limit=looks))
    honest(problem, result, truth)


@examples(30)
@given(problems(6, exact=True, kroner=False), st.sampled_from(ENGINES), st.integers(0, 12))
def test_somebody_may_stop_it_anywhere(problem: Problem, engine: Any, messages: int) -> None:
    truth, stop, told = brute_force(problem), threading.Event(), iter([False] * messages)

    def report(_: Progress) -> None:
        if next(told, True):
            stop.set()

    with small_steps():
        result = solve(problem, Options(engine=engine, workers=1), report=report, stop=stop)
    honest(problem, result, truth)
    assert result.interrupted == stop.is_set()


@examples(60)
@given(problems(6, exact=True, kroner=False), st.integers(0, 9), st.integers(1, 40))
def test_offices_may_be_too_many_to_grow(problem: Problem, states: int, useful: int) -> None:
    truth = brute_force(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "FEW_STATES", states)
        patch.setattr(generation, "MANY_STATES", states)
        patch.setattr(generation, "MOST_USEFUL", useful)
        patch.setattr(pricing, "BATCH", 1)
        result = solve(problem, Options(engine="generation", workers=1))
    honest(problem, result, truth)


@pytest.mark.parametrize("engine", ENGINES)
def test_stopped_before_it_began(engine: Any) -> None:
    stop = threading.Event()
    stop.set()
    result = solve(line(), Options(engine=engine), stop=stop)
    assert result.interrupted
    # Packed without any search: the three that save most for each member, and the fourth alone.
    assert (result.status, result.objective, hosts(result.grouping)) == (Status.FEASIBLE, 140.0, "bbbd")
    assert result.bound == 0
    assert result.gap == 1
    pairs = solve(line(min_members=2), Options(engine=engine), stop=stop)
    # The three that save most would leave over the fourth, who may not stand alone; pairs place everybody.
    assert (pairs.status, hosts(pairs.grouping)) == (Status.FEASIBLE, "aacc")


@pytest.mark.parametrize("engine", ENGINES)
def test_no_time_at_all(engine: Any) -> None:
    result = solve(line(), Options(engine=engine, time_limit=0.0))
    assert (result.status, result.objective, result.bound) == (Status.FEASIBLE, 140.0, 0.0)
    assert not result.interrupted


@examples(25)
@given(problems(6, exact=True, kroner=False), st.sampled_from(ENGINES), st.integers(0, 40), st.data())
def test_a_start_is_never_lost(problem: Problem, engine: Any, looks: int, data: st.DataObject) -> None:
    truth = brute_force(problem)
    start = data.draw(st.sampled_from(truth.groupings or (Grouping.of({"9999": "9999"}),)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", 1)
        patch.setattr(DOOR, "Budget", partial(Budget, clock=TickingClock()))
        options = Options(engine=engine, workers=1, time_limit=looks, max_groups=5 if engine == "auto" else 500)
        result = solve(problem, options, start=start)
    honest(problem, result, truth)
    if truth.objective is not None:
        assert result.objective == pytest.approx(truth.objective, abs=near(problem))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "start", [{}, {"a": "a"}, {"a": "a", "b": "b", "c": "d", "d": "c"}, dict.fromkeys("abcd", "9999"), {"9999": "a"}]
)
def test_a_start_that_is_not_legal_does_no_harm(engine: Any, start: dict[str, str]) -> None:
    result = solve(line(), Options(engine=engine, workers=1), start=Grouping.of(start))
    assert (result.status, result.objective) == (Status.OPTIMAL, 40.0)


def told(problem: Problem, options: Options) -> tuple[list[Progress], Result]:
    messages: list[Progress] = []
    return messages, solve(problem, options, report=messages.append)


@examples(30)
@given(problems(6, exact=True, kroner=False), st.sampled_from([*ENGINES, "too many"]))
def test_what_is_told_on_the_way_is_true(problem: Problem, engine: Any) -> None:
    truth = brute_force(problem)
    too_many = Options(engine="auto", workers=1, max_groups=1)
    options = too_many if engine == "too many" else Options(engine=engine, workers=1)
    with small_steps():
        messages, _ = told(problem, options)
    assert messages
    for message in messages:
        assert message.seconds >= 0
        if truth.objective is None:
            assert message.objective is None
            continue
        if message.objective is not None:
            assert message.objective >= truth.objective - near(problem)
        if message.bound is not None:
            assert message.bound <= truth.objective + near(problem)


def test_too_many_groups() -> None:
    with pytest.raises(ProblemError, match=r"more than 3 groups; raise solver\.max_groups or use auto"):
        solve(line(), Options(engine="partition", max_groups=3))
    result = solve(line(), Options(engine="auto", max_groups=3, workers=1))
    assert (result.engine, result.status, result.objective) == ("generation", Status.OPTIMAL, 40.0)


@pytest.mark.parametrize("looks", range(0, 100, 5))
def test_ties_are_settled_only_among_all_offices(looks: int) -> None:
    free = line(missing_fte=0.0, travel=0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DOOR, "LISTING_SHARE", 0.05)
        patch.setattr(candidates, "CHUNK_ROWS", 1)
        patch.setattr(DOOR, "Budget", partial(Budget, clock=TickingClock()))
        result = solve(free, Options(engine="partition", workers=1, time_limit=looks))
    assert result.objective == 0
    assert result.ties == "open" or hosts(result.grouping) == "aaaa"


@pytest.mark.parametrize("seconds", [0.05, 0.3, 1.0])
def test_real_seconds(seconds: float) -> None:
    problem = country(60, 7, max_members=5)
    proved = solve(problem, Options(workers=2))
    assert proved.status == Status.OPTIMAL
    assert proved.objective is not None
    for engine in ENGINES:
        result = solve(problem, Options(engine=engine, time_limit=seconds, workers=2))
        assert result.grouping is not None
        assert evaluate(problem, result.grouping).violations == ()
        assert result.objective is not None
        assert result.bound is not None
        assert result.bound <= proved.objective + near(problem)
        assert result.objective >= proved.objective - near(problem)
        assert sum(result.seconds.values()) < seconds + 5


def test_a_stop_while_the_solver_runs_is_seen() -> None:
    problem = country(60, 7, max_members=5, travel=0.0)
    stop = threading.Event()
    # The first report comes right before the solver starts, so it cannot be done before the stop.
    options = Options(engine="assignment", workers=2, time_limit=60)
    result = solve(problem, options, stop=stop, report=lambda _: stop.set())
    assert result.interrupted
    assert sum(result.seconds.values()) < 30


def part(seconds: float, clock: Callable[[], float]) -> Budget:
    return Budget(time_limit=10.0, clock=clock).part(seconds)


def test_a_budget() -> None:
    now = [0.0]
    budget = Budget(time_limit=10.0, clock=lambda: now[0])
    now[0] = 4.0
    half = budget.part(3.0)
    assert (budget.left, half.left, budget.part(99.0).left) == (6.0, 3.0, 6.0)
    now[0] = 8.0
    assert (budget.lasts(), half.lasts(), budget.elapsed) == (True, False, 8.0)
    with half.stage("work"):
        now[0] = 9.0
    with budget.stage("work"):
        now[0] = 9.25
        with budget.stage("within"):
            now[0] = 9.5
    assert budget.seconds == {"work": 1.25, "within": 0.25}
    budget.stop.set()
    assert (budget.left, half.left) == (0.0, 0.0)
    assert Budget().left == np.inf
