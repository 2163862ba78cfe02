"""Broken files, each by its defect: the right message, exit code 3, at most 30 lines, nothing written."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from broken_files import FILES

from geodata import municipalities
from geodata.osm.build import build
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.figures import read_figures
from geodata.owntables.plan_dates import read_plan_dates
from geodata.owntables.projection import read_projection
from scenarios.cli import app
from scenarios.cli.shared.failures import Code, guarded

LINES = 30


@pytest.fixture(scope="module")
def norway() -> gpd.GeoDataFrame:
    return municipalities.load("2024")


def doors(norway: gpd.GeoDataFrame) -> dict[str, Callable[[Path], Any]]:
    """Return who reads a file, by name; what `data check` does not know is read as a scenario reads it."""
    return {
        "check": lambda path: app.program(["data", "check", str(path)]),
        "figures": lambda path: guarded(lambda: read_figures(path, norway)),
        "disciplines": lambda path: guarded(lambda: read_disciplines(path, norway, ("law", "area"))),
        "plan dates": lambda path: guarded(lambda: read_plan_dates(path, norway, ("arealdel",), dt.date(2026, 12, 31))),
        "projection": lambda path: guarded(lambda: read_projection(path, norway)),
        "roads": lambda path: guarded(lambda: build(path, norway, [])),
    }


@pytest.mark.parametrize("defect", FILES)
def test_a_broken_file_is_refused(defect, norway, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    broken = FILES[defect]
    path = Path(f"broken{broken.suffix}")
    path.write_bytes(broken.content if isinstance(broken.content, bytes) else broken.content.encode())
    code = doors(norway)[broken.door](path)
    out, told = capsys.readouterr()
    assert code == Code.INVALID, (out, told)
    assert broken.said in told
    assert "Traceback" not in told
    assert len((out + told).splitlines()) <= LINES
    assert all(len(line) < 1000 for line in told.splitlines())
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
