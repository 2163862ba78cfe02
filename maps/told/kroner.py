"""A plan in kroner as pages tell it: facts that were computed where the prices are known, and the words for them.

Money out and work left undone are always told together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

import numpy as np

from maps.told.texts import FTE_DECIMALS, MILLION, MILLION_DECIMALS, Words, rounded
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney
from optimizer.money import UNITS_PER_KRONE, KronerPrices, Money
from optimizer.problem import Problem

MOST_DECIMALS: Final = 4
"""Of the ends of an interval, in percent."""


@dataclass(frozen=True)
class Interval:
    """Parts of a cost that may be divided equally, from 0 to 1, exactly."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class OfficeKroner:
    """Who objects in a shared office, and what takes a solver to know.

    Parameters
    ----------
    cost_kr, cash_kr
        What it costs a year, and money out.
    members
        Ids, in order.
    groups
        What each subgroup of two or more that could be an office would pay: its members as bits, and whole øre.
    tried
        Whether subgroups were tried at all; there are too many of them in a large office.
    solved
        What each member pays by keys that take more than proportions, whole øre in the order of the members.
    pays, leaves
        Parts divided equally, the rest by inhabitants, at which nobody pays more than alone, and at which no subgroup
        would pay less by itself; ``None`` if there are none.
    grant_kr, hinder
        The smallest yearly grant that closes it where nobody can be content, and the members that hinder it; ``None``
        if no grant does.
    evenly
        Keys whose figures are 0 of every member, so that they divide equally.
    """

    cost_kr: float
    cash_kr: float
    members: tuple[str, ...]
    groups: tuple[tuple[int, int], ...]
    tried: bool
    solved: Mapping[str, Sequence[int]]
    pays: Interval | None
    leaves: Interval | None
    grant_kr: float | None
    hinder: tuple[str, ...]
    evenly: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class PossibleOffices:
    """Every group that could be an office, and what offices can ask without one that would leave; whole øre a year.

    Parameters
    ----------
    groups, costs
        Ids of the members of each, in order, and what it costs at its cheapest host.
    proved, most
        Prices that none of them refuses sum to this in all, and none sum to more than that.
    """

    groups: Sequence[tuple[str, ...]]
    costs: Sequence[int]
    proved: int
    most: int


