"""When plans that fall due are worked on, in words."""

from dataclasses import dataclass

from maps.told.people.plan_words import PlanWords
from maps.told.texts import FTE_DECIMALS


@dataclass(frozen=True)
class WorkedOn:
    """A plan that falls due.

    Parameters
    ----------
    municipality
        Whose.
    plan
        Its kind.
    due, year
        When it falls due, and when it is worked on so that no year of the office is fuller than it must be.
    fte
        Work on it, årsverk.
    """

    municipality: str
    plan: str
    due: int
    year: int
    fte: float


@dataclass(frozen=True)
class OfficeCycle:
    """The plans of one office.

    Parameters
    ----------
    host
        Of the office.
    plans
        By the year in which they are worked on.
    peak_before, peak_after
        Årsverk of the fullest year, if all is done when due, and spread.
    proved
        Whether no spread has a smaller fullest year.
    """

    host: str
    plans: tuple[WorkedOn, ...]
    peak_before: float
    peak_after: float
    proved: bool


@dataclass(frozen=True)
class PlanCycle:
    """The plans of all offices whose dates are known.

    Parameters
    ----------
    offices
        In host order.
    first, last
        Years that are looked at.
    deadline
        Year of the next deadline of the planning strategy.
    """

    offices: tuple[OfficeCycle, ...]
    first: int
    last: int
    deadline: int


class CycleWords(PlanWords[PlanCycle]):
    """When plans are worked on, in words."""

    @property
    def headline(self) -> list[str]:
        """How many plans fall due, and when the next planning strategy does."""
        plans = [one for office in self.plan.offices for one in office.plans]
        open_ = [self.name(office.host) for office in self.plan.offices if not office.proved]
        return [
            self.words.text(
                "cycle.text",
                plans=self.words.count("plans", len(plans)),
                municipalities=self.words.count("municipalities", len({one.municipality for one in plans})),
                first=self.plan.first,
                last=self.plan.last,
            ),
            *([self.words.text("cycle.unproved", names=", ".join(open_))] if open_ else []),
            self.words.text("cycle.deadline", year=self.plan.deadline),
        ]

    def cells(self, office: OfficeCycle) -> list[str]:
        """Return the fullest year before and after, and when each plan is worked on."""
        done = (
            self.words.text(
                "cycle.done", year=one.year, name=self.name(one.municipality), plan=self.words.text(f"cycle.{one.plan}")
            )
            for one in office.plans
        )
        peaks = (self.words.number(peak, FTE_DECIMALS) for peak in (office.peak_before, office.peak_after))
        return [*peaks, "; ".join(done)]
