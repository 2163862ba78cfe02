"""Still pictures: names stand where they belong, and words hide nothing of the map."""

from dataclasses import replace
from itertools import combinations, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from country import Country, answer, facts

from maps.pictures import picture
from maps.pictures.drawing import Drawing, View, points
from maps.pictures.lettering import Lettering, Name
from maps.pictures.marks import Area, Box, Dot, Line, Mark, Text, element, hatching, measured
from maps.told.answer import Answer
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from scenarios.export.paper.a4_sheets import neighbours
from scenarios.question.schema import LONGEST_TITLE

LONG = "Planleggingssamarbeid " * 20


@pytest.fixture(scope="module")
def told(norway: Country) -> Answer:
    return answer(norway, facts())


def cut_out(norway: Country, told: Answer, id_: str) -> tuple[Drawing, list[Mark]]:
    """Return the drawing on the sheet of a municipality, and what it is made of."""
    [office] = [one for one in told.plan.offices if id_ in {member.id for member in one.members}]
    shown = [id_, *(member.id for member in office.members), *(one.id for one in neighbours(norway)[id_])]  # type: ignore[arg-type]
    view = View(picture.CUT_OUT, list(dict.fromkeys(shown)), office.host.id, id_)
    found = Drawing(told.municipalities, told.plan, view)
    return found, found.marks()


def named(marks: list[Mark]) -> dict[str, Text]:
    """Return the names by the municipality that they are of."""
    return {mark.name: mark for mark in marks if isinstance(mark, Text)}


def overlap(one: Box, other: Box) -> bool:
    """Return whether two boxes share more than an edge."""
    return max(one[0], other[0]) < min(one[2], other[2]) and max(one[1], other[1]) < min(one[3], other[3])


def inside(box: Box, frame: tuple[float, float]) -> bool:
    """Return whether a box lies on paper of a width and a height."""
    return 0 <= box[0] <= box[2] <= frame[0] and 0 <= box[1] <= box[3] <= frame[1]


def sheets_of(told: Answer) -> list[str]:
    """Return an island alone, one whose centre lies at its edge, and members of the two largest offices."""
    largest = sorted(told.plan.shared, key=lambda office: (-len(office.members), office.host.id))[:2]
    return ["1151", "5534", *(office.members[-1].id for office in largest), largest[0].host.id]


def within(box: Box, shape: Any) -> float:
    """Return the share of a box that lies on a shape."""
    there = shapely.box(*box)
    return float(there.intersection(shape).area / there.area)


def test_names_stand_where_they_belong(norway: Country, told: Answer) -> None:
    at_home = everybody = 0
    for id_ in sheets_of(told):
        found, marks = cut_out(norway, told, id_)
        names = named(marks)
        [own] = [office for office in told.plan.offices if id_ in {member.id for member in office.members}]
        assert {member.id for member in own.members} <= names.keys(), "its own office is named whole"
        others = [text.points for other, text in names.items() if other != id_]
        assert names[id_].points > max(others, default=0) * 1.2
        assert names[id_].weight == "bold"
        boxes = {other: text.box for other, text in names.items()}
        assert not [pair for pair in combinations(boxes.values(), 2) if overlap(*pair)]
        centres = [mark.at for mark in marks if isinstance(mark, Dot)]
        for other, box in boxes.items():
            assert inside(box, picture.CUT_OUT.size.points)
            assert not [at for at in centres if overlap(box, (*at, *at))], f"{other} hides a centre"
            at_home += within(box, found.shapes[other]) > 0.5
        everybody += len(boxes)
    assert everybody > 40
    assert at_home / everybody > 0.75


def test_every_journey_starts_at_a_mark(norway: Country, told: Answer) -> None:
    id_ = sheets_of(told)[2]
    _, marks = cut_out(norway, told, id_)
    journeys = {end for mark in marks if isinstance(mark, Line) for end in (mark.start, mark.end)}
    assert journeys
    assert journeys <= {mark.at for mark in marks if isinstance(mark, Dot)}
    found, marks = cut_out(norway, told, "1151")
    assert found.at["1151"] in {mark.at for mark in marks if isinstance(mark, Dot)}


def test_the_same_plan_is_the_same_picture(told: Answer) -> None:
    office = told.plan.shared[0]
    shown = [member.id for member in office.members]
    one, other = (picture.svg(told.municipalities, told.plan, shown, office.host.id) for _ in range(2))
    assert one == other
    assert one.count("<text") >= len(shown), "names are letters, which a page can search for"


def test_a_name_that_is_needed_stands_farther_off_rather_than_nowhere() -> None:
    island = shapely.box(48, 48, 52, 52)
    crowd = Lettering(100, 100, {"a": island})
    crowd.keep_clear((20, 20, 80, 80))
    name = Name(15, 6, (50, 50), frozenset({"a"}), needed=False)
    assert crowd.place(name) is None
    x, y = crowd.place(replace(name, needed=True)) or (50, 50)
    assert max(abs(x - 50), abs(y - 50)) > 30
    assert Lettering(100, 100, {"a": island}).place(replace(name, width=101.0, needed=True)) is None
    x, y = Lettering(100, 100, {"a": island}).place(name) or (0, 0)
    assert abs(x - 50) < 15
    assert abs(y - 50) < 15
    # On land of its own, and not over the border although that is nearer to its centre.
    land = Lettering(100, 100, {"a": shapely.box(0, 0, 50, 100), "b": shapely.box(50, 0, 100, 100)})
    x, _ = land.place(replace(name, centre=(48.0, 50.0))) or (100, 0)
    assert x + 7.5 <= 50


