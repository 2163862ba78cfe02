"""Check a run folder without the program: only the files in it, the standard library and HiGHS (in SciPy).

    python check_run.py RUN_FOLDER

Reads ``grouping.csv``, ``inputs/`` and the limits and weights in ``manifest.json``; recomputes the objective and every
rule; lists all legal offices its own way; and proves the optimum again with another solver. Prints one JSON object.
It knows the settings of the shipped national scenario: priced lines and critical mass, hard contiguity, no pins but
offices that are held as they are.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class World:
    """The tables of a run folder."""

    def __init__(self, folder):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.limits = manifest["problem"]["limits"]
        self.weights = manifest["problem"]["weights"]
        assert self.limits["contiguity"] == "hard"
        assert self.limits["county_lines"] == self.limits["critical_mass"] == "priced"
        pins = manifest["problem"]["pins"]
        self.held = {host: set(members) for host, members in pins.pop("held").items()}
        assert not any(pins.values())
        self.facts = {row["kommunenummer"]: row for row in rows(folder / "inputs" / "municipalities.csv")}
        self.minutes = {
            (row["kommunenummer"], other): float(value)
            for row in rows(folder / "inputs" / "minutes.csv")
            for other, value in row.items()
            if other != "kommunenummer" and value != ""
        }
        self.here = {i for i, row in self.facts.items() if row["takes_part"] == "1"}
        self.near = {i: set() for i in self.here}
        for row in rows(folder / "inputs" / "links.csv"):
            if {row["a"], row["b"]} <= self.here:
                self.near[row["a"]].add(row["b"])
                self.near[row["b"]].add(row["a"])

    def reaches(self, i, host):
        employed, led = (float(self.facts[k]["planner_fte"]) for k in (host, i))
        near = self.minutes.get((i, host), float("inf")) <= self.limits["max_minutes"]
        return near and employed >= self.limits["min_host_share"] * led - 1e-6

    def cost(self, members, host):
        """Minutes-equivalents of an office, by the formulas in the documentation."""
        fact = self.facts
        total = self.weights["travel"] * sum(float(fact[i]["trips"]) * self.minutes[i, host] for i in members)
        planners = sum(float(fact[i]["planner_fte"]) for i in members)
        total += self.weights["missing_fte"] * max(0.0, self.limits["min_office_fte"] - planners)
        total += self.weights["county_lines"] * sum(
            fact[i]["county_number"] != fact[host]["county_number"] for i in members
        )
        total += self.weights["statsforvalter_lines"] * sum(
            fact[i]["statsforvalter"] != fact[host]["statsforvalter"] for i in members
        )
        assert self.weights["unmet_need"] == self.weights["alone"] == 0
        return total

    def is_connected(self, members):
        members = set(members)
        reached = {min(members)}
        while True:
            more = {j for i in reached for j in self.near[i] & members} - reached
            if not more:
                return reached == members
            reached |= more

    def groups(self):
        """All connected sets of at most ``max_members`` that some member can host."""
        free = self.here - set().union(*self.held.values())
        found = {frozenset([i]) for i in free}
        level = set(found)
        for _ in range(self.limits["max_members"] - 1):
            grown = {group | {j} for group in level for i in group for j in self.near[i] & free - group}
            # A set grows within the reach of a host: every part of a connected hosted set that holds the host,
            # and is connected, is hosted too, so nothing is lost by keeping hosted sets only.
            level = {group for group in grown if any(all(self.reaches(i, h) for i in group) for h in group)}
            found |= level
        return sorted(map(sorted, found)) + sorted(map(sorted, self.held.values()))


def judge(world, grouping):
    """Return objective and faults of the grouping."""
    offices = {}
    for i, host in grouping.items():
        offices.setdefault(host, set()).add(i)
    faults = [] if set(grouping) == world.here else ["not everybody is placed once"]
    for host, members in offices.items():
        if world.held.get(host) == members:
            continue
        if host not in members:
            faults.append(f"{host} is not in its own office")
        if not all(world.reaches(i, host) for i in members):
            faults.append(f"{host}: too far, or the host too small")
        if not world.limits["min_members"] <= len(members) <= world.limits["max_members"]:
            faults.append(f"{host}: size")
        if not world.is_connected(members):
            faults.append(f"{host}: not connected")
    faults += [f"{host}: not as it is held" for host, members in world.held.items() if offices.get(host) != members]
    return sum(world.cost(members, host) for host, members in offices.items()), faults


def optimum(world):
    """Return optimum and bound of set partitioning over all groups, by HiGHS."""
    groups = world.groups()
    position = {i: k for k, i in enumerate(sorted(world.here))}
    free = len(groups) - len(world.held)
    costs = [
        min(world.cost(group, h) for h in group if all(world.reaches(i, h) for i in group)) for group in groups[:free]
    ]
    hosts = {tuple(sorted(members)): host for host, members in world.held.items()}
    costs += [world.cost(group, hosts[tuple(group)]) for group in groups[free:]]
    members = [position[i] for group in groups for i in group]
    columns = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    matrix = csc_array((np.ones(len(members)), (members, columns)), shape=(len(position), len(groups)))
    answer = milp(
        costs,
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, 1, 1),
        options={"mip_rel_gap": 0, "time_limit": 240},
    )
    return len(groups), float(answer.fun), float(answer.mip_dual_bound)


def main():
    folder = Path(sys.argv[1])
    world = World(folder)
    grouping = {row["kommunenummer"]: row["host"] for row in rows(folder / "grouping.csv")}
    objective, faults = judge(world, grouping)
    groups, best, bound = optimum(world)
    print(json.dumps({"objective": objective, "faults": faults, "groups": groups, "optimum": best, "bound": bound}))


if __name__ == "__main__":
    main()
