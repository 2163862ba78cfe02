"""The map on paper: as high as its page leaves room for, drawn anew for that, and as it was afterwards."""

import re
from pathlib import Path

import options
import pytest
from country import country, facts, write, write_report_of
from playwright.sync_api import Browser, Page
from visiting import visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

MM = 96 / 25.4
STATE = "() => { const m = plankontor.page.map; return [m.getCenter().lat, m.getCenter().lng, m.getZoom()]; }"


def announce(page: Page, event: str) -> None:
    """Tell the page's own scripts that printing begins or is over, as the browser does."""
    page.evaluate("event => window.dispatchEvent(new Event(event))", event)


@pytest.mark.parametrize(("kind", "height"), [("map", 176), ("report", 138), ("comparison", 146)])
def test_the_map_has_the_height_that_its_page_leaves(browser: Browser, tmp_path: Path, kind: str, height: int) -> None:
    path = tmp_path / f"{kind}.html"
    if kind == "map":
        write(path, country(), facts())
    elif kind == "report":
        write_report_of(path, country(), facts(description="Hva scenariet er til, i noen linjer."))
    else:
        options.write(path, 2)
    opened = visit(browser, path)
    page = opened.page
    before = page.evaluate(STATE)
    page.emulate_media(media="print")
    announce(page, "beforeprint")
    box = page.locator(".map-frame").bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(height * MM, abs=1)
    assert box["width"] == pytest.approx(184 * MM, abs=1)
    drawn = page.evaluate("() => [plankontor.page.map.getSize().x, plankontor.page.map.getSize().y]")
    assert drawn == pytest.approx([box["width"], box["height"]], abs=6), "the map knows its size"
    inside = "() => plankontor.page.map.getBounds().contains(L.latLngBounds(plankontor.page.extent))"
    assert page.evaluate(inside), "the whole area is on the sheet"
    small = page.locator("#paper-maps figure")
    if kind == "comparison":
        assert small.locator("figcaption").all_inner_texts() == [f"{k} {one}" for k, one in enumerate(names(page), 1)]
    if kind == "report":
        assert small.count() == len({one[:2] for one, _ in country().grouping})
        rows = page.locator("table.offices tr[data-number]").evaluate_all(
            "all => all.map((row) => [row.dataset.number, row.dataset.office])"
        )
        assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1))
        written = "row => getComputedStyle(row.querySelector('button'), '::before').content"
        assert page.locator("table.offices tr[data-number]").first.evaluate(written) == '"1. "'
        assert set(small.locator("text").all_text_contents()) == {number for number, _ in rows}
        shown = page.locator(".name-host").all_inner_texts()
        assert shown
        assert all(text.split(" ", 1)[0] in dict(rows) for text in shown)
    page.emulate_media(media="screen")
    announce(page, "afterprint")
    assert small.count() == 0
    assert page.locator("tr[data-number]").count() == 0
    assert page.locator(".map-frame").get_attribute("style") in {"", None}
    assert page.evaluate(STATE) == pytest.approx(before, abs=1e-6)
    assert opened.complaints == []


def names(page: Page) -> list[str]:
    found: list[str] = page.locator("#choices .choice b").all_inner_texts()
    return found


def test_one_county_is_printed_on_six_pages(browser: Browser, report_file: Path) -> None:
    page = visit(browser, report_file, address="#fylke=55").page
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))) <= 6
