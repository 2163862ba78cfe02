"""The page of a sweep in a real browser with the network off: in both languages, wide and on a phone."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, expect
from visiting import Opened, tab, violations

from scenarios.sweep import page as pages
from scenarios.sweep.journal import Columns
from scenarios.sweep.results import Results
from scenarios.sweep.running import OF_PLAN, PRICED
from scenarios.world.build import open_world

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

SETTING = "limits.max_minutes"
DOCUMENT = {"name": "prøve", "title": "", "title_en": "", "runs": 4, "version": "1"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of four runs by hand: 5601 and 5603 share in three of them, 5603 hosts in all; one has no plan."""
    world = open_world("nasjonal", counties=["Finnmark"])
    ids = [id_ for id_, active in zip(world.problem.ids, world.problem.active, strict=True) if active]
    alone = np.arange(len(ids), dtype=np.int32)
    shared = alone.copy()
    shared[:2] = 1
    some = dict.fromkeys((*OF_PLAN, *PRICED), "1")
    rows = [
        {"run": str(k), SETTING: str(50 + 10 * k), "status": "optimal", "objective": str(k), "fault": "", **some}
        | {"travel": str(k), "missing_fte": str(4 - k)}
        for k in (1, 2, 3)
    ]
    rows.append(
        {"run": "4", SETTING: "5", "status": "infeasible", "objective": "", "fault": "no legal office for 5601"}
    )
    results = Results(Columns([SETTING], ids), rows, np.array([shared, shared, alone]))
    path = tmp_path_factory.mktemp("sweep") / "sweep.html"
    pages.write(path, world, results, DOCUMENT, "nb")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_says_who_keeps_the_same_office(browser: Browser, written: Path, width: int) -> None:
    opened = Opened(tab(browser))
    page = opened.page
    opened.watch()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(written.as_uri())
    expect(page.locator("h1")).to_have_text("Hva påvirker svaret? prøve")
    assert page.locator(".chart g.run[transform]").count() == 3
    groups = page.locator(".groups").first
    expect(groups).to_contain_text("67")
    assert groups.locator("li").count() == 1
    assert page.locator(".map > svg path.level-2").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("What moves the answer? prøve")
    expect(page.locator("main")).to_contain_text("1 run: no legal office for 5601")
    assert opened.requests == []
    assert opened.complaints == []
    page.close()
