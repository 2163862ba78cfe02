"""How firm each part of the plan is: what all, some or none of the nearly best plans have.

A plan counts if its objective is at most a stated share above the optimum. The claims are: two neighbours share an
office; a municipality hosts a shared office; a municipality stands alone. Each holds of a plan if and only if one of
a set of offices is chosen, and of such a set at most one ever is. So a claim is decided by two plans: one that has
it, and one that has not; what has no plan of the one kind holds in none, what has none of the other kind in all.

Fixing leaves the offices that plans within the distance may use, which settles many claims at once. Then plans are
sought that answer as many open questions as possible,

    max  sum of x(g) over offices of claims not yet seen to hold  +  sum of (1 - sum of x(g)) over those seen always,

as long as that answers many. What is still open is asked claim by claim: the linear relaxation with the claim forced
is mostly whole, which gives a plan, or beyond the distance, which is a proof; the exact search decides the rest.
Every answer is a plan or a proof; nothing is sampled.
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimizer.budget import Budget, Progress
from optimizer.candidates import CandidatePool, scores
from optimizer.certificate import certify
from optimizer.cpsat import run
from optimizer.exact import Question, cheapest, partition_model
from optimizer.grouping import Grouping
from optimizer.plans import best_plan, grouping_of, list_offices, near_optimal, within_share
from optimizer.problem import Problem, ProblemError
from optimizer.relaxation import relax
from optimizer.selection import Selection, keeps_sides, prohibitive_cost, rows_of
from optimizer.solve import Options, Status
from optimizer.units import UNITS_PER_MINUTE

Firm = Literal["all", "some", "none", "open"]
Rows = NDArray[np.intp]

ROUND_SECONDS = 4.0
FEWEST_ANSWERS = 16
"""Plans that answer less than one in so many of the open claims are not worth the search for the best of them."""

WHOLE = 1e-6
FEW_OFFICES = 600


@dataclass(frozen=True)
class Firmness:
    """What the plans within the distance have in common.

    Parameters
    ----------
    grouping
        The best plan.
    objective
        Its objective, minutes-equivalents.
    within, most
        The distance as a share, and the largest objective that counts, minutes-equivalents.
    together
        For every pair of neighbours ``(a, b)`` in id order: in how many plans they share an office.
    hosts
        For every municipality: in how many plans it hosts a shared office.
    alone
        For every municipality: in how many plans it stands alone.
    status
        ``optimal``: the best plan is proved and every claim decided. ``infeasible``: there is no plan.
    candidates
        Legal offices at every host.
    near
        Of these, how many a plan within the distance may use.
    seconds
        By stage.
    interrupted
        Whether the caller stopped the search.
    """

    grouping: Grouping | None
    objective: float | None
    within: float
    most: float | None
    together: Mapping[tuple[str, str], Firm]
    hosts: Mapping[str, Firm]
    alone: Mapping[str, Firm]
    status: Status
    candidates: int
    near: int
    seconds: Mapping[str, float]
    interrupted: bool


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


def firmness(
    problem: Problem,
    within: float = 0.01,
    *,
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Firmness:
    """Decide what all, some or none of the nearly best plans have.

    Parameters
    ----------
    problem
        What is asked.
    within
        Largest objective above the optimum, as a share of it.
    options
        How to solve.
    report
        Receives progress.
    stop
        When set, the search ends soon; what is not decided is ``open``.

    Raises
    ------
    ProblemError
        If ``within`` cannot be meant, or there are too many offices to list.
    """
    if not (math.isfinite(within) and within >= 0):
        raise ProblemError([f"within is {within}; expected a share of 0 or more, such as 0.01 for 1 %"])
    options = options or Options()
    budget = Budget(options.time_limit, stop or threading.Event(), report)
    pool = list_offices(problem, options, budget)
    best = best_plan(pool, budget.part(budget.left / 2), options.workers)
    if best.plan is None or best.cost is None:
        status = Status.INFEASIBLE if best.infeasible else Status.UNKNOWN
        return Firmness(
            None, None, within, None, {}, {}, {}, status, len(pool), 0, dict(budget.seconds), budget.stop.is_set()
        )
    most = within_share(best.cost, within)
    near = near_optimal(pool, best.plan, most, budget)
    inquiry = Inquiry(near, most, budget, options.workers, prohibitive_cost(near))
    pairs, hosts, alone = inquiry.claims(problem)
    inquiry.see(rows_of(best.plan, near))
    with budget.stage("claims"):
        inquiry.decide(proved=best.proved and near.complete)
    grouping, evaluation = grouping_of(problem, best.plan)
    decided = best.proved and not any(claim.verdict == "open" for claim in inquiry.all)
    return Firmness(
        grouping=grouping,
        objective=evaluation.objective,
        within=within,
        most=most / UNITS_PER_MINUTE,
        together={pair: claim.verdict for pair, claim in pairs.items()},
        hosts={id_: claim.verdict for id_, claim in hosts.items()},
        alone={id_: claim.verdict for id_, claim in alone.items()},
        status=Status.OPTIMAL if decided else Status.FEASIBLE,
        candidates=len(pool),
        near=len(near),
        seconds=dict(budget.seconds),
        interrupted=budget.stop.is_set(),
    )


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
    """

    pool: CandidatePool
    most: int
    budget: Budget
    workers: int
    prohibitive: int
    all: list[Claim] = field(default_factory=list)

    def claims(self, problem: Problem) -> tuple[dict[tuple[str, str], Claim], dict[str, Claim], dict[str, Claim]]:
        """Return the claims about pairs of neighbours, hosts, and standing alone."""
        pool, ids = self.pool, self.pool.ids
        inside = np.zeros((len(pool), len(ids) + 1), dtype=bool)
        np.put_along_axis(inside, pool.members.astype(np.intp), values=True, axis=1)
        neighbours = np.argwhere(np.triu(linked(problem, ids), k=1)).tolist()
        pairs = {(ids[i], ids[j]): Claim(np.flatnonzero(inside[:, i] & inside[:, j]), i) for i, j in neighbours}
        hosts = {id_: Claim(np.flatnonzero(pool.shared & (pool.hosts == i)), i) for i, id_ in enumerate(ids)}
        alone = {id_: Claim(np.flatnonzero(~pool.shared & (pool.hosts == i)), i) for i, id_ in enumerate(ids)}
        self.all = [*pairs.values(), *hosts.values(), *alone.values()]
        return pairs, hosts, alone

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
        model, variables = partition_model(self.pool, Question(self.most))
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
        answer = cheapest(pool.take(likely), Question(self.most, any_plan=True), self.budget, self.workers)
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


def linked(problem: Problem, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which municipalities are neighbours (m, m): under the contiguity rule, or by links where it is off."""
    where = np.array([problem.index[i] for i in ids], dtype=np.intp)
    if problem.limits.contiguity == "off":
        return np.asarray(problem.links[np.ix_(where, where)])
    return scores(problem).adjacent
