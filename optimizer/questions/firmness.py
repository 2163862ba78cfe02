"""How firm each part of the plan is: what all, some or none of the nearly best plans have.

A plan counts if its objective is at most a stated share above the optimum. The claims are: two municipalities share an
office; a municipality hosts a shared office; it stands alone; it shares with the very same as in the plan; it has the
host that it has there. Each holds of a plan if and only if one of a set of offices is chosen, all of which have some
municipality as a member; and exactly one office with that member is chosen. So a claim holds in a plan within the
distance if the cheapest plan with one of its offices is within it, and fails in one if the cheapest plan with another
office of that member is. What the cheapest plan with each office costs is read from the diagram of all plans
(`optimizer.questions.diagram`), for all claims at once. Where there are too many plans for a diagram, plans are
searched for (`optimizer.questions.inquiry`).
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimizer.budget import Budget, Progress
from optimizer.engines.candidates import CandidatePool, scores
from optimizer.engines.selection import prohibitive_cost, rows_of
from optimizer.grouping import Grouping
from optimizer.judging.difference import Elsewhere
from optimizer.problem import Problem, ProblemError
from optimizer.questions.diagram import NEVER, diagram_of
from optimizer.questions.inquiry import Claim, Firm, Inquiry
from optimizer.questions.pool import (
    Searched,
    best_plan,
    cheapest_host_rows,
    judged_plan,
    list_offices,
    near_optimal,
    plan_of,
    search_facts,
    within_share,
)
from optimizer.questions.variants import first_of_best
from optimizer.questions.why.elsewhere import elsewhere
from optimizer.shown import Shown, counted, minutes_equivalents
from optimizer.solve import Options, Status, begun
from optimizer.units import UNITS_PER_MINUTE


@dataclass(frozen=True, repr=False)
class Firmness(Shown, Searched):
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
        For every pair ``(a, b)`` of neighbours, and every pair that shares an office in the plan, in id order: in how
        many plans they share an office.
    hosts
        For every municipality: in how many plans it hosts a shared office.
    alone
        For every municipality: in how many plans it stands alone.
    companions
        For every municipality: in how many plans its office has the members that it has in the best plan.
    same_host
        For every municipality: in how many plans it has the host that it has in the best plan.
    margins
        For every municipality: how much the cheapest plan in which its office has other members costs more than the
        best, minutes-equivalents; infinite if there is no such plan. Empty where plans were searched for.
    elsewhere
        For every municipality that can have another host: the best plan in which it has one. Empty where plans were
        searched for.
    status
        ``optimal``: the best plan is proved and every claim decided. ``infeasible``: there is no plan.
    near
        Legal offices at every host that a plan within the distance uses, or may use where plans were searched for.
    """

    grouping: Grouping | None
    objective: float | None
    within: float
    most: float | None
    together: Mapping[tuple[str, str], Firm]
    hosts: Mapping[str, Firm]
    alone: Mapping[str, Firm]
    companions: Mapping[str, Firm]
    same_host: Mapping[str, Firm]
    margins: Mapping[str, float]
    elsewhere: Mapping[str, Elsewhere]
    status: Status
    near: int

    def in_short(self) -> str:
        """Return what is known, and how many municipalities share with the very same in all that count."""
        if self.objective is None:
            return f"{self.status}, no plan"
        same = sum(firm == "all" for firm in self.companions.values())
        of = counted(len(self.companions), "municipality", "municipalities")
        told = f"{same} of {of} with the same companions in all plans within {100 * self.within:g} %"
        return f"{self.status}, {minutes_equivalents(self.objective)}, {told}"

    def rows(self) -> list[dict[str, object]]:
        """Return each municipality: in how many plans it is as in the best, hosts or stands alone; the margin."""
        return [
            {
                "kommunenummer": id_,
                "companions": firm,
                "same_host": self.same_host[id_],
                "hosts": self.hosts[id_],
                "alone": self.alone[id_],
                "margin_minutes": self.margins.get(id_),
            }
            for id_, firm in self.companions.items()
        ]


