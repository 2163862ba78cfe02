"""Why there is no plan: smallest sets of rules and pins that no grouping keeps together.

A conflict is a set of parts (`optimizer.questions.why.parts`) that is infeasible although each set with one part fewer
is feasible. Sets are tested by listing all legal offices and looking for a choice that places everybody; a plan found
on the way answers, through `optimizer.judging.evaluate`, for every set of parts that it keeps.

Smallest conflicts follow from the duality of conflicts and corrections (Reiter 1987, "A theory of diagnosis from
first principles"; Ignatiev et al. 2015, "Smallest MUS extraction with minimal hitting set dualization"): every
conflict meets every correction, a set whose removal makes the rest feasible. So a smallest set that meets all
corrections known so far is a lower bound, and a smallest conflict once it is infeasible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.problem import Problem, ProblemError
from optimizer.questions.any_plan import STAGE_GROUPS, any_plan, choice, stranded
from optimizer.questions.why.parts import Part, broken_by, only, parts_of
from optimizer.solve import Options, uncovered
from optimizer.terms import FREE

Parts = frozenset[Part]
NEARLY_ZERO = 1e-9


@dataclass(frozen=True)
class Conflict:
    """Parts that no grouping keeps together.

    Parameters
    ----------
    parts
        The rules and pins in conflict.
    municipalities
        Who cannot all be placed under these parts, in id order: if any one of them need not be placed, the others
        can. Empty if the parts are in conflict whoever is placed (such as a number of offices that is out of reach).
        ``None`` if that was not settled.
    without_office
        Municipalities that are in no legal office under these parts, as far as is known; each is a reason by itself.
    irreducible
        Whether it is proved that each set with one part fewer is feasible.
    smallest
        Whether it is proved that no conflict has fewer parts.
    at_least
        Proved: every conflict has at least so many parts.
    """

    parts: tuple[Part, ...]
    municipalities: tuple[str, ...] | None
    without_office: tuple[str, ...]
    irreducible: bool
    smallest: bool
    at_least: int


@dataclass(frozen=True)
class Conflicts:
    """Why there is no plan.

    Parameters
    ----------
    feasible
        ``True``: there is a plan, so no conflict. ``False``: there is none. ``None``: not settled within the budget.
    sets
        Conflicts that share no part, the smallest first found first.
    complete
        Whether it is proved that the parts outside the sets are not in conflict among themselves.
    plan
        A legal grouping, if there is one.
    """

    feasible: bool | None
    sets: tuple[Conflict, ...]
    complete: bool
    plan: Grouping | None = None


def conflicts(
    problem: Problem, *, budget: Budget | None = None, options: Options | None = None, most: int = 3
) -> Conflicts:
    """Find smallest sets of rules and pins that contradict each other.

    Parameters
    ----------
    problem
        The problem.
    budget
        Time, stop and progress. What is not settled in time is marked in the answer.
    options
        ``workers``, ``engine`` and ``max_groups`` are used.
    most
        Most sets to find; each further one shares no part with those before.
    """
    budget = budget or Budget()
    tests = Tests(parts_of(problem), budget, problem=problem, options=options or Options())
    left = frozenset(tests.parts)
    feasible = tests.feasible(left)
    if feasible is not False:
        return Conflicts(feasible, (), feasible is True, tests.plan_for(left))
    found: list[Conflict] = []
    while len(found) < most and feasible is False:
        conflict = smallest_conflict(tests, left)
        found.append(conflict)
        budget.tell("conflicts", f"{len(conflict.parts)} rules and pins in conflict")
        left -= frozenset(conflict.parts)
        feasible = tests.feasible(left)
    return Conflicts(False, tuple(found), feasible is True)


@dataclass(eq=False)
class Questions:
    """Answers whether sets of parts are feasible, and remembers what it learnt.

    Parameters
    ----------
    parts
        The parts that can be taken away.
    budget
        Time.
    """

    parts: tuple[Part, ...]
    budget: Budget
    possible: list[Parts] = field(default_factory=list)
    impossible: list[Parts] = field(default_factory=list)

    def ask(self, kept: Parts) -> bool | None:
        """Find out whether anything keeps these parts, ``None`` if the budget does not settle it."""
        raise NotImplementedError

    def feasible(self, kept: Parts) -> bool | None:
        """Return whether anything keeps these parts, ``None`` if the budget does not settle it."""
        if any(kept <= known for known in self.possible):
            return True
        if any(known <= kept for known in self.impossible):
            return False
        answer = self.ask(kept)
        if answer is not None:
            (self.possible if answer else self.impossible).append(kept)
        return answer

    def correction(self, kept: Parts, among: Parts) -> Parts:
        """Return what must be taken from ``among`` so that the rest, which holds ``kept``, is feasible, and no less."""
        gone = min((among - known for known in self.possible if kept <= known), key=len)
        for part in sorted(gone, key=self.parts.index):
            if part in gone and self.feasible(among - (gone - {part})):
                gone = min((less for known in self.possible if (less := among - known) <= gone - {part}), key=len)
        return gone


@dataclass(eq=False)
class Tests(Questions):
    """Answers whether a grouping keeps a set of parts.

    Parameters
    ----------
    problem
        The problem with all its parts.
    options
        See `conflicts`.
    stays
        Parts that are kept in any case.
    """

    problem: Problem = field(kw_only=True)
    options: Options = field(kw_only=True)
    stays: Parts = field(default=frozenset(), kw_only=True)
    plans: list[tuple[Grouping, Parts]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take everybody alone as the first plan, but for offices that are held."""
        self.learn(Grouping.of(self.problem.apart_from_held))

    def learn(self, grouping: Grouping) -> None:
        """Keep a plan as an answer for all sets of parts that it does not break."""
        broken = broken_by(self.problem, grouping, {*self.parts, *self.stays})
        if broken is not None and not broken & self.stays:
            self.possible.append(frozenset(self.parts) - broken)
            self.plans.append((grouping, broken))

    def plan_for(self, kept: Parts) -> Grouping | None:
        """Return a known plan that keeps these parts."""
        return next((plan for plan, broken in self.plans if not broken & kept), None)

    def offices(self, problem: Problem, most: int) -> CandidatePool | None:
        """Return all legal offices; ``None`` if they are too many, the time is too short, or none are to be listed.

        Where a hard critical mass counts what is left of the planners at a host, groups are listed at each host.
        """
        if not self.options.lists_offices:
            return None
        try:
            free = replace(problem, weights=FREE)
            going = self.budget.listing
            pool = find_groups(free, max_groups=most, every_host=free.counts_net, keep_going=going)
        except PoolTooLargeError:
            return None
        return pool if pool.complete else None

    def ask(self, kept: Parts) -> bool | None:
        """Look for a plan that keeps these parts."""
        try:
            problem = only(self.problem, self.stays | kept)
        except ProblemError:
            return False
        attempt = any_plan(problem, self.budget, self.options, near=self.problem)
        if attempt.plan is not None:
            self.learn(attempt.plan)
        return attempt.plan is not None if attempt.settled else None


