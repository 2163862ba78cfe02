"""What helps those short of planners."""

import pytest
from cases import line
from frozen import host_of, national

from optimizer.grouping import Grouping
from optimizer.problem import ProblemError
from optimizer.questions.measures.help_for_all import help_for_all, trainee_places

PLAN = Grouping.of(host_of())


def test_line_by_hand():
    """An office of a and b with 4 planners of 6 needed; c and d stand alone with one planner each, of 2 needed."""
    problem = line(4, planner_fte=[2.0, 2.0, 1.0, 1.0], need_fte=[3.2, 3.0, 2.0, 2.0])
    plan = Grouping.of({"a": "a", "b": "a", "c": "c", "d": "d"})
    assert trainee_places(problem, plan) == {"a": 2}
    found = help_for_all(problem, plan, within=25, each=1)
    assert [one.municipality for one in found] == ["d", "c"]
    nothing, served = found
    assert (nothing.mentor, nothing.trainee, nothing.guidance) == (None, None, "county only")
    assert served.mentor is not None
    assert served.trainee is not None
    assert (served.mentor.helper, served.trainee.helper, served.guidance) == ("a", "a", "visits")
    assert (served.members, served.employed_fte, served.missing_fte, served.statsforvalter) == (1, 1, 2, "S")
    far = {one.municipality: one for one in help_for_all(problem, plan, within=90, each=1)}
    assert far["d"].mentor is None  # the mentor of c has no more room
    assert far["d"].trainee is not None


def test_country():
    """Whoever is short is listed once, whom nothing helps first; nobody has more than it has room for."""
    found = help_for_all(national(), PLAN)
    unserved = [one.is_unserved for one in found]
    assert unserved == sorted(unserved, reverse=True)
    assert sum(one.mentor is not None for one in found if one.members == 1) == 28
    assert len({one.municipality for one in found}) == len(found) > 34
    places = trainee_places(national(), PLAN)
    taken = [one.trainee.helper for one in found if one.trainee is not None]
    assert all(taken.count(host) <= room for host, room in places.items())
    mentors = [one.mentor.helper for one in found if one.mentor is not None]
    assert max(mentors.count(host) for host in mentors) <= 2
    assert all(one.missing_fte > 0 for one in found)


def test_nobody_is_sent_to_those_on_the_edge():
    """Of a critical mass of 3 årsverk, the office of b and c lacks 0.15, and d, alone, 0.1; e and f lack 0.16."""
    problem = line(6, planner_fte=[4.0, 1.0, 1.85, 2.9, 1.0, 1.84], need_fte=[6.0] * 6)
    found = help_for_all(problem, Grouping.of(dict(zip("abcdef", "abbdee", strict=True))), within=60, each=4)
    told = {one.municipality: (one.is_on_edge, one.is_helped, one.is_unserved) for one in found}
    edge = dict.fromkeys("bc", (True, False, False)) | {"d": (True, True, False)}
    assert told == edge | dict.fromkeys("ef", (False, True, False))


def test_limits_that_cannot_be_meant():
    with pytest.raises(ProblemError, match="each is 0"):
        help_for_all(national(), PLAN, each=0)
