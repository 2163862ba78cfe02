"""The same question leaves the same bytes, however and wherever the program runs."""

import os
import subprocess
import sys
from pathlib import Path

from program import ROOT

COMMANDS = (
    ("run", "--county", "Finnmark", "--out", "run", "--csv-excel", "--quiet"),
    ("compare", "run", "eksisterende", "--out", "compared", "--html", "compared.html", "--quiet"),
    ("sheets", "run", "--office", "5607", "--out", "sheets", "--quiet"),
    ("frontier", "--county", "Finnmark", "--points", "3", "--weight", "travel", "--out", "front", "--quiet"),
    ("alternatives", "--county", "Finnmark", "-k", "2", "--firmness", "--out", "others", "--quiet"),
    ("explain", "run", "Alta", "--out", "explained", "--quiet"),
    ("robustness", "run", "--quick", "--out", "robust", "--quiet"),
)
TIMED = {"run/manifest.json"}
"""Tells how long it took."""

PROGRAM = f"""
from scenarios.cli.app import program
from scenarios.cli.shared import streams
streams.prepare()
for arguments in {COMMANDS!r}:
    assert program([*arguments]) == 0, arguments
"""
OTHERWISE = """
import builtins, math, os, sys

def other(values, start=0, add=builtins.sum):
    values = list(values)
    if type(start) is not int or not any(type(value) is float for value in values):
        return add(values, start)
    if sys.version_info < (3, 12):
        return math.fsum(values)
    for value in values:
        start = start + value
    return start

builtins.sum = other
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
"""
"""One core, and ``sum`` of figures as another Python computes it: from 3.12 on it carries along what rounding loses."""


def left_by(folder: Path, program: str, **environment: str) -> dict[str, bytes]:
    """Return what the program leaves when a new interpreter runs it in this folder."""
    folder.mkdir()
    around = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=around, check=True, capture_output=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_the_same_again_elsewhere(tmp_path):
    here = left_by(tmp_path / "here", PROGRAM, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    there = left_by(
        tmp_path / "there",
        OTHERWISE + PROGRAM,
        PYTHONHASHSEED="77",
        TZ="Asia/Kathmandu",
        LC_ALL="POSIX",
        LANG="nb_NO.ISO-8859-1",
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
    )
    written = {"run/report.html", "run/result.gpkg", "run/result.xlsx", "compared.html", "sheets/sheets.json"}
    written |= {"front/frontier.json", "others/alternatives.json", "explained/explanation.json"}
    assert written <= here.keys()
    assert here.keys() == there.keys()
    assert {name for name in here if here[name] != there[name]} == TIMED
