"""What the report says of the plans along the price of a missing årsverk."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from maps.pages.tradeoff import DAYS_OF_A_WEEK, PANELS, TradeoffSection, even_price
from maps.told import texts
from maps.told.findings import PricedPlan, PricedPlans
from maps.told.texts import Words
from optimizer.problem import Weights
from optimizer.questions.tradeoff.price_series import LeftOut

ALL, HALF = {"1": "1", "2": "1", "3": "1", "4": "1"}, {"1": "1", "2": "1", "3": "3", "4": "4"}
FREE = {id_: id_ for id_ in ALL}


def plan(price: float, host_of: dict[str, str], reached: int, missing: float, travel: float, **more: object):
    return PricedPlan(
        price=price,
        host_of=host_of,
        reached=reached,
        share=reached / 4,
        missing_fte=missing,
        travel_minutes=travel,
        mean_minutes=travel / 3,
        longest_minutes=60.0,
        offices=len({host for id_, host in host_of.items() if id_ != host}),
        alone=sum(list(host_of.values()).count(id_) == 1 for id_ in host_of),
        moved=1,
        **({"hard": False, "status": "optimal", "gap": 0.0, "shown": False, "extra": 0.0} | more),
    )


def series(own: int = 2) -> PricedPlans:
    """Return four plans, of which one is shown; extra is counted at its price."""
    rows = [
        plan(0.0, FREE, 0, 8.0, 0.0),
        plan(60.0, HALF, 2, 4.0, 100.0),
        plan(240.0, ALL, 2, 2.0, 300.0),
        plan(480.0, {**ALL, "4": "4"}, 3, 1.5, 500.0),
        plan(240.0, {**ALL, "3": "3"}, 4, 3.0, 200.0, hard=True),
    ]
    price = rows[own].price

    def at(one: PricedPlan) -> float:
        return price * one.missing_fte + one.travel_minutes

    told = [replace(one, extra=at(one) - at(rows[own]), shown=k == own) for k, one in enumerate(rows)]
    return PricedPlans(tuple(told), "", 3.0)


def said(priced: PricedPlans, language: str = "nb") -> TradeoffSection:
    return TradeoffSection(Words(language), priced)


def test_the_default_price_is_an_arsverk_on_the_road_each_working_day():
    assert Weights().missing_fte == pytest.approx(even_price(DAYS_OF_A_WEEK), rel=0.05)
    assert even_price(1) == pytest.approx(DAYS_OF_A_WEEK * even_price(DAYS_OF_A_WEEK))


def test_the_steps_tell_what_an_arsverk_took():
    below, above = said(series()).steps
    assert "60 til 240 minutter" in below
    assert "(50,0 til 50,0\u202f%)" in below
    assert "mangler 2,0 færre årsverk, og hvert av dem gir 100 minutter mer" in below
    assert "mindre enn de 232" in below
    assert "240 til 480 minutter" in above
    assert "mangler 0,5 færre årsverk, men hvert av dem gir 400 minutter mer" in above
    assert "mer enn de 232" in above


def test_the_same_plan_at_the_next_price():
    rows = series().plans
    same = replace(rows[2], price=480.0, shown=False)
    assert said(PricedPlans((*rows[:3], same), "", 3.0)).steps[1] == "Fra 240 til 480 minutter er planen den samme."


def test_why_it_is_the_best_though_another_reaches_the_aim_more_often():
    why = said(series()).why
    assert "når 4 kommuner 3 årsverk, mot 2 i rapportens plan" in why
    assert "mangler 3,0 årsverk, mot 2,0" in why
    assert "ulempen 140,0 minutter større" in why
    assert "planen med 3 årsverk som krav" in why
    most = series(own=4)
    assert (
        said(most).why == "Ingen av planene her gir flere kommuner et kontor med minst 3 årsverk enn rapportens plan."
    )


def test_another_price_than_the_default_is_told():
    assert "Standardprisen er 240 minutter, nær" in said(series()).price_text
    assert "er prisen 60 minutter" in said(series(own=1)).price_text


def test_what_is_not_known_is_said():
    rows = list(series().plans)
    rows[3] = replace(rows[3], status="feasible", gap=0.0123)
    nothing = PricedPlan(240.0, True, "infeasible", None, False, {})
    found = said(PricedPlans((*rows[:4], nothing), "", 3.0))
    assert found.doubt(rows[3]) == "høyst 1,3\u202f% dårligere enn den beste"
    assert found.doubt(nothing) == "ingen plan holder kravet"
    assert found.doubt(replace(nothing, status="unknown")) == "ikke løst innen tidsgrensen"
    assert found.doubt(rows[2]) == ""
    assert found.proof == "For 4 av de 5 er det bevist at planen er den beste ved sin pris."
    assert [len(panel.marks) for panel in found.panels] == [4, 4], "no mark for what has no plan"
    assert len(found.across) == 5


def test_the_drawing_keeps_within_its_frame_and_in_order():
    for panel, (top, bottom) in zip(said(series()).panels, PANELS.values(), strict=True):
        assert all(top < mark.y <= bottom for mark in panel.marks)
        assert [mark.x for mark in panel.marks] == sorted(mark.x for mark in panel.marks)
        assert [mark.kind for mark in panel.marks] == ["plan", "plan", "shown", "plan", "hard"]
        assert len(panel.line.split()) == 4, "the rule is no price"
        assert all(top <= y <= bottom for y, _ in panel.up)
    first, second = said(series()).panels
    assert [mark.figure for mark in first.marks] == ["0", "50", "50", "75", "100"]
    assert [mark.figure for mark in second.marks] == ["0", "100", "300", "500", "200"]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_reason_for_leaving_it_out_has_words(language):
    told = [reason for reason in get_args(LeftOut) if reason not in {"", "not asked"}]
    assert all(Words(language).text(f"tradeoff.left_{reason.replace(' ', '_')}") for reason in told)
    everything = said(series(), language)
    sentences = [everything.proof, everything.price_text, *everything.steps, everything.why, everything.description]
    assert not any(re.search(r"[{}]", sentence) for sentence in sentences)
