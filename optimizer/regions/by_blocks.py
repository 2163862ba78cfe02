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
from optimizer.regions.offices import OfficeList, offices_at
from optimizer.regions.region import Places, Region
from optimizer.regions.windows import RegionPlan, RegionWindow, WindowAnswer, searched
from optimizer.units import UNITS_PER_MINUTE

SEED: Final = 1
BLOCK: Final = 150
WINDOW: Final = 250
WINDOW_SECONDS: Final = (5.0, 20.0, 80.0)
"""For one window; longer where a search was cut short."""
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
            waiting = blocks(self.region, BLOCK, self.chance)
            known = self.duals

            def duals_of(block: Places, turn: int = turn, known: DualPrices = known) -> DualPrices | None:
                now = self.duals if turn else known
                return block_duals(self.region, block, now, alone=not turn, seconds=budget.left)

            def take(
                block: Places, duals: DualPrices | None, turn: int = turn, waiting: list[Places] = waiting
            ) -> None:
                if duals is not None:
                    self.duals = self.duals.replaced(block, duals)
                self.tell(f"bound, round {turn + 1} of {1 + ROUNDS}: {len(waiting)} blocks left")

            work_off(partial(self.apart, waiting), duals_of, take, budget, self.workers)

    def apart(self, waiting: list[Places], running: list[Places]) -> Places | None:
        """Take a waiting block of whom nobody can share an office with one that is under way."""
        taken = np.zeros(len(self.region), dtype=bool)
        for block in running:
            taken[self.region.around(block)] = True
        for k, block in enumerate(waiting):
            if not taken[block].any():
                return waiting.pop(k)
        return None

    def prove(self) -> RegionPlan:
        """Count the bound in whole numbers, and keep the promising offices; stopped before, nothing is proved."""
        parts = blocks(self.region, BLOCK, self.chance)
        waiting, proofs = list(parts), list[BlockProof]()
        work_off(
            lambda _: waiting.pop() if waiting else None,
            lambda block: block_proof(self.region, block, self.duals, PROMISING),
            lambda _, proof: proofs.append(proof),
            Budget(stop=self.budget.stop),
            self.workers,
        )
        offices = [proof.promising for proof in proofs] + [alone(self.region, block) for block in waiting]
        if not waiting:
            self.bound = max(0, self.duals.total + sum(proof.lacking for proof in proofs))
        self.plan = RegionPlan(self.region, OfficeList.joined(offices, len(self.region)), self.duals)
        self.tell("a first plan")
        return self.plan

    def improve_plan(self, plan: RegionPlan) -> None:
        """Better the plan window by window."""
        found = 0

        def propose(running: list[RegionWindow]) -> RegionWindow | None:
            taken = np.zeros(len(self.region), dtype=bool)
            for window in running:
                taken[window.places] = True
            return plan.window(WINDOW, taken)

        def take(window: RegionWindow, rows: WindowAnswer) -> None:
            nonlocal found
            found += 1
            plan.take(window, rows)
            self.tell(f"plan: {found} windows")

        for seconds in WINDOW_SECONDS:

            def search(window: RegionWindow, seconds: float = seconds) -> WindowAnswer:
                return searched(window, self.budget.part(seconds))

            work_off(propose, search, take, self.budget, self.workers)
            if not plan.again():
                return


def alone(region: Region, block: Places) -> OfficeList:
    """Return everybody of a block as an office of one."""
    nobody = np.zeros(len(block), dtype=bool)
    pool = offices_at(region, block, nobody, ~nobody)
    return OfficeList(block[pool.members], pool.costs)
