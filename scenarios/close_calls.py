"""The close calls of a plan: which legal changes of one municipality cost least, nobody else moving."""

from collections.abc import Collection, Iterator
from typing import Final

import numpy as np

from maps.findings import CloseCall, Kind
from optimizer.evaluate import Evaluation, office_row
from optimizer.grouping import Grouping
from optimizer.problem import Problem
from scenarios.moves import Moving

MOVES: Final[tuple[Kind, ...]] = ("join", "alone")
HOSTS: Final[tuple[Kind, ...]] = ("host",)
MOST: Final = 12
"""Close calls told."""
TRIED: Final = 120
"""Changes judged by the whole specification, the seemingly cheapest first."""


def close_calls(
    problem: Problem, grouping: Grouping, evaluation: Evaluation, kinds: Collection[Kind]
) -> tuple[CloseCall, ...]:
    """Return the legal changes that cost least, cheapest first.

    All changes within the longest journey are priced by the offices that they touch; the cheapest of them are judged
    whole. A municipality is named once, with its cheapest change. In a plan that breaks rules already, a change is
    legal if it breaks no more.

    Parameters
    ----------
    problem
        Rules and prices.
    grouping, evaluation
        The plan, and its judgement.
    kinds
        Which kinds of change.
    """
    moving, found = Moving(problem, grouping, evaluation), {}
    priced = sorted(one for one in _priced(problem, grouping, evaluation) if one[2] in kinds)
    for _, id_, kind, host in priced[:TRIED]:
        if id_ in found:
            continue
        instead = moving.with_move(id_, kind, host)
        if not instead.stops:
            found[id_] = CloseCall(id_, instead)
        if len(found) == MOST:
            break
    return tuple(sorted(found.values(), key=lambda call: (round(call.instead.extra, 6), call.id)))


def _priced(problem: Problem, grouping: Grouping, evaluation: Evaluation) -> Iterator[tuple[float, str, Kind, str]]:
    """Yield what each change would cost more, as far as the offices touched tell it."""
    costs = {row.host: row.minutes_equivalents for row in evaluation.offices}
    hosting = {host for host in grouping.offices if _may_host(problem, host)}
    for id_, own in grouping:
        i = problem.index[id_]
        left = tuple(member for member in grouping.offices[own] if member != id_)
        heirs = [own] if own != id_ else [member for member in left if len(left) == 1 or _may_host(problem, member)]
        rest = min((_cost(problem, heir, left) for heir in heirs), default=0.0 if not left else np.inf)
        if left:
            yield rest + _cost(problem, id_, (id_,)) - costs[own], id_, "alone", id_
        if left and own != id_ and _may_host(problem, id_):
            yield _cost(problem, id_, grouping.offices[own]) - costs[own], id_, "host", id_
        for host in hosting - {own}:
            if problem.minutes[i, problem.index[host]] <= problem.limits.max_minutes and _touches(
                problem, i, grouping, host
            ):
                joined = tuple(sorted((*grouping.offices[host], id_)))
                yield rest + _cost(problem, host, joined) - costs[own] - costs[host], id_, "join", host


def _touches(problem: Problem, i: int, grouping: Grouping, host: str) -> bool:
    """Return whether a municipality is a neighbour of an office, where that is asked for."""
    if problem.limits.contiguity != "hard":
        return True
    return bool(problem.links[i, [problem.index[member] for member in grouping.offices[host]]].any())


def _cost(problem: Problem, host: str, members: tuple[str, ...]) -> float:
    return office_row(problem, host, members).minutes_equivalents if members else 0.0


def _may_host(problem: Problem, host: str) -> bool:
    return bool(problem.may_host[problem.index[host]]) and host not in problem.pins.may_not_host
