"""What every question beyond the best plan needs: offices at every host, their raw figures, the best plan among them.

Other prices, limits on a term and distances between plans change which host of a group is best, so these questions
choose among all pairs of a group and a host (`find_groups` with ``every_host``), listed once and used again.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final, get_args

import numpy as np

from optimizer.budget import Budget
from optimizer.engine_table import Engine, lists_offices
from optimizer.engines.candidates import CandidatePool, Integers, SideRow
from optimizer.engines.exact import PartitionQuestion, cheapest
from optimizer.engines.figures import OF_GROUP, OF_PAIR, PAIR_TERMS, Groups
from optimizer.engines.listing import PoolTooLargeError, by_group, find_groups
from optimizer.engines.selection import Selection, keeps_sides, rows_of
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.money import KR_PER_THOUSAND, UNITS_PER_KRONE
from optimizer.problem import EngineError, Problem, ProblemError
from optimizer.solve import LISTING_SHARE, Options, Status
from optimizer.terms import TERMS
from optimizer.units import UNITS_PER_FTE, UNITS_PER_MINUTE, whole

ORE_PER_THOUSAND: Final = round(UNITS_PER_KRONE * KR_PER_THOUSAND)
MEASURED_UNITS: Final = {"minutes": UNITS_PER_MINUTE, "årsverk": UNITS_PER_FTE, "thousand_kr": ORE_PER_THOUSAND}
UNITS: Final = {name: MEASURED_UNITS.get(term.unit, 1) for name, term in TERMS.items()}
"""Whole units to one unit of each raw term: with the usual prices no figure is coarser than a cost unit."""

COST_UNITS: Final = {term: max(1, UNITS_PER_MINUTE // units) for term, units in UNITS.items()}
"""Cost units to one whole unit of a term where the term itself is minimised: large enough for the linear solver."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best plan of a pool, as far as it is known.

    Parameters
    ----------
    plan
        The chosen offices, or ``None``.
    cost, bound
        Of the plan, and of any plan that keeps the pool's side rows; cost units.
    proved
        Whether the plan is the best, also in the second place and in the order of ties.
    infeasible
        Whether it is proved that no plan keeps the side rows.
    """

    plan: CandidatePool | None
    cost: int | None
    bound: int
    proved: bool
    infeasible: bool

    def figure(self, name: str) -> int:
        """Return the sum of a side row's figure over the plan."""
        return 0 if self.plan is None else total(self.plan, name)


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What an answer says of the search for it.

    Parameters
    ----------
    candidates
        Legal offices at every host.
    seconds
        By stage.
    interrupted
        Whether the caller stopped the search.
    """

    candidates: int
    seconds: Mapping[str, float]
    interrupted: bool


def search_facts(pool: CandidatePool, budget: Budget) -> dict[str, Any]:
    """Return what `Searched` holds, at the end of a search."""
    return {"candidates": len(pool), "seconds": dict(budget.seconds), "interrupted": budget.stop.is_set()}


def known_of(proofs: Sequence[bool], *, infeasible: bool, finished: bool = True) -> Status:
    """Return what is known about a list of plans.

    Parameters
    ----------
    proofs
        Of each, whether it is proved.
    infeasible
        Whether it is proved that there is none.
    finished
        Whether the list is as long as it is to be.
    """
    if not proofs:
        return Status.INFEASIBLE if infeasible else Status.UNKNOWN
    return Status.OPTIMAL if finished and all(proofs) else Status.FEASIBLE


def require_listing(options: Options) -> None:
    """Refuse the engine that lists no offices, for questions that compare all plans by their offices.

    Raises
    ------
    EngineError
        If the engine that is asked for lists none.
    """
    if not options.lists_offices:
        fault = f'is "{options.engine}", which lists no offices; this question compares plans by all possible offices'
        listing = " or ".join(f'"{name}"' for name in get_args(Engine) if lists_offices(name))
        raise EngineError([f"{fault}; use {listing}"])


def list_offices(problem: Problem, options: Options, budget: Budget) -> CandidatePool:
    """List all legal offices at every host; incomplete if the time is too short.

    Raises
    ------
    ProblemError
        If there are too many, or the engine asked for lists none.
    """
    require_listing(options)
    budget.tell("candidates", "listing the legal offices at every host")
    with budget.stage("candidates"):
        listing = budget.part(budget.left * LISTING_SHARE)
        try:
            pool = find_groups(problem, max_groups=options.max_groups, every_host=True, keep_going=listing.listing)
        except PoolTooLargeError as too_large:
            fault = f"{too_large} at all their hosts, too many to compare plans exactly; "
            fault += "lower limits.max_members or limits.max_minutes, or raise solver.max_groups"
            raise ProblemError([fault]) from too_large
    budget.tell("candidates", f"{len(pool)} legal offices at every host")
    return pool


def cheapest_host(problem: Problem, pool: CandidatePool) -> CandidatePool:
    """Return the pool with each group at its cheapest host only, as `optimizer.solve` lists it."""
    return replace(pool.take(cheapest_host_rows(problem, pool)), complete=pool.complete)


def cheapest_host_rows(problem: Problem, pool: CandidatePool) -> Integers:
    """Return the rows of each group's cheapest host, ascending; of equals the first in `host_order`."""
    order, first = by_group(problem, pool)
    return np.sort(order[first])


