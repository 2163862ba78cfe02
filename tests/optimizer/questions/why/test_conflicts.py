"""Conflicts and relaxations against trying everything."""

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from bruteforce import brute_force, legal_offices
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.problem import Limits, Pins, Problem, ProblemError
from optimizer.questions.any_plan import stranded
from optimizer.questions.why.conflicts import conflicts
from optimizer.questions.why.easings import Change, easings, loosened, with_value
from optimizer.questions.why.parts import Part, broken_by, only, parts_of
from optimizer.solve import Options, Status

ONE = Options(workers=1)


def is_feasible(problem: Problem, kept: frozenset[Part]) -> bool:
    try:
        return brute_force(only(problem, kept)).objective is not None
    except ProblemError:
        return False


def subsets(parts: tuple[Part, ...], size: int) -> list[frozenset[Part]]:
    return [frozenset(chosen) for chosen in combinations(parts, size)]


@st.composite
def infeasible_problems(draw: st.DrawFn, most: int = 5) -> Problem:
    """Problems that ask too much: everything hard, and pins that were drawn for a looser problem."""
    problem = draw(problems(most))
    limits = replace(
        problem.limits,
        max_minutes=draw(st.sampled_from([5.0, 20.0, 40.0])),
        min_members=draw(st.integers(1, 2)),
        max_members=draw(st.integers(2, 3)),
        critical_mass=draw(st.sampled_from(["hard", "priced"])),
        county_lines=draw(st.sampled_from(["hard", "priced"])),
        alone_exempt=draw(st.sampled_from([False, False, True])),
        max_offices=draw(st.sampled_from([None, None, *(len(problem.pins.held) + more for more in (0, 1))])),
        min_offices=draw(st.sampled_from([None, 0, 0])),
    )
    problem = replace(problem, limits=limits)
    assume(brute_force(problem).objective is None)
    return problem


@given(infeasible_problems())
@examples(25)
def test_each_conflict_is_infeasible_and_every_proper_subset_is_feasible(problem: Problem) -> None:
    found = conflicts(problem, options=ONE)
    assert found.feasible is False
    assert found.complete or len(found.sets) == 3
    for conflict in found.sets:
        assert conflict.irreducible
        assert not is_feasible(problem, frozenset(conflict.parts))
        for part in conflict.parts:
            assert is_feasible(problem, frozenset(conflict.parts) - {part})
    first = found.sets[0]
    assert first.smallest
    assert first.at_least == len(first.parts)
    for size in range(len(first.parts)):
        assert all(is_feasible(problem, some) for some in subsets(parts_of(problem), size))
    disjoint = list(chain.from_iterable(conflict.parts for conflict in found.sets))
    assert len(disjoint) == len(set(disjoint))
    if found.complete:
        assert is_feasible(problem, frozenset(parts_of(problem)) - frozenset(disjoint))


@given(infeasible_problems(9))
@examples(6)
def test_conflicts_of_up_to_nine_municipalities(problem: Problem) -> None:
    """Without the search for the smallest, which tries too many sets of rules for so many municipalities."""
    for conflict in conflicts(problem, options=ONE).sets:
        parts = frozenset(conflict.parts)
        assert conflict.irreducible
        assert not is_feasible(problem, parts)
        assert all(is_feasible(problem, parts - {part}) for part in parts)


@given(infeasible_problems())
@examples(25)
def test_the_municipalities_named_cannot_all_be_placed_but_all_but_any_one_can(problem: Problem) -> None:
    conflict = conflicts(problem, most=1, options=ONE).sets[0]
    assert conflict.municipalities is not None
    try:
        kept = only(problem, conflict.parts)
    except ProblemError:
        return
    named = set(conflict.municipalities)
    assert not can_place(kept, named)
    assert all(can_place(kept, named - {one}) for one in named)
    for one in conflict.without_office:
        assert all(one not in members for members in legal_offices(kept))


