"""The texts of the workbooks in each language, and what they say of the figures' origin."""

from collections.abc import Mapping, Sequence

from geodata.schema import ESTIMATE
from maps.told.estimates import basis, made_of
from maps.told.texts import Words
from optimizer.problem import Weights


class FigureSources:
    """What figures rest on, in words.

    Parameters
    ----------
    words
        The texts of the workbook's language.
    fte_sources
        Of ``planner_fte`` and ``need_fte``, as from `scenarios.world.sources.of`.
    prices
        By which a sum is made.
    own_travel
        Whether the journeys are the user's own.
    """

    def __init__(
        self, words: Words, fte_sources: Mapping[str, Sequence[str]], prices: Weights, *, own_travel: bool
    ) -> None:
        self.words = words
        self.sources = {**fte_sources, "minutes": ["own" if own_travel else ESTIMATE]}
        self.prices = prices

    def of(self, name: str) -> str | None:
        """Return what a figure rests on; ``None`` for one that has nothing to do with planners or journeys."""
        if made_of(name, self.prices) == ("minutes",):
            return self.words.text("basis.journeys" if ESTIMATE in self.sources["minutes"] else "basis.own_journeys")
        return self.words.text(f"basis.{self._basis(name)}") if self._basis(name) else None

    def heading(self, name: str, text: str) -> str:
        """Return the heading of a column, marked if any of its figures rests on an estimate."""
        return f"{text} ({self.words.text('basis.label')})" if self._basis(name) in {"estimate", "mixed"} else text

    def _basis(self, name: str) -> str:
        return basis({source for figure in made_of(name, self.prices) for source in self.sources.get(figure, ())})
