"""What a test does in the report to try another grouping, and what the page then shows."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from country import Country
from playwright.sync_api import Locator, Page, expect

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate


def trying(page: Page, call: str) -> Any:
    """Do in the page what a control does."""
    return page.evaluate(f"plankontor.trying.{call}")


def at_rest(page: Page) -> None:
    """Wait until the map has flown and moved its popup into view: a click on what moves may fall beside it."""
    expect(page.locator("#card .card")).to_be_visible()
    page.evaluate(
        """() => new Promise((done) => {
          const { map } = plankontor.page;
          const look = () => (map._animatingZoom || map._panAnim?._inProgress ? requestAnimationFrame(look) : done());
          requestAnimationFrame(look);
        })"""
    )


def move(page: Page, id_: str, host: str) -> None:
    trying(page, f"move('{id_}', '{host}')")


def menu(page: Page, name: str) -> None:
    """Press what is in the menu of the bar."""
    page.locator("#trial-more summary").click()
    page.get_by_role("button", name=name).click()


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        menu(page, "Lagre CSV")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def changed(region: Country, grouping: Grouping) -> Country:
    return replace(region, grouping=grouping, evaluation=evaluate(region.problem, grouping))


def row_of(page: Page, id_: str) -> Locator:
    host = page.evaluate("id => plankontor.page.members.get(id).host", id_)
    return page.locator(f"tr[data-office='{host}']")


def everything(page: Page) -> list[str]:
    """Return the whole text beside the map and the bar, and what the map shows but for names, which fit as they may."""
    shown = page.evaluate(
        """JSON.stringify([
          [...document.querySelectorAll('path.area')].map((path) => [[...path.classList].sort(), path.ariaLabel]),
          ...['borders', 'travel', 'hosts'].map((name) => plankontor.page.layers[name].toGeoJSON()),
        ])"""
    )
    parts = [page.locator(part).inner_text() for part in ("header", ".rest")]
    return [*parts, shown]
