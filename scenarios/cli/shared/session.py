"""The clock and the signals of one run: what a result must not depend on, kept in one place."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


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
def stop_on_signals() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C, or polite kill, into an event; the second one is a `KeyboardInterrupt`.

    Only the main thread may enter.
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
