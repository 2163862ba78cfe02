"""What one municipality could do instead, nobody else moving: each possibility judged by the specification."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.hosting import precedence
from optimizer.problem import UNREACHABLE, Problem


@dataclass(frozen=True)
class Stop:
    """One rule that keeps a municipality out of an office.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    found, limit
        Figures in the rule's unit, or ``None`` where the rule has none.
    """

    rule: str
    found: float | None = None
    limit: float | None = None


Kind = Literal["join", "host", "alone"]


@dataclass(frozen=True)
class Possibility:
    """What a municipality could do instead, nobody else moving.

    Parameters
    ----------
    kind
        ``join`` another's office, get another ``host`` for the own one, or stand ``alone``.
    host
        Of its office then.
    minutes
        To that host, one way.
    extra
        What the whole plan would cost more, minutes-equivalents; negative if less.
    stops
        Rules that the plan would break beyond those that it breaks now; empty if it may be.
    new_host
        Who would host the office that it leaves, if it hosts that now and it stays shared; otherwise ``None``.
    """

    kind: Kind
    host: str
    minutes: float
    extra: float
    stops: tuple[Stop, ...]
    new_host: str | None


NEAREST = 5
"""Hosts tried: those that are fewest minutes away."""


def moves(problem: Problem, grouping: Grouping, evaluation: Evaluation, id_: str) -> tuple[Possibility, ...]:
    """Return what a municipality could do instead, what may be done first, then by what it costs.

    Where the host of an office leaves it, the others get the host among them that breaks the fewest rules, and of
    these the one that costs least; of equals the one with the largest need, then the first in id order. Whoever hosts
    is offered one other host for its office, the first in this order; whoever does not, itself.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping, evaluation
        The plan, and its judgement.
    id_
        Takes part in the plan.
    """
    plan = Moving(problem, grouping, evaluation)
    found = [plan.with_move(id_, kind, host) for kind, host in _targets(problem, grouping, id_)]
    members = grouping.offices[grouping.host_of[id_]]
    hosts = [id_] if grouping.host_of[id_] != id_ else [member for member in members if member != id_]
    led = [plan.with_move(id_, "host", host) for host in hosts if may_host(problem, host)]
    return tuple(sorted([*found, *sorted(led, key=order)[:1]], key=order))


def order(one: Possibility) -> tuple[bool, float, str]:
    """Return what sorts possibilities: what may be by what it costs, then the others by how far away they are."""
    return bool(one.stops), one.minutes if one.stops else round(one.extra, 6), one.host


def _targets(problem: Problem, grouping: Grouping, id_: str) -> Iterator[tuple[Kind, str]]:
    own = grouping.host_of[id_]
    minutes = problem.minutes[problem.index[id_]]
    others = [host for host in grouping.offices if host not in {own, id_} and may_host(problem, host)]
    near = sorted(others, key=lambda host: (minutes[problem.index[host]], host))[:NEAREST]
    yield from (("join", host) for host in near if minutes[problem.index[host]] < UNREACHABLE)
    if len(grouping.offices[own]) > 1:
        yield "alone", id_


def may_host(problem: Problem, host: str) -> bool:
    """Return whether the conditions on hosts and the pins let a municipality host a shared office."""
    return bool(problem.may_host[problem.index[host]]) and host not in problem.pins.may_not_host


@dataclass(frozen=True)
class Moving:
    """A plan in which one municipality moves.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping, evaluation
        The plan, and its judgement.
    """

    problem: Problem
    grouping: Grouping
    evaluation: Evaluation

    def with_move(self, id_: str, kind: Kind, host: str) -> Possibility:
        """Return the plan with one municipality elsewhere, judged."""
        problem, grouping, evaluation = self.problem, self.grouping, self.evaluation
        before = {(one.rule, one.ids, one.host) for one in evaluation.violations}
        left = [member for member in grouping.offices[grouping.host_of[id_]] if member != id_]
        moved = dict(grouping.host_of) | {id_: host}
        minutes = float(problem.minutes[problem.index[id_], problem.index[host]])
        leaves = kind != "host"
        if not leaves:
            moved |= dict.fromkeys(left, host)
        heirs: list[str | None] = [*left] if leaves and left and grouping.host_of[id_] == id_ else [None]
        tried = []
        for heir in heirs:
            plan = moved if heir is None else moved | dict.fromkeys(left, heir)
            judgement = evaluate(problem, Grouping.of(plan))
            new = [one for one in judgement.violations if (one.rule, one.ids, one.host) not in before]
            stops = tuple(dict.fromkeys(Stop(one.rule, one.found, one.limit) for one in new))
            extra = judgement.objective - evaluation.objective
            tried.append(Possibility(kind, host, minutes, extra, stops, heir if leaves and len(left) > 1 else None))
        return min(tried, key=lambda move: (len(move.stops), round(move.extra, 6), *self._precedence(move.new_host)))

    def _precedence(self, heir: str | None) -> tuple[float, str]:
        """Return what puts equally good hosts of those left behind in order."""
        return (0.0, "") if heir is None else precedence(self.problem, heir)
