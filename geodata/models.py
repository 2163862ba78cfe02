"""Whether tables are as the columns in `geodata.schema` promise."""

from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata.schema import CRS, ESTIMATE_COLUMNS, LINK_COLUMNS, MUNICIPALITY_COLUMNS, NUMBER_PATTERN, Column


def municipality_faults(table: gpd.GeoDataFrame, *, estimated: bool = False) -> list[str]:
    """Return what is wrong with a table of municipalities, each as column and rule.

    Parameters
    ----------
    table : GeoDataFrame
        As from `municipalities.load`.
    estimated : bool
        Whether the columns of `planners.estimate` must be there too.
    """
    index = table.index
    sound = index.name == "kommunenummer" and index.is_unique and index.astype(str).str.match(NUMBER_PATTERN).all()
    own = [] if sound else ["kommunenummer: four digits, each once"]
    return own + list(_faults(table, MUNICIPALITY_COLUMNS | (ESTIMATE_COLUMNS if estimated else {})))


def link_faults(table: pd.DataFrame) -> list[str]:
    """Return what is wrong with a table of links, each as column and rule."""
    found = list(_faults(table, LINK_COLUMNS))
    if not found and not ((table["a"] < table["b"]).all() and not table.duplicated(["a", "b"]).any()):
        found.append("a, b: a < b, each pair once")
    return found


def _faults(table: pd.DataFrame, columns: Mapping[str, Column]) -> Iterator[str]:
    """Yield each column that is missing, unknown, of another kind, or out of range."""
    yield from (f"{name}: not there" for name in columns if name not in table)
    yield from (f"{name}: unknown" for name in table if name not in columns)
    for name, column in columns.items():
        if name in table:
            yield from (f"{name}: {rule}" for rule, kept in _rules(table[name], column) if not kept.all())


def _rules(values: pd.Series, column: Column) -> Iterator[tuple[str, Any]]:
    """Yield the rules of a column, and which values keep each."""
    kind = str(values.dtype) == column.dtype
    if column.dtype == "str":
        kind = pd.api.types.is_string_dtype(values)
    yield f"is {column.dtype}, nothing left out", values.notna() & kind
    if not kind:
        return
    if column.dtype == "geometry":
        yield f"in {CRS}", np.bool_(values.crs == CRS)
        yield "valid, not empty", values.is_valid & ~values.is_empty
    if column.low is not None:
        yield f"at least {column.low:g}", values >= column.low
    if column.high is not None:
        yield f"at most {column.high:g}", values <= column.high
    if column.values:
        yield f"one of {', '.join(column.values)}", values.isin(column.values)
    if column.pattern:
        yield f"matches {column.pattern}", values.str.contains(column.pattern, regex=True)
