"""The program as its users call it: in a process of its own, or in this one, in a folder of its own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from program import COMMAND, ENVIRONMENT, Run

from scenarios.cli import app


@pytest.fixture
def plankontor(tmp_path: Path) -> Run:
    """Return a function that runs the program in an empty folder, which must hold no traceback afterwards."""

    def run(*arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            **({"cwd": tmp_path, "env": ENVIRONMENT, "capture_output": True} | settings),
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert "Traceback" not in (done.stderr or "")
        return done

    return run


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that does the same in this process: without the second that a process needs to begin."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        code = app.program([*map(str, arguments)])
        captured = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, captured.out, captured.err)

    return run


@pytest.fixture
def answer(inside: Run) -> Callable[..., tuple[int, str, str]]:
    """Return a function that does the same, and returns exit code, output with plain spaces, and messages."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        done = inside(*arguments)
        return done.returncode, done.stdout.replace("\u202f", " "), done.stderr

    return run


@pytest.fixture
def here(made: Path, tmp_path: Path, inside: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the program in a folder with copies of what the file of the test has made."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    capsys.readouterr()

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        done = inside(*arguments)
        assert "Traceback" not in done.stderr
        return done

    return run
