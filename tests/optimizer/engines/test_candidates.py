"""The list of legal offices against the specification's verdict on every group."""

import numpy as np
import pytest
from bruteforce import brute_force, legal_offices
from cases import line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.engines import candidates
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.problem import Problem
from optimizer.units import UNITS_PER_MINUTE

ROUNDED = 8 / UNITS_PER_MINUTE


def rows(pool: CandidatePool) -> list[tuple[tuple[str, ...], str, float]]:
    """Return members, host and cost in minutes of each office, in order of members and host."""
    offices = [pool.office(row) for row in range(len(pool))]
    return sorted(
        (members, host, cost / UNITS_PER_MINUTE) for (host, members), cost in zip(offices, pool.costs, strict=True)
    )


@examples(60)
@given(problems(6), st.sampled_from([1, 3, 50_000]))
def test_each_legal_office_once_at_its_best_host(problem: Problem, chunk: int) -> None:
    expected = brute_force(problem).offices
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", chunk)
        pool = find_groups(problem)
    found = rows(pool)
    assert pool.complete
    assert [members for members, _, _ in found] == sorted(expected)
    for members, host, cost in found:
        lowest = min(expected[members].values())
        assert cost == pytest.approx(lowest, abs=ROUNDED)
        assert expected[members][host] == pytest.approx(lowest, abs=ROUNDED)


@examples(60)
@given(problems(6, exact=True))
def test_costs_are_exact_and_the_first_of_equal_hosts_has_the_office(problem: Problem) -> None:
    expected = brute_force(problem).offices
    pool = find_groups(problem)
    for row in range(len(pool)):
        host, members = pool.office(row)
        lowest = min(expected[members].values())
        need = {h: -problem.need_fte[problem.index[h]] for h in members}
        best = sorted((h for h, cost in expected[members].items() if cost == lowest), key=lambda h: (need[h], h))
        assert pool.costs[row] == lowest * UNITS_PER_MINUTE
        assert host == best[0]
        assert pool.tied[row] == (len(best) > 1)


@examples(60)
@given(problems(6))
def test_each_legal_office_at_every_host(problem: Problem) -> None:
    expected = brute_force(problem).offices
    found = rows(find_groups(problem, every_host=True))
    assert [row[:2] for row in found] == sorted((members, host) for members in expected for host in expected[members])
    for members, host, cost in found:
        assert cost == pytest.approx(expected[members][host], abs=ROUNDED)


@examples(40)
@given(problems(6), st.integers(0, 6))
def test_an_early_stop_leaves_some_and_says_so(problem: Problem, chunks: int) -> None:
    # Where the host changes the cost, the best one of a group may be among what is left out.
    whole = set(rows(find_groups(problem, every_host=True)))
    answers = iter([True] * chunks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", 1)
        pool = find_groups(problem, keep_going=lambda _: next(answers, False))
    assert set(rows(pool)) <= whole
    assert len(set(rows(pool))) == len(pool)
    assert pool.complete <= (len(pool) == len(find_groups(problem)))
    assert {members for members, _, _ in whole if len(members) == 1} <= {members for members, _, _ in rows(pool)}


@pytest.mark.parametrize("seed", range(6))
def test_sparse_links_lead_to_each_group_once(seed: int) -> None:
    random = np.random.default_rng(seed)
    links = np.zeros((7, 7), dtype=bool)
    for i in range(1, 7):
        links[i, random.integers(max(0, i - 3), i)] = links[i, random.integers(max(0, i - 2), i)] = True
    problem = line(7, links=links | links.T, max_members=7, min_members=2)
    assert [members for members, _, _ in rows(find_groups(problem))] == sorted(legal_offices(problem))


def test_too_many() -> None:
    problem = line(5)
    many = len(find_groups(problem))
    assert many == 5 + 4 + 3 + 2 + 1
    assert len(find_groups(problem, max_groups=many)) == many
    with pytest.raises(PoolTooLargeError, match="more than 14 groups"):
        find_groups(problem, max_groups=many - 1)


def test_many_groups_met_and_none_legal() -> None:
    problem = line(8, contiguity="off", max_members=6, max_office_need_fte=0.0)
    with pytest.raises(PoolTooLargeError):
        find_groups(problem, max_groups=3)
    assert len(find_groups(problem)) == 0


def test_reading_a_pool() -> None:
    pool = find_groups(line(3, min_offices=1, max_offices=2))
    assert pool.ids == ("a", "b", "c")
    assert pool.shared.sum() == 3
    assert [side.name for side in pool.sides] == ["shared offices"]
    assert pool.sides[0].values.tolist() == pool.shared.astype(int).tolist()
    some = pool.take(pool.shared)
    assert len(some) == len(some.sides[0].values) == 3
    assert not some.complete
    assert find_groups(line(3)).sides == ()
    assert not find_groups(line(3, max_members=1)).shared.any()


def test_ids_are_in_id_order_whatever_the_order_of_the_problem() -> None:
    problem = line(3, ids=("c", "a", "b"), leave_out=frozenset("a"), contiguity="through")
    pool = find_groups(problem)
    assert pool.ids == ("b", "c")
    assert rows(pool)[-1] == (("c",), "c", 120.0)
