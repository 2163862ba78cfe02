"""What changed roads, ferries and journeys changed: whose times, by how much, and who is next to whom; in words."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from maps.told.texts import Words

NAMED: Final = 10
"""Municipalities and neighbours named in a line; of more, the number."""
Pair = tuple[str, str]


@dataclass(frozen=True)
class ChangedJourney:
    """A journey that takes another time.

    Parameters
    ----------
    start, end
        Numbers.
    before, after
        Minutes by the roads of the data, and in the scenario; infinite where there is no way.
    """

    start: str
    end: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """Minutes more; infinite where a way came or went."""
        return self.after - self.before


@dataclass(frozen=True)
class ChangedTimes:
    """The journeys of one municipality that take another time.

    Parameters
    ----------
    municipality
        Number.
    shorter, longer
        How many of them, to others who take part.
    most
        That which changed most; the first of those without a way before or after.
    """

    municipality: str
    shorter: int
    longer: int
    most: ChangedJourney


@dataclass(frozen=True)
class LinkEnd:
    """Where a planned link joins the network.

    Parameters
    ----------
    end
        As it was named: a number, a quay or a position.
    kind
        What that means.
    away_km
        From a position to the junction, quay or centre that is meant by it; else 0.
    """

    end: str
    kind: Literal["centre", "quay", "place"]
    away_km: float


@dataclass(frozen=True)
class TravelChanges:
    """What a scenario's roads, ferries and journeys changed for those who take part.

    Parameters
    ----------
    within
        Longest journey of the rules, minutes: a journey counts that is within it before or after.
    journeys
        Those that changed, those of no way first, then by how much; a pair once unless its directions differ.
    came, went
        Pairs who became neighbours by road or ferry, and who are none any more.
    links
        Name and both ends of each planned link.
    """

    within: float
    journeys: tuple[ChangedJourney, ...]
    came: tuple[Pair, ...]
    went: tuple[Pair, ...]
    links: tuple[tuple[str, LinkEnd, LinkEnd], ...]

    @cached_property
    def municipalities(self) -> tuple[ChangedTimes, ...]:
        """Whose times changed, those first whose journey changed most."""
        of: dict[str, list[ChangedJourney]] = {}
        for journey in self.journeys:
            for id_ in (journey.start, journey.end):
                of.setdefault(id_, []).append(journey)
        return tuple(
            ChangedTimes(id_, sum(one.change < 0 for one in some), sum(one.change > 0 for one in some), some[0])
            for id_, some in of.items()
        )

    @property
    def came_within(self) -> int:
        """How many journeys the rules allow that they did not allow before."""
        return sum(one.after <= self.within < one.before for one in self.journeys)

    @property
    def fell_out(self) -> int:
        """How many journeys they do not allow any more."""
        return sum(one.before <= self.within < one.after for one in self.journeys)


class TravelChangeWords:
    """The same in words.

    Parameters
    ----------
    words
        Of the reader's language.
    found
        What is told of.
    name
        Returns what to call a municipality.
    """

    def __init__(self, words: Words, found: TravelChanges, name: Callable[[str], str]) -> None:
        self.words, self.found, self.name = words, found, name

    @property
    def headline(self) -> list[str]:
        """How many have other times, who came within reach, who became neighbours, and where new links begin."""
        words, found = self.words, self.found
        lines = [words.text("changes.none", within=words.minutes(found.within))]
        if found.journeys:
            lines = [self._counted, self._of_journey("changes.most", found.journeys[0])]
        if found.came_within or found.fell_out:
            came, out = (words.count("journeys", n) for n in (found.came_within, found.fell_out))
            lines.append(words.text("changes.reach", came=came, out=out, within=words.minutes(found.within)))
        for kind, pairs in (("came", found.came), ("went", found.went)):
            if pairs:
                lines.append(words.text(f"changes.{kind}", pairs=words.listed(map(self._pair, pairs), NAMED)))
        ends = ((link, self._end(one), self._end(other)) for link, one, other in found.links)
        return lines + [words.text("changes.link", link=link, one=one, other=other) for link, one, other in ends]

    @property
    def head(self) -> list[str]:
        """The columns of the table."""
        return [self.words.text(f"changes.head_{name}") for name in ("municipality", "shorter", "longer", "most")]

    def cells(self, one: ChangedTimes) -> list[str]:
        """Return the cells of one municipality."""
        words, most = self.words, one.most
        other = most.end if most.start == one.municipality else most.start
        told = words.text("changes.cell", name=self.name(other), **self._times(most))
        return [self.name(one.municipality), words.number(one.shorter), words.number(one.longer), told]

    @property
    def _counted(self) -> str:
        words, found = self.words, self.found
        shorter = sum(one.change < 0 for one in found.journeys)
        return words.text(
            "changes.counted",
            municipalities=words.count("municipalities", len(found.municipalities)),
            journeys=words.count("journeys", len(found.journeys)),
            shorter=words.number(shorter),
            longer=words.number(len(found.journeys) - shorter),
            within=words.minutes(found.within),
        )

    def _of_journey(self, key: str, one: ChangedJourney) -> str:
        return self.words.text(key, start=self.name(one.start), end=self.name(one.end), **self._times(one))

    def _times(self, one: ChangedJourney) -> dict[str, str]:
        return {"before": self._minutes(one.before), "after": self._minutes(one.after)}

    def _minutes(self, minutes: float) -> str:
        return self.words.minutes(minutes) if math.isfinite(minutes) else self.words.text("changes.no_way")

    def _pair(self, pair: Pair) -> str:
        return self.words.text("changes.pair", one=self.name(pair[0]), other=self.name(pair[1]))

    def _end(self, end: LinkEnd) -> str:
        called = self.name(end.end) if end.kind == "centre" else end.end
        km = self.words.number(end.away_km, 1)
        return self.words.text(f"changes.end_{end.kind}", end=called, km=km)
