"""Disciplines of planning: who needs which, and what each municipality holds of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType

from optimizer.sharing.keys import decimal


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

    def is_needed(self, name: str, municipality: str) -> bool:
        """Return whether a municipality needs a discipline."""
        return name not in self.only_for or municipality in self.only_for[name]


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
class Disciplines:
    """What is asked of disciplines, and what is known of them.

    Parameters
    ----------
    need
        Who needs which.
    table
        What is held where it is known.
    """

    need: DisciplineNeed
    table: HeldTable = field(default_factory=lambda: MappingProxyType({}))

    def held(self, name: str, municipality: str, planner_fte: float) -> HeldFte:
        """Return what a municipality holds of a discipline.

        Parameters
        ----------
        name
            Of the discipline.
        municipality
            Its id; without a table it holds as large a part of its planners as the discipline is of the need.
        planner_fte
            Planners that it employs, årsverk.
        """
        if municipality in self.table:
            return self.table[municipality].get(name, HeldFte(0.0, 0))
        return HeldFte(self.need.shares.get(name, 0.0) * planner_fte)
