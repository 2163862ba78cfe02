"""Decides which points of a front are supported: the best plan at some price of the second term.

Points off the lower convex hull are not. For those on it, an edge of the hull is taken as price: if no plan is cheaper
there, both its ends are supported, otherwise the cheaper plan joins the hull and the question is put again.
"""

from fractions import Fraction
from itertools import pairwise

from optimizer.questions.pool import side_row
from optimizer.questions.tradeoff.explorer import Explorer
from optimizer.questions.tradeoff.parametric import Priced, cheaper_plan


class Hull:
    """Decides which points are supported.

    Parameters
    ----------
    explorer
        Holds the points.
    """

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        self.offices = Priced(explorer.pool, explorer.pool.costs, side_row(explorer.pool, explorer.second).values)
        self.plans = {} if explorer.totals is None else explorer.totals.points
        self.plans |= {(node.second, node.minutes): node.plan for node in explorer.nodes}
        self.edges: dict[tuple[tuple[int, int], tuple[int, int]], bool] = {}

    def supported(self) -> list[bool | None]:
        """Return for each point whether it is the best at some price, ``None`` where not decided."""
        nodes = self.explorer.nodes
        verdicts = [self.of((node.second, node.minutes)) if node.proved else None for node in nodes]
        for k in (0, len(nodes) - 1) if self.explorer.whole else ():
            # The ends are the best at a price of 0, and at one high enough.
            verdicts[k] = True if nodes[k].proved else None
        return verdicts

    def of(self, point: tuple[int, int]) -> bool | None:
        """Return whether one point is supported."""
        while True:
            hull = lower_hull(list(self.plans))
            if point not in hull:
                # Between two corners of the hull, or above it.
                return self.on_an_edge(point, hull)
            edges = [edge for edge in pairwise(hull) if point in edge]
            verdicts = [self.is_true(edge) for edge in edges]
            if True in verdicts:
                return True
            if None in verdicts or not edges:
                return None

    def on_an_edge(self, point: tuple[int, int], hull: list[tuple[int, int]]) -> bool | None:
        """Return whether a point that is no corner lies on the hull; off it, it is not supported."""
        for edge in pairwise(hull):
            (s, m), (t, n) = edge
            if s < point[0] < t and (point[0] - s) * (n - m) == (point[1] - m) * (t - s):
                verdict = self.is_true(edge)
                return self.of(point) if verdict is False else verdict
        return False

    def is_true(self, edge: tuple[tuple[int, int], tuple[int, int]]) -> bool | None:
        """Return whether no plan lies below an edge; if one does, it joins the points."""
        if self.explorer.totals is not None:  # all points are there
            return True
        if edge not in self.edges:
            (s, m), (t, n) = edge
            explorer = self.explorer
            price = Fraction(m - n, t - s)
            verdict = cheaper_plan(self.offices, self.plans[edge[0]], price, explorer.budget, explorer.workers)
            if verdict.cheaper is None and not verdict.proved:
                return None
            self.edges[edge] = verdict.cheaper is None
            if verdict.cheaper is not None:
                minutes, second = self.offices.sums(verdict.cheaper)
                self.plans[second, minutes] = verdict.cheaper
        return self.edges[edge]


def lower_hull(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the corners of the lower left convex hull of ``(second, minutes)``, by rising second."""
    hull: list[tuple[int, int]] = []
    for point in sorted(points):
        while len(hull) > 1:
            (s, m), (t, n) = hull[-2], hull[-1]
            if (n - m) * (point[0] - t) < (point[1] - n) * (t - s):
                break
            hull.pop()
        if not hull or point[1] < hull[-1][1]:
            hull.append(point)
    return hull
