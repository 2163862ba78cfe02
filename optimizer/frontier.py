"""What less of one term costs: the plans of which no other is at least as good in both respects and better in one.

Two figures of a plan are set against each other:

    minutes(x)   the objective without the second term: the first term and all others at the scenario's prices;
    second(x)    the raw value of the second term, counted alone, whatever its weight.

The others keep their prices because without them there is nothing to decide: alone, every municipality drives 0
minutes and crosses no county line. (With ``others = "ignored"`` they are left out, for whoever asks just that.)

For a ceiling e, `Explorer.point` finds min minutes(x) subject to second(x) <= e, then the least second(x) at that
cost, so that no point is weakly dominated; both steps are exact in whole numbers. A point found under the ceiling e
shows that there is no other with second between its own value and e. Where such stretches meet, the front is
complete; otherwise ceilings are spread evenly, then into the widest stretches that are still open.

A point is supported if it is the best plan at some price of the second term. Points off the lower convex hull are
not; for those on it, an edge of the hull is taken as price: if no plan is cheaper there, both its ends are
supported, otherwise the cheaper plan joins the hull and the question is put again.
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from optimizer.budget import Budget, Progress
from optimizer.candidates import CandidatePool, SideRow
from optimizer.evaluate import Evaluation
from optimizer.grouping import Grouping
from optimizer.parametric import Priced, cheaper_plan
from optimizer.plans import (
    COST_UNITS,
    best_plan,
    figures,
    grouping_of,
    list_offices,
    require_term,
    side_row,
    total,
    with_limit,
)
from optimizer.problem import Problem, ProblemError, Weights
from optimizer.solve import Options, Status
from optimizer.terms import TERMS
from optimizer.units import UNITS_PER_MINUTE

Others = Literal["priced", "ignored"]


@dataclass(frozen=True)
class Point:
    """One plan of the front.

    Parameters
    ----------
    grouping, evaluation
        The plan and its judgement at the problem's own weights.
    minutes
        Objective without the second term, minutes-equivalents.
    first, second
        Raw values of the two terms, in their units.
    bound
        No plan with as little of the second term has fewer ``minutes``.
    proved
        Whether no plan is at least as good in both respects and better in one.
    supported
        Whether the plan is the best at some price of the second term; ``None`` if not decided.
    """

    grouping: Grouping
    evaluation: Evaluation
    minutes: float
    first: float
    second: float
    bound: float
    proved: bool
    supported: bool | None

    @property
    def gap(self) -> float:
        """``(minutes - bound) / minutes``; 0 when proved."""
        return (self.minutes - self.bound) / self.minutes if self.minutes else 0.0


@dataclass(frozen=True)
class Exchange:
    """What it takes to get from a point to the next one.

    Parameters
    ----------
    less
        Of the second term, in its unit; above 0.
    minutes
        More minutes-equivalents in all else.
    first
        More of the first term, in its unit; may be below 0 where others of the terms pay.
    """

    less: float
    minutes: float
    first: float

    @property
    def rate(self) -> float:
        """Minutes-equivalents for one unit less of the second term."""
        return self.minutes / self.less


@dataclass(frozen=True)
class Frontier:
    """The front between two terms.

    Parameters
    ----------
    first, second, others
        As asked.
    points
        From the fewest minutes to the least of the second term.
    exchanges
        Between each point and the next.
    complete
        Whether it is proved that there are no further points.
    status
        ``optimal``: every point is proved. ``infeasible``: there is no plan.
    candidates
        Legal offices at every host.
    seconds
        By stage.
    interrupted
        Whether the caller stopped the search.
    """

    first: str
    second: str
    others: Others
    points: tuple[Point, ...]
    exchanges: tuple[Exchange, ...]
    complete: bool
    status: Status
    candidates: int
    seconds: Mapping[str, float]
    interrupted: bool


def frontier(
    problem: Problem,
    first: str = "travel",
    second: str = "county_lines",
    points: int | None = 9,
    *,
    others: Others = "priced",
    options: Options | None = None,
    report: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Frontier:
    """Trace the exact front between two terms.

    Parameters
    ----------
    problem
        What is asked; the weight of ``second`` does not matter.
    first, second
        Names of terms.
    points
        Most points, the two ends included; ``None`` for all.
    others
        Whether the remaining terms count at their prices or not at all.
    options
        How to solve; the time limit is for all points together.
    report
        Receives progress.
    stop
        When set, the search ends soon with what it has.

    Raises
    ------
    ProblemError
        If a setting cannot be meant, or there are too many offices to list.
    """
    weights = weights_without(problem, first, (second,), others)
    if points is not None and points < 2:
        raise ProblemError([f"points is {points}; expected 2 or more: the ends of the front are included"])
    options = options or Options()
    budget = Budget(options.time_limit, stop or threading.Event(), report)
    priced = replace(problem, weights=weights)
    pool = list_offices(priced, options, budget)
    pool = pool.limited(SideRow(second, figures(problem, pool, second)))
    explorer = Explorer(pool, second, budget, options.workers, points)
    explorer.ends()
    explorer.spread()
    with budget.stage("supported points"):
        supported = Hull(explorer).supported()
    return described(problem, explorer, Question(first, second, others, weights), supported)


@dataclass(frozen=True)
class Question:
    """What was asked: see `Frontier`.

    Parameters
    ----------
    first, second, others
        See `Frontier`.
    weights
        Those of the minutes.
    """

    first: str
    second: str
    others: Others
    weights: Weights


def weights_without(problem: Problem, first: str, counted: tuple[str, ...], others: Others) -> Weights:
    """Return the weights of the objective without the terms that are counted alone.

    Raises
    ------
    ProblemError
        If a term does not exist, is named twice, or the first one has no price.
    """
    for setting, name in zip(("first", "second", "third"), (first, *counted), strict=False):
        require_term(name, setting=setting)
    if len({first, *counted}) <= len(counted):
        raise ProblemError([f"between {', '.join((first, *counted))}: expected different terms"])
    price = getattr(problem.weights, first)
    if others == "ignored":
        return replace(Weights(**dict.fromkeys(TERMS, 0.0)), **{first: price or 1.0})
    if not price:
        raise ProblemError(
            [f"weights.{first} is 0, so that nothing says what it is worth; give it a weight or name it second"]
        )
    return replace(problem.weights, **dict.fromkeys(counted, 0.0))


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
        found = best_plan(
            limited, self.part(), self.workers, start=None if start is None else start.plan, then=(self.second,)
        )
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
        self.plans = {(node.second, node.minutes): node.plan for node in explorer.nodes}
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


def described(problem: Problem, explorer: Explorer, asked: Question, supported: list[bool | None]) -> Frontier:
    """Return the front with judged plans."""
    points = []
    for node, is_supported in zip(explorer.nodes, supported, strict=True):
        grouping, evaluation = grouping_of(problem, node.plan)
        raw = {name: term.value for name, term in evaluation.terms.items()}
        minutes = sum(getattr(asked.weights, name) * value for name, value in raw.items())
        bound = minutes if node.proved else min(minutes, node.bound / UNITS_PER_MINUTE)
        points.append(
            Point(grouping, evaluation, minutes, raw[asked.first], raw[asked.second], bound, node.proved, is_supported)
        )
    exchanges = tuple(
        Exchange(a.second - b.second, b.minutes - a.minutes, b.first - a.first) for a, b in pairwise(points)
    )
    proved = points and all(point.proved for point in points)
    status = Status.OPTIMAL if proved else Status.FEASIBLE if points else Status.UNKNOWN
    return Frontier(
        first=asked.first,
        second=asked.second,
        others=asked.others,
        points=tuple(points),
        exchanges=exchanges,
        complete=explorer.complete,
        status=Status.INFEASIBLE if explorer.infeasible else status,
        candidates=len(explorer.pool),
        seconds=dict(explorer.budget.seconds),
        interrupted=explorer.budget.stop.is_set(),
    )


__all__ = ["Exchange", "Frontier", "Point", "frontier"]
