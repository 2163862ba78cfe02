"""Lower bounds that are proved in whole numbers.

For any numbers y (one a municipality), s <= 0 (one a cut) and t (one a side row), every plan costs at least

    sum(y) + sum(s) + sum over side rows of t * (least if t > 0, else most)

provided that no office has a negative reduced cost

    r(g) = c(g) - sum of y over its members - sum of s over the cuts it is in - sum of t v(g).

Duals from a linear solver are only nearly right. Here they are rounded to whole cost units and lowered until all
reduced costs are non-negative, in integer arithmetic: the bound holds however inexact the solver was. Products with
side rows, whose figures may be large, are rounded against the bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.units import UNITS_PER_MINUTE

MOST_DUAL = 1e8
"""Minutes; larger duals are cut to this, so that sums of them stay far within 64 bits."""

MOST_PRODUCT = 2.0**50
"""Cost units; up to here the error of a product in floating point is below one unit."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """A proved lower bound and the reduced costs that prove it.

    Parameters
    ----------
    bound
        No plan costs less, cost units.
    reduced
        Reduced cost of each office of the pool (k,), cost units, none negative. A plan that uses office g costs
        at least ``bound + reduced[g]``.
    violation
        How negative each reduced cost was before lowering (k,), cost units; none of the pool's offices helps the
        linear relaxation if all are 0.
    """

    bound: int
    reduced: Integers
    violation: Integers

    def take(self, rows: NDArray[Any]) -> "Certificate":
        """Return the certificate for these offices only; the bound still speaks of all."""
        return Certificate(self.bound, self.reduced[rows], self.violation[rows])


def incidence(pool: CandidatePool, triples: Sequence[tuple[int, int, int]]) -> Integers:
    """Return which offices hold two or three of each triple (k, c)."""
    inside = np.zeros((len(pool), len(pool.ids) + 1), dtype=np.int8)
    np.put_along_axis(inside, pool.members.astype(np.intp), 1, axis=1)
    inside[:, -1] = 0
    cuts = np.empty((len(pool), len(triples)), dtype=np.int64)
    for c, triple in enumerate(triples):
        cuts[:, c] = inside[:, triple].sum(axis=1) >= 2
    return cuts


def certify(pool: CandidatePool, duals: NDArray[np.float64], cuts: Integers) -> Certificate:
    """Turn approximate duals into a proof.

    Parameters
    ----------
    pool
        All offices that the bound is about.
    duals
        In minutes: one for each municipality, each column of ``cuts`` and each side row of the pool.
    cuts
        Which offices each cut holds (k, c); at most one office of a cut can be chosen.
    """
    m, many = len(pool.ids), cuts.shape[1]
    duals = np.clip(np.nan_to_num(duals, nan=0.0), -MOST_DUAL, MOST_DUAL)
    whole = np.floor(duals[: m + many] * UNITS_PER_MINUTE).astype(np.int64)
    y = np.append(whole[:m], 0)
    s = np.minimum(whole[m:], 0)
    bound = int(y.sum()) + int(s.sum())
    reduced = pool.costs - y[pool.members].sum(axis=1) - cuts @ s
    for side, dual in zip(pool.sides, duals[m + many :] * UNITS_PER_MINUTE, strict=True):
        limit = side.least if dual > 0 else side.most
        if limit is not None and dual:
            most = MOST_PRODUCT / max(1, abs(limit), int(np.abs(side.values).max(initial=0)))
            t = min(max(float(dual), -most), most)
            # The product is rounded up by one unit more than the error of floating point can be.
            reduced -= np.ceil(t * side.values).astype(np.int64) + 1
            bound += floor(t * limit) - 1
    sizes = (pool.members < m).sum(axis=1)
    lowered = max(0, int(np.max(-(reduced // sizes), initial=0)))
    return Certificate(bound - lowered * m, reduced + lowered * sizes, np.maximum(0, -reduced))
