"""Accounts of a plan: the golden office, sums that agree, and a plan without shared offices."""

from dataclasses import astuple, replace

import pytest
from cases import line
from frozen import figures, flat_money, host_of, national, table

from optimizer.grouping import Grouping
from optimizer.judging.kroner.three_states import ThreeStates, office_states
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.questions.money.accounts import PlanAccounts, plan_accounts
from optimizer.sharing.keys import SharingKey

PLAN = Grouping.of(host_of())
COUNTIES = {
    "34": 9.512, "46": 7.729, "18": 7.364, "50": 5.983, "55": 5.747, "15": 5.384, "42": 4.901,
    "33": 3.712, "40": 3.380, "11": 2.774, "56": 1.312, "31": 0.029, "32": 0.025,
}  # fmt: skip
"""What the offices save, million kroner by the county of the host."""


def accounts(name: str = "inhabitants", shared_part: str = "all") -> PlanAccounts:
    """Return the accounts of the national plan by a key."""
    return plan_accounts(national(), flat_money(), PLAN, SharingTerms(SharingKey.of(name), figures(), shared_part))


def test_nordreisa():
    account = next(one for one in accounts().offices.values() if "5544" in one.shares)
    assert account.money.cost_kr == pytest.approx(7_671_059, abs=0.5)
    assert account.money.need_fte == pytest.approx(5.4023, abs=5e-5)
    assert account.money.hired_fte == pytest.approx(1.2527, abs=5e-5)
    kroner = sorted(round(paid / 100) for paid in account.shares.values())
    assert kroner == [804_357, 1_386_353, 2_003_384, 3_476_965]
    assert account.paid_more(account.shares) == {"5544": pytest.approx(63_179_700, abs=100)}
    by_equal = account.shares_by(SharingKey.of("equal"))
    assert list(account.paid_more(by_equal)) == ["5546"]
    assert account.least_excess / 100 == pytest.approx(-203_458, abs=0.5)
    assert ("5544",) in [one.members for one in account.leaving]
    assert account.nobody_pays_more is not None
    assert float(account.nobody_pays_more.low) == pytest.approx(0.4052, abs=5e-5)
    assert account.nobody_leaves is not None
    assert float(account.nobody_leaves.low) == pytest.approx(0.5526, abs=5e-5)
    assert account.closing is not None
    assert account.closing.grant == 0


@pytest.mark.parametrize("name", ["inhabitants", "need", "alone", "equal_gain"])
def test_keys_that_look_at_no_subgroups_give_the_same_without_them(name):
    terms, whole = SharingTerms(SharingKey.of(name), figures()), accounts(name)
    quick = plan_accounts(national(), flat_money(), PLAN, terms, groups=False)
    assert quick.paid == whole.paid
    assert {account.groups_tried for account in quick.offices.values()} == {False}
    assert {host: account.least_excess for host, account in quick.offices.items()} == dict.fromkeys(whole.offices)


@pytest.mark.parametrize("shared_part", ["all", "common"])
def test_start_is_divided_as_the_rest(shared_part):
    """What is added in a first year is borne by members, counties and the country, as the office costed anew has it."""
    made, first = accounts("need", shared_part), flat_money().in_year(1)
    assert made.starting_in(made.members) == pytest.approx(78)
    assert made.country.gain_kr - 78 * first.added_kr == pytest.approx(46.152e6, abs=500)
    for host, account in made.offices.items():
        members = account.game.players
        year = office_states(national(), first, host, members).shared
        added = account.states.shared.and_paid(first.added_kr * made.starting_in(members))
        assert astuple(added) == pytest.approx(astuple(year))
        paid = [made.members[id_].shared.and_paid(first.added_kr * made.starting[id_]).cost_kr for id_ in members]
        assert paid == pytest.approx(
            [account.shares[id_] / 100 * year.cost_kr / account.money.cost_kr for id_ in members]
        )


def test_gain_that_rests_on_less_need_by_hand():
    """A fifth of one fixed need: half of it would be hired, half of it bought; nothing where none can be hired."""
    prices, plan = KronerPrices(hire_from_fte=2.0), Grouping.of({"a": "a", "b": "a", "c": "c"})
    terms, lost = SharingTerms(SharingKey.of("equal"), {}), (1 - line(3).fixed_kept) * line(3).fixed_need_fte[0]
    for hired, kr in ((0.5, prices.fte_kr / 2 + prices.bought_kr / 2), (0.0, prices.bought_kr)):
        found = plan_accounts(line(3), Money.flat(replace(prices, hired_share=hired), 3), plan, terms)
        assert found.by_less_need(found.offices).cost_kr == pytest.approx(lost * kr)
    kept = plan_accounts(replace(line(3), fixed_kept=1.0), Money.flat(prices, 3), plan, terms)
    assert kept.by_less_need(kept.offices).cost_kr == 0