@dataclass(frozen=True)
class Core:
    """A conflict without regard to municipalities; fields as in `Conflict`."""

    parts: Parts
    irreducible: bool
    smallest: bool
    at_least: int


def smallest_conflict(tests: Tests, among: Parts) -> Conflict:
    """Return a smallest conflict within a set of parts that is infeasible, with the municipalities concerned."""
    core = smallest_core(tests, among)
    municipalities, without = who_cannot_be_placed(tests, core.parts)
    ordered = tuple(part for part in tests.parts if part in core.parts)
    return Conflict(ordered, municipalities, without, core.irreducible, core.smallest, core.at_least)


def smallest_core(questions: Questions, among: Parts) -> Core:
    """Return a smallest conflict within a set of parts that is infeasible."""
    reduced, irreducible = deletion_filter(questions, among)
    corrections: list[Parts] = []
    at_least = 0
    while questions.budget.lasts():
        candidate = smallest_hitting_set(corrections, questions.parts)
        at_least = len(candidate)
        if at_least >= len(reduced) and irreducible:
            return Core(reduced, irreducible=True, smallest=True, at_least=at_least)
        feasible = questions.feasible(candidate)
        if feasible is None:
            break
        if feasible is False:
            return Core(candidate, irreducible=True, smallest=True, at_least=at_least)
        corrections.append(questions.correction(candidate, among))
    return Core(reduced, irreducible, smallest=False, at_least=at_least)


