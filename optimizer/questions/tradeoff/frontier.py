"""What less of one term costs: the plans of which no other is at least as good in both respects and better in one.

Two figures of a plan are set against each other:

    minutes(x)   the objective without the second term: the first term and all others at the scenario's prices;
    second(x)    the raw value of the second term, counted alone, whatever its weight.

The others keep their prices because without them there is nothing to decide: alone, every municipality drives 0
minutes and crosses no county line. (With ``others = "ignored"`` they are left out, for whoever asks just that.)

For a ceiling e, the search finds min minutes(x) subject to second(x) <= e, then the least second(x) at that
cost, so that no point is weakly dominated; both steps are exact in whole numbers. A point found under the ceiling e
shows that there is no other with second between its own value and e. Where such stretches meet, the front is
complete; otherwise ceilings are spread evenly, then into the widest stretches that are still open.

Where the second term counts something, all points are read from the diagram of all plans at once
(`optimizer.questions.tradeoff.totals`). Otherwise `optimizer.questions.tradeoff.explorer` searches, and
`optimizer.questions.tradeoff.hull` decides which points are supported: the best at some price.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from optimizer.budget import Progress
from optimizer.checking.kinds import require
from optimizer.engines.candidates import CandidatePool, SideRow
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem, ProblemError, Weights
from optimizer.questions.pool import (
    Searched,
    figures,
    judged_plan,
    known_of,
    list_offices,
    require_term,
    search_facts,
)
from optimizer.questions.tradeoff.explorer import Explorer
from optimizer.questions.tradeoff.hull import Hull
from optimizer.questions.tradeoff.totals import Totals
from optimizer.shown import Shown, counted
from optimizer.solve import Options, Status, begun
from optimizer.terms import FREE
from optimizer.units import UNITS_PER_MINUTE

Others = Literal["priced", "ignored"]


@dataclass(frozen=True)
class FrontierPoint:
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


@dataclass(frozen=True, repr=False)
class Frontier(Shown, Searched):
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
    """

    first: str
    second: str
    others: Others
    points: tuple[FrontierPoint, ...]
    exchanges: tuple[Exchange, ...]
    complete: bool
    status: Status

    def in_short(self) -> str:
        """Return the two terms, what is known and the number of points."""
        whole = "all of them" if self.complete else "there may be more"
        return f"{self.first} against {self.second}, {self.status}, {counted(len(self.points), 'point')}, {whole}"

    def rows(self) -> list[dict[str, object]]:
        """Return each point: its minutes, its value of both terms, and what is known of it."""
        return [
            {
                "point": number,
                "minutes": point.minutes,
                self.first: point.first,
                self.second: point.second,
                "proved": point.proved,
                "supported": point.supported,
                "shared_offices": len(point.evaluation.shared),
            }
            for number, point in enumerate(self.points)
        ]


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
    options, report, stop
        See `optimizer.solve.solve`; the time limit is for all points together.

    Raises
    ------
    ProblemError
        If a setting cannot be meant, or there are too many offices to list.
    """
    require(problem=(problem, Problem), first=(first, str), second=(second, str), points=(points, int | None))
    weights = weights_without(problem, first, (second,), others)
    if points is not None and points < 2:
        raise ProblemError([f"points is {points}; expected 2 or more: the ends of the front are included"])
    options, budget = begun(problem, options, report, stop)
    priced = replace(problem, weights=weights)
    pool = list_offices(priced, options, budget)
    pool = pool.limited(SideRow(second, figures(problem, pool, second)))
    with budget.stage("diagram"):
        totals = Totals.of(pool, second, budget)
    explorer = Explorer(pool, second, budget, options.workers, points, totals)
    explorer.ends()
    explorer.spread()
    with budget.stage("supported points"):
        supported = Hull(explorer).supported()
    return described(problem, explorer, FrontierQuestion(first, second, others, weights), supported)


@dataclass(frozen=True)
class FrontierQuestion:
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
        require_term(problem, name, setting=setting)
    if len({first, *counted}) <= len(counted):
        raise ProblemError([f"between {', '.join((first, *counted))}: expected different terms"])
    price = price_of(problem, first)
    if others == "ignored":
        return replace(FREE, **{first: price or 1.0})
    if not price:
        raise ProblemError(
            [f"weights.{first} is 0, so that nothing says what it is worth; give it a weight or name it second"]
        )
    return replace(problem.weights, **{first: price}, **dict.fromkeys(counted, 0.0))


def price_of(problem: Problem, first: str) -> float:
    """Return what the first term is worth in the minutes of a front, minutes-equivalents a unit.

    Kroner without a price of their own weigh what their price of journeys says; see `Money.minutes_per_thousand_kr`.
    """
    price: float = getattr(problem.weights, first)
    if price or first != "cost" or problem.money is None:
        return price
    return problem.money.minutes_per_thousand_kr


def judged(
    problem: Problem, plan: CandidatePool, weights: Weights
) -> tuple[Grouping, Evaluation, float, dict[str, float]]:
    """Return a plan, its judgement, its minutes at some weights, and the raw value of each term."""
    grouping, evaluation = judged_plan(problem, plan)
    raw = {name: term.value for name, term in evaluation.terms.items()}
    return grouping, evaluation, math.fsum(getattr(weights, name) * value for name, value in raw.items()), raw


def described(problem: Problem, explorer: Explorer, asked: FrontierQuestion, supported: list[bool | None]) -> Frontier:
    """Return the front with judged plans."""
    points = []
    for node, is_supported in zip(explorer.nodes, supported, strict=True):
        grouping, evaluation, minutes, raw = judged(problem, node.plan, asked.weights)
        bound = minutes if node.proved else min(minutes, node.bound / UNITS_PER_MINUTE)
        points.append(
            FrontierPoint(
                grouping, evaluation, minutes, raw[asked.first], raw[asked.second], bound, node.proved, is_supported
            )
        )
    exchanges = tuple(
        Exchange(a.second - b.second, b.minutes - a.minutes, b.first - a.first) for a, b in pairwise(points)
    )
    return Frontier(
        first=asked.first,
        second=asked.second,
        others=asked.others,
        points=tuple(points),
        exchanges=exchanges,
        complete=explorer.complete,
        status=known_of([point.proved for point in points], infeasible=explorer.infeasible),
        **search_facts(explorer.pool, explorer.budget),
    )


__all__ = ["Exchange", "Frontier", "FrontierPoint", "frontier"]
