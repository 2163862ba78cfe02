"""A run folder is checked by code that shares nothing with the program, in a process of its own.

The run itself is made in this process: that of the program is met in `tests/scenarios/cli`.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import ONLY_TABLES
from written import unlike_written

from scenarios.cli.app import program
from scenarios.cli.shared.failures import Code

CHECKER = Path(__file__).with_name("check_run.py")
HELD = ("--county", "55", "--keep-office", "Nord-Troms Plan og Eiendom", *ONLY_TABLES)


@pytest.mark.parametrize(
    ("scenario", "options", "municipalities"),
    [("nasjonal", (), 277), ("nasjonal-2020", ("--county", "54", *ONLY_TABLES), 38), ("nasjonal", HELD, 20)],
)
def test_objective_rules_and_optimum_from_the_run_folder_alone(
    scenario: str, options: tuple[str, ...], municipalities: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / scenario
    assert program(["run", scenario, *options, "--out", str(folder), "--json"]) == Code.OK
    said = json.loads(capsys.readouterr().out)
    check = [sys.executable, str(CHECKER), str(folder)]
    # From another folder, so that the checker could not import the program if it tried.
    done = subprocess.run(check, check=True, capture_output=True, text=True, cwd=tmp_path)
    found = json.loads(done.stdout)

    assert (said["municipalities"], said["status"], said["gap"]) == (municipalities, "optimal", 0)
    assert unlike_written(folder) == []
    assert found["faults"] == []
    assert found["groups"] == said["candidates"]
    assert found["objective"] == pytest.approx(said["objective"], abs=1e-6)
    assert found["optimum"] == pytest.approx(said["objective"], abs=1e-3)
    assert found["bound"] == pytest.approx(said["bound"], abs=1e-3)
