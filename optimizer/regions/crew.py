"""Pieces of work that may not all run beside each other, done by threads, with the same outcome however many."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from optimizer.budget import Budget

Task = TypeVar("Task")
TaskAnswer = TypeVar("TaskAnswer")


def work_off(
    propose: Callable[[list[Task]], Task | None],
    do: Callable[[Task], TaskAnswer | None],
    take: Callable[[Task, TaskAnswer], None],
    budget: Budget,
    workers: int,
) -> None:
    """Do pieces of work until there are none left or the time ends.

    All that may run beside each other are chosen first, then done, then taken in the order in which they were chosen:
    with enough time the outcome is the same whatever the number of threads and whoever finishes first.

    Parameters
    ----------
    propose
        Given the pieces chosen so far, returns one that may run beside them, or ``None``. Called from this thread.
    do
        Does a piece, in another thread; it sees to it that it ends with the time, and then may have found nothing.
    take
        Receives what was found. Called from this thread.
    budget
        Time.
    workers
        Pieces at a time.
    """

    def in_time(task: Task) -> TaskAnswer | None:
        return do(task) if budget.lasts() else None

    with ThreadPoolExecutor(workers) as threads:
        while budget.lasts():
            chosen: list[Task] = []
            while (task := propose(chosen)) is not None:
                chosen.append(task)
            if not chosen:
                return
            for task, answer in zip(chosen, threads.map(in_time, chosen), strict=True):
                if answer is not None:
                    take(task, answer)
