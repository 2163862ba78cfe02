"""What offices add to each term of the objective, as arrays: the formulas of the engine that lists offices."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import Bools, Floats, Problem
from optimizer.terms import TERMS


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of the same number of municipalities, whoever hosts them.

    Parameters
    ----------
    problem
        The problem.
    members
        Positions in it (k, size).
    """

    problem: Problem
    members: NDArray[np.intp]

    @cached_property
    def planner_fte(self) -> Floats:
        """Planners employed, årsverk (k,)."""
        return np.asarray(self.problem.planner_fte[self.members].sum(axis=1))

    @cached_property
    def need_fte(self) -> Floats:
        """Planners needed, årsverk (k,)."""
        fixed = self.problem.fixed_need_fte[self.members]
        saved = (1 - self.problem.fixed_kept) * (fixed.sum(axis=1) - fixed.max(axis=1))
        return np.asarray(self.problem.need_fte[self.members].sum(axis=1) - saved)


def across(areas: Sequence[str]) -> Bools:
    """Return which municipalities are in different areas (n, n)."""
    named = np.array(areas)
    return np.asarray(named[:, None] != named[None, :])


OF_PAIR: Final[Mapping[str, Callable[[Problem, Floats], NDArray[Any]]]] = {
    "travel": lambda problem, minutes: minutes * problem.trips[:, None],
    "county_lines": lambda problem, _: across(problem.counties),
    "statsforvalter_lines": lambda problem, _: across(problem.statsforvaltere),
}
"""What the row's municipality adds to a term at the column's host (n, n), by minutes that are 0 where nobody goes."""

OF_GROUP: Final[Mapping[str, Callable[[Groups], NDArray[Any]]]] = {
    "missing_fte": lambda groups: np.maximum(0.0, groups.problem.limits.min_office_fte - groups.planner_fte),
    "unmet_need": lambda groups: np.maximum(0.0, groups.need_fte - groups.planner_fte),
    "alone": lambda groups: np.full(len(groups.members), groups.members.shape[1] == 1),
}
"""What each group adds to a term, whoever hosts it (k,)."""

PAIR_TERMS: Final = tuple(name for name, term in TERMS.items() if term.arises == "journey")
GROUP_TERMS: Final = tuple(name for name, term in TERMS.items() if term.arises == "office")
"""Terms that depend on the members of an office, not on its host."""
