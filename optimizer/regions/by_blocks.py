"""Thousands of municipalities, block by block: a plan, a proved bound and the gap between them.

1. Duals of each block by itself (`optimizer.regions.duals`).
2. Duals of each block of another parting, with cuts, given those around it: as often as it pays.
3. The bound in whole numbers, and the most promising offices of each host.
4. A plan out of these, window by window (`optimizer.regions.windows`), until no window gives anything or the time ends.
"""

import os
from functools import partial
from typing import Final

import numpy as np

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound
from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.regions.blocks import blocks
from optimizer.regions.crew import work_off
from optimizer.regions.duals import BlockProof, DualPrices, block_duals, block_proof
from optimizer.regions.offices import OfficeBook, OfficeList, offices_at
from optimizer.regions.region import Places, Region
from optimizer.regions.windows import RegionPlan, RegionWindow, WindowAnswer, searched
from optimizer.units import UNITS_PER_MINUTE

SEED: Final = 1
BLOCK: Final = 100
WINDOW: Final = 250
WINDOW_WORK: Final = (1.0, 4.0, 16.0)
"""For one window, `optimizer.budget.Budget.work`; more where a search was cut short."""
PROMISING: Final = 12
ROUNDS: Final = 2
BOUND_SHARE: Final = 0.6
"""Of the time, for the bound."""


def solve_by_blocks(problem: Problem, budget: Budget, *, workers: int = 0) -> PlanFound:
    """Return a plan for a problem of many municipalities, and a bound.

    Parameters
    ----------
    problem
        One that `optimizer.regions.region.Region.of` takes.
    budget
        Time.
    workers
        Parts worked on at a time; 0: as many as there are processors.

    Raises
    ------
    ProblemError
        If the problem asks what cannot be asked of a region.
    """
    running = RegionSolve(Region.of(problem), budget, workers)
    plan = running.run()
    ids = running.region.ids
    grouping = Grouping.of({ids[i]: ids[host] for i, host in enumerate(plan.hosts)})
    return PlanFound(grouping, running.bound / UNITS_PER_MINUTE, running.bound >= plan.cost, plan.cost)


class RegionSolve:
    """A running solve.

    Parameters
    ----------
    region, budget, workers
        See `solve_by_blocks`.
    """

    def __init__(self, region: Region, budget: Budget, workers: int) -> None:
        self.region, self.budget, self.workers = region, budget, workers or os.cpu_count() or 1
        self.book = OfficeBook(region)
        self.chance = np.random.default_rng(SEED)
        self.duals = DualPrices.none(len(region))
        self.bound = 0
        self.plan: RegionPlan | None = None

    def run(self) -> RegionPlan:
        """Return the best plan found; ``bound`` is what is proved."""
        with self.budget.stage("bound"):
            self.improve_duals()
            plan = self.prove()
        with self.budget.stage("plan"):
            self.improve_plan(plan)
        return plan

    def tell(self, note: str) -> None:
        """Report where the solve stands."""
        best = None if self.plan is None else self.plan.cost / UNITS_PER_MINUTE
        self.budget.tell("region", note, objective=best, bound=self.bound / UNITS_PER_MINUTE)

    def improve_duals(self) -> None:
        """Find duals: of blocks by themselves first, then of blocks given what is around them."""
        budget = self.budget.part(BOUND_SHARE * self.budget.left)
        for turn in range(1 + ROUNDS):
            parts = blocks(self.region, BLOCK, self.chance)
            near = [self.region.around(block) for block in parts]
            waiting, known = list(range(len(parts))), self.duals

            def duals_of(
                k: int, turn: int = turn, known: DualPrices = known, parts: list[Places] = parts
            ) -> DualPrices | None:
                return block_duals(self.book, parts[k], self.duals if turn else known, budget, alone=not turn)

            def take(k: int, duals: DualPrices, turn: int = turn, parts: list[Places] = parts) -> None:
                self.duals = self.duals.replaced(parts[k], duals)
                self.tell(f"bound, round {turn + 1} of {1 + ROUNDS}: block {k + 1} of {len(parts)}")

            work_off(partial(self.apart, waiting, parts, near), duals_of, take, budget, self.workers)

    def apart(self, waiting: list[int], parts: list[Places], near: list[Places], chosen: list[int]) -> int | None:
        """Take a waiting block of whom nobody can share an office with one that is chosen."""
        taken = np.zeros(len(self.region), dtype=bool)
        for k in chosen:
            taken[near[k]] = True
        for k in waiting:
            if not taken[parts[k]].any():
                waiting.remove(k)
                return k
        return None

    def prove(self) -> RegionPlan:
        """Count the bound in whole numbers, and keep the promising offices; stopped before, nothing is proved."""
        parts = blocks(self.region, BLOCK, self.chance)
        proofs = dict[int, BlockProof]()
        waiting = list(range(len(parts)))

        def proof_of(k: int) -> BlockProof:
            return block_proof(self.book, parts[k], self.duals, PROMISING)

        work_off(lambda _: waiting.pop() if waiting else None, proof_of, proofs.__setitem__, self.budget, self.workers)
        offices = [proofs[k].promising if k in proofs else alone(self.region, parts[k]) for k in range(len(parts))]
        if len(proofs) == len(parts):
            self.bound = max(0, self.duals.total + sum(proof.lacking for proof in proofs.values()))
        self.plan = RegionPlan(self.region, OfficeList.joined(offices, len(self.region)), self.duals)
        self.tell("a first plan")
        return self.plan

    def improve_plan(self, plan: RegionPlan) -> None:
        """Better the plan window by window."""
        found = 0

        def propose(chosen: list[RegionWindow]) -> RegionWindow | None:
            taken = np.zeros(len(self.region), dtype=bool)
            for window in chosen:
                taken[window.places] = True
            return plan.window(WINDOW, taken)

        def take(window: RegionWindow, rows: WindowAnswer) -> None:
            nonlocal found
            found += 1
            plan.take(window, rows)
            self.tell(f"plan: {found} windows")

        for work in WINDOW_WORK:

            def search(window: RegionWindow, work: float = work) -> WindowAnswer:
                return searched(window, self.budget.working(work))

            work_off(propose, search, take, self.budget, self.workers)
            if not plan.again():
                return


def alone(region: Region, block: Places) -> OfficeList:
    """Return everybody of a block as an office of one."""
    nobody = np.zeros(len(block), dtype=bool)
    pool = offices_at(region, block, nobody, ~nobody)
    return OfficeList(block[pool.members].astype(np.int32), pool.costs)
