"""Tables by their columns: larger first, back, and the order of the page; also while another grouping is tried."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import Opened, unfold, visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


def hosts(page: Page, table: str = "offices") -> list[str]:
    found: list[str] = page.locator(f"table.{table} tr[data-office]:visible").evaluate_all(
        "rows => rows.map((row) => row.dataset.office)"
    )
    return found


def figures(page: Page, column: int, table: str = "offices") -> list[float]:
    cells = page.locator(f"table.{table} tr[data-office]:visible > :nth-child({column})").all_inner_texts()
    return [float(text.split("/")[-1].split("<")[-1].removesuffix("%").replace(",", ".")) for text in cells]


def header(page: Page, name: str, table: str = "offices") -> Locator:
    return page.locator(f"table.{table} thead").get_by_role("button", name=name)


@pytest.mark.parametrize(("name", "column"), [("Behov", 3), ("Mangler", 4), ("Reise", 5), ("Ingen på jobb", 7)])
def test_figures_largest_first_then_smallest_then_as_before(report: Opened, name: str, column: int) -> None:
    page = report.page
    before = hosts(page)
    header(page, name).click()
    assert figures(page, column) == sorted(figures(page, column), reverse=True)
    assert page.locator(f"table.offices thead th:nth-child({column})").get_attribute("aria-sort") == "descending"
    expect(page.locator("table.offices tr.county:visible")).to_have_count(0)
    header(page, name).click()
    assert figures(page, column) == sorted(figures(page, column))
    header(page, name).click()
    assert hosts(page) == before
    assert page.locator("table.offices [aria-sort]").count() == 0


def test_names_follow_the_norwegian_alphabet(report: Opened) -> None:
    page = report.page
    header(page, "Kommune", "alone").click()
    names = page.locator("table.alone tr[data-office] th > button").all_inner_texts()
    letters = "abcdefghijklmnopqrstuvwxyzæøå"
    first = [letters.index(name[0].lower()) for name in names if name[0].lower() in letters]
    assert first == sorted(first)
    assert len(set(first)) > 3


def test_by_keyboard_and_the_arrows_follow_the_new_order(report: Opened) -> None:
    page = report.page
    header(page, "Behov").focus()
    page.keyboard.press("Enter")
    order = hosts(page)
    page.locator(f"tr[data-office='{order[0]}'] button").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"tr[data-office='{order[1]}'] button").first).to_be_focused()


def test_a_county_and_a_trial_keep_the_order(report: Opened) -> None:
    page = report.page
    before = hosts(page)
    header(page, "Mangler").click()
    page.get_by_label("Vis ett fylke").select_option("55")
    assert 0 < len(hosts(page)) < len(before)
    assert figures(page, 4) == sorted(figures(page, 4), reverse=True)
    page.evaluate("plankontor.trying.alone('5540')")
    assert figures(page, 4) == sorted(figures(page, 4), reverse=True)
    assert "5540" not in hosts(page)
    page.evaluate("plankontor.trying.reset()")
    page.get_by_label("Vis ett fylke").select_option("")
    assert figures(page, 4) == sorted(figures(page, 4), reverse=True)
    header(page, "Mangler").click()
    header(page, "Mangler").click()
    assert hosts(page) == before


def test_what_is_opened_below_a_row_goes_with_it(report: Opened) -> None:
    page = report.page
    row = page.locator("table.offices tr[data-office]").last
    host = row.get_attribute("data-office")
    row.get_by_role("button", name="Endre").click()
    header(page, "Behov").click()
    assert page.locator(f"tr[data-office='{host}'] + tr.editor").count() == 1
    header(page, "Behov").click()
    header(page, "Behov").click()
    assert page.locator(f"tr[data-office='{host}'] + tr.editor").count() == 1


def test_tab_leads_from_a_heading_into_the_rows(report: Opened) -> None:
    page = report.page
    header(page, "Ingen på jobb").focus()
    page.keyboard.press("Tab")
    expect(page.locator("table.offices tbody button").first).to_be_focused()


def test_on_a_phone_the_headings_are_seen_and_sort(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, 390)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollHeight") < 6000, "the sections are folded"
    unfold(page)
    headings = page.locator("table.stacked:visible button.sort")
    seen = headings.evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.left, box.right])"
    )
    assert len(seen) == 7 + 6
    assert all(0 <= left < right <= 390 for left, right in seen)
    header(page, "Mangler").click()
    order = page.locator("table.offices tr[data-office] td[data-label='Mangler']").all_inner_texts()
    missing = [float(text.replace(",", ".")) for text in order]
    assert missing == sorted(missing, reverse=True)


def test_names_sort_as_in_norwegian_on_an_english_page_too(browser: Browser, national_report: Path) -> None:
    opened = visit(browser, national_report, address="#lang=en")
    header(opened.page, "County", "alone").click()
    assert opened.page.locator("table.alone tr[data-office] td:nth-child(2)").last.inner_text() == "\u00d8stfold"
    header(opened.page, "Municipality", "alone").click()
    assert opened.page.locator("table.alone tr[data-office] th > button").last.inner_text() == "\u00c5rdal"
