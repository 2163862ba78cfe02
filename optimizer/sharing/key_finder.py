"""Which mixes of two keys everybody can accept: intervals of the part that the first key divides.

A mix of the keys p and q with the share a by p makes each share linear in a, so each coalition's condition

    a p(T) + (1 - a) q(T) <= c(T)

cuts the interval from 0 to 1; what is left needs no solver. Where nothing is left, the smallest grant that leaves a
mix is a linear programme in two variables.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np
from scipy import sparse

from optimizer.linear import minimise
from optimizer.sharing.core import SECONDS
from optimizer.sharing.game import Game

BINDING: Final = 1e-7
"""A coalition whose limit is met to within this share of it is at its limit."""


@dataclass(frozen=True)
class KeyInterval:
    """Shares of the first key, of the cost, at which nobody of whom it is asked objects.

    Parameters
    ----------
    low, high
        From 0 to 1, exactly.
    """

    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How much room there is."""
        return self.high - self.low


@dataclass(frozen=True)
class ClosingGrant:
    """The smallest sum from outside with which some mix of two keys leaves nobody worse off.

    Parameters
    ----------
    grant
        Whole units, rounded up; 0 if none is needed.
    part
        Share that the first key divides of what is left to share; the middle of the interval if no grant is needed.
    members
        Players of the coalitions that keep it from being smaller, in the order of the players.
    """

    grant: int
    part: float
    members: tuple[str, ...]


def nobody_pays_more(game: Game, first: Sequence[Fraction], second: Sequence[Fraction]) -> KeyInterval | None:
    """Return at which parts of the first key no player pays more than alone; ``None`` if at none.

    Parameters
    ----------
    game
        The game.
    first, second
        What each pays by either key, in the order of the players.
    """
    return interval(game, first, second, (1 << i for i in range(len(game.players))))


def nobody_leaves(game: Game, first: Sequence[Fraction], second: Sequence[Fraction]) -> KeyInterval | None:
    """Return at which parts of the first key no coalition that could form pays more than by itself."""
    return interval(game, first, second, game.proper)


def interval(
    game: Game, first: Sequence[Fraction], second: Sequence[Fraction], coalitions: Iterable[int]
) -> KeyInterval | None:
    """Return the parts of the first key at which these coalitions pay no more than by themselves."""
    low, high = Fraction(0), Fraction(1)
    for coalition in coalitions:
        at_one, at_none = (sum_over(shares, coalition) for shares in (first, second))
        room, slope = game.costs[coalition] - at_none, at_one - at_none
        if slope > 0:
            high = min(high, room / slope)
        elif slope < 0:
            low = max(low, room / slope)
        elif room < 0:
            return None
    return KeyInterval(low, high) if low <= high else None


def sum_over(shares: Sequence[Fraction], coalition: int) -> Fraction:
    """Return what the members of a coalition pay together."""
    return sum((share for i, share in enumerate(shares) if coalition >> i & 1), Fraction(0))


def closing_grant(
    game: Game, first: Sequence[Fraction], second: Sequence[Fraction], coalitions: Sequence[int]
) -> ClosingGrant | None:
    """Return the smallest grant with which some mix lets these coalitions pay no more than by themselves.

    With u and w the sums divided by the two keys: maximise u + w subject to u p(T) + w q(T) <= c(T) c(N), u, w >= 0.

    Parameters
    ----------
    game
        The game.
    first, second
        What each pays by either key if there is no grant.
    coalitions
        Who must not pay more: `Game.proper`, or single players.

    Returns
    -------
    ClosingGrant or None
        ``None`` if a coalition would pay less than nothing by itself, or all together pay nothing: no grant is the
        answer then.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    if (none_needed := interval(game, first, second, coalitions)) is not None:
        return ClosingGrant(0, float(none_needed.low + none_needed.high) / 2, ())
    if game.total <= 0 or min(game.costs[coalition] for coalition in coalitions) < 0:
        return None
    limits = np.array([game.costs[coalition] for coalition in coalitions], dtype=np.float64) / game.total
    slopes = np.array(
        [[float(sum_over(key, coalition) / game.total) for key in (first, second)] for coalition in coalitions]
    )
    rows = sparse.csr_matrix(np.vstack((slopes, np.ones(2))))
    sides = np.append(limits, 1.0)
    solution = minimise(-np.ones(2), rows, np.full(len(sides), -np.inf), sides, seconds=SECONDS)
    if solution is None:
        raise ArithmeticError("the linear solver found no grant")
    left = float(solution.values.sum())
    grant = max(1, ceil((1 - left) * game.total - BINDING))
    binding = slopes @ solution.values >= limits * (1 - BINDING)
    members = 0
    for coalition, is_binding in zip(coalitions, binding, strict=True):
        members |= coalition if is_binding else 0
    return ClosingGrant(grant, float(solution.values[0] / left) if left else 0.0, game.members(members))
