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
    ask, count = SERVERS[kind], len(places)
    found = np.full((count, count), np.inf)
    for rows in _batches(count):
        for columns in _batches(count):
            seconds = ask(made, server.rstrip("/"), [places[i] for i in rows], [places[j] for j in columns], patience)
            try:
                block = np.array(seconds, dtype=float)  # no way is not a number
            except (TypeError, ValueError):
                raise DownloadError(server, "answers with something else than a table of numbers") from None
            if block.shape != (len(rows), len(columns)) or (block < 0).any():
                raise DownloadError(server, f"answers with a table {block.shape}; expected {len(rows), len(columns)}")
            found[np.ix_(rows, columns)] = np.where(np.isnan(block), np.inf, block / 60)
    np.fill_diagonal(found, 0.0)
    return np.round(found, 2)


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
