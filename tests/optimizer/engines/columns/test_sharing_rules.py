"""Rules on kroner as filters of a pool: against the specification, and the golden plans that they leave."""

from dataclasses import replace

import numpy as np
import pytest
from bruteforce import legal_offices, partitions
from cases import country, line, scattered
from frozen import columns, figures, flat_money, games, host_of, national, offices
from hypothesis import given
from strategies import examples, problems

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool
from optimizer.engines.columns import sharing_rules
from optimizer.engines.columns.kroner import kroner_columns
from optimizer.engines.columns.sharing_rules import columns_nobody_worse, keeping, stable_columns
from optimizer.engines.listing import find_groups
from optimizer.engines.selection import Selection
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money
from optimizer.sharing.core import is_stable, least_excess
from optimizer.sharing.keys import GIVEN, SharingKey
from optimizer.sharing.shares import exact_shares
from optimizer.units import UNITS_PER_MINUTE

PRICES = KronerPrices(hire_from_fte=2.0)
KEYS = [
    *({name: 1.0} for name in ("equal", "inhabitants", "need", "alone", "equal_gain", "shapley", "nucleolus")),
    {"equal": 0.3, "inhabitants": 0.3, "need": 0.4},
]


def best_of(kept: np.ndarray) -> CandidatePool:
    """Return the best plan of the national problem out of these offices."""
    selection = Selection(keeping(columns(), kept), Budget())
    selection.optimise()
    assert selection.proved
    assert selection.plan is not None
    return selection.plan


@examples(30)
@given(problems(5))
def test_rules_are_those_of_the_specification(problem):
    pool, money = find_groups(problem), Money.flat(PRICES, len(problem.ids))
    made, specified = kroner_columns(problem, money, pool), OfficeGames(problem, money)
    specified_games = [specified.of(*pool.office(row)) for row in range(len(pool))]
    given_figures = {name: {id_: float(k) for k, id_ in enumerate(problem.ids)} for name in GIVEN}
    assert stable_columns(made).tolist() == [is_stable(game) for game in specified_games]
    for parts in KEYS:
        key = SharingKey(parts)
        kept = columns_nobody_worse(made, key, given_figures).tolist()
        for game, none_worse in zip(specified_games, kept, strict=True):
            shares = exact_shares(game, key, given_figures)
            assert none_worse == all(share <= alone for share, alone in zip(shares, game.alone, strict=True)), parts


TIED = KronerPrices(hired_share=0.0, office_kr=0.0, member_kr=0.0, visits=0.0)
"""What members cost together is the sum of what they cost alone: sharing gains nobody anything."""


@pytest.mark.parametrize("need", [2.0, 2.1234567])
@pytest.mark.parametrize("least", [1, 3], ids=["pairs are offices", "no part of three is an office"])
def test_ties_at_zero_are_decided_whatever_the_order(need, least):
    """Nobody gains by leaving or by staying; to the øre, with figures that do not come out, the rule says the same."""
    given_ = {"need_fte": np.full(5, need), "fixed_kept": 1.0, "min_members": least, "alone_exempt": True}
    money, found = Money.flat(TIED, 5), {}
    for ids in ("abcde", "edcba", "cadbe"):
        problem = line(5, **given_, ids=tuple(ids))
        pool = find_groups(problem)
        stable = stable_columns(kroner_columns(problem, money, pool)).tolist()
        games_ = OfficeGames(problem, money)
        assert stable == [games_.is_stable(*pool.office(row)) for row in range(len(pool))]
        place = dict(zip(ids, range(5), strict=True))
        found[ids] = {tuple(sorted(place[i] for i in pool.office(row)[1])): says for row, says in enumerate(stable)}
    assert found["abcde"] == found["edcba"] == found["cadbe"]
    shared = [says for some, says in found["abcde"].items() if len(some) > 1]
    assert shared
    assert need != 2.0 or all(shared)


def test_rules_in_a_larger_country(monkeypatch):
    """Offices of up to eight; the linear programme says the same of those that a few steps settle."""
    problem = country(24, 5, max_members=8, max_minutes=60.0)
    pool, money = find_groups(problem), Money.flat(PRICES, 24)
    made, specified = kroner_columns(problem, money, pool), OfficeGames(problem, money)
    found = stable_columns(made)
    some = np.random.default_rng(1).choice(len(pool), min(60, len(pool)), replace=False)
    assert found[some].tolist() == [specified.is_stable(*pool.office(row)) for row in some]
    assert 0 < found.sum() < len(pool)
    asked = []
    monkeypatch.setattr(sharing_rules, "STEPS", 1)
    monkeypatch.setattr(sharing_rules, "least_excess", lambda *given: asked.append(1) or least_excess(*given))
    assert stable_columns(made).tolist() == found.tolist()
    assert asked


