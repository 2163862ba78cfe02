"""Foreign packages of the same names are found by their lists of files, and nothing else is taken for one."""

import time
from pathlib import Path

import pytest

from scenarios.cli.shared import clashes


def installed(site: Path, name: str, files: dict[str, str]) -> None:
    """Put a package there as an installer does; a file that is there is overwritten."""
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    info = site / f"{name}.dist-info"
    info.mkdir()
    lines = [f"{path},sha256=x,{len(text)}" for path, text in files.items()] + [f"{name}.dist-info/RECORD,,"]
    (info / "RECORD").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a folder with ours, as compiled by Python, and a stranger that minds its own business."""
    files = {f"{name}/{file}": f"# {name}" for name in clashes.NAMES for file in ("__init__.py", "told/__init__.py")}
    installed(tmp_path, "plankontor-0.1.0", files)
    (tmp_path / "maps/__pycache__").mkdir()
    installed(tmp_path, "googlemaps-4.10", {"googlemaps/__init__.py": "", "googlemaps/maps/__init__.py": ""})
    return tmp_path


def test_ours_alone(site: Path) -> None:
    assert list(clashes.found_in(site)) == []


@pytest.mark.parametrize("file", ["maps/__init__.py", "maps/tiles.py"])
def test_a_foreign_package_has_put_files_into_ours(site: Path, file: str) -> None:
    """Also where it has but replaced a file of ours."""
    installed(site, "foreign_maps-1.2", {file: "# something else"})
    (line,) = clashes.found_in(site)
    assert line.startswith("warning: maps belongs to foreign_maps 1.2 too, in ")
    assert "uv tool install" in line


def test_a_foreign_package_hides_a_clone(tmp_path: Path) -> None:
    """An editable install lists none of our folders; one of that name in the way is a stranger's."""
    installed(tmp_path, "plankontor-0.1.0", {"_plankontor.pth": "/somewhere"})
    assert list(clashes.found_in(tmp_path)) == []
    installed(tmp_path, "optimizer-3.0", {"optimizer/__init__.py": ""})
    assert [line.split(" too")[0] for line in clashes.found_in(tmp_path)] == [
        "warning: optimizer belongs to optimizer 3.0"
    ]


def test_a_file_of_nobody_is_no_clash(site: Path) -> None:
    (site / "maps/notes.txt").write_text("mine", encoding="utf-8")
    assert list(clashes.found_in(site)) == []


def test_said_at_the_start(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder where packages are installed is looked at, also if ours run from a clone."""
    installed(site, "foreign_maps-1.2", {"maps/tiles.py": ""})
    monkeypatch.setattr(clashes.sysconfig, "get_path", lambda _: str(site))
    assert len(clashes.warnings()) == 1


def test_looking_costs_next_to_nothing(site: Path) -> None:
    """Nobody waits for it: the median of several looks is below 20 ms."""
    seconds = []
    for _ in range(9):
        begun = time.perf_counter()
        list(clashes.found_in(site))
        seconds.append(time.perf_counter() - begun)
    assert sorted(seconds)[4] < 0.02
