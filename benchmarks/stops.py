"""How soon the program answers Ctrl-C and SIGTERM in each stage, how soon it ends then, and whether --time-limit holds.

``python benchmarks/stops.py [TRIES] [STAGE ...]`` writes ``benchmarks/stops.md``, or prints the stages that are named;
``limits`` is one. It needs nothing beside plankontor, Linux, and a machine with nothing else to do.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from scenarios.answers.verify import verify

SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143}
"""Each with the exit code that is documented."""
HEARD = "stopping: giving what has been found"
RUN = ("run", "nasjonal", "--out", "out")
ALL = ("--set", "select.classes=[1,2,3,4,5,6]")
TWO = ("--county", "11", "--county", "46", *ALL, "--set", "limits.max_minutes=240", "--set", "limits.max_members=9")
LISTED = ("--set", "solver.engine=partition", "--set", "solver.max_groups=50_000_000")
WIDE = (*ALL, "--set", "limits.max_minutes=240", "--set", "limits.max_members=46")
STAGES = {
    "loading": (RUN, "loading scenario"),
    "listing": ((*RUN, *TWO, *LISTED), "candidates"),
    "building the compact model": ((*RUN, *WIDE, "--set", "solver.engine=assignment"), "building the model"),
    "compact model": ((*RUN, *TWO, "--set", "solver.engine=assignment"), "better plan"),
    "column generation": ((*RUN, *WIDE), "offices made"),
    "set partitioning": ((*RUN, *ALL, "--set", "limits.max_minutes=120"), "legal offices"),
    "other prices": (RUN, "solving at other prices"),
    "firmness": (RUN, "trying how firm"),
    "writing": (RUN, "writing"),
    "sheets": (("sheets", "whole", "--out", "sheets"), "sheet 5 "),
    "frontier": (("frontier", "--points", "all", "--out", "out"), "frontier"),
    "alternatives": (("alternatives", "-k", "100", "--min-moved", "1", "--out", "out"), "alternative 2"),
    "explain": (("explain", "nasjonal", "Kåfjord", "--out", "out"), "what if"),
    "comparison": (
        ("compare", "whole", "eksisterende", "regionraad", "--html", "page.html", "--missing-alone"),
        "writing the page",
    ),
}
"""The command, and what it says when it is in the stage."""
LIMITS = {
    "national run": (RUN, (2, 5, 10)),
    "two counties, nine members": ((*RUN, *TWO), (2, 10)),
    "two counties, listed": ((*RUN, *TWO, *LISTED), (10,)),
    "two counties, compact model": ((*RUN, *TWO, "--set", "solver.engine=assignment"), (2, 10)),
    "all, four hours, 46 members": ((*RUN, *WIDE), (2, 10)),
    "all, compact model": ((*RUN, *WIDE, "--set", "solver.engine=assignment"), (10,)),
    "frontier": (("frontier", "--points", "all", "--out", "out"), (5, 10)),
    "alternatives": (("alternatives", "-k", "100", "--min-moved", "1", "--out", "out"), (5, 10)),
}
"""The command, and limits in seconds."""


@dataclass
class Watched:
    """A command at work, and what it says, with the moment.

    Parameters
    ----------
    arguments
        Of the program.
    """

    arguments: tuple[str, ...]
    said: list[tuple[float, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin."""
        quiet = ("--lang", "en") if self.arguments[0] in {"sheets", "compare"} else ("--lang", "en", "--verbose")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scenarios.cli", *self.arguments, *quiet],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        if self.process.stderr is None:
            raise RuntimeError("nothing to listen to")
        self.listener = threading.Thread(target=self.listen, args=(self.process.stderr,))
        self.listener.start()

    def listen(self, stream: IO[str]) -> None:
        """Note each line and when it came."""
        for line in stream:
            self.said.append((time.perf_counter(), line))

    def when(self, text: str) -> float | None:
        """Return when a text was said first; ``None`` if it was not."""
        return next((moment for moment, line in [*self.said] if text in line), None)

    def reach(self, text: str) -> bool:
        """Wait until a text is said; return whether it was."""
        while self.when(text) is None and self.listener.is_alive():
            time.sleep(0.01)
        return self.when(text) is not None

    def processor(self) -> float:
        """Return the seconds of the processor that the command has taken so far."""
        taken = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(taken[11]) + int(taken[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> tuple[float, float]:
        """Return when the command ended, and the seconds of the processor that it took in all."""
        _, status, used = os.wait4(self.process.pid, 0)
        ended = time.perf_counter()
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.listener.join()
        return ended, used.ru_utime + used.ru_stime


class Stopped(NamedTuple):
    """How a command ended: seconds until it answered and until it ended, those of the processor, what was wrong."""

    answered: float
    ended: float
    processor: float
    wrong: str


def interrupted(arguments: tuple[str, ...], stage: str, after: float, by: signal.Signals) -> Stopped | None:
    """Return how a command ended after a signal; ``None`` if it had ended before."""
    watched = Watched(arguments)
    if not watched.reach(stage):
        raise RuntimeError(f"{arguments} never says {stage!r}: {watched.said[-3:]}")
    time.sleep(after)
    sent, before = time.perf_counter(), watched.processor()
    watched.process.send_signal(by)
    ended, processor = watched.end()
    if watched.process.returncode == 0:
        return None
    heard = watched.when(HEARD)
    wrong = "" if watched.process.returncode == SIGNALS[by] else f"exit code {watched.process.returncode}"
    answered = (ended if heard is None else heard) - sent
    return Stopped(answered, ended - sent, processor - before, wrong or damage())


def damage() -> str:
    """Return what is wrong with what lies in the working folder."""
    wrong = [
        str(one.name)
        for place in ("out", "sheets")
        if Path(place).is_dir()
        for one in verify(Path(place)).disagreements
    ]
    return ", ".join([*wrong, *(path.name for path in Path().glob(".*"))])


def clear() -> None:
    """Remove what the last command left."""
    for name in ("out", "sheets"):
        shutil.rmtree(name, ignore_errors=True)
    Path("page.html").unlink(missing_ok=True)


def of_stages(tries: int, wanted: list[str]) -> list[str]:
    """Send each signal in each stage, and return the table."""
    drawn = random.Random(1)  # noqa: S311  nothing secret
    lines = ["| stage | signal | tries | answered within | ended within | processor until then | wrong |"]
    lines += ["| --- | --- | ---: | ---: | ---: | ---: | --- |"]
    for stage, by in ((stage, by) for stage in STAGES if stage in wanted for by in SIGNALS):
        arguments, text = STAGES[stage]
        found = []
        for _ in range(tries):
            clear()
            found.append(interrupted(arguments, text, drawn.uniform(0, 1.5), by))
        met = [one for one in found if one is not None]
        worst = [f"{max((one[place] for one in met), default=0):.1f} s" for place in range(3)]
        wrong = "; ".join({one.wrong for one in met} - {""}) or "nothing"
        lines.append(f"| {stage} | {by.name} | {len(met)} | {' | '.join(worst)} | {wrong} |")
        print(lines[-1], flush=True)
    return lines


def of_limits() -> list[str]:
    """Give each question little time, and return the table."""
    lines = ["| question | limit | took | processor | exit code | wrong |", "| --- | ---: | ---: | ---: | ---: | --- |"]
    for question, (arguments, limits) in LIMITS.items():
        for limit in limits:
            clear()
            begun = time.perf_counter()
            watched = Watched((*arguments, "--time-limit", str(limit)))
            ended, processor = watched.end()
            lines.append(
                f"| {question} | {limit} s | {ended - begun:.1f} s | {processor:.1f} s "
                f"| {watched.process.returncode} | {damage() or 'nothing'} |"
            )
            print(lines[-1], flush=True)
    return lines


def main(tries: int, wanted: list[str]) -> None:
    """Measure, and write the tables."""
    here = Path(__file__).with_suffix(".md")
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        subprocess.run([sys.executable, "-m", "scenarios.cli", *RUN[:2], "--out", "whole", "--quiet"], check=True)
        stages = of_stages(tries, wanted or [*STAGES])
        limits = [] if wanted and "limits" not in wanted else of_limits()
        os.chdir("/")
    if not wanted:
        head = ["# Ctrl-C, SIGTERM and --time-limit", "", "Written by `python benchmarks/stops.py`."]
        busy = f"Mean load of the machine before: {load:.1f} on {os.cpu_count()} cores."
        text = "\n".join([*head, "", *stages, "", *limits, "", busy, ""])
        here.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["3"])[0]), sys.argv[2:])
