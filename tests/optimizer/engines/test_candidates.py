"""The list of legal offices against the specification's verdict on every group."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from bruteforce import brute_force, legal_offices
from cases import changed, line
from hypothesis import given
from hypothesis import strategies as st
from strategies import examples, problems

from optimizer.engines import candidates, listing
from optimizer.engines.candidates import CandidatePool, SideRow, scores
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.problem import Problem
from optimizer.units import UNITS_PER_MINUTE

ROUNDED = 8 / UNITS_PER_MINUTE


def rows(pool: CandidatePool) -> list[tuple[tuple[str, ...], str, float]]:
    """Return members, host and cost in minutes of each office, in order of members and host."""
    offices = [pool.office(row) for row in range(len(pool))]
    return sorted(
        (members, host, cost / UNITS_PER_MINUTE) for (host, members), cost in zip(offices, pool.costs, strict=True)
    )


@examples(60)
@given(problems(6), st.sampled_from([1, 3, 50_000]))
def test_each_legal_office_once_at_its_best_host(problem: Problem, chunk: int) -> None:
    expected = brute_force(problem).offices
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", chunk)
        pool = find_groups(problem)
    found = rows(pool)
    assert pool.complete
    assert [members for members, _, _ in found] == sorted(expected)
    for members, host, cost in found:
        lowest = min(expected[members].values())
        assert cost == pytest.approx(lowest, abs=ROUNDED)
        assert expected[members][host] == pytest.approx(lowest, abs=ROUNDED)


@examples(60)
@given(problems(6, exact=True))
def test_costs_are_exact_and_the_first_of_equal_hosts_has_the_office(problem: Problem) -> None:
    expected = brute_force(problem).offices
    pool = find_groups(problem)
    for row in range(len(pool)):
        host, members = pool.office(row)
        lowest = min(expected[members].values())
        need = {h: -problem.need_fte[problem.index[h]] for h in members}
        best = sorted((h for h, cost in expected[members].items() if cost == lowest), key=lambda h: (need[h], h))
        assert pool.costs[row] == lowest * UNITS_PER_MINUTE
        assert host == best[0]
        assert pool.tied[row] == (len(best) > 1)


@examples(60)
@given(problems(6))
def test_each_legal_office_at_every_host(problem: Problem) -> None:
    expected = brute_force(problem).offices
    found = rows(find_groups(problem, every_host=True))
    assert [row[:2] for row in found] == sorted((members, host) for members in expected for host in expected[members])
    for members, host, cost in found:
        assert cost == pytest.approx(expected[members][host], abs=ROUNDED)


@examples(40)
@given(problems(6), st.integers(0, 6))
def test_an_early_stop_leaves_some_and_says_so(problem: Problem, chunks: int) -> None:
    # Where the host changes the cost, the best one of a group may be among what is left out.
    whole = set(rows(find_groups(problem, every_host=True)))
    answers = iter([True] * chunks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "CHUNK_ROWS", 1)
        pool = find_groups(problem, keep_going=lambda _: next(answers, False))
    assert set(rows(pool)) <= whole
    assert len(set(rows(pool))) == len(pool)
    assert pool.complete <= (len(pool) == len(find_groups(problem)))
    assert {members for members, _, _ in whole if len(members) == 1} <= {members for members, _, _ in rows(pool)}


@pytest.mark.parametrize("seed", range(6))
def test_sparse_links_lead_to_each_group_once(seed: int) -> None:
    random = np.random.default_rng(seed)
    links = np.zeros((7, 7), dtype=bool)
    for i in range(1, 7):
        links[i, random.integers(max(0, i - 3), i)] = links[i, random.integers(max(0, i - 2), i)] = True
    problem = line(7, links=links | links.T, max_members=7, min_members=2)
    assert [members for members, _, _ in rows(find_groups(problem))] == sorted(legal_offices(problem))


def test_too_many() -> None:
    problem = line(5)
    many = len(find_groups(problem))
    assert many == 5 + 4 + 3 + 2 + 1
    assert len(find_groups(problem, max_groups=many)) == many
    with pytest.raises(PoolTooLargeError, match="more than 14 groups"):
        find_groups(problem, max_groups=many - 1)


def test_many_groups_met_and_none_legal() -> None:
    problem = line(8, contiguity="off", max_members=6, max_office_need_fte=0.0)
    with pytest.raises(PoolTooLargeError):
        find_groups(problem, max_groups=3)
    assert len(find_groups(problem)) == 0
    met = 8 * (7 + 21 + 35 + 35 + 21)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "MET_FOR_EACH_KEPT", 1)
        assert len(find_groups(problem, max_groups=met)) == 0
        with pytest.raises(PoolTooLargeError):
            find_groups(problem, max_groups=met - 1)


def test_reading_a_pool() -> None:
    pool = find_groups(line(3, min_offices=1, max_offices=2))
    assert pool.ids == ("a", "b", "c")
    assert pool.shared.sum() == 3
    assert [side.name for side in pool.sides] == ["shared offices"]
    assert pool.sides[0].values.tolist() == pool.shared.astype(int).tolist()
    some = pool.take(pool.shared)
    assert len(some) == len(some.sides[0].values) == 3
    assert not some.complete
    assert find_groups(line(3)).sides == ()
    assert not find_groups(line(3, max_members=1)).shared.any()


def test_ids_are_in_id_order_whatever_the_order_of_the_problem() -> None:
    problem = line(3, ids=("c", "a", "b"), leave_out=frozenset("a"), contiguity="through")
    pool = find_groups(problem)
    assert pool.ids == ("b", "c")
    assert rows(pool)[-1] == (("c",), "c", 120.0)


def told(table: np.ndarray) -> list[str]:
    """Return a table of yes and no as a word for each row."""
    assert table.dtype == bool
    return ["".join(".x"[cell] for cell in row) for row in table.tolist()]


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({}, ["xx.", "xxx", ".xx"]),
        ({"max_minutes": 9.9}, ["x..", ".x.", "..x"]),
        ({"max_minutes": 20.0}, ["xxx", "xxx", "xxx"]),
        ({"held": {"a": frozenset("ab")}}, ["...", "...", "..x"]),
        ({"counties": ("1", "1", "2")}, ["xx.", "xxx", ".xx"]),
        ({"counties": ("1", "1", "2"), "county_lines": "hard"}, ["xx.", "xx.", "..x"]),
        ({"planner_fte": [1, 2, 2], "min_host_share": 0.5}, ["xx.", "xxx", ".xx"]),
        ({"planner_fte": [1, 2, 2], "min_host_share": 0.51}, ["xx.", ".xx", ".xx"]),
        ({"planner_fte": [1, 9, 9], "fixed": {"b": "a"}}, ["x..", "x..", "..x"]),
        ({"planner_fte": [1, 9, 9], "must_host": frozenset("a")}, ["x..", "xxx", ".xx"]),
        ({"fixed": {"b": "b"}}, ["xx.", ".x.", ".xx"]),
        ({"may_host": [True, False, True]}, ["x..", "x.x", "..x"]),
        ({"may_not_host": frozenset("c")}, ["xx.", "xx.", ".x."]),
    ],
)
def test_who_may_belong_to_whom(changes: dict[str, Any], allowed: list[str]) -> None:
    """The row's municipality at the column's host; on the diagonal, who may host a shared office at all."""
    found = scores(line(3, **({"max_minutes": 10.0} | changes)))
    assert told(found.allowed) == allowed


def test_what_pairs_cost_where_they_may_be() -> None:
    """Journeys that are driven twice as often, 7 for a county and 3 for a statsforvalter; nothing where nobody goes."""
    areas = {"counties": ("1", "1", "2"), "statsforvaltere": ("S", "T", "T")}
    prices = {"travel": 1.5, "county_lines": 7.0, "statsforvalter_lines": 3.0}
    problem = line(3, max_minutes=10.0, trips=[1.0, 2.0, 1.0], **areas, **prices)
    lines = np.array([[0, 3, 10], [3, 0, 7], [10, 7, 0]])
    ways = np.array([[0, 15, 0], [30, 0, 30], [0, 15, 0]])
    found = scores(problem)
    assert found.pair_costs.tolist() == ((lines + ways) * UNITS_PER_MINUTE).tolist()
    held = scores(changed(problem, held={"a": frozenset("ac")}))
    assert held.pair_costs[2, 0] == (10 + 30) * UNITS_PER_MINUTE, "who is held is driven to, however far"
    assert held.pair_costs[1, 0] == 3 * UNITS_PER_MINUTE


def test_pins_of_several_as_tables() -> None:
    apart = scores(line(4, apart=(frozenset("ac"), frozenset("cd")))).apart
    assert told(apart) == ["..x.", "....", "x..x", "..x."]
    blocks = scores(line(4, together=(frozenset("ab"), frozenset("bd")))).blocks
    assert told(blocks) == ["xx..", ".x.x"]


def test_who_counts_as_neighbour() -> None:
    def near(**changes: Any) -> list[str]:
        return told(scores(line(4, **changes)).adjacent)

    assert near() == [".x..", "x.x.", ".x.x", "..x."]
    assert near(leave_out=frozenset("b")) == ["...", "..x", ".x."]
    assert near(leave_out=frozenset("b"), contiguity="through") == [".x.", "x.x", ".x."]
    assert near(leave_out=frozenset("bc"), contiguity="through") == [".x", "x."]
    assert near(contiguity="off") == ["xxxx"] * 4
    assert near(held={"a": frozenset("ab")}) == ["....", "....", "...x", "..x."]
    assert near(held={"a": frozenset("ab")}, contiguity="off") == ["....", "....", "..xx", "..xx"]


def test_of_equal_hosts_who_needs_most_goes_before() -> None:
    found = scores(line(4, need_fte=[2.0, 3.0, 2.0, 3.0])).order
    assert (found.tolist(), found.dtype) == ([2, 0, 3, 1], np.int64)
    many = [f"{i:03}" for i in range(200)]
    large = SimpleNamespace(index={id_: i for i, id_ in enumerate(many)}, need_fte=np.arange(200) % 2)
    assert candidates.host_order(large, many).tolist() == [100 + i // 2 if i % 2 == 0 else i // 2 for i in range(200)]


@pytest.mark.parametrize(
    ("changes", "alone"),
    [
        ({}, "abcd"),
        ({"min_members": 2}, ""),
        ({"min_members": 2, "alone_exempt": True}, "abcd"),
        ({"must_host": frozenset("b")}, "acd"),
        ({"fixed": {"a": "b", "c": "c"}}, "bcd"),
        ({"held": {"a": frozenset("ab")}}, "cd"),
        ({"together": (frozenset("ab"),)}, "cd"),
        ({"critical_mass": "hard", "min_office_fte": 1.0}, "abcd"),
        ({"critical_mass": "hard", "min_office_fte": 1.1}, ""),
        ({"critical_mass": "hard", "min_office_fte": 1.1, "alone_exempt": True}, "abcd"),
        ({"max_office_need_fte": 2.0}, "abcd"),
        ({"max_office_need_fte": 1.9}, ""),
    ],
)
def test_who_may_stand_alone(changes: dict[str, Any], alone: str) -> None:
    assert "".join(host for members, host, _ in rows(find_groups(line(4, **changes))) if len(members) == 1) == alone


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        ({}, "ab abc bc"),
        ({"min_members": 3}, "abc"),
        ({"max_members": 2}, "ab bc"),
        ({"together": (frozenset("ab"),)}, "ab abc"),
        ({"together": (frozenset("abc"),)}, "abc"),
        ({"apart": (frozenset("ac"),)}, "ab bc"),
        ({"apart": (frozenset("bc"),)}, "ab"),
        ({"critical_mass": "hard", "min_office_fte": 3.0}, "abc"),
        ({"max_office_need_fte": 4.0}, "ab bc"),
        ({"max_office_need_fte": 4.0, "fixed_kept": 0.5}, "ab bc"),
        ({"max_office_need_fte": 5.0, "fixed_kept": 0.5}, "ab abc bc"),
        ({"contiguity": "off"}, "ab abc ac bc"),
        ({"contiguity": "off", "apart": (frozenset("ac"),)}, "ab bc"),
    ],
)
def test_which_offices_are_shared(changes: dict[str, Any], shared: str) -> None:
    found = rows(find_groups(line(3, **changes)))
    assert " ".join("".join(members) for members, _, _ in found if len(members) > 1) == shared


def test_a_host_is_tied_with_any_member_that_is_as_good() -> None:
    """Of the four in a row both in the middle are as good; of three only the middle one is best."""
    assert [row for row in tied_of(line(4)) if len(row[0]) > 2] == [("abc", False), ("abcd", True), ("bcd", False)]
    assert tied_of(line(3, contiguity="off", travel=0.0))[3:] == [(name, True) for name in ("ab", "abc", "ac", "bc")]
    assert tied_of(line(3, travel=0.0, max_minutes=10.0, contiguity="off"))[3:] == [
        *(("ab", True), ("abc", False), ("bc", True))
    ]


def tied_of(problem: Problem) -> list[tuple[str, bool]]:
    """Return the members of each office, and whether another could host it as well."""
    pool = find_groups(problem)
    return sorted(
        (("".join(pool.office(row)[1]), bool(pool.tied[row])) for row in range(len(pool))),
        key=lambda told: (len(told[0]) > 1, told),
    )


def test_the_grouping_that_offices_make() -> None:
    pool = find_groups(line(3))
    two = [row for row in range(len(pool)) if pool.office(row) in {("a", ("a",)), ("b", ("b", "c"))}]
    assert pool.take(np.array(two)).grouping.host_of == {"a": "a", "b": "b", "c": "b"}


def test_an_office_that_is_held_costs_what_it_costs() -> None:
    problem = line(4, held={"b": frozenset("abd")}, max_minutes=5.0, max_members=2)
    pool = find_groups(problem)
    assert rows(pool)[0] == (("a", "b", "d"), "b", 30.0), "the way of a and of d, and no årsverk is missing"
    assert pool.members[-1].tolist() == [1, 0, 3]
    assert not pool.tied.any()


def test_lists_hold_what_they_say_they_hold() -> None:
    found = scores(line(3))
    assert {found.pair_costs.dtype, found.order.dtype} == {np.dtype(np.int64)}
    assert SideRow("x", found.order).most is None
    bare = find_groups(line(3))
    assert CandidatePool(bare.ids, bare.members, bare.costs, bare.tied).complete is True
    for problem in (
        line(3),
        line(3, min_members=2),
        line(3, min_members=3),
        line(3, held={"a": frozenset("ab")}),
        line(1),
    ):
        for every_host in (False, True):
            pool = find_groups(problem, every_host=every_host)
            assert (pool.members.dtype, pool.costs.dtype, pool.tied.dtype) == (np.int16, np.int64, bool)
            assert pool.hosts.dtype == np.int16
            assert pool.shared.dtype == bool
