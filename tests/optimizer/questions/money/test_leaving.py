"""Who would be better off elsewhere: the golden numbers, and every possible office of small regions."""

from dataclasses import replace

import numpy as np
import pytest
from cases import country
from frozen import columns, figures, flat_money, host_of, national

from optimizer.budget import Budget
from optimizer.engines.columns.kroner import kroner_columns
from optimizer.engines.listing import find_groups
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money, SharingTerms
from optimizer.questions.money.accounts import plan_accounts
from optimizer.questions.money.leaving import better_offices
from optimizer.sharing.keys import SharingKey
from optimizer.units import whole


@pytest.mark.parametrize(("name", "many"), [("equal", 1788), ("inhabitants", 2277), ("need", 2765), ("shapley", 2255)])
def test_better_offices_of_the_national_plan(name, many):
    accounts = plan_accounts(
        national(), flat_money(), Grouping.of(host_of()), SharingTerms(SharingKey.of(name), figures())
    )
    found = better_offices(columns(), accounts.paid)
    assert sum(len(one.members) > 1 for one in found) == many
    assert found[0].gain / len(found[0].members) >= found[-1].gain / len(found[-1].members) > 0


def test_better_offices_of_a_region_by_the_specification():
    problem = country(10, 4, max_minutes=80.0)
    money = Money.flat(KronerPrices(hire_from_fte=2.0), 10)
    made, games = kroner_columns(problem, money, find_groups(problem)), OfficeGames(problem, money)
    paid = {id_: games.cost(id_, (id_,)) - 5_000_000 for id_ in problem.ids}
    found = better_offices(made, paid)
    for row in range(len(made.pool)):
        _, members = made.pool.office(row)
        gain = sum(paid[id_] for id_ in members) - games.cheapest(members)
        named = [one.gain for one in found if one.members == members]
        assert named == ([gain] if gain >= len(members) else [])


@pytest.mark.parametrize(
    ("minutes", "objective", "million"),
    [(0.01, 11_361.89, 792.307), (0.1, 11_641.45, 788.449), (0.5, 13_546.82, 782.684)],
)
def test_kroner_as_a_term_of_the_objective(minutes, objective, million):
    """So many minutes for 1 000 kr, journeys left out: they have a term of their own."""
    without = kroner_columns(national(), flat_money().without_travel, columns().pool).own / 100
    pool = columns().pool
    selection = Selection(replace(pool, costs=pool.costs + whole(minutes * without / 1000)), Budget())
    selection.optimise()
    assert selection.proved
    assert selection.plan is not None
    taken = np.isin(pool.members.view("V" + str(2 * pool.members.shape[1])), selection.plan.members.view("V12"))[:, 0]
    assert pool.costs[taken].sum() / 1e6 == pytest.approx(objective, abs=0.01)
    assert columns().own[taken].sum() / 1e8 == pytest.approx(million, abs=0.0006)
