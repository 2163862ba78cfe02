"""The page counts of any grouping what the accounts count: states, shares to the øre, intervals and grants."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import strategies
from country import answer, country, facts, kroner
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from visiting import used, visit

from maps.pages.kroner import kroner_data
from maps.pages.trial import active_ids, judge_data
from maps.told.kroner import KronerFacts, less_need
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.three_states import YearlyMoney, group_year
from optimizer.money import UNITS_PER_KRONE, KronerPrices, Money
from optimizer.problem import Problem
from optimizer.questions.money.accounts import OfficeAccount, SharingTerms, plan_accounts
from optimizer.sharing.core import leavings
from optimizer.sharing.keys import SharingKey
from scenarios.world.accounts import office_kroner, possible_facts
from scenarios.world.leaving import quick_hold

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

KEYS = {name: {name: 1.0} for name in ("equal", "inhabitants", "need", "use", "alone", "equal_gain", "shapley")}
KEYS |= {"nucleolus": {"nucleolus": 1.0}, "mix": {"equal": 0.3, "need": 0.7}}
COUNT = """(given) => {
  const leavingOf = (kroner, office, paid) => {
    const found = kroner.leaving(office, paid);
    return found && { gain: found.gain, year: kroner.byThemselves(found.members, found.cost) };
  };
  const [judged, data, people, keys] = JSON.parse(given);
  const judge = plankontor.makeJudge(judged);
  const kroner = plankontor.makeKroner(data, judge, people);
  return Object.keys(data.offices).map((place) => {
    const [host, members] = place.split(":");
    const office = kroner.office(Number(host), members.split(",").map(Number));
    const shares = Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, kroner.shares(office, key)]));
    return { office, states: kroner.states(office), shares, accepted: kroner.acceptance(office),
      parts: kroner.memberStates(office, shares.equal), leaving: leavingOf(kroner, office, shares.equal) };
  });
}"""

HOLD = """(given) => {
  const [judged, data, people, paid, offices] = JSON.parse(given);
  const kroner = plankontor.makeKroner(data, plankontor.makeJudge(judged), people);
  const grant = kroner.holdingGrant(offices.map(([host, members]) => kroner.office(host, members)));
  return { better: kroner.better(paid), grant };
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, report_file: Path) -> Iterator[Page]:
    opened = visit(browser, report_file)
    used.remove(opened)  # not after the first test, but after all of this file
    yield opened.page
    opened.page.context.close()


def drawn(problem: Problem, draw: np.random.Generator) -> tuple[Money, SharingTerms, Grouping]:
    """Return prices, a key, and a grouping of all that take part."""
    n, ids = len(problem.ids), active_ids(problem)
    prices = KronerPrices(
        hired_share=float(draw.choice([0, 0.5, 1])),
        hire_from_fte=float(draw.uniform(0, 4)),
        bought_share=float(draw.uniform(0, 1)),
        visits=float(draw.choice([0, 40])),
    )
    alone = np.where(draw.random(n) < 0.2, draw.uniform(1e6, 3e6, n).round(2), np.nan)
    known = tuple(sorted(draw.choice(problem.ids, 3, replace=False))) if n > 2 and problem.need_fte.all() else ()
    now = ((str(draw.choice(["", *known])), known),) if known else ()
    money = Money(prices, draw.uniform(9e5, 1.3e6, n).round(2), alone, shared_today=now)
    figures = {
        name: dict(zip(problem.ids, map(float, draw.integers(0, 9000, n)), strict=True))
        for name in ("inhabitants", "use")
    }
    figures["need"] = dict(zip(problem.ids, map(float, problem.need_fte), strict=True))
    terms = SharingTerms(SharingKey.of("equal"), figures, draw.choice(["all", "common"]))
    hosts = draw.choice(ids, 2)
    return money, terms, Grouping.of({id_: id_ if id_ in hosts else str(draw.choice([*hosts, id_])) for id_ in ids})


