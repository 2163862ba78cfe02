"""One file in three languages: the links and the address switch, what is chosen stays, no request, no complaint."""

import re
from collections.abc import Callable
from pathlib import Path

import options
import pytest
from country import country, facts, write, write_report_of
from playwright.sync_api import Browser, Page, expect
from visiting import Opened, violations, visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

WRITERS: dict[str, Callable[[Path, str], None]] = {
    "map": lambda path, language: write(path, country(), facts(), language),
    "report": lambda path, language: write_report_of(path, country(), facts(), language),
    "comparison": lambda path, language: options.write(path, 3, language),
}


@pytest.fixture(scope="module", params=WRITERS)
def norwegian(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param in {"map", "report"}:
        return request.getfixturevalue(f"{request.param}_file")
    path = tmp_path_factory.mktemp("language") / f"{request.param}.html"
    WRITERS[request.param](path, "nb")
    return path


def wait_for(page: Page, language: str) -> None:
    expect(page.locator(f"html[lang={language}]")).to_have_attribute("data-ready", "yes")


def quiet(opened: Opened) -> None:
    assert opened.requests == []
    assert opened.complaints == []


def figures(page: Page) -> list[str]:
    """Return every number in the page's tables, written the same whatever the language."""
    text = " ".join(page.locator("main table:visible").all_inner_texts())
    plain = (
        text.replace("\u202f", "").replace(",", ".") if page.evaluate("document.documentElement.lang") != "en" else text
    )
    return re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", plain))


def test_the_link_switches_and_keeps_what_is_chosen(browser: Browser, norwegian: Path) -> None:
    opened = visit(browser, norwegian)
    page = opened.page
    page.get_by_role("combobox", name="Finn en kommune").fill("utsira")
    page.keyboard.press("Enter")
    before = figures(page)
    assert page.evaluate("location.hash") == "#1151"
    page.get_by_role("link", name="English").click()
    wait_for(page, "en")
    assert page.evaluate("location.hash") == "#1151&lang=en"
    assert page.locator("#card .card").inner_text().startswith("Utsira")
    assert figures(page) == before
    page.get_by_role("link", name="Norsk (nynorsk)").click()
    wait_for(page, "nn")
    assert page.evaluate("location.hash") == "#1151&lang=nn"
    assert page.locator("#card .card").inner_text().startswith("Utsira")
    assert page.get_by_role("combobox", name="Finn ein kommune").is_visible()
    assert figures(page) == before
    page.get_by_role("link", name="Norsk (bokmål)").click()
    wait_for(page, "nb")
    assert figures(page) == before
    quiet(opened)


def test_the_address_opens_the_other_language_as_it_would_be_written(
    browser: Browser, norwegian: Path, tmp_path: Path
) -> None:
    english = tmp_path / "english.html"
    WRITERS[norwegian.stem](english, "en")
    texts = []
    for path, address in ((norwegian, "#lang=en"), (english, "")):
        opened = visit(browser, path, address=address)
        texts.append((opened.page.title(), opened.page.locator("main").inner_text()))
        if address:
            for name in ("Norsk (bokmål)", "Norsk (nynorsk)"):
                assert opened.page.get_by_role("link", name=name).is_visible()
            assert violations(opened.page) == []
        quiet(opened)
    assert texts[0] == texts[1]


def test_without_a_packed_page_in_that_language_the_file_opens_as_it_is(browser: Browser, norwegian: Path) -> None:
    opened = visit(browser, norwegian, address="#lang=xx")
    assert opened.page.evaluate("document.documentElement.lang") == "nb"
    quiet(opened)


def test_a_trial_goes_on_in_the_other_language(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file)
    page = opened.page
    page.evaluate("plankontor.trying.alone('5540')")
    page.get_by_label("Vis ett fylke").select_option("55")
    total = page.locator("#trial-total").inner_text()
    moved = page.evaluate("location.hash")
    page.get_by_role("link", name="English").click()
    wait_for(page, "en")
    assert set(page.evaluate("location.hash").split("&")) == {*moved.split("&"), "lang=en"}
    assert page.locator("#trial-total").inner_text().replace(",", "\u202f").replace(".", ",") == total
    assert page.get_by_label("Show one county").input_value() == "55"
    quiet(opened)


def test_what_is_sorted_and_opened_stays_so(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file)
    page = opened.page
    for name in ("Reise", "Reise"):
        page.locator("table.offices").get_by_role("button", name=name).click()
    page.get_by_text("Innstillinger", exact=True).click()
    rows = page.locator("table.offices tr[data-office]")
    order = rows.evaluate_all("all => all.map((one) => one.dataset.office)")
    page.get_by_role("link", name="English").click()
    wait_for(page, "en")
    assert rows.evaluate_all("all => all.map((one) => one.dataset.office)") == order
    expect(page.get_by_role("columnheader", name="Journey")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("table.settings")).to_be_visible()
    page.locator("table.offices").get_by_role("button", name="Journey").click()
    assert rows.evaluate_all("all => all.map((one) => one.dataset.office)") != order
    quiet(opened)


def test_a_click_beside_the_link_does_nothing(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file)
    opened.page.locator("#languages").click(position={"x": 3, "y": 3})
    assert opened.page.evaluate("location.hash") == ""
    quiet(opened)


def test_a_damaged_pack_leaves_the_file_as_it_is(browser: Browser, report_file: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "report.html"
    page = report_file.read_text(encoding="utf-8")
    start = page.index(">", page.index('class="translation"')) + 1
    damaged.write_text(page[: start + 400] + "AAAA" + page[start + 404 :], encoding="utf-8")
    opened = visit(browser, damaged, address="#5540&lang=nn")
    assert opened.page.evaluate("document.documentElement.lang") == "nb"
    assert opened.page.evaluate("location.hash") == "#5540"
    assert opened.complaints != []
