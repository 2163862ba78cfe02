"""What questions and answers show of themselves: one line, and rows that say what their fields say."""

from dataclasses import replace

import pytest
from cases import line

from optimizer.grouping import Grouping
from optimizer.judging.comparison import compare
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Limits, Pins
from optimizer.questions.alternatives import alternatives
from optimizer.questions.firmness import firmness
from optimizer.questions.tradeoff.frontier import frontier
from optimizer.shown import Shown
from optimizer.solve import solve

PROBLEM = line(5)
PAIRS = Grouping.of({"a": "a", "b": "a", "c": "c", "d": "c", "e": "e"})


def everything() -> list[Shown]:
    result = solve(PROBLEM)
    assert result.grouping is not None
    return [
        PROBLEM,
        PAIRS,
        evaluate(PROBLEM, PAIRS),
        result,
        alternatives(PROBLEM, k=2, min_moved=1, within=5.0),
        frontier(PROBLEM, "travel", "alone", 3),
        firmness(PROBLEM),
        compare(PROBLEM, {"pairs": PAIRS, "best": result.grouping}),
    ]


def test_lines() -> None:
    """Short, one line, no arrays, and what they say is right."""
    best = solve(PROBLEM)
    assert repr(PROBLEM) == "<Problem: 5 municipalities of 5 to group>"
    assert repr(line(1)) == "<Problem: 1 municipality of 1 to group>"
    assert repr(PAIRS) == "<Grouping: 5 municipalities in 2 shared offices, 1 alone>"
    judged = evaluate(PROBLEM, PAIRS)
    assert repr(judged) == (
        f"<Evaluation: {judged.objective:.2f} minutes-equivalents, {PAIRS.in_short()}, 0 violations>"
    )
    assert best.grouping is not None
    assert repr(best) == f"<Result: optimal, {best.objective:.2f} minutes-equivalents, {best.grouping.in_short()}>"
    for shown in everything():
        assert "\n" not in repr(shown)
        assert len(repr(shown)) < 200


def test_a_plan_that_is_not_proved_has_its_bound() -> None:
    result = replace(solve(PROBLEM), status="feasible", bound=1.0)
    assert ", no plan below 1.00 minutes-equivalents, " in repr(result)


def test_no_plan() -> None:
    """Infeasible is a result; it has no rows."""
    problem = replace(PROBLEM, limits=replace(Limits(), min_offices=4))
    result = solve(problem)
    for shown in (result, alternatives(problem), frontier(problem), firmness(problem)):
        assert "infeasible" in repr(shown)
        assert shown.to_frame().empty
        assert "<table" not in shown._repr_html_()


def test_no_field_is_printed_by_itself() -> None:
    """A class that has rows prints its line, not its fields: none forgets ``repr=False``."""
    for shown in everything():
        assert type(shown).__repr__ is Shown.__repr__


def test_frames() -> None:
    """Rows by the first column; the values are those of the fields."""
    problem = replace(PROBLEM, pins=Pins(leave_out=frozenset("e")))
    table = problem.to_frame()
    assert table.index.name == "kommunenummer"
    assert list(table.index) == list("abcde")
    assert list(table["takes_part"]) == [True, True, True, True, False]
    assert table["need_fte"].sum() == problem.need_fte.sum()

    table = PAIRS.to_frame()
    assert dict(table["host"]) == dict(PAIRS.host_of)
    assert list(table["members"]) == [2, 2, 2, 2, 1]

    judged = evaluate(PROBLEM, PAIRS)
    table = judged.to_frame()
    assert list(table.index) == ["a", "c", "e"]
    assert table["minutes_equivalents"].sum() == pytest.approx(judged.objective)

    assert dict(solve(PROBLEM).to_frame()["host"]) == dict(solve(PROBLEM).grouping or {})

    found = alternatives(PROBLEM, k=2, min_moved=1, within=5.0)
    assert list(found.to_frame()["objective"]) == [plan.objective for plan in found.plans]
    assert list(found.to_frame()["moved"]) == [0, *(len(plan.moved[0]) for plan in found.plans[1:])]

    front = frontier(PROBLEM, "travel", "alone", 3)
    assert list(front.to_frame()["alone"]) == [point.second for point in front.points]

    firm = firmness(PROBLEM)
    assert dict(firm.to_frame()["companions"]) == dict(firm.companions)

    compared = compare(PROBLEM, {"pairs": PAIRS, "same": PAIRS})
    assert list(compared.to_frame()["moved"]) == [0, 0]
    assert list(compared.to_frame()["objective"]) == [judged.objective] * 2


def test_in_a_notebook() -> None:
    """The line and a table that stays short; names are text, never markup."""
    problem = replace(line(5), names=("<b>A</b>", "B", "C", "D", "E"))
    shown = problem._repr_html_()
    assert "5 municipalities of 5 to group" in shown
    assert "<b>A</b>" not in shown
    assert "&lt;b&gt;A&lt;/b&gt;" in shown
    many = Grouping.of({f"{number:04}": f"{number:04}" for number in range(400)})
    assert len(many._repr_html_()) < 4000
