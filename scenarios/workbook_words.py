"""The texts of the workbooks in each language, and what they say of the figures' origin."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from geodata.schema import ESTIMATE

RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "planner_fte": ("planner_fte",),
    "need_fte": ("need_fte",),
    "missing_fte": ("planner_fte",),
    "unmet_need": ("planner_fte", "need_fte"),
    "unmet_need_fte": ("planner_fte", "need_fte"),
    "empty": ("planner_fte",),
    "pooled_fte": ("planner_fte",),
    "critical_mass_share": ("planner_fte",),
}
"""Figures that are made of the municipalities' planners, employed or needed."""

PRICED: Final = ("missing_fte", "unmet_need")
"""Terms by which a sum of minutes-equivalents is made of them too."""


@cache
def texts(language: str) -> Mapping[str, Any]:
    """Return the catalogue of a language, one of `maps.texts.LANGUAGES`."""
    with (Path(__file__).parent / f"workbook_{language}.toml").open("rb") as file:
        return tomllib.load(file)


def translated(text: str, language: str) -> str:
    """Return what a source says, in a language; names and addresses stay as they are."""
    for english, phrase in texts(language)["phrases"].items():
        text = text.replace(english, phrase)
    return text


def made_of(name: str, prices: object) -> tuple[str, ...]:
    """Return which of ``planner_fte`` and ``need_fte`` a figure is made of.

    Parameters
    ----------
    name
        Of a term, a key figure, its cost or a column.
    prices
        By which a sum is made, as `optimizer.problem.Weights`.
    """
    if name in {"objective", "above_lowest", "above_bound", "minutes_equivalents"}:
        return tuple({figure: None for term in PRICED if getattr(prices, term) for figure in RESTS_ON[term]})
    return RESTS_ON.get(name.removeprefix("cost_"), ())


def basis(names: Collection[str]) -> str:
    """Return whether sources are ``estimate``, ``own`` or ``mixed``; empty for none."""
    if not names:
        return ""
    if ESTIMATE not in names:
        return "own"
    return "mixed" if len(set(names)) > 1 else "estimate"


class Origins:
    """What figures rest on, in words.

    Parameters
    ----------
    language
        One of `maps.texts.LANGUAGES`.
    fte_sources
        Of ``planner_fte`` and ``need_fte``, as from `scenarios.sources.of`.
    prices
        As `optimizer.problem.Weights`.
    """

    def __init__(self, language: str, fte_sources: Mapping[str, Sequence[str]], prices: object) -> None:
        self.texts = texts(language)["basis"]
        self.sources = fte_sources
        self.prices = prices

    def of(self, name: str) -> str | None:
        """Return what a figure rests on; ``None`` for one that has nothing to do with planners."""
        used = {source for figure in made_of(name, self.prices) for source in self.sources.get(figure, ())}
        return self.texts[basis(used)] if used else None

    def heading(self, name: str, text: str) -> str:
        """Return the heading of a column, marked if any of its figures rests on an estimate."""
        used = {source for figure in made_of(name, self.prices) for source in self.sources.get(figure, ())}
        return f"{text} ({self.texts['label']})" if ESTIMATE in used else text
