"""How the tests call the program, and read what it says and leaves."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "scenarios.cli"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"}
ONLY_THE_PLAN = ("--no-tradeoff", "--no-firmness")
ONLY_TABLES = (*ONLY_THE_PLAN, "--no-pages")
"""For tests that read neither a page nor what a run investigates: a quarter of the time."""

FINNMARK = 'extends = "nasjonal"\nname = "finnmark"\ntitle = "Prøve"\n[select]\ncounties = ["56"]\n'
"""A small scenario."""

LONG = (
    *("--county", "11", "--county", "46", "--set", "select.classes=[1,2,3,4,5,6]"),
    *("--set", "limits.max_minutes=240", "--set", "limits.max_members=9", "--set", "solver.engine=assignment"),
)
"""A question that takes far longer than anybody wants to wait, though what is found on the way is soon written."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def strict(text: str) -> dict[str, Any]:
    """Read JSON that has no NaN and no Infinity."""
    found: dict[str, Any] = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    return found


def left(folder: Path) -> list[str]:
    """Return everything that is in a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
