"""Made areas: squares of 10 km, in Sweden where they are given its coordinate system."""

from typing import Any

import numpy as np
import shapely

SIDE = 10_000
EAST, NORTH = 470_000, 7_000_000


def square(column: int, row: int = 0, width: float = SIDE, height: float = SIDE) -> shapely.Polygon:
    """Return a square of the grid, or a rectangle from its lower left corner."""
    x, y = EAST + column * SIDE, NORTH + row * SIDE
    return shapely.box(x, y, x + width, y + height)


def moved(shape: Any, x: float, y: float = 0) -> Any:
    """Return a shape some metres farther east and north."""
    return shapely.transform(shape, lambda points: points + np.array([x, y]))
