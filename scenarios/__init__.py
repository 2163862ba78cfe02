"""The application: scenario files, the bridge from data to problem, runs on disk, the command line.

A scenario says what is asked, by name or as a file; its `World` holds everything that an answer depends on, its
``problem`` among that, which the questions of `optimizer` take.

    import optimizer, scenarios

    world = scenarios.open_world("nasjonal", counties=["Finnmark"], overrides=["limits.max_minutes=90"])
    outcome = scenarios.solve(world)             # <Outcome: nasjonal, optimal, ... minutes-equivalents, ...
    outcome.to_frame()                           # one row for each office
    outcome.to_geodataframe().plot("host")       # one for each municipality, with its shape
    scenarios.plot(outcome)                      # the map as a picture, with legend and credits
    scenarios.write_run("runs/finnmark", outcome)  # pages, tables, layers, as `plankontor run` writes them
    optimizer.alternatives(world.problem, k=3, min_moved=2)

What is asked

    names          the shipped scenarios
    open_world     the world of a scenario, by name or file, with other settings if wanted: a World
    load           the settings alone: a Scenario
    build          the world of settings
    Scenario       every setting of a scenario file
    World          municipalities, roads, links, travel times, and the problem
    ScenarioError  the scenario cannot be used; lists every fault with file, line and what to do

Answers

    solve          the best plan, checked by the specification: an Outcome
    Outcome        what a run found
    read_grouping  a grouping from a CSV file, for `optimizer.evaluate` and `optimizer.compare`
    plot           the map of a plan: a Picture
    Picture        a PNG picture, which notebooks show and ``save`` writes
    write_run      the run folder with report, map, tables and layers
    read_run       a run folder, read back
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.export.notebook import Picture, plot, read_run, write_run
    from scenarios.question.errors import ScenarioError
    from scenarios.question.load import load
    from scenarios.question.schema import Scenario
    from scenarios.question.shipped import names
    from scenarios.world.build import World, build, open_world
    from scenarios.world.groupings import read as read_grouping
    from scenarios.world.solving import Outcome
    from scenarios.world.solving import run as solve

__all__ = [
    "Outcome",
    "Picture",
    "Scenario",
    "ScenarioError",
    "World",
    "build",
    "load",
    "names",
    "open_world",
    "plot",
    "read_grouping",
    "read_run",
    "solve",
    "write_run",
]

_HOME = {
    **{name: ("scenarios.export.notebook", name) for name in ("Picture", "plot", "read_run", "write_run")},
    **{name: ("scenarios.world.build", name) for name in ("World", "build", "open_world")},
    "load": ("scenarios.question.load", "load"),
    "names": ("scenarios.question.shipped", "names"),
    "Outcome": ("scenarios.world.solving", "Outcome"),
    "Scenario": ("scenarios.question.schema", "Scenario"),
    "ScenarioError": ("scenarios.question.errors", "ScenarioError"),
    "read_grouping": ("scenarios.world.groupings", "read"),
    "solve": ("scenarios.world.solving", "run"),
}
"""Where each name is, and what it is called there; loaded when it is first asked for."""


def __getattr__(name: str) -> Any:
    """Return what a name of the list stands for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, there = _HOME[name]
    return getattr(import_module(module), there)


def __dir__() -> list[str]:
    """Return the list."""
    return sorted(__all__)
