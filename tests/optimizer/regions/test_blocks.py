"""Blocks hold everybody once, and what they leave out cannot be in an office with them."""

import numpy as np
import pytest
from cases import country

from optimizer.engines.listing import find_groups
from optimizer.regions.blocks import blocks, gathered
from optimizer.regions.region import Region


@pytest.fixture(scope="module")
def region() -> Region:
    """Sixty municipalities."""
    return Region.of(country(60, 2))


@pytest.mark.parametrize("size", [1, 7, 20, 60])
def test_everybody_is_in_one_block(region: Region, size: int) -> None:
    parts = blocks(region, size, np.random.default_rng(4))
    assert sorted(np.concatenate(parts).tolist()) == list(range(60))
    assert all((np.diff(part) > 0).all() for part in parts)
    assert max(map(len, parts)) <= max(2, 1.6 * size)


def test_small_parts_are_gathered() -> None:
    parts = [np.array([5]), np.array([1, 2]), np.array([0]), np.array([3, 4])]
    assert [part.tolist() for part in gathered(parts, 3)] == [[1, 2, 5], [0, 3, 4]]
    assert gathered([], 3) == []


def test_no_office_of_a_block_reaches_beyond_what_is_around_it(region: Region) -> None:
    pool = find_groups(region.problem(np.arange(60)))
    for block in blocks(region, 10, np.random.default_rng(1)):
        around = np.append(region.around(block), 60)
        touching = pool.members[np.isin(pool.members, block).any(axis=1)]
        assert np.isin(touching, around).all()
