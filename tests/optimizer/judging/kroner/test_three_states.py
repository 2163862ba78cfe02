"""Today, alone and shared: the golden figures of the country."""

from dataclasses import replace

import numpy as np
import pytest
from cases import line
from frozen import flat_money, games, host_of, national, offices, table

from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_money import office_money
from optimizer.judging.kroner.three_states import (
    ThreeStates,
    YearlyMoney,
    group_year,
    member_states,
    office_states,
    office_today,
    plan_states,
    today_of,
)
from optimizer.money import KronerPrices, Money

MILLION = 1e6


def country(**prices: float) -> tuple[ThreeStates, int]:
    """Return the three states of the country, and how many shared offices cost less than their members alone."""
    return totals(flat_money(**prices))


def totals(money: Money) -> tuple[ThreeStates, int]:
    """Return the same at any prices."""
    states = plan_states(national(), money, Grouping.of(host_of()))
    return ThreeStates.sum(states.values()), sum(states[host].gain_kr > 0 for host in offices())


def test_three_states_of_the_country():
    whole, cheaper = country()
    assert cheaper == 76
    assert whole.today.cost_kr / MILLION == pytest.approx(857.872, abs=0.0005)
    assert whole.alone.cost_kr / MILLION == pytest.approx(850.966, abs=0.0005)
    assert whole.shared.cost_kr / MILLION == pytest.approx(793.114, abs=0.0005)
    cash = [one.cash_kr / MILLION for one in (whole.today, whole.alone, whole.shared)]
    assert cash == pytest.approx([617.655, 622.412, 664.357], abs=0.0005)
    undone = [one.undone_fte for one in (whole.today, whole.alone, whole.shared)]
    assert undone == pytest.approx([126.43, 120.29, 67.77], abs=0.005)
    assert whole.gain_kr > 0, "like for like, though more is paid out"


def test_posts_that_the_money_pays():
    whole, _ = country()
    posts = [one.posts_fte for one in (whole.today, whole.alone, whole.shared)]
    assert posts == pytest.approx([432.65, 441.86, 496.80], abs=0.01)


@pytest.mark.parametrize("host", ["b", ""])
def test_office_that_is_shared_today_by_hand(host):
    """Two who need 2 årsverk each, 1 of it fixed, employ 1 each, and drive ten minutes; nobody new is employed."""
    problem = line(3)
    prices = KronerPrices()
    plain = Money.flat(prices, 3)
    money = replace(plain, shared_today=((host, ("a", "b")),), added_kr=1e6)
    need = 4 - (1 - problem.fixed_kept) * 1
    office_kr = prices.bought_kr * (need - 2) + prices.office_kr + 2 * prices.member_kr
    office_kr += 2 * prices.visits * 10 * (prices.fte_kr / 60 / prices.year_hours + prices.km_kr)
    for id_ in ("a", "b"):
        found = today_of(problem, money, id_)
        assert found.cost_kr == pytest.approx(prices.fte_kr + office_kr / 2)
        assert found.undone_fte == pytest.approx((1 - prices.bought_share) * (need - 2) / 2)
        assert found.cash_kr == pytest.approx(found.cost_kr - prices.bought_kr * found.undone_fte)
        assert found.posts_fte == 1.0
    assert today_of(problem, money, "c") == today_of(problem, plain, "c")
    both = office_states(problem, money, "a", ("a", "b", "c")).today
    assert both.cost_kr == pytest.approx(sum(today_of(problem, money, i).cost_kr for i in "abc"))
    assert office_states(problem, money, "a", ("a",)).alone == office_states(problem, plain, "a", ("a",)).alone


