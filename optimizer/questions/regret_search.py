"""Search for the plan whose largest regret over several settings is smallest.

Sets        G  pairs of a legal group and a host, legal in every setting;  S  settings.
Data        c(s,g)  cost of g in setting s, whole cost units;  z(s)  cost of the setting's best plan.
Variables   x(g) = 1 if g is opened;  t  largest regret.

    minimise    t
    subject to  sum over g containing i of x(g) = 1                 for each municipality i
                sum over g of c(s,g) x(g) - z(s) <= t               for each setting s
                the side rows of every setting

For any shares w(s) >= 0 that sum to 1, the cheapest plan at the prices sum over s of w(s) c(s,g) shows that no plan
has a regret below its cost less sum over s of w(s) z(s). The shares are the duals of the linear relaxation; bounds and
reduced costs are certified in whole numbers (`optimizer.engines.certificate`), offices that no better plan can use are
dropped, and CP-SAT decides over what is left.
"""

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from optimizer import linear
from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.engines.certificate import certify
from optimizer.engines.cpsat import run
from optimizer.engines.exact import place_everybody
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.selection import Selection, rows_of
from optimizer.grouping import Grouping
from optimizer.units import UNITS_PER_MINUTE

WHOLE_SHARES = 1_000
"""Shares of the settings are rounded to thousandths: weighted costs stay whole and far within 64 bits."""


