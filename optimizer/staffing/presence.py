"""Planners who come to each town hall on fixed days: hours on the road, and what is left of the capacity."""

import math
from dataclasses import dataclass
from typing import Final

from optimizer.judging.figures import times
from optimizer.money import MINUTES_PER_HOUR, THERE_AND_BACK
from optimizer.problem import Problem

WEEKS: Final = 40
"""Weeks of a year in which there are such days."""


def road_fte_per_minute(days_a_week: float, year_hours: float) -> float:
    """Return the årsverk a year on the road for each minute to a town hall, one way.

    Parameters
    ----------
    days_a_week
        Journeys there and back, in `WEEKS` weeks of the year.
    year_hours
        Hours at work in an årsverk.
    """
    return THERE_AND_BACK * WEEKS * days_a_week / MINUTES_PER_HOUR / year_hours


@dataclass(frozen=True)
class OfficePresence:
    """What days at each town hall cost an office; a year.

    Parameters
    ----------
    host
        Of the office.
    hours
        On the road, by member; the host has 0.
    employed_fte
        Planners, årsverk.
    lost_fte
        Årsverk on the road.
    """

    host: str
    hours: dict[str, float]
    employed_fte: float
    lost_fte: float

    @property
    def net_fte(self) -> float:
        """Årsverk that are left for planning; not below 0."""
        return max(0.0, self.employed_fte - self.lost_fte)

    @property
    def lost_share(self) -> float:
        """Part of the årsverk that is on the road, at most 1; 0 where nobody is employed."""
        return min(1.0, self.lost_fte / self.employed_fte) if self.employed_fte else 0.0


def presence(
    problem: Problem, host: str, members: tuple[str, ...], days_a_week: float, year_hours: float = 1_695.0
) -> OfficePresence:
    """Return what it costs that a planner is at each member's town hall so many days a week.

    Parameters
    ----------
    problem
        Minutes and planners.
    host, members
        Of the office.
    days_a_week
        Journeys there and back for each member, in `WEEKS` weeks of the year.
    year_hours
        Hours at work in an årsverk.
    """
    visits = THERE_AND_BACK * WEEKS * days_a_week
    h = problem.index[host]
    hours = {i: times(visits, float(problem.minutes[problem.index[i], h])) / MINUTES_PER_HOUR for i in members}
    employed_fte = math.fsum(problem.planner_fte[problem.index[i]] for i in members)
    return OfficePresence(host, hours, employed_fte, math.fsum(hours.values()) / year_hours)
