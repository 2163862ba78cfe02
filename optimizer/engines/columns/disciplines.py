"""Disciplines that offices of a pool do not cover: the engine's own arithmetic, beside the specification's.

The meaning is that of `optimizer.staffing.disciplines`, which shares no code with this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import Integers
from optimizer.problem import Bools, Floats, Problem

TOLERANCE: Final = 1e-9
"""Årsverk that a sum may miss a threshold by."""

Held = Mapping[str, Mapping[str, tuple[float, int | None]]]
"""Årsverk and persons (``None`` if not known) by municipality and discipline, where there is a table."""


@dataclass(frozen=True, eq=False)
class DisciplineArrays:
    """What each municipality holds and needs of each discipline; rows in the order of the problem's ids.

    Parameters
    ----------
    fte
        Årsverk held (n, d).
    known
        Whether the persons who hold them are known, or nobody holds any (n, d).
    one_has_enough
        Whether known persons hold the threshold each (n, d).
    needed
        (n, d).
    threshold
        Årsverk from which on a discipline is covered.
    """

    fte: Floats
    known: Bools
    one_has_enough: Bools
    needed: Bools
    threshold: float

    def uncovered(self, members: NDArray[np.intp]) -> Integers:
        """Return how many pairs of a member and a discipline that it needs each group does not cover (k,).

        Parameters
        ----------
        members
            Positions in the problem (k, size).
        """
        enough = self.fte[members].sum(axis=1) >= self.threshold - TOLERANCE
        somebody = ~self.known[members].all(axis=1) | self.one_has_enough[members].any(axis=1)
        needing = self.needed[members].sum(axis=1)
        return np.asarray(np.where(enough & somebody, 0, needing).sum(axis=1), dtype=np.int64)


def discipline_arrays(
    problem: Problem, shares: Mapping[str, float], threshold: float, only_for: Mapping[str, frozenset[str]], table: Held
) -> DisciplineArrays:
    """Return what each municipality holds and needs.

    Parameters
    ----------
    problem
        Planners employed.
    shares
        Share of the need for planners that each discipline is.
    threshold
        Årsverk from which on a discipline is covered.
    only_for
        Municipalities that need a discipline, where not all do.
    table
        What is held where it is known.
    """
    names = list(dict.fromkeys((*shares, *only_for)))
    fte = problem.planner_fte[:, None] * np.array([shares.get(name, 0.0) for name in names])
    people = np.full(fte.shape, np.nan)
    for id_, row in table.items():
        i = problem.index[id_]
        for d, name in enumerate(names):
            fte[i, d], persons = row.get(name, (0.0, 0))
            people[i, d] = np.nan if persons is None else persons
    needed = np.array([[id_ in only_for.get(name, {id_}) for name in names] for id_ in problem.ids])
    known = ~np.isnan(people) | (fte <= 0)
    some = people > 0
    each = np.where(some, fte / np.where(some, people, 1.0), 0.0)
    return DisciplineArrays(fte, known, each >= threshold - TOLERANCE, needed, threshold)
