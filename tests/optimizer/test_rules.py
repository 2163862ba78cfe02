"""Each rule in a small case worked out by hand: what it costs to keep it, and when it cannot be kept."""

from typing import Any

import numpy as np
import pytest
from cases import hosts, line, linked

from optimizer.problem import Problem
from optimizer.solve import Options, Status, solve

TORN = linked(4, [(0, 1), (2, 3)])
TWO_COUNTIES = ("1", "1", "2", "2")
NOBODY = [False] * 4
LARGE = {"planner_fte": [1.0, 1.0, 1.0, 2.0], "min_office_fte": 5.0}
"""The last employs twice as many as each of the others, and only all together have enough."""
LAST_ONLY = [False, False, False, True]

# What is asked of the four along the road (see `cases.line`), the optimum, and the hosts, the first of equals.
LEGAL: list[tuple[str, dict[str, Any], float, str]] = [
    ("no rule binds: all at b, as good as c", {}, 40.0, "bbbb"),
    ("of equally good hosts the one that needs most planners", {"need_fte": [2.0, 2.0, 2.5, 2.0]}, 40.0, "cccc"),
    ("max_minutes", {"max_minutes": 10.0}, 140.0, "aacc"),
    ("max_minutes, just enough", {"max_minutes": 20.0}, 40.0, "bbbb"),
    ("min_members", {"min_members": 4}, 40.0, "bbbb"),
    ("min_members, alone exempt", {"min_members": 3, "max_members": 3, "alone_exempt": True}, 140.0, "accc"),
    ("max_members", {"max_members": 2}, 140.0, "aacc"),
    ("max_members of one", {"max_members": 1}, 480.0, "abcd"),
    ("contiguity", {"links": TORN}, 140.0, "aacc"),
    ("contiguity off", {"links": TORN, "contiguity": "off"}, 40.0, "bbbb"),
    ("contiguity does not go through members of other offices", {"apart": (frozenset("ab"),)}, 140.0, "accc"),
    ("county_lines priced", {"counties": TWO_COUNTIES}, 80.0, "bbbb"),
    ("county_lines hard", {"counties": TWO_COUNTIES, "county_lines": "hard"}, 140.0, "aacc"),
    ("min_office_fte hard", {"min_office_fte": 2.0, "critical_mass": "hard"}, 20.0, "aacc"),
    (
        "min_office_fte hard, alone exempt",
        {"min_office_fte": 5.0, "critical_mass": "hard", "alone_exempt": True},
        960.0,
        "abcd",
    ),
    ("max_office_need_fte, all of 7.4", {"max_office_need_fte": 7.4}, 40.0, "bbbb"),
    ("max_office_need_fte, two of 3.8", {"max_office_need_fte": 3.8}, 140.0, "aacc"),
    ("max_office_need_fte, one of 2", {"max_office_need_fte": 3.79}, 480.0, "abcd"),
    ("max_office_need_fte, alone exempt", {"max_office_need_fte": 1.9, "alone_exempt": True}, 480.0, "abcd"),
    ("min_host_share", LARGE | {"min_host_share": 0.6}, 60.0, "dddd"),
    ("min_host_share, just enough", LARGE | {"min_host_share": 0.5}, 40.0, "bbbb"),
    ("min_host_share, off", LARGE | {"min_host_share": 0.0}, 40.0, "bbbb"),
    ("min_host_share, who must host", LARGE | {"min_host_share": 1.0, "must_host": frozenset("b")}, 40.0, "bbbb"),
    ("min_host_share, whom another is fixed to", LARGE | {"min_host_share": 1.0, "fixed": {"a": "b"}}, 40.0, "bbbb"),
    ("min_host_share, fixed to itself", LARGE | {"min_host_share": 1.0, "fixed": {"b": "b"}}, 320.0, "bbbd"),
    ("min_offices", {"min_offices": 2}, 140.0, "aacc"),
    ("max_offices", {"max_offices": 0}, 480.0, "abcd"),
    ("max_offices, one", {"max_offices": 1, "max_members": 3}, 140.0, "accc"),
    ("min_offices and max_offices", {"min_offices": 1, "max_offices": 1, "max_members": 2}, 310.0, "aacd"),
    ("may_host", {"may_host": LAST_ONLY}, 60.0, "dddd"),
    ("may_host asks nothing of those who stand alone", {"may_host": NOBODY}, 480.0, "abcd"),
    ("together", {"together": (frozenset("ad"),)}, 40.0, "bbbb"),
    ("together, two that would part", {"together": (frozenset("bc"),), "max_members": 2}, 310.0, "abbd"),
    ("apart", {"apart": (frozenset("ad"),)}, 140.0, "aacc"),
    ("fixed to itself", {"fixed": {"d": "d"}}, 60.0, "dddd"),
    ("fixed to itself may stand alone", {"fixed": {"d": "d"}, "max_minutes": 10.0, "max_members": 3}, 140.0, "aadd"),
    ("fixed to another", {"fixed": {"a": "d"}}, 60.0, "dddd"),
    ("must_host", {"must_host": frozenset("a")}, 60.0, "aaaa"),
    ("must_host, two", {"must_host": frozenset("ad")}, 140.0, "aadd"),
    ("may_not_host", {"may_not_host": frozenset("b")}, 40.0, "cccc"),
    ("leave_out", {"leave_out": frozenset("b")}, 190.0, "acc"),
    ("leave_out, through", {"leave_out": frozenset("b"), "contiguity": "through"}, 30.0, "ccc"),
    ("does not take part, through", {"takes_part": [True, False, True, True], "contiguity": "through"}, 30.0, "ccc"),
    ("held, with no neighbour", {"held": {"a": frozenset("ad")}}, 160.0, "abba"),
    (
        "held, whatever the limits say",
        {"held": {"b": frozenset("abcd")}, "max_members": 2, "max_minutes": 5},
        40.0,
        "bbbb",
    ),
    (
        "held by one who may not host, with too few planners",
        {"held": {"a": frozenset("ab")}, "may_host": LAST_ONLY, "critical_mass": "hard", "alone_exempt": True},
        310.0,
        "aacd",
    ),
    ("held counts as a shared office", {"held": {"a": frozenset("ab")}, "max_offices": 1}, 310.0, "aacd"),
    ("empty pins", {"together": (frozenset(),), "apart": (frozenset(),)}, 40.0, "bbbb"),
]

IMPOSSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("max_minutes", {"max_minutes": 5.0, "min_members": 2}),
    ("max_minutes, no way", {"minutes": np.where(np.eye(4), 0.0, np.inf), "min_members": 2}),
    ("min_members", {"min_members": 3, "max_members": 3}),
    ("max_members", {"max_members": 1, "together": (frozenset("ab"),)}),
    ("contiguity", {"links": TORN, "min_members": 4}),
    ("county_lines", {"counties": TWO_COUNTIES, "county_lines": "hard", "min_members": 3}),
    ("min_office_fte", {"min_office_fte": 5.0, "critical_mass": "hard"}),
    ("max_office_need_fte", {"max_office_need_fte": 1.9}),
    ("min_host_share", LARGE | {"min_host_share": 0.6, "max_minutes": 20.0, "min_members": 4}),
    ("min_offices", {"min_offices": 3}),
    ("min_offices beyond everybody", {"min_offices": 400}),
    ("max_offices", {"max_offices": 0, "min_members": 2}),
    ("may_host", {"may_host": NOBODY, "min_members": 2}),
    ("together", {"together": (frozenset("ad"),), "max_members": 3}),
    ("apart", {"apart": (frozenset("ab"),), "min_members": 2}),
    ("fixed", {"fixed": {"a": "d"}, "max_minutes": 20.0}),
    ("fixed to one who may not host", {"fixed": {"a": "d"}, "may_host": [True, True, True, False]}),
    ("must_host", {"must_host": frozenset("abc")}),
    ("may_not_host", {"may_not_host": frozenset("abcd"), "min_members": 2}),
    ("leave_out", {"leave_out": frozenset("b"), "min_members": 2}),
    ("held", {"held": {"a": frozenset("ac")}, "min_members": 2}),
]


