"""In which order offices start, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from maps.told.kroner import change_cells, changed
from maps.told.people.plan_words import PlanWords
from maps.told.texts import FTE_DECIMALS
from optimizer.judging.kroner.three_states import ThreeStates

NAMED: Final = 12
"""Offices named in a line; of more, the number."""


@dataclass(frozen=True)
class StartRow:
    """When one office starts.

    Parameters
    ----------
    host
        Of the office.
    year
        1 for the first; ``None`` if it does not start.
    states
        Today, alone and shared, in a year after its start.
    per_krone
        What it costs less a year than its members each alone, like for like, for each krone of its start; ``None``
        where a start costs nothing.
    """

    host: str
    year: int | None
    states: ThreeStates
    per_krone: float | None

    @property
    def gain_kr(self) -> float:
        """What it costs less a year than its members each alone, like for like; negative if more."""
        return self.states.gain_kr


@dataclass(frozen=True)
class OrderPlan:
    """In which order the offices of a plan start.

    Parameters
    ----------
    rows
        By year, in each those that gain most first; those that do not start last.
    members
        Of each office, by host.
    limits
        What was asked: ``years``, ``starts``, ``a_county``, ``budget_kr`` and ``horizon``.
    after
        Pairs of hosts: the second does not start before the first.
    start_kr
        Of one start.
    gain_kr, most_kr
        Until the horizon, less the cost of the starts; and what no order exceeds.
    proved
        Whether no order gains more.
    states
        Of the offices that start, together, in a year after their start.
    there
        Hosts of the offices of the plan that the same members share today: they do not start.
    """

    rows: tuple[StartRow, ...]
    members: Mapping[str, tuple[str, ...]]
    limits: Mapping[str, float | None]
    after: tuple[tuple[str, str], ...]
    start_kr: float
    gain_kr: float
    most_kr: float
    proved: bool
    states: ThreeStates
    there: tuple[str, ...] = ()


class OrderWords(PlanWords[OrderPlan]):
    """In which order the offices start, in words."""

    @property
    def headline(self) -> list[str]:
        """How many start, what that gains, if it is the best, and money out; then the limits and who waits for whom."""
        plan, words, states = self.plan, self.words, self.plan.states
        started = [row for row in plan.rows if row.year is not None]
        gain = words.text(
            "order.headline",
            started=words.number(len(started)),
            offices=words.count("offices", len(plan.rows)),
            years=words.number(plan.limits["years"]),
            horizon=words.number(plan.limits["horizon"]),
            gain=words.millions(plan.gain_kr),
            start=words.kroner(plan.start_kr),
        )
        best = (
            words.text("order.proved") if plan.proved else words.text("order.bound", most=words.millions(plan.most_kr))
        )
        left = [row for row in plan.rows if row.year is None]
        horizon = plan.limits["horizon"] or 0
        # The gain counts from the year of the start, so no start is worth more than one in the first year.
        pays = {row.host: horizon * row.gain_kr > plan.start_kr for row in left}
        return [
            f"{gain} {best}",
            *([words.text("order.cash", **changed(words, states.alone, states.shared, large=True))] if started else []),
            self._limits,
            *([words.text("order.there", names=words.listed(map(self.name, plan.there)))] if plan.there else []),
            *(words.text("order.waits", first=self.name(one), then=self.name(two)) for one, two in plan.after),
            *(
                words.text(key, horizon=words.number(horizon), names=words.listed(names, NAMED))
                for key, worth in (("order.loses", False), ("order.no_room", True))
                if (names := [self.name(row.host) for row in left if pays[row.host] is worth])
            ),
        ]

    @property
    def _limits(self) -> str:
        """What a year may hold."""
        words, limits = self.words, self.plan.limits
        county, budget = limits["a_county"], limits["budget_kr"]
        return words.text(
            "order.limits",
            starts=words.count("offices", limits["starts"] or 0),
            county="" if county is None else words.text("order.county", n=words.number(county)),
            budget="" if budget is None else words.text("order.budget", kr=words.kroner(budget)),
        )

    @property
    def head(self) -> list[str]:
        """The columns of the table."""
        names = ("year", "office", "cash_more", "undone_more", "gain", "per_krone")
        return [self.words.text(f"order.{name}") for name in names]

    def cells(self, row: StartRow) -> list[str]:
        """Return the cells of one office."""
        words = self.words
        return [
            words.text("order.not_started") if row.year is None else words.number(row.year),
            self.name(row.host),
            *change_cells(words, row.states.alone, row.states.shared),
            words.kroner(row.gain_kr),
            words.number(row.per_krone, FTE_DECIMALS),
        ]
