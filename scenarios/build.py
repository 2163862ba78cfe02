"""From a scenario and the geodata to a problem: the only bridge."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimizer.problem import Problem
from scenarios.schema import Scenario

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from geopandas import GeoDataFrame

    from geodata.traveltimes import TravelTimes


@dataclass(frozen=True, eq=False)
class World:
    """Everything that a run is about.

    Parameters
    ----------
    scenario
        What was asked, with names of municipalities and counties replaced by their numbers.
    municipalities
        The whole edition with planner columns.
    graph
        Roads and ferries as the scenario changes them.
    links
        Neighbours by road and ferry.
    travel
        Minutes between all municipalities.
    problem
        The same as arrays, with rules, prices and pins; spans the whole edition.
    """

    scenario: Scenario
    municipalities: "GeoDataFrame"
    graph: "nx.Graph"
    links: "pd.DataFrame"
    travel: "TravelTimes"
    problem: Problem


def build(scenario: Scenario) -> World:
    """Return the world of a scenario.

    Raises
    ------
    ScenarioError
        With all faults at once: pins and selections that name nobody or contradict each other, unusable tables.
    """
    raise NotImplementedError
