"""The command ``frontier``."""

import math
import threading

import typer

from maps.told.texts import LANGUAGES, Words
from optimizer.questions.tradeoff.frontier import Frontier, Others, price_of
from optimizer.questions.tradeoff.frontier import frontier as find
from optimizer.questions.tradeoff.surface import Surface, surface
from optimizer.questions.tradeoff.weights import weight_ranges
from optimizer.terms import TERMS
from scenarios.answers import frontier as frontier_tables
from scenarios.answers.frontier import Weighing
from scenarios.cli.commands.frontier import BETWEEN
from scenarios.cli.shared.asking import asking, give, load_world, require, verdict
from scenarios.cli.shared.option import AskingOptions, listed
from scenarios.cli.shared.output import columns, estimates, heading
from scenarios.cli.shared.progress import Reporter
from scenarios.question.faults import mean
from scenarios.words.tables import front_table
from scenarios.words.trade import about, of_exchange, of_surface, of_weight
from scenarios.world.build import World
from scenarios.world.solving import ask, need_listing, run

FEWEST, MOST = 2, 200
ALL = "all"
NOUNS = {Words(language).text(f"term.{term}.noun"): term for language in LANGUAGES for term in TERMS}
"""Terms by what sentences call them, which is easily written for their names."""


def frontier(
    scenario: str,
    between: str | None,
    points: str,
    ignore_others: bool,
    weights: list[str] | None,
    asked: AskingOptions,
) -> None:
    """Trace what less of one term adds to another: the plans that no other beats in both respects."""
    weights_asked, most = listed(weights), points_of(points)
    pair = () if between is None and weights_asked else terms_of(between)
    require(faults_of(between, pair, points, most, weights_asked))
    with asking(asked, frontier_tables.FOLDER) as (words, show, stop):
        world = load_world(scenario, *asked.changes, asked.time_limit)
        need_listing(world)
        if pair and not ignore_others:
            require(faults_of_price(world, pair[0]))
        front = trace(world, pair, most, "ignored" if ignore_others else "priced", stop, show) if pair else None
        weighing = weigh(world, weights_asked, stop, show) if weights_asked else None
        document = frontier_tables.document(words, world, front, weighing)
        has_answer = bool((front and front.points) or (weighing and weighing.base.grouping))
        if has_answer and asked.out is not None:
            frontier_tables.FOLDER.write(asked.out, document, frontier_tables.csv_tables(world, front))
    lines = [heading(words, world), *text(words, world, front), *text_of_weights(words, weighing)] if has_answer else []
    give(words, document, asked, lines, written=has_answer)
    status = front.status if front else weighing.base.status if weighing else ""
    raise typer.Exit(verdict(words, status=str(status), stop=stop, has_answer=has_answer, scenario=scenario))


def terms_of(between: str | None) -> tuple[str, ...]:
    """Return the terms that are to be set against each other."""
    return tuple(name.strip() for name in (BETWEEN if between is None else between).split(","))


def points_of(written: str) -> int | None:
    """Return the number of points; ``None`` for all, 0 for what is no number."""
    if written == ALL:
        return None
    return int(written) if written.lstrip("-").isascii() and written.lstrip("-").isdigit() else 0


def faults_of(
    between: str | None, pair: tuple[str, ...], points: str, most: int | None, weights: tuple[str, ...]
) -> list[str]:
    """Return what is wrong with the options, one sentence for each."""

    def unknown(option: str, name: str) -> str:
        guess = mean(NOUNS.get(name.casefold(), name), TERMS)
        return f'{option}: there is no term "{name[:40]}"; {guess or "terms are " + ", ".join(TERMS)}'

    faults = [unknown("--between", name) for name in dict.fromkeys(pair) if name not in TERMS]
    if pair and (not 2 <= len(pair) <= 3 or len(set(pair)) != len(pair)):
        faults.append(f"--between is {(between or '')[:80]}; expected two or three different terms, such as {BETWEEN}")
    if most is None and len(pair) == 3:
        faults.append("--points all is for two terms; between three there is only a selection")
    if most is not None and not FEWEST <= most <= MOST:
        faults.append(f"--points is {points[:40]}; expected {FEWEST} to {MOST}, or {ALL}")
    faults += [unknown("--weight", name) for name in dict.fromkeys(weights) if name not in TERMS and name != ALL]
    return faults


def faults_of_price(world: World, first: str) -> list[str]:
    """Return what is wrong with the first term in this scenario: without a price nothing says what it is worth."""
    if price_of(world.problem, first):
        return []
    do = f"name another term first, give it a price with --set weights.{first}=1, or add --ignore-others"
    return [f"--between: {first} has no price in this scenario (weights.{first} is 0); {do}"]


def trace(
    world: World,
    pair: tuple[str, ...],
    points: int | None,
    others: Others,
    stop: threading.Event,
    show: Reporter,
) -> Frontier | Surface:
    """Return the front between two terms, or plans between three."""
    if len(pair) == 3:
        terms = (pair[0], pair[1], pair[2])
        # Ceilings for two terms make a square of points.
        steps = max(FEWEST, math.isqrt(points or FEWEST))
        return ask(
            world,
            lambda options, report: surface(
                world.problem, terms, steps, others=others, options=options, report=report, stop=stop
            ),
            show.progress,
            stop=stop,
        )
    first, second = pair
    return ask(
        world,
        lambda options, report: find(
            world.problem, first, second, points, others=others, options=options, report=report, stop=stop
        ),
        show.progress,
        stop=stop,
    )


def weigh(world: World, asked: tuple[str, ...], stop: threading.Event, show: Reporter) -> Weighing:
    """Return the best plan and the ranges of the weights over which it stays so."""
    terms = () if ALL in asked else tuple(dict.fromkeys(asked))
    base = run(world, report=show.progress, stop=stop).result
    plan = base.grouping
    if plan is None:
        return Weighing(base, None)
    found = ask(
        world,
        lambda options, report: weight_ranges(world.problem, plan, terms, options=options, report=report, stop=stop),
        show.progress,
        stop=stop,
    )
    return Weighing(base, found)


def text(words: Words, world: World, front: Frontier | Surface | None) -> list[str]:
    """Return a front for a person: the table of points, then the sentences."""
    if front is None or not front.points:
        return []
    rows = front_table(words, world.problem, front)
    ways = [] if isinstance(front, Surface) else [of_exchange(words, front, k) for k in range(len(front.exchanges))]
    said = of_surface(words, world.problem, front) if isinstance(front, Surface) else about(words, world.problem, front)
    table = columns(rows, right=range(1, len(rows[0]) - 1))
    return ["", *table, *(["", *ways] if ways else []), "", *said, estimates(words, world)]


def text_of_weights(words: Words, weighing: Weighing | None) -> list[str]:
    """Return the ranges of weights for a person."""
    if weighing is None or weighing.found is None or weighing.base.grouping is None:
        return []
    plan = weighing.base.grouping
    return [line for one in weighing.found.ranges.values() for line in ("", of_weight(words, one, plan))]
