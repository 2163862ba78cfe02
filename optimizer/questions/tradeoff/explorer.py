"""Find the points of a front between two terms, under ceilings for the second, as `frontier` beside it asks."""

import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.questions.pool import COST_UNITS, best_plan, side_row, total, with_limit
from optimizer.questions.tradeoff.totals import Totals


@dataclass(eq=False)
class Node:
    """A point in whole units.

    Parameters
    ----------
    plan
        Its offices.
    minutes, second
        Cost units, and whole units of the second term.
    ceiling
        Under which it was found, if proved: up to here there is no other point with more of the second term.
        ``None``: without any ceiling.
    bound
        Of the minutes under that ceiling, cost units.
    proved
        Whether both figures are the least.
    """

    plan: CandidatePool
    minutes: int
    second: int
    ceiling: int | None
    bound: int
    proved: bool

    def rank(self) -> tuple[int, int, bool, float]:
        """Return what nodes are sorted by; of the same point, the one that says most comes first."""
        return self.minutes, self.second, not self.proved, -math.inf if self.ceiling is None else -self.ceiling


@dataclass(eq=False)
class Explorer:
    """Finds points of the front.

    Parameters
    ----------
    pool
        Offices at every host, priced without the second term, with its figures as a side row.
    second
        Name of the term and its side row.
    budget, workers
        Time and threads.
    most
        Most points; ``None`` for all.
    totals
        What plans cost at least by the second term, from which points are read; ``None`` where they are searched for.
    nodes
        Found so far.
    tried
        Ceilings under which the search did not finish.
    """

    pool: CandidatePool
    second: str
    budget: Budget
    workers: int
    most: int | None
    totals: Totals | None = None
    nodes: list[Node] = field(default_factory=list)
    tried: set[int] = field(default_factory=set)
    infeasible: bool = False
    whole: bool = False

    def part(self) -> Budget:
        """Return a fair part of the time that is left for one point."""
        points_left = max(1, (self.most or 20) - len(self.nodes))
        # One part more for the supported points.
        return self.budget.part(self.budget.left / (points_left + 1))

    def point(self, ceiling: int | None) -> None:
        """Look for the point under a ceiling."""
        below = [node for node in self.nodes if ceiling is None or node.second <= ceiling]
        start = min(below, key=lambda node: node.minutes, default=None)
        limited = with_limit(self.pool, self.second, ceiling)
        if self.totals is None:
            plan = None if start is None else start.plan
            found = best_plan(limited, self.part(), self.workers, start=plan, then=(self.second,))
        else:
            found = self.totals.under(ceiling, self.budget)
        self.infeasible = self.infeasible or (not self.nodes and found.infeasible)
        if not found.proved and ceiling is not None:
            self.tried.add(ceiling)
        if found.plan is not None and found.cost is not None:
            amount = found.figure(self.second)
            self.nodes.append(Node(found.plan, found.cost, amount, ceiling, found.bound, found.proved))
            self.tidy()
            self.budget.tell("frontier", f"{len(self.nodes)} points")

    def tidy(self) -> None:
        """Keep the points that no other dominates, from the fewest minutes on, each with its highest ceiling."""
        kept: list[Node] = []
        for node in sorted(self.nodes, key=Node.rank):
            if not kept or node.second < kept[-1].second:
                kept.append(node)
        self.nodes = kept

    def ends(self) -> None:
        """Find the point of the fewest minutes and the one with the least of the second term."""
        self.point(None)
        if not self.nodes:
            return
        if self.totals is not None:
            self.point(min(second for second, _ in self.totals.points))
            self.whole = all(node.proved for node in self.nodes)
            return
        side = side_row(self.pool, self.second)
        scaled = replace(self.pool, costs=side.values * COST_UNITS[self.second])
        least = best_plan(scaled, self.part(), self.workers, start=self.nodes[0].plan)
        if least.plan is None:
            return
        amount = total(least.plan, self.second)
        if amount < self.nodes[-1].second or not self.nodes[-1].proved:
            self.point(amount)
        self.whole = least.cost is not None and least.bound >= least.cost

    def open_stretches(self) -> list[tuple[int, int]]:
        """Return the ceilings, lowest and highest, under which there may be unknown points."""
        stretches = []
        for upper, lower in pairwise(self.nodes):
            cleared = lower.ceiling if lower.proved and lower.ceiling is not None else lower.second
            stretches.append((max(cleared, lower.second) + 1, upper.second - 1))
        return [(low, high) for low, high in stretches if low <= high]

    def spread(self) -> None:
        """Find points under ceilings spread evenly between the ends, then in the widest open stretches."""
        if self.most is not None and len(self.nodes) == 2:
            least, most = self.nodes[-1].second, self.nodes[0].second
            for k in range(self.most - 2, 0, -1):
                self.look_under(least + round(k * Fraction(most - least, self.most - 1)))
        while self.budget.lasts() and (self.most is None or len(self.nodes) < self.most):
            stretches = [(high - low, self.ceiling(low, high)) for low, high in self.open_stretches()]
            stretches = [stretch for stretch in stretches if stretch[1] not in self.tried]
            if not stretches:
                return
            self.point(max(stretches)[1])

    def ceiling(self, low: int, high: int) -> int:
        """Return where to look in an open stretch.

        In the middle, for an even spread; but from the top, where the next point is found or the stretch is closed at
        once, if all points are asked for or nothing was found from the middle down.
        """
        searched = low - 1 not in {node.second for node in self.nodes}
        return high if self.most is None or searched else (low + high) // 2

    def look_under(self, ceiling: int) -> None:
        """Look under a ceiling unless it is known what is there."""
        full = self.most is not None and len(self.nodes) >= self.most
        if not full and self.budget.lasts() and any(low <= ceiling <= high for low, high in self.open_stretches()):
            self.point(ceiling)

    @property
    def complete(self) -> bool:
        """Whether it is proved that the points are all there are."""
        return self.whole and not self.open_stretches() and all(node.proved for node in self.nodes)
