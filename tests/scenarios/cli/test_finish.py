"""A run that has no time leaves out what people open, says so, and the command ``finish`` makes just that."""

import json
import re
import subprocess
import sys

from program import ONLY_THE_PLAN, left

from scenarios.cli.shared.failures import Code

MORE = [
    *("order.csv", "result.gpkg", "municipalities.geojson", "offices.geojson", "result.xlsx"),
    *("map.html", "report.html"),
]


def test_what_a_run_left_out_is_said_and_made_as_it_would_have_been(inside, tmp_path):
    asked = ("run", "--county", "56", "--quiet", "--lang", "en")
    short = inside(*asked, "--out", "short", "--time-limit", "0.001")
    assert short.returncode == Code.OK
    said, then, *more = short.stderr.splitlines()
    assert said.startswith("left out because the time was over: plans at other prices, ")
    assert ", order.csv, " in said
    assert said.endswith("result.gpkg, municipalities.geojson, offices.geojson, result.xlsx, map.html and report.html")
    again = "plankontor run short/scenario.toml --set solver.time_limit=none --start short"
    assert (then, more) == ("the files are made by: plankontor finish short", [f"without a time limit: {again}"])
    assert "report.html" not in short.stdout
    manifest = json.loads((tmp_path / "short" / "manifest.json").read_text())
    assert manifest["left_out"] == MORE
    assert inside("verify", "short").returncode == Code.OK
    tables = {name: (tmp_path / "short" / name).read_bytes() for name in manifest["files"]}

    assert inside(*asked, *ONLY_THE_PLAN, "--out", "whole").returncode == Code.OK
    done = inside("finish", "short", "--quiet", "--lang", "en")
    assert (done.returncode, done.stdout, done.stderr) == (Code.OK, "7 files in short\n", "")
    assert inside("verify", "short").returncode == Code.OK
    assert {name: (tmp_path / "short" / name).read_bytes() for name in manifest["files"]} == tables
    assert left(tmp_path / "short") == left(tmp_path / "whole")
    for name in MORE[:5]:  # the pages of the whole one have no section on prices
        assert (tmp_path / "short" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes(), name
    report = (tmp_path / "short" / "report.html").read_text(encoding="utf-8")
    assert "The time limit left no room for computing plans at other prices." in report
    whole = (tmp_path / "whole" / "report.html").read_text(encoding="utf-8")
    said = re.findall(r'<p class="changed">.*?</p>', whole, re.DOTALL)
    assert "Finnmark" in said[0]
    assert re.findall(r'<p class="changed">.*?</p>', report, re.DOTALL) == said
    assert inside("finish", "short", "--lang", "en").stdout == "short is whole: nothing was left out\n"


def test_a_run_without_pages_says_so_and_is_believed(inside, tmp_path):
    asked = ("run", "--county", "56", "--quiet", "--lang", "en", *ONLY_THE_PLAN)
    done = inside(*asked, "--out", "tables", "--no-pages")
    pages = ["map.html", "report.html"]
    assert done.returncode == Code.OK
    assert done.stderr == (
        "without map.html and report.html, as --no-pages asks; they are made by: plankontor finish tables\n"
    )
    assert "report.html" not in done.stdout
    assert json.loads((tmp_path / "tables" / "manifest.json").read_text())["left_out"] == pages
    assert inside("verify", "tables").returncode == Code.OK
    written = left(tmp_path / "tables")
    assert inside("finish", "tables", "--quiet").returncode == Code.OK
    assert set(left(tmp_path / "tables")) - set(written) == set(pages)


def test_what_makes_the_tables_loads_no_folium():
    loads = "import scenarios.cli.work.run, scenarios.export.workbooks.result_workbook, sys"
    found = [sys.executable, "-c", f"{loads}; sys.exit(str({{'folium', 'jinja2', 'resvg_py'}} & {{*sys.modules}}))"]
    assert subprocess.run(found, capture_output=True, check=False, text=True).stderr == "set()\n"
