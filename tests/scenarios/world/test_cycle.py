"""When plans are renewed: from the user's dates alone."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from maps.told.people.cycle_words import CycleWords
from maps.told.texts import Words
from optimizer.grouping import Grouping
from scenarios.export import columns, people
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.further.cycle import cycle_of, next_deadline

PLAN = Grouping.of({"5540": "5544", "5544": "5544", "5546": "5544", "5542": "5542"})


def world_of(tmp_path, rows):
    (tmp_path / "planer.csv").write_text(f"kommunenummer;plan;adopted\n{rows}", encoding="utf-8")
    scenario = tmp_path / "planer.toml"
    text = 'extends = "nasjonal"\n[select]\ncounties = ["55"]\n[cycle]\ntable = "planer.csv"\n'
    scenario.write_text(text, encoding="utf-8")
    return build(load(str(scenario)))


def test_without_dates_nothing_is_guessed():
    assert cycle_of(build(load("nasjonal", counties=("55",))), PLAN) is None


def test_due_years_and_the_smallest_fullest_year(tmp_path):
    rows = "5540;arealdel;2019\n5544;arealdel;12.06.2019\n5546;arealdel;2019-03-01\n5540;planstrategi;2024\n"
    found = cycle_of(world_of(tmp_path, rows), PLAN)
    assert found is not None
    [office] = found.offices
    assert {(one.municipality, one.plan, one.due) for one in office.plans} == {
        *((id_, "arealdel", 2027) for id_ in ("5540", "5544", "5546")),
        *(("5540", "planstrategi", year) for year in (2028, 2032)),
    }
    assert office.peak_before == 4.5
    assert office.peak_after == pytest.approx(1.5)
    assert all(one.year <= one.due for one in office.plans if one.plan == "planstrategi")
    assert all(one.due - 1 <= one.year <= one.due + 2 for one in office.plans)
    assert found.deadline == 2028
    table = columns.CYCLE.of(people.cycle(world_of(tmp_path, rows), found))
    assert len(table.rows) == 5
    told = CycleWords(Words(), found, str)
    assert office.proved
    assert len(told.headline) == 2
    unproved = CycleWords(Words(), replace(found, offices=(replace(office, proved=False),)), str).headline
    assert unproved[1].startswith(f"Ved {office.host} er det ikke bevist")
    assert told.headline[0].startswith("5 planer i 3 kommuner skal fornyes 2026\N{EN DASH}2033")
    assert told.cells(office)[:2] == ["4,50", "1,50"]


def test_a_strategy_that_missed_its_deadline_is_due_at_once(tmp_path):
    found = cycle_of(world_of(tmp_path, "5540;planstrategi;2019\n"), PLAN)
    assert [(one.due, one.year) for one in found.offices[0].plans] == [(2026, 2026), (2028, 2028), (2032, 2032)]


def test_deadlines():
    assert [next_deadline(year) for year in (2020, 2024, 2025, 2028, 2029)] == [2024, 2024, 2028, 2028, 2032]


def test_faults_have_row_column_and_value(tmp_path):
    rows = "5540;arealdel;2030\n5544;arealdel;43628\n5546;arealplan;2019\n5542;samfunnsdel;i fjor\n"
    with pytest.raises(ScenarioError) as refused:
        world_of(tmp_path, rows)
    said = str(refused.value)
    assert "adopted is 2030, which is to come" in said
    assert "adopted is 43628, a day number of a spreadsheet" in said
    assert "did you mean 2019-06-12?" in said
    assert "did you mean arealdel" in said
    assert "i fjor" in said
    assert said.count("planer.csv") >= 1


def test_the_workbook_has_a_sheet_of_plans_where_dates_are_known(tmp_path):
    def sheets(world):
        outcome = SimpleNamespace(world=world, result=SimpleNamespace(grouping=PLAN), accounts=None)
        return {name: (head, rows) for name, head, rows in people.worksheets(Words(), outcome)}

    head, rows = sheets(world_of(tmp_path, "5540;arealdel;2019\n5540;planstrategi;2024\n"))["cycle"]
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert {(one["kommunenummer"], one["plan"], one["due"]) for one in told} == {
        ("5540", "arealdel", 2027),
        *(("5540", "planstrategi", year) for year in (2028, 2032)),
    }
    assert {one["peak_fte"] for one in told} == {1.5}
    assert "cycle" not in sheets(build(load("nasjonal", counties=("55",))))
