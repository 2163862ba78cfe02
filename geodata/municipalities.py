"""The municipalities of an edition: boundaries and facts in one table."""

import unicodedata
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geodata import editions
from geodata.schema import CRS, MUNICIPALITY_COLUMNS

COLUMN_TYPES = {
    name: column.dtype for name, column in MUNICIPALITY_COLUMNS.items() if column.dtype in {"int64", "float64"}
} | {"centre_x": "float64", "centre_y": "float64"}
"""Columns of the file that are numbers."""


def load(edition: str = editions.DEFAULT_EDITION) -> gpd.GeoDataFrame:
    """Load the municipalities of an embedded edition.

    Parameters
    ----------
    edition : str
        ``"2024"`` or ``"2020"``.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``kommunenummer`` (text, four digits, sorted); columns as in `geodata.schema`:
        names, county, ``population``, areas (km²), centrality, ``statsforvalter``, ``sami_area``,
        economic region, ``centre`` (point) and ``geometry`` (a valid coverage), both EPSG:25833.
        ``.attrs["edition"]`` names the edition. A copy of one's own: the files are read once.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    return _whole(editions.get(edition).name, editions.DATA).copy()


@cache
def _whole(name: str, folder: Path) -> gpd.GeoDataFrame:
    facts = _facts(name, folder)
    shapes = gpd.read_file(folder / f"boundaries-{name}.fgb", engine="pyogrio")
    facts["centre"] = gpd.GeoSeries(
        shapely.points(facts.pop("centre_x"), facts.pop("centre_y")), index=facts.index, crs=CRS
    )
    facts["geometry"] = shapes.set_index("kommunenummer").geometry
    table = gpd.GeoDataFrame(facts, geometry="geometry", crs=CRS)
    table.attrs["edition"] = name
    return table


def names(edition: str) -> dict[str, str]:
    """Return the Norwegian short name of each municipality of an edition, by number."""
    table = _facts(editions.get(edition).name)
    return dict(zip(table.index, table["name_norwegian"], strict=True))


def spellings(edition: str) -> dict[str, tuple[str, ...]]:
    """Return the numbers of the municipalities with each official name, Norwegian, Sámi, Kven or all in one.

    The names are in composed letters and folded to small ones; Herøy and Våler have two numbers.
    """
    table = _facts(editions.get(edition).name)
    numbers: dict[str, set[str]] = {}
    for column in ("name", "name_norwegian", "name_sami", "name_kven"):
        for number, name in table[column].items():
            numbers.setdefault(unicodedata.normalize("NFC", name).casefold(), set()).add(str(number))
    return {name: tuple(sorted(found)) for name, found in numbers.items() if name}


def county_numbers(edition: str) -> dict[str, str]:
    """Return the number of each county of an edition, by its Norwegian name."""
    table = _facts(editions.get(edition).name)
    return dict(zip(table["county_name_norwegian"], table["county_number"], strict=True))


def economic_regions(edition: str) -> dict[str, str]:
    """Return the name of the economic region of each municipality of an edition, by number."""
    table = _facts(editions.get(edition).name)
    return dict(zip(table.index, table["economic_region_name"], strict=True))


def correspondence() -> pd.DataFrame:
    """Return how the numbers of 2020 became those of 2024.

    Returns
    -------
    pandas.DataFrame
        Text columns ``kommunenummer_2020``, ``name_2020``, ``kommunenummer_2024``, ``name_2024`` and
        ``relation`` ("same code", "new code", "split"); one row for each municipality of 2024.
    """
    return pd.read_csv(editions.DATA / "correspondence.csv", dtype=str, keep_default_na=False)


def numbers_of_2018() -> pd.DataFrame:
    """Return what became of the municipalities of 2018 that had another number, or were joined or divided.

    Returns
    -------
    pandas.DataFrame
        Text columns ``kommunenummer_2018``, ``name_2018`` and ``kommunenummer_2024``; one row for each pair with ground
        in common. Exchanges of less than a whole municipality do not count, but for Snillfjord and Tysfjord, which were
        divided.
    """
    return pd.read_csv(editions.DATA / "numbers-2018.csv", dtype=str, keep_default_na=False)


def numbers_in(edition: str) -> dict[str, str]:
    """Return the number in an edition of each municipality of 2024; split ones of 2020 have one of the two only.

    In 2020 Ålesund (1508 of 2024) has the number 1507 and Haram has none.
    """
    table = correspondence()
    if edition != "2020":
        return {number: number for number in table["kommunenummer_2024"]}
    table = table.drop_duplicates("kommunenummer_2020")
    return dict(zip(table["kommunenummer_2024"], table["kommunenummer_2020"], strict=True))


def _facts(edition: str, folder: Path | None = None) -> pd.DataFrame:
    path = (folder or editions.DATA) / f"municipalities-{edition}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("kommunenummer")
    table["sami_area"] = table["sami_area"] == "1"
    return table.astype(COLUMN_TYPES)
