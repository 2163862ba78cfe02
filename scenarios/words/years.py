"""What municipalities pay in the years to come, as tables of a text."""

from maps.told.kroner import difference, undone_step
from optimizer.money import UNITS_PER_KRONE
from optimizer.questions.money.accounts import PlanAccounts
from scenarios.words.names import Names
from scenarios.world.further.years import YearsToCome


def drift_table(names: Names, found: PlanAccounts, years: YearsToCome, host: str) -> list[list[str]]:
    """Return what each member pays by the key now, in the first and the last year, and how much more; like for like."""
    paid_in, now = years.drift[host], found.offices[host].shares
    first, last = min(paid_in), max(paid_in)
    some = [first, last] if first < last else [last]
    head = [names.text(f"kroner.{name}") for name in ("like", "key_now")]
    rows = [[*head, *map(str, some), names.text("kroner.more")]]
    for id_, ore in now.items():
        sums = [ore / UNITS_PER_KRONE, *(paid_in[year][id_] / UNITS_PER_KRONE for year in some)]
        more = names.signed(float(difference(sums[-1], sums[0])), 0)
        rows.append([names[id_], *map(names.kroner, sums), names.text("kroner.kr", n=more)])
    return rows


def phase_in_table(names: Names, found: PlanAccounts, years: YearsToCome, host: str) -> list[list[str]]:
    """Return what each member pays out today, and in each year of the phase-in."""
    account, steps, members = found.offices[host], years.phase_in[host], found.members
    share = account.money.cash_kr / account.game.total if account.game.total else 0.0
    numbered = (names.text("kroner.year", n=names.number(year)) for year in range(1, len(steps) + 1))
    heads = ("today", "undone_step")
    today, step = (names.text(f"kroner.{name}") for name in heads)
    rows = [[names.text("kroner.out"), today, *numbered, step]]
    rows += [
        [
            names[id_],
            names.kroner(members[id_].today.cash_kr),
            *(names.kroner(share * paid[id_]) for paid in steps),
            undone_step(names, members[id_]),
        ]
        for id_ in account.game.players
    ]
    return rows
