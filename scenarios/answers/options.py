"""What people compare: run folders, scenarios, references and tables of their own, all judged by one problem.

Judged by: ``--scenario``; without it the first option that has rules of its own (a run folder or a scenario);
without one the national scenario. A shipped name comes before a folder of the same name; a folder can be
written ``./name``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geodata import references as reference_data
from geodata import traveltimes
from geodata.faults import DataError, DataFault, near
from geodata.owntables.files import read_table
from geodata.roads.own import whose_roads
from optimizer.problem import Problem
from scenarios.answers.choice import Choice, Judge, Kind, Solved, place_faults, whole
from scenarios.export import exchange, run_folder
from scenarios.question import shipped
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import harmless
from scenarios.question.load import load
from scenarios.question.schema import Scenario
from scenarios.world import groupings, references
from scenarios.world.build import World, build
from scenarios.world.solving import Outcome


@dataclass(frozen=True, eq=False)
class Opened:
    """An option before anything is built or solved.

    Parameters
    ----------
    label, text
        What it is called, and what the user wrote.
    kind
        What it is.
    run, scenario
        What was read, by kind.
    """

    label: str
    text: str
    kind: Kind
    run: run_folder.RunFolder | None = None
    scenario: Scenario | None = None

    @property
    def edition(self) -> str | None:
        """Return its edition, if it has one of its own."""
        if self.run is not None:
            return str(self.run.manifest["edition"])
        return self.scenario.edition if self.scenario is not None else None


@dataclass(frozen=True)
class Asked:
    """What all options are asked to be.

    Parameters
    ----------
    scenario
        Name or file of the scenario to judge by; ``None`` for that of an option.
    counties
        Those that scenarios are about, by number or name; empty for as they say themselves.
    missing_alone
        Whether municipalities that an option leaves out stand alone in it; otherwise they are a fault.
    """

    scenario: str | None = None
    counties: tuple[str, ...] = ()
    missing_alone: bool = False


Solve = Callable[[World], Outcome]
"""Solves; must not return without a plan."""


Check = Callable[[Judge | None], None]
"""Looks for faults that no option is to blame for; gets no judge if the options have faults themselves."""


def read(
    texts: Sequence[str], solve: Solve, asked: Asked, *, check: Check = lambda _: None
) -> tuple[Judge, list[Choice]]:
    """Return the judge and the options.

    Parameters
    ----------
    texts
        Options as the user wrote them.
    solve
        Called for each scenario among them.
    asked
        By what they are judged, and for which counties.
    check
        Raises `DataError` for further faults, which are told with those of the options.

    Raises
    ------
    DataError
        With all faults of all options at once, before anything is solved.
    """
    faults: list[DataFault] = []
    opened = [one for one in (attempt(faults, open_one, *pair, asked.counties) for pair in labelled(texts)) if one]
    by = attempt(faults, open_scenario, asked.scenario, asked.counties) if asked.scenario is not None else None
    if faults:
        for one in opened:
            if one.kind == "table":  # whose numbers are right needs a judge; whether it is a table at all does not
                attempt(faults, read_table, one.text)
        attempt(faults, check, None)
        raise DataError(faults)
    judge = judge_of(opened, by, asked.counties)
    attempt(faults, check, judge)
    faults += edition_faults(judge, opened)
    # What is only read comes before what is built and solved, so that a fault is not found after minutes of work.
    made = {one.label: attempt(faults, read_one, judge, one) for one in opened if one.kind != "scenario"}
    faults += place_faults(judge, [one for one in made.values() if one], missing_alone=asked.missing_alone)
    worlds = {one.label: attempt(faults, world_of, judge, one) for one in opened if one.scenario and not faults}
    if faults:
        raise DataError(faults)
    made |= {one.label: solved(one, worlds[one.label], solve) for one in opened if one.kind == "scenario"}
    choices = [choice for one in opened if (choice := made[one.label])]
    faults = place_faults(judge, choices, missing_alone=asked.missing_alone)
    if faults:
        raise DataError(faults)
    return judge, [whole(judge.problem, choice) if asked.missing_alone else choice for choice in choices]


def attempt(faults: list[DataFault], work: Callable[..., Any], *arguments: object) -> Any:
    """Do the work, or note its faults and return ``None``."""
    try:
        return work(*arguments)
    except DataError as error:
        faults += error.faults
    except ScenarioError as error:
        faults += [
            DataFault(
                f"{one.file}:{one.line}" if one.line else one.file, f"{one.key}: {one.what}".strip(": "), one.hint
            )
            for one in error.faults
        ]
    return None


def labelled(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return each text with a label that no other has."""
    times: dict[str, int] = {}
    found = []
    for text in texts:
        times[text] = times.get(text, 0) + 1
        label = harmless(text)
        found.append((label if times[text] == 1 else f"{label} ({times[text]})", text))
    return found


def kind_of(text: str) -> Kind:
    """Return what an option is.

    Raises
    ------
    DataError
        If it is nothing that is known.
    """
    if text in reference_data.names():
        return "reference"
    if text in shipped.names() or text.casefold().endswith(".toml"):
        return "scenario"
    path = Path(text)
    try:
        exchange.settle(path.resolve())
        if text.casefold().endswith(".csv") or path.is_file():
            return "table"
        if path.is_dir():
            return "run"
    except (OSError, ValueError) as error:
        raise DataError([DataFault(text, f"cannot be read: {error}")]) from None
    known = (*shipped.names(), *reference_data.names())
    hint = near(text, known) or (
        f"scenarios are {', '.join(shipped.names())}; references are {', '.join(reference_data.names())}; "
        "a table ends in .csv, a scenario file in .toml"
    )
    raise DataError([DataFault(text or "''", "no run folder, scenario, reference or table of this name", hint)])


