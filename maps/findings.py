"""What pages tell beyond the plan: computed where the problem is known, written here as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

SAME: Final = 1e-6
"""Minutes-equivalents that are no difference."""
KNOWN_GAP: Final = 0.9995
"""A gap from here on says nothing of a plan: the search had hardly begun."""


@dataclass(frozen=True)
class Stop:
    """One rule that keeps a municipality out of an office.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    found, limit
        Figures in the rule's unit, or ``None`` where the rule has none.
    """

    rule: str
    found: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Option:
    """An office that a municipality which stands alone could be part of.

    Parameters
    ----------
    host
        Of the office.
    other
        Whom it would share with: the host, or the only other member if it hosts itself.
    shared
        Whether the office is shared by others in the plan already.
    minutes
        From the one that would travel to the host.
    extra
        What the plan would cost more, minutes-equivalents; negative if less.
    """

    host: str
    other: str
    shared: bool
    minutes: float
    extra: float


@dataclass(frozen=True)
class Alone:
    """What stops a municipality that stands alone, all else in the plan as it is.

    Parameters
    ----------
    neighbours
        How many of its neighbours take part.
    cheapest
        The legal option that costs least; ``None`` if none is legal.
    nearest
        The nearest municipality that is host or stands alone, and may host; ``None`` if there is no way to any.
    minutes
        To the nearest.
    stops
        What rules out sharing with the nearest; empty if that is legal.
    borderline
        The option that only the longest journey rules out, where that journey may be short enough and the plan would
        cost less; of several the one that saves most. ``None`` if there is none.
    """

    neighbours: int
    cheapest: Option | None
    nearest: str | None
    minutes: float
    stops: tuple[Stop, ...]
    borderline: Option | None = None


@dataclass(frozen=True)
class Neighbour:
    """Somebody next door.

    Parameters
    ----------
    id
        Number.
    kind
        ``road``, ``ferry`` or ``manual``.
    minutes
        From centre to centre within the two, one way.
    """

    id: str
    kind: str
    minutes: float


Kind = Literal["join", "host", "alone"]


@dataclass(frozen=True)
class Possibility:
    """What a municipality could do instead, nobody else moving.

    Parameters
    ----------
    kind
        ``join`` another's office, get another ``host`` for the own one, or stand ``alone``.
    host
        Of its office then.
    minutes
        To that host, one way.
    extra
        What the whole plan would cost more, minutes-equivalents; negative if less.
    stops
        Rules that the plan would break beyond those that it breaks now; empty if it may be.
    new_host
        Who would host the office that it leaves, if it hosts that now and it stays shared; otherwise ``None``.
    """

    kind: Kind
    host: str
    minutes: float
    extra: float
    stops: tuple[Stop, ...]
    new_host: str | None


@dataclass(frozen=True)
class NearHost:
    """A member at which an office would be as good, or nearly.

    Parameters
    ----------
    host
        Its number.
    minutes
        What the office costs more there for each journey to it, minutes-equivalents; negative if less.
    """

    host: str
    minutes: float


LEADING: Final = 12
"""Close calls told of the whole plan."""


@dataclass(frozen=True)
class CloseCall:
    """A small change that costs little.

    Parameters
    ----------
    id
        Who would move.
    instead
        What it would do.
    """

    id: str
    instead: Possibility


@dataclass(frozen=True)
class Departure:
    """What remains of an office if one member leaves.

    Parameters
    ----------
    leaver
        Who leaves.
    host
        Of what remains.
    planner_fte, missing_fte
        Of what remains: planners employed, and planners short of the critical mass, årsverk.
    empty
        Chance that nobody is at work, 0 to 1.
    stops
        Rules that the rest would break.
    """

    leaver: str
    host: str
    planner_fte: float
    missing_fte: float
    empty: float
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Surroundings:
    """What the sheets tell beyond the report.

    Parameters
    ----------
    neighbours
        Of each municipality that takes part.
    possibilities
        Of each municipality with a sheet.
    departures
        Of each shared office with a sheet, by host.
    """

    neighbours: Mapping[str, tuple[Neighbour, ...]]
    possibilities: Mapping[str, tuple[Possibility, ...]]
    departures: Mapping[str, tuple[Departure, ...]]


@dataclass(frozen=True)
class PricedPlan:
    """The best plan at one price of a missing årsverk, as one row beside others.

    Parameters
    ----------
    price
        Minutes for one årsverk below the critical mass.
    hard
        Whether every shared office must reach the critical mass; the price is of those who stand alone then.
    status
        ``optimal``, ``feasible``, ``infeasible`` or ``unknown``, as of a solve.
    gap
        Relative distance to the bound, 0 to 1; ``None`` without a plan.
    shown
        Whether it is the plan that is shown.
    host_of
        Host of each municipality; empty without a plan, and the figures below are ``None`` then.
    reached, share
        Municipalities in an office with at least the critical mass, and their share of all that take part.
    missing_fte
        Årsverk below the critical mass, over all offices.
    travel_minutes
        The term ``travel``: minutes one way, over all members, times their trips.
    mean_minutes, longest_minutes
        Over the members of shared offices other than the host, one way.
    offices, alone
        Shared offices, and municipalities that stand alone.
    moved
        Municipalities with another host than in the plan that is shown.
    extra
        What it has more than the plan that is shown at the prices of that plan, minutes-equivalents.
    """

    price: float
    hard: bool
    status: str
    gap: float | None
    shown: bool
    host_of: Mapping[str, str]
    reached: int | None = None
    share: float | None = None
    missing_fte: float | None = None
    travel_minutes: float | None = None
    mean_minutes: float | None = None
    longest_minutes: float | None = None
    offices: int | None = None
    alone: int | None = None
    moved: int | None = None
    extra: float | None = None

    @property
    def proved(self) -> bool:
        """Whether the plan is proved to be the best at its price, or that there is none."""
        return self.status in {"optimal", "infeasible"}


@dataclass(frozen=True)
class PricedPlans:
    """The best plans along the price of a missing årsverk.

    Parameters
    ----------
    plans
        By rising price, the hard critical mass last; empty if they were left out.
    left_out
        Why there are none, as `optimizer.tradeoff.LeftOut`; empty if there are.
    mass
        Critical mass, årsverk.
    """

    plans: tuple[PricedPlan, ...]
    left_out: str
    mass: float


@dataclass(frozen=True)
class Findings:
    """What the report needs beside the plan.

    Parameters
    ----------
    vacancy_share
        Assumed share of posts that stand vacant, 0 to 1.
    empty
        Chance that nobody is at work, 0 to 1, of each office by its host.
    alone
        What stops each municipality that stands alone.
    close_calls, close_hosts
        The legal changes of one municipality that cost least: to another office or alone; to be host of the office
        that it is in. The first `LEADING` are those of the whole plan, cheapest first; the others lead in their county.
    near_hosts
        Of each shared office, by its host, who else could host it for less than a minute more a journey, the best
        first.
    population_year
        Population is that of 1 January of this year.
    own_tables
        Names of the user's tables that replace embedded data.
    commands
        How to repeat the run, one command each.
    data_sha256
        Of the embedded data.
    tradeoff
        The best plans along the price of a missing årsverk; ``None`` if nobody asked for them.
    """

    vacancy_share: float
    empty: Mapping[str, float]
    alone: Mapping[str, Alone]
    close_calls: tuple[CloseCall, ...]
    close_hosts: tuple[CloseCall, ...]
    near_hosts: Mapping[str, tuple[NearHost, ...]]
    population_year: int
    own_tables: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    data_sha256: str = ""
    tradeoff: PricedPlans | None = None


@dataclass(frozen=True)
class Agreement:
    """What holds in every option.

    Parameters
    ----------
    blocks
        Largest sets of two or more municipalities that are together in all; ids in order.
    pairs, pairs_in_any
        Number of pairs together in all, and in at least one.
    hosts
        Hosts of a shared office in all.
    alone
        Who stands alone in all.
    same_partners
        Who has exactly the same partners in all, those alone in all included.
    """

    blocks: tuple[tuple[str, ...], ...]
    pairs: int
    pairs_in_any: int
    hosts: tuple[str, ...]
    alone: tuple[str, ...]
    same_partners: tuple[str, ...]
