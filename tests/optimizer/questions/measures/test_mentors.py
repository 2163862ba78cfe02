"""Mentors: against trying everything, and the golden figures."""

from itertools import product

import numpy as np
import pytest
from cases import country, line
from frozen import host_of, national

from optimizer.grouping import Grouping
from optimizer.problem import ProblemError
from optimizer.questions.measures.mentors import mentors, possible_mentors, short_of_planners
from optimizer.staffing.help import guidance_at

PLAN = Grouping.of(host_of())


def test_those_left_alone():
    asking = short_of_planners(national(), PLAN)
    assert len(asking) == 34
    assert len(short_of_planners(national(), PLAN, alone_only=False)) > 34


@pytest.mark.parametrize(
    ("within", "served", "minutes"), [(75, 11, 440.70), (120, 16, 945.02), (150, 23, 1_879.28), (180, 28, 2_688.79)]
)
def test_mentors_of_the_country(within, served, minutes):
    found = mentors(national(), PLAN, short_of_planners(national(), PLAN), within=within)
    assert len(found.matches) == served
    assert found.minutes == pytest.approx(minutes, abs=0.005)
    if within == 180:
        names = [national().names[national().index[id_]] for id_ in found.unserved]
        assert sorted(names) == ["Berlevåg", "Hasvik", "Leka", "Rødøy", "Røst", "Træna"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("each", [1, 2])
def test_nobody_could_be_served_better(seed, each):
    problem = country(9, seed, min_office_fte=1.0)
    alone = Grouping.of({id_: id_ for id_ in problem.ids})
    asking, giving = short_of_planners(problem, alone)[:5], possible_mentors(problem, alone)[:4]
    takes_part = [id_ in (*asking, *giving) for id_ in problem.ids]
    grouping = Grouping.of({id_: id_ for id_, part in zip(problem.ids, takes_part, strict=True) if part})
    problem = country(9, seed, min_office_fte=1.0, planner_fte=np.where(takes_part, problem.planner_fte, 0.0))
    best = (0, 0.0)
    for chosen in product([None, *giving], repeat=len(asking)):
        pairs = [(id_, mentor) for id_, mentor in zip(asking, chosen, strict=True) if mentor]
        minutes = [float(problem.minutes[problem.index[id_], problem.index[mentor]]) for id_, mentor in pairs]
        if all(chosen.count(mentor) <= each for mentor in giving) and all(one <= 100 for one in minutes):
            best = min(best, (-len(pairs), round(sum(minutes), 6)))
    found = mentors(problem, grouping, asking, within=100, each=each)
    assert (-len(found.matches), round(found.minutes, 6)) == best
    assert len(found.matches) + len(found.unserved) == len(asking)


def test_towns_outside_the_plan_may_be_mentors():
    problem = line(3, planner_fte=[9.0, 3.0, 1.0], takes_part=[False, True, True])
    plan = Grouping.of({"b": "b", "c": "c"})
    assert possible_mentors(problem, plan) == ("a", "b")
    assert [(match.helper, guidance_at(match.minutes)) for match in mentors(problem, plan, ["c"]).matches] == [
        ("b", "visits")
    ]


def test_guidance_by_distance():
    assert [guidance_at(minutes) for minutes in (75, 76, 180, 181)] == [
        "visits",
        "quarterly and digital",
        "quarterly and digital",
        "county only",
    ]


def test_limits_that_cannot_be_meant():
    with pytest.raises(ProblemError) as refused:
        mentors(national(), PLAN, [], within=-1, each=0)
    assert refused.value.faults == (
        "each is 0; expected 1 or more municipalities for a mentor",
        "within is -1; expected minutes of 0 or more",
    )
