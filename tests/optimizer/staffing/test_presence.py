"""Days at each town hall: by hand, and the golden figures."""

import pytest
from cases import line
from frozen import national, offices

from optimizer.staffing.presence import presence


def test_office_by_hand():
    """Two members ten minutes away, two days a week: 160 journeys of ten minutes each."""
    found = presence(line(3), "b", ("a", "b", "c"), 2, year_hours=1600)
    assert found.hours == pytest.approx({"a": 160 / 6, "b": 0, "c": 160 / 6})
    assert found.lost_fte == pytest.approx(160 / 3 / 1600)
    assert found.net_fte == pytest.approx(3 - 1 / 30)
    assert found.lost_share == pytest.approx(1 / 90)


def test_nobody_employed_loses_nothing_but_time():
    found = presence(line(2, planner_fte=[0.0, 0.0]), "a", ("a", "b"), 1)
    assert (found.net_fte, found.lost_share) == (0, 0)
    assert found.lost_fte > 0


def test_one_day_a_week_in_the_national_plan():
    found = {host: presence(national(), host, members, 1) for host, members in offices().items()}
    assert sum(sum(one.hours.values()) for one in found.values()) == pytest.approx(7_902.05, abs=0.005)
    lost, employed = (sum(getattr(one, name) for one in found.values()) for name in ("lost_fte", "employed_fte"))
    assert lost == pytest.approx(4.662, abs=0.0005)
    assert lost / employed == pytest.approx(0.0152, abs=0.00005)
    worst = max(found.values(), key=lambda one: one.lost_share)
    assert national().names[national().index[worst.host]] == "Røyrvik"
    assert worst.lost_share == pytest.approx(0.121, abs=0.0005)
