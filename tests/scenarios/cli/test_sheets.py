"""The command ``sheets`` and the picture of a run."""

import json
import struct
from pathlib import Path

import pytest
from program import ONLY_TABLES

from scenarios.cli import app


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return the folder of a run of one county with its picture."""
    folder = tmp_path_factory.mktemp("runs") / "troms"
    assert app.program(["run", "--county", "Troms", "--png", "--no-tradeoff", "--out", str(folder), "--quiet"]) == 0
    return folder


def sheets(capsys, *arguments: object) -> tuple[int, str, str]:
    code = app.program(["sheets", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def files(folder: Path) -> list[str]:
    """Return the sheets in a folder; beside them lies their list and nothing else of ours."""
    names = sorted(path.name for path in folder.iterdir())
    assert names.pop() == "sheets.json"
    assert set(names) <= set(json.loads((folder / "sheets.json").read_text(encoding="utf-8"))["files"])
    return names


def test_the_picture_is_a_png_of_a_slide_s_size(run):
    raw = (run / "map.png").read_bytes()
    assert raw.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", raw[16:24])
    assert (width, height) == (1870, 2362)
    assert "map.png" in json.loads((run / "manifest.json").read_text(encoding="utf-8"))["files"]


def test_one_municipality_and_one_office(run, tmp_path, capsys):
    out = tmp_path / "ark"
    code, told, _ = sheets(capsys, run, "--municipality", "Kåfjord", "--office", "5540", "--out", out, "-q")
    assert (code, told.split(" i ")[0]) == (0, "2 ark")
    names = files(out)
    assert [name.split("-")[0] for name in names] == ["kommune", "kontor"]
    page = (out / names[0]).read_text(encoding="utf-8")
    assert names[0] == "kommune-5540-kafjord.html"
    assert "Gáivuotna - Kåfjord - Kaivuono" in page
    assert "anslag" in page
    assert "Content-Security-Policy" in page


def test_a_county_is_its_municipalities_and_the_offices_with_a_member_there(run, tmp_path, capsys):
    code, told, _ = sheets(capsys, run, "--county", "Troms", "--out", tmp_path / "ark", "-q", "--json")
    kinds = [name.split("-")[0] for name in json.loads(told)["files"]]
    assert (code, kinds.count("kommune"), kinds.count("kontor")) == (0, 20, 5)
    code, told, message = sheets(capsys, run, "--county", "Oslo", "--county", "Troom", "--out", tmp_path / "x", "-q")
    assert (code, told) == (3, "")
    assert "no municipality of it takes part" in message
    assert 'no county "Troom"' in message


def test_a_second_time_it_adds_and_replaces_its_own(run, tmp_path, capsys):
    out = tmp_path / "ark"
    assert sheets(capsys, run, "--municipality", "Kåfjord", "--office", "5540", "--out", out, "-q")[0] == 0
    first, second = files(out)
    untouched = (out / first).read_bytes()
    code, told, _ = sheets(capsys, run, "--office", "5540", "--out", out, "-q", "--json", "--lang", "en")
    assert (code, json.loads(told)["files"], files(out)) == (0, [second], [first, second])
    assert "Office sheet" in (out / second).read_text(encoding="utf-8")
    assert (out / first).read_bytes() == untouched
    # What others put there is left alone, and stands in nobody's way.
    (out / "mine.txt").write_text("keep me", encoding="utf-8")
    assert sheets(capsys, run, "--municipality", "5542", "--out", out, "-q")[0] == 0
    assert (out / "mine.txt").read_text(encoding="utf-8") == "keep me"
    assert len(list(out.glob("*.html"))) == 3
    # What stands in the way of one keeps all from being written.
    (out / first).unlink()
    (out / first).mkdir()
    before = (out / second).read_bytes()
    code, _, message = sheets(capsys, run, "--municipality", "5540", "--office", "5540", "--out", out, "-q")
    assert (code, (out / second).read_bytes() == before) == (2, True)
    assert f"{first} is a folder there" in message
    (out / first).rmdir()
    (out / "kommune-5544-nordreisa.html").write_text("not a sheet", encoding="utf-8")
    code, _, message = sheets(capsys, run, "--municipality", "5544", "--out", out, "-q")
    assert (code, "kommune-5544-nordreisa.html is there already and is no sheet of this run" in message) == (2, True)


def test_sheets_of_two_plans_are_not_mixed(run, tmp_path, capsys):
    other = tmp_path / "finnmark"
    assert app.program(["run", "--county", "Finnmark", *ONLY_TABLES, "--out", str(other), "--quiet"]) == 0
    out = tmp_path / "ark"
    assert sheets(capsys, run, "--office", "5540", "--out", out, "-q")[0] == 0
    before = files(out)
    code, _, message = sheets(capsys, other, "--municipality", "Alta", "--out", out, "-q")
    assert (code, files(out)) == (2, before)
    assert "holds sheets of another run" in message
    # A run that was given more time may end with another plan.
    listed = json.loads((out / "sheets.json").read_text(encoding="utf-8"))
    (out / "sheets.json").write_text(json.dumps(listed | {"plan": "ffffffff"}), encoding="utf-8")
    code, _, message = sheets(capsys, run, "--office", "5540", "--out", out, "-q")
    assert (code, "holds sheets of another plan for the same question" in message) == (2, True)
    (out / "sheets.json").write_text("[]", encoding="utf-8")
    assert sheets(capsys, run, "--office", "5540", "--out", out, "-q")[0] == 2


def test_without_names_everybody_gets_one(run, tmp_path, capsys):
    code, _, _ = sheets(capsys, run, "--out", tmp_path / "all", "-q")
    facts = json.loads((run / "evaluation.json").read_text(encoding="utf-8"))["offices"]
    shared = [office["host"] for office in facts if len(office["members"]) > 1]
    members = [member for office in facts for member in office["members"]]
    assert code == 0
    assert sorted(name[:12] for name in files(tmp_path / "all")) == sorted(
        [*(f"kontor-{host}-" for host in shared), *(f"kommune-{id_}" for id_ in members)]
    )


def test_every_wrong_name_is_told_at_once(run, tmp_path, capsys):
    wrong = ("--municipality", "Oslo", "--municipality", "Narnia", "--office", "Herøy")
    code, told, message = sheets(capsys, run, *wrong, "--out", tmp_path / "none", "-q")
    assert (code, told) == (3, "")
    assert "0301 Oslo does not take part in this plan" in message
    assert 'no municipality of 2024 is called "Narnia"' in message
    assert '"Herøy" is the name of 2 municipalities' in message
    assert not (tmp_path / "none").exists()


def test_what_is_no_run_and_what_cannot_print(run, tmp_path, capsys, monkeypatch):
    assert sheets(capsys, tmp_path, "--out", tmp_path / "none", "-q")[0] == 3
    monkeypatch.setattr("scenarios.export.paper.printing.browser", lambda: None)
    code, _, message = sheets(capsys, run, "--pdf", "--out", tmp_path / "none", "-q")
    assert (code, "needs Chromium or Chrome" in message) == (2, True)
    monkeypatch.setattr("scenarios.export.paper.printing.browser", lambda: "/nowhere/chromium")
    code, _, message = sheets(capsys, run, "--pdf", "--office", "5540", "--out", tmp_path / "none", "-q")
    assert (code, "could not print" in message) == (2, True)
    assert not (tmp_path / "none").exists()


def test_the_pages_say_what_the_command_line_changed(run):
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "Felles plankontor for alle distriktskommuner \N{EN DASH} Troms</h1>" in page
    assert "Endret for denne kjøringen av scenariet «nasjonal»: Fylker som deltar: Troms." in page
    assert "Beskrivelsen gjelder scenariet før disse endringene." in page


def test_a_partial_grouping_is_judged_without_a_list_of_all_others(tmp_path, capsys):
    (tmp_path / "part.csv").write_text("KommuneNummer;HOST\n5540;5544\n5544;5544\n0301;0301\n", encoding="utf-8")
    assert app.program(["evaluate", str(tmp_path / "part.csv")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("kan ikke sammenlignes med en hel plan")
    assert lines[2] == "275 kommuner som deltar, har ingen vert"
    assert "  Hver kommune hører til ett kontor: 0301 Oslo (deltar ikke)" in lines
    [missing] = [line for line in lines if " uten vert: " in line]
    assert missing.endswith(" og 265 til (--missing-alone lar dem stå alene)")
