"""What all, some or none of the good plans have, and what the cheapest plan with each office costs, by trying all."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from cases import scattered
from everything import Plan, every_grouping
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.engines.selection import rows_of
from optimizer.grouping import Grouping
from optimizer.problem import Limits, Problem
from optimizer.questions import firmness as module
from optimizer.questions import variants
from optimizer.questions.diagram import NEVER, diagram_of
from optimizer.questions.firmness import Firmness, firmness
from optimizer.questions.pool import list_offices, plan_of
from optimizer.questions.regret import Setting
from optimizer.questions.variants import best_under
from optimizer.solve import Options, Status, solve
from optimizer.units import UNITS_PER_MINUTE

OPTIONS = Options(workers=2)


def thorough(many: int) -> settings:
    return settings(examples(many), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def everything(problem: Problem) -> list[Plan]:
    plans = every_grouping(problem)
    assume(plans is not None)
    return plans or []


@thorough(60)
@given(problems(9, exact=True))
def test_the_cheapest_plan_with_each_office(problem: Problem) -> None:
    plans = everything(problem)
    pool = list_offices(problem, OPTIONS, Budget())
    diagram = diagram_of(pool)
    assert diagram is not None
    least = diagram.least()
    expected = np.full(len(pool), NEVER)
    for plan in reversed(plans):
        chosen = plan_of(pool, plan.grouping)
        assert chosen is not None
        expected[rows_of(chosen, pool)] = round(plan.objective * UNITS_PER_MINUTE)
    assert least.tolist() == expected.tolist()


@thorough(40)
@given(problems(9, exact=True), st.sampled_from([0.0, 0.02, 0.2, 1.0]))
def test_firmness(problem: Problem, within: float) -> None:
    agrees(problem, everything(problem), within, looked_through=True)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("within", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("looked_through", [True, False])
def test_firmness_of_places_in_a_square(
    seed: int, within: float, looked_through: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not looked_through:
        monkeypatch.setattr(module, "diagram_of", lambda _: None)
    problem = scattered(seed)
    agrees(problem, every_grouping(problem) or [], within, looked_through=looked_through)


def agrees(problem: Problem, plans: list[Plan], within: float, *, looked_through: bool) -> None:
    found = firmness(problem, within, options=OPTIONS)
    if not plans:
        assert found.status == Status.INFEASIBLE
        return
    near = [plan.grouping for plan in plans if plan.objective <= plans[0].objective * (1 + Fraction(repr(within)))]
    best = found.grouping
    assert found.status == Status.OPTIMAL
    assert best in [plan.grouping for plan in plans if plan.objective == plans[0].objective]
    if looked_through:
        assert best == solve(problem, OPTIONS).grouping
    for (a, b), verdict in found.together.items():
        assert verdict == how_many(grouping.host_of[a] == grouping.host_of[b] for grouping in near)
    for host, verdict in found.hosts.items():
        assert verdict == how_many(len(grouping.offices.get(host, ())) > 1 for grouping in near)
    for host, verdict in found.alone.items():
        assert verdict == how_many(grouping.offices.get(host) == (host,) for grouping in near)
    assert set(found.companions) == set(found.same_host) == set(best.host_of)
    for id_, verdict in found.companions.items():
        assert verdict == how_many(grouping.companions(id_) == best.companions(id_) for grouping in near)
    for id_, verdict in found.same_host.items():
        assert verdict == how_many(grouping.host_of[id_] == best.host_of[id_] for grouping in near)
    if looked_through:
        margins_agree(found, best, plans)
        elsewhere_agrees(found, best, plans)


def margins_agree(found: Firmness, best: Grouping, plans: list[Plan]) -> None:
    for id_, margin in found.margins.items():
        own = best.companions(id_)
        others = [plan.objective for plan in plans if plan.grouping.companions(id_) != own]
        assert margin == pytest.approx(float(min(others) - plans[0].objective) if others else math.inf, abs=1e-5)


def elsewhere_agrees(found: Firmness, best: Grouping, plans: list[Plan]) -> None:
    for id_, host in best.host_of.items():
        others = [plan.objective for plan in plans if plan.grouping.host_of[id_] != host]
        assert (id_ in found.elsewhere) == bool(others)
        if others:
            other = found.elsewhere[id_]
            assert other.extra == pytest.approx(float(min(others) - plans[0].objective), abs=1e-5)
            assert other.host != host
            assert id_ in other.members
            assert math.fsum(other.terms.values()) == pytest.approx(other.extra, abs=1e-9)


def how_many(holds: object) -> str:
    seen = set(holds)  # type: ignore[call-overload]
    return "some" if len(seen) == 2 else "all" if True in seen else "none"


def others_of(problem: Problem) -> list[Setting]:
    """Return the problem under other figures, prices and limits; the first is the very same."""
    limits = problem.limits
    return [
        Setting("same", replace(problem, names=tuple(reversed(problem.names)))),
        Setting("planners", replace(problem, planner_fte=problem.planner_fte[::-1] + 0.25)),
        Setting("trips", replace(problem, trips=np.ones(len(problem.ids)))),
        Setting("slower", replace(problem, minutes=problem.minutes * 1.25)),
        Setting("longer", replace(problem, limits=replace(limits, max_minutes=limits.max_minutes + 10))),
        Setting("shorter", replace(problem, limits=replace(limits, max_minutes=max(0, limits.max_minutes - 10)))),
        Setting("hard", replace(problem, limits=replace(limits, critical_mass="hard", min_office_fte=2.0))),
    ]


@thorough(25)
@given(problems(8))
def test_variants_have_the_plan_that_solving_finds(problem: Problem) -> None:
    settings_ = others_of(problem)
    plain = solve(problem, OPTIONS)
    answers = best_under(problem, settings_, Budget())
    assert answers[0].state == "same"
    for setting, answer in zip(settings_, answers, strict=True):
        alone = solve(setting.problem, OPTIONS)
        assert answer.name == setting.name
        assert (answer.state == "infeasible") == (alone.status == Status.INFEASIBLE and answer.state != "same")
        assert (plain.grouping if answer.state == "same" else answer.grouping) == alone.grouping


def test_variants_too_many_to_list_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = replace(scattered(0), limits=Limits(max_minutes=70, max_members=3, min_host_share=0.9))
    settings_ = others_of(problem)
    legal = len(list_offices(problem, OPTIONS, Budget()))
    # Listed without the host's share, even the groups within reach are more than the legal offices.
    monkeypatch.setattr(variants, "MOST_LISTED", legal)
    answers = best_under(problem, settings_, Budget())
    assert [(one.name, one.state) for one in answers] == [(one.name, "too many") for one in settings_]
    monkeypatch.undo()
    assert all(one.state != "too many" for one in best_under(problem, settings_, Budget()))


def test_a_variant_of_other_municipalities_is_refused() -> None:
    problem = scattered(0)
    other = replace(problem, takes_part=np.arange(len(problem.ids)) > 0)
    with pytest.raises(ValueError, match="municipalities"):
        best_under(problem, [Setting("fewer", other)], Budget())


def test_too_many_plans_are_said() -> None:
    problem = replace(scattered(1, 9), limits=Limits(max_minutes=70, max_members=4))
    pool = list_offices(problem, OPTIONS, Budget())
    assert diagram_of(pool, most_arcs=10) is None
