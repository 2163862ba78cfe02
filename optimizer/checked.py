"""The last look at what the solver says, whoever asked it: by the specification, whose judgement goes out with it."""

from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem
from optimizer.solve import Options, Result, Status, solve

TOLERANCE = 1e-6
"""Largest difference between the solver's objective and the specification's: minutes for each municipality, and
relative. The solver counts in whole millionths of a minute."""


class InternalError(Exception):
    """The program contradicts itself; the plan concerned is not let out."""


def solve_and_check(problem: Problem, options: Options) -> tuple[Result, Evaluation | None]:
    """Solve a problem in this thread, for whoever has a process of its own, and judge the answer as `check` does."""
    result = solve(problem, options)
    return result, check(problem, result)


def check(problem: Problem, result: Result) -> Evaluation | None:
    """Judge the solver's answer by the specification and return the judgement.

    Raises
    ------
    InternalError
        If the plan breaks a rule, costs something else than the solver says or less than its bound, or
        contradicts the status.
    """
    promised = result.status in {Status.OPTIMAL, Status.FEASIBLE}
    if promised != (result.grouping is not None):
        raise InternalError(f"the solver says {result.status} {'without' if promised else 'with'} a plan")
    if result.grouping is None:
        return None
    evaluation = evaluate(problem, result.grouping)
    if evaluation.violations:
        broken = ", ".join(sorted({violation.rule for violation in evaluation.violations}))
        raise InternalError(f"the solver's plan breaks {broken}")
    slack = TOLERANCE * (len(result.grouping) + abs(evaluation.objective))
    if result.objective is None or abs(evaluation.objective - result.objective) > slack:
        raise InternalError(f"the plan costs {evaluation.objective} minutes, but the solver says {result.objective}")
    if result.bound is not None and result.bound > evaluation.objective + slack:
        raise InternalError(f"the plan costs {evaluation.objective} minutes, less than the bound {result.bound}")
    return evaluation
