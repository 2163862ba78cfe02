"""What goes wrong as users meet it: Ctrl-C, wrong input, streams that end, faults of ours."""

import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from program import COMMAND, ENVIRONMENT, LONG, ONLY_TABLES, ONLY_THE_PLAN, ROOT, Run, left, strict
from written import unlike_written

from maps.told.texts import Words
from scenarios.cli.shared import progress
from scenarios.cli.shared.failures import Code, guarded

SMALL = ("--county", "55")

# Odd input that can only mean one thing


def test_how_odd_input_is_read_is_told_once(inside, tmp_path):
    (tmp_path / "p.csv").write_text("sep=;\nkommunenummer;planner_fte\n'5601;2,5\n", encoding="utf-8")
    done = inside("scenario", "check", "nasjonal", "--set", "planners.table=p.csv")
    assert done.returncode == Code.OK, done.stderr
    assert [line for line in done.stderr.splitlines() if "note:" in line] == [
        'note: p.csv: read as a kommunenummer: line 3, "\'5601" as 5601 (Alta)'
    ]


# Ctrl-C


CTRL_C = (signal.SIGINT,)


def interrupted(tmp_path: Path, after: str, *arguments: str, by: tuple[signal.Signals, ...]) -> tuple[int, str, str]:
    """Send real signals a moment after a text has appeared on stderr; return code, stdout and stderr."""
    process = subprocess.Popen(
        [*COMMAND, "run", *arguments],
        cwd=tmp_path,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stderr is not None
    seen = ""
    while after not in seen:
        line = process.stderr.readline()
        assert line, f"ended before {after!r}: {seen}"
        seen += line
    time.sleep(1)
    for number in by:
        process.send_signal(number)
        time.sleep(0.05)
    out, rest = process.communicate(timeout=240)
    return process.returncode, out, seen + rest


def test_ctrl_c_ends_a_dry_run(tmp_path):
    endless = ("--set", "limits.max_members=20", "--set", "solver.max_groups=100_000_000")
    code, out, messages = interrupted(tmp_path, "teller mulige kontor", *LONG, *endless, "--dry-run", by=CTRL_C)
    assert code == Code.INTERRUPTED
    assert "mer enn" in out
    assert "avbrutt: ikke alt er talt" in messages


def test_ctrl_c_keeps_the_best_plan(tmp_path):
    code, out, messages = interrupted(tmp_path, "finner den beste planen", *LONG, "--json", "--out", "out", by=CTRL_C)
    assert code == 130
    assert "stanser: gir det som er funnet" in messages
    found = strict(out)
    assert (found["status"], found["out"]) == ("feasible", "out")
    assert "avbrutt: den beste planen så langt er beholdt" in messages
    assert "Traceback" not in messages
    assert unlike_written(tmp_path / "out") == []
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["interrupted"] is True


def test_a_second_request_to_end_leaves_at_once_and_nothing_behind(tmp_path):
    by = (signal.SIGTERM, signal.SIGTERM)
    code, out, messages = interrupted(tmp_path, "finner den beste planen", *LONG, "--json", "--out", "out", by=by)
    assert code == 143
    assert "Traceback" not in messages
    if out == "":  # else the solver had already stopped for the first one
        assert "avbrutt; ingenting ble skrevet" in messages
        assert left(tmp_path) == []


# Wrong input: one clear message, the documented code, no traceback, nothing left behind

PIN = 'extends = "nasjonal"\n[pins]\n'
TABLE = 'extends = "nasjonal"\n[planners]\ntable = "p.csv"\n'

# Met in real processes: a fault that Typer finds and one that the program finds.
WRONG = {
    "unknown option": (["run", "--tim[e"], {}, 2, ["No such option: --tim[e"]),
    "binary grouping": (["evaluate", "g.csv"], {"g.csv": b"\x00\x01\x02"}, 3, ["g.csv", "binary"]),
}

MORE_WRONG = {
    "pins that contradict": (
        ["run", "my.toml"],
        {"my.toml": PIN + 'together = [["5540", "5536"]]\napart = [["5536", "5540"]]\n'},
        3,
        ["line ", "5536", "5540"],
    ),
    "faults in a table, all at once": (
        ["run", "my.toml"],
        {
            "my.toml": TABLE,
            "p.csv": "kommunenummer;planner_fte\n5540;1\n5540;2\n55401;1\n1507;1\n5536;-1\n",
        },
        3,
        ["line 3", "second time", "line 4", "has 5 digits", "line 5", "1508", "line 6", "less than zero"],
    ),
    "unknown county": (["run", "--county", "99"], {}, 3, ["--county", "99"]),
    "unwritable folder": (["run", *SMALL, "--out", "/proc/out"], {}, 2, ["cannot write /proc/out"]),
    "five-digit number": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["55401"]\n'}, 3, ["line 3", "55401"]),
    "unknown key": (["run", "my.toml"], {"my.toml": PIN + "mustHost = []\n"}, 3, ["line 3", "must_host"]),
    "negative limit": (["run", "--set", "limits.max_minutes=-5"], {}, 3, ["max_minutes"]),
    "empty selection": (["run", "--set", "select.classes=[]"], {}, 3, ["no municipality takes part"]),
    "binary table": (
        ["run", "my.toml"],
        {"my.toml": TABLE, "p.csv": b"PK\x03\x04\x00\x00"},
        3,
        ["line 3", "p.csv", "broken workbook"],
    ),
    "2020 number": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["1507"]\n'}, 3, ["line 3", "1507", "1508"]),
    "unknown scenario": (["run", "nasjonl"], {}, 3, ["did you mean nasjonal?"]),
    "missing file": (["run", "my.toml"], {}, 3, ["my.toml"]),
    "lost zero": (["run", "my.toml"], {"my.toml": PIN + 'leave_out = ["301"]\n'}, 3, ["line 3", "0301"]),
    "unknown key on the command line": (["run", "--set", "limits.max_minuts=4"], {}, 3, ["--set", "max_minutes"]),
    "not a number": (["run", "--set", "limits.max_minutes=nan"], {}, 3, ["max_minutes"]),
    "broken TOML": (["run", "my.toml"], {"my.toml": "[limits\n"}, 3, ["my.toml", "line 1"]),
    "binary scenario": (["run", "my.toml"], {"my.toml": b"\x00\xff\x01"}, 3, ["my.toml"]),
    "negative time": (["run", "--time-limit", "-1"], {}, 3, ["time_limit"]),
    "too many to list": (
        ["run", *SMALL, "--set", "solver.max_groups=50", "--set", "solver.engine=partition"],
        {},
        3,
        ["--set", "solver.engine", "more than 50"],
    ),
    "unknown command": (["rum"], {}, 2, ["No such command 'rum'", "'run'"]),
    "too much": (["run", "nasjonal", "vinter"], {}, 2, ["unexpected extra argument"]),
    "folder is a file": (["run", *SMALL, "--out", "file"], {"file": "mine"}, 2, ["file is a file"]),
    "folder below a file": (["run", *SMALL, "--out", "file/out"], {"file": "mine"}, 2, ["cannot write file/out"]),
    "folder of others": (["run", *SMALL, "--out", "."], {"thesis.txt": "mine"}, 2, ["the folder you are in"]),
    "foreign content": (["run", *SMALL, "--out", "sub"], {"sub/thesis.txt": "mine"}, 2, ["such as thesis.txt"]),
    "missing grouping": (["evaluate", "g.csv"], {}, 3, ["g.csv", "no such file"]),
    "folder as grouping": (["evaluate", "."], {}, 3, ["this is a folder"]),
    "empty grouping": (["evaluate", "g.csv"], {"g.csv": "kommunenummer,host\n"}, 3, ["no row below the header"]),
    "grouping without hosts": (
        ["evaluate", "g.csv"],
        {"g.csv": "kommunenummer,hots\n5540,5540\n"},
        3,
        ["column host is missing", "hots"],
    ),
    "faults in a grouping, all at once": (
        ["evaluate", "g.csv"],
        {"g.csv": "kommunenummer;host\n5540;5536\n5540;5540\n55401;5540\n1507;1507\n9999;5540\n5536;Lingen\n5538;\n"},
        3,
        ["g.csv:3", "second time", "g.csv:4", "g.csv:5", "1508", "g.csv:6", "9999", "g.csv:7", "Lyngen", "g.csv:8"],
    ),
    "unknown scenario for a grouping": (["evaluate", "g.csv", "--scenario", "x"], {}, 3, ["no scenario"]),
    "unknown edition": (["data", "show", "--edition", "2023"], {}, 3, ["2023", "2024"]),
    "new over an old file": (["scenario", "new", "my.toml"], {"my.toml": "mine"}, 2, ["exists already"]),
    "new in no folder": (["scenario", "new", "no/my.toml"], {}, 2, ["cannot write no/my.toml"]),
    "new without ending": (["scenario", "new", "my"], {}, 2, [".toml"]),
}


@pytest.mark.parametrize(("arguments", "files", "code", "texts"), WRONG.values(), ids=WRONG.keys())
def test_wrong_input(plankontor, tmp_path, arguments, files, code, texts):
    refused(plankontor, tmp_path, arguments, files, code, texts)


@pytest.mark.parametrize(("arguments", "files", "code", "texts"), MORE_WRONG.values(), ids=MORE_WRONG.keys())
def test_more_wrong_input(inside, tmp_path, arguments, files, code, texts):
    refused(inside, tmp_path, arguments, files, code, texts)


def refused(
    plankontor: Run, tmp_path: Path, arguments: list[str], files: dict[str, str | bytes], code: int, texts: list[str]
) -> None:
    """Expect one message with all the texts, this exit code, and every file as it was."""
    contents = {name: content if isinstance(content, bytes) else content.encode() for name, content in files.items()}
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    before = left(tmp_path)
    done = plankontor(*arguments)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert [text for text in texts if text not in done.stderr] == [], done.stderr
    assert done.stderr.count("error:") <= 1
    assert left(tmp_path) == before
    assert {name: (tmp_path / name).read_bytes() for name in contents} == contents


def test_errors_leave_stdout_empty_with_json_too(inside):
    done = inside("run", "--county", "99", "--json")
    assert (done.returncode, done.stdout) == (3, "")


@pytest.mark.parametrize(("largest", "message"), [(300_000, "File too large"), (1_000_000, "is the disk full?")])
def test_full_disk_leaves_nothing_behind(inside, tmp_path, largest, message):
    """No file may be larger than this: first a table is in the way, then the GeoPackage, written by GDAL."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, before[1]))
    try:
        done = inside("run", *SMALL, *ONLY_THE_PLAN, "--out", "a/out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "error: cannot write a/out: " in done.stderr
    assert message in done.stderr
    assert left(tmp_path) == []


# Streams


@pytest.mark.parametrize("arguments", [("data", "show"), ("--help",)])
def test_a_reader_that_leaves_is_no_fault(plankontor, arguments):
    reader, writer = os.pipe()
    os.close(reader)
    done = plankontor(*arguments, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_output_that_cannot_be_written(plankontor):
    with Path("/dev/full").open("w") as full:
        done = plankontor("--version", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == "error: cannot print the result: No space left on device\n"


def test_letters_survive_a_poor_locale(plankontor):
    environment = ENVIRONMENT | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = plankontor("data", "show", env=environment)
    assert done.returncode == 0
    assert "Porsáŋgu" in done.stdout


def test_live_progress_at_a_terminal(tmp_path):
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "run", *SMALL, *ONLY_TABLES, "--out", "out"],
        cwd=tmp_path,
        env=ENVIRONMENT | {"TERM": "xterm", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=inner,
    )
    os.close(inner)
    shown = b""
    with suppress(OSError):  # the terminal's end
        while True:
            shown += os.read(outer, 10_000)
    out, _ = process.communicate(timeout=60)
    os.close(outer)
    assert process.returncode == 0
    assert b"leser scenario og data" in shown
    assert b"\x1b[3" not in shown, "NO_COLOR is honoured"
    assert b"\x1b" not in out


def test_plain_progress_comes_every_ten_seconds(capsys):
    show = progress.Plain(Words("en"))
    for tenth in range(250):
        stage = "candidates" if tenth < 30 else "selection"
        show.progress(SimpleNamespace(stage=stage, seconds=tenth / 10, objective=200.0, bound=100.0, note=""))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == ["0.0", "3.0", "13.0", "23.0"]
    assert lines[1].split("  ")[-3:] == ["best 200.0", "bound 100.0", "gap 50\u202f%"]


# Faults of ours


@pytest.mark.parametrize("debug", [False, True])
def test_an_unexpected_fault_is_one_message(capsys, debug):
    def fail() -> None:
        raise ZeroDivisionError("deep\ninside")

    assert guarded(fail, ["--debug"] if debug else []) == Code.INTERNAL
    message = capsys.readouterr().err
    assert "internal error: ZeroDivisionError: deep\\ninside" in message
    assert "please report it" in message
    assert ("Traceback" in message) == debug


def test_debug_shows_where(plankontor, tmp_path):
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "scenarios" / "question" / "load.py").write_text("raise ZeroDivisionError('broken on purpose')\n")
    environment = ENVIRONMENT | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    done = plankontor("run", env=environment)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-2] == "internal error: ZeroDivisionError: broken on purpose"
    done = subprocess.run(
        [*COMMAND, "run", "--debug"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr) == (1, True)
