"""Still pictures of a plan, for paper and slides: the whole of it as PNG, or a cut-out as SVG inside a page."""

import io
import re
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import matplotlib as mpl
import numpy as np
import shapely
from markupsafe import Markup
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from maps import palette, phrases
from maps.answer import Answer
from maps.model import Member, Plan

MM_AN_INCH: Final = 25.4
MARGIN: Final = 0.08
"""Of the height and width of what a cut-out shows, on each side."""
LEAST_M: Final = 40_000
"""Metres that a cut-out shows at least."""
TOLERANCE_PX: Final = 0.4
"""How far a line may be from where it belongs, in 1/96 inch."""
_DIGITS: Final = re.compile(r"(\d\.\d\d)\d+")
# SVG ids are made from this and not by chance, so the same plan is the same file.
SALT: Final[dict[Any, object]] = {
    "svg.hashsalt": "plankontor",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "hatch.linewidth": 0.6,
}


@dataclass(frozen=True)
class Size:
    """Of a picture, millimetres.

    Parameters
    ----------
    width, height
        Whole picture.
    """

    width: float
    height: float


@dataclass(frozen=True)
class Style:
    """How strongly a picture is drawn.

    Parameters
    ----------
    size
        Of the picture.
    weight
        Of lines and dots; 1 for a cut-out.
    points
        Height of the names.
    hosts_only
        Whether only hosts of shared offices have names, and everything is drawn strongly.
    """

    size: Size
    weight: float
    points: float
    hosts_only: bool


SHEET: Final = Size(190, 240)
CUT_OUT: Final = Style(Size(84, 84), 1, 6.5, hosts_only=False)
COUNTRY: Final = Style(SHEET, 0.55, 4.8, hosts_only=True)
DPI: Final = 250
LINE: Final = 95
"""Characters of a line that fits the sheet."""


@dataclass(frozen=True)
class Window:
    """What a picture shows, metres in the CRS of the municipalities, with the ratio of its sides."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], size: Size) -> "Window":
        """Return the smallest window of the picture's form around bounds, with a margin."""
        left, bottom, right, top = bounds
        ratio = size.width / size.height
        height = max((top - bottom) * (1 + 2 * MARGIN), (right - left) * (1 + 2 * MARGIN) / ratio, LEAST_M)
        x, y = (left + right) / 2, (bottom + top) / 2
        return cls(x - height * ratio / 2, y - height / 2, x + height * ratio / 2, y + height / 2)


def png(path: Path, answer: Answer, *, dpi: int = DPI) -> None:
    """Write a picture of everything that takes part, with the result and the credits, on an upright sheet.

    Parameters
    ----------
    path
        The file; its folder exists.
    answer
        The plan.
    dpi
        Dots to the inch.
    """
    plan, words = answer.plan, answer.words
    _, headline, _ = phrases.verdict(words, answer.facts, plan)
    shown = [member.id for member in plan.members.values() if member.host is not None]
    with drawing():
        figure = draw(answer.municipalities, plan, shown, COUNTRY)
        x, y = 6 / SHEET.width, 7 / SHEET.height
        ink: dict[str, Any] = {"color": palette.INK, "va": "top"}
        figure.text(x, 1 - y, answer.facts.title, fontsize=13, fontweight="bold", **ink)
        said = textwrap.fill(phrases.sentence(words, plan), LINE)
        figure.text(x, 1 - 1.9 * y, f"{said}\n{headline}", fontsize=8.5, **ink)
        figure.text(1 - x, y / 2, words.text("paper.picture_credit"), fontsize=6, color=palette.MUTED, ha="right")
        figure.savefig(path, format="png", dpi=dpi, metadata={"Software": "plankontor"})


def svg(municipalities: gpd.GeoDataFrame, plan: Plan, shown: Sequence[str], focus: str = "") -> Markup:
    """Return a cut-out as an SVG element; what it shows is to be said beside it.

    Parameters
    ----------
    municipalities
        The whole edition, in metres.
    plan
        The plan.
    shown
        Who must be seen whole; drawn strongly, and named in this order if there is no room for all names.
    focus
        Who is outlined heavily; nobody if empty.
    """
    buffer = io.StringIO()
    with drawing():
        figure = draw(municipalities, plan, shown, CUT_OUT, focus)
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Type", "Format")))
    element = buffer.getvalue()
    element = _DIGITS.sub(r"\1", element[element.index("<svg") :])
    return Markup('<svg aria-hidden="true"' + element.removeprefix("<svg"))  # noqa: S704 - drawn here; matplotlib escapes


@contextmanager
def drawing() -> Iterator[None]:
    """Draw by our settings, and quietly: a letter that the measuring font lacks is drawn by the reader's."""
    with mpl.rc_context(SALT), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
        yield


