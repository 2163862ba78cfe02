"""Plans made without any search: whatever they are worth, they are plans."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from cases import line
from hypothesis import given
from strategies import examples, problems

from optimizer.engines.candidates import CandidatePool
from optimizer.engines.listing import find_groups
from optimizer.engines.packing import packed
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.solve import Options, solve


@given(problems())
@examples(200)
def test_a_packed_plan_places_everybody_once_in_legal_offices(problem: Problem) -> None:
    pool = find_groups(problem)
    plan = packed(pool)
    if plan is None:
        return
    broken = {violation.rule for violation in evaluate(problem, plan.grouping).violations}
    assert broken <= {"min_offices", "max_offices"}
    placed = sorted(i for i in plan.members.ravel().tolist() if i < len(pool.ids))
    assert placed == list(range(len(pool.ids)))


@given(problems())
@examples(100)
def test_where_everybody_may_stand_alone_there_is_always_one_and_it_costs_no_more(problem: Problem) -> None:
    pool = find_groups(problem)
    ones = (pool.members < len(pool.ids)).sum(axis=1) == 1
    if ones.sum() == len(pool.ids):
        plan = packed(pool)
        assert plan is not None
        assert plan.costs.sum() <= pool.costs[ones].sum()


def test_the_office_that_saves_most_for_each_member_comes_first() -> None:
    """Alone 10 each; the pair saves 6 for each member, the three 4: the pair is taken, and the third is left alone."""
    members = np.array([[0, 3, 3], [1, 3, 3], [2, 3, 3], [0, 1, 3], [0, 1, 2]], dtype=np.int16)
    costs = np.array([10, 10, 10, 8, 18])
    pool = CandidatePool(("a", "b", "c"), members, costs, np.zeros(5, dtype=bool))
    plan = packed(pool)
    assert plan is not None
    assert sorted(plan.costs.tolist()) == [8, 10]
    # Who may not stand alone is taken in, whatever it saves; if that leaves another one over, there is no plan.
    assert packed(pool.take(np.array([0, 1, 3, 4]))).costs.tolist() == [18]  # type: ignore[union-attr]
    assert packed(pool.take(np.array([0, 1, 3]))) is None


@pytest.mark.parametrize("engine", ["partition", "generation", "assignment", "auto"])
def test_who_is_stopped_at_once_gets_more_than_everybody_alone(engine: str) -> None:
    problem = replace(line(6), limits=replace(line(6).limits, min_office_fte=3.0))
    stop = threading.Event()
    stop.set()
    result = solve(problem, Options(engine=engine), stop=stop)  # type: ignore[arg-type]
    assert result.grouping is not None
    assert len(result.grouping.offices) < len(problem.ids)
