"""Keys over the years."""

from fractions import Fraction

import pytest

from optimizer.sharing.game import Game
from optimizer.sharing.keys import SharingKey
from optimizer.sharing.over_time import drift, phase_in

GAME = Game(("a", "b"), {1: 600, 2: 600, 3: 1000})


def test_drift_follows_the_figures():
    years = {2025: {"inhabitants": {"a": 1.0, "b": 1.0}}, 2035: {"inhabitants": {"a": 1.0, "b": 3.0}}}
    assert drift(GAME, SharingKey.of("inhabitants"), years) == {2025: (500, 500), 2035: (250, 750)}
    assert drift(GAME, SharingKey.of("equal"), years) == {2025: (500, 500), 2035: (500, 500)}


def test_what_each_pays_of_its_own_does_not_drift():
    years = {2035: {"inhabitants": {"a": 1.0, "b": 3.0}}}
    assert drift(GAME, SharingKey.of("inhabitants"), years, (300, 100)) == {2035: (300 + 150, 100 + 450)}


def test_phase_in_goes_in_equal_steps_and_always_pays_the_whole():
    assert phase_in([300, 100], [Fraction(500), Fraction(500)], 5) == [
        (700, 300),
        (650, 350),
        (600, 400),
        (550, 450),
        (500, 500),
    ]
    assert all(sum(year) == 1000 for year in phase_in([1, 1, 1], [Fraction(1000, 3)] * 3, 3))


def test_phase_in_from_nothing_starts_with_equal_parts():
    assert phase_in([0, 0], [Fraction(600), Fraction(400)], 2) == [(550, 450), (600, 400)]


def test_phase_in_without_years_is_refused():
    with pytest.raises(ValueError, match="expected 1 or more"):
        phase_in([1], [Fraction(1)], 0)
