"""What helps each municipality whose office, or that by itself, is short of planners.

Assistance (somebody comes and does it) is a mentor or a trainee; guidance (somebody advises) is what the distance to
the mentor, or the county alone, allows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import floor, isfinite
from types import MappingProxyType
from typing import Final

from optimizer.grouping import Grouping
from optimizer.judging.figures import TOLERANCE
from optimizer.judging.offices import office_row
from optimizer.problem import Problem, ProblemError
from optimizer.questions.measures.mentors import (
    least_minutes,
    limit_faults,
    possible_mentors,
    reaches_mass,
    short_of_planners,
)
from optimizer.staffing.help import DIGITAL_MINUTES, EACH, EDGE_FTE, HelpForOne, HelpMatch

TRAINEE_FTE: Final = 1.0
"""Årsverk that an office needs and has not, for each trainee that it has room for."""


def trainee_places(problem: Problem, grouping: Grouping) -> Mapping[str, int]:
    """Return how many trainees each office has room for, by host: those with the critical mass and work for more.

    Parameters
    ----------
    problem
        Planners employed and needed.
    grouping
        The plan.
    """
    found = {}
    for host, members in grouping.offices.items():
        room = floor(office_row(problem, host, members).unmet_need_fte / TRAINEE_FTE + TOLERANCE)
        if room and reaches_mass(problem, members):
            found[host] = room
    return MappingProxyType(found)


def help_for_all(
    problem: Problem, grouping: Grouping, *, within: float = DIGITAL_MINUTES, each: int = EACH
) -> tuple[HelpForOne, ...]:
    """Return what helps each municipality short of planners; those whom nothing helps first, then in id order.

    To members of a shared office that lacks no more than `EDGE_FTE` nobody is sent.

    Parameters
    ----------
    problem
        Minutes and planners.
    grouping
        The plan.
    within
        Minutes between a municipality and who helps it at most, one way.
    each
        Municipalities that one mentor has at most.

    Raises
    ------
    ProblemError
        If a mentor may have nobody, or minutes are negative.
    """
    if faults := limit_faults(within, each):
        raise ProblemError([f"{name} {found}; {expected}" for name, found, expected in faults])
    giving = possible_mentors(problem, grouping)
    by_mentor = alone_first(problem, grouping, dict.fromkeys(giving, each), within)
    by_trainee = alone_first(problem, grouping, trainee_places(problem, grouping), within)
    found = []
    for id_ in short_of_planners(problem, grouping, alone_only=False):
        host = grouping.host_of[id_]
        row = office_row(problem, host, grouping.offices[host])
        found.append(
            HelpForOne(
                municipality=id_,
                host=host,
                members=len(row.members),
                employed_fte=row.planner_fte,
                missing_fte=row.missing_fte,
                mentor=by_mentor.get(id_),
                trainee=by_trainee.get(id_),
                nearest=nearest_of(problem, id_, giving),
                statsforvalter=problem.statsforvaltere[problem.index[id_]],
            )
        )
    return tuple(sorted(found, key=lambda one: (not one.is_unserved, one.mentor is not None, one.municipality)))


def alone_first(problem: Problem, grouping: Grouping, room: Mapping[str, int], within: float) -> dict[str, HelpMatch]:
    """Return who helps whom: first those who stand alone, then, with what room is left, members of short offices.

    Each time the most municipalities are served, and of such plans one with the least minutes is taken.

    Parameters
    ----------
    problem
        Minutes and planners.
    grouping
        The plan.
    room
        How many each helper can help.
    within
        Minutes between them at most, one way.
    """
    short = [id_ for id_ in short_of_planners(problem, grouping, alone_only=False) if counts(problem, grouping, id_)]
    alone = [id_ for id_ in short if len(grouping.offices[grouping.host_of[id_]]) == 1]
    others = [id_ for id_ in short if id_ not in alone]
    first = least_minutes(problem, alone, room, within)
    taken = Counter(match.helper for match in first)
    left = {helper: most - taken[helper] for helper, most in room.items() if most > taken[helper]}
    return {match.municipality: match for match in (*first, *least_minutes(problem, others, left, within))}


def counts(problem: Problem, grouping: Grouping, id_: str) -> bool:
    """Return whether a municipality stands alone, or its office lacks more than an estimate can tell."""
    host = grouping.host_of[id_]
    return (
        len(grouping.offices[host]) == 1
        or office_row(problem, host, grouping.offices[host]).missing_fte > EDGE_FTE + TOLERANCE
    )


def nearest_of(problem: Problem, id_: str, helpers: Sequence[str]) -> HelpMatch | None:
    """Return the nearest of several who can be reached, the first of those as near; ``None`` if nobody can."""
    row = problem.minutes[problem.index[id_]]
    found = [HelpMatch(id_, helper, float(row[problem.index[helper]])) for helper in helpers if helper != id_]
    nearest = min(found, key=lambda match: match.minutes, default=None)
    return nearest if nearest is not None and isfinite(nearest.minutes) else None
