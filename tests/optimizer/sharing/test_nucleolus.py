"""The nucleolus passes Kohlberg's criterion, which refuses anything else."""

from fractions import Fraction

import pytest
from drawn_games import drawn_game
from frozen import games

from optimizer.sharing.core import least_core
from optimizer.sharing.game import Game
from optimizer.sharing.keys import SharingKey
from optimizer.sharing.nucleolus import nucleolus, passes_kohlberg
from optimizer.sharing.shares import exact_shares


@pytest.mark.parametrize("seed", range(24))
def test_nucleolus_passes_and_others_do_not(seed):
    game = drawn_game(2 + seed % 6, seed, formed=0.4 + seed / 40)
    shares = nucleolus(game)
    assert sum(shares) == game.total
    assert passes_kohlberg(game, shares)
    moved = (shares[0] + 500, shares[1] - 500, *shares[2:])
    assert not passes_kohlberg(game, moved)
    assert not passes_kohlberg(game, (shares[0] + 500, *shares[1:]))
    equal = exact_shares(game, SharingKey.of("equal"), {})
    assert not passes_kohlberg(game, tuple(equal))


def test_national_plan_passes():
    for game in games().values():
        shares = nucleolus(game)
        assert passes_kohlberg(game, shares)
        worst = max(
            sum(share for i, share in enumerate(shares) if coalition >> i & 1) - game.costs[coalition]
            for coalition in game.proper
        )
        assert float(worst) == pytest.approx(least_core(game).excess, abs=0.1)


def test_twelve_players_pass():
    game = drawn_game(12, 9)
    assert passes_kohlberg(game, nucleolus(game))


@pytest.mark.parametrize(
    ("estate", "awards"), [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))]
)
def test_the_three_wives_of_the_talmud(estate, awards):
    """Claims of 100, 200 and 300 on an estate (Aumann and Maschler 1985)."""
    claims, unit = (100, 200, 300), 3_000
    worth = {
        coalition: max(0, estate - sum(claim for i, claim in enumerate(claims) if not coalition >> i & 1))
        for coalition in range(1, 8)
    }
    game = Game(("a", "b", "c"), {coalition: -unit * value for coalition, value in worth.items()})
    assert [float(-share) / unit for share in nucleolus(game)] == pytest.approx(awards, abs=1e-6)


def test_one_and_two_players():
    assert nucleolus(Game(("a",), {1: 7})) == (Fraction(7),)
    assert nucleolus(Game(("a", "b"), {1: 10, 2: 20, 3: 24})) == (Fraction(7), Fraction(17))
