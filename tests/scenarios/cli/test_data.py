"""Tables of one's own at the command line: begun, filled in, checked, used."""

import json

import pytest

from geodata.owntables.kinds import KINDS
from scenarios.cli.commands.data import Kind
from scenarios.cli.shared.failures import Code

FILLED = {"travel": "5601;5603;100\n", "municipalities": "01;A;9;1;;;;;;;;;\n", "neighbours": "5601;5603;;\n"}
"""A row of each kind of table that is begun without any."""


def test_every_kind_can_be_begun():
    assert [str(kind) for kind in Kind] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_an_empty_table_is_begun_and_sound(inside, tmp_path, kind, language):
    done = inside("data", "template", kind, "--county", "56", "--out", "t.csv", "--lang", language)
    assert done.returncode == Code.OK
    assert f"--set {KINDS[kind].setting}=t.csv" in done.stdout
    text = (tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert inside("data", "template", kind, "--county", "56", "--lang", language).stdout == text
    assert all(f"{name}: " in text or name == "kommunenummer" for name in KINDS[kind].columns)
    if kind in FILLED:
        (tmp_path / "t.csv").write_text(text + FILLED[kind], encoding="utf-8")
    done = inside("data", "check", "t.csv", "--lang", language)
    rows = {"nb": "1 rad" if kind in FILLED else "18 rader", "en": "1 row" if kind in FILLED else "18 rows"}
    assert (done.returncode, rows[language] in done.stdout) == (Code.OK, True)
    again = inside("data", "template", kind, "--out", "t.csv")
    assert (again.returncode, "exists already" in again.stderr) == (Code.USAGE, True)


def test_files_are_checked_all_at_once(inside, tmp_path):
    (tmp_path / "good.csv").write_text("kommunenummer;planner_fte\n5601;2\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("kommunenummer;planner_fte\n5601;x\n9999;1\n", encoding="utf-8")
    done = inside("data", "check", "bad.csv", "good.csv", "none.csv")
    assert done.returncode == Code.INVALID
    assert done.stdout == "good.csv: planleggere, 1 rad, i orden; brukes med --set planners.table=good.csv\n"
    assert all(
        said in done.stderr for said in ("bad.csv:2: planner_fte is 'x'", "bad.csv:3: 9999", "none.csv: there is")
    )
    assert "nothing was" not in done.stderr
    found = json.loads(inside("data", "check", "bad.csv", "good.csv", "--json").stdout)
    assert (found["ok"], [one["kind"] for one in found["files"]]) == (False, [None, "planners"])
    assert [len(one["faults"]) for one in found["files"]] == [2, 0]


def test_numbers_of_another_edition(inside, tmp_path):
    (tmp_path / "old.csv").write_text("kommunenummer;planner_fte\n5428;2\n1507;9\n", encoding="utf-8")
    done = inside("data", "check", "old.csv")
    assert done.returncode == Code.INVALID
    assert "note: old.csv: read as a kommunenummer: line 2, '5428' of 2020 as 5544 (Nordreisa)" in done.stderr
    assert "old.csv:3: 1507 is no municipality of 2024 (1507 is Ålesund of 2020" in done.stderr, "it was divided"
    assert inside("data", "check", "old.csv", "--edition", "2020").returncode == Code.OK
