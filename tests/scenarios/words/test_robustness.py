"""Sentences about robustness, read back and held against the figures; which ferries matter, against the roads."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from reading import figures, promises_at_most, read, says, value
from strategies import examples, problems

from maps.told.texts import Words
from optimizer.judging.departures import risks_of_offices
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.questions.regret import Across, Setting, across
from optimizer.solve import Options, Status, solve
from scenarios.question.load import load
from scenarios.words.names import Names
from scenarios.words.robustness import (
    PLAN,
    label,
    of_ferries,
    of_office,
    of_regret,
    of_setting,
    of_stability,
    stability,
)
from scenarios.world.build import build
from scenarios.world.further import settings as varied
from scenarios.world.further.settings import Ferries

WORDS = Words()

ONE = Options(workers=1)
MANY = 25


def names_of(problem: Problem) -> Names:
    return Names(by_id={i: f"Navn{i}" for i in problem.ids})


@examples(MANY)
@given(problems(most=6), st.sampled_from([0.0, 0.1, 0.2, 1.0]), st.sampled_from(["part", "up", "down", "nearest"]))
def test_offices(problem, vacancy, rounding):
    plan = solve(problem, ONE).grouping
    assume(plan is not None)
    names = names_of(problem)
    for found in risks_of_offices(problem, plan, vacancy, rounding):
        if not found.office.is_shared:
            continue
        parts = dict(read(of_office(problem, names, found), "robust"))
        places, n = parts["robust.office"], found.staffing.posts
        assert says(places["planners"], found.office.planner_fte, 2)
        part = found.staffing.part
        assert figures(places["posts"]) == [str(n)] * (n > 0 or not part) + [f"{100 * part:.0f}"] * (part > 0)
        assert says(places["nobody"], 100 * found.staffing.nobody, 2)
        assert says(places["fewer"], 100 * found.staffing.fewer_than_two, 2)
        blow = found.largest_blow
        assert blow is not None
        assert parts["robust.blow"]["leaver"] == names[blow.leaver]
        dearest = max(one.more_minutes for one in found.departures)
        if "robust.most_minutes" in parts:
            assert says(parts["robust.most_minutes"]["minutes"], dearest)
        else:
            assert not 1e-6 < dearest < float("inf")
        rest = parts["robust.blow"]["rest"]
        remaining = [i for i in found.office.members if i != blow.leaver]
        planners = sum(float(problem.planner_fte[problem.index[i]]) for i in remaining)
        assert says(rest.split("ansatt")[0].split(" med ")[-1].removeprefix("igjen er "), planners, 2)
        missing = max(0.0, problem.limits.min_office_fte - planners)
        assert ("under fagmiljøet" in rest) == (missing > 1e-6)
        assert ("vertskommunen er borte" in rest) == (blow.leaver == found.office.host and len(remaining) > 1)


@examples(MANY)
@given(problems(most=6), st.floats(1.1, 1.6), st.floats(0.5, 2.0))
def test_settings(problem, slower, richer):
    plan = solve(problem, ONE).grouping
    assume(plan is not None)
    settings = [
        Setting("base", problem),
        Setting("travel=1.2", replace(problem, minutes=problem.minutes * slower)),
        Setting("planners.supply_per_1000=0.29", replace(problem, planner_fte=problem.planner_fte * richer)),
    ]
    found = across(settings, {PLAN: plan}, options=ONE)
    names = names_of(problem)
    for setting in settings:
        check_setting(
            setting,
            found,
            of_setting(names, setting.name, found.outcomes[PLAN][setting.name], found.optima[setting.name]),
        )
    check_stability(plan, found)
    check_regret(plan, settings, found)


def check_setting(setting: Setting, found: Across, said: str) -> None:
    """Hold the sentence about the plan in one setting against plan and optimum."""
    [(key, places)] = read(said, "robust")
    optimum, plan = found.optima[setting.name], found.outcomes[PLAN][setting.name]
    name = label(WORDS, setting.name)
    assert places["setting"] == name[:1].upper() + name[1:]
    if optimum.grouping is None:
        assert key == "robust.setting_infeasible"
    elif plan.violations:
        assert key == "robust.setting_breaks"
        assert value(places["many"]) == len(plan.violations)
    else:
        least = evaluate(setting.problem, optimum.grouping).objective
        assert says(places["burden"], plan.objective)
        assert key == ("robust.setting_best" if plan.objective - least <= 1e-6 else "robust.setting_regret")
        if key == "robust.setting_regret":
            assert says(places["regret"], plan.objective - least)


def check_stability(plan, found: Across) -> None:
    """Hold the sentences about pairs against the settings' plans."""
    said = dict(part for line in of_stability(WORDS, plan, stability(found)) for part in read(line, "robust"))
    plans = [result.grouping for result in found.optima.values() if result.grouping is not None]
    often = {pair: sum(one.host_of[pair[0]] == one.host_of[pair[1]] for one in plans) for pair in found.together}
    places = said["robust.pairs"]
    assert value(places["settings"]) == len(plans)
    assert value(places["always"]) == sum(many == len(plans) for many in often.values())
    assert value(places["never"]) == sum(many == 0 for many in often.values())
    assert value(places["sometimes"]) == sum(0 < many < len(plans) for many in often.values())
    own = [pair for pair in often if plan.host_of[pair[0]] == plan.host_of[pair[1]]]
    assert value(said["robust.pairs_of_plan"]["all"]) == len(own)
    assert value(said["robust.pairs_of_plan"]["always"]) == sum(often[pair] == len(plans) for pair in own)


