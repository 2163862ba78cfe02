"""The sheets in a real browser with the network off: a page of the plan, one of kroner, quiet, for everybody."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from country import WHOLE, Country, answer, country, facts, findings, renamed
from parts import HOSTILE
from playwright.sync_api import Browser, expect
from visiting import Opened, violations

from maps.pages.sheets.sheet import SheetPage
from maps.told.findings import Surroundings
from maps.told.texts import LANGUAGES
from optimizer.judging.moves import moves
from scenarios.export.paper import printing
from scenarios.export.paper.a4_sheets import departures, neighbours

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]


@pytest.fixture(scope="module")
def norway() -> Country:
    return country(WHOLE)


def write(folder: Path, parts: Country, *ids: str, language: str = "nb") -> list[Path]:
    """Write the sheets of municipalities, and those of the shared offices that they are in."""
    plan: Any = SimpleNamespace(world=parts, problem=parts.problem, evaluation=parts.evaluation)
    shared = {member: row.host for row in parts.evaluation.shared for member in row.members}
    around = Surroundings(
        neighbours(plan.world),
        {id_: moves(parts.problem, parts.grouping, parts.evaluation, id_) for id_ in ids},
        {shared[id_]: departures(plan, shared[id_], 0.2) for id_ in ids if id_ in shared},
    )
    sheet = SheetPage(answer(parts, facts(), language), findings(parts), around)
    written = []
    for id_ in ids:
        written.append(folder / f"{id_}.html")
        sheet.write_municipality(written[-1], id_)
        if id_ in shared:
            written.append(folder / f"office-{id_}.html")
            sheet.write_office(written[-1], shared[id_])
    return written


def extreme(parts: Country) -> list[str]:
    """Return those with the most neighbours, in the largest office, alone, and without any neighbour that joins."""
    active = [id_ for id_, _ in parts.grouping]
    around = neighbours(parts)  # type: ignore[arg-type]
    near = {id_: len(around[id_]) for id_ in active}
    largest = max(parts.evaluation.shared, key=lambda row: len(row.members))
    found = [max(near, key=lambda id_: near[id_]), min(near, key=lambda id_: near[id_])]
    return list(dict.fromkeys([*found, largest.host, largest.members[-1], parts.evaluation.alone[0]]))


@pytest.fixture(scope="module")
def pages(norway: Country, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("sheets"), norway, *extreme(norway))


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened = Opened(context.new_page())
    opened.watch()
    yield opened
    context.close()
    assert opened.requests == []
    assert opened.complaints == []


def test_each_is_one_page_of_a4_and_one_of_kroner(opened: Opened, pages: list[Path]) -> None:
    for path in pages:
        opened.page.goto(path.as_uri())
        paper = opened.page.pdf(prefer_css_page_size=True, print_background=True)
        least = 1 + opened.page.locator(".own-page").count()
        assert least <= (paper.count(b"/Type /Page\n") or paper.count(b"/Type/Page/")) <= 2, path.name


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_everybody_can_read_them(opened: Opened, pages: list[Path], width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 900})
    for path in (pages[0], pages[-1], next(page for page in pages if "office" in page.name)):
        opened.page.goto(path.as_uri())
        assert violations(opened.page) == []
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_figures_are_those_of_the_specification(opened: Opened, norway: Country, pages: list[Path]) -> None:
    """Minutes to the host, and what every possibility costs, as `evaluate` says."""
    row = max(norway.evaluation.shared, key=lambda row: len(row.members))
    member = row.members[-1]
    opened.page.goto((pages[0].parent / f"{member}.html").as_uri())
    at = norway.problem.index
    minutes = norway.problem.minutes[at[member], at[row.host]]
    if member != row.host:
        expect(opened.page.locator(".lead")).to_contain_text(f"{minutes:.0f} minutter (anslag) med bil")
    shown = opened.page.locator("section[aria-labelledby='else-heading'] tbody tr").all_inner_texts()
    found = moves(norway.problem, norway.grouping, norway.evaluation, member)
    allowed = [one for one in found if not one.stops]
    for line, one in zip(shown, allowed, strict=True):
        assert f"{abs(one.extra):.1f}".replace(".", ",") in line.replace("\u202f", "")
    outside = opened.page.locator(
        "section[aria-labelledby='else-heading'] p", has_text="Utenfor reglene, om alle andre blir"
    )
    assert outside.count() == (len(allowed) < len(found))
    if outside.count():
        assert outside.inner_text().partition(" Grunn: ")[0].count(" · ") == len(found) - len(allowed) - 1


def test_hostile_names_are_text(opened: Opened, norway: Country, tmp_path: Path) -> None:
    ids = [norway.evaluation.shared[0].host, *norway.evaluation.shared[0].members][:2]
    named = renamed(norway, dict(zip(dict.fromkeys([*ids, *norway.evaluation.alone]), HOSTILE, strict=False)))
    for path in write(tmp_path, named, ids[0], language="en"):
        opened.page.goto(path.as_uri())
        expect(opened.page.locator("h1")).to_contain_text(HOSTILE[0][:20])
        assert opened.page.locator("script").count() == 1 + len(LANGUAGES)
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_program_prints_them_itself(browser: Browser, pages: list[Path], tmp_path: Path) -> None:
    """With the browser of these tests, and says so if it cannot."""
    program = printing.browser()
    assert program is not None
    assert browser.is_connected()
    printing.print_pdf(program, pages[0], tmp_path / "sheet.pdf")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(printing.PrintError, match="did not print"):
        printing.print_pdf(program, pages[0], tmp_path / "no" / "such" / "folder.pdf")


def test_it_opens_in_the_other_language(opened: Opened, pages: list[Path]) -> None:
    page = opened.page
    page.goto(pages[0].as_uri())
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="Key figures")).to_be_visible()
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="English")).to_be_hidden()


NAMES = """
() => [...document.querySelectorAll("figure text[data-name]")].map((name) => {
  const { left, right } = name.getBoundingClientRect();
  return { id: name.dataset.name, size: parseFloat(getComputedStyle(name).fontSize), left, right };
})
"""


def test_its_office_is_named_on_the_map(opened: Opened, norway: Country, pages: list[Path]) -> None:
    """Whole, its own name the largest, as the browser writes it."""
    office_of = {member: set(row.members) for row in norway.evaluation.offices for member in row.members}
    for path in pages:
        opened.page.goto(path.as_uri())
        names = {name["id"]: name for name in opened.page.evaluate(NAMES)}
        about = path.stem.removeprefix("office-")
        assert office_of[about] <= names.keys(), path.name
        frame = opened.page.locator("figure").bounding_box()
        assert frame is not None
        for name in names.values():
            assert frame["x"] < (name["left"] + name["right"]) / 2 < frame["x"] + frame["width"]
            assert name["left"] < name["right"]
        if path.stem == about:
            others = [name["size"] for name in names.values() if name["id"] != about]
            assert names[about]["size"] > max(others, default=0)


CELLS = """
() => [...document.querySelectorAll("tbody :is(th, td)")].map((cell) => {
  const { left, right } = cell.getBoundingClientRect();
  return { left, right, heading: cell.matches("td") ? getComputedStyle(cell, "::before").content.slice(1, -1) : null };
})
"""


def test_nothing_is_cut_off_on_a_phone(opened: Opened, pages: list[Path]) -> None:
    """What stood at the right of a table is on the screen, each figure under its heading."""
    opened.page.set_viewport_size({"width": 390, "height": 900})
    for path in pages:
        opened.page.goto(path.as_uri())
        headings = {*opened.page.locator("thead th").all_text_contents(), None}
        cells = opened.page.evaluate(CELLS)
        assert cells, path.name
        for cell in cells:
            assert 0 <= cell["left"] < cell["right"] <= 390
            assert cell["heading"] in headings
