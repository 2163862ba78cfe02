"""What helps those short of planners, in words: assistance and guidance, with the reason and the figures of each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from maps.told.people.plan_words import PlanWords
from maps.told.texts import FTE_DECIMALS, rounded
from optimizer.staffing.help import DAILY_MINUTES, DIGITAL_MINUTES, EACH, EDGE_FTE, HelpForOne, HelpMatch

NAMED = 12
"""Municipalities named in a line; of more, the number."""


@dataclass(frozen=True)
class HelpPlan:
    """What helps each municipality short of planners, and under which limits.

    Parameters
    ----------
    found
        Those whom nothing helps first.
    mass
        Critical mass, årsverk.
    known
        Municipalities whose planners are no estimate.
    within
        Minutes between a municipality and who helps it at most, one way.
    each
        Municipalities that one mentor has at most.
    """

    found: tuple[HelpForOne, ...]
    mass: float
    known: frozenset[str] = frozenset()
    within: float = DIGITAL_MINUTES
    each: int = EACH


class HelpWords(PlanWords[HelpPlan]):
    """What helps those short of planners, in words."""

    @property
    def about(self) -> list[str]:
        """Who is meant, what assistance and guidance are, and under which limits."""
        within, each = self.words.minutes(self.plan.within), self.words.count("municipalities", self.plan.each)
        return [
            self._text("about", mass=self._mass),
            self._text("limits", within=within, each=each),
        ]

    @property
    def headline(self) -> list[str]:
        """How many have a mentor, those who stand alone first, and who has no assistance at all."""
        found = self.plan.found
        if not found:
            return [self._text("nobody", mass=self._mass)]
        on_edge = [one for one in found if one.is_left_out]
        groups = {
            "alone": [one for one in found if one.members == 1],
            "others": [one for one in found if one.members > 1 and not one.is_left_out],
        }
        told = [self._served(kind, some) for kind, some in groups.items() if some]
        if on_edge:
            told.append(self._text("on_edge", of=self.words.count("municipalities", len(on_edge)), edge=self._edge))
        without = [self.name(one.municipality) for one in found if one.is_unserved]
        if not without:
            return [*told, self._text("everybody")]
        return [*told, self._text("unserved", names=self.words.listed(without, NAMED))]

    def reason(self, one: HelpForOne) -> str:
        """Return why a municipality is in the list, with its figures."""
        kind = "alone" if one.members == 1 else "office"
        known = "_known" if one.municipality in self.plan.known else ""
        missing = self.words.fte(one.missing_fte) if rounded(one.missing_fte, FTE_DECIMALS) else self._text("hardly")
        edge = self._text("near") if one.is_on_edge else ""
        return edge + self._text(
            f"reason_{kind}{known}",
            fte=self.words.fte(one.employed_fte),
            missing=missing,
            members=self.words.count("municipalities", one.members),
            mass=self._mass,
        )

    def assistance(self, one: HelpForOne) -> str:
        """Return who comes and does something; why nobody does."""
        if one.is_left_out:
            return self._text("edge", edge=self._edge)
        trainee = [] if one.trainee is None else [self._match("trainee", one.trainee)]
        if one.mentor is not None:
            return "; ".join([self._match("mentor", one.mentor), *trainee])
        why = self._why(one)
        return "; ".join([*trainee, self._text("no_mentor", why=why)]) if trainee else self._text("none", why=why)

    def guidance(self, one: HelpForOne) -> str:
        """Return how somebody advises, and the district that it is in."""
        level = self._text(one.guidance.replace(" ", "_"))
        return self._text("guidance", level=level, statsforvalter=one.statsforvalter)

    def line(self, one: HelpForOne) -> str:
        """Return all about one municipality."""
        return self._text(
            "line",
            name=self.name(one.municipality),
            reason=self.reason(one),
            assistance=self.assistance(one),
            guidance=self.guidance(one),
        )

    def help(self, one: HelpForOne) -> str:
        """Return who could assist and who advises, beside what else is told of a municipality."""
        return self._text("sheet", assistance=self.assistance(one), guidance=self.guidance(one))

    def _served(self, kind: str, some: Sequence[HelpForOne]) -> str:
        """Return how many of some have a mentor."""
        matches = [one.mentor for one in some if one.mentor is not None]
        return self._text(
            kind if matches else f"{kind}_none",
            of=self.words.count("municipalities", len(some)),
            served=self.words.number(len(matches)),
            minutes=self.words.minutes(math.fsum(match.minutes for match in matches)),
        )

    def _match(self, kind: str, match: HelpMatch) -> str:
        far = "_far" if kind == "trainee" and match.minutes > DAILY_MINUTES else ""
        return self._text(f"{kind}{far}", name=self.name(match.helper), minutes=self.words.minutes(match.minutes))

    def _why(self, one: HelpForOne) -> str:
        """Return why somebody has no mentor."""
        if one.nearest is None:
            return self._text("unreachable")
        if one.nearest.minutes <= self.plan.within:
            return self._text("full", each=self.words.number(self.plan.each))
        return self._text(
            "far",
            name=self.name(one.nearest.helper),
            minutes=self.words.minutes(one.nearest.minutes),
            within=self.words.minutes(self.plan.within),
        )

    @property
    def _edge(self) -> str:
        return self.words.fte(EDGE_FTE)

    @property
    def _mass(self) -> str:
        return self.words.fte(self.plan.mass)

    def _text(self, name: str, /, **values: object) -> str:
        return self.words.text(f"help.{name}", **values)
