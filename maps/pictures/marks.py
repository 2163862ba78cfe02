"""What a drawing is made of, and how it is written as SVG; lengths in points, from the lower left corner."""

import html
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress, pairwise
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

LETTERS: Final = Path(__file__).with_name("letters")
"""Fonts by whose letters text is measured and pictures are written; see ``README.md`` there."""
FONT: Final = "DejaVu Sans"
LINE: Final = 1.15
"""Height of a line of text, of that of its letters."""
BASE: Final = 0.36
"""From the baseline of text to its middle, of the height of its letters."""
HATCH: Final = 3.0
"""Points from one line of a hatching to the next, along the lower edge."""
HATCH_WIDTH: Final = 0.6

Box = tuple[float, float, float, float]
Place = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Area:
    """Polygons, filled, with an edge.

    Parameters
    ----------
    shape
        In points.
    fill, edge
        Colours; the fill may be ``none``.
    width
        Of the edge.
    opacity
        Of everything.
    hatch
        Colour of the lines across it; none if empty.
    """

    shape: BaseGeometry
    fill: str
    edge: str = "none"
    width: float = 0.0
    opacity: float = 1.0
    hatch: str = ""

    def svg(self, height: float) -> str:
        """Return it as SVG elements."""
        style = f'fill="{self.fill}" stroke="{self.edge}" stroke-width="{short(self.width)}"'
        style += f' opacity="{short(self.opacity)}"' if self.opacity < 1 else ""
        area = f'<path d="{path(rings(self.shape), height, "Z")}" fill-rule="evenodd" {style}/>'
        if not self.hatch:
            return area
        way = path(hatching(self.shape), height)
        return area + (f'<path d="{way}" stroke="{self.hatch}" stroke-width="{HATCH_WIDTH}"/>' if way else "")


@dataclass(frozen=True)
class Line:
    """A straight line."""

    start: Place
    end: Place
    colour: str
    width: float

    def svg(self, height: float) -> str:
        """Return it as an SVG element."""
        way = path([np.array([self.start, self.end])], height)
        return f'<path d="{way}" stroke="{self.colour}" stroke-width="{short(self.width)}"/>'


@dataclass(frozen=True)
class Dot:
    """A circle; the radius is to the middle of its edge."""

    at: Place
    radius: float
    fill: str
    edge: str
    width: float

    def svg(self, height: float) -> str:
        """Return it as an SVG element."""
        x, y = self.at
        style = f'fill="{self.fill}" stroke="{self.edge}" stroke-width="{short(self.width)}"'
        return f'<circle cx="{short(x)}" cy="{short(height - y)}" r="{short(self.radius)}" {style}/>'


@dataclass(frozen=True)
class Text:
    """A line of text.

    Parameters
    ----------
    at
        Its middle; in the width its start or end, if it is anchored there.
    label
        What it says.
    points
        Height of the letters.
    weight
        ``normal`` or ``bold``.
    colour
        Of the letters.
    anchor
        ``start``, ``middle`` or ``end``.
    name
        Id of the municipality that it names, which a page can ask for; or empty.
    halo
        Whether the letters have a light edge.
    """

    at: Place
    label: str
    points: float
    weight: str
    colour: str
    anchor: str = "middle"
    name: str = ""
    halo: bool = False

    @property
    def box(self) -> Box:
        """Return left, bottom, right and top."""
        width, height = measured(self.label, self.points, self.weight)
        x, y = self.at
        left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * width
        return left, y - height / 2, left + width, y + height / 2

    def svg(self, height: float) -> str:
        """Return it as an SVG element."""
        x, y = self.at
        bold = ' font-weight="bold"' if self.weight == "bold" else ""
        edge = (
            f' paint-order="stroke" stroke="#ffffff" stroke-width="{short(0.3 * self.points)}" stroke-linejoin="round"'
            if self.halo
            else ""
        )
        place = f'x="{short(x)}" y="{short(height - y + BASE * self.points)}"'
        look = f'font-size="{short(self.points)}"{bold} fill="{self.colour}" text-anchor="{self.anchor}"'
        name = f' data-name="{self.name}"' if self.name else ""
        return f"<text{name} {place} {look}{edge}>{html.escape(self.label)}</text>"


