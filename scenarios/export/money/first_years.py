"""What is paid in the first years of shared offices, with a grant and without, and in the years after."""

from collections.abc import Iterator
from typing import Any

from optimizer.judging.kroner.three_states import YearlyMoney
from optimizer.questions.money.accounts import PlanAccounts
from scenarios.world.build import World


def rows(world: World, found: PlanAccounts) -> Iterator[dict[str, Any]]:
    """Yield what all, each county, each shared office and each municipality pays in each part of the first years.

    The last row of each is that of the years after. Years in which all is the same are one row.
    """
    for level, number, name, shared, starting in payers(world, found):
        last = 0
        for part in found.money.prices.first_years:
            granted, plain = (shared.and_paid(kr * starting) for kr in (part.with_grant_kr, part.without_grant_kr))
            yield {"level": level, "number": number, "name": name} | facts(part.first, part.last, granted, plain)
            last = part.last
        yield {"level": level, "number": number, "name": name} | facts(last + 1, None, shared, shared)


def payers(world: World, found: PlanAccounts) -> Iterator[tuple[str, str, str, YearlyMoney, float]]:
    """Yield who pays, what in the years after the first, and what part of starting an office in those."""
    table, county = world.known, dict(zip(world.problem.ids, world.problem.counties, strict=True))
    county_names = {row["county_number"]: row["county_name_norwegian"] for row in table.values()}
    yield "all", "", "", found.country.shared, found.starting_in(found.members)
    for number, states in found.counties.items():
        inside = [id_ for id_ in found.members if county[id_] == number]
        yield "county", number, county_names[number], states.shared, found.starting_in(inside)
    for host, account in found.offices.items():
        yield "office", host, table[host]["name"], account.states.shared, found.starting_in(account.shares)
    for id_, states in found.members.items():
        yield "municipality", id_, table[id_]["name"], states.shared, found.starting[id_]


def facts(first: int, last: int | None, granted: YearlyMoney, plain: YearlyMoney) -> dict[str, Any]:
    """Return money out, like for like, and what is done and left undone in some years."""
    return {
        "first_year": first,
        "last_year": last,
        "cash_kr": granted.cash_kr,
        "cash_without_grant_kr": plain.cash_kr,
        "posts_fte": plain.posts_fte,
        "undone_fte": plain.undone_fte,
        "cost_kr": granted.cost_kr,
        "cost_without_grant_kr": plain.cost_kr,
    }
