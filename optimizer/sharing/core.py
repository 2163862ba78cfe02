"""The core: ways of sharing a cost that no coalition can refuse, and who would refuse a given one.

With gains g(i) = c(i) - x(i), what player i pays less than alone, and the saving s(T) = sum of c(i) over T - c(T) of a
coalition, T is content if g(T) >= s(T). The least core (Maschler, Peleg and Shapley 1979) makes the worst excess

    e = max over T of s(T) - g(T) = max over T of x(T) - c(T)

as small as can be. The core is not empty if and only if e <= 0, and then -e is what each coalition gains at least by
staying.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np
from scipy import sparse

from optimizer.linear import minimise
from optimizer.sharing.game import Floats, Game

SECONDS: Final = 60.0
"""For one linear programme; the largest takes a second."""
SLACK: Final = 0.5
"""Whole units below which an excess counts as none."""


@dataclass(frozen=True, eq=False)
class LeastCore:
    """The sharing that the least content coalition minds least.

    Parameters
    ----------
    excess
        What a coalition pays more than by itself, at most; whole units, negative if each gains. 0 for a single player.
    shares
        What each pays (n,), whole units as floats; one of several such sharings.
    weights
        Of the coalitions of `Game.proper` in the proof that no sharing does better (k,).
    """

    excess: float
    shares: Floats
    weights: Floats


@dataclass(frozen=True)
class Leaving:
    """A coalition that would pay less by itself.

    Parameters
    ----------
    members
        Ids.
    gain
        Whole units that it would pay less.
    """

    members: tuple[str, ...]
    gain: int


def least_core(game: Game) -> LeastCore:
    """Return the least core, and one sharing in it.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    if len(game.players) == 1:
        return LeastCore(0.0, np.array([float(game.total)]), np.empty(0))
    fixed = np.ones((1, len(game.players)))
    stage = least_excess(game.incidence, game.savings, fixed, np.array([float(game.saving)]))
    shares = np.array(game.alone, dtype=np.float64) - stage.shares
    return LeastCore(stage.excess, shares, stage.weights)


def least_excess(free: Floats, savings: Floats, fixed: Floats, gains: Floats) -> LeastCore:
    """Return the least worst excess of some coalitions when the gains of others are fixed.

    Solved in its dual: minimise sum of nu(F) g(F) - sum of lambda(T) s(T), subject to the same sum of lambda(T) over
    the T and of nu(F) over the F with each player, and lambda(T) >= 0 with the sum 1; the gains are the prices of the
    players' rows.

    Parameters
    ----------
    free
        Whether each coalition has each player (k, n).
    savings
        What each coalition would save by itself (k,).
    fixed
        Coalitions whose gain is decided, linearly independent (f, n).
    gains
        Their gains (f,).

    Returns
    -------
    LeastCore
        With gains in the place of shares.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    scale = max(1.0, float(np.abs(savings).max()), float(np.abs(gains).max()))
    many, n = free.shape
    costs = np.concatenate((-savings, gains, -gains)) / scale
    players = np.hstack((free.T, -fixed.T, fixed.T))
    weights = np.concatenate((np.ones(many), np.zeros(2 * len(gains))))
    matrix = sparse.csr_matrix(np.vstack((players, weights)))
    sides = np.append(np.zeros(n), 1.0)
    solution = minimise(costs, matrix, sides, sides, seconds=SECONDS)
    if solution is None:
        raise ArithmeticError("the linear solver found no least core")
    return LeastCore(-float(costs @ solution.values) * scale, -solution.duals[:n] * scale, solution.values[:many])


def is_stable(game: Game) -> bool:
    """Return whether some sharing exists that no coalition can refuse; an excess of up to `SLACK` counts as none.

    Most games are settled without a linear programme: all together must save, and if equal gains content every
    coalition they are such a sharing. Two players need no more than that.
    """
    if game.saving < 0:
        return False
    if len(game.players) <= 2 or (game.incidence.sum(axis=1) * game.saving >= game.savings * len(game.players)).all():
        return True
    return least_core(game).excess <= SLACK


def leavings(game: Game, shares: Sequence[int | Fraction]) -> tuple[Leaving, ...]:
    """Return each coalition that would be better off by itself, the one that gains most for each member first.

    A gain below one whole unit a member is no reason to leave: it may come from rounding the shares.

    Parameters
    ----------
    game
        Who could leave together, and what they would pay.
    shares
        What each player pays, in the order of the players.
    """
    found = []
    for coalition in game.proper:
        members = game.members(coalition)
        paid = sum(share for i, share in enumerate(shares) if coalition >> i & 1)
        gain = paid - game.costs[coalition]
        if gain >= len(members):
            found.append(Leaving(members, int(gain)))
    return tuple(sorted(found, key=lambda one: (-one.gain / len(one.members), one.members)))
