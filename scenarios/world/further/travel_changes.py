"""What the section on roads, ferries and journeys changed, beside the roads of the data."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from geodata.editions import OWN
from geodata.network import RoadGraph
from geodata.roads.ends import is_position, snap_km
from geodata.traveltimes import TravelTimes
from maps.told.places.travel_changes import ChangedJourney, LinkEnd, Pair, TravelChanges
from scenarios.question.errors import ScenarioError
from scenarios.question.schema import Scenario
from scenarios.question.sections.roads import Travel
from scenarios.world.build import World, ways
from scenarios.world.plain import plain
from scenarios.world.travel import roads

SEEN: Final = 0.05
"""Minutes from which on a journey takes another time: what is shown as 0.1."""


def changes_of(world: World) -> TravelChanges | None:
    """Return what the scenario's roads, ferries and journeys changed; ``None`` if it changes none, or has no roads."""
    scenario = world.scenario
    if not changes_roads(scenario):
        return None
    found = sorted(_journeys(world), key=lambda one: (np.isfinite(one.change), -abs(one.change), one.start, one.end))
    before, after = _neighbours(world)
    return TravelChanges(
        within=world.problem.limits.max_minutes,
        journeys=tuple(found),
        came=tuple(sorted(after - before)),
        went=tuple(sorted(before - after)),
        links=tuple(_links(unchanged(world)[0], scenario)),
    )


def changes_roads(scenario: Scenario) -> bool:
    """Return whether a scenario changes roads, ferries or journeys; a region of one's own may have none."""
    return scenario.has_roads and scenario.travel != Travel(roads=scenario.travel.roads)


@lru_cache(maxsize=1)  # what is told of a run asks for it several times
def unchanged(world: World) -> tuple[RoadGraph, TravelTimes, pd.DataFrame]:
    """Return roads, minutes and neighbours without what the scenario changes of roads, ferries and journeys.

    Raises
    ------
    ScenarioError
        If roads of the user's own can no longer be read.
    """
    scenario, some = world.scenario, world.municipalities
    graph, faults = roads.unchanged(scenario, some, world.problem.active)
    if faults:
        raise ScenarioError(faults)
    times, links = ways(scenario, graph, some, None) if scenario.edition != OWN else (None, world.links)
    return graph, times or roads.by_road(scenario, graph, some.index), links


def document(world: World) -> dict[str, object] | None:
    """Return the same as one object of counts; ``None`` if the scenario changes no roads."""
    found = changes_of(world)
    if found is None:
        return None
    return {
        "municipalities": len(found.municipalities),
        "journeys": len(found.journeys),
        "came_within": found.came_within,
        "fell_out": found.fell_out,
        "new_neighbours": found.came,
        "no_longer_neighbours": found.went,
        "new_links": [{"name": name, "ends": plain(ends)} for name, *ends in found.links],
    }


def _journeys(world: World) -> Iterator[ChangedJourney]:
    """Yield the journeys between those who take part that take another time, in both directions if these differ."""
    problem = world.problem
    ids = [id_ for id_, joins in zip(problem.ids, problem.active, strict=True) if joins]
    before = unchanged(world)[1].select(ids).minutes
    after = world.travel.select(ids).minutes
    counts = np.minimum(before, after) <= problem.limits.max_minutes
    with np.errstate(invalid="ignore"):  # no way before and after: not a number, and no change
        differ = counts & (np.abs(after - before) >= SEEN)
    same = (before == before.T) & (after == after.T)
    for i, j in zip(*np.nonzero(differ & ~(same & np.tri(len(ids), dtype=bool))), strict=True):
        yield ChangedJourney(ids[i], ids[j], float(before[i, j]), float(after[i, j]))


def _neighbours(world: World) -> tuple[set[Pair], set[Pair]]:
    """Return who is next to whom by the roads of the data, and in the scenario; of those who take part."""
    active = {id_ for id_, joins in zip(world.problem.ids, world.problem.active, strict=True) if joins}
    tables = unchanged(world)[2], world.links
    before, after = (
        {(a, b) for a, b in zip(links["a"], links["b"], strict=True) if a in active and b in active} for links in tables
    )
    return before, after


def _links(graph: RoadGraph, scenario: Scenario) -> Iterator[tuple[str, LinkEnd, LinkEnd]]:
    """Yield the planned links with where they join the network of the data."""
    for link in scenario.travel.new_links:
        one, other = (_end(graph, end) for end in link.between)
        yield link.name, one, other


def _end(graph: RoadGraph, end: str) -> LinkEnd:
    if is_position(end):
        return LinkEnd(end, "place", snap_km(graph, end))
    return LinkEnd(end, "centre" if end.isdigit() else "quay", 0.0)
