"""What models of offices share whose members are unknown: planners in whole units, and members connected by a flow."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from ortools.sat.python import cp_model

from optimizer.engines.candidates import adjacency
from optimizer.problem import Problem

UNITS_PER_FTE: Final = 1_000_000_000
FTE_SLACK: Final = UNITS_PER_FTE // 1_000_000
"""The tolerance of `optimizer.judging.evaluate`, far above the rounding to units."""
TOLERANCE: Final = 1e-6

Members = Mapping[int, cp_model.IntVar]
"""Whether a municipality is a member, by its position in the problem."""


def whole(fte: float) -> int:
    """Return årsverk in whole units."""
    return round(float(fte) * UNITS_PER_FTE)


def employed(problem: Problem, member: Members) -> cp_model.LinearExpr:
    """Return the planners employed, units."""
    return cp_model.LinearExpr.weighted_sum([*member.values()], [whole(problem.planner_fte[i]) for i in member])


def on_road(problem: Problem, member: Members, host: int) -> cp_model.LinearExpr:
    """Return the planners on the road from a host for days at each town hall, units; 0 where nobody can go."""
    minutes = problem.minutes[:, host]
    fte = problem.road_fte_per_minute * np.where(np.isfinite(minutes), minutes, 0.0)
    return cp_model.LinearExpr.weighted_sum([*member.values()], [whole(fte[i]) for i in member])


def needed(model: cp_model.CpModel, problem: Problem, member: Members) -> cp_model.LinearExpr:
    """Return the planners needed, or more, units; no more where they are limited or minimised."""
    fixed = {i: whole((1 - problem.fixed_kept) * problem.fixed_need_fte[i]) for i in member}
    largest = model.new_int_var(0, max(fixed.values(), default=0), "largest fixed need")
    for i, variable in member.items():
        model.add(largest >= fixed[i] * variable)
    rest = [whole(problem.need_fte[i]) - fixed[i] for i in member]
    return cp_model.LinearExpr.weighted_sum([*member.values(), largest], [*rest, 1])


def connect(model: cp_model.CpModel, problem: Problem, member: Members, sources: Members, most: int) -> None:
    """Let the members be connected, by a flow along the links that leaves one unit at each.

    Parameters
    ----------
    model, problem, member
        The model of the office.
    sources
        What may enter: at the host as much as it takes, nothing elsewhere.
    most
        Members of an office.
    """
    active = np.flatnonzero(problem.active)
    net: dict[int, list[cp_model.LinearExprT]] = {i: [sources[i]] if i in sources else [] for i in member}
    for a, b in np.argwhere(adjacency(problem, active)):
        i, j = int(active[a]), int(active[b])
        if i in member and j in member:
            flow = model.new_int_var(0, most, "")
            model.add(flow <= most * member[i])
            model.add(flow <= most * member[j])
            net[i].append(-flow)
            net[j].append(flow)
    for i, flows in net.items():
        model.add(cp_model.LinearExpr.sum(flows) == member[i])
