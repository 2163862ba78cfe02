"""From what a run sets to its problem: only what differs from the scenario is prepared again, and goes to a worker."""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

import numpy as np

from geodata.editions import OWN
from optimizer.problem import Problem
from scenarios.question.errors import ScenarioError
from scenarios.question.load import validated
from scenarios.question.schema import Scenario
from scenarios.sweep.asked import Settings, Sweep, laid
from scenarios.world.build import World, build

KEPT: Final = 16
"""Worlds with other roads or journeys that are kept, because other runs may ask the same of them."""

Changes = dict[str, Any]
"""Fields of a problem that are not those of the scenario."""


class Preparation:
    """Makes the problem of each run.

    Parameters
    ----------
    sweep
        What is asked.

    Raises
    ------
    ScenarioError
        If the scenario itself cannot be asked.
    """

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        scenario = self.scenario({})
        self.base = build(scenario)
        self.worlds = OrderedDict({ways_of(scenario): self.base})

    def scenario(self, settings: Settings) -> Scenario:
        """Return the scenario of a run.

        Raises
        ------
        ScenarioError
            If its settings contradict each other.
        """
        scenario, faults = validated(laid(self.sweep.base, settings, self.sweep.paths))
        if scenario is None or faults:
            raise ScenarioError(faults)
        return scenario

    def world(self, settings: Settings) -> World:
        """Return the world of a run.

        Raises
        ------
        ScenarioError
            If what it asks cannot be asked.
        """
        scenario = self.scenario(settings)
        known = None if scenario.edition == OWN else self.worlds.get(ways_of(scenario))
        world = build(scenario, like=known)
        self.worlds[ways_of(scenario)] = world
        self.worlds.move_to_end(ways_of(scenario))
        if len(self.worlds) > KEPT:
            self.worlds.popitem(last=False)
        return world

    def changes(self, problem: Problem) -> Changes:
        """Return what a worker that knows the scenario's problem must be told of another."""
        return {
            item.name: value
            for item in fields(Problem)
            if not same(value := getattr(problem, item.name), getattr(self.base.problem, item.name))
        }


def ways_of(scenario: Scenario) -> str:
    """Return all that roads, neighbours and minutes depend on, as one text."""
    parts = scenario.model_dump(mode="json", include={"edition", "data", "select", "travel"})
    return json.dumps(parts, sort_keys=True)


def same(one: Any, other: Any) -> bool:
    """Return whether two fields of problems say the same; of what cannot be compared, whether they are one."""
    if isinstance(one, np.ndarray):
        return one is other or np.array_equal(one, other)
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)