@pytest.mark.parametrize("engine", ["partition", "generation", "assignment"])
@pytest.mark.parametrize(("changes", "objective", "expected"), [c[1:] for c in LEGAL], ids=[c[0] for c in LEGAL])
def test_legal(engine: Any, changes: dict[str, Any], objective: float, expected: str) -> None:
    result = solve(line(**changes), Options(engine=engine, workers=1))
    assert result.status == Status.OPTIMAL
    assert result.objective == pytest.approx(objective, abs=1e-9)
    assert result.gap == 0
    assert result.reasons == ()
    if engine == "partition" or len(set(expected)) == 1:
        assert hosts(result.grouping) == expected


@pytest.mark.parametrize("engine", ["partition", "generation", "assignment"])
@pytest.mark.parametrize("changes", [c[1] for c in IMPOSSIBLE], ids=[c[0] for c in IMPOSSIBLE])
def test_impossible(engine: Any, changes: dict[str, Any]) -> None:
    result = solve(line(**changes), Options(engine=engine, workers=1))
    assert result.status == Status.INFEASIBLE
    assert (result.grouping, result.objective, result.bound, result.gap) == (None, None, None, None)
    assert result.reasons


@pytest.mark.parametrize("engine", ["partition", "generation", "assignment"])
@pytest.mark.parametrize(
    ("weights", "objective"),
    [
        ({"travel": 2.0}, 80.0),
        ({"travel": 0.0}, 0.0),
        ({"missing_fte": 0.0}, 0.0),
        ({"missing_fte": 5.0}, 30.0),
        ({"county_lines": 5.0, "counties": TWO_COUNTIES}, 50.0),
        ({"statsforvalter_lines": 3.0, "statsforvaltere": ("S", "T", "S", "T")}, 46.0),
        ({"unmet_need": 10.0}, 74.0),
        ({"alone": 7.0, "max_members": 1}, 508.0),
        ({"trips": [4.0, 1.0, 1.0, 1.0]}, 60.0),
    ],
)
def test_prices(engine: Any, weights: dict[str, Any], objective: float) -> None:
    result = solve(line(**weights), Options(engine=engine, workers=1))
    assert result.objective == pytest.approx(objective, abs=1e-9)


def test_journeys_go_from_member_to_host() -> None:
    minutes = np.array([[0.0, 50.0], [10.0, 0.0]])
    problem = line(2, minutes=minutes)
    assert hosts(solve(problem).grouping) == "aa"
    assert solve(problem).objective == pytest.approx(60 + 10)
    assert hosts(solve(line(2, minutes=minutes.T)).grouping) == "bb"


def test_unreachable_counts_only_towards_the_host() -> None:
    minutes = np.array([[0.0, np.inf], [10.0, 0.0]])
    assert hosts(solve(line(2, minutes=minutes)).grouping) == "aa"


def one(**changes: Any) -> Problem:
    return line(1, **changes)


def test_one_municipality() -> None:
    assert solve(one()).objective == 120
    assert solve(one(min_members=2)).status == Status.INFEASIBLE
    assert solve(one(must_host=frozenset("a"))).status == Status.INFEASIBLE
    assert solve(one(weights=line(1, missing_fte=0.0).weights)).gap == 0


# Figures at the very border: sums that are right only before rounding, and breaches a little above the tolerance.
BORDERS: list[tuple[int, dict[str, Any], bool]] = [
    (7, {"planner_fte": [3 / 7] * 7, "critical_mass": "hard", "max_members": 7}, True),
    (7, {"planner_fte": [3 / 7 - 1e-6] * 7, "critical_mass": "hard", "max_members": 7}, False),
    (3, {"need_fte": [1 + 1e-6] * 3, "fixed_need_fte": [0.0] * 3, "max_office_need_fte": 3.0}, False),
    (3, {"need_fte": [1 + 1e-7] * 3, "fixed_need_fte": [0.0] * 3, "max_office_need_fte": 3.0}, True),
    (3, {"max_minutes": 10 - 1e-7}, True),
    (3, {"max_minutes": 10 - 1e-5}, False),
]


@pytest.mark.parametrize("engine", ["partition", "generation", "assignment"])
@pytest.mark.parametrize(("n", "changes", "legal"), BORDERS)
def test_borders(engine: Any, n: int, changes: dict[str, Any], legal: bool) -> None:
    problem = line(n, together=(frozenset("abcdefg"[:n]),), **changes)
    result = solve(problem, Options(engine=engine, workers=1))
    assert result.status == (Status.OPTIMAL if legal else Status.INFEASIBLE)
