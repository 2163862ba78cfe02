"""One name, one thing: no class of the four packages has the name of another."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("optimizer", "geodata", "scenarios", "maps")
SAME_ON_PURPOSE = {"Limits", "Pins"}
"""A section of the scenario file and the part of the problem that it becomes, setting by setting."""


def test_no_class_name_stands_twice():
    places = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert len(places) > 200
    assert set(twice) == SAME_ON_PURPOSE, twice
