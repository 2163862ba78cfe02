"""How many offices too many to list are found: together, part by part, or block by block."""

from collections.abc import Callable
from typing import Final

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound
from optimizer.problem import Problem
from optimizer.regions.apart import is_in_parts, solve_apart
from optimizer.regions.by_blocks import solve_by_blocks
from optimizer.regions.region import is_region

MANY: Final = 600
"""Municipalities from which the offices of all are not generated together."""
MANY_APART: Final = 40
"""Municipalities from which parts are solved by themselves, under a limit on the number of shared offices."""

Solver = Callable[..., PlanFound]


def way_for(problem: Problem, budget: Budget) -> Solver | None:
    """Return what solves a problem in pieces, and report why; ``None`` if its offices are generated together.

    Parameters
    ----------
    problem
        The problem.
    budget
        Where to tell.
    """
    many = int(problem.active.sum())
    if many >= MANY_APART and is_in_parts(problem):
        budget.tell("generation", "part by part: only the limit on the number of offices ties the parts together")
        return solve_apart
    if many >= MANY and is_region(problem):
        budget.tell("generation", "block by block")
        return solve_by_blocks
    return None
