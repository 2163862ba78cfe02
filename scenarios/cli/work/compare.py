"""The command ``compare``."""

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from maps.told.texts import DASH, Words, in_language
from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison, Difference, minutes
from optimizer.judging.comparison import compare as put_side_by_side
from scenarios.answers import options as choices
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import files, tables
from scenarios.answers.compare.tables import OWN_RULES, Value, table
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import plan_of
from scenarios.cli.shared.output import columns, written_to
from scenarios.cli.shared.progress import reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import UsageError, say
from scenarios.world.plain import dumps

if TYPE_CHECKING:  # see page_for
    from scenarios.answers.compare.page import Page


FEWEST, MOST = 2, 8
MOVES = ("joins", "leaves", "changes")
SMALLEST = 1e-3
"""Minutes: less is rounding."""
UNIT_DECIMALS = {"minutes-equivalents": 1, "minutes": 1, "årsverk": 1, "million_kr": 1}
"""Of figures; all other units count."""
SHOWN = 12
"""Rows of a list that the text shows before it only counts; the files hold all."""


def compare(
    options: list[str],
    scenario: str | None,
    out: Path | None,
    html: Path | None,
    frontier: Path | None,
    language: option.Language,
    county: list[str] | None,
    missing_alone: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Put plans side by side: figures, what moved, what they agree on. All are judged by one scenario."""
    if not FEWEST <= len(options) <= MOST:
        raise UsageError(f"compare takes {FEWEST} to {MOST} options, not {len(options)}")
    if frontier is not None and html is None:
        raise UsageError("--frontier is drawn on the page: name a file for it with --html")
    if out is not None:
        files.COMPARISON.check(out)
    words = Words(str(language))
    with stop_on_signals(words), reporter(words, quiet=quiet) as show:
        show.phase("options")
        page = None if html is None else page_for(html, frontier, language)
        with page.target() if page else nullcontext():
            check = page.check if page else lambda _: None
            solve = partial(plan_of, show=show)
            asked = choices.Asked(scenario, option.listed(county), missing_alone)
            judge, chosen = choices.read(options, solve, asked, check=check)
        show.phase("comparing")
        found = put_side_by_side(judge.problem, {choice.label: choice.grouping for choice in chosen})
        if out is not None:
            files.write(out, judge, chosen, found, str(language))
        if page:
            show.phase("page")
            page.write(judge, chosen, found)
    if as_json:
        say(dumps(tables.document(judge, chosen, found)))
        return
    say("\n".join([*text(words, judge, chosen, found), *written_to(words, out, html)]))


def page_for(html: Path, frontier: Path | None, language: option.Language) -> "Page":
    """Return the page that is asked for."""
    from scenarios.answers.compare.page import Page  # noqa: PLC0415 - what draws maps takes a second to load

    return Page(html, frontier, str(language))


def text(words: Words, judge: Judge, chosen: list[Choice], found: Comparison) -> list[str]:
    """Return the comparison for a person."""
    words = replace(words, net=judge.problem.counts_net)
    figures = table(judge, chosen, found)
    rows = [["", *(f"[{number}]" for number in range(1, len(chosen) + 1)), ""]]
    rows += [figure_row(words, *row) for row in figures]
    lines = [
        words.text("compare.judged_by", name=judge.name, edition=judge.edition),
        *(f"  [{number}] {choice.label}{described(words, choice)}" for number, choice in enumerate(chosen, 1)),
        "",
        *columns(rows, right=range(1, len(chosen) + 1)),
    ]
    if any(OWN_RULES in str(value) for _, _, values in figures for value in values):
        lines.append(f"  {words.text('compare.own_rules_note')}")
        lines += [
            line for number, choice in enumerate(chosen, 1) for line in differing_text(words, judge, choice, number)
        ]
    if judge.problem.money is not None:
        lines.append(f"  {words.text('compare.kroner_note')}")
    bounded = next(values for name, _, values in figures if name == "above_bound")
    if any(isinstance(value, float) and value < -SMALLEST for value in bounded):
        lines.append(f"  {words.text('compare.below_bound_note')}")
    for number, one in enumerate(found.differences, 2):
        lines += ["", *difference_text(words, judge, found, one, number)]
    return [*lines, "", *agreement_text(words, judge, found)]


def described(words: Words, choice: Choice) -> str:
    """Return the title of an option behind its name."""
    title = in_language(words.language, choice.title, choice.title_en)
    return f": {title}" if title else ""


def differing_text(words: Words, judge: Judge, choice: Choice, number: int) -> list[str]:
    """Return in which rules and prices an option was solved otherwise than all are judged here."""
    told = []
    for one in tables.differing(judge, choice):
        name = words.known(f"setting.{one.key}", words.text("compare.own_data"))
        here = words.text("compare.own_here", own=words.setting(one.own), here=words.setting(one.here))
        told.append(f"  [{number}] {name}{'' if one.own is None and one.here is None else f': {here}'}")
    return told


def figure_row(words: Words, name: str, unit: str, values: list[Value]) -> list[str]:
    """Return a figure with its value in each option and its unit."""

    def shown(value: Value) -> str:
        if value is None:
            return DASH
        if isinstance(value, str):
            return words.text("compare.status_" + value.replace(", ", "_").replace(" ", "_"))
        if unit == "share":
            return words.percent(value, 1)
        return words.number(value, UNIT_DECIMALS.get(unit, 0))

    said = words.text(f"figure_unit.{unit}") if unit and unit != "share" else ""
    return [words.text(f"figure.{name}"), *map(shown, values), said]


def difference_text(words: Words, judge: Judge, found: Comparison, one: Difference, number: int) -> list[str]:
    """Return what moved from the first option to another."""
    label = judge.problem.label
    kinds = [(kind, sum(move.kind == kind for move in one.moves)) for kind in MOVES]
    parts = "; ".join(words.text(f"compare.moved_{kind}", n=words.number(n)) for kind, n in kinds if n)
    values = {"before": 1, "after": number, "moved": words.count("municipalities", len(one.moves))}
    hosts = words.count("offices", len(one.new_hosts))
    lines = [words.text("compare.from_option", **values, hosts=hosts) + (f" ({parts})" if parts else "")]
    before, after = found.options[0].grouping, found.options[number - 1].grouping
    rows = [
        (label(move.id), place(words, judge, before, move.id), "→", place(words, judge, after, move.id))
        for move in one.moves[:SHOWN]
    ]
    lines += columns(rows) if rows else []
    if len(one.moves) > SHOWN:
        lines.append(f"  {words.text('command.more_rows', n=words.number(len(one.moves) - SHOWN))}")
    return lines


def place(words: Words, judge: Judge, grouping: Grouping, id_: str) -> str:
    """Return the office of a municipality in words."""
    host = grouping.host_of[id_]
    if id_ == host:
        size = len(grouping.offices[host])
        return words.text("place.alone") if size == 1 else words.text("place.host_of", n=words.number(size))
    way = minutes(judge.problem, id_, host)
    unreachable = way == float("inf")
    far = words.text("script.min_none") if unreachable else words.text("script.min", n=words.number(way))
    return f"{judge.problem.label(host)}, {far}"


def agreement_text(words: Words, judge: Judge, found: Comparison) -> list[str]:
    """Return what holds in all options."""
    agreed, label = found.agreement, judge.problem.label
    pairs, any_ = words.number(agreed.pairs), words.number(agreed.pairs_in_any)
    share = words.percent(agreed.pairs / agreed.pairs_in_any if agreed.pairs_in_any else 0, 1)
    hosts, alone = words.count("municipalities", len(agreed.hosts)), words.count("municipalities", len(agreed.alone))
    lines = [
        words.text("compare.agreed_pairs", pairs=pairs, any=any_, share=share),
        words.text("compare.agreed_hosts", hosts=hosts, alone=alone),
    ]
    blocks = sorted(agreed.blocks, key=lambda block: (-len(block), block))
    lines += [f"  {' + '.join(map(label, block))}" for block in blocks[:SHOWN]]
    if len(blocks) > SHOWN:
        lines.append(f"  {words.text('command.more_rows', n=words.number(len(blocks) - SHOWN))}")
    return lines
