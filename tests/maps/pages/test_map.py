"""The page as a file: figures, words, size, safety; the same plan gives the same bytes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from country import Country, facts, renamed, write, write_report_of
from parts import HOSTILE, Tags, by_id, inline_data

from maps.pages.data import FIGURES
from maps.pages.offline import ForeignReferenceError, check
from maps.told import phrases, texts
from maps.told import plan as model
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.terms import TERMS

WORDS = texts.Words()


def test_the_page_is_light_and_needs_nobody(national_page: str) -> None:
    check(national_page)
    assert len(national_page.encode()) < 2_500_000


def test_the_same_plan_is_the_same_file(region: Country, tmp_path: Path) -> None:
    for name in ("once", "again"):
        write(tmp_path / name, region, facts())
    assert (tmp_path / "again").read_bytes() == (tmp_path / "once").read_bytes()


def test_the_page_can_be_read_by_everybody(national_page: str) -> None:
    tags = Tags(national_page).seen
    assert dict(tags)["html"] == {"lang": "nb"}
    assert [tag for tag, _ in tags].count("h1") == 1
    assert [tag for tag, _ in tags].count("main") == 1
    viewport = [attrs["content"] for tag, attrs in tags if tag == "meta" and attrs.get("name") == "viewport"]
    assert viewport == ["width=device-width, initial-scale=1"]
    assert "<title>Plankontor i hele landet \u2013 plankontor</title>" in national_page


def test_the_inline_data_is_the_evaluation(national_page: str, norway: Country) -> None:
    data = inline_data(national_page)
    assert set(data["offices"]) == {row.host for row in norway.evaluation.offices}
    for row in norway.evaluation.offices:
        office = data["offices"][row.host]
        assert sorted(office["members"]) == sorted(row.members)
        assert {name: office[name] for name in FIGURES} == {name: getattr(row, name) for name in FIGURES}
        assert office["terms"] == {name: row.of_term(name) for name in TERMS}
    hosts = {id_: row["host"] for id_, row in data["members"].items() if row["host"] is not None}
    assert hosts == dict(norway.grouping)


def test_key_figures_are_the_evaluation(national_page: str, norway: Country) -> None:
    judged = norway.evaluation
    longest = max(row.longest_minutes for row in judged.shared)
    ways = [
        float(norway.problem.minutes[norway.problem.index[i], norway.problem.index[h]])
        for i, h in norway.grouping
        if i != h
    ]
    expected = {
        "offices": texts.number(len(judged.shared)),
        "grouped": texts.number(sum(len(row.members) for row in judged.shared)),
        "alone": texts.number(len(judged.alone)),
        "mean": texts.number(sum(ways) / len(ways)),
        "longest": texts.number(longest),
        "missing": texts.number(judged.terms["missing_fte"].value, 1),
        "county_lines": texts.number(judged.terms["county_lines"].value),
        "statsforvalter_lines": texts.number(judged.terms["statsforvalter_lines"].value),
    }
    assert {name: by_id(national_page, f"figure-{name}") for name in expected} == expected
    assert by_id(national_page, "objective") == texts.number(judged.objective, 1)


@pytest.mark.parametrize(
    ("status", "gap", "words"),
    [
        ("optimal", 0.0, "Beste mulige plan etter disse reglene (bevist)"),
        ("feasible", 0.0201, "Beste plan som ble funnet, høyst 2,1\u00a0% dårligere enn den beste mulige"),
        ("feasible", 0.021, "Beste plan som ble funnet, høyst 2,1\u00a0% dårligere enn den beste mulige"),
        ("feasible", 0.00001, "Beste plan som ble funnet, høyst 0,1\u00a0% dårligere enn den beste mulige"),
        ("feasible", 1.0, "Beste plan som ble funnet; hvor mye bedre den beste mulige er, er ukjent"),
        ("feasible", None, "Beste plan som ble funnet; hvor mye bedre den beste mulige er, er ukjent"),
        ("judged", None, "Vurdert plan, ikke optimert"),
    ],
)
def test_the_status_is_told_in_words(region: Country, status: str, gap: float | None, words: str) -> None:
    plan = model.build(region.municipalities, region.problem, region.grouping, region.evaluation, region.links)
    assert phrases.verdict(WORDS, facts(status=status, gap=gap), plan)[1] == words


@pytest.mark.parametrize(
    ("ties", "said"),
    [
        ("unique", "Ingen annen inndeling er like god."),
        ("first in id order", "er den første etter kommunenummer valgt."),
        ("open", "Andre inndelinger kan ha samme sum."),
    ],
)
def test_an_optimum_says_whether_others_are_as_good(region: Country, ties: str, said: str) -> None:
    plan = model.build(region.municipalities, region.problem, region.grouping, region.evaluation, region.links)
    assert phrases.verdict(WORDS, facts(status="optimal", ties=ties), plan)[2].endswith(said)
    assert said not in phrases.verdict(WORDS, facts(status="feasible", gap=0.1, ties=ties), plan)[2]


def test_a_figure_of_one_is_in_the_singular(region: Country, tmp_path: Path) -> None:
    shared = region.evaluation.shared[0]
    together = dict.fromkeys(region.evaluation.alone[1:], shared.host)
    grouping = Grouping.of({**region.grouping.host_of, **together})
    one = replace(region, grouping=grouping, evaluation=evaluate(region.problem, grouping))
    write(tmp_path / "map.html", one, facts())
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert ">kommune som står alene</span></dt>" in page
    assert ">kommuner som står alene<" not in page


def test_a_broken_rule_is_told_first(region: Country) -> None:
    far = Grouping.of({**region.grouping.host_of, "1151": "5601"})
    judged = evaluate(region.problem, far)
    plan = model.build(region.municipalities, region.problem, far, judged, region.links)
    kind, words, _ = phrases.verdict(WORDS, facts(), plan)
    assert (kind, words) == ("broken", "Planen bryter 2 regler")


def test_nobody_shares_and_nobody_stands_alone(region: Country, tmp_path: Path) -> None:
    lonely = Grouping.of({i: i for i in region.grouping.host_of})
    parts = replace(region, grouping=lonely, evaluation=evaluate(region.problem, lonely))
    write(tmp_path / "map.html", parts, facts())
    assert (
        by_id((tmp_path / "map.html").read_text(encoding="utf-8"), "sentence") == "0 plankontor for 0 av 52 kommuner."
    )


def test_unreachable_members_show_a_dash(region: Country, tmp_path: Path) -> None:
    minutes = region.problem.minutes.copy()
    minutes[region.problem.index["1151"], region.problem.index["5601"]] = float("inf")
    problem = replace(region.problem, minutes=minutes)
    grouping = Grouping.of({**region.grouping.host_of, "1151": "5601"})
    parts = replace(region, problem=problem, grouping=grouping, evaluation=evaluate(problem, grouping))
    write(tmp_path / "map.html", parts, facts())
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert by_id(html, "figure-longest") == "\u2013"
    assert inline_data(html)["members"]["1151"]["minutes"] is None


def test_hostile_names_are_text(region: Country, tmp_path: Path, national_page: str) -> None:
    hosts = [row.host for row in region.evaluation.shared][: len(HOSTILE)]
    parts = renamed(region, dict(zip(hosts, HOSTILE, strict=True)))
    run = facts(title=HOSTILE[0], scenario=HOSTILE[1], parameters={HOSTILE[4]: HOSTILE[0]}, credits=[HOSTILE[5]])
    write(tmp_path / "map.html", parts, run)
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    tags = Tags(html).seen
    assert len([tag for tag, _ in tags if tag == "script"]) == len(
        [tag for tag, _ in Tags(national_page).seen if tag == "script"]
    )
    assert not [attrs for tag, attrs in tags if tag in {"img", "b"} or "onerror" in attrs]
    data = inline_data(html)
    assert [data["members"][host]["label"] for host in hosts] == list(HOSTILE)
    assert "{{ 7 * 7 }}" in html


def test_the_page_says_what_is_an_estimate_and_what_is_not(region: Country, tmp_path: Path) -> None:
    table = region.municipalities.copy()
    host = region.evaluation.shared[0].host
    table.loc[host, "planner_fte_source"] = "egne-tall.csv"
    write(tmp_path / "map.html", replace(region, municipalities=table), facts())
    html = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "anslag der egne tall mangler" in html
    row = inline_data(html)["members"][host]
    assert (row["planners_estimated"], row["need_estimated"]) == (0, 1)
    assert inline_data(html)["offices"][host]["need_estimated"] == 1
    assert len(region.evaluation.shared[0].members) > 1
    starred = re.findall(r'<tr role="row" data-office="(\d{4})">(.*?)</tr>', html, re.DOTALL)
    marks = {id_: re.findall(r'class="num[^"]*">[^<]*(<span class="star">)?', row) for id_, row in starred}
    alone = region.evaluation.alone[0]
    assert list(map(bool, marks[host])) == [True, True, True, False, False], "the other members are estimates"
    assert list(map(bool, marks[alone])) == [True, True, True]
    table["planner_fte_source"] = "egne-tall.csv"
    write(tmp_path / "map.html", replace(region, municipalities=table), facts())
    row_ = re.search(rf'data-office="{alone}">(.*?)</tr>', (tmp_path / "map.html").read_text("utf-8"), re.DOTALL)
    assert row_ is not None
    assert list(map(bool, re.findall(r'class="num[^"]*">[^<]*(<span class="star">)?', row_[1]))) == [False, True, False]


def test_credits_are_not_doubled(national_page: str) -> None:
    assert national_page.count("© Kartverket (CC BY 4.0)") == 1
    assert "© Kartverket, CC BY 4.0" not in national_page
    assert "Plantabell fra Nordre fylkeskommune" in national_page
    assert "contains EuroGeographics data" in national_page


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "ja"),
        (None, "ingen grense"),
        (75.0, "75"),
        (0.27, "0,27"),
        ([4, 5, 6], "4, 5, 6"),
        ([], "alle"),
        ("priced", "har en pris"),
        ("other", "other"),
        ({"5540": "5536"}, "5540: 5536"),
    ],
)
def test_settings_in_words(value: object, words: str) -> None:
    assert WORDS.setting(value) == words


def test_a_foreign_reference_writes_nothing(region: Country, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maps.pages.layers.TILES", "https://tiles.example.org/{z}/{x}/{y}.png")
    with pytest.raises(ForeignReferenceError):
        write(tmp_path / "map.html", region, facts())
    assert not list(tmp_path.iterdir())


def test_norwegian_alphabet() -> None:
    names = ["Åmot", "Ørsta", "Ås", "Alta", "Ål", "Ærø", "Bø", "Árran"]
    assert sorted(names, key=model.alphabetical) == ["Alta", "Árran", "Bø", "Ærø", "Ørsta", "Ål", "Åmot", "Ås"]


def test_a_search_that_had_hardly_begun_claims_no_weighing(region: Country, tmp_path: Path) -> None:
    write(tmp_path / "map.html", region, facts(status="feasible", gap=1.0, bound=0.0, objective=9.0, candidates=12))
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "Søket ble stanset før de mulige kontorene var veid mot hverandre." in page
    assert "ble veid mot hverandre. Målverdi" not in page


@pytest.mark.parametrize(
    ("given", "all_of", "own_travel", "labels", "total"),
    [
        ((), True, False, {"travel": "anslag", "missing_fte": "anslag", "unmet_need": "anslag"}, True),
        (("planner_fte",), True, True, {"unmet_need": "delvis anslag"}, False),
        (
            ("planner_fte",),
            False,
            True,
            {"missing_fte": "delvis anslag", "unmet_need": "delvis anslag"},
            True,
        ),
        (("planner_fte", "need_fte"), True, True, {}, False),
    ],
)
def test_a_term_is_an_estimate_only_where_it_rests_on_one(
    region: Country,
    tmp_path: Path,
    given: tuple[str, ...],
    all_of: bool,
    own_travel: bool,
    labels: dict[str, str],
    total: bool,
) -> None:
    table = region.municipalities.copy()
    for column in given:
        table[f"{column}_source"] = "egne-tall.csv"
    if given and not all_of:
        table.loc[region.evaluation.shared[0].host, "planner_fte_source"] = "estimate"
    assert region.problem.weights.missing_fte > 0 == region.problem.weights.unmet_need
    write_report_of(tmp_path / "report.html", replace(region, municipalities=table), facts(own_travel=own_travel))
    html = re.sub(r'<span class="label"[^>]*>(.*?)</span>', r"\1", (tmp_path / "report.html").read_text("utf-8"))
    found = dict(re.findall(r'<tr data-term="(\w+)"[^>]*><th scope="row">[^<(]*(?:\(([^)]*anslag[^)]*)\))?</th>', html))
    assert len(found) == len(region.evaluation.terms)
    assert {name: label for name, label in found.items() if label} == labels
    assert ("Sum (delvis anslag)" in html) == total
    assert ("på den lengste reisen</span> (anslag)</dt>" in html) != own_travel
    lead = re.search(r'<p class="lead"[^>]*>([^<]*)</p>', html)
    assert lead is not None
    assert ("minutter (anslag)" in lead[1]) != own_travel
    assert ("Reisetider er hentet fra egne tall." in html) == own_travel
    label = labels.get("missing_fte", "")
    assert ("alle kontor har 3" + (f" ({label})" if label else "") + "</dt>") in html


def test_a_rule_on_planners_says_that_they_are_estimates(region: Country, tmp_path: Path) -> None:
    problem = replace(region.problem, limits=replace(region.problem.limits, critical_mass="hard"))
    judged = replace(region, problem=problem, evaluation=evaluate(problem, region.grouping))
    write_report_of(tmp_path / "report.html", judged, facts())
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert re.search(r'Minste fagmiljø <span class="label"[^>]*>\(anslag\)</span> <span', html)
    assert "Største kontor <span" in html, "a rule that does not apply rests on nothing"
