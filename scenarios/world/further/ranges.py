"""Between what the figures of a world plausibly lie, from the held-out journeys and the range of the rate."""

from functools import lru_cache
from typing import Any

import numpy as np

from geodata import accuracy
from geodata.schema import PLANNER_RANGE
from optimizer.grouping import Grouping
from optimizer.judging import alone
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.ranges import Ranges, borderline
from scenarios.world.build import World


@lru_cache(maxsize=1)  # what is kept for the ranges of a run is found again
def of(world: World) -> Ranges:
    """Return the ranges; journeys from a table of the user's own have none."""
    table = world.municipalities.loc[list(world.problem.ids)]
    low, high = (table[name].to_numpy(dtype=np.float64, copy=True) for name in PLANNER_RANGE)
    journey = (1.0, 1.0) if world.travel.own else accuracy.journey_range(1.0)
    return Ranges(low, high, *journey)


def document(world: World, grouping: Grouping, evaluation: Evaluation) -> dict[str, Any]:
    """Return the ranges of a plan as plain data: factors of every journey, planners of each office, what is borderline.

    Parameters
    ----------
    world
        What was asked.
    grouping, evaluation
        The plan, and its judgement.
    """
    ranges, problem = of(world), world.problem
    found = borderline(problem, ranges, evaluation)
    planners = {office.host: ranges.planners(problem, office.members) for office in evaluation.offices}
    return {
        "journey_factors": {"low": ranges.journey_low, "high": ranges.journey_high},
        "planner_fte": {host: {"low": low, "high": high} for host, (low, high) in planners.items()},
        "borderline": {
            "journeys": list(found.journeys),
            "offices": list(found.offices),
            # Who would share an office if one journey, just above the limit, were as short as it may be.
            "alone": {
                id_: {"host": option.host, "minutes": option.minutes, "extra": option.extra}
                for id_, option in alone.nearly(problem, grouping, ranges).items()
            },
        },
    }
