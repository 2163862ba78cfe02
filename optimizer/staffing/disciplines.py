"""Which disciplines an office covers: by enough årsverk, by one person only, or not.

held(d)    = årsverk that the members hold in d; of a member without a table, its planners times the need's share of d
covered(d) iff held(d) >= threshold, and, where people are given of all, one of them has that much
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Final, Literal

from optimizer.grouping import Grouping
from optimizer.problem import Problem
from optimizer.sharing.keys import decimal

TOLERANCE: Final = 1e-9
"""Årsverk that a sum may miss a threshold by."""

Cover = Literal["covered", "one person", "not"]


@dataclass(frozen=True)
class DisciplineNeed:
    """What is needed, and how much of it counts as covered.

    Parameters
    ----------
    shares
        Share of the need for planners that each discipline is, by name; they sum to 1.
    threshold
        Årsverk from which on an office covers a discipline.
    only_for
        Municipalities that need a discipline, by its name; all others in ``shares`` are needed by everybody.
    """

    shares: Mapping[str, float]
    threshold: float = 0.5
    only_for: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def names(self) -> tuple[str, ...]:
        """Every discipline, those that only some need last."""
        return tuple(dict.fromkeys((*self.shares, *self.only_for)))

    def faults(self) -> list[str]:
        """Return one sentence for each thing that cannot be meant."""
        found = [
            f"disciplines.{name} is {share}; expected a share from 0 to 1"
            for name, share in self.shares.items()
            if not 0 <= share <= 1
        ]
        if not found and sum(decimal(share) for share in self.shares.values()) != 1:
            found.append(f"the shares of the disciplines sum to {sum(self.shares.values()):g}; expected 1")
        if not (isfinite(self.threshold) and self.threshold > 0):
            found.append(f"disciplines.threshold is {self.threshold}; expected årsverk above 0")
        return found

    def of(self, municipality: str) -> tuple[str, ...]:
        """Return the disciplines that a municipality needs."""
        return tuple(name for name in self.names if municipality in self.only_for.get(name, {municipality}))


@dataclass(frozen=True)
class HeldFte:
    """What a municipality holds of a discipline.

    Parameters
    ----------
    fte
        Årsverk.
    people
        Persons who share them; ``None`` if not known.
    """

    fte: float
    people: int | None = None


HeldTable = Mapping[str, Mapping[str, HeldFte]]
"""What municipalities hold, by number and discipline; one that is not here has no table, and is estimated."""


@dataclass(frozen=True)
class Coverage:
    """One discipline in one office.

    Parameters
    ----------
    discipline
        Its name.
    fte
        Årsverk held.
    people
        Persons who hold them; ``None`` if not known of all.
    cover
        ``one person``: enough, but it hangs on one; where people are not known, if it is not enough for two.
    estimated
        Whether some member has no table.
    needed_by
        Members that need it, in id order.
    """

    discipline: str
    fte: float
    people: int | None
    cover: Cover
    estimated: bool
    needed_by: tuple[str, ...]


def coverage(
    problem: Problem, need: DisciplineNeed, table: HeldTable, members: Sequence[str], *, new_fte: float = 0.0
) -> tuple[Coverage, ...]:
    """Return how an office of these members covers each discipline that one of them needs.

    Parameters
    ----------
    problem
        Planners employed.
    need
        Disciplines.
    table
        What is held where it is known.
    members
        Ids; one for a municipality by itself.
    new_fte
        Årsverk that the office hires, spread over the disciplines by the need's shares.
    """
    found = []
    for name in need.names:
        needed_by = tuple(id_ for id_ in sorted(members) if name in need.of(id_))
        if needed_by:
            share = need.shares.get(name, 0.0)
            held = [
                table[id_].get(name, HeldFte(0.0, 0))
                if id_ in table
                else HeldFte(share * float(problem.planner_fte[problem.index[id_]]))
                for id_ in members
            ]
            held.append(HeldFte(share * new_fte, None if new_fte else 0))
            fte, people = sum(one.fte for one in held), people_in(held)
            estimated = any(id_ not in table for id_ in members)
            found.append(Coverage(name, fte, people, cover_of(held, need.threshold), estimated, needed_by))
    return tuple(found)


def people_in(held: Sequence[HeldFte]) -> int | None:
    """Return how many persons hold some årsverk; ``None`` if that is not known of all."""
    counts = [one.people for one in held if one.fte > 0]
    return None if None in counts else sum(count for count in counts if count is not None)


def cover_of(held: Sequence[HeldFte], threshold: float) -> Cover:
    """Return whether parts of a discipline, one of each member, cover it together."""
    fte, people = sum(one.fte for one in held), people_in(held)
    if fte < threshold - TOLERANCE:
        return "not"
    if people is None:
        return "one person" if fte < 2 * threshold - TOLERANCE else "covered"
    if not any(one.people and one.fte / one.people >= threshold - TOLERANCE for one in held):
        return "not"
    return "one person" if people == 1 else "covered"


def lacking(problem: Problem, need: DisciplineNeed, table: HeldTable, grouping: Grouping) -> dict[str, tuple[str, ...]]:
    """Return the disciplines that each municipality needs and its office does not cover, in id order.

    The term ``uncovered`` of a plan is the number of these pairs.
    """
    found: dict[str, list[str]] = {id_: [] for id_ in grouping.host_of}
    for members in grouping.offices.values():
        for one in coverage(problem, need, table, members):
            for id_ in one.needed_by if one.cover == "not" else ():
                found[id_].append(one.discipline)
    return {id_: tuple(names) for id_, names in found.items()}


def one_more_post(found: Sequence[Coverage], threshold: float, post_fte: float = 1.0) -> tuple[str, ...]:
    """Return the disciplines that one more post would cover: as many as it has room for, the smallest gaps first.

    Parameters
    ----------
    found
        How the office covers each discipline.
    threshold
        Årsverk from which on a discipline is covered.
    post_fte
        Size of the post.
    """
    left, names = post_fte, []
    # Where people are known the new one must hold enough alone; else the gap is what the sum misses.
    gaps = [(threshold if one.people is not None else threshold - one.fte, one) for one in found if one.cover == "not"]
    for gap, one in sorted(gaps, key=lambda pair: pair[0]):
        if gap <= left + TOLERANCE:
            left -= gap
            names.append(one.discipline)
    return tuple(names)
