"""What stops a municipality that stands alone: every office of the plan tried, all else as it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from maps.findings import Alone, Option, Stop
from optimizer.evaluate import (
    Evaluation,
    OfficeRow,
    Violation,
    evaluate,
    host_violations,
    is_excused,
    office_row,
    office_violations,
)
from optimizer.grouping import Grouping
from optimizer.problem import UNREACHABLE, Problem
from scenarios.moves import may_host


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


def find(problem: Problem, grouping: Grouping, evaluation: Evaluation) -> dict[str, Alone]:
    """Return what stops each municipality that stands alone.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping, evaluation
        The plan, and its judgement.
    """
    rows = {row.host: row for row in evaluation.offices}
    return {id_: _of(problem, grouping, rows, id_) for id_ in evaluation.alone}


def _of(problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], id_: str) -> Alone:
    trials = sorted(_trials(problem, grouping, id_), key=lambda trial: (trial.minutes, trial.host))
    near = problem.links[problem.index[id_]] & problem.active
    nearest = next((trial for trial in trials if trial.host != id_ and may_host(problem, trial.host)), None)
    if nearest is None or nearest.minutes == UNREACHABLE:
        return Alone(int(near.sum()), _cheapest(problem, grouping, rows, trials), None, UNREACHABLE, ())
    broken = _breaches(problem, nearest) or _moved_breaches(problem, grouping, nearest)
    stops = dict.fromkeys(Stop(one.rule, one.found, one.limit) for one in broken)
    cheapest = _cheapest(problem, grouping, rows, trials)
    return Alone(int(near.sum()), cheapest, nearest.host, nearest.minutes, tuple(stops))


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


def _cheapest(problem: Problem, grouping: Grouping, rows: dict[str, OfficeRow], trials: list[Trial]) -> Option | None:
    """Return the legal trial that costs least."""
    legal = []
    for trial in trials:
        if trial.minutes > problem.limits.max_minutes + 1 or _breaches(problem, trial):
            continue
        old = {grouping.host_of[member] for member in trial.members}
        before = sum(rows[host].minutes_equivalents for host in old)
        after = office_row(problem, trial.host, trial.members).minutes_equivalents
        legal.append((after - before, trial.minutes, trial.host, trial))
    for extra, minutes, host, trial in sorted(legal, key=lambda one: one[:3]):
        if not _moved_breaches(problem, grouping, trial):
            shared = len(trial.members) > 2
            return Option(host, trial.other, shared, minutes, extra)
    return None


def _breaches(problem: Problem, trial: Trial) -> list[Violation]:
    """Return what the office itself breaks."""
    row = office_row(problem, trial.host, trial.members)
    known = Grouping.of(dict.fromkeys(trial.members, trial.host))
    found = (*office_violations(problem, row), *host_violations(problem, known, row))
    return [breach for breach in found if not is_excused(problem, known, breach)]


def _moved_breaches(problem: Problem, grouping: Grouping, trial: Trial) -> tuple[Violation, ...]:
    """Return what the whole plan with this office breaks."""
    moved = Grouping.of({**grouping.host_of, **dict.fromkeys(trial.members, trial.host)})
    return evaluate(problem, moved).violations