@dataclass(eq=False)
class RegretSearch:
    """A running search for the smallest largest regret.

    Parameters
    ----------
    pool
        Offices that a better plan may use.
    costs
        Their cost in each setting (s, k), cost units.
    best
        Cost of each setting's best plan known, cost units (s,).
    budget, workers
        See `across`.
    """

    pool: CandidatePool
    costs: Integers
    best: list[int]
    budget: Budget
    workers: int
    plan: CandidatePool | None = None
    worst: int | None = None
    bound: int = 0
    infeasible: bool = False
    proved: bool = False

    def start(self, grouping: Grouping) -> None:
        """Take a known plan as the first one."""
        wanted = {(host, members) for host, members in grouping.offices.items()}
        rows = [g for g in range(len(self.pool)) if self.pool.office(g) in wanted]
        if len(rows) == len(wanted):
            self.accept(np.array(rows, dtype=np.intp))

    def accept(self, rows: Integers) -> None:
        """Keep a plan if its largest regret is the smallest so far."""
        worst = max(int(cost[rows].sum()) - best for cost, best in zip(self.costs, self.best, strict=True))
        if self.worst is None or worst < self.worst:
            self.plan, self.worst = self.pool.take(rows), worst

    def run(self) -> None:
        """Run all steps, or as many as the time allows."""
        if not len(self.pool) or not self.budget.lasts():
            self.infeasible = not len(self.pool)
            return
        shares = self.relaxed_shares()
        if shares is not None:
            self.weigh(shares)
        for s in range(len(self.best)):
            if self.worst is not None and self.budget.lasts():
                self.drop(self.costs[s], self.best[s])
        self.tell(f"{len(self.pool)} offices left")
        if not self.infeasible:
            self.search()

    def tell(self, note: str) -> None:
        """Report where the search stands."""
        worst = None if self.worst is None else self.worst / UNITS_PER_MINUTE
        self.budget.tell("least regret", note, objective=worst, bound=self.bound / UNITS_PER_MINUTE)

    def relaxed_shares(self) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None:
        """Return the duals of the settings in the linear relaxation, or ``None`` if the time is too short."""
        pool, m, k, s = self.pool, len(self.pool.ids), len(self.pool), len(self.best)
        real = pool.members < m
        columns = np.repeat(np.arange(k), real.sum(axis=1))
        place = sparse.csr_matrix((np.ones(len(columns)), (pool.members[real], columns)), shape=(m, k))
        prohibitive = float(self.costs.max()) * m / UNITS_PER_MINUTE + 1.0
        matrix = sparse.block_array(
            [
                [place, sparse.eye_array(m), None],
                [sparse.csr_array(-self.costs / UNITS_PER_MINUTE), None, sparse.csr_array(np.ones((s, 1)))],
            ],
            format="csr",
        )
        solution = linear.minimise(
            np.concatenate((np.zeros(k), np.full(m, prohibitive), [1.0])),
            sparse.csr_matrix(matrix),
            np.concatenate((np.ones(m), -np.array(self.best) / UNITS_PER_MINUTE)),
            np.concatenate((np.ones(m), np.full(s, np.inf))),
            seconds=self.budget.left,
        )
        if solution is None:
            return None
        shares = np.maximum(solution.duals[m:], 0.0)
        return np.asarray(shares / shares.sum()) if shares.sum() > 0 else None

    def weigh(self, shares: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
        """Raise the bound, try a plan and drop offices by the cheapest plan at the settings' weighted prices."""
        whole = np.floor(shares * WHOLE_SHARES).astype(np.int64)
        whole[int(np.argmax(whole))] += WHOLE_SHARES - int(whole.sum())
        costs = whole @ self.costs
        # Shares are thousandths: rounding weighted costs down, and the base up, keeps the bound safe.
        least = np.maximum(0, costs // WHOLE_SHARES)
        base = -((-int(sum(int(w) * z for w, z in zip(whole, self.best, strict=True)))) // WHOLE_SHARES)
        selection = Selection(replace(self.pool, costs=least, complete=True), self.budget, self.workers)
        selection.optimise()
        self.infeasible = selection.infeasible
        if self.infeasible:
            return
        if selection.plan is not None:
            self.accept(np.array(rows_of(selection.plan, self.pool), dtype=np.intp))
        self.bound = max(self.bound, selection.bound - base)
        self.tell("weighted settings")
        if self.worst is not None:
            self.drop(least, base)

    def drop(self, costs: Integers, base: int) -> None:
        """Drop the offices that no plan as good as the best can use.

        Parameters
        ----------
        costs
            Weighted costs of the offices (k,), the weights summing to 1.
        base
            At least the weighted costs of the settings' best plans.
        """
        pool = replace(self.pool, costs=costs)
        no_cuts = np.zeros((len(pool), 0), dtype=np.int64)
        relaxation = relax(pool, no_cuts, prohibitive=int(costs.max()) * len(pool.ids), seconds=self.budget.left)
        if relaxation is not None and self.worst is not None:
            certificate = certify(pool, relaxation.duals, no_cuts)
            kept = np.flatnonzero(certificate.bound + certificate.reduced - base <= self.worst)
            self.pool, self.costs = self.pool.take(kept), self.costs[:, kept]

    def search(self) -> None:
        """Decide over what is left by CP-SAT."""
        if self.worst is not None and self.bound >= self.worst:
            self.proved = True
            return
        if not self.budget.lasts():
            return
        pool = self.pool
        model = cp_model.CpModel()
        model.name = "least regret"
        chosen = [model.new_bool_var("") for _ in range(len(pool))]
        place_everybody(model, pool, chosen, [])
        for side in pool.sides:
            total = cp_model.LinearExpr.weighted_sum(chosen, side.values.tolist())
            if side.least is not None:
                model.add(total >= side.least)
            if side.most is not None:
                model.add(total <= side.most)
        most = self.worst if self.worst is not None else int(self.costs.max()) * len(pool.ids)
        worst = model.new_int_var(self.bound, max(most, self.bound), "largest regret")
        for cost, best in zip(self.costs, self.best, strict=True):
            model.add(cp_model.LinearExpr.weighted_sum(chosen, cost.tolist()) - best <= worst)
        if self.plan is not None:
            for g in rows_of(self.plan, pool):
                model.add_hint(chosen[g], value=True)
        model.minimize(worst)
        found = run(model, self.budget, "least regret", self.workers)
        if found.has_plan:
            self.accept(np.flatnonzero([found.value(variable) for variable in chosen]))
        self.infeasible = found.finished and not found.has_plan and self.plan is None
        self.bound = max(self.bound, min(found.bound, self.worst) if self.worst is not None else found.bound)
        self.proved = found.finished and self.plan is not None
