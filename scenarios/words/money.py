"""Sentences about kroner: money out and work left undone, always told together; who pays, and who would object."""

import math
from collections.abc import Mapping
from decimal import Decimal

from maps.told.kroner import (
    both_lines,
    cell,
    change,
    changed,
    difference,
    evenly,
    first_years,
    key_name,
    less_need,
    of_intervals,
    of_lines,
    posts,
    undone,
)
from maps.told.texts import FTE_DECIMALS, Words
from optimizer.judging.evaluation import OfficeRow
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.money import UNITS_PER_KRONE, KronerPrices
from optimizer.questions.money.account_rows import STATES
from optimizer.questions.money.accounts import OfficeAccount, PlanAccounts
from optimizer.questions.money.kroner_difference import (
    KronerChange,
    KronerDifference,
    by_themselves,
    without_member,
)
from optimizer.sharing.keys import SharingKey
from scenarios.words.names import Names
from scenarios.world.accounts import office_kroner
from scenarios.world.leaving import PlanHold

FIRST = 5
"""Better offices that are named."""
TENTH = 100_000 * UNITS_PER_KRONE
"""Of a million kroner, øre: a grant in millions is rounded up to it."""
MOST_OTHERS = 6
"""Municipalities that are named beside the one that is asked about."""


def states_table(words: Words, rows: Mapping[str, ThreeStates], *, large: bool = False) -> list[list[str]]:
    """Return what each would pay and leave undone today, alone and shared, and the planners employed for it."""
    head = ["", *(words.text(f"kroner.{state}") for state in STATES), words.text("kroner.posts_steps")]
    told = [[name, *state_cells(words, one, large=large)] for name, one in rows.items()]
    return [head, *told]


def state_cells(words: Words, states: ThreeStates, *, large: bool) -> list[str]:
    """Return the cells of three states, and last the planners employed in each."""
    years = [getattr(states, state) for state in STATES]
    there = [words.number(year.posts_fte, FTE_DECIMALS) for year in years]
    steps = words.text("kroner.three_steps", **dict(zip(STATES, there, strict=True)))
    return [*(cell(words, year, large=large) for year in years), steps]


def of_key(words: Words, key: SharingKey, shared_part: str) -> str:
    """Return the key, what it divides, and one sentence for it and one against it."""
    name = next(iter(key.parts)) if len(key.parts) == 1 else "mix"
    return words.text(
        "kroner.key",
        name=key_name(words, key.parts),
        part=words.text(f"kroner.part_{shared_part}"),
        pro=words.text(f"key.{name}.pro"),
        contra=words.text(f"key.{name}.contra"),
    )


def of_years(words: Words, found: PlanAccounts) -> list[str]:
    """Return what all pay together in the first years, with the grant and without, and in those after."""
    told, prices, shared = [], found.money.prices, found.country.shared
    starting = found.starting_in(found.members)
    for part in prices.first_years:
        paid = (shared.and_paid(kr * starting) for kr in (part.with_grant_kr, part.without_grant_kr))
        granted, plain = (of_year(words, year) for year in paid)
        key = "kroner.years_same" if part.with_grant_kr == part.without_grant_kr else "kroner.years_first"
        told.append(words.text(key, first=part.first, last=part.last, with_grant=granted, without=plain))
    after = words.text("kroner.years_after", n=of_year(words, shared))
    return [*told, after, *([] if prices.grant_kr else [words.text("penger.no_grant")])]


def years_table(
    words: Words, prices: KronerPrices, rows: Mapping[str, tuple[YearlyMoney, float]], *, large: bool = False
) -> list[list[str]]:
    """Return what each pays and leaves undone in the first years, with the grant and without, and in those after.

    Parameters
    ----------
    words
        Of the reader's language.
    prices
        With what starting an office costs.
    rows
        By name what is paid in the years after, and how many times what starting one office costs is borne.
    large
        Whether sums are in millions.
    """
    after = words.text("penger.years_after")
    years = [[*first_years(words, prices, *row), (after, row[0])] for row in rows.values()]
    told = [["", *(said for said, _ in years[0])]]
    for name, row in zip(rows, years, strict=True):
        told.append([name, *(cell(words, year, large=large) for _, year in row)])
    return told


def of_year(words: Words, year: YearlyMoney) -> str:
    """Return both lines of a year, and like for like, in millions."""
    return words.text("kroner.year_cost", year=cell(words, year, large=True), cost=words.millions(year.cost_kr))


