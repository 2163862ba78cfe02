"""Keys: exact shares, whole units, and the golden table of the national plan."""

import time
from fractions import Fraction
from itertools import permutations

import pytest
from drawn_games import drawn_game, relabelled_game
from frozen import figures, games, table
from hypothesis import given
from hypothesis import strategies as st

from optimizer.sharing.core import leavings
from optimizer.sharing.game import Game, partition_costs
from optimizer.sharing.keys import KEYS, SharingKey
from optimizer.sharing.shapley import shapley
from optimizer.sharing.shares import exact_shares, whole_shares

FIGURES = {
    name: {id_: float(5 + 3 * i) for i, id_ in enumerate("abcdefghijkl")} for name in ("inhabitants", "need", "use")
}
GOLDEN = {
    "equal": SharingKey.of("equal"),
    "inhabitants": SharingKey.of("inhabitants"),
    "need": SharingKey.of("need"),
    "mixed_20_80_equal_inhabitants": SharingKey({"equal": 0.2, "inhabitants": 0.8}),
    "mixed_30_70_equal_inhabitants": SharingKey({"equal": 0.3, "inhabitants": 0.7}),
    "mixed_50_50_equal_inhabitants": SharingKey({"equal": 0.5, "inhabitants": 0.5}),
    "proportional_to_cost_alone": SharingKey.of("alone"),
    "equal_gain": SharingKey.of("equal_gain"),
    "shapley": SharingKey.of("shapley"),
    "nucleolus": SharingKey.of("nucleolus"),
}
WORSE = {
    "equal": (66, 88, 66),
    "inhabitants": (70, 73, 70),
    "need": (31, 31, 38),
    "mixed_20_80_equal_inhabitants": (61, 61, 65),
    "mixed_30_70_equal_inhabitants": (49, 49, 53),
    "mixed_50_50_equal_inhabitants": (23, 27, 34),
    "proportional_to_cost_alone": (2, 4, 2),
    "equal_gain": (2, 4, 2),
    "shapley": (2, 4, 2),
    "nucleolus": (2, 4, 2),
}
"""Offices with a member worse off, such members, and offices that a subgroup would leave."""


@pytest.mark.parametrize("name", GOLDEN)
def test_national_plan_by_each_key(name):
    """Every member to the øre, the sum exact, and who would be worse off or leave."""
    golden = {(row["host"], row["kommunenummer"]): row for row in table("members")}
    offices, worse, left = 0, 0, 0
    for host, game in games().items():
        exact = exact_shares(game, GOLDEN[name], figures())
        shares = whole_shares(exact, game.total)
        assert sum(exact) == sum(shares) == game.total
        for id_, share, alone in zip(game.players, shares, game.alone, strict=True):
            row = golden[host, id_]
            assert abs(share - 100 * float(row[name])) <= 1.001
            assert alone == round(100 * float(row["alone_kr"]))
        losers = sum(share > alone for share, alone in zip(exact, game.alone, strict=True))
        offices, worse, left = offices + (losers > 0), worse + losers, left + bool(leavings(game, shares))
    assert (offices, worse, left) == WORSE[name]


def test_largest_loses_by_inhabitants_and_smallest_by_equal_parts():
    by_inhabitants = figures()["inhabitants"]
    for name, extreme, many in (("inhabitants", max, 70), ("equal", min, 66)):
        losers = 0
        for game in games().values():
            shares = exact_shares(game, SharingKey.of(name), figures())
            worse = {i for i, share, alone in zip(game.players, shares, game.alone, strict=True) if share > alone}
            losers += extreme(game.players, key=by_inhabitants.__getitem__) in worse
        assert losers == many


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ({"equal": 1}, (30, 30)),
        ({"inhabitants": 1}, (70, 73)),
        ({"need": 1}, (63, 64)),
        ({"equal": 0.2, "inhabitants": 0.8}, (68, 70)),
        ({"equal": 0.3, "inhabitants": 0.7}, (66, 67)),
        ({"equal": 0.5, "inhabitants": 0.5}, (60, 61)),
    ],
)
def test_only_the_common_part_shared(key, expected):
    """Each pays its own planners; the golden counts of offices with a loser, and of losers."""
    employed = {row["kommunenummer"]: float(row["planner_fte"]) for row in table("municipalities")}
    offices, worse = 0, 0
    for game in games().values():
        own = [round(115_000_000 * employed[id_]) for id_ in game.players]
        shares = exact_shares(game, SharingKey(key), figures(), own)
        assert sum(shares) == game.total
        losers = sum(share > alone for share, alone in zip(shares, game.alone, strict=True))
        offices, worse = offices + (losers > 0), worse + losers
    assert (offices, worse) == expected


