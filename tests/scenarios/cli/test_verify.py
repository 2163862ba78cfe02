"""The command that says whether folders are as they were written."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import ONLY_THE_PLAN

from geodata.faults import DataError
from scenarios.answers.verify import verify
from scenarios.cli import app
from scenarios.cli.shared.failures import Code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the run folder of one county."""
    folder = tmp_path_factory.mktemp("made")
    assert app.program(["run", "--county", "56", "--out", str(folder / "run"), *ONLY_THE_PLAN]) == Code.OK
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a copy of the run folder, beside which the program runs."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    capsys.readouterr()
    return tmp_path / "run"


def test_the_command_says_what_is_wrong(inside, folder):
    for language, said in (("nb", "alle som de ble skrevet"), ("en", "all as they were written")):
        done = inside("verify", "run", "--lang", language)
        assert (done.returncode, done.stderr) == (Code.OK, "")
        assert said in done.stdout
    (folder / "money.csv").write_text("")
    for language, said in (("nb", "money.csv er endret"), ("en", "money.csv was changed")):
        done = inside("verify", "run", "none", "--lang", language)
        assert done.returncode == Code.INVALID
        assert said in done.stdout
        assert "none: there is no such folder" in done.stderr
    found = json.loads(inside("verify", str(folder), "--json").stdout)["folders"]
    assert [(one["ok"], one["disagreements"][0]["what"]) for one in found] == [(False, "changed")]


def each_changed(place: Path) -> Iterator[str]:
    """Yield the name of each file of a folder while one byte in its middle is another."""
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        at = len(whole) // 2
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        yield path.relative_to(place).as_posix()
        path.write_bytes(whole)


def told(place: Path) -> str:
    """Return what is said to be wrong in a folder, or why it cannot be understood."""
    try:
        return " ".join(one.name for one in verify(place).disagreements)
    except DataError as error:
        return str(error)


def test_answers_comparisons_and_sheets_are_sealed_too(inside, folder, tmp_path):
    made = [
        (("compare", str(folder), "eksisterende", "--out", "compared"), "moves.csv", ("0", "1")),
        (("money", str(folder), "--out", "money"), "shares.csv", ("0", "1")),
        (("sheets", str(folder), "--municipality", "Alta", "--out", "sheets"), "sheets.json", ("optimal", "feasible")),
    ]
    for arguments, name, change in made:
        assert inside(*arguments).returncode == Code.OK
        place = tmp_path / arguments[-1]
        assert verify(place).disagreements == ()
        path = place / name
        whole = path.read_bytes()
        path.write_text(whole.decode().replace(*change, 1), encoding="utf-8")
        assert [(one.what, one.name) for one in verify(place).disagreements] == [("changed", name)]
        path.write_bytes(whole)
        for file in each_changed(place):
            assert file in told(place), f"one byte of {file} in {arguments[0]}"
    assert inside("sheets", str(folder), "--municipality", "Vadsø", "--out", "more").returncode == Code.OK
    assert inside("sheets", str(folder), "--municipality", "Alta", "--out", "more").returncode == Code.OK
    assert verify(tmp_path / "more").disagreements == ()
