"""What `plankontor data roads` needs for extracts of three sizes, and whether Valhalla takes the same roads.

Without arguments: memory and time. With ``--valhalla BIN``, a folder with ``valhalla_build_tiles`` and
``valhalla_service`` (wheels of pyvalhalla hold them in ``valhalla/bin``): the comparison.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import osmium
from extract import Extract, districts
from osmium.osm.mutable import Node, Way

SIZES = (100_000, 400_000, 1_600_000)
"""Nodes of roads; each extract holds twice as many others, of houses, so that it is seen that they cost nothing."""
ON_A_STREET = 20
"""Nodes of a street, from one junction to the next."""
CASES = {
    "open": {"highway": "primary"},
    "one way": {"highway": "primary", "oneway": "yes"},
    "one way, against": {"highway": "primary", "oneway": "-1"},
    "roundabout": {"highway": "primary", "junction": "roundabout"},
    "motorway": {"highway": "motorway"},
    "private": {"highway": "primary", "access": "private"},
    "only foot": {"highway": "primary", "motor_vehicle": "no"},
    "access no, motor yes": {"highway": "primary", "access": "no", "motor_vehicle": "yes"},
    "path": {"highway": "path"},
    "ferry": {"route": "ferry", "duration": "00:20", "motor_vehicle": "yes"},
    "ferry for feet": {"route": "ferry", "duration": "00:20", "motor_vehicle": "no"},
}
STANDING = {
    "bollard": {"barrier": "bollard"},
    "gate": {"barrier": "gate"},
    "private gate": {"barrier": "gate", "access": "no"},
    "cattle grid": {"barrier": "cattle_grid"},
}
ENDS = {"1": (60.0, 10.0), "2": (60.1, 10.0)}


def write(path: Path, size: int) -> None:
    """Write a made extract: a grid of streets, as wide as high, 30 m from node to node."""
    side = max(2, round(math.sqrt(size / (2 * (ON_A_STREET - 1)))))
    step = 0.005
    with osmium.SimpleWriter(path, overwrite=True) as writer:
        for junction in range(side * side):
            row, column = divmod(junction, side)
            writer.add_node(Node(id=junction + 1, location=(5 + column * step, 58 + row * step)))
        inner = side * side + 1
        streets = list(_streets(side))
        for number, (a, b) in enumerate(streets):
            (r1, c1), (r2, c2) = divmod(a, side), divmod(b, side)
            for k in range(1, ON_A_STREET - 1):
                part = k / (ON_A_STREET - 1)
                at = (5 + (c1 + (c2 - c1) * part) * step, 58 + (r1 + (r2 - r1) * part) * step)
                writer.add_node(Node(id=inner + number * (ON_A_STREET - 2) + k - 1, location=at))
        houses = inner + len(streets) * (ON_A_STREET - 2)
        for k in range(2 * size):
            writer.add_node(Node(id=houses + k, location=(5 + k % 1000 * 1e-3, 58 + k // 1000 * 1e-3)))
        for number, (a, b) in enumerate(streets):
            first = inner + number * (ON_A_STREET - 2)
            nodes = [a + 1, *range(first, first + ON_A_STREET - 2), b + 1]
            writer.add_way(Way(id=number + 1, nodes=nodes, tags={"highway": "tertiary"}))


def _streets(side: int) -> Iterator[tuple[int, int]]:
    for junction in range(side * side):
        if junction % side < side - 1:
            yield junction, junction + 1
        if junction + side < side * side:
            yield junction, junction + side


def measured(path: Path) -> tuple[float, float]:
    """Return the megabytes and seconds of processor time of building a graph, beside those of loading the program."""
    program = (
        "import resource, sys, time; from extract import districts; from geodata.osm.build import build;"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "before, begun = used(), time.process_time();"
        "build(sys.argv[1], districts({'1': (58.001, 5.001)}), ['1']);"
        "print(used() - before, time.process_time() - begun)"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; sys.path.append({str(Path(__file__).parents[1] / 'tests')!r}); {program}",
            path,
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    megabytes, seconds = map(float, done.stdout.split())
    return megabytes, seconds


def sizes() -> None:
    """Print what extracts of three sizes need."""
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.osm.pbf"
            write(path, size)
            megabytes, seconds = measured(path)
            each = megabytes / size * 1e6
            print(f"{size:>9,} nodes of roads: {megabytes:6.0f} MB, {each:5.0f} bytes a node, {seconds:5.1f} s")


def compared(binaries: Path) -> None:
    """Print which way ours and Valhalla go in each case, there and back: d(irect) or r(ound)."""
    from geodata.osm.build import build, times

    differ = 0
    for name, tags, standing in [
        *((n, t, {}) for n, t in CASES.items()),
        *((n, CASES["open"], s) for n, s in STANDING.items()),
    ]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "case.osm.pbf"
            _case(tags, standing).write(path)
            found = times(build(path, districts(ENDS), ["1", "2"]), ["1", "2"])
            ours = "".join("d" if found.between(a, b) < 60 else "r" for a, b in (("1", "2"), ("2", "1")))
            theirs = _valhalla(binaries, path, Path(folder))
        differ += ours != theirs
        print(f"{name:22} ours {ours}  Valhalla {theirs}{'' if ours == theirs else '  DIFFERENT'}")
    print(f"{differ} different")


def _case(tags: dict[str, str], standing: dict[str, str]) -> Extract:
    """Return a direct way with some tags, a long way round, and streets at both ends."""
    extract = Extract()
    extract.node(1, 60.0)
    extract.node(2, 60.1)
    extract.node(3, 60.05, **standing)
    extract.node(9, 60.05, 10.5)
    extract.node(11, 59.999)
    extract.node(12, 60.101)
    extract.way(1, [1, 3, 2], **tags)
    extract.way(99, [1, 9, 2], highway="residential")
    extract.way(100, [11, 1], highway="residential")
    extract.way(101, [2, 12], highway="residential")
    return extract


def _valhalla(binaries: Path, path: Path, folder: Path) -> str:
    """Return which way Valhalla goes, there and back."""
    (folder / "tiles").mkdir()
    config = _configuration(binaries)(tile_extract="", tile_dir=folder / "tiles", verbose=False)
    for part in config.values():
        if isinstance(part, dict) and "logging" in part:
            part["logging"] = {"type": ""}
    (folder / "valhalla.json").write_text(json.dumps(config), encoding="utf-8")
    _run([binaries / "valhalla_build_tiles", "-c", folder / "valhalla.json", path])
    found = ""
    for start, end in ((59.9995, 60.1005), (60.1005, 59.9995)):
        asked = {"locations": [{"lat": lat, "lon": 10.0} for lat in (start, end)], "costing": "auto"}
        told = _run([binaries / "valhalla_service", folder / "valhalla.json", "route", json.dumps(asked)])
        answer = json.loads(told[told.index("{") :])
        found += "d" if answer["trip"]["summary"]["length"] < 20 else "r"
    return found


def _configuration(binaries: Path) -> Callable[..., dict[str, Any]]:
    """Return the function that makes the package's own configuration, without loading its library."""
    package = ModuleType("valhalla")
    package.__path__ = [str(binaries.parent)]
    sys.modules["valhalla"] = package
    made: Callable[..., dict[str, Any]] = import_module("valhalla.config").get_config
    return made


def _run(command: list[object]) -> str:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--valhalla", metavar="BIN", type=Path)
    asked = parser.parse_args()
    compared(asked.valhalla) if asked.valhalla else sizes()
