"""Broken files, each by its defect: the right message, exit code 3, at most 30 lines, nothing written."""

from pathlib import Path

import geopandas as gpd
import pytest
from broken_files import FILES, doors

from geodata import municipalities
from scenarios.cli.shared.failures import Code

LINES = 30


@pytest.fixture(scope="module")
def norway() -> gpd.GeoDataFrame:
    return municipalities.load("2024")


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