def check_regret(plan, settings: list[Setting], found: Across) -> None:
    """Hold the sentences about regret against costs in every setting."""
    said = dict(part for line in of_regret(WORDS, plan, found) for part in read(line, "robust"))
    illegal = sum(bool(evaluate(setting.problem, plan).violations) for setting in settings)
    if illegal:
        assert value(said["robust.plan_breaks"]["many"]) == illegal
    elif "robust.plan_worst" in said:
        worst = max(found.outcomes[PLAN][setting.name].at_most or 0.0 for setting in settings)
        assert promises_at_most(said["robust.plan_worst"]["worst"], worst)
    least = found.least
    assert least is not None
    if least.grouping is None:
        assert {"robust.least_none", "robust.least_unknown"} & set(said)
        return
    losses = {
        setting.name: evaluate(setting.problem, least.grouping).objective - (found.optima[setting.name].bound or 0.0)
        for setting in settings
    }
    places = said["robust.least"]
    assert value(places["worst"]) >= max(losses.values()) - 1e-4
    assert value(places["worst"]) - max(losses.values()) < 0.1 + 1e-4
    assert value(said["robust.least_moved"]["moved"]) == len(plan.moved(least.grouping))
    assert ("robust.least_proved" in said) == (least.status == Status.OPTIMAL)


@pytest.mark.parametrize("proved", [True, False])
def test_ferries_are_counted(proved):
    found = Ferries(("A",), ("B", "C"), ("D",), ("E",))
    said = dict(part for line in of_ferries(WORDS, found, proved=proved, table=False) for part in read(line, "robust"))
    counts = {key: value(places["many"]) for key, places in said.items() if "many" in places}
    assert counts == {"robust.ferries_unused": 1, "robust.ferries_harmless": 2, "robust.ferries_left": 1}
    for key in ("robust.ferries_unused", "robust.ferries_harmless"):
        assert ("fortsatt den beste" in said[key]["tail"]) == proved
    assert figures(of_ferries(WORDS, found, proved=proved, table=True)[0]) == []


def test_settings_have_names():
    assert label(WORDS, "planners.supply_per_1000=0.24") == "ansatte 0,24 årsverk per 1000 innbyggere"
    assert label(WORDS, "ferry=Bognes-Lødingen") == "uten ferja Bognes-Lødingen"
    assert label(WORDS, "base") == "scenariet selv"


