"""What a run begins from: a grouping to start from, and offices to hold."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from scenarios.cli_text import tell

if TYPE_CHECKING:
    from optimizer.grouping import Grouping
    from scenarios.build import World
    from scenarios.choices import Choice

EXISTING = "eksisterende"

StartFrom = Annotated[
    str | None,
    typer.Option(
        "--start",
        metavar="NAME|FILE.csv|RUN",
        help="Start from this grouping: a reference, a table or a run folder.",
        show_default=False,
    ),
]
Keep = Annotated[
    bool, typer.Option("--keep", help="Hold the shared offices of --start; without it those that exist today.")
]
KeepOffice = Annotated[
    list[str] | None,
    typer.Option("--keep-office", metavar="OFFICE", help="Hold only this one of them, by name; may be repeated."),
]


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
        Names of the offices that are held.
    """

    world: "World"
    grouping: "Grouping | None"
    start: str
    kept: tuple[str, ...]


def begin(world: "World", start: str | None, *, keep: bool, offices: tuple[str, ...], quiet: bool = False) -> Beginning:
    """Return what a run begins from; what cannot be used of it is said on stderr.

    Raises
    ------
    geodata.faults.DataError, scenarios.faults.ScenarioError
        If a grouping cannot be read, or an office cannot be held.
    """
    if start is None and not keep and not offices:
        return Beginning(world, None, "", ())
    from scenarios import holding

    given = grouping_of(world, start or EXISTING)
    kept: list[holding.Held] = []
    if keep or offices:
        known = holding.offices_of(world.problem, given.grouping, given.offices, given.guessed)
        kept = holding.find_all(world.problem, known, offices, "--keep-office") if offices else known
        world = holding.hold(world, kept)
    usable = holding.usable(world.problem, given.grouping)
    label = world.problem.label
    notes = [f"held: {office.name}: {', '.join(map(label, office.members))}" for office in kept]
    if start is not None and usable.dissolved:
        notes.append(
            f"{start}: breaks rules at {', '.join(map(label, usable.dissolved))}; started from without these offices"
        )
    if start is not None and usable.grouping is None:
        notes.append(f"{start}: breaks rules even so; not started from")
    if not quiet and notes:
        tell("\n".join(notes))
    return Beginning(world, usable.grouping, start or "", tuple(office.name for office in kept))


def grouping_of(world: "World", text: str) -> "Choice":
    """Return the grouping that an option names.

    Raises
    ------
    geodata.faults.DataError
        If it names none: a scenario is a question, not a grouping.
    """
    from geodata.faults import DataError, Fault
    from scenarios import choices

    judge = choices.Judge(world.scenario.name, world.scenario.title, world.scenario.edition, world.problem, world)
    if choices.kind_of(text) == "scenario":
        raise DataError([Fault(text, "is a scenario, not a grouping", "solve it first, and name its run folder")])
    opened = choices.open_one(text, text)
    faults = choices.edition_faults(judge, [opened])
    if faults:
        raise DataError(faults)
    return choices.read_one(judge, opened)
