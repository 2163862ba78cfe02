"""One part of a problem: what it costs at least with each number of shared offices, worked out when it is asked.

With none everybody stands alone. With one there is nothing to partition: of each host, the members that gain more than
they cost are grown (`optimizer.engines.pricing`), where each gains what it would cost alone. With more the part is a
problem of its own; what it costs with any number is a lower bound for each.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound
from optimizer.engines.assignment import assign
from optimizer.engines.generation import BEAM, MANY_STATES, generate
from optimizer.engines.pricing import Duals, Pricing
from optimizer.grouping import Grouping
from optimizer.problem import Problem, most_of_one
from optimizer.units import UNITS_PER_MINUTE

FORBIDDEN: Final = 2**62
"""Cost units of what cannot be."""
HALF: Final = 0.5
"""Of the time for a question, for column generation; the compact model has the rest."""


class OnePart:
    """One part, and what is known of it by number of shared offices.

    Parameters
    ----------
    problem
        Of the part by itself, without limits on the number of offices.
    workers
        Threads; 0 chooses.

    Attributes
    ----------
    bounds, costs
        No plan with so many shared offices costs less, and what the best known one costs; cost units, `FORBIDDEN` where
        there is none.
    plans
        The best known plan by number of shared offices.
    """

    def __init__(self, problem: Problem, workers: int) -> None:
        self.problem, self.workers = problem, workers
        self.pricing = Pricing(problem)
        self.number = {id_: i for i, id_ in enumerate(self.pricing.finder.ids)}
        self.most_offices = min(len(self.number) // 2, len(self.pricing.hosts))
        self.bounds = [0] * (self.most_offices + 1)
        self.costs = [FORBIDDEN] * (self.most_offices + 1)
        self.plans: dict[int, Grouping] = {}
        self.asked: set[int] = {0}
        self.any_asked = False
        members, costs, _ = self.pricing.finder.singles()
        self.alone = np.full(len(self.number), FORBIDDEN, dtype=np.int64)
        self.alone[members[:, 0]] = costs
        if len(costs) == len(self.number):
            self.take(Grouping.of({id_: id_ for id_ in self.number}))
        self.bounds[0] = self.costs[0]

    def is_known(self, k: int) -> bool:
        """Return whether the best plan with so many shared offices is known, or all was done to find it."""
        return k in self.asked or self.bounds[k] >= self.costs[k]

    def work_out(self, k: int, budget: Budget) -> None:
        """Find the best plan with so many shared offices, or a bound that lifts it.

        Parameters
        ----------
        k
            Shared offices, 1 or more.
        budget
            Time.
        """
        if k == 1:
            self.asked.add(1)
            self.with_one(budget)
        elif not self.any_asked:
            self.any_asked = True
            found = generate(self.problem, budget, workers=self.workers)
            self.learn(found, range(1, self.most_offices + 1))
        else:
            self.asked.add(k)
            self.with_exactly(k, budget)

    def with_exactly(self, k: int, budget: Budget) -> None:
        """Find the best plan with two or more shared offices, or as near as the time allows."""
        problem = replace(self.problem, limits=replace(self.problem.limits, min_offices=k, max_offices=k))
        found = generate(problem, budget.part(HALF * budget.left), workers=self.workers, start=self.plans.get(k))
        self.learn(found, (k,))
        if not found.finished:
            self.learn(assign(problem, budget, workers=self.workers, start=self.plans.get(k)), (k,))

    def learn(self, found: PlanFound, numbers: range | tuple[int, ...]) -> None:
        """Take plan and bound of an engine that was asked for one of these numbers of shared offices."""
        if found.grouping is not None:
            self.take(found.grouping)
        nothing = found.grouping is None and found.finished
        bound = FORBIDDEN if nothing else int(found.bound * UNITS_PER_MINUTE)
        for k in numbers:
            self.bounds[k] = max(self.bounds[k], min(bound, self.costs[k]))
        if found.finished and found.grouping is not None:
            shared = shared_offices(found.grouping)
            self.bounds[shared] = self.costs[shared]

    def take(self, grouping: Grouping) -> None:
        """Keep a legal plan if it is better than what is known."""
        k = shared_offices(grouping)
        cost = sum(self.cost_of(host, members) for host, members in grouping.offices.items())
        if cost < self.costs[k]:
            self.costs[k], self.plans[k] = cost, grouping

    def cost_of(self, host: str, members: tuple[str, ...]) -> int:
        """Return the cost of an office, cost units."""
        if len(members) == 1:
            return int(self.alone[self.number[host]])
        row = [self.number[host], *(self.number[id_] for id_ in members if id_ != host)]
        _, costs, _ = self.pricing.finder.legal(np.array([row], dtype=np.int16), every_host=True)
        return int(costs[0])

    def with_one(self, budget: Budget) -> None:
        """Find the best plan with one shared office: everybody else stands alone."""
        prohibitive = int(most_of_one(self.problem) * len(self.number) * UNITS_PER_MINUTE) + UNITS_PER_MINUTE
        stays = np.minimum(self.alone, prohibitive)
        duals, pricing = Duals(stays), Pricing(self.problem, budget.lasts, self.pricing.known)
        best, office, rest = prohibitive, None, np.inf
        for beam in (BEAM, None):
            for host in pricing.hosts:
                growth = pricing.grow(host, duals, best, beam=beam, most_states=None if beam else MANY_STATES)
                for groups in growth.groups:
                    members, costs, _ = pricing.finder.legal(groups, every_host=True)
                    reduced = costs - stays[members].sum(axis=1)
                    if len(reduced) and reduced.min() < best:
                        best, office = int(reduced.min()), members[reduced.argmin()]
                rest = rest if beam else min(rest, growth.rest)
        total = int(stays.sum()) + min(best, int(rest) if np.isfinite(rest) else best)
        lacking = np.delete(self.alone, [] if office is None else office).max(initial=0) == FORBIDDEN
        if office is not None and not lacking:
            ids = self.pricing.finder.ids
            together = {ids[i] for i in office}
            self.take(Grouping.of({id_: ids[office[0]] if id_ in together else id_ for id_ in ids}))
        self.bounds[1] = FORBIDDEN if total >= prohibitive else max(self.bounds[1], total)


def shared_offices(grouping: Grouping) -> int:
    """Return how many offices have two or more members."""
    return sum(len(members) > 1 for members in grouping.offices.values())
