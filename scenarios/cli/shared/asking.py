"""What the commands share that ask about a scenario: its world, its plan, and the exit code of the answer."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import typer

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.solve import Result
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import written_to
from scenarios.cli.shared.progress import Reporter, reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.export.folders import FolderKind
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault
from scenarios.world.build import World, open_world
from scenarios.world.plain import dumps
from scenarios.world.solving import Outcome, run


@contextmanager
def asking(asked: AskingOptions, kind: FolderKind) -> Iterator[tuple[Words, Reporter, threading.Event]]:
    """Refuse a folder that could not be written, then yield what a question is asked with.

    That is the words of its answer, who shows how far it is, and an event that Ctrl-C sets.

    Raises
    ------
    FolderError
        If the answer cannot be written to the folder.
    """
    words = Words(str(asked.language))
    with stop_on_signals(words) as stop, reporter(words, quiet=asked.quiet, verbose=asked.verbose) as show:
        show.phase("loading")
        if asked.out is not None:
            kind.check(asked.out)
        yield words, show, stop


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


def refuse(faults: Iterable[tuple[str, str, str]]) -> None:
    """Refuse values of options, with all faults at once: the option's name, what is wrong, what was expected.

    Raises
    ------
    ScenarioError
        If there are any.
    """
    told = [Fault(COMMAND_LINE, None, f"--{name.replace('_', '-')}", what, hint) for name, what, hint in faults]
    if told:
        raise ScenarioError(told)


def give(
    words: Words, document: Mapping[str, object], asked: AskingOptions, text: Sequence[str], *, written: bool = True
) -> None:
    """Print an answer: its document, or its lines for a person, if there are any; with the folder it was written to."""
    out = asked.out if written else None
    if asked.as_json:
        say(dumps({**document, "out": None if out is None else str(out)}))
    elif text:
        say("\n".join([*text, *written_to(words, out)]))


def leaving(words: Words, result: Result, stop: threading.Event, scenario: str) -> typer.Exit:
    """Return how a command ends whose answer is about the plan of a result."""
    has_answer = result.grouping is not None
    return typer.Exit(verdict(words, status=str(result.status), stop=stop, has_answer=has_answer, scenario=scenario))


def verdict(words: Words, *, status: str, stop: threading.Event, has_answer: bool, scenario: str) -> Code:
    """Return the exit code of an answer, and say on stderr what needs saying.

    Parameters
    ----------
    words
        The language of the answer.
    status
        What is known about the plans: ``infeasible``, ``unknown`` or better.
    stop
        Set if the search was stopped by hand.
    has_answer
        Whether there is anything to show.
    scenario
        As the user named it.
    """
    if stop.is_set():
        tell(words.text(f"command.interrupted_{'given' if has_answer else 'nothing'}"))
        return Code.INTERRUPTED
    if has_answer:
        return Code.OK
    if status == "infeasible":
        tell(words.text("command.infeasible_why", scenario=scenario))
        return Code.INFEASIBLE
    tell(words.text("command.unknown"))
    return Code.UNKNOWN


def plan_of(world: World, show: Reporter, start: Grouping | None = None) -> Outcome:
    """Return the solved scenario; without a plan the command ends here with its code."""
    show.phase("solving_one", name=world.scenario.name)
    outcome = run(world, report=show.progress, start=start)
    if outcome.evaluation is None:
        infeasible = outcome.result.status == "infeasible"
        name = world.scenario.name
        tell(f"{name}: {show.words.text('command.infeasible_why' if infeasible else 'command.unknown', scenario=name)}")
        raise typer.Exit(Code.INFEASIBLE if infeasible else Code.UNKNOWN)
    return outcome
