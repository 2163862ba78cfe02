"""From run to run: each is prepared, given to whoever is free, and written down when it comes back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from threading import Event

from geodata.faults import DataError
from optimizer.problem import ProblemError
from scenarios.question.errors import ScenarioError
from scenarios.sweep.crews import Crew
from scenarios.sweep.journal import Journal
from scenarios.sweep.preparing import Preparation
from scenarios.sweep.running import INVALID, RunAnswer, Task, failed
from scenarios.world.solving import options_of

WAIT = 0.2
"""Seconds between two looks at whether somebody wants to stop."""


@dataclass(frozen=True)
class Conductor:
    """Has runs done.

    Parameters
    ----------
    preparation
        Makes the problem of each.
    crew
        Does them.
    threads
        Of the solver in each run.
    tell
        Told how many are done.
    """

    preparation: Preparation
    crew: Crew
    threads: int
    tell: Callable[[int], None]

    def conduct(self, todo: Iterable[int], journal: Journal, stop: Event, *, already: int = 0) -> None:
        """Have runs done, each written down as it comes back.

        Parameters
        ----------
        todo
            Their numbers.
        journal
            Where they are written down.
        stop
            When set, what is not done stays undone.
        already
            How many were done before.
        """
        given: set[int] = set()
        noted = already

        def note(answers: Iterable[RunAnswer]) -> None:
            nonlocal noted
            for answer in answers:
                given.discard(answer.number)
                journal.note(self.preparation.sweep.settings(answer.number), answer)
                noted += 1
                self.tell(noted)

        for number in todo:
            while self.crew.free() < 1 and not stop.is_set():
                note(self.crew.done(WAIT))
            if stop.is_set():
                break
            ready = self.prepared(number)
            if isinstance(ready, RunAnswer):
                note([ready])
            else:
                given.add(number)
                self.crew.give(ready)
            note(self.crew.done(0))
        while given and not stop.is_set():
            note(self.crew.done(WAIT))

    def prepared(self, number: int) -> Task | RunAnswer:
        """Return a run ready to be done, or its answer if it cannot be asked."""
        try:
            world = self.preparation.world(self.preparation.sweep.settings(number))
        except ScenarioError as fault:
            said = "; ".join(f"{one.key}: {one.what}" for one in fault.faults)
            return failed(number, ValueError(said), INVALID)
        except (DataError, ProblemError) as fault:
            return failed(number, fault, INVALID)
        options = replace(options_of(world, {}), workers=self.threads)
        return Task(number, self.preparation.changes(world.problem), options)
