"""Numbers that people read are written in one place: no format of a number stands anywhere else."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import maps
import scenarios

ROOMS = [Path(package.__file__).parent for package in (maps, scenarios)]
FORMATTER = "maps/told/texts.py"
FOR_PROGRAMS = {
    "scenarios/world/further/settings.py": "names of settings, which programs read",
    "scenarios/world/further/variants.py": "names of variants, which programs read",
    "scenarios/export/csv_files.py": "files that a Norwegian Excel opens",
    "scenarios/answers/compare/shown.py": "files that a Norwegian Excel opens",
    "scenarios/sweep/results.py": "names of classes of numbers, which programs read",
    "scenarios/sweep/asked.py": "figures drawn by chance, kept to some digits before anybody reads them",
    "scenarios/words/sweep.py": "a figure kept to some digits, which the formatter then writes",
    "scenarios/world/travel/servers.py": "places, of which the name of a file that is kept is made",
    "maps/pages/sweep.py": "places in a drawing",
    "maps/pictures/marks.py": "places in a drawing",
    "scenarios/export/workbooks/workbook.py": "the width of a cell; the spreadsheet formats its number",
}
FAULTS = {
    "scenarios/question/sections/money.py": "what is wrong with a setting: a fault in the input, told in English",
    "scenarios/question/sections/people.py": "what is wrong with a setting: a fault in the input, told in English",
    "scenarios/world/holding.py": "why an office cannot be held: a fault in the input, told in English",
    "scenarios/cli/work/sweep.py": "too many runs: a fault in the input, told in English",
    "scenarios/cli/work/robustness.py": "an option out of its range: a fault in the input, told in English",
}
SCRIPT_FORMATTER = "maps/scripts/base/format.js"
SCRIPTS_THAT_COMPUTE = {
    "maps/scripts/base/edges.js": "how many decimals a limit has",
    "maps/scripts/money/both.js": "differences of sums as they are written",
    "maps/scripts/trial/moves.js": "minutes rounded as Python rounds them, before they are compared",
}
NUMBER = re.compile(r"[,+]?(\.\d+)?[fgeG%]|[,+]")
"""A format that writes a number."""
PLACE = re.compile(r"\{\w*(?:![rsa])?:[-+ <>^,.\d]*[fgeG%,]\}")
"""A place with a format, in a text that is filled later."""
PERCENT = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[dfgeEG]")
"""The same in the old way."""
IN_SCRIPT = re.compile(r"\.to(?:Fixed|Precision|Exponential|LocaleString)\b|\bNumberFormat\b")
IN_TEMPLATE = re.compile(rf"\|\s*(?:round|format)\b|{IN_SCRIPT.pattern}")


def is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def text_in(nodes: Iterable[ast.AST]) -> str:
    return "".join(str(node.value) for node in nodes if isinstance(node, ast.Constant))


def is_comma(node: ast.Call) -> bool:
    given = [one.value for one in node.args if isinstance(one, ast.Constant)]
    return getattr(node.func, "attr", "") == "replace" and given in [[".", ","], [",", " "], [",", "\u202f"]]


def formats(node: ast.AST) -> bool:
    """Return whether a piece of a program formats a number, or makes a point a comma."""
    match node:
        case ast.FormattedValue(value=value, format_spec=None) | ast.Call(func=ast.Name("str"), args=[value]):
            return is_call(value, "round")
        case (
            ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)) | ast.Call(func=ast.Name("format"), args=parts)
        ):
            return bool(NUMBER.search(text_in(parts)))
        case ast.Constant(value=str(text)):
            return bool(PLACE.search(text))
        case ast.BinOp(left=left, op=ast.Mod()):
            return bool(PERCENT.search(text_in([left])))
    return isinstance(node, ast.Call) and is_comma(node)


def formats_in(source: str) -> list[int]:
    """Return the lines on which a number is formatted, or a point made a comma."""
    return [getattr(node, "lineno", 0) for node in ast.walk(ast.parse(source)) if formats(node)]


def test_numbers_are_formatted_by_the_formatter_alone() -> None:
    found = {
        f"{room.name}/{path.relative_to(room).as_posix()}": formats_in(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted(room.rglob("*.py"))
    }
    assert {name for name, lines in found.items() if lines} == {FORMATTER, *FOR_PROGRAMS, *FAULTS}, found


def test_scripts_and_templates_leave_it_to_theirs() -> None:
    room = ROOMS[0]
    scripts = {path for path in (room / "scripts").rglob("*.js") if IN_SCRIPT.search(path.read_text(encoding="utf-8"))}
    known = {SCRIPT_FORMATTER, *SCRIPTS_THAT_COMPUTE}
    assert {f"maps/{path.relative_to(room).as_posix()}" for path in scripts} == known
    templates = [
        path for path in (room / "templates").rglob("*.html") if IN_TEMPLATE.search(path.read_text(encoding="utf-8"))
    ]
    assert templates == []


@pytest.mark.parametrize(
    "source",
    [
        *('f"{x:.1f}"', 'f"{x:,}"', 'f"{x:+.0%}"', 'f"{x:g}"', 'str(x).replace(".", ",")'),
        *('format(x, ".2f")', '"{:.1f} min".format(x)', '"{n:,}"', '"%.1f" % x', '"%d of %s" % (x, y)'),
        *("str(round(x))", "str(round(x, 1))", 'f"{round(x, 1)} km"'),
    ],
)
def test_what_formats_a_number_is_seen(source: str) -> None:
    assert formats_in(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        'f"{name:>20}"',
        'f"{name}"',
        'text.replace("_", " ")',
        '"{:>9}".format(name)',
        '"%s: %s" % (a, b)',
        "a % b",
        "round(x)",
    ],
)
def test_what_does_not_is_left_alone(source: str) -> None:
    assert formats_in(source) == []


@pytest.mark.parametrize("script", ["x.toFixed(1)", "x.toLocaleString('nb')", "new Intl.NumberFormat('nb')"])
def test_what_formats_a_number_in_a_script_is_seen(script: str) -> None:
    assert IN_SCRIPT.search(script)
    assert IN_TEMPLATE.search(script)


@pytest.mark.parametrize("template", ["{{ x|round(1) }}", '{{ "%.1f" | format(x) }}'])
def test_what_formats_a_number_in_a_template_is_seen(template: str) -> None:
    assert IN_TEMPLATE.search(template)
