"""What a scenario puts in the place of the embedded data: figures of planners, prices, disciplines; and its faults."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import pandas as pd
from geopandas import GeoDataFrame

from geodata import employer_tax, planners
from geodata.faults import DataError, DataFault
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.figures import read_activity
from geodata.owntables.money import read_money
from geodata.owntables.plan_dates import PLANS, read_plan_dates
from geodata.owntables.projection import read_projection
from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte, HeldTable
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import Bools
from optimizer.sharing.keys import SharingKey
from optimizer.staffing.presence import WEEKS
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario
from scenarios.question.sections.people import SAMI
from scenarios.world import today

MOST_SHAPLEY = 12
"""Members of an office up to which the key ``shapley`` is exact, as in `optimizer.sharing.shapley`."""


@dataclass(frozen=True, eq=False)
class Kroner:
    """What a scenario says of kroner.

    Parameters
    ----------
    money
        Prices, and what is particular to each municipality of the edition.
    hours
        Hours of planning that a municipality uses, by number, as far as the user's table gives them.
    several_zones
        Zones of the employer tax by number where a municipality has more than one, the one that counts first; empty
        if zones are not asked for.
    projection
        Projected inhabitants by year and number, as far as the user's table gives them.
    """

    money: Money
    hours: Mapping[str, float]
    several_zones: Mapping[str, str]
    projection: Mapping[int, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Competence:
    """What a scenario says of disciplines.

    Parameters
    ----------
    disciplines
        Who needs and holds which.
    needed
        Årsverk that are needed, by number and discipline, as far as the user's table says so.
    """

    disciplines: Disciplines
    needed: HeldTable


def figures(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> tuple[GeoDataFrame, list[Fault]]:
    """Return the table `with_planners`; with faults, the plain estimate."""
    try:
        return with_planners(scenario, municipalities, active), []
    except DataError as error:
        of_cases = scenario.planners.activity
        faults = [
            table_fault(scenario, "planners", fault, "activity" if fault.where == of_cases else "table")
            for fault in error.faults
        ]
        return planners.estimate(municipalities), faults


def kroner(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> tuple[Kroner | None, list[Fault]]:
    """Return what the scenario says of kroner, and its faults; ``None`` if kroner are not counted.

    Parameters
    ----------
    scenario
        With prices, a key, and perhaps a table.
    municipalities
        The whole edition.
    active
        Which of them are to be grouped (n,).
    """
    settings = scenario.money
    if not settings.enabled:
        return None, []
    money, several, faults = priced(scenario, municipalities)
    own = pd.DataFrame(columns=["fte_kr", "hours", "alone_kr"], dtype="float64")
    parts = settings.mix.parts or {settings.key: 1.0}
    if settings.table:
        try:
            own = read_money(settings.table, municipalities)
        except DataError as error:
            faults += [table_fault(scenario, "money", fault) for fault in error.faults]
            parts = {name: part for name, part in parts.items() if name != "use"}
    own = own.reindex(municipalities.index)
    fte_kr = own["fte_kr"].fillna(pd.Series(money.fte_kr, index=own.index))
    known = set(municipalities.index)
    now = today.shared_now(scenario.edition) if settings.shared_today else ()
    money = replace(
        money,
        fte_kr=fte_kr.to_numpy(),
        alone_kr=own["alone_kr"].to_numpy(),
        shared_today=tuple(one for one in now if known.issuperset(one[1])),
    )
    hours = {str(id_): float(value) for id_, value in own["hours"].dropna().items()}
    projection, of_projection = projected(scenario, municipalities)
    faults += of_projection
    found = Kroner(money, hours, several, projection)
    wrong = key_faults(scenario, parts, found, municipalities[active])
    key = ("money", "mix" if settings.mix.parts else "key")
    return found, [*faults, *(scenario.origins.fault(key, *fault) for fault in wrong)]


def projected(scenario: Scenario, municipalities: GeoDataFrame) -> tuple[dict[int, dict[str, float]], list[Fault]]:
    """Return the projected inhabitants by year and number, by the user's table alone, and its faults."""
    path = scenario.money.projection
    if not path:
        return {}, []
    try:
        return read_projection(path, municipalities), []
    except DataError as error:
        return {}, [table_fault(scenario, "money", fault, "projection") for fault in error.faults]


