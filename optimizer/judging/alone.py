"""What stops a municipality that stands alone, and what would let it in: every office of the plan tried."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import OfficeRow, Violation
from optimizer.judging.figures import TOLERANCE
from optimizer.judging.hosting import SAME, precedence
from optimizer.judging.moves import Stop, may_host
from optimizer.judging.offices import host_violations, is_excused, office_row, office_violations
from optimizer.judging.ranges import Ranges, exact
from optimizer.problem import UNREACHABLE, Problem
from optimizer.terms import RULES

EASED = 4
"""The longest journey is asked to be at most so many times its limit."""


@dataclass(frozen=True)
class JoinableOffice:
    """An office that a municipality which stands alone could be part of.

    Parameters
    ----------
    host
        Of the office.
    other
        Whom it would share with: the host, or the only other member if it hosts itself.
    shared
        Whether the office is shared by others in the plan already.
    minutes
        From the one that would travel to the host.
    extra
        What the plan would cost more, minutes-equivalents; negative if less.
    """

    host: str
    other: str
    shared: bool
    minutes: float
    extra: float


@dataclass(frozen=True)
class EasedLimit:
    """The one limit that would let a municipality share an office, all else in the plan as it is.

    Parameters
    ----------
    rule
        The only rule that the office breaks.
    found, limit
        What the office has, and what the rule asks.
    host, other
        Of the office; whom it would share with.
    """

    rule: str
    found: float
    limit: float
    host: str
    other: str


@dataclass(frozen=True)
class Alone:
    """What stops a municipality that stands alone, all else in the plan as it is.

    Parameters
    ----------
    neighbours
        How many of its neighbours take part.
    cheapest
        The legal option that costs least; ``None`` if none is legal.
    nearest
        The nearest municipality that is host or stands alone, and may host; ``None`` if there is no way to any.
    minutes
        To the nearest.
    stops
        What rules out sharing with the nearest; empty if that is legal.
    borderline
        The option that only the longest journey rules out, where that journey may be short enough and the plan would
        cost less; of several the one that saves most. ``None`` if there is none.
    easing
        If no option is legal: the limit that must give least, as a share of it; ``None`` if no single limit will do.
    town, town_minutes
        The nearest municipality that does not take part, if it is nearer than ``nearest``; else ``None``.
    by_estimate
        Whether it stands alone only because planners employed are not estimated lower: with all at the low ends of
        their ranges the cheapest option would be better than standing alone.
    """

    neighbours: int
    cheapest: JoinableOffice | None
    nearest: str | None
    minutes: float
    stops: tuple[Stop, ...]
    borderline: JoinableOffice | None = None
    easing: EasedLimit | None = None
    town: str | None = None
    town_minutes: float = UNREACHABLE
    by_estimate: bool = False


@dataclass(frozen=True)
class Trial:
    """One office that a municipality could be part of.

    Parameters
    ----------
    host, members
        Of the office as it would be.
    other
        Whom it would share with: the host, or the only other member if it hosts itself.
    minutes
        From the one that would travel to the host.
    """

    host: str
    members: tuple[str, ...]
    other: str
    minutes: float


@lru_cache(maxsize=1)  # a run asks for its pages, its files and its answer
def find(problem: Problem, grouping: Grouping, between: Ranges | None = None) -> Mapping[str, Alone]:
    """Return what stops each municipality that stands alone.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping
        The plan.
    between
        Between what the figures lie; without, every figure is known.
    """
    between = between or exact(problem)
    evaluation = evaluate(problem, grouping)
    rows = {row.host: row for row in evaluation.offices}
    found = {id_: _of(problem, grouping, rows, id_, between.journey_low) for id_ in evaluation.alone}
    fewer = replace(problem, planner_fte=between.planner_low)
    few_rows = {row.host: row for row in evaluate(fewer, grouping).offices}
    return MappingProxyType(
        {id_: replace(one, by_estimate=_by_estimate(fewer, grouping, few_rows, id_, one)) for id_, one in found.items()}
    )


def nearly(problem: Problem, grouping: Grouping, between: Ranges) -> dict[str, JoinableOffice]:
    """Return the ``borderline`` of each municipality that stands alone and has one, and nothing else.

    Parameters
    ----------
    problem, grouping, between
        As of `find`, which takes several times as long.
    """
    evaluation = evaluate(problem, grouping)
    rows = {row.host: row for row in evaluation.offices}
    found = {
        id_: _borderline(problem, grouping, rows, list(_trials(problem, grouping, id_)), between.journey_low)
        for id_ in evaluation.alone
    }
    return {id_: option for id_, option in found.items() if option is not None}


def _by_estimate(fewer: Problem, grouping: Grouping, rows: dict[str, OfficeRow], id_: str, found: Alone) -> bool:
    """Return whether the cheapest option costs more, and less than standing alone with planners at their low ends."""
    option = found.cheapest
    if option is None or option.extra <= SAME:
        return False
    trial = next(one for one in _trials(fewer, grouping, id_) if (one.host, one.other) == (option.host, option.other))
    return _extra(fewer, grouping, rows, trial) < -SAME


def _of(problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], id_: str, journey_low: float) -> Alone:
    trials = sorted(_trials(problem, grouping, id_), key=lambda trial: (trial.minutes, trial.host))
    near = problem.links[problem.index[id_]] & problem.active
    nearest = next((trial for trial in trials if trial.host != id_ and may_host(problem, trial.host)), None)
    cheapest = _cheapest(problem, grouping, rows, trials)
    edge = _borderline(problem, grouping, rows, trials, journey_low)
    if nearest is None or nearest.minutes == UNREACHABLE:
        return Alone(int(near.sum()), cheapest, None, UNREACHABLE, (), edge)
    broken = _breaches(problem, nearest) or _moved_breaches(problem, grouping, nearest)
    stops = dict.fromkeys(Stop(one.rule, one.found, one.limit) for one in broken)
    easing = None if cheapest else _easing(problem, grouping, trials)
    town, away = _town(problem, id_, nearest.minutes)
    return Alone(int(near.sum()), cheapest, nearest.host, nearest.minutes, tuple(stops), edge, easing, town, away)


def _easing(problem: Problem, grouping: Grouping, trials: list[Trial]) -> EasedLimit | None:
    """Return the one limit that must give least for a trial to be legal."""
    best, least = None, math.inf
    for trial in trials:  # by journey: one that is longer than the best lets it be has nothing to add
        if trial.minutes > problem.limits.max_minutes * min(1 + least, EASED):
            break
        broken = _breaches(problem, trial)
        rules = {one.rule for one in broken}
        figures = [(one.found, one.limit) for one in broken if one.found is not None and one.limit is not None]
        if len(rules) != 1 or RULES[broken[0].rule].unit == "" or not figures:
            continue
        found, limit = max(figures, key=lambda one: abs(one[0] - one[1]))
        share = abs(found - limit) / max(limit, SAME)
        if share < least and {one.rule for one in _moved_breaches(problem, grouping, trial)} == rules:
            best, least = EasedLimit(broken[0].rule, found, limit, trial.host, trial.other), share
    return best


def _town(problem: Problem, id_: str, nearer_than: float) -> tuple[str | None, float]:
    """Return the nearest municipality that does not take part, and the minutes there, if it is nearer than that."""
    minutes = np.where(problem.active, UNREACHABLE, problem.minutes[problem.index[id_]])
    nearest = int(minutes.argmin())
    if minutes[nearest] >= nearer_than:
        return None, UNREACHABLE
    return problem.ids[nearest], float(minutes[nearest])


def _trials(problem: Problem, grouping: Grouping, id_: str) -> Iterator[Trial]:
    """Yield every shared office with the municipality in it, and every pair with another that stands alone."""
    i = problem.index[id_]
    for host, members in grouping.offices.items():
        if host == id_:
            continue
        h = problem.index[host]
        together = tuple(sorted((*members, id_)))
        yield Trial(host, together, host, float(problem.minutes[i, h]))
        if len(members) == 1:
            yield Trial(id_, together, host, float(problem.minutes[h, i]))


def _cheapest(
    problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], trials: list[Trial]
) -> JoinableOffice | None:
    """Return the legal trial that costs least."""
    legal = [
        (_extra(problem, grouping, rows, trial), trial)
        for trial in trials
        if trial.minutes <= problem.limits.max_minutes + 1 and not _breaches(problem, trial)
    ]
    for extra, trial in sorted(legal, key=lambda one: _order(problem, *one)):
        if not _moved_breaches(problem, grouping, trial):
            return _option(trial, extra)
    return None


def _borderline(
    problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], trials: list[Trial], journey_low: float
) -> JoinableOffice | None:
    """Return the trial that saves most of those that only a journey rules out which may be short enough."""
    limit = problem.limits.max_minutes
    near = [
        (_extra(problem, grouping, rows, trial), trial)
        for trial in trials
        if limit + TOLERANCE < trial.minutes and trial.minutes * journey_low <= limit + TOLERANCE
    ]
    for extra, trial in sorted(near, key=lambda one: _order(problem, *one)):
        if extra < -SAME and all(
            one.rule == "max_minutes"
            for one in (*_breaches(problem, trial), *_moved_breaches(problem, grouping, trial))
        ):
            return _option(trial, extra)
    return None


def _extra(problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], trial: Trial) -> float:
    """Return what the plan would cost more with the office of a trial."""
    old = {grouping.host_of[member] for member in trial.members}
    before = math.fsum(rows[host].minutes_equivalents for host in old)
    return office_row(problem, trial.host, trial.members).minutes_equivalents - before


def _order(problem: Problem, extra: float, trial: Trial) -> tuple[float, float, float, str]:
    """Sort what costs least first, then the shorter journey, then the host with the largest need, then its number."""
    return extra, trial.minutes, *precedence(problem, trial.host)


def _option(trial: Trial, extra: float) -> JoinableOffice:
    return JoinableOffice(trial.host, trial.other, len(trial.members) > 2, trial.minutes, extra)


def _breaches(problem: Problem, trial: Trial) -> list[Violation]:
    """Return what the office itself breaks."""
    row = office_row(problem, trial.host, trial.members)
    known = Grouping.of(dict.fromkeys(trial.members, trial.host))
    found = (*office_violations(problem, row), *host_violations(problem, row))
    return [breach for breach in found if not is_excused(problem, known, breach)]


def _moved_breaches(problem: Problem, grouping: Grouping, trial: Trial) -> tuple[Violation, ...]:
    """Return what the whole plan with this office breaks."""
    moved = Grouping.of({**grouping.host_of, **dict.fromkeys(trial.members, trial.host)})
    return evaluate(problem, moved).violations
