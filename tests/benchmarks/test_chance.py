"""The benchmark against chance on a small road: its pairs, its lottery and its figures."""

import importlib.util
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from optimizer.engines.listing import find_groups
from optimizer.problem import Limits, Problem

FILE = Path(__file__).parents[2] / "benchmarks" / "chance.py"


@pytest.fixture(scope="module")
def chance():
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("chance", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["chance"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["chance"]


def road(n: int, **limits) -> Problem:
    """Return municipalities along a road, 10 minutes apart."""
    far = np.abs(np.arange(n)[:, None] - np.arange(n)[None, :])
    one, yes = np.ones(n), np.ones(n, dtype=bool)
    ids = tuple("abcdef"[:n])
    same = (ids, ids, ("1",) * n, ("S",) * n, 10.0 * far, far == 1)
    return Problem(*same, one, 2 * one, one, one, yes, yes, limits=Limits(**limits))


def test_each_office_of_a_size_is_drawn_as_often_and_plans_keep_the_rules(chance):
    problem = road(4, max_members=3)
    pool = find_groups(problem)
    lottery, random = chance.Lottery(pool), np.random.default_rng(7)
    first = Counter()
    for _ in range(600):
        rows = lottery.draw([2, 1, 1], random)
        offices = [pool.office(row) for row in rows]
        assert sorted(i for _, members in offices for i in members) == list("abcd")
        assert [len(members) for _, members in offices] == [2, 1, 1]
        first["".join(offices[0][1])] += 1
        assert chance.figures(problem, offices).pairs == 1
    assert set(first) == {"ab", "bc", "cd"}
    assert min(first.values()) > 150, "200 each in the mean; five standard deviations are 58"
    offices = [pool.office(row) for row in lottery.draw([3], random)]
    assert sorted(len(members) for _, members in offices) == [1, 3], "who is left stands alone"
    assert chance.figures(problem, offices).minutes == 20


def test_a_size_that_is_not_left_gives_way_to_the_next_smaller(chance):
    pool = find_groups(road(3, max_members=2))
    rows = chance.Lottery(pool).draw([2, 2], np.random.default_rng(1))
    assert sorted(len(pool.office(row)[1]) for row in rows) == [1, 2]
    narrow = find_groups(road(3, max_members=2, min_members=2))
    with pytest.raises(ValueError, match="may not stand alone"):
        chance.Lottery(narrow).draw([2], np.random.default_rng(1))
    with pytest.raises(ValueError, match="breaks complete"):
        chance.figures(road(3), [("a", ("a", "b"))])


def test_figures_of_a_reference_and_the_report(chance):
    assert chance.pairs_of(["abc", "cd"]) == {("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")}
    found = chance.FoundAgain(10, 6, 4, (*[1] * 18, 3, 4))
    assert (found.mean, found.high) == (1.25, 3)
    assert found.as_many == pytest.approx(2 / 21)
    plan, mean = chance.Figures(100.0, 50.0, 12), chance.Figures(160.0, 48.4, 11.6)
    said = chance.report({"x": found, "y": chance.FoundAgain(10, 6, 5, (1,) * 30)}, plan, mean, "python chance.py")
    assert "| x | 10 | 6 | 4 (40%) | 1.2 (12%) | 3 (30%) | 9.5% | not told apart from chance |" in said
    assert "| y | 10 | 6 | 5 (50%) | 1 (10%) | 1 (10%) | 3.2% | more than chance |" in said
    assert "| all journeys, minutes one way | 50 | 48 |" in said
