"""pandera models of the tables, made from the columns in `geodata.schema`."""

from typing import Any

import pandera.pandas as pa

from geodata.schema import CRS, ESTIMATE_COLUMNS, LINK_COLUMNS, MUNICIPALITY_COLUMNS, NUMBER_PATTERN, Column


def municipality_schema(*, estimated: bool = False) -> pa.DataFrameSchema:
    """Return the pandera schema of a table of municipalities.

    Parameters
    ----------
    estimated : bool
        Whether the columns of `planners.estimate` must be there too.
    """
    columns = MUNICIPALITY_COLUMNS | (ESTIMATE_COLUMNS if estimated else {})
    index = pa.Index(str, pa.Check.str_matches(NUMBER_PATTERN), unique=True, name="kommunenummer")
    return pa.DataFrameSchema(_columns(columns), index=index, strict=True)


def link_schema() -> pa.DataFrameSchema:
    """Return the pandera schema of a table of links."""
    ordered = pa.Check(lambda table: table["a"] < table["b"], error="a < b")
    return pa.DataFrameSchema(_columns(LINK_COLUMNS), checks=ordered, unique=["a", "b"], strict=True)


def _columns(columns: dict[str, Column]) -> dict[str, Any]:
    return {
        name: pa.Column(None if column.dtype == "geometry" else column.dtype, _checks(column))
        for name, column in columns.items()
    }


def _checks(column: Column) -> list[Any]:
    checks: list[Any] = []
    if column.dtype == "geometry":
        checks.append(pa.Check(lambda shapes: shapes.crs == CRS, error=f"in {CRS}"))
        checks.append(pa.Check(lambda shapes: shapes.is_valid & ~shapes.is_empty, error="valid, not empty"))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    if column.values:
        checks.append(pa.Check.isin(column.values))
    if column.pattern:
        checks.append(pa.Check.str_contains(column.pattern))
    return checks
