"""The page of a comparison: asked for before anything is solved, so that nothing is found missing after the work."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Final

from geodata import editions
from geodata.faults import DataError, DataFault
from maps.pages.comparison import write_comparison
from maps.pages.map import Answer, RunFacts
from maps.told.compared import Compared, ComparedOption, ComparedPair, File, Row
from maps.told.plan import office_colours
from maps.told.texts import LANGUAGES
from optimizer.judging.comparison import Comparison, difference
from optimizer.judging.disciplines import lacking
from optimizer.problem import Problem
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import files as compare_files
from scenarios.answers.compare import front, kroner, tables
from scenarios.answers.compare.reach import reach
from scenarios.answers.compare.shown import ShownTables, write_csv_files
from scenarios.answers.compare.workbook import write_workbook
from scenarios.answers.options import attempt
from scenarios.export import folders
from scenarios.question.load import load
from scenarios.world import sources, today
from scenarios.world.build import World, build
from scenarios.world.further import ranges
from scenarios.world.plain import plain, version

MARK: Final = '<meta name="generator" content="plankontor">'
"""By this a page of ours is known."""
HEAD: Final = 2000
"""Characters in which the mark stands."""

OPTION: Final = "--html"
"""Names the place of a fault of the file."""

CSV_FILES: Final = {
    "figures.csv": "figures",
    "moves.csv": "moves",
    "together.csv": "together",
    "offices.csv": "offices",
}


class Page:
    """The page that is asked for.

    Parameters
    ----------
    path
        The file to write.
    frontier
        Folder or JSON file of a front, or ``None``.
    language
        One of `maps.told.texts.LANGUAGES`.
    """

    def __init__(self, path: Path, frontier: Path | None = None, language: str = "nb") -> None:
        self.path = path
        self.language = language
        self.frontier = frontier
        self.front: front.Given | None = None
        self.world: World | None = None

    def check(self, judge: Judge | None) -> None:
        """See that the page can be made.

        Parameters
        ----------
        judge
            By which the options are judged; ``None`` if they have faults themselves.

        Raises
        ------
        DataError
            With everything that stands in the way.
        """
        faults: list[DataFault] = []
        attempt(faults, self._check_file)
        if self.frontier is not None:
            self.front = attempt(faults, front.read, self.frontier, judge)
        if judge is not None and not faults:
            self.world = attempt(faults, world_of, judge)
        if faults:
            raise DataError(faults)

    @contextmanager
    def target(self) -> Iterator[None]:
        """Let a fault of the file alone be one of writing, not of the data.

        Raises
        ------
        folders.FolderError
            If nothing is wrong but the file that is to be written.
        """
        try:
            yield
        except DataError as error:
            if all(fault.where == OPTION for fault in error.faults):
                raise folders.FolderError(error.faults[0].what) from None
            raise

    def _check_file(self) -> None:
        try:
            folders.check_file(self.path, ours)
        except folders.FolderError as error:
            raise DataError([DataFault(OPTION, str(error))]) from None

    def write(self, judge: Judge, chosen: Sequence[Choice], found: Comparison) -> None:
        """Write the page, whole or not at all.

        Raises
        ------
        folders.FolderError
            If it cannot be written.
        """
        if self.world is None:
            raise ValueError("the page was not checked")
        compared = collect(replace(judge, world=self.world), chosen, found, self.language)
        if self.front is not None:
            compared = replace(compared, front=front.place(self.front, found))
        with folders.new_file(self.path, ours) as part:
            write_comparison(part, compared)


def ours(path: Path) -> bool:
    """Return whether a file is a page of ours."""
    with path.open(encoding="utf-8", errors="replace") as file:
        return MARK in file.read(HEAD)


def world_of(judge: Judge) -> World:
    """Return the world that the options are judged in; that of a run folder is built again from its scenario.

    Raises
    ------
    DataError, ScenarioError
        If that cannot be done.
    """
    if judge.world is not None:
        return judge.world
    file = Path(judge.text) / "scenario.toml"
    if not file.is_file():
        raise DataError(
            [DataFault(judge.text, "scenario.toml is missing, which the map is drawn from", "run it again")]
        )
    world = build(load(str(file)))
    if world.problem.ids != judge.problem.ids:
        raise DataError(
            [DataFault(judge.text, "its municipalities are not those of the embedded data", "run it again")]
        )
    return world


def collect(judge: Judge, chosen: Sequence[Choice], found: Comparison, language: str) -> Compared:
    """Return what the page tells, but for a front."""
    world = judge.world
    if world is None:
        raise ValueError("there is nothing to draw")
    colours, clashes = office_colours(
        world.municipalities, world.links, [option.evaluation for option in found.options]
    )
    facts, between = facts_of(judge, world), ranges.of(world)
    options = []
    for choice, option in zip(chosen, found.options, strict=True):
        answer = Answer(
            municipalities=world.drawn,
            problem=judge.problem,
            grouping=option.grouping,
            evaluation=option.evaluation,
            links=world.links,
            graph=world.graph,
            facts=facts,
            language=language,
            today=today.load(judge.edition),
            colours=colours,
            between=between,
        )
        shown = option_of(judge, choice, answer)
        lacks = {id_: len(names) for id_, names in lacking(judge.problem, option.grouping).items()}
        known = judge.problem.disciplines is not None
        options.append(replace(shown, lacks=lacks if known else {}, bears=kroner.bears(judge.problem, option)))
    return Compared(
        options=tuple(options),
        # As the other outputs write them, so that no digit differs.
        rows=tuple(Row(name, unit, plain(values)) for name, unit, values in tables.table(judge, chosen, found)),
        changes=changes(judge.problem, found),
        agreed=found.agreement,
        clashes=clashes,
        files=files(judge, chosen, found),
        reach=reach(judge.problem),
    )


def facts_of(judge: Judge, world: World) -> RunFacts:
    """Return what the page tells of the judge."""
    return RunFacts(
        scenario=judge.name,
        title=judge.title or judge.name,
        title_en=judge.title_en,
        edition=judge.edition,
        status="judged",
        version=version(),
        parameters=sources.parameters(world.scenario),
        credits=[f"{credit.text} ({credit.licence})" for credit in editions.credits_of(judge.edition, judge.own_roads)],
        own_travel=world.travel.own,
        own_roads=judge.own_roads,
        called={language: world.called(language) for language in LANGUAGES},
    )


def option_of(judge: Judge, choice: Choice, answer: Answer) -> ComparedOption:
    """Return an option as the page tells of it."""
    own = choice.solved is not None and not tables.by_these_rules(judge, choice)
    return ComparedOption(
        label=choice.label,
        title=choice.title,
        title_en=choice.title_en,
        kind=choice.kind,
        answer=answer,
        status=choice.solved.status if choice.solved is not None else "",
        own_rules=own,
        gap=tables.gap(judge, choice),
        differing=tables.differing(judge, choice),
        firm=choice.firm,
        guessed=sum(len(answer.grouping.offices.get(host, ())) > 1 for host in choice.guessed),
    )


def changes(problem: Problem, found: Comparison) -> tuple[ComparedPair, ...]:
    """Return what differs between any two options."""
    known = dict(enumerate(found.differences, 1))
    pairs = combinations(enumerate(found.options), 2)
    between = [(i, j, known[j] if i == 0 else difference(problem, one, other)) for (i, one), (j, other) in pairs]
    return tuple(ComparedPair(i, j, tuple(move.id for move in one.moves), one.new_hosts) for i, j, one in between)


def files(judge: Judge, chosen: Sequence[Choice], found: Comparison) -> tuple[File, ...]:
    """Return the tables that the page hands out: for people in each language, for programs as ``--out`` writes them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for_people = []
        for language in LANGUAGES:
            shown = ShownTables(judge, chosen, found, language)
            write_workbook(folder / compare_files.WORKBOOK, shown)
            written = {"workbook": compare_files.WORKBOOK} | write_csv_files(folder, shown)
            for_people += [File(file, key, (folder / file).read_bytes(), language) for key, file in written.items()]
        compare_files.write_csv_files(folder, judge, chosen, found)
        for_programs = [
            File(file, key, (folder / file).read_bytes(), for_programs=True) for file, key in CSV_FILES.items()
        ]
        return (*for_people, *for_programs)