def same(said: dict[str, float], expected: YearlyMoney) -> None:
    """Require that a year is the same, but for the order in which a Python may sum."""
    for name, figure in (
        ("cost", expected.cost_kr),
        ("cash", expected.cash_kr),
        ("undone", expected.undone_fte),
        ("posts", expected.posts_fte),
        ("bought", expected.bought_fte),
    ):
        assert said[name] == pytest.approx(figure, rel=1e-9, abs=1e-6), name


def shares(account: OfficeAccount, parts: dict[str, float]) -> list[int] | None:
    try:
        return [*account.shares_by(SharingKey(parts)).values()]
    except (ValueError, ArithmeticError):  # it would pay less alone than of its own; a sharing that fails its check
        return None


@settings(deadline=None, max_examples=25)
@given(problem=strategies.problems(), seed=st.integers(0, 2**20))
def test_any_office_of_any_grouping(page: Page, problem: Problem, seed: int) -> None:
    draw = np.random.default_rng(seed)
    money, terms, grouping = drawn(problem, draw)
    assume(all(np.isfinite(office.longest_minutes) for office in evaluate(problem, grouping).offices))
    found = plan_accounts(problem, money, grouping, terms)
    assume(found.offices)
    facts = KronerFacts(
        money=money,
        key={"equal": 1.0},
        shared_part=terms.shared_part,
        hours=terms.figures["use"],
        offices={host: office_kroner(account) for host, account in found.offices.items()},
        members={},
        ways={},
    )
    people = [terms.figures["inhabitants"][id_] for id_ in active_ids(problem)]
    given_ = json.dumps([judge_data(problem), kroner_data(problem, facts), people, KEYS])
    for said, account in zip(page.evaluate(COUNT, given_), found.offices.values(), strict=True):
        assert_same(said, account, problem, money)


@settings(deadline=None, max_examples=10)
@given(problem=strategies.problems(), seed=st.integers(0, 2**20))
def test_what_holds_any_grouping(page: Page, problem: Problem, seed: int) -> None:
    money, terms, grouping = drawn(problem, np.random.default_rng(seed))
    assume(all(np.isfinite(office.longest_minutes) for office in evaluate(problem, grouping).offices))
    found = plan_accounts(problem, money, grouping, terms)
    hold = quick_hold(grouping, found)
    assume(hold is not None and hold.prices is not None)
    facts = KronerFacts(money, {"equal": 1.0}, terms.shared_part, {}, {}, {}, {}, possible_facts(hold))
    ids = active_ids(problem)
    at = {id_: i for i, id_ in enumerate(ids)}
    offices = [[at[host], [at[id_] for id_ in members]] for host, members in grouping.offices.items()]
    paid = [found.paid[id_] for id_ in ids]
    given_ = [judge_data(problem), kroner_data(problem, facts), [0] * len(ids), paid, offices]
    said = page.evaluate(HOLD, json.dumps(given_))
    assert [(one["members"], one["gain"], one["cost"]) for one in said["better"]] == [
        ([at[id_] for id_ in one.members], one.gain, sum(found.paid[id_] for id_ in one.members) - one.gain)
        for one in hold.better
    ]
    assert said["grant"] == pytest.approx([hold.grant.least / UNITS_PER_KRONE, hold.grant.enough / UNITS_PER_KRONE])


