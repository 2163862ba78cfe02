"""Set partitioning over a small pool in whole numbers, by CP-SAT."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.candidates import CandidatePool
from optimizer.certificate import OfficeCount
from optimizer.cpsat import run

Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Answer:
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
    penalties
        How often the prohibitive cost is paid, unplaced municipalities and a wrong number of offices together.
    """

    rows: Rows | None
    bound: int
    finished: bool
    unplaced: tuple[int, ...] = ()
    penalties: int = 0


@dataclass(frozen=True)
class Question:
    """What to ask of the pool beside the partition itself.

    Parameters
    ----------
    count
        Limits on the number of shared offices.
    at_most
        Only plans up to this cost, cost units.
    differs_from
        Only plans that do not consist of exactly these rows.
    hint
        Rows of a known plan.
    prohibitive
        If given, municipalities may stay unplaced, and the number of offices may be off, at this cost for each.
    """

    count: OfficeCount
    at_most: int | None = None
    differs_from: Sequence[int] | None = None
    hint: Sequence[int] | None = None
    prohibitive: int | None = None


def cheapest(pool: CandidatePool, question: Question, budget: Budget, workers: int) -> Answer:
    """Return the cheapest choice of offices that places every municipality once.

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
    outcome = run(model, budget, "exact search", workers)
    if not outcome.has_plan:
        return Answer(None, outcome.bound, outcome.finished)
    rows = np.flatnonzero([outcome.value(variable) for variable in variables.chosen])
    left = tuple(i for i, variable in enumerate(variables.unplaced) if outcome.value(variable))
    penalties = len(left) + sum(outcome.value(variable) for variable in variables.off_count)
    return Answer(rows, outcome.bound, outcome.finished, left, penalties)


@dataclass(frozen=True, eq=False)
class Variables:
    """Variables of the model.

    Parameters
    ----------
    chosen
        Whether each office is opened (k).
    unplaced
        Whether each municipality is left without one (m), if that may be.
    off_count
        Shared offices too few and too many (2), if that may be.
    """

    chosen: list[cp_model.IntVar]
    unplaced: list[cp_model.IntVar]
    off_count: list[cp_model.IntVar]


def partition_model(pool: CandidatePool, question: Question) -> tuple[cp_model.CpModel, Variables]:
    """Build the model of `cheapest`."""
    model = cp_model.CpModel()
    model.name = "partition"
    m, penal = len(pool.ids), question.prohibitive is not None
    chosen = [model.new_bool_var("") for _ in range(len(pool))]
    unplaced = [model.new_bool_var("") for _ in range(m if penal else 0)]
    off_count = [model.new_int_var(0, m, "") for _ in range(2 if penal and question.count else 0)]
    place_everybody(model, pool, chosen, unplaced)
    if question.count:
        shared = cp_model.LinearExpr.weighted_sum(chosen, pool.shared.astype(int).tolist())
        shared += sum(off_count[:1]) - sum(off_count[1:])
        model.add(shared >= (question.count.least or 0))
        model.add(shared <= (m if question.count.most is None else question.count.most))
    cost = cp_model.LinearExpr.weighted_sum(chosen, pool.costs.tolist())
    cost += (question.prohibitive or 0) * sum(unplaced + off_count)
    if question.at_most is not None:
        model.add(cost <= question.at_most)
    if question.differs_from is not None:
        model.add(sum(chosen[g] for g in question.differs_from) <= len(question.differs_from) - 1)
    if question.hint:
        hinted = set(question.hint)
        for g, variable in enumerate(chosen):
            model.add_hint(variable, g in hinted)
    model.minimize(cost)
    return model, Variables(chosen, unplaced, off_count)


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
