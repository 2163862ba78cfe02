"""The registry: every rule and every term of the objective once, with all that other modules need to know of it.

What lists rules or terms anywhere, names them, or says which of their figures are estimates, takes it from here. The
formula alone stands elsewhere, as often as independence wants it: `optimizer.judging.evaluate` is its meaning,
`optimizer.engines.candidates` and `optimizer.engines.assignment` price it, ``maps/scripts/trial/judge.js`` judges by
it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, Literal

Source = Literal["planner_fte", "need_fte", "minutes"]
"""What a figure can rest on: planners employed, planners needed, journeys."""

MEASURED: Final = frozenset({"minutes", "årsverk", "thousand_kr"})
"""Units that are measured; all others count something."""


@dataclass(frozen=True)
class Rule:
    """A rule that a grouping keeps or breaks.

    Parameters
    ----------
    name
        The same in code, scenario file, evaluation, log and docs.
    unit
        Of its limit; empty where the rule has none.
    meaning
        One line.
    of
        ``office``: a limit on each office by itself. ``whole``: of what makes a plan, or of all offices together.
        ``pin``: what somebody has decided beforehand (attribute of `optimizer.problem.Pins` of the same name).
    setting
        Attribute of `optimizer.problem.Limits` that says whether it is asked; empty where no limit does.
    off
        Value of that setting at which it asks nothing.
    shared_only
        Whether it asks nothing of who stands alone.
    alone_exempt
        Whether ``limits.alone_exempt`` excuses who stands alone from it.
    rests_on
        What is set against its limit.
    instead
        Term that counts what it forbids where it is not hard.
    figure
        What is told of the offices that it judges, after how their figures become one: the ``max`` of the ``longest``
        journeys. Empty where something else is told.
    """

    name: str
    unit: str
    meaning: str
    of: Literal["office", "whole", "pin"]
    setting: str = ""
    off: str | float | tuple[str, ...] | None = None
    shared_only: bool = False
    alone_exempt: bool = False
    rests_on: tuple[Source, ...] = ()
    instead: str = ""
    figure: str = ""


@dataclass(frozen=True)
class Term:
    """A part of the objective: a raw value times its price, in minutes.

    Parameters
    ----------
    name
        The same as its weight's.
    unit
        Of the raw value.
    meaning
        One line.
    of_one
        What the price is paid for, as the setting explains it.
    column
        Attribute of an office's row (`optimizer.judging.evaluation.OfficeRow`) that holds what the office adds.
    arises
        ``journey``: each member adds its part, by itself and its host. ``office``: the members together make it,
        whoever hosts them. ``hosted``: the members together make it, at their host.
    rests_on
        What the raw value is made of.
    """

    name: str
    unit: str
    meaning: str
    of_one: str
    column: str
    arises: Literal["journey", "office", "hosted"]
    rests_on: tuple[Source, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the raw value counts something, so that it is a whole number."""
        return self.unit not in MEASURED


def _priced(price: float, unit: str, meaning: str, **facts: Any) -> Any:
    """Return the field of a weight: its price if nobody sets another, and what `Term` says of the term."""
    return field(default=price, metadata={"term": Term("", unit, meaning, **facts)})


@dataclass(frozen=True)
class Weights:
    """The price of one unit of each term, in minutes: every weight is an exchange rate; see `TERMS`."""

    travel: float = _priced(
        1.0,
        "minutes",
        "minutes from each member to its host, one way, times its trips",
        of_one="Of one minute from a member to its host, one way, times the weight of the member's journeys "
        "(planners.trips).",
        column="travel_minutes",
        arises="journey",
        rests_on=("minutes",),
    )
    missing_fte: float = _priced(
        240.0,
        "årsverk",
        "planners below the critical mass, over all offices, offices of one included",
        of_one="Of one årsverk below limits.min_office_fte in an office, offices of one included.",
        column="missing_fte",
        arises="office",
        rests_on=("planner_fte",),
    )
    county_lines: float = _priced(
        20.0,
        "members",
        "members outside their host's county",
        of_one="Of one member outside its host's county.",
        column="county_lines",
        arises="journey",
    )
    statsforvalter_lines: float = _priced(
        10.0,
        "members",
        "members outside the district of their host's statsforvalter",
        of_one="Of one member outside the district of its host's statsforvalter, in addition to county_lines.",
        column="statsforvalter_lines",
        arises="journey",
    )
    unmet_need: float = _priced(
        0.0,
        "årsverk",
        "planners needed and not employed, over all offices",
        of_one="Of one årsverk that an office needs and does not employ.",
        column="unmet_need_fte",
        arises="office",
        rests_on=("planner_fte", "need_fte"),
    )
    alone: float = _priced(
        0.0,
        "municipalities",
        "municipalities that stand alone",
        of_one="Of one municipality that stands alone.",
        column="alone",
        arises="office",
    )
    cost: float = _priced(
        0.0,
        "thousand_kr",
        "what the offices cost a year, journeys left out and work left undone at the price of buying it",
        of_one="Of 1 000 kr a year that an office costs, work left undone at the price of buying it; journeys are left "
        "out, travel counts them. A natural rate is 0.75. Needs money.enabled.",
        column="cost_thousand_kr",
        arises="hosted",
        rests_on=("planner_fte", "need_fte"),
    )

    uncovered: float = _priced(
        0.0,
        "disciplines",
        "disciplines that a municipality needs and its office does not cover",
        of_one="Of one discipline that a municipality needs and its office does not cover (disciplines.threshold). "
        "With shares in the place of a table it rests on an estimate.",
        column="uncovered",
        arises="office",
        rests_on=("planner_fte",),
    )

    def faults(self) -> list[str]:
        """Return one sentence for each weight that is negative or not a number."""
        return [
            f"weights.{name} is {value}; expected a finite number of 0 or more"
            for name in TERMS
            if not (isfinite(value := getattr(self, name)) and value >= 0)
        ]


