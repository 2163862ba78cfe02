"""Regions solved block by block: legal plans, true bounds, whatever the size of blocks and windows."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from bruteforce import brute_force
from cases import country
from hypothesis import given
from strategies import examples, problems

from optimizer.budget import Budget, Progress
from optimizer.pins import Pins
from optimizer.problem import Problem, ProblemError
from optimizer.regions import by_blocks, ways
from optimizer.regions.by_blocks import RegionSolve, solve_by_blocks
from optimizer.regions.region import NOT_ASKED, Region, is_region
from optimizer.regions.solving import solve_region
from optimizer.solve import Options, Status, solve


@contextmanager
def small_blocks(size: int) -> Iterator[None]:
    """Part everything into blocks of about so many and windows of twice that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_blocks, "BLOCK", size)
        patch.setattr(by_blocks, "WINDOW", 2 * size)
        yield


def as_region(problem: Problem) -> Problem:
    """Return the problem without what cannot be asked of a region."""
    kept = {name: values[0] for name, (values, _) in NOT_ASKED.items() if name != "contiguity"}
    limits = replace(problem.limits, **kept, alone_exempt=True)  # type: ignore[arg-type]
    limits = replace(limits, contiguity="hard" if limits.contiguity == "off" else limits.contiguity)
    weights = replace(problem.weights, uncovered=0.0)
    return replace(problem, limits=limits, weights=weights, pins=Pins(), decided=None, road_fte_per_minute=0.0)


@examples(25)
@given(problem=problems(7, kroner=False).map(as_region))
def test_the_bound_is_true_and_the_plan_is_legal(problem: Problem) -> None:
    assert is_region(problem)
    truth = brute_force(problem).objective
    assert truth is not None
    with small_blocks(3):
        result = solve_region(Region.of(problem), workers=1)
    assert result.bound <= truth + 1e-4
    assert result.objective >= truth - 1e-4
    assert result.status == Status.FEASIBLE or result.objective == pytest.approx(truth, abs=1e-4)


@pytest.fixture(scope="module")
def forty() -> Problem:
    """Forty municipalities on a plane."""
    return country(40, 3)


@pytest.mark.parametrize("size", [8, 15, 100])
def test_small_blocks_come_near_the_whole(forty: Problem, size: int) -> None:
    best = solve(forty, Options(workers=1)).objective
    assert best is not None
    with small_blocks(size):
        result = solve_region(Region.of(forty))
    assert result.bound <= best + 1e-4
    assert result.bound >= 0.97 * best
    assert best - 1e-4 <= result.objective <= 1.03 * best
    assert result.gap == pytest.approx((result.objective - result.bound) / result.objective)


def test_one_block_with_cuts_proves_more_than_the_plain_relaxation(forty: Problem) -> None:
    running = RegionSolve(Region.of(forty), Budget(), 1)
    running.improve_duals()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("optimizer.regions.duals.CUT_ROUNDS", 0)
        plain = RegionSolve(Region.of(forty), Budget(), 1)
        plain.improve_duals()
    assert running.duals.total >= plain.duals.total


def test_the_engine_without_a_list_goes_block_by_block_when_there_are_many(forty: Problem) -> None:
    best = solve(forty, Options(workers=1)).objective
    notes: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "MANY", 40)
        result = solve(forty, Options(engine="generation"), report=lambda event: notes.append(event.note))
    assert "block by block" in notes
    assert result.objective == pytest.approx(best, rel=0.03)
    assert result.bound is not None
    assert result.bound <= (best or 0) + 1e-4


@pytest.mark.parametrize("islands", [1, 5])
def test_who_can_share_with_nobody_stands_alone(islands: int) -> None:
    problem = country(islands, 1)
    apart = Region.of(problem)
    lonely = Region(**{**vars_of(apart), "minutes": apart.minutes * 0, "links": apart.links * 0})
    result = solve_region(lonely)
    assert all(id_ == host for id_, host in result.grouping)
    assert result.status == Status.OPTIMAL


def vars_of(region: Region) -> dict[str, object]:
    """Return the fields of a region."""
    return {name: getattr(region, name) for name in Region.__dataclass_fields__}


def test_stopped_at_once_everybody_stands_alone_and_nothing_is_proved(forty: Problem) -> None:
    stop = threading.Event()
    stop.set()
    result = solve_region(Region.of(forty), stop=stop)
    assert (result.bound, result.interrupted) == (0.0, True)
    assert all(id_ == host for id_, host in result.grouping)


def test_the_same_question_has_the_same_answer_whatever_the_threads(forty: Problem) -> None:
    with small_blocks(12):
        first, second = (solve_region(Region.of(forty), workers=workers) for workers in (1, 3))
    assert (first.grouping, first.bound) == (second.grouping, second.bound)


@pytest.mark.parametrize("stage", ["bound, round 1", "bound, round 3", "a first plan", "plan: 1"])
def test_stopped_in_any_stage_the_plan_is_legal_and_the_bound_true(forty: Problem, stage: str) -> None:
    stop, notes = threading.Event(), list[str]()

    def report(event: Progress) -> None:
        notes.append(event.note)
        if event.note.startswith(stage):
            stop.set()

    with small_blocks(8):
        result = solve_region(Region.of(forty), report=report, stop=stop, workers=2)
    # What is under way ends without an answer; only a plan at hand is told.
    assert len(notes) - next(k for k, note in enumerate(notes) if note.startswith(stage)) <= 8
    assert result.interrupted
    assert result.bound <= result.objective


def test_what_speaks_of_the_whole_plan_is_refused_all_at_once(forty: Problem) -> None:
    limits = replace(forty.limits, max_offices=3, stable="hard", min_members=2)
    region = Region.of(forty)
    with pytest.raises(ProblemError) as caught:
        Region(**{**vars_of(region), "limits": limits, "trips": np.ones(3)})  # type: ignore[arg-type]
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "trips",
        "limits.max_offices",
        "limits.stable",
        "limits.alone_exempt",
    ]
    assert not is_region(replace(forty, limits=replace(forty.limits, min_members=2)))
    with pytest.raises(ProblemError, match=r"limits\.max_offices"):
        solve_by_blocks(replace(forty, limits=replace(forty.limits, max_offices=3)), Budget())
