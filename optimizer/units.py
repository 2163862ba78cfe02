"""Whole numbers for the solvers: the one place where figures are rounded."""

import numpy as np
from numpy.typing import NDArray

UNITS_PER_MINUTE = 1_000_000
"""Costs are whole millionths of a minute: sums and bounds are exact."""

UNITS_PER_FTE = 1_000_000_000

LARGEST = 2**53
"""Up to here a float holds every whole number."""


def whole(values: NDArray[np.float64] | float, units: int = UNITS_PER_MINUTE) -> NDArray[np.int64]:
    """Return figures as whole units.

    Parameters
    ----------
    values
        Figures, such as minutes or årsverk.
    units
        Units to one of the figure.

    Raises
    ------
    OverflowError
        If a figure is too large to be counted; `optimizer.problem` refuses such problems.
    """
    scaled = np.rint(np.asarray(values, dtype=np.float64) * units)
    if not (np.abs(scaled) < LARGEST).all():
        raise OverflowError(f"a figure of {np.abs(values).max():.3g} is too large to be counted in units of 1/{units}")
    return np.asarray(scaled.astype(np.int64))
