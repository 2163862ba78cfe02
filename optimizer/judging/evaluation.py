"""What the specification says of a grouping: its terms, its breaches, and a row for each office."""

import math
from dataclasses import dataclass, replace
from typing import Literal, Self

from optimizer.judging.figures import times
from optimizer.shown import Shown, counted, minutes_equivalents, offices_and_alone
from optimizer.terms import TERMS, Weights

Verdict = Literal["met", "broken", "excused", "not applicable"]
"""``excused``: broken by nothing but what somebody decided: offices held as they are, small hosts that a pin names."""

COLUMNS = tuple((name, term.column) for name, term in TERMS.items())
"""Each term, with what holds its raw value in an office's row."""


@dataclass(frozen=True)
class TermValue:
    """One term of the objective.

    Parameters
    ----------
    value
        Raw value in ``unit``.
    unit
        From `optimizer.terms`.
    minutes
        ``value`` times its weight: minutes-equivalents.
    """

    value: float
    unit: str
    minutes: float


@dataclass(frozen=True)
class Violation:
    """One breach of one rule.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    ids
        The municipalities concerned.
    host
        The office concerned, or ``None``.
    found, limit
        Figures in the rule's unit, or ``None`` where the rule has none.
    """

    rule: str
    ids: tuple[str, ...]
    host: str | None = None
    found: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class OfficeRow:
    """The figures of one office; a municipality that stands alone is an office of one.

    Parameters
    ----------
    host, members
        Ids; the members in id order, the host among them.
    travel_minutes
        Sum over members of minutes to the host, times trips.
    mean_minutes, longest_minutes
        Over the members other than the host, unweighted; 0 for an office of one.
    planner_fte, need_fte
        Planners employed and needed, årsverk.
    missing_fte
        Planners below the critical mass, årsverk.
    unmet_need_fte
        Planners needed and not employed, årsverk. With days at each town hall both count those on the road as missing.
    county_lines, statsforvalter_lines
        Members outside the host's county, and outside its statsforvalter's district.
    cost_thousand_kr
        What the office costs a year without its journeys, thousand kroner; 0 where kroner are not counted.
    uncovered
        Disciplines that members need and the office does not cover, counted for each member.
    minutes_equivalents
        What the office adds to the objective: its terms, each at its price; not a number before it is priced.
    """

    host: str
    members: tuple[str, ...]
    travel_minutes: float
    mean_minutes: float
    longest_minutes: float
    planner_fte: float
    need_fte: float
    missing_fte: float
    unmet_need_fte: float
    county_lines: int
    statsforvalter_lines: int
    cost_thousand_kr: float
    uncovered: int
    minutes_equivalents: float = math.nan

    def priced(self, weights: Weights) -> Self:
        """Return the row with the sum of its terms, each at its price."""
        total = math.fsum(times(getattr(weights, name), getattr(self, column)) for name, column in COLUMNS)
        return replace(self, minutes_equivalents=total)

    @property
    def is_shared(self) -> bool:
        """Whether two or more municipalities share the office."""
        return len(self.members) > 1

    @property
    def alone(self) -> int:
        """How many municipalities stand alone in it: 1 or 0."""
        return int(not self.is_shared)

    def of_term(self, name: str) -> float:
        """Return what the office adds to a term: its raw value, in the term's unit."""
        return getattr(self, TERMS[name].column)  # type: ignore[no-any-return]


@dataclass(frozen=True, repr=False)
class Evaluation(Shown):
    """The judgement of one grouping.

    Parameters
    ----------
    terms
        In the order of `optimizer.terms.TERMS`; without those of which nothing is known.
    violations
        Every breach that counts; empty for a legal grouping.
    excused
        Breaches of `EXCUSED` by offices that the pins hold as they are, and of ``min_host_share`` by hosts that they
        name.
    rules
        Verdict on every rule, in the order of `optimizer.terms.RULES`.
    offices
        One row for each office, in host order.
    """

    terms: dict[str, TermValue]
    violations: tuple[Violation, ...]
    excused: tuple[Violation, ...]
    rules: dict[str, Verdict]
    offices: tuple[OfficeRow, ...]

    @property
    def objective(self) -> float:
        """Sum of all terms, minutes-equivalents."""
        return math.fsum(term.minutes for term in self.terms.values())

    @property
    def shared(self) -> tuple[OfficeRow, ...]:
        """The offices of two or more."""
        return tuple(office for office in self.offices if office.is_shared)

    @property
    def alone(self) -> tuple[str, ...]:
        """The municipalities that stand alone."""
        return tuple(office.members[0] for office in self.offices if not office.is_shared)

    def in_short(self) -> str:
        """Return the objective, the offices and the number of breaches."""
        offices = offices_and_alone(len(office.members) for office in self.offices)
        return f"{minutes_equivalents(self.objective)}, {offices}, {counted(len(self.violations), 'violation')}"

    def rows(self) -> list[dict[str, object]]:
        """Return each office with its figures."""
        return [dict(vars(office)) for office in self.offices]
