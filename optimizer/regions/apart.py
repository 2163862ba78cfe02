"""Parts that can share no office with one another, under a limit on the number of shared offices of all together.

Such a limit is what makes large offices hard for column generation: a few of them hold everybody, and the relaxation
over them is degenerate. But where no office may hold members of two parts (counties whose lines are hard, islands), the
limit is all that ties the parts together. With f(c, k) the least cost of part c with k shared offices,

    minimise    sum over c of f(c, k(c))     subject to     least <= sum over c of k(c) <= most

is a small dynamic programme over the parts. Few of the f are needed: it is solved with lower bounds in their place,
those that it has chosen are worked out (`optimizer.regions.one_part`), and so on, until it chooses only what is known.
Then what it has chosen is the best plan; stopped before, its value is a lower bound.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound
from optimizer.engines.candidates import scores
from optimizer.grouping import Grouping
from optimizer.pins import Pins
from optimizer.problem import Problem
from optimizer.regions.one_part import FORBIDDEN, OnePart
from optimizer.regions.region import Places
from optimizer.units import UNITS_PER_MINUTE

TEXTS: Final = ("ids", "names", "counties", "statsforvaltere")
ARRAYS: Final = ("planner_fte", "need_fte", "fixed_need_fte", "trips", "takes_part", "may_host")
STAGE: Final = "part by part"
SHARE: Final = 0.25
"""Of the time left, for one question about one part."""


def parts_of(problem: Problem) -> list[Places]:
    """Return positions of the active municipalities in parts of whom nobody can share an office with another part.

    Those who can share with nobody are one part together, the last.
    """
    pairs = scores(problem)
    hosted = sparse.csr_array(pairs.allowed.astype(np.int32))
    same_host = (hosted @ hosted.T).toarray() > 0
    blocks = sparse.csr_array(pairs.blocks.astype(np.int32))
    together = (blocks.T @ blocks).toarray() > 0
    many, number = connected_components((pairs.adjacent & same_host) | together, directed=False)
    sizes = np.bincount(number, minlength=many)
    found = [pairs.active[number == part] for part in np.flatnonzero(sizes > 1)]
    lonely = pairs.active[sizes[number] == 1]
    return [*found, lonely] if len(lonely) else found


def is_in_parts(problem: Problem) -> bool:
    """Return whether the number of shared offices is limited and is all that ties several parts together."""
    limits = problem.limits
    limited = limits.min_offices is not None or limits.max_offices is not None
    return limited and not problem.pins.held and not problem.kroner_asked and len(parts_of(problem)) > 1


def part_problem(problem: Problem, places: Places) -> Problem:
    """Return the problem of one part by itself, without a limit on the number of offices.

    Who does not take part in the whole is there too: with ``contiguity = "through"`` it may be crossed.

    Parameters
    ----------
    problem
        The problem of all, which asks nothing of kroner.
    places
        Positions of the part.
    """
    where = np.union1d(places, np.flatnonzero(~problem.active))
    ids = {problem.ids[i] for i in where}
    square = np.ix_(where, where)
    arrays: dict[str, Any] = {name: getattr(problem, name)[where] for name in ARRAYS}
    texts: dict[str, Any] = {name: tuple(getattr(problem, name)[i] for i in where) for name in TEXTS}
    return replace(
        problem,
        **arrays,
        **texts,
        minutes=problem.minutes[square],
        links=problem.links[square],
        pins=part_pins(problem.pins, ids),
        decided=frozenset(problem.decided_hosts & ids),
        limits=replace(problem.limits, min_offices=None, max_offices=None),
        money=None,
        sharing=None,
        asked=None,
    )


def part_pins(pins: Pins, ids: set[str]) -> Pins:
    """Return the pins that speak of a part; each speaks of one part only, but for those who are to be apart."""
    return Pins(
        together=tuple(pin for pin in pins.together if pin & ids),
        apart=tuple(frozenset(pin & ids) for pin in pins.apart if len(pin & ids) > 1),
        fixed={id_: host for id_, host in pins.fixed.items() if id_ in ids},
        must_host=pins.must_host & ids,
        may_not_host=pins.may_not_host & ids,
        leave_out=pins.leave_out & ids,
    )


def solve_apart(problem: Problem, budget: Budget, *, workers: int = 0) -> PlanFound:
    """Return the best plan of a problem in parts, or a plan and a bound if the time is too short.

    Parameters
    ----------
    problem
        One of which `is_in_parts` is true.
    budget
        Time.
    workers
        Threads; 0 chooses.
    """
    parts = [OnePart(part_problem(problem, places), workers) for places in parts_of(problem)]
    solve = ApartSolve(parts, problem.limits.min_offices or 0, problem.limits.max_offices, budget)
    return solve.run()


class ApartSolve:
    """A running solve of parts.

    Parameters
    ----------
    parts
        They know what they cost with each number of shared offices.
    least, most
        Shared offices of all together; ``None``: as many as there can be.
    budget
        Time.
    """

    def __init__(self, parts: Sequence[OnePart], least: int, most: int | None, budget: Budget) -> None:
        self.parts, self.least, self.budget = parts, least, budget
        self.most = sum(part.most_offices for part in parts) if most is None else most

    def run(self) -> PlanFound:
        """Work out what the best choice needs, until it needs nothing more or the time ends."""
        while True:
            bound, numbers = self.chosen([part.bounds for part in self.parts])
            open_ = [(part, k) for part, k in zip(self.parts, numbers, strict=True) if not part.is_known(k)]
            if not open_ or not self.budget.lasts():
                return self.found(bound)
            part, k = min(open_, key=lambda one: (one[1] > 1, -len(one[0].problem.ids)))
            self.tell(bound, f"{len(open_)} of {len(self.parts)} parts are open")
            part.work_out(k, self.budget.part(SHARE * self.budget.left).silent())

    def tell(self, bound: int, note: str) -> None:
        """Report where the solve stands."""
        best, _ = self.chosen([part.costs for part in self.parts])
        objective = best / UNITS_PER_MINUTE if best < FORBIDDEN else None
        self.budget.tell(STAGE, note, objective=objective, bound=min(bound, best) / UNITS_PER_MINUTE)

    def found(self, bound: int) -> PlanFound:
        """Return the best plan out of the known ones."""
        cost, numbers = self.chosen([part.costs for part in self.parts])
        if cost >= FORBIDDEN:
            return PlanFound(None, min(bound, FORBIDDEN) / UNITS_PER_MINUTE, finished=bound >= FORBIDDEN, cost=0)
        plans = [part.plans[k] for part, k in zip(self.parts, numbers, strict=True)]
        grouping = Grouping.of({id_: host for plan in plans for id_, host in plan})
        return PlanFound(grouping, min(bound, cost) / UNITS_PER_MINUTE, finished=bound >= cost, cost=cost)

    def chosen(self, figures: Sequence[Sequence[int]]) -> tuple[int, list[int]]:
        """Return the least sum within the limits, and how many shared offices each part has in it.

        Parameters
        ----------
        figures
            Of each part by number of shared offices, cost units; `FORBIDDEN` where there is none.
        """
        best: dict[int, tuple[int, list[int]]] = {0: (0, [])}
        for of_part in figures:
            further: dict[int, tuple[int, list[int]]] = {}
            for so_far, (cost, numbers) in best.items():
                for k, figure in enumerate(of_part[: self.most - so_far + 1]):
                    total = min(cost + figure, FORBIDDEN)
                    if so_far + k not in further or total < further[so_far + k][0]:
                        further[so_far + k] = total, [*numbers, k]
            best = further
        within = [choice for number, choice in best.items() if number >= self.least]
        return min(within, key=lambda choice: choice[0], default=(FORBIDDEN, [0] * len(figures)))
