"""Who is at work, and what days at each town hall cost, as a scenario asks for them."""

import pytest
from frozen import host_of, national

from maps.told.people.posts_words import PostsWords
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.staffing.presence import presence
from scenarios.question.errors import ScenarioError
from scenarios.question.load import load
from scenarios.world.build import build
from scenarios.world.further.posts import posts_of, vacancy_share

TROMS = ("55",)


def test_one_day_a_week_on_the_frozen_plan():
    problem, plan = national(), Grouping.of(host_of())
    found = [presence(problem, host, members, 1) for host, members in plan.offices.items() if len(members) > 1]
    assert sum(sum(one.hours.values()) for one in found) == pytest.approx(7_902.05, abs=0.5)
    royrvik = next(one for one in found if "5043" in one.hours)
    assert royrvik.lost_share == pytest.approx(0.121, abs=0.0005)


def test_share_and_days_are_the_scenarios():
    changes = ("vacancy.leaving_rate=0.25", "vacancy.years_to_fill=1", "presence.days_a_week=2")
    world = build(load("nasjonal", counties=TROMS, overrides=changes))
    assert vacancy_share(world) == pytest.approx(0.2)
    plan = Grouping.of({"5540": "5544", "5544": "5544", "5542": "5542"})
    found = posts_of(world, plan)
    assert list(found.changes) == ["5540", "5542", "5544"]
    assert found.changes["5542"].alone == found.changes["5542"].shared
    assert found.changes["5540"].shared.nobody < found.changes["5540"].alone.nobody
    there = float(world.problem.minutes[world.problem.index["5540"], world.problem.index["5544"]])
    assert found.presence["5544"].hours == {"5540": pytest.approx(2 * 40 * 2 * there / 60), "5544": 0}
    told = PostsWords(Words(), found, str)
    assert "25\N{NARROW NO-BREAK SPACE}% slutter i året" in told.text
    assert told.presence[0].startswith("2 dager i uken på hvert rådhus tar ")
    assert PostsWords(Words("en"), found, str).alone("5540").startswith("(alone ")


@pytest.mark.parametrize(
    "change", ["vacancy.share=1.2", "vacancy.leaving_rate=0", "presence.days_a_week=6", "presence.days_a_week=-1"]
)
def test_what_cannot_be_meant_is_refused(change):
    with pytest.raises(ScenarioError, match=change.partition("=")[0]):
        load("nasjonal", overrides=(change,))
