"""The tutorial's commands run one after the other, on the files that it shows, and leave what it says they leave."""

import re
import shlex
from pathlib import Path

import pytest

from scenarios.cli.app import program

ROOT = Path(__file__).parents[1]


def test_commands_of_the_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    files = re.findall(r"[Pp]ut this in `([\w.]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL)
    commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert [name for name, _ in files] == ["planners.csv", "troms.toml"]
    assert {line.split()[1] for line in commands} >= {"run", "explain", "compare", "alternatives", "evaluate", "sheets"}
    for name, content in files:
        Path(name).write_text(content, encoding="utf-8")
    for line in commands:
        _, command, *arguments = shlex.split(line)
        quick = ["--no-firmness", "--no-tradeoff"] if command == "run" else []
        assert program([command, *arguments, *quick]) == 0, line
    for name in ("runs/first/report.html", "runs/own/grouping.csv", "compared.html"):
        assert Path(name).stat().st_size > 1000, name
    assert list(Path("sheets").glob("*.html"))
