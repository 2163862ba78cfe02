"""The map as a drawing: areas, borders, journeys, centres and names, for paper and slides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maps.pictures.lettering import Lettering, Name
from maps.pictures.marks import Area, Dot, Line, Mark, Place, Text, measured
from maps.told import palette
from maps.told.plan import Member, Plan

MM_AN_INCH: Final = 25.4
POINTS_AN_INCH: Final = 72
LEAST_M: Final = 40_000
"""Metres that a drawing shows at least."""
TOLERANCE_POINTS: Final = 0.3
"""How far a line may be from where it belongs."""
OUTSIDE: Final = "#aab4b9"
"""Borders between municipalities that do not take part."""


@dataclass(frozen=True)
class Size:
    """Of a drawing, millimetres.

    Parameters
    ----------
    width, height
        Whole drawing.
    """

    width: float
    height: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height, typographic points."""
        return points(self.width), points(self.height)


@dataclass(frozen=True)
class Style:
    """How a map is drawn.

    Parameters
    ----------
    size
        Of the map.
    margin
        Of the height and width of what is shown, on each side.
    weight
        Of lines and dots; 1 for a cut-out.
    points
        Height of the names.
    hosts_only
        Whether only hosts of shared offices have names, which are those of their offices.
    halo
        Whether letters bring their light edge with them; otherwise the page's style gives them one.
    """

    size: Size
    margin: float
    weight: float
    points: float
    hosts_only: bool = False
    halo: bool = True


@dataclass(frozen=True)
class Window:
    """What a drawing shows, metres in the CRS of the municipalities, with the ratio of its sides.

    Parameters
    ----------
    left, bottom, right, top
        Its edges.
    scale
        Points a metre.
    """

    left: float
    bottom: float
    right: float
    top: float
    scale: float

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float], style: Style) -> "Window":
        """Return the smallest window of the drawing's form around bounds, with a margin."""
        left, bottom, right, top = bounds
        ratio, whole = style.size.width / style.size.height, 1 + 2 * style.margin
        height = max((top - bottom) * whole, (right - left) * whole / ratio, LEAST_M)
        x, y = (left + right) / 2, (bottom + top) / 2
        scale = points(style.size.height) / height
        return cls(x - height * ratio / 2, y - height / 2, x + height * ratio / 2, y + height / 2, scale)

    def on_paper(self, there: Any) -> Any:
        """Return where places (n, 2) are in the drawing, points from its lower left corner."""
        return (np.asarray(there) - (self.left, self.bottom)) * self.scale


@dataclass(frozen=True)
class View:
    """What is drawn of a plan, and how.

    Parameters
    ----------
    style
        How.
    shown
        Who must be seen whole, in the order in which names get their places.
    own
        Host of the office whose names get theirs before all, larger than the others; none if empty.
    focus
        Who is outlined heavily and has the largest name; nobody if empty.
    """

    style: Style
    shown: Sequence[str]
    own: str = ""
    focus: str = ""


@dataclass(frozen=True)
class NameStyle:
    """How a name is written: height in points, weight and colour of the letters, and whether it must be there."""

    points: float
    weight: str
    colour: str
    needed: bool = False


def points(millimetres: float) -> float:
    """Return a length in typographic points."""
    return millimetres / MM_AN_INCH * POINTS_AN_INCH


