"""A grouping: which host each municipality has. The host's id is the office's label."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from optimizer.checking.errors import ProblemError
from optimizer.checking.kinds import require
from optimizer.shown import Shown, offices_and_alone


@dataclass(frozen=True, repr=False)
class Grouping(Shown):
    """Municipality to host, in the order of the municipality ids.

    Any assignment can be held, also one that breaks rules; `optimizer.judging.evaluate` judges it.

    Parameters
    ----------
    pairs
        ``(municipality, host)``, sorted, each municipality once.
    """

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, host_of: Mapping[str, str]) -> "Grouping":
        """Return the grouping with these hosts.

        Raises
        ------
        ProblemError
            If it is no mapping from text to text.
        """
        require(hosts=(host_of, Mapping[str, str]))
        return cls(tuple(sorted(host_of.items())))

    @classmethod
    def of_offices(cls, offices: Iterable[tuple[str, Iterable[str]]]) -> "Grouping":
        """Return the grouping of ``(host, members)`` pairs.

        Raises
        ------
        ProblemError
            If a municipality is in two offices, or these are no offices.
        """
        try:
            pairs = sorted((member, host) for host, members in offices for member in members)
        except (TypeError, ValueError):
            raise ProblemError(["offices: expected pairs of a host and its members, all of them text"]) from None
        twice = sorted({a[0] for a, b in pairwise(pairs) if a[0] == b[0]})
        if twice:
            raise ProblemError([f"in more than one office: {', '.join(twice)}"])
        return cls(tuple(pairs))

    @cached_property
    def letters(self) -> str:
        """Eight letters, the same for the same grouping."""
        return hashlib.sha256(repr(self.pairs).encode()).hexdigest()[:8]

    @cached_property
    def host_of(self) -> Mapping[str, str]:
        """Host of each municipality."""
        return MappingProxyType(dict(self.pairs))

    @cached_property
    def offices(self) -> Mapping[str, tuple[str, ...]]:
        """Members of each office by its host, both in id order; offices of one included."""
        members: dict[str, list[str]] = {}
        for municipality, host in self.pairs:
            members.setdefault(host, []).append(municipality)
        return MappingProxyType({host: tuple(members[host]) for host in sorted(members)})

    def in_short(self) -> str:
        """Return how many municipalities there are, in how many offices."""
        return offices_and_alone(map(len, self.offices.values()))

    def rows(self) -> list[dict[str, object]]:
        """Return each municipality with its host and the number of members of its office, itself included."""
        return [{"kommunenummer": id_, "host": host, "members": len(self.offices[host])} for id_, host in self.pairs]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Iterate over ``(municipality, host)``."""
        return iter(self.pairs)

    def __len__(self) -> int:
        """Return the number of municipalities."""
        return len(self.pairs)

    def companions(self, municipality: str) -> frozenset[str]:
        """Return all members of the municipality's office, itself included."""
        return frozenset(self.offices[self.host_of[municipality]])

    def moved(self, other: "Grouping") -> tuple[str, ...]:
        """Return the municipalities of both groupings whose host differs, in id order."""
        return tuple(i for i, host in self.pairs if i in other.host_of and other.host_of[i] != host)
