"""The solvers against brute force, for every combination of rules, prices, pins, links and numbers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bruteforce import BruteForce, brute_force, every_assignment
from cases import line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.engine_table import ENGINES, Engine, lists_offices
from optimizer.engines import candidates, generation, pricing, selection
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.solve import Options, Result, Status, solve

A_MILLIONTH = 1e-6


def near(problem: Problem) -> float:
    """Return how far rounding to millionths of a minute can take a sum over all members and offices."""
    return 8 * A_MILLIONTH * len(problem.ids)


def agrees(problem: Problem, result: Result, truth: BruteForce) -> None:
    """Check status, objective, bound and plan of a finished solve."""
    if truth.objective is None:
        assert result.status == Status.INFEASIBLE
        assert result.grouping is None
        assert result.reasons
        return
    assert result.status == Status.OPTIMAL
    assert result.grouping is not None
    judgement = evaluate(problem, result.grouping)
    assert judgement.violations == ()
    assert judgement.objective == result.objective == result.bound
    assert result.gap == 0
    assert result.objective == pytest.approx(truth.objective, abs=near(problem))


@contextmanager
def small_steps() -> Iterator[None]:
    """Make every loop of the selection go round several times on small problems."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selection, "ALL_AT_ONCE", 3)
        patch.setattr(selection, "COLUMNS_A_ROUND", 2)
        patch.setattr(selection, "FIRST_COLUMNS", 2)
        patch.setattr(selection, "MOST_FIRST_COLUMNS", 9)
        patch.setattr(selection, "CUTS_A_ROUND", 1)
        patch.setattr(candidates, "CHUNK_ROWS", 2)
        patch.setattr(generation, "BEAM", 1)
        patch.setattr(generation, "COLUMNS_A_HOST", 1)
        patch.setattr(pricing, "BATCH", 1)
        yield


@examples(40)
@given(problems(4))
def test_the_quick_brute_force_is_the_plain_one(problem: Problem) -> None:
    quick, plain = brute_force(problem), every_assignment(problem)
    assert (quick.objective is None) == (plain.objective is None)
    if quick.objective is not None:
        assert quick.objective == pytest.approx(plain.objective, abs=1e-9)
        assert quick.groupings == plain.groupings


@pytest.mark.parametrize("engine", [name for name in ENGINES if lists_offices(name)])
@examples(100)
@given(problem=problems(7))
def test_from_the_list_of_offices(engine: Engine, problem: Problem) -> None:
    agrees(problem, solve(problem, Options(engine=engine, workers=1)), brute_force(problem))


@pytest.mark.parametrize("engine", ["partition", "generation"])
@examples(45)
@given(data=st.data())
def test_ties_are_broken_by_the_rule(engine: Engine, data: st.DataObject) -> None:
    problem = data.draw(problems(7, exact=True, kroner=ENGINES[engine].counts_kroner))
    truth, result = brute_force(problem), solve(problem, Options(engine=engine, workers=1))
    agrees(problem, result, truth)
    if result.grouping is not None:
        assert result.grouping == truth.groupings[0]
        assert result.ties == ("unique" if len(truth.groupings) == 1 else "first in id order")


@examples(40)
@given(problems(7, exact=True))
def test_small_steps(problem: Problem) -> None:
    truth = brute_force(problem)
    with small_steps():
        result = solve(problem, Options(engine="partition", workers=1))
    agrees(problem, result, truth)
    assert result.grouping is None or result.grouping == truth.groupings[0]


@pytest.mark.parametrize("engine", [name for name in ENGINES if not lists_offices(name)])
@examples(50)
@given(problem=problems(6, kroner=False))
def test_without_a_list(engine: Engine, problem: Problem) -> None:
    agrees(problem, solve(problem, Options(engine=engine, workers=1)), brute_force(problem))


@examples(25)
@given(problems(6, exact=True, kroner=False))
def test_assignment_has_each_office_at_the_first_of_its_equally_good_hosts(problem: Problem) -> None:
    plan = solve(problem, Options(engine="assignment", workers=1)).grouping
    if plan is not None:
        offices = set(plan.offices.values())
        same = [one for one in brute_force(problem).groupings if set(one.offices.values()) == offices]
        assert plan == same[0]


@pytest.mark.parametrize(
    "problem",
    [
        line(3, road_fte_per_minute=0.02, critical_mass="hard"),
        line(3, planner_fte=[1.0, 1.0, 0.9999999], critical_mass="hard"),
        line(
            5, planner_fte=[1.0, 0.5, 0.0, 1.5, 1.0], critical_mass="hard", road_fte_per_minute=0.01, min_office_fte=2.0
        ),
        line(4, missing_fte=1e9),
    ],
    ids=["planners on the road count", "at the tolerance", "some on the road", "a huge price"],
)
def test_borders_of_what_grows(problem: Problem) -> None:
    agrees(problem, solve(problem, Options(engine="generation", workers=1)), brute_force(problem))


@examples(5)
@given(problems(9), st.sampled_from([1, 2, 8]))
def test_nine(problem: Problem, workers: int) -> None:
    truth = brute_force(problem)
    agrees(problem, solve(problem, Options(engine="partition", workers=workers)), truth)
    if not problem.kroner_asked:
        agrees(problem, solve(problem, Options(engine="assignment", workers=workers)), truth)
