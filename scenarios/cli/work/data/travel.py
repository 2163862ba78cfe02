"""The command ``data travel``."""

from typing import Final

from geodata.roads.weak import WeakSpot, oldest, weak_spots, weak_spots_used
from scenarios.answers import ways as answer
from scenarios.cli.shared import option
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.output import columns, heading
from scenarios.cli.shared.streams import UsageError, say
from scenarios.question import gazetteer
from scenarios.question.faults import COMMAND_LINE, Fault
from scenarios.question.schema import Scenario
from scenarios.words import ways as words
from scenarios.words.names import Names, names_of
from scenarios.world import region
from scenarios.world.build import World, open_world
from scenarios.world.further.ways import Journey, journey, ways_used
from scenarios.world.plain import dumps

ENDS: Final = ("FROM", "TO")
FIGURES: Final = (1, 2, 3, 4)
"""Columns of the table of parts that are written to the right."""


def travel(
    asked: list[str] | None,
    weak: bool,
    overrides: list[str] | None,
    counties: list[str] | None,
    as_json: bool,
    language: option.Language,
) -> None:
    """Say which way leads from one municipality to another, and where its minutes are weak."""
    ends, scenario = understood(listed(asked), weak=weak)
    world = open_world(
        scenario,
        overrides=listed(overrides),
        counties=listed(counties),
        further=lambda sound: resolved(sound, ends)[1],
    )
    names = names_of(world, str(language))
    if weak:
        found = weak_spots_used(world.graph, ways_used(world))
        document, lines = answer.of_network(names, world, found), network_lines(names, world, found)
    else:
        start, end = resolved(world.scenario, ends)[0]
        one = journey(world, start, end)
        document, lines = answer.document(names, world, one), journey_lines(names, world, one)
    say(dumps(document) if as_json else "\n".join([heading(names, world), "", *lines]))


def understood(asked: tuple[str, ...], *, weak: bool) -> tuple[tuple[str, ...], str]:
    """Return the two ends, none with ``--weak``, and the scenario.

    Raises
    ------
    UsageError
        If there are too few or too many words.
    """
    fewest = 0 if weak else len(ENDS)
    if not fewest <= len(asked) <= fewest + 1:
        expected = "at most a scenario with --weak" if weak else "FROM TO [NAME|FILE.toml], or --weak"
        raise UsageError(f"{len(asked)} arguments; expected {expected}")
    return asked[:fewest], asked[fewest] if len(asked) > fewest else option.DEFAULT_SCENARIO


def resolved(scenario: Scenario, ends: tuple[str, ...]) -> tuple[list[str], list[Fault]]:
    """Return the numbers of the ends in the scenario's edition, and what is wrong with their names.

    Raises
    ------
    ScenarioError
        If the municipalities cannot be read.
    """
    book = gazetteer.of(region.load(scenario))
    numbers: list[str] = []
    faults = []
    for where, written in zip(ENDS, ends, strict=False):
        try:
            numbers.append(book.municipality(written))
        except gazetteer.UnknownError as error:
            faults.append(Fault(COMMAND_LINE, None, where, error.what, error.hint))
    if len(numbers) == len(ENDS) and len(set(numbers)) == 1:
        faults.append(Fault(COMMAND_LINE, None, ENDS[1], f"is {book.short(numbers[0])} again", "name another"))
    return numbers, faults


def journey_lines(names: Names, world: World, found: Journey) -> list[str]:
    """Return a journey for a person: its parts, then what is weak of it."""
    lines = [words.title(names, found)]
    if found.way is None:
        return [*lines, *words.after_the_way(names, found)]
    rows = [words.head(names), *(words.cells(names, world.graph, part) for part in found.way.parts)]
    lines += ["", *columns(rows, right=FIGURES), "", *words.after_the_way(names, found), ""]
    lines += words.weak_lines(names, weak_spots(world.graph, found.way.edges), oldest(found.way.edges))
    return [*lines, words.accuracy_line(names, world.own_roads)]


def network_lines(names: Names, world: World, found: list[tuple[WeakSpot, int]]) -> list[str]:
    """Return the weak spots of all journeys for a person, those of most journeys first."""
    limit = names.minutes(world.problem.limits.max_minutes)
    title = names.text("weak.title", spots=names.count("spots", len(found)), minutes=limit)
    if not found:
        return [title, "", words.accuracy_line(names, world.own_roads)]
    rows = [(names.text("weak.head_ways"), names.text("weak.head_spot"))]
    rows += [(names.number(times), words.spot(names, one)) for one, times in found]
    return [title, "", *columns(rows, right=(0,)), "", words.accuracy_line(names, world.own_roads)]
