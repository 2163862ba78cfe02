"""Certified bounds against the true optimum, for duals good, bad and absurd."""

import numpy as np
import pytest
from bruteforce import partitions
from cases import line
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from strategies import examples, problems

from optimizer.engines.candidates import CandidatePool, SideRow
from optimizer.engines.certificate import certify, incidence
from optimizer.engines.linear_relaxation import relax
from optimizer.engines.listing import find_groups
from optimizer.problem import Problem

SCALES = [1e-9, 0.1, 1.0, 30.0, 1e3, 1e7, 1e13, 1e200]
GARBAGE = st.floats(allow_nan=True, allow_infinity=True)


def plans(problem: Problem, pool: CandidatePool) -> list[tuple[int, list[int]]]:
    """Return cost, in cost units, and rows of every plan made of the pool's offices."""
    row_of = {pool.office(row)[1]: row for row in range(len(pool))}
    costs = {members: {"": float(pool.costs[row])} for members, row in row_of.items()}
    chosen = [[row_of[members] for members in partition] for partition in partitions(problem, costs)]
    return [(int(pool.costs[rows].sum()), rows) for rows in chosen]


def keeps(side: SideRow, rows: list[int]) -> bool:
    total = int(side.values[rows].sum())
    return (side.least is None or total >= side.least) and (side.most is None or total <= side.most)


def check(problem: Problem, pool: CandidatePool, duals: NDArray[np.float64], cuts: NDArray[np.int64]) -> None:
    """Check the bound, and for each office the bound on the plans that use it."""
    certificate = certify(pool, duals, cuts)
    assert (certificate.reduced >= 0).all()
    assert (certificate.violation >= 0).all()
    for cost, rows in plans(problem, pool):
        if all(keeps(side, rows) for side in pool.sides):
            assert certificate.bound <= cost
            assert certificate.bound + certificate.reduced[rows].max() <= cost
            assert certificate.bound + certificate.reduced[rows].sum() <= cost


@st.composite
def triples(draw: st.DrawFn, m: int) -> list[tuple[int, int, int]]:
    if m < 3:
        return []
    some = st.lists(st.integers(0, m - 1), unique=True, min_size=3, max_size=3)
    return [(t[0], t[1], t[2]) for t in draw(st.lists(some, max_size=4))]


@examples(120)
@given(problems(6), st.data())
def test_any_duals_give_a_bound(problem: Problem, data: st.DataObject) -> None:
    pool = find_groups(problem)
    if data.draw(st.booleans()):
        values = data.draw(st.lists(st.integers(-(10**6), 10**6), min_size=len(pool), max_size=len(pool)))
        least, most = sorted(data.draw(st.tuples(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))))
        pool = pool.limited(SideRow("random", np.array(values, dtype=np.int64), least, most))
    cuts = incidence(pool, data.draw(triples(len(pool.ids))))
    many = len(pool.ids) + cuts.shape[1] + len(pool.sides)
    if data.draw(st.booleans()):
        duals = np.array(data.draw(st.lists(GARBAGE, min_size=many, max_size=many)))
    else:
        random = np.random.default_rng(data.draw(st.integers(0, 2**32)))
        duals = random.normal(size=many) * data.draw(st.sampled_from(SCALES))
    check(problem, pool, duals, cuts)


@examples(60)
@given(problems(6), st.data())
def test_duals_of_the_relaxation_give_its_optimum(problem: Problem, data: st.DataObject) -> None:
    pool = find_groups(problem)
    cuts = incidence(pool, data.draw(triples(len(pool.ids))))
    prohibitive = int(pool.costs.sum()) + 10**6
    relaxation = relax(pool, cuts, prohibitive=prohibitive, seconds=10.0)
    assert relaxation is not None
    check(problem, pool, relaxation.duals, cuts)
    if relaxation.unplaced < 1e-9:
        value = float(pool.costs @ relaxation.values)
        assert certify(pool, relaxation.duals, cuts).bound == pytest.approx(value, abs=1000 + 1e-9 * value)


def test_incidence() -> None:
    pool = find_groups(line(4))
    cuts = incidence(pool, [(0, 1, 3), (1, 2, 3)])
    held = {pool.office(row)[1]: cuts[row].tolist() for row in range(len(pool))}
    assert held["a",] == [0, 0]
    assert held["a", "b"] == [1, 0]
    assert held["b", "c"] == [0, 1]
    assert held["a", "b", "c"] == [1, 1]
    assert held["a", "b", "c", "d"] == [1, 1]


def test_a_certificate_by_hand() -> None:
    pool = find_groups(line(2))
    # Two alone cost 240, together 70: 35 for each proves 70, and leaves 85 more for each office of one.
    certificate = certify(pool, np.array([35.0, 35.0]), incidence(pool, []))
    assert certificate.bound == 70_000_000
    assert certificate.reduced.tolist() == [85_000_000, 85_000_000, 0]
    # 40 for each is too much by 10: each is lowered by 5.
    certificate = certify(pool, np.array([40.0, 40.0]), incidence(pool, []))
    assert certificate.bound == 70_000_000
    assert certificate.violation.tolist() == [0, 0, 10_000_000]


def test_no_offices_at_all() -> None:
    pool = find_groups(line(2, min_members=3))
    assert len(pool) == 0
    assert certify(pool, np.array([5.0, 7.0]), incidence(pool, [])).bound == 12_000_000
