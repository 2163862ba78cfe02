"""Parts tied together by the number of shared offices only: the best plan, against brute force and by hand."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from bruteforce import brute_force
from cases import changed, country, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.regions import one_part, ways
from optimizer.regions.apart import is_in_parts, parts_of, solve_apart
from optimizer.solve import Options, Status, solve


def limited(problem: Problem, least: int, more: int | None) -> Problem:
    """Return the problem with hard county lines and a limit on the number of shared offices."""
    most = None if more is None else least + more
    limits = replace(problem.limits, county_lines="hard", min_offices=least, max_offices=most)
    return replace(problem, limits=limits)


@examples(60)
@given(problems(7, kroner=False), st.integers(0, 3), st.sampled_from([None, 0, 1, 2]))
def test_the_number_of_offices_over_parts(problem: Problem, least: int, more: int | None) -> None:
    problem = limited(problem, least, more)
    truth = brute_force(problem).objective
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "MANY_APART", 0)
        result = solve(problem, Options(engine="generation", workers=1))
    assert result.status == (Status.INFEASIBLE if truth is None else Status.OPTIMAL)
    if truth is not None:
        assert result.objective == pytest.approx(truth, abs=1e-4)


@pytest.fixture(scope="module")
def one_a_county() -> Problem:
    """Fifty municipalities in two counties; alone is so dear that each county has one office."""
    return changed(
        country(50, 4), county_lines="hard", max_minutes=1000.0, max_members=50, max_offices=2, alone=10_000.0,
        min_host_share=0.0,
    )  # fmt: skip


def test_one_office_a_county_has_the_best_host_of_each(one_a_county: Problem) -> None:
    notes: list[str] = []
    result = solve(one_a_county, report=lambda event: notes.append(event.note))
    assert any(note.startswith("part by part") for note in notes)
    assert (result.status, result.engine) == (Status.OPTIMAL, "generation")
    objective = 0.0
    for county in sorted(set(one_a_county.counties)):
        ids = [id_ for id_, own in zip(one_a_county.ids, one_a_county.counties, strict=True) if own == county]
        inside = np.isin(one_a_county.ids, ids)
        alone = replace(one_a_county, takes_part=inside)
        judged = [evaluate(alone, Grouping.of(dict.fromkeys(ids, host))) for host in ids]
        objective += min(one.objective for one in judged if not one.violations)
    assert result.objective == pytest.approx(objective, abs=1e-3)


def test_parts_are_those_who_can_share_and_the_lonely_together() -> None:
    problem = changed(line(7), counties=("1", "1", "2", "3", "3", "3", "4"), county_lines="hard", max_offices=2)
    assert [places.tolist() for places in parts_of(problem)] == [[0, 1], [3, 4, 5], [2, 6]]
    assert is_in_parts(problem)
    assert not is_in_parts(changed(problem, max_offices=None))
    assert not is_in_parts(changed(line(7), max_offices=2))


def test_more_offices_than_parts() -> None:
    small = changed(country(24, 5), county_lines="hard", max_members=5, max_offices=5, alone=50.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "MANY_APART", 0)
        patch.setattr(one_part, "HALF", 1e-9)
        compact = solve(small, Options(engine="generation", workers=1, time_limit=600.0))
    assert compact.status == Status.OPTIMAL
    assert compact.objective == pytest.approx(solve(small).objective, abs=1e-3)


def test_stopped_at_once_everybody_stands_alone_and_the_bound_is_true(one_a_county: Problem) -> None:
    stop = threading.Event()
    stop.set()
    found = solve_apart(one_a_county, Budget(stop=stop))
    assert not found.finished
    assert found.grouping == Grouping.of({id_: id_ for id_ in one_a_county.ids})
    assert found.bound == 0
