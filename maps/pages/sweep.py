"""The page of a sweep: what moves the answer, two terms against each other, who keeps the same office over all runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely

from maps.pages import bilingual
from maps.pages.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, axis, written
from maps.pages.render import fill, script, style_text
from maps.told.texts import Words

CELL: Final = 400.0
"""Metres: what is finer is not drawn."""
TALL: Final = 1000.0
"""Height of the map in its own units."""
SIGNS: Final = ("circle", "diamond", "square")
"""Of the lowest, the middle and the highest values of a setting."""
LEVELS: Final = (1.0, 0.9, 0.5, 0.0)
"""Shares of the runs from which on a municipality has its most frequent company: always, nearly, mostly, seldom."""


@dataclass(frozen=True)
class MovedRow:
    """What one setting moves.

    Parameters
    ----------
    setting
        Its name.
    values
        Which it had.
    shares
        Share of the variance of each figure, 0 to 1, in the order of the figures; ``None`` where nothing can be said.
    """

    setting: str
    values: str
    shares: Sequence[float | None]


@dataclass(frozen=True)
class RunPoint:
    """A run in the chart.

    Parameters
    ----------
    across, up
        The two terms.
    sign
        Position in `SIGNS`.
    spoken
        Which run, in words.
    """

    across: float
    up: float
    sign: int
    spoken: str


@dataclass(frozen=True)
class RunChart:
    """The runs in two terms.

    Parameters
    ----------
    across_title, up_title
        Of the axes.
    points
        The runs.
    legend
        What each sign means; empty where no setting is told apart.
    left_out
        How many runs are not drawn, because they are very many.
    """

    across_title: str
    up_title: str
    points: Sequence[RunPoint]
    legend: Sequence[str]
    left_out: int


@dataclass(frozen=True)
class Company:
    """Municipalities that share an office, or one that stands alone, in many runs.

    Parameters
    ----------
    names
        Theirs.
    share
        Of the runs with a plan.
    """

    names: Sequence[str]
    share: float


@dataclass(frozen=True)
class ToldSweep:
    """What the page tells, in one language.

    Parameters
    ----------
    words
        The language.
    title, heading, done
        Of the sweep; what was run; what became of the runs.
    figures
        Names of the figures of which is said what moves them.
    ranges
        Rows of the table of figures: name, least, median, most.
    moved
        A row for each setting.
    chart
        ``None`` where there are not two different runs.
    offices
        Those that are the same in more than half of the runs.
    always
        Sets that stay together in all.
    alone
        Who stands alone in more than half of the runs.
    faults
        What was wrong with runs, and with how many.
    company
        Of each municipality the share of the runs in which it has its most frequent company, by id.
    notes
        What the figures rest on, and where they are from.
    """

    words: Words
    title: str
    heading: str
    done: str
    figures: Sequence[str]
    ranges: Sequence[Sequence[str]]
    moved: Sequence[MovedRow]
    chart: RunChart | None
    offices: Sequence[Company]
    always: Sequence[Company]
    alone: Sequence[Company]
    faults: Sequence[tuple[str, int]]
    company: Mapping[str, float]
    notes: Sequence[str]


def write_sweep(
    path: Path, municipalities: gpd.GeoDataFrame, told: Callable[[Words], ToldSweep], language: str
) -> None:
    """Write the page.

    Parameters
    ----------
    path
        The file to write; its folder exists.
    municipalities
        With shapes and names; those that take part are drawn by how often they have the same company.
    told
        Says what to tell in a language.
    language
        In which the file opens.

    Raises
    ------
    maps.pages.offline.ForeignReferenceError
        If the page would fetch anything from the network.
    """
    areas = drawn(around(municipalities, [*told(Words(language)).company]))

    def page(language: str) -> str:
        sweep = told(Words(language))
        return fill(
            "sweep.html",
            sweep.words,
            sweep=sweep,
            chart=None if sweep.chart is None else placed(sweep.chart, sweep.words),
            areas=[
                (areas.paths[id_], level(sweep.company.get(id_)), areas.names[id_], sweep.company.get(id_))
                for id_ in areas.paths
            ],
            size=(areas.width, TALL),
            levels=[sweep.words.text(f"sweep.level_{k}") for k in range(len(LEVELS))],
            styles=style_text(("sweep.css", "chart.css")),
            script=script("language.js"),
        )

    bilingual.write(path, page, language)


def level(share: float | None) -> int | None:
    """Return the position in `LEVELS` of a share; ``None`` for who takes no part."""
    return None if share is None else next(k for k, least in enumerate(LEVELS) if share >= least)


@dataclass(frozen=True)
class SweepMap:
    """The municipalities as paths of a drawing of our own, by id."""

    paths: Mapping[str, str]
    names: Mapping[str, str]
    width: float


def around(municipalities: gpd.GeoDataFrame, ids: Sequence[str]) -> gpd.GeoDataFrame:
    """Return some municipalities and those that lie between them; all, if there are none."""
    if not ids:
        return municipalities
    left, bottom, right, top = municipalities.loc[[*ids]].total_bounds
    centres = municipalities.geometry.representative_point()
    inside = centres.x.between(left, right) & centres.y.between(bottom, top)
    return municipalities[inside | municipalities.index.isin(ids)]


def drawn(municipalities: gpd.GeoDataFrame) -> SweepMap:
    """Return the municipalities as SVG paths; neighbours keep their common borders."""
    shapes = shapely.coverage_simplify(municipalities.geometry.to_numpy(), CELL)
    left, bottom, right, top = shapely.total_bounds(shapes)
    scale = TALL / (top - bottom)

    def path(shape: Any) -> str:
        rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
        return "".join(
            "M" + "L".join(f"{(x - left) * scale:.1f} {(top - y) * scale:.1f}" for x, y in ring.coords[:-1]) + "Z"
            for ring in rings
        )

    paths = {str(id_): path(shape) for id_, shape in zip(municipalities.index, shapes, strict=True)}
    names = municipalities["name_norwegian"].to_dict()
    return SweepMap(paths, names, round((right - left) * scale, 1))


def placed(chart: RunChart, words: Words) -> dict[str, Any]:
    """Return the places of a chart: ticks and marks."""
    across = axis([point.across for point in chart.points], LEFT, WIDTH - RIGHT)
    up = axis([point.up for point in chart.points], HEIGHT - BOTTOM, TOP)
    return {
        "across": [(across.place(value), written(words, value)) for value in across.ticks(whole=False)],
        "up": [(up.place(value), written(words, value)) for value in up.ticks(whole=False)],
        "points": [
            (across.place(point.across), up.place(point.up), SIGNS[point.sign], point.spoken) for point in chart.points
        ],
        "top": TOP,
    }
