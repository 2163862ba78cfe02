"""The house stays small: no long file, no long function, no crowded folder."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import ROOT

PACKAGES = ("optimizer", "geodata", "scenarios", "maps")
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
LINES_OF_A_FILE, LINES_OF_A_FUNCTION, MODULES_OF_A_FOLDER = 450, 60, 14


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield name and lines of each function, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first, *others = node.body
            documented = ast.get_docstring(node) is not None and others
            last = node.end_lineno or node.lineno
            yield node.name, last - (first.end_lineno or 0 if documented else node.lineno - 1)


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_is_crowded(package: str) -> None:
    folders = {path.parent for path in FILES if path.is_relative_to(ROOT / package)}
    many = {folder.relative_to(ROOT): len({*folder.glob("*.py")} - {folder / "__init__.py"}) for folder in folders}
    assert {folder: count for folder, count in many.items() if count > MODULES_OF_A_FOLDER} == {}


def test_no_file_is_long() -> None:
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert len(lines) > 100
    assert {path: count for path, count in lines.items() if count > LINES_OF_A_FILE} == {}


def test_no_function_is_long() -> None:
    lines = {(path.relative_to(ROOT), name): count for path in FILES for name, count in functions(path)}
    assert {place: count for place, count in lines.items() if count > LINES_OF_A_FUNCTION} == {}
