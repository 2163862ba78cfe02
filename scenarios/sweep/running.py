"""One run, wherever it is done: what is sent, what comes back. Nothing is read from a disk."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from optimizer.checked import solve_and_check
from optimizer.judging.comparison import FIGURES, key_figures
from optimizer.problem import Problem
from optimizer.solve import Options, Result
from optimizer.terms import TERMS

INVALID: Final = "invalid"
"""What is said of a run that cannot be asked: its settings contradict each other."""
FAILED: Final = "failed"
"""What is said of a run that met a fault of the program or of the machine."""
SOLVED: Final = ("objective", "bound", "gap")
OF_PLAN: Final = tuple(name for name in FIGURES if name != "violations")
PRICED: Final = tuple(name for name in TERMS if name not in OF_PLAN)
LONGEST_FAULT: Final = 500


@dataclass(frozen=True)
class Task:
    """A run that is to be done.

    Parameters
    ----------
    number
        From 1.
    changes
        Fields in which its problem differs from that of the scenario.
    options
        How to solve.
    """

    number: int
    changes: Mapping[str, Any]
    options: Options


@dataclass(frozen=True)
class RunAnswer:
    """What became of a run.

    Parameters
    ----------
    number
        Of the run.
    status
        As of `optimizer.solve.Status`, or `INVALID`, or `FAILED`.
    figures
        Objective, bound, gap, key figures and raw values of the terms, by name; of a run without a plan those that
        there are.
    hosts
        Host of each municipality; empty without a plan.
    fault
        Why there is no plan, in a sentence.
    seconds
        Of solving, by the clock.
    where
        Who did it.
    """

    number: int
    status: str
    figures: Mapping[str, float | None] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""
    seconds: float = 0.0
    where: str = ""


def answered(base: Problem, task: Task, where: str) -> RunAnswer:
    """Solve a run and return its answer; a fault is an answer too.

    Parameters
    ----------
    base
        The problem of the scenario.
    task
        The run.
    where
        Who does it.
    """
    begun = time.perf_counter()
    try:
        found = solved(base, task)
    except Exception as fault:  # noqa: BLE001  a failed run is a row, and not the end
        found = failed(task.number, fault)
    return replace(found, seconds=round(time.perf_counter() - begun, 3), where=where)


def solved(base: Problem, task: Task) -> RunAnswer:
    """Return the answer of a run; its plan has passed the specification."""
    problem = replace(base, **task.changes) if task.changes else base
    result, evaluation = solve_and_check(problem, task.options)
    grouping = result.grouping
    if evaluation is None or grouping is None:
        return RunAnswer(task.number, str(result.status), of_result(result), fault="; ".join(result.reasons))
    terms = {name: evaluation.terms[name].value for name in PRICED if name in evaluation.terms}
    figures = {name: value for name, value in key_figures(problem, grouping, evaluation).items() if name in OF_PLAN}
    return RunAnswer(task.number, str(result.status), of_result(result) | figures | terms, dict(grouping.host_of))


def of_result(result: Result) -> dict[str, float | None]:
    """Return what the solver says."""
    return {name: getattr(result, name) for name in SOLVED}


def failed(number: int, fault: Exception, status: str = FAILED) -> RunAnswer:
    """Return the answer of a run that met a fault."""
    said = " ".join(str(fault).split()) or type(fault).__name__
    named = said if status == INVALID else f"{type(fault).__name__}: {said}"
    return RunAnswer(number, status, fault=named[:LONGEST_FAULT])
