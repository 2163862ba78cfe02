"""The steps of a selection one by one, on lists small enough to see what each must do."""

import threading
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from cases import line

from optimizer.budget import Budget, Progress
from optimizer.engines import selection
from optimizer.engines.candidates import CandidatePool, SideRow
from optimizer.engines.certificate import Certificate
from optimizer.engines.exact import PartitionAnswer, PartitionQuestion
from optimizer.engines.listing import find_groups
from optimizer.engines.selection import Selection, keeps_sides, violated
from optimizer.grouping import Grouping
from optimizer.units import UNITS_PER_MINUTE


def pool_of(offices: dict[tuple[int, ...], int], n: int = 3) -> CandidatePool:
    """Return a list of offices with their costs, the host first."""
    width = max(map(len, offices))
    members = np.array([office + (n,) * (width - len(office)) for office in offices], dtype=np.int16)
    return CandidatePool(
        tuple("abcdef"[:n]), members, np.array([*offices.values()]), np.zeros(len(members), dtype=bool)
    )


def plan_of(found: Selection) -> dict[str, str]:
    assert found.plan is not None
    return dict(found.plan.grouping.host_of)


def test_a_known_plan_is_taken_at_its_own_hosts_or_else_at_the_best_in_the_list() -> None:
    offices = {(0,): 9, (1,): 9, (2,): 9, (0, 1): 5, (1, 0): 7, (0, 1, 2): 40}
    known = Grouping.of({"a": "b", "b": "b", "c": "c"})
    found = Selection(pool_of(offices), Budget())
    found.start(known)
    assert plan_of(found) == known.host_of
    elsewhere = Selection(pool_of({one: cost for one, cost in offices.items() if one != (1, 0)}), Budget())
    elsewhere.start(known)
    assert plan_of(elsewhere) == {"a": "a", "b": "a", "c": "c"}
    nowhere = Selection(pool_of({(0,): 9, (1,): 9, (2,): 9}), Budget())
    nowhere.start(known)
    assert nowhere.plan is None


def test_a_list_that_is_not_whole_bounds_nothing() -> None:
    pool = find_groups(line(3))
    whole, part = (Selection(replace(pool, complete=complete), Budget()) for complete in (True, False))
    for one in (whole, part):
        one.run()
    assert whole.best == part.best
    assert whole.bound == whole.best
    assert (part.bound, part.proved, part.ties) == (0, False, "open")


def told(pool: CandidatePool, stage: str) -> list[Progress]:
    """Return what a selection says of one of its steps."""
    said: list[Progress] = []
    Selection(pool, Budget(report=said.append)).run()
    return [one for one in said if one.stage == stage]


def test_what_is_told_on_the_way() -> None:
    pool = find_groups(line(3))
    [relaxed] = told(pool, "linear relaxation")
    assert relaxed.note == f"{len(pool)} of {len(pool)} offices"
    assert relaxed.bound == pytest.approx(20, abs=0.01)
    nobody = pool_of({(0, 1): 5, (1, 2): 5})
    assert [one.bound for one in told(nobody, "linear relaxation")] == [None], "without a plan no bound is told"
    odd = pool_of({(0, 1): 10, (1, 2): 10, (0, 2): 10, (0,): 9, (1,): 9, (2,): 9, (0, 1, 2): 19})
    assert [one.note for one in told(odd, "exact search")][:1] == ["7 offices left"]


