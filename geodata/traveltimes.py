"""Minutes between administrative centres: from the graph, or from the user's own table."""

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata import codes, editions, municipalities
from geodata.faults import DataError, DataFault
from geodata.network import RoadGraph, centre_node, open_edges
from geodata.owntables.files import read_table
from geodata.owntables.formats.ours import refuse_answers
from geodata.owntables.minutes import HEADINGS, is_long, laid_over, square

UNREACHABLE = math.inf
"""Minutes where there is no way at all."""
BY_GRAPH = "road and ferry graph"
MINUTES_FILE = "minutes-{}.npy"
"""Of an edition."""
HUNDREDTHS = 100
"""Of a minute, in which they are kept."""


@dataclass(frozen=True, eq=False, repr=False)
class TravelTimes:
    """Minutes by car and ferry between municipalities.

    Attributes
    ----------
    ids : tuple of str
        Municipality numbers, in the order of rows and columns.
    minutes : numpy.ndarray, shape (n, n)
        From row to column, float64, minutes rounded to 0.01; diagonal 0; `UNREACHABLE` without a way.
        Not writable.
    source : str
        Where the minutes come from.
    own : bool
        Whether all of them are the user's; if not, they are estimates, all or in part.

    Raises
    ------
    ValueError
        If the shape does not fit the ids, a diagonal value is not 0, or a value is negative or NaN.
    """

    ids: tuple[str, ...]
    minutes: NDArray[np.float64]
    source: str
    own: bool = False

    def __post_init__(self) -> None:
        """Check the matrix and make it read-only."""
        size = len(self.ids)
        if self.minutes.shape != (size, size) or len(set(self.ids)) != size:
            raise ValueError(f"{size} ids, but a matrix of shape {self.minutes.shape}, or an id twice")
        if not (self.minutes >= 0).all() or self.minutes.diagonal().any():
            raise ValueError("minutes must be zero or more, and zero on the diagonal")
        frozen = np.array(self.minutes, dtype=np.float64)
        frozen.setflags(write=False)
        object.__setattr__(self, "minutes", frozen)

    def __repr__(self) -> str:
        """Return the number of municipalities and the source."""
        return f"<TravelTimes: {len(self.ids)} municipalities, {self.source}>"

    def to_frame(self) -> pd.DataFrame:
        """Return the minutes as a pandas table, from row to column."""
        return pd.DataFrame(self.minutes, index=list(self.ids), columns=list(self.ids))

    def between(self, start: str, end: str) -> float:
        """Return the minutes from one municipality to another."""
        return float(self.minutes[self.ids.index(start), self.ids.index(end)])

    def select(self, ids: Sequence[str]) -> "TravelTimes":
        """Return the part for some municipalities, in the given order."""
        position = {number: index for index, number in enumerate(self.ids)}
        rows = [position[number] for number in ids]
        return TravelTimes(tuple(ids), self.minutes[np.ix_(rows, rows)], self.source, self.own)


def from_graph(graph: RoadGraph, ids: Iterable[str]) -> TravelTimes:
    """Compute the fastest minutes between centres.

    Parameters
    ----------
    graph : networkx.Graph
        As from `network.load` or `network.change`. Links closed in winter count only after
        ``change(graph, seasonal=True)``.
    ids : iterable of str
        Municipality numbers with a centre in the graph.

    Returns
    -------
    TravelTimes
        Symmetric, unless the graph has directions.

    Raises
    ------
    DataError
        If the graph has no centre for some of the ids.
    """
    ids = tuple(ids)
    lost = [number for number in ids if centre_node(number) not in graph]
    if lost:
        raise DataError(
            DataFault(f"municipality {number}", "the road graph has no centre for it", "does the edition fit?")
            for number in lost
        )
    nodes, matrix = as_matrix(graph)
    sources = [nodes[centre_node(number)] for number in ids]
    found = dijkstra(matrix, indices=sources)[:, sources]
    if not graph.is_directed():
        # The same way added up from its two ends can differ in the last digit.
        found = np.minimum(found, found.T)
    return TravelTimes(ids, np.round(found, 2), graph.graph.get("source", BY_GRAPH), bool(graph.graph.get("own")))


