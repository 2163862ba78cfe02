"""A region too large for square tables: only pairs within the longest journey, and neighbours, are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from optimizer.engines.candidates import TOLERANCE, scores
from optimizer.limits import Limits
from optimizer.pins import Pins
from optimizer.problem import UNREACHABLE, Bools, Floats, Problem, ProblemError
from optimizer.terms import Weights

Places = NDArray[np.intp]

SQUARES = ("minutes", "links")
LISTS = ("counties", "statsforvaltere", "planner_fte", "need_fte", "fixed_need_fte", "trips", "may_host")
NOT_ASKED = {
    "min_offices": ((None,), "a rule on the plan as a whole"),
    "max_offices": ((None,), "a rule on the plan as a whole"),
    "nobody_worse": (("off",), "kroner are counted of smaller problems only"),
    "stable": (("off",), "kroner are counted of smaller problems only"),
    "covers": (((),), "disciplines are counted of smaller problems only"),
    "contiguity": (("hard", "through"), "a region needs neighbours"),
}
"""Rules that cannot be asked of a region: what they have to be, and why."""
FLOOR = 2.0**-40
"""Minutes of a way of none: a sparse table forgets zeros."""


@dataclass(frozen=True, eq=False)
class Region:
    """Everything an answer depends on, for any number of municipalities; arrays are in the order of ``ids``.

    All municipalities take part. What speaks of the plan as a whole (the number of shared offices), pins and kroner
    belong to `optimizer.problem.Problem`.

    Parameters
    ----------
    ids
        Municipality numbers, text, unique and ascending, length n.
    counties, statsforvaltere
        County number and statsforvalter of each, length n.
    minutes
        Travel time from row to column (n, n), sparse, minutes; what is not stored is out of reach. The diagonal is 0
        whether stored or not.
    links
        Neighbours (n, n), sparse, symmetric.
    planner_fte, need_fte, fixed_need_fte, trips, may_host, fixed_kept
        As of `optimizer.problem.Problem`.
    limits, weights
        Rules and prices.

    Raises
    ------
    ProblemError
        With all faults at once.
    """

    ids: tuple[str, ...]
    counties: tuple[str, ...]
    statsforvaltere: tuple[str, ...]
    minutes: sparse.csr_array
    links: sparse.csr_array
    planner_fte: Floats
    need_fte: Floats
    fixed_need_fte: Floats
    trips: Floats
    may_host: Bools
    fixed_kept: float = 0.8
    limits: Limits = field(default_factory=Limits)
    weights: Weights = field(default_factory=Weights)

    def __post_init__(self) -> None:
        """Check what the parts of the region cannot check."""
        if faults := list(self.faults()):
            raise ProblemError(faults)

    @classmethod
    def of(cls, problem: Problem) -> "Region":
        """Return the region of a problem: those who take part, neighbours as the rule on contiguity counts them.

        Parameters
        ----------
        problem
            One without pins, kroner, disciplines and days at each town hall.

        Raises
        ------
        ProblemError
            If the problem asks what cannot be asked of a region.
        """
        if faults := list(not_asked(problem)):
            raise ProblemError(faults)
        pairs = scores(problem)
        where = pairs.active
        minutes = problem.minutes[np.ix_(where, where)]
        near = np.nonzero(minutes <= problem.limits.max_minutes + TOLERANCE)
        return cls(
            ids=tuple(problem.ids[i] for i in where),
            counties=tuple(problem.counties[i] for i in where),
            statsforvaltere=tuple(problem.statsforvaltere[i] for i in where),
            minutes=sparse.csr_array((np.maximum(minutes[near], FLOOR), near), shape=minutes.shape),
            links=sparse.csr_array(pairs.adjacent.astype(np.float64)),
            planner_fte=problem.planner_fte[where],
            need_fte=problem.need_fte[where],
            fixed_need_fte=problem.fixed_need_fte[where],
            trips=problem.trips[where],
            may_host=problem.may_host[where],
            fixed_kept=problem.fixed_kept,
            limits=problem.limits,
            weights=problem.weights,
        )

    def faults(self) -> Iterator[str]:
        """Yield what is wrong, one sentence each."""
        n = len(self.ids)
        if list(self.ids) != sorted(set(self.ids)) or not n:
            yield "ids: expected at least one, each once, in ascending order"
        shapes = {name: getattr(self, name).shape for name in SQUARES} | {
            name: (len(getattr(self, name)),) for name in LISTS
        }
        for name, shape in shapes.items():
            expected = (n, n) if name in SQUARES else (n,)
            if shape != expected:
                yield f"{name}: found the shape {shape}, expected {expected}"
        yield from self.limits.faults()
        yield from limits_not_asked(self.limits)

    def __len__(self) -> int:
        """Return the number of municipalities."""
        return len(self.ids)

    @cached_property
    def within(self) -> sparse.csr_array:
        """Pairs within the longest journey in at least one direction (n, n), symmetric, without the diagonal."""
        pairs = self.minutes.copy()
        pairs.data = (pairs.data <= self.limits.max_minutes + TOLERANCE).astype(np.float64)
        pairs = sparse.csr_array(pairs + pairs.T)
        pairs.setdiag(0)
        pairs.eliminate_zeros()
        return pairs

    def reached(self, places: Places) -> Bools:
        """Return who is one of the places or within reach of one (n,)."""
        chosen = np.zeros(len(self), dtype=bool)
        chosen[places] = True
        return np.asarray(chosen | ((self.within @ chosen.astype(np.float64)) > 0))

    def around(self, places: Places) -> Places:
        """Return the places and everybody who could be in one office with one of them, ascending."""
        return np.flatnonzero(self.reached(np.flatnonzero(self.reached(places))))

    def problem(self, places: Places | Sequence[int]) -> Problem:
        """Return the problem of these municipalities only.

        Parameters
        ----------
        places
            Positions, ascending.
        """
        where = np.asarray(places, dtype=np.intp)
        found = sparse.coo_array(self.minutes[where][:, where])
        minutes = np.full((len(where), len(where)), UNREACHABLE)
        minutes[found.row, found.col] = np.where(found.data <= FLOOR, 0.0, found.data)
        np.fill_diagonal(minutes, 0.0)
        ids = tuple(self.ids[i] for i in where)
        return Problem(
            ids=ids,
            names=ids,
            counties=tuple(self.counties[i] for i in where),
            statsforvaltere=tuple(self.statsforvaltere[i] for i in where),
            minutes=minutes,
            links=self.links[where][:, where].toarray() > 0,
            planner_fte=self.planner_fte[where],
            need_fte=self.need_fte[where],
            fixed_need_fte=self.fixed_need_fte[where],
            trips=self.trips[where],
            takes_part=np.ones(len(where), dtype=bool),
            may_host=self.may_host[where],
            fixed_kept=self.fixed_kept,
            limits=self.limits,
            weights=self.weights,
        )


def not_asked(problem: Problem) -> Iterator[str]:
    """Yield what a problem asks that cannot be asked of a region, one sentence each."""
    if problem.pins != Pins():
        yield "pins cannot be asked of a region"
    if problem.kroner_asked or problem.weights.uncovered or problem.road_fte_per_minute:
        yield "kroner, disciplines and days at each town hall cannot be asked of a region"
    yield from limits_not_asked(problem.limits)


def is_region(problem: Problem) -> bool:
    """Return whether all that a problem asks can be asked of a region."""
    return not any(not_asked(problem))


def limits_not_asked(limits: Limits) -> Iterator[str]:
    """Yield the limits that cannot be asked of a region, one sentence each."""
    for name, (kept, why) in NOT_ASKED.items():
        if getattr(limits, name) not in kept:
            yield f"limits.{name}: {why}; expected {' or '.join(map(str, kept))}"
    demanding = limits.min_members > 1 or limits.critical_mass == "hard"
    if not limits.alone_exempt and (demanding or limits.max_office_need_fte is not None):
        yield "limits.alone_exempt: in a region everybody may stand alone; expected true beside these limits"
