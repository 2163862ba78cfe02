"""The controls that try another grouping in the report: by keyboard, in the popup, on a phone, on paper."""

import csv
import io
import re
import tomllib
from pathlib import Path

import pytest
from country import Country, facts, renamed, write_report_of
from playwright.sync_api import Browser, expect
from trials import at_rest, menu, move, row_of, saved, trying
from visiting import Opened, unfold, violations, visit

from geodata.faults import DataRemark
from scenarios.question.load import load
from scenarios.world import groupings
from scenarios.world.build import build

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

PHONE = 640
"""Up to this width the bar tells the sum in a short form."""


def test_what_was_used_in_a_card_that_scrolls_stays_in_view(browser: Browser, national_report: Path) -> None:
    page = visit(browser, national_report, 1440, 900).page
    page.evaluate("plankontor.select('1835', { zoom: true })")  # Træna, which nobody can legally join
    card = page.locator("#card .card")
    card.get_by_role("button", name="Prøv en endring").click()
    card.get_by_label("Flytt til").select_option(index=1)
    card.get_by_role("button", name="Flytt", exact=True).click()
    expect(page.locator("#trial-body")).to_be_visible()
    used, room, drawn = (page.locator(part) for part in (":focus", "#card", ".folium-map"))
    expect(used).to_have_text("Flytt")
    # The bar is measured once a frame, and the map then makes room for it.
    expect(page.locator("html")).to_have_attribute("style", re.compile(r"--bar: [1-9]"))
    inner, outer = used.bounding_box(), room.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    above = drawn.bounding_box()
    assert above is not None
    assert above["y"] + above["height"] <= outer["y"]


