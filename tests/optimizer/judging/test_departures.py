"""Robustness: departures, vacancies, plans over settings and the smallest largest regret."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from bruteforce import active_ids, brute_force, legal_offices, partitions
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.grouping import Grouping
from optimizer.judging.departures import OF_ONE_OFFICE, posts, risks_of_offices, staffing
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Limits, Problem, ProblemError
from optimizer.questions.regret import Setting, across, least_regret
from optimizer.solve import Options, Status, solve

ONE = Options(workers=1)
CLOSE = 1e-4


@given(st.integers(0, 7), st.integers(0, 19), st.integers(0, 20))
def test_chances_are_those_of_trying_every_way_of_filling_the_posts(many: int, part: int, twentieths: int) -> None:
    share = twentieths / 20
    chances = [0.0, 0.0]
    times = [1.0] * many + [part / 20]
    for filled in product((False, True), repeat=len(times)):
        chance = 1.0
        for post, time in zip(filled, times, strict=True):
            chance *= (1 - share) * time if post else 1 - (1 - share) * time
        if sum(filled) < 2:
            chances[sum(filled)] += chance
    found = staffing(sum(times), share)
    assert found.posts == many
    assert found.part == pytest.approx(part / 20)
    assert found.nobody == pytest.approx(chances[0], abs=1e-12)
    assert found.fewer_than_two == pytest.approx(sum(chances), abs=1e-12)


def test_known_chances() -> None:
    assert [staffing(n, 0.2).nobody for n in (1, 2, 3, 5)] == [0.2, 0.04, 0.008, 0.00032]
    assert staffing(2, 0.2).fewer_than_two == 0.36
    assert staffing(0.5, 0.2).nobody == 0.6
    assert [staffing(1.1, 0.2, way).nobody for way in ("part", "up", "down", "nearest")] == [
        pytest.approx(0.2 * (1 - 0.8 * 0.1)), 0.04, 0.2, 0.2,
    ]  # fmt: skip


@given(st.floats(0, 12), st.floats(0, 1), st.floats(0, 1))
def test_more_planners_never_leave_an_office_empty_more_often(fte: float, more: float, share: float) -> None:
    few, many = staffing(fte, share), staffing(fte + more, share)
    assert many.nobody <= few.nobody + 1e-5
    assert many.fewer_than_two <= few.fewer_than_two + 1e-5
    assert staffing(0.0, 0.2).nobody == 1.0


@pytest.mark.parametrize(
    ("fte", "up", "down", "nearest"), [(0, 0, 0, 0), (0.3, 1, 0, 0), (2.5, 3, 2, 3), (3 + 1e-9, 3, 3, 3)]
)
def test_posts(fte: float, up: int, down: int, nearest: int) -> None:
    assert [posts(fte, way) for way in ("up", "down", "nearest")] == [(up, 0.0), (down, 0.0), (nearest, 0.0)]
    assert posts(fte, "part") == (down, pytest.approx(fte - down, abs=1e-8))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_a_share(share: float) -> None:
    with pytest.raises(ProblemError, match="vacancy_share"):
        staffing(2.0, share)


@given(problems(6), st.sampled_from(["part", "up", "down", "nearest"]))
@examples(60)
def test_every_departure_is_what_evaluate_says_of_the_rest(problem: Problem, rounding: str) -> None:
    plans = brute_force(problem).groupings
    assume(plans)
    for office in risks_of_offices(problem, plans[0], 0.2, rounding):
        members = office.office.members
        assert [one.leaver for one in office.departures] == (list(members) if len(members) > 1 else [])
        assert office.staffing.rounding == rounding
        for one in office.departures:
            rest = tuple(i for i in members if i != one.leaver)
            assert one.office.members == rest
            assert one.host in rest
            assert one.host_gone == (one.leaver == office.office.host)
            found = {host: evaluate(problem, Grouping.of(dict.fromkeys(rest, host))) for host in rest}
            breaches = {h: [v for v in e.violations if v.rule in OF_ONE_OFFICE] for h, e in found.items()}
            assert list(one.violations) == breaches[one.host]
            assert one.connected == all(v.rule != "contiguity" for v in one.violations)
            if one.host_gone:
                best = min((len(breaches[h]), round(found[h].objective, 9)) for h in rest)
                assert (len(breaches[one.host]), round(found[one.host].objective, 9)) == best
            else:
                assert one.host == office.office.host
            assert one.missing_fte == pytest.approx(found[one.host].terms["missing_fte"].value)
        if office.departures:
            blow = office.largest_blow
            assert all(blow.missing_fte >= one.missing_fte - 1e-6 or not blow.is_legal for one in office.departures)
            assert not blow.is_legal or all(one.is_legal for one in office.departures)


@st.composite
def worlds(draw: st.DrawFn, most: int = 5) -> list[Setting]:
    """One problem and some others in which figures and journeys differ."""
    problem = draw(problems(most))
    settings = [Setting("as asked", problem)]
    for k in range(draw(st.integers(0, 3))):
        factor = draw(st.sampled_from([0.5, 1.0, 1.2, 2.0]))
        change = draw(st.lists(st.integers(0, 8), min_size=len(problem.ids), max_size=len(problem.ids)))
        limits = draw(st.sampled_from([problem.limits, replace(problem.limits, max_minutes=60.0)]))
        other = replace(
            problem, minutes=problem.minutes * factor, planner_fte=np.array(change, dtype=float) / 4, limits=limits
        )
        settings.append(Setting(f"other {k}", other))
    return settings


def true_least(settings: list[Setting], optima: dict[str, float]) -> float | None:
    """Return the smallest largest regret, by trying all plans with all hosts."""
    first = settings[0].problem
    tables = [legal_offices(setting.problem) for setting in settings]
    common = {
        members: [h for h in hosts if all(h in table.get(members, {}) for table in tables)]
        for members, hosts in tables[0].items()
    }
    common = {members: hosts for members, hosts in common.items() if hosts}
    regrets = []
    for partition in partitions(first, common):
        for hosts in product(*(common[members] for members in partition)):
            costs = [sum(t[m][h] for m, h in zip(partition, hosts, strict=True)) for t in tables]
            regrets.append(max(c - optima[s.name] for c, s in zip(costs, settings, strict=True)))
    return min(regrets, default=None)


@given(worlds())
@examples(60)
def test_plans_over_settings(settings: list[Setting]) -> None:
    plan = Grouping.of({i: i for i in active_ids(settings[0].problem)})
    found = across(settings, {"alone": plan}, options=ONE)
    optima = {setting.name: brute_force(setting.problem) for setting in settings}
    for setting in settings:
        result, truth = found.optima[setting.name], optima[setting.name].objective
        assert (result.objective is None) == (truth is None)
        judgement = evaluate(setting.problem, plan)
        outcome = found.outcomes["alone"][setting.name]
        assert outcome.objective == judgement.objective
        assert outcome.violations == judgement.violations
        if truth is None or judgement.violations:
            assert outcome.regret is None
        else:
            assert outcome.regret == outcome.at_most == pytest.approx(judgement.objective - truth, abs=CLOSE)
    plans = [result.grouping for result in found.optima.values() if result.grouping]
    for (a, b), share in found.together.items():
        assert share == (sum(p.host_of[a] == p.host_of[b] for p in plans) / len(plans) if plans else 0)
    if any(truth.objective is None for truth in optima.values()):
        assert found.least.status == Status.INFEASIBLE
        return
    expected = true_least(settings, {name: truth.objective for name, truth in optima.items()})
    if expected is None:
        assert found.least.status == Status.INFEASIBLE
        assert found.best_candidate is None
        return
    assert found.least.status == Status.OPTIMAL
    assert found.least.worst == pytest.approx(expected, abs=CLOSE)
    assert found.least.bound == found.least.worst
    if found.best_candidate:
        worst = max(outcome.at_most for outcome in found.outcomes[found.best_candidate].values())
        assert worst >= expected - CLOSE


def row_of_four(**changes: object) -> Problem:
    n = 4
    places = np.arange(n) * 10.0
    ids = tuple(f"110{i}" for i in range(n))
    settings = {
        "ids": ids, "names": ids, "counties": ("11",) * n, "statsforvaltere": ("R",) * n,
        "minutes": np.abs(places[:, None] - places[None, :]),
        "links": np.abs(np.subtract.outer(np.arange(n), np.arange(n))) == 1,
        "planner_fte": np.ones(n), "need_fte": np.full(n, 2.0), "fixed_need_fte": np.zeros(n), "trips": np.ones(n),
        "takes_part": np.ones(n, dtype=bool), "may_host": np.ones(n, dtype=bool),
        "limits": Limits(min_office_fte=3.0),
    }  # fmt: skip
    return Problem(**(settings | changes))


def test_the_member_that_holds_an_office_together_is_the_largest_blow() -> None:
    problem = row_of_four()
    plan = Grouping.of_offices([("1101", ("1100", "1101", "1102")), ("1103", ("1103",))])
    shared, alone = risks_of_offices(problem, plan)
    assert alone.departures == ()
    assert alone.largest_blow is None
    assert shared.largest_blow.leaver == "1101"
    assert not shared.largest_blow.connected
    assert shared.largest_blow.below_mass
    assert shared.staffing.nobody == 0.008
    assert [one.nobody for one in shared.alone] == [0.2, 0.2, 0.2]


def test_settings_that_cannot_be_compared_are_refused() -> None:
    problem = row_of_four()
    fewer = replace(problem, takes_part=np.array([True, True, True, False]))
    with pytest.raises(ProblemError, match="no settings"):
        across([], {})
    with pytest.raises(ProblemError, match="other municipalities") as refused:
        across([Setting("a", problem), Setting("b", fewer), Setting("a", problem)], {})
    assert len(refused.value.faults) == 2


def test_without_time_a_known_plan_is_kept_and_nothing_is_proved() -> None:
    problem = row_of_four()
    settings = [Setting("a", problem), Setting("b", replace(problem, minutes=problem.minutes * 2))]
    optima = {setting.name: solve(setting.problem, ONE) for setting in settings}
    start = optima["a"].grouping
    found = least_regret(settings, optima, start=start, options=ONE, budget=Budget(time_limit=0.0))
    assert found.grouping == start
    assert found.status == Status.FEASIBLE
    assert found.bound is None or found.bound <= found.worst


def test_too_many_offices_leave_the_candidates() -> None:
    settings = [Setting("a", row_of_four())]
    found = across(settings, {}, options=Options(workers=1, max_groups=3))
    assert found.best_candidate == "best: a"
    assert found.least.status == Status.FEASIBLE
    assert found.least.bound is None
