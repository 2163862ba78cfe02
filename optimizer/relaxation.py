"""The linear relaxation of set partitioning over a pool of offices."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer import linear
from optimizer.candidates import UNITS_PER_MINUTE, CandidatePool, Integers
from optimizer.certificate import OfficeCount

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Relaxation:
    """Optimum of the linear relaxation.

    Parameters
    ----------
    values
        Share of each office (k,).
    duals
        Minutes, in the order that `optimizer.certificate.certify` expects.
    unplaced
        Municipalities, in parts, that no legal choice covers.
    """

    values: Floats
    duals: Floats
    unplaced: float


def relax(
    pool: CandidatePool, cuts: Integers, count: OfficeCount, *, prohibitive: int, seconds: float
) -> Relaxation | None:
    """Solve the linear relaxation, or return ``None`` if the time is too short.

    Parameters
    ----------
    pool
        Offices (k,).
    cuts
        Which offices each cut holds (k, c); at most one of a cut is chosen.
    count
        Limits on the number of shared offices.
    prohibitive
        Cost units of leaving one municipality unplaced, or of one shared office too few or too many.
    seconds
        Time limit.
    """
    m, k, c = len(pool.ids), len(pool), cuts.shape[1]
    real = pool.members < m
    columns = np.repeat(np.arange(k), real.sum(axis=1))
    place = sparse.csr_matrix((np.ones(len(columns)), (pool.members[real], columns)), shape=(m, k))
    # One artificial column for each municipality, and one each for an office too few and too many.
    unplaced = [sparse.identity(m), sparse.csr_matrix((c, m)), sparse.csr_matrix((1, m))]
    rows = [place, sparse.csr_matrix(cuts.T.astype(float)), sparse.csr_matrix(pool.shared[None, :].astype(float))]
    off_count = [sparse.csr_matrix((m, 2)), sparse.csr_matrix((c, 2)), sparse.csr_matrix([[1.0, -1.0]])]
    kept = 3 if count else 2
    matrix = sparse.bmat([list(row) for row in zip(rows, unplaced, off_count, strict=True)][:kept], format="csr")
    lower = [np.ones(m), np.full(c, -np.inf), np.array([-np.inf if count.least is None else count.least])]
    upper = [np.ones(m), np.ones(c), np.array([np.inf if count.most is None else count.most])]
    costs = np.concatenate((pool.costs, np.full(m + 2, prohibitive))) / UNITS_PER_MINUTE
    solution = linear.minimise(
        costs, matrix, np.concatenate(lower[:kept]), np.concatenate(upper[:kept]), seconds=seconds
    )
    if solution is None:
        return None
    return Relaxation(solution.values[:k], solution.duals, float(solution.values[k:].sum()))
