"""What the questions beyond the best plan share: options, the way to the solver and back, the head of an answer."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from optimizer.problem import ProblemError
from optimizer.solve import Options
from scenarios.question.faults import ScenarioError
from scenarios.world import sources
from scenarios.world.build import World
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, version
from scenarios.world.worker import Report, in_worker

T = TypeVar("T")


def options_of(world: World) -> Options:
    """Return how the scenario wants to be solved."""
    solver = world.scenario.solver
    return Options(
        time_limit=solver.time_limit, workers=solver.workers, engine=solver.engine, max_groups=solver.max_groups
    )


def ask(world: World, question: Callable[[Report], T], report: Report) -> T:
    """Return the answer to a question about a world, worked out in a thread of its own.

    Parameters
    ----------
    world
        What it is about.
    question
        Asks the optimiser; receives where to report to.
    report
        Called in the caller's thread with the newest progress.

    Raises
    ------
    ScenarioError
        If the question cannot be answered for this scenario, such as too many offices to list.
    """
    try:
        return in_worker(question, report)
    except ProblemError as error:
        origins = world.scenario.origins
        raise ScenarioError(origins.fault(("solver",), fault) for fault in error.faults) from error


def head(world: World, interrupted: threading.Event | bool) -> dict[str, Any]:
    """Return the keys with which every answer begins."""
    stopped = interrupted if isinstance(interrupted, bool) else interrupted.is_set()
    return {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        "version": version(),
        "scenario": world.scenario.name,
        "edition": world.scenario.edition,
        "municipalities": int(world.problem.active.sum()),
        "interrupted": stopped,
        "fte_sources": sources.of_world(world),
    }
