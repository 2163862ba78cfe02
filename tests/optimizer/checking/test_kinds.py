"""Whatever somebody gives from Python, what cannot be meant ends in an error of ours that names it."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from cases import line
from typing_extensions import TypeAliasType

import optimizer
import scenarios
from geodata import DataError
from geodata.municipalities import load
from optimizer import Grouping, Limits, Options, Pins, Problem, ProblemError, Weights
from optimizer.checking.kinds import fault_of, fits
from scenarios import ScenarioError
from scenarios.export.run_folder import ArtifactError

JUNK = [None, math.nan, math.inf, -1, "x", (), [1], {}, {1: 2}, object(), np.ones((2, 2)), np.full(4, np.nan), True]
OURS = (ProblemError, DataError, ScenarioError, ArtifactError)
PARTS = {"limits": Limits, "weights": Weights, "pins": Pins}


def refused(call: Any, *given: Any, **named: Any) -> bool:
    """Return whether a call is refused; any error but one of ours is a failure."""
    try:
        call(*given, **named)
    except OURS:
        return True
    return False


@pytest.mark.parametrize("name", [item.name for item in fields(Problem)])
def test_junk_in_a_field_of_a_problem_is_refused_by_name(name: str) -> None:
    problem = line(4)
    passed = [junk for junk in JUNK if not refused(replace, problem, **{name: junk})]
    optional = {"money", "sharing", "disciplines", "asked", "decided"}
    assert all(junk is None for junk in passed) if name in optional else all(fits_field(name, one) for one in passed)
    with pytest.raises(ProblemError, match=rf"{name} is <object .*; expected "):
        replace(problem, **{name: object()})


def fits_field(name: str, junk: Any) -> bool:
    """Return whether it can be meant after all: a number where 0 or 1 are limits, an empty tuple of nobody."""
    return name == "road_fte_per_minute" and junk is True


@pytest.mark.parametrize(("part", "name"), [(part, one.name) for part, kind in PARTS.items() for one in fields(kind)])
def test_junk_in_limits_prices_and_pins_is_refused_by_name(part: str, name: str) -> None:
    for junk in JUNK:
        refused(lambda junk: line(4, **{part: PARTS[part](**{name: junk})}), junk)
    with pytest.raises(ProblemError, match=rf"{part}\.{name} is <object .*; expected "):
        line(4, **{part: PARTS[part](**{name: object()})})


def test_junk_in_the_place_of_a_problem_or_an_answer() -> None:
    problem = line(3)
    asking = (optimizer.solve, optimizer.frontier, optimizer.alternatives, optimizer.firmness)
    for junk in JUNK:
        assert all(refused(ask, junk) for ask in asking)
        assert refused(optimizer.evaluate, problem, junk)
        assert refused(optimizer.evaluate, junk, Grouping.of({}))
        assert refused(optimizer.compare, problem, junk)
        assert refused(optimizer.solve, problem, start=junk) or junk is None
        assert refused(Grouping.of, junk) or junk == {}
        assert refused(Grouping.of, {"a": junk}) or junk == "x"
        assert refused(Grouping.of_offices, junk) or junk in ((), {})
        assert refused(optimizer.alternatives, problem, k=junk)
        assert refused(optimizer.frontier, problem, junk)
    with pytest.raises(ProblemError, match="in more than one office: b"):
        Grouping.of_offices([("a", "ab"), ("b", "b")])


@pytest.mark.parametrize("name", [item.name for item in fields(Options)])
def test_options_that_cannot_be_meant(name: str) -> None:
    passed = [junk for junk in JUNK if not refused(optimizer.solve, line(3), Options(**{name: junk}))]
    assert [repr(junk) for junk in passed] == (["None", "inf"] if name == "time_limit" else [])
    with pytest.raises(ProblemError, match=rf"options\.{name} is -1"):
        optimizer.solve(line(3), Options(**{name: -1}))


def test_junk_in_the_place_of_a_scenario_a_world_or_an_outcome(tmp_path: Path) -> None:
    for junk in JUNK:
        taking = (scenarios.open_world, scenarios.build, scenarios.solve, scenarios.plot, scenarios.read_run, load)
        assert all(refused(take, junk) for take in taking), junk
        assert refused(scenarios.write_run, tmp_path / "run", junk)
        assert isinstance(junk, tuple) or refused(scenarios.open_world, "nasjonal", overrides=junk)
        assert isinstance(junk, tuple) or refused(scenarios.open_world, "nasjonal", counties=junk)
    assert not list(tmp_path.iterdir())


def test_lists_sets_and_whole_numbers_pass_for_what_they_can_stand_for() -> None:
    assert line(4, max_minutes=30, covers=[], together=[{"a", "b"}], must_host={"a"}).pins.must_host == {"a"}
    assert replace(line(4), ids=list("abcd"), minutes=line(4).minutes.astype(int)).ids == list("abcd")


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (True, float, ["x is True; expected a number"]),
        (1.0, int | None, ["x is 1.0; expected a whole number or None"]),
        (None, int | None, []),
        (np.int64(1), int, []),
        ("a" * 99, tuple[str, ...], ["x is '" + "a" * 36 + "...; expected texts in a tuple"]),
        ({"a"}, tuple[frozenset[str], ...], ["x is {'a'}; expected sets of texts in a tuple"]),
        ({"a": 1}, Mapping[str, str], ["x is {'a': 1}; expected a mapping from text to text"]),
        ("\x1b[2J\u202e", int, ["x is '\\x1b[2J\\u202e'; expected a whole number"]),
        (np.array(["1"]), optimizer.Problem, ["x is an array of str32; expected a Problem"]),
    ],
)
def test_what_is_said(value: object, kind: Any, said: list[str]) -> None:
    assert fault_of("x", value, kind) == said
    assert fits(value, kind) == (not said)


def test_a_name_for_a_kind_is_what_it_stands_for() -> None:
    """From Python 3.12 NumPy's arrays are such a name."""
    scalar = TypeVar("scalar", bound=np.generic)
    array = TypeAliasType("array", np.ndarray[Any, np.dtype[scalar]], type_params=(scalar,))
    assert fault_of("x", np.ones(2), array[np.float64]) == []
    assert fault_of("x", "a", array[np.float64]) == ["x is 'a'; expected an array of numbers"]
    assert fault_of("x", np.ones(2), array[np.bool_]) == ["x is an array of float64; expected an array of truth values"]
    assert fault_of("x", 1, TypeAliasType("name", str)) == ["x is 1; expected text"]