@pytest.mark.parametrize("seed", range(20))
def test_best_plan_that_keeps_a_rule_by_trying_everything(seed):
    """Every partition into offices at every host, judged by the specification, in regions of up to seven."""
    n = 4 + seed % 4
    problem = scattered(seed, n) if seed % 2 else country(n, seed, max_minutes=90.0)
    money = Money.flat(replace(PRICES, office_kr=[150_000.0, 900_000.0][seed // 2 % 2]), n)
    specified, pool = OfficeGames(problem, money), find_groups(problem, every_host=True)
    key, by_id = (
        SharingKey({"equal": 0.5, "need": 0.5}),
        {"need": dict(zip(problem.ids, problem.need_fte, strict=True))},
    )
    made, offices_ = kroner_columns(problem, money, pool), legal_offices(problem)
    for kept, asked in (
        (stable_columns(made), specified.is_stable),
        (columns_nobody_worse(made, key, by_id), lambda *office: not specified.worse_off(office, key, by_id)),
    ):
        allowed = {
            members: min(costs)
            for members, at in offices_.items()
            if (costs := [cost for host, cost in at.items() if len(members) == 1 or asked(host, members)])
        }
        best = min(sum(allowed[some] for some in partition) for partition in partitions(problem, allowed))
        selection = Selection(keeping(made, kept), Budget())
        selection.optimise()
        assert selection.proved
        assert selection.best / UNITS_PER_MINUTE == pytest.approx(best, abs=1e-4)


def test_own_planners_paid_by_each():
    """Only the common part is shared: 30 offices of the plan have a loser by equal parts, 70 by inhabitants."""
    employed = dict(zip(national().ids, national().planner_fte.tolist(), strict=True))
    own = np.array([round(115_000_000 * employed[id_]) for id_ in columns().pool.ids])
    plan = {tuple(sorted(members)) for members in offices().values()}
    rows = [row for row in range(len(columns().pool)) if columns().pool.office(row)[1] in plan]
    for name, losing in (("equal", 30), ("inhabitants", 70)):
        kept = columns_nobody_worse(columns(), SharingKey.of(name), figures(), own)
        assert (~kept[rows]).sum() == losing


@pytest.mark.parametrize(
    ("parts", "many"),
    [
        ({"equal": 1.0}, 353),
        ({"inhabitants": 1.0}, 136),
        ({"need": 1.0}, 1924),
        ({"equal": 0.5, "inhabitants": 0.5}, 2859),
        ({"equal": 0.3, "inhabitants": 0.7}, 1402),
        ({"equal": 0.2, "inhabitants": 0.8}, 511),
        ({"alone": 1.0}, 3888),
        ({"equal_gain": 1.0}, 3888),
        ({"shapley": 1.0}, 3888),
    ],
)
def test_offices_in_which_nobody_is_worse_off(parts, many):
    kept = columns_nobody_worse(columns(), SharingKey(parts), figures())
    assert kept[columns().pool.shared].sum() == many


def test_national_plan_that_holds():
    """The filter removes the two offices that the specification finds; the plan costs 1.25 % more minutes."""
    kept = stable_columns(columns())
    assert kept[columns().pool.shared].sum() == 3887
    plan = best_of(kept)
    grouping = Grouping.of_offices(plan.office(row) for row in range(len(plan)))
    evaluation = evaluate(national(), grouping)
    assert evaluation.violations == ()
    assert evaluation.objective == pytest.approx(11_496.10, abs=0.005)
    assert (len(evaluation.shared), len(evaluation.alone)) == (78, 51)
    specified = OfficeGames(national(), flat_money())
    assert all(specified.is_stable(*office) for office in grouping.offices.items())
    free = {host for host, game in games().items() if not is_stable(game)}
    removed = {columns().pool.office(row)[1] for row in np.flatnonzero(~kept)}
    assert {host for host, members in offices().items() if tuple(sorted(members)) in removed} == free


def test_national_plan_without_anybody_worse_off_by_inhabitants():
    plan = best_of(columns_nobody_worse(columns(), SharingKey.of("inhabitants"), figures()))
    grouping = Grouping.of_offices(plan.office(row) for row in range(len(plan)))
    evaluation = evaluate(national(), grouping)
    assert evaluation.objective == pytest.approx(23_597.1, abs=0.05)
    assert (len(evaluation.shared), len(evaluation.alone)) == (21, 206)


def test_frozen_plan_is_the_best_of_its_problem():
    plan = best_of(np.ones(len(columns().pool), dtype=bool))
    groups = {plan.office(row)[1] for row in range(len(plan))}
    assert groups == set(Grouping.of(host_of()).offices.values())


def test_filters_are_laid_over_each_other():
    one, other = (columns_nobody_worse(columns(), SharingKey.of(name), figures()) for name in ("equal", "inhabitants"))
    both = keeping(columns(), one, other)
    assert len(both) == (one & other).sum() < min(one.sum(), other.sum())
    assert both.complete
    assert len(keeping(columns())) == len(columns().pool)