def assert_same(said: dict[str, Any], account: OfficeAccount, problem: Problem, money: Money) -> None:
    for state in ("today", "alone", "shared"):
        same(said["states"][state], getattr(account.states, state))
    for name, parts in KEYS.items():
        expected = shares(account, parts)
        if expected is None or said["shares"][name] is None:
            assert (expected, said["shares"][name]) == (None, None), name
            continue
        assert sum(said["shares"][name]) == account.money.ore
        assert said["shares"][name] == pytest.approx(expected, abs=1), name
    for state in ("today", "alone", "shared"):
        for name, figure in (("cash", "cash_kr"), ("undone", "undone_fte"), ("posts", "posts_fte")):
            together = sum(part[state][name] for part in said["parts"])
            expected_sum = getattr(getattr(account.states, state), figure)
            assert together == pytest.approx(expected_sum)
    told, accepted = office_kroner(account), said["accepted"]
    for name, interval in (("pays", told.pays), ("leaves", told.leaves)):
        if interval is None or accepted[name] is None:
            assert (interval, accepted[name]) == (None, None), name
        else:
            assert accepted[name] == pytest.approx([float(interval.low), float(interval.high)], abs=1e-7), name
    if told.grant_kr is None:
        assert accepted["grant"] is None
    else:
        assert accepted["grant"] == pytest.approx(told.grant_kr, abs=1.01 if account.money.ore < 1e10 else 100)
    groups = [one for one in leavings(account.game, said["shares"]["equal"]) if len(one.members) > 1]
    assert (said["leaving"] is None) == (not groups)
    if groups:
        members = groups[0].members
        cost = account.game.costs[sum(1 << account.game.players.index(id_) for id_ in members)]
        assert said["leaving"]["gain"] == groups[0].gain
        same(said["leaving"]["year"], group_year(problem, money, members, cost))


def cells(page: Page, table: str, name: str) -> list[str]:
    """Return what the first row of a municipality or an office says, without its name."""
    row = page.locator(f"#{table} tr").filter(has=page.get_by_role("button", name=name, exact=True)).first
    return row.locator("td").all_inner_texts()


def test_figures_follow_key_county_and_trial(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file)
    norway = country()
    page, known, words = opened.page, kroner(norway), Words("nb")
    host = max(known.offices, key=lambda one: len(known.offices[one].members))
    id_ = known.offices[host].members[0]
    name = answer(norway, facts()).plan.members[id_].label
    for key in ("inhabitants", "equal"):
        if key != "inhabitants":
            page.select_option("#key", key)
        more = known.ways[key][id_] - known.members[id_].alone.cost_kr
        shown = cells(page, "shares-table", name)
        assert figure(shown[-1]) == pytest.approx(round(more), abs=1)
        assert words.kroner(known.members[id_].today.cash_kr) in shown[0]
    assert "nokkel=equal" in page.url
    found = plan_accounts(
        norway.problem, known.money, norway.grouping, SharingTerms(SharingKey.of("equal"), {}), groups=False
    )
    turned = [one.lines_turn(known.money.prices.bought_kr) for one in found.members.values()]
    assert page.locator("#shares-table .turned").count() == sum(turned) > 0
    stayed = YearlyMoney.sum((found.country.shared, found.by_less_need(found.offices)))
    expected = less_need(words, norway.problem.fixed_kept, found.country, stayed, large=True)
    assert page.locator("#need-told").inner_text() == expected
    page.locator("#starts summary").click()
    start = page.locator("#starts-table tr").filter(has_text=name).first.locator("td").all_inner_texts()
    added = known.ways["equal"][id_] / known.offices[host].cost_kr * known.money.prices.start_kr / 4
    cash = known.ways["equal"][id_] * known.offices[host].cash_kr / known.offices[host].cost_kr
    for shown, more in zip(start, (added, 0.0), strict=True):
        assert figure(shown.split("\n")[0]) == pytest.approx(cash + more, abs=1)
    assert page.locator("#starts-table tbody").count() == len(known.offices)
    page.select_option("#county", norway.problem.counties[norway.problem.index[id_]])
    assert page.locator("#shares-table tbody").count() < len(known.offices)
    page.evaluate("(id) => plankontor.trying.alone(id)", id_)
    assert page.locator("#trial-kroner tr").count() == 4
    page.evaluate("plankontor.trying.undo()")
    for shade in ("gain", "worst"):
        page.select_option("#shade", shade)
        assert page.locator(".changing path[class*='shade-']").count() > 0
    assert opened.complaints == []


def figure(written: str) -> float:
    """Return the number of "+1 234 kr"."""
    return float(written.removesuffix(" kr").replace("\u202f", "").replace("\u2212", "-"))
