"""Long work in a thread of its own, so that the caller's thread sees signals and reports."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from optimizer.budget import Progress

TICK = 0.1
"""Seconds between two looks at the work."""

Report = Callable[[Progress], None]
T = TypeVar("T")


def in_worker(work: Callable[[Report], T], report: Report) -> T:
    """Return what the work returns, or raise what it raises.

    Parameters
    ----------
    work
        Called in another thread with a report of its own; it may be called at any time.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    """
    events: queue.SimpleQueue[Progress] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def do() -> None:
        try:
            answers.put((work(events.put), None))
        except BaseException as fault:  # noqa: BLE001  raised again below, in the caller's thread
            answers.put((None, fault))

    # A daemon, because at the second Ctrl-C nobody waits for the work any more.
    threading.Thread(target=do, name="work", daemon=True).start()
    begun, newest = time.perf_counter(), None
    while True:
        try:
            answer, fault = answers.get(timeout=TICK)
        except queue.Empty:
            newest = _report_waiting(events, report) or newest
            if newest is not None:
                report(replace(newest, seconds=time.perf_counter() - begun))
            continue
        _report_waiting(events, report)
        if fault is not None:
            raise fault
        return answer  # type: ignore[return-value]  # without a fault there is an answer


def _report_waiting(events: "queue.SimpleQueue[Progress]", report: Report) -> Progress | None:
    """Report all waiting events and return the last, if there is one."""
    newest = None
    while not events.empty():
        newest = events.get()
        report(newest)
    return newest
