"""The map page in a real browser with the network off."""

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from country import Country, answer, facts, kroner, ranges_of, renamed, write
from playwright.sync_api import Browser, Page, Route, expect
from visiting import Opened, violations, visit

from maps.told import texts

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

LAYERS = {
    "Kontorgrenser": ".line-borders",
    "Fylkesgrenser": ".line-counties",
    "Vertskommuner": ".host",
    "Reise til verten": ".line-travel",
    "Hovedveger og ferjer": ".line-road",
}


NAMES = [
    ("Utsira", "Utsira", "Utsira"),
    ("utsira", "Utsira", "Utsira"),
    ("1151", "Utsira", "Utsira"),
    ("Kafjord", "Kåfjord", "Gáivuotna - Kåfjord - Kaivuono"),
    ("KAAFJORD", "Kåfjord", "Gáivuotna - Kåfjord - Kaivuono"),
    ("gaivuotna", "Kåfjord", "Gáivuotna - Kåfjord - Kaivuono"),
    ("kaivuono", "Kåfjord", "Gáivuotna - Kåfjord - Kaivuono"),
    ("raarvihke", "Røyrvik", "Raarvihke - Røyrvik"),
    ("roros", "Røros", "Rosse - Røros"),
    ("Hønefoss", "Ringerike", "Ringerike"),
]


def search(page: Page, words: str) -> None:
    page.get_by_role("combobox", name="Finn en kommune").fill(words)


def popup(page: Page) -> str:
    box = page.locator("#card .card").last  # the one before may still be fading
    expect(box).to_be_visible()
    box.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    return box.inner_text()


def reach(page: Page, id_: str) -> None:
    page.evaluate("id => plankontor.select(id, { zoom: true })", id_)
    expect(page.locator("#card .card").last).to_be_visible()


def test_it_opens_at_once_and_quietly(browser: Browser, national_map: Path) -> None:
    start = time.monotonic()
    opened = visit(browser, national_map)
    assert time.monotonic() - start < 10
    assert opened.page.title() == "Plankontor i hele landet \u2013 plankontor"
    assert opened.page.locator("path.area").count() == 357
    assert opened.requests == []
    assert opened.complaints == []


def test_search_finds_by_any_name(norway: Opened) -> None:
    for words, label, full in NAMES:
        search(norway.page, words)
        expect(norway.page.get_by_role("option").first).to_contain_text(label)
        norway.page.keyboard.press("Enter")
        expect(norway.page.locator(".card").last).to_have_attribute("aria-label", label)
        assert full in popup(norway.page)


def test_search_says_when_nothing_fits(opened: Opened) -> None:
    search(opened.page, "Atlantis")
    expect(opened.page.locator("#search-status")).to_have_text("Ingen kommune passer")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#card")).to_be_hidden()
    opened.page.keyboard.press("Escape")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#search")).to_have_value("")


