"""The core and the least core, against another solver, and the golden figures."""

import numpy as np
import pytest
from drawn_games import drawn_game
from frozen import figures, games, table
from scipy.optimize import linprog

from optimizer.sharing.core import Leaving, is_stable, least_core, leavings
from optimizer.sharing.game import Game
from optimizer.sharing.keys import SharingKey
from optimizer.sharing.shares import exact_shares, whole_shares


def by_another_solver(game: Game) -> float:
    """Return the least worst excess, from the primal programme and HiGHS."""
    n = len(game.players)
    limits = [game.costs[coalition] for coalition in game.proper]
    rows = np.hstack((game.incidence, -np.ones((len(limits), 1))))
    whole = np.append(np.ones(n), 0.0)[None, :]
    costs = np.append(np.zeros(n), 1.0)
    found = linprog(costs, rows, limits, whole, [game.total], bounds=(None, None), method="highs")
    assert found.success
    return float(found.fun)


@pytest.mark.parametrize("seed", range(20))
def test_least_core_against_another_solver(seed):
    game = drawn_game(2 + seed % 6, seed, formed=0.5 + seed / 40)
    found = least_core(game)
    assert found.excess == pytest.approx(by_another_solver(game), abs=0.01)
    assert found.shares.sum() == pytest.approx(game.total, abs=0.01)
    worst = (game.incidence @ found.shares - [game.costs[coalition] for coalition in game.proper]).max()
    assert worst == pytest.approx(found.excess, abs=0.01)
    assert is_stable(game) == (found.excess <= 0.5)


def test_national_plan():
    golden = {row["host"]: float(row["least_core_epsilon_kr"]) for row in table("offices")}
    stable = 0
    for host, game in games().items():
        assert least_core(game).excess / 100 == pytest.approx(golden[host], abs=0.02)
        stable += is_stable(game)
    assert stable == 76


def test_single_player_is_content():
    game = Game(("a",), {1: 7})
    assert least_core(game).excess == 0.0
    assert is_stable(game)
    assert leavings(game, [7]) == ()


@pytest.mark.parametrize(("cost", "stable"), [(10, True), (11, True), (12, False)])
def test_two_players_at_the_limit(cost, stable):
    """Two that save nothing may stay; one unit more and they may not."""
    assert is_stable(Game(("a", "b"), {1: 5, 2: 6, 3: cost})) == stable


def test_tie_at_zero_is_stable():
    """Three pairs that save two each leave three to be shared of three; one unit dearer and nothing holds."""
    pairs = {1: 10, 2: 10, 4: 10, 3: 18, 5: 18, 6: 18}
    assert is_stable(Game(("a", "b", "c"), pairs | {7: 27}))
    assert not is_stable(Game(("a", "b", "c"), pairs | {7: 28}))


def test_who_would_leave():
    game = Game(("a", "b", "c"), {1: 500, 2: 500, 4: 500, 3: 700, 7: 1200})
    assert leavings(game, [400, 400, 400]) == (Leaving(("a", "b"), 100),)
    assert leavings(game, [351, 350, 499]) == ()  # what rounding may do is no gain
    assert leavings(game, [100, 500, 600]) == (Leaving(("c",), 100),)


def test_leaving_of_the_office_that_lost_members():
    """The office of Nordreisa: one small member loses by equal parts, the large one by inhabitants."""
    game = games()["5544"] if "5544" in games() else next(g for g in games().values() if "5544" in g.players)
    for name, loser in (("equal", "5546"), ("inhabitants", "5544")):
        shares = whole_shares(exact_shares(game, SharingKey.of(name), figures()), game.total)
        assert (loser,) in [leaving.members for leaving in leavings(game, shares)]
