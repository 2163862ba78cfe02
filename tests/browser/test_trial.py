"""Trying another grouping in the report: what the page then says is what `evaluate` says of the CSV that it saves."""

import csv
import io
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from country import Country, facts, renamed, write_report_of
from packed import unpacked
from playwright.sync_api import Browser, Locator, Page, expect
from visiting import Opened, violations, visit

from maps.told import texts
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from scenarios.export import tables
from scenarios.export.csv_files import write_csv
from scenarios.question.load import load
from scenarios.question.schema import Scenario
from scenarios.world import groupings
from scenarios.world.build import World, build

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket]

COUNTY = "55"
MOVES = """([seed, many, legal]) => {
  const { page, trying } = plankontor;
  const draw = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
  const pick = (some) => some[Math.floor(draw() * some.length)];
  const { judge } = trying.render();
  const did = { moved: 0, undone: 0, hosts: 0 };
  for (let k = 0; k < many; k += 1) {
    const at = Math.floor(draw() * judge.n);
    const id = judge.ids[at];
    const what = draw();
    if (draw() < 0.25) { trying.undo(); did.undone += 1; if (draw() < 0.3) trying.redo(); }
    if (legal) {
      const choice = trying.options(id).filter((one) => !one.broken.length && !one.held);
      if (choice.length) trying.move(id, pick(choice).id);
      else if (!trying.cost(id, "alone").broken.length) trying.alone(id);
    } else if (what < 0.7) {
      const near = judge.neighbours[at].filter((j) => j < judge.n).map((j) => page.members.get(judge.ids[j]).host);
      const host = near.length && draw() < 0.8 ? pick(near) : pick([...page.offices.keys()]);
      if (host !== page.members.get(id).host) { trying.move(id, host); did.moved += 1; }
    } else if (what < 0.85) { trying.lead(id); did.hosts += 1; } else trying.alone(id);
  }
  return did;
}"""


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "vet ikke hvordan «beauty»"), ("en", "does not know how “beauty”")]
)
def test_a_price_that_the_page_does_not_know_is_refused(
    browser: Browser, report_file: Path, tmp_path: Path, language: str, said: str
) -> None:
    html = report_file.read_text(encoding="utf-8")
    html = html if language == "nb" else unpacked(html)
    path = tmp_path / "report.html"
    path.write_text(html.replace('"terms":["travel"', '"terms":["beauty","travel"'), encoding="utf-8")
    opened = visit(browser, path)
    status, plans = opened.page.locator("#trial-status"), opened.page.locator("button[data-plan]")
    expect(status).to_contain_text(said)
    expect(opened.page.locator("button.edit")).to_have_count(0)
    assert all(button.is_disabled() for button in plans.all())
    opened.page.context.close()
    assert opened.complaints == []


def trying(page: Page, call: str) -> Any:
    """Do in the page what a control does."""
    return page.evaluate(f"plankontor.trying.{call}")


def at_rest(page: Page) -> None:
    """Wait until the map has flown and moved its popup into view: a click on what moves may fall beside it."""
    expect(page.locator(".leaflet-popup .card")).to_be_visible()
    page.evaluate(
        """() => new Promise((done) => {
          const { map } = plankontor.page;
          const look = () => (map._animatingZoom || map._panAnim?._inProgress ? requestAnimationFrame(look) : done());
          requestAnimationFrame(look);
        })"""
    )


def move(page: Page, id_: str, host: str) -> None:
    trying(page, f"move('{id_}', '{host}')")


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Lagre CSV").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def changed(region: Country, grouping: Grouping) -> Country:
    return replace(region, grouping=grouping, evaluation=evaluate(region.problem, grouping))


def told(page: Page, *, reasons: bool) -> dict[str, list[str]]:
    """Return everything that the page says of a plan: figures, verdicts, costs and every row."""
    page.evaluate("document.querySelectorAll('button.edit, tr.editor').forEach((one) => one.remove())")
    if not reasons:
        page.evaluate("document.querySelectorAll('table.alone .members').forEach((one) => one.remove())")
    parts = ["#sentence", ".figures", "#verdict-counts", ".verdict:visible", "tr[data-term]:visible", "#objective"]
    parts += ["#filter-note", "table.offices tr:visible", "table.alone tr:visible"]
    return {part: [re.sub(r"\s+", " ", text) for text in page.locator(part).all_inner_texts()] for part in parts}


