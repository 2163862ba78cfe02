"""The command ``money``."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from maps.told.texts import Words
from optimizer.budget import Budget
from optimizer.grouping import Grouping
from optimizer.judging.kroner.three_states import YearlyMoney
from scenarios.answers import money as answer
from scenarios.answers.money import PlanKroner
from scenarios.cli.shared.asking import asking, give, leaving, require
from scenarios.cli.shared.given import faults_of_changes, plan_asked, result_of
from scenarios.cli.shared.option import AskingOptions
from scenarios.cli.shared.output import columns, estimates, heading
from scenarios.cli.shared.streams import UsageError
from scenarios.question import gazetteer
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import COMMAND_LINE, Fault
from scenarios.words import money as words_of
from scenarios.words import years as words_of_years
from scenarios.words.names import Names, names_of
from scenarios.world.accounts import accounts_of, without_accounts
from scenarios.world.build import World
from scenarios.world.leaving import PlanHold, hold_of, possible_offices

ENGLISH = Words("en")
FIGURES = (1, 2, 3, 4)
"""Columns of a table that are written to the right."""


def money(
    scenario: str,
    key: str | None,
    office: str | None,
    projection: Path | None,
    phase_in: int | None,
    asked: AskingOptions,
) -> None:
    """Say what a plan costs in kroner, who pays which part, and who would bear more than alone."""
    require(faults_of_changes(scenario, asked))
    wanted = None if key is None else answer.read_key(key)
    with asking(asked, answer.FOLDER) as (words, show, stop):
        world, folder = plan_asked(scenario, asked)
        if wanted is not None:
            answer.require_usable(world, wanted)
            world = answer.with_key(world, wanted)
        if projection is not None:
            world = answer.with_projection(world, projection)
        if phase_in is not None:
            world = answer.with_phase_in(world, phase_in)
        number = number_of(world, office) if office is not None else ""
        result = result_of(world, folder, show, stop)
        if result.grouping is not None:
            told = in_kroner(world, result.grouping, number)
            show.phase("leaving")
            told = replace(told, hold=hold_asked(told, Budget(stop=stop)))
            document = answer.document(words.language, told, interrupted=stop.is_set())
            if asked.out is not None:
                answer.FOLDER.write(asked.out, document, answer.csv_tables(told))
            give(words, document, asked, text(words, told))
    raise leaving(words, result, stop, scenario)


def in_kroner(world: World, plan: Grouping, number: str) -> PlanKroner:
    """Return a plan in kroner.

    Raises
    ------
    UsageError
        With the reason, if it cannot be told so.
    """
    found = accounts_of(world, plan)
    if found is None:
        raise UsageError(ENGLISH.text(f"kroner.{without_accounts(world, plan)}"))
    return PlanKroner(world, plan, found, number)


def hold_asked(told: PlanKroner, budget: Budget) -> PlanHold | None:
    """Return what holds a plan; ``None`` if the possible offices are too many to list, or time is up."""
    pool = possible_offices(told.world.problem, told.world.scenario.solver.max_groups, budget.listing)
    return None if pool is None else hold_of(pool, told.grouping, told.found, budget, told.host)


def number_of(world: World, name: str) -> str:
    """Return the number of a municipality that takes part.

    Raises
    ------
    scenarios.question.errors.ScenarioError
        If there is none of this name, or it does not take part.
    """
    try:
        number = gazetteer.of(world.municipalities).municipality(name)
    except gazetteer.UnknownError as error:
        raise ScenarioError([Fault(COMMAND_LINE, None, "--office", error.what, error.hint)]) from error
    if not world.problem.active[world.problem.index[number]]:
        what = f"{world.problem.label(number)} does not take part"
        raise ScenarioError([Fault(COMMAND_LINE, None, "--office", what, "name a municipality that does")])
    return number


def text(words: Words, told: PlanKroner) -> list[str]:
    """Return the answer for a person: the country, the counties, each office with its members."""
    names, world = names_of(told.world, words.language), told.world
    lines = [heading(words, world), "", *answer.about(names, told), estimates(words, world)]
    if not told.only:
        lines += ["", *country(words, told), *holding(names, told)]
    for host in told.hosts:
        lines += ["", *of_office(names, told, host)]
    if told.only:
        lines += holding(names, told)
    if not told.only:
        lines += standing_alone(names, told)
    if told.only and not told.hosts:
        states = {names[told.only]: told.found.members[told.only]}
        standing = names.text("kroner.standing", name=names[told.only])
        lines += ["", standing, *columns(words_of.states_table(words, states), right=FIGURES)]
    return lines


def holding(names: Names, told: PlanKroner) -> list[str]:
    """Return which grant holds the plan, and who would rather be elsewhere."""
    return ["", names.text("kroner.hold"), *words_of.of_hold(names, told.found, told.hold)]


def country(words: Words, told: PlanKroner) -> list[str]:
    """Return what the plan costs all together and each county, and in the first years."""
    all_together = {words.text("kroner.whole"): told.found.country}
    return [
        words.text("kroner.country"),
        *columns(words_of.states_table(words, all_together, large=True), right=FIGURES),
        *words_of.of_country(words, told.found),
        *words_of.of_years(words, told.found),
        "",
        words.text("kroner.counties"),
        *columns(words_of.states_table(words, answer.county_rows(told), large=True), right=FIGURES),
        *in_first_years(words, told, answer.county_starts(told), large=True),
    ]


def in_first_years(
    words: Words, told: PlanKroner, rows: Mapping[str, tuple[YearlyMoney, float]], *, large: bool = False
) -> list[str]:
    """Return what each pays in the first years; nothing where offices cost the same each year."""
    prices = told.found.money.prices
    if not prices.first_years:
        return []
    if not any(starting for _, starting in rows.values()):
        return [words.text("kroner.no_start")]
    table = words_of.years_table(words, prices, rows, large=large)
    return [words.text("kroner.years_table"), *columns(table, right=range(1, len(table[0])))]


def standing_alone(names: Names, told: PlanKroner) -> list[str]:
    """Return what each pays that stands alone; nothing if nobody does."""
    states = {names[id_]: one for id_, one in told.found.single.items()}
    if not states:
        return []
    return [
        "",
        names.text("kroner.alone_heading"),
        *columns(words_of.states_table(names, states), right=FIGURES),
    ]


def of_office(names: Names, told: PlanKroner, host: str) -> list[str]:
    """Return what an office costs, and what each of its members gets and pays."""
    account = told.found.offices[host]
    return [
        names.text("kroner.office", host=names[host]),
        *columns(words_of.states_table(names, answer.office_rows(names, told, host)), right=FIGURES),
        *columns(words_of.shares_table(names, account), right=FIGURES[:3]),
        *words_of.of_office(names, told.found, host),
        *in_first_years(names, told, answer.office_starts(names, told, host)),
        *in_years_to_come(names, told, host),
    ]


def in_years_to_come(names: Names, told: PlanKroner, host: str) -> list[str]:
    """Return how the key drifts in an office and how it is phased in; nothing where that is not asked."""
    lines, years = [], told.to_come
    if host in years.drift:
        table = words_of_years.drift_table(names, told.found, years, host)
        lines += [names.text("kroner.drift"), *columns(table, right=range(1, len(table[0])))]
    if host in years.phase_in:
        table = words_of_years.phase_in_table(names, told.found, years, host)
        lines += [names.text("kroner.phase_in"), *columns(table, right=range(1, len(table[0])))]
    return lines
