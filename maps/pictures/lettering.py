"""Where names stand on a picture: on the area that they name where there is room, otherwise beside its centre.

Libraries that keep labels apart know points but no areas, so a name would still be read as that of a neighbour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

CELL: Final = 1.5
"""Points; all places of a name are tried in steps of this size."""
WITHIN: Final = 0.6
"""Share of a name that lies on its own area, if it is not beside its centre."""
BESIDE: Final = 6.0
"""Points from a centre to the name beside it, at most."""
CROSSING: Final = 0.5
"""What a name loses that lies on lines wholly, of what it gains by lying on its own area wholly."""
HIDING: Final = 0.3
"""The same for lying on its own area with less than that share."""
DISTANCE: Final = 0.004
"""What it loses for each point between it and its centre."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Name:
    """What is to be placed; lengths in points, from the lower left corner.

    Parameters
    ----------
    width, height
        Of the text.
    centre
        What it must be beside if it does not lie on its area.
    areas
        Ids of the areas that it names.
    needed
        Whether it may stand farther off rather than nowhere.
    """

    width: float
    height: float
    centre: tuple[float, float]
    areas: frozenset[str]
    needed: bool


class Lettering:
    """A picture on which names are placed one after the other, none over another.

    Parameters
    ----------
    width, height
        Of the picture, points.
    areas
        What lies where, in points.
    """

    def __init__(self, width: float, height: float, areas: Mapping[str, BaseGeometry]) -> None:
        form = int(height / CELL), int(width / CELL)
        self.index = {id_: place for place, id_ in enumerate(areas)}
        self.bounds = {id_: shape.bounds for id_, shape in areas.items()}
        self.owner = np.full(form, -1)
        self.taken = np.zeros(form, dtype=bool)
        self.crossed = np.zeros(form, dtype=bool)
        for id_, shape in areas.items():
            part = self._cells(shape.bounds)
            y, x = np.mgrid[part]
            shapely.prepare(shape)
            self.owner[part][shapely.contains_xy(shape, (x + 0.5) * CELL, (y + 0.5) * CELL)] = self.index[id_]

    def keep_clear(self, box: Box) -> None:
        """Let no name cover a part of the picture: left, bottom, right, top."""
        self.taken[self._cells(box)] = True

    def cross(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Let names rather not cover a line."""
        steps = int(np.hypot(*np.subtract(end, start)) / CELL) + 2
        column, row = np.floor(np.linspace(start, end, steps) / CELL).astype(int).T
        rows, columns = self.crossed.shape
        inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        self.crossed[row[inside], column[inside]] = True

    def place(self, name: Name) -> tuple[float, float] | None:
        """Return the middle of the best place that is left for a name, which is taken then; ``None`` if there is none.

        Of places equally good it is the lowest, and of these the leftmost.
        """
        return self._place(name, (BESIDE,)) or (
            # Farther off are places that need not be looked at for the others.
            self._place(name, (3 * BESIDE, 9 * BESIDE, np.inf)) if name.needed else None
        )

    def _place(self, name: Name, reaches: tuple[float, ...]) -> tuple[float, float] | None:
        """Return the middle of the best place that is no farther from the centre than one of the reaches."""
        # A cell more than the text on each side keeps names apart.
        rows, columns = (int(np.ceil(length / CELL)) + 2 for length in (name.height, name.width))
        part = self._within_reach(name, reaches[-1])
        taken = self.taken[part]
        if rows > taken.shape[0] or columns > taken.shape[1]:
            return None
        here = np.isin(self.owner[part], [self.index[id_] for id_ in name.areas & self.index.keys()])
        own = _share(here, rows, columns)
        foreign = _share((self.owner[part] >= 0) & ~here, rows, columns)
        gap, off = _distances(name, part, rows, columns)
        # Partly on its area a name hides more of it than it tells: that of a small island stands beside it.
        worth = np.where(own >= WITHIN, own, -HIDING * own) - foreign
        worth -= CROSSING * _share(self.crossed[part], rows, columns) + DISTANCE * gap + DISTANCE / 4 * off
        free = _share(taken, rows, columns) == 0
        for reach in reaches:
            allowed = free & ((own >= WITHIN) | (gap <= reach))
            if allowed.any():
                # Rounded, so that ties are the same ones on every machine.
                best = np.argmax(np.where(allowed, worth.round(6), -np.inf))
                row, column = (int(found) for found in np.unravel_index(best, worth.shape))
                taken[row : row + rows, column : column + columns] = True
                row, column = row + part[0].start, column + part[1].start
                return (column + columns / 2) * CELL, (row + rows / 2) * CELL
        return None

    def _within_reach(self, name: Name, reach: float) -> tuple[slice, slice]:
        """Return the cells among which a place is looked for: all of its areas, and around its centre."""
        if not np.isfinite(reach):
            return slice(0, self.taken.shape[0]), slice(0, self.taken.shape[1])
        x, y = name.centre
        beside = name.width + reach + 3 * CELL, name.height + reach + 3 * CELL
        boxes = [self.bounds[id_] for id_ in name.areas & self.bounds.keys()]
        boxes.append((x - beside[0], y - beside[1], x + beside[0], y + beside[1]))
        left, bottom, right, top = zip(*boxes, strict=True)
        # As much around its areas as a name may stand out of them.
        out_x, out_y = name.width / 2, name.height / 2
        return self._cells((min(left) - out_x, min(bottom) - out_y, max(right) + out_x, max(top) + out_y))

    def _cells(self, box: Box) -> tuple[slice, slice]:
        """Return the rows and columns that a box touches."""
        left, bottom, right, top = (int(np.floor(edge / CELL)) for edge in box)
        rows, columns = self.taken.shape
        return (
            slice(min(max(bottom, 0), rows), min(max(top + 1, 0), rows)),
            slice(min(max(left, 0), columns), min(max(right + 1, 0), columns)),
        )


def _distances(
    name: Name, part: tuple[slice, slice], rows: int, columns: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each place is from the name's centre: its nearest edge, and its middle."""
    y, x = (
        (np.arange(span.start, span.stop - size + 1) + size / 2) * CELL - centre
        for span, size, centre in zip(part, (rows, columns), name.centre[::-1], strict=True)
    )
    beyond_x, beyond_y = np.maximum(abs(x) - name.width / 2, 0), np.maximum(abs(y) - name.height / 2, 0)
    return np.hypot(beyond_y[:, None], beyond_x), np.hypot(y[:, None], x)


def _share(cells: NDArray[np.bool_], rows: int, columns: int) -> NDArray[np.float64]:
    """Return the share of marked cells in every box of some rows and columns, by its lower left cell."""
    sums = np.pad(cells.cumsum(0, dtype=np.int32).cumsum(1), ((1, 0), (1, 0)))
    inside: NDArray[np.int32] = (
        sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
    )
    return inside / (rows * columns)