Mark = Area | Line | Dot | Text


def element(size: tuple[float, float], marks: Iterable[Mark], attributes: str, *, inside: str = "") -> str:
    """Return an SVG element that shows so many points: what is inside, and over it the marks in order."""
    width, height = (short(length) for length in size)
    drawn = "".join(mark.svg(size[1]) for mark in marks)
    font = f"font-family=\"'{FONT}', sans-serif\""
    return f'<svg {attributes} viewBox="0 0 {width} {height}" fill="none" {font}>{inside}{drawn}</svg>'


def form(size: tuple[float, float]) -> str:
    """Return the attributes of an SVG element that is as large as what it shows."""
    return f'width="{short(size[0])}" height="{short(size[1])}"'


def short(length: float) -> str:
    """Return a length with as many digits as can be seen."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def path(lines: Iterable[Floats], height: float, end: str = "") -> str:
    """Return lines (n, 2) as what an SVG path is drawn by."""
    found = [*lines]
    if not found:
        return ""
    begins = [*accumulate(map(len, found), initial=0)]
    steps = ((np.concatenate(found) * (1, -1) + (0, height)) * 10).round().astype(int)
    moved = np.ones(len(steps), dtype=bool)
    moved[1:] = np.any(np.diff(steps, axis=0), axis=1)
    moved[begins[:-1]] = True
    told = [f"{x / 10:g},{y / 10:g}" for x, y in steps.tolist()]
    kept = moved.tolist()
    return "".join(f"M{' '.join(compress(told[a:b], kept[a:b]))}{end}" for a, b in pairwise(begins))


def rings(shape: BaseGeometry) -> list[Floats]:
    """Return the rings of polygons."""
    return [
        np.asarray(ring.coords)[:-1]
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]


def hatching(shape: BaseGeometry) -> list[Floats]:
    """Return the lines of a hatching within polygons; they run on from one shape to the next.

    Along x - y = step * `HATCH` inside lies between one crossing of a ring and the next, by pairs: many times as fast
    as cutting lines with polygons.
    """
    found = rings(shape)
    if not found:
        return []
    start = np.concatenate(found)
    way = np.concatenate([np.roll(ring, -1, axis=0) for ring in found]) - start
    along, across = (start[:, 0] - start[:, 1]) / HATCH, (way[:, 0] - way[:, 1]) / HATCH
    first = np.ceil(np.minimum(along, along + across)).astype(int)
    many = np.ceil(np.maximum(along, along + across)).astype(int) - first
    edge = np.repeat(np.arange(len(many)), many)
    step = np.arange(len(edge)) - (np.cumsum(many) - many - first)[edge]
    height = start[edge, 1] + (step - along[edge]) / across[edge] * way[edge, 1]
    order = np.lexsort((height, step))
    y = height[order]
    return [line for line in np.column_stack((step[order] * HATCH + y, y)).reshape(-1, 2, 2) if line[0, 1] < line[1, 1]]


@cache
def widths(weight: str) -> dict[str, float]:
    """Return how wide each letter is, of the height of letters; the widest stands for those not known."""
    told = json.loads((LETTERS / "widths.json").read_text(encoding="utf-8"))
    found = {letter: int(width) / told["em"] for width, letters in told[weight].items() for letter in letters}
    return found | {"": max(found.values())}


def measured(text: str, points: float, weight: str) -> tuple[float, float]:
    """Return the width and height of a line of text, points."""
    known = widths(weight)
    return points * math.fsum(known.get(letter, known[""]) for letter in text), LINE * points
