"""A Dask cluster that does the runs of a sweep. It needs the extra ``cluster``.

The scenario's problem is scattered once; a run is sent as what differs from it. A worker needs no file of the user's.
"""

import logging
import queue
from typing import Any, Final

import distributed

from optimizer.problem import Problem
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.sweep.running import RunAnswer, Task, answered, failed
from scenarios.world.plain import version

LIBRARY: Final[Any] = distributed
"""What it says of types changes from version to version."""
OPTION: Final = "--scheduler"
SECONDS: Final = 15
"""For the scheduler to answer, and for a first worker."""
PATIENCE: Final = 5
"""Seconds for an answer to come over; of a worker that is lost meanwhile it is worked out again."""


class ClusterCrew:
    """The workers of a cluster; each does as many runs at once as it has threads.

    Parameters
    ----------
    base
        The problem of the scenario.
    address
        Of the scheduler.

    Raises
    ------
    ScenarioError
        If the scheduler does not answer, has no workers, or a worker has another version of this program.
    """

    def __init__(self, base: Problem, address: str) -> None:
        # What goes wrong is said by this program, once.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self.base, self.address = base, address
        self.given: dict[str, Task] = {}
        self.arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        try:
            self.client: Any = LIBRARY.Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as fault:
            hint = "start it with: dask scheduler; its address is like tcp://localhost:8786"
            raise refused(f"no scheduler answers at {address} ({type(fault).__name__})", hint) from fault
        try:
            self.client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as fault:
            self.close()
            raise refused(f"{address} has no workers", f"start some: dask worker {address} --nthreads 1") from fault
        try:
            self._require_same_program()
        except ScenarioError:
            self.close()
            raise
        self.shared = self.client.scatter(base, broadcast=True, hash=False)
        self.knowing: frozenset[str] = frozenset()

    def free(self) -> int:
        """Return how many more runs may be given now: each thread of a worker has the next one ready."""
        threads = self._asked("nthreads")
        if threads.keys() - self.knowing:
            # Dask gives runs to those that know the problem.
            self._asked("replicate", self.shared)
        self.knowing = frozenset(threads)
        return 2 * int(sum(threads.values())) - len(self.given)

    def give(self, task: Task) -> None:
        """Have a run done."""
        future = self._asked("submit", on_worker, self.shared, task, pure=False)
        self.given[future.key] = task
        future.add_done_callback(self.arrived.put)

    def done(self, seconds: float) -> list[RunAnswer]:
        """Return the answers that have come; Dask itself gives the runs of a lost worker to another."""
        found: list[RunAnswer] = []
        while True:
            try:
                future = self.arrived.get(timeout=0 if found else seconds) if seconds else self.arrived.get_nowait()
            except queue.Empty:
                return found
            found += self._answer(future)

    def close(self) -> None:
        """Leave the cluster; runs that are not done are no longer wanted there."""
        self.client.close(timeout=SECONDS)

    def _answer(self, future: Any) -> list[RunAnswer]:
        """Return the answer that has come, if it is there by now."""
        if future.status in {"cancelled", "lost"}:
            self._again(self.given.pop(future.key))
            return []
        try:
            answer: RunAnswer = future.result(timeout=PATIENCE)
        except TimeoutError:
            future.add_done_callback(self.arrived.put)
            return []
        except Exception as fault:  # noqa: BLE001  a failed run is a row, and not the end
            answer = failed(self.given[future.key].number, fault)
        del self.given[future.key]
        return [answer]

    def _again(self, task: Task) -> None:
        """Give a run once more that was lost with the last worker that knew the problem."""
        if self.shared.status != "finished":
            self.shared, self.knowing = self._asked("scatter", self.base, broadcast=True, hash=False), frozenset()
        self.give(task)

    def _asked(self, what: str, *given: Any, **more: Any) -> Any:
        """Return what the scheduler answers.

        Raises
        ------
        ScenarioError
            If it has gone.
        """
        hint = "what is done is kept; the same command continues"
        gone = refused(f"the scheduler at {self.address} has gone", hint)
        if self.client.status != "running":
            raise gone
        try:
            return getattr(self.client, what)(*given, **more)
        except (OSError, RuntimeError) as fault:
            raise gone from fault

    def _require_same_program(self) -> None:
        """Refuse workers that have another version of this program, or none."""
        found = self.client.run(version, on_error="return")
        others = {worker: said for worker, said in found.items() if said != version()}
        if others:
            worker, said = min(others.items())
            what = f"{len(others)} of {len(found)} workers do not have this version, {version()}: {worker} has {said}"
            raise refused(what, "install the same version there")


def on_worker(base: Problem, task: Task) -> RunAnswer:
    """Do a run on a worker."""
    return answered(base, task, str(LIBRARY.get_worker().address))


def refused(what: str, hint: str) -> ScenarioError:
    """Return a fault of the cluster."""
    return ScenarioError([Fault(OPTION, None, "", what, hint)])
