"""Kroner of offices: by hand, and the golden table of the national plan."""

import numpy as np
import pytest
from cases import changed, line
from frozen import flat_money, national, offices, table

from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.office_money import cost_without_travel, office_money
from optimizer.money import KronerPrices, Money
from optimizer.problem import UNREACHABLE
from optimizer.solve import solve

PRICES = KronerPrices(fte_kr=1_017_000, visits=30, km_kr=5.0, hire_from_fte=2.5)
"""A minute costs 10 kr for the time and 5 kr for the car."""


def test_office_of_three_by_hand():
    """3 employed, 6 - 0.2 * 2 needed: 1.3 hired and 1.3 bought; 60 journeys of 20 minutes in all."""
    office = office_money(line(3), Money.flat(PRICES, 3), "b", ("a", "b", "c"))
    assert (office.need_fte, office.employed_fte) == pytest.approx((5.6, 3))
    assert (office.hired_fte, office.bought_fte) == pytest.approx((1.3, 1.3))
    assert office.staff_kr == pytest.approx(4.3 * 1_017_000)
    assert office.bought_kr == pytest.approx(1.3 * 1_900_000)
    assert (office.travel_hours, office.travel_kr) == pytest.approx((20, 60 * 20 * 15))
    assert office.organisation_kr == 270_000
    parts = office.staff_kr + office.bought_kr + office.travel_kr + office.organisation_kr
    assert office.cost_kr == pytest.approx(parts)
    assert office.ore == round(100 * parts)
    assert office.undone_fte == pytest.approx(1.3 * 2 / 3)
    assert office.cash_kr == pytest.approx(parts - 1.3 * 1_900_000 * 2 / 3)


def test_the_term_leaves_journeys_out():
    money = Money.flat(PRICES, 3)
    office = office_money(line(3), money, "b", ("a", "b", "c"))
    without = cost_without_travel(line(3), money, "b", ("a", "b", "c"))
    assert without == pytest.approx((office.cost_kr - 18_000) / 1000)
    assert money.without_travel.prices.visits == 0
    assert money.prices.visits == 30


def test_too_few_to_recruit():
    """One employed and half of one more are 1.5: nobody is hired, alone or with a neighbour but one planner short."""
    alone = office_money(line(1), Money.flat(PRICES, 1), "a", ("a",))
    assert (alone.hired_fte, alone.bought_fte, alone.organisation_kr, alone.travel_kr) == (0, 1, 0, 0)
    pair = office_money(line(2), Money.flat(PRICES, 2), "a", ("a", "b"))
    assert pair.hired_fte == pytest.approx(0.9)


def test_just_enough_to_recruit():
    """One employed and half of one more, where 1.5 is enough to recruit."""
    alone = office_money(line(1), Money.flat(KronerPrices(hire_from_fte=1.5), 1), "a", ("a",))
    assert (alone.hired_fte, alone.bought_fte) == (0.5, 0.5)


def test_enough_planners_are_all_kept_and_none_bought():
    problem = line(2, planner_fte=[3.0, 4.0])
    office = office_money(problem, Money.flat(PRICES, 2), "a", ("a", "b"))
    assert (office.hired_fte, office.bought_fte, office.undone_fte, office.cash_kr) == (0, 0, 0, office.cost_kr)
    assert office.staff_kr == 7 * 1_017_000


def test_what_a_municipality_says_of_itself():
    """It is money out; it counts alone, and not today nor in an office."""
    money = Money(PRICES, np.full(2, PRICES.fte_kr), np.array([1_000_000.0, np.nan]))
    alone = office_money(line(2), money, "a", ("a",))
    assert alone.cash_kr == pytest.approx(1_000_000)
    assert alone.cost_kr == pytest.approx(1_000_000 + alone.undone_fte * 1_900_000)
    modelled = office_money(line(2), Money.flat(PRICES, 2), "a", ("a",))
    same = Money(PRICES, np.full(2, PRICES.fte_kr), np.array([modelled.cash_kr, np.nan]))
    assert office_money(line(2), same, "a", ("a",)).cost_kr == pytest.approx(modelled.cost_kr)
    assert office_money(line(2), money.today, "a", ("a",)).cost_kr == PRICES.fte_kr + 1_900_000
    assert office_money(line(2), money, "a", ("a", "b")).cost_kr > 2_000_000


def test_without_a_way_the_cost_is_infinite_unless_nobody_travels():
    problem = line(2, minutes=np.array([[0.0, UNREACHABLE], [UNREACHABLE, 0.0]]))
    assert office_money(problem, Money.flat(PRICES, 2), "a", ("a", "b")).cost_kr == UNREACHABLE
    resting = Money.flat(KronerPrices(visits=0), 2)
    assert office_money(problem, resting, "a", ("a", "b")).travel_kr == 0


def test_national_plan_to_the_ore():
    for row in table("offices"):
        office = office_money(national(), flat_money(), row["host"], tuple(row["members"].split()))
        for name in ("need_fte", "employed_fte", "hired_fte", "bought_fte"):
            assert getattr(office, name) == pytest.approx(float(row[name]), abs=1e-6)
        for name in ("staff_kr", "bought_kr", "travel_kr", "organisation_kr"):
            assert getattr(office, name) == pytest.approx(float(row[name]), abs=0.006)
        assert office.cost_kr == pytest.approx(float(row["office_kr"]), abs=0.006)
        assert office.travel_hours == pytest.approx(float(row["travel_hours"]), abs=1e-4)
    assert len(offices()) == 78


def test_the_threshold_of_recruiting_is_the_same_for_all_who_add_up():
    """1.7, 0.3 and 0.6 employed and 0.4 to hire are 3, however the sum is rounded."""
    figures = {"planner_fte": [1.7, 0.3, 0.6], "need_fte": [0.8, 1.2, 1.4], "fixed_need_fte": [0.8, 0.8, 0.8]}
    given = {name: np.array(values) for name, values in figures.items()}
    problem = changed(
        line(3, fixed_kept=1.0, money=Money.flat(KronerPrices(), 3), **given), cost=0.05, alone=1000.0, missing_fte=0.0
    )
    money = office_money(problem, problem.money, "a", ("a", "b", "c"))
    assert money.hired_fte == pytest.approx(0.4)
    assert solve(problem).objective == evaluate(problem, solve(problem).grouping).objective
