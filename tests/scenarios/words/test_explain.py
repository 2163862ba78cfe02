"""Sentences about one municipality and about scenarios without a plan, read back and held against the figures."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reading import figures, promises_at_most, read, says, value
from strategies import examples, problems

from maps.told.texts import Words
from optimizer.judging.evaluate import evaluate
from optimizer.judging.offices import office_row
from optimizer.problem import Limits, Problem
from optimizer.questions.why.conflicts import conflicts
from optimizer.questions.why.easings import easings
from optimizer.questions.why.explain import PlaceOption, WhatIf, what_if
from optimizer.questions.why.openings import Opening
from optimizer.questions.why.parts import Part
from optimizer.solve import Options, Status, solve
from scenarios.question.sections.data import Planners
from scenarios.words.conflicts import of_change, of_conflicts, of_easings
from scenarios.words.explain import MOST_MOVES, of_capacity, of_opening, of_option, of_what_if, of_why
from scenarios.words.names import Names
from scenarios.words.rules import SHARE_DECIMALS, enough, reason, rule
from scenarios.world.sources import sentence as of_planners

WORDS = Words()

ONE = Options(workers=1)
MANY = 25


def names_of(problem: Problem) -> Names:
    return Names(by_id={i: f"Navn{i}" for i in problem.ids})


def active(problem: Problem) -> list[str]:
    return [i for i, joins in zip(problem.ids, problem.active, strict=True) if joins]


@examples(MANY)
@given(problems(most=6), st.randoms(use_true_random=False))
def test_a_municipality(problem, random):
    base = solve(problem, ONE)
    assume(base.grouping is not None)
    found = what_if(problem, random.choice(active(problem)), base, options=ONE)
    check_what_if(problem, found)


def check_what_if(problem: Problem, found: WhatIf) -> None:
    """Hold every sentence about a municipality against the plans."""
    names, grouping, own = names_of(problem), found.grouping, found.municipality
    said = dict(part for line in of_what_if(problem, names, found) for part in read(line, "explain"))
    host, companions = grouping.host_of[own], sorted(grouping.companions(own))
    others = [names[i] for i in companions if i not in {own, host}]
    if len(companions) == 1:
        assert said["explain.alone"]["name"] == names[own]
    elif host == own:
        assert said["explain.own"]["others"] == WORDS.listed(others)
    else:
        places = said["explain.member" if others else "explain.member_two"]
        assert (places["host"], places.get("others", "")) == (names[host], WORDS.listed(others))
        assert says(places["minutes"], float(problem.minutes[problem.index[own], problem.index[host]]))
    office = office_row(problem, host, tuple(companions))
    key = "explain.office_below" if office.missing_fte > 0 else "explain.office_enough"
    assert says(said[key]["planners"], office.planner_fte, 2)
    assert says(said[key]["need"], office.need_fte, 2)
    assert says(said[key]["mass"], problem.limits.min_office_fte, 2)
    if office.missing_fte > 0:
        assert says(said[key]["missing"], office.missing_fte, 2)
    if len(companions) > 1:
        assert says(said["explain.journeys"]["mean"], office.mean_minutes)
        assert says(said["explain.journeys"]["longest"], office.longest_minutes)
    if "explain.lines" in said:
        assert value(said["explain.lines"]["county"]) == office.county_lines
        assert value(said["explain.lines"]["statsforvalter"]) == office.statsforvalter_lines
    assert says(said["explain.proved"]["burden"], evaluate(problem, grouping).objective)
    check_why(problem, found, said)
    for option in found.options:
        check_option(problem, names, found, option)


def check_why(problem: Problem, found: WhatIf, said: dict[str, dict[str, str]]) -> None:
    """Hold the reason for the place against the other options' plans."""
    now = evaluate(problem, found.grouping).objective
    extra = [
        evaluate(problem, option.grouping).objective - now
        for option in found.options
        if not option.is_now and option.grouping is not None
    ]
    if not extra:
        assert "explain.why_only" in said
    elif min(extra) <= 1e-6:
        assert "explain.why_tie" in said
    else:
        assert says(said["explain.why_next"]["extra"], min(extra))


