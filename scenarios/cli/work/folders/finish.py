"""The command ``finish``."""

from dataclasses import replace
from pathlib import Path

from maps.told.texts import Words
from optimizer.engines.listing import find_groups
from optimizer.judging.evaluate import evaluate
from optimizer.questions.tradeoff.price_series import Tradeoff
from optimizer.solve import Result
from scenarios.cli.shared import option
from scenarios.cli.shared.given import from_run, plan_written
from scenarios.cli.shared.progress import Reporter, reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import say
from scenarios.export.folders import into
from scenarios.export.more_files import Manner, MoreFiles
from scenarios.export.run_folder import RUN, RunFolder
from scenarios.export.seal import OWN
from scenarios.world.build import World
from scenarios.world.further import tradeoff
from scenarios.world.solving import Outcome, ask


def finish(run: Path, language: option.Language, quiet: bool) -> None:
    """Write the files that a run left out, interrupted or out of time: pages, workbook, layers."""
    words = Words(str(language))
    with stop_on_signals(words), reporter(words, quiet=quiet) as show:
        show.phase("run")
        world, given = from_run(run, None)
        world = without_limit(world)
        left_out = given.manifest.get("left_out")
        if left_out:
            result = plan_written(given)
            why = given.manifest["tradeoff_left_out"]
            outcome = Outcome(
                world,
                result,
                evaluate(world.problem, given.grouping),
                tradeoff=Tradeoff(left_out=why) if why else weighed_again(world, result, show),
                firm=given.firm,
            )
            show.phase("writing")
            write(run, outcome, given, Manner(str(language), png="map.png" in left_out))
    if left_out:
        say(words.text("command.finished", files=words.count("files", len(left_out)), out=run))
    else:
        say(words.text("command.nothing_to_finish", out=run))


def write(target: Path, outcome: Outcome, given: RunFolder, manner: Manner) -> None:
    """Write what was left out of a run folder, all or none, and seal it again."""
    if outcome.evaluation is None:
        raise ValueError("there is no plan to show")
    manifest = {name: value for name, value in given.manifest.items() if name != OWN}
    with into(target) as part:
        MoreFiles(outcome, given.grouping, outcome.evaluation, manifest, manner).write(part)
        for path in part.iterdir():
            if path.name not in manifest["left_out"]:
                path.unlink()
        RUN.seal(part, {**manifest, "left_out": []}, manifest["files"])


def without_limit(world: World) -> World:
    """Return a world that may take its time, whatever limit the run had."""
    solver = world.scenario.solver.model_copy(update={"time_limit": None})
    return replace(world, scenario=world.scenario.model_copy(update={"solver": solver}))


def weighed_again(world: World, result: Result, show: Reporter) -> Tradeoff:
    """Return the plans at other prices, which the tables of a run folder do not hold in full."""
    show.phase("prices")
    pool = ask(world, lambda options, _: find_groups(world.problem, max_groups=options.max_groups), show.progress)
    return tradeoff.solve(world, replace(result, pool=pool), show.progress, None)
