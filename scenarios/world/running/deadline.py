"""How long a command may take, and whether somebody has asked it to end."""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Literal

HAS_TIMER = hasattr(signal, "setitimer")
"""Whether the system can wake a program at a moment; elsewhere time is looked at before a piece of work only."""


class CutShortError(KeyboardInterrupt):
    """What may be cut short was; `Deadline.finished` catches it."""


class Deadline(threading.Event):
    """An event that the first request to end sets, and the time that a command has in all.

    Attributes
    ----------
    begun : float
        When the command began, as of `time.perf_counter`.
    limit : float or None
        Seconds in all; ``None`` for no limit.
    kept : float
        Seconds of them that searching leaves to writing.
    heard : int
        Number of the signal that asked to end; 0 for none.
    keeps : bool
        Whether there may be something to keep: before, the first request to end is obeyed at once.
    cutting : bool
        Whether what is done now may be cut short.
    """

    def __init__(self, begun: float | None = None) -> None:
        super().__init__()
        self.begun = time.perf_counter() if begun is None else begun
        self.limit: float | None = None
        self.kept = 0.0
        self.heard = 0
        self.keeps = False
        self.cutting = False

    @property
    def left(self) -> float:
        """Seconds left; infinite without a limit, 0 once somebody has asked to end."""
        if self.is_set():
            return 0.0
        return float("inf") if self.limit is None else max(0.0, self.begun + self.limit - time.perf_counter())

    @property
    def to_search(self) -> float:
        """Seconds left for searching."""
        return max(0.0, self.left - self.kept)

    def keep(self, seconds: float) -> None:
        """Keep seconds for writing, at most half of those that are left."""
        self.kept = min(seconds, self.left / 2)

    def hear(self, number: int) -> None:
        """Take a request to end.

        Raises
        ------
        CutShortError
            If what is done now may be cut short.
        KeyboardInterrupt
            If it is not the first request, or there is nothing to keep.
        """
        again, self.heard = self.is_set(), self.heard or number
        self.set()
        if self.cutting:
            raise CutShortError
        if again or not self.keeps:
            raise KeyboardInterrupt

    def finished(self, work: Callable[[], object], needs: float = 0.0) -> bool:
        """Do some work unless somebody asks to end, or the time is over, before it is done; return whether it is.

        Only in the main thread, and only for work of which nothing counts before it is done.

        Parameters
        ----------
        work
            What may be left where it is.
        needs
            Seconds that it takes at least: with fewer it is not begun.
        """
        left = self.left
        if left <= needs:
            return False
        timed = HAS_TIMER and left != float("inf")
        before = signal.signal(signal.SIGALRM, _time_is_over) if timed else None
        try:
            self.cutting = True
            if timed:
                signal.setitimer(signal.ITIMER_REAL, left)
            work()
        except CutShortError:
            return False
        finally:
            self.cutting = False
            if timed:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
        return True


def over(stop: threading.Event) -> Literal["", "stopped", "no time"]:
    """Return why nothing more is searched for; empty if there is time."""
    if stop.is_set():
        return "stopped"
    return "no time" if isinstance(stop, Deadline) and not stop.to_search else ""


def _time_is_over(_number: int, _frame: FrameType | None) -> None:
    """Cut short what is done now."""
    raise CutShortError
