"""What is asked of disciplines: the term ``uncovered`` and the rule ``covers``, by hand and by brute force."""

from dataclasses import replace

import numpy as np
import pytest
from bruteforce import brute_force
from cases import country, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.engine_table import ENGINES
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Violation
from optimizer.problem import Problem, ProblemError, Weights
from optimizer.solve import Options, Status, solve

NEED = DisciplineNeed({"plan": 0.75, "gis": 0.25}, only_for={"samisk": frozenset("c")})
TABLE = {"c": {"plan": HeldFte(0.5, 1), "samisk": HeldFte(0.6, 2)}}
"""Two share what c holds of samisk, so neither has enough."""


def three(**changes: object) -> Problem:
    """Return a, b and c of one planner each, of whom only c has a table."""
    return line(3, disciplines=Disciplines(NEED, TABLE), weights=Weights(uncovered=7.0), **changes)


@pytest.mark.parametrize(
    ("hosts", "pairs"),
    [
        # Alone: a and b lack gis (a quarter of one planner); c lacks gis and samisk.
        ("abc", 1 + 1 + 2),
        # a and b have half a post of gis together; c adds nobody who has enough of samisk.
        ("aac", 0 + 2),
        ("bbb", 1),
        ("abb", 1 + 2 + 1),
    ],
)
def test_uncovered_by_hand(hosts, pairs):
    term = evaluate(three(), Grouping.of(dict(zip("abc", hosts, strict=True)))).terms["uncovered"]
    assert (term.value, term.minutes, term.unit) == (pairs, 7.0 * pairs, "disciplines")


def test_covers_asks_shared_offices_for_what_a_member_needs():
    asked = three(covers=("gis", "samisk"))
    together = evaluate(asked, Grouping.of({"a": "b", "b": "b", "c": "b"}))
    assert together.violations == (Violation("covers", ("c",), "b"),)
    apart = evaluate(asked, Grouping.of({"a": "b", "b": "b", "c": "c"}))
    assert (apart.violations, apart.rules["covers"]) == ((), "met")
    assert evaluate(asked, Grouping.of({"a": "a", "b": "c", "c": "c"})).violations == (
        Violation("covers", ("b", "c"), "c"),
    )
    held = replace(asked, pins=replace(asked.pins, held={"b": frozenset("abc")}))
    assert evaluate(held, Grouping.of({"a": "b", "b": "b", "c": "b"})).rules["covers"] == "excused"


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(ProblemError, match=r"limits\.covers: gsi is no discipline that anybody needs; expected some"):
        three(covers=("gsi",))
    with pytest.raises(ProblemError, match=r"weights\.uncovered: asks something of disciplines, of which nothing"):
        line(3, weights=Weights(uncovered=1.0))
    assert "uncovered" not in evaluate(line(1), Grouping.of({"a": "a"})).terms


@pytest.mark.parametrize("engine", ENGINES)
@examples(20)
@given(problem=problems(5, kroner=False), covers=st.sampled_from([(), ("plan",), ("gis", "sami")]))
def test_optimum_is_that_of_trying_everything(engine, problem, covers):
    """Disciplines always count here, beside whatever else is drawn; a tighter rule never gives a better plan."""
    need = DisciplineNeed({"plan": 0.75, "gis": 0.25}, 0.5, {"sami": frozenset(problem.ids[:2])})
    asked = replace(
        problem,
        disciplines=problem.disciplines or Disciplines(need),
        weights=replace(problem.weights, uncovered=20.0),
        limits=replace(problem.limits, covers=covers),
    )
    truth, result = brute_force(asked), solve(asked, Options(engine=engine, workers=1))
    assert (result.status == Status.INFEASIBLE) == (truth.objective is None)
    if truth.objective is not None:
        assert result.objective == pytest.approx(truth.objective, abs=1e-4)
        free = solve(replace(asked, limits=replace(asked.limits, covers=())), Options(workers=1))
        assert free.objective <= result.objective + 1e-4


def test_engines_agree_on_a_region_and_a_price_leaves_fewer_uncovered():
    region = country(14, 3, max_minutes=70.0)
    asked = replace(region, disciplines=Disciplines(DisciplineNeed({"plan": 0.5, "gis": 0.3, "jus": 0.2})))
    found = []
    for price in (0.0, 30.0):
        priced = replace(asked, weights=replace(asked.weights, uncovered=price))
        one, *others = (solve(priced, Options(engine=engine, workers=2)) for engine in ENGINES)
        assert {one.status, *(other.status for other in others)} == {Status.OPTIMAL}
        assert [other.objective for other in others] == pytest.approx([one.objective] * len(others), abs=1e-4)
        assert one.grouping is not None
        found.append(evaluate(priced, one.grouping).terms["uncovered"].value)
    assert found[1] < found[0]
    assert np.isfinite(found).all()
