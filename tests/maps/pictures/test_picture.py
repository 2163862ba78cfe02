"""Still pictures: names stand where they belong, and words hide nothing of the map."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from country import Country, answer, facts
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from maps.pictures import picture
from maps.pictures.drawing import Drawing, View, drawing
from maps.pictures.lettering import Lettering, Name
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


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    with drawing():
        yield


def cut_out(norway: Country, told: Answer, id_: str) -> Drawing:
    """Return the drawing on the sheet of a municipality."""
    [office] = [one for one in told.plan.offices if id_ in {member.id for member in one.members}]
    shown = [id_, *(member.id for member in office.members), *(one.id for one in neighbours(norway, id_))]  # type: ignore[arg-type]
    figure = Figure(figsize=picture.CUT_OUT.size.inches, dpi=72)
    view = View(picture.CUT_OUT, list(dict.fromkeys(shown)), office.host.id, id_)
    found = Drawing(figure.add_axes((0, 0, 1, 1)), told.municipalities, told.plan, view)
    found.draw()
    return found


def named(found: Drawing) -> dict[str, Text]:
    """Return the names by the municipality that they are of."""
    return {str(text.get_gid()).removeprefix("name-"): text for text in found.axes.texts}


def sheets_of(told: Answer) -> list[str]:
    """Return an island alone, one whose centre lies at its edge, and members of the two largest offices."""
    largest = sorted(told.plan.shared, key=lambda office: (-len(office.members), office.host.id))[:2]
    return ["1151", "5534", *(office.members[-1].id for office in largest), largest[0].host.id]


def within(box: Bbox, shape: Any) -> float:
    """Return the share of a box that lies on a shape."""
    there = shapely.box(*box.extents)
    return float(there.intersection(shape).area / there.area)


def test_names_stand_where_they_belong(norway: Country, told: Answer) -> None:
    at_home = everybody = 0
    for id_ in sheets_of(told):
        found = cut_out(norway, told, id_)
        names = named(found)
        [own] = [office for office in told.plan.offices if id_ in {member.id for member in office.members}]
        assert {member.id for member in own.members} <= names.keys(), "its own office is named whole"
        others = [text.get_fontsize() for other, text in names.items() if other != id_]
        assert names[id_].get_fontsize() > max(others, default=0) * 1.2
        assert names[id_].get_fontweight() == "bold"
        boxes = {other: text.get_window_extent() for other, text in names.items()}
        frame = found.axes.get_window_extent()
        for one, other in combinations(boxes.values(), 2):
            assert not one.overlaps(other)
        centres = [line.get_xydata()[0] for line in found.axes.lines if line.get_marker() == "o"]
        for other, box in boxes.items():
            assert frame.x0 <= box.x0 <= box.x1 <= frame.x1
            assert frame.y0 <= box.y0 <= box.y1 <= frame.y1
            assert not [centre for centre in centres if box.contains(*centre)], f"{other} hides a centre"
            at_home += within(box, found.shapes[other]) > 0.5
        everybody += len(boxes)
    assert everybody > 40
    assert at_home / everybody > 0.75


def test_every_journey_starts_at_a_mark(norway: Country, told: Answer) -> None:
    id_ = sheets_of(told)[2]
    found = cut_out(norway, told, id_)
    marks = {tuple(line.get_xydata()[0]) for line in found.axes.lines if line.get_marker() == "o"}
    journeys = [line.get_xydata() for line in found.axes.lines if line.get_marker() != "o"]
    assert journeys
    assert {tuple(end) for line in journeys for end in line} <= marks
    alone = cut_out(norway, told, "1151")
    assert alone.at["1151"] in {tuple(line.get_xydata()[0]) for line in alone.axes.lines}


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


def texts(figure: Figure) -> dict[str, Bbox]:
    """Return all words beside the map, and where they are."""
    figure.set_dpi(72)
    figure.draw_without_rendering()
    [legend] = figure.legends
    return {text.get_text(): text.get_window_extent() for text in (*figure.texts, *legend.get_texts())}


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("title", ["Kort", LONG[:LONGEST_TITLE], "W" * LONGEST_TITLE])
def test_words_stand_beside_the_map_however_long_they_are(norway: Country, title: str, language: str) -> None:
    figure = picture.sheet(answer(norway, replace(facts(), title=title), language))
    [axes] = figure.axes
    words, frame, page = texts(figure), axes.get_window_extent(), figure.bbox
    assert page.width / 72 * 25.4 == pytest.approx(picture.SHEET.width)
    for box in (*words.values(), figure.legends[0].get_window_extent()):
        assert 0 <= box.x0 <= box.x1 <= page.width
        assert 0 <= box.y0 <= box.y1 <= page.height
        assert not box.overlaps(frame)
    for one, other in combinations(words.values(), 2):
        assert not Bbox(one.extents.reshape(2, 2)).padded(-1).overlaps(other)
    told = Words(language)
    legend = {text.get_text() for text in figure.legends[0].get_texts()}
    assert legend == {
        *(told.text(f"script.legend_{kind}") for kind in ("office", "alone", "outside")),
        *(told.text(f"layers.{kind}") for kind in ("hosts", "travel")),
    }
    assert frame.height > page.height / 2
    assert next(iter(words)).startswith(title[:10])


def test_a_few_are_all_named_and_many_by_their_offices(norway: Country, told: Answer) -> None:
    hosts = {office.host.label for office in told.plan.shared}
    many = [text.get_text() for text in picture.sheet(told).axes[0].texts]
    assert set(many) <= hosts
    assert len(many) > 0.8 * len(hosts)
    few = one_office(norway)
    shown = {text.get_text() for text in picture.sheet(few).axes[0].texts}
    assert shown == {member.label for member in few.plan.members.values() if member.host is not None}
    legend = {text.get_text() for text in picture.sheet(few).legends[0].get_texts()}
    assert Words("nb").text("script.legend_alone") not in legend, "only what is on the map is explained"


def one_office(norway: Country) -> Answer:
    """Return a plan of the largest office only."""
    row = max(norway.evaluation.shared, key=lambda row: len(row.members))
    takes_part = [id_ in row.members for id_ in norway.problem.ids]
    problem = replace(norway.problem, takes_part=norway.problem.takes_part & takes_part)
    grouping = Grouping.of(dict.fromkeys(row.members, row.host))
    parts = SimpleNamespace(**{**norway.__dict__, "problem": problem, "grouping": grouping})
    parts.evaluation = evaluate(problem, grouping)
    return answer(parts, facts())  # type: ignore[arg-type]
