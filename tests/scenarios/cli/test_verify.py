"""The command that says whether folders are as they were written."""

import json
from pathlib import Path

import pytest

from scenarios.answers.verify import verify
from scenarios.cli.shared.failures import Code


@pytest.fixture
def folder(inside, tmp_path: Path) -> Path:
    """Return the run folder of one county."""
    assert inside("run", "--county", "56", "--out", "run", "--no-tradeoff", "--no-firmness").returncode == Code.OK
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
        path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
        assert [(one.what, one.name) for one in verify(place).disagreements] == [("changed", name)]
    assert inside("sheets", str(folder), "--municipality", "Vadsø", "--out", "more").returncode == Code.OK
    assert inside("sheets", str(folder), "--municipality", "Alta", "--out", "more").returncode == Code.OK
    assert verify(tmp_path / "more").disagreements == ()
