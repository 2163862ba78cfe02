"""Another grouping in the report, there and back: undo, redo, reset, and the address that keeps it."""

from pathlib import Path

import pytest
from country import Country, facts, write_report_of
from playwright.sync_api import Browser, Page, expect
from trials import changed, everything, menu, move, row_of, trying
from visiting import Opened, visit

from optimizer.grouping import Grouping

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

COUNTY = "55"


def test_undo_redo_and_reset(report: Opened) -> None:
    page = report.page
    before = everything(page)
    trying(page, "alone('5540')")
    first = page.locator("#trial-total").inner_text()
    expect(page.locator("#status")).to_contain_text("Utprøvd inndeling: ")
    expect(page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_have_count(0)
    move(page, "5542", "5540")
    page.get_by_role("button", name="Angre").click()
    assert page.locator("#trial-total").inner_text() == first
    page.get_by_role("button", name="Gjør om").click()
    assert page.locator("#trial-total").inner_text() != first
    assert everything(page) != before
    menu(page, "Tilbakestill")
    expect(page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_be_visible()
    assert page.evaluate("location.hash") == ""
    assert everything(page) == before


def test_undo_reaches_beyond_a_reset(report: Opened) -> None:
    page = report.page
    trying(page, "alone('5540')")
    said = page.locator("#trial-total").inner_text()
    trying(page, "reset()")
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    assert page.locator("#trial-total").inner_text() == said
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_be_visible()


def test_the_address_brings_it_back_in_a_new_tab(browser: Browser, report: Opened, report_file: Path) -> None:
    page = report.page
    trying(page, "alone('5540')")
    trying(page, "lock('5542')")
    move(page, "1151", trying(page, "options('1151')[0].id"))
    page.get_by_label("Vis ett fylke").select_option(COUNTY)
    address = page.evaluate("location.hash")
    assert len(address) < 100
    other = visit(browser, report_file, 1280, 900, address)
    expect(other.page.locator("#trial-status")).to_contain_text("Viser endringene fra lenken.")
    for part in ("#trial-body", ".figures", "table.offices", "table.alone", ".verdicts >> nth=0", "#status"):
        assert other.page.locator(part).inner_text().replace("Gjør om", "") == page.locator(part).inner_text().replace(
            "Gjør om", ""
        )
    assert other.page.evaluate("location.hash") == address
    assert trying(other.page, "isLocked('5542')")
    assert other.complaints == []


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("ffffffff,5540.5540", "Lenken hører til en annen kjøring"),
        ("0123abcd,5540.5540", "Lenken hører til en annen kjøring"),
        ("0123abcd-ffffffff,5540.5540", "Lenken hører til en annen kjøring"),
        ("<b>", "Lenken hører til en annen kjøring"),
        *(
            (
                f"0123abcd-PLAN,{part}",
                "Lenken nevner en kommune eller et kontor som ikke finnes i denne planen.",
            )
            for part in ("5540.9999", "5540", "5540.5542,5542.5536")
        ),
    ],
)
def test_an_address_that_means_nothing_here_is_refused(
    browser: Browser, report_file: Path, region: Country, part: str, reason: str
) -> None:
    opened = visit(browser, report_file, address=f"#flytt={part.replace('PLAN', region.grouping.letters)}")
    expect(opened.page.locator("#trial-status")).to_contain_text(reason)
    expect(opened.page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_be_visible()
    assert opened.page.evaluate("location.hash") == ""
    assert opened.complaints == []


def test_steps_and_opened_controls_go_along_to_the_other_language(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, 1280, 900)
    page = opened.page
    for host in ("5540", "5542"):
        trying(page, f"alone('{host}')")
    trying(page, "lock('5540')")
    trying(page, "undo()")
    row_of(page, "5540").get_by_role("button", name="Endre").click()
    address = page.evaluate("location.hash")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html[lang=en]")).to_have_attribute("data-ready", "yes")
    assert page.evaluate("location.hash").startswith(address)
    expect(page.locator("tr.editor")).to_be_visible()
    assert trying(page, "isAlone('5540')")
    trying(page, "redo()")
    assert trying(page, "isLocked('5540')")
    for _ in range(3):
        page.get_by_role("button", name="Undo", exact=True).click()
    assert page.locator("#trial-undo").get_attribute("aria-disabled") == "true"
    assert opened.complaints == []
    # Loaded again it goes on where it was; at another address it begins anew.
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-ready", "yes")
    page.get_by_role("button", name="Redo", exact=True).click()
    assert trying(page, "isAlone('5540')")
    page.goto(report_file.as_uri() + "#1151&lang=en")
    expect(page.locator("#card .card")).to_contain_text("Utsira")
    expect(page.locator("#trial-body")).to_be_hidden()


def test_a_plan_that_is_not_whole_is_shown_without_a_trial(browser: Browser, region: Country, tmp_path: Path) -> None:
    member = next(id_ for id_, host in region.grouping if id_ != host)
    lost = Grouping.of({id_: host for id_, host in region.grouping if id_ != member})
    write_report_of(tmp_path / "report.html", changed(region, lost), facts())
    opened = visit(browser, tmp_path / "report.html", address="#5540")
    expect(opened.page.locator("#card .card")).to_contain_text("Kåfjord")
    expect(opened.page.get_by_role("button", name="Prøv en endring")).to_have_count(0)
    assert opened.complaints == []


def test_a_brush_moves_those_drawn_over_in_one_step(report: Opened) -> None:
    page = report.page
    page.evaluate("plankontor.select('5540')")
    page.get_by_role("button", name="Prøv").first.click()
    page.get_by_role("button", name="Mal på kartet").click()
    expect(page.locator("#brush")).to_contain_text("de flyttes til kontoret til")
    page.evaluate("plankontor.page.map.fitBounds(plankontor.page.extent, { animate: false })")
    host = page.evaluate("plankontor.page.members.get('5540').host")
    others = [id_ for id_ in ("5538", "5536", "5530") if hosts(page)[id_] != host]
    assert others
    before = hosts(page)
    for k, id_ in enumerate(others):
        page.mouse.move(*point(page, id_))
        if k == 0:
            page.mouse.down()
    page.mouse.up()
    painted = {id_ for id_, one in hosts(page).items() if one == host} - {
        id_ for id_, one in before.items() if one == host
    }
    assert set(others) <= painted
    assert page.locator("#card .card").count() == 0, "nobody is chosen by it"
    page.get_by_role("button", name="Ferdig").click()
    page.get_by_role("button", name="Angre").click()
    assert hosts(page) == before
    assert report.complaints == []


def hosts(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...plankontor.page.members.values()].map((one) => [one.id, one.host]))"
    )
    return found


def point(page: Page, id_: str) -> tuple[float, float]:
    """Return where a municipality's centre is in the window."""
    x, y = page.evaluate(
        """(id) => {
          const { map, members } = plankontor.page, box = map.getContainer().getBoundingClientRect();
          const at = map.latLngToContainerPoint(members.get(id).place);
          return [box.x + at.x, box.y + at.y];
        }""",
        id_,
    )
    return x, y
