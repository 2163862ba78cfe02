"""The comparison in a real browser with the network off: switched by keyboard, equal to ``compare --json``."""

import base64
import itertools
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import options
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import Opened, violations, visit

from maps.told import texts
from optimizer.judging.comparison import difference, minutes

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

NUMBERS = (2, 4, 8)
UTSIRA = "1151"


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return a function that gives the page of so many options, written once."""

    @cache
    def write(number: int) -> Path:
        path = tmp_path_factory.mktemp("compare") / "page.html"
        options.write(path, number, front=options.FRONT)
        return path

    return write


@pytest.fixture(scope="module", params=NUMBERS)
def sized(request: pytest.FixtureRequest, page_of: Callable[[int], Path]) -> tuple[int, Path]:
    return request.param, page_of(request.param)


@pytest.fixture(scope="module")
def four(page_of: Callable[[int], Path]) -> Path:
    return page_of(4)


@pytest.fixture
def opened(browser: Browser, four: Path) -> Iterator[Opened]:
    page = visit(browser, four, 1280, 900)
    yield page
    assert page.requests == []
    assert page.complaints == []


def names(page: Page) -> list[str]:
    found: list[str] = page.locator("#choices .choice b").all_inner_texts()
    return found


def card(page: Page) -> Locator:
    return page.locator("#card .card").last


def option_rows(page: Page) -> list[list[str]]:
    expect(card(page)).to_be_visible()
    rows = card(page).locator(".in-options tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def in_every_option(number: int, id_: str) -> list[list[str]]:
    """Return what the card is to show, from the document of compare and the minutes of the problem."""
    problem, table = options.world(number).problem, options.world(number).municipalities
    rows = []
    for one in options.document(number)["options"]:
        host = one["hosts"][id_]
        members = [other for other, its in one["hosts"].items() if its == host]
        alone = len(members) == 1
        way = texts.number(minutes(problem, id_, host))
        label = "alene" if alone else table.at[host, "name_norwegian"]
        rows.append([label, texts.DASH if alone else way, str(len(members))])
    return rows


def coloured(page: Page) -> dict[str, str]:
    """Return the classes of each municipality on the map that say which office it is in."""
    found: dict[str, str] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('path.area')].map(path => [path.dataset.id,"
        " [...path.classList].filter(name => /^(alone|office|outside|colour-)/.test(name)).sort().join(' ')]))"
    )
    return found


def test_it_opens_soon_and_quietly(browser: Browser, sized: tuple[int, Path]) -> None:
    number, path = sized
    start = time.monotonic()
    opened = visit(browser, path)
    assert time.monotonic() - start < 10
    assert opened.page.locator("path.area").count() == len(options.world(number).municipalities)
    assert len(names(opened.page)) == number
    for position in range(number):
        opened.page.locator("#choices input").nth(position).check()
    assert opened.requests == []
    assert opened.complaints == []


def test_find_utsira_read_switch_and_return(browser: Browser, sized: tuple[int, Path]) -> None:
    """By keyboard alone, from the top of the page."""
    number, path = sized
    opened = visit(browser, path, 1280, 900, address="#plan=1")
    page = opened.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("Utsira")
    page.keyboard.press("Enter")
    before = option_rows(page)
    expected = in_every_option(number, UTSIRA)
    assert [row[1:] for row in before] == expected
    for _ in range(40):
        if page.evaluate("document.activeElement.name === 'option'"):
            break
        page.keyboard.press("Shift+Tab")
    expect(page.locator("#choices input").nth(0)).to_be_focused()
    spoken = page.locator(f"path[data-id='{UTSIRA}']").get_attribute("aria-label")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#choices input").nth(1)).to_be_checked()
    assert page.evaluate("location.hash") == chosen(page, 1)
    current = card(page).locator(".in-options tr[aria-current]")
    expect(current).to_have_count(1)
    expect(current.locator("td").first).to_have_text(expected[1][0])
    assert names(page)[1] in page.locator("#option-note").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#choices input").nth(0)).to_be_checked()
    assert page.locator(f"path[data-id='{UTSIRA}']").get_attribute("aria-label") == spoken
    assert option_rows(page) == before
    assert page.evaluate("location.hash") == chosen(page, 0)
    assert opened.complaints == []


def best(page: Page) -> int:
    """Return the option with least burden of those that break nothing."""
    kept = [k for k, text in enumerate(page.locator("#choices .choice").all_inner_texts()) if "brudd" not in text]
    burden = page.locator("tr[data-row='objective'] td").evaluate_all("all => all.map((one) => +one.dataset.value)")
    return min(kept, key=lambda k: burden[k], default=0)


def chosen(page: Page, option: int) -> str:
    """Return the address of Utsira in an option: the one that a page opens with goes unsaid."""
    return f"#{UTSIRA}" + ("" if option == best(page) else f"&plan={option + 1}")


def test_the_map_is_that_of_the_option(browser: Browser, sized: tuple[int, Path]) -> None:
    """Areas, borders, hosts, journeys and the spoken names follow, and come back."""
    number, path = sized
    page = visit(browser, path).page
    data = page.evaluate("plankontor.options.map((one) => [[...one.members.values()], [...one.offices.values()]])")
    first = None
    for position in [*range(number), 0]:
        page.locator("#choices input").nth(position).check()
        members, offices = data[position]
        colours = {
            office["id"]: "alone" if len(office["members"]) == 1 else f"colour-{office['colour']} office"
            for office in offices
        }
        expected = {member["id"]: colours[member["host"]] for member in members}
        shown = coloured(page)
        assert {id_: shown[id_] for id_ in expected} == expected
        assert {shown[id_] for id_ in shown if id_ not in expected} == {"outside"}
        shared = [len(office["members"]) for office in offices if len(office["members"]) > 1]
        assert page.locator("path.host").count() == len(shared)
        travelling = sum(size - 1 for size in shared)
        assert page.locator("path.line-travel").count() == travelling
        drawn = page.locator("path.line-borders").get_attribute("d") or ""
        if first is None:
            first = shown
            kept = drawn
        elif position == 0:
            assert shown == first
            assert drawn == kept


def test_every_figure_follows_the_reference(opened: Opened) -> None:
    page, document = opened.page, options.document(4)
    objectives = [one["objective"] for one in document["options"]]
    for reference in range(4):
        page.locator("#reference").select_option(str(reference + 1))
        shown = page.locator("tr[data-row='objective'] td").all()
        for i, cell in enumerate(shown):
            assert cell.locator(".value").inner_text() == texts.number(objectives[i], 1)
            difference_ = objectives[i] - objectives[reference]
            signed = ("+" if difference_ > 0 else "") + texts.number(difference_, 1)
            assert cell.locator(".change").inner_text() == ("" if i == reference else signed)
        assert names(page)[reference] in page.locator("#reference-name").inner_text()


def test_changes_as_written_are_those_that_the_script_writes(browser: Browser, four: Path) -> None:
    """The page as Python writes it, and as the script redraws it for the same reference."""
    page = visit(browser, four).page
    changes = page.locator("tr[data-row] .change")
    source = page.context.browser.new_context(java_script_enabled=False).new_page()  # type: ignore[union-attr]
    source.goto(four.as_uri())
    assert changes.all_text_contents() == source.locator("tr[data-row] .change").all_text_contents()
    source.context.close()


def test_what_moved_is_what_compare_says(opened: Opened) -> None:
    page, found = opened.page, options.comparison(4)
    problem, table = options.world().problem, options.world().municipalities
    for before, after in itertools.permutations(range(4), 2):
        page.locator("#reference").select_option(str(before + 1))
        page.locator("#choices input").nth(after).check()
        first, second = sorted((before, after))
        moves = difference(problem, found.options[first], found.options[second]).moves
        shown = page.locator("#changes-rows tr")
        assert sorted(shown.evaluate_all("rows => rows.map(row => row.dataset.moved)")) == [move.id for move in moves]
        marked = page.locator("path.area.moved").evaluate_all("paths => paths.map(path => path.dataset.id)")
        assert sorted(marked) == [move.id for move in moves]
        kinds = Counter(move.kind for move in moves)
        if before > after:
            kinds = Counter({"joins": kinds["leaves"], "leaves": kinds["joins"], "changes": kinds["changes"]})
        ways = {
            "joins": "fra å stå alene til et felles kontor",
            "leaves": "fra et felles kontor til å stå alene",
            "changes": "fra et felles kontor til et annet",
        }
        said = "; ".join(f"{kinds[kind]} {way}" for kind, way in ways.items() if kinds[kind])
        assert page.locator("#changes-text").inner_text().endswith(f": {said}.")
        assert f": {said}." in page.locator("#option-note").inner_text()
        alone = [len(found.options[i].evaluation.alone) for i in (before, after)]
        assert alone[0] - kinds["joins"] + kinds["leaves"] == alone[1]
        move = moves[len(moves) // 2]
        cells = page.locator(f"tr[data-moved='{move.id}'] td").all_inner_texts()
        way, back = (move.minutes_before, move.minutes_after), (move.minutes_after, move.minutes_before)
        old, new = way if before < after else back
        assert cells[2] == f"{texts.number(old)} → {texts.number(new)}"
        change = texts.number(new - old)
        assert cells[3] == (f"+{change}" if round(new - old, 3) >= 0.5 else change)
    label = table.at[move.id, "name_norwegian"]
    page.locator(f"tr[data-moved='{move.id}'] button").click()
    expect(card(page)).to_have_attribute("aria-label", label)
    expect(card(page)).to_contain_text("Har byttet kontor fra")


def test_the_list_of_one_county(opened: Opened) -> None:
    page = opened.page
    counties = options.world().municipalities["county_number"]
    page.locator("#choices input").nth(3).check()
    moves = [move.id for move in options.comparison(4).differences[2].moves]
    page.get_by_label("Vis endringer i ett fylke").select_option("55")
    shown = page.locator("#changes-rows tr").evaluate_all("rows => rows.map(row => row.dataset.moved)")
    assert sorted(shown) == [id_ for id_ in moves if counties[id_] == "55"]
    assert "i Troms" in page.locator("#changes-text").inner_text()
    assert page.locator("path.area.aside").count() > 40
    assert page.evaluate("location.hash") == "#plan=4&fylke=55"
    page.get_by_label("Vis endringer i ett fylke").select_option("")
    assert page.locator("path.area.aside").count() == 0
    assert page.locator("#changes-rows tr").count() == len(moves)


def test_the_list_stays_sorted_whatever_is_chosen(opened: Opened) -> None:
    """By the change of the journey: another option, another reference, a county, and back to the order of the page."""
    page, counties = opened.page, options.world().municipalities["county_number"]
    heads = page.locator("table.changes thead th")

    def shown() -> tuple[list[str], list[float]]:
        rows = page.locator("#changes-rows tr, table.changes tbody.sorted tr")
        ids = rows.evaluate_all("rows => rows.map(row => row.dataset.moved)")
        said = rows.evaluate_all("rows => rows.map(row => row.cells[4].textContent)")
        bare = [text.replace("\u2212", "-").replace(texts.NARROW_SPACE, "") for text in said]
        return ids, [-math.inf if text == texts.DASH else float(text) for text in bare]

    def moved(after: int) -> list[str]:
        return [move.id for move in options.comparison(4).differences[after - 1].moves]

    page.locator("#choices input").nth(1).check()
    by_name = shown()[0]
    heads.nth(4).get_by_role("button").click()
    for after in (1, 3, 1):
        page.locator("#choices input").nth(after).check()
        for county in ("", "55", ""):
            page.locator("#county").select_option(county)
            expect(heads.nth(4)).to_have_attribute("aria-sort", "descending")
            ids, changes = shown()
            assert sorted(ids) == [id_ for id_ in moved(after) if county in {"", counties[id_]}]
            assert changes == sorted(changes, reverse=True)
    page.locator("#reference").select_option("4")
    changes = shown()[1]
    assert changes == sorted(changes, reverse=True)
    page.locator("#reference").select_option("1")
    assert shown()[0] != by_name
    for _ in range(2):
        heads.nth(4).get_by_role("button").click()
    assert shown()[0] == by_name


def test_the_address_keeps_everything(browser: Browser, four: Path) -> None:
    opened = visit(browser, four, address="#5540&plan=4&fra=2&fylke=55&merk=0")
    page = opened.page
    expect(card(page)).to_contain_text("Kåfjord")
    expect(page.locator("#choices input").nth(3)).to_be_checked()
    expect(page.locator("#reference")).to_have_value("2")
    expect(page.locator("#county")).to_have_value("55")
    expect(page.locator("#marked")).not_to_be_checked()
    assert page.locator("path.area.moved").count() == 0
    assert page.evaluate("location.hash") == "#5540&plan=4&fra=2&fylke=55&merk=0"
    page.get_by_role("link", name="Felles for alle").click()
    assert page.evaluate("location.hash") == "#5540&agreed-heading&plan=4&fra=2&fylke=55&merk=0"
    for nonsense, *slips in (
        ("#plan=9&fra=0", "«9»", "«0»"),
        ("#plan=x&fylke=99&merk=7", "«x»", "«99»"),
        ("#plan=1.5&fra=-1", "«1.5»", "«-1»"),
    ):
        other = visit(browser, four, address=nonsense)
        expect(other.page.locator("#choices input").nth(best(other.page))).to_be_checked()
        for slip in slips:
            expect(other.page.locator("#address-note")).to_contain_text(slip)
        assert other.complaints == []
    assert opened.complaints == []


def test_figures_switch_where_the_map_has_the_focus_and_nowhere_else(opened: Opened) -> None:
    page = opened.page
    page.locator("path.area[tabindex='0']").focus()
    page.keyboard.press("3")
    expect(page.locator("#choices input").nth(2)).to_be_checked()
    page.keyboard.press("9")
    expect(page.locator("#choices input").nth(2)).to_be_checked()
    page.locator("#search").focus()
    page.keyboard.type("1151")
    expect(page.locator("#choices input").nth(2)).to_be_checked()
    expect(page.locator("#search")).to_have_value("1151")


def test_groups_lead_to_the_map_and_are_one_tab_stop(opened: Opened) -> None:
    page = opened.page
    lists = page.locator("ul.blocks")
    if lists.count():
        assert page.locator("ul.blocks button[tabindex='0']").count() == 1
    page.locator("#choices input").nth(1).check()
    assert page.locator("#changes-rows button[tabindex='0']").count() == 1
    page.locator("#changes-rows button").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#changes-rows button").nth(1)).to_be_focused()


def test_files_are_handed_out_without_network(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    for file in page.evaluate("plankontor.source.files"):
        with page.expect_download() as waiting:
            page.locator(".download", has_text=file["name"]).click()
        waiting.value.save_as(tmp_path / file["name"])
        assert (tmp_path / file["name"]).read_bytes() == base64.b64decode(file["content"])
        assert waiting.value.suggested_filename == file["name"]
    expect(page.locator("#file-status")).to_have_text("offices.csv er lagret")


def test_points_of_the_chart_lead_to_their_rows(opened: Opened) -> None:
    page = opened.page
    first = page.locator(".chart a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#point-1")).to_be_focused()
    assert page.evaluate("location.hash") == ""


@pytest.mark.parametrize(("sized", "width"), [(2, 390), (4, 390), (4, 1280), (8, 1920)], indirect=["sized"])
def test_axe_finds_nothing(browser: Browser, sized: tuple[int, Path], width: int) -> None:
    opened = visit(browser, sized[1], width, 900)
    opened.page.locator("#choices input").nth(1).check()
    opened.page.evaluate("plankontor.select('5540', { zoom: true })")
    for part in opened.page.locator("details").all():
        part.evaluate("part => { part.open = true; }")
    assert violations(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_is_whole(browser: Browser, sized: tuple[int, Path]) -> None:
    number, path = sized
    page = visit(browser, path).page
    page.locator("#choices input").nth(1).check()
    sheets = page.pdf(prefer_css_page_size=True, print_background=True)
    pages = sheets.count(b"/Type /Page\n") or sheets.count(b"/Type/Page/")
    assert 4 <= pages <= 18
    assert page.locator("#choices input").count() == number


@pytest.mark.parametrize("width", [390, 1280])
def test_each_figure_is_read_out_under_its_own_option(browser: Browser, four: Path, width: int) -> None:
    opened = visit(browser, four, width)
    for table in opened.page.locator("table.options").all():
        heads = table.get_by_role("columnheader").count()
        rows = table.locator("tbody tr").filter(has=opened.page.locator("td")).all()
        assert heads == 5
        for row in rows:
            assert row.get_by_role("rowheader").count() + row.get_by_role("cell").count() == heads
    assert opened.complaints == []


def test_hostile_names_do_nothing(browser: Browser, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u05d0 \N{FIRE} \"'" + "y" * 300
    host = options.comparison(2).options[1].evaluation.shared[0].host
    path = tmp_path / "page.html"
    options.write_renamed(path, 2, {host: bad}, bad)
    opened = visit(browser, path, 390, 844)
    page = opened.page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.locator("#choices input").nth(1).check()
    page.locator("#search").fill("script alert")
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text(bad[:40])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img[src='x']").count() == 0
    assert dialogs == []
    assert opened.requests == []
    assert opened.complaints == []
    opened.page.context.close()


def test_english_follows_too(browser: Browser, tmp_path: Path) -> None:
    options.write(tmp_path / "page.html", 4, "en")
    opened = visit(browser, tmp_path / "page.html")
    opened.page.locator("#choices input").nth(1).check()
    expect(opened.page.locator("#changes-text")).to_contain_text("municipalities change office from")
    shown: Any = opened.page.locator("tr[data-row='objective'] .value").all_inner_texts()
    assert shown == [texts.number(one["objective"], 1, "en") for one in options.document(4)["options"]]
    assert opened.complaints == []


def test_winners_and_losers_are_ranked_and_coloured(opened: Opened) -> None:
    page, pair = opened.page, (options.options(4)[0].grouping, options.options(4)[1].grouping)
    problem = options.world(4).problem
    page.locator("#choices input").nth(1).check()

    def planners(grouping: Any, id_: str) -> float:
        return math.fsum(problem.planner_fte[problem.index[one]] for one in grouping.offices[grouping.host_of[id_]])

    page.select_option("#winner-figure", "more_fte")
    change = {id_: round(planners(pair[1], id_) - planners(pair[0], id_), 1) for id_, _ in pair[0]}
    page.locator("#winners-all").click()
    ranked = page.locator("#winners-rows button").evaluate_all("all => all.map((one) => one.dataset.select)")
    assert sorted(ranked) == sorted(change)
    assert all(change[a] <= change[b] + 0.1 for a, b in itertools.pairwise(ranked))  # ties of rounding
    counted = page.locator("#winners-counties tr").evaluate_all(
        "all => all.map((row) => [...row.querySelectorAll('td')].slice(0, 3).map((cell) => +cell.textContent))"
    )
    assert sum(map(sum, counted)) == len(change)
    page.locator("#winners-map").click()
    shown = page.locator(".changing path.shade-4").evaluate_all("paths => paths.map((path) => path.dataset.id)")
    assert set(shown) == {id_ for id_, more in change.items() if more >= 1}
    assert violations(page, "section[aria-labelledby='winners-heading']") == []


def test_two_maps_move_together(opened: Opened) -> None:
    page = opened.page
    page.locator("#choices input").nth(1).check()
    page.get_by_label("to kart side om side").check()
    expect(page.locator("#twin-map path.area")).to_have_count(len(options.world(4).municipalities))
    expect(page.locator("#map-names span")).to_have_text(["1 " + names(page)[0], "2 " + names(page)[1]])
    views = page.locator(".maps > .folium-map")
    boxes = [[place(views.nth(k)) for k in range(2)]]
    page.locator(".leaflet-control-zoom-in").first.click()
    page.wait_for_timeout(400)
    boxes.append([place(views.nth(k)) for k in range(2)])
    assert all(one == pytest.approx(other, abs=2) for one, other in boxes)
    assert boxes[0][0] != pytest.approx(boxes[1][0], abs=5)
    page.locator("#choices input").nth(0).check()
    expect(page.locator("#twin-map")).to_be_hidden()


def place(view: Locator) -> list[float]:
    """Return where the first municipality is in a map, and how large, pixels."""
    outer, inner = view.bounding_box(), view.locator("path.area").nth(0).bounding_box()
    assert outer is not None
    assert inner is not None
    return [inner["x"] - outer["x"], inner["y"] - outer["y"], inner["width"], inner["height"]]
