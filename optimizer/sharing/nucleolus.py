"""The nucleolus: the sharing that makes the least content coalition as content as can be, then the next, and so on.

Schmeidler (1969), "The nucleolus of a characteristic function game". Computed by a sequence of linear programmes: each
finds the least worst excess of the coalitions that are not settled, and settles those that have it in every optimum.
The criterion of Kohlberg (1971) proves the answer without regard to how it was found.
"""

from fractions import Fraction
from typing import Final

import numpy as np
from scipy import sparse

from optimizer.linear import minimise
from optimizer.sharing.core import SECONDS, least_excess
from optimizer.sharing.game import Floats, Game

WEIGHT: Final = 1e-7
"""Weights in a proof below this are rounding."""
SAME_EXCESS: Final = 0.01
"""Whole units within which two excesses count as the same."""
UNBALANCED: Final = 1e-6


def nucleolus(game: Game) -> tuple[Fraction, ...]:
    """Return what each player pays by the nucleolus over the coalitions that could form.

    Accurate to the linear solver, far within a whole unit; the shares sum to the total exactly.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer, or one that does not pass the criterion.
    """
    shares = lexicographic(game)
    if not passes_kohlberg(game, shares):
        raise ArithmeticError(f"the sharing found for {', '.join(game.players)} is not the nucleolus")
    return shares


def lexicographic(game: Game) -> tuple[Fraction, ...]:
    """Return the sharing that the sequence of linear programmes ends with.

    Raises
    ------
    ArithmeticError
        If the linear solver gives no answer.
    """
    n = len(game.players)
    settled = np.ones((1, n))
    gains = np.array([float(game.saving)])
    free, savings = game.incidence, game.savings
    while len(settled) < n:
        outside = ~in_span(free, settled)
        free, savings = free[outside], savings[outside]
        stage = least_excess(free, savings, settled, gains)
        for k in np.flatnonzero(stage.weights > WEIGHT):
            if not in_span(free[k : k + 1], settled)[0]:
                settled = np.vstack((settled, free[k]))
                gains = np.append(gains, savings[k] - stage.excess)
    solved = np.linalg.solve(settled, gains)
    shares = [Fraction(alone) - Fraction(float(gain)) for alone, gain in zip(game.alone, solved, strict=True)]
    rest = game.total - sum(shares, Fraction(0))
    return tuple(share + rest / n for share in shares)


def in_span(rows: Floats, settled: Floats) -> np.ndarray:
    """Return which rows (k, n) are sums of settled ones (f, n), which are linearly independent; of 0 and 1 all."""
    basis, _ = np.linalg.qr(settled.T)
    rest = rows - (rows @ basis) @ basis.T
    return np.asarray(np.abs(rest).max(axis=1, initial=0.0) < UNBALANCED)


def passes_kohlberg(game: Game, shares: tuple[Fraction, ...] | Floats) -> bool:
    """Return whether a sharing is the nucleolus, by Kohlberg's criterion.

    For every limit, the coalitions whose excess is at least that must be balanced: some positive weights of them give
    each player the same sum. Limits that add no new direction add nothing to check, and once the coalitions have rank n
    all further limits hold.

    Parameters
    ----------
    game
        The game.
    shares
        What each pays (n,), whole units; they must sum to the total to within `SAME_EXCESS`.
    """
    paid = np.array([float(share) for share in shares])
    gains = np.array(game.alone, dtype=np.float64) - paid
    if abs(paid.sum() - game.total) > SAME_EXCESS:
        return False
    excess = game.savings - game.incidence @ gains
    order = np.argsort(-excess, kind="stable")
    rank, start = 1, 0
    while rank < len(paid):
        end = start + int((excess[order[start:]] >= excess[order[start]] - SAME_EXCESS).sum())
        worst = game.incidence[order[:end]]
        grown = int(np.linalg.matrix_rank(np.vstack((np.ones(len(paid)), worst))))
        if grown > rank and not balanced(worst):
            return False
        rank, start = grown, end
    return True


def balanced(coalitions: Floats) -> bool:
    """Return whether positive weights of the coalitions (k, n) give each player the same sum.

    Weights of at least 1 each, and a multiple of all players, are sought such that the players' sums miss it least.
    """
    many, n = coalitions.shape
    everybody = np.ones((n, 1))
    matrix = np.hstack((coalitions.T, -everybody, np.eye(n), -np.eye(n)))
    costs = np.concatenate((np.zeros(many + 1), np.ones(2 * n)))
    sides = -coalitions.sum(axis=0)
    solution = minimise(costs, sparse.csr_matrix(matrix), sides, sides, seconds=SECONDS)
    if solution is None:
        raise ArithmeticError("the linear solver could not tell whether coalitions are balanced")
    return bool(costs @ solution.values < UNBALANCED * max(1, many))
