"""Arrangements of today as groupings: who belongs where, and who is host where nobody is named.

The rules, in this order:

1. Only municipalities that take part in the problem are placed.
2. A municipality in several groups belongs to the one that is best documented (the order of
   `geodata.references.STATUSES`), among these to the one to whose other members it has the shortest journey on
   average, among these to the first by name.
3. The host is the one that the source names. If it names none, or the one named does not take part, it is the
   member to which the others' journeys are shortest in all (minutes times trips), the first in id order of several.
4. Who is in no group, or alone in it, stands alone.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from geodata import references
from optimizer.grouping import Grouping
from optimizer.problem import Problem

RANK = {status: rank for rank, status in enumerate(references.STATUSES)}


@dataclass(frozen=True)
class Group:
    """One group of a reference, as far as it takes part.

    Parameters
    ----------
    name
        As the source calls it.
    host, members
        Ids; the members in id order, the host among them.
    host_named
        Whether the source names this host; otherwise rule 3 chose it.
    outside
        Members that do not take part in the problem.
    elsewhere
        Members that rule 2 gives to another group.
    status
        Of the best documented row; a key of `geodata.references.STATUSES`.
    source, source_year, year_from, year_to
        Of the same row; years are empty where the source has none.
    """

    name: str
    host: str
    members: tuple[str, ...]
    host_named: bool
    outside: tuple[str, ...]
    elsewhere: tuple[str, ...]
    status: str
    source: str
    source_year: str
    year_from: str
    year_to: str


@dataclass(frozen=True)
class Placed:
    """A reference as a grouping.

    Parameters
    ----------
    name, title, title_en
        Of the reference.
    grouping
        Of all municipalities that take part.
    groups
        The groups of two or more, by host.
    lost
        The groups of which fewer than two take part.
    """

    name: str
    title: str
    title_en: str
    grouping: Grouping
    groups: Mapping[str, Group]
    lost: tuple[Group, ...] = ()


def place(problem: Problem, name: str, edition: str) -> Placed:
    """Return a reference as a grouping of the municipalities that take part.

    Raises
    ------
    geodata.faults.DataError
        If there is no such reference.
    """
    table = references.load(name, edition)
    active = {id_ for id_, active in zip(problem.ids, problem.active, strict=True) if active}
    members = belonging(problem, table[table["kommunenummer"].isin(active)])
    found = [group_of(problem, rows, str(group), members.get(str(group), ())) for group, rows in table.groupby("group")]
    groups = {group.host: group for group in found if len(group.members) > 1}
    host_of = {id_: id_ for id_ in active}
    for group in groups.values():
        host_of |= dict.fromkeys(group.members, group.host)
    reference = references.get(name)
    lost = tuple(group for group in found if len(group.members) < 2 and group.outside)
    return Placed(name, reference.title, reference.title_en, Grouping.of(host_of), groups, lost)


def belonging(problem: Problem, rows: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the members of each group, each municipality in one group only (rule 2)."""
    everybody = {group: list(ids) for group, ids in rows.groupby("group")["kommunenummer"]}
    claims: dict[str, list[tuple[int, float, str]]] = {}
    for group, id_, status in zip(rows["group"], rows["kommunenummer"], rows["status"], strict=True):
        others = [other for other in everybody[group] if other != id_]
        claims.setdefault(id_, []).append((RANK[status], mean_minutes(problem, id_, others), group))
    members: dict[str, list[str]] = {}
    for id_ in sorted(claims):
        members.setdefault(min(claims[id_])[2], []).append(id_)
    return {group: tuple(ids) for group, ids in members.items()}


def mean_minutes(problem: Problem, id_: str, others: Iterable[str]) -> float:
    """Return the mean journey from a municipality to others; infinite if there are none."""
    ways = [float(problem.minutes[problem.index[id_], problem.index[other]]) for other in others]
    return math.fsum(ways) / len(ways) if ways else float("inf")


def group_of(problem: Problem, rows: pd.DataFrame, name: str, members: tuple[str, ...]) -> Group:
    """Return a group from all its rows and the members that it keeps."""
    named = [id_ for id_ in rows.loc[rows["role"] == "host", "kommunenummer"] if id_ in members]
    best = min(rows.to_dict("records"), key=lambda row: RANK[row["status"]])
    away = [id_ for id_ in sorted(rows["kommunenummer"]) if id_ not in members]
    takes_part = [bool(problem.active[problem.index[id_]]) for id_ in away]
    return Group(
        name=name,
        host=named[0] if named else nearest(problem, members or tuple(away)),
        members=members,
        host_named=bool(named),
        outside=tuple(id_ for id_, part in zip(away, takes_part, strict=True) if not part),
        elsewhere=tuple(id_ for id_, part in zip(away, takes_part, strict=True) if part),
        **{key: str(best[key]) for key in ("status", "source", "source_year", "year_from", "year_to")},
    )


def nearest(problem: Problem, members: tuple[str, ...]) -> str:
    """Return the member to which the others' journeys are shortest in all (rule 3)."""

    def length(host: str) -> tuple[int, float, str]:
        h = problem.index[host]
        ways = [(float(problem.minutes[problem.index[i], h]), float(problem.trips[problem.index[i]])) for i in members]
        lost = sum(minutes == float("inf") for minutes, _ in ways)
        return lost, math.fsum(minutes * trips for minutes, trips in ways if minutes != float("inf")), host

    return min(members, key=length)