@dataclass(frozen=True, eq=False)
class KronerFacts:
    """A plan in kroner.

    Parameters
    ----------
    money
        Prices, in the order of the problem's ids.
    key
        By which costs are shared: parts by name.
    shared_part
        ``all`` or ``common``: whether each pays the planners that it employs.
    hours
        Of planning that each uses, as far as they are known.
    offices
        The shared ones, by host.
    members
        The three states of each municipality, by the key.
    ways
        What each pays by the keys that are told, kroner.
    possible
        Every group that could be an office; ``None`` if they are too many, or nobody asked.
    several_zones
        Zones of the employer tax by number where a municipality has more than one, that which counts first.
    starting
        How much each municipality bears of what starting one office costs, 0 to 1.
    if_need_stayed
        What each shared office would pay if sharing made no need of planners fall, by host.
    drift, phase_in
        What each pays by the plan's key in the years of a projection, by host and year, and in each year of a phase-in,
        by host; whole øre, like for like; empty where nobody asks.
    """

    money: Money
    key: Mapping[str, float]
    shared_part: str
    hours: Mapping[str, float]
    offices: Mapping[str, OfficeKroner]
    members: Mapping[str, ThreeStates]
    ways: Mapping[str, Mapping[str, float]]
    possible: PossibleOffices | None = None
    several_zones: Mapping[str, str] = field(default_factory=dict)
    starting: Mapping[str, float] = field(default_factory=dict)
    if_need_stayed: Mapping[str, YearlyMoney] = field(default_factory=dict)
    drift: Mapping[str, Mapping[int, Mapping[str, int]]] = field(default_factory=dict)
    phase_in: Mapping[str, Sequence[Mapping[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class YearsRow:
    """What a municipality pays in the years to come.

    Parameters
    ----------
    id, host
        Numbers.
    sums
        As written, the columns of the table.
    """

    id: str
    host: str
    sums: tuple[str, ...]


def drift_years(kroner: KronerFacts) -> list[int]:
    """Return the years of the projection, in order."""
    return sorted({year for by_year in kroner.drift.values() for year in by_year})


def drift_rows(words: Words, kroner: KronerFacts) -> list[YearsRow]:
    """Return what each pays by the plan's key now, in each year of the projection, and how much more in the last."""
    rows = []
    for host, by_year in kroner.drift.items():
        for id_ in kroner.offices[host].members:
            now = kroner.members[id_].shared.cost_kr
            sums = [now, *(by_year[year][id_] / UNITS_PER_KRONE for year in sorted(by_year))]
            more = words.text("kroner.kr", n=words.signed(float(difference(sums[-1], now)), 0))
            rows.append(YearsRow(id_, host, (*map(words.kroner, sums), more)))
    return rows


def undone_step(words: Words, states: ThreeStates) -> str:
    """Return the work left undone today, and shared: that follows the need, whoever pays."""
    before, after = (words.number(year.undone_fte, FTE_DECIMALS) for year in (states.today, states.shared))
    return words.text("paper.step", before=before, after=after)


def phase_in_rows(words: Words, kroner: KronerFacts) -> list[YearsRow]:
    """Return the money that each pays out today, and in each year of the phase-in; and the work left undone."""
    rows = []
    for host, steps in kroner.phase_in.items():
        office = kroner.offices[host]
        part = office.cash_kr / office.cost_kr if office.cost_kr else 0.0
        for id_ in office.members:
            paid = (part * step[id_] / UNITS_PER_KRONE for step in steps)
            states = kroner.members[id_]
            sums = map(words.kroner, (states.today.cash_kr, *paid))
            rows.append(YearsRow(id_, host, (*sums, undone_step(words, states))))
    return rows


def first_years(
    words: Words, prices: KronerPrices, shared: YearlyMoney, starting: float
) -> list[tuple[str, YearlyMoney]]:
    """Return the parts of the first years in words, each with what is paid then, with the grant and without.

    Parameters
    ----------
    words
        Of the reader's language.
    prices
        With what starting an office costs.
    shared
        What is paid in the years after.
    starting
        How many times what starting one office costs is borne.
    """
    found = []
    for part in prices.first_years:
        ends = [words.number(year) for year in sorted({part.first, part.last})]
        ways = [("granted", part.with_grant_kr), ("plain", part.without_grant_kr)]
        for name, kr in ways if prices.grant_kr else [("first", part.without_grant_kr)]:
            said = words.text(f"penger.years_{name}", years="\N{EN DASH}".join(ends))
            found.append((said, shared.and_paid(kr * starting)))
    return found


def of_places(words: Words, money: Money, several: Sequence[str]) -> str:
    """Return at whose price planners are counted where an årsverk does not cost the same everywhere; else nothing.

    Parameters
    ----------
    words
        Of the reader's language.
    money
        Prices.
    several
        Who has more than one zone of the employer tax, and which.
    """
    told = [words.text("kroner.zones", names=words.listed(several))] if several else []
    return " ".join([*([words.text("kroner.places")] if np.ptp(money.fte_kr) else []), *told])


def of_road(words: Words, problem: Problem) -> str:
    """Return how kroner count the time on the road of days at each town hall; nothing without such days."""
    return words.text("kroner.road") if problem.road_fte_per_minute else ""


def cell(words: Words, year: YearlyMoney, *, large: bool = False) -> str:
    """Return money out and work left undone, never one without the other."""
    cash = words.millions(year.cash_kr) if large else words.kroner(year.cash_kr)
    return words.text("kroner.cell", cash=cash, undone=undone(words, year))


def undone(words: Words, year: YearlyMoney) -> str:
    """Return the work left undone as in a table: "126,40 årsverk"."""
    return undone_fte(words, year.undone_fte)


def posts(words: Words, year: YearlyMoney) -> str:
    """Return the planners employed, as the work left undone is written."""
    return undone_fte(words, year.posts_fte)


def undone_fte(words: Words, fte: float) -> str:
    """Return årsverk with as many decimals in sentences as in tables, for they stand beside one another."""
    return words.text("quantity.fte", n=words.number(fte, FTE_DECIMALS))


def change(words: Words, states: ThreeStates, *, large: bool = False) -> str:
    """Return what sharing changes against each alone: money out, work left undone, and both like for like."""
    return words.text("kroner.change", **changed(words, states.alone, states.shared, large=large))


def less_need(words: Words, kept: float, states: ThreeStates, stayed: YearlyMoney, *, large: bool = False) -> str:
    """Return how much rests on the assumption that sharing makes the need of planners fall; nothing if it does not.

    Parameters
    ----------
    words
        Of the reader's language.
    kept
        Part of the fixed need that stays for each further member.
    states
        What is told.
    stayed
        What sharing would be if no need fell.
    large
        Whether sums are in millions.
    """
    if kept == 1:
        return ""
    told = changed(words, states.shared, stayed, large=large)
    cost, gain = (changed(words, states.alone, one, large=large)["cost"] for one in (stayed, states.shared))
    part = (words.millions if large else words.kroner)(stayed.cost_kr - states.shared.cost_kr)
    return words.text("kroner.less_need", lost=words.percent(1 - kept), part=part, gain=gain, **told | {"cost": cost})


def of_lines(words: Words, prices: KronerPrices, states: ThreeStates) -> str:
    """Return what the two lines of a member say by themselves, where that is the opposite of like for like."""
    if not states.lines_turn(prices.bought_kr):
        return ""
    more = words.signed(-states.lines_gain_kr(prices.bought_kr), 0)
    return words.text("kroner.lines", n=words.text("kroner.kr", n=more))


def both_lines(words: Words, prices: KronerPrices, before: YearlyMoney, after: YearlyMoney) -> str:
    """Return what changes for a group in its two lines, and what they make where that is not the sum like for like."""
    more = after - before
    lines = more.lines_kr(prices.bought_kr)
    said = words.text("kroner.both", **changed(words, before, after))
    if abs(lines - more.cost_kr) < 1:
        return said
    return f"{said} {words.text('kroner.lines_group', n=words.text('kroner.kr', n=words.signed(lines, 0)))}"


def changed(words: Words, before: YearlyMoney, after: YearlyMoney, *, large: bool = False) -> dict[str, str]:
    """Return by how much money out, work left undone and both like for like change from one year to another."""
    unit, decimals, written = (MILLION, MILLION_DECIMALS, words.millions) if large else (1, 0, words.kroner)
    more = difference(after.cash_kr / unit, before.cash_kr / unit, decimals)
    # In whole kroner it stands beside both sums, in millions by itself.
    cost = rounded(after.cost_kr - before.cost_kr, 0) if large else difference(after.cost_kr, before.cost_kr)
    kroner = {"cash": float(abs(more)) * unit, "cost": float(abs(cost))}
    told = {
        name: signed(words, f"kroner.{name}", value, written(kroner[name]))
        for name, value in (("cash", more), ("cost", cost))
    }
    fte = difference(after.undone_fte, before.undone_fte, FTE_DECIMALS)
    return {**told, "undone": signed(words, "kroner.undone", fte, undone_fte(words, float(abs(fte))))}


def change_cells(words: Words, before: YearlyMoney, after: YearlyMoney) -> tuple[str, str]:
    """Return by how much money out and work left undone change, with their signs, as two cells of a table."""
    cash = float(difference(after.cash_kr, before.cash_kr))
    fte = float(difference(after.undone_fte, before.undone_fte, FTE_DECIMALS))
    return (
        words.text("kroner.kr", n=words.signed(cash, 0)),
        words.text("quantity.fte", n=words.signed(fte, FTE_DECIMALS)),
    )


def difference(value: float, other: float, decimals: int = 0) -> Decimal:
    """Return what a figure is more than another, both as they are written, so that the reader's sums come out."""
    return rounded(value, decimals) - rounded(other, decimals)


def signed(words: Words, key: str, more: Decimal, written: str) -> str:
    """Return that something is more, less or, as written, the same."""
    if not more:
        return words.text(f"{key}_same")
    return words.text(f"{key}_{'more' if more > 0 else 'less'}", n=written)


def key_name(words: Words, parts: Mapping[str, float]) -> str:
    """Return what a key is called: "likt", "40 prosent likt og 60 prosent etter innbyggertall"."""
    if len(parts) == 1:
        return words.text(f"key.{next(iter(parts))}.name")
    return words.listed(
        words.text("kroner.mixed", percent=words.short(100 * share, 2), name=words.text(f"key.{name}.name"))
        for name, share in parts.items()
    )


def evenly(words: Words, key: str) -> str:
    """Return that a key divides equally in an office whose figures for it are all 0."""
    return words.text("kroner.evenly", name=words.text(f"key.{key}.name"))


def of_intervals(words: Words, names: Mapping[str, str], office: OfficeKroner) -> list[str]:
    """Return between which parts divided equally nobody objects; without any, who does, and which grant closes it."""
    if office.pays is None:
        if office.grant_kr is None:
            return [words.text("kroner.no_interval_no_grant")]
        who = words.listed(names[id_] for id_ in office.hinder)
        return [words.text("kroner.no_interval", names=who, n=words.kroner(office.grant_kr))]
    told = [words.text("kroner.interval_pays", **ends(words, office.pays))]
    if not office.tried:
        return [*told, words.text("kroner.interval_untried")]
    if office.leaves is None:
        return [*told, words.text("kroner.interval_leaves_none")]
    return [*told, words.text("kroner.interval_leaves", **ends(words, office.leaves))]


def ends(words: Words, interval: Interval) -> dict[str, str]:
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
