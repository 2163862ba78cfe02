"""What must hold between the answers to related problems."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from bruteforce import brute_force
from cases import changed, country
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples, problems, relabelled
from test_solve_bruteforce import near

from optimizer.grouping import Grouping
from optimizer.problem import Problem, ProblemError, Weights
from optimizer.solve import Options, Status, solve

ONE = Options(engine="partition", workers=1)


@examples(10)
@given(problems(7))
def test_workers_do_not_matter(problem: Problem) -> None:
    one, two, eight = (solve(problem, Options(engine="partition", workers=workers)) for workers in (1, 2, 8))
    assert one.grouping == two.grouping == eight.grouping
    assert one.objective == two.objective == eight.objective
    assert one.status == two.status == eight.status
    assert one.ties == two.ties == eight.ties


@examples(25)
@given(problems(7), st.data())
def test_the_order_of_the_input_does_not_matter(problem: Problem, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(problem.ids))))
    shuffled = relabelled(problem, list(order), {i: i for i in problem.ids})
    assert solve(shuffled, ONE).grouping == solve(problem, ONE).grouping


@examples(25)
@given(problems(7), st.data())
def test_other_ids_rename_the_answer(problem: Problem, data: st.DataObject) -> None:
    names = data.draw(st.permutations(problem.ids))
    ids = dict(zip(problem.ids, names, strict=True))
    order = data.draw(st.permutations(range(len(problem.ids))))
    before, after = solve(problem, ONE), solve(relabelled(problem, list(order), ids), ONE)
    assert after.status == before.status
    if before.grouping is not None:
        assert after.objective == pytest.approx(before.objective, abs=near(problem))
        if len(brute_force(problem).groupings) == 1:
            assert after.grouping == Grouping.of({ids[i]: ids[h] for i, h in before.grouping})


def tighter(problem: Problem) -> dict[str, dict[str, Any]]:
    """Return changes that each allow less."""
    limits, active = problem.limits, [i for i, on in zip(problem.ids, problem.active, strict=True) if on]
    return {
        "max_minutes": {"max_minutes": limits.max_minutes / 2},
        "min_members": {"min_members": min(limits.min_members + 1, limits.max_members)},
        "max_members": {"max_members": max(limits.max_members - 1, limits.min_members)},
        "alone_exempt": {"alone_exempt": False},
        "through": {"contiguity": "hard" if limits.contiguity == "through" else limits.contiguity},
        "contiguity": {"contiguity": "through" if limits.contiguity == "off" else limits.contiguity},
        "county_lines": {"limits": replace(limits, county_lines="hard")},
        "critical_mass": {"critical_mass": "hard"},
        "max_office_need_fte": {"max_office_need_fte": (limits.max_office_need_fte or 8.0) / 2},
        "min_offices": {"min_offices": min((limits.min_offices or 0) + 1, limits.max_offices or 99)},
        "max_offices": {"max_offices": max((limits.max_offices or 4) - 1, limits.min_offices or 0)},
        "may_host": {"may_host": problem.may_host & (np.arange(len(problem.ids)) % 2 == 0)},
        "links": {"links": problem.links & (np.add.outer(*[np.arange(len(problem.ids))] * 2) % 3 > 0)},
        "together": {"together": (*problem.pins.together, frozenset(active[:2]))},
        "apart": {"apart": (*problem.pins.apart, frozenset(active[-2:]))},
        "min_host_share": {"min_host_share": (1 + limits.min_host_share) / 2},
        # The host share asks nothing of a host that a pin names: whom it asks stays the same here.
        "fixed": {"fixed": {active[0]: active[0], **problem.pins.fixed}, "decided": problem.decided_hosts},
        "must_host": {"must_host": problem.pins.must_host | {active[-1]}, "decided": problem.decided_hosts},
        "may_not_host": {"may_not_host": problem.pins.may_not_host | {active[0]}},
    }


@pytest.mark.parametrize("rule", list(tighter(country(2, 1))))
@examples(6)
@given(st.data())
def test_a_tighter_rule_never_improves_the_optimum(rule: str, data: st.DataObject) -> None:
    problem = data.draw(problems(6))
    try:
        narrower = changed(problem, **tighter(problem)[rule])
    except ProblemError:
        assume(condition=False)
        return
    before, after = solve(problem, ONE), solve(narrower, ONE)
    if before.objective is None:
        assert after.status == Status.INFEASIBLE
    elif after.objective is not None:
        assert after.objective >= before.objective - near(problem)


@examples(25)
@given(problems(6, exact=True), st.sampled_from([0.5, 2.0, 16.0]))
def test_dearer_minutes_scale_the_objective(problem: Problem, factor: float) -> None:
    weights = Weights(**{item.name: factor * getattr(problem.weights, item.name) for item in fields(Weights)})
    before, after = solve(problem, ONE), solve(replace(problem, weights=weights), ONE)
    assert after.status == before.status
    assert after.grouping == before.grouping
    if before.objective is not None:
        assert after.objective == pytest.approx(factor * before.objective, abs=1e-9)


@pytest.mark.parametrize("price", [1e6, 1e9])
def test_high_prices(price: float) -> None:
    problem = country(9, 5, missing_fte=price, max_members=4)
    truth, result = brute_force(problem), solve(problem, ONE)
    assert result.status == Status.OPTIMAL
    assert result.objective == pytest.approx(truth.objective, rel=1e-12)
