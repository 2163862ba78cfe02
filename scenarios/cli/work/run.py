"""The command ``run``."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from maps.told.texts import Words
from optimizer.budget import Budget
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.questions.tradeoff.price_series import Tradeoff
from scenarios.cli.shared import option, output
from scenarios.cli.shared.asking import load_world
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.progress import Reporter, reporter
from scenarios.cli.shared.session import Stopwatch, stop_on_signals
from scenarios.cli.shared.start import Beginning, begin
from scenarios.cli.shared.streams import say, tell
from scenarios.export.more_files import PAGES, Manner
from scenarios.export.run_folder import RUN, default_folder, named_run, run_id
from scenarios.export.run_folder import write as write_folder
from scenarios.world.build import World
from scenarios.world.further import firmness, tradeoff
from scenarios.world.plain import dumps
from scenarios.world.running.deadline import Deadline, over
from scenarios.world.solving import Outcome, ask
from scenarios.world.solving import run as solve_world

WRITING = 6.0
"""How many times as long as loading everything takes to write; so much of a time limit searching leaves to it."""


def run(
    scenario: str,
    out: Path | None,
    overrides: list[str] | None,
    counties: list[str] | None,
    as_json: bool,
    start: str | None,
    keep: str | None,
    keep_office: list[str] | None,
    dry_run: bool,
    time_limit: float | None,
    language: option.Language,
    csv_excel: bool,
    png: bool,
    with_pages: bool,
    with_solver: bool,
    with_tradeoff: bool,
    with_firmness: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Solve a scenario and write the plan with its map; without a name the national one."""
    watch = Stopwatch()
    words = Words(str(language))
    with stop_on_signals(words) as stop, reporter(words, quiet=quiet, verbose=verbose) as show:
        show.phase("loading")
        with watch.stage("load"):
            world = load_world(scenario, listed(overrides), listed(counties), time_limit)
            beginning = begin(words, world, start, keep=keep, offices=listed(keep_office), quiet=quiet)
            target = checked_target(beginning.world, out)
        words = replace(words, called=beginning.world.called(words.language))
        if dry_run:
            counted = count(beginning.world, stop, watch, show, as_json=as_json)
            raise typer.Exit(counted)
        tell_of_another(words, target, beginning.world)
        stop.limit = beginning.world.scenario.solver.time_limit
        stop.keep(WRITING * watch.seconds["load"])
        outcome = solve(beginning, stop, watch, show)
        if with_tradeoff:
            outcome = weigh(outcome, stop, watch, show)
        if with_firmness:
            outcome = investigate(outcome, stop, watch, show)
        manner = Manner(str(language), csv_excel, png, with_pages, with_solver)
        folder = write(target, outcome, watch, show, manner, stop)
    seconds = watch.seconds | {"total": watch.total()}
    left_out = () if folder is None else files_left_out(folder)
    if as_json:
        say(dumps(output.object_of_run(outcome, seconds, folder) | {"left_out": left_out}))
    elif outcome.evaluation is not None:
        say(output.summary(words, outcome, outcome.evaluation, seconds, folder))
    tell_of_left_out(words, outcome, folder, [one for one in left_out if with_pages or one not in PAGES], stop)
    if left_out and not with_pages:
        tell(words.text("command.left_out_not_asked", things=words.listed(PAGES), out=folder))
    raise typer.Exit(verdict(words, outcome, scenario, interrupted=stop.is_set()))


def checked_target(world: World, out: Path | None) -> Path:
    """Return the folder for the result, after seeing that it can be written."""
    target = default_folder(world) if out is None else out
    RUN.check(target)
    return target


def tell_of_another(words: Words, target: Path, world: World) -> None:
    """Say, while there is time to stop, that the run in the target's place answers another question."""
    earlier = named_run(target)
    if earlier is not None and not earlier.endswith(run_id(world)):
        tell(words.text("command.another_run", out=target, earlier=earlier))


