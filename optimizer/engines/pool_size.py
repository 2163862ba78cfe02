"""How many offices there would be to list: an estimate by random walks (Knuth 1975)."""

from collections.abc import Callable
from typing import Final

import numpy as np

from optimizer.engines.candidates import Scores

WALKS_A_HOST: Final = 3
SEED: Final = 1


def estimated_groups(pairs: Scores, max_members: int, lasts: Callable[[], bool] = lambda: True) -> float:
    """Return about how many connected groups `optimizer.engines.candidates.connected_groups` would meet at all hosts.

    A walk grows one group from a host, each time by one of those who may join, chosen by chance. The product of the
    numbers of choices on the way is, on average, the number of groups of that size. Single estimates are often too
    low and seldom far too high; the same question always has the same one.

    Parameters
    ----------
    pairs, max_members
        Who may share with whom, and how large offices may be.
    lasts
        Whether there is time; otherwise only the hosts looked at by then count.
    """
    chance = np.random.default_rng(SEED)
    total = 0.0
    for host in np.flatnonzero(np.diagonal(pairs.allowed)):
        if not lasts():
            break
        ball = np.flatnonzero(pairs.allowed[:, host])
        ball = np.concatenate(([host], ball[ball != host]))
        adjacent = pairs.adjacent[np.ix_(ball, ball)]
        for _ in range(WALKS_A_HOST if adjacent[0].any() else 0):
            seen = adjacent[0].copy()
            seen[0] = True
            extension, groups = np.flatnonzero(adjacent[0]), 1.0
            for _ in range(max_members - 1):
                groups *= len(extension)
                if not groups:
                    break
                total += groups / WALKS_A_HOST
                new = chance.integers(len(extension))
                unseen = adjacent[extension[new]] & ~seen
                seen |= unseen
                extension = np.concatenate((extension[new + 1 :], np.flatnonzero(unseen)))
    return total
