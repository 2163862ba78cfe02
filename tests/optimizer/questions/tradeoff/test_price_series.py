"""The best plans along the price of a missing årsverk, against trying everything and against solving anew."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from bruteforce import brute_force
from hypothesis import assume, given
from strategies import examples, problems

from optimizer.engines.listing import find_groups
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.questions.repricing import repriced
from optimizer.questions.tradeoff.price_series import PRICES, Tradeoff, prices_around, reaches_mass, tradeoff
from optimizer.solve import Options, Result, Status, solve

CLOSE = 1e-4


def priced(problem: Problem) -> Problem:
    """Return the problem with a critical mass that has a price."""
    mass = problem.limits.min_office_fte or 1.0
    return replace(problem, limits=replace(problem.limits, critical_mass="priced", min_office_fte=mass))


def with_rule(problem: Problem) -> Problem:
    """Return the problem with the rule in the place of the price, as far as offices are shared."""
    limits = problem.limits
    exempt = limits.alone_exempt or limits.min_members == 1
    return replace(problem, limits=replace(limits, critical_mass="hard", alone_exempt=exempt))


@examples(40)
@given(problems(6))
def test_offices_are_repriced_as_if_listed_anew(problem):
    first = priced(problem)
    others = replace(first, weights=replace(first.weights, missing_fte=17.3, unmet_need=2.5, alone=7.0))
    hard = with_rule(first)
    for other in (others, hard):
        again, listed = repriced(find_groups(first), first, other), find_groups(other)
        if other is hard and problem.limits.max_office_need_fte is not None:
            continue  # who may not stand alone for another reason may with alone_exempt; repriced keeps the first rule
        assert again.complete
        for name in ("members", "costs", "tied"):
            assert np.array_equal(getattr(again, name), getattr(listed, name))


@examples(10)
@given(problems(6))
def test_every_point_is_the_best_at_its_price(problem):
    problem = priced(problem)
    result = solve(problem)
    assume(result.grouping is not None)
    found = tradeoff(problem, result)
    assert found.left_out == ""
    assert [point.price for point in found.points if not point.hard] == list(prices_around(problem.weights.missing_fte))
    for point in found.points:
        asked = with_rule(problem) if point.hard else at(problem, point.price)
        if point.hard and problem.limits.max_office_need_fte is not None:
            continue
        truth = brute_force(asked)
        assert (point.grouping is None) == (truth.objective is None)
        if point.grouping is None:
            assert point.status == Status.INFEASIBLE
            continue
        assert point.status == Status.OPTIMAL
        assert point.gap == 0
        assert point.objective == pytest.approx(truth.objective, abs=CLOSE)
        assert not evaluate(problem, point.grouping).violations
        assert not evaluate(asked, point.grouping).violations
        assert point.evaluation == evaluate(problem, point.grouping)


def at(problem: Problem, price: float) -> Problem:
    """Return the problem at another price."""
    return replace(problem, weights=replace(problem.weights, missing_fte=price))


@examples(10)
@given(problems(6))
def test_searched_for_it_is_the_same_as_read_from_the_diagram(problem):
    problem = priced(problem)
    result = solve(problem)
    assume(result.grouping is not None)
    read = tradeoff(problem, result)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("optimizer.questions.tradeoff.price_series.diagram_of", lambda *_: None)
        assert tradeoff(problem, result) == read


@examples(10)
@given(problems(6, exact=True))
def test_points_are_the_plans_that_solving_gives_with_any_number_of_workers(problem):
    problem = priced(problem)
    result = solve(problem)
    assume(result.grouping is not None)
    found = tradeoff(problem, result, Options(workers=1))
    assert found == tradeoff(problem, result, Options(workers=3))
    for point in found.points:
        if not point.hard:
            assert point.grouping == solve(at(problem, point.price)).grouping
        if point.grouping is not None:
            assert point.moved == sum(point.grouping.host_of[i] != host for i, host in result.grouping)
    assert found.own.grouping == result.grouping
    assert found.own.moved == 0


@examples(10)
@given(problems(6))
def test_a_dearer_arsverk_is_never_missing_more(problem):
    problem = priced(problem)
    result = solve(problem)
    assume(result.grouping is not None)
    points = [point for point in tradeoff(problem, result).points if not point.hard]
    missing = [point.evaluation.terms["missing_fte"].value for point in points]
    rest = [point.evaluation.objective - point.evaluation.terms["missing_fte"].minutes for point in points]
    for k in range(1, len(points)):
        assert missing[k] <= missing[k - 1] + CLOSE
        assert rest[k] >= rest[k - 1] - CLOSE


def test_the_own_price_takes_the_place_of_the_nearest():
    assert prices_around(240.0) == PRICES
    assert prices_around(0.0) == PRICES
    assert prices_around(100.0) == (0.0, 30.0, 60.0, 100.0, 240.0, 480.0)
    assert prices_around(5.0) == (0.0, 5.0, 60.0, 120.0, 240.0, 480.0)
    assert prices_around(9000.0) == (0.0, 30.0, 60.0, 120.0, 240.0, 9000.0)


def small() -> Problem:
    """Return four municipalities in a row, half an hour apart."""
    places = np.arange(4.0)
    return Problem(
        ids=("1", "2", "3", "4"),
        names=("A", "B", "C", "D"),
        counties=("X",) * 4,
        statsforvaltere=("X",) * 4,
        minutes=30 * np.abs(places[:, None] - places),
        links=np.abs(places[:, None] - places) == 1,
        planner_fte=np.array([1.0, 1.0, 1.0, 1.0]),
        need_fte=np.ones(4),
        fixed_need_fte=np.zeros(4),
        trips=np.ones(4),
        takes_part=np.ones(4, dtype=bool),
        may_host=np.ones(4, dtype=bool),
    )


def test_from_nobody_to_everybody():
    problem = at(small(), 60.0)
    found = tradeoff(problem, solve(problem))
    reached = [reaches_mass(point.evaluation) for point in found.points]
    assert reached[0] == 0  # free: nobody travels
    assert max(reached) == 4
    assert len(found.points[0].evaluation.alone) == 4
    assert found.points[-1].hard
    assert all(not office.missing_fte for office in found.points[-1].evaluation.shared)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"min_office_fte": 0.0}, "no critical mass"), ({"critical_mass": "hard", "alone_exempt": True}, "hard")],
)
def test_without_a_price_there_is_nothing_to_trade(change, why):
    problem = replace(small(), limits=replace(small().limits, **change))
    assert tradeoff(problem, solve(problem)) == Tradeoff(left_out=why)


def test_without_a_proof_or_a_list_it_is_left_out():
    problem = small()
    assert tradeoff(problem, solve(problem, Options(engine="assignment"))).left_out == "not listed"
    unproved: Result = replace(solve(problem), status=Status.FEASIBLE)
    assert tradeoff(problem, unproved).left_out == "not proved"


def test_figures_too_large_for_a_higher_price():
    cheap = at(small(), 1.0)
    problem = replace(cheap, limits=replace(cheap.limits, min_office_fte=1e8, max_members=3))
    assert tradeoff(problem, solve(problem)).left_out == "too large"


def test_stopped_early_every_point_says_how_far_it_may_be():
    problem, stop = small(), threading.Event()
    result = solve(problem)
    stop.set()
    found = tradeoff(problem, result, stop=stop)
    others = [point for point in found.points if not point.is_own]
    assert found.own.status == Status.OPTIMAL
    assert {point.status for point in others} <= {Status.FEASIBLE, Status.UNKNOWN, Status.OPTIMAL}
    assert any(point.status != Status.OPTIMAL for point in others)
    for point in others:
        if point.status == Status.FEASIBLE:
            assert 0 <= point.gap <= 1
