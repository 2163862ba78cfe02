"""The command ``order``."""

from dataclasses import replace
from typing import Any

import typer

from maps.told.people.order_words import OrderWords
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.questions.measures.order import StartLimits
from optimizer.questions.money.accounts import PlanAccounts
from scenarios.answers import order as answer
from scenarios.cli.shared.asking import asking, give, leaving, refuse
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.given import plan_asked, result_of
from scenarios.cli.shared.option import AskingOptions, listed
from scenarios.cli.shared.output import columns, estimates, heading
from scenarios.cli.shared.streams import UsageError, tell
from scenarios.question import gazetteer
from scenarios.words.names import names_of
from scenarios.world.accounts import accounts_of, without_accounts
from scenarios.world.build import World
from scenarios.world.further.order import limits_of, order_of

ENGLISH = Words("en")
FIGURES = (0, 2, 3, 4, 5)
"""Columns of the table that are written to the right."""
Pair = tuple[str, str]


def order(
    scenario: str,
    years: int | None,
    starts: int | None,
    a_county: int | None,
    budget: float | None,
    horizon: int | None,
    after: list[str] | None,
    asked: AskingOptions,
) -> None:
    """Say which offices start first: the order that gains most, proved."""
    given = {"years": years, "starts": starts, "a_county": a_county, "budget_kr": budget, "horizon": horizon}
    with asking(asked, answer.FOLDER) as (words, show, stop):
        world, folder = plan_asked(scenario, asked)
        limits = asked_limits(world, given)
        pairs = named_pairs(world, listed(after), limits)
        result = result_of(world, folder, show, stop)
        if result.grouping is not None:
            limits = with_offices(world, result.grouping, limits, pairs)
            found = order_of(world, accounts_or_refuse(world, result.grouping), limits)
            if found is None:
                tell(words.text("order.no_order"))
                raise typer.Exit(Code.UNKNOWN)
            told = OrderWords(words, found, names_of(world, words.language).__getitem__)
            document = answer.document(world, found, told, interrupted=stop.is_set())
            if asked.out is not None:
                answer.FOLDER.write(asked.out, document, answer.csv_tables(world, found))
            table = columns([told.head, *map(told.cells, found.rows)], right=FIGURES)
            lines = [heading(words, world), "", *told.headline, "", *table, "", words.text("order.about")]
            give(words, document, asked, [*lines, estimates(words, world)])
    raise leaving(words, result, stop, scenario)


def asked_limits(world: World, given: dict[str, Any]) -> StartLimits:
    """Return the scenario's limits under those of the command line; more years than the horizon make it longer."""
    limits = replace(limits_of(world), **{name: value for name, value in given.items() if value is not None})
    return limits if given["horizon"] is not None else replace(limits, horizon=max(limits.horizon, limits.years))


def named_pairs(world: World, texts: tuple[str, ...], limits: StartLimits) -> list[Pair]:
    """Return the municipalities that ``--after`` names; refuse names that nobody has, and limits that cannot be meant.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        With all faults.
    """
    book, pairs, faults = gazetteer.of(world.municipalities), [], limits.faults()
    for text in texts:
        parts = text.split(":")
        if len(parts) != 2:
            faults.append(("after", f"is {text[:80]!r}", "expected two municipalities like Salangen:Sortland"))
            continue
        found = []
        for name in parts:
            try:
                found.append(book.municipality(name))
            except gazetteer.UnknownError as error:
                faults.append(("after", error.what, error.hint))
        if len(found) == 2:
            pairs.append((found[0], found[1]))
    refuse(faults)
    return pairs


def with_offices(world: World, plan: Grouping, limits: StartLimits, pairs: list[Pair]) -> StartLimits:
    """Return the limits with the offices of the municipalities that were named.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        With every one that is in no shared office, and with a circle.
    """
    shared = {host for host, members in plan.offices.items() if len(members) > 1}

    def office(id_: str) -> str:
        host = plan.host_of.get(id_, id_)
        return host if host in shared else id_

    found = replace(limits, after=tuple((office(first), office(then)) for first, then in pairs))
    refuse(found.faults(shared, world.problem.label))
    return found


def accounts_or_refuse(world: World, plan: Grouping) -> PlanAccounts | None:
    """Return the accounts of a plan.

    Raises
    ------
    UsageError
        With the reason, if there are none.
    """
    if why := without_accounts(world, plan):
        raise UsageError(ENGLISH.text(f"kroner.{why}"))
    return accounts_of(world, plan)