def test_search_by_keyboard_alone(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til søk etter kommune")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.locator("#search").focus()
    page.keyboard.type("nes")
    page.keyboard.press("ArrowDown")
    second = page.locator("#search-list [role=option]").nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    name = second.evaluate("item => item.firstChild.textContent")
    page.keyboard.press("Enter")
    assert name in popup(page)
    expect(page.locator("#search-status")).to_contain_text(name)


def test_a_click_on_a_municipality_opens_its_figures(norway: Opened) -> None:
    page = norway.page
    point = page.evaluate(
        "() => { const p = plankontor.page.map.latLngToContainerPoint(plankontor.page.members.get('3437').place);"
        " const r = plankontor.page.map.getContainer().getBoundingClientRect();"
        " return [r.x + p.x + 4, r.y + p.y + 4]; }"
    )
    page.mouse.click(*point)
    assert "årsverk" in popup(page)
    page.keyboard.press("Escape")


def test_popup_and_table_show_the_evaluation(opened: Opened, region: Country) -> None:
    page = opened.page
    for row in region.evaluation.shared[::9]:
        reach(page, row.host)
        shown = popup(page)
        for value in (row.planner_fte, row.need_fte, row.missing_fte, row.unmet_need_fte):
            assert f"{texts.number(value, 1)} årsverk" in shown
        times = f"{texts.number(row.mean_minutes)} og {texts.number(row.longest_minutes)} min"
        assert times in shown
        cells = page.locator(f"tr[data-office='{row.host}'] td").all_inner_texts()
        assert cells == [
            texts.number(row.planner_fte, 1),
            texts.number(row.need_fte, 1),
            texts.number(row.missing_fte, 1),
            f"{texts.number(row.mean_minutes)} / {texts.number(row.longest_minutes)}",
            texts.number(row.county_lines),
        ]


def test_a_member_shows_its_minutes_and_whose_estimate(opened: Opened, region: Country) -> None:
    at = region.problem.index
    for id_, host in [(i, h) for i, h in region.grouping if i != h][::25]:
        reach(opened.page, id_)
        shown = popup(opened.page)
        assert f"{texts.number(float(region.problem.minutes[at[id_], at[host]]))} min" in shown
        low, high = (texts.number(end, 1) for end in ranges_of(region).planners(region.problem, [id_]))
        told = "" if low == high else f" ({low}\N{EN DASH}{high})"
        assert f"{texts.number(float(region.problem.planner_fte[at[id_]]), 1)} årsverk{told}" in shown


def test_numbers_are_written_as_in_python(opened: Opened) -> None:
    cases = [
        (0, 0),
        (999.5, 0),
        (1234567.891, 2),
        (52.5, 0),
        (2.675, 2),
        (0.05, 1),
        (-3.25, 1),
        (-0.01, 1),
        (45.125, 2),
    ]
    draw = random.Random(7)  # noqa: S311  drawn cases, the same each time
    cases += [(round(draw.uniform(-1e5, 1e5), draw.randrange(6)), draw.randrange(4)) for _ in range(500)]
    written = opened.page.evaluate("cases => cases.map(([x, d]) => plankontor.number(x, d))", cases)
    assert written == [texts.number(value, decimals) for value, decimals in cases]


def test_a_row_leads_to_the_map_and_the_map_to_the_row(opened: Opened, region: Country) -> None:
    page, row = opened.page, region.evaluation.shared[3]
    before = page.evaluate("plankontor.page.map.getZoom()")
    page.locator(f"button[data-select='{row.host}']").click()
    assert popup(page)
    assert page.evaluate("plankontor.page.map.getZoom()") > before
    assert page.locator("path.area.chosen").count() == len(row.members)
    expect(page.locator(f"tr[data-office='{row.host}']")).to_have_class("chosen")
    assert page.evaluate("location.hash") == f"#{row.host}"
    page.keyboard.press("Escape")


def test_the_address_keeps_the_choice(browser: Browser, map_file: Path) -> None:
    opened = visit(browser, map_file, address="#5540")
    assert "Kåfjord" in popup(opened.page)
    opened.page.reload()
    assert "Kåfjord" in popup(opened.page)


def test_an_address_written_over_this_one_opens(browser: Browser, map_file: Path) -> None:
    opened = visit(browser, map_file, address="#5540")
    assert "Kåfjord" in popup(opened.page)
    opened.page.goto(map_file.as_uri() + "#1151")
    expect(opened.page.locator("#card .card").last).to_contain_text("Utsira")
    opened.page.goto(map_file.as_uri() + "#9999")
    expect(opened.page.locator("#address-note")).to_have_text(
        "Lenken nevner «9999», men ingen kommune på denne siden har det nummeret."
    )
    expect(opened.page.locator("#card")).to_be_hidden()
    opened.page.goto(map_file.as_uri() + "#<b>5540</b>")
    expect(opened.page.locator("#address-note")).to_contain_text("«<b>5540</b>»")
    assert opened.page.locator("#address-note b").count() == 0
    opened.page.goto(map_file.as_uri() + "#offices-heading")  # as a link within the page, in a new tab
    expect(opened.page.locator("#offices-heading")).to_be_visible()
    expect(opened.page.locator("#address-note")).to_be_empty()


def test_a_folded_legend_leaves_a_line_of_it(browser: Browser, map_file: Path) -> None:
    bars = {}
    for width in (390, 1280, 1920):
        page = visit(browser, map_file, width, 900).page
        bars[width] = [row.inner_text() for row in page.locator(".key-bar .legend-row:visible").all()]
        assert page.get_by_text("Deltar ikke", exact=True).locator("visible=true").count() == 1
    assert bars == {390: ["Plankontor", "Står alene", "Deltar ikke"], 1280: [], 1920: []}


def test_layers_can_be_switched_off_and_on(opened: Opened) -> None:
    for name, selector in LAYERS.items():
        box = opened.page.get_by_role("checkbox", name=name)
        expect(box).to_be_checked()
        box.uncheck()
        expect(opened.page.locator(f"path{selector}")).to_have_count(0)
        box.check()
        assert opened.page.locator(f"path{selector}").count() > 0


def test_municipalities_are_shaded_by_what_sharing_costs_them(
    browser: Browser, map_file: Path, region: Country
) -> None:
    page = visit(browser, map_file).page
    members, known = answer(region, facts()).plan.members, kroner(region)
    gains = {
        id_: known.members[id_].gain_kr / members[id_].population
        for office in known.offices.values()
        for id_ in office.members
    }
    page.select_option("#shade", "gain")
    steps = (-1e9, -100, -0.5, 0.5, 100, 1e9)
    for k in range(5):
        assert coloured(page, k) == {id_ for id_, gain in gains.items() if steps[k] <= gain < steps[k + 1]}
    assert page.locator(".shade-name:visible").inner_text().startswith("Likt for likt mot alene")
    page.select_option("#shade", "minutes")
    journeys = {id_: one.minutes for id_, one in members.items() if one.host in known.offices}
    assert coloured(page, 0) == {id_ for id_, minutes in journeys.items() if minutes is not None and minutes < 15}
    page.select_option("#shade", "")
    assert page.locator(".shaded").count() == 0


def coloured(page: Page, k: int) -> set[str]:
    """Return the municipalities that have a colour of the figure that is chosen."""
    shown = page.locator(f"path.area.shade-{k}").evaluate_all("paths => paths.map((path) => path.dataset.id)")
    return set(shown)


def test_the_base_map_is_off_and_fails_quietly(opened: Opened) -> None:
    page = opened.page
    box = page.get_by_role("checkbox", name="Gråtonekart fra Kartverket")
    expect(box).not_to_be_checked()
    box.click()
    expect(page.locator("#map-message")).to_have_text("Gråtonekartet er ikke tilgjengelig nå. Kartet virker uten.")
    expect(box).not_to_be_checked()
    assert page.locator("img.leaflet-tile").count() == 0


def test_the_base_map_is_fetched_from_kartverket_only_when_asked_for(browser: Browser, map_file: Path) -> None:
    context = browser.new_context()
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    opened = Opened(context.new_page())
    opened.watch()
    opened.page.goto(map_file.as_uri())
    opened.page.wait_for_function("document.documentElement.dataset.ready === 'yes'")
    assert opened.requests == []
    opened.page.get_by_role("checkbox", name="Gråtonekart fra Kartverket").click()
    expect(opened.page.locator("#map-message")).not_to_be_empty()
    assert opened.requests
    assert all(url.startswith("https://cache.kartverket.no/v1/wmts/1.0.0/topograatone/") for url in opened.requests)
    opened.page.evaluate("fetch('https://example.org').catch(() => null)")
    assert not [url for url in opened.requests if "example.org" in url]
    context.close()


def test_a_base_map_that_fails_slowly_is_taken_away_all_the_same(browser: Browser, map_file: Path) -> None:
    """Each refused tile is replaced by a blank picture, which is not to be counted as a tile that came."""
    context = browser.new_context()
    refused = 0

    def refuse(route: Route) -> None:
        nonlocal refused
        refused += 1
        time.sleep(0.4)
        route.abort()

    context.route(lambda url: not url.startswith("file:"), refuse)
    page = context.new_page()
    page.goto(map_file.as_uri())
    page.wait_for_function("document.documentElement.dataset.ready === 'yes'")
    page.get_by_role("checkbox", name="Gråtonekart fra Kartverket").click()
    expect(page.locator("#map-message")).not_to_be_empty()
    assert refused >= 3
    expect(page.locator("img.leaflet-tile")).to_have_count(0)
    context.close()


def test_municipalities_are_one_tab_stop_and_the_arrows_lead_on(opened: Opened) -> None:
    page = opened.page
    assert page.locator("path.area[tabindex='0']").count() == 1
    page.locator("path.area[tabindex='0']").focus()
    first = page.evaluate("document.activeElement.dataset.id")
    page.keyboard.press("ArrowUp")
    second = page.evaluate("document.activeElement.dataset.id")
    assert second != first
    north = page.evaluate(
        "([a, b]) => plankontor.page.members.get(b).place[0] - plankontor.page.members.get(a).place[0]", [first, second]
    )
    assert north > 0
    assert page.locator("path.area[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate("id => plankontor.page.members.get(id).label", second) in popup(page)
    expect(page.locator(".card")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.id") == second


def test_every_municipality_has_a_name_for_screen_readers(opened: Opened, region: Country) -> None:
    spoken = opened.page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('path.area')]"
        ".map(path => [path.dataset.id, path.getAttribute('aria-label')]))"
    )
    assert set(spoken) == set(region.problem.ids)
    assert spoken["0301"] == "Oslo, Deltar ikke i denne planen"
    for row in region.evaluation.shared[:5]:
        assert "Vertskommune for" in spoken[row.host]


@pytest.mark.parametrize("width", [390, 1920])
def test_axe_finds_nothing_serious(browser: Browser, map_file: Path, width: int) -> None:
    opened = visit(browser, map_file, width, 900)
    reach(opened.page, "5540")
    assert violations(opened.page) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_nothing_is_wider_than_the_screen(browser: Browser, national_map: Path, width: int) -> None:
    opened = visit(browser, national_map, width, 844)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    border = (
        "[...plankontor.page.offices.values()]"
        ".find(one => one.members.length > 1 && plankontor.plannersOnBorder(one.members)).id"
    )
    reach(opened.page, opened.page.evaluate(border))
    assert "på grensen" in popup(opened.page), "the longest of the figures"
    cut = (
        "card => [...card.querySelectorAll('dd')].filter(d => d.scrollWidth > d.clientWidth + 1"
        " || d.getBoundingClientRect().right > card.getBoundingClientRect().right + 1).map(d => d.textContent)"
    )
    assert opened.page.locator("#card .card").last.evaluate(cut) == []


def test_names_do_not_lie_upon_each_other(norway: Opened) -> None:
    boxes = norway.page.evaluate(
        "[...document.querySelectorAll('.name span')].map(s => { const b = s.getBoundingClientRect();"
        " return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(boxes) > 15
    overlaps = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] - 2 and b[0] < a[2] - 2 and a[1] < b[3] - 2 and b[1] < a[3] - 2
    ]
    assert overlaps == []