def firmness(
    problem: Problem,
    within: float = 0.01,
    *,
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    plan: Grouping | None = None,
    search: bool = True,
) -> Firmness:
    """Decide what all, some or none of the nearly best plans have.

    Parameters
    ----------
    problem
        What is asked.
    within
        Largest objective above the optimum, as a share of it.
    options, report, stop
        See `optimizer.solve.solve`; what is not decided is ``open``.
    plan
        A plan that is proved to be the best, of which the claims are to speak; found if not given.
    search
        Whether plans are searched for where there are too many for a diagram, which takes minutes; if not, the status
        is ``unknown`` then.

    Raises
    ------
    ProblemError
        If ``within`` cannot be meant, or there are too many offices to list.
    RuntimeError
        If the plan is not the best: a fault of whoever proved it, or of this module.
    """
    check_share(within)
    options, budget = begun(problem, options, report, stop)
    pool = list_offices(problem, options, budget)
    seen = looked_through(problem, pool, within, budget, plan)
    if seen is None and not search:
        return no_plan(pool, within, Status.UNKNOWN, budget)
    return seen or searched(problem, pool, within, budget, options.workers)


def check_share(within: float) -> None:
    """Refuse a distance that cannot be meant.

    Raises
    ------
    ProblemError
        If it is negative or no number.
    """
    if not (math.isfinite(within) and within >= 0):
        raise ProblemError([f"within is {within}; expected a share of 0 or more, such as 0.01 for 1 %"])


def looked_through(
    problem: Problem, pool: CandidatePool, within: float, budget: Budget, known: Grouping | None
) -> Firmness | None:
    """Decide by the diagram of all plans, or return ``None`` if there are too many, or not all offices are listed.

    Parameters
    ----------
    problem, within, budget, known
        See `firmness`, where ``known`` is ``plan``.
    pool
        The legal offices at every host.
    """
    with budget.stage("diagram"):
        diagram = diagram_of(pool) if pool.complete and budget.lasts() else None
        if diagram is None:
            return None
        least = diagram.least()
    best = int(least.min(initial=NEVER))
    if known is None:
        rows = cheapest_host_rows(problem, pool)
        plan = first_of_best(pool.take(rows), least[rows], budget)
    else:
        plan = plan_of(pool, known)
    if known is not None and (plan is None or plan.costs.sum() != best):
        raise RuntimeError(f"the plan is not the best: another has {best / UNITS_PER_MINUTE} minutes-equivalents")
    if plan is None:
        return no_plan(pool, within, Status.INFEASIBLE, budget) if budget.lasts() else None
    most = within_share(best, within)
    claims = Claims.of(problem, pool, plan)
    with_member = [np.flatnonzero((pool.members == i).any(axis=1)) for i in range(len(pool.ids))]
    margins = {}
    for claim in claims.all:
        others = np.setdiff1d(with_member[claim.anchor], claim.rows, assume_unique=True)
        claim.settled = True
        claim.holds = bool(least[claim.rows].min(initial=NEVER) <= most)
        claim.fails = bool((otherwise := least[others].min(initial=NEVER)) <= most)
        margins[id(claim)] = (int(otherwise) - best) / UNITS_PER_MINUTE if otherwise < NEVER else math.inf
    grouping, evaluation = judged_plan(problem, plan)
    return Firmness(
        grouping=grouping,
        objective=evaluation.objective,
        within=within,
        most=most / UNITS_PER_MINUTE,
        **claims.verdicts(),
        margins={id_: margins[id(claim)] for id_, claim in claims.companions.items()},
        elsewhere=elsewhere(problem, pool, diagram, least, grouping),
        status=Status.OPTIMAL,
        near=int((least <= most).sum()),
        **search_facts(pool, budget),
    )


