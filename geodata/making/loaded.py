"""What a check of the embedded data looks at, and what it says."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geodata import editions
from geodata.network import RoadGraph


@dataclass(frozen=True)
class Check:
    """One check and its outcome.

    Attributes
    ----------
    name : str
        What was checked.
    ok : bool
        The verdict.
    figures : str
        What was found, and what was expected if it differs.
    """

    name: str
    ok: bool
    figures: str


@dataclass(frozen=True)
class Loaded:
    """An edition as loaded, for the single checks."""

    edition: editions.Edition
    table: gpd.GeoDataFrame
    graph: RoadGraph
    links: pd.DataFrame
