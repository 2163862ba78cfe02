"""The report as a file: every number of it is the evaluation's, every name is text, nothing is foreign."""

import html as markup
import json
import math
import re
from dataclasses import replace
from pathlib import Path

import pytest
from country import Country, answer, facts, findings, ranges_of, renamed, write_report_of
from parts import HOSTILE, Tags, by_id, inline_data

from geodata import accuracy
from maps.pages.offline import check
from maps.pages.report import percent, write_report
from maps.told import plan as model
from maps.told import texts, verdicts
from optimizer.grouping import Grouping
from optimizer.judging.close_calls import HOSTS, LEADING, MOVES, close_calls
from optimizer.judging.evaluate import evaluate
from optimizer.judging.ranges import borderline
from optimizer.problem import Limits, Pins
from scenarios.export.run_folder import judgement
from scenarios.world.plain import dumps

WORDS = texts.Words()
EDGE = re.compile(
    r'<span class="edge" title="([^"]*)"><span aria-hidden="true">±</span><span class="unseen">[^<]*</span></span>'
)


@pytest.fixture(scope="module")
def page(norway: Country, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report_of(path, norway, facts())
    return path.read_text(encoding="utf-8")


def row(page: str, attribute: str) -> str:
    """Return the row with this attribute."""
    found = re.search(rf"<tr[^>]* {attribute}[^>]*>(.*?)</tr>", page, re.DOTALL)
    assert found is not None, attribute
    return found[1]


def cells(row_: str) -> list[str]:
    texts_ = re.findall(r"<td[^>]*>(.*?)</td>", EDGE.sub("", row_), re.DOTALL)
    return [markup.unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in texts_]


def test_it_is_light_and_needs_nobody(page: str) -> None:
    check(page)
    assert len(page.encode()) < 3_000_000


def test_the_error_of_the_journeys_is_that_of_those_held_out(page: str, norway: Country, tmp_path: Path) -> None:
    error = accuracy.held_out()
    said = f"i snitt med {error.mean_absolute_minutes:.0f} minutter ({100 * error.mean_absolute_error:.0f} prosent)"
    assert f"mot {error.journeys} reiser" in page
    assert said in page
    assert "Sognefjellet, " in page
    path = tmp_path / "report.html"
    write_report_of(path, norway, facts(own_travel=True))
    assert said not in path.read_text(encoding="utf-8")


def test_every_number_is_that_of_the_evaluation(page: str, norway: Country) -> None:
    """Read back from ``evaluation.json`` as a run writes it, and from the page as a reader sees it."""
    said = json.loads(dumps(judgement(norway.evaluation)))
    written = texts.number
    for office in said["offices"]:
        shown = cells(row(page, f'data-office="{office["host"]}"'))
        whole = math.floor(office["planner_fte"])
        assert shown[-1] == percent(WORDS, 0.2**whole * (1 - 0.8 * (office["planner_fte"] - whole)))
        figures = [written(office["planner_fte"], 1), written(office["need_fte"], 1), written(office["missing_fte"], 1)]
        if len(office["members"]) > 1:
            figures.append(f"{written(office['mean_minutes'])} / {written(office['longest_minutes'])}")
            figures.append(written(office["county_lines"]))
            assert shown[:-1] == figures
        else:
            assert shown[1:-1] == figures
    for name, term in said["terms"].items():
        decimals = 1 if term["unit"] in {"minutes", "årsverk"} else 0
        shown = cells(row(page, f'data-term="{name}"'))
        weight = getattr(norway.problem.weights, name)
        unit = WORDS.text(f"unit.{term['unit']}")
        assert shown == [
            f"{written(term['value'], decimals)} {unit}",
            WORDS.setting(weight),
            written(term["minutes"], 1),
        ]
    assert by_id(page, "objective") == written(said["objective"], 1)
    assert by_id(page, "figure-missing") == written(said["terms"]["missing_fte"]["value"], 1)


def test_what_is_on_the_border_is_marked_and_nothing_else(region: Country, tmp_path: Path) -> None:
    problem = replace(region.problem, limits=replace(region.problem.limits, max_minutes=62.5))
    region = replace(region, problem=problem, evaluation=evaluate(problem, region.grouping))
    write_report_of(tmp_path / "r.html", region, facts())
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    between = ranges_of(region)
    found = borderline(problem, between, region.evaluation)
    assert found.journeys
    assert found.offices
    for office in region.evaluation.offices:
        row_ = row(page, f'data-office="{office.host}"')
        named = re.findall(r'data-select="(\d{4})">((?:(?!</button>).)*)</button>', row_, re.DOTALL)
        assert {id_ for id_, text in named if EDGE.search(text)} == set(found.journeys) & set(office.members)
        [employed] = re.findall(rf'data-label="{WORDS.text("offices.planners")}"[^>]*>(.*?)</td>', row_, re.DOTALL)
        marks = EDGE.findall(employed)
        assert (len(marks) == 1) == (office.host in found.offices)
        ends = [texts.number(end, 1) for end in between.planners(region.problem, office.members)]
        assert all(end in mark for mark in marks for end in ends)
    alone = sum(not row.is_shared for row in region.evaluation.offices if row.host in found.offices)
    assert by_id(page, "edge-line") == WORDS.text(
        "edge.line",
        journeys=WORDS.count("journeys", len(found.journeys)),
        minutes="62,5",
        offices=WORDS.count("offices", len(found.offices) - alone),
        alone=WORDS.count("municipalities", alone),
        mass="3",
    )


def test_figures_that_are_known_have_no_border(region: Country, tmp_path: Path) -> None:
    write_report(tmp_path / "r.html", replace(answer(region, facts()), between=None), findings(region))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert 'class="edge"' not in text.split("<script>")[0]
    assert 'id="edge-line"' not in text


def test_key_over_the_years_and_phase_in_stand_where_they_are_asked(region: Country, tmp_path: Path) -> None:
    found = findings(region)
    assert found.kroner is not None
    host, office = next(iter(found.kroner.offices.items()))
    paid = {id_: 100 * (1_000_000 + 1000 * k) for k, id_ in enumerate(office.members)}
    asked = replace(found.kroner, drift={host: {2030: paid, 2035: paid}}, phase_in={host: (paid, paid)})
    write_report(tmp_path / "r.html", answer(region, facts()), replace(found, kroner=asked))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    id_ = office.members[1]
    now = round(found.kroner.members[id_].shared.cost_kr)
    rows = {name: text.split(f'id="{name}-table"')[1].split("</table>")[0] for name in ("drift", "phase_in")}
    cells = {name: told.split(f'data-ids="{id_}"')[1].split("</tr>")[0] for name, told in rows.items()}
    assert cells["drift"].count(WORDS.kroner(1_001_000.0)) == 2
    assert WORDS.signed(1_001_000 - now, 0) in cells["drift"]
    assert cells["phase_in"].count(WORDS.kroner(1_001_000.0 * office.cash_kr / office.cost_kr)) == 2
    write_report(tmp_path / "plain.html", answer(region, facts()), found)
    assert "drift-table" not in (tmp_path / "plain.html").read_text(encoding="utf-8")


def test_every_rule_has_its_verdict(page: str, norway: Country) -> None:
    shown = dict(re.findall(r'<li class="verdict ([a-z-]+)" data-rule="([a-z_]+)"', page))
    found = {rule: state for state, rule in re.findall(r'<li class="verdict ([a-z-]+)" data-rule="([a-z_]+)"', page)}
    assert shown
    assert found == {rule: said.replace(" ", "-") for rule, said in norway.evaluation.rules.items()}
    longest = max(office.longest_minutes for office in norway.evaluation.shared)
    assert f"{texts.number(longest)} av høyst 75 minutter" in page


def test_breaches_are_listed_with_those_concerned(region: Country) -> None:
    far = Grouping.of({**region.grouping.host_of, "1151": "5601"})
    judged = evaluate(region.problem, far)
    plan = model.build(region.municipalities, region.problem, far, judged, region.links)
    found = {one.rule: one for one in verdicts.verdicts(WORDS, plan, region.problem)}
    assert [one.state for one in found.values()][:2] == ["broken", "broken"]
    breach = found["max_minutes"].breaches[0]
    assert breach.ids == ("1151", "5601")
    minutes = region.problem.minutes[region.problem.index["1151"], region.problem.index["5601"]]
    assert breach.figures == f"{texts.number(minutes)}, grensen er 75"
    assert sum(len(one.breaches) for one in found.values()) == len(judged.violations)


def test_verdicts_of_limits_and_pins_have_figures(region: Country) -> None:
    limits = Limits(max_offices=500, min_offices=1, county_lines="hard", max_office_need_fte=50, critical_mass="hard")
    host = region.evaluation.shared[0]
    pins = Pins(together=(frozenset(host.members),), fixed={host.host: host.host})
    problem = replace(region.problem, limits=limits, pins=pins)
    judged = evaluate(problem, region.grouping)
    plan = model.build(region.municipalities, problem, region.grouping, judged, region.links)
    found = {one.rule: one for one in verdicts.verdicts(WORDS, plan, problem)}
    assert found["max_offices"].text == f"{len(judged.shared)} kontor i hele planen, høyst 500"
    assert found["together"].text == "bestemt på forhånd: 1"
    lowest = min(office.planner_fte for office in judged.offices)
    assert found["min_office_fte"].text == f"det minste har {texts.number(lowest, 1)} årsverk, grensen er 3"
    assert found["min_office_fte"].state == "broken"
    planners = {one.id: one.planner_fte for one in plan.members.values()}
    share = min(planners[o.host] / max(planners[i] for i in o.members) for o in judged.shared)
    assert found["min_host_share"].text.startswith(f"lavest er {texts.number(share, 2)} av årsverkene")


def test_close_calls_are_those_that_were_found(page: str, norway: Country) -> None:
    moves = close_calls(norway.problem, norway.grouping, norway.evaluation, MOVES)
    hosts = close_calls(norway.problem, norway.grouping, norway.evaluation, HOSTS)
    found = moves + hosts
    rows = re.findall(r'<tr data-ids="([0-9]{4})"( data-further hidden)?>', page)
    assert [id_ for id_, _ in rows] == [call.id for call in found]
    assert [id_ for id_, further in rows if not further] == [one.id for one in moves[:LEADING] + hosts[:LEADING]]
    section = page[page.index('id="close-heading"') : page.index('id="method-heading"')]
    shown = re.findall(r'<td class="num">([^<]+)</td>', section)
    extras = [call.instead.extra for call in found]
    signed = [("+" if round(extra, 1) > 0 else "") + texts.number(extra, 1) for extra in extras]
    assert shown == [
        "0,0 (kan like gjerne velges)" if abs(extra) < 1e-6 else text
        for extra, text in zip(extras, signed, strict=True)
    ]
    assert "0,0 (kan like gjerne velges)" in shown


def test_hand_made_links_that_touch_somebody(region: Country, tmp_path: Path) -> None:
    host_of = region.grouping.host_of
    links = region.links.assign(kind="manual")
    write_report_of(tmp_path / "report.html", replace(region, links=links), facts())
    shown = re.findall(r'<tr data-ids="([0-9]+ [0-9]+)">', (tmp_path / "report.html").read_text(encoding="utf-8"))
    assert shown == [f"{a} {b}" for a, b in zip(links["a"], links["b"], strict=True) if a in host_of or b in host_of]
    assert 0 < len(shown) < len(links)


def test_hostile_names_are_text(region: Country, tmp_path: Path, page: str) -> None:
    hosts = [row_.host for row_ in region.evaluation.shared][: len(HOSTILE)]
    parts = renamed(region, dict(zip(hosts, HOSTILE, strict=True)))
    write_report_of(tmp_path / "report.html", parts, facts(title=HOSTILE[0], scenario=HOSTILE[1], version=HOSTILE[5]))
    made = (tmp_path / "report.html").read_text(encoding="utf-8")
    tags = Tags(made).seen
    scripts = [tag for tag, _ in tags if tag == "script"]
    assert len(scripts) == len([tag for tag, _ in Tags(page).seen if tag == "script"])
    assert not [attrs for tag, attrs in tags if tag in {"img", "b"} or "onerror" in attrs]
    assert [inline_data(made)["members"][host]["label"] for host in hosts] == list(HOSTILE)


def test_percent() -> None:
    assert [percent(WORDS, share) for share in (0, 0.0001, 0.0004999, 0.0005, 0.008, 1)] == [
        "0,0\u00a0%",
        "<\u00a00,1\u00a0%",
        "<\u00a00,1\u00a0%",
        "0,1\u00a0%",
        "0,8\u00a0%",
        "100,0\u00a0%",
    ]
