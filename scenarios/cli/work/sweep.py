"""The command ``sweep``."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import typer

from geodata.faults import DataError, DataFault
from maps.told.texts import Words
from scenarios.cli.shared import option
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import columns as aligned
from scenarios.cli.shared.output import written_to
from scenarios.cli.shared.progress import EVERY, Live, Reporter, reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.sweep import folder as folders
from scenarios.sweep import journal, page, results
from scenarios.sweep.asked import Sweep, read
from scenarios.sweep.conduct import Conductor
from scenarios.sweep.crews import Crew, LocalCrew, cores
from scenarios.sweep.folder import FOLDER
from scenarios.sweep.journal import Columns, Journal
from scenarios.sweep.preparing import Preparation
from scenarios.sweep.results import Results
from scenarios.words import sweep as sweep_words
from scenarios.world.build import World
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, dumps, version
from scenarios.world.running.deadline import Deadline

MANY: Final = 1_000_000
"""Runs beyond which somebody has to say that so many are meant."""
LIVE_EVERY: Final = 0.5


@dataclass(frozen=True)
class SweepPlace:
    """Where a sweep is written, and what it asks."""

    folder: Path
    sweep: Sweep
    question: dict[str, Any]
    columns: Columns

    @property
    def total(self) -> int:
        """How many runs there are."""
        return len(self.sweep)

    def document(self, *, finished: bool) -> dict[str, Any]:
        """Return what the folder is known by."""
        return {
            "schema_version": SCHEMA_VERSION,
            "program": PROGRAM,
            "version": version(),
            "name": self.sweep.name,
            "title": self.sweep.title,
            "title_en": self.sweep.title_en,
            "runs": self.total,
            "settings": self.columns.settings,
            "finished": finished,
            "question": self.question,
        }


@dataclass(frozen=True)
class SweepWork:
    """How a sweep is done: in which language it speaks, what ends it, and who is told how many runs are done."""

    words: Words
    stop: Deadline
    quiet: bool
    tell: Callable[[int], None]


def run(file: Path, processes: int | None, scheduler: str | None, yes: bool, *, asked: AskingOptions) -> None:
    """Do the runs that a file asks for; the same command continues a sweep that was interrupted."""
    words = Words(str(asked.language))
    with stop_on_signals(words) as stop, reporter(words, quiet=asked.quiet, verbose=asked.verbose) as show_how:
        show_how.phase("loading")
        sweep = read(str(file), *asked.changes, asked.time_limit)
        require_few(sweep, str(file), yes=yes)
        preparation = Preparation(sweep)
        threads = preparation.base.scenario.solver.workers or 1
        count = processes_of(processes, threads) if scheduler is None else 0
        require_one_thread(scheduler, processes, threads)
        place = place_of(preparation, asked.out)
        folders.check(place.folder, place.question)
        if not folders.is_finished(place.folder):
            work = SweepWork(words, stop, asked.quiet, progress(show_how, place.total))
            with closing(crew_of(preparation, count, scheduler)) as crew:
                folders.begin(place.folder, place.document(finished=False), place.columns)
                do(Conductor(preparation, crew, threads, work.tell), place, work)
            show_how.phase("writing")
            finish(place, work, preparation.base)
    tell_all(words, place.folder, as_json=asked.as_json)
    if stop.is_set():
        tell(words.text("sweep.interrupted"))
        raise typer.Exit(Code.INTERRUPTED)


def require_few(sweep: Sweep, file: str, *, yes: bool) -> None:
    """Refuse very many runs of which nobody said that they are meant.

    Raises
    ------
    ScenarioError
        If there are more than a million.
    """
    if len(sweep) > MANY and not yes:
        many = f"{len(sweep):,}".replace(",", " ")
        what = f"asks for {many} runs, more than a million"
        raise ScenarioError([Fault(file, None, "", what, "say --yes if so many are meant, or ask for fewer")])


def processes_of(wanted: int | None, threads: int) -> int:
    """Return how many processes may work at once, each with so many threads.

    Raises
    ------
    UsageError
        If more are wanted than there are cores for.
    """
    most = max(1, cores() // threads)
    if wanted is not None and wanted > most:
        said = f"--processes is {wanted}, but {cores()} cores are enough for {most}"
        raise UsageError(f"{said} with {threads} solver threads each (solver.workers)" if threads > 1 else said)
    return wanted or most


def place_of(preparation: Preparation, out: Path | None) -> SweepPlace:
    """Return where the sweep is written, and what it asks."""
    sweep, world = preparation.sweep, preparation.base
    question = folders.question(sweep, world)
    others = any(path[0] in {"select", "pins"} for path in sweep.paths.values())
    ids = [id_ for id_, active in zip(world.problem.ids, world.problem.active, strict=True) if active or others]
    folder = out or folders.default_folder(sweep, question)
    return SweepPlace(folder, sweep, question, Columns(list(sweep.paths), ids))


def require_one_thread(scheduler: str | None, processes: int | None, threads: int) -> None:
    """Refuse what a cluster decides by itself: each of its workers does as many runs at once as it has threads.

    Raises
    ------
    UsageError
        If processes are asked for too, or a run with several threads.
    """
    if scheduler is not None and processes is not None:
        raise UsageError("--processes is for this machine; a cluster has the workers that were started for it")
    if scheduler is not None and threads > 1:
        said = f"solver.workers is {threads}, but on a cluster each run has one thread"
        raise UsageError(f"{said}: leave it out, or say --set solver.workers=1")


def crew_of(preparation: Preparation, processes: int, scheduler: str | None) -> Crew:
    """Return who does the runs.

    Raises
    ------
    ScenarioError
        If a cluster is asked for and cannot do them.
    """
    problem = preparation.base.problem
    if scheduler is None:
        return LocalCrew(problem, processes)
    try:
        from scenarios.sweep.cluster import ClusterCrew  # noqa: PLC0415  an extra
    except ImportError as fault:
        hint = "install it: pip install 'plankontor[cluster]'"
        what = f"needs Dask, which is not there ({fault.name})"
        raise ScenarioError([Fault("--scheduler", None, "", what, hint)]) from fault
    return ClusterCrew(problem, scheduler)


def progress(show_how: Reporter, total: int) -> Callable[[int], None]:
    """Return what shows, now and then, how many runs are done."""
    every, last = LIVE_EVERY if isinstance(show_how, Live) else EVERY, [time.monotonic()]

    def shown(done: int) -> None:
        if time.monotonic() - last[0] >= every:
            last[0] = time.monotonic()
            words = show_how.words
            show_how.phase("sweep", done=words.number(done), runs=words.count("runs", total))

    return shown


def do(conductor: Conductor, place: SweepPlace, work: SweepWork) -> None:
    """Do the runs of a sweep that are not done."""
    work.stop.keeps = True
    with folders.held(place.folder):
        done = journal.mend(place.folder, place.columns)
        if done and not work.quiet:
            tell(work.words.text("sweep.continued", done=work.words.count("runs", len(done))))
        todo = (number for number in range(1, place.total + 1) if number not in done)
        with closing(Journal(place.folder, place.columns)) as rows:
            conductor.conduct(todo, rows, work.stop, already=len(done))


def finish(place: SweepPlace, work: SweepWork, world: World) -> None:
    """Write what the runs say together."""
    with folders.held(place.folder):
        found = results.read(place.folder, place.columns)
        document = place.document(finished=len(found.rows) == place.total)
        page.write(place.folder / folders.PAGE, world, found, document, work.words.language)
        if not folders.finish(place.folder, document, place.columns, results.tables(found)) and not work.quiet:
            tell(work.words.text("sweep.no_parquet"))


def show(folder: Path, as_json: bool, language: option.Language) -> None:
    """Say what the runs of a sweep that are done say together."""
    tell_all(Words(str(language)), folder, as_json=as_json)


def tell_all(words: Words, folder: Path, *, as_json: bool) -> None:
    """Print what the runs in a folder say together.

    Raises
    ------
    DataError
        If it is no folder of a sweep, or cannot be read.
    """
    document = FOLDER.known(folder)
    if document is None or "question" not in document:
        what = "holds no sweep" if folder.is_dir() else "is no folder" if folder.exists() else "there is no such folder"
        raise DataError([DataFault(str(folder), what, "name a folder that plankontor sweep has written")])
    try:
        found = results.read(folder, results.columns_of(folder, document["settings"]))
    except (OSError, ValueError, KeyError) as fault:
        raise DataError([DataFault(str(folder), f"cannot be read: {fault}", "run the sweep again")]) from fault
    say(dumps(object_of(folder, document, found)) if as_json else "\n".join(text(words, folder, document, found)))


def object_of(folder: Path, document: dict[str, Any], found: Results) -> dict[str, Any]:
    """Return the object of ``--json``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "scenario": document["question"]["scenario"]["name"],
        "settings": document["settings"],
        "runs": document["runs"],
        "done": len(found.rows),
        "statuses": dict(found.statuses),
        "figures": found.ranges(),
        "effects": [vars(one) for figure in results.MOVED for one in found.effects(figure)],
        "always_together": found.always,
        "out": str(folder),
    }


def text(words: Words, folder: Path, document: dict[str, Any], found: Results) -> list[str]:
    """Return what is printed for a person."""
    scenario, total = document["question"]["scenario"]["name"], document["runs"]
    lines = [
        words.text("sweep.heading", name=folder.name, runs=words.count("runs", total), scenario=scenario),
        sweep_words.done(words, found.statuses, total),
    ]
    if ranges := found.ranges():
        lines += ["", *aligned(list(sweep_words.between(words, ranges)), right=(1, 2, 3))]
    if effects := found.effects("objective"):
        lines += ["", words.text("sweep.moves", figure=sweep_words.figure_name(words, "objective"))]
        rows = [[sweep_words.setting_name(words, one.setting), words.percent(one.share, 1)] for one in effects]
        lines += aligned(rows, right=(1,))
    else:
        lines += ["", words.text("sweep.nothing_moves")]
    if sets := found.always:
        many = words.count("municipalities", sum(map(len, sets)))
        lines += ["", words.text("sweep.always", municipalities=many, n=words.number(len(sets)))]
    return [*lines, *written_to(words, folder)]
