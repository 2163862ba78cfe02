"""Intervals of the part divided equally, and the grant that closes what no mix does."""

from fractions import Fraction
from statistics import median

import pytest
from drawn_games import drawn_game
from frozen import figures, games

from optimizer.sharing.game import Game
from optimizer.sharing.key_finder import closing_grant, nobody_leaves, nobody_pays_more
from optimizer.sharing.keys import SharingKey
from optimizer.sharing.shares import exact_shares

EQUAL, INHABITANTS = SharingKey.of("equal"), SharingKey.of("inhabitants")
FIGURES = {"inhabitants": {id_: float(1 + 5 * i * i) for i, id_ in enumerate("abcdef")}}


def two_keys(game: Game, given: dict) -> tuple[list[Fraction], list[Fraction]]:
    """Return the shares of equal parts and by inhabitants."""
    return exact_shares(game, EQUAL, given), exact_shares(game, INHABITANTS, given)


def test_national_plan_has_a_mix_in_76_offices():
    found = {host: nobody_pays_more(game, *two_keys(game, figures())) for host, game in games().items()}
    firm = {host: nobody_leaves(game, *two_keys(game, figures())) for host, game in games().items()}
    assert sum(one is not None for one in found.values()) == sum(one is not None for one in firm.values()) == 76
    widths = [float(one.width) for one in found.values() if one is not None]
    assert median(widths) == pytest.approx(0.406, abs=0.0005)
    assert sum(width < 0.1 for width in widths) == 14
    for name, nobody, no_subgroup in (
        ("5544", (0.4052, 0.9181), (0.5526, 0.9181)),
        ("1101", (0.3805, 0.6192), (0.3805, 0.6192)),
        ("5021", (0.1629, 0.6702), (0.1629, 0.6702)),
        ("1134", (0.0, 1.0), (0.0, 1.0)),
    ):
        host = next(host for host, game in games().items() if name in game.players)
        for one, expected in ((found[host], nobody), (firm[host], no_subgroup)):
            assert (float(one.low), float(one.high)) == pytest.approx(expected, abs=0.00005)


@pytest.mark.parametrize(("asked", "best", "many"), [(nobody_pays_more, 0.51, 55), (nobody_leaves, 0.56, 50)])
def test_no_share_suits_the_whole_country(asked, best, many):
    intervals = [one for game in games().values() if (one := asked(game, *two_keys(game, figures()))) is not None]
    suits = [sum(one.low <= Fraction(k, 100) <= one.high for one in intervals) for k in range(101)]
    assert max(suits) == suits[round(100 * best)] == many


@pytest.mark.parametrize("seed", range(12))
def test_interval_is_where_nobody_objects(seed):
    game = drawn_game(2 + seed % 5, seed, saving=0.5)
    keys = two_keys(game, FIGURES)
    for asked, coalitions in (
        (nobody_pays_more, [1 << i for i in range(len(game.players))]),
        (nobody_leaves, game.proper),
    ):
        one = asked(game, *keys)
        for part in (Fraction(k, 40) for k in range(41)):
            mixed = [part * a + (1 - part) * b for a, b in zip(*keys, strict=True)]
            accepted = all(
                sum(share for i, share in enumerate(mixed) if coalition >> i & 1) <= game.costs[coalition]
                for coalition in coalitions
            )
            assert accepted == (one is not None and one.low <= part <= one.high)


@pytest.mark.parametrize("seed", range(12))
def test_closing_grant_closes_and_nothing_less_does(seed):
    game = drawn_game(2 + seed % 5, seed, saving=0.3)
    keys = two_keys(game, FIGURES)
    found = closing_grant(game, *keys, game.proper)
    assert found is not None
    assert (found.grant == 0) == (nobody_leaves(game, *keys) is not None)
    assert bool(found.members) == bool(found.grant)
    for less, closes in ((found.grant + 2, True), (found.grant - 2, False)):
        left = Fraction(game.total - less, game.total)
        cheaper = Game(game.players, dict(game.costs) | {game.everybody: game.total - less})
        mixed = nobody_leaves(cheaper, *([left * share for share in key] for key in keys))
        assert (mixed is not None) == (closes or not found.grant)


def test_offices_without_a_mix_need_what_they_lose():
    """Gulen and Solund lose 20 345 kr together, Karasjok and Porsanger 14 978: so much closes it."""
    found = [
        closing_grant(game, *two_keys(game, figures()), game.proper)
        for game in games().values()
        if nobody_pays_more(game, *two_keys(game, figures())) is None
    ]
    assert sorted(one.grant for one in found if one is not None) == pytest.approx([1_497_778, 2_034_541], abs=2)


def test_no_grant_where_somebody_would_pay_less_than_nothing():
    keys = [Fraction(5), Fraction(5)]
    assert closing_grant(Game(("a", "b"), {1: -1, 2: 20, 3: 10}), keys, keys, [1, 2]) is None
    assert closing_grant(Game(("a", "b"), {1: 1, 2: 1, 3: 0}), keys, keys, [1, 2]) is None
