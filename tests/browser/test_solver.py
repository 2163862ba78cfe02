"""The solver in the page answers as the program does, and a reader gets its answer as a trial, proved."""

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import given
from playwright.sync_api import Browser, Page, expect
from visiting import Opened, violations, visit

from maps.pages.offline import ASSETS
from maps.pages.render import script
from maps.pages.report import write_report
from maps.pages.solver.carried import BINARY
from maps.pages.trial import active_ids, judge_data
from optimizer.engines.listing import find_groups
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.questions.tradeoff.weights import weight_ranges
from optimizer.solve import Options, solve
from scenarios.export import scenario_text
from scenarios.export.pages import Judged, answer_of, findings
from scenarios.export.run_folder import facts_of
from scenarios.world.build import World, open_world
from scenarios.world.solving import Outcome

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

START = """async (text) => {
  const binary = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const instantiateWasm = (imports, receive) => {
    WebAssembly.instantiate(binary, imports).then(({ instance }) => receive(instance));
  };
  window.highs = await Module({ instantiateWasm });
}"""
ASK = """(text) => {
  const data = JSON.parse(text);
  const hostOf = data.ids.map((_, i) => i);
  const wishes = { weights: {}, limits: data.limits, demands: [], locks: [], hostOf, county: "" };
  return plankontor.answer(window.highs, data, wishes, [], 1e6, () => {});
}"""
RANGES = """(text) => {
  const [data, hostOf] = JSON.parse(text);
  const wishes = { weights: {}, limits: data.limits, demands: [], locks: [], hostOf, county: "" };
  return plankontor.ranges(window.highs, data, wishes, 1e6);
}"""
AGREE = 0.01
"""Minutes."""


