import geopandas as gpd
import networkx as nx
import pandas as pd
import pytest

from geodata import municipalities, neighbours, network, planners


@pytest.fixture(scope="session")
def norway() -> gpd.GeoDataFrame:
    return municipalities.load("2024")


@pytest.fixture(scope="session")
def norway_2020() -> gpd.GeoDataFrame:
    return municipalities.load("2020")


@pytest.fixture(scope="session")
def roads() -> nx.Graph:
    return network.load("2024")


@pytest.fixture(scope="session")
def links(roads: nx.Graph, norway: gpd.GeoDataFrame) -> pd.DataFrame:
    return neighbours.find(roads, norway)


@pytest.fixture
def estimated(norway: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return planners.estimate(norway)
