"""Still pictures of a plan, for paper and slides: the whole of it as PNG, or a cut-out as SVG inside a page."""

import io
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import geopandas as gpd
from markupsafe import Markup
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from maps.pictures.drawing import OUTSIDE, Drawing, Size, Style, View, drawing, host_dot, measured, points
from maps.told import palette, phrases
from maps.told.answer import Answer
from maps.told.plan import Plan

_DIGITS: Final = re.compile(r"(\d\.\d\d)\d+")
CUT_OUT: Final = Style(Size(84, 84), margin=0.08, weight=1, points=6.5, halo=False)
SHEET: Final = Size(190, 240)
DPI: Final = 250
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
WIDEST: Final = 120
"""Characters of a line, at most."""


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
    with drawing():
        sheet(answer).savefig(path, format="png", dpi=dpi, metadata={"Software": "plankontor"})


def sheet(answer: Answer) -> Figure:
    """Return what `png` writes; words stand above and below the map, so that they hide nothing of it."""
    plan, words = answer.plan, answer.words
    _, headline, _ = phrases.verdict(words, answer.facts, plan)
    room = SHEET.width - 2 * EDGE
    title = wrapped(answer.facts.told("title", words.language), TITLE, "bold", points(room))
    said = [*wrapped(phrases.sentence(words, answer.facts, plan), TEXT, "normal", points(room)), headline]
    head = (len(title) * TITLE + len(said) * TEXT) * LEADING / points(1)
    size = Size(room, SHEET.height - 1.5 * EDGE - head - FOOT)
    shown = [member.id for member in plan.members.values() if member.host is not None]
    few = Style(size, margin=0.04, weight=0.9, points=6.5)
    style = Style(size, margin=0.02, weight=0.55, points=5.5, hosts_only=True) if len(shown) > MANY else few
    figure = Figure(figsize=SHEET.inches, facecolor="white")
    left, top = EDGE / SHEET.width, 1 - EDGE / SHEET.height
    axes = figure.add_axes((left, FOOT / SHEET.height, size.width / SHEET.width, size.height / SHEET.height))
    Drawing(axes, answer.municipalities, plan, View(style, shown)).draw()
    for lines, height, weight in ((title, TITLE, "bold"), (said, TEXT, "normal")):
        for line in lines:
            figure.text(left, top, line, fontsize=height, fontweight=weight, color=palette.INK, va="top")
            top -= height * LEADING / points(SHEET.height)
    credit = words.text("paper.picture_credit_own" if answer.facts.own_region else "paper.picture_credit")
    figure.text(1 - left, EDGE / 2 / SHEET.height, credit, fontsize=6, color=palette.MUTED, ha="right")
    add_legend(figure, answer, style)
    return figure


def wrapped(text: str, size: float, weight: str, room: float) -> list[str]:
    """Return a text in lines that are no longer than there is room, in points."""
    for characters in range(WIDEST, 1, -1):
        lines = textwrap.wrap(text, characters)
        if all(measured(line, size, weight)[0] <= room for line in lines):
            return lines
    return [text]


def add_legend(figure: Figure, answer: Answer, style: Style) -> None:
    """Say below the map what its colours and marks mean, in the words of the pages."""
    plan, words = answer.plan, answer.words
    edge: dict[str, Any] = {"edgecolor": palette.OUTLINE, "linewidth": 0.5}
    keys: dict[str, Any] = {}
    if plan.shared:
        colours = [palette.seen(palette.OFFICES[colour]) for colour in (0, 1, 3, 4)]
        keys["script.legend_office"] = tuple(Patch(facecolor=colour, **edge) for colour in colours)
    if plan.alone:
        alone = Patch(facecolor=palette.ALONE, edgecolor=palette.HATCH, linewidth=0.5, hatch="/////")
        keys["script.legend_alone"] = alone
    if plan.taking_part < len(plan.members):
        keys["script.legend_outside"] = Patch(facecolor=palette.LAND, edgecolor=OUTSIDE, linewidth=0.5)
    if plan.shared:
        keys["layers.hosts"] = Line2D([], [], linestyle="", **host_dot(max(style.weight, 0.8)))
        keys["layers.travel"] = Line2D([], [], color=palette.OUTLINE, linewidth=0.6)
    figure.legend(
        list(keys.values()),
        [words.text(name) for name in keys],
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0)},
        loc="lower left",
        bbox_to_anchor=(EDGE / SHEET.width, 1.25 * EDGE / SHEET.height),
        ncols=len(keys),
        fontsize=LEGEND,
        labelcolor=palette.INK,
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=2.2,
        columnspacing=1.6,
    )


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
    buffer = io.StringIO()
    with drawing():
        figure = Figure(figsize=CUT_OUT.size.inches)
        view = View(CUT_OUT, shown, own, focus)
        Drawing(figure.add_axes((0, 0, 1, 1)), municipalities, plan, view).draw()
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Type", "Format")))
    element = buffer.getvalue()
    element = _DIGITS.sub(r"\1", element[element.index("<svg") :])
    return Markup('<svg aria-hidden="true"' + element.removeprefix("<svg"))  # noqa: S704 - drawn here; matplotlib escapes
