"""Disciplines not covered: the engine's arithmetic against the specification's."""

from dataclasses import replace

import numpy as np
import pytest
from cases import country
from frozen import host_of, national

from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.engines.columns.disciplines import discipline_arrays
from optimizer.engines.listing import find_groups
from optimizer.grouping import Grouping
from optimizer.judging.disciplines import coverage, uncovered
from optimizer.judging.evaluate import evaluate

NEED = DisciplineNeed({"plan": 0.5, "gis": 0.3, "jus": 0.2}, only_for={"samisk": frozenset({"1002", "1005"})})


def drawn_table(ids: tuple[str, ...], seed: int) -> dict[str, dict[str, HeldFte]]:
    """Return a table of some municipalities, with persons known of some."""
    random = np.random.default_rng(seed)
    return {
        id_: {
            name: HeldFte(float(random.choice([0.0, 0.1, 0.25, 0.5, 0.6])), [None, 1, 2][random.integers(3)])
            for name in NEED.names
            if random.random() < 0.7
        }
        for id_ in ids
        if random.random() < 0.6
    }


@pytest.mark.parametrize("seed", range(8))
def test_offices_are_judged_as_by_the_specification(seed):
    plain = country(12, seed, max_minutes=60.0)
    problem = replace(
        plain,
        disciplines=Disciplines(NEED, drawn_table(plain.ids, seed)),
        limits=replace(plain.limits, covers=("gis", "samisk")),
    )
    arrays = discipline_arrays(problem)
    pool = find_groups(plain)
    for row in range(len(pool)):
        _, members = pool.office(row)
        found = coverage(problem, NEED, problem.disciplines.table, members)
        pairs = sum(len(one.needed_by) for one in found if one.cover == "not")
        where = np.array([[problem.index[id_] for id_ in members]])
        assert arrays.uncovered(where).tolist() == [pairs] == [uncovered(problem, members)]
        covers = all(one.cover != "not" for one in found if one.discipline in problem.limits.covers)
        breaches = evaluate(problem, Grouping.of(dict.fromkeys(members, members[0]))).violations
        assert arrays.covers(where, problem.limits.covers).tolist() == [covers]
        assert covers or len(members) == 1 or "covers" in {one.rule for one in breaches}


def test_national_plan():
    need = DisciplineNeed({"arealplan": 0.35, "samfunnsplan": 0.25, "gis": 0.12, "other": 0.28})
    problem = replace(national(), disciplines=Disciplines(need))
    grouping, arrays = Grouping.of(host_of()), discipline_arrays(problem)
    found = sum(
        int(arrays.uncovered(np.array([[problem.index[id_] for id_ in members]]))[0])
        for members in grouping.offices.values()
    )
    assert found == evaluate(problem, grouping).terms["uncovered"].value
