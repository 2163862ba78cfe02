"""The stated variants of a run: each parameter at both ends of its range, other journeys, other limits.

A variant is the scenario with one thing changed. Those that cannot matter are found by `optimizer.questions.variants`:
whoever may be chosen costs the same as without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from geodata.planners import RANGES
from optimizer.problem import Problem
from optimizer.questions.regret import Setting
from scenarios.world.build import World
from scenarios.world.further.settings import TRAVEL_FACTOR, with_figures

FIXED_SUPPLY: Final = 0.25
"""Planners that every municipality employs in the variant with a fixed part, årsverk: half a post at most is then as
common as NIVI 2014:1 found it, as it is without a fixed part."""
MINUTES_MORE: Final = 10.0
"""How much the longest journey allowed is varied, minutes."""


@dataclass(frozen=True, eq=False)
class Variant(Setting):
    """The scenario with something changed: ``limits.max_minutes=65``; of several changes, joined by spaces.

    Parameters
    ----------
    changes
        New values by dotted name of the setting.
    """

    changes: Mapping[str, float | str]


def stated(world: World) -> Iterator[Variant]:
    """Yield the variants of a scenario; what it says already is no variant of it."""
    planners, problem = world.scenario.planners, world.problem
    if planners.supply_fixed_fte == 0:
        fixed = {"supply_fixed_fte": FIXED_SUPPLY, "supply_per_1000": rate_of_equal_sum(world)}
        if fixed["supply_per_1000"] >= 0:
            yield of_planners(world, fixed)
    for name, values in RANGES.items():
        for value in values:
            if value != getattr(planners, name):
                yield of_planners(world, {name: value})
    if planners.trips == "need":
        yield of_planners(world, {"trips": "equal"})
    elif problem.need_fte[problem.active].any():
        yield of_planners(world, {"trips": "need"})
    slower = replace(problem, minutes=np.round(problem.minutes * TRAVEL_FACTOR, 2))
    yield variant({"travel.factor": TRAVEL_FACTOR}, slower)
    most = problem.limits.max_minutes
    for value in (most - MINUTES_MORE, most + MINUTES_MORE):
        if value > 0:
            changed = replace(problem, limits=replace(problem.limits, max_minutes=value))
            yield variant({"limits.max_minutes": value}, changed)


def of_planners(world: World, figures: Mapping[str, float | str]) -> Variant:
    """Return a variant with other settings of ``planners``."""
    changes = {f"planners.{name}": value for name, value in figures.items()}
    return variant(changes, with_figures(world, figures))


def variant(changes: Mapping[str, float | str], problem: Problem) -> Variant:
    """Return a variant under its name."""
    written = (
        f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}" for name, value in changes.items()
    )
    return Variant(" ".join(written), problem, changes)


def rate_of_equal_sum(world: World) -> float:
    """Return planners for each 1000 inhabitants that leave the national sum as it is, beside the fixed part."""
    population = float(world.municipalities["population"].sum())
    fixed = 1000 * FIXED_SUPPLY * len(world.municipalities) / population
    return round(world.scenario.planners.supply_per_1000 - fixed, 4)
