"""Kroner of the offices of a pool: the engine's arithmetic against the specification's."""

import numpy as np
import pytest
from cases import country, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.engines.columns import kroner
from optimizer.engines.columns.kroner import NOT_LEGAL, GroupLookup, kroner_columns
from optimizer.engines.listing import find_groups
from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money
from optimizer.problem import EngineError, Problem

PRICES = KronerPrices(hire_from_fte=2.0, visits=30)


def uneven(problem: Problem) -> Money:
    """Return prices that differ by place, and two municipalities that say what they pay alone."""
    n = len(problem.ids)
    says = np.where(np.arange(n) % 5 == 3, 2_000_000.5, np.nan)
    return Money(PRICES, 1_000_000 + 37_001.25 * np.arange(n), says)


@examples(60)
@given(problems(6), st.booleans())
def test_columns_are_those_of_the_specification(problem, first_year):
    money = uneven(problem).in_year(1) if first_year else uneven(problem)
    pool = find_groups(problem)
    columns, games = kroner_columns(problem, money, pool), OfficeGames(problem, money)
    for row in range(len(pool)):
        host, members = pool.office(row)
        assert abs(int(columns.own[row]) - games.cost(host, members)) <= 1
        assert abs(int(columns.cheapest[row]) - games.cheapest(members)) <= 1
    alone = [games.cost(id_, (id_,)) for id_ in pool.ids]
    assert np.abs(columns.alone - alone).max() <= 1


def test_each_host_of_a_pool_of_all_hosts_has_its_own_cost():
    problem = country(14, 3)
    columns = kroner_columns(problem, uneven(problem), find_groups(problem, every_host=True))
    by_group: dict[tuple[int, ...], list[int]] = {}
    for members, own in zip(np.sort(columns.pool.members, axis=1).tolist(), columns.own.tolist(), strict=True):
        by_group.setdefault(tuple(members), []).append(own)
    for members, cheapest in zip(
        np.sort(columns.pool.members, axis=1).tolist(), columns.cheapest.tolist(), strict=True
    ):
        assert cheapest == min(by_group[tuple(members)])


def test_parts_are_found_and_those_that_cannot_be_are_not():
    problem = line(4)
    columns = kroner_columns(problem, uneven(problem), find_groups(problem))
    games = OfficeGames(problem, uneven(problem))
    costs = columns.subgroup_costs(np.array([[0, 1, 3]], dtype=np.int16))[0].tolist()
    expected = [games.cheapest(some) for some in (("a",), ("b",), ("a", "b"), ("d",), ("a", "d"), ("b", "d"))]
    assert costs == [NOT_LEGAL if one is None else one for one in expected]
    assert expected[4] is expected[5] is None


def test_lookup_of_groups_of_many_sizes():
    members = np.array([[2, 0, 4, 4], [1, 4, 4, 4], [0, 2, 4, 4], [3, 2, 1, 4]], dtype=np.int16)
    lookup = GroupLookup.of(members, np.array([7, 5, 6, 9]), 4)
    assert lookup.costs(np.array([[0, 2], [1, 3], [0, 1]])).tolist() == [6, NOT_LEGAL, NOT_LEGAL]
    assert lookup.costs(np.array([[1, 2, 3], [0, 1, 2]])).tolist() == [9, NOT_LEGAL]
    assert lookup.costs(np.array([[1], [0]])).tolist() == [5, NOT_LEGAL]
    assert lookup.costs(np.array([[0, 1, 2, 3]])).tolist() == [NOT_LEGAL]


def test_many_groups_are_looked_at_in_parts(monkeypatch):
    problem = country(14, 3)
    columns = kroner_columns(problem, uneven(problem), find_groups(problem))
    whole = [len(rows) for rows, _ in columns.by_size()]
    monkeypatch.setattr(kroner, "MOST_PARTS", 64)
    parts = list(columns.by_size())
    assert len(parts) > len(whole)
    assert sorted(row for rows, _ in parts for row in rows.tolist()) == list(range(len(columns.pool)))


def test_offices_with_too_many_parts_are_refused():
    problem = line(2)
    columns = kroner_columns(problem, uneven(problem), find_groups(problem))
    with pytest.raises(EngineError, match="17 members; expected at most 16 where every subgroup counts"):
        columns.subgroup_costs(np.zeros((1, 17), dtype=np.int16))