@pytest.mark.parametrize(("host", "cost"), [("a", 1_050_000), ("b", 1_180_000), ("", 1_050_000)])
def test_members_of_an_office_of_today_pay_what_it_costs_at_its_host_s_price(host, cost):
    problem = line(3, planner_fte=np.array([1.0, 0.4, 1.0]))
    money = replace(Money.flat(KronerPrices(), 3), fte_kr=np.array([1_050_000, 1_180_000, 1_100_000.0]))
    money = replace(money, shared_today=((host, ("a", "b")),))
    office = office_today(problem, money, "a")
    found = [today_of(problem, money, id_) for id_ in ("a", "b")]
    assert office.staff_kr == pytest.approx(1.4 * cost)
    assert sum(one.cost_kr for one in found) == pytest.approx(office.cost_kr)
    assert sum(one.cash_kr for one in found) == pytest.approx(office.cash_kr)
    assert found[0].cost_kr - found[1].cost_kr == pytest.approx(0.6 * cost)  # they need as much


def test_office_of_today_that_cannot_be_reached_is_not_counted():
    problem = line(3)
    minutes = problem.minutes.copy()
    minutes[0, 1] = minutes[1, 0] = np.inf
    cut, plain = replace(problem, minutes=minutes), Money.flat(KronerPrices(), 3)
    assert today_of(cut, replace(plain, shared_today=(("b", ("a", "b")),)), "a") == today_of(cut, plain, "a")


@pytest.mark.parametrize(
    ("prices", "cheaper", "gain"),
    [
        ({"hired_share": 0.0}, 73, 16.642),
        ({"hired_share": 0.1}, 76, 23.220),
        ({"hired_share": 0.25}, 76, 35.928),
        ({"hired_share": 0.75}, 76, 79.965),
        ({"hired_share": 1.0}, 76, 99.737),
        ({"bought_kr": 1_150_000}, 31, -1.238),
        ({"bought_kr": 1_500_000}, 68, 26.337),
        ({"bought_kr": 2_300_000}, 78, 89.367),
        ({"visits": 80}, 69, 49.978),
    ],
)
def test_gain_at_other_prices(prices, cheaper, gain):
    whole, found = country(**prices)
    assert found == cheaper
    assert whole.gain_kr / MILLION == pytest.approx(gain, abs=0.0005)


def test_nobody_hired_in_money_out():
    whole, _ = country(hired_share=0.0)
    assert whole.shared.cash_kr / MILLION == pytest.approx(631.211, abs=0.0005)
    assert whole.shared.undone_fte == pytest.approx(110.54, abs=0.005)


def test_price_by_employer_tax():
    rates = {row["kommunenummer"]: float(row["percent"]) / 100 for row in table("tax-zones")}
    whole, cheaper = totals(Money.by_tax(KronerPrices(), [rates[id_] for id_ in national().ids]))
    assert cheaper == 73
    assert whole.alone.cost_kr / MILLION == pytest.approx(849.555, abs=0.0005)
    assert whole.shared.cost_kr / MILLION == pytest.approx(790.415, abs=0.0005)


@pytest.mark.parametrize(("hired_share", "cheaper"), [(0.0, 0), (0.5, 63), (1.0, 72)])
def test_if_sharing_saves_no_work(hired_share, cheaper):
    problem, money = replace(national(), fixed_kept=1.0), flat_money(hired_share=hired_share)
    states = [office_states(problem, money, host, members) for host, members in offices().items()]
    assert sum(one.gain_kr > 0 for one in states) == cheaper


def test_years_of_the_start_are_apart():
    """With the start counted 68 offices cost less, and a grant of 500 000 makes it all of them with nobody hired."""
    assert totals(flat_money().in_year(1))[1] == 68
    granted = Money.flat(KronerPrices(hired_share=0.0, grant_kr=500_000, grant_years=1), len(national().ids))
    assert totals(granted.in_year(1))[1] == 78
    assert totals(granted.in_year(1, with_grant=False))[1] < 73


def test_members_sum_to_their_office():
    host, game = next(iter(games().items()))
    members = offices()[host]
    office = office_money(national(), flat_money(), host, members)
    shares = {id_: office.cost_kr * part for id_, part in zip(members, (0.4, 0.3, 0.2, 0.1), strict=True)}
    found, whole = (
        member_states(national(), flat_money(), office, shares),
        office_states(national(), flat_money(), host, members),
    )
    together = ThreeStates.sum(found.values())
    for state in ("today", "alone", "shared"):
        for name in ("cost_kr", "cash_kr", "undone_fte", "posts_fte", "bought_fte"):
            assert getattr(getattr(together, state), name) == pytest.approx(getattr(getattr(whole, state), name))
    assert [round(100 * found[id_].alone.cost_kr) for id_ in game.players] == list(game.alone)


