"""The list taken over for other prices and limits, and when no host is best beforehand."""

from dataclasses import replace

import numpy as np
from cases import changed, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.engines.candidates import CandidatePool
from optimizer.engines.listing import find_groups, hosts_differ, listed_again
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.problem import Problem, Weights
from optimizer.sharing.keys import SharingKey


def rows(pool: CandidatePool) -> list[tuple[str, tuple[str, ...], int, bool]]:
    """Return host, members, cost and tie of each office, in order."""
    told = [(*pool.office(row), int(pool.costs[row]), bool(pool.tied[row])) for row in range(len(pool))]
    return sorted(told)


@examples(40)
@given(problems(6), st.floats(0, 500), st.integers(1, 6))
def test_a_list_taken_over_is_the_list_made_anew(problem: Problem, price: float, most: int) -> None:
    every = find_groups(problem, every_host=True)
    most = max(min(most, problem.limits.max_members), problem.limits.min_members)
    limits = replace(problem.limits, max_members=most)
    other = replace(problem, weights=replace(problem.weights, missing_fte=price), limits=limits)
    shared = every.members[(every.members < len(every.ids)).sum(axis=1) > 1]
    assert rows(listed_again(other, shared)) == rows(find_groups(other))


def test_hosts_differ_where_planners_cost_more_in_one_place_than_in_another() -> None:
    here = Money(KronerPrices(), np.array([1e6, 1.1e6]), np.full(2, np.nan))
    flat = Money.flat(KronerPrices(), 2)
    priced = Weights(cost=1.0)
    assert hosts_differ(replace(line(2), money=here, weights=priced))
    assert not hosts_differ(replace(line(2), money=flat, weights=priced))
    assert not hosts_differ(replace(line(2), money=here))
    assert not hosts_differ(line(2))
    assert hosts_differ(replace(line(2), road_fte_per_minute=0.01))


def test_each_group_stands_at_its_cheapest_host_where_hosts_differ() -> None:
    dear = Money(KronerPrices(), np.array([1.1e6, 1e6]), np.full(2, np.nan))
    problem = replace(line(2), money=dear, weights=Weights(cost=1.0))
    assert [row[0] for row in rows(find_groups(problem)) if len(row[1]) == 2] == ["b"]
    assert [row[0] for row in rows(find_groups(problem, every_host=True)) if len(row[1]) == 2] == ["a", "b"]
    pair = np.array([[0, 1], [1, 0]], dtype=np.int16)
    assert [row[0] for row in rows(listed_again(problem, pair)) if len(row[1]) == 2] == ["b"]


def test_who_is_held_is_in_no_other_office() -> None:
    found = rows(find_groups(line(4, held={"a": frozenset("ab")})))
    assert [row[:2] for row in found] == [("a", ("a", "b")), ("c", ("c",)), ("c", ("c", "d")), ("d", ("d",))]


def test_what_is_known_of_each_office_is_as_long_as_the_list() -> None:
    for problem in (line(3, min_members=2), line(3), line(3, min_members=3, max_members=3)):
        for every_host in (False, True):
            pool = find_groups(problem, every_host=every_host)
            assert len(pool.members) == len(pool.costs) == len(pool.tied)
            assert pool.tied.dtype == bool


def test_limits_stay_with_the_offices_that_are_taken() -> None:
    pool = find_groups(line(3, min_offices=1, max_offices=2))
    [side] = pool.take(np.array([3, 0])).sides
    assert (side.values.tolist(), side.least, side.most) == ([1, 0], 1, 2)


def test_an_office_that_is_held_stays_whatever_its_members_would_pay() -> None:
    money = Money.flat(KronerPrices(office_kr=1e7), 3)
    problem = line(3, money=money, sharing=SharingTerms(SharingKey.of("equal"), {}), nobody_worse="hard")
    assert {row[:2] for row in rows(find_groups(problem))} == {(one, (one,)) for one in "abc"}
    held = changed(problem, held={"a": frozenset("ab")})
    assert {row[:2] for row in rows(find_groups(held))} == {("a", ("a", "b")), ("c", ("c",))}
    stable = changed(held, nobody_worse="off", stable="hard")
    assert {row[:2] for row in rows(find_groups(stable))} == {("a", ("a", "b")), ("c", ("c",))}