def assert_same_pages(browser: Browser, page: Page, parts: Country, folder: Path, *, reasons: bool) -> None:
    """Compare with the report that Python writes of the same grouping, whole and for one county."""
    write_report_of(folder / "expected.html", parts, facts())
    expected = visit(browser, folder / "expected.html").page
    page.evaluate("void plankontor.page.map.closePopup()")  # not the map, which it would return
    for county in ("", COUNTY):
        for one in (page, expected):
            one.get_by_label("Vis ett fylke").select_option(county)
        assert told(page, reasons=reasons) == told(expected, reasons=reasons)
    hosts = dict(page.evaluate("[...plankontor.page.members].map(([id, member]) => [id, member.host])"))
    assert {id_: host for id_, host in hosts.items() if host} == dict(parts.grouping)


def test_after_two_hundred_moves_the_page_is_what_evaluate_says(
    browser: Browser, report: Opened, region: Country, tmp_path: Path
) -> None:
    page = report.page
    did = page.evaluate(MOVES, [7, 200, False])
    assert min(did.values()) > 10
    path = saved(page, tmp_path)
    grouping = groupings.read(path, "2024")
    parts = changed(region, grouping)
    judged = parts.evaluation
    assert len(grouping.moved(region.grouping)) > 25
    assert len(judged.violations) > 10
    assert page.locator("#trial-total").inner_text() == texts.number(judged.objective, 1)
    more = judged.objective - region.evaluation.objective
    assert (
        page.locator("#trial-distance").inner_text()
        == f"{texts.number(more, 1)} minutter mer enn den bevist beste planen"
    )
    assert trying(page, "judged().breaches.length") == len(judged.violations)
    assert page.locator(".verdict .breaches > li").count() == len(judged.violations)
    torn = sum(one.rule == "contiguity" for one in judged.violations)
    expect(page.locator(".verdict[data-rule='contiguity'] > .figure")).to_have_text(f"{torn} brudd i hele planen")
    known = {"problem": region.problem, "municipalities": region.municipalities, "scenario": Scenario(name="norge")}
    world = cast("World", SimpleNamespace(**known, travel=SimpleNamespace(own=False)))
    write_csv(tmp_path / "expected.csv", tables.grouping_table(world, grouping))
    assert path.read_bytes() == (tmp_path / "expected.csv").read_bytes()
    assert_same_pages(browser, page, parts, tmp_path, reasons=False)


def test_after_legal_moves_the_reasons_are_right_too(
    browser: Browser, report: Opened, region: Country, tmp_path: Path
) -> None:
    page = report.page
    page.evaluate(MOVES, [11, 40, True])
    parts = changed(region, groupings.read(saved(page, tmp_path), "2024"))
    assert parts.evaluation.violations == ()
    assert parts.grouping.moved(region.grouping)
    assert page.locator(".verdict.broken").count() == 0
    assert_map(page, parts)
    assert_same_pages(browser, page, parts, tmp_path, reasons=True)


def assert_map(page: Page, parts: Country) -> None:
    """Compare areas, borders, hosts and journeys with the grouping; neighbours differ in colour."""
    classes: dict[str, str] = dict(
        page.evaluate(
            "[...document.querySelectorAll('path.area')].map((path) => [path.dataset.id, path.getAttribute('class')])"
        )
    )
    colour = {id_: next(iter(re.findall(r"colour-\d", text)), "") for id_, text in classes.items()}
    offices = parts.grouping.offices
    for members in offices.values():
        assert len({colour[id_] for id_ in members}) == 1
        assert bool(colour[members[0]]) == (len(members) > 1)
    host_of = parts.grouping.host_of
    near = page.evaluate("plankontor.source.trial.near.map((i) => plankontor.trying.ids()[i])")
    clashes = [
        (a, b)
        for a, b in zip(near[::2], near[1::2], strict=True)
        if host_of[a] != host_of[b] and colour[a] and colour[a] == colour[b]
    ]
    assert clashes == []
    shared = [host for host, members in offices.items() if len(members) > 1]
    count = "plankontor.page.layers.{}.toGeoJSON().features.length"
    assert page.evaluate(count.format("hosts")) == len(shared)
    assert page.evaluate(count.format("travel")) == sum(len(offices[host]) - 1 for host in shared)