def test_both_lines_of_sharing():
    """Two that employ enough: less to pay for nobody. Two that buy all that they need: less to pay, nothing undone."""
    rich = office_states(line(2, planner_fte=[2.0, 2.0]), Money.flat(KronerPrices(), 2), "a", ("a", "b"))
    assert (rich.shared - rich.alone).cash_kr > 0
    bought = KronerPrices(hired_share=0.0, bought_share=1.0, office_kr=0, member_kr=0, visits=0)
    states = office_states(line(2), Money.flat(bought, 2), "a", ("a", "b"))
    more = states.shared - states.alone
    assert more.cash_kr < 0
    assert more.undone_fte == pytest.approx(0)


def test_one_sum_less_another_by_hand():
    assert YearlyMoney(10, 8, 3, 2, 1) - YearlyMoney(7, 6, 2.5, 2.25, 0.5) == YearlyMoney(3, 2, 0.5, -0.25, 0.5)


def test_lines_of_a_member_may_say_the_opposite_of_like_for_like():
    year = YearlyMoney(cost_kr=100, cash_kr=60, undone_fte=2, posts_fte=1, bought_fte=0)
    cheaper = ThreeStates(year, year, replace(year, cost_kr=90, cash_kr=80, undone_fte=1.5))
    assert (cheaper.gain_kr, cheaper.lines_gain_kr(20), cheaper.lines_gain_kr(50)) == (10, -10, 5)
    assert (cheaper.lines_turn(20), cheaper.lines_turn(50), cheaper.lines_turn(39)) == (True, False, False)
    dearer = ThreeStates(year, year, replace(year, cost_kr=110, cash_kr=30, undone_fte=2.5))
    assert dearer.lines_turn(20)


def test_who_need_nothing_divide_what_is_left_evenly():
    problem = line(2, planner_fte=np.full(2, 1.5), need_fte=np.zeros(2), fixed_need_fte=np.zeros(2))
    money = Money.flat(KronerPrices(), 2)
    office = office_money(problem, money, "a", ("a", "b"))
    states = member_states(problem, money, office, {"a": office.cost_kr, "b": 0.0})
    assert [states[i].shared.posts_fte for i in "ab"] == [1.5, 1.5]
    assert [states[i].shared.cash_kr for i in "ab"] == [office.cash_kr, 0]


def test_an_office_that_is_there_today_does_not_start():
    problem = line(3)
    plain = Money.flat(KronerPrices(), 3)
    there = replace(plain, shared_today=(("", ("a", "b")),))
    start = [one.in_year(1).added_for(("b", "a")) for one in (plain, there)]
    assert start == [150_000, 0]
    first, later = (office_money(problem, money, "a", ("a", "b")).cost_kr for money in (there.in_year(1), there))
    assert first == later
    assert office_money(problem, there.in_year(1), "b", ("b", "c")).cost_kr > later


def test_a_group_in_an_office_of_its_own_by_hand():
    money = Money.flat(KronerPrices(), 3)
    office = office_money(line(3), money, "a", ("a", "b"))
    found = group_year(line(3), money, ("a", "b"), 123_456_789)
    assert (found.cost_kr, found.cash_kr) == pytest.approx((1_234_567.89, 1_234_567.89 - office.undone_kr))
    assert (found.undone_fte, found.posts_fte) == (office.undone_fte, office.posts_fte)


def test_what_is_paid_besides_is_money_out():
    paid = YearlyMoney(5.0, 4.0, 3.0, 2.0, 1.0).and_paid(10.0)
    assert paid == YearlyMoney(15.0, 14.0, 3.0, 2.0, 1.0)
