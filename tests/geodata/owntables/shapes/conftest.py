"""Made municipalities: squares of 10 km in a row of Sweden, and files of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from squares import square


@pytest.fixture
def region() -> gpd.GeoDataFrame:
    """Return four municipalities, two by two."""
    shapes = [square(0), square(1), square(0, 1), square(1, 1)]
    return gpd.GeoDataFrame(
        {
            "id": ["01", "02", "03", "04"],
            "name": ["A", "B", "C", "D"],
            "population": [1000, 2000, 3000, 4000],
            "county_id": ["x", "x", "y", "y"],
        },
        geometry=shapes,
        crs="EPSG:3006",
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a table of shapes to a file of its name."""

    def writer(table: gpd.GeoDataFrame, name: str = "m.gpkg", **how: Any) -> Path:
        table.to_file(tmp_path / name, engine="pyogrio", **how)
        return tmp_path / name

    return writer
