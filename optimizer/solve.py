"""Solve a problem: the one door to the engines, which owns limits, bound and gap."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from optimizer.budget import Budget, Progress
from optimizer.checking.kinds import require
from optimizer.checking.options import option_faults
from optimizer.engine_table import ENGINES, Engine, Ties, engine_name, lists_offices
from optimizer.engines.candidates import CandidatePool, scores
from optimizer.engines.listing import MET_FOR_EACH_KEPT, PoolTooLargeError, find_groups
from optimizer.engines.packing import packed
from optimizer.engines.pool_size import estimated_groups
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.hosting import at_first_hosts
from optimizer.problem import EngineError, Problem, ProblemError
from optimizer.regions.ways import way_for
from optimizer.shown import Shown, minutes_equivalents
from optimizer.units import UNITS_PER_MINUTE

__all__ = ["Options", "Progress", "Result", "Status", "solve"]

START_GROUPS = 300_000
QUICK_MEMBERS = (2, 4)
"""Most members of the offices of a first plan: pairs are listed in a moment, larger ones not always."""
QUICK_SECONDS, QUICK_SHARE = 0.5, 0.1
"""A first plan takes so long at most, or that share of the time, whatever is longer."""
LISTED_IF_FREE = 500_000
"""Most offices that are listed where another engine may do without: beyond, that is quicker."""
LISTING_SHARE = 0.4


class Status(StrEnum):
    """What is known about the answer."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Options:
    """How to solve.

    Parameters
    ----------
    time_limit
        Seconds in all; ``None`` for no limit.
    workers
        Threads of the exact search; 0 chooses. A proved answer does not depend on it.
    engine
        One of `optimizer.engine_table`. ``auto``: list all legal offices and choose among them, or do without the list
        if there are more than some hundred thousand.
    max_groups
        Most offices to list.
    """

    time_limit: float | None = None
    workers: int = 0
    engine: Engine = "auto"
    max_groups: int = 5_000_000

    @property
    def lists_offices(self) -> bool:
        """Whether the engine lists the possible offices, as far as they are not too many."""
        return lists_offices(self.engine)


@dataclass(frozen=True, repr=False)
class Result(Shown):
    """The answer and what is known about it.

    Parameters
    ----------
    grouping
        The best plan found, or ``None``.
    status
        ``optimal``: proved, to a millionth of a minute for each office. ``feasible``: the gap says how far it may be
        from the best. ``infeasible``: proved that there is no plan. ``unknown``: no plan within the limit.
    objective, bound
        Of the plan, and of any plan; minutes-equivalents.
    gap
        ``(objective - bound) / objective``; 0 when proved.
    engine
        Which engine gave plan and bound.
    candidates
        Number of legal offices listed; 0 for an engine that needs no list.
    ties
        For a proved plan: ``unique``, no other is as good; ``first in id order``, the first of several by the
        documented rule; ``open``, not settled within the limit. Whatever it says, no office of a proved plan could have
        as good a host that needs more planners.
    seconds
        By stage.
    interrupted
        Whether the caller stopped the solve.
    reasons
        Why there is no plan, in sentences.
    pool
        The legal offices that were listed, for questions that go on from here; otherwise ``None``.
    """

    grouping: Grouping | None
    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    engine: str
    candidates: int
    ties: Ties
    seconds: Mapping[str, float]
    interrupted: bool
    reasons: tuple[str, ...] = ()
    pool: CandidatePool | None = field(default=None, compare=False)

    def in_short(self) -> str:
        """Return what is known, the objective and the plan."""
        if self.grouping is None or self.objective is None:
            return f"{self.status}, no plan"
        known = "" if self.status == Status.OPTIMAL else f", no plan below {minutes_equivalents(self.bound or 0.0)}"
        return f"{self.status}, {minutes_equivalents(self.objective)}{known}, {self.grouping.in_short()}"

    def rows(self) -> list[dict[str, object]]:
        """Return the rows of the plan; none without a plan."""
        return self.grouping.rows() if self.grouping else []