def test_borders_are_those_that_python_draws(report: Opened) -> None:
    """The page finds the borders of the plan itself where the page was written with them."""
    segments = """(lines) => {
      const found = new Set();
      const name = (a, b) => [a, b].map((one) => one.join()).sort().join(" ");
      for (const line of lines) {
        for (let k = 1; k < line.length; k += 1) {
          if (line[k].join() !== line[k - 1].join()) found.add(name(line[k - 1], line[k]));
        }
      }
      return found;
    }"""
    drawn, made, lost = report.page.evaluate(
        f"""(() => {{ const of = {segments}; const {{ borders, municipalities }} = plankontor.page.layers;
        const drawn = of(borders.toGeoJSON().features.flatMap(({{ geometry }}) => geometry.coordinates));
        const made = of(plankontor.officeBorders(municipalities));
        return [drawn.size, made.size, [...drawn].filter((one) => !made.has(one)).length]; }})()"""
    )
    assert drawn > 500
    assert (made, lost) == (drawn, 0)


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
    page.get_by_role("button", name="Tilbakestill").click()
    expect(page.get_by_text("Beste mulige plan etter disse reglene (bevist)")).to_be_visible()
    assert page.evaluate("location.hash") == ""
    assert everything(page) == before


def test_what_was_used_in_a_card_that_scrolls_stays_in_view(browser: Browser, national_report: Path) -> None:
    page = visit(browser, national_report, 1440, 900).page
    page.evaluate("plankontor.select('1835', { zoom: true })")  # Træna, which nobody can legally join
    card = page.locator(".leaflet-popup .card")
    card.get_by_role("button", name="Prøv en endring").click()
    card.get_by_label("Flytt til").select_option(index=1)
    card.get_by_role("button", name="Flytt", exact=True).click()
    expect(page.locator("#trial-body")).to_be_visible()
    used, room, legend = (
        page.locator(part) for part in (":focus", ".leaflet-popup-content", ".leaflet-control-layers-list")
    )
    expect(used).to_have_text("Flytt")
    assert room.evaluate("one => one.scrollHeight > one.clientHeight")
    # The bar is measured once a frame, and the map then makes room for it.
    expect(page.locator("html")).to_have_attribute("style", re.compile(r"--bar: [1-9]"))
    inner, outer = used.bounding_box(), room.bounding_box()
    assert inner is not None
    assert outer is not None
    assert outer["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    below = legend.bounding_box()
    assert below is not None
    assert outer["y"] + outer["height"] <= below["y"]


def test_a_plan_that_is_not_whole_is_shown_without_a_trial(browser: Browser, region: Country, tmp_path: Path) -> None:
    member = next(id_ for id_, host in region.grouping if id_ != host)
    lost = Grouping.of({id_: host for id_, host in region.grouping if id_ != member})
    write_report_of(tmp_path / "report.html", changed(region, lost), facts())
    opened = visit(browser, tmp_path / "report.html", address="#5540")
    expect(opened.page.locator(".leaflet-popup .card")).to_contain_text("Kåfjord")
    expect(opened.page.get_by_role("button", name="Prøv en endring")).to_have_count(0)
    assert opened.complaints == []


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
        ("ffffffff,5540.5540", "Adressen hører til en annen kjøring"),
        ("0123abcd,5540.5540", "Adressen hører til en annen kjøring"),
        ("0123abcd-ffffffff,5540.5540", "Adressen hører til en annen kjøring"),
        ("<b>", "Adressen hører til en annen kjøring"),
        *(
            (
                f"0123abcd-PLAN,{part}",
                "Adressen nevner en kommune eller et kontor som ikke finnes i denne planen.",
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


def row_of(page: Page, id_: str) -> Locator:
    host = page.evaluate("id => plankontor.page.members.get(id).host", id_)
    return page.locator(f"tr[data-office='{host}']")


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
    expect(page.locator(".leaflet-popup .card")).to_contain_text("Utsira")
    expect(page.locator("#trial-body")).to_be_hidden()


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
    card = page.locator(".leaflet-popup .card").last
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


def test_a_host_that_leaves_gives_the_rest_the_best_host(report: Opened, region: Country) -> None:
    page, problem = report.page, region.problem
    office = max(region.evaluation.shared, key=lambda row: len(row.members))
    rest = [id_ for id_ in office.members if id_ != office.host]
    trying(page, f"alone('{office.host}')")

    def judged(host: str) -> tuple[int, float, str]:
        given = Grouping.of({**region.grouping.host_of, office.host: office.host, **dict.fromkeys(rest, host)})
        found = evaluate(problem, given)
        return len(found.violations), found.objective, host

    best = min(map(judged, rest))[2]
    assert [page.evaluate("id => plankontor.page.members.get(id).host", id_) for id_ in rest] == [best] * len(rest)
    name = region.municipalities.at[best, "name_norwegian"]
    expect(page.locator("#trial-status")).to_contain_text(f"får {name} som vert")


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
    page.get_by_role("button", name="Kopier låste valg til scenariofil").click()
    text = page.get_by_label("Bindinger til en scenariofil").input_value()
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
    page.locator("table.offices button.edit").first.evaluate("one => one.click()")
    page.evaluate("plankontor.select('1151', { zoom: true })")
    page.locator(".leaflet-popup").get_by_role("button", name="Prøv en endring").evaluate("one => one.click()")
    page.get_by_role("button", name="Kopier låste valg til scenariofil").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#trial-close").click()
    expect(page.locator("#trial-distance")).to_be_in_viewport(ratio=1)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(page.locator("#trial-distance")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_bar_does_not_come_over_the_card(browser: Browser, report_file: Path) -> None:
    opened = visit(browser, report_file, 390, 844)
    page = opened.page
    page.evaluate("plankontor.select('1151', { zoom: true })")
    at_rest(page)
    page.evaluate("document.querySelector('.leaflet-popup').scrollIntoView({ block: 'end' })")
    page.locator(".leaflet-popup").get_by_role("button", name="Prøv en endring").click()
    page.locator(".leaflet-popup").get_by_label("Flytt til").select_option(index=1)
    page.locator(".leaflet-popup").get_by_role("button", name="Flytt", exact=True).click()
    expect(page.locator("#trial-body")).to_be_visible()
    hidden = """() => document.querySelector('.leaflet-popup').getBoundingClientRect().bottom
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
    page.locator(".leaflet-popup").get_by_role("button", name="Prøv en endring").evaluate("one => one.click()")
    rows = list(csv.DictReader(io.StringIO(saved(page, tmp_path).read_bytes().decode(), newline="")))
    assert {row["kommunenummer"]: row["name"] for row in rows}[member] == "'" + bad
    assert dict(groupings.read(tmp_path / "utprovd-inndeling.csv", "2024"))[office.host] == member
    pins = tomllib.loads(trying(page, "pins().text"))["pins"]
    assert pins["must_host"] == [member]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("img[src='x']").count() == 0
    assert (dialogs, opened.requests, opened.complaints) == ([], [], [])
    opened.page.context.close()


def test_in_english(browser: Browser, region: Country, tmp_path: Path) -> None:
    bound = region.evaluation.objective - 500
    write_report_of(tmp_path / "report.html", region, facts(status="feasible", bound=bound, gap=0.03), "en")
    opened = visit(browser, tmp_path / "report.html")
    page = opened.page
    trying(page, "alone('5540')")
    found = evaluate(region.problem, Grouping.of({**region.grouping.host_of, "5540": "5540"}))
    more, most = found.objective - region.evaluation.objective, found.objective - bound
    assert page.locator("#trial-distance").inner_text() == (
        f"{texts.number(more, 1, 'en')} minutes more than the computed plan, "
        f"at most {texts.number(most, 1, 'en')} from the optimum"
    )
    expect(page.locator("#trial-status")).to_contain_text("Kåfjord now stands alone.")
    assert opened.complaints == []