def searched(problem: Problem, pool: CandidatePool, within: float, budget: Budget, workers: int) -> Firmness:
    """Decide by searching for plans, as far as the time allows; see `looked_through`."""
    best = best_plan(pool, budget.part(budget.left / 2), workers)
    if best.plan is None or best.cost is None:
        return no_plan(pool, within, Status.INFEASIBLE if best.infeasible else Status.UNKNOWN, budget)
    most = within_share(best.cost, within)
    near = near_optimal(pool, best.plan, most, budget)
    claims = Claims.of(problem, near, best.plan)
    inquiry = Inquiry(near, most, budget, workers, prohibitive_cost(near), claims.all)
    inquiry.see(rows_of(best.plan, near))
    with budget.stage("claims"):
        inquiry.decide(proved=best.proved and near.complete)
    grouping, evaluation = judged_plan(problem, best.plan)
    decided = best.proved and not any(claim.verdict == "open" for claim in inquiry.all)
    return Firmness(
        grouping=grouping,
        objective=evaluation.objective,
        within=within,
        most=most / UNITS_PER_MINUTE,
        **claims.verdicts(),
        margins={},
        elsewhere={},
        status=Status.OPTIMAL if decided else Status.FEASIBLE,
        near=len(near),
        **search_facts(pool, budget),
    )


def no_plan(pool: CandidatePool, within: float, status: Status, budget: Budget) -> Firmness:
    """Return the answer where there is no plan to speak of."""
    return Firmness(
        grouping=None,
        objective=None,
        within=within,
        most=None,
        **Claims({}, {}, {}, {}, {}).verdicts(),
        margins={},
        elsewhere={},
        status=status,
        near=0,
        **search_facts(pool, budget),
    )


@dataclass(frozen=True)
class Claims:
    """What is asked of the plans; see `Firmness` for each kind."""

    together: Mapping[tuple[str, str], Claim]
    hosts: Mapping[str, Claim]
    alone: Mapping[str, Claim]
    companions: Mapping[str, Claim]
    same_host: Mapping[str, Claim]

    @classmethod
    def of(cls, problem: Problem, pool: CandidatePool, plan: CandidatePool) -> "Claims":
        """Return the claims about a plan out of a pool."""
        ids, m = pool.ids, len(pool.ids)
        inside = np.zeros((len(pool), m + 1), dtype=bool)
        np.put_along_axis(inside, pool.members.astype(np.intp), values=True, axis=1)
        pairs = {(i, j) for i, j in np.argwhere(np.triu(linked(problem, ids), k=1)).tolist()}
        companions, same_host = {}, {}
        for office in plan.members.tolist():
            members = sorted(i for i in office if i < m)
            pairs |= set(combinations(members, 2))
            as_planned = np.flatnonzero((inside[:, :m] == np.isin(np.arange(m), members)).all(axis=1))
            for i in members:
                companions[ids[i]] = Claim(as_planned, i)
                same_host[ids[i]] = Claim(np.flatnonzero(inside[:, i] & (pool.hosts == office[0])), i)
        return cls(
            {(ids[i], ids[j]): Claim(np.flatnonzero(inside[:, i] & inside[:, j]), i) for i, j in sorted(pairs)},
            {id_: Claim(np.flatnonzero(pool.shared & (pool.hosts == i)), i) for i, id_ in enumerate(ids)},
            {id_: Claim(np.flatnonzero(~pool.shared & (pool.hosts == i)), i) for i, id_ in enumerate(ids)},
            dict(sorted(companions.items())),
            dict(sorted(same_host.items())),
        )

    @property
    def all(self) -> list[Claim]:
        """Every claim."""
        kinds = (self.together, self.hosts, self.alone, self.companions, self.same_host)
        return [claim for kind in kinds for claim in kind.values()]

    def verdicts(self) -> dict[str, Any]:
        """Return in how many plans each claim holds, by the field of `Firmness`."""
        return {
            item.name: {about: claim.verdict for about, claim in getattr(self, item.name).items()}
            for item in fields(self)
        }


def linked(problem: Problem, ids: tuple[str, ...]) -> NDArray[np.bool_]:
    """Return which municipalities are neighbours (m, m): under the contiguity rule, or by links where it is off."""
    where = np.array([problem.index[i] for i in ids], dtype=np.intp)
    if problem.limits.contiguity == "off":
        return np.asarray(problem.links[np.ix_(where, where)])
    return scores(problem).adjacent
