"""A folder is written whole or not at all, and never over somebody else's files."""

import errno
import os
from pathlib import Path

import pytest

from scenarios.export import folders
from scenarios.export.folders import FolderError


def ours(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "ours.txt")


def fill(target: Path, text: str = "new") -> None:
    with folders.new(target, ours) as part:
        (part / "ours.txt").write_text(text)


def fail_halfway(target: Path, fault: BaseException) -> None:
    with folders.new(target, ours) as part:
        (part / "half.txt").write_text("half")
        raise fault


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_parents_are_made(tmp_path):
    fill(tmp_path / "a" / "b" / "run")
    assert (tmp_path / "a" / "b" / "run" / "ours.txt").read_text() == "new"
    assert names(tmp_path / "a" / "b") == ["run"]


def test_folder_is_open_to_others_as_the_umask_says(tmp_path):
    before = os.umask(0o022)
    try:
        fill(tmp_path / "run")
    finally:
        os.umask(before)
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("existing", [None, "ours.txt"])
def test_empty_folder_and_own_run_are_replaced(tmp_path, existing):
    target = tmp_path / "run"
    target.mkdir()
    if existing:
        (target / existing).write_text("old")
    fill(target)
    assert names(target) == ["ours.txt"]
    assert (target / "ours.txt").read_text() == "new"
    assert names(tmp_path) == ["run"]


def test_foreign_content_is_left_alone(tmp_path):
    target = tmp_path / "run"
    target.mkdir()
    (target / "thesis.doc").write_text("years of work")
    with pytest.raises(FolderError, match=r"such as thesis\.doc"):
        fill(target)
    assert names(tmp_path) == ["run"]
    assert names(target) == ["thesis.doc"]


@pytest.mark.parametrize("fault", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("existing", [False, True])
def test_failure_leaves_everything_as_it_was(tmp_path, fault, existing):
    target = tmp_path / "runs" / "run"
    if existing:
        fill(target, "old")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises((FolderError, KeyboardInterrupt), match=r"No space left|^$"):
        fail_halfway(target, fault)
    assert sorted(tmp_path.rglob("*")) == before
    if existing:
        assert (target / "ours.txt").read_text() == "old"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("file", "is a file"),
        ("file/run", "Not a directory"),
        ("/proc/run", "cannot write"),
        (".", "the folder you are in"),
        ("..", "the folder you are in"),
        ("x" * 300, "name too long"),
    ],
)
def test_hopeless_targets_are_refused_before_the_work(tmp_path, monkeypatch, target, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderError, match=f"(?i){message}"):
        folders.check(Path(target), ours)
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize(("name", "said"), [("a\udcffb", r"a\\udcffb"), ("a\nb", r"a\\nb")])
@pytest.mark.parametrize("judge", [folders.check, folders.check_file])
def test_names_that_no_other_program_can_write_are_refused(tmp_path, name, said, judge):
    with pytest.raises(FolderError, match=rf"cannot write .*{said}': the name is no plain text"):
        judge(tmp_path / name, lambda _: [])
    assert not any(tmp_path.iterdir())


def test_check_leaves_nothing_behind(tmp_path):
    folders.check(tmp_path / "a" / "run", ours)
    assert names(tmp_path) == []


def test_link_to_a_folder_is_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    fill(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert names(tmp_path / "real") == ["ours.txt"]


def test_loop_of_links_is_refused(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(FolderError, match="cannot write"):
        folders.check(tmp_path / "a", ours)


def test_files_go_in_among_others_all_at_once(tmp_path):
    target = tmp_path / "sheets"
    (target / "mine").mkdir(parents=True)
    (target / "mine" / "thesis.doc").write_text("years of work")
    (target / "a.html").write_text("old")
    (target / "link").symlink_to("a.html")
    with folders.into(target) as part:
        (part / "a.html").write_text("new")
        (part / "b.html").write_text("new")
    assert names(tmp_path) == ["sheets"]
    assert names(target) == ["a.html", "b.html", "link", "mine"]
    assert [(target / name).read_text() for name in ("a.html", "b.html", "link", "mine/thesis.doc")] == [
        *("new", "new", "new", "years of work")
    ]


def test_files_do_not_go_in_the_place_of_a_folder(tmp_path):
    target = tmp_path / "sheets"
    (target / "a.html").mkdir(parents=True)
    with pytest.raises(FolderError, match=r"a\.html is a folder there"), folders.into(target) as part:
        (part / "a.html").write_text("new")
    assert names(tmp_path) == ["sheets"]