def of_country(words: Words, found: PlanAccounts) -> list[str]:
    """Return what the plan changes for all together, and in how many offices somebody pays more than alone."""
    losing = sum(any(extra(account, id_) > 0 for id_ in account.shares) for account in found.offices.values())
    stayed = YearlyMoney.sum((found.country.shared, found.by_less_need(found.offices)))
    return [
        change(words, found.country, large=True),
        *without_empty(less_need(words, found.problem.fixed_kept, found.country, stayed, large=True)),
        words.text("kroner.losers", n=words.number(losing), of=words.number(len(found.offices))),
    ]


def of_office(names: Names, found: PlanAccounts, host: str) -> list[str]:
    """Return what an office changes, who pays more than alone, and by which keys nobody would."""
    account = found.offices[host]
    more = {id_: extra(account, id_) for id_ in account.paid_more(account.shares)}
    told = [
        change(names, account.states),
        *without_empty(less_need(names, found.problem.fixed_kept, account.states, found.if_need_stayed[host])),
    ]
    losing = [(id_, names.kroner(float(paid))) for id_, paid in more.items() if paid]
    told += [
        f"{names.text('kroner.loser', name=names[id_], n=paid)} {why(names, account, id_)}" for id_, paid in losing
    ]
    if not losing:
        told.append(names.text("kroner.nobody_loses"))
    if account.leaving and len(account.leaving[0].members) > 1:
        first = account.leaving[0]
        gain = names.kroner(first.gain / UNITS_PER_KRONE)
        said = names.text("kroner.leaving", names=names.all_of(first.members), n=gain)
        told.append(f"{said} {both(names, found, by_themselves(found, [first.members]))}")
    turned = {id_: of_lines(names, found.money.prices, found.members[id_]) for id_ in account.game.players}
    told += [names.text("kroner.lines_of", name=names[id_], lines=said) for id_, said in turned.items() if said]
    told += [evenly(names, key) for key in account.evenly if key in account.terms.key.parts]
    return [*told, *of_intervals(names, names.by_id, office_kroner(account))]


def without_empty(*told: str) -> list[str]:
    """Return what is said."""
    return [one for one in told if one]


def why(words: Words, account: OfficeAccount, id_: str) -> str:
    """Return why a member pays more than alone: its place in the office, and its part of the bill."""
    game, people = account.game, account.terms.figures["inhabitants"]
    if game.saving < 0:
        return words.text("penger.dear")
    sizes = [people[one] for one in game.players]
    place = "large" if people[id_] == max(sizes) else "small" if people[id_] == min(sizes) else "middle"
    part = words.percent(account.shares[id_] / game.total, 0)
    of_alone = words.percent(dict(zip(game.players, game.alone, strict=True))[id_] / sum(game.alone), 0)
    return words.text(f"penger.{place}", part=part, of_alone=of_alone)


def extra(account: OfficeAccount, id_: str) -> Decimal:
    """Return how many whole kroner a member pays more than alone, from both sums as they are written."""
    alone = dict(zip(account.game.players, account.game.alone, strict=True))
    return difference(account.shares[id_] / UNITS_PER_KRONE, alone[id_] / UNITS_PER_KRONE)


def shares_table(names: Names, account: OfficeAccount) -> list[list[str]]:
    """Return what each member pays alone and by the key, like for like, and the difference."""
    alone = dict(zip(account.game.players, account.game.alone, strict=True))
    head = [names.text(f"kroner.{name}") for name in ("like", "pays_alone", "pays", "more")]
    return [
        head,
        *(
            [
                names[id_],
                *(names.kroner(ore / UNITS_PER_KRONE) for ore in (alone[id_], paid)),
                names.text("kroner.kr", n=names.signed(float(extra(account, id_)), 0)),
            ]
            for id_, paid in account.shares.items()
        ),
    ]


def of_run(words: Words, found: PlanAccounts | None, hold: PlanHold | None) -> list[str]:
    """Return the lines about a plan: money out and work left undone, in the three states, and the grant that holds it.

    None without accounts; none about the grant where it is not known.
    """
    if found is None:
        return []
    states = {state: getattr(found.country, state) for state in STATES}
    cash = {state: words.millions(one.cash_kr) for state, one in states.items()}
    left = {state: undone(words, one) for state, one in states.items()}
    there = {state: posts(words, one) for state, one in states.items()}
    told = [
        words.text(f"kroner.run_{name}", **said) for name, said in (("cash", cash), ("posts", there), ("undone", left))
    ]
    if hold is None or hold.grant is None:
        return told
    return [
        *told,
        words.text("kroner.run_hold", n=words.millions(math.ceil(hold.grant.enough / TENTH) * TENTH / UNITS_PER_KRONE)),
    ]


