"""Still pictures of a plan, for paper and slides: the whole of it as PNG, or a cut-out as SVG inside a page."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from io import IOBase
from pathlib import Path
from typing import BinaryIO, Final

import geopandas as gpd
import resvg_py
import shapely
from markupsafe import Markup

from maps.pictures.drawing import OUTSIDE, POINTS_AN_INCH, Drawing, Size, Style, View, host_dot, points
from maps.pictures.marks import LETTERS, Area, Line, Mark, Place, Text, element, form, measured, short
from maps.told import palette, phrases
from maps.told.answer import Answer
from maps.told.plan import Plan
from optimizer.checking.errors import ProblemError
from optimizer.checking.kinds import require

CUT_OUT: Final = Style(Size(84, 84), margin=0.08, weight=1, points=6.5, halo=False)
SHEET: Final = Size(190, 240)
DPI: Final = 250
MOST_DPI: Final = 2_000
MANY: Final = 60
"""Municipalities, beyond which a sheet has names for their offices only."""
EDGE: Final = 6.0
"""Millimetres beside everything on a sheet."""
FOOT: Final = 14.0
"""Millimetres for its legend and its credits."""
TITLE: Final = 13.0
"""Points; height of its title."""
TEXT: Final = 8.5
LEGEND: Final = 6.5
LEADING: Final = 1.3
HANDLE: Final = 2.2
"""Width of a mark in the legend, of the height of its letters."""
WIDEST: Final = 120
"""Characters of a line, at most."""


@dataclass(frozen=True)
class Sheet:
    """An upright sheet; places in points, from its lower left corner.

    Parameters
    ----------
    corner
        Lower left of the map.
    size
        Of the map.
    map
        What is drawn in it, from its own corner.
    words, legend
        What is above it, and below.
    """

    corner: Place
    size: Size
    map: list[Mark]
    words: list[Text]
    legend: list[Mark]

    def svg(self, dpi: int) -> str:
        """Return it as an SVG document of so many dots to the inch."""
        width, height = (round(length * dpi / POINTS_AN_INCH) for length in SHEET.points)
        (left, bottom), top = self.corner, SHEET.points[1] - self.size.points[1]
        drawn = element(
            self.size.points, self.map, f'x="{short(left)}" y="{short(top - bottom)}" {form(self.size.points)}'
        )
        size = f'xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        return element(SHEET.points, [*self.words, *self.legend], size, inside=drawn)


def png(path: Path | BinaryIO, answer: Answer, *, dpi: int = DPI) -> None:
    """Write a picture of everything that takes part, with the result, a legend and the credits, on an upright sheet.

    Parameters
    ----------
    path
        The file, of which the folder exists, or where else to write the bytes.
    answer
        The plan.
    dpi
        Dots to the inch.
    """
    require(path=(path, Path | IOBase), answer=(answer, Answer), dpi=(dpi, int))
    if not 1 <= dpi <= MOST_DPI:
        raise ProblemError([f"dpi is {dpi}; expected a whole number from 1 to {MOST_DPI}"])
    fonts = [str(LETTERS / f"DejaVuSans{kind}.ttf") for kind in ("", "-Bold")]
    document = sheet(answer).svg(dpi)
    drawn = resvg_py.svg_to_bytes(document, background="#ffffff", font_files=fonts, skip_system_fonts=True)
    if isinstance(path, Path):
        path.write_bytes(drawn)
    else:
        path.write(drawn)


def sheet(answer: Answer) -> Sheet:
    """Return what `png` writes; words stand above and below the map, so that they hide nothing of it."""
    plan, words = answer.plan, answer.words
    _, headline, _ = phrases.verdict(words, answer.facts, plan)
    left, room = points(EDGE), points(SHEET.width - 2 * EDGE)
    title = wrapped(answer.facts.told("title", words.language), TITLE, "bold", room)
    said = [*wrapped(phrases.sentence(words, answer.facts, plan), TEXT, "normal", room), headline]
    head = (len(title) * TITLE + len(said) * TEXT) * LEADING / points(1)
    size = Size(SHEET.width - 2 * EDGE, SHEET.height - 1.5 * EDGE - head - FOOT)
    shown = [member.id for member in plan.members.values() if member.host is not None]
    few = Style(size, margin=0.04, weight=0.9, points=6.5)
    style = Style(size, margin=0.02, weight=0.55, points=5.5, hosts_only=True) if len(shown) > MANY else few
    drawn = Drawing(answer.municipalities, plan, View(style, shown)).marks()
    top, told = SHEET.points[1] - left, []
    for lines, height, weight in ((title, TITLE, "bold"), (said, TEXT, "normal")):
        for line in lines:
            told.append(Text((left, top - height / 2), line, height, weight, palette.INK, "start"))
            top -= height * LEADING
    credit = words.text("paper.picture_credit_own" if answer.facts.own_region else "paper.picture_credit")
    told.append(Text((left + room, 0.6 * left), credit, 6, "normal", palette.MUTED, "end"))
    return Sheet((left, points(FOOT)), size, drawn, told, legend(answer, style))


def wrapped(text: str, size: float, weight: str, room: float) -> list[str]:
    """Return a text in lines that are no longer than there is room, in points."""
    for characters in range(WIDEST, 1, -1):
        lines = textwrap.wrap(text, characters)
        if all(measured(line, size, weight)[0] <= room for line in lines):
            return lines
    return [text]


def legend(answer: Answer, style: Style) -> list[Mark]:
    """Return what says below the map what its colours and marks mean, in the words of the pages."""
    plan, (x, y) = answer.plan, (points(EDGE), points(1.5 * EDGE))
    there = {
        "script.legend_office": plan.shared,
        "script.legend_alone": plan.alone,
        "script.legend_outside": plan.taking_part < len(plan.members),
        "layers.hosts": plan.shared,
        "layers.travel": plan.shared,
    }
    found: list[Mark] = []
    for name in (name for name, shown in there.items() if shown):
        place, label = (x + (HANDLE + 0.8) * LEGEND, y), answer.words.text(name)
        found += handle(name, (x, y), max(style.weight, 0.8))
        found.append(Text(place, label, LEGEND, "normal", palette.INK, "start"))
        x = place[0] + measured(label, LEGEND, "normal")[0] + 1.6 * LEGEND
    return found


def handle(name: str, at: Place, weight: float) -> list[Mark]:
    """Return what the legend explains, to the right of a place."""
    (x, y), wide, high = at, HANDLE * LEGEND, 0.35 * LEGEND
    patch = shapely.box(x, y - high, x + wide, y + high)
    match name:
        case "script.legend_office":
            quarters = [shapely.box(x + n * wide / 4, y - high, x + (n + 1) * wide / 4, y + high) for n in range(4)]
            colours = [palette.seen(palette.OFFICES[colour]) for colour in (0, 1, 3, 4)]
            return [Area(*one, palette.OUTLINE, 0.5) for one in zip(quarters, colours, strict=True)]
        case "script.legend_alone":
            return [Area(patch, palette.ALONE, palette.HATCH, 0.5, hatch=palette.HATCH)]
        case "script.legend_outside":
            return [Area(patch, palette.LAND, OUTSIDE, 0.5)]
        case "layers.hosts":
            return [host_dot((x + wide / 2, y), weight)]
        case _:
            return [Line(at, (x + wide, y), palette.OUTLINE, 0.6)]


def svg(municipalities: gpd.GeoDataFrame, plan: Plan, shown: Sequence[str], own: str, focus: str = "") -> Markup:
    """Return a cut-out as an SVG element; what it shows is to be said beside it.

    Parameters
    ----------
    municipalities
        The whole edition, in metres.
    plan
        The plan.
    shown
        Who must be seen whole; drawn strongly.
    own
        Host of the office that the page is about, whose members all have names.
    focus
        Who is outlined heavily and has the largest name; nobody if empty.
    """
    drawn = Drawing(municipalities, plan, View(CUT_OUT, shown, own, focus))
    return Markup(element(CUT_OUT.size.points, drawn.marks(), f'aria-hidden="true" {form(CUT_OUT.size.points)}'))  # noqa: S704 - marks escape