def deletion_filter(questions: Questions, among: Parts) -> tuple[Parts, bool]:
    """Return an infeasible subset of an infeasible set, and whether it is proved irreducible."""
    core, irreducible = among, True
    # Pins go first: what cannot be kept by the limits alone is a matter of the limits.
    for part in sorted(among, key=lambda part: (not part.is_pin, questions.parts.index(part))):
        feasible = questions.feasible(core - {part}) if part in core else True
        if feasible is False:
            core = min((known for known in questions.impossible if known <= core - {part}), key=len)
        irreducible &= feasible is not None
    return core, irreducible


def smallest_hitting_set(sets: Sequence[Parts], order: Sequence[Part]) -> Parts:
    """Return a smallest set that meets all of the sets, the first in the order of the parts."""
    used = [part for part in order if any(part in one for one in sets)]
    for size in range(len(sets) + 1):
        for chosen in combinations(used, size):
            if all(one.intersection(chosen) for one in sets):
                return frozenset(chosen)
    raise ValueError("an empty set cannot be met")


def who_cannot_be_placed(tests: Tests, core: Parts) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Return an irreducible set of municipalities that cannot all be placed, and those in no legal office."""
    try:
        problem = only(tests.problem, tests.stays | core)
    except ProblemError:
        named = {id_ for part in core for id_ in (*part.ids, *([part.host] if part.host else []))}
        return tuple(sorted(named)), ()
    without = stranded(problem)
    pool = None if without else tests.offices(problem, STAGE_GROUPS)
    if pool is not None:
        without = uncovered(pool)
    if without:
        return without[:1], without
    if pool is None:
        return None, ()
    placed = supporting(pool, tests.budget)

    def possible(rows: Sequence[int]) -> bool | None:
        answer = choice(placing(pool, rows), tests.budget, tests.options)
        return answer.rows is not None or (None if not answer.finished else False)

    if possible(placed) is not False:
        placed = list(range(len(pool.ids)))
    irreducible = quick_explain(possible, placed)
    return (None if irreducible is None else tuple(pool.ids[i] for i in sorted(irreducible))), ()


def placing(pool: CandidatePool, rows: Sequence[int]) -> CandidatePool:
    """Return the pool with which only these municipalities have to be placed: the others may be left over for free."""
    m = len(pool.ids)
    free = np.setdiff1d(np.arange(m), np.asarray(rows, dtype=int))
    singles = np.full((len(free), pool.members.shape[1]), m, dtype=pool.members.dtype)
    singles[:, 0] = free
    nothing = np.zeros(len(free), dtype=np.int64)
    sides = tuple(replace(side, values=np.concatenate((side.values, nothing))) for side in pool.sides)
    return replace(
        pool,
        members=np.concatenate((pool.members, singles)),
        costs=np.concatenate((pool.costs, nothing)),
        sides=sides,
    )


def supporting(pool: CandidatePool, budget: Budget) -> list[int]:
    """Return the municipalities that the linear relaxation needs to show that not all can be placed."""
    relaxation = relax(pool, np.zeros((len(pool), 0), dtype=np.int64), prohibitive=1_000_000, seconds=budget.left)
    if relaxation is None or relaxation.unplaced < NEARLY_ZERO:
        return list(range(len(pool.ids)))
    return np.flatnonzero(np.abs(relaxation.duals[: len(pool.ids)]) > NEARLY_ZERO).tolist()


def quick_explain(possible: Callable[[Sequence[int]], bool | None], rows: Sequence[int]) -> list[int] | None:
    """Return an irreducible subset of rows that is not possible (Junker 2004, "QuickXplain").

    Returns
    -------
    list of int or None
        ``None`` if a question was not settled.
    """
    unsettled = False

    def impossible(some: Sequence[int]) -> bool:
        nonlocal unsettled
        answer = possible(some)
        unsettled |= answer is None
        return answer is False

    def explain(known: list[int], changed: bool, rest: list[int]) -> list[int]:
        if changed and impossible(known):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        second = explain(known + rest[:half], True, rest[half:])
        first = explain(known + second, bool(second), rest[:half])
        return first + second

    if impossible([]):
        return []
    found = explain([], False, list(rows)) if rows else []
    return None if unsettled else found