def explained(sheet: picture.Sheet) -> list[Text]:
    """Return the words of the legend."""
    return [mark for mark in sheet.legend if isinstance(mark, Text)]


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("title", ["Kort", LONG[:LONGEST_TITLE], "W" * LONGEST_TITLE])
def test_words_stand_beside_the_map_however_long_they_are(norway: Country, title: str, language: str) -> None:
    sheet = picture.sheet(answer(norway, replace(facts(), title=title), language))
    boxes = [text.box for text in (*sheet.words, *explained(sheet))]
    (left, bottom), (width, height) = sheet.corner, sheet.size.points
    for box in boxes:
        assert inside(box, picture.SHEET.points)
        assert not overlap(box, (left, bottom, left + width, bottom + height))
    for (x, low, right, top), other in combinations(boxes, 2):
        assert not overlap((x, low + 1, right, top - 1), other)
    told = Words(language)
    assert {text.label for text in explained(sheet)} == {
        *(told.text(f"script.legend_{kind}") for kind in ("office", "alone", "outside")),
        *(told.text(f"layers.{kind}") for kind in ("hosts", "travel")),
    }
    assert height > picture.SHEET.points[1] / 2
    assert sheet.words[0].label.startswith(title[:10])


def test_a_few_are_all_named_and_many_by_their_offices(norway: Country, told: Answer) -> None:
    hosts = {office.host.label for office in told.plan.shared}
    many = [text.label for text in named(picture.sheet(told).map).values()]
    assert set(many) <= hosts
    assert len(many) > 0.8 * len(hosts)
    few = one_office(norway)
    shown = {text.label for text in named(picture.sheet(few).map).values()}
    assert shown == {member.label for member in few.plan.members.values() if member.host is not None}
    legend = {text.label for text in explained(picture.sheet(few))}
    assert Words("nb").text("script.legend_alone") not in legend, "only what is on the map is explained"


def test_marks_are_written_as_they_are() -> None:
    square = shapely.box(10, 10, 40, 40).difference(shapely.box(20, 20, 30, 30))
    marks = [
        Area(square, "#aaaaaa", "#000000", 0.5, 0.55),
        Line((0, 0), (10, 20), "#111111", 1),
        Dot((5, 6), 2, "#ffffff", "#222222", 1),
        Text((50, 50), "<b>Å & co</b>", 10, "bold", "#333333", halo=True),
    ]
    drawn = element((100, 80), marks, 'aria-hidden="true"')
    assert drawn.startswith('<svg aria-hidden="true" viewBox="0 0 100 80"')
    assert 'fill-rule="evenodd" fill="#aaaaaa" stroke="#000000" stroke-width="0.5" opacity="0.55"' in drawn
    assert drawn.count("Z") == 2, "the hole is a ring of its own"
    assert '<path d="M0,80 10,60" stroke="#111111" stroke-width="1"/>' in drawn
    assert '<circle cx="5" cy="74" r="2"' in drawn
    assert '<text x="50" y="33.6" font-size="10" font-weight="bold"' in drawn
    assert ">&lt;b&gt;Å &amp; co&lt;/b&gt;</text>" in drawn


def test_hatching_keeps_to_its_area_and_runs_on_in_the_next() -> None:
    square = shapely.box(1, 1, 31, 31)
    lines = hatching(square)
    assert len(lines) == 19
    assert all(square.buffer(1e-9).covers(shapely.LineString(line)) for line in lines)
    starts = sorted(float(x - y) for [x, y], *_ in (line.tolist() for line in lines))
    assert {round(later - earlier, 6) for earlier, later in pairwise(starts)} == {3.0}


def test_letters_are_measured_as_the_font_has_them() -> None:
    assert measured("Å", 2048, "normal") == (1401, 1.15 * 2048)
    assert measured("ij", 2048, "bold") == (2 * 702, 1.15 * 2048)
    widest = measured("漢", 10, "normal")[0]
    assert widest >= measured("W", 10, "normal")[0], "a letter that the font lacks takes as much room as any"
    assert points(25.4) == pytest.approx(72)


def one_office(norway: Country) -> Answer:
    """Return a plan of the largest office only."""
    row = max(norway.evaluation.shared, key=lambda row: len(row.members))
    takes_part = [id_ in row.members for id_ in norway.problem.ids]
    problem = replace(norway.problem, takes_part=norway.problem.takes_part & takes_part)
    grouping = Grouping.of(dict.fromkeys(row.members, row.host))
    parts = SimpleNamespace(**{**norway.__dict__, "problem": problem, "grouping": grouping})
    parts.evaluation = evaluate(problem, grouping)
    return answer(parts, facts())  # type: ignore[arg-type]
