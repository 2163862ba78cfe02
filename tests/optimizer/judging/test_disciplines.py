"""Disciplines: covered, one person, or not; and the golden figures of the national plan."""

from dataclasses import replace

import pytest
from cases import line
from frozen import host_of, national, offices, table

from optimizer.disciplines import DisciplineNeed, Disciplines, HeldFte
from optimizer.grouping import Grouping
from optimizer.judging.disciplines import cover_of, coverage, lacking, one_more_post

SHARES = {
    "arealplan": 0.35,
    "samfunnsplan": 0.25,
    "gis": 0.12,
    "miljo": 0.10,
    "medvirkning": 0.06,
    "kulturminne og landskap": 0.06,
    "jus": 0.06,
}
SAMI = frozenset(row["kommunenummer"] for row in table("municipalities") if row["sami_area"] == "1")
NEED = DisciplineNeed(SHARES, only_for={"samisk": SAMI})
TWO = DisciplineNeed({"plan": 0.6, "gis": 0.4})


def covered(grouping: Grouping) -> dict[str, int]:
    """Return in how many municipalities each discipline is covered."""
    found = lacking(replace(national(), disciplines=Disciplines(NEED)), grouping)
    return {name: sum(name not in names for names in found.values()) for name in SHARES}


def test_disciplines_of_the_country():
    alone, plan = covered(Grouping.of({id_: id_ for id_ in host_of()})), covered(Grouping.of(host_of()))
    assert list(alone.values()) == [101, 63, 21, 17, 3, 3, 3]
    assert list(plan.values()) == [239, 236, 80, 51, 14, 14, 14]
    assert sum(alone.values()) / 277 == pytest.approx(0.76, abs=0.005)
    assert sum(plan.values()) / 277 == pytest.approx(2.34, abs=0.005)


def test_sami_municipalities_are_marked_wherever_they_stand():
    assert len(SAMI) == 13
    grouping = Grouping.of(host_of())
    needing = {
        host: one.needed_by
        for host, members in grouping.offices.items()
        for one in coverage(national(), NEED, {}, members)
        if one.discipline == "samisk"
    }
    assert sorted(id_ for some in needing.values() for id_ in some) == sorted(SAMI)
    assert len(needing) == 11
    alone = {national().names[national().index[host]] for host in needing if host not in offices()}
    assert alone == {"Hamarøy", "Kautokeino"}


def test_table_of_one_county_turns_estimates_off_for_it_alone():
    county = {id_ for id_, number in zip(national().ids, national().counties, strict=True) if number == "11"}
    known = {id_: {"arealplan": HeldFte(0.5, 1)} for id_ in county}
    for members in Grouping.of(host_of()).offices.values():
        marks = {one.estimated for one in coverage(national(), NEED, known, members)}
        assert marks == {not set(members) <= county}


@pytest.mark.parametrize(
    ("held", "cover"),
    [
        ([], "not"),
        ([HeldFte(0.49)], "not"),
        ([HeldFte(0.5)], "one person"),
        ([HeldFte(0.1), HeldFte(0.2), HeldFte(0.2)], "one person"),
        ([HeldFte(0.99)], "one person"),
        ([HeldFte(1.0)], "covered"),
        ([HeldFte(0.5, 1)], "one person"),
        ([HeldFte(1.0, 1)], "one person"),
        ([HeldFte(0.6, 3)], "not"),
        ([HeldFte(0.6, 1), HeldFte(0.1, 1)], "covered"),
        ([HeldFte(0.3, 1), HeldFte(0.3, 1)], "not"),
        ([HeldFte(0.6, 1), HeldFte(0.1)], "one person"),
        ([HeldFte(0.3, 1), HeldFte(0.3, 1), HeldFte(0.1)], "not"),  # nobody can hold half a post
        ([HeldFte(0.3, 1), HeldFte(0.5)], "one person"),
    ],
)
def test_covered_by_enough_and_by_whom(held, cover):
    assert cover_of(held, 0.5) == cover


def test_office_by_hand():
    """Both employ one; a has a table: 0.7 plan by one, no gis. b is estimated: 0.6 plan, 0.4 gis."""
    problem, known = line(2), {"a": {"plan": HeldFte(0.7, 1)}}
    plan, gis = coverage(problem, TWO, known, ("a", "b"))
    assert (plan.fte, plan.people, plan.cover, plan.estimated) == (pytest.approx(1.3), None, "covered", True)
    assert (gis.fte, gis.people, gis.cover, gis.needed_by) == (pytest.approx(0.4), None, "not", ("a", "b"))
    asked = replace(problem, disciplines=Disciplines(TWO, known))
    assert lacking(asked, Grouping.of({"a": "a", "b": "a"})) == {"a": ("gis",), "b": ("gis",)}
    assert lacking(asked, Grouping.of({"a": "a", "b": "b"})) == {"a": ("gis",), "b": ("gis",)}


def test_one_more_post_closes_the_smallest_gaps_first():
    need = DisciplineNeed({"a": 0.7, "b": 0.1, "c": 0.1, "d": 0.1})
    estimated = coverage(line(1), need, {}, ("a",))
    assert one_more_post(estimated, 0.5) == ("b", "c")
    known = coverage(line(1), need, {"a": {"b": HeldFte(0.4, 1), "c": HeldFte(0.1, 1)}}, ("a",))
    assert one_more_post(known, 0.5) == ("a", "b")  # the new one must hold half a post of each
    assert one_more_post(estimated, 0.5, post_fte=0.2) == ()


@pytest.mark.parametrize(
    ("need", "said"),
    [
        (DisciplineNeed({"a": 0.5, "b": 0.4}), "the shares of the disciplines sum to 0.9; expected 1"),
        (DisciplineNeed({"a": 1.5, "b": -0.5}), "disciplines.a is 1.5; expected a share from 0 to 1"),
        (DisciplineNeed({"a": 1.0}, threshold=0.0), "disciplines.threshold is 0.0; expected årsverk above 0"),
    ],
)
def test_needs_that_cannot_be_meant(need, said):
    assert need.faults()[0] == said


def test_default_needs_are_in_order():
    assert NEED.faults() == []
    assert NEED.names == (*SHARES, "samisk")
