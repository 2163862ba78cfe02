"""Minutes between places from a running OSRM or Valhalla server, asked in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import requests
from numpy.typing import NDArray

from geodata.faults import DownloadError
from geodata.update.fetching import Patience

BATCH: Final = 50
"""Places on either side of one question: servers take a hundred together unless told otherwise."""
UNCONNECTED: Final = 170
"""Valhalla's number for "locations are in unconnected regions": it then gives no part of the table."""
Place = tuple[float, float]
"""Longitude and latitude, degrees."""
Ask = Callable[[requests.Session, str, Sequence[Place], Sequence[Place], Patience], list[list[float | None]]]
"""Asks a server for seconds from some places to others; ``None`` where there is no way."""


def minutes(
    made: requests.Session, kind: str, server: str, places: Sequence[Place], patience: Patience
) -> NDArray[np.float64]:
    """Return the minutes from each place to each, rounded to 0.01 (n, n); infinite without a way.

    Parameters
    ----------
    made : requests.Session
        As from `fetching.session`.
    kind : str
        Key of `SERVERS`.
    server : str
        Its address, without what the protocol adds.
    places : sequence of tuple
        Longitude and latitude, degrees.
    patience : Patience
        How long to wait for each answer.

    Raises
    ------
    DownloadError
        If the server does not answer, or answers something else.
    """
    count = len(places)

    def asked(starts: Sequence[Place], ends: Sequence[Place]) -> list[list[float | None]]:
        return SERVERS[kind](made, server.rstrip("/"), starts, ends, patience)

    found = np.full((count, count), np.inf)
    for rows in _batches(count):
        for columns in _batches(count):
            seconds = _in_parts(asked, [places[i] for i in rows], [places[j] for j in columns])
            try:
                block = np.array(seconds, dtype=float)  # no way is not a number
            except (TypeError, ValueError):
                raise DownloadError(server, "answers with something else than a table of numbers") from None
            if block.shape != (len(rows), len(columns)) or (block < 0).any():
                raise DownloadError(server, f"answers with a table {block.shape}; expected {len(rows), len(columns)}")
            found[np.ix_(rows, columns)] = np.where(np.isnan(block), np.inf, block / 60)
    np.fill_diagonal(found, 0.0)
    return np.round(found, 2)


class UnconnectedError(Exception):
    """A server gives no table at all, for there is no way between some of the places."""


def _in_parts(
    ask: Callable[[Sequence[Place], Sequence[Place]], list[list[float | None]]],
    rows: Sequence[Place],
    columns: Sequence[Place],
) -> list[list[float | None]]:
    """Return a table that is asked for in halves, and halves of these, where a server gives it only without islands."""
    try:
        return ask(rows, columns)
    except UnconnectedError:
        if len(rows) == len(columns) == 1:
            return [[None]]
    if len(rows) >= len(columns):
        half = len(rows) // 2
        return [*_in_parts(ask, rows[:half], columns), *_in_parts(ask, rows[half:], columns)]
    half = len(columns) // 2
    left, right = (_in_parts(ask, rows, some) for some in (columns[:half], columns[half:]))
    return [[*one, *other] for one, other in zip(left, right, strict=True)]


def _batches(count: int) -> Iterator[list[int]]:
    for first in range(0, count, BATCH):
        yield list(range(first, min(first + BATCH, count)))


def _osrm(
    made: requests.Session, server: str, rows: Sequence[Place], columns: Sequence[Place], patience: Patience
) -> list[list[float | None]]:
    """Ask by the table service of OSRM: all places in the path, and which of them are sources and destinations."""
    written = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (*rows, *columns))
    sources = ";".join(map(str, range(len(rows))))
    destinations = ";".join(map(str, range(len(rows), len(rows) + len(columns))))
    asked = f"sources={sources}&destinations={destinations}&annotations=duration"
    url = f"{server}/table/v1/driving/{written}?{asked}"
    answer = _answer(server, lambda: made.get(url, timeout=(patience.connect, patience.read)))
    if answer.get("code") != "Ok":
        raise DownloadError(server, f"OSRM answers {answer.get('code')}: {str(answer.get('message', ''))[:200]}")
    found: list[list[float | None]] = answer.get("durations", [])
    return found


def _valhalla(
    made: requests.Session, server: str, rows: Sequence[Place], columns: Sequence[Place], patience: Patience
) -> list[list[float | None]]:
    """Ask by the matrix service of Valhalla, sources_to_targets."""
    asked: dict[str, Any] = {
        "costing": "auto",
        "sources": [{"lon": lon, "lat": lat} for lon, lat in rows],
        "targets": [{"lon": lon, "lat": lat} for lon, lat in columns],
    }
    url = f"{server}/sources_to_targets"
    answer = _answer(server, lambda: made.post(url, json=asked, timeout=(patience.connect, patience.read)))
    if answer.get("error_code") == UNCONNECTED:
        raise UnconnectedError
    if "sources_to_targets" not in answer:
        raise DownloadError(server, f"Valhalla answers: {str(answer.get('error', 'something else'))[:200]}")
    try:
        return [[cell["time"] for cell in row] for row in answer["sources_to_targets"]]
    except (TypeError, KeyError):
        raise DownloadError(server, "Valhalla answers with a table without times") from None


def _answer(server: str, ask: Callable[[], requests.Response]) -> Mapping[str, Any]:
    """Return the JSON object that a server answers with."""
    try:
        answer = ask()
        found = answer.json()
    except requests.exceptions.JSONDecodeError:
        raise DownloadError(server, f"answers {answer.status_code}, and no JSON") from None
    except requests.RequestException as fault:
        raise DownloadError(server, f"no answer: {type(fault).__name__}") from None
    if not isinstance(found, dict):
        raise DownloadError(server, "answers with JSON, but no object")
    return found


SERVERS: Final[Mapping[str, Ask]] = {"osrm": _osrm, "valhalla": _valhalla}
"""How each kind of server is asked."""