def check_option(problem: Problem, names: Names, found: WhatIf, option: PlaceOption) -> None:
    """Hold the sentences about one place against its plan, or against what stops it."""
    parts = read(of_option(names, option), "explain", "stop", "rule.*.nearest")
    key, places = parts[0]
    if option.is_now:
        assert key == "explain.now"
        return
    heading = {"host": names[option.place.host], "own": "Vertskommune selv", "alone": "Alene"}[option.place.kind]
    assert places["heading"].startswith(heading)
    if option.grouping is None:
        assert key == "explain.cannot"
        assert option.status == Status.INFEASIBLE
        check_stops(names, option, places["why"], parts[1:])
        return
    now, then = evaluate(problem, found.grouping), evaluate(problem, option.grouping)
    total = then.objective - now.objective
    assert key == ("explain.same" if abs(total) <= 1e-6 else "explain.more" if total > 0 else "explain.less")
    if key != "explain.same":
        assert says(places["extra"], abs(total))
    rest = dict(parts[1:])
    changes = [then.terms[name].minutes - term.minutes for name, term in now.terms.items()]
    shown = [change for change in changes if abs(change) >= 0.05]
    if "explain.terms" in rest:
        words = rest["explain.terms"]["terms"]
        assert len(figures(words)) == len(shown) > 1
        assert all(says(figure, abs(change)) for figure, change in zip(figures(words), shown, strict=True))
        assert words.count("mer") == sum(change > 0 for change in shown)
    moves = found.grouping.moved(option.grouping)
    assert ("explain.moves_none" in rest) == (not moves)
    if moves:
        assert value(rest["explain.moves"]["count"]) == len(moves)
        for id_ in moves[:MOST_MOVES]:
            assert names[id_] in rest["explain.moves"]["moves"]


def check_stops(names: Names, option: PlaceOption, why: str, more: list[tuple[str, dict[str, str]]]) -> None:
    """Hold what rules a place out against the rules and figures."""
    for stop in option.stops:
        said = reason(names, option.place, stop)
        assert said in why
        if len(stop.parts) == 1 and stop.found is not None and not stop.whole_plan:
            found, limit = figures(said)[:2]
            unit, decimals = (100, SHARE_DECIMALS) if stop.parts[0].rule == "min_host_share" else (1, 2)
            assert says(found, unit * stop.found, decimals)
            assert says(limit, unit * (stop.parts[0].limit or 0.0), decimals)
        for part in stop.parts if len(stop.parts) > 1 else ():
            assert rule(names, part) in said
    for key, places in more:
        [stop] = option.stops
        assert key == f"rule.{stop.parts[0].rule}.nearest"
        assert places["nearest"] == enough(WORDS, stop.parts[0].rule, stop.nearest or 0.0)


@pytest.mark.parametrize(
    ("name", "limit", "shown"),
    [("max_minutes", 80.841, "80,85"), ("min_office_fte", 2.749, "2,74"), ("max_members", 7, "7")],
)
def test_a_limit_to_set_is_loose_enough(name, limit, shown):
    assert enough(WORDS, name, float(limit)) == shown


@examples(MANY)
@given(problems(most=6))
def test_no_plan(problem):
    tight = replace(problem, limits=replace(problem.limits, min_members=2, max_members=3, alone_exempt=False))
    assume(solve(tight, ONE).status == Status.INFEASIBLE)
    names = names_of(tight)
    found = conflicts(tight, options=ONE)
    first, *said = of_conflicts(names, found)
    assert read(first, "conflict")[0][0] == "conflict.none"
    for conflict, line in zip(found.sets, said, strict=False):
        parts = dict(read(line, "conflict"))
        key = "conflict.rules_one" if len(conflict.parts) == 1 else "conflict.rules_many"
        assert parts[key]["rules"] == "; ".join(rule(names, part) for part in conflict.parts)
        if key == "conflict.rules_many":
            assert int(parts[key]["n"]) == len(conflict.parts)
        assert ("conflict.smallest" in parts) == conflict.smallest
        if conflict.without_office:
            assert all(names[i] in parts["conflict.without"]["names"] for i in conflict.without_office)
        elif conflict.municipalities:
            assert parts["conflict.names"]["names"] == names.all_of(conflict.municipalities)
    eased = easings(tight, options=ONE)
    lines = of_easings(names, eased)
    for number, (way, line) in enumerate(zip(eased.found, lines, strict=False), 1):
        [(key, places)] = read(line, "relax")
        assert int(places["n"]) == number
        assert places["changes"] == WORDS.listed(of_change(names, change) for change in way.changes)
        if key == "relax.way":
            assert way.result.grouping is not None
            assert says(places["burden"], evaluate(way.problem, way.result.grouping).objective)
            assert not evaluate(way.problem, way.result.grouping).violations
        for change in way.changes:
            if isinstance(change.after, float | int) and not isinstance(change.after, bool) and change.part:
                before, after = figures(of_change(names, change))
                unit, decimals = (100, SHARE_DECIMALS) if change.part.rule == "min_host_share" else (1, 2)
                assert says(before, unit * float(change.before or 0), decimals)
                assert abs(value(after) - unit * change.after) < 0.01 * unit + 1e-9
    if eased.found:
        assert read(lines[-1], "relax")[0][0].startswith("relax.complete") == eased.complete


