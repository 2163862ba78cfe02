"""The page of kroner of a sheet: its figures are those of the accounts, and it claims no saving."""

import re
from dataclasses import replace

import pytest
from country import Country, answer, facts, kroner

from maps.pages.sheets.kroner import SheetKroner
from maps.told import texts
from maps.told.kroner import both_lines, of_lines
from maps.told.plan import Member
from maps.told.texts import Words
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.questions.money.accounts import SharingTerms, plan_accounts
from optimizer.sharing.keys import SharingKey


@pytest.fixture(scope="module")
def page(norway: Country) -> SheetKroner:
    plan = answer(norway, facts()).plan
    office = max(plan.shared, key=lambda one: len(one.members))
    return SheetKroner(Words("nb"), norway.problem, kroner(norway), office, office.members[0])


def me(page: SheetKroner) -> Member:
    assert page.me is not None
    return page.me


def test_a_municipality_is_told_three_keys_that_each_pay_the_whole_office(page: SheetKroner) -> None:
    assert page.sharing is not None
    assert [key for key, _ in page.keys] == ["", "need", "equal"]
    for key, _ in page.keys:
        assert sum(page.paid(id_, key) for id_ in page.labels) == pytest.approx(page.sharing.cost_kr)
    equal = page.lines(me(page).id)[2]
    assert equal.cash == Words("nb").kroner(page.sharing.cash_kr / len(page.labels))


def test_who_loses_is_who_pays_more_than_alone(page: SheetKroner) -> None:
    alone = {id_: page.kroner.members[id_].alone.cost_kr for id_ in page.labels}
    for (key, _), line in zip(page.keys, page.lines(me(page).id), strict=True):
        losing = {label for id_, label in page.labels.items() if round(page.paid(id_, key)) > round(alone[id_])}
        assert {label for label in page.labels.values() if f"{label} (+" in line.losers} == losing
        assert losing or line.losers == "ingen"


def test_office_that_a_group_would_leave_says_which_and_by_how_much(region: Country) -> None:
    told, plan = kroner(region), answer(region, facts()).plan
    problem, ids = region.problem, region.problem.ids
    people = region.municipalities.loc[list(ids), "population"].astype(float)
    terms = SharingTerms(SharingKey.of("inhabitants"), {"inhabitants": dict(zip(ids, people, strict=True))})
    found = plan_accounts(problem, told.money, region.grouping, terms)
    said = {office.host.id: SheetKroner(Words("nb"), problem, told, office).leaving for office in plan.shared}
    for host, account in found.offices.items():
        groups = [one for one in account.leaving if len(one.members) > 1]
        assert bool(said[host]) == bool(groups)
        if groups:
            first = max(groups, key=lambda one: one.gain / len(one.members))
            assert Words("nb").kroner(first.gain / 100) in said[host]
            assert all(plan.members[id_].label in said[host] for id_ in first.members)
    assert any(said.values())


def test_money_out_and_work_left_undone_stand_together(page: SheetKroner) -> None:
    states = page.kroner.members[me(page).id]
    for year in (states.today, states.alone, states.shared):
        assert Words("nb").kroner(year.cash_kr) in page.sentence
        assert page.undone(year) in page.sentence


@pytest.mark.parametrize(
    ("more_kr", "more_fte", "said"),
    [(1e-7, 1e-9, True), (0.02, 0.0, False), (0.0, 0.0002, False)],
    ids=["noise", "written apart", "written alike"],
)
def test_nobody_is_said_to_change_by_how_figures_are_rounded(
    page: SheetKroner, more_kr: float, more_fte: float, said: bool
) -> None:
    one = page.kroner.members[me(page).id]
    today = replace(one.alone, cash_kr=1_564_868.49, undone_fte=0.4951)
    alone = replace(today, cash_kr=today.cash_kr + more_kr, undone_fte=today.undone_fte + more_fte)
    members = page.kroner.members | {me(page).id: ThreeStates(today, alone, one.shared)}
    told = SheetKroner(page.words, page.problem, replace(page.kroner, members=members), page.office, page.me)
    assert ("Alene kan den ikke gjøre det bedre" in told.sentence) == said
    lone = SheetKroner(page.words, page.problem, replace(told.kroner, offices={}), page.office, page.me)
    assert ("Det beste den kan gjøre alene, er" in lone.sentence) == (not said)
    assert "Den står alene i planen" in lone.sentence


def test_two_lines_by_themselves_are_of_the_exact_figures(page: SheetKroner) -> None:
    prices = page.kroner.money.prices
    alone = YearlyMoney(2_000_000.0, 1_000_000.4, 0.5149, 1.0, 0.0)
    shared = YearlyMoney(2_000_100.0, 970_000.0, 0.5051, 1.0, 0.0)
    one = ThreeStates(alone, alone, shared)
    lines = "\N{MINUS SIGN}48\N{NARROW NO-BREAK SPACE}620 kr"
    assert of_lines(page.words, prices, one) == f"de to linjene for seg sier {lines}"
    group = both_lines(page.words, prices, alone, shared)
    assert "like mye arbeid blir ugjort" in group
    assert f"De to linjene for seg gir {lines}: I planen følger" in group
    like = replace(shared, cost_kr=alone.cost_kr - 48_620.4)
    assert "linjene" not in both_lines(page.words, prices, alone, like)


def test_years_of_the_start_stand_below_those_after(page: SheetKroner) -> None:
    names, years = zip(*page.years, strict=True)
    assert names == ("I dag", "Hver for seg", "Felles", "Felles. År 1\N{EN DASH}4, med oppstart")
    added = page.kroner.starting[me(page).id] * page.kroner.money.prices.start_kr / 4
    assert years[3].cash_kr - years[2].cash_kr == pytest.approx(added)
    assert added > 0


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_on_kroner_claims_a_saving(language: str) -> None:
    told = " ".join(Words(language).section("kroner.", "penger.", "key.", "paper.").values())
    assert re.search(r"\b(sparer?|spart|saves?|saved)\b", told) is None
