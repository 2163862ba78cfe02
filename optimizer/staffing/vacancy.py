"""Empty desks before and after sharing, and where the share of vacant posts comes from.

Nobody at work, and fewer than two, follow the binomial distribution (`optimizer.judging.departures.staffing`), which
holds if posts fall vacant and are filled independently of each other. A simulation of people who leave and are replaced
checks that, with part posts as they are told; ``plankontor robustness`` tells both.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Final

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.departures import Rounding, Staffing, staffing
from optimizer.problem import Bools, Floats, Problem

SIMULATED_YEARS: Final = 50_000
CHECKED_YEARS: Final = 2_000
"""Of each office, where many are simulated."""
LEAVING_RATE: Final = 0.2
"""Part of those at work who leave in a year, where only the share of vacant posts is known: it decides how long each
stays, not how often a post is vacant."""
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
    whole: int, part: float, turnover: tuple[float, float], *, years: int = SIMULATED_YEARS, seed: int = SEED
) -> tuple[float, float]:
    """Return how often nobody, and fewer than two, are at work if people leave and are replaced at random.

    Parameters
    ----------
    whole, part
        Whole posts, and the share of a part post, whose holder is at work that part of the time; 0 for none.
    turnover
        Leaving rate and years to fill, as in `vacancy_from_turnover`; how long a person stays and how long a post is
        vacant vary exponentially.
    years
        How long it is watched.
    seed
        Of the random numbers.
    """
    leaving_rate, years_to_fill = turnover
    random = np.random.default_rng(seed)
    moments = np.arange(0, years, 1 / STEPS_A_YEAR) + 10 / leaving_rate
    at_work = np.zeros(len(moments), dtype=np.int64)
    for _ in range(whole):
        at_work += is_filled(random, moments, 1 / leaving_rate, years_to_fill)
    if part:
        here = random.random(len(moments)) < part
        at_work += is_filled(random, moments, 1 / leaving_rate, years_to_fill) & here
    return float((at_work == 0).mean()), float((at_work < 2).mean())


@dataclass(frozen=True)
class Simulation:
    """The exact chances of some offices beside those of a simulation, as means over the offices.

    Parameters
    ----------
    seed, years
        Of the random numbers, and how long each office is watched.
    nobody, fewer_than_two
        The exact chance, and the part of the simulated time.
    """

    seed: int
    years: int
    nobody: tuple[float, float]
    fewer_than_two: tuple[float, float]


def simulation_of(found: Sequence[Staffing], *, years: int = CHECKED_YEARS, seed: int = SEED) -> Simulation | None:
    """Return the chances of some offices beside those of a simulation; ``None`` where there is nothing to draw.

    Parameters
    ----------
    found
        The chances, all with the same share of vacant posts.
    years
        How long each is watched.
    seed
        Of the first; each has the next one.
    """
    share = found[0].vacancy_share if found else 0.0
    if not 0 < share < 1:
        return None
    to_fill = share / (1 - share) / LEAVING_RATE
    drawn = [
        simulated(one.posts, one.part, (LEAVING_RATE, to_fill), years=years, seed=seed + k)
        for k, one in enumerate(found)
    ]
    return Simulation(
        seed,
        years,
        (mean(one.nobody for one in found), mean(nobody for nobody, _ in drawn)),
        (mean(one.fewer_than_two for one in found), mean(fewer for _, fewer in drawn)),
    )


def is_filled(random: np.random.Generator, moments: Floats, stay: float, vacant: float) -> Bools:
    """Return whether one post is filled at each moment; mean years that a person stays, and that it is vacant."""
    rounds = int(1.2 * moments[-1] / (stay + vacant)) + 100
    spells = np.column_stack((random.exponential(stay, rounds), random.exponential(vacant, rounds)))
    ends = spells.ravel().cumsum()
    return np.asarray(np.searchsorted(ends, moments) % 2 == 0)
