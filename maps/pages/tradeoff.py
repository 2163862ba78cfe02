"""What the report says of the best plans along the price of a missing årsverk: a drawing, a table, a few sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from maps.pages.chart import LEFT, RIGHT, WIDTH, Axis, axis, written
from maps.told import phrases
from maps.told.findings import PricedPlan, PricedPlans
from maps.told.texts import Words
from optimizer.problem import Weights

PANELS: Final = {"share": (52.0, 170.0), "travel": (236.0, 354.0)}
"""Upper and lower end of each part of the drawing."""
ROOM_ABOVE: Final = 18.0
"""Free at the upper end of a part, for the figure at a point."""
TICKS: Final = 3
SAME: Final = 1e-6

HOURS_OF_ARSVERK: Final = 1_700
"""Working hours of an årsverk in a year, about: 37.5 a week less holidays. An assumption, called so on the page."""
WEEKS_OF_JOURNEYS: Final = 44
"""Weeks of a year in which journeys are made. An assumption, called so on the page."""
DAYS_OF_A_WEEK: Final = 5


def even_price(journeys_a_week: int) -> float:
    """Return the price at which an årsverk counts as much as an årsverk on the road, minutes.

    One person drives there and back so many times a week: 60 minutes an hour, two ways.
    """
    return HOURS_OF_ARSVERK * 60 / (2 * journeys_a_week * WEEKS_OF_JOURNEYS)


@dataclass(frozen=True)
class PlanMark:
    """A plan in the drawing.

    Parameters
    ----------
    x, y
        Its place.
    kind
        ``shown``, ``hard`` or ``plan``.
    figure
        What is written beside it.
    """

    x: float
    y: float
    kind: str
    figure: str


@dataclass(frozen=True)
class Panel:
    """One figure of all plans, from left to right by rising price.

    Parameters
    ----------
    title
        Which figure, and its unit.
    top, bottom
        Ends of its axis.
    up
        Ticks: place and what is written there.
    line
        The plans with a price, as an SVG list of points.
    marks
        All plans.
    """

    title: str
    top: float
    bottom: float
    up: list[tuple[float, str]]
    line: str
    marks: list[PlanMark]


class TradeoffSection:
    """What the template asks for.

    Parameters
    ----------
    words
        Of the page.
    priced
        The plans.
    """

    def __init__(self, words: Words, priced: PricedPlans) -> None:
        self.words = words
        self.plans = priced.plans
        self.left_out = priced.left_out
        self.mass = words.setting(priced.mass)

    @cached_property
    def found(self) -> list[PricedPlan]:
        """The points that have a plan."""
        return [plan for plan in self.plans if plan.host_of]

    @cached_property
    def shown(self) -> PricedPlan:
        """The plan that the page shows."""
        return next(plan for plan in self.plans if plan.shown)

    @property
    def proof(self) -> str:
        """How many of the plans are proved."""
        proved = sum(plan.proved for plan in self.plans)
        form = "all" if proved == len(self.plans) else "some"
        return self._text(f"proved_{form}", n=self.words.number(proved), all=self.words.number(len(self.plans)))

    @property
    def price_text(self) -> str:
        """What the price means, and where the default one comes from."""
        daily, weekly = even_price(DAYS_OF_A_WEEK), even_price(1)
        default, own = Weights().missing_fte, self.shown.price
        meaning = self._text(
            "price",
            hours=self.words.number(HOURS_OF_ARSVERK),
            weeks=self.words.number(WEEKS_OF_JOURNEYS),
            daily=self.words.number(daily),
            weekly=self.words.number(weekly),
        )
        form = "default" if own == default else "other"
        return f"{meaning} " + self._text(
            f"price_{form}", default=self.words.setting(default), price=self.words.setting(own)
        )

    @property
    def steps(self) -> list[str]:
        """What the step to the price of the shown plan changed, and what the next one would."""
        at = [plan for plan in self.found if not plan.hard]
        return [self._step(a, b) for a, b in pairwise(at) if a.shown or b.shown]

    @property
    def why(self) -> str:
        """Why the shown plan is the best although others may reach the critical mass more often."""
        most = max(self.found, key=lambda plan: (plan.reached or 0, plan.shown))
        if most.shown or most.reached == self.shown.reached:
            return self._text("why_most")
        values = {
            f"{who}{name}": self._figure(plan, name)
            for who, plan in (("", most), ("own_", self.shown))
            for name in ("reached", "alone", "missing_fte", "travel_minutes")
        }
        values |= {"reached": self.words.count("municipalities", most.reached or 0), "plan": self.name(most)}
        return self._text("why", extra=self.words.number(most.extra, 1), **values)

    @cached_property
    def across(self) -> list[tuple[float, str]]:
        """Where each plan stands from left to right, and its name there."""
        step = (WIDTH - LEFT - RIGHT) / len(self.plans)
        return [(round(LEFT + (k + 0.5) * step, 1), self.short(plan)) for k, plan in enumerate(self.plans)]

    @property
    def panels(self) -> list[Panel]:
        """The drawing."""
        shares = [None if plan.share is None else 100 * plan.share for plan in self.plans]
        return [
            self._panel("share", shares, decimals=0),
            self._panel("travel", [plan.travel_minutes for plan in self.plans], decimals=0),
        ]

    @property
    def description(self) -> str:
        """The drawing in words."""
        first, last = self.found[0], self.found[-1]
        values = {
            f"{what}_{end}": self._figure(plan, name)
            for end, plan in (("first", first), ("last", last))
            for what, name in (("share", "share"), ("travel", "travel_minutes"))
        }
        return self._text("description", first=self.name(first), last=self.name(last), **values)

    def short(self, plan: PricedPlan) -> str:
        """Return the price of a plan, or that the critical mass is a rule."""
        return self._text("hard") if plan.hard else self.words.setting(plan.price)

    def row_name(self, plan: PricedPlan) -> str:
        """Return what a plan is called in the table."""
        return self._text("row_hard" if plan.hard else "row", price=self.words.setting(plan.price))

    def name(self, plan: PricedPlan) -> str:
        """Return a plan as it stands in a sentence."""
        return self._text("name_hard" if plan.hard else "name", price=self.words.setting(plan.price))

    def reached(self, plan: PricedPlan) -> str:
        """Return how many municipalities reach the critical mass, and their share."""
        return self._text("reached_share", n=self._figure(plan, "reached"), share=self._figure(plan, "share"))

    def kind(self, plan: PricedPlan) -> str:
        """Return whether the critical mass has a price or is a rule."""
        return self._text("is_hard" if plan.hard else "is_priced")

    def status(self, plan: PricedPlan) -> str:
        """Return that a plan is proved, or what is not known of it."""
        return self.doubt(plan) or self._text("is_proved")

    def doubt(self, plan: PricedPlan) -> str:
        """Return what is not known of a plan; empty of a proved one."""
        if plan.status == "feasible" and plan.gap is not None:
            return self._text("gap", gap=self.words.number(phrases.gap_percent(plan.gap), 1))
        return self._text(plan.status) if not plan.host_of else ""

    def _step(self, low: PricedPlan, high: PricedPlan) -> str:
        prices = {"low": self.short(low), "high": self.short(high)}
        if low.host_of == high.host_of:
            return self._text("step_same", **prices)
        fewer = (low.missing_fte or 0) - (high.missing_fte or 0)
        values = {
            f"{name}_{end}": self._figure(plan, name)
            for end, plan in (("low", low), ("high", high))
            for name in ("reached", "share", "mean_minutes")
        }
        first = self._text("step", **prices, **values)
        if fewer < SAME:
            return first
        rate, daily = (self._rest(high) - self._rest(low)) / fewer, even_price(DAYS_OF_A_WEEK)
        values = {"fewer": self.words.number(fewer, 1), "rate": self.words.number(rate)}
        than = "rate_more" if rate > daily else "rate_less"
        return f"{first} " + self._text(than, daily=self.words.number(daily), **values)

    def _rest(self, plan: PricedPlan) -> float:
        """Return all of a plan's minutes but those of missing årsverk, less those of the shown plan in all."""
        return (plan.extra or 0) - self.shown.price * (plan.missing_fte or 0)

    def _figure(self, plan: PricedPlan, name: str) -> str:
        value = getattr(plan, name)
        if name == "share":
            return self.words.number(None if value is None else 100 * value, 1)
        return self.words.number(value, 1 if name in {"missing_fte", "mean_minutes"} else 0)

    def _text(self, key: str, **values: str) -> str:
        return self.words.text(f"tradeoff.{key}", mass=self.mass, **values)

    def _panel(self, name: str, values: Sequence[float | None], *, decimals: int) -> Panel:
        top, bottom = PANELS[name]
        up: Axis = axis([0.0, *(value for value in values if value is not None)], bottom, top + ROOM_ABOVE)
        marks = [
            PlanMark(
                x,
                up.place(value),
                "shown" if plan.shown else "hard" if plan.hard else "plan",
                self.words.number(value, decimals),
            )
            for (x, _), plan, value in zip(self.across, self.plans, values, strict=True)
            if value is not None
        ]
        return Panel(
            title=self._text(f"panel_{name}"),
            top=top,
            bottom=bottom,
            up=[(up.place(value), written(self.words, value)) for value in up.ticks(whole=True, about=TICKS)],
            line=" ".join(f"{mark.x},{mark.y}" for mark in marks if mark.kind != "hard"),
            marks=marks,
        )
