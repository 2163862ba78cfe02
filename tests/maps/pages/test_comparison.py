"""The comparison as a file: its figures are those of ``compare --json``, its marks and sentences follow from them."""

import base64
import csv
import html as markup
import io
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import options
import pytest
from packed import unpacked
from parts import HOSTILE, Tags, inline_data

from maps.pages import chart
from maps.pages.comparison import ComparisonPage
from maps.pages.offline import check
from maps.told import phrases, texts
from maps.told.compared import Compared
from optimizer.judging.comparison import FIGURES
from optimizer.judging.evaluate import evaluate
from optimizer.terms import TERMS
from scenarios.answers.compare.shown import CSV_TABLES, _cell
from scenarios.export.csv_files import FORMULA_STARTS

WORDS = texts.Words()
NUMBERS = (2, 4, 8)


@pytest.fixture(scope="module", params=NUMBERS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """Return a page and the document of the same options."""
    path = tmp_path_factory.mktemp("compare") / "page.html"
    options.write(path, request.param)
    return path.read_text(encoding="utf-8"), options.document(request.param)


def plain(text: str) -> str:
    return " ".join(markup.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def cells(page: str, name: str) -> list[str]:
    found = re.search(rf'<tr role="row" data-row="{name}"[^>]*>(.*?)</tr>', page, re.DOTALL)
    assert found is not None, name
    return re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)


def values(page: str, name: str) -> list[str]:
    return [plain(re.findall(r'class="value">(.*?)</span>', cell)[0]) for cell in cells(page, name)]


def written(name: str, value: float | None) -> str:
    if value is None:
        return texts.DASH
    if name == "critical_mass_share":
        return " ".join(f"{WORDS.number(100 * value, 1)} %".split())
    unit = FIGURES[name].unit if name in FIGURES else "minutes-equivalents"
    return " ".join(WORDS.number(value, 1 if unit in {"minutes", "årsverk", "minutes-equivalents"} else 0).split())


def test_it_is_light_and_needs_nobody(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    check(page)
    assert len(page.encode()) < (5_000_000 if len(document["options"]) <= 4 else 6_000_000)
    shapes = re.findall(r'"coordinates":\[\[\[', page)
    ids = options.world(len(document["options"])).problem.ids
    areas = [id_ for id_ in re.findall(r'"id": ?"(\d{4})"', page) if id_ in ids]
    assert shapes
    assert len(areas) < 3 * len(ids), "the shapes stand there once, not once an option"


def test_every_figure_is_that_of_the_document(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    found = document["options"]
    assert values(page, "objective") == [written("objective", one["objective"]) for one in found]
    for name in FIGURES:
        assert values(page, name) == [written(name, one["figures"][name]) for one in found], name
    for name in TERMS:
        assert values(page, f"burden_{name}") == [written("burden", one["terms"][name]["minutes"]) for one in found], (
            name
        )
    counts = re.search(r'<table class="options counts[^>]*>.*?<tbody[^>]*>(.*?)</tbody>', page, re.DOTALL)
    assert counts is not None
    rows = [row for row in counts[1].split("</tr>") if "<td" in row]
    numbers = [re.findall(r'<td role="cell" class="num"[^>]*>(.*?)</td>', row) for row in rows]
    expected = [
        [texts.DASH if i == j else WORDS.number(count) for j, count in enumerate(row)]
        for i, row in enumerate(document["moved"])
    ]
    assert numbers == expected


def test_the_change_is_from_the_first(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    objectives = [one["objective"] for one in document["options"]]
    shown = [plain(re.findall(r'class="change">(.*?)</small>', cell)[0]) for cell in cells(page, "objective")]
    for text, objective in zip(shown[1:], objectives[1:], strict=True):
        difference = objective - objectives[0]
        signed = ("+" if difference > 0 else "") + WORDS.number(difference, 1)
        assert text == " ".join(signed.split())
    assert shown[0] == ""


def test_best_is_only_who_keeps_the_rules(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    legal = [i for i, one in enumerate(document["options"]) if not one["violations"]]
    marked = {
        row: [i for i, cell in enumerate(re.findall(r'<td role="cell" class="num( best)?"', body)) if cell]
        for row, body in re.findall(r'<tr role="row" data-row="(\w+)"[^>]*>(.*?)</tr>', page, re.DOTALL)
    }
    assert {i for found in marked.values() for i in found} <= set(legal)
    if len(legal) < 2:
        assert not any(marked.values())
        assert "Ingenting er merket som best" in page
        return
    objectives = [document["options"][i]["objective"] for i in legal]
    assert marked["objective"] == [legal[objectives.index(min(objectives))]]
    assert marked["burden_travel"] == [i for i in legal if document["options"][i]["label"] == "alone"]
    assert marked["offices"] == marked["violations"] == []
    assert marked["burden_alone"] == [], "what costs nothing anywhere is nobody's merit"
    assert page.count('class="first">best') == sum(map(len, marked.values()))


def test_sentences_follow_from_the_figures(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    found = re.search(r'id="sentence">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    said = plain(found[1])
    legal = [one for one in document["options"] if not one["violations"]]
    best = min(legal, key=lambda one: one["objective"])
    assert f"«{best['title'] or best['label']}»" in said
    assert written("objective", best["objective"]) in said
    assert f"{written('objective', best['objective'])} minutter (delvis anslag)" in said
    alone = document["agreement"]["alone"]
    same = len({*document["agreement"]["same_partners"]} - {*alone})
    everybody = 277 if len(document["options"]) == 8 else 52
    assert f"{same or 'Ingen'} av {everybody} kommuner deler kontor med nøyaktig de samme i alle alternativene" in said
    assert f"; {len(alone)} står alene i alle." in said
    assert "«Felles plankontor som finnes i dag»" in said, "it breaks rules"


def test_same_partners_is_what_it_says() -> None:
    groupings = [choice.grouping for choice in options.options(4)]
    expected = [
        id_
        for id_, _ in groupings[0]
        if len({frozenset(grouping.offices[grouping.host_of[id_]]) for grouping in groupings}) == 1
    ]
    assert list(options.comparison(4).agreement.same_partners) == expected


def test_what_the_scripts_read_is_the_comparison(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    data = inline_data(page)
    problem = options.world(len(document["options"])).problem
    for shown, one in zip(data["options"], document["options"], strict=True):
        assert {id_: row["host"] for id_, row in shown["members"].items()} == one["hosts"]
        for id_, row in shown["members"].items():
            minutes = float(problem.minutes[problem.index[id_], problem.index[row["host"]]])
            assert row["minutes"] == (minutes if math.isfinite(minutes) else None)
        assert {host for host, row in shown["offices"].items() if len(row["members"]) > 1} == {
            host for host in one["hosts"].values() if list(one["hosts"].values()).count(host) > 1
        }
    changes = {(one["before"], one["after"]): (one["moved"], one["new_hosts"]) for one in data["changes"]}
    assert set(changes) == {(i, j) for j in range(len(data["options"])) for i in range(j)}
    for j, difference in enumerate(document["differences"], 1):
        assert changes[0, j][0] == [move["id"] for move in difference["moves"]]
        assert changes[0, j][1] == difference["new_hosts"]
    for (i, j), (moved, _) in changes.items():
        assert len(moved) == document["moved"][i][j]


def test_a_host_has_one_colour(made: tuple[str, dict[str, Any]]) -> None:
    page, _ = made
    colours: dict[str, set[int]] = {}
    for option in inline_data(page)["options"]:
        for host, row in option["offices"].items():
            if len(row["members"]) > 1:
                colours.setdefault(host, set()).add(row["colour"])
    assert all(len(found) == 1 and found <= set(range(6)) for found in colours.values())
    assert ("samme farge i alle alternativene" in page) is True


def test_the_spreadsheets_are_those_of_compare(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    files = {file["name"]: base64.b64decode(file["content"]) for file in inline_data(page)["files"]}
    for_programs = {"figures.csv", "moves.csv", "offices.csv", "together.csv"}
    assert set(files) == {"comparison.xlsx", *for_programs, *(WORDS.text(f"sheet.file_{key}") for key in CSV_TABLES)}
    book = openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"]))
    costs = [cell.value for cell in next(book["Nøkkeltall"].iter_rows(min_row=2))]
    assert costs[1 : 1 + len(document["options"])] == pytest.approx([one["objective"] for one in document["options"]])
    assert files["moves.csv"].decode().count("\n") == 1 + sum(len(one["moves"]) for one in document["differences"])


def excel(compared: Compared, key: str, language: str = "nb") -> tuple[list[str], list[list[str]]]:
    """Return a CSV file for people, read back as a Norwegian Excel reads it: its headings and its rows."""
    (file,) = (one for one in compared.files if (one.key, one.language) == (key, language))
    assert file.content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline=""), delimiter=";")
    return heads, rows


def test_the_csv_files_for_people_say_what_the_page_says(made: tuple[str, dict[str, Any]]) -> None:
    page, document = made
    compared = options.collected(len(document["options"]))
    heads, rows = excel(compared, "figures")
    assert heads == ["Nøkkeltall", *ComparisonPage(compared).names, "Enhet", "Bygger på"]
    said = {row[0]: row[1:-2] for row in rows}
    for name in ("objective", "critical_mass_share", "longest_minutes", "pooled_fte", "offices"):
        shown = [value.replace(texts.DASH, "") for value in values(page, name)]
        # Of whole numbers a spreadsheet has no decimals, be they a figure with one.
        assert [value.removesuffix(",0") for value in said[WORDS.text(f"figure.{name}")]] == [
            value.removesuffix(",0") for value in map(no_narrow_space, shown)
        ]
    heads, rows = excel(compared, "moves")
    assert heads[:3] == ["Alternativ", "Kommunenummer", "Kommune"]
    assert heads[-2:] == ["Reise etter, minutter (anslag)", "Endring, minutter (anslag)"]
    moves = [move for one in document["differences"] for move in one["moves"]]
    assert [row[1] for row in rows] == [move["id"] for move in moves]
    ways = [move["minutes_after"] - move["minutes_before"] for move in moves]
    assert [float(row[-1].replace(",", ".")) for row in rows] == pytest.approx(ways, abs=0.0501)
    heads, rows = excel(compared, "offices", "en")
    assert heads[:3] == ["Option", "Host", "Host municipality"]
    counted = sum(int(row[heads.index("Municipalities")]) for row in rows)
    assert counted == sum(len(one["hosts"]) for one in document["options"])
    assert not [cell for row in rows for cell in row if re.fullmatch(r"-?\d+\.\d+|-?\d+,\d{2,}", cell)]


def no_narrow_space(text: str) -> str:
    return text.replace(" ", "") if re.fullmatch(r"[\d ,]+", text) else text


def test_a_way_that_does_not_exist_is_a_word_in_the_csv_files_too() -> None:
    far = options.FRONT.options[0]
    assert _cell(WORDS, math.inf, share=False) == WORDS.text("script.min_none")
    assert _cell(WORDS, far[0] + 0.04, share=False) == far[0]
    assert (_cell(WORDS, 0.8525, share=True), _cell(WORDS, None, share=False)) == ("85,3 %", "")


def test_no_title_or_name_is_a_formula() -> None:
    bad = "=HYPERLINK(1)"
    title = "+cmd"
    host = options.comparison(2).options[1].evaluation.shared[0].host
    compared = options.renamed(2, {host: bad}, title)
    for key in CSV_TABLES:
        heads, rows = excel(compared, key)
        told = [cell for row in [heads, *rows] for cell in row]
        texts_ = [cell for cell in told if not re.fullmatch(r"-?\d+(,\d+)?", cell)]
        assert not [cell for cell in texts_ if cell.startswith(FORMULA_STARTS)]
        assert any(title in cell for cell in told) or key == "together"
        assert any(bad in cell for cell in told) or key in {"figures", "together"}
    for file in compared.files:
        if file.for_programs:
            cells_ = [cell for row in csv.reader(io.StringIO(file.content.decode())) for cell in row]
            numbers = re.compile(r"-?\d+(\.\d+)?(e-\d+)?")
            assert not [c for c in cells_ if c.startswith(FORMULA_STARTS) and not numbers.fullmatch(c)]


def test_the_page_says_which_files_are_for_whom(made: tuple[str, dict[str, Any]]) -> None:
    page, _ = made
    people, programs = page.index("norsk Excel åpner dem"), page.index("Til andre programmer")
    assert people < page.index(">nokkeltall.csv<") < programs < page.index(">figures.csv<")


def test_other_rules_are_named(tmp_path: Path) -> None:
    """An option proved under other rules says so, and which they were."""
    here = options.judge(options.world())
    own = replace(here.problem, limits=replace(here.problem.limits, max_minutes=60.0))
    near = options.options(2)[1]
    solved = options.choices.Solved("optimal", 1.0, 1.0, 0.0)
    chosen = [options.options(2)[0], replace(near, problem=own, solved=solved)]
    path = tmp_path / "page.html"
    options.write_comparison(path, options.gathered(here, chosen, options.comparison(2)))
    page = path.read_text(encoding="utf-8")
    assert "bevist best etter egne regler" in page
    found = re.search(r'<ul class="differing">(.*?)</ul>', page, re.DOTALL)
    assert found is not None
    assert plain(found[1]) == "Lengste reise til verten, minutter: 60 (her: 75)"
    assert "ble laget etter andre regler" in page


def test_the_chart_tells_its_points_twice(tmp_path: Path) -> None:
    options.write(tmp_path / "page.html", 2, front=options.FRONT)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    check(page)
    shapes = re.findall(r'<a href="#point-(\d)" aria-label="([^"]*)"><g class="mark (\w+)"', page)
    assert [shape for _, _, shape in shapes] == ["supported", "unsupported", "undecided", "supported"]
    for number, label, _ in shapes:
        row = re.search(rf'<tr id="point-{number}">(.*?)</tr>', page, re.DOTALL)
        assert row is not None
        point = options.FRONT.points[int(number) - 1]
        assert WORDS.number(point.minutes, 1) in row[1]
        assert WORDS.number(point.minutes, 1) in markup.unescape(label)
    assert "er «Nær hverandre»" in page
    assert "Utenfor diagrammet:" in page
    assert "alternativ 1 (90\u202f000,0 minutter, 3 deltakere)" in page
    assert re.findall(r'<g class="option" data-option="(\d)"', page) == ["2"]


def test_options_in_one_place_share_a_label() -> None:
    front = replace(options.FRONT, options=((10_000.0, 12), (10_400.0, 7), (10_001.0, 12), (11_000.0, 0)))
    marks = chart.draw(front, WORDS).options
    assert [(mark.number, mark.label) for mark in marks] == [(1, "1, 3"), (2, "2"), (3, ""), (4, "4")]
    assert [mark.at_end for mark in marks] == [True, False, True, False]


def test_a_value_of_one_is_said_of_one() -> None:
    assert chart.amount(WORDS, "county_lines", 1.0) == "1 deltaker"
    assert chart.amount(WORDS, "alone", 2.0) == "2 kommuner"
    assert chart.amount(WORDS, "missing_fte", 1.5) == "1,5 årsverk"


@pytest.mark.parametrize("flat", [False, True])
def test_every_point_lies_in_the_drawing(flat: bool) -> None:
    """Also where the front has no height or no width."""
    points = tuple(replace(point, minutes=5.0) for point in options.FRONT.points) if flat else options.FRONT.points
    drawn = chart.draw(replace(options.FRONT, points=points), WORDS)
    for mark in drawn.points:
        assert chart.LEFT <= mark.x <= chart.WIDTH - chart.RIGHT
        assert chart.TOP <= mark.y <= chart.HEIGHT - chart.BOTTOM
    assert 2 <= len(drawn.up) <= 8
    xs = [mark.x for mark in drawn.points]
    assert xs == sorted(xs, reverse=True), "less of the second term lies further left"


def test_hostile_names_are_text(tmp_path: Path) -> None:
    hosts = [row.host for row in options.comparison(2).options[1].evaluation.shared][: len(HOSTILE)]
    options.write_renamed(tmp_path / "page.html", 2, dict(zip(hosts, HOSTILE, strict=True)), HOSTILE[0])
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    check(page)
    for told, scripts in ((page, 8), (unpacked(page), 5)):
        tags = Tags(told).seen
        assert not [attrs for tag, attrs in tags if tag in {"img", "b"} and "onerror" in attrs]
        assert len([tag for tag, _ in tags if tag == "script"]) == scripts
        assert [inline_data(told)["members"][host]["label"] for host in hosts] == list(HOSTILE)


def test_names_tell_options_apart() -> None:
    view = ComparisonPage(options.collected(4))
    assert len(set(view.names)) == 4
    twice = replace(view.options[1], title=view.options[0].title)
    names = ComparisonPage(replace(view.compared, options=(view.options[0], twice, *view.options[2:]))).names
    assert names[0].endswith("(eksisterende)")
    assert names[1].endswith("(near)")


def test_the_same_comparison_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        options.write(tmp_path / name, 4)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_english(tmp_path: Path) -> None:
    options.write(tmp_path / "page.html", 4, "en", options.FRONT)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "4 options for shared planning offices" in page
    assert '<span lang="nb">Nær hverandre</span>' in page, "its author gave no English"
    assert "Shared planning offices of today" in page
    assert "Felles plankontor som finnes i dag" not in page
    assert texts.Words("en").number(options.comparison(4).options[0].evaluation.objective, 1) in page


def test_a_way_that_does_not_exist_is_no_number(tmp_path: Path) -> None:
    """A grouping with a host that nobody can reach has no sum; the page says so with a dash."""
    here = options.judge(options.world())
    minutes = here.problem.minutes.copy()
    at = here.problem.index["1151"]
    minutes[at, :] = minutes[:, at] = math.inf
    minutes[at, at] = 0
    problem = replace(here.problem, minutes=minutes)
    cut = replace(here, problem=problem)
    chosen = options.options(2)
    far = replace(chosen[1], grouping=options.Grouping.of({**chosen[1].grouping.host_of, "1151": "5601"}))
    chosen = (chosen[0], far)
    found = options.compare(problem, {choice.label: choice.grouping for choice in chosen})
    assert evaluate(problem, far.grouping).objective == math.inf
    options.write_comparison(tmp_path / "page.html", options.gathered(cut, chosen, found))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert values(page, "objective")[1] == texts.DASH
    place = {"id": "1151", "host": "5601", "minutes": None, "crosses": 1}
    assert inline_data(page)["options"][1]["members"]["1151"] == place


def test_gaps_are_rounded_up() -> None:
    assert phrases.gap_percent(0.0101) == 1.1
