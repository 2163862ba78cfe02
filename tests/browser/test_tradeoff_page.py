"""The plans along the price of a missing årsverk: one press shows one of them in the whole report, undo goes back."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import unfold, violations, visit

from maps.told import texts
from maps.told.findings import PricedPlans
from scenarios.export import run_folder
from scenarios.question.load import load
from scenarios.world import solving
from scenarios.world.build import build
from scenarios.world.further import tradeoff

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PricedPlans]:
    world = build(load("nasjonal", counties=("Troms",)))
    outcome = solving.run(world)
    outcome = replace(outcome, tradeoff=tradeoff.solve(world, outcome.result, lambda _: None, None))
    folder = run_folder.write(tmp_path_factory.mktemp("runs") / "troms", outcome, {"load": 0.5, "total": 1.0})
    return folder / "report.html", tradeoff.plans(world.problem, outcome.tradeoff)


def hosts(page: Page) -> dict[str, str]:
    found = page.evaluate("[...plankontor.page.members].map(([id, member]) => [id, member.host])")
    return {id_: host for id_, host in found if host}


@pytest.mark.parametrize("width", [1280, 390])
def test_one_press_shows_a_plan_and_undo_goes_back(browser: Browser, written: tuple[Path, PricedPlans], width: int):
    path, priced = written
    opened = visit(browser, path, width)
    page, plans = opened.page, priced.plans
    unfold(page)
    rows = page.locator("table.plans tbody tr")
    expect(rows).to_have_count(len(plans))
    [own] = [k for k, plan in enumerate(plans) if plan.shown]
    other = next(k for k in (len(plans) - 1, 1, 0) if plans[k].moved)
    assert rows.nth(own).get_attribute("aria-current") == "true"
    rows.nth(other).get_by_role("button").click()
    assert hosts(page) == plans[other].host_of
    expect(page.locator("#figure-alone")).to_have_text(str(plans[other].alone))
    expect(page.locator("#figure-offices")).to_have_text(str(plans[other].offices))
    expect(page.locator("#trial-count")).to_contain_text(f"{plans[other].moved} endret")
    expect(page.locator("#trial-distance")).to_contain_text(texts.number(plans[other].extra, 1))
    expect(page.locator("#trial-rules")).to_have_text("Ingen regel er brutt.")
    assert page.locator("#trial-moved li").count() == plans[other].moved
    for k in (own, other):
        expect(rows.nth(k).get_by_role("button")).to_have_attribute("aria-pressed", str(k == other).lower())
    assert violations(page, "section[aria-labelledby='tradeoff-heading']") == []
    if width == 390:
        box = page.locator(".map-frame").bounding_box()
        assert box is not None
        assert box["y"] < 400, "the map has come into view"
    page.locator("#trial-undo").click()
    assert hosts(page) == plans[own].host_of
    expect(rows.nth(own)).to_have_attribute("aria-current", "true")
    assert opened.complaints == []
    assert opened.requests == []


def test_its_address_opens_the_plan_and_a_lock_holds_it_back(browser: Browser, written: tuple[Path, PricedPlans]):
    path, priced = written
    page = visit(browser, path).page
    other = next(k for k, plan in enumerate(priced.plans) if plan.moved)
    button = page.locator(f"button[data-plan='{other}']")
    button.click()
    expect(page).to_have_url(re.compile(re.escape(f"{path.as_uri()}#") + ".+"))
    again = visit(browser, path, address="#" + page.url.partition("#")[2]).page
    expect(again.locator(f"button[data-plan='{other}']")).to_have_attribute("aria-pressed", "true")
    page.locator("#trial-undo").click()
    id_ = next(i for i, host in priced.plans[other].host_of.items() if hosts(page)[i] != host)
    page.evaluate(f"plankontor.trying.lock('{id_}')")
    before = hosts(page)
    button.click()
    assert hosts(page) == before
    expect(page.locator("#trial-status")).to_contain_text("låst")
