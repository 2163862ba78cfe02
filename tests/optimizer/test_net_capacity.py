"""Planners on the road for days at each town hall are missing: by hand, by brute force and in the engines."""

from dataclasses import replace

import pytest
from bruteforce import brute_force
from cases import country, line
from hypothesis import given
from hypothesis.strategies import sampled_from
from strategies import examples, problems

from optimizer.engine_table import ENGINES
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.questions.tradeoff.price_series import tradeoff
from optimizer.solve import Options, Status, solve
from optimizer.staffing.presence import presence, road_fte_per_minute

A_DAY = road_fte_per_minute(1.0, 1_695.0)


def test_net_by_hand():
    """Two others at 10 minutes each take 20 hundredths of an årsverk from three; alone nobody is on the road."""
    problem = replace(line(3), road_fte_per_minute=0.01)
    together = evaluate(problem, Grouping.of({"a": "b", "b": "b", "c": "b"})).terms
    gross = evaluate(line(3), Grouping.of({"a": "b", "b": "b", "c": "b"})).terms
    assert together["missing_fte"].value == pytest.approx(0.2)
    assert together["unmet_need"].value == pytest.approx(gross["unmet_need"].value + 0.2)
    at_the_end = evaluate(problem, Grouping.of(dict.fromkeys("abc", "a"))).terms["missing_fte"].value
    assert at_the_end == pytest.approx(0.3)
    apart = [evaluate(one, Grouping.of({i: i for i in "abc"})).objective for one in (problem, line(3))]
    assert apart[0] == apart[1]


def test_hard_critical_mass_is_net_at_the_host():
    """Three planners, and 0.2 årsverk on the road to the one in the middle, 0.3 to one at the end."""
    problem = replace(line(3, min_office_fte=2.75, critical_mass="hard"), road_fte_per_minute=0.01)
    broken = {host: evaluate(problem, Grouping.of(dict.fromkeys("abc", host))).violations for host in ("b", "a")}
    assert not broken["b"]
    assert [(one.rule, one.limit) for one in broken["a"]] == [("min_office_fte", 2.75)]
    assert broken["a"][0].found == pytest.approx(2.7)


@pytest.mark.parametrize("engine", ENGINES)
@examples(15)
@given(problem=problems(5, kroner=False), least=sampled_from((1.0, 2.0, 2.8)))
def test_hard_optimum_is_that_of_trying_everything(engine, problem, least):
    limits = replace(problem.limits, critical_mass="hard", min_office_fte=least, alone_exempt=True)
    asked = replace(problem, road_fte_per_minute=0.01, limits=limits)
    truth, result = brute_force(asked), solve(asked, Options(engine=engine, workers=1))
    assert (result.status == Status.INFEASIBLE) == (truth.objective is None)
    if truth.objective is not None:
        assert result.objective == pytest.approx(truth.objective, abs=1e-4)
        assert all(office.missing_fte <= 1e-6 for office in evaluate(asked, result.grouping).shared)


def test_what_is_lost_is_what_is_told():
    problem = replace(line(3), road_fte_per_minute=A_DAY)
    row = evaluate(problem, Grouping.of(dict.fromkeys("abc", "a"))).offices[0]
    assert row.missing_fte == pytest.approx(presence(problem, "a", ("a", "b", "c"), 1.0).lost_fte)


@pytest.mark.parametrize("engine", ENGINES)
@examples(15)
@given(problem=problems(5, kroner=False))
def test_optimum_is_that_of_trying_everything(engine, problem):
    asked = replace(
        problem,
        road_fte_per_minute=0.01,
        weights=replace(problem.weights, missing_fte=60.0, unmet_need=20.0),
    )
    truth, result = brute_force(asked), solve(asked, Options(engine=engine, workers=1))
    assert (result.status == Status.INFEASIBLE) == (truth.objective is None)
    if truth.objective is not None:
        assert result.objective == pytest.approx(truth.objective, abs=1e-4)
        gross = solve(replace(asked, road_fte_per_minute=0.0), Options(workers=1))
        assert gross.objective <= result.objective + 1e-4


def test_each_price_of_a_trade_off_has_its_own_best_hosts():
    region = country(9, 5, max_minutes=80.0)
    asked = replace(region, road_fte_per_minute=0.01, weights=replace(region.weights, missing_fte=60.0))
    found = tradeoff(asked, solve(asked, Options(workers=1)), Options(workers=1))
    assert len(found.points) > 3
    for point in found.points[:-1]:
        priced = replace(asked, weights=replace(asked.weights, missing_fte=point.price))
        assert point.objective == pytest.approx(brute_force(priced).objective, abs=1e-4)
