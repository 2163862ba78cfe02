"""The clock and the signals of one run: what a result must not depend on, kept in one place."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Final

from maps.told.texts import Words
from scenarios.cli.shared.streams import tell_from_signal
from scenarios.world.running.deadline import Deadline

RUNNING: Final[ContextVar[Deadline]] = ContextVar("RUNNING")
"""The deadline with the command that runs, counted from the start of the program."""


class Stopwatch:
    """Seconds by stage, from the moment it is made.

    Attributes
    ----------
    seconds : dict of str to float
        Of the stages that have ended, in order.
    """

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - begun, 3)

    def total(self) -> float:
        """Return the seconds since the watch was made."""
        return round(time.perf_counter() - self.begun, 3)


@contextmanager
def stop_on_signals(words: Words) -> Iterator[Deadline]:
    """Turn the first Ctrl-C, or polite kill, into an event, and say so at once; the second is a `KeyboardInterrupt`.

    So is the first, as long as there is nothing to keep: before anything is asked of the solver.
    Only the main thread may enter.

    Parameters
    ----------
    words
        The language in which it is said.
    """
    deadline = RUNNING.get(None) or Deadline()
    heard = words.text("command.heard")

    def handle(number: int, _frame: FrameType | None) -> None:
        if deadline.keeps and not deadline.is_set():
            tell_from_signal(heard)
        deadline.hear(number)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield deadline
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
