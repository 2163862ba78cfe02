"""What to change so that there is a plan: the fewest rules and pins, each by as little as will do, cheapest first.

A correction is a set of parts (`optimizer.questions.why.parts`) without which the rest is feasible. All corrections of
the smallest size are found: first every single part, only then pairs, and so on. A part that is a limit is then not
taken away but moved to the nearest value that leaves a plan: the values at which the answer can change are known (the
minutes in the table, the sizes, the planners of the legal offices), and a plan for one value is a plan for every
looser one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.problem import MAX_MEMBERS, Limits, Problem
from optimizer.questions.any_plan import MOST_GROUPS, any_plan, choice
from optimizer.questions.why.conflicts import Parts, Tests, deletion_filter
from optimizer.questions.why.parts import Part, parts_of
from optimizer.sharing.keys import MOST_SHAPLEY
from optimizer.solve import Options, Result, solve
from optimizer.terms import RULES

TOLERANCE = 1e-6
"""Limits in årsverk that differ by no more than this are the same to `optimizer.judging.evaluate`."""


@dataclass(frozen=True)
class Change:
    """One change of a setting.

    Parameters
    ----------
    setting
        ``limits.<name>``, ``pins.<name>`` or ``may_host``.
    part
        The rule or pin that is changed or dropped; ``None`` where the change eases several (``alone_exempt``).
    before, after
        Values of a limit; ``None`` for a pin, which is dropped, and for ``may_host``.
    ids
        The municipalities of a pin; for ``may_host``: the further municipalities that may host.
    nearest
        Whether it is proved that no smaller change of this setting would do, the other changes given.
    """

    setting: str
    part: Part | None
    before: float | str | bool | None = None
    after: float | str | bool | None = None
    ids: tuple[str, ...] = ()
    nearest: bool = True


@dataclass(frozen=True, eq=False)
class Easing:
    """Changes that make the problem feasible, and what the best plan then costs.

    Parameters
    ----------
    changes
        Where there are several: each is as small as the changes before it allow when those after it may be any.
    problem
        The changed problem.
    result
        Its answer, with bound and gap.
    """

    changes: tuple[Change, ...]
    problem: Problem
    result: Result


@dataclass(frozen=True, eq=False)
class Easings:
    """The cheapest ways to a plan.

    Parameters
    ----------
    found
        The cheapest first.
    complete
        Whether every set of so many changes was decided: there is no other way with as few or fewer.
    undecided
        Sets of parts whose removal was not decided within the budget.
    """

    found: tuple[Easing, ...]
    complete: bool
    undecided: tuple[tuple[Part, ...], ...] = ()


def easings(
    problem: Problem, *, budget: Budget | None = None, options: Options | None = None, most: int = 20
) -> Easings:
    """Find the fewest changes that make an infeasible problem feasible, and what each way costs.

    Parameters
    ----------
    problem
        The problem. If it is feasible there is nothing to change, and the answer is empty.
    budget
        Time, stop and progress.
    options
        ``workers``, ``engine`` and ``max_groups`` are used.
    most
        Most ways to work out.
    """
    budget, options = budget or Budget(), options or Options()
    tests = Tests(parts_of(problem), budget, problem=problem, options=options)
    feasible = tests.feasible(frozenset(tests.parts))
    if feasible is not False:
        return Easings((), complete=feasible is True)
    corrections, undecided = smallest_corrections(tests)
    changed: list[tuple[tuple[Change, ...], Problem]] = []
    complete = len(corrections) <= most and not undecided
    for correction in corrections[:most]:
        found_ways = list(ways(tests, correction))
        complete &= bool(found_ways)
        changed += found_ways
        budget.tell("relaxations", f"{len(changed)} ways to a plan")
    changed.extend(exempted(tests))
    found = []
    for k, (changes, relaxed) in enumerate(changed):
        plan = any_plan(relaxed, budget, options, near=problem).plan
        share = budget.left / (len(changed) - k)
        limited = replace(options, time_limit=share if np.isfinite(share) else None)
        found.append(Easing(changes, relaxed, solve(relaxed, limited, start=plan, stop=budget.stop)))
    found.sort(key=lambda way: (len(way.changes), way.result.objective is None, way.result.objective or 0.0))
    return Easings(tuple(found), complete, undecided)


def smallest_corrections(tests: Tests) -> tuple[list[Parts], tuple[tuple[Part, ...], ...]]:
    """Return all sets of parts of the smallest size whose removal leaves a plan, and the sets not decided."""
    everything = frozenset(tests.parts)
    known = [deletion_filter(tests, everything)[0]]
    undecided: list[tuple[Part, ...]] = []
    for size in range(1, len(everything) + 1):
        corrections = []
        for chosen in combinations(tests.parts, size):
            if not all(conflict.intersection(chosen) for conflict in known):
                continue
            feasible = tests.feasible(everything.difference(chosen))
            if feasible:
                corrections.append(frozenset(chosen))
            elif feasible is None:
                undecided.append(chosen)
            else:
                known.append(deletion_filter(tests, everything.difference(chosen))[0])
            if not tests.budget.lasts():
                return corrections, tuple(undecided) or ((),)
        if corrections:
            return corrections, tuple(undecided)
    return [], tuple(undecided)


def exempted(tests: Tests) -> Iterator[tuple[tuple[Change, ...], Problem]]:
    """Yield the change that lets everybody stand alone, if it helps."""
    problem = tests.problem
    if problem.limits.alone_exempt or not any(RULES[part.rule].alone_exempt for part in tests.parts):
        return
    relaxed = replace(problem, limits=replace(problem.limits, alone_exempt=True))
    if any_plan(relaxed, tests.budget, tests.options).plan is not None:
        yield (Change("limits.alone_exempt", None, before=False, after=True),), relaxed


def ways(tests: Tests, correction: Parts) -> Iterator[tuple[tuple[Change, ...], Problem]]:
    """Yield the ways to change just these parts; none where a pin that goes leaves a host too small for its office."""
    parts = [part for part in tests.parts if part in correction]
    eased = loosened(tests.problem, parts)
    if eased.decided_hosts != tests.problem.decided_hosts and any_plan(eased, tests.budget, tests.options).plan is None:
        return
    plan = EasingSearch(tests, eased)
    changes = tuple(plan.tighten(part) for part in parts)
    yield changes, plan.problem
    if len(parts) == 1 and parts[0].rule == "min_office_fte":
        limits = replace(tests.problem.limits, critical_mass="priced")
        relaxed = replace(tests.problem, limits=limits)
        yield (Change("limits.critical_mass", parts[0], before="hard", after="priced"),), relaxed
    if len(parts) == 1 and parts[0].rule == "contiguity" and changes[0].after == "through":
        relaxed = replace(tests.problem, limits=replace(tests.problem.limits, contiguity="off"))
        yield (Change("limits.contiguity", parts[0], before="hard", after="off", nearest=False),), relaxed


def loosened(problem: Problem, parts: Iterable[Part]) -> Problem:
    """Return the problem with these parts as loose as they can be; a hard critical mass stays, at 0 årsverk."""
    for part in parts:
        problem = with_value(problem, part, loosest(problem, part))
    return problem


def loosest(problem: Problem, part: Part) -> Any:
    """Return the value of a part at which it asks nothing."""
    minutes = problem.minutes[np.ix_(problem.active, problem.active)]
    return {
        "max_minutes": float(minutes[np.isfinite(minutes)].max()),
        "min_members": 1,
        "max_members": max(
            problem.limits.max_members,
            min(int(problem.active.sum()), MOST_SHAPLEY if problem.shares_kroner else MAX_MEMBERS),
        ),
        "min_office_fte": 0.0,
        "may_host": np.ones(len(problem.ids), dtype=bool),
    }.get(part.rule, RULES[part.rule].off)


def with_value(problem: Problem, part: Part, value: Any) -> Problem:
    """Return the problem with another value of a limit, or without a pin."""
    if part.rule == "may_host":
        return replace(problem, may_host=value, asked=problem.as_asked)
    if not part.is_pin:
        return replace(problem, limits=replace(problem.limits, **{part.rule: value}), asked=problem.as_asked)
    pins, old = problem.pins, getattr(problem.pins, part.rule)
    if part.rule in {"together", "apart"}:
        new: Any = tuple(pin for pin in old if tuple(sorted(pin)) != part.ids)
    elif part.rule == "fixed":
        new = {id_: host for id_, host in old.items() if id_ != part.ids[0]}
    else:
        new = old - set(part.ids)
    return replace(problem, pins=replace(pins, **{part.rule: new}), asked=problem.as_asked)


@dataclass(eq=False)
class EasingSearch:
    """Brings the parts of a correction back, one after the other, as near to what was asked as leaves a plan.

    Parameters
    ----------
    tests
        Knows the problem as it was asked.
    problem
        The problem as it is now: the parts still to come are as loose as can be.
    """

    tests: Tests
    problem: Problem

    def tighten(self, part: Part) -> Change:
        """Bring one part back as far as possible, and return the change that remains."""
        if part.is_pin:
            ids = (*part.ids, *([part.host] if part.host else []))
            return Change(f"pins.{part.rule}", part, ids=ids)
        if part.rule == "may_host":
            return self.more_hosts(part)
        limits = self.tests.problem.limits
        values = self.values(part)
        if values is None:
            after, nearest = loosest(self.problem, part), False
        else:
            after, nearest = self.first_feasible(part, values)
        self.problem = with_value(self.problem, part, after)
        return Change(f"limits.{part.rule}", part, before=getattr(limits, part.rule), after=after, nearest=nearest)

    def values(self, part: Part) -> list[Any] | None:
        """Return the values of a limit at which the answer can change, the tightest first; ``None`` if too many."""
        asked, rule = self.tests.problem.limits, part.rule
        if rule in {"min_office_fte", "max_office_need_fte"}:
            return self.office_values(rule, asked)
        minutes = self.problem.minutes[np.ix_(self.problem.active, self.problem.active)]
        longer = np.isfinite(minutes) & (minutes > asked.max_minutes + TOLERANCE)
        most = int(self.problem.active.sum())
        planner_fte = self.problem.planner_fte[self.problem.active]
        shares = planner_fte[:, None] / planner_fte[None, planner_fte > 0]
        values: dict[str, list[Any]] = {
            "max_minutes": np.unique(minutes[longer]).tolist(),
            "min_members": list(range(asked.min_members - 1, 0, -1)),
            "max_members": list(range(asked.max_members + 1, self.problem.limits.max_members + 1)),
            "contiguity": ["through", "off"] if asked.contiguity == "hard" else ["off"],
            "min_host_share": [*np.unique(shares[shares < asked.min_host_share]).tolist()[::-1], 0.0],
            "min_offices": list(range((asked.min_offices or 0) - 1, -1, -1)),
            "max_offices": list(range((asked.max_offices or 0) + 1, most + 1)),
        }
        return values.get(rule, [RULES[rule].off])

    def office_values(self, rule: str, asked: Limits) -> list[float] | None:
        """Return the årsverk of all legal offices beyond a limit, the nearest first; ``None`` if they are too many."""
        pool = self.pool(self.problem)
        if pool is None:
            return None
        where = [self.problem.index[id_] for id_ in pool.ids]
        inside = pool.members < len(pool.ids)
        planner_fte, need_fte, fixed = (
            np.where(inside, np.append(values[where], 0.0)[pool.members], 0.0)
            for values in (self.problem.planner_fte, self.problem.need_fte, self.problem.fixed_need_fte)
        )
        if rule == "min_office_fte":
            ways = self.problem.minutes[np.ix_([*where, where[0]], where)][pool.members, pool.hosts[:, None]]
            sums = (planner_fte - self.problem.road_fte_per_minute * np.where(inside, ways, 0.0)).sum(axis=1)
            below = np.unique(sums[sums < asked.min_office_fte - TOLERANCE])[::-1]
            return [*below.tolist(), 0.0]
        saved = (1 - self.problem.fixed_kept) * (fixed.sum(axis=1) - fixed.max(axis=1))
        sums = need_fte.sum(axis=1) - saved
        above: list[float] = np.unique(sums[sums > (asked.max_office_need_fte or 0.0) + TOLERANCE]).tolist()
        return above

    def pool(self, problem: Problem) -> CandidatePool | None:
        """Return all legal offices as far as they can be listed; see `Tests.offices`."""
        return self.tests.offices(problem, min(MOST_GROUPS, self.tests.options.max_groups))

    def first_feasible(self, part: Part, values: Sequence[Any]) -> tuple[Any, bool]:
        """Return the first value that leaves a plan, and whether it is proved that no earlier one does."""

        def feasible(k: int) -> bool | None:
            relaxed = with_value(self.problem, part, values[k])
            attempt = any_plan(relaxed, self.tests.budget, self.tests.options, near=self.tests.problem)
            return attempt.plan is not None if attempt.settled else None

        # The last value takes the limit away: it is known to leave a plan.
        return_at, proved = first_true(feasible, len(values))
        return values[return_at], proved

    def more_hosts(self, part: Part) -> Change:
        """Let the fewest further municipalities host."""
        asked = self.tests.problem.may_host
        anywhere, before = self.pool(self.problem), self.pool(with_value(self.problem, part, asked))
        hosts: tuple[str, ...] = tuple(id_ for id_, may in zip(self.problem.ids, asked, strict=True) if not may)
        nearest = False
        if anywhere is not None and before is not None:
            hosted = {tuple(sorted(row)) for row in before.members.tolist()}
            new = np.array([tuple(sorted(row)) not in hosted for row in anywhere.members.tolist()], dtype=np.int64)
            answer = choice(replace(anywhere, costs=new), self.tests.budget, self.tests.options)
            if answer.rows is not None:
                hosts = tuple(sorted(anywhere.office(g)[0] for g in answer.rows.tolist() if new[g]))
                nearest = answer.finished
        self.problem = with_value(self.problem, part, asked | np.isin(self.problem.ids, hosts))
        return Change("may_host", part, ids=hosts, nearest=nearest)


def first_true(holds: Callable[[int], bool | None], many: int) -> tuple[int, bool]:
    """Return the first position at which a monotone statement holds, known to hold at the last one.

    Steps double from the start, because late positions are dearer to test; then the interval is halved.

    Returns
    -------
    position : int
    proved : bool
        Whether it is proved that the statement fails at all earlier positions.
    """
    fails, step, proved = -1, 1, True
    good = many - 1
    while fails + step < good:
        answer = holds(fails + step)
        if answer:
            good = fails + step
            break
        proved &= answer is not None
        fails += step
        step *= 2
    while good - fails > 1:
        middle = (good + fails) // 2
        answer = holds(middle)
        proved &= answer is not None
        good, fails = (middle, fails) if answer else (good, middle)
    return good, proved
