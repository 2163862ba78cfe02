"""A download is whole or not there, whatever the server does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from official_server import Official, cut_off, endless, in_circles, official, says, slowly

from geodata.faults import DownloadError
from geodata.update.fetching import Fetched, Patience, fetch, session

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

CONTENT = bytes(range(256)) * 40
QUICK = Patience(tries=3, pause=0.01, longest_pause=0.02, connect=2, read=2, whole=2)


@pytest.fixture
def server() -> Iterator[Official]:
    with official() as made:
        made.files["/file"] = CONTENT
        yield made


def got(server: Official, folder: Path, patience: Patience = QUICK) -> Fetched:
    with session(patience) as made:
        return fetch(made, f"{server.url}/file", folder / "file", patience)


def fault(server: Official, folder: Path, patience: Patience = QUICK) -> str:
    with pytest.raises(DownloadError) as caught:
        got(server, folder, patience)
    assert caught.value.url == f"{server.url}/file"
    assert not (folder / "file").exists()
    return caught.value.what


def test_a_file_is_taken_once(server, tmp_path):
    found = got(server, tmp_path)
    assert (found.path.read_bytes(), found.bytes) == (CONTENT, len(CONTENT))
    assert len(found.date) == len("2026-11-28")
    assert got(server, tmp_path) == found
    assert "If-None-Match" in server.asked[1][1]
    found.path.write_bytes(b"changed by somebody")
    assert got(server, tmp_path).path.read_bytes() == CONTENT
    assert "If-None-Match" not in server.asked[2][1], "what is not what came does not count"


def test_busy_servers_are_asked_again(server, tmp_path):
    server.turns["/file"] = [says(429, Retry_After="3600"), says(500), says(503)]
    assert got(server, tmp_path).path.read_bytes() == CONTENT
    assert len(server.asked) == 4


def test_a_server_that_stays_broken_is_given_up(server, tmp_path):
    server.always["/file"] = says(500)
    assert "busy or broken" in fault(server, tmp_path)
    assert len(server.asked) == 4
    server.always["/file"] = says(404)
    assert fault(server, tmp_path) == "the server answers 404 Not Found"


def test_what_is_cut_off_goes_on_where_it_ended(server, tmp_path):
    server.turns["/file"] = [cut_off, cut_off]
    assert got(server, tmp_path).path.read_bytes() == CONTENT
    assert [headers.get("Range") for _, headers in server.asked] == [None, "bytes=5120-", "bytes=7680-"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "file.json"]


def test_and_the_next_time_too(server, tmp_path):
    server.always["/file"] = cut_off
    assert "cut off" in fault(server, tmp_path)
    assert (tmp_path / "file.part").stat().st_size == 8960
    server.always.clear()
    assert got(server, tmp_path).path.read_bytes() == CONTENT
    assert server.asked[-1][1]["Range"] == "bytes=8960-"


def test_a_part_of_another_file_is_thrown_away(server, tmp_path):
    server.always["/file"] = cut_off
    fault(server, tmp_path)
    server.always.clear()
    server.files["/file"] = CONTENT[::-1]
    assert got(server, tmp_path).path.read_bytes() == CONTENT[::-1]


def test_an_earlier_file_stays_when_a_newer_one_does_not_come(server, tmp_path):
    earlier = got(server, tmp_path)
    server.files["/file"] = CONTENT * 2
    server.always["/file"] = cut_off
    with pytest.raises(DownloadError):
        got(server, tmp_path)
    assert earlier.path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("misbehave", "patience", "what"),
    [
        (slowly, Patience(tries=1, whole=0.1, read=1), "too slow"),
        (endless, Patience(tries=1, most_bytes=1_000_000), "more than 1000000 bytes"),
        (None, Patience(tries=1, most_bytes=1_000), "10240 bytes; expected at most 1000"),
        (in_circles, QUICK, "leads on more than 5 times"),
    ],
)
def test_other_misbehaviour(server, tmp_path, misbehave, patience, what):
    if misbehave:
        server.always["/file"] = misbehave
    assert what in fault(server, tmp_path, patience)


def test_nobody_there(tmp_path):
    with session(QUICK) as made, pytest.raises(DownloadError, match="no connection; after 3 tries"):
        fetch(made, "http://127.0.0.1:9/file", tmp_path / "file", QUICK)


def test_a_damaged_note_is_no_use(server, tmp_path):
    got(server, tmp_path)
    (tmp_path / "file.json").write_text(json.dumps({"url": 3}))
    assert got(server, tmp_path).path.read_bytes() == CONTENT