def packed(minutes: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return symmetric minutes as they are kept: hundredths above the diagonal, row by row; -1 without a way."""
    above = minutes[np.triu_indices(len(minutes), 1)]
    return np.where(np.isinf(above), -1, np.rint(above * HUNDREDTHS)).astype(np.int32)


def as_matrix(graph: RoadGraph) -> tuple[dict[str, int], csr_array]:
    """Return the position of each node, and the minutes of each edge that may be used, from row to column (n, n)."""
    nodes = {node: index for index, node in enumerate(graph)}
    links = [*open_edges(graph)]
    minutes = np.array([data["minutes"] for _, _, data in links])
    # The oldest scipy we take refuses indices of 64 bits here.
    start = np.array([nodes[node] for node, _, _ in links], dtype=np.int32)
    end = np.array([nodes[node] for _, node, _ in links], dtype=np.int32)
    if not graph.is_directed():
        start, end, minutes = np.append(start, end), np.append(end, start), np.append(minutes, minutes)
    return nodes, csr_array((minutes, (start, end)), shape=(len(nodes), len(nodes)))


@cache
def embedded(edition: str = editions.DEFAULT_EDITION) -> TravelTimes:
    """Return the fastest minutes between all municipalities of an edition on an ordinary day.

    They are kept beside the graph, from which `geodata.making.journeys` makes them as `from_graph` does.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    ids = tuple(municipalities.load(edition).index)
    kept = np.load(editions.DATA / MINUTES_FILE.format(edition))
    minutes = np.zeros((len(ids), len(ids)))
    minutes[np.triu_indices(len(ids), 1)] = np.where(kept < 0, UNREACHABLE, kept / HUNDREDTHS)
    return TravelTimes(ids, minutes + minutes.T, BY_GRAPH)


def from_table(
    path: str | Path,
    ids: Iterable[str],
    edition: str = editions.DEFAULT_EDITION,
    rest: Callable[[], TravelTimes] | None = None,
    own: Mapping[str, str] | None = None,
) -> TravelTimes:
    """Read the user's own travel times.

    Parameters
    ----------
    path : str or Path
        A square table: the header holds municipality numbers from the second cell on, each row begins with one; cells
        are minutes from the row to the column. Or a long one with the columns ``from``, ``to`` and ``minutes``; a way
        in one direction holds in both. Empty means that there is no way.
    ids : iterable of str
        The municipalities needed, in the wanted order; the table may hold more.
    edition : str
        Of the numbers.
    rest : callable, optional
        Gives the minutes of ways that a long table does not name, for at least the same municipalities; without, the
        embedded ones, and in the edition ``"own"`` none.
    own : mapping of str to str, optional
        Name of each municipality by id, in the edition ``"own"``.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    table = read_table(path, HEADINGS)
    refuse_answers(table.at(table.line), table.header)
    ids, book, name = tuple(ids), codes.book(edition, own), Path(path).name
    if not is_long(table):
        return TravelTimes(ids, np.round(square(table, ids, book), 2), name, own=True)
    if edition == editions.OWN and rest is None:
        nothing = np.where(np.eye(len(ids)), 0.0, UNREACHABLE)
        return TravelTimes(ids, np.round(laid_over(table, ids, book, nothing), 2), name, own=True)
    known = (rest() if rest else embedded(edition)).select(ids)
    minutes = laid_over(table, ids, book, known.minutes)
    return TravelTimes(ids, np.round(minutes, 2), f"{name} over {known.source}", known.own)


def replaces_all(path: str | Path) -> bool:
    """Return whether a table as of `from_table` is square, so that no minutes but the user's count.

    Raises
    ------
    DataError
        If it cannot be read.
    """
    return not is_long(read_table(path, HEADINGS))


def to_csv(times: TravelTimes) -> str:
    """Return the table in the form that `from_table` reads: comma separated, point decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["kommunenummer", *times.ids])
    for number, row in zip(times.ids, times.minutes, strict=True):
        writer.writerow([number, *("" if value == UNREACHABLE else f"{value:.2f}" for value in row)])
    return out.getvalue()


def write(times: TravelTimes, path: str | Path) -> None:
    """Write the table to a file, as `to_csv`."""
    Path(path).write_bytes(to_csv(times).encode())
