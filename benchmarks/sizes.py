"""Time, memory and gap against size: made-up countries from 300 to 35,000 municipalities, one process each."""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

REPORT = Path(__file__).with_name("sizes.md")
SIZES = (300, 1000, 3000, 10_000, 35_000)


def shared_by_processors() -> float:
    """Return seconds of the processor, shared by all processors: those of a clock if the machine does nothing else."""
    return time.process_time() / (os.cpu_count() or 1)


def ask(many: int, seconds: float, *, by_processor: bool) -> dict[str, Any]:
    """Solve one country in this process."""
    from countries import made_country

    from optimizer.regions.solving import solve_region

    region = made_country(many)
    wall, processor = time.perf_counter(), time.process_time()
    clock = shared_by_processors if by_processor else time.monotonic
    result = solve_region(region, seconds, clock=clock)
    return {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "partners": region.within.nnz / many,
        "objective": result.objective,
        "gap": result.gap,
        "alone": sum(id_ == host and len(result.grouping.offices[host]) == 1 for id_, host in result.grouping),
        "offices": len(result.grouping.offices),
    }


def table(rows: dict[int, dict[str, Any]]) -> str:
    """Return the report."""
    first = next(iter(rows.values()))
    load = f"on {os.cpu_count()} processors with a load of {os.getloadavg()[0]:.0f} at the end"
    lines = [
        "# Made-up countries of growing size",
        "",
        f"Written by `python benchmarks/sizes.py` {load}. Time is wall time and, in brackets, processor time.",
        "",
        "| municipalities | within reach of each | time, s | memory, MB | objective | offices | standing alone | gap |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for many, row in rows.items():
        seconds = f"{row['wall']:.0f} ({row['processor']:.0f})"
        figures = f"{row['partners']:.1f} | {seconds} | {row['megabytes']:.0f} | {row['objective']:.2f}"
        lines.append(f"| {many:,} | {figures} | {row['offices']} | {row['alone']} | {row['gap']:.2%} |")
    grown = f"Processor time grows by {row_ratio(rows, first):.0f} times from the first to the last row"
    lines += ["", f"{grown}, the municipalities by {max(rows) / min(rows):.0f}.", ""]
    return "\n".join(lines)


def row_ratio(rows: dict[int, dict[str, Any]], first: dict[str, Any]) -> float:
    """Return how many times the first row's processor time the last one takes."""
    last = list(rows.values())[-1]
    return float(last["processor"] / first["processor"])


def main() -> None:
    """Ask of each size and write the report."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--ask", type=int, help="solve one country of so many and print what it took")
    reader.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    reader.add_argument("--seconds", type=float, default=1200.0)
    reader.add_argument(
        "--processor", action="store_true", help="count the seconds on the processors, for a busy machine"
    )
    asked = reader.parse_args()
    if asked.ask:
        print(json.dumps(ask(asked.ask, asked.seconds, by_processor=asked.processor)))
        return
    rows = {}
    for many in asked.sizes:
        command = [sys.executable, __file__, "--ask", str(many), "--seconds", str(asked.seconds)]
        command += ["--processor"] if asked.processor else []
        rows[many] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(many, rows[many], flush=True)
        REPORT.write_text(table(rows))


if __name__ == "__main__":
    main()
