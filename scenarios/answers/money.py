"""What a plan costs in kroner and who pays, as tables and as one JSON object."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from geodata.owntables.projection import read_projection
from maps.told.kroner import of_places, of_road
from maps.told.today import KronerToday
from optimizer.grouping import Grouping
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.sharing.keys import SharingKey
from scenarios.answers.head import head
from scenarios.export import tables
from scenarios.export.csv_files import CsvTable
from scenarios.export.folders import FolderKind
from scenarios.export.money import files, first_years
from scenarios.question import gazetteer
from scenarios.question.document import Bare
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.messages import faults_of
from scenarios.question.origins import Origins
from scenarios.question.schema import Scenario
from scenarios.question.sections.money import KeyMix
from scenarios.question.shipped import REFERENCE
from scenarios.words import money as words_of
from scenarios.words.names import Names, names_of
from scenarios.world import accounts, inputs, today
from scenarios.world.build import World
from scenarios.world.further.years import YearsToCome, projection_of, years_of
from scenarios.world.leaving import PlanHold
from scenarios.world.plain import plain

FOLDER = FolderKind("money.json")
GRANTS = ("with_grant", "without_grant")
OPTION = "--key"


@dataclass(frozen=True, eq=False)
class PlanKroner:
    """A plan in kroner.

    Parameters
    ----------
    world
        What was asked.
    grouping
        The plan.
    found
        Its accounts.
    only
        The number of a municipality whose office alone is told; empty for all.
    hold
        What holds the plan, and who would rather be elsewhere; ``None`` if the possible offices are too many to list.
    """

    world: World
    grouping: Grouping
    found: PlanAccounts
    only: str = ""
    hold: PlanHold | None = None

    @property
    def key(self) -> SharingKey:
        """The key by which costs are shared."""
        return accounts.key_of(self.world)

    @cached_property
    def to_come(self) -> YearsToCome:
        """What municipalities pay in the years to come."""
        return years_of(self.world, self.found)

    @property
    def host(self) -> str:
        """Host of the only office that is told; empty for all."""
        return self.grouping.host_of.get(self.only, "")

    @property
    def hosts(self) -> list[str]:
        """Hosts of the shared offices that are told."""
        return [one for one in self.found.offices if not self.only or one == self.host]


def read_key(text: str) -> SharingKey:
    """Return the key that a text of the command line means, read as money.key or money.mix of a scenario is.

    Parameters
    ----------
    text
        ``need``, or a mix like ``equal=0.4,inhabitants=0.6``.

    Raises
    ------
    ScenarioError
        With the faults that a scenario would have.
    """
    if "=" not in text and "," not in text:
        asked: dict[str, object] = {"key": text}
    else:
        parts = (part.strip().partition("=") for part in text.split(","))
        asked = {"mix": {name.strip(): number(share) for name, _, share in parts}}
    try:
        found = Scenario.model_validate({"name": REFERENCE, "money": asked}).money
    except ValidationError as error:
        raise ScenarioError(faults_of(error, Origins(file=OPTION))) from None
    return SharingKey(found.mix.parts or {found.key: 1.0})


def number(text: str) -> float | Bare:
    """Return the number that a text is, or the text itself for the message about it."""
    try:
        return float(text)
    except ValueError:
        return Bare(text)


def with_key(world: World, key: SharingKey) -> World:
    """Return the world of the same scenario with another key."""
    parts = dict(key.parts)
    single = len(parts) == 1
    mix = KeyMix() if single else KeyMix(**parts)
    update = {"mix": mix} | ({"key": next(iter(parts))} if single else {})
    money = world.scenario.money.model_copy(update=update)
    return replace(world, scenario=world.scenario.model_copy(update={"money": money}))


def with_projection(world: World, path: Path) -> World:
    """Return the world of the same scenario with another projection of inhabitants.

    Raises
    ------
    geodata.faults.DataError
        With every fault of the table.
    """
    if world.kroner is None:
        return world
    return replace(world, kroner=replace(world.kroner, projection=read_projection(path, world.municipalities)))


def with_phase_in(world: World, years: int) -> World:
    """Return the world of the same scenario with another phase-in."""
    money = world.scenario.money.model_copy(update={"phase_in_years": years})
    return replace(world, scenario=world.scenario.model_copy(update={"money": money}))


def require_usable(world: World, key: SharingKey) -> None:
    """Refuse a key by which the offices of a scenario cannot share.

    Raises
    ------
    ScenarioError
        With the reasons.
    """
    if world.kroner is None:
        return
    takes_part = world.municipalities[world.problem.active]
    found = inputs.key_faults(world.scenario, key.parts, world.kroner, takes_part)
    if found:
        raise ScenarioError(Fault(OPTION, None, "money.key", what, hint) for what, hint in found)


def document(language: str, told: PlanKroner, *, interrupted: bool) -> dict[str, Any]:
    """Return the answer as one object."""
    world, found = told.world, told.found
    names = names_of(world, language)
    members = {id_ for host in told.hosts for id_ in found.offices[host].game.players} | {told.only}
    country = {
        **plain(found.country),
        "first_years": {name: plain(years(told, with_grant=name == GRANTS[0])) for name in GRANTS},
    }
    return {
        **head(world, interrupted),
        "key": accounts.key_text(told.key),
        "shared_part": world.scenario.money.shared_part,
        "estimated": accounts.estimated(world, found.members),
        "country": country,
        "counties": {number: plain(states) for number, states in found.counties.items()},
        "offices": [plain(row) for row in tables.money_offices(world, found) if row["host"] in told.hosts],
        "members": [
            plain(row) for row in tables.money_members(world, found) if not told.only or row["kommunenummer"] in members
        ],
        "first_years": [plain(row) for row in first_years.rows(world, found) if shows(told, row)],
        "drift": rows_told(told, tables.drift(world, found, told.to_come)),
        "phase_in": rows_told(told, tables.phase_in(world, found, told.to_come)),
        "hold": None if told.hold is None else told.hold.facts(),
        "sentences": {
            "country": words_of.of_country(names, found),
            "hold": words_of.of_hold(names, found, told.hold),
            "offices": {host: words_of.of_office(names, found, host) for host in told.hosts},
        },
    }


def shows(told: PlanKroner, row: tables.Facts) -> bool:
    """Return whether a row is of what is told: all of it, or of an office that is asked for and its members."""
    if not told.only:
        return True
    inside: dict[str, Iterable[str]] = {
        "office": told.hosts,
        "municipality": {*told.grouping.offices.get(told.host, ()), told.only},
    }
    return row["number"] in inside.get(row["level"], ())


def rows_told(told: PlanKroner, rows: Iterable[tables.Facts]) -> list[Any]:
    """Return the rows of the offices that are told as plain data."""
    return [plain(row) for row in rows if row["host"] in told.hosts]


def years(told: PlanKroner, *, with_grant: bool) -> list[ThreeStates]:
    """Return the country in each of the first years, and in those after as the last."""
    country, starting = told.found.country, told.found.starting_in(told.found.members)
    prices = told.found.money.prices
    many = max((part.last for part in prices.first_years), default=0)
    more = (prices.added_kr(year, with_grant=with_grant) * starting for year in range(1, many + 2))
    return [replace(country, shared=country.shared.and_paid(kr)) for kr in more]


def csv_tables(told: PlanKroner) -> dict[str, CsvTable]:
    """Return the tables by file name."""
    return {f"{name}.csv": table for name, table in files.csv_tables(told.world, told.found, told.hold).items()}


def about(names: Names, told: PlanKroner) -> list[str]:
    """Return the sentences before all figures: that they are estimates, by which key, and in which zones."""
    world = told.world
    lines = [names.text("kroner.about"), words_of.of_key(names, told.key, world.scenario.money.shared_part)]
    if world.kroner is None:
        return lines
    several = [
        f"{names[id_]} ({', '.join(zones.split())})"
        for id_, zones in world.kroner.several_zones.items()
        if id_ in told.grouping.host_of
    ]
    lines += filter(None, (of_places(names, told.found.money, several), of_road(names, world.problem)))
    now = KronerToday(names, names.by_id, today.load(world.scenario.edition), told.found.money.shared_today)
    told_of = told.found.members if not told.only else told.grouping.offices.get(told.host, (told.only,))
    lines += [said] if (said := now.of_all(told_of)) else []
    return [*lines, *about_drift(names, told)]


def about_drift(names: Names, told: PlanKroner) -> list[str]:
    """Return why a projection tells nothing of some offices, or of all; nothing without one."""
    if not told.world.kroner or not told.world.kroner.projection:
        return []
    if not projection_of(told.world):
        return [names.text("kroner.drift_same")]
    missing = len(set(told.hosts) - told.to_come.drift.keys())
    return [names.text("kroner.drift_missing", offices=names.count("offices", missing))] if missing else []


def county_rows(told: PlanKroner) -> dict[str, ThreeStates]:
    """Return the counties by name."""
    book = gazetteer.of(told.world.municipalities)
    return {book.counties[number]: states for number, states in told.found.counties.items()}


def office_rows(names: Names, told: PlanKroner, host: str) -> dict[str, ThreeStates]:
    """Return an office and each of its members by name."""
    account = told.found.offices[host]
    return {
        names.text("kroner.whole"): account.states,
        **{names[id_]: told.found.members[id_] for id_ in account.game.players},
    }


def county_starts(told: PlanKroner) -> dict[str, tuple[YearlyMoney, float]]:
    """Return by county what is paid in the years after the first, and how many times what starting an office costs."""
    book, problem = gazetteer.of(told.world.municipalities), told.world.problem
    county = dict(zip(problem.ids, problem.counties, strict=True))
    return {
        book.counties[number]: (
            states.shared,
            told.found.starting_in(id_ for id_ in told.found.members if county[id_] == number),
        )
        for number, states in told.found.counties.items()
    }


def office_starts(names: Names, told: PlanKroner, host: str) -> dict[str, tuple[YearlyMoney, float]]:
    """Return the same of an office and of each of its members."""
    account, starting = told.found.offices[host], told.found.starting
    return {
        names.text("kroner.whole"): (account.states.shared, told.found.starting_in(account.shares)),
        **{names[id_]: (told.found.members[id_].shared, starting[id_]) for id_ in account.game.players},
    }
