"""The Shapley value: what each player adds to the cost, as a mean over all orders in which they might join."""

from fractions import Fraction
from math import factorial

import numpy as np

from optimizer.sharing.game import Game, partition_costs
from optimizer.sharing.keys import MOST_SHAPLEY


def shapley(game: Game) -> tuple[Fraction, ...]:
    """Return what each player pays by the Shapley value, exactly.

    The value of a set of players is that of its cheapest partition into coalitions that could form, v, and

        x(i) = sum over T without i of |T|! (n - |T| - 1)! / n! * (v(T + i) - v(T))

    (Shapley 1953, "A value for n-person games"; for games with restricted coalitions, Aumann and Drèze 1974).

    Raises
    ------
    ValueError
        If there are more than `MOST_SHAPLEY` players.
    """
    n = len(game.players)
    if n > MOST_SHAPLEY:
        raise ValueError(
            f"there are {n} players; shapley is exact up to {MOST_SHAPLEY}, beyond that use equal_gain or nucleolus"
        )
    costs = partition_costs(game)
    sets = np.arange(1 << n, dtype=np.int64)
    sizes = np.bitwise_count(sets).astype(np.int64)
    shares = []
    for i in range(n):
        without = sets[sets >> i & 1 == 0]
        added = costs[without | 1 << i] - costs[without]
        # Whole numbers by size first: their sums are exact.
        by_size = [int(added[sizes[without] == size].sum()) for size in range(n)]
        weighted = sum(factorial(size) * factorial(n - size - 1) * by_size[size] for size in range(n))
        shares.append(Fraction(weighted, factorial(n)))
    return tuple(shares)
