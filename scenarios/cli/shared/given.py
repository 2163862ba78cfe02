"""A run folder in the place of a scenario: its question as it was asked, and its plan."""

import threading
from pathlib import Path
from typing import Final

from geodata.faults import DataError, DataFault
from optimizer.solve import Result, Status
from scenarios.answers.choice import same_problem
from scenarios.cli.shared.asking import load_world, require
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.progress import Reporter
from scenarios.export import run_folder
from scenarios.export.run_folder import RunFolder
from scenarios.question.shipped import names
from scenarios.world.build import World
from scenarios.world.solving import run as solve

TAKEN_AS_IT_IS: Final = "--set and --county change a scenario; a run folder is taken as it is"
SCENARIO_FIRST: Final = "the scenario or the run folder comes first, the municipality after it"


def names_scenario(text: str) -> bool:
    """Return whether an argument names a shipped scenario or a scenario file."""
    return text in names() or text.casefold().endswith(".toml")


def is_question(text: str) -> bool:
    """Return whether an argument names something that a municipality can be asked about in."""
    return names_scenario(text) or names_run(text)


def names_run(text: str) -> bool:
    """Return whether an argument names a folder; a shipped scenario and a scenario file come first."""
    if names_scenario(text):
        return False
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False


def from_run(folder: Path, time_limit: float | None) -> tuple[World, RunFolder]:
    """Return the world of a run folder, and the folder read back.

    Raises
    ------
    geodata.faults.DataError
        If it is no run folder, or was made from other data.
    """
    try:
        run = run_folder.read(folder)
    except run_folder.ArtifactError as error:
        raise DataError([DataFault(str(folder), str(error).removeprefix(f"{folder} "))]) from None
    world = load_world(str(folder / "scenario.toml"), (), (), time_limit)
    if not same_problem(world.problem, run.problem):
        hint = f"make it again: plankontor run {folder / 'scenario.toml'}"
        raise DataError([DataFault(str(folder), "was made from other data than this version has", hint)])
    return world, run


def result_of(world: World, folder: RunFolder | None, show: Reporter, stop: threading.Event) -> Result:
    """Return what the solver says about the best plan; of a run folder what it said when that was made."""
    return solve(world, report=show.progress, stop=stop).result if folder is None else plan_written(folder)


def plan_written(folder: RunFolder) -> Result:
    """Return what the solver said about the plan of a run folder when that was made."""
    said = folder.manifest
    return Result(
        folder.grouping,
        Status(said["status"]),
        said["objective"],
        said["bound"],
        said["gap"],
        engine=said["engine"],
        candidates=said["candidates"],
        ties=said["ties"],
        seconds={},
        interrupted=False,
    )


def faults_of_changes(scenario: str, asked: AskingOptions) -> list[str]:
    """Return what is wrong with changes to what an argument names: a run folder is not changed."""
    return [TAKEN_AS_IT_IS] if names_run(scenario) and any(asked.changes) else []


def plan_asked(scenario: str, asked: AskingOptions) -> tuple[World, RunFolder | None]:
    """Return the world that an argument names, and the run folder if it names one.

    Raises
    ------
    scenarios.cli.shared.streams.UsageError
        If a run folder is to be changed.
    """
    require(faults_of_changes(scenario, asked))
    if names_run(scenario):
        return from_run(Path(scenario), asked.time_limit)
    return load_world(scenario, *asked.changes, asked.time_limit), None
