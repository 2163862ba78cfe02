"""What a scenario puts in the place of the embedded data: figures of planners, roads, journeys; and its faults."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geodata import editions, employer_tax, network, planners, traveltimes
from geodata.faults import DataError, DataFault
from geodata.network import RoadGraph
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.figures import read_activity
from geodata.owntables.money import read_money
from geodata.owntables.plan_dates import read_plan_dates
from geodata.owntables.projection import read_projection
from geodata.roads import plans
from geodata.roads.plans import CorrectedPair, corrected
from geodata.traveltimes import TravelTimes
from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte, HeldTable
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import Bools
from optimizer.sharing.keys import SharingKey
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario
from scenarios.question.sections import SAMI, DisciplineShares
from scenarios.world import today

PLANS = ("arealdel", "samfunnsdel", "planstrategi")
"""Kinds of plan."""
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


def roads(scenario: Scenario) -> tuple[RoadGraph, list[Fault]]:
    """Return the graph as the scenario changes it; with faults, unchanged."""
    embedded = graph = network.load(scenario.edition)
    faults: list[Fault] = []
    # A region of the user's own has no roads, and `region.road_faults` says so.
    asked = scenario.travel.changes_the_network and scenario.edition != editions.OWN
    for change in (restricted, changed, extended) if asked else ():
        try:
            graph = change(scenario, graph)
        except DataError as error:
            faults += [change_fault(scenario, fault) for fault in error.faults]
    return (embedded if faults else graph), faults


def journeys(
    scenario: Scenario, graph: RoadGraph, names: "pd.Series[str]", takes_part: Bools
) -> tuple[TravelTimes | None, list[Fault]]:
    """Return the minutes by the user's own table and pairs; ``None`` without any, or with faults."""
    given, faults = None, []
    try:
        given = users_minutes(scenario, graph, names, takes_part)
    except DataError as error:
        faults += [table_fault(scenario, "travel", fault) for fault in error.faults]
    try:
        if scenario.travel.pairs and scenario.edition != editions.OWN:
            given = put_right(scenario, given or by_road(scenario, graph, names.index), graph)
    except DataError as error:
        given, faults = None, faults + [change_fault(scenario, fault) for fault in error.faults]
    return given, faults


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
        rows = read_disciplines(path, municipalities, (*DisciplineShares.model_fields, SAMI))
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


def restricted(scenario: Scenario, graph: RoadGraph) -> RoadGraph:
    """Return the graph with links closed, ferries that sail otherwise and slower classes of road."""
    travel = scenario.travel
    return plans.restricted(
        graph,
        closed=[plans.ClosedLink(ends_of(link.between), link.road) for link in travel.closed_links],
        ferries={name: plans.FerryService(**service.model_dump()) for name, service in travel.ferries.items()},
        class_factors=travel.class_factors.model_dump(),
    )


def extended(scenario: Scenario, graph: RoadGraph) -> RoadGraph:
    """Return the graph with the links that are planned."""
    links = scenario.travel.new_links
    return plans.extended(
        graph,
        [plans.NewLink(link.name, ends_of(link.between), link.minutes, link.km, link.kind) for link in links],
    )


def ends_of(between: tuple[str, ...]) -> plans.Ends:
    """Return the two ends of a link."""
    one, other = between
    return one, other


def changed(scenario: Scenario, graph: RoadGraph) -> RoadGraph:
    """Return the graph with all roads or ferries slower, and links opened and closed by name."""
    travel = scenario.travel
    return network.change(
        graph,
        road_factor=travel.road_factor,
        ferry_factor=travel.ferry_factor,
        seasonal=travel.opened,
        closed=travel.closed_ferries,
    )


def by_road(scenario: Scenario, graph: RoadGraph, ids: "pd.Index[str]") -> TravelTimes:
    """Return the minutes by the graph; the embedded ones where the scenario changes no road."""
    if graph is network.load(scenario.edition):
        return traveltimes.embedded(scenario.edition)
    return traveltimes.from_graph(graph, ids)


def put_right(scenario: Scenario, times: TravelTimes, graph: RoadGraph) -> TravelTimes:
    """Return travel times with the minutes of the pairs that the scenario knows better."""
    pairs = [CorrectedPair(ends_of(pair.between), pair.minutes, pair.one_way) for pair in scenario.travel.pairs]
    return corrected(times, pairs, graph)


def users_minutes(
    scenario: Scenario, graph: RoadGraph, names: "pd.Series[str]", takes_part: Bools
) -> TravelTimes | None:
    """Return the minutes between all municipalities by the user's own table, if the scenario names one.

    Parameters
    ----------
    scenario
        May name a table.
    graph
        Gives the ways that a long table does not name.
    names
        Name of each municipality by id, in the order wanted.
    takes_part
        Which take part: a square table must hold them, and the others are unreachable by either (n,).
    """
    if not scenario.travel.table:
        return None
    ids = names.index
    some = ids[takes_part]
    table, own = scenario.travel.table, dict(zip(ids, names, strict=True))
    given = traveltimes.from_table(table, some, scenario.edition, lambda: by_road(scenario, graph, ids), own)
    minutes = np.full((len(ids), len(ids)), traveltimes.UNREACHABLE)
    np.fill_diagonal(minutes, 0.0)
    at = ids.get_indexer(some)
    minutes[np.ix_(at, at)] = given.minutes
    return traveltimes.TravelTimes(tuple(ids), minutes, given.source, given.own)


def table_fault(scenario: Scenario, section: str, fault: DataFault, key: str = "table") -> Fault:
    """Return a fault of a user's table: at its own line, or at the setting that names it."""
    if found := re.fullmatch(r"(.*):(\d+)(?:, (.*))?", fault.where):
        return Fault(found[1], int(found[2]), found[3] or "", fault.what, fault.hint)
    if fault.where == "planners.trips":
        return scenario.origins.fault(("planners", "trips"), fault.what, fault.hint)
    return scenario.origins.fault((section, key), f"{fault.where}: {fault.what}", fault.hint)


def change_fault(scenario: Scenario, fault: DataFault) -> Fault:
    """Return a fault of a change of the roads at the setting that asks for it."""
    if found := re.fullmatch(r"(\w+)\.(\d+)\.(\w+)", fault.where):
        return scenario.origins.fault(("travel", found[1], int(found[2]), found[3]), fault.what, fault.hint)
    if found := re.fullmatch(r"ferries\.(.*)", fault.where):
        return scenario.origins.fault(("travel", "ferries", found[1]), fault.what, fault.hint)
    named = {"closed": "closed_ferries", "seasonal": "open_in_winter"}
    key = named.get(fault.where, "")
    at = [("travel", key, i) for i, name in enumerate(getattr(scenario.travel, key, ())) if repr(name) in fault.what]
    return scenario.origins.fault(at[0] if at else ("travel", fault.where), fault.what, fault.hint)
