"""Games drawn at random: some coalitions cannot form, some save, some do not."""

import numpy as np

from optimizer.sharing.game import Game


def drawn_game(n: int, seed: int, *, formed: float = 0.7, saving: float = 0.25) -> Game:
    """Return a game of n players whose costs rise with the players, less what sharing saves.

    Parameters
    ----------
    n
        Players.
    seed
        Of the random numbers.
    formed
        Share of the coalitions that could form.
    saving
        What sharing saves of the costs at most; half as much may be lost.
    """
    random = np.random.default_rng(seed)
    alone = random.integers(50_000, 500_000, n)
    costs = {}
    for coalition in range(1, 1 << n):
        inside = [i for i in range(n) if coalition >> i & 1]
        if len(inside) == 1:
            costs[coalition] = int(alone[inside[0]])
        elif coalition == (1 << n) - 1 or random.random() < formed:
            costs[coalition] = int(alone[inside].sum() * (1 - random.uniform(-saving / 2, saving)))
    return Game(tuple("abcdefghijkl"[:n]), costs)


def relabelled_game(game: Game, order: list[int]) -> Game:
    """Return the same game with player ``i`` in the place ``order[i]``, under the name of that place."""
    moved = {
        sum(1 << order[i] for i in range(len(order)) if coalition >> i & 1): cost
        for coalition, cost in game.costs.items()
    }
    return Game(game.players, moved)
