"""Each term has its formula wherever one stands, and a forgotten one is an error, never another sum."""

import re
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from cases import line

from maps.told.verdicts import FOLDS
from optimizer.disciplines import DisciplineNeed, Disciplines
from optimizer.engines import assignment, figures
from optimizer.judging.evaluation import OfficeRow
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import KRONER_RULES, Limits, Pins
from optimizer.questions.why.parts import limit_parts, only
from optimizer.sharing.keys import SharingKey
from optimizer.solve import Options, solve
from optimizer.terms import RULES, TERMS, Weights

JUDGE = Path(__file__).parents[2] / "maps" / "scripts" / "trial" / "judge.js"


def test_every_term_is_a_column_of_an_office():
    known = {item.name for item in fields(OfficeRow)} | {
        name for name, item in vars(OfficeRow).items() if isinstance(item, property)
    }
    assert {term.column for term in TERMS.values()} <= known


@pytest.mark.parametrize("engine", [(figures.OF_PAIR, figures.OF_GROUP), (assignment.OF_PAIR, assignment.OF_OFFICE)])
def test_every_engine_has_a_formula_for_every_term(engine):
    by_journey, by_office = engine
    assert list(by_journey) == [name for name, term in TERMS.items() if term.arises == "journey"]
    others = [name for name, term in TERMS.items() if term.arises != "journey"]
    assert list(by_office) == [name for name in others if name != "cost" or by_office is figures.OF_GROUP]


def test_the_judge_of_the_page_knows_every_term_and_rule():
    """But for the rules on shares: it refuses to judge where they are asked."""
    script = JUDGE.read_text(encoding="utf-8")
    for listed, names in (("OF_TERM", TERMS), ("JUDGED", set(RULES) - set(KRONER_RULES))):
        block = re.search(rf"const {listed} = (.*?)\n[}}\]]", script, re.DOTALL)
        assert block is not None
        assert set(names) <= set(re.findall(r"\w+", block[1])), listed


@pytest.mark.parametrize(("engine", "formulas", "term"), [
    ("partition", figures.OF_PAIR, "travel"),
    ("partition", figures.OF_GROUP, "missing_fte"),
    ("assignment", assignment.OF_PAIR, "county_lines"),
    ("assignment", assignment.OF_OFFICE, "missing_fte"),
])  # fmt: skip
def test_a_forgotten_formula_is_an_error(monkeypatch, engine, formulas, term):
    problem = line(3)
    monkeypatch.delitem(formulas, term)
    with pytest.raises(KeyError, match=term):
        solve(problem, Options(engine=engine))


def test_every_limit_can_be_taken_away():
    problem = line(
        4,
        max_minutes=15,
        min_members=2,
        max_members=2,
        county_lines="hard",
        critical_mass="hard",
        max_office_need_fte=2.0,
        min_host_share=0.9,
        nobody_worse="hard",
        stable="hard",
        covers=("plan",),
        disciplines=Disciplines(DisciplineNeed({"plan": 1.0})),
        min_offices=1,
        max_offices=1,
        planner_fte=np.arange(1.0, 5.0),
        money=Money.flat(KronerPrices(), 4),
        sharing=SharingTerms(SharingKey.of("equal"), {}),
        may_host=np.array([True, True, True, False]),
    )
    asked = {part.rule for part in limit_parts(problem)}
    assert asked == {name for name, rule in RULES.items() if rule.of != "pin"} - {"complete", "host_is_member"}
    assert not limit_parts(only(problem, ()))


def test_every_rule_has_its_setting_and_its_figure():
    limits, weights = Limits(), Weights()
    for name, rule in RULES.items():
        assert not rule.setting or hasattr(limits, rule.setting), name
        assert not rule.instead or hasattr(weights, rule.instead), name
        assert rule.of != "pin" or hasattr(Pins(), name), name
        assert rule.of == "pin" or name.endswith("_offices") or name in FOLDS, name
