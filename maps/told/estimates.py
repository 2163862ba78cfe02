"""Which figures are made of planners employed, planners needed or journeys, and so are estimates where those are."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from geodata.schema import ESTIMATE
from optimizer.terms import RULES, TERMS, Weights

RESTS_ON: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        **{rule.name: rule.rests_on for rule in RULES.values()},
        **{name: term.rests_on for term in TERMS.values() for name in (term.name, term.column)},
        **dict.fromkeys(("planner_fte", "planner_fte_low", "planner_fte_high"), ("planner_fte",)),
        "need_fte": ("need_fte",),
        **dict.fromkeys(("empty", "reached", "share", "pooled_fte", "critical_mass_share"), ("planner_fte",)),
        **dict.fromkeys(("mean", "longest", "mean_minutes", "p90_minutes", "longest_minutes"), ("minutes",)),
        **dict.fromkeys(("minutes", "minutes_low", "minutes_high"), ("minutes",)),
    }
)
"""By the name of a term, a rule, a key figure or a column."""

SUMS: Final = frozenset({"objective", "above_lowest", "above_bound", "minutes_equivalents", "extra"})
"""Figures in minutes-equivalents, which terms are only a part of."""

PRICED: Final = tuple(name for name, term in TERMS.items() if term.rests_on)
"""Terms by which such a sum is made of them."""


def made_of(name: str, prices: Weights) -> tuple[str, ...]:
    """Return which of ``planner_fte``, ``need_fte`` and ``minutes`` a figure is made of.

    Parameters
    ----------
    name
        Of a term, a rule, a key figure, its cost or a column.
    prices
        By which a sum is made.
    """
    if name in SUMS:
        return tuple({figure: None for term in PRICED if getattr(prices, term) for figure in RESTS_ON[term]})
    return RESTS_ON.get(name.removeprefix("burden_"), ())


def basis(names: Collection[str]) -> str:
    """Return whether sources are ``estimate``, ``own`` or ``mixed``; empty for none."""
    if not names:
        return ""
    if ESTIMATE not in names:
        return "own"
    return "mixed" if len(set(names)) > 1 else "estimate"
