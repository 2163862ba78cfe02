"""The rules that a grouping must keep, as settings."""

from dataclasses import dataclass
from typing import Final, Literal, get_args, get_origin, get_type_hints

import numpy as np

from optimizer.terms import RULES

MAX_MEMBERS: Final = 500


@dataclass(frozen=True)
class Limits:
    """The rules that a grouping must keep.

    The schema of a scenario file takes names, kinds, defaults and what is said of each from here.

    Parameters
    ----------
    max_minutes
        Longest journey from a member to its host, minutes one way.
    min_members
        Fewest municipalities in an office, the host included; standing alone is an office of one.
    max_members
        Most municipalities in an office, the host included.
    alone_exempt
        Whether standing alone is within the rules whatever min_members, max_office_need_fte and a hard min_office_fte
        say.
    contiguity
        "hard": the members of an office are connected through neighbours that are members; "through": also through
        municipalities that do not take part; "off": no such rule.
    county_lines
        "priced": a member in another county than its host adds weights.county_lines; "hard": it is forbidden.
    min_office_fte
        Critical mass of an office: planners employed by its members together, årsverk, less what days at each town hall
        take on the road.
    critical_mass
        "priced": each årsverk below min_office_fte adds weights.missing_fte; "hard": no office may be below it.
    max_office_need_fte
        Largest office, årsverk needed by its members together; "none" for no limit.
    min_host_share
        The host of a shared office employs at least this share of the planners that the member with the most employs, 0
        to 1: it must be able to recruit and to lead; 0 for no such rule. Hosts in pins.must_host, and those that
        pins.fixed gives to another municipality, may be smaller.
    nobody_worse
        "hard": nobody pays more for a shared office by money.key than alone; "off": no such rule.
    stable
        "hard": the cost of each shared office can be shared so that no group of its members that could be an office
        would pay less by itself; "off": no such rule.
    covers
        Disciplines that every shared office covers by disciplines.threshold, as far as a member needs them:
        ["arealplan", "gis"]; empty for no such rule.
    min_offices
        Fewest shared offices, those of two or more members; "none" for no limit.
    max_offices
        Most shared offices; "none" for no limit.
    """

    max_minutes: float = 75.0
    min_members: int = 1
    max_members: int = 6
    alone_exempt: bool = False
    contiguity: Literal["hard", "through", "off"] = "hard"
    county_lines: Literal["priced", "hard"] = "priced"
    min_office_fte: float = 3.0
    critical_mass: Literal["priced", "hard"] = "priced"
    max_office_need_fte: float | None = None
    min_host_share: float = 0.33
    nobody_worse: Literal["off", "hard"] = "off"
    stable: Literal["off", "hard"] = "off"
    covers: tuple[str, ...] = ()
    min_offices: int | None = None
    max_offices: int | None = None

    def faults(self) -> list[str]:
        """Return one sentence for each limit that cannot be meant."""
        found = [
            f"limits.{name} is {value}; expected a finite number of 0 or more"
            for name, rule in RULES.items()
            if rule.unit in {"minutes", "årsverk", "offices"}
            and (value := getattr(self, name)) is not None
            and not (np.isfinite(value) and value >= 0)
        ]
        if not 0 <= self.min_host_share <= 1:
            found.append(f"limits.min_host_share is {self.min_host_share}; expected a share from 0 (no such rule) to 1")
        choices = {
            name: get_args(kind) for name, kind in get_type_hints(type(self)).items() if get_origin(kind) is Literal
        }
        found += [
            f"limits.{name} is {value!r}; expected one of {', '.join(expected)}"
            for name, expected in choices.items()
            if (value := getattr(self, name)) not in expected
        ]
        if not 1 <= self.min_members <= self.max_members <= MAX_MEMBERS:
            found.append(
                f"limits.min_members is {self.min_members} and limits.max_members is {self.max_members}; "
                f"expected 1 <= min_members <= max_members <= {MAX_MEMBERS}"
            )
        if self.min_offices is not None and self.max_offices is not None and self.min_offices > self.max_offices:
            found.append(f"limits.min_offices is {self.min_offices}, more than limits.max_offices, {self.max_offices}")
        return found
