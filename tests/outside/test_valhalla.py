"""Minutes of a real Valhalla, from the wheel of pyvalhalla, which is no part of the installation of the tests.

It runs where ``PLANKONTOR_VALHALLA`` names the folder with ``valhalla_build_tiles`` and ``valhalla_service``;
`.ci/thorough` fetches it.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import requests
from extract import Extract

from geodata.update import routing
from geodata.update.fetching import Patience, session

BINARIES = Path(os.environ.get("PLANKONTOR_VALHALLA", "none"))
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.skipif(not (BINARIES / "valhalla_service").is_file(), reason="PLANKONTOR_VALHALLA names no Valhalla"),
]
PLACES = [(10.0, 60.0), (10.0, 60.1), (10.0, 60.2), (11.5, 60.0)]
"""Longitude and latitude of junctions; the last lies on an island."""
ASKED = [(lon + 0.0005, lat + 0.0005) for lon, lat in PLACES]
"""Beside them, in a street: at the end of a one-way road itself Valhalla's table is not that of its routes."""
PATIENT = Patience(tries=1, connect=5, read=20)
STARTS_WITHIN = 30.0
"""Seconds."""


def roads() -> Extract:
    """Return a one-way road from the first to the second with a long way back, a road to the third, and an island."""
    extract = Extract()
    for number, (lon, lat) in enumerate(PLACES, start=1):
        extract.node(number, lat, lon)
        extract.node(number + 10, lat + 0.001, lon + 0.001)
        extract.way(number, [number, number + 10], highway="residential")
    extract.node(9, 60.05, 10.5)
    extract.way(21, [1, 2], highway="primary", oneway="yes")
    extract.way(22, [2, 9, 1], highway="residential")
    extract.way(23, [2, 3], highway="primary")
    return extract


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a Valhalla that knows these roads."""
    folder = tmp_path_factory.mktemp("valhalla")
    package = ModuleType("valhalla")  # its configuration, without the library, which is for other versions of Python
    package.__path__ = [str(BINARIES.parent)]
    sys.modules["valhalla"] = package
    (folder / "tiles").mkdir()
    config = import_module("valhalla.config").get_config(tile_extract="", tile_dir=folder / "tiles", verbose=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config["httpd"]["service"]["listen"] = f"tcp://127.0.0.1:{port}"
    (folder / "valhalla.json").write_text(json.dumps(config), encoding="utf-8")
    extract = roads().write(folder / "a.osm.pbf")
    build = [BINARIES / "valhalla_build_tiles", "-c", folder / "valhalla.json", extract]
    subprocess.run(build, check=True, capture_output=True)
    with subprocess.Popen(
        [BINARIES / "valhalla_service", folder / "valhalla.json", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        try:
            yield _awaited(f"http://127.0.0.1:{port}")
        finally:
            running.terminate()


def _awaited(address: str) -> str:
    """Return the address when somebody answers there."""
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            requests.get(f"{address}/status", timeout=1).raise_for_status()
        except requests.RequestException:
            assert time.monotonic() < until, "Valhalla does not start"
            time.sleep(0.1)
        else:
            return address


def route_minutes(address: str, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the minutes of one way, by Valhalla's other service."""
    asked = {"costing": "auto", "locations": [{"lon": lon, "lat": lat} for lon, lat in (start, end)]}
    answer = requests.post(f"{address}/route", json=asked, timeout=20).json()
    return float(answer["trip"]["summary"]["time"]) / 60 if "trip" in answer else float("inf")


def test_minutes_are_those_of_its_routes(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "BATCH", 3)
    with session(PATIENT) as made:
        found = routing.minutes(made, "valhalla", server, ASKED, PATIENT)
    for i, start in enumerate(ASKED):
        for j, end in enumerate(ASKED):
            if i != j:
                assert found[i, j] == pytest.approx(route_minutes(server, start, end), rel=0.02, abs=0.1), (i, j)
    assert found[0, 1] < found[1, 0] / 2, "one way"
    assert found[1, 2] == pytest.approx(found[2, 1], rel=0.05)
    assert (found[:3, 3] == float("inf")).all(), "an island"
    assert (found.diagonal() == 0).all()
