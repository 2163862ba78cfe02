"""What a scenario puts in the place of the embedded data: figures of planners, roads, journeys; and its faults."""

import re

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geodata import network, planners, traveltimes
from geodata.faults import DataError, DataFault
from geodata.network import RoadGraph
from geodata.traveltimes import TravelTimes
from optimizer.problem import Bools
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario


def figures(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> tuple[GeoDataFrame, list[Fault]]:
    """Return the table `with_planners`; with faults, the plain estimate."""
    try:
        return with_planners(scenario, municipalities, active), []
    except DataError as error:
        faults = [table_fault(scenario, "planners", fault) for fault in error.faults]
        return planners.estimate(municipalities), faults


def roads(scenario: Scenario) -> tuple[RoadGraph, list[Fault]]:
    """Return the graph as the scenario changes it; with faults, unchanged."""
    graph = network.load(scenario.edition)
    try:
        return changed(scenario, graph), []
    except DataError as error:
        return graph, [change_fault(scenario, fault) for fault in error.faults]


def journeys(scenario: Scenario, ids: "pd.Index[str]", takes_part: Bools) -> tuple[TravelTimes | None, list[Fault]]:
    """Return the minutes by the user's own table; ``None`` without one, or with faults."""
    try:
        return users_minutes(scenario, ids[takes_part], ids), []
    except DataError as error:
        return None, [table_fault(scenario, "travel", fault) for fault in error.faults]


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
    table = laid_over(planners.estimate(municipalities, model), settings.table)
    if settings.trips == "need":
        # The user's needs weigh the journeys; the user's trips stand whatever the needs.
        table = laid_over(planners.weighed_by_need(table, active), settings.table)
    if active.any() and not table.loc[active, "trips"].any():
        what = "trips is 0 for everybody who takes part, so no journey would count"
        hint = "give somebody more than 0; where journeys shall not count, write weights.travel = 0"
        raise DataError([DataFault(settings.table, what, hint)])
    return table


def laid_over(table: GeoDataFrame, path: str) -> GeoDataFrame:
    """Return the table under the user's own figures, if there are any."""
    return planners.override(table, path) if path else table


def changed(scenario: Scenario, graph: RoadGraph) -> RoadGraph:
    """Return the graph as the scenario changes it."""
    travel = scenario.travel
    if (travel.road_factor, travel.ferry_factor, travel.opened, travel.closed_ferries) == (1.0, 1.0, (), ()):
        return graph
    return network.change(
        graph,
        road_factor=travel.road_factor,
        ferry_factor=travel.ferry_factor,
        seasonal=travel.opened,
        closed=travel.closed_ferries,
    )


def users_minutes(scenario: Scenario, some: "pd.Index[str]", ids: "pd.Index[str]") -> TravelTimes | None:
    """Return the minutes between all municipalities by the user's own table, if the scenario names one.

    Parameters
    ----------
    scenario
        May name a table.
    some
        Those that take part: the table must hold them, and the others are unreachable by it.
    ids
        All of them, in the order wanted.
    """
    if not scenario.travel.table:
        return None
    given = traveltimes.from_table(scenario.travel.table, some, scenario.edition)
    minutes = np.full((len(ids), len(ids)), traveltimes.UNREACHABLE)
    np.fill_diagonal(minutes, 0.0)
    at = ids.get_indexer(some)
    minutes[np.ix_(at, at)] = given.minutes
    return traveltimes.TravelTimes(tuple(ids), minutes, given.source)


def table_fault(scenario: Scenario, section: str, fault: DataFault) -> Fault:
    """Return a fault of a user's table: at its own line, or at the setting that names it."""
    if found := re.fullmatch(r"(.*):(\d+)(?:, (.*))?", fault.where):
        return Fault(found[1], int(found[2]), found[3] or "", fault.what, fault.hint)
    if fault.where == "planners.trips":
        return scenario.origins.fault(("planners", "trips"), fault.what, fault.hint)
    return scenario.origins.fault((section, "table"), f"{fault.where}: {fault.what}", fault.hint)


def change_fault(scenario: Scenario, fault: DataFault) -> Fault:
    """Return a fault of a change of the roads at the setting that asks for it."""
    named = {"closed": "closed_ferries", "seasonal": "open_in_winter"}
    key = named.get(fault.where, "")
    at = [("travel", key, i) for i, name in enumerate(getattr(scenario.travel, key, ())) if repr(name) in fault.what]
    return scenario.origins.fault(at[0] if at else ("travel", fault.where), fault.what, fault.hint)
