"""Offices that are held, and groupings that are started from."""

import pytest
import strategies
from groupings import groupings
from hypothesis import given
from hypothesis import strategies as st

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.questions.office import Held
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.words.held import of_held
from scenarios.words.names import names_of
from scenarios.world.build import build
from scenarios.world.holding import find, find_all, hold, offices_of, usable
from scenarios.world.solving import run

LYNGEN, STORFJORD, KAFJORD, SKJERVOY, NORDREISA = "5536", "5538", "5540", "5542", "5544"
NORD_TROMS = Held("Nord-Troms", NORDREISA, (LYNGEN, KAFJORD, SKJERVOY, NORDREISA))


@pytest.fixture(scope="module")
def troms():
    return build(load("nasjonal", counties=("55",), overrides=("limits.max_minutes=120",)))


@pytest.fixture(scope="module")
def strict():
    return build(load("nasjonal", counties=("55",)))


def faults(world, *offices, strict=True) -> list[str]:
    with pytest.raises(ScenarioError) as error:
        hold(world, offices, strict=strict)
    return [f"{fault.key}: {fault.what}" for fault in error.value.faults]


def too_far(world) -> str:
    minutes = world.problem.minutes[world.problem.index[LYNGEN], world.problem.index[NORDREISA]]
    return f"5536 Lyngen has {minutes:.0f} minutes to 5544 Nordreisa, limit 75"


def test_a_held_office_is_in_the_plan_and_in_the_scenario(troms):
    held, offices = hold(troms, [NORD_TROMS])
    assert offices == (NORD_TROMS,)
    plan = run(held).result.grouping
    assert set(NORD_TROMS.members) <= set(plan.offices[NORDREISA])
    assert held.scenario.pins.together == (NORD_TROMS.members,)
    assert held.scenario.pins.fixed == dict.fromkeys(NORD_TROMS.members, NORDREISA)
    assert troms.scenario.pins.fixed == {}, "the world that was given is as it was"


def test_without_a_named_host_only_the_company_is_held(troms):
    held, _ = hold(troms, [Held("x", LYNGEN, (LYNGEN, STORFJORD), host_named=False)])
    plan = run(held).result.grouping
    assert plan.host_of[LYNGEN] == plan.host_of[STORFJORD]
    assert held.scenario.pins.fixed == {}


def test_an_office_that_breaks_a_limit_cannot_be_held(strict):
    assert faults(strict, NORD_TROMS) == [f"Nord-Troms: {too_far(strict)}"]
    unnamed = Held("x", NORDREISA, NORD_TROMS.members, host_named=False)
    hold(strict, [unnamed], strict=True)


def test_an_office_that_breaks_a_limit_is_held_exactly_as_it_is(strict):
    held, (office,) = hold(strict, [NORD_TROMS])
    assert [(breach.rule, breach.ids) for breach in office.breaches] == [("max_minutes", (LYNGEN,))]
    assert held.scenario.pins.held == {NORDREISA: NORD_TROMS.members}
    assert held.scenario.pins.fixed == {}
    outcome = run(held)
    assert outcome.result.grouping.offices[NORDREISA] == NORD_TROMS.members
    assert outcome.evaluation.violations == ()
    assert outcome.evaluation.excused == office.breaches
    lines = of_held(names_of(held, "en"), [office])
    assert lines[0] == "Nord-Troms is held: Lyngen, Kåfjord, Skjervøy and Nordreisa"
    assert "Lyngen" in lines[1], "the rule that it breaks"
    assert lines[-1].startswith("held in spite of the rules that they break: 1 existing office ")


def test_who_does_not_take_part_is_named_and_the_others_are_held(strict):
    world = build(load("nasjonal", counties=("55",), overrides=("pins.leave_out=['5536', '5544']",)))
    held, (office,) = hold(world, [NORD_TROMS])
    assert (office.members, office.away, office.host_named) == ((KAFJORD, SKJERVOY), (LYNGEN, NORDREISA), False)
    assert held.scenario.pins.held == {office.host: (KAFJORD, SKJERVOY)}, "Nordreisa lay between them"
    assert "  without Lyngen and Nordreisa: not taking part" in of_held(names_of(held, "en"), [office])
    assert faults(world, NORD_TROMS) == [
        "Nord-Troms: 5536 Lyngen does not take part",
        "Nord-Troms: 5544 Nordreisa does not take part",
    ]
    alone = build(load("nasjonal", counties=("55",), overrides=("pins.leave_out=['5536', '5542', '5544']",)))
    only = "Nord-Troms: cannot be held: only 5540 Kåfjord of its members takes part"
    assert faults(alone, NORD_TROMS, strict=False) == [only]
    nobody = Held("Plankontoret", "5022", (), away=("5021", "5022"))
    assert faults(strict, nobody, strict=False) == [
        "Plankontoret: cannot be held: none of its members takes part",
    ]