def test_by_keyboard_alone_from_the_row(report: Opened, region: Country) -> None:
    page = report.page
    office = region.evaluation.shared[-2]
    member = next(id_ for id_ in office.members if id_ != office.host)
    name = region.municipalities.at[member, "name_norwegian"]
    row_of(page, member).locator("button").first.focus()
    for _ in range(len(office.members)):
        page.keyboard.press("ArrowRight")
    expect(row_of(page, member).get_by_role("button", name="Endre")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Kommune", exact=True)).to_be_focused()
    page.keyboard.type(name)
    expect(page.get_by_role("group", name=f"Endringer for {name}")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Flytt til")).to_be_focused()
    page.keyboard.press("ArrowDown")
    wanted = page.get_by_label("Flytt til").input_value()
    page.keyboard.press("Tab")
    expect(page.locator("tr.editor").get_by_role("button", name="Flytt", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#trial-status")).to_contain_text(f"{name} er nå med i")
    expect(page.locator("#trial-status")).to_contain_text("Summen er")
    assert page.evaluate("id => plankontor.page.members.get(id).host", member) in {wanted, member}
    expect(page.locator("tr.editor").get_by_role("button", name="Flytt", exact=True)).to_be_focused()
    assert row_of(page, member).locator("xpath=following-sibling::tr[1]").get_attribute("class") == "editor screen-only"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+z")
    expect(page.locator("#trial-status")).to_contain_text("Angret.")
    assert page.evaluate("id => plankontor.page.members.get(id).host", member) == office.host


def test_far_offices_are_offered_when_asked_for(report: Opened, region: Country) -> None:
    page = report.page
    office = region.evaluation.shared[0]
    row_of(page, office.host).get_by_role("button", name="Endre").click()
    select = page.get_by_label("Flytt til")
    every = trying(page, f"options('{office.host}')")
    broken = sorted(one["minutes"] for one in every if one["broken"])
    assert len(broken) > 20
    assert select.locator("option").count() == 1 + (len(every) - len(broken)) + 10 + 1
    select.select_option("*")
    expect(select.locator("option")).to_have_count(1 + len(every))
    expect(select).not_to_have_value("")
    page.locator("tr.editor").get_by_role("button", name="Flytt", exact=True).click()
    expect(page.locator("#trial-status")).to_contain_text("er nå med i")


def test_from_the_popup(report: Opened, region: Country) -> None:
    page = report.page
    office = region.evaluation.shared[3]
    member = next(id_ for id_ in office.members if id_ != office.host)
    page.evaluate("id => plankontor.select(id, { zoom: true })", member)
    card = page.locator("#card .card").last
    at_rest(page)
    card.get_by_role("button", name="Prøv en endring").click()
    extra = card.get_by_role("button", name="La stå alene").inner_text().split()[-1]
    card.get_by_role("button", name="La stå alene").click()
    expect(card).to_contain_text("Står alene")
    expect(page.locator("#trial-distance")).to_contain_text(extra.lstrip("+"))
    expect(page.locator(f"table.alone tr[data-office='{member}']")).to_be_visible()
    expect(page.locator(f"path[data-id='{member}']")).to_have_class(re.compile(r"\balone\b"))
    expect(page.locator(f"path[data-id='{member}']")).to_have_attribute("aria-label", re.compile("Står alene"))
    best = card.get_by_label("Flytt til").locator("option").nth(1)
    assert "i sum" in best.inner_text()
    card.get_by_label("Flytt til").select_option(best.get_attribute("value"))
    card.get_by_role("button", name="Flytt", exact=True).click()
    assert page.evaluate("id => plankontor.page.members.get(id).host", member) != member
    outside = next(i for i, part in zip(region.problem.ids, region.problem.takes_part, strict=True) if not part)
    page.evaluate("id => plankontor.select(id, { zoom: true })", outside)
    expect(card).to_contain_text("Deltar ikke")
    expect(card.get_by_role("button", name="Prøv en endring")).to_have_count(0)


def test_who_is_locked_stays(report: Opened, region: Country) -> None:
    page = report.page
    office = max(region.evaluation.shared, key=lambda row: len(row.members))
    member, other = [id_ for id_ in office.members if id_ != office.host][:2]
    trying(page, f"lock('{member}')")
    for call in (f"alone('{office.host}')", f"lead('{other}')", f"alone('{member}')", f"move('{member}', '1151')"):
        trying(page, call)
        expect(page.locator("#trial-status")).to_contain_text("er låst og ville fått en annen vert")
        assert page.evaluate("id => plankontor.page.members.get(id).host", member) == office.host
    expect(page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_be_visible()
    assert all(one["held"] for one in trying(page, f"options('{office.host}')"))
    trying(page, f"lock('{member}')")
    trying(page, f"alone('{member}')")
    assert page.evaluate("id => plankontor.page.members.get(id).host", member) == member


def test_pins_are_read_by_a_scenario(report: Opened, region: Country, tmp_path: Path) -> None:
    page = report.page
    office = max(region.evaluation.shared, key=lambda row: len(row.members))
    first, second = [id_ for id_ in office.members if id_ != office.host][:2]
    trying(page, f"alone('{first}')")
    trying(page, f"lock('{second}')")
    trying(page, f"lock('{office.host}')")
    menu(page, "Kopier låste valg til scenariofil")
    text = page.get_by_label("Låste valg til en scenariofil").input_value()
    fixed = {first: first, second: office.host, office.host: office.host}
    assert tomllib.loads(text) == {"pins": {"must_host": [office.host], "fixed": fixed}}
    (tmp_path / "mine.toml").write_text(f'extends = "nasjonal"\n{text}', encoding="utf-8")
    pins = build(load(tmp_path / "mine.toml")).problem.pins
    assert (dict(pins.fixed), pins.must_host) == (fixed, {office.host})
    page.locator("#trial-close").click()
    expect(page.locator("#trial-pins-box")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_everything_open(browser: Browser, report_file: Path, width: int) -> None:
    opened = visit(browser, report_file, width, 900)
    page = opened.page
    move(page, "5540", "5601")
    unfold(page)
    page.locator("table.offices button.edit").first.evaluate("one => one.click()")
    page.evaluate("plankontor.select('1151', { zoom: true })")
    page.locator("#card").get_by_role("button", name="Prøv en endring").evaluate("one => one.click()")
    menu(page, "Kopier låste valg til scenariofil")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#trial-close").click()
    told = page.locator("#trial-distance" if width > PHONE else "#trial-short")
    expect(told).to_be_in_viewport(ratio=0.3)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(told).to_be_in_viewport(ratio=0.3)


def test_changes_are_handed_on_by_link_mail_and_page(report: Opened, browser: Browser, tmp_path: Path) -> None:
    page = report.page
    hosts = page.evaluate("[...plankontor.page.offices.values()].filter(({members}) => members.length > 2)[0].members")
    trying(page, f"split('{hosts[-1]}')")
    trying(page, f"moveAll('{hosts[-1]}', '{hosts[0]}')")
    trying(page, "undo()")
    address = page.evaluate("location.hash")
    assert "flytt=" in address
    menu(page, "Kopier lenke")
    how, link = page.locator("#trial-pins-text").input_value().split("\n")
    assert how.startswith("Åpne report.html i nettleseren")
    assert link == address
    told = page.evaluate("plankontor.mailText()")
    assert page.evaluate("id => plankontor.municipality(id).label", hosts[-1]) + ": " in told
    assert told.endswith(address)
    page.locator("#trial-close").click()
    with page.expect_download() as waiting:
        menu(page, "Lagre siden med endringene")
    assert waiting.value.suggested_filename == "report-endret.html"
    copy = tmp_path / "copy.html"
    waiting.value.save_as(copy)
    opened = visit(browser, copy)
    expect(opened.page.locator("#trial-body")).to_be_visible()
    plan = "plankontor.trying.csv()"
    assert opened.page.evaluate(plan) == page.evaluate(plan)
    assert (opened.requests, opened.complaints) == ([], [])
    opened.page.context.close()


def test_on_a_phone_the_bar_does_not_come_over_the_card(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, 390, 844)
    page = opened.page
    page.evaluate("plankontor.select('1151', { zoom: true })")
    at_rest(page)
    page.evaluate("document.querySelector('#card').scrollIntoView({ block: 'end' })")
    page.locator("#card").get_by_role("button", name="Prøv en endring").click()
    page.locator("#card").get_by_label("Flytt til").select_option(index=1)
    page.locator("#card").get_by_role("button", name="Flytt", exact=True).click()
    expect(page.locator("#trial-body")).to_be_visible()
    hidden = """() => document.querySelector('#card').getBoundingClientRect().bottom
      - document.getElementById('trial').getBoundingClientRect().top"""
    for _ in range(50):
        if page.evaluate(hidden) < 2:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(hidden) < 2


def test_print_says_that_it_is_a_trial(report: Opened) -> None:
    page = report.page
    page.emulate_media(media="print")
    expect(page.get_by_text("ikke den beregnede planen")).to_have_count(1)
    expect(page.locator("#trial-changes")).to_be_hidden()
    trying(page, "alone('5540')")
    expect(page.locator("#status")).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Utprøvd inndeling: ")
    expect(page.get_by_role("heading", name="Utprøvd inndeling \u2013 ikke den beregnede planen")).to_be_visible()
    expect(page.locator("#trial-moved")).to_contain_text("Kåfjord")
    expect(page.locator("#trial")).to_be_hidden()
    expect(page.locator("button.edit").first).to_be_hidden()
    expect(page.locator(".plan-only:visible")).to_have_count(0)
    assert page.pdf(prefer_css_page_size=True)


def test_hostile_names_do_nothing(browser: Browser, region: Country, tmp_path: Path) -> None:
    bad = "=</script><img src=x onerror=alert(2)>\u202e\u05d0 \"'\n\r # ]" + "y" * 200
    office = region.evaluation.shared[0]
    member = next(id_ for id_ in office.members if id_ != office.host)
    path = tmp_path / "report.html"
    write_report_of(path, renamed(region, {office.host: bad, member: bad}), facts(title=bad))
    opened = visit(browser, path, 390, 844)
    page = opened.page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    trying(page, f"lead('{member}')")
    page.evaluate("id => plankontor.select(id, { zoom: true })", member)
    page.locator("#card").get_by_role("button", name="Prøv en endring").evaluate("one => one.click()")
    rows = list(csv.DictReader(io.StringIO(saved(page, tmp_path).read_bytes().decode(), newline="")))
    assert {row["kommunenummer"]: row["name"] for row in rows}[member] == "'" + bad
    with pytest.warns(DataRemark, match="turn the direction of text"):
        read = dict(groupings.read(tmp_path / "utprovd-inndeling.csv", "2024"))
    assert read[office.host] == member
    pins = tomllib.loads(trying(page, "pins().text"))["pins"]
    assert pins["must_host"] == [member]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img[src='x']").count() == 0
    assert (dialogs, opened.requests, opened.complaints) == ([], [], [])
    opened.page.context.close()