def count(world: World, stop: threading.Event, watch: Stopwatch, show: Reporter, *, as_json: bool) -> Code:
    """Print how large the problem is, as far as it was counted within the limits, and return the exit code."""
    candidates, more_than = None, None
    show.phase("counting")
    with watch.stage("candidates"):
        try:
            pool = ask(
                world,
                lambda options, report: find_groups(
                    world.problem,
                    max_groups=options.max_groups,
                    keep_going=Budget(options.time_limit, stop, report).listing,
                ),
                show.progress,
                stop=stop,
            )
        except PoolTooLargeError:
            more_than = world.scenario.solver.max_groups
        else:
            candidates, more_than = (len(pool), None) if pool.complete else (None, len(pool))
    seconds = watch.seconds | {"total": watch.total()}
    if as_json:
        say(dumps(output.object_of_dry_run(world, candidates, more_than, seconds) | {"left_out": []}))
    else:
        say(output.sizes(show.words, world, candidates, more_than))
    if stop.is_set():
        tell(show.words.text("command.interrupted_count"))
        return Code.INTERRUPTED
    return Code.OK


def solve(beginning: Beginning, stop: threading.Event, watch: Stopwatch, show: Reporter) -> Outcome:
    """Return the outcome; the seconds of the stages, and of solving as a whole, are those that the solver measured."""
    show.phase("solving")
    outcome = solve_world(beginning.world, report=show.progress, stop=stop, start=beginning.grouping)
    outcome = replace(outcome, start=beginning.start, kept=beginning.kept)
    stages = outcome.result.seconds
    watch.seconds |= {stage: round(seconds, 3) for stage, seconds in stages.items()}
    watch.seconds["solving"] = round(sum(stages.values()), 3)
    return outcome


def weigh(outcome: Outcome, stop: threading.Event, watch: Stopwatch, show: Reporter) -> Outcome:
    """Return the outcome with the best plans at other prices of a missing årsverk."""
    if outcome.evaluation is None:
        return outcome
    if why := over(stop):
        return replace(outcome, tradeoff=Tradeoff(left_out=why))
    show.phase("prices")
    with watch.stage("tradeoff"):
        found = tradeoff.solve(outcome.world, outcome.result, show.progress, stop)
    return replace(outcome, tradeoff=found)


def investigate(outcome: Outcome, stop: threading.Event, watch: Stopwatch, show: Reporter) -> Outcome:
    """Return the outcome with how firm its plan is."""
    if outcome.evaluation is None:
        return outcome
    show.phase("firm")
    with watch.stage("firmness"):
        firm = firmness.investigate(outcome.world, outcome.result, show.progress, stop)
    return replace(outcome, firm=firm)


def write(
    target: Path, outcome: Outcome, watch: Stopwatch, show: Reporter, manner: Manner, stop: Deadline
) -> Path | None:
    """Write the run folder if there is a plan; return it as the user would name it."""
    if outcome.evaluation is None:
        return None
    show.phase("writing")
    with watch.stage("write"):
        write_folder(target, outcome, watch.seconds | {"total": watch.total()}, manner, stop)
    return target


def files_left_out(folder: Path) -> list[str]:
    """Return which files there was no time for in a run folder just written."""
    found: list[str] = RUN.read(folder)["left_out"]
    return found


def tell_of_left_out(words: Words, outcome: Outcome, folder: Path | None, files: Sequence[str], stop: Deadline) -> None:
    """Say what there was no time for, and what makes it."""
    asked = {"tradeoff": outcome.tradeoff.left_out, "firmness": outcome.firm.left_out}
    parts = [name for name, why in asked.items() if why in {"stopped", "no time"}]
    things = [*(words.text(f"command.left_out_{name}") for name in parts), *files]
    if not things:
        return
    tell(words.text(f"command.left_out_{'stopped' if stop.is_set() else 'no_time'}", things=words.listed(things)))
    if files:
        tell(words.text("command.finish", out=folder))
    if parts and folder is not None:
        tell(words.text("command.again", out=folder))


def verdict(words: Words, outcome: Outcome, scenario: str, *, interrupted: bool) -> Code:
    """Return the exit code of a run, and say on stderr what needs saying."""
    if interrupted or outcome.result.interrupted:
        tell(words.text(f"command.interrupted_{'nothing' if outcome.evaluation is None else 'kept'}"))
        return Code.INTERRUPTED
    if outcome.evaluation is not None:
        return Code.OK
    if outcome.result.status == "infeasible":
        tell(words.text("command.infeasible_run", scenario=scenario))
        return Code.INFEASIBLE
    tell(words.text("command.unknown"))
    return Code.UNKNOWN
