"""What the commands share that ask about a scenario: its world, its plan, and the exit code of the answer."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from optimizer.grouping import Grouping
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.progress import Reporter
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.world.build import World, open_world
from scenarios.world.plain import dumps
from scenarios.world.solving import Outcome, run


def load_world(
    reference: str, overrides: tuple[str, ...], counties: tuple[str, ...], time_limit: float | None = None
) -> World:
    """Return the world of a scenario, with the time limit of the command line."""
    return open_world(reference, overrides=overrides, counties=counties, time_limit=time_limit)


def require(faults: Sequence[str]) -> None:
    """Refuse what the options say, with all faults at once.

    Raises
    ------
    UsageError
        If there are any.
    """
    if faults:
        raise UsageError("; ".join(faults))


def give(document: Mapping[str, object], out: Path | None, text: Sequence[str], *, as_json: bool) -> None:
    """Print an answer: its document, or its lines for a person, if there are any; with the folder it was written to."""
    if as_json:
        say(dumps({**document, "out": None if out is None else str(out)}))
    elif text:
        say("\n".join([*text, *([] if out is None else [f"\nskrevet til {out}"])]))


def verdict(*, status: str, interrupted: bool, has_answer: bool, scenario: str) -> Code:
    """Return the exit code of an answer, and say on stderr what needs saying.

    Parameters
    ----------
    status
        What is known about the plans: ``infeasible``, ``unknown`` or better.
    interrupted
        Whether the search was stopped by hand.
    has_answer
        Whether there is anything to show.
    scenario
        As the user named it.
    """
    if interrupted:
        tell(f"interrupted: {'what was found is given' if has_answer else 'nothing had been found'}")
        return Code.INTERRUPTED
    if has_answer:
        return Code.OK
    if status == "infeasible":
        tell(f"infeasible: no plan keeps the rules; why: plankontor explain {scenario}")
        return Code.INFEASIBLE
    tell("no plan was found within the limit; allow more time with --time-limit")
    return Code.UNKNOWN


def plan_of(world: World, stop: threading.Event, show: Reporter, start: Grouping | None = None) -> Outcome:
    """Return the solved scenario; without a plan the command ends here with its code."""
    show.phase(f"solving {world.scenario.name}")
    outcome = run(world, report=show.progress, stop=stop, start=start)
    if stop.is_set():
        tell("interrupted; nothing was written")
        raise typer.Exit(Code.INTERRUPTED)
    if outcome.evaluation is None:
        infeasible = outcome.result.status == "infeasible"
        what = "infeasible: no plan keeps the rules" if infeasible else "no plan was found within the limit"
        tell("\n".join([f"{world.scenario.name}: {what}", *(f"  {why}" for why in outcome.result.reasons)]))
        raise typer.Exit(Code.INFEASIBLE if infeasible else Code.UNKNOWN)
    return outcome
