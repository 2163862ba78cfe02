"""How long a solve may still take, who may stop it, and what it tells on the way."""

import copy
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Clock = Callable[[], float]


@dataclass(frozen=True)
class Progress:
    """A message from a running solve.

    Parameters
    ----------
    stage
        Name of the stage.
    seconds
        Since the start.
    objective, bound
        Best plan and proved lower bound so far, minutes-equivalents; ``None`` while unknown.
    note
        What is going on, in a few words.
    """

    stage: str
    seconds: float
    objective: float | None = None
    bound: float | None = None
    note: str = ""


@dataclass
class Budget:
    """Time and patience of one solve.

    Parameters
    ----------
    time_limit
        Seconds in all; ``None`` for no limit.
    stop
        Set by the caller to end the solve early.
    report
        Receives `Progress`.
    clock
        Seconds from any fixed moment.
    work
        Most work of each exact search, about seconds of a processor, counted so that it is the same on every machine
        and under every load; ``None`` for no limit.
    """

    time_limit: float | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    report: Callable[[Progress], None] | None = None
    clock: Clock = time.monotonic
    seconds: dict[str, float] = field(default_factory=dict)
    work: float | None = None

    def __post_init__(self) -> None:
        """Start the clock."""
        self.started = self.clock()

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return self.clock() - self.started

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit, 0 once stopped."""
        if self.stop.is_set():
            return 0.0
        return float("inf") if self.time_limit is None else max(0.0, self.time_limit - self.elapsed)

    def lasts(self) -> bool:
        """Return whether any time is left."""
        return self.left > 0

    def listing(self, offices: int) -> bool:
        """Report how many legal offices have been listed so far, and return whether any time is left."""
        self.tell("candidates", f"{offices} legal offices so far")
        return self.lasts()

    def part(self, seconds: float) -> "Budget":
        """Return the same budget with at most so many seconds left."""
        part = copy.copy(self)
        part.time_limit = self.elapsed + min(seconds, self.left)
        return part

    def silent(self) -> "Budget":
        """Return the same budget without reports: what a smaller question finds is no news of this one."""
        silent = copy.copy(self)
        silent.report = None
        return silent

    def working(self, work: float) -> "Budget":
        """Return the same budget with so much work for each exact search, and without reports."""
        working = self.silent()
        working.work = work
        return working

    def tell(self, stage: str, note: str = "", *, objective: float | None = None, bound: float | None = None) -> None:
        """Report progress."""
        if self.report:
            self.report(Progress(stage, self.elapsed, objective, bound, note))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the seconds of the enclosed work under a name, without those of stages within it."""
        begun, counted = self.clock(), sum(self.seconds.values())
        try:
            yield
        finally:
            within = sum(self.seconds.values()) - counted
            self.seconds[name] = self.seconds.get(name, 0.0) + self.clock() - begun - within