def test_office_where_all_figures_of_a_key_are_0_says_so():
    figures = {"inhabitants": {"a": 0.0, "b": 0.0, "c": 5.0}, "use": {"a": 0.0, "b": 1.0, "c": 0.0}}
    terms = SharingTerms(SharingKey.of("inhabitants"), figures)
    found = plan_accounts(line(3), Money.flat(KronerPrices(), 3), Grouping.of({"a": "a", "b": "a", "c": "c"}), terms)
    assert found.offices["a"].evenly == ("inhabitants",)
    assert max(found.offices["a"].shares.values()) - min(found.offices["a"].shares.values()) <= 1


def test_who_shares_an_office_today_or_stands_alone_starts_nothing():
    members, money = ("a", "b"), Money.flat(KronerPrices(), 3)
    there = replace(money, shared_today=(("a", members),))
    terms = SharingTerms(SharingKey.of("equal"), {})
    made = [plan_accounts(line(3), one, Grouping.of({"a": "a", "b": "a", "c": "c"}), terms) for one in (money, there)]
    assert made[0].starting == pytest.approx({"a": 0.5, "b": 0.5, "c": 0})
    assert made[1].starting == {"a": 0, "b": 0, "c": 0}


def test_sums_agree():
    """Members sum to offices, counties to the country, and each office's shares to its cost in whole øre."""
    made = accounts()
    assert sum(made.paid.values()) == sum(account.money.ore for account in made.offices.values()) + sum(
        round(100 * states.shared.cost_kr) for states in made.single.values()
    )
    for account in made.offices.values():
        assert sum(account.shares.values()) == account.money.ore
    for parts in (made.members.values(), made.counties.values()):
        together = ThreeStates.sum(parts)
        for state in ("today", "alone", "shared"):
            for name in ("cost_kr", "cash_kr", "undone_fte"):
                expected = getattr(getattr(made.country, state), name)
                assert getattr(getattr(together, state), name) == pytest.approx(expected, abs=2)
    assert made.country.shared.cost_kr / 1e6 == pytest.approx(793.114, abs=0.0005)
    assert list(made.members) == sorted(host_of())


def test_saving_by_county_of_the_host():
    made, saved = accounts(), dict.fromkeys(COUNTIES, 0.0)
    for host, account in made.offices.items():
        saved[national().counties[national().index[host]]] += account.states.gain_kr / 1e6
    assert saved == pytest.approx(COUNTIES, abs=0.0006)


def test_common_part_only():
    made = accounts("equal", "common")
    assert sum(bool(account.paid_more(account.shares)) for account in made.offices.values()) == 30
    assert all(sum(account.shares.values()) == account.money.ore for account in made.offices.values())


def test_grant_that_closes_what_no_mix_does():
    """Two offices lose together; where each pays its own planners 30 have no mix, and the grant is to the rest."""
    for shared_part, many in (("all", 2), ("common", 30)):
        made = accounts("equal", shared_part)
        closed = [account.closing for account in made.offices.values() if account.nobody_pays_more is None]
        assert len(closed) == many
        assert all(one is not None and one.grant > 0 for one in closed)
        open_ = [account.closing for account in made.offices.values() if account.nobody_pays_more is not None]
        assert all(one is not None and one.grant == 0 for one in open_)


def test_what_the_others_lose_if_a_member_leaves():
    """Of two, the other pays what it would pay alone; by the nucleolus of a stable office nobody is well lost."""
    account = next(one for one in accounts("equal").offices.values() if len(one.shares) == 2)
    (a, b), (alone_a, alone_b) = account.shares, account.game.alone
    assert account.if_left == {a: alone_b - account.shares[b], b: alone_a - account.shares[a]}
    for account in accounts("nucleolus").offices.values():
        if account.least_excess <= 0:
            assert min(account.if_left.values()) >= -len(account.shares)


def test_offices_of_the_golden_table_in_order():
    assert list(accounts().offices) == sorted(row["host"] for row in table("offices"))


def test_nobody_shares():
    """Whoever stands alone pays the same alone and in the plan; today only if it hires nobody."""
    problem = line(2)
    made = plan_accounts(
        problem,
        Money.flat(KronerPrices(), 2),
        Grouping.of({"a": "a", "b": "b"}),
        SharingTerms(SharingKey.of("equal"), {}),
    )
    assert not made.offices
    assert made.country.alone == made.country.shared == made.country.today
    assert made.paid == dict.fromkeys("ab", 2 * 152500000)
