"""The page of kroner of a sheet: what a municipality or an office pays by which key, what it gets, and who loses."""

import math
from dataclasses import dataclass
from typing import Final

from maps.told.kroner import (
    KronerFacts,
    OfficeKroner,
    both_lines,
    change,
    difference,
    evenly,
    first_years,
    key_name,
    less_need,
    of_intervals,
    of_lines,
    of_places,
    of_road,
    posts,
    undone,
    undone_fte,
)
from maps.told.plan import Member, Office
from maps.told.texts import FTE_DECIMALS, Words
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney, group_year
from optimizer.money import UNITS_PER_KRONE
from optimizer.problem import Problem

OTHERS: Final = ("inhabitants", "need", "equal")
"""Keys that stand beside that of the plan, the first two that are not it."""
KEYS_SHOWN: Final = 3


@dataclass(frozen=True)
class KeyLine:
    """What a key means for somebody.

    Parameters
    ----------
    name
        Of the key, in words.
    cash
        Money out of a municipality.
    cash_more, more
        What it pays out more than alone, and bears more like for like.
    losers
        Who in the office would pay more than alone, and how much.
    """

    name: str
    cash: str
    cash_more: str
    more: str
    losers: str


class SheetKroner:
    """What the template of the page of kroner asks for.

    Parameters
    ----------
    words
        The texts of the sheet's language.
    problem
        Planners and need.
    kroner
        The plan in kroner.
    office, me
        The office, and the municipality if the sheet is about one.
    """

    def __init__(
        self, words: Words, problem: Problem, kroner: KronerFacts, office: Office, me: Member | None = None
    ) -> None:
        self.words, self.problem, self.kroner, self.office, self.me = words, problem, kroner, office, me
        self.labels = {member.id: member.label for member in office.members}
        self.sharing: OfficeKroner | None = kroner.offices.get(office.host.id)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The keys that are shown, by the name among the ways to pay, with their names in words; the plan's first."""
        own = list(self.kroner.key) if len(self.kroner.key) == 1 else [""]
        others = [name for name in OTHERS if name not in own]
        first = self.words.text("paper.key_own", name=key_name(self.words, self.kroner.key))
        rest = [(name, self.words.text(f"key.{name}.name")) for name in others[: KEYS_SHOWN - 1]]
        return [("", first), *rest]

    def paid(self, id_: str, key: str) -> float:
        """Return what a member pays by a key, like for like; by that of the plan if it is empty."""
        return self.kroner.ways[key][id_] if key else self.kroner.members[id_].shared.cost_kr

    def more(self, id_: str, key: str) -> int:
        """Return how many kroner a member pays more than alone, as written."""
        return int(difference(self.paid(id_, key), self.kroner.members[id_].alone.cost_kr))

    def cash_kr(self, id_: str, key: str) -> float:
        """Return money out of a member by a key."""
        if self.sharing is None:
            return self.kroner.members[id_].alone.cash_kr
        if not key:
            return self.kroner.members[id_].shared.cash_kr
        part = self.sharing.cash_kr / self.sharing.cost_kr if self.sharing.cost_kr else 0.0
        return self.paid(id_, key) * part

    def cash(self, id_: str, key: str) -> str:
        """Return money out of a member by a key, as written."""
        return self.words.kroner(self.cash_kr(id_, key))

    def cash_more(self, id_: str, key: str) -> str:
        """Return what a member pays out more than alone, with its sign."""
        return self.signed(float(difference(self.cash_kr(id_, key), self.kroner.members[id_].alone.cash_kr)))

    def signed(self, more: float) -> str:
        """Return a difference in kroner with its sign."""
        return self.words.text("kroner.kr", n=self.words.signed(more, 0))

    def losers(self, key: str) -> str:
        """Return who in the office would pay more than alone by a key."""
        more = {id_: self.more(id_, key) for id_ in self.labels}
        told = [
            f"{self.labels[id_]} ({self.signed(kr)})"
            for id_, kr in sorted(more.items(), key=lambda one: -one[1])
            if kr > 0
        ]
        return self.words.listed(told) or self.words.text("paper.nobody")

    def lines(self, id_: str) -> list[KeyLine]:
        """Return what each of the keys means for a member."""
        return [
            KeyLine(
                name,
                self.cash(id_, key),
                self.cash_more(id_, key),
                self.signed(self.more(id_, key)),
                self.losers(key),
            )
            for key, name in self.keys
        ]

    @property
    def lost(self) -> list[str]:
        """How many in the office would bear more than alone by each key, and how much together."""
        found = []
        for key, _ in self.keys:
            more = [kr for id_ in self.labels if (kr := self.more(id_, key)) > 0]
            many = self.words.count("municipalities", len(more))
            together = self.words.text("paper.lost", n=many, kr=self.words.kroner(sum(more)))
            found.append(together if more else self.words.text("paper.nobody"))
        return found

    @property
    def states(self) -> list[tuple[str, YearlyMoney]]:
        """The states of the municipality, or of the whole office; no third where it stands alone."""
        some = [self.kroner.members[id_] for id_ in ([self.me.id] if self.me else self.labels)]
        three = type(some[0]).sum(some)
        found = [("today", three.today), ("alone", three.alone), ("shared", three.shared)]
        return found if self.sharing is not None else found[:2]

    @property
    def years(self) -> list[tuple[str, YearlyMoney]]:
        """The states in words, and after them the years of the start; without these if nothing starts."""
        told = [(self.words.text(f"penger.{name}"), year) for name, year in self.states]
        starting = math.fsum(self.kroner.starting.get(id_, 0.0) for id_ in ([self.me.id] if self.me else self.labels))
        if not starting:
            return told
        first = first_years(self.words, self.kroner.money.prices, dict(self.states)["shared"], starting)
        return told + [(self.words.text("paper.shared_years", years=years), year) for years, year in first]

    def step(self, before: float, after: float) -> str:
        """Return årsverk before and after, as numbers."""
        written = (self.words.number(fte, FTE_DECIMALS) for fte in (before, after))
        return self.words.text("paper.step", **dict(zip(("before", "after"), written, strict=True)))

    def posts(self, year: YearlyMoney) -> str:
        """Return the planners employed, new posts included."""
        return posts(self.words, year)

    def undone(self, year: YearlyMoney) -> str:
        """Return the work left undone."""
        return undone(self.words, year)

    @property
    def sentence(self) -> str:
        """What the municipality, or the office, pays and gets, in a sentence."""
        states = dict(self.states)
        cash = {name: self.words.kroner(year.cash_kr) for name, year in states.items()}
        left = {f"{name}_undone": undone(self.words, year) for name, year in states.items()}
        left |= {f"{name}_posts": posts(self.words, year) for name, year in states.items()}
        name = self.me.label if self.me else self.words.text("paper.office", host=self.office.host.label)
        same = states["today"].same_as(states["alone"])
        kind = ("pays" if self.sharing else "pays_alone") + ("_same" if same else "")
        form = f"paper.{kind}" if self.me else f"paper.office_{kind}"
        bought = {f"{name}_bought": self.bought(year) for name, year in states.items()}
        return self.words.text(form, name=name, **cash, **left, **bought)

    def bought(self, year: YearlyMoney) -> str:
        """Return the work that is bought."""
        return undone_fte(self.words, year.bought_fte)

    @property
    def undone_by_keys(self) -> str:
        """What is left undone of the municipality's work, alone and shared, whatever the key."""
        states = {name: undone(self.words, year) for name, year in self.states}
        return self.words.text("paper.undone_by_keys", **states)

    @property
    def change(self) -> str:
        """What sharing changes against each alone."""
        some = [self.kroner.members[id_] for id_ in ([self.me.id] if self.me else self.labels)]
        return change(self.words, type(some[0]).sum(some))

    @property
    def leaving(self) -> str:
        """Which group would gain most a member by an office of its own, by the key, in both lines; or nothing."""
        if self.sharing is None:
            return ""
        members = self.sharing.members
        paid = [round(self.paid(id_, "") * UNITS_PER_KRONE) for id_ in members]
        found = list[tuple[float, int, tuple[str, ...], int]]()
        for bits, cost in self.sharing.groups:
            inside = [k for k in range(len(members)) if bits >> k & 1]
            gain = sum(paid[k] for k in inside) - cost
            if gain >= len(inside):  # less than an øre each may come from rounding
                found.append((gain / len(inside), gain, tuple(members[k] for k in inside), cost))
        if not found:
            return ""
        _, gain, group, cost = max(found, key=lambda one: one[0])
        names = self.words.listed(self.labels[id_] for id_ in group)
        before = YearlyMoney.sum(self.kroner.members[id_].shared for id_ in group)
        after = group_year(self.problem, self.kroner.money, group, cost)
        said = self.words.text("kroner.leaving", names=names, n=self.words.kroner(gain / UNITS_PER_KRONE))
        return f"{said} {both_lines(self.words, self.kroner.money.prices, before, after)}"

    @property
    def less_need(self) -> str:
        """How much of what the office changes rests on its need falling; of the whole office, also for a member."""
        if self.sharing is None:
            return ""
        three = ThreeStates.sum(self.kroner.members[id_] for id_ in self.labels)
        stayed = self.kroner.if_need_stayed[self.office.host.id]
        said = less_need(self.words, self.problem.fixed_kept, three, stayed)
        return self.words.text("paper.for_office", said=said) if self.me and said else said

    def lines_turned(self, id_: str) -> str:
        """Return what the two lines of a member say, where that is the opposite of like for like."""
        return "" if self.sharing is None else of_lines(self.words, self.kroner.money.prices, self.kroner.members[id_])

    @property
    def evenly(self) -> list[str]:
        """Keys that divide equally here, as their figures are all 0."""
        shown = {*self.kroner.key, *OTHERS}
        return [] if self.sharing is None else [evenly(self.words, key) for key in self.sharing.evenly if key in shown]

    @property
    def places(self) -> str:
        """At whose price planners are counted where it differs, and how time on the road is."""
        return " ".join(filter(None, (of_places(self.words, self.kroner.money, ()), of_road(self.words, self.problem))))

    @property
    def intervals(self) -> list[str]:
        """Between which parts divided equally nobody objects."""
        return [] if self.sharing is None else of_intervals(self.words, self.labels, self.sharing)
