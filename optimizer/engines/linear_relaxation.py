"""The linear relaxation of set partitioning over a pool of offices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer import linear
from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.units import UNITS_PER_MINUTE

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LinearRelaxation:
    """Optimum of the linear relaxation.

    Parameters
    ----------
    values
        Share of each office (k,).
    duals
        Minutes, in the order that `optimizer.engines.certificate.certify` expects.
    unplaced
        What the artificial columns hold: 0 if everybody is placed and every side row kept.
    """

    values: Floats
    duals: Floats
    unplaced: float


def relax(pool: CandidatePool, cuts: Integers, *, prohibitive: int, seconds: float) -> LinearRelaxation | None:
    """Solve the linear relaxation, or return ``None`` if the time is too short.

    Side rows are scaled to figures of at most 1, so that large figures do not blind the solver.

    Parameters
    ----------
    pool
        Offices (k,) and side rows.
    cuts
        Which offices each cut holds (k, c); at most one of a cut is chosen.
    prohibitive
        Cost units of leaving one municipality unplaced, or of breaking one side row.
    seconds
        Time limit.
    """
    m, k, c, r = len(pool.ids), len(pool), cuts.shape[1], len(pool.sides)
    real = pool.members < m
    columns = np.repeat(np.arange(k), real.sum(axis=1))
    place = sparse.csr_matrix((np.ones(len(columns)), (pool.members[real], columns)), shape=(m, k))
    scales = np.array([max(1, int(np.abs(side.values).max(initial=0))) for side in pool.sides], dtype=float)
    limits = np.array([side.values for side in pool.sides], dtype=float).reshape(r, k) / scales[:, None]
    # Artificial columns: each municipality unplaced; each side row too low, and too high.
    matrix = sparse.block_array(
        [
            [place, sparse.eye_array(m), None, None],
            [sparse.csr_array(cuts.T.astype(float)), None, None, None],
            [sparse.csr_array(limits), None, sparse.eye_array(r), -sparse.eye_array(r)],
        ],
        format="csr",
    )
    lower = [
        -np.inf if side.least is None else side.least / scale for side, scale in zip(pool.sides, scales, strict=True)
    ]
    upper = [np.inf if side.most is None else side.most / scale for side, scale in zip(pool.sides, scales, strict=True)]
    solution = linear.minimise(
        np.concatenate((pool.costs, np.full(m + 2 * r, prohibitive))) / UNITS_PER_MINUTE,
        sparse.csr_matrix(matrix),
        np.concatenate((np.ones(m), np.full(c, -np.inf), lower)),
        np.concatenate((np.ones(m), np.ones(c), upper)),
        seconds=seconds,
    )
    if solution is None:
        return None
    duals = solution.duals.copy()
    duals[m + c :] /= scales
    return LinearRelaxation(solution.values[:k], duals, float(solution.values[k:].sum()))
