"""The user's own neighbours: a table with a row for each pair, or municipalities that have a border in common."""

from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from geodata.codes import NumberBook
from geodata.faults import DataError, DataFault, near
from geodata.owntables.files import read_table
from geodata.owntables.formats.ours import refuse_answers
from geodata.owntables.rows import IGNORED_COLUMNS

ENDS: Final = ("a", "b")
KINDS: Final = ("road", "ferry")
BY_HAND: Final = "manual"
"""Kind of a link of ours that is neither: it is read as a road."""
COLUMNS: Final = (*ENDS, "kind", "reason")
OURS: Final = "minutes"
"""What else the table of links has that is written beside every plan."""
SHORTEST_M: Final = 1.0
"""Who has less of a border in common only touches at a corner."""


def read_neighbours(path: str | Path, book: NumberBook) -> pd.DataFrame:
    """Read a table of neighbours.

    Parameters
    ----------
    path : str or Path
        CSV or workbook with ``a`` and ``b``, and perhaps ``kind`` ("road", or "ferry" if no road leads there) and
        ``reason``. Either order holds, and a pair may stand in both.
    book : NumberBook
        Ids and names of the municipalities.

    Returns
    -------
    pandas.DataFrame
        `COLUMNS` as text, ``a`` < ``b``, sorted, each pair once.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    table = read_table(path, ENDS)
    refuse_answers(table.at(table.line), table.header)
    where = table.at(table.line)
    faults = [
        DataFault(where, f"unknown column {name!r}", near(name, COLUMNS) or f"known are {', '.join(COLUMNS)}")
        for name in table.header
        if name and name not in (*COLUMNS, *IGNORED_COLUMNS, OURS)
    ]
    faults += [
        DataFault(where, f"the column {name} is {'missing' if name not in table.header else 'there twice'}", "once")
        for name in ENDS
        if table.header.count(name) != 1
    ]
    if not table.rows:
        faults.append(DataFault(table.where, "there is no row below the header", "a row for each pair of neighbours"))
    pairs: dict[tuple[str, ...], tuple[str, str]] = {}
    for line, cells in table.rows if not faults else ():
        row = dict(zip(table.header, cells, strict=True))
        pair = tuple(sorted(book.meant(row[end]) for end in ENDS))
        kind = row.get("kind", "").replace(BY_HAND, "") or KINDS[0]
        faults += [DataFault(table.at(line), *wrong) for end in pair if (wrong := book.fault(end))]
        if pair[0] == pair[1]:
            faults.append(DataFault(table.at(line), f"{pair[0]} is its own neighbour", "name two municipalities"))
        if kind not in KINDS:
            faults.append(DataFault(table.at(line), f"kind is {kind[:40]!r}", "road or ferry; empty means road"))
        pairs.setdefault(pair, (kind, row.get("reason", "")))
    if faults:
        raise DataError(faults)
    return pd.DataFrame([(*pair, *told) for pair, told in sorted(pairs.items())], columns=list(COLUMNS), dtype="str")


def by_borders(municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return who has more of a border in common than `SHORTEST_M`, in the form of `read_neighbours`."""
    shapes = municipalities.geometry.to_numpy()
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    long = shapely.length(shapely.intersection(shapes[first], shapes[second])) > SHORTEST_M
    ids = municipalities.index.to_numpy()
    pairs = sorted(tuple(sorted(pair)) for pair in zip(ids[first[long]], ids[second[long]], strict=True))
    return pd.DataFrame([(a, b, KINDS[0], "") for a, b in pairs], columns=list(COLUMNS), dtype="str")
