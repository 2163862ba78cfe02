"""One run: solve in a worker thread, report progress, stop on Ctrl-C, and let no plan out unchecked."""

import queue
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType

from optimizer.evaluate import Evaluation, evaluate
from optimizer.problem import Problem
from optimizer.solve import Options, Progress, Result, Status, solve
from scenarios.build import World

TICK = 0.1
"""Seconds between two looks at the solver."""

TOLERANCE = 1e-6
"""Largest difference between the solver's objective and the specification's, relative."""

Report = Callable[[Progress], None]


class InternalError(Exception):
    """The program contradicts itself; the plan concerned is not let out."""


@dataclass
class Stopwatch:
    """Seconds by stage: the only clock of the program.

    Parameters
    ----------
    seconds
        Of the stages that are finished, in order.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    started: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = time.perf_counter() - begun

    @property
    def total(self) -> float:
        """Seconds since the watch was made."""
        return time.perf_counter() - self.started


@dataclass(frozen=True)
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
    """

    world: World
    result: Result
    evaluation: Evaluation | None

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan to write."""
        return self.evaluation is not None


def options(world: World) -> Options:
    """Return the solver's options as the scenario sets them."""
    solver = world.scenario.solver
    return Options(
        time_limit=solver.time_limit, workers=solver.workers, engine=solver.engine, max_groups=solver.max_groups
    )


def run(world: World, *, report: Report | None = None, stop: threading.Event | None = None) -> Outcome:
    """Solve the world's problem and check the answer.

    Parameters
    ----------
    world
        What is asked.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        Set it (see `stop_on_signals`) and the best plan so far is returned soon.

    Raises
    ------
    InternalError
        If the answer does not pass `check`.
    """
    stop = stop or threading.Event()
    result = _solve_in_thread(world.problem, options(world), report or _silent, stop)
    return Outcome(world, result, check(world.problem, result))


def check(problem: Problem, result: Result) -> Evaluation | None:
    """Judge the solver's answer by the specification and return the judgement.

    Raises
    ------
    InternalError
        If the plan breaks a rule, costs something else than the solver says or less than its bound, or
        contradicts the status.
    """
    if result.grouping is None:
        if result.status in {Status.OPTIMAL, Status.FEASIBLE}:
            raise InternalError(f"the solver says {result.status} without a plan")
        return None
    if result.status not in {Status.OPTIMAL, Status.FEASIBLE}:
        raise InternalError(f"the solver gives a plan and says {result.status}")
    evaluation = evaluate(problem, result.grouping)
    if evaluation.violations:
        broken = ", ".join(sorted({violation.rule for violation in evaluation.violations}))
        raise InternalError(f"the solver's plan breaks the rules {broken}")
    slack = TOLERANCE * max(1.0, abs(evaluation.objective))
    if result.objective is None or abs(evaluation.objective - result.objective) > slack:
        raise InternalError(f"the plan costs {evaluation.objective} minutes, but the solver says {result.objective}")
    if result.bound is not None and result.bound > evaluation.objective + slack:
        raise InternalError(f"the plan costs {evaluation.objective} minutes, less than the bound {result.bound}")
    return evaluation


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Turn Ctrl-C (and a polite kill) into an event; the second one is a `KeyboardInterrupt`.

    Only the main thread may enter; it has to stay there for as long as interruption should be gentle.
    """
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _silent(_progress: Progress) -> None:
    """Report to nobody."""


def _solve_in_thread(problem: Problem, options: Options, report: Report, stop: threading.Event) -> Result:
    """Solve in a worker thread, so that the caller's thread can see signals and report."""
    events: queue.SimpleQueue[Progress] = queue.SimpleQueue()
    answers: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(solve(problem, options, report=events.put, stop=stop))
        except BaseException as fault:  # noqa: BLE001  raised again below, in the caller's thread
            answers.put(fault)

    # A daemon, because at the second Ctrl-C nobody waits for the solver any more.
    threading.Thread(target=work, name="solve", daemon=True).start()
    begun = time.perf_counter()
    newest: Progress | None = None
    while True:
        try:
            answer = answers.get(timeout=TICK)
        except queue.Empty:
            newest = _newest(events, newest, report)
            if newest is not None:
                report(replace(newest, seconds=time.perf_counter() - begun))
            continue
        _newest(events, newest, report)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def _newest(events: "queue.SimpleQueue[Progress]", newest: Progress | None, report: Report) -> Progress | None:
    """Report all waiting events and return the last, or what there was before."""
    while True:
        try:
            newest = events.get_nowait()
        except queue.Empty:
            return newest
        report(newest)


def seconds_by_stage(watch: Stopwatch, solver: Mapping[str, float]) -> dict[str, float]:
    """Return the seconds of the run: of each stage, the solver's own stages in the place of ``solve``, and ``total``."""
    stages: dict[str, float] = {}
    for name, seconds in watch.seconds.items():
        stages |= dict(solver) if name == "solve" and solver else {name: seconds}
    return {name: round(seconds, 3) for name, seconds in (stages | {"total": watch.total}).items()}
