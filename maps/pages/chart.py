"""The trade-off chart: the points of a front and the options among them, as places in a drawing of our own."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maps.told.compared import ComparedPoint, Front
from maps.told.texts import Words
from optimizer.terms import TERMS

WIDTH, HEIGHT = 720.0, 380.0
LEFT, RIGHT, TOP, BOTTOM = 88.0, 24.0, 44.0, 60.0
ROOM: Final = 0.06
"""Share of the span that stays free at each end of an axis."""
REACH: Final = 1.0
"""Options within so many spans of the front belong into the drawing; others would squeeze it flat."""
TICKS: Final = 6
SHAPES: Final = {True: "supported", False: "unsupported", None: "undecided"}

CLOSE: Final = 22
"""Marks nearer than this would have their numbers written over each other."""
LEFT_FROM: Final = 0.75 * WIDTH


@dataclass(frozen=True)
class FrontMark:
    """A point of the front or an option in the drawing.

    Parameters
    ----------
    number
        From 1, as in the tables.
    x, y
        Place in the drawing.
    shape
        ``supported``, ``unsupported``, ``undecided`` or ``option``.
    spoken
        What it is, in words.
    label
        Of an option, what is written beside its mark: its number, with those of the options in the same place.
    at_end
        Whether there is no room for that to the right.
    """

    number: int
    x: float
    y: float
    shape: str
    spoken: str
    label: str = ""
    at_end: bool = False


@dataclass(frozen=True)
class Chart:
    """The whole drawing.

    Parameters
    ----------
    across, up
        Ticks: place and what is written there.
    across_title, up_title
        Of the axes.
    line
        The points of the front in order, as an SVG list of points.
    points, options
        What is drawn.
    outside
        Positions of the options that lie too far off.
    top
        The upper end of the axis.
    """

    across: list[tuple[float, str]]
    up: list[tuple[float, str]]
    across_title: str
    up_title: str
    line: str
    points: list[FrontMark]
    options: list[FrontMark]
    outside: list[int]
    top: float = TOP


@dataclass(frozen=True)
class Axis:
    """From values to places along one side.

    Parameters
    ----------
    low, high
        Values at the ends.
    start, end
        Places of the ends.
    """

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return the place of a value."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    def ticks(self, *, whole: bool, about: int = TICKS) -> list[float]:
        """Return round values from end to end, about so many of them."""
        rough = (self.high - self.low) / about
        power = 10 ** math.floor(math.log10(rough))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
        step = max(1.0, step) if whole else step
        first = math.ceil(self.low / step)
        return [k * step for k in range(first, math.floor(self.high / step) + 1)]


def draw(front: Front, words: Words) -> Chart:
    """Return the drawing of a front."""
    counts = words.text(f"unit.{TERMS[front.second].unit}")
    near = [i for i, place in enumerate(front.options) if _is_near(front, place)]
    shown = [front.options[i] for i in near]
    across = axis([*(p.second for p in front.points), *(second for _, second in shown)], LEFT, WIDTH - RIGHT)
    up = axis([*(p.minutes for p in front.points), *(minutes for minutes, _ in shown)], HEIGHT - BOTTOM, TOP)
    places = [(across.place(point.second), up.place(point.minutes)) for point in front.points]
    whole = TERMS[front.second].counts
    return Chart(
        across=[(across.place(value), written(words, value)) for value in across.ticks(whole=whole)],
        up=[(up.place(value), written(words, value)) for value in up.ticks(whole=False)],
        across_title=words.text("compare.axis", term=words.text(f"term.{front.second}.title"), unit=counts),
        up_title=words.text("compare.axis_minutes"),
        line=" ".join(f"{x},{y}" for x, y in places),
        points=[
            FrontMark(k, *place, SHAPES[point.supported], spoken(words, front, k, point))
            for k, (place, point) in enumerate(zip(places, front.points, strict=True), 1)
        ],
        options=_option_marks(
            {i + 1: (across.place(front.options[i][1]), up.place(front.options[i][0])) for i in near}
        ),
        outside=[i for i in range(len(front.options)) if i not in near],
    )


def spoken(words: Words, front: Front, number: int, point: ComparedPoint) -> str:
    """Return a point in a sentence."""
    return words.text(
        "compare.point_spoken",
        number=words.number(number),
        minutes=words.number(point.minutes, 1),
        second=amount(words, front.second, point.second),
    )


def _option_marks(places: Mapping[int, tuple[float, float]]) -> list[FrontMark]:
    """Return the marks of options; where several lie together, the first tells the numbers of all."""
    left = dict(places)
    marks: dict[int, FrontMark] = {}
    for number, place in places.items():
        together = [other for other, at in left.items() if math.dist(place, at) < CLOSE] if number in left else []
        label = ", ".join(map(str, together))
        marks[number] = FrontMark(number, *place, "option", "", label, place[0] > LEFT_FROM)
        left = {other: at for other, at in left.items() if other not in together}
    return list(marks.values())


def amount(words: Words, term: str, value: float) -> str:
    """Return a value of a term with its unit, in the number that fits."""
    if TERMS[term].counts:
        return words.count(TERMS[term].unit, round(value))
    return f"{written(words, value)} {words.text(f'unit.{TERMS[term].unit}')}"


def _is_near(front: Front, place: tuple[float, float]) -> bool:
    """Return whether an option lies within reach of the front in both directions."""
    if not all(map(math.isfinite, place)):
        return False
    sides = ([point.minutes for point in front.points], [point.second for point in front.points])
    for value, values in zip(place, sides, strict=True):
        low, high = min(values), max(values)
        reach = REACH * (high - low or abs(high) or 1.0)
        if not low - reach <= value <= high + reach:
            return False
    return True


def axis(values: Sequence[float], start: float, end: float) -> Axis:
    """Return the axis of some values, with room at its ends."""
    low, high = min(values), max(values)
    room = ROOM * (high - low) or 0.5
    return Axis(low - room, high + room, start, end)


def written(words: Words, value: float) -> str:
    """Return a value as it stands at an axis: whole numbers without decimals."""
    return words.number(value, 0 if float(value).is_integer() else 1)