@pytest.mark.parametrize(
    ("employed", "needed", "keys"),
    [
        (["estimate"], ["estimate"], "estimate"),
        (["estimate", "egne.csv"], ["egne.csv"], "mixed"),
        (["egne.csv"], ["egne.csv"], "own"),
    ],
)
def test_estimates_are_called_so_and_own_figures_are_not(employed, needed, keys):
    said = of_planners(WORDS, {"planner_fte": employed, "need_fte": needed}, Planners())
    [(key, places)] = read(said, "planners")
    assert key == f"planners.{keys}"
    assert ("tables" in places) == ("egne.csv" in employed + needed)
    assert (
        figures(places.get("rates", ""))
        == {
            "estimate": ["0,27", "1000", "0,8", "0,25", "1000"],
            "mixed": ["0,27", "1000"],
            "own": [],
        }[keys]
    )


def test_sums_of_decimals_that_reach_the_critical_mass_reach_it():
    problem = replace(two(), planner_fte=np.array([0.1, 0.2]), limits=Limits(min_office_fte=0.1 + 0.2))
    office = office_row(problem, "1", ("1", "2"))
    for missing, key in ((4e-16, "office_enough"), (0.004, "office_below")):
        said = of_capacity(WORDS, problem, replace(office, missing_fte=missing))
        assert read(said, "explain")[0][0] == f"explain.{key}"
    assert said.startswith("Kontoret har ")
    assert of_capacity(WORDS, problem, office_row(problem, "1", ("1",))).startswith("Kommunen har ")


@pytest.mark.parametrize(
    ("limit", "nearest", "shown"),
    [
        ("max_minutes", 100.121, "100,13 minutter"),
        ("min_members", 2.0, "2"),
        ("max_members", 7.0, "7"),
        ("min_office_fte", 1.239, "1,23 årsverk"),
        ("max_office_need_fte", 8.001, "8,01 årsverk"),
        ("min_host_share", 0.2999, "29\u202f% av årsverkene i den største deltakeren"),
    ],
)
def test_what_opens_an_office_is_said_with_its_unit_and_is_enough(limit, nearest, shown):
    part = Part(limit, limit=1.0)
    [(key, places)] = read(of_opening(names_of(two()), "A", Opening((part,), nearest, "2")), "explain")
    assert (key, places["host"]) == ("explain.opening", "Navn2")
    assert places["changes"].endswith(f" blir {shown}")


def test_promises_of_unproved_options_are_on_the_safe_side():
    problem = two()
    base = solve(problem, ONE)
    found = what_if(problem, "1", base, options=ONE)
    option = next(one for one in found.options if not one.is_now and one.difference is not None)
    open_option = replace(option, status=Status.FEASIBLE, at_least=3.27)
    parts = dict(read(of_option(names_of(problem), open_option), "explain", "stop", "rule.*.nearest"))
    assert value(parts["explain.at_least"]["least"]) == 3.2
    nothing = replace(option, status=Status.FEASIBLE, at_least=0.04)
    assert "explain.at_least_nothing" in dict(
        read(of_option(names_of(problem), nothing), "explain", "stop", "rule.*.nearest")
    )
    saving = replace(option, status=Status.FEASIBLE, at_least=-3.21)
    parts = dict(read(of_option(names_of(problem), saving), "explain", "stop", "rule.*.nearest"))
    assert promises_at_most(parts["explain.at_least_saves"]["least"], 3.21)


@pytest.mark.parametrize(
    ("status", "total", "key"),
    [
        (Status.OPTIMAL, 0.0, "explain.why_tie"),
        (Status.FEASIBLE, 0.0, "explain.why_tie_open"),
        (Status.OPTIMAL, 5.0, "explain.why_next"),
        (Status.FEASIBLE, 5.0, "explain.why_next_open"),
        (Status.FEASIBLE, -5.0, "explain.why_cheaper"),
    ],
)
def test_only_a_proved_plan_is_said_to_have_no_cheaper_one(status, total, key):
    problem = two()
    found = what_if(problem, "1", solve(problem, ONE), options=ONE)
    now, *others = (
        one if one.difference is None else replace(one, difference=replace(one.difference, total=total))
        for one in found.options
    )
    assert any(one.difference is not None for one in others)
    said = of_why(names_of(problem), replace(found, status=status, options=(now, *others)))
    assert read(said, "explain")[0][0] == key


def two() -> Problem:
    """Return two municipalities ten minutes apart."""
    one = np.ones(2)
    return Problem(
        ids=("1", "2"),
        names=("A", "B"),
        counties=("X", "X"),
        statsforvaltere=("S", "S"),
        minutes=np.array([[0.0, 10.0], [10.0, 0.0]]),
        links=np.array([[False, True], [True, False]]),
        planner_fte=one,
        need_fte=one,
        fixed_need_fte=one,
        trips=one,
        takes_part=one > 0,
        may_host=one > 0,
    )
