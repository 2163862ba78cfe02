"""Empty desks before and after sharing, and where the share of vacant posts comes from.

Nobody at work, and fewer than two, follow the binomial distribution (`optimizer.judging.departures.staffing`), which
holds if posts fall vacant and are filled independently of each other. A simulation of people who leave and are replaced
checks that.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.departures import Rounding, Staffing, staffing
from optimizer.problem import Bools, Floats, Problem

SIMULATED_YEARS: Final = 50_000
STEPS_A_YEAR: Final = 4
SEED: Final = 1


@dataclass(frozen=True)
class VacancyChange:
    """Empty desks of a municipality by itself, and in its office.

    Parameters
    ----------
    alone, shared
        The chances; the same for a municipality that stands alone.
    """

    alone: Staffing
    shared: Staffing

    @property
    def filled_alone_fte(self) -> float:
        """Årsverk at work by itself, as a mean."""
        return self.alone.planner_fte * (1 - self.alone.vacancy_share)

    @property
    def filled_shared_fte(self) -> float:
        """Årsverk at work in its office, as a mean."""
        return self.shared.planner_fte * (1 - self.shared.vacancy_share)


def vacancy_from_turnover(leaving_rate: float, years_to_fill: float) -> float:
    """Return the share of time that a post is vacant: ``l t / (1 + l t)``.

    Parameters
    ----------
    leaving_rate
        Part of those at work who leave in a year.
    years_to_fill
        From one leaving to the next one starting.
    """
    vacant = leaving_rate * years_to_fill
    return vacant / (1 + vacant)


def vacancy_changes(
    problem: Problem, grouping: Grouping, vacancy_share: float, rounding: Rounding = "up"
) -> dict[str, VacancyChange]:
    """Return the chances of empty desks of each municipality before and after.

    Parameters
    ----------
    problem
        Planners.
    grouping
        The plan.
    vacancy_share
        Chance that a post is vacant.
    rounding
        How årsverk become posts.
    """
    employed = {id_: float(problem.planner_fte[problem.index[id_]]) for id_ in grouping.host_of}
    changes = {}
    for members in grouping.offices.values():
        shared = staffing(math.fsum(employed[id_] for id_ in members), vacancy_share, rounding)
        for id_ in members:
            changes[id_] = VacancyChange(staffing(employed[id_], vacancy_share, rounding), shared)
    return changes


def simulated(
    posts: int, leaving_rate: float, years_to_fill: float, *, years: int = SIMULATED_YEARS, seed: int = SEED
) -> tuple[float, float]:
    """Return how often nobody, and fewer than two, are at work if people leave and are replaced at random.

    Parameters
    ----------
    posts
        How many.
    leaving_rate, years_to_fill
        As in `vacancy_from_turnover`; how long a person stays and how long a post is vacant vary exponentially.
    years
        How long it is watched.
    seed
        Of the random numbers.
    """
    random = np.random.default_rng(seed)
    moments = np.arange(0, years, 1 / STEPS_A_YEAR) + 10 / leaving_rate
    at_work = np.zeros(len(moments), dtype=np.int64)
    for _ in range(posts):
        at_work += is_filled(random, moments, 1 / leaving_rate, years_to_fill)
    return float((at_work == 0).mean()), float((at_work < 2).mean())


def is_filled(random: np.random.Generator, moments: Floats, stay: float, vacant: float) -> Bools:
    """Return whether one post is filled at each moment; mean years that a person stays, and that it is vacant."""
    rounds = int(1.2 * moments[-1] / (stay + vacant)) + 100
    spells = np.column_stack((random.exponential(stay, rounds), random.exponential(vacant, rounds)))
    ends = spells.ravel().cumsum()
    return np.asarray(np.searchsorted(ends, moments) % 2 == 0)