def open_one(label: str, text: str, counties: tuple[str, ...] = ()) -> Opened:
    """Open an option as far as it needs nothing else.

    Raises
    ------
    DataError, ScenarioError
        With its faults.
    """
    kind = kind_of(text)
    if kind == "run":
        if not (Path(text) / run_folder.RUN.document).exists():
            what = f"this is a folder, but no run folder: {run_folder.RUN.document} is not in it"
            raise DataError([DataFault(text, what, "name a run folder, or the file in the folder")])
        try:
            return Opened(label, text, kind, run=run_folder.read(Path(text)))
        except run_folder.ArtifactError as error:
            raise DataError([DataFault(text, str(error).removeprefix(f"{Path(text)} "))]) from None
    if kind == "scenario":
        return Opened(label, text, kind, scenario=load(text, counties=counties))
    return Opened(label, text, kind)


def open_scenario(text: str, counties: tuple[str, ...] = ()) -> Opened:
    """Open the scenario to judge by."""
    return Opened(text, text, "scenario", scenario=load(text, counties=counties))


def judge_of(opened: Iterable[Opened], asked: Opened | None, counties: tuple[str, ...] = ()) -> Judge:
    """Return the judge: what was asked for, or the first option with rules of its own, or the national scenario."""
    own = [asked] if asked else [one for one in opened if one.run or one.scenario]
    first = own[0] if own else open_scenario(shipped.REFERENCE, counties)
    if first.run is not None:
        described = first.run.manifest["scenario"]
        edition, origins = str(first.run.manifest["edition"]), first.run.evaluation.get("fte_sources", {})
        table = described["travel"]["table"]
        own_travel = bool(table) and traveltimes.replaces_all(Path(first.text) / table)
        roads = described["travel"].get("roads")
        own_roads = whose_roads(Path(first.text) / roads) if roads else ""
        problem = first.run.problem
        names = described["name"], described["title"]
        title_en = described.get("title_en", "")
        own_travel |= bool(roads)
        return Judge(*names, edition, problem, None, first.text, origins, own_travel, own_roads, title_en)
    world = built(first)
    scenario = world.scenario
    found = Judge(scenario.name, scenario.title, scenario.edition, world.problem, world, first.text)
    return replace(found, title_en=scenario.title_en)


def edition_faults(judge: Judge, opened: Iterable[Opened]) -> list[DataFault]:
    """Return the options whose numbers are of another edition."""
    return [
        DataFault(
            one.label,
            f"is of edition {one.edition}, but is to be judged by {judge.name} of edition {judge.edition}",
            "numbers and borders differ between editions: compare options of one edition",
        )
        for one in opened
        if one.edition not in (None, judge.edition)
    ]


def read_one(judge: Judge, one: Opened) -> Choice:
    """Return an option that needs no solver."""
    if one.run is not None:
        return from_run(one.label, one.text, one.run)
    if one.kind == "reference":
        return from_reference(judge.problem, one.label, one.text, judge.edition)
    problem = judge.problem
    given = groupings.read(Path(one.text), judge.edition, dict(zip(problem.ids, problem.names, strict=True)))
    return Choice(one.label, one.text, "table", "", judge.edition, given, facts={"file": one.text})


def from_run(label: str, text: str, run: run_folder.RunFolder) -> Choice:
    """Return a run folder as an option."""
    manifest = run.manifest
    facts = {key: manifest[key] for key in ("run_id", "version", "data_sha256")}
    return Choice(
        label,
        text,
        "run",
        manifest["scenario"]["title"],
        str(manifest["edition"]),
        run.grouping,
        Solved(*(manifest[key] for key in ("status", "objective", "bound", "gap"))),
        run.problem,
        facts=facts | {"scenario": manifest["scenario"]["name"]},
        title_en=manifest["scenario"].get("title_en", ""),
        firm=run.firm,
    )


def from_reference(problem: Problem, label: str, name: str, edition: str) -> Choice:
    """Return a reference as an option."""
    placed = references.place(problem, name, edition)
    groups = placed.groups.values()
    facts = {
        "groups": len(placed.groups),
        "statuses": {status: sum(group.status == status for group in groups) for status in reference_data.STATUSES},
        "hosts_chosen_by_rule": sum(not group.host_named for group in groups),
    }
    return Choice(
        label,
        name,
        "reference",
        placed.title,
        edition,
        placed.grouping,
        offices={host: group.name for host, group in placed.groups.items()},
        guessed=frozenset(host for host, group in placed.groups.items() if not group.host_named),
        groups=(*groups, *placed.lost),
        facts=facts,
        title_en=placed.title_en,
    )


def world_of(judge: Judge, one: Opened) -> World:
    """Return the world of a scenario; the judge's own is not built twice."""
    return judge.world if judge.world is not None and judge.text == one.text else built(one)


def built(one: Opened) -> World:
    """Return the world of an option that is a scenario."""
    if one.scenario is None:
        raise ValueError(f"{one.label} is no scenario")
    return build(one.scenario)


def solved(one: Opened, world: World, solve: Solve) -> Choice:
    """Return the plan of a scenario as an option."""
    outcome = solve(world)
    result = outcome.result
    if result.grouping is None:
        raise ValueError(f"{one.label} was solved without a plan")
    answer = Solved(str(result.status), result.objective, result.bound, result.gap)
    scenario = world.scenario
    return Choice(
        one.label,
        one.text,
        "scenario",
        scenario.title,
        scenario.edition,
        result.grouping,
        answer,
        world.problem,
        facts={"run_id": run_folder.run_id(world), "scenario": scenario.name},
        title_en=scenario.title_en,
    )