def can_place(problem: Problem, wanted: set[str]) -> bool:
    """Return whether disjoint legal offices hold the municipalities wanted, within the limits on offices."""
    offices = [frozenset(members) for members in legal_offices(problem)]
    least, most = problem.limits.min_offices or 0, problem.limits.max_offices
    most = len(problem.ids) if most is None else most

    def search(start: int, taken: frozenset[str], shared: int) -> bool:
        if wanted <= taken and least <= shared <= most:
            return True
        return any(
            search(k + 1, taken | offices[k], shared + (len(offices[k]) > 1))
            for k in range(start, len(offices))
            if not offices[k] & taken
        )

    return search(0, frozenset(), 0)


@given(infeasible_problems())
@examples(25)
def test_relaxations_are_all_the_fewest_changes_each_by_as_little_as_will_do(problem: Problem) -> None:
    found = easings(problem, options=ONE)
    parts = parts_of(problem)
    everything = frozenset(parts)
    size = next(
        k
        for k in range(1, len(parts) + 1)
        if any(is_feasible(problem, everything - some) for some in subsets(parts, k))
    )
    expected = {some for some in subsets(parts, size) if is_feasible(problem, everything - some)}
    # A pin that goes may leave a host too small: then that is no way after all.
    possible = {some for some in expected if brute_force(loosened(problem, some)).objective is not None}
    assert found.complete == (possible == expected)
    dropped = {frozenset(c.part for c in way.changes if c.part) for way in found.found}
    assert dropped - {frozenset()} == possible
    for way in found.found:
        truth = brute_force(way.problem)
        assert way.result.status == Status.OPTIMAL
        assert way.result.objective == pytest.approx(truth.objective, abs=1e-4)
        assert [c for c in way.changes if c.nearest] or way.changes[0].after == "off" or way.changes[0].part
        if len(way.changes) == 1:
            check_nearest(problem, way.changes[0])
    costs = [way.result.objective for way in found.found if len(way.changes) == size]
    assert costs == sorted(costs)


def check_nearest(problem: Problem, change: Change) -> None:
    """Any value nearer to what was asked leaves no plan."""
    part, before, after = change.part, change.before, change.after
    if part is None or part.is_pin or isinstance(after, str | bool):
        return
    if change.setting == "may_host":
        others = [i for i, may in zip(problem.ids, problem.may_host, strict=True) if not may]
        for fewer in combinations(others, max(0, len(change.ids) - 1)):
            may = problem.may_host | np.isin(problem.ids, fewer)
            assert brute_force(replace(problem, may_host=may)).objective is None
        return
    nearer = (float(before) + float(after)) / 2
    just_short = float(after) + (1e-4 if float(after) < float(before) else -1e-4)
    for value in (nearer, just_short) if part.rule in {"max_minutes", "min_office_fte", "max_office_need_fte"} else ():
        if value >= 0 and abs(float(after) - float(before)) > 1e-3:
            assert brute_force(with_value(problem, part, value)).objective is None
    if isinstance(after, int) and abs(after - int(before)) > 1:
        step = after + (1 if after < int(before) else -1)
        assert brute_force(with_value(problem, part, step)).objective is None


@given(problems(6))
@examples(25)
def test_parts_put_together_give_the_problem_again_and_evaluate_sees_each(problem: Problem) -> None:
    parts = parts_of(problem)
    truth = brute_force(problem)
    assert brute_force(only(problem, parts)).objective == truth.objective
    for plan in truth.groupings[:3]:
        assert broken_by(problem, plan, parts) == frozenset()
    for part in parts:
        for plan in brute_force(only(problem, frozenset(parts) - {part})).groupings[:3]:
            assert broken_by(problem, plan, parts) <= {part}
        assert brute_force(loosened(problem, [part])).partitions is not None


@given(problems(6))
@examples(30)
def test_a_feasible_problem_has_no_conflict(problem: Problem) -> None:
    truth = brute_force(problem)
    assume(truth.objective is not None)
    found = conflicts(problem, options=ONE)
    assert found.feasible
    assert found.sets == ()
    assert broken_by(problem, found.plan, parts_of(problem)) == frozenset()
    assert easings(problem, options=ONE).found == ()


