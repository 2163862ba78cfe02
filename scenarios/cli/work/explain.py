"""The command ``explain``."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from maps.told.texts import Words
from optimizer.budget import Budget
from optimizer.questions.why.conflicts import conflicts
from optimizer.questions.why.easings import easings
from optimizer.questions.why.explain import WhatIf, what_if
from optimizer.solve import Options, Result
from scenarios.answers import explain as explain_tables
from scenarios.answers.explain import NoPlan
from scenarios.cli.shared.asking import asking, give, require, verdict
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.given import SCENARIO_FIRST, faults_of_changes, from_run, is_question, names_run, result_of
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import estimates, heading
from scenarios.cli.shared.progress import Reporter
from scenarios.cli.shared.streams import UsageError, tell
from scenarios.export.folders import FolderKind
from scenarios.export.run_folder import RunFolder
from scenarios.question import gazetteer
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault
from scenarios.question.schema import Scenario
from scenarios.world import region
from scenarios.world.build import World, open_world
from scenarios.world.further.firmness import investigate
from scenarios.world.running.worker import Report
from scenarios.world.solving import ask

SHARE_FOR_CONFLICTS = 0.5
"""Of the time, where there is a limit; the rest is for what to change."""
FOLDER = FolderKind("explanation.json")


def explain(scenario: str, municipality: str | None, asked: AskingOptions) -> None:
    """Say why a municipality has its office, what others would add for whom, what is not possible."""
    is_run = names_run(scenario)
    swapped = municipality and is_question(municipality) and not is_question(scenario)
    faults = faults_of_changes(scenario, asked)
    require([*faults, SCENARIO_FIRST] if swapped else faults)
    with asking(asked, FOLDER) as (words, show, stop):
        run: RunFolder | None = None
        if is_run:
            world, run = from_run(Path(scenario), asked.time_limit)
            number = number_of(world, municipality, of_run=True)
        else:
            world, number = load_both(scenario, municipality, *asked.changes, asked.time_limit)
        base = result_of(world, run, show, stop)
        document: dict[str, Any] = {}
        lines: list[str] = []
        no_plan = base.status == "infeasible" and not stop.is_set()
        if no_plan:
            document, lines = without_plan(world, stop, show)
        elif base.grouping is not None:
            document, lines = with_plan(world, number, base, run, stop, show)
        if document and asked.out is not None:
            FOLDER.write(asked.out, document, {})
    if document:
        give(words, document, asked, lines)
    if no_plan:
        tell(words.text("command.infeasible"))
        raise typer.Exit(Code.INTERRUPTED if stop.is_set() else Code.INFEASIBLE)
    has_answer = bool(document)
    raise typer.Exit(verdict(words, status=str(base.status), stop=stop, has_answer=has_answer, scenario=scenario))


def without_plan(world: World, stop: threading.Event, show: Reporter) -> tuple[dict[str, Any], list[str]]:
    """Return why there is no plan: the document, and its lines for a person."""
    show.phase("conflict")
    found = reasons(world, stop, show)
    document = explain_tables.of_no_plan(show.words, world, found, interrupted=stop.is_set())
    return document, [heading(show.words, world), "", *document["sentences"]]


def with_plan(
    world: World, number: str | None, base: Result, run: RunFolder | None, stop: threading.Event, show: Reporter
) -> tuple[dict[str, Any], list[str]]:
    """Return why a municipality has its office: the document, and its lines for a person.

    Raises
    ------
    UsageError
        If no municipality was named.
    """
    if number is None:
        raise UsageError("the scenario has a plan; name the municipality to explain")
    show.phase("places")
    found = what_if_of(world, number, base, stop, show)
    show.phase("firm")
    firm = run.firm if run else investigate(world, base, show.progress, stop)
    document = explain_tables.of_municipality(show.words, world, found, firm, interrupted=stop.is_set())
    return document, text(show.words, world, document)


def load_both(
    reference: str,
    municipality: str | None,
    overrides: tuple[str, ...],
    counties: tuple[str, ...],
    time_limit: float | None,
) -> tuple[World, str | None]:
    """Return the world of a scenario and the number of the municipality.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        With the faults of both.
    """
    world = open_world(
        reference,
        overrides=overrides,
        counties=counties,
        time_limit=time_limit,
        further=lambda scenario: resolved(scenario, municipality)[1],
    )
    return world, number_of(world, municipality)


def number_of(world: World, municipality: str | None, *, of_run: bool = False) -> str | None:
    """Return the number of a municipality that takes part.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        If there is none of this name, or it does not take part.
    """
    number, faults = resolved(world.scenario, municipality)
    if number is not None and not faults:
        faults = absence(world, number, of_run=of_run)
    if faults:
        raise ScenarioError(faults)
    return number


def resolved(asked: Scenario, municipality: str | None) -> tuple[str | None, Sequence[Fault]]:
    """Return the number of a municipality in the scenario's edition, and what is wrong with the name."""
    if municipality is None:
        return None, []
    try:
        return gazetteer.of(region.load(asked)).municipality(municipality), []
    except gazetteer.UnknownError as error:
        return None, [Fault(COMMAND_LINE, None, "MUNICIPALITY", error.what, error.hint)]


def absence(world: World, number: str, *, of_run: bool) -> Sequence[Fault]:
    """Return the fault of a municipality that does not take part, and why it does not."""
    problem, select = world.problem, world.scenario.select
    if problem.active[problem.index[number]]:
        return []
    row = world.municipalities.loc[number]
    name = problem.label(number)
    if number in problem.pins.leave_out:
        what, hint, again = f"{name} is left out by pins.leave_out", "remove the pin", "without the pin"
    elif select.counties and row["county_number"] not in select.counties:
        what = f"{name} is in county {row['county_number']}, which does not take part"
        hint, again = "change --county", "with another --county"
    else:
        classes = ", ".join(map(str, select.classes))
        what = f"{name} is of class {row['centrality_class']}; those that take part are {classes or 'none'}"
        setting = f"--set \"select.municipalities=['{number}']\""
        hint, again = f"{setting} lets it take part", f"with {setting}"
    if of_run:
        hint = f"solve it again {again}, then explain that run"
    return [Fault(COMMAND_LINE, None, "MUNICIPALITY", what, hint)]


def what_if_of(world: World, number: str, base: Result, stop: threading.Event, show: Reporter) -> WhatIf:
    """Return what else a municipality could have."""
    return ask(
        world,
        lambda options, report: what_if(
            world.problem, number, base, options=options, budget=Budget(options.time_limit, stop, report)
        ),
        show.progress,
        stop=stop,
    )


def reasons(world: World, stop: threading.Event, show: Reporter) -> NoPlan:
    """Return why there is no plan, and what to change."""

    def look(options: Options, report: Report) -> NoPlan:
        whole = Budget(options.time_limit, stop, report)
        found = conflicts(world.problem, budget=whole.part(SHARE_FOR_CONFLICTS * whole.left), options=options)
        return NoPlan(found, easings(world.problem, budget=whole, options=options))

    return ask(world, look, show.progress, stop=stop)


def text(words: Words, world: World, document: dict[str, Any]) -> list[str]:
    """Return the explanation for a person: the office, why, then each other place."""
    others = [f"  {option['sentence']}" for option in document["options"] if not option["is_now"]]
    said = [*document["sentences"], "", words.text("explain.others"), *others]
    return [heading(words, world), "", *said, "", estimates(words, world)]
