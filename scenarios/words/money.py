"""Sentences about kroner: money out and work left undone, always told together; who pays, and who would object."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from math import ceil, floor

from maps.told.texts import FTE_DECIMALS, Words, rounded
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.money import UNITS_PER_KRONE
from optimizer.questions.money.account_rows import STATES
from optimizer.questions.money.accounts import OfficeAccount, PlanAccounts
from optimizer.sharing.key_finder import KeyInterval
from optimizer.sharing.keys import SharingKey
from scenarios.words.names import Names

MILLION = 1e6
MOST_DECIMALS = 4
"""Of the ends of an interval, in percent."""


def kroner(words: Words, value: float) -> str:
    """Return "1 234 567 kr"."""
    return words.text("kroner.kr", n=words.number(value))


def millions(words: Words, value: float) -> str:
    """Return "857,9 mill. kr"."""
    return words.text("kroner.millions", n=words.number(value / MILLION, 1))


def cell(words: Words, year: YearlyMoney, *, large: bool = False) -> str:
    """Return money out and work left undone, never one without the other."""
    cash = millions(words, year.cash_kr) if large else kroner(words, year.cash_kr)
    undone = words.text("quantity.fte", n=words.number(year.undone_fte, FTE_DECIMALS))
    return words.text("kroner.cell", cash=cash, undone=undone)


def states_table(words: Words, rows: Mapping[str, ThreeStates], *, large: bool = False) -> list[list[str]]:
    """Return what each would pay and leave undone today, alone and shared."""
    head = ["", *(words.text(f"kroner.{state}") for state in STATES)]
    told = [[name, *(cell(words, getattr(one, state), large=large) for state in STATES)] for name, one in rows.items()]
    return [head, *told]


def change(words: Words, states: ThreeStates, *, large: bool = False) -> str:
    """Return what sharing changes against each alone: money out, work left undone, and both like for like."""
    unit, decimals, written = (MILLION, 1, millions) if large else (1, 0, kroner)
    alone, shared = states.alone, states.shared
    more = {
        "cash": difference(shared.cash_kr / unit, alone.cash_kr / unit, decimals),
        "cost": rounded((shared.cost_kr - alone.cost_kr) / unit, decimals),
    }
    told = {
        name: signed(words, f"kroner.{name}", value, written(words, float(abs(value)) * unit))
        for name, value in more.items()
    }
    fte = difference(shared.undone_fte, alone.undone_fte, FTE_DECIMALS)
    undone = signed(words, "kroner.undone", fte, words.fte(float(abs(fte))))
    return words.text("kroner.change", undone=undone, **told)


def difference(value: float, other: float, decimals: int = 0) -> Decimal:
    """Return what a figure is more than another, both as they are written, so that the reader's sums come out."""
    return rounded(value, decimals) - rounded(other, decimals)


def signed(words: Words, key: str, more: Decimal, written: str) -> str:
    """Return that something is more, less or, as written, the same."""
    if not more:
        return words.text(f"{key}_same")
    return words.text(f"{key}_{'more' if more > 0 else 'less'}", n=written)


def key_name(words: Words, key: SharingKey) -> str:
    """Return what a key is called: "likt", "40 prosent likt og 60 prosent etter innbyggertall"."""
    if len(key.parts) == 1:
        return words.text(f"key.{next(iter(key.parts))}.name")
    return words.listed(
        words.text("kroner.mixed", percent=words.short(100 * share, 2), name=words.text(f"key.{name}.name"))
        for name, share in key.parts.items()
    )


def of_key(words: Words, key: SharingKey, shared_part: str) -> str:
    """Return the key, what it divides, and one sentence for it and one against it."""
    name = next(iter(key.parts)) if len(key.parts) == 1 else "mix"
    return words.text(
        "kroner.key",
        name=key_name(words, key),
        part=words.text(f"kroner.part_{shared_part}"),
        pro=words.text(f"key.{name}.pro"),
        contra=words.text(f"key.{name}.contra"),
    )