def disciplines(scenario: Scenario, municipalities: GeoDataFrame) -> tuple[Competence, list[Fault]]:
    """Return which disciplines are needed and held, where the user's tables say so by them, and their faults."""
    settings = scenario.disciplines
    shares = settings.shares.model_dump()
    held, of_held = discipline_table(scenario, municipalities, "table")
    needed, of_needed = discipline_table(scenario, municipalities, "need_table")
    everybody = frozenset(municipalities.index)
    needing = {
        name: everybody if share else frozenset(id_ for id_, row in held.items() if name in row)
        for name, share in shares.items()
    }
    needing[SAMI] = frozenset(municipalities.index[municipalities["sami_area"]])
    for name, some in needing.items():
        by_table = {id_ for id_, row in needed.items() if name in row and row[name].fte}
        needing[name] = (some if name == SAMI else some - needed.keys()) | by_table
    only_for = {name: some for name, some in needing.items() if name == SAMI or (some and some != everybody)}
    need = DisciplineNeed({name: share for name, share in shares.items() if share}, settings.threshold, only_for)
    return Competence(Disciplines(need, held), needed), of_held + of_needed


def discipline_table(
    scenario: Scenario, municipalities: GeoDataFrame, key: str
) -> tuple[dict[str, dict[str, HeldFte]], list[Fault]]:
    """Return a table of the user's of what is held or needed, by number and discipline, and its faults."""
    path = getattr(scenario.disciplines, key)
    if not path:
        return {}, []
    try:
        rows = read_disciplines(path, municipalities)
    except DataError as error:
        return {}, [table_fault(scenario, "disciplines", fault, key) for fault in error.faults]
    return {id_: {name: HeldFte(*one) for name, one in row.items()} for id_, row in rows.items()}, []


def plan_dates(scenario: Scenario, municipalities: GeoDataFrame) -> tuple[dict[str, dict[str, int]], list[Fault]]:
    """Return in which year each municipality adopted each kind of plan, by the user's table alone, and its faults."""
    settings = scenario.cycle
    if not settings.table:
        return {}, []
    try:
        last = dt.date(settings.first_year, 12, 31)
        return read_plan_dates(settings.table, municipalities, PLANS, last), []
    except DataError as error:
        return {}, [table_fault(scenario, "cycle", fault) for fault in error.faults]


def sharing_terms(scenario: Scenario, municipalities: GeoDataFrame, kroner: Kroner | None) -> SharingTerms:
    """Return how the members of an office share its cost, with the figures that keys divide in proportion to.

    Parameters
    ----------
    scenario
        With the key.
    municipalities
        With inhabitants and needs.
    kroner
        With the hours of planning that municipalities use, as far as they are known.
    """
    settings = scenario.money
    figures: dict[str, Mapping[str, float]] = {
        "inhabitants": municipalities["population"].astype(float).to_dict(),
        "need": municipalities["need_fte"].astype(float).to_dict(),
    }
    if kroner is not None:
        figures["use"] = kroner.hours
    return SharingTerms(SharingKey(settings.mix.parts or {settings.key: 1.0}), figures, settings.shared_part)


def priced(scenario: Scenario, municipalities: GeoDataFrame) -> tuple[Money, dict[str, str], list[Fault]]:
    """Return the scenario's prices, which municipalities have several zones of the employer tax, and faults."""
    settings = scenario.money
    prices = KronerPrices(**{item.name: getattr(settings, item.name) for item in fields(KronerPrices)})
    if scenario.presence.days_a_week:
        prices = replace(prices, visits=WEEKS * scenario.presence.days_a_week)
    flat = Money.flat(prices, len(municipalities))
    if not settings.zones:
        return flat, {}, []
    if scenario.edition not in employer_tax.EDITIONS:
        what = f"there are no zones of the employer tax for the edition {scenario.edition}"
        hint = "write zones = false and a price in fte_kr"
        return flat, {}, [scenario.origins.fault(("money", "zones"), what, hint)]
    zones = employer_tax.load(scenario.edition).loc[municipalities.index]
    merged = zones[zones["other_zones"] != ""]
    several = dict(zip(merged.index, merged["zone"] + " " + merged["other_zones"], strict=True))
    return Money.by_tax(prices, zones["rate"]), several, []


