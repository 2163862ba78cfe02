"""All municipalities at 75 minutes and 8 members: our solve against a compact model in HiGHS, one process each.

HiGHS has the textbook model: who belongs to which host, planners missing at each host, and a flow from each host that
keeps its members connected. It gets so many times the processor time that we took.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

ASKED = ("select.classes=[1,2,3,4,5,6]", "limits.max_minutes=75", "limits.max_members=8")
TOLERANCE = 1e-6


def ours(tables: Path) -> dict[str, Any]:
    """Solve, and leave what HiGHS needs in a file."""
    from optimizer.solve import solve
    from scenarios.world.build import open_world

    problem = open_world("nasjonal", overrides=list(ASKED)).problem
    begun = time.process_time()
    result = solve(problem)
    seconds = time.process_time() - begun
    weights, limits = problem.weights, problem.limits
    unlike = {
        name: np.array(getattr(problem, name))[:, None] != np.array(getattr(problem, name))
        for name in ("counties", "statsforvaltere")
    }
    allowed = (problem.minutes <= limits.max_minutes + TOLERANCE) & problem.may_host[None, :]
    allowed &= problem.planner_fte[None, :] >= limits.min_host_share * problem.planner_fte[:, None] - TOLERANCE
    np.fill_diagonal(allowed, val=True)
    costs = weights.travel * problem.trips[:, None] * np.where(allowed, problem.minutes, 0.0)
    costs += weights.county_lines * unlike["counties"] + weights.statsforvalter_lines * unlike["statsforvaltere"]
    np.savez(
        tables,
        allowed=allowed,
        costs=costs,
        links=problem.links,
        fte=problem.planner_fte,
        critical=limits.min_office_fte,
        price=weights.missing_fte,
        most=limits.max_members,
    )
    return {"seconds": seconds, "objective": result.objective, "bound": result.bound, "engine": result.engine}


class Rows:
    """Rows of a mixed-integer programme, each with a lower and an upper limit."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.figure: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, entries: list[tuple[int, float]], lower: float, upper: float) -> None:
        """Add a row."""
        for column, figure in entries:
            self.row.append(len(self.lower))
            self.column.append(column)
            self.figure.append(figure)
        self.lower.append(lower)
        self.upper.append(upper)


class CompactModel:
    """The compact model as rows over columns: who belongs to whom, planners missing at each host, flows.

    Parameters
    ----------
    found
        What `ours` left.
    """

    def __init__(self, found: dict[str, Any]) -> None:
        self.found, self.allowed, self.many = found, found["allowed"], len(found["fte"])
        self.pairs = {(int(i), int(h)): k for k, (i, h) in enumerate(np.argwhere(self.allowed))}
        self.rows = Rows()
        into = self.flows()
        for i in range(self.many):
            self.rows.add([(self.pairs[i, h], 1.0) for h in np.flatnonzero(self.allowed[i]).tolist()], 1.0, 1.0)
        for h in range(self.many):
            self.office(h, into)

    def flows(self) -> dict[tuple[int, int], list[tuple[int, float]]]:
        """Add the limits on the flow of each host along each link; return what flows into each member (less out)."""
        into: dict[tuple[int, int], list[tuple[int, float]]] = {}
        self.columns = len(self.pairs) + self.many
        for i, h in self.pairs:
            for j in np.flatnonzero(self.found["links"][i] & self.allowed[:, h]).tolist():
                if j not in (h, i):
                    limit = [(self.columns, 1.0), (self.pairs[j, h], 1.0 - float(self.found["most"]))]
                    self.rows.add(limit, -np.inf, 0.0)
                    into.setdefault((j, h), []).append((self.columns, 1.0))
                    into.setdefault((i, h), []).append((self.columns, -1.0))
                    self.columns += 1
        return into

    def office(self, h: int, into: dict[tuple[int, int], list[tuple[int, float]]]) -> None:
        """Add the rows of one host: most members, planners missing, members only where it is open, and connected."""
        fte, critical, most = self.found["fte"], float(self.found["critical"]), float(self.found["most"])
        members = np.flatnonzero(self.allowed[:, h]).tolist()
        self.rows.add([(self.pairs[i, h], 1.0 - most * (i == h)) for i in members], -np.inf, 0.0)
        planners = [(self.pairs[i, h], float(fte[i]) - (i == h) * critical) for i in members]
        self.rows.add([(len(self.pairs) + h, 1.0), *planners], 0.0, np.inf)
        for i in members:
            if i != h:
                self.rows.add([(self.pairs[i, h], 1.0), (self.pairs[h, h], -1.0)], -np.inf, 0.0)
                self.rows.add([*into.get((i, h), []), (self.pairs[i, h], -1.0)], 0.0, 0.0)

    @property
    def costs(self) -> Any:
        """Of each column, minutes."""
        where = np.array(list(self.pairs))
        missing = np.full(self.many, float(self.found["price"]))
        flows = np.zeros(self.columns - len(self.pairs) - self.many)
        return np.concatenate((self.found["costs"][where[:, 0], where[:, 1]], missing, flows))


def highs(tables: Path, seconds: float) -> dict[str, Any]:
    """Solve the compact model by HiGHS."""
    import highspy

    built = CompactModel(dict(np.load(tables)))
    rows, columns, whole = built.rows, built.columns, len(built.pairs)
    matrix = sparse.csc_array((rows.figure, (rows.row, rows.column)), shape=(len(rows.lower), columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = columns, len(rows.lower)
    model.col_cost_ = built.costs
    model.col_lower_ = np.zeros(columns)
    model.col_upper_ = np.concatenate((np.ones(whole), np.full(columns - whole, np.inf)))
    model.row_lower_, model.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    kinds = [highspy.HighsVarType.kInteger] * whole
    model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (columns - whole)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    begun = time.process_time()

    def watch(_: Any) -> None:
        if time.process_time() - begun > seconds:
            solver.cancelSolve()

    solver.HandleUserInterrupt = True
    solver.cbMipInterrupt += watch
    solver.passModel(model)
    solver.run()
    info = solver.getInfo()
    return {
        "seconds": time.process_time() - begun,
        "objective": info.objective_function_value,
        "bound": info.mip_dual_bound,
        "columns": columns,
        "rows": len(rows.lower),
    }


def main() -> None:
    """Ask both, each in its own process, and print what they say."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--ask", choices=("ours", "highs"))
    reader.add_argument("--tables", type=Path)
    reader.add_argument("--seconds", type=float, default=0.0)
    reader.add_argument("--times", type=float, default=25.0, help="processor time of HiGHS, times ours")
    asked = reader.parse_args()
    if asked.ask:
        print(json.dumps(ours(asked.tables) if asked.ask == "ours" else highs(asked.tables, asked.seconds)))
        return
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, dict[str, Any]] = {}
        for who in ("ours", "highs"):
            seconds = asked.times * found["ours"]["seconds"] if found else 0.0
            how = ["--ask", who, "--tables", str(Path(folder) / "tables.npz"), "--seconds", str(seconds)]
            said = subprocess.run([sys.executable, __file__, *how], check=True, capture_output=True, text=True)
            found[who] = json.loads(said.stdout.splitlines()[-1])
            print(who, found[who], flush=True)
    print(f"processor time of HiGHS: {found['highs']['seconds'] / found['ours']['seconds']:.1f} times ours")


if __name__ == "__main__":
    main()
