"""Other prices on the comparison page: every option is what `evaluate` says at them."""

from dataclasses import replace
from pathlib import Path

import options
import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import visit

from maps.told import texts
from optimizer.judging.evaluate import evaluate

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("again") / "page.html"
    options.write(path, 4, front=options.FRONT)
    return path


def row_of(page: Page, name: str) -> list[str]:
    found: list[str] = page.locator(f"tr[data-row={name}] .value").all_inner_texts()
    return found


def test_other_prices_judge_all_options_again(browser: Browser, four: Path) -> None:
    opened = visit(browser, four, 1280, 900)
    page, before = opened.page, {name: row_of(opened.page, name) for name in ("objective", "above_lowest", "status")}
    page.fill("#price-missing_fte", "20,5")
    page.fill("#price-travel", "3")
    problem = options.world(4).problem
    other = replace(problem, weights=replace(problem.weights, missing_fte=20.5, travel=3.0))
    judged = [evaluate(other, choice.grouping) for choice in options.options(4)]
    assert row_of(page, "objective") == [texts.number(one.objective, 1) for one in judged]
    assert row_of(page, "burden_travel") == [texts.number(one.terms["travel"].minutes, 1) for one in judged]
    assert set(row_of(page, "status")) == {texts.DASH}
    order = sorted(range(4), key=lambda i: (bool(judged[i].violations), judged[i].objective))
    choices = page.locator("#choices .choice b").all_inner_texts()
    assert page.locator("#again-order button").all_inner_texts() == [choices[i] for i in order]
    expect(page.locator("tr[data-row=objective] td.best")).to_have_attribute("data-option", str(order[0] + 1))
    expect(page.locator("#sentence")).to_contain_text(texts.number(judged[order[0]].objective, 1))
    expect(page.locator("#chart-prices")).to_be_visible()
    page.locator("#again-order button").nth(2).click()
    expect(page.locator("#choices input").nth(order[2])).to_be_checked()
    again = visit(browser, four, 1280, 900, "#" + page.url.split("#")[1]).page
    assert row_of(again, "objective") == row_of(page, "objective")
    page.fill("#price-alone", "-1")
    expect(page.locator("#price-alone-note")).to_contain_text("et tall fra 0 til")
    assert row_of(page, "objective") == row_of(again, "objective")
    page.locator("#again-reset").click()
    assert {name: row_of(page, name) for name in before} == before
    assert "pris=" not in page.url
    assert opened.complaints == []


def test_a_price_in_the_address_that_is_none_is_told(browser: Browser, four: Path) -> None:
    page = visit(browser, four, 1280, 900, "#pris=travel:1,alone:-4").page
    expect(page.locator("#address-note")).to_contain_text("alone:-4")
    expect(page.locator("#again-told")).to_have_text("Prisene er som i scenariet.")