def require_term(problem: Problem, name: str, *, setting: str) -> None:
    """Refuse a term that does not exist, or that the problem does not count.

    Raises
    ------
    ProblemError
        If there is no such term.
    """
    if name not in problem.counted:
        raise ProblemError([f"{setting} is {name!r}; expected one of {', '.join(problem.counted)}"])


def figures(problem: Problem, pool: CandidatePool, term: str) -> Integers:
    """Return the raw value of a term for each office (k,), in whole `UNITS`.

    Parameters
    ----------
    problem
        Its weights do not matter.
    pool
        Offices (k,).
    term
        Name in `optimizer.terms.TERMS`.
    """
    where = np.array([problem.index[i] for i in pool.ids], dtype=np.intp)
    real = pool.members < len(where)
    values = np.zeros(len(pool), dtype=np.int64)
    if term in PAIR_TERMS:
        ways = np.where(np.isfinite(problem.minutes), problem.minutes, 0.0)
        of_pair = OF_PAIR[term](problem, ways)[np.ix_(where, where)]
        members = np.where(real, pool.members, pool.members[:, :1])
        values += (whole(of_pair[members, members[:, :1]], UNITS[term]) * real).sum(axis=1)
        return values
    sizes = real.sum(axis=1)
    for size in np.unique(sizes).tolist():
        rows = np.flatnonzero(sizes == size)
        values[rows] = whole(OF_GROUP[term](Groups(problem, where[pool.members[rows, :size]])), UNITS[term])
    return values


def total(plan: CandidatePool, name: str) -> int:
    """Return the sum of a side row's figure over a plan."""
    return int(side_row(plan, name).values.sum())


def side_row(pool: CandidatePool, name: str) -> SideRow:
    """Return the side row of this name."""
    return next(side for side in pool.sides if side.name == name)


def with_limit(pool: CandidatePool, name: str, most: int | None) -> CandidatePool:
    """Return the pool with another upper limit on a side row."""
    sides = tuple(replace(side, most=most) if side.name == name else side for side in pool.sides)
    return replace(pool, sides=sides)


