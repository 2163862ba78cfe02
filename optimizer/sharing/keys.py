"""Keys: who pays which share of a common cost. Shares are exact fractions, and whole units that sum to the cost.

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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

from optimizer.sharing.game import Game
from optimizer.sharing.nucleolus import nucleolus
from optimizer.sharing.shapley import MOST_SHAPLEY, shapley

GIVEN: Final = ("inhabitants", "need", "use")
"""Keys in proportion to a figure of each player that somebody must give."""
MIXED: Final = ("equal", *GIVEN)
"""Keys that a mix may have."""
KEYS: Final = (*MIXED, "alone", "equal_gain", "shapley", "nucleolus")

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


def exact_shares(game: Game, key: SharingKey, figures: Figures, own: Sequence[int] | None = None) -> list[Fraction]:
    """Return what each player pays by a key, in the order of the players; the sum is the game's total.

    Parameters
    ----------
    game
        The cost to share, and what coalitions would pay.
    key
        Without faults.
    figures
        Of each player, for `GIVEN` keys.
    own
        Whole units that each pays of its own, in the order of the players; only the rest is shared.

    Raises
    ------
    ValueError
        If figures of a key are missing or negative, or there are more players than ``shapley`` can take.
    """
    if own is not None:
        rest = exact_shares(game.without(own), key, figures)
        return [part + share for part, share in zip(own, rest, strict=True)]
    shares = [Fraction(0)] * len(game.players)
    for name, share in key.parts.items():
        part = one_key(game, name, figures)
        shares = [paid + decimal(share) * one for paid, one in zip(shares, part, strict=True)]
    return shares


def one_key(game: Game, name: str, figures: Figures) -> Sequence[Fraction]:
    """Return what each player pays by one key."""
    if name == "shapley":
        return shapley(game)
    if name == "nucleolus":
        return nucleolus(game)
    if name == "equal_gain":
        return [Fraction(cost) - Fraction(game.saving, len(game.players)) for cost in game.alone]
    return in_proportion(game.total, name, weights_of(game, name, figures))


def weights_of(game: Game, name: str, figures: Figures) -> list[Fraction]:
    """Return the figures that a key divides in proportion to."""
    if name == "equal":
        return [Fraction(1)] * len(game.players)
    if name == "alone":
        return [Fraction(cost) for cost in game.alone]
    missing = [id_ for id_ in game.players if id_ not in figures.get(name, {})]
    if missing:
        raise ValueError(f"the key {name} needs a figure of each member; none is given for {', '.join(missing)}")
    return [Fraction(figures[name][id_]) for id_ in game.players]


def in_proportion(total: int, name: str, weights: Sequence[Fraction]) -> list[Fraction]:
    """Return the total divided in proportion to weights; equally if all of them are 0.

    Raises
    ------
    ValueError
        If a weight is negative.
    """
    if min(weights) < 0:
        raise ValueError(f"the key {name} has a figure of {float(min(weights)):g}; expected 0 or more")
    whole = sum(weights)
    return [total * weight / whole if whole else Fraction(total, len(weights)) for weight in weights]


def whole_shares(shares: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """Return shares in whole units that sum to the total: each rounded down, and the largest remainders up.

    Of equal remainders the first in the order of the players is rounded up, so the answer does not depend on the order
    of the input. Whoever pays no more than a whole figure before rounding pays no more after it.
    """
    floors = [floor(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (floors[i] - shares[i], i))
    up = set(order[: total - sum(floors)])
    return tuple(low + (i in up) for i, low in enumerate(floors))
