"""A grouping beside plans of the same municipalities: like with like.

An arrangement of today places few municipalities, and its distance from the best plan says above all that the others
stand alone. Two plans between the grouping and the best plan tell apart what its offices are worth from what is left
undone; both place everybody who takes part:

- `regrouped`: the members of its shared offices are grouped anew, among themselves; all others stay alone;
- `held`: its shared offices stay as they are, even where they break a rule, and nobody joins them; all others are
  grouped.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Pins, Problem
from optimizer.solve import Result, Status

SolveProblem = Callable[[Problem], Result]


@dataclass(frozen=True, eq=False)
class Between:
    """A plan of everybody in which a part is as in the grouping.

    Parameters
    ----------
    status
        Of the part that was solved: ``optimal`` is proved; ``infeasible``: no plan of that part keeps the rules.
    grouping, evaluation
        The whole plan and its judgement; ``None`` without one. The part that is as in the grouping may break rules.
    bound
        Least that the objective can be, minutes-equivalents; ``None`` if nothing is proved.
    """

    status: str
    grouping: Grouping | None
    evaluation: Evaluation | None
    bound: float | None


@dataclass(frozen=True, eq=False)
class LikeWithLike:
    """A grouping and the plans between it and the best one.

    Parameters
    ----------
    members
        Those in its shared offices, in id order.
    others
        Those who stand alone in it, in id order.
    judged
        The grouping itself.
    regrouped
        The members grouped anew among themselves, all others alone.
    held
        Its shared offices as they are, all others grouped.
    """

    members: tuple[str, ...]
    others: tuple[str, ...]
    judged: Evaluation
    regrouped: Between
    held: Between

    def minutes(self, evaluation: Evaluation) -> tuple[float, float]:
        """Return what the offices of the members, and those of the others, add to the objective of such a plan."""
        inside = frozenset(self.members)
        parts = [0.0, 0.0]
        for office in evaluation.offices:
            parts[office.host not in inside] += office.minutes_equivalents
        return parts[0], parts[1]


def is_whole(judged: Evaluation) -> bool:
    """Return whether a grouping has a finite sum, places exactly those who take part, and hosts among their members."""
    broken = {violation.rule for violation in judged.violations}
    return judged.objective < float("inf") and not broken & {"complete", "host_is_member"}


def like_with_like(problem: Problem, grouping: Grouping, solve: SolveProblem) -> LikeWithLike:
    """Return a grouping beside the two plans between it and the best one.

    Parameters
    ----------
    problem
        Rules, prices and figures.
    grouping
        See `is_whole`.
    solve
        Solves a problem of a part of them.
    """
    judged = evaluate(problem, grouping)
    members = tuple(sorted(id_ for office in judged.shared for id_ in office.members))
    others = tuple(sorted(judged.alone))
    return LikeWithLike(
        members,
        others,
        judged,
        between(problem, grouping, members, solve),
        between(problem, grouping, others, solve),
    )


def between(problem: Problem, grouping: Grouping, ids: tuple[str, ...], solve: SolveProblem) -> Between:
    """Return the best plan in which only these municipalities are grouped anew, among themselves."""
    if not ids:
        judged = evaluate(problem, grouping)
        return Between(str(Status.OPTIMAL), grouping, judged, judged.objective)
    kept = {id_: host for id_, host in grouping if id_ not in set(ids)}
    offices = Grouping.of(kept).offices.values()
    result = solve(part(problem, ids, sum(len(members) > 1 for members in offices)))
    if result.grouping is None:
        return Between(str(result.status), None, None, None)
    whole = Grouping.of(kept | dict(result.grouping))
    found = evaluate(problem, whole)
    slack = None if result.bound is None or result.objective is None else result.objective - result.bound
    return Between(str(result.status), whole, found, None if slack is None else found.objective - slack)


def part(problem: Problem, ids: Iterable[str], shared_elsewhere: int) -> Problem:
    """Return the problem of some of those who take part; the others are out of it and cannot be crossed.

    Pins that tie them to others are left away, for only others could keep them; the hosts that they name stay decided.

    Parameters
    ----------
    problem
        Of everybody.
    ids
        Who is to be grouped.
    shared_elsewhere
        Shared offices of the others, which count in the limits on their number.
    """
    inside = frozenset(ids)
    chosen = np.isin(problem.ids, sorted(inside))
    gone = problem.active & ~chosen
    limits = problem.limits
    return replace(
        problem,
        takes_part=problem.takes_part & chosen,
        links=problem.links & ~gone[:, None] & ~gone[None, :],
        limits=replace(
            limits,
            min_offices=None if limits.min_offices is None else max(0, limits.min_offices - shared_elsewhere),
            max_offices=None if limits.max_offices is None else max(0, limits.max_offices - shared_elsewhere),
        ),
        pins=pins_within(problem.pins, inside),
        decided=problem.decided_hosts,
    )


def pins_within(pins: Pins, inside: frozenset[str]) -> Pins:
    """Return what the pins say of some municipalities alone."""
    return replace(
        pins,
        together=tuple(kept for one in pins.together if len(kept := one & inside) > 1),
        apart=tuple(kept for one in pins.apart if len(kept := one & inside) > 1),
        fixed=MappingProxyType({id_: host for id_, host in pins.fixed.items() if {id_, host} <= inside}),
        must_host=pins.must_host & inside,
        may_not_host=pins.may_not_host & inside,
        held=MappingProxyType({host: members for host, members in pins.held.items() if members <= inside}),
    )
