"""What is asked of kroner: the term ``cost`` and two rules, by hand, by brute force and by the golden numbers."""

from dataclasses import replace

import numpy as np
import pytest
from bruteforce import brute_force
from cases import country, line
from frozen import figures, flat_money, host_of, national, offices
from hypothesis import given
from strategies import examples, problems

from optimizer.engines.listing import find_groups
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.office_money import office_money
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import EngineError, Problem, ProblemError, Weights
from optimizer.sharing.keys import SharingKey
from optimizer.solve import Options, solve


def test_cost_by_hand():
    """Two of one planner each who need 2.5 together would hire nobody; one who stands alone says what it pays."""
    problem = replace(
        line(3, planner_fte=np.full(3, 1.0), need_fte=np.full(3, 1.25), fixed_need_fte=np.zeros(3)),
        money=Money(KronerPrices(), np.array([1e6, 1.1e6, 1e6]), np.array([np.nan, np.nan, 1_234_500.0])),
        weights=Weights(cost=0.5),
    )
    found = evaluate(problem, Grouping.of({"a": "b", "b": "b", "c": "c"})).terms["cost"]
    assert found.value == pytest.approx(2 * 1100 + 0.5 * 1900 + 150 + 2 * 40 + 1234.5 + 1900 * 0.25 * 2 / 3)
    assert found.minutes == pytest.approx(found.value / 2)
    assert "cost" not in evaluate(replace(problem, money=None, weights=Weights()), Grouping.of({"a": "a"})).terms


@pytest.mark.parametrize(("price", "minutes", "million"), [(0.01, 11361.89, 792.307), (0.1, 11641.45, 788.449)])
def test_golden_plans_by_the_price_of_kroner(price, minutes, million):
    asked = replace(national(), money=flat_money(), weights=replace(national().weights, cost=price))
    result = solve(asked)
    assert result.status == "optimal"
    assert result.grouping is not None
    found = evaluate(asked, result.grouping)
    assert found.objective - found.terms["cost"].minutes == pytest.approx(minutes, abs=0.005)
    assert whole_cost(asked, result.grouping) == pytest.approx(million, abs=0.0005)


def whole_cost(problem: Problem, grouping: Grouping) -> float:
    """Return what a plan costs with its journeys, million kroner."""
    assert problem.money is not None
    return (
        sum(office_money(problem, problem.money, host, members).cost_kr for host, members in grouping.offices.items())
        / 1e6
    )


def test_what_cannot_be_counted_is_refused_by_name():
    with pytest.raises(ProblemError, match=r"weights\.cost: asks something of kroner, which are not counted"):
        replace(line(3), weights=Weights(cost=1.0))
    with pytest.raises(ProblemError, match=r"money\.fte_kr has shape \(2,\), expected \(3,\)"):
        replace(line(3), money=Money.flat(KronerPrices(), 2))
    asked = replace(line(3), money=Money.flat(KronerPrices(), 3), weights=Weights(cost=1.0))
    with pytest.raises(EngineError, match=r"solver\.engine = assignment: it cannot count weights\.cost"):
        solve(asked, Options(engine="assignment"))
    with pytest.raises(EngineError, match=r"more than 3 groups, and without a list weights\.cost cannot"):
        solve(asked, Options(max_groups=3))


def with_rule(rule: str, key: str = "inhabitants") -> Problem:
    """Return the national problem with a rule on how costs are shared."""
    limits = replace(national().limits, **{rule: "hard"})
    return replace(national(), money=flat_money(), limits=limits, sharing=SharingTerms(SharingKey.of(key), figures()))


@pytest.mark.parametrize(
    ("rule", "minutes", "shared", "alone"), [("stable", 11496.10, 78, 51), ("nobody_worse", 23597.11, 21, 206)]
)
def test_golden_plans_that_keep_a_rule(rule, minutes, shared, alone):
    result = solve(with_rule(rule))
    assert result.status == "optimal"
    assert result.grouping is not None
    assert result.objective == pytest.approx(minutes, abs=0.005)
    found = evaluate(with_rule(rule), result.grouping)
    assert (len(found.shared), len(found.alone)) == (shared, alone)


