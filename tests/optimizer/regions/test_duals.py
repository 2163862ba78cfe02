"""Duals of blocks: what they add up to is a bound over every office, cuts included."""

import numpy as np
import pytest
from cases import country

from optimizer.budget import Budget
from optimizer.engines.certificate import incidence
from optimizer.engines.listing import find_groups
from optimizer.regions.blocks import blocks
from optimizer.regions.duals import DualPrices, block_duals, block_proof, holding
from optimizer.regions.offices import OfficeBook
from optimizer.regions.region import Region

TRIPLES = np.array([[0, 1, 2], [3, 5, 8], [2, 7, 9]])


@pytest.fixture(scope="module")
def region() -> Region:
    """Thirty municipalities."""
    return Region.of(country(30, 5))


def test_an_office_is_held_by_a_cut_with_two_of_its_members(region: Region) -> None:
    pool = find_groups(region.problem(np.arange(30)))
    triples = [(0, 1, 2), (3, 5, 8), (2, 7, 9)]
    assert (holding(pool.members, TRIPLES, 30).toarray() == incidence(pool, triples)).all()


def test_reduced_costs_are_what_the_formula_says() -> None:
    duals = DualPrices(np.arange(30, dtype=np.int64), TRIPLES, np.array([-5, -7, -11]))
    members = np.array([[0, 1, 30], [2, 7, 9], [4, 30, 30]])
    assert duals.reduced(members, np.array([100, 100, 100])).tolist() == [99 + 5, 82 + 11, 96]
    assert duals.total == 435 - 23


def test_the_duals_of_a_block_take_the_place_of_its_old_ones() -> None:
    duals = DualPrices(np.zeros(30, dtype=np.int64), TRIPLES, np.array([-5, -7, -11]))
    block = np.array([2, 7, 8, 9])
    new = DualPrices(np.array([1, 2, 3, 4]), np.array([[0, 1, 2]]), np.array([-1]))
    replaced = duals.replaced(block, new)
    assert replaced.triples.tolist() == [[0, 1, 2], [3, 5, 8], [2, 7, 8]]
    assert replaced.cuts.tolist() == [-5, -7, -1]
    assert replaced.municipality[block].tolist() == [1, 2, 3, 4]


def test_after_each_block_had_its_turn_every_office_of_the_region_is_content(region: Region) -> None:
    pool = find_groups(region.problem(np.arange(30)))
    chance, duals = np.random.default_rng(2), DualPrices.none(30)
    totals = []
    for alone in (True, False, False):
        for block in blocks(region, 8, chance):
            found = block_duals(OfficeBook(region), block, duals, Budget(), alone=alone)
            assert found is not None
            duals = duals.replaced(block, found)
        totals.append(duals.total)
    assert duals.reduced(pool.members, pool.costs).min() >= -1000
    assert totals[2] >= totals[1] - 1000
    assert len(duals.cuts) == 0 or duals.cuts.max() <= 0


def test_what_is_lacking_is_counted_once_at_each_host(region: Region) -> None:
    pool = find_groups(region.problem(np.arange(30)))
    dear = DualPrices(np.full(30, 10**9), np.empty((0, 3), dtype=np.intp), np.empty(0, dtype=np.int64))
    reduced = dear.reduced(pool.members, pool.costs)
    least = [min([0, *reduced[pool.hosts == host].tolist()]) for host in range(30)]
    parts = blocks(region, 8, np.random.default_rng(3))
    assert sum(block_proof(OfficeBook(region), block, dear, 5).lacking for block in parts) == sum(least)
