"""The texts of the workbooks in each language, and what they say of the figures' origin."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from geodata.schema import ESTIMATE
from maps.told.estimates import basis, made_of
from optimizer.problem import Weights


@cache
def texts(language: str) -> Mapping[str, Any]:
    """Return the catalogue of a language, one of `maps.told.texts.LANGUAGES`."""
    with (Path(__file__).parent / f"workbook_{language}.toml").open("rb") as file:
        return tomllib.load(file)


def translated(text: str, language: str) -> str:
    """Return what a source says, in a language; names and addresses stay as they are."""
    for english, phrase in texts(language)["phrases"].items():
        text = text.replace(english, phrase)
    return text


class FigureSources:
    """What figures rest on, in words.

    Parameters
    ----------
    language
        One of `maps.told.texts.LANGUAGES`.
    fte_sources
        Of ``planner_fte`` and ``need_fte``, as from `scenarios.world.sources.of`.
    prices
        By which a sum is made.
    own_travel
        Whether the journeys are the user's own.
    """

    def __init__(
        self, language: str, fte_sources: Mapping[str, Sequence[str]], prices: Weights, *, own_travel: bool
    ) -> None:
        self.texts = texts(language)["basis"]
        self.sources = {**fte_sources, "minutes": ["own" if own_travel else ESTIMATE]}
        self.prices = prices

    def of(self, name: str) -> str | None:
        """Return what a figure rests on; ``None`` for one that has nothing to do with planners or journeys."""
        if made_of(name, self.prices) == ("minutes",):
            return str(self.texts["journeys" if ESTIMATE in self.sources["minutes"] else "own_journeys"])
        return self.texts[self._basis(name)] if self._basis(name) else None

    def heading(self, name: str, text: str) -> str:
        """Return the heading of a column, marked if any of its figures rests on an estimate."""
        return f"{text} ({self.texts['label']})" if self._basis(name) in {"estimate", "mixed"} else text

    def _basis(self, name: str) -> str:
        return basis({source for figure in made_of(name, self.prices) for source in self.sources.get(figure, ())})