@pytest.mark.parametrize(("rule", "many"), [("stable", 2), ("nobody_worse", 70)])
def test_the_free_plan_breaks_a_rule_where_the_filter_removes_its_offices(rule, many):
    asked = with_rule(rule)
    found = evaluate(asked, Grouping.of(host_of()))
    assert {breach.rule for breach in found.violations} == {rule}
    assert found.rules[rule] == "broken"
    broken = {breach.host for breach in found.violations}
    pool = find_groups(asked, every_host=True)
    kept = {pool.office(row) for row in range(len(pool))}
    assert broken == {host for host, members in offices().items() if (host, members) not in kept}
    assert len(broken) == many


@examples(40)
@given(problems(6))
def test_both_rules_by_trying_everything(problem: Problem):
    """Each legal office of the specification is listed, and no other; the best plan is the best of all."""
    asked = replace(problem, limits=replace(problem.limits, nobody_worse="hard", stable="hard"))
    truth = brute_force(asked)
    pool = find_groups(asked, every_host=True)
    assert {pool.office(row) for row in range(len(pool))} == {
        (host, members) for members, hosts in truth.offices.items() for host in hosts
    }
    result = solve(asked)
    assert (result.grouping is None) == (truth.objective is None)
    if truth.objective is not None:
        assert result.objective == pytest.approx(truth.objective)


def test_who_could_leave_stays_as_it_was_when_a_rule_is_taken_away():
    """Under longer journeys more groups could leave; those of the first are asked, so more offices are stable."""
    short = replace(country(9, 4, max_minutes=45.0), money=Money.flat(KronerPrices(hire_from_fte=2.0), 9))
    asked = replace(short, limits=replace(short.limits, stable="hard"))
    longer = replace(asked, limits=replace(asked.limits, max_minutes=90.0))
    as_it_was, anew = (find_groups(one, every_host=True) for one in (replace(longer, asked=asked), longer))
    assert len(as_it_was) > len(anew)
    for row in range(len(as_it_was)):
        host, members = as_it_was.office(row)
        assert not evaluate(replace(longer, asked=asked), Grouping.of(dict.fromkeys(members, host))).violations[9:]


def test_ties_at_zero_are_stable_and_large_offices_are_refused():
    """Two who save nothing together lose nothing: their office keeps both rules."""
    free = KronerPrices(office_kr=0.0, member_kr=0.0, visits=0.0, hired_share=0.0)
    problem = line(2, planner_fte=np.full(2, 2.0), need_fte=np.full(2, 2.0), fixed_need_fte=np.zeros(2))
    asked = replace(
        problem,
        money=Money.flat(free, 2),
        sharing=SharingTerms(SharingKey.of("equal"), {}),
        limits=replace(problem.limits, nobody_worse="hard", stable="hard"),
    )
    assert evaluate(asked, Grouping.of({"a": "a", "b": "a"})).rules["stable"] == "met"
    assert evaluate(asked, Grouping.of({"a": "a", "b": "a"})).rules["nobody_worse"] == "met"
    with pytest.raises(ProblemError, match=r"limits\.stable: looks at every group of members, and limits\.max_members"):
        replace(asked, limits=replace(asked.limits, max_members=20))
    with pytest.raises(ProblemError, match="shapley is exact up to 12 members, and 13 are allowed; use equal_gain"):
        replace(
            asked,
            limits=replace(asked.limits, max_members=13),
            sharing=SharingTerms(SharingKey.of("shapley"), {}),
        )
    with pytest.raises(ProblemError, match=r"limits\.nobody_worse: asks for a key"):
        replace(asked, sharing=None)
