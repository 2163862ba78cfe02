"""How firm the plan of a run is, held against separate runs of the variants and against the question asked alone."""

import json
import math
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from written import unlike_written

from maps.told.firm import FirmPlan, VariantPlan
from maps.told.firm_words import FirmWords
from maps.told.texts import Words
from optimizer.judging import comparison
from optimizer.questions.firmness import firmness as ask
from optimizer.solve import Status
from scenarios.export import run_folder
from scenarios.world.build import World, open_world
from scenarios.world.further import firmness, variants
from scenarios.world.plain import dumps
from scenarios.world.solving import Outcome, run

HERE = ["Troms"]


def quiet(_progress: object) -> None:
    pass


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    found = run(open_world("nasjonal", counties=HERE))
    return replace(found, firm=firmness.investigate(found.world, found.result, quiet))


def test_it_is_what_is_found_when_asked_alone(outcome: Outcome) -> None:
    plan, firm = outcome.result.grouping, outcome.firm
    assert plan is not None
    found = ask(outcome.world.problem, firm.within)
    assert found.grouping == plan
    own = {pair: verdict for pair, verdict in found.together.items() if plan.host_of[pair[0]] == plan.host_of[pair[1]]}
    assert firm.together == own
    assert (firm.companions, firm.same_host, firm.alone) == (found.companions, found.same_host, found.alone)


@pytest.mark.parametrize(
    "changes",
    [
        ("limits.max_minutes=65",),
        ("planners.supply_per_1000=0.24",),
        ("planners.need_fixed_fte=1",),
        ("planners.trips=equal",),
        ("planners.supply_fixed_fte=0.25", "planners.supply_per_1000=0.2541"),
    ],
)
def test_a_variant_is_the_run_with_its_changes(outcome: Outcome, changes: tuple[str, ...]) -> None:
    world, plan = outcome.world, outcome.result.grouping
    told = {one.name: one for one in outcome.firm.variants}[" ".join(changes)]
    alone = run(open_world("nasjonal", counties=HERE, overrides=changes))
    assert plan is not None
    assert alone.result.grouping is not None
    assert alone.evaluation is not None
    before, after = (
        comparison.option_of(world.problem, "", plan),
        comparison.option_of(world.problem, "", alone.result.grouping),
    )
    assert set(told.moved) == {move.id for move in comparison.difference(world.problem, before, after).moves}
    assert told.state == ("optimal" if told.moved else told.state)
    assert (told.offices, told.alone) == (len(alone.evaluation.shared), len(alone.evaluation.alone))


def test_what_cannot_matter_is_not_solved(outcome: Outcome) -> None:
    states = {one.name: one.state for one in outcome.firm.variants}
    assert len(states) == 13
    assert {name for name, state in states.items() if state == "same"} >= {
        "planners.fixed_kept=0.6",
        "planners.fixed_kept=1",
    }
    priced = open_world("nasjonal", counties=HERE, overrides=["weights.unmet_need=30"])
    firm = firmness.investigate(priced, run(priced).result, quiet)
    assert {one.state for one in firm.variants if "fixed_kept" in one.name} == {"optimal"}


def test_a_variant_without_a_plan_says_so() -> None:
    world = open_world("nasjonal", counties=HERE)
    far = next((a, b) for a, b, way in journeys(world) if 66 < way < 75)
    pinned = open_world("nasjonal", counties=HERE, overrides=[f'pins.fixed={{"{far[0]}"="{far[1]}"}}'])
    found = run(pinned)
    if found.result.status == Status.INFEASIBLE:
        pytest.fail("the pair can be fixed within the limit")
    firm = firmness.investigate(pinned, found.result, quiet)
    states = {one.name: one for one in firm.variants}
    assert states["limits.max_minutes=65"] == VariantPlan(
        "limits.max_minutes=65", {"limits.max_minutes": 65.0}, "infeasible"
    )
    assert states["limits.max_minutes=85"].state == "optimal"


