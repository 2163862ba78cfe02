"""What offices add to each term of the objective, as arrays: the formulas of the engine that lists offices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.columns.disciplines import discipline_arrays
from optimizer.money import KR_PER_THOUSAND, Money
from optimizer.problem import Bools, Floats, Problem
from optimizer.terms import TERMS

TOLERANCE: Final = 1e-6
"""Årsverk: as in the specification, with which this module shares no code."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of the same number of municipalities.

    Parameters
    ----------
    problem
        The problem.
    members
        Positions in it (k, size), the host first.
    """

    problem: Problem
    members: NDArray[np.intp]

    @cached_property
    def planner_fte(self) -> Floats:
        """Planners employed, årsverk (k,)."""
        return np.asarray(self.problem.planner_fte[self.members].sum(axis=1))

    @cached_property
    def net_fte(self) -> Floats:
        """Planners employed, less those on the road for days at each town hall, årsverk (k,)."""
        each = self.problem.road_fte_per_minute
        if not each:
            return self.planner_fte
        # Who is not allowed to belong to a host is listed with it nowhere, but is looked at.
        minutes = self.problem.minutes[self.members, self.members[:, :1]]
        return np.asarray(self.planner_fte - each * np.where(np.isfinite(minutes), minutes, 0.0).sum(axis=1))

    @cached_property
    def need_fte(self) -> Floats:
        """Planners needed, årsverk (k,)."""
        fixed = self.problem.fixed_need_fte[self.members]
        saved = (1 - self.problem.fixed_kept) * (fixed.sum(axis=1) - fixed.max(axis=1))
        return np.asarray(self.problem.need_fte[self.members].sum(axis=1) - saved)

    @cached_property
    def paid_fte(self) -> Floats:
        """Planners employed today and hired for what is missing, årsverk (k,)."""
        prices = money_of(self.problem).prices
        hired = prices.hired_share * np.maximum(0.0, self.need_fte - self.planner_fte)
        recruits = self.planner_fte + hired >= prices.hire_from_fte - TOLERANCE
        return np.asarray(self.planner_fte + np.where(recruits, hired, 0.0), dtype=np.float64)

    @cached_property
    def other_kr(self) -> Floats:
        """What a group costs beside its planners and journeys, whoever hosts it, kroner a year (k,)."""
        money, size = money_of(self.problem), self.members.shape[1]
        sharing_kr = money.prices.office_kr + money.prices.member_kr * size + money.added_kr if size > 1 else 0.0
        return np.asarray(money.prices.bought_kr * np.maximum(0.0, self.need_fte - self.paid_fte) + sharing_kr)

    @cached_property
    def cost_kr(self) -> Floats:
        """What a group costs at its host without journeys, kroner a year (k,)."""
        money, host = money_of(self.problem), self.members[:, 0]
        cost_kr = money.fte_kr[host] * self.paid_fte + self.other_kr
        if self.members.shape[1] > 1:
            return np.asarray(cost_kr)
        undone_fte = (1 - money.prices.bought_share) * np.maximum(0.0, self.need_fte - self.paid_fte)
        own = money.alone_kr[host] + money.prices.bought_kr * undone_fte
        return np.where(np.isnan(own), cost_kr, own)


def money_of(problem: Problem) -> Money:
    """Return the prices in kroner.

    Raises
    ------
    ValueError
        If there are none: `optimizer.problem` refuses problems that ask for kroner without prices.
    """
    if problem.money is None:
        raise ValueError("the problem has no prices in kroner")
    return problem.money


def across(areas: Sequence[str]) -> Bools:
    """Return which municipalities are in different areas (n, n)."""
    _, area = np.unique(areas, return_inverse=True)
    return np.asarray(area[:, None] != area[None, :])


OF_PAIR: Final[Mapping[str, Callable[[Problem, Floats], NDArray[Any]]]] = {
    "travel": lambda problem, minutes: minutes * problem.trips[:, None],
    "county_lines": lambda problem, _: across(problem.counties),
    "statsforvalter_lines": lambda problem, _: across(problem.statsforvaltere),
}
"""What the row's municipality adds to a term at the column's host (n, n), by minutes that are 0 where nobody goes."""

OF_GROUP: Final[Mapping[str, Callable[[Groups], NDArray[Any]]]] = {
    "missing_fte": lambda groups: np.maximum(0.0, groups.problem.limits.min_office_fte - groups.net_fte),
    "unmet_need": lambda groups: np.maximum(0.0, groups.need_fte - groups.net_fte),
    "alone": lambda groups: np.full(len(groups.members), groups.members.shape[1] == 1),
    "cost": lambda groups: groups.cost_kr / KR_PER_THOUSAND,
    "uncovered": lambda groups: discipline_arrays(groups.problem).uncovered(groups.members),
}
"""What each group adds to a term (k,)."""

PAIR_TERMS: Final = tuple(name for name, term in TERMS.items() if term.arises == "journey")
GROUP_TERMS: Final = tuple(name for name, term in TERMS.items() if term.arises != "journey")
"""Terms that the members of an office make together; those that arise ``hosted`` depend on its host too."""
