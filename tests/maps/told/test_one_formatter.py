"""Numbers that people read are written in one place: no format of a number stands anywhere else."""

import ast
import re
from pathlib import Path

import pytest

import maps
import scenarios

ROOMS = [Path(package.__file__).parent for package in (maps, scenarios)]
FORMATTER = "maps/told/texts.py"
FOR_PROGRAMS = {
    "scenarios/world/settings.py": "names of settings, which programs read",
    "scenarios/world/further/variants.py": "names of variants, which programs read",
    "scenarios/export/csv_files.py": "files that a Norwegian Excel opens",
    "scenarios/answers/compare/shown.py": "files that a Norwegian Excel opens",
    "scenarios/export/workbook.py": "the width of a cell; the spreadsheet formats its number",
}
FAULTS = {
    "scenarios/question/sections.py": "what is wrong with a setting: a fault in the input, told in English",
    "scenarios/world/holding.py": "why an office cannot be held: a fault in the input, told in English",
    "scenarios/cli/robustness.py": "an option out of its range: a fault in the input, told in English",
}
NUMBER = re.compile(r"[,+]?(\.\d+)?[fgeG%]|[,+]")
"""A format that writes a number."""


def formats_in(source: str) -> list[int]:
    """Return the lines on which a number is formatted, or a point made a comma."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
            lines += [node.lineno] if NUMBER.search(spec) else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace":
            given = [one.value for one in node.args if isinstance(one, ast.Constant)]
            lines += [node.lineno] if given in [[".", ","], [",", " "], [",", "\u202f"]] else []
    return lines


def test_numbers_are_formatted_by_the_formatter_alone() -> None:
    found = {
        f"{room.name}/{path.relative_to(room).as_posix()}": formats_in(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted(room.rglob("*.py"))
    }
    assert {name for name, lines in found.items() if lines} == {FORMATTER, *FOR_PROGRAMS, *FAULTS}, found


@pytest.mark.parametrize("source", ['f"{x:.1f}"', 'f"{x:,}"', 'f"{x:+.0%}"', 'f"{x:g}"', 'str(x).replace(".", ",")'])
def test_what_formats_a_number_is_seen(source: str) -> None:
    assert formats_in(source) == [1]


@pytest.mark.parametrize("source", ['f"{name:>20}"', 'f"{name}"', 'text.replace("_", " ")'])
def test_what_does_not_is_left_alone(source: str) -> None:
    assert formats_in(source) == []
