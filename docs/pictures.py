"""Draw the pictures of README and docs anew, from the pages as they are now: ``python docs/pictures.py``.

It solves the national scenario and opens its pages in Chromium, as ``tests/browser`` does; some minutes.
"""

import io
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scenarios.cli import app

DOCS = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDE, SHEET = (1280, 800), (662, 936)
"""Pixels."""
PLANS = ("eksisterende", "nasjonal", "innen-fylket", "regionraad")
MEMBER, HOST, OTHER_HOST, COUNTY = "5542", "5540", "5532", "55"
"""Skjervøy, whose card is open; Kåfjord, its host, which tries the office of Balsfjord; Troms."""


def command(*words: str) -> None:
    """Run a command of the program; a fault ends the script."""
    if code := app.program([*words, "--quiet"]):
        sys.exit(code)


def write_pages(folder: Path) -> None:
    """Solve, and write the pages."""
    command("run", "nasjonal", "--out", str(folder / "run"))
    command("compare", *PLANS, "--missing-alone", "--html", str(folder / "comparison.html"))
    command("sheets", str(folder / "run"), "--municipality", HOST, "--out", str(folder / "sheets"))


def draw(browser: Browser, name: str, page: str, show: Callable[[Page], object], size: tuple[int, int] = WIDE) -> None:
    """Draw a picture of what a page shows, in few colours."""
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    tab.goto(page)
    show(tab)
    tab.wait_for_timeout(500)
    picture = Image.open(io.BytesIO(tab.screenshot())).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(DOCS / f"{name}.png", optimize=True)
    tab.close()


def ready(tab: Page) -> None:
    """Wait for the map."""
    tab.wait_for_selector("html[data-ready]")


def at(top: str) -> Callable[[Page], None]:
    """Return what puts an element of a page at the top."""

    def show(tab: Page) -> None:
        ready(tab)
        tab.eval_on_selector(top, "element => element.scrollIntoView()")

    return show


def try_another(tab: Page) -> None:
    """Move a host to the office of another."""
    at(f"tr[data-office='{HOST}']")(tab)
    tab.click("[data-do='open']")
    tab.select_option("[data-try='card'] select", OTHER_HOST)
    tab.click("[data-try='card'] [data-do='move']")


def find_best(tab: Page) -> None:
    """Ask for the best plan at another price and within one limit, and show question and answer."""
    ready(tab)
    tab.click("#best-heading button")
    tab.click("#best-limits summary")
    tab.fill("#price-missing_fte", "120")
    tab.fill("#limit-max_offices", "70")
    tab.click("#best-find")
    tab.wait_for_selector("#best-form[aria-busy=false]")
    tab.click("#best-prices summary")
    tab.eval_on_selector("#best-limits", "element => element.scrollIntoView()")


def draw_all(folder: Path) -> None:
    """Draw each page as it is to be seen."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    found, compared = (folder / "run").as_uri(), (folder / "comparison.html").as_uri()
    [sheet] = (folder / "sheets").glob("*.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        draw(browser, "map", f"{found}/map.html", ready)
        draw(browser, "report", f"{found}/report.html#{MEMBER}&fylke={COUNTY}", at("#offices-heading"))
        draw(browser, "trial", f"{found}/report.html#{HOST}", try_another)
        draw(browser, "best", f"{found}/report.html", find_best)
        draw(browser, "comparison", f"{compared}#plan=2", at("#choices"))
        draw(browser, "sheet", sheet.as_uri(), Page.wait_for_load_state, SHEET)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        write_pages(Path(made))
        draw_all(Path(made))
