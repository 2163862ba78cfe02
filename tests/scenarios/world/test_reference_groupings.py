"""Arrangements of today as groupings: each documented rule on a country that shows it."""

import numpy as np
import pandas as pd
import pytest

from geodata import editions
from geodata import references as data
from geodata.faults import DataError
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.references import nearest, place

N = 6
IDS = tuple(f"110{i}" for i in range(1, N + 1))


def line_country(*, out=(), trips=None) -> Problem:
    """Return six places on a line, ten minutes apart."""
    at = np.arange(N) * 10.0
    ones = np.ones(N)
    return Problem(
        ids=IDS,
        names=tuple(f"Name {i}" for i in IDS),
        counties=("11",) * N,
        statsforvaltere=("S",) * N,
        minutes=np.abs(at[:, None] - at[None, :]),
        links=~np.eye(N, dtype=bool),
        planner_fte=ones,
        need_fte=ones,
        fixed_need_fte=ones * 0.5,
        trips=ones if trips is None else np.array(trips, dtype=float),
        takes_part=np.array([id_ not in out for id_ in IDS]),
        may_host=np.ones(N, dtype=bool),
    )


def table(*rows) -> pd.DataFrame:
    """Return rows of (group, place, role, status)."""
    same = {"year_from": "", "year_to": "", "source": "s", "source_year": "2020", "note": ""}
    return pd.DataFrame(
        [{"group": g, "kommunenummer": IDS[i - 1], "role": r, "status": s} | same for g, i, r, s in rows]
    )


@pytest.fixture
def groups(monkeypatch):
    def use(*rows):
        monkeypatch.setattr(data, "load", lambda _name, _edition: table(*rows))

    return use


def host_of(problem):
    return {IDS.index(i) + 1: IDS.index(h) + 1 for i, h in place(problem, "regionraad", "2024").grouping}


def test_the_named_host_is_host(groups):
    groups(("A", 1, "host", "active"), ("A", 2, "member", "active"), ("A", 3, "member", "active"))
    placed = place(line_country(), "eksisterende", "2024")
    assert placed.groups["1101"].host_named
    assert placed.groups["1101"].members == ("1101", "1102", "1103")
    assert host_of(line_country()) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 5, 6: 6}


def test_without_a_named_host_it_is_the_nearest_to_the_others(groups):
    groups(*(("A", i, "member", "sourced") for i in (1, 2, 3)))
    placed = place(line_country(), "regionraad", "2024")
    assert list(placed.groups) == ["1102"]
    assert not placed.groups["1102"].host_named
    assert nearest(line_country(trips=[5, 1, 1, 1, 1, 1]), ("1101", "1102", "1103")) == "1101", "trips weigh"
    assert nearest(line_country(), ("1101", "1102")) == "1101", "the first of equals"


def test_only_those_who_take_part_are_placed(groups):
    groups(("A", 1, "host", "active"), ("A", 2, "member", "active"), ("A", 3, "member", "active"))
    placed = place(line_country(out={"1101"}), "eksisterende", "2024")
    (group,) = placed.groups.values()
    assert (group.host, group.host_named, group.members, group.outside) == ("1102", False, ("1102", "1103"), ("1101",))
    assert "1101" not in placed.grouping.host_of
    assert place(line_country(out={"1101", "1102"}), "eksisterende", "2024").groups == {}


def test_the_better_documented_group_has_a_municipality_in_two(groups):
    groups(
        *(("A", i, "member", "unverified") for i in (1, 2, 3)),
        *(("B", i, "member", "sourced") for i in (3, 5, 6)),
    )
    placed = place(line_country(), "regionraad", "2024")
    by_name = {group.name: group for group in placed.groups.values()}
    assert by_name["B"].members == ("1103", "1105", "1106"), "although A is nearer"
    assert (by_name["A"].members, by_name["A"].elsewhere) == (("1101", "1102"), ("1103",))


def test_among_equals_the_nearer_group_has_it(groups):
    groups(*(("B", i, "member", "sourced") for i in (1, 2, 3)), *(("A", i, "member", "sourced") for i in (3, 5, 6)))
    assert {
        group.name: len(group.members) for group in place(line_country(), "regionraad", "2024").groups.values()
    } == {
        "B": 3,
        "A": 2,
    }


@pytest.fixture(scope="module", params=[("nasjonal", "2024"), ("nasjonal-2020", "2020")])
def country(request):
    scenario, edition = request.param
    return build(load(scenario)).problem, edition


@pytest.mark.parametrize("name", data.names())
def test_every_reference_places_everybody_once(country, name):
    problem, edition = country
    placed = place(problem, name, edition)
    active = {id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    assert {id_ for id_, _ in placed.grouping} == active
    judged = evaluate(problem, placed.grouping)
    assert {"complete", "host_is_member"}.isdisjoint(violation.rule for violation in judged.violations)
    assert {office.host for office in judged.shared} == set(placed.groups)
    rows = data.load(name, edition)
    for host, group in placed.groups.items():
        listed = set(rows.loc[rows["group"] == group.name, "kommunenummer"])
        assert {*group.members, *group.outside, *group.elsewhere} == listed
        assert host in group.members
        assert placed.grouping.offices[host] == group.members


def test_a_name_that_is_none_is_refused():
    assert editions.DEFAULT_EDITION == "2024"
    with pytest.raises(DataError, match="did you mean ba-regioner"):
        place(line_country(), "ba-region", "2024")
