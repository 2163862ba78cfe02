"""Games: what is asked of them, and the cheapest partition of each set of players."""

import numpy as np
import pytest
from drawn_games import drawn_game

from optimizer.sharing.game import MOST_PLAYERS, Game, game_of, partition_costs


def cheapest(game: Game, coalition: int) -> int:
    """Return the cost of the cheapest partition, by trying all."""
    if not coalition:
        return 0
    first = coalition & -coalition
    return min(
        cost + cheapest(game, coalition & ~part)
        for part, cost in game.costs.items()
        if part & first and part & ~coalition == 0
    )


@pytest.mark.parametrize("seed", range(6))
def test_partition_costs_are_those_of_the_cheapest_partition(seed):
    game = drawn_game(2 + seed, seed)
    found = partition_costs(game)
    assert found[game.everybody] == game.total
    assert [int(cost) for cost in found[:-1]] == [cheapest(game, coalition) for coalition in range(game.everybody)]


def test_game_is_the_same_in_any_order():
    costs = {("a",): 5, ("b",): 6, ("c",): 7, ("a", "b"): 9, ("a", "b", "c"): 14}
    one, other = (game_of(players, costs.get) for players in ("abc", "cba"))
    assert one.players == other.players == ("a", "b", "c")
    assert dict(one.costs) == dict(other.costs) == {1: 5, 2: 6, 3: 9, 4: 7, 7: 14}
    assert one.saving == 4
    assert one.proper == (1, 2, 3, 4)
    assert one.savings.tolist() == [0, 0, 2, 0]
    assert one.members(5) == ("a", "c")


def test_own_costs_are_taken_from_every_coalition():
    game = Game(("a", "b"), {1: 5, 2: 6, 3: 9})
    assert dict(game.without([1, 2]).costs) == {1: 4, 2: 4, 3: 6}


@pytest.mark.parametrize(
    ("players", "costs", "said"),
    [
        (("b", "a"), {1: 1, 2: 1, 3: 2}, "expected each once, sorted"),
        (("a", "a"), {1: 1, 2: 1, 3: 2}, "expected each once, sorted"),
        ((), {}, "expected each once, sorted"),
        (("a", "b"), {1: 1, 3: 2}, "no cost is given for b"),
        (("a", "b"), {1: 1, 2: 2}, "no cost is given for all together"),
    ],
)
def test_game_without_a_needed_cost_is_refused(players, costs, said):
    with pytest.raises(ValueError, match=said):
        Game(players, costs)


def test_too_many_players_to_list_are_refused():
    with pytest.raises(ValueError, match=f"expected at most {MOST_PLAYERS}"):
        game_of([f"{i:02}" for i in range(MOST_PLAYERS + 1)], lambda _: 1)


def test_arrays_are_in_the_order_of_the_coalitions():
    game = drawn_game(5, 3)
    for coalition, row in zip(game.proper, game.incidence, strict=True):
        assert np.flatnonzero(row).tolist() == [i for i in range(5) if coalition >> i & 1]