TERMS: Final[Mapping[str, Term]] = MappingProxyType(
    {item.name: replace(item.metadata["term"], name=item.name) for item in fields(Weights)}
)
"""Each term by its name, in the order in which they are summed."""

FREE: Final = Weights(**dict.fromkeys(TERMS, 0.0))
"""Nothing costs anything."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule(
                "complete",
                "",
                "every municipality that takes part has exactly one host, and nobody else has",
                of="whole",
                figure="sum size",
            ),
            Rule("host_is_member", "", "the host of an office is a member of it", of="whole", figure="sum one"),
            Rule(
                "max_minutes",
                "minutes",
                "no member is further from its host than this, one way",
                of="office",
                figure="max longest",
                shared_only=True,
                rests_on=("minutes",),
            ),
            Rule(
                "min_members",
                "municipalities",
                "no office has fewer members, the host included",
                of="office",
                figure="min size",
                alone_exempt=True,
            ),
            Rule(
                "max_members",
                "municipalities",
                "no office has more members, the host included",
                of="office",
                figure="max size",
                shared_only=True,
            ),
            Rule(
                "contiguity",
                "",
                "the members of an office are connected by road or ferry links",
                of="office",
                figure="sum one",
                setting="contiguity",
                off="off",
                shared_only=True,
            ),
            Rule(
                "county_lines",
                "",
                "every member is in its host's county (when hard)",
                of="office",
                figure="sum lines",
                setting="county_lines",
                off="priced",
                shared_only=True,
                instead="county_lines",
            ),
            Rule(
                "min_office_fte",
                "årsverk",
                "no office has fewer planners, less those on the road (when critical mass is hard)",
                of="office",
                figure="min planners",
                setting="critical_mass",
                off="priced",
                alone_exempt=True,
                rests_on=("planner_fte",),
                instead="missing_fte",
            ),
            Rule(
                "max_office_need_fte",
                "årsverk",
                "no office needs more planners than this",
                of="office",
                figure="max need",
                setting="max_office_need_fte",
                alone_exempt=True,
                rests_on=("need_fte",),
            ),
            Rule(
                "min_host_share",
                "share",
                "the host employs at least this share of what the largest member employs",
                of="office",
                figure="min share",
                setting="min_host_share",
                off=0.0,
                shared_only=True,
                rests_on=("planner_fte",),
            ),
            Rule(
                "nobody_worse",
                "",
                "nobody pays more for its office by the key than alone (when hard)",
                of="office",
                figure="sum one",
                setting="nobody_worse",
                off="off",
                shared_only=True,
                rests_on=("planner_fte", "need_fte", "minutes"),
            ),
            Rule(
                "stable",
                "",
                "the cost of an office can be shared so that no group of members would pay less apart (when hard)",
                of="office",
                figure="sum one",
                setting="stable",
                off="off",
                shared_only=True,
                rests_on=("planner_fte", "need_fte", "minutes"),
            ),
            Rule(
                "covers",
                "",
                "every shared office covers these disciplines, as far as a member needs them",
                of="office",
                figure="sum one",
                setting="covers",
                off=(),
                shared_only=True,
                rests_on=("planner_fte",),
                instead="uncovered",
            ),
            Rule(
                "min_offices", "offices", "there are at least so many shared offices", of="whole", setting="min_offices"
            ),
            Rule(
                "max_offices", "offices", "there are at most so many shared offices", of="whole", setting="max_offices"
            ),
            Rule(
                "may_host",
                "",
                "only municipalities that may host have a shared office",
                of="office",
                figure="sum one",
                shared_only=True,
            ),
            Rule("together", "", "pinned sets are in one office", of="pin"),
            Rule("apart", "", "no two of a pinned set share an office", of="pin"),
            Rule("fixed", "", "pinned municipalities have the host they are fixed to", of="pin"),
            Rule("must_host", "", "pinned municipalities host a shared office", of="pin"),
            Rule("may_not_host", "", "pinned municipalities do not host a shared office", of="pin"),
            Rule("held", "", "offices that are held have exactly their host and members", of="pin"),
        )
    }
)
"""Each rule by its name, in the order in which verdicts are given."""

KNOWN_GAP = 0.9995
"""A gap from here on says nothing of a plan: the search had hardly begun."""
