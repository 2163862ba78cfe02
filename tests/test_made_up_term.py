"""A term that does not exist, added where formulas stand, is found everywhere else by itself.

A copy of the program gets insertions in the files that a new term takes, and in no others. Its commands are run there,
by both engines, and all that they leave is searched for the term, in both languages.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import openpyxl
import pytest
from packed import unpacked
from parts import inline_data
from program import rows

from maps.told.texts import number

ROOT = Path(__file__).parents[1]
TERM, PRICE = "far_members", 35.0
LIKE, MARK = "statsforvalter_lines", "Made up: "
"""Its words are those of this term, marked."""

FORMULAS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType({
    "optimizer/terms.py": {
        "    def faults(self)": f'    {TERM}: float = _priced(0.0, "members", "members far away", of_one="Of one.", '
        f'column="{TERM}", arises="journey")\n\n',
    },
    "optimizer/judging/evaluation.py": {"    minutes_equivalents: float": f"    {TERM}: int\n"},
    "optimizer/judging/offices.py": {
        "    ).priced(": f"        {TERM}=sum(way > 30 for way in minutes),\n",
    },
    "optimizer/engines/figures.py": {'}\n"""What the row': f'    "{TERM}": lambda _, minutes: minutes > 30,\n'},
    "optimizer/engines/assignment.py": {
        '}\n"""What a member adds': f'    "{TERM}": lambda problem, a, b: problem.minutes[a, b] > 30,\n',
    },
    "maps/scripts/trial/judge.js": {
        "};\n\n/** The rules": f"  {TERM}: ({{ host, others }}, {{ way }}) => others.filter((i) => "
        "way(i, host) > 30).length,\n",
    },
})  # fmt: skip
"""By file, then by the text before which it goes: what is inserted."""

