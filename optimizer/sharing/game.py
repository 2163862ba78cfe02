"""A cost game: what each coalition that could form would pay by itself.

Costs are whole units, such as øre, so that comparisons and sums are exact. A coalition is a set of players, written as
a number whose bit ``i`` says whether player ``i`` is in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_PLAYERS: Final = 16
"""Of a game whose coalitions are listed one by one: 65 535 of them."""


@dataclass(frozen=True, eq=False)
class Game:
    """Players and what each coalition that could form would pay by itself.

    Parameters
    ----------
    players
        Ids, sorted: every answer is the same whatever the order in which they came.
    costs
        Whole units by coalition. Each single player and all together are among them; a coalition that is not here
        could not form.

    Raises
    ------
    ValueError
        If the players are not sorted, or a single player or all together have no cost.
    """

    players: tuple[str, ...]
    costs: Mapping[int, int]

    def __post_init__(self) -> None:
        """Check the players, and that each of them and all together have a cost."""
        if not self.players or list(self.players) != sorted(set(self.players)):
            raise ValueError(f"the players are {', '.join(self.players)}; expected each once, sorted")
        missing = [id_ for i, id_ in enumerate(self.players) if 1 << i not in self.costs]
        if self.everybody not in self.costs:
            missing.append("all together")
        if missing:
            raise ValueError(f"no cost is given for {', '.join(missing)}")
        object.__setattr__(self, "costs", MappingProxyType(dict(sorted(self.costs.items()))))

    @property
    def everybody(self) -> int:
        """The coalition of all players."""
        return (1 << len(self.players)) - 1

    @property
    def total(self) -> int:
        """What all pay together."""
        return self.costs[self.everybody]

    @cached_property
    def alone(self) -> tuple[int, ...]:
        """What each would pay by itself, in the order of the players."""
        return tuple(self.costs[1 << i] for i in range(len(self.players)))

    @property
    def saving(self) -> int:
        """What all pay less together than each by itself; negative if more."""
        return sum(self.alone) - self.total

    @cached_property
    def proper(self) -> tuple[int, ...]:
        """Coalitions that could form, without that of all players, in rising order."""
        return tuple(coalition for coalition in self.costs if coalition != self.everybody)

    @cached_property
    def incidence(self) -> Floats:
        """Whether each coalition of ``proper`` has each player, 1.0 or 0.0 (k, n)."""
        bits = np.array(self.proper, dtype=np.int64)[:, None] >> np.arange(len(self.players)) & 1
        return bits.astype(np.float64)

    @cached_property
    def savings(self) -> Floats:
        """What each coalition of ``proper`` would save together (k,), whole units as floats; 0 for single players."""
        alone = np.array(self.alone, dtype=np.int64)
        costs = np.array([self.costs[coalition] for coalition in self.proper], dtype=np.int64)
        return np.asarray(self.incidence.astype(np.int64) @ alone - costs, dtype=np.float64)

    def members(self, coalition: int) -> tuple[str, ...]:
        """Return the players of a coalition."""
        return tuple(id_ for i, id_ in enumerate(self.players) if coalition >> i & 1)

    def without(self, own: Sequence[int]) -> "Game":
        """Return the game in which each player pays a part of its own whatever happens, and only the rest is shared.

        Parameters
        ----------
        own
            Whole units, in the order of the players.
        """
        paid = {coalition: sum(part for i, part in enumerate(own) if coalition >> i & 1) for coalition in self.costs}
        return Game(self.players, {coalition: cost - paid[coalition] for coalition, cost in self.costs.items()})


def game_of(players: Sequence[str], cost_of: Callable[[tuple[str, ...]], int | None]) -> Game:
    """Return the game of some players, with every coalition tried.

    Parameters
    ----------
    players
        Ids in any order.
    cost_of
        Whole units that these players, sorted, would pay by themselves; ``None`` if they could not form a coalition.

    Raises
    ------
    ValueError
        If there are more than `MOST_PLAYERS`, or a single player or all together have no cost.
    """
    if len(players) > MOST_PLAYERS:
        raise ValueError(f"there are {len(players)} players; expected at most {MOST_PLAYERS}")
    ordered = tuple(sorted(players))
    costs = {}
    for coalition in range(1, 1 << len(ordered)):
        cost = cost_of(tuple(id_ for i, id_ in enumerate(ordered) if coalition >> i & 1))
        if cost is not None:
            costs[coalition] = cost
    return Game(ordered, costs)


def partition_costs(game: Game) -> Integers:
    """Return what each set of players would pay at least: its cheapest partition into coalitions that could form.

    That of all players is taken as it is, were a partition cheaper: they share its cost. Dynamic programming over
    subsets: the coalition that has a set's first player, then the best of the rest; for n players 3**n pairs.

    Returns
    -------
    array of int
        Whole units by coalition (2**n,); 0 for that of nobody.
    """
    n = len(game.players)
    costs = np.full(1 << n, np.iinfo(np.int64).max, dtype=np.int64)
    costs[0] = 0
    by_first: list[list[int]] = [[] for _ in range(n)]
    for coalition in game.costs:
        by_first[(coalition & -coalition).bit_length() - 1].append(coalition)
    for first in range(n - 1, -1, -1):
        later = np.arange(1 << (n - first - 1), dtype=np.int64) << (first + 1)
        for coalition in by_first[first]:
            rest = later[later & coalition == 0]
            whole = rest | coalition
            costs[whole] = np.minimum(costs[whole], costs[rest] + game.costs[coalition])
    costs[game.everybody] = game.total
    return costs


def cheapest_partition(game: Game, some: int) -> list[tuple[str, ...]]:
    """Return the members of each coalition of the cheapest partition of some players, not all of them."""
    costs, parts = partition_costs(game), []
    while some:
        first = some & -some
        part = next(
            one
            for one, cost in game.costs.items()
            if one & -one == first and one | some == some and cost + costs[some ^ one] == costs[some]
        )
        parts.append(game.members(part))
        some ^= part
    return parts