def test_what_planners_are_needed_is_varied_only_where_it_matters():
    world = build(load("nasjonal", counties=("56",)))

    def names(*overrides: str) -> list[str]:
        asked = build(load("nasjonal", overrides=overrides, counties=("56",))) if overrides else world
        return [setting.name for setting in varied.parameter_settings(asked)]

    supply = ["planners.supply_per_1000=0.24", "planners.supply_per_1000=0.29"]
    assert names("planners.trips=equal") == ["base", *supply, "travel=1.2"]
    assert names("weights.travel=0") == ["base", *supply, "travel=1.2"]
    weighing = [f"planners.{name}" for name in ("need_fixed_fte=0.5", "need_fixed_fte=1", "need_per_1000=0.2")]
    assert names() == ["base", *supply, *weighing, "planners.need_per_1000=0.3", "travel=1.2"]
    assert "planners.need_fixed_fte=1" in names("weights.unmet_need=5")
    assert "planners.fixed_kept=0.6" in names("limits.max_office_need_fte=9")
    assert "planners.supply_per_1000=0.24" not in names("planners.supply_per_1000=0.24")


def test_other_figures_give_the_same_problem_as_another_scenario():
    world = build(load("nasjonal", counties=("56",)))
    for name, figure in (("supply_per_1000", 0.24), ("need_fixed_fte", 0.5)):
        other = build(load("nasjonal", overrides=(f"planners.{name}={figure}",), counties=("56",))).problem
        mine = varied.with_figures(world, {name: figure})
        for column in ("planner_fte", "need_fte", "fixed_need_fte", "trips"):
            assert np.array_equal(getattr(mine, column), getattr(other, column)), (name, column)


def test_ferries_said_not_to_matter_do_not(monkeypatch):
    """Closed one by one in a scenario of its own, the plan costs the same and stays the best."""
    counties = ("18",)
    world = build(load("nasjonal", counties=counties))
    plan = solve(world.problem, ONE).grouping
    assert plan is not None
    held = varied.holding_ferries(world, plan)
    unused = sorted({*varied.ferry_names(world)} - held - varied.on_the_way(world, plan))
    # Some of them: each takes a second.
    monkeypatch.setattr(varied, "holding_ferries", lambda *_: set(sorted(held)[:3]))
    settings, found = varied.without_ferries(world, plan, lambda _note: None, lambda: True)
    assert found.tried == tuple(setting.name.removeprefix("ferry=") for setting in settings)
    assert sorted((*found.tried, *found.harmless, *found.unused)) == list(varied.ferry_names(world))
    assert found.left == ()
    cost = evaluate(world.problem, plan).objective
    in_nordland = [one for one in unused if any(part in one for part in ("Bodø", "Lødingen", "Levang", "Forøy"))]
    for ferry in (*in_nordland[:2], *found.harmless[:1]):
        closed = build(load("nasjonal", overrides=(f"travel.closed_ferries=['{ferry}']",), counties=counties)).problem
        assert not evaluate(closed, plan).violations
        assert evaluate(closed, plan).objective == pytest.approx(cost)
        assert solve(closed, ONE).objective == pytest.approx(cost), ferry
    for setting in settings[:1]:
        ferry = setting.name.removeprefix("ferry=")
        closed = build(load("nasjonal", overrides=(f"travel.closed_ferries=['{ferry}']",), counties=counties)).problem
        assert np.array_equal(setting.problem.minutes, closed.minutes)
        assert np.array_equal(setting.problem.links, closed.links)


def test_ferries_that_bring_no_neighbours_bring_none():
    """Of the ferries that a county need not look at, those nearest to it bring no new neighbours."""
    world = build(load("nasjonal", counties=("55",)))
    plan = solve(world.problem, ONE).grouping
    assert plan is not None
    looked_at = varied.holding_ferries(world, plan) | varied.on_the_way(world, plan)
    others = [one for one in varied.ferry_names(world) if one not in looked_at]
    near = [one for one in others if any(part in one for part in ("Lødingen", "Melbu", "Bognes", "Refsnes"))]
    assert near
    for ferry in near[:2]:
        closed = build(load("nasjonal", overrides=(f"travel.closed_ferries=['{ferry}']",), counties=("55",))).problem
        assert not varied.new_neighbours(world.problem, closed.links)


def test_ferries_that_there_is_no_time_for_are_named():
    world = build(load("nasjonal", counties=("18",)))
    plan = solve(world.problem, ONE).grouping
    assert plan is not None
    settings, found = varied.without_ferries(world, plan, lambda _note: None, lambda: False)
    assert settings == []
    assert found.left
    assert not {*found.left} & {*found.unused}
