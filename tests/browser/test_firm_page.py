"""How firm the plan is: said of the plan as computed, on the map as a layer, and hidden while another plan is tried."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from visiting import violations, visit

from maps.told.firm import FirmPlan
from scenarios.export import run_folder
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.further import firmness
from scenarios.world.solving import run

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FirmPlan]:
    world = build(load("nasjonal", counties=("Troms",)))
    outcome = run(world)
    outcome = replace(outcome, firm=firmness.investigate(world, outcome.result, lambda _: None))
    folder = run_folder.write(tmp_path_factory.mktemp("runs") / "troms", outcome, {"load": 0.5, "total": 1.0})
    return folder, outcome.firm


def test_it_is_of_the_plan_as_computed(browser: Browser, written: tuple[Path, FirmPlan]) -> None:
    folder, firm = written
    opened = visit(browser, folder / "report.html", 1600)
    page = opened.page
    headline = page.get_by_text(f"{firm.always} av {len(firm.companions)} kommuner har samme plass")
    section = page.locator("section[aria-labelledby='firm-heading']")
    expect(headline).to_be_visible()
    expect(section.locator("tbody tr")).to_have_count(1 + len(firm.variants))
    assert violations(page, "section[aria-labelledby='firm-heading']") == []
    page.get_by_label("Farge viser").select_option("firm")
    shaded = page.locator(".with-firm")
    expect(shaded).to_have_count(1)
    expect(page.locator(".legend-row.of-firm:visible").first).to_be_visible()
    areas = "[...document.querySelectorAll('.area')].map((one) => [one.dataset.id, one.getAttribute('class')])"
    for id_, classes in page.evaluate(areas):
        assert (f"level-{firm.level(id_)}" in classes) if id_ in firm.companions else "level-" not in classes
    one = next(id_ for id_, found in firm.changes.items() if found)
    page.evaluate(f"plankontor.select('{one}')")
    card = page.locator("#card")
    expect(card).to_contain_text("Skifter kontor i")
    page.evaluate("plankontor.close()")
    page.evaluate(f"plankontor.trying.alone('{one}')")
    expect(headline).to_be_hidden()
    expect(section).to_be_hidden()
    expect(shaded).to_have_count(0)
    expect(page.locator(".firm-note:visible").first).to_be_visible()
    page.evaluate(f"plankontor.select('{one}')")
    expect(card).not_to_contain_text("Skifter kontor i")
    page.locator("#trial-undo").click()
    expect(headline).to_be_visible()
    expect(section).to_be_visible()
    expect(shaded).to_have_count(1)
    assert opened.complaints == []
    assert opened.requests == []


def test_the_map_alone_has_the_layer_too(browser: Browser, written: tuple[Path, FirmPlan]) -> None:
    folder, _ = written
    opened = visit(browser, folder / "map.html", address="#lang=en")
    opened.page.get_by_label("Colour shows").select_option(label="How firm the plan is")
    expect(opened.page.locator(".with-firm")).to_have_count(1)
    expect(opened.page.get_by_text("another office in at least one of")).to_be_visible()
    assert opened.complaints == []
