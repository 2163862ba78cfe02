"""Keys: by what each pays a share of a common cost; `optimizer.sharing.shares` computes it.

| key | what each pays |
| --- | --- |
| ``equal`` | the same |
| ``inhabitants``, ``need``, ``use`` | in proportion to a figure that is given; the same if all have 0 |
| ``alone`` | in proportion to what it would pay alone |
| ``equal_gain`` | what it would pay alone, less the same part of the saving |
| ``shapley`` | the mean of what it adds, over all orders of joining |
| ``nucleolus`` | so that the least content coalition is as content as can be |

A mix divides parts of the cost by ``equal``, ``inhabitants``, ``need`` or ``use``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

GIVEN: Final = ("inhabitants", "need", "use")
"""Keys in proportion to a figure of each player that somebody must give."""
MIXED: Final = ("equal", *GIVEN)
"""Keys that a mix may have."""
KEYS: Final = (*MIXED, "alone", "equal_gain", "shapley", "nucleolus")
MOST_SHAPLEY: Final = 12
"""Players up to whom the Shapley value is computed exactly."""

Figures = Mapping[str, Mapping[str, float]]
"""Figures of each player by the key in proportion to them: ``{"inhabitants": {"1101": 15546, ..}, ..}``."""


@dataclass(frozen=True)
class SharingKey:
    """A key, or a mix of keys.

    Parameters
    ----------
    parts
        Share of the cost that each key divides; they sum to 1.
    """

    parts: Mapping[str, float]

    @classmethod
    def of(cls, name: str) -> "SharingKey":
        """Return the key of this name."""
        return cls({name: 1.0})

    def faults(self, players: int = 0) -> list[str]:
        """Return one sentence for each thing that cannot be meant.

        Parameters
        ----------
        players
            The most that share one cost.
        """
        expected = KEYS if len(self.parts) == 1 else MIXED
        found = [
            f"{name!r} is not a key{' of a mix' if len(self.parts) > 1 else ''}; expected one of {', '.join(expected)}"
            for name in self.parts
            if name not in expected
        ]
        found += [
            f"the share of {name} is {share}; expected a number from 0 to 1"
            for name, share in self.parts.items()
            if not 0 <= share <= 1
        ]
        if not found and sum(decimal(share) for share in self.parts.values()) != 1:
            found.append(f"the shares of the key sum to {sum(self.parts.values()):g}; expected 1")
        if "shapley" in self.parts and players > MOST_SHAPLEY:
            found.append(f"shapley is exact up to {MOST_SHAPLEY} members, and {players} are allowed; use equal_gain")
        return found


def decimal(value: float) -> Fraction:
    """Return the decimal number that a float is printed as: shares of 0.1, 0.2 and 0.7 sum to 1."""
    return Fraction(repr(float(value)))
