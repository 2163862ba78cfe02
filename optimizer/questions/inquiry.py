"""Claims about the nearly best plans, decided by searching for plans: for pools too large for a diagram.

A claim is decided by two plans: one that has it, and one that has not; what has no plan of the one kind holds in none,
what has none of the other kind in all. Fixing has left the offices that plans within the distance may use, which
settles many claims at once. Then plans are sought that answer as many open questions as possible,

    max  sum of x(g) over offices of claims not yet seen to hold  +  sum of (1 - sum of x(g)) over those seen always,

as long as that answers many. What is still open is asked claim by claim: the linear relaxation with the claim forced
is mostly whole, which gives a plan, or beyond the distance, which is a proof; the exact search decides the rest.
Every answer is a plan or a proof; nothing is sampled.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.certificate import certify
from optimizer.engines.cpsat import run
from optimizer.engines.exact import PartitionQuestion, cheapest, partition_model
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.selection import Selection, keeps_sides, rows_of

Firm = Literal["all", "some", "none", "open"]
Rows = NDArray[np.intp]

ROUND_SECONDS = 4.0
FEWEST_ANSWERS = 16
"""Plans that answer less than one in so many of the open claims are not worth the search for the best of them."""

WHOLE = 1e-6
FEW_OFFICES = 600


@dataclass(eq=False)
class Claim:
    """Something that holds of a plan if one of its offices is chosen.

    Parameters
    ----------
    rows
        These offices.
    anchor
        Position of a municipality that is a member of all of them.
    holds, fails
        Whether a plan within the distance is known that has it, and one that has not.
    settled
        Whether it is proved that the plans known show all there is.
    """

    rows: Rows
    anchor: int
    holds: bool = False
    fails: bool = False
    settled: bool = False

    @property
    def is_open(self) -> bool:
        """Whether plans are still to be looked for."""
        return not (self.settled or (self.holds and self.fails))

    @property
    def verdict(self) -> Firm:
        """In how many of the plans it holds."""
        if self.holds and self.fails:
            return "some"
        if self.is_open or not (self.holds or self.fails):
            return "open"
        return "all" if self.holds else "none"

    def see(self, chosen: set[int]) -> None:
        """Take note of a plan."""
        if chosen.isdisjoint(self.rows.tolist()):
            self.fails = True
        else:
            self.holds = True


@dataclass(eq=False)
class Inquiry:
    """Looks for plans within the distance that answer open questions.

    Parameters
    ----------
    pool
        Offices that such plans may use.
    most
        Largest cost, cost units.
    budget, workers
        Time and threads.
    prohibitive
        Cost units of leaving somebody unplaced: more than any plan costs.
    all
        The claims.
    """

    pool: CandidatePool
    most: int
    budget: Budget
    workers: int
    prohibitive: int
    all: list[Claim]

    def see(self, rows: list[int]) -> None:
        """Take note of a plan."""
        chosen = set(rows)
        for claim in self.all:
            claim.see(chosen)

    def decide(self, *, proved: bool) -> None:
        """Decide all claims, as far as the time allows; without a proved optimum nothing is settled by absence."""
        if proved:
            for claim in self.all:
                # No plan within the distance can use an office that fixing has dropped.
                claim.settled = not len(claim.rows)
        self.ask_all_together(proved=proved)
        for claim in self.all:
            if claim.is_open and self.budget.lasts():
                self.tell()
                claim.settled = self.ask(claim) and proved

    def ask_all_together(self, *, proved: bool) -> None:
        """Look for plans that answer many claims each, as long as they do."""
        while self.budget.lasts():
            asked = [claim for claim in self.all if claim.is_open]
            if not asked:
                return
            self.tell()
            finished = self.ask_all(asked)
            answered = len(asked) - sum(claim.is_open for claim in asked)
            if finished and not answered and proved:
                for claim in asked:
                    claim.settled = True
            if answered * FEWEST_ANSWERS <= len(asked):
                return

    def tell(self) -> None:
        """Report how many claims are open."""
        many = sum(claim.is_open for claim in self.all)
        self.budget.tell("firmness", f"{many} of {len(self.all)} claims are open")

    def ask_all(self, asked: list[Claim]) -> bool:
        """Look for the plan that answers most claims; return whether it is certain that none answers more."""
        model, variables = partition_model(self.pool, PartitionQuestion(self.most))
        gains = np.zeros(len(self.pool), dtype=np.int64)
        for claim in asked:
            gains[claim.rows] += -1 if claim.holds else 1
        seen_to_hold = sum(claim.holds for claim in asked)
        gained = cp_model.LinearExpr.weighted_sum(variables.chosen, gains.tolist())
        model.minimize(len(asked) - seen_to_hold - gained)
        outcome = run(model, self.budget.part(ROUND_SECONDS), "", self.workers)
        if outcome.has_plan:
            self.see(np.flatnonzero([outcome.value(variable) for variable in variables.chosen]).tolist())
        return outcome.finished

    def ask(self, claim: Claim) -> bool:
        """Look for a plan of the kind that a claim still lacks; return whether it is proved that there is none."""
        kept = np.ones(len(self.pool), dtype=bool)
        if claim.holds:
            kept[claim.rows] = False
        else:
            kept &= ~(self.pool.members == claim.anchor).any(axis=1)
            kept[claim.rows] = True
        rows = np.flatnonzero(kept)
        pool = self.pool.take(rows)
        no_cuts = np.zeros((len(pool), 0), dtype=np.int64)
        relaxation = relax(pool, no_cuts, prohibitive=self.prohibitive, seconds=self.budget.left)
        if relaxation is None:
            return False
        certificate = certify(pool, relaxation.duals, no_cuts)
        if certificate.bound > self.most:
            return True
        whole = np.flatnonzero(relaxation.values > 1 - WHOLE)
        if relaxation.unplaced < WHOLE and len(whole) == (relaxation.values > WHOLE).sum():
            plan = pool.take(whole)
            if int(plan.costs.sum()) <= self.most and keeps_sides(plan):
                self.see(rows[whole].tolist())
                return False
        likely = np.argsort(certificate.reduced, kind="stable")[:FEW_OFFICES]
        answer = cheapest(pool.take(likely), PartitionQuestion(self.most, any_plan=True), self.budget, self.workers)
        if answer.rows is not None:
            self.see(rows[likely[answer.rows]].tolist())
            return False
        # Bounds are strong at the cheapest plan with the claim, not at the distance.
        selection = Selection(replace(pool, complete=True), self.budget, self.workers)
        selection.optimise()
        if selection.best is not None and selection.plan is not None and selection.best <= self.most:
            self.see(rows_of(selection.plan, self.pool))
            return False
        return selection.bound > self.most
