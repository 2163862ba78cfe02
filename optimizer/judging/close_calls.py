"""The close calls of a plan: which legal changes of one municipality cost least, nobody else moving."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import breaches_of_office
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.hosting import SAME, other_hosts
from optimizer.judging.moves import Kind, Moving, Possibility, may_host
from optimizer.judging.offices import office_row
from optimizer.problem import Problem


@dataclass(frozen=True)
class NearHost:
    """A member at which an office would be as good, or nearly.

    Parameters
    ----------
    host
        Its number.
    minutes
        What the office costs more there for each journey to it, minutes-equivalents; negative if less.
    """

    host: str
    minutes: float


LEADING: Final = 12
"""Close calls told of the whole plan."""


@dataclass(frozen=True)
class CloseCall:
    """A small change that costs little.

    Parameters
    ----------
    id
        Who would move.
    instead
        What it would do.
    """

    id: str
    instead: Possibility


MOVES: Final[tuple[Kind, ...]] = ("join", "alone")
HOSTS: Final[tuple[Kind, ...]] = ("host",)
NEAR: Final = 1.0
"""Minutes a journey below which another host is nearly as good."""
IN_COUNTY: Final = 6
"""Close calls told of each county's municipalities."""


def close_calls(
    problem: Problem, grouping: Grouping, evaluation: Evaluation, kinds: Collection[Kind]
) -> tuple[CloseCall, ...]:
    """Return the legal changes that cost least, cheapest first: of the whole plan, and of each county.

    All changes within the longest journey are priced by the offices that they touch, which is never more than they
    cost. In this order they are judged whole, except where enough cheaper ones are known already. A municipality is
    named once, with its cheapest change. In a plan that breaks rules already, a change is legal if it breaks no more.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping, evaluation
        The plan, and its judgement.
    kinds
        Which kinds of change.

    Returns
    -------
    tuple of CloseCall
        The `LEADING` cheapest of all first; after them those that are among the `IN_COUNTY` cheapest of the
        municipalities of a county only.
    """
    moving = Moving(problem, grouping, evaluation)
    found: dict[str, CloseCall] = {}
    county_of = dict(zip(problem.ids, problem.counties, strict=True))

    def enough(price: float, id_: str) -> bool:
        inside = [call for call in found.values() if county_of[call.id] == county_of[id_]]
        return _known(found.values(), LEADING, price) and _known(inside, IN_COUNTY, price)

    for price, id_, kind, host in sorted(one for one in _priced(problem, grouping, evaluation) if one[2] in kinds):
        if enough(price, id_) or (kind == "join" and _new_breach(problem, grouping, id_, host)):
            continue
        instead = moving.with_move(id_, kind, host)
        if not instead.stops and (id_ not in found or instead.extra < found[id_].instead.extra - SAME):
            found[id_] = CloseCall(id_, instead)
    ordered = sorted(found.values(), key=lambda call: (round(call.instead.extra, 6), call.id))
    further = [
        call
        for county in dict.fromkeys(county_of.values())
        for call in [one for one in ordered if county_of[one.id] == county][:IN_COUNTY]
        if call not in ordered[:LEADING]
    ]
    return (*ordered[:LEADING], *sorted(further, key=ordered.index))


def near_hosts(problem: Problem, evaluation: Evaluation) -> dict[str, tuple[NearHost, ...]]:
    """Return who else could host each shared office, nobody moving, for less than `NEAR` minutes more a journey.

    Parameters
    ----------
    problem
        Rules and prices.
    evaluation
        Of the plan.
    """
    found = {}
    for row in evaluation.shared:
        journeys = len(row.members) - 1
        near = [NearHost(one.host, one.extra / journeys) for one in other_hosts(problem, row.host, row.members)]
        found[row.host] = tuple(one for one in near if one.minutes < NEAR)
    return found


def _known(calls: Collection[CloseCall], most: int, price: float) -> bool:
    """Return whether so many are known that one of this price cannot be among the cheapest."""
    extras = sorted(call.instead.extra for call in calls)
    return len(extras) >= most and price > extras[most - 1] + SAME


def _priced(problem: Problem, grouping: Grouping, evaluation: Evaluation) -> Iterator[tuple[float, str, Kind, str]]:
    """Yield what each change would cost more, as far as the offices touched tell it."""
    costs = {row.host: row.minutes_equivalents for row in evaluation.offices}
    hosting = {host for host in grouping.offices if may_host(problem, host)}
    for id_, own in grouping:
        i = problem.index[id_]
        left = tuple(member for member in grouping.offices[own] if member != id_)
        heirs = [own] if own != id_ else [member for member in left if len(left) == 1 or may_host(problem, member)]
        rest = min((_cost(problem, heir, left) for heir in heirs), default=0.0 if not left else np.inf)
        if left:
            yield rest + _cost(problem, id_, (id_,)) - costs[own], id_, "alone", id_
        if left and own != id_ and may_host(problem, id_):
            yield _cost(problem, id_, grouping.offices[own]) - costs[own], id_, "host", id_
        for host in hosting - {own}:
            if problem.minutes[i, problem.index[host]] <= problem.limits.max_minutes and _touches(
                problem, i, grouping, host
            ):
                joined = tuple(sorted((*grouping.offices[host], id_)))
                yield rest + _cost(problem, host, joined) - costs[own] - costs[host], id_, "join", host


def _new_breach(problem: Problem, grouping: Grouping, id_: str, host: str) -> bool:
    """Return whether an office breaks a rule more with one member more, and nothing excuses it."""
    if problem.pins.held or problem.decided_hosts:
        return False
    before = {(one.rule, one.ids) for one in breaches_of_office(problem, host, grouping.offices[host])}
    joined = breaches_of_office(problem, host, tuple(sorted((*grouping.offices[host], id_))))
    return any((one.rule, one.ids) not in before for one in joined)


def _touches(problem: Problem, i: int, grouping: Grouping, host: str) -> bool:
    """Return whether a municipality is a neighbour of an office, where that is asked for."""
    if problem.limits.contiguity != "hard":
        return True
    return bool(problem.links[i, [problem.index[member] for member in grouping.offices[host]]].any())


def _cost(problem: Problem, host: str, members: tuple[str, ...]) -> float:
    return office_row(problem, host, members).minutes_equivalents if members else 0.0
