"""What the questions beyond the best plan share: options, the way to the solver and back, the head of an answer."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from optimizer.problem import ProblemError
from optimizer.solve import Options
from scenarios import gazetteer, sources
from scenarios.build import World
from scenarios.faults import ScenarioError
from scenarios.plain import PROGRAM, SCHEMA_VERSION, version
from scenarios.sentences.planners import of_planners
from scenarios.sentences.words import Names
from scenarios.worker import Report, in_worker

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


def names_of(world: World) -> Names:
    """Return what to call the municipalities."""
    book = gazetteer.of(world.municipalities)
    counties = {number: book.counties[county] for number, county in world.municipalities["county_number"].items()}
    return Names.of(book.names, counties)


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


def planners_note(world: World) -> str:
    """Return the sentence that says which årsverk are estimates."""
    return of_planners(sources.of_world(world), world.scenario.planners)


def names_used(world: World, names: Names) -> Mapping[str, str]:
    """Return the names of the municipalities that take part, by number."""
    active = world.problem.active
    return {id_: names[id_] for id_, joins in zip(world.problem.ids, active, strict=True) if joins}
