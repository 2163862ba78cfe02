"""The accounts of a plan, as its scenario asks for them."""

import pytest

from optimizer.grouping import Grouping
from optimizer.questions.money.account_rows import office_rows
from optimizer.sharing.keys import SharingKey
from scenarios.answers.money import with_key
from scenarios.export import columns, tables
from scenarios.question.errors import ScenarioError
from scenarios.world.accounts import accounts_of, by_keys, document, key_text, office_kroner, without_accounts
from scenarios.world.build import open_world

MEMBERS = ("5540", "5542", "5544", "5546")
ALONE_KR = {"5540": 2_048_378, "5542": 2_283_545, "5544": 2_845_168, "5546": 1_826_563}
"""Kåfjord, Skjervøy, Nordreisa and Kvænangen each by itself, worked out apart from the program."""


def plan(world, members=MEMBERS, host="5544"):
    takes_part = [id_ for id_, active in zip(world.problem.ids, world.problem.active, strict=True) if active]
    return Grouping.of({id_: host if id_ in members else id_ for id_ in takes_part})


@pytest.fixture(scope="module")
def troms():
    return open_world("nasjonal", counties=("55",))


def test_each_alone_costs_what_was_worked_out_apart(troms):
    found = accounts_of(troms, plan(troms))
    assert {id_: found.members[id_].alone.cost_kr for id_ in MEMBERS} == pytest.approx(ALONE_KR, abs=1)


def test_what_members_pay_is_what_the_office_costs_by_every_key(troms):
    found = accounts_of(troms, plan(troms))
    office = found.offices["5544"]
    for key, paid in by_keys(found).items():
        if key != "use":
            assert sum(round(100 * paid[id_]) for id_ in MEMBERS) == office.game.total


def test_tables_have_a_row_an_office_and_one_a_municipality(troms):
    found = accounts_of(troms, plan(troms))
    (office,) = columns.MONEY.of(tables.money_offices(troms, found)).rows
    row = dict(zip(columns.MONEY.names, office, strict=True))
    assert row["first_year_cost_kr"] - row["shared_cost_kr"] == pytest.approx(600_000 / 4)
    assert row["estimated"] == "prices planner_fte need_fte"
    shares = [
        dict(zip(columns.SHARES.names, cells, strict=True))
        for cells in columns.SHARES.of(tables.money_members(troms, found)).rows
    ]
    assert len(shares) == len(plan(troms))
    assert sum(one["shared_cost_kr"] for one in shares) == pytest.approx(found.country.shared.cost_kr)
    assert {one["kommunenummer"] for one in shares if one["worse_off"]} == {*row["worse_off"].split()} != set()


def test_own_figures_and_the_host_s_zone_decide_the_price(tmp_path):
    table = tmp_path / "kroner.csv"
    table.write_text("kommunenummer;fte_kr;hours;alone_kr\n5544;1000000;10;3000000\n5540;;30;\n", encoding="utf-8")
    world = open_world("nasjonal", counties=("55",), overrides=("money.zones=true", f"money.table={table}"))
    money = world.kroner.money
    index = world.problem.index
    assert money.fte_kr[index["5544"]] == 1_000_000
    assert money.fte_kr[index["5540"]] == pytest.approx(820_000 * 1.14 + 115_000)
    assert money.fte_kr[index["5503"]] == pytest.approx(820_000 * 1.14 * 1.051 + 115_000)
    assert world.kroner.hours == {"5544": 10, "5540": 30}
    found = accounts_of(with_key(world, SharingKey.of("use")), plan(world, ("5540", "5544")))
    assert found.members["5544"].alone.cash_kr == pytest.approx(3_000_000)
    paid = found.offices["5544"].shares
    assert paid["5540"] == pytest.approx(3 * paid["5544"], abs=2)
    assert world.kroner.several_zones["5059"] == "1 2 3"


def test_days_at_each_town_hall_are_the_journeys_that_are_paid():
    world = open_world("nasjonal", counties=("55",), overrides=("presence.days_a_week=2",))
    assert world.kroner.money.prices.visits == 80
    with pytest.raises(ScenarioError, match="asks for visits, which count for nothing"):
        open_world("nasjonal", overrides=("presence.days_a_week=2", "money.visits=20"))


def test_key_whose_figures_are_all_0_is_refused(tmp_path, troms):
    ids = [id_ for id_, _ in plan(troms)]
    table = tmp_path / "hours.csv"
    table.write_text("\n".join(["kommunenummer;hours", *(f"{id_};0" for id_ in ids)]), encoding="utf-8")
    asked = (f"money.table={table}", "money.mix={equal = 0.5, use = 0.5}")
    with pytest.raises(ScenarioError, match='"use" divides by figures that are 0 of each of those who take part'):
        open_world("nasjonal", counties=("55",), overrides=asked)
    with pytest.raises(ScenarioError) as refused:
        open_world("nasjonal", counties=("55",), overrides=("money.key=use",))
    assert len(refused.value.faults) == 1  # that there are no hours, not also that they are 0


def test_why_there_are_no_accounts(troms):
    assert without_accounts(troms, plan(troms)) is None
    assert without_accounts(troms, Grouping.of({"5544": "5544"})) == "incomplete"
    large = tuple(id_ for id_, _ in plan(troms))
    assert without_accounts(troms, plan(troms, large)) is None
    assert without_accounts(with_key(troms, SharingKey.of("shapley")), plan(troms, large)) == "large"
    off = open_world("nasjonal", counties=("55",), overrides=("money.enabled=false",))
    assert without_accounts(off, plan(off)) == "disabled"
    assert document(off, accounts_of(off, plan(off)), None) is None


def test_an_office_too_large_for_its_groups_is_shared_by_the_other_keys(troms):
    everybody = plan(troms, tuple(id_ for id_, _ in plan(troms)))
    found = accounts_of(troms, everybody)
    [account] = found.offices.values()
    assert sum(account.shares.values()) == account.money.ore
    ways = by_keys(found)
    assert sum(ways["need"].values()) == pytest.approx(account.money.cost_kr)
    assert account.least_excess is None
    told = office_kroner(account)
    assert (told.tried, told.groups, told.leaves, told.solved) == (False, (), None, {})
    assert [row["least_excess_kr"] for row in office_rows(found)] == [None]


def test_a_key_is_written_as_on_the_command_line():
    assert key_text(SharingKey.of("need")) == "need"
    assert key_text(SharingKey({"equal": 0.4, "need": 0.6})) == "equal=0.4,need=0.6"
