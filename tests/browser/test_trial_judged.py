"""What the report says of another grouping is what `evaluate` says of the CSV that it saves."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from country import Country, facts, write_report_of
from packed import unpacked
from playwright.sync_api import Browser, Page, expect
from trials import changed, saved, trying
from visiting import Opened, visit

from maps.told import texts
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from scenarios.export import tables
from scenarios.export.csv_files import write_csv
from scenarios.question.schema import Scenario
from scenarios.world import groupings
from scenarios.world.build import World

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


class Known(SimpleNamespace):
    """What the tables ask of a world; what was worked out for one is kept."""

    __hash__ = object.__hash__


def told(page: Page, *, reasons: bool) -> dict[str, list[str]]:
    """Return everything that the page says of a plan: figures, verdicts, costs and every row."""
    # What would let somebody in is said of the plan as computed only.
    page.evaluate("document.querySelectorAll('button.edit, tr.editor, .lets-in').forEach((one) => one.remove())")
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
    world = cast("World", Known(**known, travel=SimpleNamespace(own=False)))
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