def test_print_gives_a_few_sheets(opened: Opened, tmp_path: Path) -> None:
    sheets = opened.page.pdf(prefer_css_page_size=True, print_background=True)
    (tmp_path / "map.pdf").write_bytes(sheets)
    pages = sheets.count(b"/Type /Page\n") or sheets.count(b"/Type/Page/")
    assert 3 <= pages <= 12


def test_hostile_names_do_nothing(browser: Browser, region: Country, tmp_path: Path) -> None:
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u05d0 \N{FIRE} \"'" + "y" * 300
    host = region.evaluation.shared[0].host
    path = tmp_path / "map.html"
    write(path, renamed(region, {host: bad}), facts(title=bad))
    opened = visit(browser, path, 390, 844)
    dialogs: list[str] = []
    opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    search(opened.page, "script alert")
    opened.page.keyboard.press("Enter")
    assert bad[:60] in popup(opened.page)
    opened.page.locator(f"path[data-id='{host}']").dispatch_event("mouseover")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert opened.page.locator("img[src='x']").count() == 0
    assert dialogs == []
    assert opened.requests == []
    assert opened.complaints == []
    opened.page.context.close()


def test_a_plan_without_offices_opens_too(browser: Browser, region: Country, tmp_path: Path) -> None:
    from optimizer.grouping import Grouping  # noqa: PLC0415
    from optimizer.judging.evaluate import evaluate  # noqa: PLC0415

    lonely = Grouping.of({i: i for i in region.grouping.host_of})
    path = tmp_path / "map.html"
    write(path, replace(region, grouping=lonely, evaluation=evaluate(region.problem, lonely)), facts())
    opened = visit(browser, path)
    reach(opened.page, "5540")
    assert "Står alene" in popup(opened.page)
    assert opened.page.evaluate("plankontor.page.offices.get('5540').colour") == -1
    assert opened.complaints == []


