"""The national scenario: our solve against the compact model and against peers, in one run."""

import argparse
import json
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from optimizer.engine_table import ENGINES

CONTENDERS = (*ENGINES, "spopt p-median", "spopt max-p")
SECONDS = 120.0
REPORT = Path(__file__).with_name("national.md")


def world() -> Any:
    """Return the world of the national scenario."""
    from scenarios.question.load import load
    from scenarios.world.build import build

    return build(load("nasjonal"))


def by_engine(engine: str) -> Callable[[Any], tuple[dict[str, str], float]]:
    """Return a contender that is one of our engines."""

    def solve_it(w: Any) -> tuple[dict[str, str], float]:
        from optimizer.solve import Options, solve

        result = solve(w.problem, Options(time_limit=SECONDS, engine=engine))
        return dict(result.grouping.host_of), result.bound

    return solve_it


def active(problem: Any) -> list[int]:
    """Return the positions of those who take part."""
    return [i for i, takes_part in enumerate(problem.active) if takes_part]


def p_median(w: Any) -> tuple[dict[str, str], float]:
    """Capacitated p-median with as many offices and the same largest size as our plan."""
    import numpy as np
    import pulp
    from spopt.locate import PMedian

    problem, here = w.problem, active(w.problem)
    minutes = problem.minutes[np.ix_(here, here)]
    model = PMedian.from_cost_matrix(
        minutes,
        problem.trips[here],
        p_facilities=w.offices,
        facility_capacities=np.full(len(here), problem.limits.max_members),
    ).solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=SECONDS))
    hosts = {problem.ids[here[i]]: problem.ids[here[h]] for h, clients in enumerate(model.fac2cli) for i in clients}
    return hosts, 0.0


def max_p(w: Any) -> tuple[dict[str, str], float]:
    """Max-p heuristic, then the best host of each region."""
    import numpy as np
    from libpysal.weights import W
    from spopt.region import MaxPHeuristic

    problem, here = w.problem, active(w.problem)
    np.random.seed(1)  # noqa: NPY002 - the library draws from the global generator
    near = {a: [b for b in here if problem.links[a, b]] for a in here}
    table = w.municipalities.loc[[problem.ids[i] for i in here]].reset_index()
    position = {i: k for k, i in enumerate(here)}
    weights = W({position[a]: [position[b] for b in others] for a, others in near.items()}, silence_warnings=True)
    table["x"], table["y"] = table.centre.x, table.centre.y
    model = MaxPHeuristic(table, weights, ["x", "y"], "planner_fte", problem.limits.min_office_fte, top_n=2)
    model.solve()
    regions: dict[int, list[int]] = {}
    for k, label in enumerate(model.labels_):
        regions.setdefault(int(label), []).append(here[k])
    hosts = {}
    for members in regions.values():
        best = min(members, key=lambda h: problem.minutes[members, h].sum())
        hosts |= {problem.ids[i]: problem.ids[best] for i in members}
    return hosts, 0.0


def contend(name: str, offices: int) -> dict[str, Any]:
    """Run one contender in this process and let the specification judge it."""
    from optimizer.grouping import Grouping
    from optimizer.judging.evaluate import evaluate

    warnings.simplefilter("ignore")
    w = SimpleNamespace(**vars(world()), offices=offices)
    runner = {"spopt p-median": p_median, "spopt max-p": max_p}.get(name) or by_engine(name)
    begun = time.perf_counter()
    hosts, bound = runner(w)
    seconds = time.perf_counter() - begun
    judged = evaluate(w.problem, Grouping.of(hosts))
    broken: dict[str, int] = {}
    for violation in judged.violations:
        broken[violation.rule] = broken.get(violation.rule, 0) + 1
    return {
        "objective": judged.objective,
        "bound": bound,
        "offices": len(judged.offices),
        "broken": broken,
        "seconds": seconds,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def table(found: dict[str, dict[str, Any]]) -> str:
    """Return the report: every figure beside its ratio to the first contender's."""
    first = found[CONTENDERS[0]]
    lines = [
        "# The national scenario, one run",
        "",
        "Written by `python benchmarks/national.py`. Ratios are to the first row.",
        "",
        "| contender | time | memory | objective | proved | offices | rules broken |",
        "| --- | ---: | ---: | ---: | --- | ---: | --- |",
    ]
    for name, row in found.items():
        gap = (row["objective"] - row["bound"]) / row["objective"]
        proved = "yes" if gap < 1e-9 else f"gap {gap:.1%}" if row["bound"] else "no bound"
        broken = ", ".join(f"{rule} {times}" for rule, times in row["broken"].items()) or "none"
        lines.append(
            f"| {name} | {row['seconds'] / first['seconds']:.1f} x | {row['megabytes'] / first['megabytes']:.2f} x | "
            f"{row['objective']:.0f} ({row['objective'] / first['objective'] - 1:+.1%}) | {proved} | "
            f"{row['offices']} | {broken} |"
        )
    lines.append("")
    lines.append(f"First row: {first['seconds']:.2f} s, {first['megabytes']:.0f} MB with data and libraries.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run all contenders, each in its own process, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contender", choices=CONTENDERS, help="run only this one, here, and print JSON")
    parser.add_argument("--offices", type=int, default=0, help="how many offices the p-median opens")
    asked = parser.parse_args()
    if asked.contender:
        print(json.dumps(contend(asked.contender, asked.offices)))
        return
    found: dict[str, dict[str, Any]] = {}
    for name in CONTENDERS:
        print(f"{name} ...", file=sys.stderr)
        offices = found[CONTENDERS[0]]["offices"] if found else 0
        command = [sys.executable, __file__, "--contender", name, "--offices", str(offices)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found[name] = json.loads(done.stdout.splitlines()[-1])
    REPORT.write_text(table(found), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
