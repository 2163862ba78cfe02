"""How much an office stands: what remains if a member leaves, and how likely it is that nobody is at work.

Whole posts are vacant with the same share, independently of each other, so who is at work follows the binomial
distribution. A part post is vacant as often, and at work only for its share of the time. Årsverk are whole posts and
one part post, or become whole posts by a stated rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, comb, floor
from typing import Literal

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation, OfficeRow, Violation
from optimizer.judging.hosting import precedence
from optimizer.judging.offices import office_row
from optimizer.problem import Problem, ProblemError
from optimizer.terms import RULES

TOLERANCE = 1e-6
"""Årsverk: sums that miss a whole number by no more than this count as whole."""

Rounding = Literal["part", "up", "down", "nearest"]

OF_ONE_OFFICE = (*(name for name, rule in RULES.items() if rule.of == "office"), "apart", "may_not_host")
"""Rules that are asked of what remains of an office. Other pins speak of who leaves or of the whole plan."""


@dataclass(frozen=True)
class Staffing:
    """The chance of empty desks.

    Parameters
    ----------
    planner_fte
        Planners employed, årsverk.
    posts
        Whole posts that these are.
    part
        Share of a post that one more planner has, at least 0 and below 1.
    vacancy_share
        Chance that a post is vacant, 0 to 1.
    rounding
        How årsverk became posts: ``part`` (whole ones, and what is left is a part post), ``up`` (each begun årsverk is
        a post), ``down`` (only whole ones) or ``nearest`` (halves up).
    nobody, fewer_than_two
        Chance that no planner, and that fewer than two, are at work.
    """

    planner_fte: float
    posts: int
    part: float
    vacancy_share: float
    rounding: Rounding
    nobody: float
    fewer_than_two: float


@dataclass(frozen=True)
class Departure:
    """What remains of an office if one member leaves.

    Parameters
    ----------
    leaver
        Who leaves.
    host_gone
        Whether the leaver was the host.
    host
        The best host of those who remain: the host as before unless it left; then the legal host at which the office
        costs least, or, if none is legal, the one with the fewest breaches, then the least cost (ties: the largest
        need, then the first in id order).
    office
        The remaining office at that host.
    connected
        Whether the contiguity rule holds for those who remain.
    violations
        Every rule that the remaining office breaks.
    missing_fte
        Planners that the remaining office lacks to the critical mass, årsverk.
    below_mass
        Whether the office reached the critical mass and the rest does not.
    staffing
        The chance of empty desks in the remaining office.
    more_minutes
        What the rest and the leaver by itself add to the objective more than the office, minutes-equivalents.
    """

    leaver: str
    host_gone: bool
    host: str
    office: OfficeRow
    connected: bool
    violations: tuple[Violation, ...]
    missing_fte: float
    below_mass: bool
    staffing: Staffing
    more_minutes: float

    @property
    def is_legal(self) -> bool:
        """Whether those who remain may go on as one office."""
        return not self.violations


@dataclass(frozen=True)
class OfficeRisks:
    """How much one office stands.

    Parameters
    ----------
    office
        Its figures.
    staffing
        The chance of empty desks.
    alone
        The same for each member by itself, in member order.
    departures
        For each member of a shared office, in id order; empty for an office of one.
    largest_blow
        The departure that hurts most: first those after which the rest may not go on as one office, then the most
        planners short of the critical mass, then the most planners gone, then the first in id order. ``None`` for an
        office of one.
    """

    office: OfficeRow
    staffing: Staffing
    alone: tuple[Staffing, ...]
    departures: tuple[Departure, ...]
    largest_blow: Departure | None

    @property
    def most_minutes(self) -> Departure | None:
        """The departure that adds most to the objective; ``None`` for an office of one."""
        return max(self.departures, key=lambda one: round(one.more_minutes, 6), default=None)


def staffing(planner_fte: float, vacancy_share: float, rounding: Rounding = "part") -> Staffing:
    """Return the chance that nobody, and that fewer than two, are at work.

    Of ``n`` whole posts with vacancy share ``q``, nobody is at work with ``q**n`` and one with
    ``n (1 - q) q**(n - 1)``. A part post of share ``f`` is at work with ``(1 - q) f``, so each of the former holds
    with ``1 - (1 - q) f`` of its chance, and with the rest there is one more. In exact fractions of the decimal
    number that ``q`` is printed as.

    Parameters
    ----------
    planner_fte
        Årsverk.
    vacancy_share
        0 to 1.
    rounding
        See `Staffing`.

    Raises
    ------
    ProblemError
        If the share is not between 0 and 1.
    """
    if not 0 <= vacancy_share <= 1:
        raise ProblemError([f"vacancy_share is {vacancy_share}; expected a share between 0 and 1"])
    n, part = posts(planner_fte, rounding)
    none, one = (at_work(n, k, vacancy_share) for k in (0, 1))
    present = (1 - exact(vacancy_share)) * exact(part)
    nobody = none * (1 - present)
    fewer = nobody + one * (1 - present) + none * present
    return Staffing(planner_fte, n, part, vacancy_share, rounding, float(nobody), float(fewer))


def at_work(posts: int, filled: int, vacancy_share: float) -> Fraction:
    """Return the chance that exactly so many of the posts are filled."""
    if filled > posts:
        return Fraction(0)
    vacant = exact(vacancy_share)
    return comb(posts, filled) * (1 - vacant) ** filled * vacant ** (posts - filled)


def exact(value: float) -> Fraction:
    """Return the decimal number that a value is printed as."""
    return Fraction(repr(float(value)))


def posts(planner_fte: float, rounding: Rounding) -> tuple[int, float]:
    """Return årsverk as whole posts and the share of a part post; see `Staffing`."""
    if rounding == "up":
        return ceil(planner_fte - TOLERANCE), 0.0
    if rounding == "nearest":
        return floor(planner_fte + 0.5 + TOLERANCE), 0.0
    whole = floor(planner_fte + TOLERANCE)
    left = planner_fte - whole
    return whole, left if rounding == "part" and left > TOLERANCE else 0.0


def risks_of_offices(
    problem: Problem, grouping: Grouping, vacancy_share: float = 0.2, rounding: Rounding = "part"
) -> tuple[OfficeRisks, ...]:
    """Return how much each office of a plan stands, in host order.

    Parameters
    ----------
    problem
        Rules and figures.
    grouping
        The plan.
    vacancy_share
        Chance that a post is vacant, 0 to 1.
    rounding
        How årsverk become posts; see `Staffing`.

    Raises
    ------
    ProblemError
        If the share is not between 0 and 1.
    """
    return tuple(risks_of(problem, office, vacancy_share, rounding) for office in evaluate(problem, grouping).offices)


def risks_of(problem: Problem, office: OfficeRow, vacancy_share: float, rounding: Rounding) -> OfficeRisks:
    """Return how much one office stands; see `risks_of_offices`."""
    departures = tuple(
        departure(problem, office, leaver, vacancy_share, rounding) for leaver in office.members if office.is_shared
    )

    def blow(one: Departure) -> tuple[bool, float, float]:
        gone = float(problem.planner_fte[problem.index[one.leaver]])
        return not one.is_legal, round(one.missing_fte, 9), round(gone, 9)

    return OfficeRisks(
        office,
        staffing(office.planner_fte, vacancy_share, rounding),
        tuple(staffing(float(problem.planner_fte[problem.index[i]]), vacancy_share, rounding) for i in office.members),
        departures,
        max(departures, key=blow, default=None),
    )


def departure(problem: Problem, office: OfficeRow, leaver: str, vacancy_share: float, rounding: Rounding) -> Departure:
    """Return what remains if one member leaves; see `Departure`."""
    members = tuple(i for i in office.members if i != leaver)
    hosts: Sequence[str] = members if leaver == office.host else (office.host,)
    judged = [(host, evaluate(problem, Grouping.of(dict.fromkeys(members, host)))) for host in hosts]
    host, judgement = min(
        judged,
        key=lambda pair: (len(breaches(pair[1])), round(pair[1].objective, 6), *precedence(problem, pair[0])),
    )
    [rest] = judgement.offices
    broken = breaches(judgement)
    return Departure(
        leaver,
        leaver == office.host,
        host,
        rest,
        all(violation.rule != "contiguity" for violation in broken),
        broken,
        rest.missing_fte,
        office.missing_fte <= TOLERANCE < rest.missing_fte,
        staffing(rest.planner_fte, vacancy_share, rounding),
        rest.minutes_equivalents
        + office_row(problem, leaver, (leaver,)).minutes_equivalents
        - office.minutes_equivalents,
    )


def breaches(judgement: Evaluation) -> tuple[Violation, ...]:
    """Return the breaches that are about the office that is judged, not about who is missing."""
    return tuple(violation for violation in judgement.violations if violation.rule in OF_ONE_OFFICE)
