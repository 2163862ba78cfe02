"""What the roads, ferries and journeys of a scenario change."""

import pytest

from scenarios.export.geography import changed_roads
from scenarios.question.load import load
from scenarios.world.build import World, build
from scenarios.world.further.travel_changes import changes_of, document

CHANGES = """
extends = "nasjonal"
name = "bro"
[select]
counties = ["11"]
[travel]
new_links = [{ name = "Rogfast", between = ["Randaberg", "59.2236, 5.4407"], minutes = 21 }]
pairs = [{ between = ["Sokndal", "Lund"], minutes = 20, one_way = true }]
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    file = tmp_path_factory.mktemp("scenario") / "bro.toml"
    file.write_text(CHANGES, encoding="utf-8")
    return build(load(str(file)))


def test_changed_journeys_are_those_of_participants_within_reach(world):
    found = changes_of(world)
    assert found is not None
    problem = world.problem
    takes_part = dict(zip(problem.ids, problem.active, strict=True))
    for one in found.journeys:
        assert takes_part[one.start]
        assert takes_part[one.end]
        assert min(one.before, one.after) <= 75
        assert one.after == pytest.approx(problem.minutes[problem.index[one.start], problem.index[one.end]])
    ways = {(one.start, one.end): one for one in found.journeys}
    assert ways["1111", "1112"].after == 20
    assert ("1112", "1111") not in ways, "the other direction stays"
    across = [one for one in found.journeys if "1145" in (one.start, one.end)]
    assert across
    assert all(one.change < 0 for one in across)
    assert [abs(one.change) for one in found.journeys] == sorted(
        (abs(one.change) for one in found.journeys), reverse=True
    )


def test_the_link_says_where_it_joins(world):
    [(name, one, other)] = changes_of(world).links
    assert (name, one.end, one.kind) == ("Rogfast", "1127", "centre")
    assert (other.kind, other.away_km < 5) == ("place", True)


def test_files_and_object(world):
    table = changed_roads.csv_tables(world)["travel-changes"]
    assert len(table.rows) == len(changes_of(world).journeys) == document(world)["journeys"]
    [(file, same)] = changed_roads.scenarios(world.scenario).items()
    assert (file, same.travel.new_links, same.select) == ("unchanged-roads.toml", (), world.scenario.select)
    plain = load("kort-reise", counties=["11"])
    assert changed_roads.scenarios(plain) == {}
