"""Problems that are hard on an engine by their form: each is solved, by every engine, or refused in words."""

from dataclasses import replace
from itertools import combinations
from typing import Any, get_args

import numpy as np
import pytest
from bruteforce import brute_force
from cases import changed, line, linked
from scipy import sparse

from optimizer.engine_table import Engine
from optimizer.judging.evaluate import evaluate
from optimizer.limits import Limits
from optimizer.problem import UNREACHABLE, Problem, ProblemError
from optimizer.regions.region import Region
from optimizer.regions.solving import solve_region
from optimizer.solve import Options, Status, solve
from optimizer.terms import Weights

SOME = 6
LOOSE: dict[str, Any] = {"max_minutes": 1e6, "max_members": 500, "contiguity": "off", "min_host_share": 0.0}
STAR = linked(SOME, [(0, i) for i in range(1, SOME)])
COMPLETE = linked(SOME, list(combinations(range(SOME), 2)))
PLACES = 10.0 * np.arange(SOME)
ONE_WAY = np.where(PLACES[:, None] < PLACES, PLACES - PLACES[:, None], 3 * (PLACES[:, None] - PLACES))
APART = np.where(np.add.outer(np.arange(SOME), np.arange(SOME)) % 3 == 1, UNREACHABLE, 5.0)
np.fill_diagonal(APART, 0.0)

SOLVED: dict[str, Problem] = {
    "equal populations": line(SOME, planner_fte=[1.0] * SOME),
    "a star": line(SOME, links=STAR, minutes=np.where(STAR, 10.0, 20.0) * ~np.eye(SOME, dtype=bool)),
    "a path": line(SOME, planner_fte=0.3 * np.arange(1, 7), max_members=SOME),
    "a complete graph": line(SOME, links=COMPLETE, minutes=7.0 * ~np.eye(SOME, dtype=bool), max_members=SOME),
    "islands": line(SOME, links=np.zeros((SOME, SOME), dtype=bool)),
    "all limits loose": line(SOME, **LOOSE),
    "all impossible": line(SOME, critical_mass="hard", min_office_fte=100.0),
    "nobody may host": line(SOME, may_host=[False] * SOME, min_members=2),
    "zero prices": line(SOME, weights=Weights(travel=0.0, missing_fte=0.0, county_lines=0.0, statsforvalter_lines=0.0)),
    "zero need, journeys and planners": line(
        SOME, planner_fte=[0.0] * SOME, need_fte=[0.0] * SOME, fixed_need_fte=[0.0] * SOME, trips=[0.0] * SOME
    ),
    "prices of a thousand million": line(SOME, missing_fte=1e9, alone=1e9),
    "asymmetric minutes": line(SOME, minutes=ONE_WAY, max_minutes=35.0),
    "unreachable pairs": line(SOME, minutes=APART, links=COMPLETE),
    "one municipality": line(1),
    "one that may not stand alone": line(1, min_members=2),
}


@pytest.mark.parametrize("engine", [name for name in get_args(Engine) if name != "auto"])
@pytest.mark.parametrize("case", SOLVED)
def test_solved_or_proved_impossible(case: str, engine: Engine) -> None:
    problem = SOLVED[case]
    truth = brute_force(problem).objective
    result = solve(problem, Options(engine=engine, workers=1))
    if truth is None:
        assert (result.status, result.objective) == (Status.INFEASIBLE, None)
        assert result.reasons
        return
    assert result.status == Status.OPTIMAL
    assert result.grouping is not None
    assert evaluate(problem, result.grouping).violations == ()
    assert result.objective == pytest.approx(truth, rel=1e-9, abs=1e-4)


@pytest.mark.parametrize(
    "changes",
    [{"missing_fte": 1e300}, {"alone": 1e13}, {"trips": [1e6] * SOME, "travel": 1e6}, {"planner_fte": [1e9] * SOME}],
    ids=["missing_fte", "alone", "travel", "planners"],
)
def test_figures_too_large_to_sum_in_whole_numbers_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ProblemError, match="expected"):
        line(SOME, **changes)


def test_the_dearest_price_that_is_taken_is_counted_without_overflow() -> None:
    low, high = 1.0, 1e13
    while high / low > 1.01:
        price = (low * high) ** 0.5
        try:
            line(SOME, alone=price, max_members=1)
            low = price
        except ProblemError:
            high = price
    problem = line(SOME, alone=low, max_members=1)
    for engine in ("partition", "generation", "assignment"):
        result = solve(problem, Options(engine=engine, workers=1))
        assert (result.status, result.objective) == (Status.OPTIMAL, pytest.approx(SOME * (low + 120)))


def islands(many: int) -> Region:
    """Return a region of islands in pairs of two that are joined by a bridge, and of single ones."""
    pairs = np.arange(0, many // 2, 2)
    both = np.concatenate((pairs, pairs + 1)), np.concatenate((pairs + 1, pairs))
    return Region(
        ids=tuple(f"{i:06d}" for i in range(many)),
        counties=("1",) * many,
        statsforvaltere=("S",) * many,
        minutes=sparse.csr_array((np.full(2 * len(pairs), 10.0), both), shape=(many, many)),
        links=sparse.csr_array((np.ones(2 * len(pairs)), both), shape=(many, many)),
        planner_fte=np.ones(many),
        need_fte=np.ones(many),
        fixed_need_fte=np.zeros(many),
        trips=np.ones(many),
        may_host=np.ones(many, dtype=bool),
        limits=Limits(),
        weights=Weights(missing_fte=60.0),
    )


def test_thousands_of_islands_are_solved_and_proved() -> None:
    many = 4000
    result = solve_region(islands(many), workers=1)
    assert (result.status, result.gap) == (Status.OPTIMAL, 0.0)
    assert result.objective == pytest.approx(many // 2 * 120 + many // 4 * (60 + 10))


def test_a_region_with_limits_that_nobody_meets_together_stands_alone() -> None:
    region = islands(40)
    lonely = Region(**{**vars(region), "limits": replace(region.limits, max_minutes=1.0)})
    assert solve_region(lonely).objective == pytest.approx(40 * 120)


def test_a_looser_limit_never_costs_more() -> None:
    problem = line(9, planner_fte=0.4 * np.arange(1, 10), max_members=2, max_minutes=10.0)
    objectives = [
        solve(changed(problem, max_members=members, max_minutes=minutes), Options(engine="generation")).objective
        for members, minutes in ((2, 10.0), (3, 10.0), (3, 30.0), (9, 30.0), (9, 1e6))
    ]
    assert objectives == sorted(objectives, reverse=True)
