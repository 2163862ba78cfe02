"""What pages tell beyond the plan: computed where the problem is known, written here as plain facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from maps.told.kroner import KronerFacts
from maps.told.people.cycle_words import PlanCycle
from maps.told.people.discipline_words import CompetencePlan
from maps.told.people.help_words import HelpPlan
from maps.told.people.order_words import OrderPlan
from maps.told.people.posts_words import PostsPlan
from maps.told.places.travel_changes import TravelChanges
from optimizer.checking.kinds import require_kinds
from optimizer.judging.alone import Alone
from optimizer.judging.close_calls import CloseCall, NearHost
from optimizer.judging.moves import Possibility, Stop


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


@dataclass(frozen=True)
class DepartureRow:
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
    departures: Mapping[str, tuple[DepartureRow, ...]]


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
        Why there are none, as `optimizer.questions.tradeoff.price_series.LeftOut`; empty if there are.
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
    help
        What helps those short of planners; ``None`` if that was not asked.
    order
        In which order offices start; ``None`` if that was not asked.
    posts
        Who is at work, alone and in the plan; ``None`` if that was not asked.
    competence
        Which disciplines are covered, alone and in the plan; ``None`` if that was not asked.
    cycle
        When plans that fall due are worked on; ``None`` if no dates are known.
    kroner
        The plan in kroner; ``None`` if they are not counted.
    changes
        What changed roads changed; ``None`` where the scenario changes none.
    scenario
        What was asked as a scenario file, for the solver in the page; empty where the page carries none.
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
    help: HelpPlan | None = None
    order: OrderPlan | None = None
    posts: PostsPlan | None = None
    competence: CompetencePlan | None = None
    cycle: PlanCycle | None = None
    kroner: KronerFacts | None = None
    changes: TravelChanges | None = None
    scenario: str = ""

    def __post_init__(self) -> None:
        """Refuse what is of another kind."""
        require_kinds(self)
