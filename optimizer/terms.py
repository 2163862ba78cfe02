"""Every rule and every objective term once: its name, its unit, and what it means."""

from dataclasses import dataclass
from typing import Final


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
    """

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Term:
    """A part of the objective: a raw value times its weight, in minutes.

    Parameters
    ----------
    name
        The same as its weight's.
    unit
        Of the raw value.
    meaning
        One line.
    """

    name: str
    unit: str
    meaning: str


RULES: Final = {
    rule.name: rule
    for rule in (
        Rule("complete", "", "every municipality that takes part has exactly one host, and nobody else has"),
        Rule("host_is_member", "", "the host of an office is a member of it"),
        Rule("max_minutes", "minutes", "no member is further from its host than this, one way"),
        Rule("min_members", "municipalities", "no office has fewer members, the host included"),
        Rule("max_members", "municipalities", "no office has more members, the host included"),
        Rule("contiguity", "", "the members of an office are connected by road or ferry links"),
        Rule("county_lines", "", "every member is in its host's county (when hard)"),
        Rule("min_office_fte", "årsverk", "no office has fewer planners employed (when critical mass is hard)"),
        Rule("max_office_need_fte", "årsverk", "no office needs more planners than this"),
        Rule("min_host_share", "share", "the host employs at least this share of what the largest member employs"),
        Rule("min_offices", "offices", "there are at least so many shared offices"),
        Rule("max_offices", "offices", "there are at most so many shared offices"),
        Rule("may_host", "", "only municipalities that may host have a shared office"),
        Rule("together", "", "pinned sets are in one office"),
        Rule("apart", "", "no two of a pinned set share an office"),
        Rule("fixed", "", "pinned municipalities have the host they are fixed to"),
        Rule("must_host", "", "pinned municipalities host a shared office"),
        Rule("may_not_host", "", "pinned municipalities do not host a shared office"),
        Rule("held", "", "offices that are held have exactly their host and members"),
    )
}

TERMS: Final = {
    term.name: term
    for term in (
        Term("travel", "minutes", "minutes from each member to its host, one way, times its trips"),
        Term("missing_fte", "årsverk", "planners below the critical mass, over all offices, offices of one included"),
        Term("county_lines", "members", "members outside their host's county"),
        Term("statsforvalter_lines", "members", "members outside the district of their host's statsforvalter"),
        Term("unmet_need", "årsverk", "planners needed and not employed, over all offices"),
        Term("alone", "municipalities", "municipalities that stand alone"),
    )
}

KNOWN_GAP = 0.9995
"""A gap from here on says nothing of a plan: the search had hardly begun."""
