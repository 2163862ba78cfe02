"""Close calls: no legal change of one municipality that costs less is left out."""

import pytest

from optimizer.grouping import Grouping
from optimizer.judging.close_calls import IN_COUNTY, LEADING, close_calls
from optimizer.judging.evaluate import evaluate
from optimizer.solve import solve
from scenarios.world.build import open_world


@pytest.mark.parametrize(
    "overrides",
    [(), ("limits.contiguity=off", "limits.max_minutes=60"), ("hosts.min_population=4000",), ("limits.max_members=2",)],
)
def test_they_are_the_cheapest_of_all_changes(overrides):
    problem = open_world("nasjonal", counties=["Troms", "Finnmark"], overrides=overrides).problem
    grouping = solve(problem).grouping
    assert grouping is not None
    evaluation = evaluate(problem, grouping)
    cheapest = {"host": {}, "move": {}}
    for id_, own in grouping:
        left = [member for member in grouping.offices[own] if member != id_]
        plans = []
        if left and own != id_:
            plans.append(("host", dict.fromkeys(grouping.offices[own], id_)))
        heirs = left if own == id_ and left else [own]
        for host in ({*grouping.offices} - {own}) | ({id_} if left else set()):
            plans += [("move", dict.fromkeys(left, heir) | {id_: host}) for heir in heirs]
        for kind, changed in plans:
            judged = evaluate(problem, Grouping.of(dict(grouping.host_of) | changed))
            if not judged.violations:
                extra = judged.objective - evaluation.objective
                cheapest[kind][id_] = min(extra, cheapest[kind].get(id_, extra))
    county = dict(zip(problem.ids, problem.counties, strict=True))
    for kinds, which in ((("host",), "host"), (("join", "alone"), "move")):
        found = close_calls(problem, grouping, evaluation, kinds)
        extras = {call.id: round(call.instead.extra, 6) for call in found}
        assert len(extras) == len(found)
        expected = sorted(round(extra, 6) for extra in cheapest[which].values())
        assert list(extras.values())[:LEADING] == pytest.approx(expected[:LEADING])
        for number in set(county.values()):
            inside = sorted(round(extra, 6) for id_, extra in cheapest[which].items() if county[id_] == number)
            told = sorted(extra for id_, extra in extras.items() if county[id_] == number)
            assert told[:IN_COUNTY] == pytest.approx(inside[:IN_COUNTY])
            assert len(told[IN_COUNTY:]) <= sum(county[call.id] == number for call in found[:LEADING])
        for call in found:
            assert call.instead.extra == pytest.approx(cheapest[which][call.id])