def of_years(words: Words, with_grant: Sequence[ThreeStates], without: Sequence[ThreeStates]) -> list[str]:
    """Return what all pay together in the first years, with the grant and without, and in those after."""
    costs = [(one.shared.cost_kr, other.shared.cost_kr) for one, other in zip(with_grant, without, strict=True)]
    told = []
    for pair, group in groupby(enumerate(costs[:-1], 1), key=lambda year: year[1]):
        numbers = [year for year, _ in group]
        granted, plain = (millions(words, cost) for cost in pair)
        key = "kroner.years_same" if granted == plain else "kroner.years_first"
        told.append(words.text(key, first=numbers[0], last=numbers[-1], with_grant=granted, without=plain))
    return [*told, words.text("kroner.years_after", n=millions(words, costs[-1][0]))]


def of_country(words: Words, found: PlanAccounts) -> list[str]:
    """Return what the plan changes for all together, and in how many offices somebody pays more than alone."""
    losing = sum(any(extra(account, id_) > 0 for id_ in account.shares) for account in found.offices.values())
    return [
        change(words, found.country, large=True),
        words.text("kroner.losers", n=words.number(losing), of=words.number(len(found.offices))),
    ]


def of_office(names: Names, account: OfficeAccount) -> list[str]:
    """Return what an office changes, who pays more than alone, and by which keys nobody would."""
    more = {id_: extra(account, id_) for id_ in account.paid_more(account.shares)}
    told = [change(names, account.states)]
    told += [
        names.text("kroner.loser", name=names[id_], n=kroner(names, float(paid))) for id_, paid in more.items() if paid
    ] or [names.text("kroner.nobody_loses")]
    if account.leaving and len(account.leaving[0].members) > 1:
        first = account.leaving[0]
        gain = kroner(names, first.gain / UNITS_PER_KRONE)
        told.append(names.text("kroner.leaving", names=names.all_of(first.members), n=gain))
    return [*told, *of_intervals(names, account)]


def of_intervals(names: Names, account: OfficeAccount) -> list[str]:
    """Return between which parts divided equally nobody objects; without any, who does, and which grant closes it."""
    pays, leaves, closing = account.nobody_pays_more, account.nobody_leaves, account.closing
    if pays is None:
        if closing is None:
            return [names.text("kroner.no_interval_no_grant")]
        grant = kroner(names, ceil(closing.grant / UNITS_PER_KRONE))
        return [names.text("kroner.no_interval", names=names.all_of(closing.members), n=grant)]
    told = [names.text("kroner.interval_pays", **ends(names, pays))]
    if leaves is None:
        return [*told, names.text("kroner.interval_leaves_none")]
    return [*told, names.text("kroner.interval_leaves", **ends(names, leaves))]


def ends(words: Words, interval: KeyInterval) -> dict[str, str]:
    """Return both ends of an interval in percent, rounded inwards so that what is said of it holds."""
    for decimals in range(MOST_DECIMALS + 1):
        scale = 100 * 10**decimals
        low, high = ceil(interval.low * scale), floor(interval.high * scale)
        if low < high:
            break
    else:
        low, high = round(interval.low * scale), round(interval.high * scale)
    return {
        "low": words.short(low / 10**decimals, decimals),
        "high": words.short(high / 10**decimals, decimals),
    }


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
                *(kroner(names, ore / UNITS_PER_KRONE) for ore in (alone[id_], paid)),
                names.text("kroner.kr", n=names.signed(float(extra(account, id_)), 0)),
            ]
            for id_, paid in account.shares.items()
        ),
    ]


def of_run(words: Words, found: PlanAccounts | None) -> list[str]:
    """Return the two lines about a plan: money out and work left undone, in the three states; none without accounts."""
    if found is None:
        return []
    states = {state: getattr(found.country, state) for state in STATES}
    cash = {state: millions(words, one.cash_kr) for state, one in states.items()}
    undone = {state: words.fte(one.undone_fte) for state, one in states.items()}
    return [words.text("kroner.run_cash", **cash), words.text("kroner.run_undone", **undone)]
