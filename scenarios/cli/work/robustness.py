"""The command ``robustness``."""

import threading
from dataclasses import replace
from typing import Literal, get_args

from optimizer.budget import Budget
from optimizer.grouping import Grouping
from optimizer.judging.departures import risks_of_offices
from optimizer.judging.evaluate import evaluate
from optimizer.questions.regret import Setting, across
from optimizer.solve import Options
from scenarios.answers import robustness as robustness_tables
from scenarios.answers.robustness import Robustness
from scenarios.cli.shared.asking import asking, give, leaving, require
from scenarios.cli.shared.given import faults_of_changes, plan_asked, result_of
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import estimates, heading
from scenarios.cli.shared.progress import Reporter
from scenarios.words.robustness import PLAN
from scenarios.world.accounts import accounts_of
from scenarios.world.build import World
from scenarios.world.further.settings import Ferries, parameter_settings, without_ferries
from scenarios.world.running.worker import Report
from scenarios.world.solving import ask

Rounding = Literal["part", "up", "down", "nearest"]
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
FERRY_SHARE = 0.3
"""Of the time, where there is a limit, for finding out which ferries matter."""


def robustness(scenario: str, vacancy: float, rounding: str, quick: bool, asked: AskingOptions) -> None:
    """Say what a plan stands: members leave, posts are vacant, figures differ, ferries stop."""
    faults = [] if 0 <= vacancy <= 1 else [f"--vacancy is {vacancy:g}; expected a share between 0 and 1"]
    faults += [] if rounding in ROUNDINGS else [f"--rounding is {rounding[:40]}; expected {', '.join(ROUNDINGS)}"]
    require([*faults, *faults_of_changes(scenario, asked)])
    with asking(asked, robustness_tables.FOLDER) as (words, show, stop):
        world, folder = plan_asked(scenario, asked)
        result = result_of(world, folder, show, stop)
        if result.grouping is None:
            raise leaving(words, result, stop, scenario)
        found = tried(
            world, result.grouping, str(result.status), stop, show, quick=quick, vacancy=vacancy, rounding=rounding
        )
        document = robustness_tables.document(words, world, found, interrupted=stop.is_set())
        if asked.out is not None:
            robustness_tables.FOLDER.write(asked.out, document, robustness_tables.csv_tables(words, world, found))
    lines = [line for group in document["sentences"].values() if group for line in ("", *group)]
    give(words, document, asked, [heading(words, world), *lines, "", estimates(words, world)])
    raise leaving(words, result, stop, scenario)


def tried(
    world: World,
    plan: Grouping,
    status: str,
    stop: threading.Event,
    show: Reporter,
    *,
    quick: bool,
    vacancy: float,
    rounding: str,
) -> Robustness:
    """Return what was found out about a plan."""
    way = ROUNDINGS[ROUNDINGS.index(rounding)]

    def try_out(options: Options, report: Report) -> Robustness:
        budget = Budget(options.time_limit, stop, report)
        settings, ferries = settings_of(world, plan, budget, quick=quick)
        found = across(settings, {PLAN: plan}, options=replace(options, time_limit=None), budget=budget)
        return Robustness(
            plan,
            status,
            evaluate(world.problem, plan).objective,
            risks_of_offices(world.problem, plan, vacancy, way),
            vacancy,
            way,
            ferries,
            bool(world.scenario.travel.table),
            found,
            accounts_of(world, plan),
        )

    return ask(world, try_out, show.progress)


def settings_of(world: World, plan: Grouping, budget: Budget, *, quick: bool) -> tuple[list[Setting], Ferries | None]:
    """Return the settings, and what was done about the ferries."""
    budget.tell("settings", "other figures for planners, longer journeys")
    settings = list(parameter_settings(world))
    if quick:
        return settings, None
    if world.scenario.travel.table:
        return settings, Ferries()
    part = budget.part(budget.left * FERRY_SHARE)
    more, ferries = without_ferries(world, plan, lambda note: part.tell("ferries", note), part.lasts)
    return [*settings, *more], ferries
