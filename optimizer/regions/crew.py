"""Pieces of work that may not run beside each other, done by a few threads."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from optimizer.budget import Budget

Task = TypeVar("Task")
WindowAnswer = TypeVar("WindowAnswer")


def work_off(
    propose: Callable[[list[Task]], Task | None],
    do: Callable[[Task], WindowAnswer],
    take: Callable[[Task, WindowAnswer], None],
    budget: Budget,
    workers: int,
) -> None:
    """Do pieces of work until there are none left or the time ends; what is under way then is finished.

    Parameters
    ----------
    propose
        Given the pieces under way, returns one that may run beside them, or ``None``. Called from this thread.
    do
        Does a piece, in another thread.
    take
        Receives what was found. Called from this thread.
    budget
        Time.
    workers
        Pieces at a time.
    """
    running: dict[Future[WindowAnswer], Task] = {}
    with ThreadPoolExecutor(workers) as threads:
        while True:
            while budget.lasts() and len(running) < workers:
                task = propose(list(running.values()))
                if task is None:
                    break
                running[threads.submit(do, task)] = task
            if not running:
                return
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                take(running.pop(done), done.result())
