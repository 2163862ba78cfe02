"""Empty desks before and after, and the simulation that checks them."""

from statistics import mean

import pytest
from frozen import host_of, national

from optimizer.grouping import Grouping
from optimizer.judging.departures import staffing
from optimizer.staffing.vacancy import simulated, simulation_of, vacancy_changes, vacancy_from_turnover


@pytest.mark.parametrize(("leaving", "years", "share"), [(0.20, 0.75, 0.13), (0.30, 0.8, 0.19), (0.0, 1.0, 0.0)])
def test_vacancy_from_turnover(leaving, years, share):
    assert vacancy_from_turnover(leaving, years) == pytest.approx(share, abs=0.005)


def test_country_before_and_after():
    changes = vacancy_changes(national(), Grouping.of(host_of()), 0.2)
    before, after = [one.alone for one in changes.values()], [one.shared for one in changes.values()]
    assert [mean(one.nobody for one in some) for some in (before, after)] == pytest.approx([0.1156, 0.0269], abs=5e-5)
    fewer = [mean(one.fewer_than_two for one in some) for some in (before, after)]
    assert fewer == pytest.approx([0.625, 0.162], abs=5e-4)
    assert [sum(one.posts == 1 for one in some) for some in (before, after)] == [145, 32]
    own = changes["5546"]
    assert own.filled_alone_fte == pytest.approx(0.8 * 0.30375)
    assert own.filled_shared_fte > own.filled_alone_fte


@pytest.mark.parametrize("planner_fte", [0.4, 1, 2.75, 4])
def test_simulation_agrees_with_what_is_told(planner_fte):
    exact = staffing(planner_fte, vacancy_from_turnover(0.3, 0.8), "part")
    found = simulated(exact.posts, exact.part, (0.3, 0.8))
    assert found == pytest.approx((exact.nobody, exact.fewer_than_two), abs=0.006)


def test_simulation_is_the_same_each_time():
    assert simulated(2, 0.5, (0.2, 0.5), years=2_000) == simulated(2, 0.5, (0.2, 0.5), years=2_000)
    assert simulated(2, 0.5, (0.2, 0.5), years=2_000) != simulated(2, 0.5, (0.2, 0.5), years=2_000, seed=2)


def test_simulation_of_the_national_plan_says_what_is_told():
    told = [one.shared for id_, one in vacancy_changes(national(), Grouping.of(host_of()), 0.2, "part").items()]
    found = simulation_of(told)
    assert found.nobody == pytest.approx((mean(one.nobody for one in told),) * 2, abs=0.003)
    assert found.fewer_than_two == pytest.approx((mean(one.fewer_than_two for one in told),) * 2, abs=0.004)
    assert (simulation_of([]), simulation_of([staffing(3.0, 0.0)])) == (None, None)
