"""Whose municipalities a scenario is about: those of an embedded edition, or a region of the user's own."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyproj
from geopandas import GeoDataFrame

from geodata import codes, municipalities
from geodata.editions import OWN
from geodata.faults import DataError
from geodata.owntables.figures import read_figures
from geodata.owntables.neighbours import by_borders, read_neighbours
from geodata.owntables.regions import BoundaryFile, read_municipalities
from geodata.owntables.shapes.boundaries import redrawn
from geodata.owntables.shapes.planes import DEGREES
from geodata.traveltimes import TravelTimes
from scenarios.question.errors import ScenarioError
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario
from scenarios.question.sections.roads import Travel
from scenarios.world.inputs import table_fault


def load(scenario: Scenario) -> GeoDataFrame:
    """Return the municipalities of the scenario's edition.

    Raises
    ------
    ScenarioError
        If the user's own cannot be read: without them nothing more can be said of the scenario.
    """
    if scenario.edition != OWN:
        return redrawn_by(scenario, with_figures(scenario, municipalities.load(scenario.edition)))
    data = scenario.data
    if faults := [*crs_faults(scenario)]:
        raise ScenarioError(faults)
    try:
        drawn = BoundaryFile(data.boundaries, data.boundaries_layer, data.boundaries_crs)
        return read_municipalities(data.municipalities, data.crs, drawn)
    except DataError as error:
        raise ScenarioError(
            table_fault(scenario, "data", fault, "boundaries" if fault.where == data.boundaries else "municipalities")
            for fault in error.faults
        ) from None


def crs_faults(scenario: Scenario) -> Iterator[Fault]:
    """Find what is named as a coordinate system and is none."""
    for key in ("crs", "boundaries_crs"):
        named = getattr(scenario.data, key)
        try:
            pyproj.CRS.from_user_input(named or DEGREES)
        except pyproj.exceptions.CRSError:
            what = f"{named!r} is no coordinate system"
            yield scenario.origins.fault(("data", key), what, 'such as "EPSG:3006"')


def with_figures(scenario: Scenario, table: GeoDataFrame) -> GeoDataFrame:
    """Return the municipalities of an edition with newer figures, if the scenario names a table of them.

    Raises
    ------
    ScenarioError
        If it cannot be read: who takes part follows from it.
    """
    if not scenario.data.figures:
        return table
    try:
        return read_figures(scenario.data.figures, table)
    except DataError as error:
        raise ScenarioError(table_fault(scenario, "data", fault, key="figures") for fault in error.faults) from None


def is_redrawn(scenario: Scenario) -> bool:
    """Return whether an edition is drawn with other boundaries than its own."""
    return scenario.edition != OWN and bool(scenario.data.boundaries)


def redrawn_by(scenario: Scenario, table: GeoDataFrame) -> GeoDataFrame:
    """Return the municipalities of an edition with other boundaries, if the scenario names a file of them.

    Raises
    ------
    ScenarioError
        If it cannot be read.
    """
    data = scenario.data
    if not is_redrawn(scenario):
        return table
    if faults := [*crs_faults(scenario)]:
        raise ScenarioError(faults)
    try:
        return redrawn(table, BoundaryFile(data.boundaries, data.boundaries_layer, data.boundaries_crs))
    except DataError as error:
        raise ScenarioError(table_fault(scenario, "data", fault, key="boundaries") for fault in error.faults) from None


def with_own_lines(scenario: Scenario, table: GeoDataFrame) -> GeoDataFrame:
    """Return the municipalities with the boundaries by which neighbours are found: of an edition always its own."""
    return municipalities.load(scenario.edition) if is_redrawn(scenario) else table


def neighbours(scenario: Scenario, some: GeoDataFrame) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return the neighbours of the user's own municipalities, and faults; ``None`` in an embedded edition.

    Parameters
    ----------
    scenario
        May name a table of them; without, those that have a border in common are neighbours.
    some
        The municipalities, as from `load`.
    """
    if scenario.edition != OWN:
        return None, []
    if scenario.data.neighbours:
        try:
            book = codes.book(OWN, some["name_norwegian"].to_dict())
            return read_neighbours(scenario.data.neighbours, book), []
        except DataError as error:
            return None, [table_fault(scenario, "data", fault, key="neighbours") for fault in error.faults]
    if some.attrs["schematic"] and scenario.limits.contiguity != "off":
        what = "is empty, and municipalities without boundaries do not say who borders whom"
        hint = 'name a table with the columns a and b, or write limits.contiguity = "off"'
        return None, [scenario.origins.fault(("data", "neighbours"), what, hint)]
    return by_borders(some.iloc[:0] if some.attrs["schematic"] else some), []


def road_faults(scenario: Scenario) -> list[Fault]:
    """Return what is asked of roads in a region of the user's own without any: minutes come from a table."""
    if scenario.has_roads:
        return []
    faults = []
    if not scenario.travel.table and not scenario.travel.server:
        hint = "name a table with the columns from, to and minutes, or a square one, or roads as data roads writes them"
        what = "is empty, and there are no roads between municipalities of your own"
        faults.append(scenario.origins.fault(("travel", "table"), what, hint))
    return faults + [
        scenario.origins.fault(
            ("travel", name),
            "there are no roads of your own municipalities to change",
            "remove it, or name roads in travel.roads",
        )
        for name in Travel.model_fields
        if name not in {"table", "osrm", "valhalla"} and getattr(scenario.travel, name) != getattr(Travel(), name)
    ]


def timed(links: pd.DataFrame, travel: TravelTimes) -> pd.DataFrame:
    """Return neighbours with the minutes between them, in the direction that is faster."""
    at = {id_: i for i, id_ in enumerate(travel.ids)}
    a, b = links["a"].map(at).to_numpy(dtype=int), links["b"].map(at).to_numpy(dtype=int)
    return links.assign(minutes=np.minimum(travel.minutes[a, b], travel.minutes[b, a]))
