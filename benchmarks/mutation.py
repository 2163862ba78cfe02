"""Change the code in one place after another, and see whether the nearest tests notice.

``python benchmarks/mutation.py [PART ...] [--sample 60] [--seed 1]``; each try is a fork of this process, so needs a
system that can fork. What it finds is kept in ``--kept`` and not tried again, unless it was not noticed. Exits with 1
if a change is not noticed that ``benchmarks/equivalent.toml`` does not explain.
"""

import argparse
import gc
import importlib
import importlib.metadata
import json
import os
import resource
import signal
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import hypothesis
import pytest
from mutants import Mutant, bring_in, changes, drawn, path_of

ROOT = Path(__file__).parent.parent
LIBRARIES = ("geopandas", "networkx", "numpy", "ortools.sat.python.cp_model", "pandas", "pydantic", "scipy.sparse")
"""What every try needs: imported once, before the fork."""
TIMES = 5
LEAST_SECONDS = 8
MOST_BYTES = 6 * 2**30
SURVIVED = "survived"
PROFILE = "mutation"
QUIET = (
    *("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--hypothesis-profile={PROFILE}"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # the libraries are imported before the tests
)


@dataclass(frozen=True)
class Part:
    """Modules that belong together, and the tests next to them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


JUDGING = "tests/optimizer/judging"
ENGINES = "tests/optimizer/engines"
PARTS = {
    "evaluate": Part(
        ("optimizer.judging.evaluate", "optimizer.judging.offices", "optimizer.judging.figures"),
        (f"{JUDGING}/test_figures.py", f"{JUDGING}/test_evaluate.py", f"{JUDGING}/test_disciplines.py"),
    ),
    "candidates": Part(
        ("optimizer.engines.candidates", "optimizer.engines.listing", "optimizer.engines.figures"),
        (
            *(f"{ENGINES}/{name}" for name in ("test_listing.py", "test_candidates.py", "columns")),
            *("tests/optimizer/test_net_capacity.py", "tests/optimizer/test_kroner_asked.py"),
        ),
    ),
    "selection": Part(
        ("optimizer.engines.selection",),
        (f"{ENGINES}/test_selection.py", f"{ENGINES}/test_packing.py", "tests/optimizer/test_solve_limits.py"),
    ),
    "travel times": Part(
        ("geodata.traveltimes",), ("tests/geodata/test_traveltimes.py", "tests/geodata/owntables/test_files.py")
    ),
    "neighbours": Part(("geodata.neighbours",), ("tests/geodata/test_neighbours.py",)),
    "build": Part(
        ("scenarios.world.build",), ("tests/scenarios/world/test_build.py", "tests/scenarios/world/test_region.py")
    ),
    "money": Part(
        ("optimizer.money", "optimizer.judging.kroner.office_money", "optimizer.judging.kroner.three_states"),
        ("tests/optimizer/test_money.py", f"{JUDGING}/kroner"),
    ),
}


def main() -> int:
    """Try the mutants of the parts that are asked for, and print what was not noticed."""
    asked = arguments()
    os.chdir(ROOT)
    sys.dont_write_bytecode = False  # else each try would compile the program and its tests anew
    for name in LIBRARIES:
        importlib.import_module(name)
    for plugin in importlib.metadata.entry_points(group="pytest11"):
        plugin.load()
    gc.freeze()
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
    hypothesis.settings.register_profile(PROFILE, deadline=None, derandomize=True, max_examples=25, phases=phases)
    known = read(asked.kept)
    print(
        "| part | module | mutants | tried | noticed | equivalent | left |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    alive = [one for name in asked.parts for one in try_part(name, asked, known)]
    for one in alive:
        print(f"\n{path_of(Path(), one.module)}:{one.line}\n- {one.was}\n+ {one.becomes}")
    return 1 if alive else 0


def try_part(name: str, asked: argparse.Namespace, known: dict[str, str]) -> list[Mutant]:
    """Try the mutants of a part, print a row of the table for each of its modules, and return what was not noticed.

    Raises
    ------
    RuntimeError
        If its tests fail without a change.
    """
    part, left = PARTS[name], []
    begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    if tried(None, part, 600) != SURVIVED:
        raise RuntimeError(f"the tests of {name} fail without a change")
    seconds = max(LEAST_SECONDS, TIMES * (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun))
    explained = {(one["module"], one["was"], one["becomes"]) for one in equivalents()}
    for module in part.modules:
        every = changes(ROOT, module)
        some = drawn(every, asked.sample, asked.seed)
        for one in some:
            if known.get(one.name, SURVIVED) == SURVIVED and (module, one.was, one.becomes) not in explained:
                known[one.name] = tried(one, part, seconds)
                keep(asked.kept, one, known[one.name])
        alive = [one for one in some if known.get(one.name) == SURVIVED]
        same = [one for one in some if (module, one.was, one.becomes) in explained]
        alive = [one for one in alive if one not in same]
        noticed = len(some) - len(same) - len(alive)
        print(
            f"| {name} | `{module}` | {len(every)} | {len(some)} | {noticed} | {len(same)} | {len(alive)} |", flush=True
        )
        left += alive
    return left


def arguments() -> argparse.Namespace:
    """Return what was asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[*PARTS], metavar="PART")
    parser.add_argument("--sample", type=int, default=60, help="mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, default=ROOT / "runs" / "mutation.jsonl")
    return parser.parse_args()


def tried(mutant: Mutant | None, part: Part, seconds: float) -> str:
    """Return what the tests of a part make of a mutant: survived, killed or timeout."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os._exit(run_tests(mutant, part, seconds))
    end = time.monotonic() + 20 * seconds  # others may use the processor too
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            break
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return "timeout"
        time.sleep(0.02)
    if os.WIFSIGNALED(status):
        return "timeout" if os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL} else "killed"
    return "killed" if os.WEXITSTATUS(status) else SURVIVED


def run_tests(mutant: Mutant | None, part: Part, seconds: float) -> int:
    """Run the tests of a part on a mutant, in silence; return 0 if they pass."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    if mutant:
        bring_in(mutant, path_of(ROOT, mutant.module))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
    try:
        return next((1 for test in part.tests if pytest.main([*QUIET, test])), 0)
    except BaseException:  # noqa: BLE001 -- whatever a mutant does, it was noticed
        return 1


def read(kept: Path) -> dict[str, str]:
    """Return what became of the mutants tried before, by name."""
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    return {one["name"]: one["fate"] for one in map(json.loads, lines)}


def keep(kept: Path, mutant: Mutant, fate: str) -> None:
    """Add what became of a mutant to the file."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    row = {"name": mutant.name, "fate": fate, "module": mutant.module, "was": mutant.was, "becomes": mutant.becomes}
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def equivalents() -> list[dict[str, str]]:
    """Return the mutants that no test can notice, each with the reason."""
    path = Path(__file__).with_name("equivalent.toml")
    found: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["mutant"] if path.exists() else []
    return found


if __name__ == "__main__":
    sys.exit(main())
