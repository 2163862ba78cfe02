"""The section Fag says of another grouping what `optimizer.judging.disciplines` says of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import strategies
from country import Country, answer, facts, findings
from hypothesis import assume, given, settings
from playwright.sync_api import Browser, Page
from trials import trying
from visiting import used, visit

from maps.pages.report import write_report
from maps.pages.trial import active_ids, judge_data
from maps.told.people.discipline_words import CompetencePlan
from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.grouping import Grouping
from optimizer.judging.disciplines import coverage, one_more_post
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from scenarios.world.build import World
from scenarios.world.further.competence import competence_of

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

COVERAGE = """(given) => {
  const [data, groups] = JSON.parse(given);
  const judge = plankontor.makeJudge(data);
  return groups.map((members) => {
    const found = judge.coverage(members);
    const covers = found.map((one) => (one.needing.length ? one.cover : null));
    return [covers, plankontor.oneMorePost(found, data.disciplines.threshold)];
  });
}"""
GRID = "() => [...document.querySelectorAll('.competence tbody tr')].map((row) => [row.dataset.ids, row.innerText])"
SHARED = (
    """() => [...document.querySelectorAll("tr[data-discipline] .shared")].map((cell) => Number(cell.textContent))"""
)


@pytest.fixture(scope="module")
def page(browser: Browser, report_file: Path) -> Iterator[Page]:
    opened = visit(browser, report_file)
    used.remove(opened)  # not after the first test, but after all of this file
    yield opened.page
    opened.page.context.close()


@settings(deadline=None, max_examples=40)
@given(problem=strategies.problems())
def test_coverage_of_any_office(page: Page, problem: Problem) -> None:
    known = problem.disciplines
    assume(known is not None)
    assert known is not None
    ids, need = active_ids(problem), known.need
    groups = [[0], [*range(len(ids))], [*range(0, len(ids), 2)]]
    said = page.evaluate(COVERAGE, json.dumps([judge_data(problem), groups]))
    for members, (covers, more) in zip(groups, said, strict=True):
        found = coverage(problem, need, known.table, [ids[i] for i in members])
        told = {one.discipline: one.cover.replace(" ", "_") for one in found}
        assert covers == [told.get(name) for name in need.names]
        assert [need.names[d] for d in more] == list(one_more_post(found, need.threshold))


@pytest.fixture(scope="module")
def skilled(region: Country) -> Country:
    """Return the region with disciplines: all but one estimated, the last needed by every third municipality."""
    ids = active_ids(region.problem)
    need = DisciplineNeed({"arealplan": 0.6, "gis": 0.4}, only_for={"samisk": frozenset(ids[::3])})
    table = {ids[0]: {"arealplan": HeldFte(1.0, 1), "gis": HeldFte(0.6, 2)}}
    problem = replace(region.problem, disciplines=Disciplines(need, table))
    return replace(region, problem=problem, evaluation=evaluate(problem, region.grouping))


def competence(parts: Country, grouping: Grouping) -> CompetencePlan:
    world = cast("World", SimpleNamespace(problem=parts.problem, needed={}))
    found = competence_of(world, grouping)
    assert found is not None
    return found


def test_another_grouping_has_its_own_disciplines(skilled: Country, browser: Browser, tmp_path: Path) -> None:
    plan = competence(skilled, skilled.grouping)
    path = tmp_path / "report.html"
    write_report(path, answer(skilled, facts()), replace(findings(skilled), competence=plan))
    page = visit(browser, path).page
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    before = page.evaluate(GRID), page.evaluate(SHARED)
    assert before[1] == [plan.counted(name)[2] for name in plan.names]
    host, members = max(skilled.grouping.offices.items(), key=lambda one: len(one[1]))
    leaver = next(id_ for id_ in members if id_ != host)
    trying(page, f"alone('{leaver}')")
    tried = competence(skilled, Grouping.of({**skilled.grouping.host_of, leaver: leaver}))
    assert page.evaluate(SHARED) == [tried.counted(name)[2] for name in tried.names]
    assert len(page.evaluate(GRID)) == len(tried.offices)
    assert leaver in {ids for ids, _ in page.evaluate(GRID)}
    lacking = sum(np.subtract(*tried.counted(name)[::2]) for name in tried.names)
    assert f"{lacking} i inndelingen du prøver" in page.locator("#competence-sum").inner_text()
    assert page.locator("#competence-heading").is_visible()
    trying(page, "undo()")
    assert (page.evaluate(GRID), page.evaluate(SHARED)) == before
    assert "i planen" in page.locator("#competence-sum").inner_text()
