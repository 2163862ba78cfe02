"""Games of offices: which subgroups could be offices, and the rules that look at them."""

from dataclasses import replace

import pytest
from cases import changed, line
from frozen import figures, flat_money, games, national, offices, table

from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money
from optimizer.sharing.core import Leaving, is_stable
from optimizer.sharing.keys import SharingKey

PRICES = KronerPrices(fte_kr=1_000_000, office_kr=100_000, member_kr=0, visits=0)


def of_line(n: int = 3, **changes: object) -> OfficeGames:
    """Return the games of municipalities along a road, each of which may recruit with a neighbour."""
    return OfficeGames(line(n, **changes), Money.flat(replace(PRICES, hire_from_fte=2.0), n))


def coalitions(game: object) -> list[str]:
    """Return the coalitions of a game, as words."""
    return ["".join(game.members(coalition)) for coalition in game.costs]


def test_subgroups_are_those_that_could_be_offices():
    assert coalitions(of_line().of("b", ("a", "b", "c"))) == ["a", "b", "ab", "c", "bc", "abc"]
    assert coalitions(of_line(max_minutes=5.0).of("b", ("a", "b", "c"))) == ["a", "b", "c", "abc"]
    assert coalitions(of_line(may_host=[True, False, False]).of("b", ("a", "b", "c"))) == ["a", "b", "ab", "c", "abc"]
    assert coalitions(of_line(apart=(frozenset("ab"),)).of("b", ("a", "b", "c"))) == ["a", "b", "c", "bc", "abc"]
    assert coalitions(of_line(together=(frozenset("ac"),)).of("b", ("a", "b", "c"))) == ["a", "b", "c", "abc"]
    assert coalitions(of_line(fixed={"c": "c"}).of("b", ("a", "b", "c"))) == ["a", "b", "ab", "c", "bc", "abc"]
    assert coalitions(of_line(must_host=frozenset("a")).of("b", ("a", "b", "c"))) == ["a", "b", "ab", "c", "bc", "abc"]


def test_subgroup_has_its_cheapest_host_and_the_office_its_own():
    """A journey of b to a costs as much as back, but c pays less for an årsverk."""
    games_ = OfficeGames(
        line(3), Money(PRICES, Money.by_tax(PRICES, [0.1, 0.1, 0.0]).fte_kr, Money.flat(PRICES, 3).alone_kr)
    )
    game = games_.of("a", ("a", "b", "c"))
    assert game.costs[0b110] == games_.cost("c", ("b", "c")) < games_.cost("b", ("b", "c"))
    assert game.total == games_.cost("a", ("a", "b", "c")) > games_.cost("c", ("a", "b", "c"))


def test_worse_off_by_inhabitants_is_the_largest():
    games_ = of_line()
    by_size = {"inhabitants": {"a": 1.0, "b": 1.0, "c": 8.0}}
    worse = games_.worse_off(("b", ("a", "b", "c")), SharingKey.of("inhabitants"), by_size)
    game = games_.of("b", ("a", "b", "c"))
    assert worse == (Leaving(("c",), round(0.8 * game.total) - game.alone[2]),)
    assert games_.worse_off(("b", ("a", "b", "c")), SharingKey.of("equal_gain"), {}) == ()
    assert games_.is_stable("b", ("a", "b", "c"))


def test_worse_off_where_each_pays_its_own_planners():
    """All own parts are the same here: what is left is shared as the whole was, so nobody is worse off."""
    games_ = of_line()
    own = dict.fromkeys("abc", 100_000_000)
    assert games_.worse_off(("b", ("a", "b", "c")), SharingKey.of("equal"), {}, own) == ()
    heavy = games_.worse_off(("b", ("a", "b", "c")), SharingKey.of("equal"), {}, own | {"a": 250_000_000})
    assert [one.members for one in heavy] == [("a",)]


def test_an_office_that_only_costs_is_not_stable():
    dear = OfficeGames(line(2), Money.flat(replace(PRICES, office_kr=9_000_000), 2))
    assert not dear.is_stable("a", ("a", "b"))
    assert dear.is_stable("a", ("a",))


@pytest.mark.parametrize(
    ("prices", "year", "empty"), [({}, 9, 2), ({"hired_share": 0.0}, 9, 5), ({}, 1, 10), ({"bought_share": 0.1}, 9, 2)]
)
def test_empty_cores_of_the_national_plan(prices, year, empty):
    """With the defaults, with nobody hired, with the start counted; what is really bought does not matter."""
    made = OfficeGames(national(), flat_money(**prices).in_year(year))
    assert sum(not made.is_stable(host, members) for host, members in offices().items()) == empty


def test_prices_by_employer_tax():
    """Four more cores are empty, and ten offices would be cheaper at another host."""
    rates = {row["kommunenummer"]: float(row["percent"]) / 100 for row in table("tax-zones")}
    made = OfficeGames(national(), Money.by_tax(KronerPrices(), [rates[id_] for id_ in national().ids]))
    assert sum(not made.is_stable(host, members) for host, members in offices().items()) == 6
    elsewhere = sum(made.cheapest(members) < made.cost(host, members) for host, members in offices().items())
    assert elsewhere == 10
    crossing = sum(len({rates[id_] for id_ in members}) > 1 for members in offices().values())
    assert crossing == 23


def test_offices_that_break_the_rules_in_the_national_plan():
    names = {national().names[national().index[host]] for host, game in games().items() if not is_stable(game)}
    assert names == {"Gulen", "Karasjok"}
    made = OfficeGames(national(), flat_money())
    worse = sum(
        bool(made.worse_off((host, members), SharingKey.of("inhabitants"), figures()))
        for host, members in offices().items()
    )
    assert worse == 70


def test_held_office_is_not_taken_apart():
    problem = changed(line(3), held={"b": frozenset("ab")})
    made = OfficeGames(problem, Money.flat(PRICES, 3))
    assert coalitions(made.of("b", ("a", "b"))) == ["a", "b", "ab"]
    assert made.cheapest(("b", "c")) is None


def test_held_office_need_not_be_connected():
    problem = changed(line(3), held={"a": frozenset("ac")})
    assert OfficeGames(problem, Money.flat(PRICES, 3)).cheapest(("a", "c")) is not None
