"""Who is at work before and after sharing, and what days at each town hall cost, in words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from maps.told.people.plan_words import PlanWords
from optimizer.staffing.presence import OfficePresence
from optimizer.staffing.vacancy import VacancyChange


@dataclass(frozen=True)
class PostsPlan:
    """Who is at work in each municipality, alone and in its office.

    Parameters
    ----------
    changes
        By municipality, in id order.
    share
        Of posts that are vacant, 0 to 1.
    leaving_rate, years_to_fill
        What the share was derived from; ``None`` if it was given.
    days_a_week
        At each town hall; 0 for none.
    presence
        What these cost each shared office, by host; empty for none.
    """

    changes: Mapping[str, VacancyChange]
    share: float
    leaving_rate: float | None
    years_to_fill: float
    days_a_week: float
    presence: Mapping[str, OfficePresence]

    def mean(self, state: str, figure: str) -> float:
        """Return the mean of a chance over the municipalities: of ``alone`` or ``shared``."""
        values = [float(getattr(getattr(change, state), figure)) for change in self.changes.values()]
        return math.fsum(values) / len(values) if values else 0.0


class PostsWords(PlanWords[PostsPlan]):
    """Who is at work, in words."""

    @property
    def text(self) -> str:
        """The mean risks, alone and in the plan."""
        plan, words, how = self.plan, self.words, ""
        if plan.leaving_rate is not None:
            leaving, years = words.percent(plan.leaving_rate), words.short(plan.years_to_fill, 2)
            how = words.text("posts.turnover", leaving=leaving, years=years)
        return words.text(
            "posts.text",
            share=words.percent(plan.share, 1),
            how=how,
            nobody_alone=self._mean("alone", "nobody"),
            nobody_shared=self._mean("shared", "nobody"),
            fewer_alone=self._mean("alone", "fewer_than_two"),
            fewer_shared=self._mean("shared", "fewer_than_two"),
        )

    @property
    def presence(self) -> list[str]:
        """What days at each town hall cost, and where most; nothing without them."""
        found, words = [*self.plan.presence.values()], self.words
        if not found:
            return []
        hours = math.fsum(chain.from_iterable(one.hours.values() for one in found))
        lost = math.fsum(one.lost_fte for one in found)
        employed = math.fsum(one.employed_fte for one in found)
        most = max(found, key=lambda one: (one.lost_share, one.host))
        return [
            words.text(
                "posts.presence",
                days=words.count("days", self.plan.days_a_week),
                hours=words.number(hours),
                fte=words.fte(lost),
                percent=words.percent(lost / employed if employed else 0.0, 1),
            ),
            words.text(
                "posts.presence_most",
                host=self.name(most.host),
                hours=words.number(math.fsum(most.hours.values())),
                percent=words.percent(most.lost_share, 1),
                fte=words.fte(most.net_fte),
            ),
        ]

    def cells(self, change: VacancyChange) -> list[str]:
        """Return the figures of one municipality: each alone, then in the plan."""
        alone, shared, words = change.alone, change.shared, self.words
        return [
            *(words.percent(chance, 1) for chance in (alone.nobody, shared.nobody)),
            *(words.percent(chance, 1) for chance in (alone.fewer_than_two, shared.fewer_than_two)),
            *(words.number(fte, 2) for fte in (change.filled_alone_fte, change.filled_shared_fte)),
        ]

    def alone(self, id_: str) -> str:
        """Return the risk that nobody is at work in a municipality by itself, to stand beside that of its office."""
        return self.words.text("posts.beside", n=self.words.percent(self.plan.changes[id_].alone.nobody, 1))

    def _mean(self, state: str, figure: str) -> str:
        return self.words.percent(self.plan.mean(state, figure), 1)
