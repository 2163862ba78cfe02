"""The order of starts: against trying everything, and the golden example."""

from itertools import product

import numpy as np
import pytest
from frozen import national, table

from optimizer.budget import Budget
from optimizer.problem import ProblemError
from optimizer.questions.measures.order import StartLimits, start_order


def test_eight_years_of_the_country():
    gains = {row["host"]: float(row["saving_kr"]) for row in table("offices")}
    counties = {host: national().counties[national().index[host]] for host in gains}
    found = start_order(gains, counties, 600_000, StartLimits(years=4, starts=10, a_county=2, horizon=8), Budget())
    assert found is not None
    assert found.proved
    assert found.gain_kr / 1e6 == pytest.approx(279.162, abs=0.0005)
    assert found.most_kr == pytest.approx(found.gain_kr)
    assert all(list(found.year_of.values()).count(year) <= 10 for year in range(1, 5))
    assert {gains[host] < 0 for host in found.year_of} == {False}
    ratios = sorted(((gain / 600_000, host) for host, gain in gains.items()), reverse=True)[:3]
    assert [round(ratio, 2) for ratio, _ in ratios] == [3.07, 3.02, 2.42]
    assert [national().names[national().index[host]] for _, host in ratios] == ["Salangen", "Nesbyen", "Sortland"]


def best_by_trying(gains: dict[str, float], counties: dict[str, str], start_kr: float, limits: StartLimits) -> float:
    """Return the largest gain of any order."""
    best, hosts = 0.0, sorted(gains)
    for years in product([*range(limits.years), None], repeat=len(hosts)):
        when = dict(zip(hosts, years, strict=True))
        for year in range(limits.years):
            started = [host for host in hosts if when[host] == year]
            in_county = max((sum(counties[a] == counties[b] for b in started) for a in started), default=0)
            if len(started) > limits.starts or in_county > (limits.a_county or 99):
                break
            if limits.budget_kr is not None and start_kr * len(started) > limits.budget_kr:
                break
        else:
            late = limits.years
            if all(
                when[then] is None or (late if when[first] is None else when[first]) <= when[then]
                for first, then in limits.after
            ):
                worth = ((limits.horizon - y) * gains[host] - start_kr for host, y in when.items() if y is not None)
                best = max(best, sum(worth))
    return best


@pytest.mark.parametrize("seed", range(8))
def test_no_order_is_better(seed):
    random = np.random.default_rng(seed)
    gains = {host: float(random.integers(-20_000, 90_000)) for host in "abcdef"}
    counties = {host: "xy"[random.integers(2)] for host in gains}
    limits = StartLimits(
        years=3,
        starts=2,
        a_county=[None, 1][seed % 2],
        budget_kr=[None, 45_000.0][seed // 2 % 2],
        horizon=4,
        after=[(), (("a", "b"), ("b", "c"))][seed // 4],
    )
    found = start_order(gains, counties, 40_000.0, limits, Budget())
    assert found is not None
    assert found.proved
    assert found.gain_kr == pytest.approx(best_by_trying(gains, counties, 40_000.0, limits))
    assert sorted((*found.year_of, *found.not_started)) == list("abcdef")


def test_all_faults_at_once():
    limits = StartLimits(years=0, starts=0, a_county=0, horizon=-1, after=(("a", "b"), ("b", "a"), ("q", "a")))
    with pytest.raises(ProblemError) as refused:
        start_order({"a": 1.0, "b": 1.0}, {"a": "x", "b": "x"}, 1.0, limits, Budget())
    assert refused.value.faults == (
        "years is 0; expected 1 or more",
        "starts is 0; expected 1 or more",
        "a_county is 0; expected 1 or more",
        "horizon is -1; expected 1 or more",
        "horizon is -1 years; expected the 0 years of starts or more",
        "after q is in no shared office of the plan; name one that is",
        "after a after b after a: each waits for the other; leave one of them out",
    )
