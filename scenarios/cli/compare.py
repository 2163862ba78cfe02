"""The command ``compare``."""

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison, Difference, minutes
from optimizer.judging.comparison import compare as put_side_by_side
from scenarios.answers import options as choices
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import files, tables
from scenarios.answers.compare.tables import OWN_RULES, table
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import plan_of
from scenarios.cli.shared.failures import CODES
from scenarios.cli.shared.group import Command, new_app
from scenarios.cli.shared.output import columns, figure, many
from scenarios.cli.shared.progress import reporter
from scenarios.cli.shared.session import stop_on_signals
from scenarios.cli.shared.streams import UsageError, say
from scenarios.world.plain import dumps

if TYPE_CHECKING:  # see page_for
    from scenarios.answers.compare.page import Page

app = new_app()

FEWEST, MOST = 2, 8
MOVES = (
    ("joins", "from standing alone into an office"),
    ("leaves", "from an office to standing alone"),
    ("changes", "from one office to another"),
)
SMALLEST = 1e-3
"""Minutes: less is rounding."""
SHOWN = 12
"""Rows of a list that the text shows before it only counts; the files hold all."""


Options = Annotated[
    list[str],
    typer.Argument(
        metavar="RUN|NAME|FILE...",
        help="Two to eight: run folders, scenarios (name or .toml; solved), references, tables (.csv).",
    ),
]
JudgedBy = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE.toml",
        help="Whose rules and prices to judge all by; without: the first option that has its own, else nasjonal.",
        show_default=False,
    ),
]
TablesFolder = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Folder for the tables: CSV, XLSX and JSON.", show_default=False),
]
PageFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="File for a page with table, map and what moved.", show_default=False),
]
FrontFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="For the page: what plankontor frontier --out wrote, as a chart.", show_default=False
    ),
]


@app.command(cls=Command, epilog=CODES)
def compare(
    options: Options,
    scenario: JudgedBy = None,
    out: TablesFolder = None,
    html: PageFile = None,
    frontier: FrontFolder = None,
    language: option.Lang = option.NORWEGIAN,
    missing_alone: option.MissingAlone = False,
    as_json: option.AsJson = False,
    quiet: option.Quiet = False,
    _debug: option.Debug = False,
) -> None:
    """Put plans side by side: figures, what moved, what they agree on. All are judged by one scenario.

    References are arrangements of today: eksisterende, eksisterende-og-planlagte, historiske, regionraad,
    okonomiske-regioner, ba-regioner.
    """
    if not FEWEST <= len(options) <= MOST:
        raise UsageError(f"compare takes {FEWEST} to {MOST} options, not {len(options)}")
    if frontier is not None and html is None:
        raise UsageError("--frontier is drawn on the page: name a file for it with --html")
    if out is not None:
        files.COMPARISON.check(out)
    with stop_on_signals() as stop, reporter(quiet=quiet, verbose=False) as show:
        show.phase("loading options")
        page = None if html is None else page_for(html, frontier, language)
        with page.target() if page else nullcontext():
            check = page.check if page else lambda _: None
            solve = partial(plan_of, stop=stop, show=show)
            judge, chosen = choices.read(options, solve, scenario=scenario, missing_alone=missing_alone, check=check)
        show.phase("comparing")
        found = put_side_by_side(judge.problem, {choice.label: choice.grouping for choice in chosen})
        if out is not None:
            files.write(out, judge, chosen, found, str(language))
        if page:
            show.phase("writing the page")
            page.write(judge, chosen, found)
    if as_json:
        say(dumps(tables.document(judge, chosen, found)))
        return
    written = " and ".join(str(path) for path in (out, html) if path is not None)
    say("\n".join([*text(judge, chosen, found), *([f"\nwritten to {written}"] if written else [])]))


def page_for(html: Path, frontier: Path | None, language: option.Language) -> "Page":
    """Return the page that is asked for."""
    from scenarios.answers.compare.page import Page  # noqa: PLC0415 - what draws maps takes a second to load

    return Page(html, frontier, str(language))


