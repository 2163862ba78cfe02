"""The grant that holds a plan: the golden figures, and every partition and subgroup of small regions."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from cases import country, scattered
from frozen import columns, flat_money, host_of, national, offices
from scipy.optimize import linprog

from optimizer.budget import Budget
from optimizer.engines.columns.kroner import kroner_columns
from optimizer.engines.listing import find_groups
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money
from optimizer.problem import Problem
from optimizer.questions.money.holding_grant import highest_prices, office_grant, plan_cost
from optimizer.solve import solve

MILLION_ORE = 1e8
PRICES = KronerPrices(hire_from_fte=2.0)


def region(seed: int) -> Problem:
    """Return a region of four to nine municipalities."""
    n = 4 + seed % 6
    return scattered(seed, n) if seed % 2 else country(n, seed, max_minutes=90.0)


def possible_offices(problem: Problem, money: Money) -> dict[tuple[str, ...], int]:
    """Return the least cost of each group that could be an office, by the specification."""
    games = OfficeGames(problem, money)
    groups = (some for size in range(1, len(problem.ids) + 1) for some in combinations(sorted(problem.ids), size))
    return {some: cost for some in groups if (cost := games.cheapest(some)) is not None}


def every_partition(ids: tuple[str, ...], costs: dict[tuple[str, ...], int]) -> list[int]:
    """Return the cost of every partition into possible offices."""
    if not ids:
        return [0]
    return [
        cost + rest
        for some, cost in costs.items()
        if some[0] == ids[0] and set(some) <= set(ids)
        for rest in every_partition(tuple(i for i in ids if i not in some), costs)
    ]


@pytest.mark.parametrize("seed", range(30))
def test_small_regions_by_trying_everything(seed):
    problem = region(seed)
    money = Money.flat(PRICES, len(problem.ids))
    costs = possible_offices(problem, money)
    rows = np.array([[id_ in some for id_ in problem.ids] for some in costs], dtype=float)
    highest = linprog(-np.ones(len(problem.ids)), rows, list(costs.values()), bounds=(None, None), method="highs")
    made = kroner_columns(problem, money, find_groups(problem))
    result = solve(problem)
    assert result.grouping is not None
    cheapest = min(every_partition(tuple(sorted(problem.ids)), costs))
    selection = Selection(replace(made.pool, costs=made.cheapest), Budget())
    selection.optimise()
    assert selection.proved
    assert selection.best == cheapest
    prices = highest_prices(made, Budget())
    assert prices is not None
    for plan in (plan_cost(problem, money, result.grouping), cheapest):
        grant = prices.grant(plan)
        smallest = plan + highest.fun
        assert grant.least - 1 <= smallest <= grant.enough + 1
        assert grant.enough - grant.least <= 300
    assert every_office_gets_its_part(made, prices, problem, money, result.grouping)


def every_office_gets_its_part(made, prices, problem: Problem, money: Money, grouping: Grouping) -> bool:
    """Return whether the least parts of the offices sum to no more than the grant, and the most to no less."""
    grant = prices.grant(plan_cost(problem, money, grouping))
    games = OfficeGames(problem, money)
    parts = [
        office_grant(made, grant, members, games.cost(host, members)) for host, members in grouping.offices.items()
    ]
    slack = len(parts)
    assert all(part.least <= part.most + 1 for part in parts)
    return (
        sum(part.least for part in parts) <= grant.enough + slack
        and sum(part.most for part in parts) >= grant.least - slack
    )


def test_national_plan_needs_eleven_million():
    grouping = Grouping.of(host_of())
    plan = plan_cost(national(), flat_money(), grouping)
    prices = highest_prices(columns(), Budget())
    assert prices is not None
    grant = prices.grant(plan)
    assert grant.least / MILLION_ORE == pytest.approx(10.940, abs=0.0005)
    assert 0 <= grant.enough - grant.least < 1_000
    cost = OfficeGames(national(), flat_money()).cost("5610", offices()["5610"])
    part = office_grant(columns(), grant, offices()["5610"], cost)
    assert part.least == pytest.approx(1_497_778, abs=2)  # what Karasjok and Porsanger lose together
    assert part.most < part.least + 1_000


def test_cheapest_national_plan():
    pool = replace(columns().pool, costs=columns().cheapest)
    selection = Selection(pool, Budget())
    selection.optimise()
    assert selection.proved
    assert selection.best is not None
    assert selection.plan is not None
    assert selection.best / MILLION_ORE == pytest.approx(782.352, abs=0.0005)
    assert (selection.plan.shared.sum(), (~selection.plan.shared).sum()) == (54, 40)
    prices = highest_prices(columns(), Budget())
    assert prices is not None
    grant = prices.grant(selection.best)
    assert grant.least / MILLION_ORE == pytest.approx(0.179, abs=0.0005)


def test_without_time_there_is_no_answer():
    assert highest_prices(columns(), Budget(time_limit=0.0)) is None
