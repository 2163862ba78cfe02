"""``compare --html`` as its users meet it: the page is whole or not there, and all faults come at once."""

import base64
import io
import json
import subprocess
import sys

import openpyxl
import pytest
from program import FINNMARK, ONLY_TABLES, left

from scenarios.cli import app


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder with a small scenario, a run of it, and two fronts of it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "finnmark.toml").write_text(FINNMARK, encoding="utf-8")
    scenario = str(folder / "finnmark.toml")
    assert app.program(["run", scenario, *ONLY_TABLES, "--out", str(folder / "one"), "-q"]) == 0
    front = ["frontier", scenario, "--between", "missing_fte,travel", "--points", "3", "-q", "--out"]
    assert app.program([*front, str(folder / "front")]) == 0
    assert app.program([*front, str(folder / "other"), "--set", "weights.missing_fte=30"]) == 0
    return folder


def data_of(path):
    text = path.read_text(encoding="utf-8")
    return text, json.loads(text.split('id="plan-data">', 1)[1].split("</script>", 1)[0])


@pytest.mark.parametrize("judge", ["one", "finnmark.toml"])
def test_a_page_is_written_with_its_chart(here, tmp_path, judge):
    """Judged by a run folder, whose scenario is built again, and by a scenario."""
    done = here("compare", judge, "regionraad", "--html", "new/page.html", "--frontier", "front", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    text, data = data_of(tmp_path / "new" / "page.html")
    assert [{id_: host for id_, host, *_ in one["members"]["rows"]} for one in data["options"]] == [
        one["hosts"] for one in found["options"]
    ]
    assert text.count('<tr id="point-') == len(
        json.loads((tmp_path / "front" / "frontier.json").read_text())["frontier"]["points"]
    )
    assert "er «Prøve»" in text, "the plan is one of the points, or it would not be the best"
    assert left(tmp_path / "new") == ["page.html"]
    again = here("compare", judge, "regionraad", "--html", "new/page.html", "--lang", "en", "-q")
    assert again.returncode == 0, again.stderr
    assert again.stdout.endswith("\nwritten to new/page.html\n")
    text, english = data_of(tmp_path / "new" / "page.html")
    assert '<html lang="en">' in text, "a page of ours is replaced"
    for told, sheet in ((data, "Nøkkeltall"), (english, "Key figures")):
        (book,) = (file for file in told["files"] if file["name"].endswith(".xlsx"))
        content = io.BytesIO(base64.b64decode(book["content"]))
        assert openpyxl.load_workbook(content).sheetnames[0] == sheet, "the workbook speaks as the page does"


def test_the_file_of_a_front_will_do_too(here, tmp_path):
    done = here("compare", "one", "regionraad", "--html", "page.html", "--frontier", "front/frontier.json", "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert "page.html" in left(tmp_path)


def test_all_faults_come_at_once_and_nothing_is_written(here, tmp_path):
    (tmp_path / "notes.html").write_text("mine", encoding="utf-8")
    before = left(tmp_path)
    done = here("compare", "one", "regionrad", "--html", "notes.html", "--frontier", "nowhere")
    assert (done.returncode, done.stdout) == (3, "")
    assert "error: 3 problems in the data" in done.stderr
    assert "did you mean regionraad" in done.stderr
    assert "notes.html is there already and is no page of ours" in done.stderr
    assert "--frontier nowhere: cannot be read: No such file or directory" in done.stderr
    assert left(tmp_path) == before
    assert (tmp_path / "notes.html").read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_is_a_fault_of_use(here, tmp_path):
    (tmp_path / "file").write_text("x")
    for target, said in (
        ("front", "front is a folder; name a file"),
        ("file/page.html", "is a file, not a folder"),
        ("finnmark.toml", "is no page of ours"),
        ("a\0b", "null byte"),
    ):
        before = left(tmp_path)
        done = here("compare", "one", "regionraad", "--html", target)
        assert (done.returncode, done.stdout) == (2, ""), target
        assert said in done.stderr
        assert left(tmp_path) == before


def test_fronts_of_something_else_are_refused_with_the_reason(here, tmp_path):
    def said(front):
        done = here("compare", "one", "regionraad", "--html", "page.html", "--frontier", front)
        assert (done.returncode, done.stdout) == (3, "")
        assert "page.html" not in left(tmp_path)
        return done.stderr

    assert "has points that cost something else by the rules and prices of finnmark" in said("other")
    assert "is no answer of plankontor frontier" in said("one/manifest.json")
    file = tmp_path / "front" / "frontier.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    for change, reason in (
        ({"edition": "2020"}, "is of edition 2020, but the options are of 2024"),
        ({"schema_version": 0}, "was written by another version of plankontor"),
        ({"frontier": None}, "holds no front; a chart needs two terms"),
        ({"frontier": None, "surface": {"points": []}}, "holds plans between three terms"),
        ({"frontier": whole["frontier"] | {"points": []}}, "has fewer than two points"),
        ({"frontier": whole["frontier"] | {"points": [{}]}}, "is damaged: KeyError"),
        ({"frontier": whole["frontier"] | {"second": "nothing"}}, "is damaged"),
        ({"frontier": {"points": 3}}, "is damaged"),
    ):
        file.write_text(json.dumps(whole | change), encoding="utf-8")
        assert reason in said("front"), change
    short = [{**point, "hosts": dict(list(point["hosts"].items())[1:])} for point in whole["frontier"]["points"]]
    file.write_text(json.dumps(whole | {"frontier": whole["frontier"] | {"points": short}}), encoding="utf-8")
    assert "is about other municipalities than finnmark" in said("front")
    file.write_text("[", encoding="utf-8")
    assert "is no answer of plankontor frontier" in said("front")


def test_a_run_without_its_scenario_cannot_be_drawn(here, tmp_path):
    (tmp_path / "one" / "scenario.toml").unlink()
    assert here("compare", "one", "regionraad", "-q").returncode == 0
    done = here("compare", "one", "regionraad", "--html", "page.html")
    assert done.returncode == 3
    assert "one: scenario.toml is missing, which the map is drawn from" in done.stderr


def test_a_front_needs_a_page(here):
    done = here("compare", "one", "regionraad", "--frontier", "front")
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a file for it with --html" in done.stderr


def test_only_the_page_loads_what_draws_it():
    code = (
        "import sys; from scenarios.cli import app; app.program(['compare', 'eksisterende', 'regionraad', '-q']);"
        " print('folium' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("False\n")