def text(judge: Judge, chosen: list[Choice], found: Comparison) -> list[str]:
    """Return the comparison for a person."""
    figures = table(judge, chosen, found)
    rows = [["", *(f"[{number}]" for number in range(1, len(chosen) + 1)), ""]]
    rows += [[name, *map(shown, values), unit] for name, unit, values in figures]
    lines = [
        f"judged by {judge.name}, edition {judge.edition}",
        *(f"  [{number}] {choice.label}{described(choice)}" for number, choice in enumerate(chosen, 1)),
        "",
        *columns(rows, right=range(1, len(chosen) + 1)),
    ]
    if any(OWN_RULES in str(value) for _, _, values in figures for value in values):
        lines.append(f'  "{OWN_RULES}": proved under the rules of that option, not under those used here')
    bounded = next(values for name, _, values in figures if name == "above_bound")
    if any(isinstance(value, float) and value < -SMALLEST for value in bounded):
        lines.append(
            "  above_bound below 0: the plan breaks rules used here, and the bound is that of plans that keep them"
        )
    for number, one in enumerate(found.differences, 2):
        lines += ["", *difference_text(judge, found, one, number)]
    return [*lines, "", *agreement_text(judge, found)]


def described(choice: Choice) -> str:
    """Return the title of an option behind its name."""
    return f": {choice.title}" if choice.title else ""


def shown(value: object) -> str:
    """Return a cell."""
    if isinstance(value, float | int):
        return "unreachable" if value == float("inf") else figure(round(value, 4))
    return "-" if value is None else str(value)


def difference_text(judge: Judge, found: Comparison, one: Difference, number: int) -> list[str]:
    """Return what moved from the first option to another."""
    label = judge.problem.label
    moved = counted(len(one.moves), "municipality", "municipalities")
    hosts = counted(len(one.new_hosts), "office has", "offices have")
    kinds = [f"{n} {words}" for kind, words in MOVES if (n := sum(move.kind == kind for move in one.moves))]
    how = f" ({', '.join(kinds)})" if kinds else ""
    lines = [f"from [1] to [{number}]: {moved} moved{how}, {hosts} another host"]
    before, after = found.options[0].grouping, found.options[number - 1].grouping
    rows = [
        (label(move.id), place(judge, before, move.id), "->", place(judge, after, move.id))
        for move in one.moves[:SHOWN]
    ]
    lines += columns(rows) if rows else []
    if len(one.moves) > SHOWN:
        lines.append(f"  ... and {len(one.moves) - SHOWN} more; --out writes all")
    return lines


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its word."""
    return f"{number} {one if number == 1 else many}"


def place(judge: Judge, grouping: Grouping, id_: str) -> str:
    """Return the office of a municipality in words."""
    host = grouping.host_of[id_]
    if id_ == host:
        return "alone" if len(grouping.offices[host]) == 1 else f"host of {len(grouping.offices[host])}"
    way = minutes(judge.problem, id_, host)
    return f"{judge.problem.label(host)}, {'unreachable' if way == float('inf') else f'{way:.0f} min'}"


def agreement_text(judge: Judge, found: Comparison) -> list[str]:
    """Return what holds in all options."""
    agreed, label = found.agreement, judge.problem.label
    pairs = f"{agreed.pairs} of {agreed.pairs_in_any} pairs together"
    lines = [f"in all: {pairs}, {many(len(agreed.hosts), 'host')}, {many(len(agreed.alone), 'municipality')} alone"]
    blocks = sorted(agreed.blocks, key=lambda block: (-len(block), block))
    lines += [f"  {' + '.join(map(label, block))}" for block in blocks[:SHOWN]]
    if len(blocks) > SHOWN:
        lines.append(f"  ... and {len(blocks) - SHOWN} more sets; --out writes all")
    return lines