def test_a_first_plan_is_looked_for_in_ever_more_offices(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cheapest two by reduced cost place not everybody; of four times as many some do."""
    pool = pool_of({(0, 1): 1, (1, 2): 1, (0,): 10, (1,): 10, (2,): 10, (0, 1, 2): 30})
    monkeypatch.setattr(selection, "FIRST_COLUMNS", 1)
    monkeypatch.setattr(selection, "packed", lambda _: None)
    found = Selection(pool, Budget())
    found.column_generation()
    found.first_plan()
    assert found.best == 11
    asked: list[int] = []
    answer = PartitionAnswer(None, 0, finished=True)
    monkeypatch.setattr(selection, "cheapest", lambda pool, *_: asked.append(len(pool)) or answer)
    for most in (16_000, 4):
        monkeypatch.setattr(selection, "MOST_FIRST_COLUMNS", most)
        Selection(pool, Budget()).first_plan()
    assert asked == [1, 4, 6, 1, 4], "until all were looked at, or as many as may be"


def test_columns_come_into_a_large_list_worst_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one column a round the relaxation ends where it does with all at once."""
    pool = find_groups(line(6))
    whole = Selection(pool, Budget())
    whole.column_generation()
    monkeypatch.setattr(selection, "ALL_AT_ONCE", 1)
    monkeypatch.setattr(selection, "COLUMNS_A_ROUND", 1)
    seen: list[int] = []
    take = CandidatePool.take
    monkeypatch.setattr(CandidatePool, "take", lambda pool, rows: seen.append(len(rows)) or take(pool, rows))
    some = Selection(pool, Budget())
    some.column_generation()
    assert some.bound == pytest.approx(whole.bound, abs=UNITS_PER_MINUTE / 1000)
    assert all(later - earlier == 1 for earlier, later in pairwise(seen))
    assert seen[-1] < len(pool)


def test_the_search_looks_at_what_may_be_better_only(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = find_groups(line(3))
    found = Selection(pool, Budget())
    found.column_generation()
    asked: list[int] = []
    ask = selection.cheapest
    monkeypatch.setattr(selection, "cheapest", lambda pool, *rest: asked.append(len(pool)) or ask(pool, *rest))
    found.search()
    assert asked == [len(pool)], "without a plan in all"
    again = Selection(pool, Budget())
    again.column_generation()
    again.accept(found.plan)
    again.search()
    assert asked[1] == len(again.usable(found.best)) < len(pool)


def test_ties_are_looked_for_at_the_cost_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another plan is as good, the first is taken; where none is, that is said."""
    best = {(0, 1): 5, (2,): 4, (1, 2): 5, (0,): 4, (1,): 8}
    found = Selection(pool_of(best), Budget(), workers=3)
    asked: list[tuple[int | None, int]] = []
    ask = selection.cheapest

    def noted(pool: CandidatePool, question: PartitionQuestion, budget: Budget, workers: int) -> PartitionAnswer:
        asked.append((question.at_most, workers))
        return ask(pool, question, budget, workers)

    monkeypatch.setattr(selection, "cheapest", noted)
    found.run()
    assert (found.ties, plan_of(found)) == ("first in id order", {"a": "a", "b": "a", "c": "c"})
    assert set(asked[-2:]) == {(9, 3)}
    alone = Selection(pool_of(best | {(1, 2): 6}), Budget())
    alone.run()
    assert alone.ties == "unique"
    pool = replace(pool_of(best | {(1, 2): 6}), tied=np.array([True, False, False, False, False]))
    hosted = Selection(pool, Budget())
    hosted.run()
    assert hosted.ties == "first in id order"


def test_the_first_of_ties_by_the_hosts_of_all() -> None:
    """Four in two pairs, in each of which both hosts, and both pairings, are as good."""
    pairs = {(i, j): 5 for i in range(4) for j in range(4) if i != j}
    found = Selection(pool_of(pairs, 4), Budget())
    found.run()
    assert found.ties == "first in id order"
    assert plan_of(found) == {"a": "a", "b": "a", "c": "c", "d": "c"}


def test_who_is_stopped_before_ties_leaves_them_open() -> None:
    stop = threading.Event()
    stop.set()
    found = Selection(pool_of({(0,): 1, (1,): 1, (2,): 1}), Budget(stop=stop))
    found.run()
    assert found.ties == "open"


@pytest.mark.parametrize(
    ("least", "most", "kept"), [(2, 2, True), (None, 2, True), (2, None, True), (3, None, False), (None, 1, False)]
)
def test_a_limit_is_kept_up_to_its_ends(least: int | None, most: int | None, kept: bool) -> None:
    plan = pool_of({(0,): 1, (1, 2): 1}).limited(SideRow("x", np.array([1, 1]), least, most))
    assert keeps_sides(plan) == kept


def test_cuts_that_are_broken() -> None:
    """Three pairs of three municipalities, half of each: of the three at most one holds two."""
    pool = pool_of({(0, 1): 1, (1, 2): 1, (2, 0): 1})
    assert violated(pool, np.full(3, 0.5), set()) == [(0, 1, 2)]
    assert violated(pool, np.full(3, 0.5), {(0, 1, 2)}) == []
    assert violated(pool, np.full(3, (1 + selection.VIOLATED) / 3 - 1e-9), set()) == []
    assert violated(pool, np.array([1.0, 0.0, 0.0]), set()) == []
    four = pool_of({(0, 1, 3): 1, (1, 2): 1, (2, 0): 1}, 4)
    assert violated(four, np.array([0.5, 0.5, 0.5]), set()) == [(0, 1, 2)]


ODD = pool_of({(0, 1): 10, (1, 2): 10, (0, 2): 10, (0,): 9, (1,): 9, (2,): 9, (0, 1, 2): 19})
"""Half of each pair costs 15, a whole plan 19: only a cut lifts the bound."""


def test_each_step_tells_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[Progress] = []
    found = Selection(ODD, Budget(report=said.append))
    found.run()
    steps = [(one.stage, one.note, one.objective, one.bound) for one in said if one.note != "better plan"]
    best = 19 / UNITS_PER_MINUTE
    assert steps == [
        ("linear relaxation", "7 of 7 offices", best, 15 / UNITS_PER_MINUTE),
        ("cuts", "0 cuts, 7 offices left", best, 15 / UNITS_PER_MINUTE),
        ("cuts", "1 cuts, 7 offices left", best, 16 / UNITS_PER_MINUTE),
        ("exact search", "7 offices left", best, 16 / UNITS_PER_MINUTE),
    ]
    assert [*found.budget.seconds] == ["linear relaxation", "first plan", "cuts", "exact search", "ties"]
    assert found.certificate.reduced.dtype == np.int64, "a proof is in whole numbers"
    monkeypatch.setattr(selection, "packed", lambda _: None)
    assert [one.note for one in told(ODD, "first plan")] == ["from 7 of 7 offices"]


def test_what_is_too_much_to_search_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for most, searched in ((len(ODD), 19), (len(ODD) - 1, 0)):
        monkeypatch.setattr(selection, "MOST_SEARCHED", most)
        found = Selection(ODD, Budget())
        found.search()
        assert found.searched == searched


def test_a_search_proves_no_more_than_that_nothing_is_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was dropped before is only dearer than the plan: what is left says nothing of it."""
    for proved, searched in ((4, 4), (7, 5)):
        answer = PartitionAnswer(None, proved, finished=True)
        monkeypatch.setattr(selection, "cheapest", lambda *_, answer=answer: answer)
        found = Selection(pool_of({(0,): 9, (1,): 9, (2,): 9}), Budget())
        found.accept(pool_of({(0, 1): 3, (2,): 2}))
        found.search()
        assert found.searched == searched


def test_the_same_offices_at_another_host_are_another_plan() -> None:
    found = Selection(pool_of({(1, 0): 5, (0, 1): 5, (2,): 4}), Budget())
    found.run()
    assert (found.ties, plan_of(found)) == ("first in id order", {"a": "a", "b": "a", "c": "c"})


def test_of_equal_values_the_first_are_taken() -> None:
    assert selection.smallest(-(np.arange(1000) % 3), 4).tolist() == [2, 5, 8, 11]


def test_more_than_any_plan_costs() -> None:
    assert selection.prohibitive_cost(pool_of({(0,): 3, (1,): 4, (0, 1): 9, (2,): 2})) == 9 + 9 + 2 + UNITS_PER_MINUTE


def test_offices_stay_that_a_plan_up_to_the_cost_to_keep_to_may_use() -> None:
    pool = pool_of({(0, 1): 5, (2,): 4, (0,): 4, (1,): 8, (1, 2): 30})
    for keep_to, left in ((0, 3), (9, 3), (10, 4), (52, 4), (53, 5)):
        found = Selection(pool, Budget(), keep_to=keep_to)
        found.certificate = Certificate(3, np.array([0, 2, 6, 7, 50]), np.zeros(5, dtype=np.int64))
        found.drop()
        assert len(found.pool) == 5, "without a plan all may be needed"
        found.accept(pool.take(np.array([0, 1])))
        assert found.usable(9).tolist() == [0, 1, 2]
        found.drop()
        assert (len(found.pool), len(found.certificate.reduced), found.certificate.bound) == (left, left, 3)


def test_what_stands_in_the_way_of_a_plan_is_named() -> None:
    nobody = Selection(pool_of({(0, 1): 5, (1, 2): 5}), Budget())
    nobody.run()
    assert (nobody.infeasible, nobody.plan, nobody.ties, nobody.proved) == (True, None, "open", False)
    singles = pool_of({(0,): 1, (1,): 1, (2,): 1})
    few = Selection(singles.limited(SideRow("offices", np.ones(3, dtype=np.int64), most=2)), Budget())
    few.run()
    assert (few.infeasible, few.plan) == (True, None)
    searched = Selection(singles.limited(SideRow("offices", np.ones(3, dtype=np.int64), most=2)), Budget())
    searched.search()
    assert len(searched.unplaced) + len(searched.broken) == 1
    placed = Selection(pool_of({(0, 1): 5, (1, 2): 5}), Budget())
    placed.search()
    assert len(placed.unplaced) == 1
    assert placed.infeasible


def test_a_plan_is_taken_only_if_it_is_better_and_keeps_the_limits() -> None:
    found = Selection(pool_of({(0,): 1, (1,): 1, (2,): 1}), Budget())
    dear, good, same = (pool_of({(0,): cost, (1, 2): 4}) for cost in (9, 1, 1))
    for plan, best in ((dear, 13), (good, 5), (dear, 5), (same, 5)):
        found.accept(plan)
        assert found.best == best
    assert found.plan is good
    found.accept(pool_of({(0, 1, 2): 1}).limited(SideRow("offices", np.array([0]), least=1)))
    assert found.plan is good
