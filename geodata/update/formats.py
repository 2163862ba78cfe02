"""What the downloaded files must hold, and what is read out of them; anything else is refused."""

import json
import math
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geodata.schema import CRS, NUMBER_PATTERN

MOST_UNPACKED: Final = 600_000_000
"""Bytes of an unpacked file; a longer one is refused before it is unpacked."""
MUNICIPALITIES: Final = (300, 450)
"""So many municipalities Norway can have."""
INHABITANTS: Final = (5_000_000, 7_000_000)
"""So many inhabitants they can have in all."""
CLASSES: Final = (1, 6)
"""First and last class of centrality."""


class FormatError(ValueError):
    """A file is not what it should be; the message says what was found and what was expected."""


def read_boundaries(path: Path) -> gpd.GeoDataFrame:
    """Read the municipalities of Kartverket: a zip with one GeoJSON file, in it the collection ``Kommune``.

    Returns
    -------
    geopandas.GeoDataFrame
        Index ``kommunenummer``, sorted; ``name`` and ``geometry``, valid, EPSG:25833, each municipality once.

    Raises
    ------
    FormatError
        If it is anything else, or is too long when unpacked.
    """
    document = _json(_only_member(path))
    collection = document.get("Kommune")
    if not isinstance(collection, dict) or not collection.get("features"):
        raise FormatError(f"no collection Kommune; found {', '.join(map(str, document)) or 'nothing'}")
    named = str(_inside(collection, "crs", "properties", "name"))
    if "25833" not in named:
        raise FormatError(f"the coordinate system is {named[:60]!r}; expected EPSG:25833")
    try:
        table = gpd.GeoDataFrame.from_features(collection["features"], crs=CRS)
        table = table[["kommunenummer", "kommunenavn", "geometry"]].astype({"kommunenummer": str})
    except (KeyError, TypeError, ValueError, shapely.errors.GEOSException) as fault:
        raise FormatError(f"features without kommunenummer, kommunenavn or geometry: {fault}") from None
    table["geometry"] = shapely.make_valid(table.geometry.to_numpy())
    table = table.rename(columns={"kommunenavn": "name"}).dissolve("kommunenummer", aggfunc="first")
    _require_numbers(table.index)
    return table.sort_index()


def read_statistics(path: Path) -> pd.DataFrame:
    """Read a table of Statistics Norway in the form JSON-stat 2: one row for each cell.

    Returns
    -------
    pandas.DataFrame
        ``kommunenummer`` (text, without the letter before it), ``contents``, ``label``, ``year`` (int) and ``value``
        (NaN where there is none). Regions that are no municipalities are left out.

    Raises
    ------
    FormatError
        If it is anything else, or has more than region, contents and time.
    """
    document = _json(path.read_bytes())
    if document.get("class") != "dataset" or not str(document.get("version", "")).startswith("2"):
        raise FormatError("no dataset of JSON-stat 2")
    try:
        names, sizes = [str(name) for name in document["id"]], [int(size) for size in document["size"]]
        categories = [_categories(document["dimension"][name]["category"]) for name in names]
        values = _values(document["value"], sizes)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise FormatError(f"not whole: {type(fault).__name__}: {fault}") from None
    if [len(one) for one in categories] != sizes:
        raise FormatError(f"sizes {sizes}, but categories {[len(one) for one in categories]}")
    index = pd.MultiIndex.from_product([[*one] for one in categories], names=names)
    cells = pd.DataFrame({"value": values.to_numpy()}, index=index).reset_index()
    region, contents, year = _roles(document, names)
    wide = [name for name, size in zip(names, sizes, strict=True) if size > 1]
    if left := [name for name in wide if name not in {region, contents, year}]:
        raise FormatError(f"divided by {', '.join(left)} too; expected region, contents and time")
    number = cells[region].str.removeprefix("K-")
    labels = dict(categories[names.index(contents)])
    found = pd.DataFrame(
        {
            "kommunenummer": number,
            "contents": cells[contents],
            "label": cells[contents].map(labels),
            "year": cells[year].str[:4].astype(int),
            "value": cells["value"],
        }
    )
    return found[number.str.fullmatch(NUMBER_PATTERN.strip("^$"))].reset_index(drop=True)


def read_population(path: Path) -> pd.DataFrame:
    """Read inhabitants.

    Returns
    -------
    pandas.DataFrame
        Index ``kommunenummer``, sorted; ``population`` and ``population_year``, int. Numbers that nobody lives under,
        those of former municipalities, are left out.

    Raises
    ------
    FormatError
        If it is no such table, or its figures cannot be.
    """
    cells = read_statistics(path)
    if cells["contents"].nunique() != 1:
        raise FormatError(f"{cells['contents'].nunique()} kinds of figures; expected inhabitants alone")
    cells = cells[(cells["year"] == cells["year"].max()) & (cells["value"] > 0)].set_index("kommunenummer").sort_index()
    _require_numbers(cells.index)
    whole, (least, most) = int(cells["value"].sum()), INHABITANTS
    if not least <= whole <= most:
        raise FormatError(f"{whole} inhabitants in all; expected {least} to {most}")
    return pd.DataFrame({"population": cells["value"].astype(int), "population_year": cells["year"]})


