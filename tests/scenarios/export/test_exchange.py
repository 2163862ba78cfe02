"""Old or new, whole, at every instant: whatever step the system fails at, or the program dies at."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from program import ENVIRONMENT

from geodata.faults import DataRemark
from scenarios.export import exchange

CRASHES = Path(__file__).with_name("crashes.py")
DEAD, TOLD, WENT_ON = 9, 1, 4
WAYS = [("new",), ("into",), ("file",), ("new", "plain"), ("into", "plain")]


def tried(folder: Path, way: tuple[str, ...], manner: str) -> list[dict[str, Any]]:
    """Return what was left at each step; the last one ended well."""
    command = [sys.executable, str(CRASHES), str(folder), way[0], manner, *way[1:]]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) > 20
    return found


def whole(step: dict[str, Any], text: str) -> bool:
    """Return whether all files in the place are those of one writer."""
    return step["place"] != {} and set(step["place"].values()) == {text} and len(step["place"]) in {1, 2}


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_killed_program_leaves_old_or_new(tmp_path, way):
    for step in tried(tmp_path, way, "dies"):
        assert step["ended"] in {0, DEAD}, step
        settled = step["after"]
        assert settled["beside"] == [], step
        seen = settled if "plain" in way else step
        if step["existing"]:
            assert whole(seen, "old") or whole(seen, "new"), step
        else:
            assert seen["place"] == {} or whole(seen, "new"), step


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_a_failing_system_is_told_and_nothing_is_lost(tmp_path, way):
    for step in tried(tmp_path, way, "fails"):
        assert step["ended"] in {0, TOLD, WENT_ON}, step
        assert step["after"]["beside"] == [], step
        if step["ended"] == TOLD:
            assert whole(step, "old") if step["existing"] else step["place"] == {}, step
        else:
            assert whole(step, "new"), step


def test_what_is_still_written_is_left_alone(tmp_path):
    with exchange.being_written(tmp_path / "run") as part:
        exchange.settle(tmp_path / "run")
        assert part.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_leftovers_are_told(tmp_path):
    target = tmp_path / "run"
    exchange.beside(target, "part").mkdir()
    exchange.beside(target, "old").mkdir()
    exchange.beside(tmp_path / "runs", "part").mkdir()
    with pytest.warns(DataRemark) as told:
        exchange.settle(target)
    assert [str(one.message).split(":")[-1] for one in told] == [
        " a program that was to replace it has been killed",
        " the program that wrote it has been killed",
    ]
    assert target.is_dir()
    assert len(list(tmp_path.iterdir())) == 2, "that of another target stays"


@pytest.mark.parametrize("name", ["r" * 255, "æ" * 120, "run"])
def test_long_names_have_room_beside_them(tmp_path, name):
    target = tmp_path / name
    with exchange.being_written(target) as part:
        (part / "a").write_text("new")
        exchange.put(part, target)
    assert [path.name for path in tmp_path.iterdir()] == [name]