class Drawing:
    """A plan as marks on paper of the style's size.

    Parameters
    ----------
    municipalities
        The whole edition, in metres.
    plan
        The plan.
    view
        What is drawn of it, and how.
    """

    def __init__(self, municipalities: gpd.GeoDataFrame, plan: Plan, view: View) -> None:
        self.plan, self.view, self.style = plan, view, view.style
        table = municipalities.loc[list(plan.members)]
        window = Window.around(tuple(table.loc[list(view.shown)].total_bounds), view.style)
        self.shapes = seen(table.geometry, window)
        self.at = {id_: tuple(window.on_paper(there)) for id_, there in places(municipalities, plan).items()}
        self.lettering = Lettering(*view.style.size.points, self.shapes)

    def marks(self) -> list[Mark]:
        """Return everything that is drawn; dots lie on lines, and names come last, as many as there is room for."""
        ground = Area(shapely.box(0, 0, *self.style.size.points), palette.GROUND)
        areas, (lines, dots) = self._areas(), self._journeys()
        return [ground, *areas, *lines, *dots, *self._names()]

    def _areas(self) -> list[Area]:
        """Return the municipalities by office, those shown strongly, the borders of the offices, and the focus."""
        found = [
            area(shape, self.plan, self.plan.members[id_], strong=id_ in self.view.shown)
            for id_, shape in self.shapes.items()
        ]
        borders = []
        for office in self.plan.shared:
            parts = [self.shapes[member.id] for member in office.members if member.id in self.shapes]
            if parts:
                borders.append((shapely.unary_union(parts), 0.9))
        if self.view.focus in self.shapes:
            borders.append((self.shapes[self.view.focus], 1.8))
        weight = self.style.weight
        return found + [Area(shape, "none", palette.OUTLINE, line * weight) for shape, line in borders]

    def _journeys(self) -> tuple[list[Line], list[Dot]]:
        """Return the journeys and the centres, of which names keep clear; where only hosts have names, only theirs."""
        few, weight = self.style.hosts_only, self.style.weight
        lines, dots = [], []
        for office in self.plan.shared if few else self.plan.offices:
            if self.shapes.keys().isdisjoint(member.id for member in office.members):
                continue
            host = self.at[office.host.id]
            for member in office.members[1:]:
                lines.append(Line(host, self.at[member.id], palette.OUTLINE, 0.6 * weight))
                self.lettering.cross(host, self.at[member.id])
            for member in office.members[:1] if few else office.members:
                marked = host_dot if len(office.members) > 1 and member is office.host else dot
                mark = marked(self.at[member.id], weight)
                (x, y), radius = mark.at, mark.radius + 0.5
                self.lettering.keep_clear((x - radius, y - radius, x + radius, y + radius))
                dots.append(mark)
        return lines, dots

    def _names(self) -> list[Text]:
        """Return names, as many as there is room for."""
        members = {office.host.id: frozenset(member.id for member in office.members) for office in self.plan.offices}
        found = []
        for id_, manner in self._manners().items():
            label = self.plan.members[id_].label
            width, height = measured(label, manner.points, manner.weight)
            areas = members[id_] if self.style.hosts_only else frozenset({id_})
            place = self.lettering.place(Name(width, height, self.at[id_], areas, manner.needed))
            if place is not None:
                look = label, manner.points, manner.weight, manner.colour
                found.append(Text(place, *look, name=id_, halo=self.style.halo))
        return found

    def _manners(self) -> dict[str, NameStyle]:
        """Return how each name is to be written, in the order in which they get their places."""
        hosts = {office.host.id for office in self.plan.shared}
        size, focus = self.style.points, self.view.focus
        near = [id_ for id_ in self.shapes if self.plan.members[id_].host is not None]
        near.sort(key=lambda id_: (id_ not in hosts, id_))
        if not self.view.own:
            named = [id_ for id_ in near if id_ in hosts or not self.style.hosts_only]
            return {id_: NameStyle(size, "bold" if id_ in hosts else "normal", palette.INK) for id_ in named}
        [own] = [office for office in self.plan.offices if office.host.id == self.view.own]
        found = {focus: NameStyle(1.45 * size, "bold", palette.INK, needed=True)} if focus else {}
        for member in own.members:
            weight = "bold" if member.id in hosts else "normal"
            found.setdefault(member.id, NameStyle(1.1 * size, weight, palette.INK, needed=True))
        for id_ in (*self.view.shown, *near):
            found.setdefault(id_, NameStyle(0.95 * size, "normal", palette.MUTED))
        return found


def host_dot(at: Place, weight: float) -> Dot:
    """Return how the centre of a host is marked."""
    return Dot(at, 2 * weight, "#ffffff", palette.OUTLINE, 1.1 * weight)


def dot(at: Place, weight: float) -> Dot:
    """Return how any other centre is marked."""
    return Dot(at, 1.3 * weight, palette.OUTLINE, "#ffffff", 0.5 * weight)


def seen(geometry: gpd.GeoSeries, window: Window) -> dict[str, BaseGeometry]:
    """Return the shapes inside the window by id, in points, as precise as can be seen."""
    near = geometry.cx[window.left : window.right, window.bottom : window.top]
    simple = shapely.coverage_simplify(near.to_numpy(), TOLERANCE_POINTS / window.scale)
    # A little more than the window, so that the cut itself is out of sight.
    edge = (window.top - window.bottom) * 0.02
    cut = shapely.clip_by_rect(simple, window.left - edge, window.bottom - edge, window.right + edge, window.top + edge)
    drawn = shapely.transform(cut, window.on_paper)
    return {id_: shape for id_, shape in zip(near.index, drawn, strict=True) if shapely.area(shape) > 0}


def area(shape: BaseGeometry, plan: Plan, member: Member, *, strong: bool) -> Area:
    """Return the area of a municipality as the maps show it: by its office, hatched if alone, pale if outside."""
    if member.host is None:
        return Area(shape, palette.LAND, "#c3cacf", 0.3)
    colour = plan.colour_of[member.host]
    if colour < 0:
        return Area(shape, palette.ALONE, palette.HATCH, 0.3, hatch=palette.HATCH)
    return Area(shape, palette.seen(palette.OFFICES[colour]), "#ffffff", 0.4, 1 if strong else 0.55)


def places(municipalities: gpd.GeoDataFrame, plan: Plan) -> dict[str, Place]:
    """Return the administrative centres in the CRS of the municipalities."""
    degrees = [plan.members[id_].place for id_ in plan.members]
    centres = gpd.GeoSeries.from_xy([east for _, east in degrees], [north for north, _ in degrees], crs=4326)
    there = centres.to_crs(municipalities.crs)
    return dict(zip(plan.members, zip(there.x, there.y, strict=True), strict=True))
