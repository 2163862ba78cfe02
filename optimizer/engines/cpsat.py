"""Run a CP-SAT model within a budget."""

import math
import sys
import threading
from dataclasses import dataclass

from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.units import UNITS_PER_MINUTE

AUTO_WORKERS = 8
"""Fewer make too few of the strategies that close the proof, also on two cores."""


@dataclass(frozen=True, eq=False)
class ModelOutcome:
    """What CP-SAT said.

    Parameters
    ----------
    solver
        Holds the values.
    has_plan
        Whether there are values.
    finished
        Whether the answer is final: optimal, or no plan exists.
    bound
        Proved lower bound of the objective, whole.
    objective
        Of the plan, whole; 0 without one.
    """

    solver: cp_model.CpSolver
    has_plan: bool
    finished: bool
    bound: int
    objective: int = 0

    def value(self, variable: cp_model.IntVar) -> int:
        """Return the value of a variable in the plan."""
        return int(self.solver.value(variable))


class SolutionReporter(cp_model.CpSolverSolutionCallback):
    """Tells the budget of every better plan.

    Parameters
    ----------
    budget
        Where to tell.
    stage
        Name of the stage.
    """

    def __init__(self, budget: Budget, stage: str) -> None:
        super().__init__()
        self.budget, self.stage = budget, stage

    def on_solution_callback(self) -> None:
        """Report objective and bound of the plan just found."""
        self.budget.tell(
            self.stage,
            "better plan",
            objective=self.objective_value / UNITS_PER_MINUTE,
            bound=max(0.0, self.best_objective_bound / UNITS_PER_MINUTE),
        )


def run(model: cp_model.CpModel, budget: Budget, stage: str, workers: int) -> ModelOutcome:
    """Solve a model whose objective is in whole, non-negative cost units.

    Parameters
    ----------
    model
        A minimisation.
    budget
        Time limit and stop; reports go there.
    stage
        Name of the stage in reports; empty for no reports.
    workers
        Threads; 0 chooses.

    Raises
    ------
    RuntimeError
        If the model is not valid, which is a fault of this program.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers or AUTO_WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.catch_sigint_signal = False
    # OR-Tools 9.15 takes away plans by comparing constraints that include one another: google/or-tools issue 5293.
    solver.parameters.presolve_inclusion_work_limit = 0
    if math.isfinite(budget.left):
        solver.parameters.max_time_in_seconds = budget.left
    if budget.work is not None:
        solver.parameters.max_deterministic_time = budget.work
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            if budget.stop.is_set():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.solve(model, SolutionReporter(budget, stage) if stage else None)
    finally:
        done.set()
        watcher.join()
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"the model {model.name} is not valid")
    has_plan = status in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    finished = status in {cp_model.OPTIMAL, cp_model.INFEASIBLE}
    # The bound is a whole number that the interface gives as a float: rounding up is safe, with slack for the float.
    bound = solver.best_objective_bound if math.isfinite(solver.best_objective_bound) else 0.0
    bound = math.ceil(bound - 1e-3 - abs(bound) * sys.float_info.epsilon)
    return ModelOutcome(solver, has_plan, finished, max(0, bound), round(solver.objective_value) if has_plan else 0)
