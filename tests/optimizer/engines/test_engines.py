"""The two engines, which share no code, against each other; and a whole country of made-up places."""

from typing import Any

import pytest
from cases import country
from test_solve_bruteforce import near

from optimizer.engines.listing import find_groups
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.solve import Options, Status, solve

EVERY_OTHER = [i % 2 == 0 for i in range(18)]


@pytest.mark.parametrize(
    ("n", "seed", "changes"),
    [
        (15, 1, {}),
        (15, 6, {"unmet_need": 30.0, "max_members": 4}),
        (18, 2, {"contiguity": "off", "max_minutes": 40.0, "max_members": 4}),
        (18, 3, {"contiguity": "through", "takes_part": EVERY_OTHER, "alone": 40.0}),
        (16, 4, {"max_members": 3, "min_members": 2, "alone_exempt": True, "min_offices": 3}),
        (25, 5, {"max_minutes": 40.0, "max_members": 3, "max_office_need_fte": 6.0}),
    ],
)
def test_engines_agree(n: int, seed: int, changes: dict[str, Any]) -> None:
    problem = country(n, seed, **changes)
    listed = solve(problem, Options(engine="partition"))
    compact = solve(problem, Options(engine="assignment", time_limit=60))
    assert listed.status == compact.status == Status.OPTIMAL
    assert compact.objective == pytest.approx(listed.objective, abs=near(problem))
    for result in (listed, compact):
        assert result.grouping is not None
        assert evaluate(problem, result.grouping).violations == ()


@pytest.fixture(scope="module")
def land() -> Problem:
    return country(150, 3)


def test_a_country_is_proved(land: Problem) -> None:
    result = solve(land)
    assert result.status == Status.OPTIMAL
    assert result.engine == "partition"
    assert result.candidates == len(find_groups(land)) > 5_000
    assert result.gap == 0
    assert result.objective == result.bound
    assert result.ties in {"unique", "first in id order"}
    assert result.grouping is not None
    judgement = evaluate(land, result.grouping)
    assert judgement.violations == ()
    assert judgement.objective == result.objective
    again = solve(land, Options(workers=1))
    assert again.grouping == result.grouping


@pytest.mark.parametrize(
    "changes",
    [
        {"min_offices": 38, "max_offices": 40},
        {"max_members": 5, "unmet_need": 20.0},
        {"county_lines": "hard", "min_office_fte": 5.0},
        {"min_members": 2, "alone_exempt": True, "alone": 30.0},
        {"missing_fte": 1e5},
    ],
)
def test_a_country_under_other_rules(changes: dict[str, Any]) -> None:
    problem = country(150, 4, **changes)
    result = solve(problem, Options(time_limit=60))
    assert result.status == Status.OPTIMAL
    assert result.ties != "open"
    assert result.grouping is not None
    assert evaluate(problem, result.grouping).violations == ()


def test_a_country_without_a_plan() -> None:
    problem = country(150, 3, min_members=4, max_members=4)
    result = solve(problem)
    assert result.status == Status.INFEASIBLE
    assert result.reasons
