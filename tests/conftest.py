"""Settings that all tests share; being here also puts the shared helper modules beside it on the path.

Drawn examples: few in most files, many in a fourteenth of them, others each day; so two weeks go through all.
``--hypothesis-profile=thorough`` draws many in every file, ``large`` far more and others each time.
"""

import datetime as dt
import gc
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

PARTS = 14
ROOT = Path(__file__).parent
SLOW = (
    *("browser", "outside", "maps/pages", "maps/pictures/test_picture.py", "scenarios/export", "optimizer/questions"),
    *("geodata/test_editions.py", "scenarios/answers/test_firm_plan.py", "scenarios/words/test_robustness.py"),
    "scenarios/test_same_bytes.py",
    *(f"scenarios/cli/test_{name}.py" for name in ("app", "app_faults", "asking")),
    *(f"scenarios/cli/test_{name}.py" for name in ("compare", "compare_page", "sheets")),
    *(f"test_{name}.py" for name in ("face", "made_up_term", "notebook", "tutorial")),
)
"""Folders and files with whole pages, whole runs and everything tried; the other tests are the fast ones."""

settings.register_profile("everyday", deadline=None, derandomize=True, max_examples=12)
settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=150)
settings.register_profile("large", deadline=None, derandomize=False, max_examples=3000, database=None)
settings.load_profile("everyday")


@cache
def drawing() -> list[Path]:
    """Return the files that draw examples, in order of their names: neighbours take their turns on different days."""
    return sorted(path for path in ROOT.rglob("test_*.py") if "@given" in path.read_text(encoding="utf-8"))


def has_its_turn(path: Path) -> bool:
    """Return whether a test file draws many examples today."""
    today = dt.datetime.now(tz=dt.UTC).timetuple().tm_yday
    return path in drawing() and (drawing().index(path) - today) % PARTS == 0


def asked_for(config: pytest.Config) -> str | None:
    """Return the profile of the command line, which holds for all files."""
    name: str | None = config.getoption("--hypothesis-profile", default=None)
    return name


def pytest_report_header(config: pytest.Config) -> str:
    """Say which files draw many examples today."""
    if name := asked_for(config):
        return f"drawn examples: {name} in every file"
    many = ", ".join(file.relative_to(ROOT).as_posix() for file in drawing() if has_its_turn(file))
    return f"drawn examples: many today in {many or 'no file'}"


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Choose the profile before a file is imported: its tests keep the one that they are defined under."""
    if isinstance(collector, pytest.Module) and not asked_for(collector.config):
        settings.load_profile("thorough" if has_its_turn(collector.path) else "everyday")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the fast tests, before those asked for are picked."""
    for item in items:
        if is_fast(item.path):
            item.add_marker("fast")


@cache
def is_fast(path: Path) -> bool:
    """Return whether the tests of a file are among the fast ones."""
    return not any(path.is_relative_to(ROOT / name) for name in SLOW)


def pytest_collection_finish() -> None:
    """Have the collector come seldom: what was imported stays, and going through it again and again takes a tenth."""
    gc.collect()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Give each worker a row of neighbours, which share what is made once a file; whoever is done helps the other."""
    if getattr(config.option, "dist", None) == "no" and config.option.numprocesses:
        config.option.dist = "worksteal"
