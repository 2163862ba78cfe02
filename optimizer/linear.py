"""Linear programmes from arrays, by GLOP."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver.python import model_builder_helper as helper
from scipy import sparse

Floats = NDArray[np.float64]

NOTHING_KNOWN = {
    helper.SolveStatus.NOT_SOLVED,
    helper.SolveStatus.FEASIBLE,
    helper.SolveStatus.UNKNOWN_STATUS,
    helper.SolveStatus.ABNORMAL,
}


@dataclass(frozen=True, eq=False)
class LinearSolution:
    """The optimum of a linear programme.

    Parameters
    ----------
    values
        Of the variables.
    duals
        Of the rows; approximate: whoever builds a bound on them must make it safe.
    """

    values: Floats
    duals: Floats


def minimise(
    costs: Floats, matrix: sparse.csr_matrix, lower: Floats, upper: Floats, *, seconds: float
) -> LinearSolution | None:
    """Minimise ``costs @ x`` subject to ``lower <= matrix @ x <= upper`` and ``x >= 0``.

    Parameters
    ----------
    costs
        (k,).
    matrix
        (r, k).
    lower, upper
        (r,).
    seconds
        Time limit.

    Returns
    -------
    LinearSolution or None
        ``None`` if the time was not enough, or the numbers too far apart for the solver.

    Raises
    ------
    ArithmeticError
        If the programme has no optimum; callers build programmes that always have one.
    """
    model: Any = helper.ModelBuilderHelper()
    many = len(costs)
    model.fill_model_from_sparse_data(np.zeros(many), np.full(many, np.inf), costs, lower, upper, matrix)
    solver = helper.ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(max(seconds, 0.0))
    solver.solve(model)
    if not solver.has_response():
        raise ArithmeticError("the linear solver gave no response")
    status = solver.status()
    if status == helper.SolveStatus.OPTIMAL:
        return LinearSolution(np.asarray(solver.variable_values()), np.asarray(solver.dual_values()))
    if status in NOTHING_KNOWN:
        return None
    raise ArithmeticError(f"the linear solver says {solver.status_string() or status}")