def test_journeys_by_need_are_no_variant_where_nobody_needs_planners() -> None:
    needless = ["planners.trips=equal", "planners.need_fixed_fte=0", "planners.need_per_1000=0"]
    world = open_world("nasjonal", counties=HERE, overrides=needless)
    assert "planners.trips=need" not in {one.name for one in variants.stated(world)}
    some = open_world("nasjonal", counties=HERE, overrides=needless[:2])
    assert "planners.trips=need" in {one.name for one in variants.stated(some)}


def journeys(world: World) -> list[tuple[str, str, float]]:
    """Return who may be a member where, neighbours only, with the minutes."""
    problem = world.problem
    some = [i for i, active in enumerate(problem.active) if active]
    return [
        (problem.ids[i], problem.ids[j], float(problem.minutes[i, j]))
        for i in some
        for j in some
        if problem.links[i, j] and problem.planner_fte[j] >= problem.planner_fte[i]
    ]


def test_plain_data_reads_back(outcome: Outcome) -> None:
    written = dumps(firmness.document(outcome.firm))
    again = firmness.read(json.loads(written))
    assert dumps(firmness.document(again)) == written
    assert {i: again.level(i) for i in again.companions} == {i: outcome.firm.level(i) for i in again.companions}
    assert firmness.read({"left_out": "not proved"}) == FirmPlan("not proved")


@pytest.mark.parametrize(
    ("change", "left_out"),
    [
        ({"engine": "assignment"}, "not listed"),
        ({"status": Status.FEASIBLE}, "not proved"),
        ({"ties": "open"}, "not proved"),
    ],
)
def test_what_is_not_proved_is_not_investigated(outcome: Outcome, change: dict[str, object], left_out: str) -> None:
    result = replace(outcome.result, **change)
    assert firmness.investigate(outcome.world, result, quiet) == FirmPlan(left_out)


def test_too_many_plans_are_said(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firmness, "MOST_LISTED", 10)
    assert firmness.investigate(outcome.world, outcome.result, quiet) == FirmPlan("too many")


def test_the_run_folder_holds_it(outcome: Outcome, tmp_path: Path) -> None:
    folder = run_folder.write(tmp_path / "run", outcome, {})
    assert unlike_written(folder) == []
    written = json.loads((folder / "firmness.json").read_text(encoding="utf-8"))
    lines = (folder / "firmness.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + written["counts"]["municipalities"]
    assert len((folder / "variants.csv").read_text(encoding="utf-8").splitlines()) == 1 + written["counts"]["variants"]
    changing = sum(bool(place["changes_in"]) for place in written["municipalities"].values())
    assert changing == written["counts"]["changing_in_some_variant"]
    for one in written["municipalities"].values():
        assert one["margin"] is None or one["margin"] >= 0
        assert (one["level"] == "firm") == (one["companions"] == "all" and not one["changes_in"])


def test_the_workbook_holds_it(outcome: Outcome, tmp_path: Path) -> None:
    folder = run_folder.write(tmp_path / "run", outcome, {})
    book = openpyxl.load_workbook(folder / "result.xlsx", read_only=True)
    heads, *places = book["Kommuner"].iter_rows(values_only=True)
    level, margin = heads.index("Hvor fast"), heads.index(Words().text("column.margin"))
    told = FirmWords(Words(), outcome.firm, {})
    for place in places:
        assert place[level] == told.level(outcome.firm.level(str(place[0])))
        assert place[margin] is None or place[margin] >= 0
    _, *variants = book["Varianter"].iter_rows(values_only=True)
    assert [one[1] for one in variants] == [
        None if one.offices is None else len(one.moved) for one in outcome.firm.variants
    ]
    book.close()


def test_levels() -> None:
    moved = VariantPlan("a", {}, "optimal", ("2", "4"))
    same = VariantPlan("b", {}, "same")
    verdicts = {"1": "all", "2": "all", "3": "some", "4": "some"}
    firm = FirmPlan("", 0.01, {}, verdicts, verdicts, verdicts, dict.fromkeys(verdicts, math.inf), (moved, same))
    assert [firm.level(id_) for id_ in verdicts] == ["firm", "fair", "fair", "loose"]
    assert (firm.always, firm.changing, len(firm.solved)) == (2, 2, 1)
