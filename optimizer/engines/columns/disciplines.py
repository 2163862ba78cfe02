"""Disciplines that offices of a pool do not cover: the engine's own arithmetic, beside the specification's.

The meaning is that of `optimizer.judging.disciplines`, which shares no code with this module.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from optimizer.problem import Bools, Floats, Problem

TOLERANCE: Final = 1e-6
"""Årsverk that a sum may miss a threshold by."""


@dataclass(frozen=True, eq=False)
class DisciplineArrays:
    """What each municipality holds and needs of each discipline; rows in the order of the problem's ids.

    Parameters
    ----------
    names
        Of the disciplines, length d.
    fte
        Årsverk held (n, d).
    unknown
        Årsverk held by persons of whom nothing is known (n, d).
    one_has_enough
        Whether known persons hold the threshold each (n, d).
    needed
        (n, d).
    threshold
        Årsverk from which on a discipline is covered.
    """

    names: tuple[str, ...]
    fte: Floats
    unknown: Floats
    one_has_enough: Bools
    needed: Bools
    threshold: float

    def covered(self, members: NDArray[np.intp]) -> Bools:
        """Return which disciplines each group covers (k, d).

        Parameters
        ----------
        members
            Positions in the problem (k, size).
        """
        enough = self.fte[members].sum(axis=1) >= self.threshold - TOLERANCE
        unknown = self.unknown[members].sum(axis=1) >= self.threshold - TOLERANCE
        somebody = self.one_has_enough[members].any(axis=1) | unknown
        return np.asarray(enough & somebody)

    def uncovered(self, members: NDArray[np.intp]) -> NDArray[np.int64]:
        """Return how many pairs of a member and a discipline that it needs each group (k, size) does not cover (k,)."""
        needing = self.needed[members].sum(axis=1)
        return np.asarray(np.where(self.covered(members), 0, needing).sum(axis=1), dtype=np.int64)

    def covers(self, members: NDArray[np.intp], names: Collection[str]) -> Bools:
        """Return which groups (k, size) cover those of these disciplines that a member needs (k,)."""
        wanted = np.isin(self.names, list(names))
        return np.asarray((self.covered(members) | ~self.needed[members].any(axis=1) | ~wanted).all(axis=1))


@lru_cache(maxsize=4)
def discipline_arrays(problem: Problem) -> DisciplineArrays:
    """Return what each municipality of a problem holds and needs.

    Raises
    ------
    ValueError
        If nothing is known of disciplines: `optimizer.problem` refuses problems that ask for them then.
    """
    known = problem.disciplines
    if known is None:
        raise ValueError("the problem has no disciplines")
    need, names = known.need, known.need.names
    fte = problem.planner_fte[:, None] * np.array([need.shares.get(name, 0.0) for name in names])
    people = np.full(fte.shape, np.nan)
    for id_, row in known.table.items():
        i = problem.index[id_]
        fte[i], people[i] = 0.0, 0.0
        for d, name in enumerate(names):
            if name in row:
                fte[i, d] = row[name].fte
                people[i, d] = np.nan if row[name].people is None else row[name].people
    needed = np.array([[id_ in need.only_for.get(name, {id_}) for name in names] for id_ in problem.ids])
    some = people > 0
    each = np.where(some, fte / np.where(some, people, 1.0), 0.0)
    unknown = np.where(np.isnan(people), fte, 0.0)
    return DisciplineArrays(names, fte, unknown, each >= need.threshold - TOLERANCE, needed, need.threshold)
