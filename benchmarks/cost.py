"""What commands cost: processor time beside that of loading the libraries, and where the time of a run goes."""

import argparse
import contextlib
import functools
import importlib
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FLOOR = "import geopandas, ortools.sat.python.cp_model, folium"
PROGRAM = "from scenarios.cli.__main__ import main; main()"
COMMANDS = {
    "plankontor --help": ["--help"],
    "run": ["run", "--quiet", "--out", "{folder}/run"],
    "run --no-pages": ["run", "--quiet", "--out", "{folder}/tables", "--no-pages"],
    "run --no-pages, the plan only": [
        *("run", "--quiet", "--out", "{folder}/plan", "--no-pages", "--no-tradeoff", "--no-firmness"),
    ],
    "run --county Finnmark, the plan only": [
        *("run", "--quiet", "--out", "{folder}/county", "--county", "Finnmark", "--no-tradeoff", "--no-firmness"),
    ],
    "frontier, 9 points": ["frontier", "--points", "9", "--quiet"],
    "sheets of all": ["sheets", "{folder}/run", "--quiet", "--out", "{folder}/sheets"],
}
STABLE = f"""
import sys, time
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests" / "optimizer")!r}]
from dataclasses import replace
from frozen import flat_money, national
from optimizer.solve import solve
asked = replace(national(), money=flat_money(), limits=replace(national().limits, stable=sys.argv[1]))
begun = time.perf_counter()
found = solve(asked)
print(f"{{found.objective:.2f}}", f"{{time.perf_counter() - begun:.2f}}")
"""
"""The frozen national problem, solved with the rule or without it."""
SLOW = ("frontier, 9 points", "sheets of all")
"""Done once."""
STAGES = {
    "loading": "scenarios.cli.work.run.load_world",
    "the plan": "scenarios.cli.work.run.solve",
    "other prices": "scenarios.cli.work.run.weigh",
    "firmness": "scenarios.cli.work.run.investigate",
    "writing": "scenarios.cli.work.run.write",
    "- tables": "scenarios.export.run_folder._write_tables",
    "- GeoPackage": "scenarios.export.geography.layers.write_layers",
    "- GeoJSON": "scenarios.export.geography.geojson.write",
    "- workbook": "scenarios.export.workbooks.result_workbook.write",
    "- pages": "scenarios.export.pages.write_pages",
    "  - what they tell": "scenarios.export.pages.findings",
    "  - maps": "maps.pages.layers.drawn",
    "  - templates": "maps.pages.render.fill",
    "  - checking, packing": "maps.pages.bilingual.bind",
}


def seconds(code: str, arguments: Sequence[str] = ()) -> float:
    """Return the processor time, user and system, of a process of its own."""
    before = os.times()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compared(rounds: int, names: Sequence[str]) -> list[str]:
    """Return a row for each command: its seconds, and how many times those of loading the libraries at that time."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            arguments = [part.format(folder=folder) for part in COMMANDS[name]]
            taken = []
            for _ in range(1 if name in SLOW else rounds):
                floor = seconds(FLOOR)
                taken.append((seconds(PROGRAM, arguments), floor))
            own, floor = (statistics.median(column) for column in zip(*taken, strict=True))
            ratio = statistics.median(one / other for one, other in taken)
            rows.append(f"| `{name}` | {own:.2f} s | {floor:.2f} s | {ratio:.1f} |")
            print(rows[-1], flush=True)
    return rows


def of_kroner(rounds: int) -> None:
    """Print what kroner cost a run: without them, with them, and without the order of starts, in turn."""
    settings = {"no kroner": ["money.enabled=false"], "kroner": [], "kroner, no order": ["order.years=0"]}
    taken: dict[str, list[float]] = {name: [] for name in settings}
    with tempfile.TemporaryDirectory() as folder:
        for k in range(rounds):
            for name, changes in settings.items():
                arguments = ["run", "--quiet", "--out", f"{folder}/{k}-{name}", "--no-tradeoff", "--no-firmness"]
                changed = [part for change in changes for part in ("--set", change)]
                taken[name].append(seconds(PROGRAM, [*arguments, *changed]))
    for name, own in taken.items():
        more = statistics.median(one - other for one, other in zip(own, taken["no kroner"], strict=True))
        print(
            f"| {name} | {', '.join(f'{one:.2f}' for one in own)} s | {statistics.median(own):.2f} s | {more:+.2f} s |"
        )


def of_stable(rounds: int) -> None:
    """Print what the rule ``stable`` costs on the frozen national inputs: seconds of the clock, without and with it."""
    taken: dict[str, list[float]] = {"off": [], "hard": []}
    for _ in range(rounds):
        for rule, found in taken.items():
            done = subprocess.run([sys.executable, "-c", STABLE, rule], check=True, capture_output=True, text=True)
            minutes, own = done.stdout.split()
            found.append(float(own))
            print(f'| `stable = "{rule}"` | {minutes} | {own} s |', flush=True)
    more = statistics.median(one - other for one, other in zip(taken["hard"], taken["off"], strict=True))
    print(f'| `stable = "hard"`, more | | {more:+.2f} s |')


def timed(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that adds the processor time of all threads while it runs."""

    @functools.wraps(function)
    def measured(*arguments: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - begun

    return measured


def stages() -> None:
    """Print where the processor time of one run goes; a part of a line above is indented."""
    importlib.import_module("scenarios.cli.work.run")
    for module in ("scenarios.export.pages", "scenarios.export.workbooks.result_workbook"):
        importlib.import_module(module)
    imports, spent = time.process_time(), dict[str, float]()
    for name, place in STAGES.items():
        module, _, function = place.rpartition(".")
        found = importlib.import_module(module)
        setattr(found, function, timed(spent, name, getattr(found, function)))
    from scenarios.cli.app import program

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        program(["run", "--quiet", "--out", f"{folder}/run"])
    total = time.process_time()
    for name, own in {"imports": imports, **{name: spent.get(name, 0.0) for name in STAGES}, "all": total}.items():
        print(f"| {name} | {own:.2f} s | {own / total:.0%} |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="of each quick command; the median counts")
    parser.add_argument("--only", choices=COMMANDS, action="append", help="this command")
    parser.add_argument("--stages", action="store_true", help="where the time of one run goes")
    parser.add_argument("--kroner", action="store_true", help="what kroner cost a run, and the rule stable")
    arguments = parser.parse_args()
    if arguments.stages:
        stages()
    elif arguments.kroner:
        of_kroner(arguments.rounds)
        of_stable(arguments.rounds)
    else:
        compared(arguments.rounds, arguments.only or list(COMMANDS))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
