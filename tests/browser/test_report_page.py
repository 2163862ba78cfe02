"""The report in a real browser with the network off: linked both ways, one county at a time, by keyboard."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from country import Country, answer, facts, renamed, write_report_of
from playwright.sync_api import Browser, Page, expect
from visiting import Opened, unfold, violations, visit

from maps.told import texts
from maps.told.today import TodayWords
from optimizer.judging.close_calls import LEADING
from optimizer.judging.evaluation import OfficeRow

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

COUNTY = "55"
FOLDED = 5
"""Counties from which on they are folded."""


def of_county(region: Country, county: str = COUNTY) -> list[OfficeRow]:
    counties = region.municipalities["county_number"]
    return [row for row in region.evaluation.offices if any(counties[id_] == county for id_ in row.members)]


def figure(page: Page, name: str) -> str:
    return page.locator(f"#figure-{name}").inner_text()


def test_it_opens_at_once_and_quietly(browser: Browser, report_file: Path) -> None:
    start = time.monotonic()
    opened = visit(browser, report_file)
    assert time.monotonic() - start < 10
    assert opened.page.title() == "Rapport: Plankontor i hele landet \u2013 plankontor"
    assert opened.requests == []
    assert opened.complaints == []


def test_a_county_adjusts_every_figure_and_back(report: Opened, region: Country) -> None:
    page = report.page
    before = page.locator("main").inner_text()
    page.get_by_label("Vis ett fylke").select_option(COUNTY)
    rows = of_county(region)
    shared, alone = [row for row in rows if row.is_shared], [row for row in rows if not row.is_shared]
    at, minutes = region.problem.index, region.problem.minutes
    ways = [float(minutes[at[i], at[row.host]]) for row in shared for i in row.members if i != row.host]
    expected = {
        "offices": texts.number(len(shared)),
        "grouped": texts.number(sum(len(row.members) for row in shared)),
        "alone": texts.number(len(alone)),
        "mean": texts.number(sum(ways) / len(ways)),
        "longest": texts.number(max(ways)),
        "missing": texts.number(sum(row.missing_fte for row in rows), 1),
        "county_lines": texts.number(sum(row.county_lines for row in rows)),
        "statsforvalter_lines": texts.number(sum(row.statsforvalter_lines for row in rows)),
    }
    assert {name: figure(page, name) for name in expected} == expected
    assert texts.number(max(ways)) in page.locator("#sentence").inner_text()
    shown = page.locator("tr[data-office]:visible")
    assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.office)")) == {row.host for row in rows}
    travel = sum(row.travel_minutes for row in rows)
    assert page.locator("tr[data-term='travel'] .value").inner_text() == texts.number(travel, 1)
    objective = sum(row.minutes_equivalents for row in rows)
    assert page.locator("#objective").inner_text() == texts.number(objective, 1)
    assert f"{texts.number(max(ways))} av høyst 75" in page.locator("[data-rule='max_minutes']").inner_text()
    assert page.evaluate("location.hash") == f"#fylke={COUNTY}"
    assert "Troms" in page.locator("#filter-note").inner_text()
    page.get_by_label("Vis ett fylke").select_option("")
    assert page.locator("main").inner_text() == before
    assert page.evaluate("location.hash") == ""


def test_a_county_says_for_itself_what_is_an_estimate(browser: Browser, region: Country, tmp_path: Path) -> None:
    table = region.municipalities.copy()
    inside = [id_ for row in of_county(region) for id_ in row.members]
    table.loc[inside, ["planner_fte_source", "need_fte_source"]] = "egne-tall.csv"
    write_report_of(tmp_path / "report.html", replace(region, municipalities=table), facts())
    page = visit(browser, tmp_path / "report.html").page
    missing, total = page.locator("tr[data-term='missing_fte'] th"), page.locator("table.terms tfoot th")
    longest = page.locator("dt:has(+ #figure-longest)")
    said = [
        ("", "(delvis anslag)", "(delvis anslag)"),
        (COUNTY, "", "(delvis anslag)"),
        ("11", "(anslag)", "(delvis anslag)"),
    ]
    for county, of_planners, of_sum in said:
        page.get_by_label("Vis ett fylke").select_option(county)
        assert missing.inner_text().removeprefix("Årsverk som mangler").strip() == of_planners
        assert total.inner_text().removeprefix("Sum").strip() == of_sum
        assert longest.inner_text().endswith("(anslag)")
    # A trial is judged in the whole plan, whatever county is shown.
    page.get_by_label("Vis ett fylke").select_option(COUNTY)
    page.evaluate("plankontor.trying.alone('5540')")
    assert missing.inner_text() == "Årsverk som mangler"
    expect(page.locator("#trial-terms th").filter(has_text="Årsverk som mangler")).to_have_text(
        "Årsverk som mangler (delvis anslag)"
    )
    page.evaluate("plankontor.trying.reset()")
    page.get_by_label("Vis ett fylke").select_option("")
    stars = lambda id_: page.locator(f"table.alone tr[data-office='{id_}'] .star").count()  # noqa: E731
    other = next(id_ for id_ in region.evaluation.alone if id_ not in inside)
    assert stars(other) == 4
    page.evaluate("plankontor.trying.alone('5540')")
    expect(page.locator("table.alone tr[data-office='5540']")).to_be_visible()
    assert (stars(other), stars("5540")) == (4, 0)


def test_a_county_where_nobody_stands_alone_says_so(report: Opened, region: Country) -> None:
    page = report.page
    counties = set(region.municipalities["county_number"])
    crowded = sorted(county for county in counties if of_county(region, county))
    empty = [county for county in crowded if all(row.is_shared for row in of_county(region, county))]
    for county in empty[:1]:
        page.get_by_label("Vis ett fylke").select_option(county)
        expect(page.get_by_text("Ingen kommuner står alene.")).to_be_visible()
        expect(page.locator("table.alone")).to_be_hidden()
    page.get_by_label("Vis ett fylke").select_option("")
    expect(page.locator("table.alone")).to_be_visible()


def test_the_address_keeps_choice_and_county(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, address=f"#5540&fylke={COUNTY}")
    expect(opened.page.locator("#card .card").last).to_contain_text("Kåfjord")
    expect(opened.page.get_by_label("Vis ett fylke")).to_have_value(COUNTY)
    assert opened.page.evaluate("location.hash") == f"#5540&fylke={COUNTY}"
    opened.page.get_by_role("link", name="Data", exact=True).click()
    assert opened.page.evaluate("location.hash") == f"#5540&data-heading&fylke={COUNTY}"
    expect(opened.page.get_by_role("heading", name="Data og antakelser")).to_be_in_viewport()


def test_an_address_of_a_section_opens_there(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, address="#data-heading")
    expect(opened.page.get_by_role("heading", name="Data og antakelser")).to_be_in_viewport()
    assert opened.page.evaluate("location.hash") == "#data-heading"
    assert opened.complaints == []


def test_a_county_that_is_not_here_is_told(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, address="#fylke=99")
    expect(opened.page.locator("#address-note")).to_have_text(
        "Lenken nevner fylket «99», som ikke finnes på denne siden. Alle fylker vises."
    )
    expect(opened.page.get_by_label("Vis ett fylke")).to_have_value("")
    assert opened.page.evaluate("location.hash") == ""
    assert opened.complaints == []


def test_at_an_ordinary_width_the_map_says_what_its_areas_mean(browser: Browser, report_file: Path) -> None:
    page = visit(browser, report_file, 1280, 900).page
    expect(page.locator(".key-bar")).to_contain_text("Står alene")
    expect(page.locator(".key-bar")).to_be_in_viewport()


def test_the_map_leads_to_the_row_and_the_row_to_the_map(report: Opened, region: Country) -> None:
    page, row = report.page, region.evaluation.shared[-2]
    member = next(id_ for id_ in row.members if id_ != row.host)
    page.evaluate("id => plankontor.select(id, { zoom: true })", member)
    expect(page.locator(f"tr[data-office='{row.host}']")).to_be_in_viewport()
    expect(page.locator(f"tr[data-office='{row.host}']")).to_have_class("chosen")
    expect(page.locator(f"table.offices button[data-select='{member}']")).to_have_attribute("aria-current", "true")
    other = region.evaluation.shared[0]
    page.locator(f"tr[data-office='{other.host}'] button").nth(1).click()
    expect(page.locator("path.area.chosen")).to_have_count(len(other.members))


def test_whoever_stands_alone_hears_why(report: Opened, region: Country) -> None:
    """Also who has no other within reach."""
    page = report.page
    for office in [row for row in region.evaluation.offices if not row.is_shared][:3]:
        row = page.locator(f'tr[data-office="{office.host}"] .members').first
        reason = row.evaluate("one => one.firstChild.textContent")
        page.evaluate(f"plankontor.select('{office.host}')")
        expect(page.locator("#card .card").filter(has_text=reason)).to_be_visible()
        assert len(reason) > 20
    page.evaluate("void plankontor.page.map.closePopup()")
    assert report.complaints == []


def test_whoever_lies_outside_the_county_lifts_the_filter(report: Opened) -> None:
    page = report.page
    page.get_by_label("Vis ett fylke").select_option(COUNTY)
    page.get_by_role("combobox", name="Finn en kommune").fill("Utsira")
    page.keyboard.press("Enter")
    expect(page.locator("#card .card").last).to_contain_text("Utsira")
    expect(page.get_by_label("Vis ett fylke")).to_have_value("")
    expect(page.locator("#filter-note")).to_be_empty()


def test_the_table_is_one_tab_stop_and_the_arrows_lead_on(report: Opened, region: Country) -> None:
    page = report.page
    assert page.locator("table.offices tr[data-office] button[tabindex='0']").count() == 1
    first, second = (
        page.locator("table.offices tr[data-office]").nth(0),
        page.locator("table.offices tr[data-office]").nth(1),
    )
    first.locator("button").first.focus()
    page.keyboard.press("ArrowRight")
    expect(first.locator("button").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(second.locator("button").first).to_be_focused()
    assert page.locator("table.offices tr[data-office] button[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    host = second.get_attribute("data-office") or ""
    label = region.municipalities.at[host, "name_norwegian"]
    expect(page.locator("#card .card").last).to_contain_text(label)


def test_verdicts_zoom_the_map(report: Opened, region: Country) -> None:
    longest = max(region.evaluation.shared, key=lambda row: row.longest_minutes)
    report.page.locator("[data-rule='max_minutes'] button").click()
    expect(report.page.locator("path.area.chosen")).to_have_count(len(longest.members))


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_axe_finds_nothing(browser: Browser, report_file: Path, width: int) -> None:
    opened = visit(browser, report_file, width, 900)
    opened.page.get_by_label("Vis ett fylke").select_option(COUNTY)
    unfold(opened.page)
    for part in opened.page.locator("details").all():
        part.evaluate("part => { part.open = true; }")
    assert violations(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_is_whole_and_has_the_county(report: Opened) -> None:
    report.page.get_by_label("Vis ett fylke").select_option(COUNTY)
    sheets = report.page.pdf(prefer_css_page_size=True, print_background=True)
    pages = sheets.count(b"/Type /Page\n") or sheets.count(b"/Type/Page/")
    assert 2 <= pages <= 12


def test_english_numbers_are_written_as_in_python(browser: Browser, region: Country, tmp_path: Path) -> None:
    write_report_of(tmp_path / "report.html", region, facts(), "en")
    opened = visit(browser, tmp_path / "report.html")
    written = opened.page.evaluate(
        "[[1234567.891, 2], [999.5, 0], [-3.25, 1]].map(([x, d]) => plankontor.number(x, d))"
    )
    assert written == [texts.number(x, d, "en") for x, d in ((1234567.891, 2), (999.5, 0), (-3.25, 1))]
    opened.page.get_by_label("Show one county").select_option(COUNTY)
    expect(opened.page.locator("#filter-note")).to_contain_text("Shows offices with at least one municipality in Troms")
    assert opened.complaints == []


def test_hostile_names_do_nothing(browser: Browser, region: Country, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u05d0 \N{FIRE} \"'" + "y" * 300
    host = region.evaluation.shared[0].host
    path = tmp_path / "report.html"
    write_report_of(path, renamed(region, {host: bad, region.evaluation.alone[0]: bad}), facts(title=bad))
    opened = visit(browser, path, 390, 844)
    unfold(opened.page)
    dialogs: list[str] = []
    opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened.page.locator(f"table.offices button[data-select='{host}']").click()
    expect(opened.page.locator("#card .card").last).to_contain_text(bad[:40])
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.locator("img[src='x']").count() == 0
    assert dialogs == []
    assert opened.requests == []
    assert opened.complaints == []
    opened.page.context.close()


def test_close_calls_of_a_county_without_any_say_so(report: Opened) -> None:
    page = report.page
    for county in page.locator("#county option").evaluate_all("all => all.map((one) => one.value)"):
        page.get_by_label("Vis ett fylke").select_option(county)
        for table in page.locator("table.close").all():
            rows = table.locator("tbody tr:not([hidden])").count()
            none = table.locator("xpath=../following-sibling::p[1]")
            assert (rows == 0) == none.is_visible() == table.is_hidden()


def test_a_county_has_close_calls_of_its_own(report: Opened, region: Country) -> None:
    page = report.page
    county = dict(zip(region.municipalities.index, region.municipalities["county_number"], strict=True))
    shown = page.locator("table.close").first.locator("tbody tr:visible")
    assert shown.count() == LEADING
    found = 0
    for number in sorted({county[id_] for id_, _ in region.grouping}):
        page.get_by_label("Vis ett fylke").select_option(number)
        ids = shown.evaluate_all("rows => rows.map((row) => row.dataset.ids)")
        found += sum(county[id_] == number for id_ in ids)
    assert found > LEADING
    page.get_by_label("Vis ett fylke").select_option("")
    assert shown.count() == LEADING


def test_printed_headings_are_no_buttons(report: Opened) -> None:
    """Chromium prints a repeated heading without its buttons."""
    report.page.emulate_media(media="print")
    shown = report.page.locator("button.sort").evaluate_all("all => all.map((one) => getComputedStyle(one).display)")
    assert set(shown) == {"contents"}


def test_the_legend_hides_nobody_of_a_county(browser: Browser, national_report: Path) -> None:
    opened = visit(browser, national_report, 1440, 900)
    hidden = """() => {
      const legend = document.querySelector(".leaflet-control-layers").getBoundingClientRect();
      const county = document.getElementById("county").value;
      return [...document.querySelectorAll("path.area")].filter((path) => {
        const { county_number, host } = plankontor.page.members.get(path.dataset.id);
        const area = path.getBoundingClientRect();
        return county_number === county && host !== null && area.right > legend.left && area.bottom > legend.top;
      }).map((path) => path.dataset.id);
    }"""
    select = opened.page.get_by_label("Vis ett fylke")
    counties = [option.get_attribute("value") or "" for option in select.locator("option").all()]
    assert len(counties) > 10
    for county in counties[1:]:
        select.select_option(county)
        assert opened.page.evaluate(hidden) == [], county
    assert opened.complaints == []


def test_today_is_told_as_python_tells_it(report: Opened, region: Country) -> None:
    made = answer(region, facts())
    words = TodayWords(made.words, made.plan, made.today)
    told = "[...plankontor.page.members.values()].map((one) => [one.id, plankontor.todayLines(one)])"
    assert dict(report.page.evaluate(told)) == {id_: words.lines(id_) for id_ in made.plan.members}
    assert any(made.today.of(id_) for id_ in made.plan.members)
    section = report.page.locator("section[aria-labelledby='today-heading']")
    expect(section.locator("ul.today").first.locator(":scope > li")).to_have_count(len(made.today.at_work))
    report.page.get_by_label("Vis ett fylke").select_option(COUNTY)
    expect(section.get_by_role("heading", name="Nord-Troms Plan og Eiendom")).to_be_visible()
    expect(section.get_by_role("heading", name="Lom-Skjåk felleskontor")).to_be_hidden()


def test_many_counties_are_folded_and_open_for_whoever_is_sought(browser: Browser, national_report: Path) -> None:
    """Each county is a line with its sums; an address opens its own, and paper has all."""
    opened = visit(browser, national_report, address="#5540")
    page = opened.page
    folds = page.locator("table.offices button.fold")
    expect(page.locator("table.offices button.fold[aria-expanded='true']")).to_have_count(1)
    expect(page.locator("tr.chosen[data-office]")).to_be_visible()
    assert folds.count() > FOLDED
    first = folds.first
    rows = page.locator("table.offices tbody").first.locator("tr[data-office]")
    expect(rows.first).to_be_hidden()
    assert f"{rows.count()} plankontor" in first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(rows.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('tr').dataset.office") == rows.first.get_attribute(
        "data-office"
    )
    first.click()
    expect(rows.first).to_be_hidden()
    page.emulate_media(media="print")
    expect(rows.first).to_be_visible()
    page.emulate_media(media="screen")
    opened.leave()


def test_the_sheet_of_whoever_stands_alone_opens_and_closes(report: Opened, region: Country) -> None:
    page, alone = report.page, region.evaluation.alone[0]
    for id_, name in ((alone, "Ark for kommunen"), (region.evaluation.shared[0].host, "Ark for kontoret")):
        page.locator(f"tr[data-office='{id_}'] > th > button").click()
        page.get_by_role("button", name=name).click()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_be_visible()
        expect(sheet.locator("svg.small-map use:not(.aside)")).not_to_have_count(0)
        for event in ("beforeprint", "afterprint"):
            page.evaluate("event => window.dispatchEvent(new Event(event))", event)
            expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
