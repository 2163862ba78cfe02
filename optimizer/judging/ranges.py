"""Between what the figures of a problem plausibly lie, and which of them decide whether a limit is kept.

A plan is judged by points. Where a figure is an estimate, a journey or an office may keep its limit at one end of
the range and break it at the other: it is on the border. No plan is chosen by this; it is said of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.judging.evaluation import Evaluation
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Floats, Problem


@dataclass(frozen=True, eq=False)
class Ranges:
    """The ends of what is plausible; both ends are the figure itself where that is known.

    Parameters
    ----------
    planner_low, planner_high
        Planners employed by each municipality, årsverk, in the order of `Problem.ids` (n,).
    journey_low, journey_high
        A journey lies between its minutes times these.
    """

    planner_low: Floats
    planner_high: Floats
    journey_low: float = 1.0
    journey_high: float = 1.0

    @property
    def known(self) -> bool:
        """Whether every figure is known: no range has any width."""
        return self.journey_low == self.journey_high and bool((self.planner_low == self.planner_high).all())

    def journey(self, minutes: float) -> tuple[float, float]:
        """Return the fewest and the most minutes that a journey may take."""
        return minutes * self.journey_low, minutes * self.journey_high

    def planners(self, problem: Problem, ids: Sequence[str]) -> tuple[float, float]:
        """Return the fewest and the most planners that some municipalities may employ together, årsverk."""
        at = [problem.index[id_] for id_ in ids]
        return float(self.planner_low[at].sum()), float(self.planner_high[at].sum())


def exact(problem: Problem) -> Ranges:
    """Return ranges of no width: every figure is known."""
    return Ranges(problem.planner_fte, problem.planner_fte)


def crosses_most(ends: tuple[float, float], most: float) -> bool:
    """Return whether a figure of at most `most` keeps that at its low end and breaks it at its high end."""
    low, high = ends
    return low <= most + TOLERANCE < high


def crosses_least(ends: tuple[float, float], least: float) -> bool:
    """Return whether a figure of at least `least` breaks that at its low end and keeps it at its high end."""
    low, high = ends
    return low < least - TOLERANCE <= high


@dataclass(frozen=True)
class Borderline:
    """What is on the border in a plan.

    Parameters
    ----------
    journeys
        Members whose journey crosses the longest that is allowed, in id order.
    offices
        Hosts of the offices, those of one included, whose planners employed cross the critical mass, in id order.
    """

    journeys: tuple[str, ...]
    offices: tuple[str, ...]


def borderline(problem: Problem, ranges: Ranges, evaluation: Evaluation) -> Borderline:
    """Return what is on the border in a plan.

    Parameters
    ----------
    problem
        Limits and figures.
    ranges
        Of the figures.
    evaluation
        Of the plan.
    """
    limits, at = problem.limits, problem.index
    journeys = [
        id_
        for office in evaluation.offices
        for id_ in office.members
        if crosses_most(ranges.journey(float(problem.minutes[at[id_], at[office.host]])), limits.max_minutes)
    ]
    offices = [
        office.host
        for office in evaluation.offices
        if crosses_least(ranges.planners(problem, office.members), limits.min_office_fte)
    ]
    return Borderline(tuple(sorted(journeys)), tuple(sorted(offices)))
