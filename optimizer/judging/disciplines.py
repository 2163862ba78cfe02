"""Which disciplines an office covers: by enough årsverk, by one person only, or not.

held(d)    = årsverk that the members hold in d; of a member without a table, its planners times the need's share of d
             (those employed today; what one more post would cover is told beside it, see `one_more_post`)
covered(d) iff held(d) >= threshold, and, where people are given of all, one of them has that much
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte, HeldTable
from optimizer.grouping import Grouping
from optimizer.judging.evaluation import OfficeRow, Violation
from optimizer.judging.figures import TOLERANCE
from optimizer.problem import Problem

Cover = Literal["covered", "one person", "not"]


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


def coverage(problem: Problem, need: DisciplineNeed, table: HeldTable, members: Sequence[str]) -> tuple[Coverage, ...]:
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
    """
    found, known = [], Disciplines(need, table)
    for name in need.names:
        needed_by = tuple(id_ for id_ in sorted(members) if need.is_needed(name, id_))
        if needed_by:
            held = [known.held(name, id_, float(problem.planner_fte[problem.index[id_]])) for id_ in members]
            fte, people = math.fsum(one.fte for one in held), people_in(held)
            estimated = any(id_ not in table for id_ in members)
            found.append(Coverage(name, fte, people, cover_of(held, need.threshold), estimated, needed_by))
    return tuple(found)


def people_in(held: Sequence[HeldFte]) -> int | None:
    """Return how many persons hold some årsverk; ``None`` if that is not known of all."""
    counts = [one.people for one in held if one.fte > 0]
    return None if None in counts else sum(count for count in counts if count is not None)


def cover_of(held: Sequence[HeldFte], threshold: float) -> Cover:
    """Return whether parts of a discipline, one of each member, cover it together.

    One person holds the threshold: of those who are known, or among the others, where they hold so much together.
    """
    fte = math.fsum([one.fte for one in held])
    if fte < threshold - TOLERANCE:
        return "not"
    unknown = math.fsum(one.fte for one in held if one.people is None)
    one_has_enough = any(one.people and one.fte / one.people >= threshold - TOLERANCE for one in held)
    if not (one_has_enough or unknown >= threshold - TOLERANCE):
        return "not"
    people = people_in(held)
    if people is None:
        return "one person" if fte < 2 * threshold - TOLERANCE else "covered"
    return "one person" if people == 1 else "covered"


def lacked(problem: Problem, members: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each discipline that an office of these members does not cover, with the members that need it."""
    known = problem.disciplines
    if known is None:
        return
    for name, held in problem.held_fte.items():
        if cover_of([held[id_] for id_ in members], known.need.threshold) == "not":
            needed_by = tuple(id_ for id_ in members if known.need.is_needed(name, id_))
            if needed_by:
                yield name, needed_by


def uncovered(problem: Problem, members: Sequence[str]) -> int:
    """Return how many pairs of a member and a discipline that it needs an office does not cover: the term."""
    return sum(len(needed_by) for _, needed_by in lacked(problem, members))


def discipline_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield the breach of a shared office that lacks a discipline of ``limits.covers``: it names who needs it."""
    wanted = problem.limits.covers
    if not wanted or not office.is_shared:
        return
    needing = {id_ for name, some in lacked(problem, office.members) if name in wanted for id_ in some}
    if needing:
        yield Violation("covers", tuple(id_ for id_ in office.members if id_ in needing), office.host)


def lacking(problem: Problem, grouping: Grouping) -> dict[str, tuple[str, ...]]:
    """Return the disciplines that each municipality needs and its office does not cover, in id order."""
    found: dict[str, list[str]] = {id_: [] for id_ in grouping.host_of}
    for members in grouping.offices.values():
        for name, needed_by in lacked(problem, members):
            for id_ in needed_by:
                found[id_].append(name)
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