def read_centrality(path: Path) -> "pd.Series[int]":
    """Read the class of centrality of each municipality, from a correspondence of Klass.

    Returns
    -------
    pandas.Series
        ``centrality_class``, 1 to 6, by ``kommunenummer``, sorted.

    Raises
    ------
    FormatError
        If it is no such correspondence, or a class cannot be.
    """
    items = _json(path.read_bytes()).get("correspondenceItems")
    found: dict[str, int] = {}
    try:
        for item in items or ():
            codes = str(item["sourceCode"]), str(item["targetCode"])
            number, class_ = codes if re.match(NUMBER_PATTERN, codes[0]) else codes[::-1]
            found[number] = int(class_)
    except (KeyError, TypeError, ValueError) as fault:
        raise FormatError(f"items without sourceCode and targetCode: {type(fault).__name__}: {fault}") from None
    table: pd.Series[int] = (
        pd.Series(found, name="centrality_class", dtype="int64").rename_axis("kommunenummer").sort_index()
    )
    _require_numbers(table.index)
    if not table.between(*CLASSES).all():
        raise FormatError(f"classes {sorted(set(table))}; expected 1 to 6")
    return table


def _only_member(path: Path) -> bytes:
    """Return the one GeoJSON file of a zip, after seeing how long it is; its checksum is checked as it is read."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = [one for one in packed.infolist() if one.filename.lower().endswith((".geojson", ".json"))]
            if len(members) != 1:
                raise FormatError(f"{len(members)} GeoJSON files in the zip; expected one")
            if members[0].file_size > MOST_UNPACKED:
                raise FormatError(f"{members[0].file_size} bytes unpacked; expected at most {MOST_UNPACKED}")
            with packed.open(members[0]) as file:
                content = file.read(MOST_UNPACKED + 1)  # its header may lie
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as fault:
        raise FormatError(f"no sound zip file: {fault}") from None
    if len(content) > MOST_UNPACKED:
        raise FormatError(f"more than {MOST_UNPACKED} bytes unpacked")
    return content


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise FormatError(f"no JSON; it begins with {content[:40]!r}") from None
    if not isinstance(found, dict):
        raise FormatError("JSON, but no object")
    return found


def _inside(found: Any, *names: str) -> Any:
    """Return what stands under some names, or nothing."""
    for name in names:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _categories(category: Mapping[str, Any]) -> dict[str, str]:
    """Return label by code, in order; JSON-stat has the order as a list or as places by code, or only labels."""
    labels = category.get("label", {})
    order = category.get("index", [*labels])
    codes = sorted(order, key=order.__getitem__) if isinstance(order, Mapping) else order
    return {str(code): str(labels.get(code, code)) for code in codes}


def _values(values: Any, sizes: list[int]) -> "pd.Series[float]":
    """Return all cells; JSON-stat has them as a list, or those that are not empty by their places."""
    count = math.prod(sizes)
    if isinstance(values, Mapping):
        return pd.Series({int(at): value for at, value in values.items()}, dtype=float).reindex(range(count))
    if len(values) != count:
        raise ValueError(f"{len(values)} values; expected {count}")
    return pd.Series(values, dtype=float)


def _roles(document: Mapping[str, Any], names: list[str]) -> tuple[str, str, str]:
    """Return which dimensions are region, contents and time."""
    roles = document.get("role", {})
    guessed = {"geo": ("Region", "KOKkommuneregion0000"), "metric": ("ContentsCode",), "time": ("Tid",)}
    found = []
    for role, usual in guessed.items():
        known = [*roles.get(role, ()), *usual]
        here = [name for name in known if name in names]
        if not here:
            raise FormatError(f"no dimension of {role}; found {', '.join(names)}")
        found.append(here[0])
    return found[0], found[1], found[2]


def _require_numbers(index: "pd.Index[str]") -> None:
    """Refuse numbers that are none, that stand twice, or that are too few or too many."""
    wrong = [number for number in index if not re.match(NUMBER_PATTERN, str(number))]
    if wrong:
        raise FormatError(f"{wrong[0]!r} is no kommunenummer")
    if twice := index[index.duplicated()].tolist():
        raise FormatError(f"{twice[0]} stands twice")
    least, most = MUNICIPALITIES
    if not least <= len(index) <= most:
        raise FormatError(f"{len(index)} municipalities; expected {least} to {most}")
