"""Offices too many to list: all municipalities of the country, longer journeys, more members, one process each."""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

REPORT = Path(__file__).with_name("large.md")
EVERYBODY = "select.classes=[1,2,3,4,5,6]"
QUESTIONS = {
    "75 min, 8 members": ("limits.max_minutes=75", "limits.max_members=8"),
    "90 min, 8 members": ("limits.max_minutes=90", "limits.max_members=8"),
    "120 min, 12 members": ("limits.max_minutes=120", "limits.max_members=12"),
    "120 min, 20 members": ("limits.max_minutes=120", "limits.max_members=20"),
    "120 min, 20 members, critical mass 10": (
        "limits.max_minutes=120",
        "limits.max_members=20",
        "limits.min_office_fte=10",
    ),
    "240 min, 46 members": ("limits.max_minutes=240", "limits.max_members=46"),
    "one office a county": (
        "limits.max_minutes=1500",
        "limits.max_members=60",
        "limits.county_lines=hard",
        "limits.max_offices=14",
        "weights.alone=10000",
    ),
}


def ask(question: str, engine: str, seconds: float) -> dict[str, Any]:
    """Answer one question in this process."""
    from optimizer.solve import Options, solve
    from scenarios.world.build import open_world

    problem = open_world("nasjonal", overrides=[EVERYBODY, *QUESTIONS[question]]).problem
    begun = time.process_time()
    result = solve(problem, Options(engine=engine, time_limit=seconds))
    return {
        "seconds": time.process_time() - begun,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "engine": result.engine,
        "objective": result.objective,
        "gap": result.gap,
    }


def table(rows: dict[str, dict[str, Any]]) -> str:
    """Return the report."""
    first = next(iter(rows.values()))
    lines = [
        "# All municipalities, larger and larger offices, one run",
        "",
        "Written by `python benchmarks/large.py`. Processor time and memory are ratios to the first row.",
        "",
        "| question | engine | time | memory | objective | proved |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    for question, row in rows.items():
        proved = "yes" if row["gap"] == 0 else f"gap {row['gap']:.2%}"
        lines.append(
            f"| {question} | {row['engine']} | {row['seconds'] / first['seconds']:.1f} x | "
            f"{row['megabytes'] / first['megabytes']:.2f} x | {row['objective']:.2f} | {proved} |"
        )
    lines.append("")
    lines.append(f"First row: {first['seconds']:.1f} s of processor time, {first['megabytes']:.0f} MB in all.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Ask all questions, each in its own process, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ask", choices=QUESTIONS)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--seconds", type=float, default=300.0)
    asked = parser.parse_args()
    if asked.ask:
        print(json.dumps(ask(asked.ask, asked.engine, asked.seconds)))
        return
    rows = {}
    for question in QUESTIONS:
        how = ["--engine", asked.engine, "--seconds", str(asked.seconds)]
        command = [sys.executable, __file__, "--ask", question, *how]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        rows[question] = json.loads(said.stdout.splitlines()[-1])
        print(question, rows[question])
    REPORT.write_text(table(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