@pytest.fixture(scope="module")
def solver(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(content=(ASSETS / "highs" / "highs.js").read_text("utf-8"))
    page.add_script_tag(content=f"{script('answers.js')}\nwindow.plankontor = plankontor;")
    page.evaluate(START, base64.b64encode(gzip.decompress(BINARY.read_bytes())).decode())
    yield page
    page.close()


@strategies.examples(40)
@given(problem=strategies.problems(shares=False))
def test_any_problem_has_the_same_optimum(solver: Page, problem: Problem) -> None:
    found = solver.evaluate(ASK, json.dumps(judge_data(problem)))
    expected = solve(problem, Options(engine="partition"))
    if expected.grouping is None:
        assert found["kind"] == "infeasible"
        return
    assert found["kind"] == "proved"
    assert found["offices"] == len(find_groups(problem))
    ids = active_ids(problem)
    grouping = Grouping.of({id_: ids[host] for id_, host in zip(ids, found["hostOf"], strict=True)})
    judged = evaluate(problem, grouping)
    assert not judged.violations
    assert judged.objective == pytest.approx(found["objective"], abs=AGREE)
    assert judged.objective == pytest.approx(expected.objective, abs=AGREE)


def test_a_plan_stays_the_best_between_the_prices_that_the_program_says(solver: Page, two_counties: World) -> None:
    problem, names = two_counties.problem, ("travel", "missing_fte", "county_lines")
    best = solve(problem).grouping
    assert best is not None
    ids = active_ids(problem)
    hosts = [ids.index(best.host_of[id_]) for id_ in ids]
    found = solver.evaluate(RANGES, json.dumps([judge_data(problem), hosts]))
    told = {one["name"]: one for one in found["ranges"]}
    expected = weight_ranges(problem, best, names).ranges
    for name in names:
        lower, upper = expected[name].lower, expected[name].upper
        assert lower is not None
        assert upper is not None
        assert told[name]["low"] == pytest.approx(lower.weight, abs=0.01)
        high = told[name]["far"] if upper.weight is None else min(upper.weight, told[name]["far"])
        assert told[name]["high"] == pytest.approx(high, abs=0.01)


def solved(world: World) -> Outcome:
    result = solve(world.problem)
    judged = None if result.grouping is None else evaluate(world.problem, result.grouping)
    return Outcome(world, result, judged)


@pytest.fixture(scope="module")
def two_counties() -> World:
    return open_world("nasjonal", counties=["Finnmark", "Troms"])


@pytest.fixture(scope="module")
def solving(two_counties: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    outcome = solved(two_counties)
    assert outcome.result.grouping is not None
    assert outcome.evaluation is not None
    facts = facts_of(outcome, {})
    told = answer_of(Judged(two_counties, outcome.result.grouping, outcome.evaluation, facts), "nb")
    found = findings(two_counties, outcome.result.grouping, outcome.evaluation, facts)
    path = tmp_path_factory.mktemp("solving") / "report.html"
    write_report(path, told, replace(found, scenario=scenario_text.of(two_counties.scenario)))
    return path


@pytest.fixture
def panel(browser: Browser, solving: Path) -> Iterator[Opened]:
    page = visit(browser, solving, 1280, 900)
    page.page.locator("#best-heading button").click()
    yield page
    assert page.requests == []
    assert page.complaints == []


def press(page: Page) -> None:
    page.locator("#best-find").click()
    expect(page.locator("#best-form")).to_have_attribute("aria-busy", "false")


def fill(page: Page, values: dict[str, str]) -> None:
    for name, value in values.items():
        fold = page.locator(f"details:has(#{name})")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        page.locator(f"#{name}").fill(value)


def demand(page: Page, kind: str, *ids: str) -> None:
    fold = page.locator("#best-demands")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    where = page.evaluate("ids => ids.map((id) => String(plankontor.theTrial().judge.ids.indexOf(id)))", list(ids))
    page.locator("#demand-kind").select_option(kind)
    for name, value in zip(("first", "second"), where, strict=False):
        page.locator(f"#demand-{name}").select_option(value)
    page.locator("#demand-add").click()


HOST, MEMBER, OTHER = "5532", "5524", "5540"
"""In the plan of the two counties a host, its member, and another host: Balsfjord, Målselv, Kåfjord."""
SETTINGS: list[tuple[dict[str, str], list[tuple[str, ...]]]] = [
    ({"price-missing_fte": "100,5", "price-travel": "2", "limit-max_minutes": "60"}, []),
    ({"limit-max_members": "4", "limit-max_offices": "8"}, [("alone", MEMBER), ("not_host", OTHER)]),
    ({"price-alone": "30"}, [("out", OTHER), ("apart", MEMBER, HOST), ("leads", HOST)]),
]


@pytest.mark.parametrize(("values", "demands"), SETTINGS)
def test_the_program_says_the_same_of_what_the_page_saves(
    panel: Opened, tmp_path: Path, values: dict[str, str], demands: list[tuple[str, ...]]
) -> None:
    page = panel.page
    fill(page, values)
    for kind, *ids in demands:
        demand(page, kind, *ids)
    press(page)
    expect(page.locator("#best-status")).to_contain_text("Beste mulige plan med dette, bevist")
    with page.expect_download() as saved:
        page.locator("#best-save").click()
    file = tmp_path / "beste-plan.toml"
    saved.value.save_as(file)
    again = solved(open_world(str(file)))
    assert again.result.status == "optimal"
    shown = page.locator("#best-terms .sum td").last.inner_text()
    assert float(shown.replace("\u202f", "").replace(",", ".")) == pytest.approx(again.result.objective, abs=0.051)
    hosts: dict[str, Any] = page.evaluate(
        "() => Object.fromEntries([...plankontor.page.members].map(([id, one]) => [id, one.host]))"
    )
    grouping = Grouping.of({id_: hosts[id_] for id_ in active_ids(again.world.problem)})
    assert evaluate(again.world.problem, grouping).objective == pytest.approx(again.result.objective, abs=AGREE)
    expect(page.locator("#trial-body")).to_be_visible()
    page.locator("#trial-undo").click()
    assert page.evaluate("() => plankontor.page.trialOn") is False


def test_what_cannot_hold_is_named(panel: Opened) -> None:
    page = panel.page
    fill(page, {"limit-max_minutes": "1"})
    demand(page, "leads", HOST)
    press(page)
    expect(page.locator("#best-status")).to_contain_text("kan ikke gjelde samtidig (bevist)")
    expect(page.locator("#best-conflict li")).to_have_count(2)
    expect(page.locator("#trial-body")).to_be_hidden()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("price-travel", "ni", "et tall fra 0 til"),
        ("price-travel", "-1", "et tall fra 0 til"),
        ("price-alone", "1000001", "et tall fra 0 til"),
        ("limit-max_minutes", "90", "--set limits.max_minutes=90"),
        ("limit-max_members", "2,5", "helt tall"),
    ],
)
def test_a_wrong_field_says_so(panel: Opened, field: str, value: str, said: str) -> None:
    page = panel.page
    fill(page, {field: value})
    page.locator("#best-find").click()
    expect(page.locator(f"#{field}-note")).to_contain_text(said)
    expect(page.locator(f"#{field}")).to_be_focused()
    expect(page.locator("#best-answer")).to_be_hidden()