def test_nothing_glides_for_whoever_wants_no_motion(browser: Browser, map_file: Path) -> None:
    opened = visit(browser, map_file, address="#1111")
    card = opened.page.locator("#card")
    at_once = card.bounding_box()
    opened.page.wait_for_timeout(300)
    assert card.bounding_box() == at_once


@pytest.mark.parametrize("height", [720, 800, 1000])
def test_the_card_covers_neither_map_nor_legend(browser: Browser, map_file: Path, height: int) -> None:
    opened = visit(browser, map_file, 1280, height, address="#1111")
    card, legend = (opened.page.locator(part).bounding_box() for part in ("#card", ".leaflet-control-layers"))
    assert card is not None
    assert legend is not None
    assert legend["y"] + legend["height"] <= card["y"]


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_name_is_cut_at_the_edge_of_the_first_view(browser: Browser, map_file: Path, width: int) -> None:
    opened = visit(browser, map_file, width, 900)
    frame = opened.page.locator(".folium-map").bounding_box()
    assert frame is not None
    edges = opened.page.locator(".name span").evaluate_all(
        "names => names.map((name) => name.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert len(edges) > 5
    assert min(left for left, _ in edges) >= frame["x"]
    assert max(right for _, right in edges) <= frame["x"] + frame["width"]


def test_the_way_to_the_host_is_drawn_and_told(opened: Opened) -> None:
    page = opened.page
    member = page.evaluate(
        "() => [...plankontor.page.members.values()].find((one) => one.host && one.host !== one.id).id"
    )
    drawn = page.locator("path.way")
    expect(drawn).to_have_count(0)
    page.evaluate("id => plankontor.select(id)", member)
    expect(page.locator("#card .card").last).to_contain_text("Vegen til ")
    one = drawn.count()
    assert one > 0
    host = page.evaluate("id => plankontor.municipality(id).host", member)
    page.evaluate("id => plankontor.select(id)", host)
    expect(page.locator("#card .card").last).to_contain_text("Vertskommune")
    assert drawn.count() >= one, "of a host the ways of all its members"
    page.emulate_media(media="print")
    expect(drawn.first).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("() => plankontor.close()")
    expect(drawn).to_have_count(0)