def both(words: Words, found: PlanAccounts, what: KronerChange) -> str:
    """Return what changes in money out and in work left undone, which what is like for like is never told without."""
    return both_lines(words, found.money.prices, what.before, what.after)


def of_hold(names: Names, found: PlanAccounts, hold: PlanHold | None) -> list[str]:
    """Return which grant holds a plan, and who would pay less in an office of their own, the largest gains first."""
    if hold is None or hold.grant is None:
        return [names.text("kroner.hold_unknown")]
    # In whole kroner, rounded up: a grant that was rounded to the nearest would not hold the plan.
    least, enough = (names.kroner(math.ceil(ore / UNITS_PER_KRONE)) for ore in (hold.grant.least, hold.grant.enough))
    needed = "" if least == enough else "_between"
    told = [names.text(f"kroner.grant{needed if hold.grant.enough else '_none'}", n=enough, least=least)]
    if hold.office is not None:
        least, most = (names.kroner(math.ceil(ore / UNITS_PER_KRONE)) for ore in (hold.office.least, hold.office.most))
        told.append(names.text(f"kroner.office_grant{'' if least == most else '_between'}", least=least, most=most))
    told.append(names.text("kroner.better" if hold.better else "kroner.better_none", n=names.number(len(hold.better))))
    for one in hold.better[:FIRST]:
        key = "kroner.better_one" if len(one.members) == 1 else "kroner.better_many"
        said = names.text(key, names=names.all_of(one.members), n=names.kroner(one.gain / UNITS_PER_KRONE))
        told.append(f"{said} {both(names, found, by_themselves(found, [one.members]))}")
    return told


def of_difference(names: Names, found: KronerDifference, offices: tuple[OfficeRow, OfficeRow]) -> list[str]:
    """Return what another plan changes in kroner: for all together, for the office, for the municipality, for others.

    Parameters
    ----------
    names
        Of the municipalities.
    found
        What it changes.
    offices
        That of the municipality in the plan that is explained, and in the other.
    """
    others = {
        id_: more
        for id_, one in found.members.items()
        if id_ != found.municipality and (more := difference(one.after.cost_kr, one.before.cost_kr))
    }
    told = [
        names.text("kroner.other", name=names[id_], **changed(names, change.before, change.after))
        for id_ in sorted(others, key=lambda one: (-abs(others[one]), one))
        if (change := found.members[id_])
    ]
    return [
        names.text("kroner.option", **changed(names, found.together.before, found.together.after)),
        *([of_offices(names, found, offices)] if all(office.is_shared for office in offices) else []),
        names.text("kroner.option_own", name=names[found.municipality], **two_years(names, found.own)),
        *([names.text("kroner.option_others", others=names.listed(told, MOST_OTHERS))] if told else []),
    ]


def of_offices(names: Names, found: KronerDifference, offices: tuple[OfficeRow, OfficeRow]) -> str:
    """Return what the office of a municipality costs in each of two plans, and how many share it."""
    before, after = (names.text("kroner.office_of", name=names[office.host]) for office in offices)
    many = [names.count("municipalities", len(office.members)) for office in offices]
    values = {"after": after, "after_n": many[1], "before": before, "before_n": many[0]}
    return names.sentence("kroner.option_office", **values, **two_years(names, found.office))


def two_years(words: Words, found: KronerChange) -> dict[str, str]:
    """Return money out, work left undone and like for like, before and after."""
    return {
        "after_year": cell(words, found.after),
        "after_kr": words.kroner(found.after.cost_kr),
        "before_year": cell(words, found.before),
        "before_kr": words.kroner(found.before.cost_kr),
    }


def of_departures(names: Names, found: PlanAccounts, host: str) -> str:
    """Return whose leaving costs the others of an office most in kroner; nothing in an office too large to try it."""
    account = found.offices[host]
    if not account.groups_tried:
        return ""
    leaver, more = max(account.if_left.items(), key=lambda one: (one[1], one[0]))
    key = "kroner.if_left" if more > 0 else "kroner.if_left_nothing"
    said = names.text(key, name=names[leaver], n=names.kroner(more / UNITS_PER_KRONE))
    return f"{said} {both(names, found, without_member(found, host, leaver))}" if more > 0 else said
