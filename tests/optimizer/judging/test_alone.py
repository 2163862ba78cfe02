"""What stops a municipality that stands alone, checked against the specification itself."""

import dataclasses
import math

import numpy as np
import pytest
from cases import line

from optimizer.grouping import Grouping
from optimizer.judging import alone
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.ranges import Ranges
from optimizer.problem import UNREACHABLE, Limits, Problem
from optimizer.terms import RULES
from scenarios.question.load import load
from scenarios.world import today
from scenarios.world.build import World, build
from scenarios.world.solving import Outcome, run


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run(build(load("nasjonal", counties=("55",))))


def moves(plan: Grouping, id_: str) -> list[tuple[str, Grouping]]:
    """Every plan in which the municipality joins a host or another that stands alone, or hosts the latter."""
    found = []
    for host, members in plan.offices.items():
        if host == id_:
            continue
        found.append((host, Grouping.of({**plan.host_of, id_: host})))
        if len(members) == 1:
            found.append((id_, Grouping.of({**plan.host_of, host: id_})))
    return found


LOW = 0.8


def check(problem: Problem, plan: Grouping, judged: Evaluation) -> None:
    between = Ranges(problem.planner_fte, problem.planner_fte, LOW)
    found = alone.find(problem, plan, between)
    nearly = {id_: told.borderline for id_, told in found.items() if told.borderline is not None}
    assert alone.nearly(problem, plan, between) == nearly
    assert all(told.borderline is None for told in alone.find(problem, plan).values())
    assert set(found) == set(judged.alone)
    for id_, told in found.items():
        tried = [(host, evaluate(problem, moved)) for host, moved in moves(plan, id_)]
        legal = [(after.objective - judged.objective, host) for host, after in tried if not after.violations]
        if told.cheapest is None:
            assert legal == []
        else:
            assert told.cheapest.extra == pytest.approx(min(legal)[0], abs=1e-6)
            assert told.cheapest.host in {host for extra, host in legal if extra == pytest.approx(min(legal)[0])}
        near = [
            after.objective - judged.objective
            for _, after in tried
            if {one.rule for one in after.violations} == {"max_minutes"}
            and all(one.found * LOW <= problem.limits.max_minutes for one in after.violations)
        ]
        saving = [extra for extra in near if extra < -1e-6]
        assert (told.borderline is not None) == bool(saving)
        if told.borderline is not None:
            assert told.borderline.extra == pytest.approx(min(saving), abs=1e-6)
        eased_agrees(problem, told, [after for _, after in tried])
        i = problem.index[id_]
        outside = np.where(problem.active, UNREACHABLE, problem.minutes[i]).min()
        assert told.town_minutes == (outside if outside < told.minutes else UNREACHABLE)
        assert told.neighbours == int((problem.links[i] & problem.active).sum())
        reachable = [h for h in plan.offices if h != id_ and problem.may_host[problem.index[h]]]
        assert told.minutes == min(problem.minutes[i, problem.index[h]] for h in reachable)
        broken = {violation.rule for host, after in tried if host == told.nearest for violation in after.violations}
        assert {stop.rule for stop in told.stops} == broken


def eased_agrees(problem: Problem, told: alone.Alone, tried: list[Evaluation]) -> None:
    """Check that what lets it in is the only rule broken, and that no other single one must give less."""
    least = math.inf
    for after in tried:
        broken = after.violations
        if len({one.rule for one in broken}) != 1 or RULES[broken[0].rule].unit == "":
            continue
        shares = [abs(one.found - one.limit) / one.limit for one in broken if one.found is not None and one.limit]
        longest = max((row.longest_minutes for row in after.shared), default=0.0)
        if shares and longest <= alone.EASED * problem.limits.max_minutes:
            least = min(least, max(shares))
    if told.cheapest is not None or told.easing is None:
        assert told.easing is None
        assert told.cheapest is not None or least == math.inf
    else:
        assert abs(told.easing.found - told.easing.limit) / told.easing.limit == pytest.approx(least)


def test_an_estimate_that_decides_is_told() -> None:
    """Two towns a little below the critical mass: alone, unless they employ a tenth less."""
    problem = line(2, planner_fte=np.array([2.95, 2.95]), limits=Limits(max_minutes=60, min_office_fte=3.0))
    plan = Grouping.of({id_: id_ for id_ in problem.ids})
    for low, expected in ((2.95, False), (1.5, True)):
        between = Ranges(np.full(2, low), problem.planner_fte)
        extra = {told.cheapest.extra for told in alone.find(problem, plan, between).values() if told.cheapest}
        assert extra
        assert min(extra) > 0
        assert {told.by_estimate for told in alone.find(problem, plan, between).values()} == {expected}


def test_every_reason_is_the_specification_s(outcome: Outcome) -> None:
    assert outcome.result.grouping is not None
    assert outcome.evaluation is not None
    assert outcome.evaluation.alone
    check(outcome.world.problem, outcome.result.grouping, outcome.evaluation)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(max_members=2),
        Limits(county_lines="hard", max_minutes=60),
        Limits(contiguity="through", max_offices=3),
        Limits(critical_mass="hard", alone_exempt=True),
    ],
)
def test_so_it_is_for_plans_made_by_hand(outcome: Outcome, limits: Limits) -> None:
    """Every municipality alone, judged by other rules: each is told what it could do, or what stops it."""
    problem = dataclasses.replace(outcome.world.problem, limits=limits)
    plan = Grouping.of({id_: id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part})
    check(problem, plan, evaluate(problem, plan))


def test_world_has_what_the_report_tells(outcome: Outcome) -> None:
    world: World = outcome.world
    found = today.load(world.scenario.edition).councils
    assert {council.name for council in found["5540"]}
    assert set(found) <= set(world.problem.ids)