def draw(municipalities: gpd.GeoDataFrame, plan: Plan, shown: Sequence[str], style: Style, focus: str = "") -> Figure:
    """Return the drawing, one municipality outlined heavily if there is a focus."""
    table, size = municipalities.loc[list(plan.members)], style.size
    window = Window.around(tuple(table.loc[list(shown)].total_bounds), size)
    figure = Figure(figsize=(size.width / MM_AN_INCH, size.height / MM_AN_INCH), facecolor=palette.GROUND)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(window.left, window.right)
    axes.set_ylim(window.bottom, window.top)
    tolerance = (window.top - window.bottom) / (size.height / MM_AN_INCH * 96) * TOLERANCE_PX
    shapes = seen(table.geometry, window, tolerance)
    for id_, shape in shapes.items():
        axes.add_artist(area(shape, plan, plan.members[id_], strong=style.hosts_only or id_ in shown))
    for office in plan.shared:
        parts = [shapes[member.id] for member in office.members if member.id in shapes]
        if parts:
            border = outline(shapely.unary_union(parts))
            axes.add_artist(PathPatch(border, fill=False, edgecolor=palette.OUTLINE, linewidth=0.9 * style.weight))
    if focus in shapes:
        first = outline(shapes[focus])
        axes.add_artist(PathPatch(first, fill=False, edgecolor=palette.INK, linewidth=2.2 * style.weight))
    at = places(municipalities, plan)
    for office in plan.shared:
        if shapes.keys().isdisjoint(member.id for member in office.members):
            continue
        x, y = at[office.host.id]
        for member in office.members[1:]:
            axes.plot(*zip((x, y), at[member.id], strict=True), color=palette.OUTLINE, linewidth=0.6 * style.weight)
        marker: dict[str, Any] = {
            "markersize": 4 * style.weight,
            "markerfacecolor": "white",
            "markeredgecolor": palette.OUTLINE,
        }
        axes.plot(x, y, "o", markeredgewidth=1.1 * style.weight, **marker)
    hosts = {office.host.id for office in plan.shared}
    names = [plan.members[id_] for id_ in shapes if plan.members[id_].host is not None]
    write_names(figure, [one for one in names if one.id in hosts or not style.hosts_only], at, shown, style.points)
    return figure


def seen(geometry: gpd.GeoSeries, window: Window, tolerance: float) -> dict[str, BaseGeometry]:
    """Return the shapes inside the window by id, as precise as can be seen."""
    near = geometry.cx[window.left : window.right, window.bottom : window.top]
    simple = shapely.coverage_simplify(near.to_numpy(), tolerance)
    # A little more than the window, so that the cut itself is out of sight.
    edge = (window.top - window.bottom) * 0.02
    cut = shapely.clip_by_rect(simple, window.left - edge, window.bottom - edge, window.right + edge, window.top + edge)
    return {id_: shape for id_, shape in zip(near.index, cut, strict=True) if shapely.area(shape) > 0}


def area(shape: BaseGeometry, plan: Plan, member: Member, *, strong: bool) -> PathPatch:
    """Return the area of a municipality as the maps show it: by its office, hatched if alone, pale if outside."""
    if member.host is None:
        return PathPatch(outline(shape), facecolor=palette.LAND, edgecolor="#c3cacf", linewidth=0.3)
    colour = plan.colour_of[member.host]
    if colour < 0:
        return PathPatch(outline(shape), facecolor=palette.ALONE, edgecolor=palette.HATCH, linewidth=0.3, hatch="////")
    fill = palette.seen(palette.OFFICES[colour])
    return PathPatch(outline(shape), facecolor=fill, edgecolor="#ffffff", linewidth=0.4, alpha=1 if strong else 0.55)


def outline(shape: BaseGeometry) -> Outline:
    """Return the rings of polygons as one path."""
    rings = [
        ring.coords
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    if not rings:
        return Outline(np.empty((0, 2)))
    return Outline.make_compound_path(*(Outline(np.asarray(ring), closed=True) for ring in rings))


def places(municipalities: gpd.GeoDataFrame, plan: Plan) -> dict[str, tuple[float, float]]:
    """Return the administrative centres in the CRS of the municipalities."""
    degrees = [plan.members[id_].place for id_ in plan.members]
    points = gpd.GeoSeries.from_xy([east for _, east in degrees], [north for north, _ in degrees], crs=4326)
    there = points.to_crs(municipalities.crs)
    return dict(zip(plan.members, zip(there.x, there.y, strict=True), strict=True))


def write_names(
    figure: Figure, members: list[Member], at: dict[str, tuple[float, float]], shown: Sequence[str], points: float
) -> None:
    """Write names beside the centres: those shown first, then hosts, and no name over another."""
    [axes] = figure.axes
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    taken: list[Any] = []
    first = {id_: place for place, id_ in enumerate(shown)}
    order = sorted(members, key=lambda one: (first.get(one.id, len(first)), one.id != one.host, one.id))
    frame = axes.get_window_extent()
    for member in order:
        host = member.host == member.id
        text = axes.annotate(
            member.label,
            at[member.id],
            xytext=(0.7 * points, 0),
            textcoords="offset points",
            va="center",
            fontsize=points * (1.15 if host else 1),
            fontweight="bold" if host else "normal",
            color=palette.INK,
            path_effects=[withStroke(linewidth=2, foreground="white")],
        )
        box = text.get_window_extent(renderer)
        outside = box.x0 < frame.x0 or box.x1 > frame.x1 or box.y0 < frame.y0 or box.y1 > frame.y1
        if outside or any(box.overlaps(other) for other in taken):
            text.remove()
        else:
            taken.append(box)
