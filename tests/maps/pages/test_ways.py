"""Ways to hosts as the pages carry them."""

import json

import pytest
from country import answer, country, facts

from maps.pages.ways import encoded, ways_data
from maps.told.texts import Words
from optimizer.grouping import Grouping
from scenarios.world.further.ways import ways_to_hosts


def test_the_published_example_of_encoded_lines():
    """With five decimals there, four here: ten times the degrees."""
    places = [(385.0, -1202.0), (407.0, -1209.5), (432.52, -1264.53)]
    assert encoded(places) == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"


def test_every_member_has_its_way():
    parts = country()
    made = answer(parts, facts())
    data = ways_data(Words(), made.graph, made.ways)
    ways = {row[0]: row for row in data["of"]["rows"]}
    index, minutes_of = parts.problem.index, parts.problem.minutes
    assert set(ways) == {id_ for id_, host in parts.grouping.host_of.items() if id_ != host}
    for id_, host, minutes, stretches in ways.values():
        assert host == parts.grouping.host_of[id_]
        assert minutes == pytest.approx(minutes_of[index[id_], index[host]], abs=0.06)
        assert sum(stretch[1] for stretch in stretches) == pytest.approx(minutes, abs=0.06 * (len(stretches) + 1))
    assert len(json.dumps(data["of"]["rows"])) < 300 * len(ways), "small"


@pytest.mark.parametrize(("language", "ferry"), [("nb", "ferje"), ("en", "ferry")])
def test_ferries_have_a_wait_and_are_called_so(language, ferry):
    graph = country().graph
    ways = ways_to_hosts(graph, Grouping.of({"1151": "1106", "1106": "1106"}))
    assert list(ways) == ["1151"]
    data = ways_data(Words(language), graph, ways)
    [(_, host, minutes, stretches)] = data["of"]["rows"]
    assert (host, minutes) == ("1106", 120.9)
    assert [(data["names"][name], *wait) for name, _, _, *wait in stretches][1] == (f"{ferry} Haugesund-Utsira", 40)
    assert [len(stretch) for stretch in stretches] == [3, 4, 3]
