"""What helps each municipality whose office, or that by itself, is short of planners.

Assistance (somebody comes and does it) is a mentor or a trainee; guidance (somebody advises) is what the distance to
the mentor, or the county alone, allows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from types import MappingProxyType
from typing import Final

from optimizer.grouping import Grouping
from optimizer.judging.figures import TOLERANCE
from optimizer.judging.offices import office_row
from optimizer.problem import Problem
from optimizer.questions.measures.mentors import (
    DIGITAL_MINUTES,
    Guidance,
    HelpMatch,
    guidance_at,
    least_minutes,
    mentors,
    reaches_mass,
    short_of_planners,
)

TRAINEE_FTE: Final = 1.0
"""Årsverk that an office needs and has not, for each trainee that it has room for."""


@dataclass(frozen=True)
class HelpForOne:
    """What helps one municipality.

    Parameters
    ----------
    municipality
        Who is short of planners.
    host, members
        Of its office; itself and 1 if it stands alone.
    employed_fte, missing_fte
        Of its office: planners employed, and what it lacks to the critical mass.
    mentor, trainee
        Who gives a mentor, and who has a place for a trainee; ``None`` if nobody does.
    statsforvalter
        Whose district it is in.
    """

    municipality: str
    host: str
    members: int
    employed_fte: float
    missing_fte: float
    mentor: HelpMatch | None
    trainee: HelpMatch | None
    statsforvalter: str

    @property
    def guidance(self) -> Guidance:
        """What guidance it can have."""
        return "county only" if self.mentor is None else guidance_at(self.mentor.minutes)


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
    problem: Problem, grouping: Grouping, *, within: float = DIGITAL_MINUTES, each: int = 2
) -> tuple[HelpForOne, ...]:
    """Return what helps each municipality short of planners; those whom nothing helps first, then in id order.

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
    asking = short_of_planners(problem, grouping, alone_only=False)
    by_mentor = {
        match.municipality: match for match in mentors(problem, grouping, asking, within=within, each=each).matches
    }
    places = trainee_places(problem, grouping)
    by_trainee = {match.municipality: match for match in least_minutes(problem, asking, places, within)}
    found = []
    for id_ in asking:
        host = grouping.host_of[id_]
        row = office_row(problem, host, grouping.offices[host])
        found.append(
            HelpForOne(
                id_,
                host,
                len(row.members),
                row.planner_fte,
                row.missing_fte,
                by_mentor.get(id_),
                by_trainee.get(id_),
                problem.statsforvaltere[problem.index[id_]],
            )
        )
    return tuple(sorted(found, key=lambda one: (one.mentor is not None or one.trainee is not None, one.municipality)))
