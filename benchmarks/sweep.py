"""Criteria of a sweep, on the whole country: both cores busy, the same table everywhere, nothing done twice.

One process, two processes, two processes of which the whole program is killed midway and continued, a Dask cluster of
two workers, and the same with one worker killed midway. Prints what it finds, with the load of the machine: on a busy
one the gain of the second process says little.
"""

import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = """
scenario = "nasjonal"
[random]
draws = {draws}
seed = 1
limits.max_minutes = {{ from = 60, to = 80 }}
weights.missing_fte = {{ from = 120, to = 300 }}
planners.supply_per_1000 = {{ from = 0.24, to = 0.29 }}
"""
PROGRAM = (sys.executable, "-m", "scenarios.cli", "sweep", "sweep.toml", "--quiet")
ADDRESS = "tcp://127.0.0.1:8790"
DASK = (str(Path(sys.executable).with_name("dask")),)


def main(draws: int) -> None:
    """Do the sweeps and print what they say."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sweep.toml").write_text(FILE.format(draws=draws), encoding="utf-8")
        print(
            f"{draws} national runs, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f} at the start"
        )
        one = timed(folder, "one", "--processes", "1")
        two = timed(folder, "two", "--processes", "2")
        print(f"two processes against one: {one / two:.2f} times as fast")
        table = (folder / "two" / "runs.csv").read_bytes()
        said(folder, "one", table)
        killed(folder, draws)
        said(folder, "killed", table)
        with cluster(folder) as workers:
            timed(folder, "cluster", "--scheduler", ADDRESS)
            said(folder, "cluster", table)
            started = subprocess.Popen((*PROGRAM, "--out", "lost", "--scheduler", ADDRESS), cwd=folder)
            wait_for(folder / "lost", draws // 2)
            workers[0].kill()
            print(f"one worker killed after {done(folder / 'lost')} runs; exit code {started.wait()}")
            said(folder, "lost", table)
        print(f"load {os.getloadavg()[0]:.1f} at the end")


def timed(folder: Path, name: str, *options: str) -> float:
    """Do a sweep and return its seconds."""
    begun = time.perf_counter()
    subprocess.run((*PROGRAM, "--out", name, *options), cwd=folder, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    print(f"{name}: {seconds:.1f} s")
    return seconds


def killed(folder: Path, draws: int) -> None:
    """Kill a sweep midway, as a power cut would, and continue it."""
    program = subprocess.Popen((*PROGRAM, "--out", "killed"), cwd=folder, start_new_session=True)
    wait_for(folder / "killed", draws // 2)
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
    finished = {row["run"] for row in rows(folder / "killed" / "runs.csv", "status")}
    before = {row["run"]: row for row in log(folder / "killed")}
    timed(folder, "killed")
    kept = sum(before[row["run"]] == row for row in log(folder / "killed") if row["run"] in finished)
    print(f"killed after {len(finished)} runs, of which {len(finished) - kept} were done again")


def said(folder: Path, name: str, table: bytes) -> None:
    """Print whether a table is the one expected."""
    same = (folder / name / "runs.csv").read_bytes() == table
    workers = {row["where"] for row in log(folder / name)}
    print(f"{name}: {'the same table' if same else 'ANOTHER TABLE'}, by {len(workers)} workers")


@contextmanager
def cluster(folder: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers of one thread, and end them."""
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", ADDRESS.rpartition(":")[2], "--no-dashboard")
    worker = ("worker", ADDRESS, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory")
    running = [subprocess.Popen((*DASK, *scheduler), **quiet)]  # type: ignore[call-overload]
    try:
        running += [
            subprocess.Popen((*DASK, *worker, str(folder / f"worker-{k}")), **quiet)  # type: ignore[call-overload]
            for k in (1, 2)
        ]
        time.sleep(10)
        yield running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()


def wait_for(folder: Path, runs: int) -> None:
    """Wait until so many runs are done."""
    while done(folder) < runs:
        time.sleep(0.1)


def done(folder: Path) -> int:
    """Return how many runs are done."""
    return len(log(folder))


def log(folder: Path) -> list[dict[str, str]]:
    """Return the whole rows of the log: run, seconds, and the process that did it."""
    return rows(folder / "log.csv", "where")


def rows(path: Path, last: str) -> list[dict[str, str]]:
    """Return the rows of a table that are whole; of one that is not yet there none."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row[last]]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
