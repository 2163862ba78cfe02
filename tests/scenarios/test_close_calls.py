"""Close calls: no legal change of one municipality that costs less is left out."""

import pytest

from optimizer.evaluate import evaluate
from optimizer.grouping import Grouping
from optimizer.solve import solve
from scenarios.build import open_world
from scenarios.close_calls import MOST, close_calls


@pytest.mark.parametrize(
    "overrides",
    [(), ("limits.contiguity=off", "limits.max_minutes=60"), ("hosts.min_population=4000",), ("limits.max_members=2",)],
)
def test_they_are_the_cheapest_of_all_changes(overrides):
    problem = open_world("nasjonal", counties=["Troms"], overrides=overrides).problem
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
    for kinds, which in ((("host",), "host"), (("join", "alone"), "move")):
        found = close_calls(problem, grouping, evaluation, kinds)
        expected = sorted(round(extra, 6) for extra in cheapest[which].values())[:MOST]
        assert [round(call.instead.extra, 6) for call in found] == pytest.approx(expected)
        for call in found:
            assert call.instead.extra == pytest.approx(cheapest[which][call.id])