def test_tries_stand_side_by_side(panel: Opened) -> None:
    page = panel.page
    press(page)
    fill(page, {"price-missing_fte": "20"})
    press(page)
    expect(page.locator("#tried-rows tr")).to_have_count(2)
    page.locator("#tried-rows tr").first.get_by_role("button", name="Åpne").click()
    expect(page.locator("#price-missing_fte")).to_have_value("240")
    expect(page.locator("#trial-body")).to_be_visible()
    with page.expect_download() as saved:
        page.locator("#tried-csv").click()
    assert len(Path(saved.value.path()).read_text("utf-8").splitlines()) == 3
    assert violations(page, "#best") == []


@pytest.mark.parametrize("width", [390, 960, 1280, 1920])
def test_axe_finds_nothing_in_the_open_panel(browser: Browser, solving: Path, width: int) -> None:
    page = visit(browser, solving, width, 900).page
    page.locator("#best-heading button").click()
    page.locator("#best details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    press(page)
    expect(page.locator("#best-status")).to_contain_text("bevist")
    assert violations(page, "#best") == []


def test_all_of_it_goes_by_keyboard_and_is_said_aloud(browser: Browser, solving: Path) -> None:
    page = visit(browser, solving, 1280, 900).page
    page.locator("#best-heading button").focus()
    page.keyboard.press("Enter")
    for key in ("Tab", "Tab", "Tab", "Tab", "2", "0", "Enter"):
        page.keyboard.press(key)
    assert page.evaluate("() => document.activeElement.id") == "price-missing_fte"
    expect(page.locator("#best-form")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#best").get_by_role("status").filter(has_text="bevist")).to_be_visible()
    expect(page.locator("path.area.moved").first).to_be_attached()
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.id || document.activeElement.textContent"))
    wanted = ["best-county", "best-find", "best-firm", "best-save", "best-reset", "tried-csv"]
    assert [one for one in wanted if one not in reached] == []
    assert any(one.startswith("Åpne") for one in reached)
    assert any(one.startswith("Fjern") for one in reached)


def test_demands_that_contradict_are_refused(panel: Opened) -> None:
    page = panel.page
    demand(page, "leads", HOST)
    demand(page, "alone", HOST)
    expect(page.locator("#demand-note")).to_contain_text("kan ikke gjelde sammen med")
    expect(page.locator("#demand-list li")).to_have_count(1)


def test_a_damaged_solver_says_so(browser: Browser, solving: Path) -> None:
    page = visit(browser, solving, 1280, 900).page
    page.evaluate(
        "() => { const one = document.getElementById('solver-wasm'); one.textContent = 'AAAA' + one.textContent; }"
    )
    page.locator("#best-heading button").click()
    press(page)
    expect(page.locator("#best-status")).to_contain_text("er skadet og lar seg ikke starte")
    expect(page.locator("#trial-body")).to_be_hidden()


def test_it_starts_when_the_panel_is_opened_and_gives_its_memory_back(browser: Browser, solving: Path) -> None:
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.clock.install()
        page.goto(solving.as_uri())
        expect(page.locator("html")).to_have_attribute("data-ready", "yes")
        assert page.workers == []
        with page.expect_event("worker"):
            page.locator("#best-heading button").click()
        press(page)
        assert len(page.workers) == 1
        with page.workers[0].expect_event("close"):
            page.clock.fast_forward(61_000)
        assert page.workers == []


def test_the_other_language_carries_it_too(browser: Browser, solving: Path) -> None:
    opened = visit(browser, solving, 1280, 900, "#lang=en")
    opened.page.locator("#best-heading button").click()
    press(opened.page)
    expect(opened.page.locator("#best-status")).to_contain_text("proved")
    assert opened.complaints == []
