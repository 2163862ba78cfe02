"""From shapes as people have them to a coverage: areas that meet in the same lines, and neither overlap nor gape.

Three steps: rings that cross themselves and holes that lie outside are mended; ground that several claim goes to the
smallest of them (so that a town whose surroundings were drawn without a hole stays whole); enclosed gaps that are
narrower than `GAP_M` go to whoever has most of their border. Each change is told in square metres.
"""

import re
from dataclasses import dataclass
from typing import Final, Self

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.faults import DataError, DataFault
from geodata.owntables.files import remark

GAP_M: Final = 50.0
"""Narrower gaps between areas are faults of the lines; sounds and lakes are wider."""
SNAPS_M: Final = (1.0, 0.3, 0.1)
"""Borders that lie nearer to each other than the first are one, if nothing else is lost by it; or than the next."""
LOST_MOST: Final = 0.5
"""Part of an area that others may claim; more, and two shapes are of the same ground."""
SAME_M: Final = 1e-6
LEAST_M2: Final = 1.0
"""Smaller changes are roundings and not told."""
NAMED: Final = 3


@dataclass(frozen=True)
class Repair:
    """What was changed of one area.

    Attributes
    ----------
    id : str
        The municipality.
    fault : str
        What was wrong with its rings; empty if nothing was.
    mended_m2 : float
        By how much its area is another one since its rings are mended.
    lost_m2, gained_m2 : float
        Ground that it has given to others, and taken from overlaps and gaps.
    """

    id: str
    fault: str
    mended_m2: float
    lost_m2: float
    gained_m2: float

    @property
    def changed_m2(self) -> float:
        """All changes together."""
        return self.mended_m2 + self.lost_m2 + self.gained_m2


class Repairs(tuple[Repair, ...]):
    """What was changed of each area; what pandas takes along with a table, it copies again and again, but not this."""

    __slots__ = ()

    def __deepcopy__(self, _: object) -> Self:
        """Return the same, which nobody can change."""
        return self


