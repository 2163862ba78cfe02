"""Those who stand alone: what stops them, what would let them in, who is near and who could help, in words."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from maps.told.people.help_words import HelpWords
from maps.told.plan import Office
from maps.told.texts import Words
from maps.told.verdicts import decimals_of
from optimizer.judging.alone import Alone, JoinableOffice
from optimizer.judging.moves import Stop
from optimizer.judging.ranges import Ranges


@dataclass(frozen=True)
class AloneWords:
    """Why a municipality stands alone, in words.

    Parameters
    ----------
    words
        Of the language.
    label
        Name of a municipality by its number.
    max_minutes
        The longest journey within the rules, minutes.
    ranges
        How far the figures are from being known.
    help
        Who could help those short of planners; ``None`` where that is not told.
    """

    words: Words
    label: Callable[[str], str]
    max_minutes: float
    ranges: Ranges
    help: HelpWords | None

    def why(self, found: Alone, own: str) -> str:
        """Return what stops a municipality that stands alone, in a sentence or two."""
        return self._why(found, own) + self._border(found.borderline, own)

    def lets_in(self, found: Alone, office: Office) -> str:
        """Return what would let a municipality that stands alone in, who is near, and who could help."""
        own = office.host.id
        told = [self._eased(found)] if found.cheapest is None else []
        if found.town is not None:
            told.append(self.words.text("stands.town", **self._away(found.town, found.town_minutes)))
        if found.by_estimate:
            low, high = (self.words.number(end, 1) for end in office.planner_ends)
            fte = self.words.number(office.row.planner_fte, 2)
            told.append(self.words.text("stands.by_estimate", fte=fte, low=low, high=high))
        if self.help is not None:
            told += [self.help.help(one) for one in self.help.plan.found if one.municipality == own]
        return " ".join(told)

    def _eased(self, found: Alone) -> str:
        """Return the one limit that would let a municipality in."""
        one = found.easing
        if one is None:
            return self.words.text("stands.eased_none")
        values = {"host": self.label(one.other), "stop": self.stop(Stop(one.rule, one.found, one.limit))}
        if one.other == found.nearest and {stop.rule for stop in found.stops} == {one.rule} != {"max_minutes"}:
            return self.words.text("stands.eased_same")
        if one.rule != "max_minutes":
            return self.words.text("stands.eased", **values)
        more = self.words.minutes(math.ceil(one.found) - one.limit)
        values |= {
            "limit": self.words.setting(one.limit),
            "found": self.words.number(math.ceil(one.found)),
            "more": more,
        }
        return self.words.text("stands.eased_minutes", **values)

    def _away(self, id_: str, minutes: float) -> dict[str, str]:
        return {"name": self.label(id_), "minutes": self.words.number(minutes)}

    def _border(self, one: JoinableOffice | None, own: str) -> str:
        """Return the option that only a journey rules out which may be short enough; empty if there is none."""
        if one is None:
            return ""
        low, high = self.ranges.journey(one.minutes)
        return " " + self.words.text(
            "stands.border_host" if one.host == own else "stands.border",
            host=self.label(one.other),
            limit=self.words.setting(self.max_minutes),
            minutes=self.words.number(one.minutes, 1),
            low=self.words.number(low),
            high=self.words.number(high),
            extra=self.words.number(-one.extra, 1),
        )

    def _why(self, found: Alone, own: str) -> str:
        if found.cheapest is not None:
            return self._option(found, own)
        if found.nearest is None:
            return self.words.text("stands.no_way")
        values = {
            "host": self.label(found.nearest),
            "minutes": self.words.number(found.minutes),
            "stops": "; ".join(self.stop(stop) for stop in found.stops),
        }
        form = "stopped" if found.neighbours else "no_neighbours"
        return self.words.text(f"stands.{form}", **values)

    def _option(self, found: Alone, own: str) -> str:
        option = found.cheapest
        assert option is not None  # noqa: S101 - asked by the caller
        form = "host" if option.host == own else "join" if option.shared else "pair"
        values = {"host": self.label(option.other), "minutes": self.words.number(option.minutes)}
        first = self.words.text(f"stands.{form}", **values)
        by = "more" if option.extra > 0.05 else "less" if option.extra < -0.05 else "same"
        return first + self.words.text(f"stands.{by}", extra=self.words.number(abs(option.extra), 1))

    def stop(self, stop: Stop) -> str:
        """Return what rules something out, in words."""
        decimals = decimals_of(stop.rule)
        found = self.words.number(stop.found, decimals)
        limit = self.words.setting(stop.limit)
        return self.words.text(f"rule.{stop.rule}.stop", found=found, limit=limit)
