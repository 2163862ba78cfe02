"""Kill the program at random moments, and see whether what it leaves is old or new, and whole.

``python benchmarks/kills.py [KILLS] [SEED]``; each try is a fork of this process, so needs a system that can fork.
Exits with 1 if a place was ever empty, not whole, or if something was left beside it after the next start.
"""

import contextlib
import io
import os
import random
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path

from geodata.faults import DataRemark
from scenarios.answers.verify import verify
from scenarios.cli.app import program

COUNTY = ("--county", "Finnmark", "--quiet")
FAST = ("--no-tradeoff", "--no-firmness")
COMMANDS = {
    "run": [("run", *COUNTY, *FAST, "--set", f"limits.max_minutes={minutes}", "--out", "run") for minutes in (75, 60)],
    "sheets": [
        ("sheets", "one", "--municipality", "Alta", "--lang", language, "--out", "sheets", "--quiet")
        for language in ("nb", "en")
    ],
    "compared": [
        ("compare", base, "eksisterende", "--out", "compared", "--html", "page.html", "--quiet")
        for base in ("one", "two")
    ],
    "front": [("frontier", *COUNTY, "--points", points, "--out", "front") for points in ("2", "3")],
}
"""By the folder that is written: the command, in two ways by turns."""


def started(arguments: tuple[str, ...]) -> int:
    """Return the process that does what the arguments say, without a word."""
    child = os.fork()
    if child:
        return child
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os._exit(program([*arguments]))


def seconds_of(arguments: tuple[str, ...]) -> float:
    """Return how long a command takes that nobody kills.

    Raises
    ------
    RuntimeError
        If it fails.
    """
    begun = time.perf_counter()
    if os.waitpid(started(arguments), 0)[1]:
        raise RuntimeError(f"failed: {' '.join(arguments)}")
    return time.perf_counter() - begun


def loaded() -> None:
    """Do everything once here, so that no try loads libraries and data anew: most of the kills meet the work itself."""
    with contextlib.redirect_stdout(io.StringIO()):
        for ways in COMMANDS.values():
            program([*ways[0]])


def killed(arguments: tuple[str, ...], after: float) -> bool:
    """Kill a command after some seconds; return whether it was still at work."""
    child = started(arguments)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def faults(place: Path) -> list[str]:
    """Return what is wrong with what a killed program left; looking at it is the next start."""
    if not place.is_dir():
        return ["nothing is there"]
    found = [one.name for one in verify(place).disagreements]
    page = place.parent / "page.html"
    if page.exists() and not page.read_text(encoding="utf-8").rstrip().endswith("</html>"):
        found.append("page.html is cut off")
    left = sorted(path.name for path in place.parent.glob(f".{place.name}.*"))
    return found + [f"{name} was left behind" for name in left]


def main(kills: int, seed: int) -> int:
    """Kill, look, and print a line for each command; return the exit code."""
    drawn, wrong = random.Random(seed), 0  # noqa: S311  nothing secret
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        warnings.simplefilter("ignore", DataRemark)  # what was left behind is told here by itself
        for base, minutes in (("one", 75), ("two", 60)):
            seconds_of(("run", *COUNTY, *FAST, "--set", f"limits.max_minutes={minutes}", "--out", base))
        loaded()
        lasting = {place: seconds_of(ways[0]) for place, ways in COMMANDS.items()}
        hit: Counter[str] = Counter()
        for number in range(kills):
            place = drawn.choice([*COMMANDS])
            hit[place] += killed(COMMANDS[place][number % 2], drawn.uniform(0, lasting[place]))
            for fault in faults(Path(place)):
                wrong += 1
                print(f"{place}, kill {number}: {fault}", flush=True)
            if number % 50 == 49:
                print(f"{number + 1} tries, {hit.total()} of them killed at work, wrong: {wrong}", flush=True)
        for place, ways in COMMANDS.items():
            seconds_of(ways[1])
            print(f"{place:<9} {hit[place]:>5} kills at work, {lasting[place]:.1f} s if left alone")
        left = sorted(path.name for path in Path().glob(".*"))
        print(f"wrong: {wrong}; left behind in the end: {left or 'nothing'}")
    return int(bool(wrong or left))


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["100"])[0]), int((sys.argv[2:] or ["1"])[0])))
