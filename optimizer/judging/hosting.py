"""Who else could host an office, nobody moving, and what that costs."""

from dataclasses import dataclass

from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Violation
from optimizer.judging.kroner.office_game import sharing_violations
from optimizer.judging.offices import host_violations, is_excused, office_row, office_violations, pin_violations
from optimizer.problem import Problem

SAME = 1e-6
"""Minutes: costs that differ by no more are the same."""


@dataclass(frozen=True)
class OtherHost:
    """A member at which an office would keep all that it keeps now.

    Parameters
    ----------
    host
        Its id.
    extra
        What the office costs more there, minutes-equivalents; negative if less.
    """

    host: str
    extra: float


def other_hosts(problem: Problem, host: str, members: tuple[str, ...]) -> list[OtherHost]:
    """Return who else could host an office: the cheapest first, of equals the largest need, then the first in id order.

    Parameters
    ----------
    problem
        Rules, pins and prices.
    host, members
        The office as it is; the members in id order, the host among them.
    """
    cost = office_row(problem, host, members).minutes_equivalents
    broken = {breach.rule for breach in breaches(problem, host, members)}
    found = [
        OtherHost(other, office_row(problem, other, members).minutes_equivalents - cost)
        for other in members
        if other != host and broken.issuperset(breach.rule for breach in breaches(problem, other, members))
    ]
    return sorted(found, key=lambda one: (round(one.extra, 6), *precedence(problem, one.host)))


def first_host(problem: Problem, host: str, members: tuple[str, ...]) -> str:
    """Return the first of the equally good hosts of an office: the largest need, then the first in id order."""
    same = [one.host for one in other_hosts(problem, host, members) if abs(one.extra) <= SAME]
    return min([host, *same], key=lambda id_: precedence(problem, id_))


def at_first_hosts(problem: Problem, plan: Grouping) -> Grouping:
    """Return a plan with each office at the first of its equally good hosts."""
    return Grouping.of_offices((first_host(problem, host, some), some) for host, some in plan.offices.items())


def precedence(problem: Problem, id_: str) -> tuple[float, str]:
    """Return what puts equally good hosts in order."""
    return -float(problem.need_fte[problem.index[id_]]), id_


def breaches(problem: Problem, host: str, members: tuple[str, ...]) -> list[Violation]:
    """Return what an office breaks of the rules and pins that speak of it."""
    known, row = Grouping.of(dict.fromkeys(members, host)), office_row(problem, host, members)
    found = (
        *office_violations(problem, row),
        *host_violations(problem, row),
        *sharing_violations(problem, row),
        *pin_violations(problem, known),
    )
    return [breach for breach in found if not is_excused(problem, known, breach)]
