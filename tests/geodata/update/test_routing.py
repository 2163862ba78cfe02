"""Minutes of a server that speaks the protocol of OSRM or of Valhalla."""

from collections.abc import Iterator

import numpy as np
import pytest
from official_server import Official, Router, official

from geodata.faults import DownloadError
from geodata.update import routing
from geodata.update.fetching import Patience, session

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

QUICK = Patience(tries=1, pause=0.01, longest_pause=0.02, connect=2, read=2)
PLACES = [(5.0 + 0.1 * k, 60.0) for k in range(7)]


def seconds(start, end):
    """Return an hour a degree eastward, twice that westward; the last place is an island."""
    if PLACES[-1] in (start, end) and start != end:
        return None
    east = end[0] - start[0]
    return round(3600 * east if east > 0 else -7200 * east, 1)


def table(rows, columns):
    return [[seconds(start, end) for end in columns] for start in rows]


@pytest.fixture
def server(monkeypatch) -> Iterator[Official]:
    monkeypatch.setattr(routing, "BATCH", 3)
    with official() as made:
        made.RequestHandlerClass, made.seconds = Router, seconds
        yield made


@pytest.mark.parametrize("kind", routing.SERVERS)
def test_batches_are_put_together(server, kind):
    with session(QUICK) as made:
        found = routing.minutes(made, kind, server.url + "/", PLACES, QUICK)
    expected = np.array([[np.inf if cell is None else cell / 60 for cell in row] for row in table(PLACES, PLACES)])
    assert found == pytest.approx(expected, abs=0.01)
    assert (found[0, 3], found[3, 0], found[0, 6]) == (18, 36, np.inf)
    if kind == "osrm":
        assert len(server.asked) == 9


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "answers 200, and no JSON"),
        (b"[]", "no object"),
        (b'{"code": "TooBig", "message": "Too many table coordinates"}', "OSRM answers TooBig: Too many table"),
        (b'{"code": "Ok", "durations": [[1]]}', "answers with a table (1, 1); expected (7, 7)"),
        (b'{"code": "Ok", "durations": [[1], [2, 3]]}', "something else than a table of numbers"),
    ],
)
def test_other_answers_are_refused(content, said):
    with official() as server, session(QUICK) as made:
        server.always = {path: lambda handler, _: handler.answer(200, content) for path in path_of_all()}
        with pytest.raises(DownloadError) as caught:
            routing.minutes(made, "osrm", server.url, PLACES, QUICK)
    assert said in str(caught.value)


def path_of_all():
    written = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (*PLACES, *PLACES))
    yield f"/table/v1/driving/{written}"
