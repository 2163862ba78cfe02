"""What is asked of kroner: the term ``cost``, and what it costs by the golden numbers."""

from dataclasses import replace

import numpy as np
import pytest
from cases import line
from frozen import flat_money, national

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.office_money import office_money
from optimizer.money import KronerPrices, Money
from optimizer.problem import EngineError, Problem, ProblemError, Weights
from optimizer.solve import Options, solve


def test_cost_by_hand():
    """Two of one planner each who need 2.5 together would hire nobody; one who stands alone says what it pays."""
    problem = replace(
        line(3, planner_fte=np.full(3, 1.0), need_fte=np.full(3, 1.25), fixed_need_fte=np.zeros(3)),
        money=Money(KronerPrices(), np.array([1e6, 1.1e6, 1e6]), np.array([np.nan, np.nan, 1_234_500.0])),
        weights=Weights(cost=0.5),
    )
    found = evaluate(problem, Grouping.of({"a": "b", "b": "b", "c": "c"})).terms["cost"]
    assert found.value == pytest.approx(2 * 1100 + 0.5 * 1900 + 150 + 2 * 40 + 1234.5)
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