def key_faults(
    scenario: Scenario, parts: Mapping[str, float], found: Kroner, some: GeoDataFrame
) -> list[tuple[str, str]]:
    """Return why offices cannot share by a key: what is wrong, and the next step.

    Parameters
    ----------
    scenario
        Its limits say how large offices may be.
    parts
        Of the key.
    found
        What the scenario says of kroner.
    some
        Those that take part.
    """
    faults = []
    if "use" in parts and (without := [id_ for id_ in some.index if id_ not in found.hours]):
        first = ", ".join(f"{id_} {some.at[id_, 'name_norwegian']}" for id_ in without[:3])
        what = f'"use" needs the hours of each, and {len(without)} of {len(some)} have none: {first}'
        faults.append((f"{what}{' and others' if len(without) > 3 else ''}", "give them in money.table, column hours"))
    figures = {"inhabitants": some["population"].astype(float).to_dict(), "use": found.hours}
    for name in parts.keys() & figures.keys():
        given = [figures[name][id_] for id_ in some.index if id_ in figures[name]]
        if given and not any(given):
            what = f'"{name}" divides by figures that are 0 of each of those who take part'
            faults.append((what, 'give figures above 0, or use "equal"'))
    most = scenario.limits.max_members
    if "shapley" in parts and most > MOST_SHAPLEY:
        what = f'"shapley" is exact up to {MOST_SHAPLEY} members, and limits.max_members is {most}'
        faults.append((what, 'use "equal_gain", or fewer members'))
    return faults


def with_planners(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> GeoDataFrame:
    """Return the table with planners employed and needed, and the weight of journeys, under the user's own figures.

    Parameters
    ----------
    scenario
        With the parameters of the estimate.
    municipalities
        The whole edition.
    active
        Which of them are to be grouped (n,).

    Raises
    ------
    DataError
        If the user's table cannot be used, or no journey would count.
    """
    settings = scenario.planners
    model = planners.PlannerModel(
        supply_fixed_fte=settings.supply_fixed_fte,
        supply_per_1000=settings.supply_per_1000,
        need_fixed_fte=settings.need_fixed_fte,
        need_per_1000=settings.need_per_1000,
        fixed_kept=settings.fixed_kept,
    )
    estimated = with_cases(scenario, planners.estimate(municipalities, model))
    table = laid_over(estimated, settings.table)
    if settings.trips == "need":
        # The user's needs weigh the journeys; the user's trips stand whatever the needs.
        table = laid_over(planners.weighed_by_need(table, active), settings.table)
    if active.any() and not table.loc[active, "trips"].any():
        what = "trips is 0 for everybody who takes part, so no journey would count"
        hint = "give somebody more than 0; where journeys shall not count, write weights.travel = 0"
        raise DataError([DataFault(settings.table, what, hint)])
    return table


def with_cases(scenario: Scenario, table: GeoDataFrame) -> GeoDataFrame:
    """Return the estimates with planners needed for plan cases, if the scenario names a table of them.

    Raises
    ------
    DataError
        With every fault of the table.
    """
    settings = scenario.planners
    if not settings.activity:
        return table
    cases = read_activity(settings.activity, table, settings.activity_contents)
    return planners.with_activity(table, cases, settings.need_per_case)


def laid_over(table: GeoDataFrame, path: str) -> GeoDataFrame:
    """Return the table under the user's own figures, if there are any."""
    return planners.override(table, path) if path else table


def table_fault(scenario: Scenario, section: str, fault: DataFault, key: str = "table") -> Fault:
    """Return a fault of a user's table: at its own line, or at the setting that names it."""
    if found := re.fullmatch(r"(.*):(\d+)(?:, (.*))?", fault.where):
        return Fault(found[1], int(found[2]), found[3] or "", fault.what, fault.hint)
    if fault.where == "planners.trips":
        return scenario.origins.fault(("planners", "trips"), fault.what, fault.hint)
    return scenario.origins.fault((section, key), f"{fault.where}: {fault.what}", fault.hint)