def best_plan(
    pool: CandidatePool, budget: Budget, workers: int, *, start: CandidatePool | None = None, then: Sequence[str] = ()
) -> Found:
    """Find and prove the cheapest plan; among equals the least of further figures, then the first in id order.

    Parameters
    ----------
    pool
        Offices and side rows; ``complete`` says whether the bound may speak of them alone.
    budget
        Time.
    workers
        Threads; 0 chooses.
    start
        A known plan out of the pool; used if it keeps the side rows.
    then
        Names of side rows whose sums are minimised among equally cheap plans, one after the other.
    """
    selection = Selection(pool, budget, workers)
    if start is not None:
        known = pool.take(np.array(rows_of(start, pool), dtype=np.intp))
        if keeps_sides(known):
            selection.accept(known)
    selection.optimise()
    settled = selection.proved
    for name in then:
        settled = settled and minimise_next(selection, name)
    if settled and selection.plan is not None:
        with budget.stage("ties"):
            selection.break_ties(selection.plan)
        settled = selection.ties != "open"
    return Found(selection.plan, selection.best, selection.bound, settled, selection.infeasible)


def minimise_next(selection: Selection, name: str) -> bool:
    """Among the cheapest plans of a proved selection, go to one with the least sum of a side row; return if proved.

    The selection keeps that sum as a limit from then on.
    """
    if selection.plan is None or selection.best is None:
        return False
    tight = selection.pool.take(selection.usable(selection.best))
    side = side_row(tight, name)
    second = replace(tight.limited(SideRow("cheapest", tight.costs, most=selection.best)), costs=side.values)
    now = total(selection.plan, name)
    question = PartitionQuestion(now, rows_of(selection.plan, second))
    with selection.budget.stage("second place"):
        answer = cheapest(second, question, selection.budget, selection.workers)
    if answer.rows is not None:
        selection.plan = tight.take(answer.rows)
    least = total(selection.plan, name)
    selection.pool = with_limit(selection.pool, name, least)
    selection.plan = with_limit(selection.plan, name, least)
    return answer.finished


def within_share(cost: int, within: float) -> int:
    """Return the largest cost that lies at most this share above another; both cost units.

    The share is the decimal number that it is printed as: 29 % of 100 is 29, not the 28.999... of binary fractions.
    """
    return cost + math.floor(cost * Fraction(repr(float(within))))


def near_optimal(pool: CandidatePool, plan: CandidatePool, most: int, budget: Budget) -> CandidatePool:
    """Return the offices that plans of at most this cost may use: for such plans the pool is as complete as before.

    Parameters
    ----------
    pool
        Offices.
    plan
        A good plan out of the pool, from which the relaxation works.
    most
        Cost units.
    budget
        Time; cut short, more offices stay.
    """
    selection = Selection(pool, budget, keep_to=most)
    selection.accept(plan)
    with budget.stage("near-optimal offices"):
        selection.column_generation()
        selection.drop()
        selection.add_cuts()
    return replace(selection.pool, complete=pool.complete)


def plan_of(pool: CandidatePool, grouping: Grouping) -> CandidatePool | None:
    """Return a grouping as offices of the pool, or ``None`` if one of them is not there."""
    offices = {tuple(sorted(members)): host for host, members in grouping.offices.items()}
    position = {id_: i for i, id_ in enumerate(pool.ids)}
    if set(grouping.host_of) != set(pool.ids) or not set(grouping.host_of.values()) <= set(pool.ids):
        return None
    host_of = np.array([position[grouping.host_of[i]] for i in pool.ids] + [-1])
    real = pool.members < len(pool.ids)
    own = ((host_of[pool.members] == pool.members[:, :1]) | ~real).all(axis=1)
    sizes = np.array([len(grouping.offices.get(i, ())) for i in pool.ids])
    rows = np.flatnonzero(own & (real.sum(axis=1) == sizes[pool.hosts]))
    return pool.take(rows) if len(rows) == len(offices) else None


def judged_plan(problem: Problem, plan: CandidatePool) -> tuple[Grouping, Evaluation]:
    """Return a plan as a grouping, with the judgement of the specification.

    Raises
    ------
    RuntimeError
        If the plan breaks a rule: a fault of this program, never of the input.
    """
    grouping = Grouping.of_offices(plan.office(row) for row in range(len(plan)))
    evaluation = evaluate(problem, grouping)
    if evaluation.violations:
        raise RuntimeError(f"the engine gave a plan that the specification refuses: {evaluation.violations[:3]}")
    return grouping, evaluation
