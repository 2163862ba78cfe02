"""What-if against trying everything."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from bruteforce import OF_THE_WHOLE, active_ids, brute_force, legal_offices, partitions
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.engines.listing import find_groups
from optimizer.grouping import Grouping
from optimizer.judging.difference import difference
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Limits, Pins, Problem, ProblemError
from optimizer.questions.why.explain import Asker, PlaceOption, PlaceStop, WhatIf, in_place, what_if
from optimizer.questions.why.inclusion import BoundedPlan
from optimizer.questions.why.one_office import OfficeQuestions, Place, pinned
from optimizer.questions.why.parts import LISTED_RULES, Part, only, parts_of
from optimizer.solve import Options, Status, solve

ONE = Options(workers=1)
CLOSE = 1e-4


def best_in_place(problem: Problem, place: Place) -> float | None:
    """Return the cost of the best grouping with the municipality in its place."""
    offices = legal_offices(problem)
    best = {members: min(costs.values()) for members, costs in offices.items()}
    costs = []
    for partition in partitions(problem, offices):
        [own] = [members for members in partition if place.municipality in members]
        if place.host not in offices[own] or (place.kind == "alone") != (len(own) == 1):
            continue
        costs.append(sum(best[members] for members in partition if members != own) + offices[own][place.host])
    return min(costs, default=None)


def office_exists(problem: Problem, place: Place, kept: frozenset[Part]) -> bool:
    """Return whether a single office keeps these parts, as far as the pins let it be in a plan."""
    try:
        problem = only(problem, kept)
    except ProblemError:
        return False
    return any(fits(problem, place, members) for members in member_sets(problem, place))


def member_sets(problem: Problem, place: Place) -> Iterator[tuple[str, ...]]:
    asked = {place.municipality, place.host}
    others = [i for i in active_ids(problem) if i not in asked]
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            members = tuple(sorted({*asked, *more}))
            if (place.kind == "alone") == (len(members) == 1):
                yield members


def fits(problem: Problem, place: Place, members: tuple[str, ...]) -> bool:
    judgement = evaluate(problem, Grouping.of(dict.fromkeys(members, place.host)))
    if any(violation.rule not in OF_THE_WHOLE for violation in judgement.violations):
        return False
    inside, pins = set(members), problem.pins
    return all(0 in {len(pin & inside), len(pin - inside)} for pin in pins.together) and all(
        (host == place.host) == (id_ in inside) and (host == place.host or host not in inside)
        for id_, host in pins.fixed.items()
    )


@st.composite
def explained(draw: st.DrawFn, most: int = 6) -> tuple[Problem, str, WhatIf]:
    problem = draw(problems(most))
    if draw(st.booleans()):
        problem = replace(problem, limits=replace(problem.limits, max_minutes=draw(st.sampled_from([10.0, 30.0]))))
    municipality = draw(st.sampled_from(active_ids(problem)))
    base = solve(problem, ONE)
    assume(base.grouping is not None)
    return problem, municipality, what_if(problem, municipality, base, horizon=1e9, options=ONE)


@given(explained())
@examples(25)
def test_every_option_costs_what_trying_everything_says(case: tuple[Problem, str, WhatIf]) -> None:
    options_agree(*case)


@given(explained(9))
@examples(3)
def test_every_option_of_up_to_nine_municipalities(case: tuple[Problem, str, WhatIf]) -> None:
    options_agree(*case)


def options_agree(problem: Problem, municipality: str, answer: WhatIf) -> None:
    lowest = brute_force(problem).objective
    journeys = problem.minutes[problem.index[municipality]]
    reachable = {h for h in active_ids(problem) if np.isfinite(journeys[problem.index[h]])}
    assert {o.place.host for o in answer.options if o.place.kind == "host"} >= reachable - {municipality}
    assert {o.place.kind for o in answer.options} >= {"own", "alone"}
    assert [o.is_now for o in answer.options] == [True] + [False] * (len(answer.options) - 1)
    for option in answer.options:
        expected = best_in_place(problem, option.place)
        if expected is None:
            assert option.status == Status.INFEASIBLE
            assert option.grouping is None
            continue
        assert option.status == Status.OPTIMAL
        assert option.difference.total == pytest.approx(expected - lowest, abs=CLOSE)
        assert option.at_least == pytest.approx(expected - lowest, abs=CLOSE)
        check_option(municipality, answer, option)


def check_option(municipality: str, answer: WhatIf, option: PlaceOption) -> None:
    assert not option.evaluation.violations
    assert option.grouping.host_of[municipality] == option.place.host
    assert (len(option.office.members) == 1) == (option.place.kind == "alone")
    change = option.difference
    assert sum(term.minutes for term in change.terms) == pytest.approx(change.total, abs=CLOSE)
    paid = sum(o.minutes_equivalents for o in change.after) - sum(o.minutes_equivalents for o in change.before)
    assert paid == pytest.approx(change.total, abs=CLOSE)
    assert tuple(move.municipality for move in change.moves) == answer.grouping.moved(option.grouping)


@given(explained())
@examples(25)
def test_every_reason_is_one(case: tuple[Problem, str, WhatIf]) -> None:
    problem, _, answer = case
    for option in answer.options:
        if option.status != Status.INFEASIBLE:
            assert option.stops == ()
            continue
        assert option.stops
        for stop in option.stops:
            check_stop(problem, option.place, stop)


def check_stop(problem: Problem, place: Place, stop: PlaceStop) -> None:
    parts = frozenset(stop.parts)
    assert not plan_exists(problem, place, parts)
    assert stop.irreducible
    if stop.whole_plan:
        assert office_exists(problem, place, frozenset(p for p in parts_of(problem) if p.rule not in OF_THE_WHOLE))
        assert all(plan_exists(problem, place, parts - {part}) for part in parts)
        return
    if stop.parts and stop.parts[0].rule == "held":
        assert {place.municipality, place.host} & set(problem.pins.held_at)
        return
    assert not office_exists(problem, place, parts)
    assert all(office_exists(problem, place, parts - {part}) for part in parts)
    if len(parts) == 1 and stop.parts[0].limit is not None:
        everything = frozenset(p for p in parts_of(problem) if p.rule not in OF_THE_WHOLE)
        check_value(problem, place, stop.parts[0], stop.found, frozenset())
        check_value(problem, place, stop.parts[0], stop.nearest, everything - parts)


def check_value(problem: Problem, place: Place, part: Part, value: float | None, kept: frozenset[Part]) -> None:
    """Check that the limit at this value leaves an office, and a slightly tighter one does not."""
    if value is None:
        shares = place.kind != "alone" and any(one.rule in LISTED_RULES for one in kept)
        assert shares or not office_exists(problem, place, kept)
        return
    whole = part.rule in {"min_members", "max_members"}
    step = (1 if part.rule.startswith("min") else -1) * (1 if whole else 1e-3)
    for limit, expected in ((value, True), (value + step, False)):
        figure = int(limit) if whole else limit
        limits = Limits(**(vars(problem.limits) | {part.rule: figure}))
        exempt = place.kind == "alone" and limits.alone_exempt
        if not limits.faults() and (expected or not exempt):
            changed = replace(problem, limits=limits)
            assert office_exists(changed, place, kept | {replace(part, limit=figure)}) is expected


def plan_exists(problem: Problem, place: Place, kept: frozenset[Part]) -> bool:
    try:
        return best_in_place(pinned(problem, place, kept), place) is not None
    except ProblemError:
        return False


@given(problems(6), st.data())
@examples(25)
def test_the_model_of_one_office_agrees_with_trying_all_offices(problem: Problem, data: st.DataObject) -> None:
    ids = active_ids(problem)
    municipality = data.draw(st.sampled_from(ids))
    host = data.draw(st.sampled_from(ids))
    kind = "host" if host != municipality else data.draw(st.sampled_from(["own", "alone"]))
    assume(not {municipality, host} & set(problem.pins.held_at))
    place = Place(municipality, host, kind)
    parts = tuple(p for p in parts_of(problem) if p.rule not in OF_THE_WHOLE)
    kept = frozenset(data.draw(st.sets(st.sampled_from(parts)))) if parts else frozenset()
    office = OfficeQuestions(parts, Budget(), problem=problem, place=place)
    if np.isfinite(problem.minutes[problem.index[municipality], problem.index[host]]):
        assert office.feasible(kept) is office_exists(problem, place, kept)
    for part in kept:
        if part.limit is not None:
            check_value(problem, place, part, office.attainable(part, kept), kept - {part})


@given(explained())
@examples(25)
def test_what_opens_a_shared_office_does_so_and_the_optimum_includes_it_later(
    case: tuple[Problem, str, WhatIf],
) -> None:
    problem, municipality, answer = case
    everything = frozenset(p for p in parts_of(problem) if p.rule not in OF_THE_WHOLE)
    places = [Place(municipality, h, "own" if h == municipality else "host") for h in active_ids(problem)]
    in_pool = any(municipality in members and len(members) > 1 for members in legal_offices(problem))
    assert answer.can_share is in_pool
    for opening in answer.openings:
        left = everything - set(opening.parts)
        assert any(office_exists(problem, place, left) for place in places)
        assert not in_pool
        if len(opening.parts) == 1 and opening.value is not None:
            place = next(p for p in places if p.host == opening.host)
            check_value(problem, place, opening.parts[0], opening.value, left)
    if not in_pool and len(answer.office.members) == 1:
        helps = {p for p in everything if any(office_exists(problem, place, everything - {p}) for place in places)}
        assert helps == {o.parts[0] for o in answer.openings if len(o.parts) == 1}
    if answer.inclusion is not None:
        check_inclusion(problem, municipality, answer)


def check_inclusion(problem: Problem, municipality: str, answer: WhatIf) -> None:
    found = answer.inclusion
    active = [problem.index[i] for i in active_ids(problem)]
    minutes = problem.minutes[np.ix_(active, active)]
    asked = problem.limits.max_minutes
    values = [asked, *np.unique(minutes[(minutes > asked) & (minutes <= found.searched_to)])]
    included = []
    for value in values:
        wider = replace(problem, limits=replace(problem.limits, max_minutes=float(value)))
        truth = brute_force(wider).objective
        places = [Place(municipality, h, "own" if h == municipality else "host") for h in active_ids(problem)]
        costs = [cost for place in places if (cost := best_in_place(wider, place)) is not None]
        included.append(bool(costs) and min(costs) <= truth + CLOSE / 2)
    expected = next((value for value, yes in zip(values, included, strict=True) if yes), None)
    assert found.minutes == expected
    assert found.minutes is None or found.proved


def test_a_stranger_and_a_missing_plan_are_refused() -> None:
    problem = small()
    base = solve(problem, ONE)
    with pytest.raises(ProblemError, match="9999"):
        what_if(problem, "9999", base)
    with pytest.raises(ProblemError, match="no plan"):
        what_if(problem, "1100", replace(base, grouping=None))


def test_without_time_nothing_is_claimed() -> None:
    problem = small()
    answer = what_if(problem, "1100", solve(problem, ONE), budget=Budget(time_limit=0.0), options=ONE)
    assert {option.status for option in answer.options if not option.is_now} <= {Status.UNKNOWN, Status.FEASIBLE}


def test_a_weak_bound_of_an_option_promises_no_less_than_the_proof_of_the_plan(monkeypatch) -> None:
    problem = small()
    base = solve(problem, ONE)
    alone = Grouping.of({id_: id_ for id_ in problem.ids})
    dearer = evaluate(problem, alone).objective - base.objective
    assert dearer > 0
    monkeypatch.setattr(Asker, "best", lambda *_: BoundedPlan(Status.FEASIBLE, alone, 0.0))
    for known, least in ((base, 0.0), (replace(base, status=Status.FEASIBLE, bound=base.objective - 1), -1.0)):
        options = [one for one in what_if(problem, "1100", known, options=ONE).options if not one.is_now]
        assert {one.status for one in options} == {Status.FEASIBLE}
        assert [one.at_least for one in options] == pytest.approx([least] * len(options))


def test_too_many_offices_are_solved_by_the_compact_model() -> None:
    problem = small(Pins(fixed={"1101": "1100"}))
    few = Options(workers=1, max_groups=2)
    answer = what_if(problem, "1101", solve(problem, few), options=few)
    statuses = {(option.place.kind, option.place.host): option.status for option in answer.options}
    assert statuses["host", "1100"] == Status.OPTIMAL
    assert statuses["host", "1102"] == Status.INFEASIBLE


def test_a_plan_without_room_names_who_cannot_be_placed() -> None:
    problem = small()
    problem = replace(problem, limits=replace(problem.limits, min_members=2, max_members=2, max_minutes=10))
    answer = what_if(problem, "1101", solve(problem, ONE), options=ONE)
    [stop] = next(option.stops for option in answer.options if option.place.host == "1102")
    assert stop.whole_plan
    assert "min_members" in {part.rule for part in stop.parts}
    assert stop.municipalities


def small(pins: Pins | None = None) -> Problem:
    """Four municipalities in a row, ten minutes apart."""
    n = 4
    places = np.arange(n) * 10.0
    ids = tuple(f"110{i}" for i in range(n))
    return Problem(
        ids, ids, ("11",) * n, ("R",) * n, np.abs(places[:, None] - places[None, :]),
        np.abs(np.subtract.outer(np.arange(n), np.arange(n))) == 1, np.ones(n), np.full(n, 2.0), np.zeros(n),
        np.ones(n), np.ones(n, dtype=bool), np.ones(n, dtype=bool),
        limits=Limits(max_minutes=20, max_members=3, min_office_fte=2), pins=pins or Pins(),
    )  # fmt: skip


def test_the_difference_of_a_plan_with_itself_is_nothing() -> None:
    problem = small()
    plan = solve(problem, ONE).grouping
    nothing = difference(problem, plan, plan)
    assert nothing.total == 0
    assert nothing.moves == nothing.before == nothing.after == ()


def test_rows_in_place_are_those_without_the_municipality_and_those_that_put_it_there() -> None:
    pool = find_groups(small(), every_host=True)
    place = Place("1101", "1101", "own")
    for row in range(len(pool)):
        host, members = pool.office(row)
        stays = "1101" not in members or (host == "1101" and len(members) > 1)
        assert (row in in_place(pool, place)) == stays
