"""Alternatives, fronts, firmness and ranges of weights agree with trying everything."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from cases import scattered
from everything import Plan, every_grouping, front, supported
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.judging.hosting import at_first_hosts
from optimizer.problem import Limits, Problem, ProblemError
from optimizer.questions.alternatives import alternatives, moved
from optimizer.questions.firmness import firmness
from optimizer.questions.pool import UNITS, figures, list_offices, plan_of, within_share
from optimizer.questions.tradeoff.frontier import frontier
from optimizer.questions.tradeoff.surface import surface
from optimizer.questions.tradeoff.weights import MOST_WEIGHT, weight_ranges
from optimizer.solve import Options, Status, solve
from optimizer.terms import TERMS

OPTIONS = Options(workers=2)
SAME = 1e-9
term_names = st.sampled_from(list(TERMS))


def thorough(many: int) -> settings:
    return settings(examples(many), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def everything(problem: Problem) -> list[Plan]:
    plans = every_grouping(problem)
    assume(plans is not None)
    return plans or []


@thorough(40)
@given(problems(6, exact=True), term_names)
def test_figures_are_those_of_the_specification(problem: Problem, term: str) -> None:
    assume(term in problem.counted)
    pool = list_offices(problem, OPTIONS, Budget())
    values = figures(problem, pool, term)
    for plan in everything(problem)[:20]:
        chosen = plan_of(pool, plan.grouping)
        assert chosen is not None
        limited = plan_of(replace(pool, costs=values), plan.grouping)
        assert limited is not None
        assert Fraction(int(limited.costs.sum()), UNITS[term]) == plan.raw[term]


@thorough(25)
@given(
    problems(9, exact=True),
    st.integers(1, 3),
    st.integers(1, 5),
    st.sampled_from([0.0, 0.05, 0.5, 3.0]),
    st.sampled_from(["offices", "hosts"]),
)
def test_alternatives(problem: Problem, k: int, min_moved: int, within: float, counting: str) -> None:
    left = everything(problem)
    found = alternatives(problem, k, min_moved, within, counting=counting, options=OPTIONS)
    if not left:
        assert found.plans == ()
        assert found.status == Status.INFEASIBLE
        return
    assert found.status == Status.OPTIMAL
    most = left[0].objective * (1 + Fraction(repr(within)))
    same = [plan for plan in left if plan.objective == left[0].objective]
    expected = [next(plan for plan in same if at_first_hosts(problem, plan.grouping) == plan.grouping)]
    while len(expected) <= k:
        left = [
            plan
            for plan in left
            if plan.objective <= most and len(moved(plan.grouping, expected[-1].grouping, counting)) >= min_moved
        ]
        if not left:
            break
        expected.append(left[0])
    assert [plan.grouping for plan in found.plans] == [plan.grouping for plan in expected]
    assert found.exhausted or len(expected) == k + 1
    assert not (found.exhausted and len(expected) == k + 1)
    for plan in found.plans:
        assert plan.proved
        assert all(len(some) >= min_moved for some in plan.moved)


@thorough(25)
@given(problems(9, exact=True), term_names, term_names, st.sampled_from([None, None, 2, 3, 4]), st.booleans())
def test_frontier(problem: Problem, first: str, second: str, points: int | None, ignored: bool) -> None:
    assume(first != second and {first, second} <= {*problem.counted})
    assume(first != "cost" or problem.weights.cost)  # weighs what journeys cost then, which is no whole number
    others = "ignored" if ignored else "priced"
    if not ignored and not getattr(problem.weights, first):
        with pytest.raises(ProblemError, match="is 0"):
            frontier(problem, first, second, points, options=OPTIONS)
        return
    plans = everything(problem)
    found = frontier(problem, first, second, points, others=others, options=OPTIONS)
    if not plans:
        assert found.status == Status.INFEASIBLE
        return
    price = Fraction(getattr(problem.weights, first) or 1.0)
    minutes = [price * plan.raw[first] if ignored else plan.without(problem, second) for plan in plans]
    truth = front((cost, plan.raw[second]) for cost, plan in zip(minutes, plans, strict=True))
    ordered = sorted(truth)
    got = [(point.minutes, point.second) for point in found.points]
    assert found.status == Status.OPTIMAL
    for point in found.points:
        match = [one for one in ordered if close(one, (point.minutes, point.second))]
        assert len(match) == 1
        assert point.supported == supported(match[0], truth)
    assert close(ordered[0], got[0])
    assert close(ordered[-1], got[-1])
    assert len(got) == len(ordered) if points is None else len(got) == min(points, len(ordered))
    assert found.complete == (len(got) == len(ordered)) or points is not None
    assert not found.complete or len(got) == len(ordered)
    for exchange, (a, b) in zip(found.exchanges, pairwise(found.points), strict=True):
        assert exchange.less > 0
        assert exchange.rate == pytest.approx((b.minutes - a.minutes) / (a.second - b.second))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("second", ["missing_fte", "county_lines"])
@pytest.mark.parametrize("points", [None, 4])
def test_long_fronts(seed: int, second: str, points: int | None) -> None:
    problem = scattered(seed)
    plans = every_grouping(problem) or []
    found = frontier(problem, "travel", second, points, options=OPTIONS)
    truth = front((plan.without(problem, second), plan.raw[second]) for plan in plans)
    assert found.status == Status.OPTIMAL
    assert len(found.points) == (len(truth) if points is None else min(points, len(truth)))
    assert found.complete or points is not None
    for point in found.points:
        (match,) = [one for one in truth if close(one, (point.minutes, point.second))]
        assert point.supported == supported(match, truth)


def close(exact: tuple[Fraction, ...], got: tuple[float, ...]) -> bool:
    return all(abs(float(a) - b) <= SAME * (1 + abs(b)) for a, b in zip(exact, got, strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_weight_ranges_of_places_in_a_square(seed: int) -> None:
    problem = scattered(seed)
    weights_agree(problem, every_grouping(problem) or [], 0)


@thorough(10)
@given(problems(9, exact=True), st.integers(0, 1))
def test_weight_ranges(problem: Problem, which: int) -> None:
    plans = everything(problem)
    assume(plans)
    weights_agree(problem, plans, which)


def weights_agree(problem: Problem, plans: list[Plan], which: int) -> None:
    plan = plans[which % len(plans)]
    found = weight_ranges(problem, plan.grouping, options=OPTIONS)
    for term, one in found.ranges.items():
        if plan.objective > plans[0].objective:
            assert one.better is not None
            assert one.lower is one.upper is None
            continue
        lower, upper = interval(plans, plan, term, Fraction(getattr(problem.weights, term)))
        assert one.lower is not None
        assert one.upper is not None
        assert one.lower.proved
        assert one.upper.proved
        assert one.lower.exact == lower
        assert one.upper.exact == upper
        assert (one.upper.successor is None) == (upper is None)


def interval(plans: list[Plan], plan: Plan, term: str, weight: Fraction) -> tuple[Fraction, Fraction | None]:
    """Return the exact range of a weight by comparing lines pair by pair."""
    lower, upper = Fraction(0), Fraction(MOST_WEIGHT)
    reached = False
    for other in plans:
        more, dearer = other.raw[term] - plan.raw[term], other.objective - plan.objective
        if more < 0 and weight - dearer / more < upper:
            upper, reached = weight - dearer / more, True
        elif more > 0:
            lower = max(lower, weight - dearer / more)
    return lower, upper if reached else None


@thorough(40)
@given(problems(9))
def test_first_alternative_is_the_solution(problem: Problem) -> None:
    solved = solve(problem, OPTIONS)
    found = alternatives(problem, 1, 2, 0.1, options=OPTIONS)
    assert [plan.grouping for plan in found.plans][:1] == ([solved.grouping] if solved.grouping else [])
    assert (found.status == Status.INFEASIBLE) == (solved.status == Status.INFEASIBLE)


@thorough(20)
@given(problems(9), st.sampled_from([0.0, 0.01]))
def test_no_time_is_honest(problem: Problem, seconds: float) -> None:
    options = Options(time_limit=seconds, workers=2)
    front_found = frontier(problem, "travel", "county_lines", others="ignored", options=options)
    plans = everything(problem)
    for point in front_found.points:
        assert point.bound <= point.minutes + SAME
        assert not point.evaluation.violations
    some = alternatives(problem, 2, 1, 1.0, options=options)
    for plan in some.plans:
        assert plan.bound <= plan.objective + SAME
    if plans and not seconds:
        assert front_found.status in {Status.UNKNOWN, Status.FEASIBLE}
        assert some.status in {Status.UNKNOWN, Status.FEASIBLE}
    verdicts = firmness(problem, 0.1, options=options)
    assert seconds or not plans or verdicts.status in {Status.UNKNOWN, Status.FEASIBLE}


def small_problem() -> Problem:
    minutes = np.array([[0.0, 10.0, 30.0], [10.0, 0.0, 20.0], [30.0, 20.0, 0.0]])
    return Problem(
        ids=("1", "2", "3"),
        names=("A", "B", "C"),
        counties=("x", "x", "y"),
        statsforvaltere=("x", "x", "y"),
        minutes=minutes,
        links=minutes > 0,
        planner_fte=np.ones(3),
        need_fte=np.ones(3),
        fixed_need_fte=np.zeros(3),
        trips=np.ones(3),
        takes_part=np.ones(3, dtype=bool),
        may_host=np.ones(3, dtype=bool),
    )


def test_a_plan_at_the_very_distance_counts() -> None:
    assert [within_share(100, share) for share in (0.0, 0.07, 0.29, 1.0, 2)] == [100, 107, 129, 200, 300]
    one = np.ones(2)
    problem = Problem(
        ids=("1", "2"),
        names=("A", "B"),
        counties=("X", "X"),
        statsforvaltere=("S", "S"),
        minutes=np.array([[0.0, 129.0], [100.0, 0.0]]),
        links=np.array([[False, True], [True, False]]),
        planner_fte=one * 2,
        need_fte=one,
        fixed_need_fte=one,
        trips=one,
        takes_part=one > 0,
        may_host=one > 0,
        limits=Limits(max_minutes=200, min_members=2, alone_exempt=False, min_office_fte=1),
    )
    found = alternatives(problem, 1, 1, 0.29, counting="hosts", options=OPTIONS)
    assert [plan.objective for plan in found.plans] == [100.0, 129.0]
    assert set(firmness(problem, 0.29, options=OPTIONS).hosts.values()) == {"some"}
    assert set(firmness(problem, 0.2899, options=OPTIONS).hosts.values()) == {"all", "none"}


def test_faults_are_named() -> None:
    problem = small_problem()
    with pytest.raises(ProblemError, match=r"k is 0.*min_moved is 0.*within is -1"):
        alternatives(problem, 0, 0, -1.0)
    with pytest.raises(ProblemError, match="within is nan"):
        firmness(problem, float("nan"))
    with pytest.raises(ProblemError, match="second is 'roads'; expected one of travel"):
        frontier(problem, "travel", "roads")
    with pytest.raises(ProblemError, match="expected different terms"):
        frontier(problem, "travel", "travel")
    with pytest.raises(ProblemError, match="points is 1"):
        frontier(problem, points=1)
    with pytest.raises(ProblemError, match="too many to compare"):
        alternatives(problem, options=Options(max_groups=2))
    with pytest.raises(ProblemError, match="breaks a rule"):
        weight_ranges(problem, type(solve(problem).grouping or 0).of({"1": "1"}))  # type: ignore[attr-defined]


@thorough(15)
@given(problems(9, exact=True), st.permutations(list(TERMS)), st.integers(2, 3))
def test_surface(problem: Problem, terms: list[str], steps: int) -> None:
    first, second, third = [term for term in terms if term in problem.counted][:3]
    assume(first != "cost" or problem.weights.cost)
    plans = everything(problem)
    found = surface(problem, (first, second, third), steps, others="ignored", options=OPTIONS)
    if not plans:
        assert found.status == Status.INFEASIBLE
        return
    price = Fraction(getattr(problem.weights, first) or 1.0)
    truth = front((price * plan.raw[first], plan.raw[second], plan.raw[third]) for plan in plans)
    assert found.status == Status.OPTIMAL
    got = [(point.minutes, point.second, point.third) for point in found.points]
    assert len(set(got)) == len(got)
    assert all(any(close(one, point) for one in truth) for point in got)
    for k in range(3):
        assert min(point[k] for point in got) == pytest.approx(float(min(one[k] for one in truth)))
