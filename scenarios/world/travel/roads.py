"""Roads and journeys as a scenario has them: which graph, what is changed of it, whose minutes count; and faults."""

import re

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geodata import network, traveltimes
from geodata.faults import DataError, DataFault
from geodata.network import RoadGraph
from geodata.roads import plans
from geodata.roads.own import read_roads
from geodata.roads.plans import CorrectedPair, corrected
from geodata.traveltimes import TravelTimes
from optimizer.problem import Bools
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario
from scenarios.world.inputs import table_fault


def roads(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> tuple[RoadGraph, list[Fault]]:
    """Return the graph as the scenario changes it; with faults, unchanged.

    Parameters
    ----------
    scenario
        May name roads of the user's own.
    municipalities
        All that there are.
    active
        Which of them are to be grouped (n,): roads of the user's own must have their centres.
    """
    before, faults = unchanged(scenario, municipalities, active)
    graph = before
    # What a region without roads cannot ask, `region.road_faults` says.
    asked = scenario.travel.changes_the_network and scenario.has_roads and not faults
    for change in (restricted, changed, extended) if asked else ():
        try:
            graph = change(scenario, graph)
        except DataError as error:
            faults += [change_fault(scenario, fault) for fault in error.faults]
    return (before if faults else graph), faults


def unchanged(scenario: Scenario, municipalities: GeoDataFrame, active: Bools) -> tuple[RoadGraph, list[Fault]]:
    """Return the graph before the scenario changes it, the user's own or the embedded one; the latter with faults."""
    own = scenario.travel.roads
    try:
        if own:
            return read_roads(own, municipalities, list(municipalities.index[active])), []
    except DataError as error:
        return network.load(scenario.edition), [
            table_fault(scenario, "travel", fault, "roads") for fault in error.faults
        ]
    return network.load(scenario.edition), []


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
        if scenario.travel.pairs and scenario.has_roads:
            given = put_right(scenario, given or by_road(scenario, graph, names.index), graph)
    except DataError as error:
        given, faults = None, faults + [change_fault(scenario, fault) for fault in error.faults]
    return given, faults


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
    rest = (lambda: by_road(scenario, graph, ids)) if scenario.has_roads else None
    given = traveltimes.from_table(table, some, scenario.edition, rest, own)
    minutes = np.full((len(ids), len(ids)), traveltimes.UNREACHABLE)
    np.fill_diagonal(minutes, 0.0)
    at = ids.get_indexer(some)
    minutes[np.ix_(at, at)] = given.minutes
    return traveltimes.TravelTimes(tuple(ids), minutes, given.source, given.own)


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
