"""What a run begins from: a grouping to start from, and offices to hold."""

from dataclasses import dataclass

from geodata.faults import DataError, DataFault
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.questions.office import Held
from scenarios.answers import options
from scenarios.answers.choice import Choice, Judge
from scenarios.cli.shared.option import STRICT
from scenarios.cli.shared.streams import tell
from scenarios.words.held import of_held, of_start, of_too_few
from scenarios.words.names import names_of
from scenarios.world import holding
from scenarios.world.build import World

EXISTING = "eksisterende"


@dataclass(frozen=True, eq=False)
class Beginning:
    """What a run begins from.

    Parameters
    ----------
    world
        With the offices to hold as pins.
    grouping
        To start from; legal.
    start
        Name of what was asked to start from; empty for nothing.
    kept
        The offices that are held.
    """

    world: World
    grouping: Grouping | None
    start: str
    kept: tuple[Held, ...]


def begin(
    words: Words, world: World, start: str | None, *, keep: str | None, offices: tuple[str, ...], quiet: bool = False
) -> Beginning:
    """Return what a run begins from; what cannot be used of it is said on stderr.

    Raises
    ------
    geodata.faults.DataError, scenarios.question.errors.ScenarioError
        If a grouping cannot be read, or an office cannot be held.
    """
    if start is None and keep is None and not offices:
        return Beginning(world, None, "", ())

    names, given = names_of(world, words.language), grouping_of(world, start or EXISTING)
    kept: tuple[Held, ...] = ()
    notes: list[str] = []
    if keep or offices:
        strict = keep == STRICT
        wanted, left = chosen(world, given, offices, strict=strict)
        world, kept = holding.hold(world, wanted, strict=strict, option="--keep-office" if offices else "--keep")
        notes = of_held(names, kept)
        for office in left:
            here = [id_ for id_ in office.members if holding.takes_part(world.problem, id_)]
            notes.append(of_too_few(names, office, here))
    usable = holding.usable(world.problem, given.grouping)
    if start is not None:
        notes += of_start(names, start, usable.dissolved, usable=usable.grouping is not None)
    if not quiet and notes:
        tell("\n".join(notes))
    return Beginning(world, usable.grouping, start or "", kept)


def chosen(world: World, given: Choice, named: tuple[str, ...], *, strict: bool) -> tuple[list[Held], list[Held]]:
    """Return the offices to hold, and those that cannot be: too few of their members take part.

    Who names an office wants it: then it is not left away, but a fault. Asked strictly, it is one as soon as anybody of
    it takes part.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        If a name means no office, or several.
    """
    problem = world.problem
    known = holding.offices_of(problem, given.grouping, given.offices, given.guessed, given.groups)
    if named:
        return holding.find_all(problem, known, named, "--keep-office"), []

    def is_left(office: Held) -> bool:
        somebody = any(holding.takes_part(problem, id_) for id_ in office.members)
        return bool(holding.too_few(problem, office)) and not (strict and somebody)

    left = [office for office in known if is_left(office)]
    return [office for office in known if office not in left], left


def grouping_of(world: World, text: str) -> Choice:
    """Return the grouping that an option names.

    Raises
    ------
    geodata.faults.DataError
        If it names none: a scenario is a question, not a grouping.
    """
    judge = Judge(world.scenario.name, world.scenario.title, world.scenario.edition, world.problem, world)
    if options.kind_of(text) == "scenario":
        raise DataError([DataFault(text, "is a scenario, not a grouping", "solve it first, and name its run folder")])
    opened = options.open_one(text, text)
    faults = options.edition_faults(judge, [opened])
    if faults:
        raise DataError(faults)
    return options.read_one(judge, opened)