def mended(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return areas whose rings neither cross themselves nor have holes outside; valid ones as they are (n,)."""
    valid = shapes.copy()
    for at in np.flatnonzero(~shapely.is_valid(shapes)):
        valid[at] = shapely.union_all([_filled(part) for part in shapely.get_parts(shapes[at])])
    return valid


def _filled(polygon: shapely.Polygon) -> BaseGeometry:
    """Return what lies in the outer ring of a polygon and in none of its holes."""
    rings = [shapely.Polygon(ring) for ring in (polygon.exterior, *polygon.interiors)]
    shell, *holes = shapely.make_valid(rings, method="structure", keep_collapsed=False)
    left: BaseGeometry = shapely.difference(shell, shapely.union_all(holes))
    return left


def repaired(where: str, shapes: gpd.GeoSeries) -> tuple[gpd.GeoSeries, Repairs]:
    """Return shapes as a coverage, and what was changed of whom.

    Parameters
    ----------
    where : str
        The file, for faults.
    shapes : geopandas.GeoSeries
        One polygon or several of each municipality, metres, by id; the rings need not be valid.

    Returns
    -------
    geopandas.GeoSeries
        A valid coverage, in the same order.
    Repairs
        Of each whose ground has changed by `LEAST_M2` or more, or whose rings were mended.

    Raises
    ------
    DataError
        If somebody is left with no ground, or less than half of its own.
    """
    raw = shapes.to_numpy()
    whole = mended(raw)
    clean = _coverage(whole)
    lost, gained = np.zeros((2, len(whole)))
    # Where no corner has moved, no ground has; comparing areas takes far longer.
    moved = ~shapely.equals_exact(shapely.normalize(whole), shapely.normalize(clean), tolerance=SAME_M)
    kept = shapely.area(shapely.intersection(whole[moved], clean[moved]))
    lost[moved] = np.maximum(shapely.area(whole[moved]) - kept, 0)
    gained[moved] = np.maximum(shapely.area(clean[moved]) - kept, 0)
    sizes = shapely.area(whole)
    faults = [
        DataFault(where, _gone(str(id_), size, left), "two shapes of the same ground? keep one of them")
        for id_, size, left in zip(shapes.index, sizes, sizes - lost, strict=True)
        if left <= (1 - LOST_MOST) * size
    ]
    if not faults and not (shapely.coverage_is_valid(clean) and shapely.is_valid(clean).all()):
        wrong = shapes.index[~shapely.is_empty(shapely.coverage_invalid_edges(clean))]
        what = f"its borders cannot be made to agree: {', '.join(map(str, wrong[:NAMED]))}"
        faults.append(DataFault(where, what, "clean it with a geographic information system"))
    if faults:
        raise DataError(faults)
    broken = ~shapely.is_valid(raw)
    why = [_said(reason) if wrong else "" for reason, wrong in zip(shapely.is_valid_reason(raw), broken, strict=True)]
    rings = np.where(broken, np.abs(sizes - shapely.area(raw)), 0.0)
    columns = zip(shapes.index, why, rings.tolist(), lost.tolist(), gained.tolist(), strict=True)
    repairs = (Repair(str(id_), *rest) for id_, *rest in columns)
    told = Repairs(one for one in repairs if one.fault or one.changed_m2 >= LEAST_M2)
    return gpd.GeoSeries(clean, index=shapes.index, crs=shapes.crs), told


def tell(where: str, repairs: tuple[Repair, ...]) -> None:
    """Say in short what was changed."""
    rings = [one.id for one in repairs if one.fault]
    if rings:
        remark(where, f"rings that cross themselves or have holes outside are mended: {_listed(rings)}")
    moved = sorted((one for one in repairs if one.lost_m2 + one.gained_m2 >= LEAST_M2), key=lambda one: -one.changed_m2)
    if moved:
        most = [f"{one.id} (+{one.gained_m2:.0f}, -{one.lost_m2:.0f} m2)" for one in moved]
        total = sum(one.lost_m2 + one.gained_m2 for one in moved)
        what = f"borders that overlap or gape less than {GAP_M:.0f} m are made one: {total:.0f} m2 of {_listed(most)}"
        remark(where, f"{what}; `plankontor data check` lists all")


def _said(reason: str) -> str:
    """Return why a ring is no good, its place in whole metres: ``Self-intersection at 41545 6614908``."""
    return re.sub(r"\[(.*)\]", lambda found: f" at {' '.join(f'{float(one):.0f}' for one in found[1].split())}", reason)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _coverage(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return valid polygons as a coverage; as they are, if they are one."""
    if shapely.coverage_is_valid(shapes, gap_width=GAP_M):
        return shapes
    clean = _clean(shapes)
    if shapely.coverage_is_valid(clean, gap_width=SNAPS_M[0]):
        return clean
    # GEOS may lose a whole area when it snaps: of such a distance nothing is taken.
    snapped = (_clean(shapes, snapping_distance=near) for near in SNAPS_M)
    return next((one for one in snapped if _is_near(one, clean)), clean)


def _is_near(shapes: NDArray[np.object_], others: NDArray[np.object_]) -> bool:
    """Return whether no border has moved farther than the largest of `SNAPS_M`, by areas."""
    moved = np.abs(shapely.area(shapes) - shapely.area(others))
    return bool((moved <= SNAPS_M[0] * shapely.length(others)).all() and shapely.coverage_is_valid(shapes))


def _clean(shapes: NDArray[np.object_], **how: object) -> NDArray[np.object_]:
    """Clean with a function of Shapely 2.2, whose type stubs are still those of 2.1."""
    how |= {"gap_width": GAP_M, "merge_strategy": "min_area"}
    with np.errstate(invalid="ignore"):  # GEOS leaves the flag where areas are no number on the way
        cleaned: NDArray[np.object_] = getattr(shapely, "coverage_clean")(shapes, **how)  # noqa: B009
    return cleaned


def _gone(id_: str, size: float, left: float) -> str:
    if left <= 0:
        return f"{id_} is left with no ground: others claim all of its {size:.0f} m2"
    return f"{id_} is left with {left:.0f} of its {size:.0f} m2: others claim the rest"
