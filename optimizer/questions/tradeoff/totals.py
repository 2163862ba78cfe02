"""What plans cost at least by the total of a small whole figure, such as lines that are crossed: a whole front at once.

From the diagram of all plans (`optimizer.questions.diagram`), in two passes: for every state, what it costs to come
there, and on to the end, with each total so far. Only totals up to that of a cheapest plan are told apart, as no point
of the front has more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.questions.diagram import NEVER, Diagram, diagram_of
from optimizer.questions.pool import Found, side_row, with_limit
from optimizer.questions.variants import first_of_best

MOST_CELLS: Final = 5_000_000
"""Costs by state and total: 40 MB for each pass."""


class Openings(NamedTuple):
    """Arcs, each for every office (host) that it may open; all add the same to the total.

    Parameters
    ----------
    sources, targets
        States (a,).
    rows
        Offices (a,).
    added
        What each adds to the total.
    """

    sources: Integers
    targets: Integers
    rows: Integers
    added: int


@dataclass(frozen=True, eq=False)
class Totals:
    """The least costs by total.

    Parameters
    ----------
    pool
        Offices at every host (k,), with the figure as a side row.
    name
        Of the side row.
    places
        What may be opened at each place of the order.
    begun, ended
        The least cost from the start to each state, and from there to the end, with each total (states, totals).
    """

    pool: CandidatePool
    name: str
    places: list[list[Openings]]
    begun: Integers
    ended: Integers

    @classmethod
    def of(cls, pool: CandidatePool, name: str, budget: Budget) -> "Totals | None":
        """Return them, ``None`` where there are too many plans or totals, more limits, or no time."""
        free = replace(pool, sides=())
        diagram = diagram_of(free) if pool.complete and len(pool.sides) == 1 and budget.lasts() else None
        cheapest = None if diagram is None else first_of_best(pool, diagram.least(), budget)
        if diagram is None or cheapest is None:
            return None
        width = int(side_row(cheapest, name).values.sum()) + 1
        if width * diagram.states > MOST_CELLS:
            return None
        places = list(openings(diagram, side_row(pool, name).values, width))
        begun, ended = np.full((2, diagram.states, width), NEVER, dtype=np.int64)
        begun[0, 0] = ended[-1, 0] = 0
        for place in places:
            for sources, targets, rows, added in place:
                ways = begun[sources, : width - added] + pool.costs[rows, None]
                np.minimum.at(begun[:, added:], targets, np.minimum(ways, NEVER))
        for place in reversed(places):
            for sources, targets, rows, added in place:
                ways = ended[targets, : width - added] + pool.costs[rows, None]
                np.minimum.at(ended[:, added:], sources, np.minimum(ways, NEVER))
        return cls(pool, name, places, begun, ended)

    @property
    def points(self) -> dict[tuple[int, int], CandidatePool]:
        """Every total with what plans of it cost at least; no plans."""
        return {(second, cost): self.pool for second, cost in enumerate(self.begun[-1].tolist()) if cost < NEVER}

    def under(self, ceiling: int | None, budget: Budget) -> Found:
        """Return the best plan of at most this total, of equals the one with the least."""
        costs = self.begun[-1, : None if ceiling is None else ceiling + 1]
        second = int(costs.argmin()) if len(costs) else 0
        best = int(costs.min(initial=NEVER))
        if best >= NEVER:
            return Found(None, None, 0, proved=True, infeasible=True)
        least = np.full(len(self.pool), NEVER, dtype=np.int64)
        for sources, targets, rows, added in (part for place in self.places for part in place if part.added <= second):
            left = second - added
            ways = self.begun[sources, : left + 1] + self.ended[targets, left::-1]
            np.minimum.at(least, rows, ways.min(axis=1) + self.pool.costs[rows])
        plan = first_of_best(with_limit(self.pool, self.name, second), least, budget)
        return Found(plan, None if plan is None else best, best, proved=plan is not None, infeasible=False)


def openings(diagram: Diagram, figure: Integers, width: int) -> Iterator[list[Openings]]:
    """Yield for each place in the order what may be opened there, by what it adds to the total."""
    by_group = np.argsort(diagram.groups, kind="stable")
    bounds = np.searchsorted(diagram.groups[by_group], np.arange(int(diagram.groups.max(initial=-1)) + 2))
    hosts = np.diff(bounds)[diagram.opened]
    arcs = np.repeat(np.arange(len(hosts)), hosts)
    ends = np.concatenate(([0], np.cumsum(hosts)))
    rows = by_group[bounds[diagram.opened[arcs]] + np.arange(len(arcs)) - ends[arcs]]
    for a, b in pairwise(ends[diagram.steps].tolist()):
        part, values = slice(a, b), figure[rows[a:b]]
        yield [
            Openings(diagram.sources[arcs[part]][same], diagram.targets[arcs[part]][same], rows[part][same], added)
            for added in np.unique(values).tolist()
            if added < width and (same := values == added).any()
        ]
