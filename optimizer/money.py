"""What an office is paid with: prices in kroner a year, and what each municipality pays for one årsverk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from optimizer.sharing.keys import Figures, SharingKey

Floats = NDArray[np.float64]

UNITS_PER_KRONE: Final = 100
"""Shares and comparisons are in whole øre."""
KR_PER_THOUSAND: Final = 1000.0
"""The term ``cost`` is in thousand kroner."""
MINUTES_PER_HOUR: Final = 60.0
THERE_AND_BACK: Final = 2
THOUSANDS: Final = 20_000.0
"""Kroner: nobody pays less for an årsverk."""
LIKELY_PRICE: Final = 5_000_000.0
"""Kroner: a smaller figure that makes no more than this times a thousand is taken to be in thousands."""
LARGEST_PRICE: Final = 1e9
"""Kroner, or anything else that a price here may be."""
YEARLY_PRICES: Final = ("fte_kr", "bought_kr", "pay_kr")
SHARES: Final = ("bought_share", "hired_share", "pension_share")


@dataclass(frozen=True)
class FirstYears:
    """Some of the first years, in each of which a shared office that starts costs as much more than in those after.

    Parameters
    ----------
    first, last
        1 for the first year.
    with_grant_kr, without_grant_kr
        What is added to its cost, and to money out, in each of them; the grant is taken off where it is counted.
    """

    first: int
    last: int
    with_grant_kr: float
    without_grant_kr: float


@dataclass(frozen=True)
class KronerPrices:
    """Prices and habits that decide what an office costs; kroner a year. Every default can be changed.

    Parameters
    ----------
    fte_kr
        Of one årsverk, everything included. Derived: pay of about 820 000 (the employers' statistics of pay for
        academics, 759 200 in December 2023, with the agreed frames of two years), pension, employer tax, workplace.
    pay_kr, pension_share, office_share_kr
        The parts of it, for a price by place; see `fte_kr_at`. Pay as above; pension 14 % and 115 000 for office,
        training and leading are estimates.
    bought_kr
        Of one årsverk bought from outside: 1 250 kr an hour, 1 520 hours. Estimate; 1.5 to 2.3 million.
    bought_share
        Part of the need that nobody employed covers which is really bought; the rest is left undone. Derived from what
        municipalities say they spend on planning; about one third.
    hired_share
        Part of the uncovered need that is filled with new posts. Estimate from three offices; 0 and 1 belong beside it.
    hire_from_fte
        Årsverk from which on an office, or a municipality alone, can recruit. Estimate.
    office_kr, member_kr
        What sharing itself costs: a shared office, and each of its members. Estimates.
    start_kr, start_years
        Cost of starting a shared office, once, and the years over which it is spread. Estimates.
    grant_kr, grant_years
        Grant to a shared office each year, and for how many years.
    visits
        Journeys there and back a year between each member and its host. Estimate.
    km_per_minute, km_kr
        Length of a minute's drive, and what a kilometre costs by the state's rate of 2026.
    year_hours
        Hours at work in an årsverk; a common figure in budgets.
    """

    fte_kr: float = 1_150_000.0
    pay_kr: float = 820_000.0
    pension_share: float = 0.14
    office_share_kr: float = 115_000.0
    bought_kr: float = 1_900_000.0
    bought_share: float = 1 / 3
    hired_share: float = 0.5
    hire_from_fte: float = 3.0
    office_kr: float = 150_000.0
    member_kr: float = 40_000.0
    start_kr: float = 600_000.0
    start_years: int = 4
    grant_kr: float = 0.0
    grant_years: int = 0
    visits: float = 40.0
    km_per_minute: float = 1.0
    km_kr: float = 5.30
    year_hours: float = 1_695.0

    def faults(self) -> list[str]:
        """Return one sentence for each price that cannot be meant."""
        asked = {
            name: f"money.{name} is {value:g} kroner; expected kroner a year, not thousands: {value * 1000:.0f}?"
            for name in YEARLY_PRICES
            if (value := getattr(self, name)) < THOUSANDS <= value * 1000 <= LIKELY_PRICE
        }
        ends = dict.fromkeys(YEARLY_PRICES, (THOUSANDS, LIKELY_PRICE))
        found = [
            f"money.{name} is {value}; expected a number from {low:.0f} to {high:.0f}"
            for name, value in vars(self).items()
            for low, high in [ends.get(name, (0.0, LARGEST_PRICE))]
            if name not in asked and not low <= value <= high
        ]
        if found:
            return [*found, *asked.values()]
        found += asked.values()
        found += [
            f"money.{name} is {value:g}; expected a share from 0 to 1"
            for name in SHARES
            if (value := getattr(self, name)) > 1
        ]
        if self.start_kr and not self.start_years:
            found.append("money.start_years is 0; expected 1 or more, or a money.start_kr of 0")
        if self.grant_kr and not self.grant_years:
            found.append("money.grant_years is 0; expected 1 or more, or a money.grant_kr of 0")
        if not self.year_hours:
            found.append("money.year_hours is 0; expected the hours of an årsverk")
        return found

    def fte_kr_at(self, tax_rate: float) -> float:
        """Return the price of one årsverk where the employer pays this tax.

        Parameters
        ----------
        tax_rate
            Share of pay and pension, such as 0.141.
        """
        return self.pay_kr * (1 + self.pension_share) * (1 + tax_rate) + self.office_share_kr

    @property
    def first_years(self) -> tuple[FirstYears, ...]:
        """The years in which a shared office that starts costs another sum than in those after, in order."""
        ends = sorted({self.start_years if self.start_kr else 0, self.grant_years if self.grant_kr else 0} - {0})
        return tuple(
            FirstYears(first, last, self.added_kr(first), self.added_kr(first, with_grant=False))
            for first, last in zip((1, *(end + 1 for end in ends)), ends, strict=False)
        )

    def added_kr(self, year: int, *, with_grant: bool = True) -> float:
        """Return what a shared office costs more in a year than in the years after the first ones, less its grant.

        Parameters
        ----------
        year
            1 for the first.
        with_grant
            Whether the grant is counted.
        """
        start = self.start_kr / self.start_years if self.start_kr and year <= self.start_years else 0.0
        return start - (self.grant_kr if with_grant and year <= self.grant_years else 0.0)


@dataclass(frozen=True, eq=False)
class Money:
    """Prices, and what is particular to each municipality; arrays in the order of the problem's ids.

    Parameters
    ----------
    prices
        The same for all.
    fte_kr
        Price of one årsverk where each is the host (n,).
    alone_kr
        What each says it would pay out by itself, kroner a year (n,); the work that it leaves undone comes beside it.
        Not a number where it is to be computed.
    added_kr
        What a shared office costs more than in the years after the first ones, negative if less.
    shared_today
        Host and members of each office that municipalities share already, whatever is planned; the host is empty where
        none is named, and each is in one office at most.
    """

    prices: KronerPrices
    fte_kr: Floats
    alone_kr: Floats
    added_kr: float = 0.0
    shared_today: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def added_for(self, members: Collection[str]) -> float:
        """Return what an office costs more than in later years; one that is there today does not start."""
        return 0.0 if self.is_there(members) else self.added_kr

    def is_there(self, members: Collection[str]) -> bool:
        """Return whether just these share an office today."""
        return any(set(members) == set(now) for _, now in self.shared_today)

    @classmethod
    def flat(cls, prices: KronerPrices, many: int) -> "Money":
        """Return the same price of an årsverk everywhere, and no figures of the municipalities' own."""
        return cls(prices, np.full(many, prices.fte_kr), np.full(many, np.nan))

    @classmethod
    def by_tax(cls, prices: KronerPrices, rates: Iterable[float]) -> "Money":
        """Return a price of an årsverk by the employer tax of each place, shares of pay."""
        fte_kr = np.array([prices.fte_kr_at(rate) for rate in rates])
        return cls(prices, fte_kr, np.full(len(fte_kr), np.nan))

    @cached_property
    def today(self) -> "Money":
        """The same prices where nobody new is employed or starts, and what municipalities say they would pay is out."""
        nobody = np.full(len(self.alone_kr), np.nan)
        return replace(self, prices=replace(self.prices, hired_share=0.0), alone_kr=nobody, added_kr=0.0)

    @cached_property
    def without_travel(self) -> "Money":
        """The same prices where nobody travels: journeys have a term of their own."""
        return replace(self, prices=replace(self.prices, visits=0.0))

    def in_year(self, year: int, *, with_grant: bool = True) -> "Money":
        """Return what holds in one of the first years; see `KronerPrices.added_kr`."""
        return replace(self, added_kr=self.prices.added_kr(year, with_grant=with_grant))

    @cached_property
    def minute_kr(self) -> Floats:
        """What a minute on the road costs at each host: pay for the time, and the car (n,)."""
        prices = self.prices
        return np.asarray(
            self.fte_kr / (MINUTES_PER_HOUR * prices.year_hours) + prices.km_per_minute * prices.km_kr, dtype=np.float64
        )

    @cached_property
    def minutes_per_thousand_kr(self) -> float:
        """How many more minutes to a member's host cost a thousand kroner a year, at the mean host; 0 if they are free.

        The price of the term ``cost`` at which a journey weighs what it costs.
        """
        minute_kr = THERE_AND_BACK * self.prices.visits * float(self.minute_kr.mean())
        return KR_PER_THOUSAND / minute_kr if minute_kr else 0.0


@dataclass(frozen=True)
class SharingTerms:
    """How the members of an office share its cost.

    Parameters
    ----------
    key
        Without faults.
    figures
        Of each municipality, for keys in proportion to a figure.
    shared_part
        ``all``: the office takes the planners over. ``common``: each pays those that it employs, the rest is shared.
    mixed
        The two keys of whose mixes the key finder speaks.
    """

    key: SharingKey
    figures: Figures
    shared_part: Literal["all", "common"] = "all"
    mixed: tuple[str, str] = ("equal", "inhabitants")