def row_of(n: int, **changes: object) -> Problem:
    """Municipalities in a row, ten minutes apart, one årsverk each."""
    places = np.arange(n) * 10.0
    links = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) == 1
    ids = tuple(f"110{i}" for i in range(n))
    settings = {
        "ids": ids, "names": ids, "counties": ("11",) * n, "statsforvaltere": ("Rogaland",) * n,
        "minutes": np.abs(places[:, None] - places[None, :]), "links": links,
        "planner_fte": np.ones(n), "need_fte": np.full(n, 2.0), "fixed_need_fte": np.zeros(n), "trips": np.ones(n),
        "takes_part": np.ones(n, dtype=bool), "may_host": np.ones(n, dtype=bool),
    }  # fmt: skip
    return Problem(**(settings | changes))


def test_two_pins_in_conflict_with_a_limit_are_named() -> None:
    problem = row_of(
        5,
        limits=Limits(max_members=3, min_office_fte=0, contiguity="off"),
        pins=Pins(together=(frozenset({"1100", "1101"}), frozenset({"1103", "1104"})), fixed={"1101": "1103"}),
    )
    found = conflicts(problem, options=ONE)
    [conflict] = found.sets
    assert {part.rule for part in conflict.parts} == {"max_members", "together", "fixed"}
    assert len(conflict.parts) == 4
    assert conflict.smallest
    ways = easings(problem, options=ONE)
    by_setting = {way.changes[0].setting: way for way in ways.found}
    assert by_setting["limits.max_members"].changes[0].after == 4
    assert {way.changes[0].ids for way in ways.found if way.changes[0].setting == "pins.fixed"} == {("1101", "1103")}
    assert sum(way.changes[0].setting == "pins.together" for way in ways.found) == 2


def test_an_island_that_must_share_names_itself_and_its_distance() -> None:
    problem = row_of(4, limits=Limits(max_minutes=15, min_members=2, min_office_fte=0, contiguity="off"))
    far = problem.minutes.copy()
    far[3, :3] += 100
    far[:3, 3] += 100
    problem = replace(problem, minutes=far)
    [conflict] = conflicts(problem, options=ONE).sets
    assert {part.rule for part in conflict.parts} == {"max_minutes", "min_members"}
    assert conflict.municipalities == ("1103",)
    assert conflict.without_office == ("1103",)
    after = {way.changes[0].setting: way.changes[0].after for way in easings(problem, options=ONE).found}
    assert after == {"limits.max_minutes": 110, "limits.min_members": 1, "limits.alone_exempt": True}


@pytest.mark.parametrize(
    ("pins", "who"),
    [(Pins(fixed={"1105": "1100"}), ("1105",)), (Pins(together=(frozenset({"1100", "1105"}),)), ("1100", "1105"))],
)
def test_whom_a_pin_ties_across_water_is_named_without_listing_offices(pins: Pins, who: tuple[str, ...]) -> None:
    problem = row_of(6, limits=Limits(max_minutes=1000, max_members=6, min_office_fte=0), pins=pins)
    links = problem.links.copy()
    links[4, 5] = links[5, 4] = False
    problem = replace(problem, links=links)
    assert stranded(problem) == who
    assert not any(can_place(problem, {id_}) for id_ in who)
    [conflict] = conflicts(problem, options=Options(workers=1, max_groups=1)).sets
    assert {part.rule for part in conflict.parts} == {"contiguity", *(["fixed"] if pins.fixed else ["together"])}
    assert conflict.without_office == who
    assert conflict.municipalities == who[:1]


def test_without_time_nothing_is_claimed() -> None:
    problem = row_of(6, limits=Limits(max_minutes=15, min_members=4, max_members=4, min_office_fte=0))
    found = conflicts(problem, budget=Budget(time_limit=0.0))
    assert found.feasible is None
    assert found.sets == ()
    ways = easings(problem, budget=Budget(time_limit=0.0), options=Options(workers=1))
    assert ways.found == ()
    assert not ways.complete
