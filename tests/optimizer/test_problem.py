"""What a problem refuses: every fault by name, all of them at once, and the nearest thing that is accepted."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from cases import changed, country, line

from optimizer.pins import blocks
from optimizer.problem import MAX_MEMBERS, Limits, Pins, Problem, ProblemError, Weights

NAN, INF = float("nan"), float("inf")


def faults_of(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(ProblemError) as caught:
        line(**changes)
    assert str(caught.value) == "; ".join(caught.value.faults)
    return caught.value.faults


def table(i: int, j: int, value: float) -> np.ndarray:
    minutes = np.full((4, 4), 10.0)
    np.fill_diagonal(minutes, 0.0)
    minutes[i, j] = value
    return minutes


def one_way() -> np.ndarray:
    links = np.zeros((4, 4), dtype=bool)
    links[0, 1] = True
    return links


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"ids": ("a", "b", "a", "a")}, "ids: a is listed 3 times"),
        ({"names": ("A",)}, "names has 1 entries, expected 4"),
        ({"counties": ("1",) * 5}, "counties has 5 entries, expected 4"),
        ({"statsforvaltere": ()}, "statsforvaltere has 0 entries, expected 4"),
        ({"minutes": np.zeros((3, 4))}, "minutes has shape (3, 4), expected (4, 4)"),
        ({"links": np.zeros(4, dtype=bool)}, "links has shape (4,), expected (4, 4)"),
        ({"planner_fte": [1.0]}, "planner_fte has shape (1,), expected (4,)"),
        ({"need_fte": [1.0]}, "need_fte has shape (1,), expected (4,)"),
        ({"fixed_need_fte": [1.0]}, "fixed_need_fte has shape (1,), expected (4,)"),
        ({"trips": [[1.0]]}, "trips has shape (1, 1), expected (4,)"),
        ({"takes_part": [True]}, "takes_part has shape (1,), expected (4,)"),
        ({"may_host": [True]}, "may_host has shape (1,), expected (4,)"),
        ({"planner_fte": [1, 1, -0.5, 1]}, "planner_fte of c C is -0.5; expected a number from 0 to 1000000"),
        ({"need_fte": [1, NAN, 1, 1]}, "need_fte of b B is nan; expected a number from 0 to 1000000"),
        ({"fixed_need_fte": [INF, 1, 1, 1]}, "fixed_need_fte of a A is inf; expected a number from 0 to 1000000"),
        ({"fixed_need_fte": [1, 3, 1, 1]}, "fixed_need_fte of b B is 3, more than its need_fte, 2.0"),
        ({"trips": [1, 1, 1, -1.0]}, "trips of d D is -1.0; expected a number from 0 to 1000000"),
        (
            {"minutes": table(0, 3, -1.0)},
            "minutes from a A to d D is -1.0; expected a number of 0 or more, or unreachable",
        ),
        (
            {"minutes": table(2, 1, NAN)},
            "minutes from c C to b B is nan; expected a number of 0 or more, or unreachable",
        ),
        ({"minutes": table(2, 2, 5.0)}, "minutes: the diagonal must be 0"),
        ({"links": one_way()}, "links must be symmetric"),
        ({"fixed_kept": 1.1}, "fixed_kept is 1.1; expected a share between 0 and 1"),
        ({"fixed_kept": NAN}, "fixed_kept is nan; expected a share between 0 and 1"),
        ({"takes_part": [False] * 4}, "no municipality takes part: nothing is left to group"),
        ({"leave_out": frozenset("abcd")}, "no municipality takes part: nothing is left to group"),
    ],
)
def test_arrays(changes: dict[str, Any], fault: str) -> None:
    assert faults_of(**changes) == (fault,)


@pytest.mark.parametrize("name", ["max_minutes", "min_office_fte", "max_office_need_fte", "min_offices", "max_offices"])
@pytest.mark.parametrize("value", [-1, NAN, INF])
def test_limits_are_finite_and_not_negative(name: str, value: float) -> None:
    whole = name.endswith("offices") and value != -1
    expected = "a whole number or None" if whole else "a finite number of 0 or more"
    assert faults_of(**{name: value}) == (f"limits.{name} is {value}; expected {expected}",)
    assert line(**{name: 0}).limits == Limits(**{name: 0})


@pytest.mark.parametrize("value", [-0.1, 1.01, NAN])
def test_a_host_share_is_a_share(value: float) -> None:
    expected = "expected a share from 0 (no such rule) to 1"
    assert faults_of(min_host_share=value) == (f"limits.min_host_share is {value}; {expected}",)


def test_hosts_that_a_pin_names_are_decided() -> None:
    problem = line(fixed={"a": "b", "d": "d"}, must_host=frozenset("c"))
    assert problem.decided_hosts == {"b", "c"}
    assert replace(problem, decided=frozenset()).decided_hosts == frozenset()


@pytest.mark.parametrize(("least", "most"), [(0, 6), (3, 2), (1, 0), (1, MAX_MEMBERS + 1), (-1, -1)])
def test_members(least: int, most: int) -> None:
    found = f"limits.min_members is {least} and limits.max_members is {most}"
    expected = f"expected 1 <= min_members <= max_members <= {MAX_MEMBERS}"
    assert faults_of(min_members=least, max_members=most) == (f"{found}; {expected}",)


@pytest.mark.parametrize(("least", "most"), [(1, 1), (3, 3), (1, MAX_MEMBERS), (MAX_MEMBERS, MAX_MEMBERS)])
def test_members_that_are_possible(least: int, most: int) -> None:
    assert line(min_members=least, max_members=most).limits.max_members == most


def test_numbers_of_offices() -> None:
    assert faults_of(min_offices=3, max_offices=2) == ("limits.min_offices is 3, more than limits.max_offices, 2",)
    assert line(min_offices=2, max_offices=2).limits.min_offices == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("contiguity", "hard, through, off"),
        ("county_lines", "priced, hard"),
        ("critical_mass", "priced, hard"),
    ],
)
def test_words(name: str, expected: str) -> None:
    assert faults_of(**{name: "Hard"}) == (f"limits.{name} is 'Hard'; expected one of {expected}",)
    assert getattr(line(**{name: "hard"}).limits, name) == "hard"


@pytest.mark.parametrize("name", list(Weights.__dataclass_fields__))
@pytest.mark.parametrize("value", [-0.5, NAN, INF])
def test_weights(name: str, value: float) -> None:
    assert faults_of(weights=Weights(**{name: value})) == (
        f"weights.{name} is {value}; expected a finite number of 0 or more",
    )
    assert line(weights=Weights(**{name: 0.0})).weights == Weights(**{name: 0.0})


def test_costs_too_large_to_be_summed_exactly() -> None:
    # 3 årsverk may be missing, and 2 to 53 millionths of a minute are counted exactly; unmet need of four is one sum.
    for price, dearest, prices in ((3.1e9, "9.01e+09", {}), (0.8e9, "2.25e+09", {"unmet_need": 1.0})):
        assert faults_of(missing_fte=price, **prices) == (
            f"one municipality may cost {3 * price:.3g} minutes; expected prices that keep it below {dearest}",
        )
    assert line(missing_fte=3e9).weights.missing_fte == 3e9
    # Thirty municipalities in offices of up to thirty: 4e12 minutes / (30 * 30 * 30).
    with pytest.raises(ProblemError, match=r"below 1\.48e\+08"):
        country(30, 1, missing_fte=0.5e8, max_members=30)


KINDS: dict[str, Any] = {
    "together": lambda id_: (frozenset({"a", id_}),),
    "apart": lambda id_: (frozenset({"a", id_}),),
    "fixed": lambda id_: {id_: "a"},
    "must_host": lambda id_: frozenset({id_}),
    "may_not_host": lambda id_: frozenset({id_}),
    "leave_out": lambda id_: frozenset({id_}),
    "held": lambda id_: {"a": frozenset({"a", id_})},
}


@pytest.mark.parametrize("kind", list(KINDS))
def test_pins_name_municipalities_of_the_problem(kind: str) -> None:
    assert f"pins.{kind}: 9999 is not among the 4 municipalities" in faults_of(**{kind: KINDS[kind]("9999")})
    assert line(**{kind: KINDS[kind]("b")}).pins


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "leave_out"])
def test_pins_name_municipalities_that_take_part(kind: str) -> None:
    pin = {kind: KINDS[kind]("b")}
    assert faults_of(**pin, takes_part=[True, False, True, True]) == (f"pins.{kind}: b B does not take part",)
    assert faults_of(**pin, leave_out=frozenset("b")) == (f"pins.{kind}: b B is left out by pins.leave_out",)


def test_a_host_that_is_left_out() -> None:
    assert faults_of(fixed={"b": "a"}, leave_out=frozenset("a")) == ("pins.fixed: a A is left out by pins.leave_out",)


@pytest.mark.parametrize(
    ("pins", "fault"),
    [
        ({"must_host": frozenset("b"), "may_not_host": frozenset("b")}, "pins: b B both must host and may not host"),
        ({"fixed": {"a": "b"}, "may_not_host": frozenset("b")}, "pins: a A is fixed to b B, which may not host"),
        ({"fixed": {"a": "b", "b": "c"}}, "pins.fixed: a A is fixed to b B, which is itself fixed to c C"),
        ({"fixed": {"a": "b"}, "must_host": frozenset("a")}, "pins: a A must host, but is fixed to b B"),
        (
            {"together": (frozenset("ab"),), "fixed": {"a": "c", "b": "d"}},
            "pins: a A, b B, c C, d D are kept together, but must have different hosts: c C, d D",
        ),
        (
            {"together": (frozenset("ab"), frozenset("bc")), "must_host": frozenset("ac")},
            "pins: a A, b B, c C are kept together, but must have different hosts: a A, c C",
        ),
        (
            {"together": (frozenset("ab"), frozenset("bc")), "apart": (frozenset("acd"),)},
            "pins: a A and c C are kept together (also through other pins) and kept apart",
        ),
        (
            {"fixed": {"a": "c", "b": "c"}, "apart": (frozenset("ab"),)},
            "pins: a A and b B are kept together (also through other pins) and kept apart",
        ),
        (
            {"held": {"a": frozenset("ab")}, "apart": (frozenset("ab"),)},
            "pins: a A and b B are kept together (also through other pins) and kept apart",
        ),
        (
            {"held": {"a": frozenset("ab")}, "fixed": {"c": "a"}},
            "pins.held: the office at a A is held as it is, but pins put c C there too",
        ),
        (
            {"held": {"a": frozenset("ab"), "b": frozenset("bc")}},
            "pins: a A, b B, c C are kept together, but must have different hosts: a A, b B",
        ),
        (
            {"held": {"a": frozenset("ab")}, "may_not_host": frozenset("a")},
            "pins.held: a A is the host of an office that is held, but may not host",
        ),
        ({"held": {"a": frozenset("a")}}, "pins.held: the office at a A has no other members, or not its host"),
        ({"held": {"a": frozenset("bc")}}, "pins.held: the office at a A has no other members, or not its host"),
        (
            {"held": {"a": frozenset("ab")}, "max_offices": 0},
            "pins.held: offices held are 1, more than limits.max_offices, 0",
        ),
        (
            {"held": {"a": frozenset("ab")}, "minutes": np.where(np.eye(4), 0.0, np.inf)},
            "pins.held: b B has no way to its host a A",
        ),
    ],
)
def test_contradictions(pins: dict[str, Any], fault: str) -> None:
    assert fault in faults_of(**pins)


@pytest.mark.parametrize(
    "pins",
    [
        {"must_host": frozenset("b"), "may_not_host": frozenset("a")},
        {"fixed": {"a": "b"}, "may_not_host": frozenset("a")},
        {"fixed": {"a": "a"}, "may_not_host": frozenset("a")},
        {"fixed": {"a": "b", "b": "b"}, "must_host": frozenset("b")},
        {"together": (frozenset("ab"),), "fixed": {"a": "c", "b": "c"}},
        {"together": (frozenset("ab"), frozenset("bc")), "must_host": frozenset("ad")},
        {"together": (frozenset("ab"), frozenset("cd")), "apart": (frozenset("ac"), frozenset("bd"))},
        {"together": (frozenset(), frozenset("a")), "apart": (frozenset(), frozenset("a"))},
        {
            "held": {"a": frozenset("ab")},
            "fixed": {"b": "a"},
            "together": (frozenset("ab"),),
            "must_host": frozenset("a"),
        },
    ],
)
def test_pins_that_agree(pins: dict[str, Any]) -> None:
    assert line(**pins).pins == Pins(**pins)


def test_all_faults_at_once() -> None:
    found = faults_of(
        planner_fte=[NAN, 1, 1, -1],
        fixed_kept=2.0,
        max_minutes=-1.0,
        min_members=9,
        weights=Weights(travel=-1.0, alone=NAN),
        pins=Pins(must_host=frozenset("xy"), fixed={"a": "b", "b": "c"}),
    )
    assert [fault.split(" is ")[0] for fault in found] == [
        "planner_fte of a A",
        "planner_fte of d D",
        "fixed_kept",
        "limits.max_minutes",
        "limits.min_members",
        "weights.travel",
        "weights.alone",
        "pins.must_host: x",
        "pins.must_host: y",
        "pins.fixed: a A",
        "pins: a A, b B, c C are kept together, but must have different hosts: b B, c C",
    ]


def test_all_faults_of_shape_at_once() -> None:
    found = faults_of(ids=("a", "a", "b", "c"), names=(), trips=[1.0], max_minutes=-1.0)
    assert [fault.split()[0] for fault in found] == ["ids:", "names", "trips"]


def test_a_problem_cannot_be_changed() -> None:
    problem = line()
    with pytest.raises(ValueError, match="read-only"):
        problem.minutes[0, 1] = 3.0
    with pytest.raises(AttributeError):
        problem.fixed_kept = 0.5  # type: ignore[misc]


def test_reading() -> None:
    problem = line(takes_part=[True, True, False, True], leave_out=frozenset("d"))
    assert problem.active.tolist() == [True, True, False, False]
    assert problem.index["c"] == 2
    assert (problem.label("b"), problem.label("z")) == ("b B", "z")


def test_blocks_join_where_they_meet() -> None:
    pins = Pins(together=(frozenset("ab"), frozenset("cd"), frozenset("e")), fixed={"f": "a", "d": "g"})
    assert blocks(pins) == [frozenset("abf"), frozenset("cdg"), frozenset("e")]
    assert blocks(Pins(together=(frozenset("ab"), frozenset("cd"), frozenset("bc")))) == [frozenset("abcd")]


def test_a_change_is_checked_again() -> None:
    problem = line()
    with pytest.raises(ProblemError):
        changed(problem, max_minutes=NAN)
    assert isinstance(changed(problem, max_minutes=5.0), Problem)


def test_the_callers_arrays_stay_the_callers() -> None:
    """The problem keeps copies: what it was made from may change afterwards, and it does not."""
    planners = np.ones(4)
    problem = line(planner_fte=planners)
    planners[0] = 7.0
    assert problem.planner_fte[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        problem.planner_fte[0] = 7.0
