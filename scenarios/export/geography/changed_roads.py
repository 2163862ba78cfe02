"""What a run leaves where its scenario changes roads, ferries or journeys: what changed, and the question without."""

import math
from collections.abc import Iterator
from typing import Any, Final

from maps.told.places.travel_changes import TravelChanges
from scenarios.export import columns
from scenarios.export.csv_files import CsvTable
from scenarios.question.schema import Scenario
from scenarios.question.sections.roads import Travel
from scenarios.world.build import World
from scenarios.world.further.travel_changes import changes_of, changes_roads

UNCHANGED: Final = "unchanged-roads.toml"
"""The same question with the roads, ferries and journeys of the data."""


def scenarios(scenario: Scenario) -> dict[str, Scenario]:
    """Return the scenario that asks the same with the roads of the data by its file; none where none are changed."""
    if not changes_roads(scenario):
        return {}
    return {UNCHANGED: scenario.model_copy(update={"travel": Travel(roads=scenario.travel.roads)})}


def csv_tables(world: World) -> dict[str, CsvTable]:
    """Return the table of the journeys that take another time by its name; none where no roads are changed."""
    found = changes_of(world)
    return {} if found is None else {"travel-changes": columns.TRAVEL_CHANGES.of(_journeys(world, found))}


def _journeys(world: World, found: TravelChanges) -> Iterator[dict[str, Any]]:
    """Yield the facts of each journey; nothing in place of minutes where there is no way."""
    names = world.municipalities["name"]
    for one in found.journeys:
        ends = {"from": one.start, "from_name": names[one.start], "to": one.end, "to_name": names[one.end]}
        minutes = {"minutes_before": one.before, "minutes_after": one.after, "minutes_change": one.change}
        yield {**ends, **{name: value if math.isfinite(value) else None for name, value in minutes.items()}}
