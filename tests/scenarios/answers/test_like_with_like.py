"""Like with like: the plans between a grouping and the best one, against trying everything and by hand."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
import strategies
from groupings import cases
from hypothesis import given

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Limits, Pins, Problem, Weights
from optimizer.solve import Options, Result, solve
from scenarios.answers.like_with_like import is_whole, like_with_like, part
from scenarios.cli.shared import like_with_like as cli_like

WORDS = Words()

NEAR = 1e-4
PRICES = Weights(missing_fte=60.0)


def quick(problem: Problem) -> Result:
    return solve(problem, Options(workers=1))


def line(n: int, pins: Pins | None = None, **limits) -> Problem:
    """Return municipalities along a road, 10 minutes apart, with one planner each; three are a critical mass."""
    far = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    one, yes = np.ones(n), np.ones(n, dtype=bool)
    ids = tuple("abcdef"[:n])
    same = (ids, ids, ("1",) * n, ("S",) * n, 10.0 * far, far == 1)
    return Problem(
        *same, one, 2 * one, one, one, yes, yes, limits=Limits(**limits), weights=PRICES, pins=pins or Pins()
    )


def tried(problem: Problem, grouping: Grouping, ids: tuple[str, ...]) -> float | None:
    """Return the least sum of any grouping of these, the others as they are; only the others may break rules."""
    kept = {id_: host for id_, host in grouping if id_ not in ids}
    sums = []
    for hosts in product(ids, repeat=len(ids)):
        judged = evaluate(problem, Grouping.of(kept | dict(zip(ids, hosts, strict=True))))
        if all(violation.host in kept.values() for violation in judged.violations):
            sums.append(judged.objective)
    return min(sums, default=None)


@strategies.examples(30)
@given(cases(options=1, most=5))
def test_both_plans_are_the_best_of_all_that_leave_the_rest_as_it_is(case):
    problem, [grouping] = case
    problem = replace(
        problem,
        limits=replace(problem.limits, min_offices=None, max_offices=None),
        pins=Pins(leave_out=problem.pins.leave_out),
    )
    judged = evaluate(problem, grouping)
    if not is_whole(judged):
        assert judged.objective == float("inf")
        return
    found = like_with_like(problem, grouping, quick)
    assert (len(found.members), len(found.others)) == (len(grouping) - len(judged.alone), len(judged.alone))
    for plan, ids in ((found.regrouped, found.members), (found.held, found.others)):
        least = tried(problem, grouping, ids) if ids else judged.objective
        assert (plan.evaluation is None) == (least is None) == (plan.status == "infeasible")
        if plan.evaluation:
            assert plan.evaluation.objective == pytest.approx(least, abs=NEAR)
            assert plan.bound == pytest.approx(least, abs=NEAR)
            assert sum(found.minutes(plan.evaluation)) == pytest.approx(plan.evaluation.objective)


def test_four_figures_on_a_road_of_six():
    """Alone 120, two neighbours 70, three 20, four 40; the best plan has two offices of three."""
    problem = line(6)
    found = like_with_like(problem, Grouping.of({"a": "a", "b": "a", **{i: i for i in "cdef"}}), quick)
    assert found.minutes(found.judged) == (70, 480)
    assert found.minutes(found.regrouped.evaluation) == pytest.approx((70, 480))
    assert found.minutes(found.held.evaluation) == pytest.approx((70, 40))
    best = quick(problem)
    said = "\n".join(cli_like.text(WORDS, found, evaluate(problem, best.grouping)))
    for line_said in (
        "2 som deler kontor, 4 som står alene",
        "for deltakerne har de vurderte kontorene like mye ulempe som det beste",
        "har 70 minutter (175\u202f%) mer ulempe enn den beste planen",
        "  440 minutter av ulempen skyldes at de andre står alene",
    ):
        assert line_said in said


def test_a_held_office_may_break_rules_and_the_others_may_not_cross_it():
    problem = line(5, max_minutes=5.0, contiguity="through")
    found = like_with_like(problem, Grouping.of({"a": "a", "b": "b", "c": "c", "d": "c", "e": "e"}), quick)
    assert {one.rule for one in found.held.evaluation.violations} == {"max_minutes"}
    said = "\n".join(cli_like.text(WORDS, found, evaluate(problem, quick(problem).grouping)))
    assert said.count("  den bryter regler (Lengste reise til verten) og kan derfor ligge under planer") == 2
    wide = line(5, contiguity="through")
    found = like_with_like(wide, Grouping.of({"a": "a", "b": "b", "c": "c", "d": "c", "e": "e"}), quick)
    assert found.held.grouping.companions("e") == {"e"}
    said = "\n".join(cli_like.text(WORDS, found, evaluate(wide, quick(wide).grouping)))
    assert "bryter regler" not in said


def test_offices_elsewhere_count_and_pins_to_others_are_left_away():
    given = Grouping.of({"a": "a", "b": "a", **{i: i for i in "cdef"}})
    found = like_with_like(line(6, min_offices=2), given, quick)
    assert found.regrouped.status == "infeasible"
    assert found.held.evaluation.objective == pytest.approx(110)
    assert "ingen plan er innenfor reglene" in "\n".join(cli_like.text(WORDS, found, found.judged))
    assert like_with_like(line(6, max_offices=1), given, quick).held.evaluation.objective == pytest.approx(550)
    pinned = line(6, Pins(together=(frozenset("bcd"),), fixed={"d": "b", "f": "e"}))
    found = like_with_like(pinned, given, quick)
    assert found.held.grouping.host_of["c"] == found.held.grouping.host_of["d"]
    assert found.held.grouping.host_of["f"] == "e"
    assert {one.rule for one in found.held.evaluation.violations} == {"together", "fixed"}


def test_a_host_decided_by_a_pin_to_others_may_stay_small():
    pinned = replace(line(3, Pins(fixed={"c": "b"})), planner_fte=np.array([4.0, 1.0, 1.0]))
    small = Grouping.of({"a": "b", "b": "b"})
    assert evaluate(part(pinned, "ab", 0), small).violations == ()
    unpinned = part(replace(pinned, pins=Pins()), "ab", 0)
    assert {one.rule for one in evaluate(unpinned, small).violations} == {"min_host_share"}


def test_nobody_left_over_and_nobody_together():
    problem = line(3)
    found = like_with_like(problem, Grouping.of(dict.fromkeys("abc", "b")), quick)
    assert found.others == ()
    assert found.held.evaluation.objective == found.judged.objective == pytest.approx(20)
    assert "ingen er til overs" in "\n".join(cli_like.text(WORDS, found, found.judged))
    found = like_with_like(problem, Grouping.of({i: i for i in "abc"}), quick)
    assert found.members == ()
    assert found.held.evaluation.objective == pytest.approx(20)
    assert "ingen deler kontor" in "\n".join(cli_like.text(WORDS, found, found.judged))


@pytest.mark.parametrize("hosts", [{"a": "a"}, {"a": "b", "b": "c", "c": "c"}])
def test_what_is_no_grouping_of_all_is_not_compared(hosts):
    assert not is_whole(evaluate(line(3), Grouping.of(hosts)))