SCENARIO = f"""extends = "nasjonal"
name = "fjern"
[select]
classes = []
municipalities = ["5610", "5612", "5614", "5616", "5618", "5620", "5622", "5624"]
[limits]
max_minutes = 200
contiguity = "off"
[weights]
{TERM} = {PRICE}
"""
OTHER = 'extends = "fjern.toml"\nname = "annen"\n[solver]\nengine = "assignment"\n'
"""The same, asked of the other engine."""
COMMANDS = f"""
run fjern.toml --out run --no-firmness --no-tradeoff -q
evaluate run/grouping.csv --scenario fjern.toml --json -q
explain annen.toml 5616 --json -q
alternatives fjern.toml --count 2 --min-moved 1 --out alternatives -q
frontier fjern.toml --between travel,{TERM} --weight {TERM} --out front -q
compare run front/point-2.csv --html compare.html --frontier front --out compare -q
sheets run --out sheets -q
"""
PROGRAM = """
import sys
from contextlib import redirect_stdout
from scenarios.cli import app
for line in sys.argv[1].strip().splitlines():
    name, *arguments = line.split()
    with open(f"{name}.txt", "w", encoding="utf-8") as file, redirect_stdout(file):
        code = app.program([name, *arguments])
    if code:
        sys.exit(f"{line}: exit code {code}")
"""
JUDGE = """
import { readFileSync } from "node:fs";
import { makeJudge, unknownToJudge } from "./maps/scripts/trial/judge.js";
const { judge: data, hostOf } = JSON.parse(readFileSync(0, "utf-8"));
const unknown = unknownToJudge(data);
process.stdout.write(JSON.stringify({ unknown, ...(unknown.length ? {} : makeJudge(data).evaluate(hostOf)) }));
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the copy, in which every command has been run."""
    folder = tmp_path_factory.mktemp("copy")
    for package in ("optimizer", "scenarios", "maps"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "geodata").symlink_to(ROOT / "geodata")
    for name, insertions in FORMULAS.items():
        text = (folder / name).read_text(encoding="utf-8")
        for before, inserted in insertions.items():
            assert text.count(before) == 1, f"{name} has no place for a formula before {before!r}"
            text = text.replace(before, inserted + before)
        (folder / name).write_text(text, encoding="utf-8")
    for words in (folder / "maps" / "catalogue").rglob("terms.toml"):
        words.write_text(with_words(words.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "fjern.toml").write_text(SCENARIO, encoding="utf-8")
    (folder / "annen.toml").write_text(OTHER, encoding="utf-8")
    command = [sys.executable, "-W", "error", "-c", PROGRAM, COMMANDS]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def with_words(texts: str) -> str:
    """Return the texts of terms with those of the made-up one."""
    [table] = re.findall(rf"^\[term\.{LIKE}\]\n(?:.+\n)+", texts, re.MULTILINE)
    return texts + "\n" + table.replace(LIKE, TERM).replace(' = "', f' = "{MARK}')


def texts(path: Path) -> list[str]:
    """Return every text of a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    return [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def pages(path: Path) -> list[str]:
    """Return a page in both languages."""
    html = path.read_text(encoding="utf-8")
    return [html, unpacked(html)]


def counted(folder: Path) -> Any:
    return json.loads((folder / "run" / "evaluation.json").read_text(encoding="utf-8"))["terms"][TERM]


def test_the_plan_is_judged_by_it(made: Path) -> None:
    term = counted(made)
    assert term["value"] > 0
    assert term["minutes"] == PRICE * term["value"]
    offices = rows(made / "run" / "offices.csv")
    assert sum(int(row[TERM]) for row in offices) == term["value"]
    assert json.loads((made / "evaluate.txt").read_text(encoding="utf-8"))["terms"][TERM] == term
    assert f"\n{TERM} = {PRICE:g}" in (made / "run" / "scenario.toml").read_text(encoding="utf-8")


def test_both_engines_price_it(made: Path) -> None:
    answers = (made / "run" / "manifest.json", made / "explain.txt")
    one, other = (json.loads(answer.read_text(encoding="utf-8")) for answer in answers)
    assert one["engine"] == "partition"
    assert (one["status"], other["status"]) == ("optimal", "optimal")
    assert one["objective"] == pytest.approx(other["objective"])


def test_pages_and_workbook_show_it(made: Path) -> None:
    for html in (page for name in ("report", "map") for page in pages(made / "run" / f"{name}.html")):
        heading = re.search(rf'<tr data-term="{TERM}"[^>]*><th scope="row">([^<]*)', html)
        assert heading is not None
        assert heading[1].startswith(MARK)
        assert f"{MARK}" in html.split('<table class="settings">')[1]
    found = texts(made / "run" / "result.xlsx")
    assert sum(text.startswith(MARK) for text in found) >= 3, "a term, a column and what it means, a setting"


def test_the_page_judges_by_it(made: Path) -> None:
    node = shutil.which("node")
    if node is None:
        assert os.environ.get("PLANKONTOR_BROWSER") != "required", "no node"
        pytest.skip("no node is installed")
    data = inline_data((made / "run" / "report.html").read_text(encoding="utf-8"))
    ids = data["trial"]["judge"]["ids"]
    given = {"judge": data["trial"]["judge"], "hostOf": [ids.index(data["members"][id_]["host"]) for id_ in ids]}
    command = [node, "--input-type=module", "-e", JUDGE]
    done = subprocess.run(command, cwd=made, input=json.dumps(given), capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["unknown"] == []
    assert found["terms"][TERM]["minutes"] == counted(made)["minutes"]


def test_questions_speak_of_it(made: Path) -> None:
    explained = json.loads((made / "explain.txt").read_text(encoding="utf-8"))
    assert TERM in json.dumps(explained)
    assert all(int(row[TERM]) >= 0 for row in rows(made / "alternatives" / "alternatives.csv"))
    said = (made / "frontier.txt").read_text(encoding="utf-8")
    assert said.count(MARK) > len(rows(made / "front" / "points.csv"))
    assert "Planen er den beste så lenge" in said
    total = number(json.loads((made / "run" / "evaluation.json").read_text(encoding="utf-8"))["objective"], 1)
    sheets = list((made / "sheets").glob("kontor-*.html"))
    assert sheets
    assert all(total in html.read_text(encoding="utf-8") for html in sheets)


def test_the_comparison_shows_it(made: Path) -> None:
    told = (made / "compare.txt").read_text("utf-8")
    assert re.search(rf"^  {MARK}[^\n]*\d[^\n]* minutter i alt$", told, re.MULTILINE)
    assert any(row["figure"] == f"burden_{TERM}" for row in rows(made / "compare" / "figures.csv"))
    assert any(text.startswith(MARK) for text in texts(made / "compare" / "comparison.xlsx"))
    for html in pages(made / "compare.html"):
        chart = html.split('<svg viewBox="0 0 720')[1].split("</svg>")[0]
        assert MARK in chart, "the axis"
        assert html.count(MARK) > chart.count(MARK), "the table"
