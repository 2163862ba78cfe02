"""Which disciplines the municipalities have alone and in the plan, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maps.told.people.plan_words import PlanWords
from optimizer.disciplines import HeldTable
from optimizer.judging.disciplines import Cover, Coverage

MARKS: Final[Mapping[Cover, str]] = {"covered": "●", "one person": "◐", "not": "○"}
"""What stands for how a discipline is covered, where there is little room."""
SAMI: Final = "samisk"
NAMED: Final = 15
"""Municipalities named in a line; of more, the number."""


@dataclass(frozen=True)
class CompetencePlan:
    """How each office, and each municipality by itself, covers the disciplines that are needed.

    Parameters
    ----------
    names
        Of the disciplines that are needed by somebody, as they are listed.
    threshold
        Årsverk from which on a discipline is covered.
    table, needed
        What is held, and what is needed, where it is known.
    offices
        How each office covers what one of its members needs, by host; those of one included.
    alone
        The same of each municipality by itself, in id order.
    more
        What one more post would cover, by host.
    host_of
        Host of each municipality.
    """

    names: tuple[str, ...]
    threshold: float
    table: HeldTable
    needed: HeldTable
    offices: Mapping[str, tuple[Coverage, ...]]
    alone: Mapping[str, tuple[Coverage, ...]]
    more: Mapping[str, tuple[str, ...]]
    host_of: Mapping[str, str]

    def shared(self, id_: str) -> dict[str, Coverage]:
        """Return how the office of a municipality covers what the municipality needs, by discipline."""
        return {one.discipline: one for one in self.offices[self.host_of[id_]] if id_ in one.needed_by}

    def lacks(self, id_: str) -> tuple[list[str], list[str]]:
        """Return what a municipality lacks alone, and in the plan."""
        alone = [one.discipline for one in self.alone[id_] if one.cover == "not"]
        return alone, [name for name, one in self.shared(id_).items() if one.cover == "not"]

    def counted(self, name: str) -> tuple[int, int, int]:
        """Return how many municipalities need a discipline, and for how many it is covered alone and in the plan."""
        alone = [one for found in self.alone.values() for one in found if one.discipline == name]
        shared = [found[name] for id_ in self.alone if name in (found := self.shared(id_))]
        return len(alone), sum(one.cover != "not" for one in alone), sum(one.cover != "not" for one in shared)


class CompetenceWords(PlanWords[CompetencePlan]):
    """Disciplines, in words."""

    @property
    def sums(self) -> dict[str, str]:
        """How many disciplines of municipalities are not covered alone and in the plan, of how many, and from when."""
        counts = [self.plan.counted(name) for name in self.plan.names]
        lacking = [sum(needed - covered[k] for needed, *covered in counts) for k in (0, 1)]
        return {
            "alone": self.words.number(lacking[0]),
            "shared": self.words.number(lacking[1]),
            "of": self.words.number(sum(needed for needed, *_ in counts)),
            "threshold": self.words.fte(self.plan.threshold),
        }

    @property
    def headline(self) -> list[str]:
        """How many disciplines are covered alone and in the plan, who needs Sámi, and what is an estimate."""
        plan, words = self.plan, self.words
        needing = [id_ for id_, found in plan.alone.items() if SAMI in {one.discipline for one in found}]
        known, needs = (sum(id_ in some for id_ in plan.alone) for some in (plan.table, plan.needed))
        return [
            words.text("disciplines.headline", **self.sums),
            words.text(
                "disciplines.known" if known else "disciplines.known_none",
                known=words.number(known),
                of=words.count("municipalities", len(plan.alone)),
            ),
            *([words.text("disciplines.needs", n=words.count("municipalities", needs))] if needs else []),
            *(
                [
                    words.text(
                        "disciplines.sami",
                        n=words.count("municipalities", len(needing)),
                        names=words.listed(map(self.name, needing), NAMED),
                    )
                ]
                if needing
                else []
            ),
        ]

    def title(self, discipline: str) -> str:
        """Return what a discipline is called."""
        return self.words.text(f"column.{discipline}")

    def cover(self, one: Coverage) -> str:
        """Return how a discipline is covered, and whether that is an estimate."""
        said = self.words.text(f"disciplines.{one.cover.replace(' ', '_')}")
        return self.words.text("disciplines.estimated", cover=said) if one.estimated else said

    def of_office(self, host: str) -> list[tuple[str, str]]:
        """Return the mark and the words for each discipline in an office; empty where nobody needs it."""
        return self.marks(self.plan.offices[host])

    def marks(self, coverages: tuple[Coverage, ...]) -> list[tuple[str, str]]:
        """Return the mark and the words for each discipline; empty where nobody needs it."""
        found = {one.discipline: one for one in coverages}
        return [
            (MARKS[found[name].cover], self.cover(found[name])) if name in found else ("", "")
            for name in self.plan.names
        ]

    def grid(self, host: str, ids: Sequence[str]) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return of each discipline its name, and the marks of an office and of some municipalities by themselves."""
        columns = [self.of_office(host), *(self.marks(self.plan.alone[id_]) for id_ in ids)]
        rows = zip(self.plan.names, zip(*columns, strict=True), strict=True)
        return [(self.title(name), list(cells)) for name, cells in rows if any(mark for mark, _ in cells)]

    def estimated(self, host: str) -> bool:
        """Return whether what an office holds is an estimate, for one of its members at least."""
        return any(one.estimated for one in self.plan.offices[host])

    def more(self, host: str) -> str:
        """Return what one more post would cover."""
        return self.words.listed(map(self.title, self.plan.more[host])) or self.words.text("disciplines.nothing")

    def lacks(self, id_: str) -> str:
        """Return what a municipality lacks alone and in the plan, in a sentence."""
        alone, shared = self.plan.lacks(id_)
        known = "_known" if id_ in self.plan.table else ""
        return self.words.text(
            f"disciplines.lacks{known}",
            alone=self.words.number(len(alone)),
            of=self.words.number(len(self.plan.alone[id_])),
            shared=self.words.listed(map(self.title, shared)) or self.words.text("disciplines.nothing"),
        )
