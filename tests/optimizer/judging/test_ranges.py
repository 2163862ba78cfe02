"""What is on the border: kept at one end of a range and broken at the other, as the specification judges the ends."""

from dataclasses import replace

import numpy as np
from bruteforce import brute_force
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.ranges import Ranges, borderline, crosses_least, crosses_most, exact
from optimizer.problem import Problem

PARTS = st.sampled_from([1.0, 0.95, 0.8, 0.5])


def broken(evaluation: Evaluation, rule: str) -> set[str]:
    return {id_ for one in evaluation.violations if one.rule == rule for id_ in one.ids}


@examples(60)
@given(problems(6), PARTS, PARTS, st.data())
def test_the_ends_of_the_ranges_are_judged_otherwise(
    problem: Problem, shorter: float, fewer: float, data: st.DataObject
) -> None:
    """With every figure at one end the specification breaks exactly the rules that the other end keeps."""
    problem = replace(problem, limits=replace(problem.limits, critical_mass="hard", alone_exempt=False))
    plans = brute_force(replace(problem, limits=replace(problem.limits, critical_mass="priced"))).groupings
    assume(plans)
    plan = data.draw(st.sampled_from(plans))
    ranges = Ranges(problem.planner_fte * fewer, problem.planner_fte / fewer, shorter, 1 / shorter)
    found = borderline(problem, ranges, evaluate(problem, plan))

    def at(minutes: float, planners: float) -> Evaluation:
        return evaluate(
            replace(problem, minutes=problem.minutes * minutes, planner_fte=problem.planner_fte * planners), plan
        )

    kind, other = at(shorter, 1 / fewer), at(1 / shorter, fewer)
    assert set(found.journeys) == broken(other, "max_minutes") - broken(kind, "max_minutes")
    short = {one.host for one in other.violations if one.rule == "min_office_fte"}
    short -= {one.host for one in kind.violations if one.rule == "min_office_fte"}
    assert set(found.offices) == short


@examples(20)
@given(problems(6))
def test_what_is_known_is_on_no_border(problem: Problem) -> None:
    plans = brute_force(problem).groupings
    assume(plans)
    ranges = exact(problem)
    assert ranges.known
    found = borderline(problem, ranges, evaluate(problem, plans[0]))
    assert (found.journeys, found.offices) == ((), ())


def test_a_limit_that_is_just_met_is_met() -> None:
    assert not crosses_most((60.0, 75.0), 75.0)
    assert crosses_most((75.0, 75.1), 75.0)
    assert not crosses_most((np.inf, np.inf), 75.0)
    assert not crosses_least((3.0, 4.0), 3.0)
    assert crosses_least((2.9, 3.0), 3.0)
