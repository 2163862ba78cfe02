"""Settings that all tests share; being here also puts the shared helper modules beside it on the path.

Drawn examples: few in most files, many in a seventh of them, another one each day; so a week goes through all.
``--hypothesis-profile=thorough`` draws many in every file, ``large`` far more and others each time.
"""

import datetime as dt
import zlib
from pathlib import Path

import pytest
from hypothesis import settings

PARTS = 7
ROOT = Path(__file__).parent

settings.register_profile("everyday", deadline=None, derandomize=True, max_examples=25)
settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=150)
settings.register_profile("large", deadline=None, derandomize=False, max_examples=3000, database=None)
settings.load_profile("everyday")


def today() -> int:
    """Return the part whose turn it is."""
    return dt.datetime.now(tz=dt.UTC).timetuple().tm_yday % PARTS


def part(path: Path) -> int:
    """Return the part that a test file belongs to."""
    return zlib.crc32(path.relative_to(ROOT).as_posix().encode()) % PARTS


def asked_for(config: pytest.Config) -> str | None:
    """Return the profile of the command line, which holds for all files."""
    name: str | None = config.getoption("--hypothesis-profile", default=None)
    return name


def pytest_report_header(config: pytest.Config) -> str:
    """Say which files draw many examples today."""
    if name := asked_for(config):
        return f"drawn examples: {name} in every file"
    drawing = [
        file for file in ROOT.rglob("test_*.py") if part(file) == today() and "@given" in file.read_text("utf-8")
    ]
    return f"drawn examples: many today in {', '.join(sorted(file.stem for file in drawing)) or 'no file'}"


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Choose the profile before a file is imported: its tests keep the one that they are defined under."""
    if isinstance(collector, pytest.Module) and not asked_for(collector.config):
        settings.load_profile("thorough" if part(collector.path) == today() else "everyday")