def test_every_obstacle_comes_at_once():
    overrides = (
        "limits.max_members=3",
        "pins.may_not_host=['5544']",
        "pins.fixed={ 5540 = '5536' }",
        "pins.leave_out=['5542']",
    )
    world = build(load("nasjonal", counties=("55",), overrides=overrides))
    found = faults(world, NORD_TROMS, Held("y", LYNGEN, (LYNGEN, STORFJORD)))
    assert found == [
        "Nord-Troms: 5542 Skjervøy does not take part",
        "Nord-Troms: 5540 Kåfjord is fixed to 5536 Lyngen by pins.fixed",
        "Nord-Troms: 5544 Nordreisa may not host",
        f"Nord-Troms: {too_far(world)}",
    ]
    smaller = Held("Nord-Troms", NORDREISA, (LYNGEN, STORFJORD, "5546", NORDREISA))
    found = faults(world, smaller)
    assert {"Nord-Troms: 5544 Nordreisa may not host", "Nord-Troms: 4 members, limit 3"} < set(found)
    assert any("minutes to 5544" in one for one in found)


def test_pins_that_contradict_are_named():
    world = build(
        load("nasjonal", counties=("55",), overrides=("limits.max_minutes=120", "pins.apart=[['5536', '5540']]"))
    )
    assert any("kept apart" in one for one in faults(world, NORD_TROMS))


def test_offices_are_found_by_name_host_part_and_member(troms):
    offices = [NORD_TROMS, Held("Midt-Troms", "5520", ("5520", "5526"))]

    def names(text):
        return [office.name for office in find(troms.problem, offices, text)]

    assert names("nord-troms") == names("5544") == names("NORDREISA") == names("kåfjord") == ["Nord-Troms"]
    assert names("Sørreisa") == ["Midt-Troms"]
    assert names("troms") == ["Nord-Troms", "Midt-Troms"]
    assert names("x") == names("") == []
    with pytest.raises(ScenarioError) as error:
        find_all(troms.problem, offices, ["troms", "Nord-Troms", "Nord-Tromsø"], "--office")
    assert [fault.what for fault in error.value.faults] == ["means 2 offices", "no shared office of this name"]
    assert find_all(troms.problem, offices, ["kåfjord", "nord-troms"], "--office") == [NORD_TROMS]


def test_offices_of_a_grouping_have_a_name(troms):
    grouping = Grouping.of({LYNGEN: KAFJORD, KAFJORD: KAFJORD, SKJERVOY: SKJERVOY})
    assert offices_of(troms.problem, grouping) == [Held("5540 Kåfjord", KAFJORD, (LYNGEN, KAFJORD))]
    assert offices_of(troms.problem, grouping, {KAFJORD: "Øst"}, [KAFJORD])[0] == Held(
        "Øst", KAFJORD, (LYNGEN, KAFJORD), host_named=False
    )


@strategies.examples(60)
@given(st.data())
def test_what_can_be_started_from_is_legal_and_made_of_the_offices_given(data):
    problem = data.draw(strategies.problems(most=6))
    grouping = data.draw(groupings(list(problem.ids)))
    start = usable(problem, grouping)
    if start.grouping is None:
        return
    assert evaluate(problem, start.grouping).violations == ()
    active = {id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    assert {id_ for id_, _ in start.grouping} == active
    for host, members in start.grouping.offices.items():
        assert len(members) == 1 or set(members) == set(grouping.offices[host]) & active


def test_a_start_changes_no_proved_plan(strict):
    whole = run(strict).result
    again = run(strict, start=usable(strict.problem, whole.grouping).grouping).result
    assert again.grouping == whole.grouping
    assert usable(strict.problem, whole.grouping).dissolved == ()
