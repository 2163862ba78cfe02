"""Set partitioning over a small pool in whole numbers, by CP-SAT."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.cpsat import run

Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class PartitionAnswer:
    """What the exact search found.

    Parameters
    ----------
    rows
        Chosen offices, or ``None``.
    bound
        No choice costs less, cost units.
    finished
        Whether the search was completed: ``rows`` is optimal, or ``None`` because there is none.
    unplaced
        Positions of municipalities left without an office at prohibitive cost.
    broken
        Names of side rows broken at prohibitive cost.
    """

    rows: Rows | None
    bound: int
    finished: bool
    unplaced: tuple[int, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Whether there is a plan and it pays no prohibitive cost."""
        return self.rows is not None and not self.unplaced and not self.broken


@dataclass(frozen=True)
class PartitionQuestion:
    """What to ask of the pool beside the partition and the side rows.

    Parameters
    ----------
    at_most
        Only plans up to this cost, cost units.
    hint
        Rows of a known plan.
    prohibitive
        If given, municipalities may stay unplaced, and side rows may be broken, at this cost for each.
    any_plan
        Whether the first plan found will do, the cheapest or not.
    """

    at_most: int | None = None
    hint: Sequence[int] | None = None
    prohibitive: int | None = None
    any_plan: bool = False


def cheapest(pool: CandidatePool, question: PartitionQuestion, budget: Budget, workers: int) -> PartitionAnswer:
    """Return the cheapest choice of offices that places every municipality once and keeps the side rows.

    Parameters
    ----------
    pool
        Offices to choose from.
    question
        What else is asked.
    budget
        Time; progress is reported as the search goes.
    workers
        Threads.
    """
    model, variables = partition_model(pool, question)
    outcome = run(model, budget, "exact search" if question.prohibitive is None else "", workers)
    if not outcome.has_plan:
        return PartitionAnswer(None, outcome.bound, outcome.finished)
    rows = np.flatnonzero([outcome.value(variable) for variable in variables.chosen])
    left = tuple(i for i, variable in enumerate(variables.unplaced) if outcome.value(variable))
    broken = tuple(
        side.name for side, variable in zip(pool.sides, variables.broken, strict=False) if outcome.value(variable)
    )
    exact = outcome.finished and not left and not broken
    bound = int(pool.costs[rows].sum()) if exact else outcome.bound
    return PartitionAnswer(rows, bound, outcome.finished, left, broken)


@dataclass(frozen=True, eq=False)
class Variables:
    """Variables of the model.

    Parameters
    ----------
    chosen
        Whether each office is opened (k).
    unplaced
        Whether each municipality is left without one (m), if that may be.
    broken
        Whether each side row is broken, if that may be.
    """

    chosen: list[cp_model.IntVar]
    unplaced: list[cp_model.IntVar]
    broken: list[cp_model.IntVar]


def partition_model(pool: CandidatePool, question: PartitionQuestion) -> tuple[cp_model.CpModel, Variables]:
    """Build the model of `cheapest`."""
    model = cp_model.CpModel()
    model.name = "partition"
    penal = question.prohibitive is not None
    chosen = [model.new_bool_var("") for _ in range(len(pool))]
    unplaced = [model.new_bool_var("") for _ in range(len(pool.ids) if penal else 0)]
    broken = [model.new_bool_var("") for _ in range(len(pool.sides) if penal else 0)]
    place_everybody(model, pool, chosen, unplaced)
    for r, side in enumerate(pool.sides):
        total = cp_model.LinearExpr.weighted_sum(chosen, side.values.tolist())
        rows = [] if side.least is None else [model.add(total >= side.least)]
        rows += [] if side.most is None else [model.add(total <= side.most)]
        if penal:
            for row in rows:
                row.only_enforce_if(~broken[r])
    cost = cp_model.LinearExpr.weighted_sum(chosen, pool.costs.tolist())
    cost += (question.prohibitive or 0) * sum(unplaced + broken)
    if question.at_most is not None:
        model.add(cost <= question.at_most)
    if question.hint:
        hinted = set(question.hint)
        for g, variable in enumerate(chosen):
            model.add_hint(variable, g in hinted)
    if not question.any_plan:
        model.minimize(cost)
    return model, Variables(chosen, unplaced, broken)


def place_everybody(
    model: cp_model.CpModel, pool: CandidatePool, chosen: list[cp_model.IntVar], unplaced: list[cp_model.IntVar]
) -> None:
    """Each municipality is in exactly one chosen office, or unplaced where that may be."""
    m = len(pool.ids)
    holders: list[list[cp_model.IntVar]] = [[] for _ in range(m + 1)]
    for variable, members in zip(chosen, pool.members.tolist(), strict=True):
        for i in members:
            holders[i].append(variable)
    for i, holding in enumerate(holders[:m]):
        model.add_exactly_one(holding + unplaced[i : i + 1])
