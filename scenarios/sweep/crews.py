"""Who does the runs of a sweep: processes of this machine."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Final, Protocol

from optimizer.problem import Problem
from scenarios.sweep.running import FAILED, RunAnswer, Task, answered

MOST_LOST: Final = 3
"""A run whose worker was lost so often is no longer tried: it is probably what ends them."""
JOIN_SECONDS: Final = 2.0
LOST: Final = "the process that solved it ended {n} times; is there enough memory?"


class Crew(Protocol):
    """Whoever does runs."""

    def free(self) -> int:
        """Return how many more runs may be given now."""

    def give(self, task: Task) -> None:
        """Have a run done; the answer comes with `done`."""

    def done(self, seconds: float) -> list[RunAnswer]:
        """Return the answers that have come, after waiting at most so long for the first."""

    def close(self) -> None:
        """End; what is not done stays undone."""


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Worker:
    """A process and what it is doing."""

    process: SpawnProcess
    line: Connection
    task: Task | None = None


class LocalCrew:
    """Processes of this machine, each of which does one run after another.

    Parameters
    ----------
    base
        The problem of the scenario; sent once to each process.
    processes
        How many.
    """

    def __init__(self, base: Problem, processes: int) -> None:
        self.base = base
        self.waiting: list[Task] = []
        self.lost: Counter[int] = Counter()
        self.workers = [started(base) for _ in range(processes)]

    def free(self) -> int:
        """Return how many more runs may be given now: each process has the next one ready."""
        busy = sum(worker.task is not None for worker in self.workers)
        return 2 * len(self.workers) - busy - len(self.waiting)

    def give(self, task: Task) -> None:
        """Have a run done."""
        self.waiting.append(task)
        self._hand_out()

    def done(self, seconds: float) -> list[RunAnswer]:
        """Return the answers that have come; the run of a process that has ended is given to another."""
        found = []
        ready = wait([worker.line for worker in self.workers], seconds)
        for at, worker in enumerate(self.workers):
            if worker.line in ready:
                try:
                    found.append(worker.line.recv())
                    worker.task = None
                except (EOFError, OSError):
                    found += self._replaced(at)
        self._hand_out()
        return found

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self.workers:
            worker.line.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(JOIN_SECONDS)

    def _hand_out(self) -> None:
        """Give what waits to processes that do nothing."""
        for at, worker in enumerate(self.workers):
            if worker.task is None and self.waiting:
                worker.task = self.waiting.pop(0)
                try:
                    worker.line.send(worker.task)
                except OSError:  # it has ended; what it was given is told apart when its line is read
                    self.waiting.insert(0, worker.task)
                    worker.task = None
                    self._replaced(at)

    def _replaced(self, at: int) -> list[RunAnswer]:
        """Start another process for one that has ended, and return the answer to a run that nobody survives."""
        worker, found = self.workers[at], list[RunAnswer]()
        worker.line.close()
        worker.process.join(JOIN_SECONDS)
        if worker.task is not None:
            number = worker.task.number
            self.lost[number] += 1
            if self.lost[number] < MOST_LOST:
                self.waiting.insert(0, worker.task)
            else:
                found.append(RunAnswer(number, FAILED, fault=LOST.format(n=MOST_LOST)))
        self.workers[at] = started(self.base)
        return found


def started(base: Problem) -> Worker:
    """Start a process; it knows the problem of the scenario, and waits for runs."""
    # A copy of this process would hold locks of threads that it does not have.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, base), name="plankontor sweep", daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def work(line: Connection, base: Problem, do: Callable[[Problem, Task, str], RunAnswer] = answered) -> None:
    """Do the runs that come over a line until it is closed."""
    # Ctrl-C is for the process that started this one, which then closes the line.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    where = f"process {os.getpid()}"
    while True:
        try:
            task = line.recv()
            line.send(do(base, task, where))
        except (EOFError, OSError):
            return
