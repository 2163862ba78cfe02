"""Members of an office as they are written: their sums are those of the office, and none is moved by a whole unit."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.told.money.written import as_written, rounded_together
from maps.told.texts import rounded
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney


@given(st.lists(st.floats(-1e7, 1e8), min_size=1, max_size=8), st.sampled_from([0, 2]))
def test_parts_sum_to_the_total_as_written(parts, decimals):
    total, step = float(sum(parts)), 10.0**-decimals
    written = rounded_together(total, parts, decimals)
    assert sum(written) == pytest.approx(float(rounded(total, decimals)), abs=1e-6)
    assert all(abs(one - part) <= step + 1e-6 for one, part in zip(written, parts, strict=True))


def test_largest_remainders_go_up():
    assert rounded_together(10.0, [3.4, 3.3, 3.3]) == [4, 3, 3]
    assert rounded_together(1.0, [1 / 3] * 3, 2) == [0.34, 0.33, 0.33]
    assert rounded_together(6.0, [1.0, 2.0, 3.0]) == [1, 2, 3]


def test_states_of_members_sum_to_their_office_and_bear_what_they_bore():
    one, other = YearlyMoney(10.4, 5.5, 0.125, 1.005, 0.015), YearlyMoney(3.2, 2.5, 0.125, 2.005, 0.015)
    parts = {"a": ThreeStates(one, other, one), "b": ThreeStates(other, one, other)}
    office = ThreeStates.sum(parts.values())
    told = as_written(office, parts)
    assert astuple(told["a"].today) == (10.4, 6, 0.13, 1.01, 0.02)
    assert astuple(told["b"].today) == (3.2, 2, 0.12, 2.0, 0.01)
    assert told["b"].alone.cash_kr + told["a"].alone.cash_kr == 8
