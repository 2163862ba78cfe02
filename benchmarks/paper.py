"""Pages on paper: of a report, whole and one county at a time, and of workbooks.

``python benchmarks/paper.py runs/nasjonal-.../report.html comparison/comparison.xlsx`` prints how many each takes.
Chromium prints a report, as a reader does; a workbook has its number of pages written in it, sheet by sheet. A county
has to stay within six pages, a comparison of three options within twelve; the exit code is 1 where they do not.
"""

import re
import shutil
import sys
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, sync_playwright

COUNTY, COMPARISON = 6, 12


def printed(page: Page) -> int:
    """Return how many pages an open page takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def of_report(path: Path) -> dict[str, int]:
    """Return the pages of each county, and of all."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium-headless-shell"))
        page = browser.new_page()
        page.goto(path.resolve().as_uri())
        page.wait_for_selector(".folium-map svg path", state="attached")
        found = {}
        for option in page.locator("#county option").all():
            page.select_option("#county", option.get_attribute("value") or "")
            page.wait_for_timeout(1000)  # all that follows the county is drawn in slices
            found[option.inner_text().strip()] = printed(page)
        browser.close()
    return found


def of_workbook(path: Path) -> dict[str, int]:
    """Return the pages of each worksheet."""
    return {sheet.title: int(sheet.page_setup.fitToHeight or 1) for sheet in openpyxl.load_workbook(path)}


def main(paths: list[Path]) -> int:
    """Print the pages of each file."""
    wrong = 0
    for path in paths:
        book = path.suffix == ".xlsx"
        found = of_workbook(path) if book else of_report(path)
        for name, pages in found.items():
            print(f"{path.name}: {name}: {pages}")
        counties = list(found.values())[1:]  # the first is all of them
        wrong += sum(found.values()) > COMPARISON if path.name == "comparison.xlsx" else 0
        wrong += 0 if book else sum(pages > COUNTY for pages in counties)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(list(map(Path, sys.argv[1:]))))
