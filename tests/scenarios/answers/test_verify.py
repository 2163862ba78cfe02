"""A folder is believed only if it is whole: whatever is changed in it, anywhere, is found and named."""

import csv
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from geodata.faults import DataError
from scenarios.answers.verify import verify
from scenarios.export import run_folder
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.solving import run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the run folder of one county."""
    outcome = run(build(load("nasjonal", counties=("55",))))
    return run_folder.write(tmp_path_factory.mktemp("runs") / "troms", outcome, {"total": 1.0})


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """Return a copy of it, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "troms"))


def names(made: Path) -> list[str]:
    return sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file())


def named(folder: Path) -> set[str]:
    """Return which files are said to be wrong; a document that cannot be read any more is refused by its name."""
    try:
        return {one.name for one in verify(folder).disagreements}
    except DataError as error:
        return {word.rstrip(":") for word in str(error).split()}


def test_a_folder_as_it_was_written_is_sound(folder):
    found = verify(folder)
    assert (found.disagreements, found.judged, found.other_data) == ((), True, False)


def test_a_byte_of_any_file_is_noticed(folder, made):
    """In the middle of each file but the document."""
    files = [name for name in names(made) if name != "manifest.json"]
    for name in files:
        whole = bytearray((folder / name).read_bytes())
        whole[len(whole) // 2] ^= 1
        (folder / name).write_bytes(whole)
    assert [(one.what, one.name) for one in verify(folder).disagreements] == [("changed", name) for name in files]


CHANGES = {
    "grouping.csv": [("5503,Harstad", "5501,Harstad"), (",55,", ",56,"), ("host_name", "host"), (r"\n\d{4},.*", "")],
    "inputs/minutes.csv": [(r"(\d)\.(\d)", r"\1\2"), (r",0\n", ",1\n"), ("0301", "0302"), ("\n", "\r\n")],
    "inputs/links.csv": [(",road,", ",ferry,"), (r"\n\d.*", "")],
    "inputs/municipalities.csv": [(",0,1,", ",1,1,"), ("Oslo", "0slo"), ("0.8", "0.9"), ("estimate", "known")],
    "evaluation.json": [
        *((f'"{key}": ', f'"{key}": 1') for key in ("objective", "value", "planner_fte", "need_fte")),
        *(('"met"', '"broken"'), ('"minutes"', '"Minutes"'), ("årsverk", "arsverk"), (r'"host": "\d', '"host": "9')),
    ],
    "firmness.json": [("not asked", "asked")],
    "manifest.json": [
        *((f'"{key}": ', f'"{key}": 1') for key in ("objective", "bound", "gap", "candidates", "total")),
        *(
            ('"optimal"', '"feasible"'),
            ('"unique"', '"open"'),
            (r"0\.33", "0.3"),
            ("240", "24"),
            ('_id": "', '_id": "0'),
        ),
    ],
    "report.html": [("bevist", "bevisst"), ("<h1", "<h2")],
    "offices.geojson": [("69", "68")],
    **{f"{name}.csv": [(r"\n(.*)\d", r"\n\g<1>")] for name in ("offices", "money", "shares", "posts")},
    "scenario.toml": [("75", "76")],
}
"""In each file what stands in it, and what somebody wrote instead, one thing at a time."""


def test_each_single_change_is_noticed(folder):
    """As somebody with a text editor would make it."""
    changes = [(name, *change) for name, some in CHANGES.items() for change in some]
    assert len(changes) >= 40
    for name, before, after in changes:
        path = folder / name
        whole = path.read_bytes()
        path.write_text(re.sub(before, after, whole.decode(), count=1), "utf-8", newline="")
        assert path.read_bytes() != whole, (name, before)
        assert name in named(folder), (name, before)
        path.write_bytes(whole)


def test_a_file_that_is_gone_or_new_is_noticed(folder, made):
    for name in names(made):
        if name == "manifest.json":
            continue
        path = folder / name
        path.rename(folder.parent / "aside")
        assert [(one.what, one.name) for one in verify(folder).disagreements] == [("missing", name)]
        (folder.parent / "aside").rename(path)
    (folder / "notes.txt").write_text("mine")
    assert [(one.what, one.name) for one in verify(folder).disagreements] == [("added", "notes.txt")]


@pytest.mark.parametrize(
    "key", ["objective", "bound", "gap", "status", "engine", "candidates", "run_id", "data_sha256", "edition", "ties"]
)
def test_every_figure_of_the_manifest_is_sealed(folder, key):
    path = folder / "manifest.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document[key] = document[key] + 1 if isinstance(document[key], int | float) else f"{document[key]}x"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
    assert ("changed", "manifest.json") in {(one.what, one.name) for one in verify(folder).disagreements}


def seal_anew(folder: Path) -> None:
    """Write the checksums of a folder as it is now, as a program with a fault would."""
    document = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").unlink()
    run_folder.RUN.seal(folder, {name: value for name, value in document.items() if name not in ("files", "sha256")})


def test_what_does_not_follow_is_found_though_the_checksums_are_written_anew(folder):
    """One change at a time, in whatever the plan was judged by, and in what is said of it."""
    changes = [
        ("inputs/minutes.csv", r"(?m)^(5503,.*?,)0(,)", r"\g<1>1\2", "minutes"),  # no way to oneself
        ("inputs/minutes.csv", r"(?m)^(5510,(?:[^,]*,)*?)(\d+\.\d+)(?=,0,)", r"\g<1>1\2", "figures"),
        ("inputs/municipalities.csv", r"(5512,.*?,\d+),\d", r"\1,0", "figures"),
        ("inputs/municipalities.csv", r"(5512,.*?),1,1,", r"\1,0,1,", "rule"),
        ("inputs/links.csv", r"(?m)^.*5510.*$\n", "", "rule"),
        ("manifest.json", r'("objective": 1)0', r"\g<1>1", "objective"),
        ("manifest.json", r'("bound": )1', r"\g<1>2", "standing"),
        ("manifest.json", r'(?s)("problem": .*?"max_minutes": )75', r"\g<1>20", "rule"),
        ("manifest.json", r'(?s)("problem": .*?"missing_fte": )240', r"\g<1>241", "objective"),
        ("evaluation.json", r'("objective": 1)0', r"\g<1>1", "objective"),
        ("evaluation.json", r'("longest_minutes": )3', r"\g<1>4", "figures"),
        ("evaluation.json", r'"met"', '"broken"', "figures"),
    ]
    for name, before, after, what in changes:
        kept = {path: path.read_bytes() for path in (folder / name, folder / "manifest.json")}
        text = (folder / name).read_text(encoding="utf-8")
        count = 0 if name == "inputs/links.csv" else 1
        (folder / name).write_text(re.sub(before, after, text, count=count), encoding="utf-8", newline="")
        assert (folder / name).read_text(encoding="utf-8") != text, (name, before)
        seal_anew(folder)
        found = kinds_found(folder)
        assert what in found, (name, before, found)
        assert "changed" not in found
        for path, whole in kept.items():
            path.write_bytes(whole)


def kinds_found(folder: Path) -> set[str]:
    """Return in what ways a folder disagrees with itself; of one whose problem cannot be, the words of the refusal."""
    try:
        return {one.what for one in verify(folder).disagreements}
    except DataError as error:
        return set(re.findall(r"\w+", str(error)))


def test_another_host_is_found_though_the_checksums_are_written_anew(folder):
    """As a program with a fault would write it: the plan is judged, not only compared."""
    path = folder / "grouping.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shared = next(row["host"] for row in rows if row["host"] != row["kommunenummer"])
    other = next(row["kommunenummer"] for row in rows if row["host"] == shared and row["kommunenummer"] != shared)
    for row in rows:
        row["host"] = other if row["host"] == shared else row["host"]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    seal_anew(folder)
    found = {(one.what, one.name) for one in verify(folder).disagreements}
    assert {("objective", "manifest.json"), ("objective", "evaluation.json"), ("figures", "offices")} <= found


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(folder):
    for name, told in (("grouping.csv", "missing"), ("manifest.json", "pipe or a device")):
        (folder / name).unlink()
        os.mkfifo(folder / name)
        if told == "missing":
            assert ("missing", name) in {(one.what, one.name) for one in verify(folder).disagreements}
        else:
            with pytest.raises(DataError, match=told):
                verify(folder)


def test_what_is_no_folder_of_ours_is_refused(tmp_path):
    (tmp_path / "notes.json").write_text('{"program": "another"}')
    with pytest.raises(DataError, match="holds no document with checksums"):
        verify(tmp_path)
    with pytest.raises(DataError, match="is no folder"):
        verify(tmp_path / "notes.json")
