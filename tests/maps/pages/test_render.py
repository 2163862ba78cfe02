"""Modules become one script, and a page carries all that it needs and nothing else."""

import re
from pathlib import Path

import pytest

from maps.pages import comparison, map, render, report  # noqa: A004 - the page of a map
from maps.pages.solver import carried

FIRST = """// About this.
import { two } from "./two.js";
import "./three.js";

/** What it is. @type {(value: number) => number} */
export const one = (value) => two(value) + /** @type {number} */ (1);
"""
TWO = "import { three as third } from './three.js';\nexport function two(value) { return value; }\n".replace("'", '"')
THREE = 'export const three = "http://www.w3.org/"; // stays\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, code in (("one", FIRST), ("two", TWO), ("three", THREE)):
        (tmp_path / f"{name}.js").write_text(code, encoding="utf-8")
    return tmp_path


def test_modules_stand_behind_what_they_import_and_without_comments(folder: Path) -> None:
    assert render.script("one.js", folder).splitlines() == [
        '"use strict";',
        "const $three = (() => {",
        'const three = "http://www.w3.org/"; // stays',
        "return { three };",
        "})();",
        "const $two = (() => {",
        "const { three: third } = $three;",
        "function two(value) { return value; }",
        "return { two };",
        "})();",
        "const $one = (() => {",
        "const { two } = $two;",
        "",
        "const one = (value) => two(value) + (1);",
        "return { one };",
        "})();",
        "const plankontor = { ...$three, ...$two, ...$one };",
    ]


def test_a_circle_is_refused(folder: Path) -> None:
    (folder / "three.js").write_text('import { one } from "./one.js";\n', encoding="utf-8")
    with pytest.raises(ValueError, match="one -> two -> three -> one: modules import each other"):
        render.script("one.js", folder)


@pytest.mark.parametrize("line", ["export default 1;", "export { one };", 'import * as all from "./two.js";'])
def test_a_form_that_cannot_be_packed_is_refused(folder: Path, line: str) -> None:
    (folder / "three.js").write_text(f"const one = 1;\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"three\.js: .*{re.escape(line)}"):
        render.script("one.js", folder)


def test_every_module_is_in_a_page() -> None:
    first = [*(form.script for form in (map.FORM, report.FORM, comparison.FORM)), carried.WORKER]
    packed = "\n".join(render.script(one) for one in first)
    names = {path.stem for path in (render.MAPS / "scripts").rglob("*.js")} - {"unpack"}
    assert set(re.findall(r"^const \$(\w+) = ", packed, re.MULTILINE)) == names