@dataclass(frozen=True)
class Finding:
    """What an engine hands over.

    Parameters
    ----------
    grouping
        The best plan, or ``None``.
    bound
        Proved lower bound, minutes-equivalents.
    proved
        Whether the plan is optimal or, without a plan, there is none.
    engine, candidates, ties, pool
        See `Result`.
    without_office
        Municipalities that are in no legal office.
    left_over
        Municipalities that the nearest attempt leaves without an office.
    broken
        Side rows that the nearest attempt breaks.
    """

    grouping: Grouping | None
    bound: float
    proved: bool
    engine: str
    candidates: int = 0
    ties: Ties = "open"
    without_office: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    pool: CandidatePool | None = None


def begun(
    problem: Problem,
    options: Options | None,
    report: Callable[[Progress], None] | None,
    stop: threading.Event | None,
) -> tuple[Options, Budget]:
    """Return the options, the usual ones if there are none, and a budget whose clock runs from now.

    Raises
    ------
    ProblemError
        If the problem is none, or the options are none.
    """
    require(problem=(problem, Problem), options=(options, Options | None))
    options = options or Options()
    if faults := option_faults(options):
        raise ProblemError(faults)
    return options, Budget(options.time_limit, stop or threading.Event(), report)


def solve(
    problem: Problem,
    options: Options | None = None,
    *,
    report: Callable[[Progress], None] | None = None,
    start: Grouping | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Find the best grouping and prove it, or come as near as the time allows.

    Parameters
    ----------
    problem
        What is asked.
    options
        How to solve.
    report
        Receives progress, from the calling thread or from the solver's.
    start
        A known grouping; used as first plan if it is legal.
    stop
        When set, the solve ends soon with what it has.

    Raises
    ------
    EngineError
        If there are too many offices to list for the engine that is asked for, or it cannot count what is asked for.
    ProblemError
        If the problem or the options are none, or an option cannot be meant.
    RuntimeError
        If a plan does not pass `optimizer.judging.evaluate`: a fault of this program, never of the input.
    """
    options, budget = begun(problem, options, report, stop)
    require(start=(start, Grouping | None))
    require_engine(problem, options)
    first = first_plan(problem, start)
    listed = found_by_listing(problem, budget, options, first) if options.lists_offices else None
    finding = listed or without_list(problem, budget, options, first)
    with budget.stage("evaluation"):
        return judged(problem, finding, budget)


def require_engine(problem: Problem, options: Options) -> None:
    """Refuse what the engine that is asked for cannot count, by name.

    Raises
    ------
    EngineError
        If something is asked of kroner and the engine knows nothing of them.
    """
    if problem.kroner_asked and options.engine != "auto" and not ENGINES[options.engine].counts_kroner:
        fault = f"solver.engine = {options.engine}: it cannot count {', '.join(problem.kroner_asked)}"
        raise EngineError([f"{fault}; use auto or partition"])


def first_plan(problem: Problem, start: Grouping | None) -> Grouping | None:
    """Return the better of the start and everybody alone but for offices that are held, as far as they are legal."""
    alone = Grouping.of(problem.apart_from_held)
    return cheaper(problem, *(grouping for grouping in (start, alone) if grouping and is_legal(problem, grouping)))


def is_legal(problem: Problem, grouping: Grouping) -> bool:
    """Return whether a grouping keeps all rules and pins."""
    return not evaluate(problem, grouping).violations


def cheaper(problem: Problem, *groupings: Grouping | None) -> Grouping | None:
    """Return the grouping that costs least, the first of several; ``None`` if there is none."""
    known = [grouping for grouping in groupings if grouping is not None]
    return min(known, key=lambda grouping: evaluate(problem, grouping).objective, default=None)


def found_by_listing(problem: Problem, budget: Budget, options: Options, first: Grouping | None) -> Finding | None:
    """Return what an engine that lists offices finds; ``None`` if they are too many and another engine is allowed."""
    may_do_without = options.engine == "auto" and not problem.kroner_asked
    if may_do_without:
        groups = estimated_groups(scores(problem), problem.limits.max_members, budget.lasts)
        if groups > LISTED_IF_FREE * MET_FOR_EACH_KEPT:
            budget.tell("candidates", f"about {groups:.1g} groups: going on without a list")
            return None
        options = replace(options, max_groups=min(options.max_groups, LISTED_IF_FREE))
    try:
        return by_listing(problem, budget, options, first)
    except PoolTooLargeError as too_large:
        if may_do_without:
            budget.tell("candidates", f"{too_large}: going on without a list")
            return None
        if options.engine != "auto":
            fault = f"solver.engine = {options.engine}: {too_large}; raise solver.max_groups or use auto"
            raise EngineError([fault]) from too_large
        fault = f"{too_large}, and without a list {', '.join(problem.kroner_asked)} cannot be counted"
        raise EngineError(
            [f"{fault}; raise solver.max_groups, or lower limits.max_members or max_minutes"]
        ) from too_large


def by_listing(problem: Problem, budget: Budget, options: Options, first: Grouping | None) -> Finding:
    """List all legal offices and choose among them."""
    budget.tell("candidates", "listing the legal offices")
    with budget.stage("candidates"):
        listing = budget.part(budget.left * LISTING_SHARE)
        pool = find_groups(problem, max_groups=options.max_groups, keep_going=listing.listing)
    if not pool.complete and options.engine == "auto" and budget.lasts() and not problem.kroner_asked:
        raise PoolTooLargeError("there is no time to list all legal offices")
    if not pool.complete:
        first = cheaper(problem, first, quick_plan(problem, budget))
    engine = engine_name(options.engine, listed=True)
    selection = ENGINES[engine].load()(pool, budget, options.workers)
    if first is not None:
        selection.start(first)
    budget.tell("candidates", f"{len(pool)} legal offices")
    selection.run()
    plan = None if selection.plan is None else selection.plan.grouping
    confirm(problem, plan, selection.best or 0, exact=True)
    return Finding(
        # A pool that is not complete may lack the offices of the first plan.
        plan if selection.proved else cheaper(problem, plan, first),
        selection.bound / UNITS_PER_MINUTE,
        selection.proved or selection.infeasible,
        engine,
        len(pool),
        selection.ties,
        uncovered(pool),
        selection.unplaced,
        selection.broken,
        pool,
    )


def uncovered(pool: CandidatePool) -> tuple[str, ...]:
    """Return the municipalities that are in no legal office."""
    covered = set(np.unique(pool.members).tolist())
    return tuple(id_ for i, id_ in enumerate(pool.ids) if i not in covered)


def without_list(problem: Problem, budget: Budget, options: Options, first: Grouping | None) -> Finding:
    """Solve by an engine that needs no list of offices."""
    engine = engine_name(options.engine, listed=False)
    first = cheaper(problem, first, quick_plan(problem, budget))
    in_pieces = way_for(problem, budget) if engine == "generation" else None
    with budget.stage(engine):
        if in_pieces is not None:
            answer = in_pieces(problem, budget, workers=options.workers)
        else:
            budget.tell(engine, "building the model")
            answer = ENGINES[engine].load()(problem, budget, workers=options.workers, start=first)
    # Until it has finished, the model may count more planners missing than there are.
    confirm(problem, answer.grouping, answer.cost, exact=answer.finished)
    plan = answer.grouping if answer.finished else cheaper(problem, answer.grouping, first)
    if plan is not None and answer.finished:
        plan = at_first_hosts(problem, plan)
    return Finding(plan, answer.bound, answer.finished, engine, ties=answer.ties)


def quick_plan(problem: Problem, budget: Budget) -> Grouping | None:
    """Return a plan with small offices, made without any search and in a moment; ``None`` if that gives none."""
    limits = problem.limits
    sizes = {max(min(members, limits.max_members), limits.min_members) for members in QUICK_MEMBERS}
    return cheaper(problem, *(packed_plan(problem, members, budget) for members in sorted(sizes, reverse=True)))


def packed_plan(problem: Problem, members: int, budget: Budget) -> Grouping | None:
    """Return a plan with offices of at most so many members, of those that a moment is enough to list."""
    smaller = replace(problem, limits=replace(problem.limits, max_members=members))
    moment = Budget(max(QUICK_SECONDS, QUICK_SHARE * budget.left), clock=budget.clock)
    try:
        pool = find_groups(smaller, max_groups=START_GROUPS, keep_going=moment.listing)
    except PoolTooLargeError:
        return None
    plan = packed(pool)
    grouping = None if plan is None else plan.grouping
    return grouping if grouping is not None and is_legal(problem, grouping) else None


def rounding(grouping: Grouping, objective: float) -> float:
    """Return how far a cost in whole units may be from the objective of the specification, minutes-equivalents.

    Each member at its host is rounded up to three times, each office up to three times; large sums lose a little more.
    """
    return 6 * len(grouping) / UNITS_PER_MINUTE + 1e-12 * abs(objective)


def confirm(problem: Problem, grouping: Grouping | None, cost: int, *, exact: bool) -> None:
    """Check that an engine and the specification agree on what a plan costs.

    Parameters
    ----------
    problem
        The problem.
    grouping
        What the engine found, if anything.
    cost
        Of it, as the engine counts it, cost units.
    exact
        Whether the two must be equal; otherwise the engine may count more, but never less.

    Raises
    ------
    RuntimeError
        If they do not agree: a fault of this program.
    """
    if grouping is None:
        return
    objective = evaluate(problem, grouping).objective
    more = cost / UNITS_PER_MINUTE - objective
    slack = rounding(grouping, objective)
    if more < -slack or (exact and more > slack):
        raise RuntimeError(f"the engine counts {cost / UNITS_PER_MINUTE} minutes for a plan that costs {objective}")


def judged(problem: Problem, finding: Finding, budget: Budget) -> Result:
    """Return the result, after the specification has judged the plan."""
    grouping, objective = finding.grouping, None
    if grouping is not None:
        evaluation = evaluate(problem, grouping)
        objective = evaluation.objective
        slack = rounding(grouping, objective)
        too_low = finding.proved and finding.bound < objective - 2 * slack
        if evaluation.violations or too_low or finding.bound > objective + slack:
            raise RuntimeError(
                f"the {finding.engine} engine gave a plan that the specification refuses: "
                f"{evaluation.violations[:3]}, objective {objective}, bound {finding.bound}"
            )
        bound = objective if finding.proved else min(finding.bound, objective)
        status = Status.OPTIMAL if finding.proved else Status.FEASIBLE
    else:
        bound = finding.bound
        status = Status.INFEASIBLE if finding.proved else Status.UNKNOWN
    gap = None if objective is None else (objective - bound) / objective if objective else 0.0
    return Result(
        grouping,
        status,
        objective,
        None if status == Status.INFEASIBLE else bound,
        gap,
        finding.engine,
        finding.candidates,
        finding.ties,
        dict(budget.seconds),
        budget.stop.is_set(),
        reasons(problem, finding) if status == Status.INFEASIBLE else (),
        finding.pool,
    )


def reasons(problem: Problem, finding: Finding) -> tuple[str, ...]:
    """Return why there is no plan, as far as the engine knows."""
    if finding.without_office:
        return (f"no legal office for {named(problem, finding.without_office)}",)
    if finding.left_over:
        over = named(problem, finding.left_over)
        return (f"no choice of legal offices places everybody; the nearest attempt leaves over {over}",)
    if finding.broken:
        return (f"no choice of legal offices places everybody within the limit on {', '.join(finding.broken)}",)
    return ("no grouping keeps all rules and pins at the same time",)


def named(problem: Problem, ids: tuple[str, ...], most: int = 10) -> str:
    """Return the ids with their names, the first ones if they are many."""
    listed = ", ".join(problem.label(id_) for id_ in ids[:most])
    return f"{listed} and {len(ids) - most} more" if len(ids) > most else listed
