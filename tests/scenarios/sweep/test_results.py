"""What runs say together, by hand."""

import numpy as np
import pytest

from scenarios.sweep.journal import Columns
from scenarios.sweep.results import Results, classes, effect_of


def test_variance_of_a_grid_is_shared_exactly():
    """The objective is 3 a + b: variances 9 and 1 of 10."""
    a, b = ["0", "0", "1", "1"], ["0", "1", "0", "1"]
    values = np.array([0.0, 1.0, 3.0, 4.0])
    of_a, of_b = effect_of("objective", "a", a, values), effect_of("objective", "b", b, values)
    assert (of_a.share, of_b.share) == pytest.approx((0.9, 0.1))
    assert (of_a.low, of_a.high, of_a.at_low, of_a.at_high) == (0.5, 3.5, "0", "1")


def test_what_settings_do_only_together_is_nobodys_alone():
    values = np.array([0.0, 1.0, 1.0, 0.0])
    assert effect_of("objective", "a", ["0", "0", "1", "1"], values).share == 0


def test_drawn_numbers_that_move_nothing_get_about_nothing():
    at = np.random.default_rng(1)
    moving, idle = at.random(400), at.random(400)
    values = 5 * moving
    assert effect_of("objective", "moving", [*map(str, moving)], values).share > 0.95
    assert effect_of("objective", "idle", [*map(str, idle)], values).share < 0.03
    assert effect_of("objective", "same", ["1"] * 400, values) is None
    names, of = classes([*map(str, moving)])
    assert len(names) == 10
    assert set(np.bincount(of)) == {40}


def test_who_stays_together():
    columns = Columns(["x"], ["a", "b", "c", "d"])
    rows = [{"status": "optimal", "objective": str(k)} for k in range(3)]
    hosts = np.array([[0, 0, 2, 2], [1, 1, 1, 3], [0, 0, 2, -1]])
    found = Results(columns, rows, hosts)
    assert found.always == [("a", "b")]
    together = found.together
    assert together[0, 1] == 1
    assert together[0, 2] == pytest.approx(1 / 3)
    assert together[2, 3] == pytest.approx(1 / 3)
    assert found.alone == pytest.approx([0, 0, 1 / 3, 1 / 3])
