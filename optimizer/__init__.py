"""Arrays and numbers in, a grouping with a bound out: no geometry, no files, no Norway.

A `Problem` says what is asked: who is to be grouped, the minutes and the links between them, the planners that they
employ and need, rules (`Limits`), prices (`Weights`) and decisions (`Pins`). `solve` finds the `Grouping` with the
lowest objective and proves it; `evaluate` judges any grouping, and is the specification of every rule and term.

    import numpy as np, optimizer

    places = np.array([0.0, 20.0, 45.0])                     # three municipalities along a road
    minutes = abs(places[:, None] - places[None, :])
    problem = optimizer.Problem(
        ids=("a", "b", "c"), names=("A", "B", "C"), counties=("1",) * 3, statsforvaltere=("S",) * 3,
        minutes=minutes, links=(minutes > 0) & (minutes < 30),
        planner_fte=np.ones(3), need_fte=np.full(3, 2.0), fixed_need_fte=np.ones(3), trips=np.ones(3),
        takes_part=np.full(3, True), may_host=np.full(3, True),
    )
    result = optimizer.solve(problem)                        # <Result: optimal, 45.00 minutes-equivalents, ...
    optimizer.evaluate(problem, result.grouping).to_frame()  # one row for each office

What is asked

    Problem                     everything an answer depends on, as arrays in the order of its ids
    Limits                      the rules that a grouping must keep
    Weights                     the price of one unit of each term, in minutes
    Pins                        what somebody has decided beforehand
    RULES, TERMS                every rule and every term: name, unit, meaning
    ProblemError                the problem contradicts itself; lists every fault

Answers

    Grouping                    which host each municipality has
    solve, Result               the best grouping, with its proof or how far it may be from the best
    Options                     how to solve: time limit, threads, engine
    Status                      what is known: optimal, feasible, infeasible or unknown
    evaluate, Evaluation        a grouping judged: terms, verdicts, breaches, one row for each office

What it means

    compare, Comparison         groupings side by side, and what moves between them
    frontier, Frontier          what less of one term costs in all else
    alternatives, Alternatives  the next best groupings that truly differ
    firmness, Firmness          what all, some or none of the nearly best groupings share

Problems and answers print as one line and have ``to_frame()``, a pandas table; notebooks show both.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimizer.grouping import Grouping
    from optimizer.judging.comparison import Comparison, compare
    from optimizer.judging.evaluate import evaluate
    from optimizer.judging.evaluation import Evaluation
    from optimizer.problem import Limits, Pins, Problem, ProblemError, Weights
    from optimizer.questions.alternatives import Alternatives, alternatives
    from optimizer.questions.firmness import Firmness, firmness
    from optimizer.questions.tradeoff.frontier import Frontier, frontier
    from optimizer.solve import Options, Result, Status, solve
    from optimizer.terms import RULES, TERMS

__all__ = [
    "RULES",
    "TERMS",
    "Alternatives",
    "Comparison",
    "Evaluation",
    "Firmness",
    "Frontier",
    "Grouping",
    "Limits",
    "Options",
    "Pins",
    "Problem",
    "ProblemError",
    "Result",
    "Status",
    "Weights",
    "alternatives",
    "compare",
    "evaluate",
    "firmness",
    "frontier",
    "solve",
]

_HOME = {
    **dict.fromkeys(("RULES", "TERMS"), "optimizer.terms"),
    **dict.fromkeys(("Limits", "Pins", "Problem", "ProblemError", "Weights"), "optimizer.problem"),
    **dict.fromkeys(("Options", "Result", "Status", "solve"), "optimizer.solve"),
    "Evaluation": "optimizer.judging.evaluation",
    "evaluate": "optimizer.judging.evaluate",
    **dict.fromkeys(("Comparison", "compare"), "optimizer.judging.comparison"),
    **dict.fromkeys(("Frontier", "frontier"), "optimizer.questions.tradeoff.frontier"),
    **dict.fromkeys(("Alternatives", "alternatives"), "optimizer.questions.alternatives"),
    **dict.fromkeys(("Firmness", "firmness"), "optimizer.questions.firmness"),
    "Grouping": "optimizer.grouping",
}
"""Where each name is, which is loaded when it is first asked for."""


def __getattr__(name: str) -> Any:
    """Return what a name of the list stands for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    """Return the list."""
    return sorted(__all__)


class _Package(ModuleType):
    """The package, in which ``solve`` is the function and not the module of the same name.

    Python puts every submodule into its package under its name once it is loaded; here that would hide the function.
    """

    @property
    def solve(self) -> Any:
        """The function."""
        return import_module("optimizer.solve").solve

    @solve.setter
    def solve(self, module: ModuleType) -> None:
        """Leave the function where it is."""


sys.modules[__name__].__class__ = _Package
