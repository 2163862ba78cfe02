"""Disciplines not covered: the engine's arithmetic against the specification's."""

import numpy as np
import pytest
from cases import country
from frozen import host_of, national

from optimizer.engines.columns.disciplines import discipline_arrays
from optimizer.engines.listing import find_groups
from optimizer.grouping import Grouping
from optimizer.staffing.disciplines import DisciplineNeed, HeldFte, coverage, lacking

NEED = DisciplineNeed({"plan": 0.5, "gis": 0.3, "jus": 0.2}, only_for={"samisk": frozenset({"1002", "1005"})})


def drawn_table(ids: tuple[str, ...], seed: int) -> dict[str, dict[str, tuple[float, int | None]]]:
    """Return a table of some municipalities, with persons known of some."""
    random = np.random.default_rng(seed)
    return {
        id_: {
            name: (float(random.choice([0.0, 0.1, 0.25, 0.5, 0.6])), [None, 1, 2][random.integers(3)])
            for name in NEED.names
            if random.random() < 0.7
        }
        for id_ in ids
        if random.random() < 0.6
    }


@pytest.mark.parametrize("seed", range(8))
def test_offices_are_judged_as_by_the_specification(seed):
    problem = country(12, seed, max_minutes=60.0)
    table = drawn_table(problem.ids, seed)
    arrays = discipline_arrays(problem, NEED.shares, NEED.threshold, NEED.only_for, table)
    held = {id_: {name: HeldFte(*one) for name, one in row.items()} for id_, row in table.items()}
    pool = find_groups(problem)
    for row in range(len(pool)):
        _, members = pool.office(row)
        found = coverage(problem, NEED, held, members)
        pairs = sum(len(one.needed_by) for one in found if one.cover == "not")
        where = np.array([[problem.index[id_] for id_ in members]])
        assert arrays.uncovered(where).tolist() == [pairs]


def test_national_plan():
    need = DisciplineNeed({"arealplan": 0.35, "samfunnsplan": 0.25, "gis": 0.12, "other": 0.28})
    arrays = discipline_arrays(national(), need.shares, 0.5, {}, {})
    grouping = Grouping.of(host_of())
    found = sum(
        int(arrays.uncovered(np.array([[national().index[id_] for id_ in members]]))[0])
        for members in grouping.offices.values()
    )
    assert found == sum(map(len, lacking(national(), need, {}, grouping).values()))
