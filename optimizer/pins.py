"""What is wrong with pins: municipalities that do not take part, and decisions that contradict each other."""

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # a problem asks this module while it is made
    from optimizer.problem import Pins, Problem


def pin_faults(problem: "Problem") -> list[str]:
    """Return the pins that name nobody or contradict each other, whatever the rest of the problem says."""
    pins = problem.pins
    faults = []
    for kind, ids in pins.named().items():
        for id_ in sorted(ids):
            if id_ not in problem.index:
                faults.append(f"pins.{kind}: {id_} is not among the {len(problem.ids)} municipalities")
            elif kind != "leave_out" and not problem.active[problem.index[id_]]:
                why = "is left out by pins.leave_out" if id_ in pins.leave_out else "does not take part"
                faults.append(f"pins.{kind}: {problem.label(id_)} {why}")
    return faults + contradictions(problem) + ([] if faults else held_faults(problem))


def contradictions(problem: "Problem") -> list[str]:
    """Return pairs of pins that no grouping can keep at the same time."""
    pins, label = problem.pins, problem.label
    faults = [
        f"pins: {label(id_)} both must host and may not host" for id_ in sorted(pins.must_host & pins.may_not_host)
    ]
    for id_, host in sorted(pins.fixed.items()):
        if pins.fixed.get(host, host) != host:
            faults.append(
                f"pins.fixed: {label(id_)} is fixed to {label(host)}, "
                f"which is itself fixed to {label(pins.fixed[host])}"
            )
        if id_ != host and host in pins.may_not_host:
            faults.append(f"pins: {label(id_)} is fixed to {label(host)}, which may not host")
        if id_ != host and id_ in pins.must_host:
            faults.append(f"pins: {label(id_)} must host, but is fixed to {label(host)}")
    for block in blocks(pins):
        fixed = {hosts[id_] for hosts in (pins.fixed, pins.held_at) for id_ in block if id_ in hosts}
        hosts = sorted(fixed | (pins.must_host & block))
        if len(hosts) > 1:
            faults.append(
                f"pins: {', '.join(map(label, sorted(block)))} are kept together, "
                f"but must have different hosts: {', '.join(map(label, hosts))}"
            )
        for apart in pins.apart:
            faults += [
                f"pins: {label(a)} and {label(b)} are kept together (also through other pins) and kept apart"
                for a, b in combinations(sorted(apart & block), 2)
            ]
    return faults


def held_faults(problem: "Problem") -> list[str]:
    """Return why offices cannot be held as they are."""
    pins, label, faults = problem.pins, problem.label, []
    for host, members in sorted(pins.held.items()):
        if host not in members or len(members) == 1:
            faults.append(f"pins.held: the office at {label(host)} has no other members, or not its host")
        faults += [
            f"pins.held: {label(id_)} has no way to its host {label(host)}"
            for id_ in sorted(members)
            if not np.isfinite(problem.minutes[problem.index[id_], problem.index[host]])
        ]
        for block in blocks(pins):
            if host in block and not block <= members:
                more = ", ".join(map(label, sorted(block - members)))
                faults.append(f"pins.held: the office at {label(host)} is held as it is, but pins put {more} there too")
        if host in pins.may_not_host:
            faults.append(f"pins.held: {label(host)} is the host of an office that is held, but may not host")
    most = problem.limits.max_offices
    if most is not None and len(pins.held) > max(most, 0):
        faults.append(f"pins.held: offices held are {len(pins.held)}, more than limits.max_offices, {most}")
    return faults


def blocks(pins: "Pins") -> list[frozenset[str]]:
    """Return the sets that the pins force into one office, joined where they meet."""
    merged: list[set[str]] = []
    fixed = [{id_, host} for id_, host in pins.fixed.items()]
    held = [{host, *members} for host, members in pins.held.items()]
    for pin in [*map(set, pins.together), *fixed, *held]:
        touching = [block for block in merged if block & pin]
        merged = [block for block in merged if not block & pin] + [pin.union(*touching)]
    return [frozenset(block) for block in sorted(merged, key=sorted)]
