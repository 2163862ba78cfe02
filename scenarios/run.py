"""One run: solve in a worker thread, report progress, stop when asked, and let no plan out unchecked."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from optimizer.evaluate import Evaluation, evaluate
from optimizer.grouping import Grouping
from optimizer.problem import Problem, ProblemError
from optimizer.solve import Options, Progress, Result, Status, solve
from scenarios.build import World
from scenarios.faults import ScenarioError

TICK = 0.1
"""Seconds between two looks at the solver."""

TOLERANCE = 1e-6
"""Largest difference between the solver's objective and the specification's: minutes for each municipality, and
relative. The solver counts in whole millionths of a minute."""

Report = Callable[[Progress], None]


class InternalError(Exception):
    """The program contradicts itself; the plan concerned is not let out."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run found, with the judgement of the specification.

    Parameters
    ----------
    world
        What was asked.
    result
        What the solver says.
    evaluation
        Of ``result.grouping``; ``None`` if there is no plan.
    start
        Name of the grouping that the solver started from; empty for none.
    kept
        Names of the offices that were held, beyond the scenario's own pins.
    """

    world: World
    result: Result
    evaluation: Evaluation | None
    start: str = ""
    kept: tuple[str, ...] = ()


def run(
    world: World,
    *,
    report: Report | None = None,
    stop: threading.Event | None = None,
    start: Grouping | None = None,
) -> Outcome:
    """Solve the world's problem as its scenario says, and check the answer.

    Parameters
    ----------
    world
        What is asked.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        When it is set, the best plan so far is returned soon.
    start
        A known grouping, the first plan if it is legal. A proved answer does not depend on it.

    Raises
    ------
    InternalError
        If the answer does not pass `check`.
    ScenarioError
        If the engine asked for cannot take the problem.
    """
    solver = world.scenario.solver
    options = Options(
        time_limit=solver.time_limit, workers=solver.workers, engine=solver.engine, max_groups=solver.max_groups
    )
    try:
        result = _solve_in_thread(world.problem, options, report or _silent, stop or threading.Event(), start)
    except ProblemError as error:
        origins = world.scenario.origins
        raise ScenarioError(origins.fault(("solver", "engine"), fault) for fault in error.faults) from error
    return Outcome(world, result, check(world.problem, result))


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


def _silent(_progress: Progress) -> None:
    """Report to nobody."""


def _solve_in_thread(
    problem: Problem, options: Options, report: Report, stop: threading.Event, start: Grouping | None
) -> Result:
    """Solve in a worker thread, so that the caller's thread sees signals and reports."""
    events: queue.SimpleQueue[Progress] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(solve(problem, options, report=events.put, stop=stop, start=start))
        except BaseException as fault:  # noqa: BLE001  raised again below, in the caller's thread
            answers.put(fault)

    # A daemon, because at the second Ctrl-C nobody waits for the solver any more.
    threading.Thread(target=work, name="solve", daemon=True).start()
    begun, newest = time.perf_counter(), None
    while True:
        try:
            answer = answers.get(timeout=TICK)
        except queue.Empty:
            newest = _report_waiting(events, report) or newest
            if newest is not None:
                report(replace(newest, seconds=time.perf_counter() - begun))
            continue
        _report_waiting(events, report)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def _report_waiting(events: "queue.SimpleQueue[Progress]", report: Report) -> Progress | None:
    """Report all waiting events and return the last, if there is one."""
    newest = None
    while not events.empty():
        newest = events.get()
        report(newest)
    return newest
