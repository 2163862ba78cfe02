"""Offices of a region, of which never all are listed at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimizer.engines.candidates import CandidatePool, GroupFinder, Integers, connected_groups, scores
from optimizer.engines.listing import assembled
from optimizer.problem import Bools
from optimizer.regions.region import Places, Region

Positions = NDArray[np.int32]

MOST_KEPT = 200_000_000
"""Members of all offices that are kept, some 1.2 GB with their costs."""


@dataclass(frozen=True, eq=False)
class OfficeList:
    """Some offices of a region.

    Parameters
    ----------
    members
        Positions in the region (k, size of the largest), the host first, padded with n.
    costs
        Cost units (k,).
    """

    members: Positions
    costs: Integers

    def __len__(self) -> int:
        """Return the number of offices."""
        return len(self.costs)

    def take(self, rows: NDArray[np.intp]) -> "OfficeList":
        """Return these offices only."""
        return OfficeList(self.members[rows], self.costs[rows])

    @classmethod
    def joined(cls, parts: Sequence["OfficeList"], many: int) -> "OfficeList":
        """Return several lists as one.

        Parameters
        ----------
        parts
            Lists, one at least.
        many
            Municipalities of the region.
        """
        width = max(part.members.shape[1] for part in parts)
        members = np.full((sum(map(len, parts)), width), many, dtype=np.int32)
        start = 0
        for part in parts:
            members[start : start + len(part), : part.members.shape[1]] = part.members
            start += len(part)
        return cls(members, np.concatenate([part.costs for part in parts]))


def offices_at(region: Region, places: Places, hosts: Bools, touching: Bools | None = None) -> CandidatePool:
    """Return the legal offices at some hosts, each group at its best host only, members by place in ``places``.

    Parameters
    ----------
    region
        The region.
    places
        Where members may be, ascending (k,); all whom the hosts can share an office with, if the list is to be whole.
    hosts
        Which of them host (k,).
    touching
        Keep offices with one of these members only (k,).
    """
    problem = region.problem(places)
    pairs = scores(problem)
    finder = GroupFinder(problem, pairs)
    members, costs, tied = finder.singles()
    own = hosts[members[:, 0]] if touching is None else touching[members[:, 0]]
    chunks = [(members[own], costs[own], tied[own])]
    for host in np.flatnonzero(np.diagonal(pairs.allowed) & hosts):
        for groups in connected_groups(pairs, int(host), problem.limits.max_members):
            wanted = groups if touching is None else groups[touching[groups].any(axis=1)]
            chunks.append(finder.legal(wanted, every_host=False))
    return assembled(finder, chunks)


class OfficeBook:
    """The offices of a region by host, each listed once as long as there is room for them.

    Parameters
    ----------
    region
        The region.
    room
        Members of all offices that are kept.
    """

    def __init__(self, region: Region, room: int = MOST_KEPT) -> None:
        self.region, self.room = region, room
        self.kept: dict[int, OfficeList] = {}

    def at(self, hosts: Places) -> OfficeList:
        """Return the offices at some hosts, those of one included, each group at its best host only.

        Parameters
        ----------
        hosts
            Positions, ascending, one at least.
        """
        missing = np.array([host for host in hosts.tolist() if host not in self.kept], dtype=np.intp)
        found = self.listed(missing) if len(missing) else {}
        return OfficeList.joined([found.get(host) or self.kept[host] for host in hosts.tolist()], len(self.region))

    def listed(self, hosts: Places) -> dict[int, OfficeList]:
        """Return the offices at hosts that are not kept, and keep them while there is room."""
        places = np.flatnonzero(self.region.reached(hosts))
        pool = offices_at(self.region, places, np.isin(places, hosts, assume_unique=True))
        order = np.argsort(pool.hosts, kind="stable")
        members = np.append(places, len(self.region)).astype(np.int32)[pool.members[order]]
        costs = pool.costs[order]
        ends = np.searchsorted(members[:, 0], hosts, side="right")
        found = {}
        for host, start, end in zip(hosts.tolist(), [0, *ends[:-1]], ends, strict=True):
            width = max(1, int((members[start:end] < len(self.region)).sum(axis=1).max(initial=1)))
            found[host] = OfficeList(members[start:end, :width].copy(), costs[start:end])
        many = sum(part.members.size for part in found.values())
        if many <= self.room:
            self.room -= many
            self.kept |= found
        return found