@pytest.mark.parametrize("n", range(1, 8))
def test_shapley_is_the_mean_over_all_orders(n):
    game = drawn_game(n, 40 + n, formed=0.6)
    costs = partition_costs(game)
    sums, orders = [0] * n, list(permutations(range(n)))
    for order in orders:
        before = 0
        for i in order:
            sums[i] += int(costs[before | 1 << i] - costs[before])
            before |= 1 << i
    assert shapley(game) == tuple(Fraction(one, len(orders)) for one in sums)


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("seed", range(3))
def test_keys_do_not_depend_on_the_order(name, seed):
    game, order = drawn_game(5, seed), [3, 0, 4, 2, 1]
    moved = {key: {"abcde"[order[i]]: values["abcde"[i]] for i in range(5)} for key, values in FIGURES.items()}
    before = exact_shares(game, SharingKey.of(name), FIGURES)
    after = exact_shares(relabelled_game(game, order), SharingKey.of(name), moved)
    assert sum(before) == sum(after) == game.total
    assert [float(after[order[i]]) for i in range(5)] == pytest.approx([float(share) for share in before], abs=1e-3)


def test_twelve_players_take_less_than_two_seconds():
    game = drawn_game(12, 5, formed=1.0)
    start = time.process_time()
    for name in ("shapley", "nucleolus"):
        assert sum(whole_shares(exact_shares(game, SharingKey.of(name), {}), game.total)) == game.total
    assert time.process_time() - start < 2.0


def test_more_than_twelve_are_refused_by_name():
    game = Game(tuple(f"{i:02}" for i in range(13)), {1 << i: 5 for i in range(13)} | {(1 << 13) - 1: 60})
    with pytest.raises(ValueError, match="13 players; shapley is exact up to 12, beyond that use equal_gain"):
        exact_shares(game, SharingKey.of("shapley"), {})


@given(
    st.lists(st.fractions(-1000, 1000, max_denominator=97), min_size=1, max_size=9),
    st.integers(-3, 3),
)
def test_whole_shares_sum_exactly_and_stay_within_one(shares, shift):
    shares = [share + shift for share in shares]
    shares[-1] += -sum(shares) % 1
    whole = whole_shares(shares, int(sum(shares)))
    assert sum(whole) == sum(shares)
    assert all(abs(one - share) < 1 for one, share in zip(whole, shares, strict=True))


def test_equal_remainders_go_to_the_first():
    assert whole_shares([Fraction(10, 3)] * 3, 10) == (4, 3, 3)


def test_mix_is_the_sum_of_its_parts():
    game = drawn_game(3, 1)
    mixed = exact_shares(game, SharingKey({"equal": 0.4, "need": 0.6}), FIGURES)
    equal, need = (exact_shares(game, SharingKey.of(name), FIGURES) for name in ("equal", "need"))
    assert mixed == [Fraction(2, 5) * a + Fraction(3, 5) * b for a, b in zip(equal, need, strict=True)]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"equall": 1.0}, "'equall' is not a key; expected one of equal, inhabitants"),
        (
            {"equal": 0.5, "shapley": 0.5},
            "'shapley' is not a key of a mix; expected one of equal, inhabitants, need, use",
        ),
        ({"equal": 0.5, "need": 0.4}, "the shares of the key sum to 0.9; expected 1"),
        ({"equal": 1.5, "need": -0.5}, "the share of equal is 1.5; expected a number from 0 to 1"),
    ],
)
def test_key_that_cannot_be_meant(parts, said):
    assert SharingKey(parts).faults()[0].startswith(said)


def test_key_without_faults():
    assert SharingKey({"equal": 0.1, "inhabitants": 0.2, "need": 0.7}).faults() == []
    assert SharingKey.of("shapley").faults(12) == []
    assert SharingKey.of("shapley").faults(13) == [
        "shapley is exact up to 12 members, and 13 are allowed; use equal_gain"
    ]


def test_figures_that_are_missing_or_negative_are_refused():
    game = drawn_game(3, 1)
    with pytest.raises(ValueError, match="the key use needs a figure of each member; none is given for b, c"):
        exact_shares(game, SharingKey.of("use"), {"use": {"a": 1.0}})
    with pytest.raises(ValueError, match="the key use has a figure of -1; expected 0 or more"):
        exact_shares(game, SharingKey.of("use"), {"use": {"a": 1.0, "b": -1.0, "c": 5.0}})


def test_figures_of_nothing_divide_equally():
    game = drawn_game(3, 1)
    nothing = exact_shares(game, SharingKey.of("use"), {"use": dict.fromkeys("abc", 0.0)})
    assert nothing == exact_shares(game, SharingKey.of("equal"), {})
