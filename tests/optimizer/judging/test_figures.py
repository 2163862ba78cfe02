"""Figures that several parts of the specification need, by hand."""

from dataclasses import replace

import numpy as np
import pytest
from cases import line

from optimizer.judging.figures import net_fte, office_need_fte, times, total
from optimizer.problem import UNREACHABLE


def test_a_sum_of_counts_is_a_count_and_of_others_rounded_once() -> None:
    assert (total([1, 2]), type(total([1, 2]))) == (3, int)
    assert (total([]), type(total([]))) == (0, int)
    assert total([0.1] * 10) == 1.0
    assert type(total([1, 2.0])) is float


def test_nothing_of_what_is_infinite_is_nothing() -> None:
    assert times(0.0, UNREACHABLE) == 0
    assert times(2.0, 1.5) == 3
    assert times(0.5, UNREACHABLE) == UNREACHABLE


def test_planners_less_those_on_the_road() -> None:
    """Two others at 10 minutes each take 20 hundredths of an årsverk from three."""
    problem = replace(line(3), road_fte_per_minute=0.01)
    assert net_fte(problem, "b", ("a", "b", "c")) == pytest.approx(2.8)
    assert net_fte(problem, "a", ("a", "b", "c")) == pytest.approx(2.7)
    assert net_fte(line(3), "b", ("a", "b", "c")) == 3


def test_the_largest_fixed_part_is_kept_whole() -> None:
    problem = replace(line(3), fixed_need_fte=np.array([1.0, 0.5, 0.25]), fixed_kept=0.8)
    assert office_need_fte(problem, ("a", "b", "c")) == pytest.approx(6 - 0.2 * 0.75)
    assert office_need_fte(problem, ("c",)) == 2
