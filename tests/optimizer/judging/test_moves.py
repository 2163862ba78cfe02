"""What one municipality could do instead: each possibility is what the specification says of the plan with it."""

import pytest

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.moves import NEAREST, moves, order
from optimizer.solve import solve
from scenarios.world.build import open_world


@pytest.fixture(scope="module")
def troms():
    """Return a small problem with its best plan."""
    problem = open_world("nasjonal", counties=["Troms"]).problem
    grouping = solve(problem).grouping
    assert grouping is not None
    return problem, grouping, evaluate(problem, grouping)


def test_each_possibility_is_judged_by_the_specification(troms):
    problem, grouping, evaluation = troms
    for id_, _ in grouping:
        own = grouping.host_of[id_]
        left = [member for member in grouping.offices[own] if member != id_]
        found = moves(problem, grouping, evaluation, id_)
        assert list(found) == sorted(found, key=order)
        for one in found:
            plan = dict(grouping.host_of) | {id_: one.host}
            if one.kind == "host":
                plan |= dict.fromkeys(left, one.host)
            elif left and own == id_:
                heir = one.new_host or left[0]
                assert heir in left
                assert (one.new_host is None) == (len(left) == 1)
                plan |= dict.fromkeys(left, heir)
            judged = evaluate(problem, Grouping.of(plan))
            assert one.extra == pytest.approx(judged.objective - evaluation.objective)
            assert bool(one.stops) == bool(judged.violations)
            assert {stop.rule for stop in one.stops} == {violation.rule for violation in judged.violations}
            # The plan is the best: nothing that may be costs less.
            assert one.stops or one.extra >= -1e-6


def test_everybody_can_be_alone_or_host_and_nobody_moves_to_himself(troms):
    problem, grouping, evaluation = troms
    for id_, host in grouping:
        found = moves(problem, grouping, evaluation, id_)
        kinds = [one.kind for one in found]
        shared = len(grouping.offices[host]) > 1
        assert kinds.count("alone") == shared
        assert kinds.count("host") == shared
        [led] = [one.host for one in found if one.kind == "host"] or [id_]
        assert (led == id_) == (host != id_ or not shared)
        assert kinds.count("join") <= NEAREST
        assert all(one.host not in {id_, host} for one in found if one.kind == "join")


def test_another_host_is_the_best_other_host(troms):
    problem, grouping, evaluation = troms
    for host, members in grouping.offices.items():
        others = [member for member in members if member != host]
        plans = [Grouping.of(dict(grouping.host_of) | dict.fromkeys(members, other)) for other in others]
        judged = [evaluate(problem, plan) for plan in plans]
        legal = [one.objective - evaluation.objective for one in judged if not one.violations]
        for one in moves(problem, grouping, evaluation, host):
            if one.kind == "host" and legal:
                assert one.extra == pytest.approx(min(legal))
                assert not one.stops


def test_the_heir_of_a_host_is_the_best_of_those_who_remain(troms):
    problem, grouping, evaluation = troms
    tested = 0
    for host, members in grouping.offices.items():
        left = [member for member in members if member != host]
        for one in moves(problem, grouping, evaluation, host):
            if one.new_host is None:
                continue
            plans = {heir: dict(grouping.host_of) | {host: one.host} | dict.fromkeys(left, heir) for heir in left}
            judged = {heir: evaluate(problem, Grouping.of(plan)) for heir, plan in plans.items()}
            fewest = min(len({(v.rule, v.found, v.limit) for v in one.violations}) for one in judged.values())
            least = min(
                one.objective
                for one in judged.values()
                if len({(v.rule, v.found, v.limit) for v in one.violations}) == fewest
            )
            assert judged[one.new_host].objective == pytest.approx(least)
            tested += 1
    assert tested
