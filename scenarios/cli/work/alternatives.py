"""The command ``alternatives``."""

import math
import re
import threading
from fractions import Fraction

import typer

from maps.told.texts import Words
from optimizer.questions.alternatives import Alternatives
from optimizer.questions.alternatives import alternatives as find
from optimizer.questions.firmness import Firmness
from optimizer.questions.firmness import firmness as decide
from scenarios.answers import alternatives as alternatives_tables
from scenarios.cli.commands.alternatives import Counting
from scenarios.cli.shared.asking import asking, give, load_world, require, verdict
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import columns, heading
from scenarios.cli.shared.progress import Reporter
from scenarios.words.alternatives import of_alternatives, of_firmness, place
from scenarios.words.names import names_of
from scenarios.world.build import World
from scenarios.world.solving import ask, need_listing

MOST = 100


def alternatives(
    scenario: str, k: int, min_moved: int, within: str, counting: Counting, firmness: bool, asked: AskingOptions
) -> None:
    """Find other plans that are nearly as good: each the best that differs enough from all before it."""
    share = share_of(within)
    require(faults_of(k, min_moved, within, share))
    with asking(asked, alternatives_tables.FOLDER) as (words, show, stop):
        world = load_world(scenario, *asked.changes, asked.time_limit)
        need_listing(world)
        found = ask(
            world,
            lambda options, report: find(
                world.problem, k, min_moved, share, counting=counting.value, options=options, report=report, stop=stop
            ),
            show.progress,
            stop=stop,
        )
        firm = firm_parts(world, share, stop, show) if firmness else None
        document = alternatives_tables.document(words, world, found, k, firm)
        if found.plans and asked.out is not None:
            alternatives_tables.FOLDER.write(asked.out, document, alternatives_tables.csv_tables(world, found, firm))
    has_answer = bool(found.plans)
    lines = [*text(words, world, found, k), *text_of_firmness(words, firm)] if has_answer else []
    give(words, document, asked, lines, written=has_answer)
    raise typer.Exit(verdict(words, status=str(found.status), stop=stop, has_answer=has_answer, scenario=scenario))


def firm_parts(world: World, within: float, stop: threading.Event, show: Reporter) -> Firmness:
    """Return what all, some or none of the plans within a share of the best have."""
    return ask(
        world,
        lambda options, report: decide(world.problem, within, options=options, report=report, stop=stop),
        show.progress,
        stop=stop,
    )


def text_of_firmness(words: Words, found: Firmness | None) -> list[str]:
    """Return firmness for a person."""
    return [] if found is None or found.grouping is None else ["", *of_firmness(words, found)]


def share_of(written: str) -> float:
    """Return a share written as "1%", "0,5 %" or "0.01"; not a number for anything else."""
    matched = re.fullmatch(r"\s*(-?\d+(?:[.,]\d+)?)\s*(%?)\s*", written)
    if not matched:
        return math.nan
    value = Fraction(matched[1].replace(",", "."))
    return float(value / 100 if matched[2] else value)


def faults_of(k: int, min_moved: int, within: str, share: float) -> list[str]:
    """Return what is wrong with the numbers, one sentence for each."""
    faults = []
    if not 1 <= k <= MOST:
        faults.append(f"-k is {k}; expected 1 to {MOST}")
    if min_moved < 1:
        faults.append(f"--min-moved is {min_moved}; expected 1 or more")
    if math.isnan(share):
        faults.append(f'--within is "{written_short(within)}"; expected a share such as 1% or 0.01')
    elif share < 0:
        faults.append(f"--within is {within.strip()}; expected 0 or more")
    elif share >= 1 and "%" not in within:
        faults.append(f"--within is {within.strip()}; write {within.strip()}% for per cent, or a share below 1")
    return faults


def written_short(text: str) -> str:
    """Return a text of the user's, shortened if it is long."""
    return text if len(text) <= 40 else f"{text[:37]}..."


def text(words: Words, world: World, found: Alternatives, asked: int) -> list[str]:
    """Return the answer for a person: each plan with its sentences and what it moves."""
    names = names_of(world, words.language)
    said = of_alternatives(words, found, asked)
    first = found.plans[0].grouping
    lines = [heading(words, world), "", said[0]]
    for plan, sentences in zip(found.plans[1:], said[1:], strict=False):
        rows = [(names[id_], place(names, first, id_), "→", place(names, plan.grouping, id_)) for id_ in plan.moved[0]]
        lines += ["", sentences, *columns(rows)]
    return [*lines, "", *said[len(found.plans) :]]
