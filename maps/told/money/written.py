"""Figures of the members of an office as they are written: rounded together, so that a reader's sums come out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from maps.told.texts import FTE_DECIMALS, rounded
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney

DECIMALS: Final = {"cash_kr": 0, "undone_fte": FTE_DECIMALS, "posts_fte": FTE_DECIMALS, "bought_fte": FTE_DECIMALS}
"""Of the figures that stand below those of an office."""
NOISE: Final = 1e-9


def rounded_together(total: float, parts: Sequence[float], decimals: int = 0) -> list[float]:
    """Return parts with so many decimals that sum to the total as it is written.

    Each is rounded down, and the largest remainders up, of equal ones the first.

    Parameters
    ----------
    total
        The sum of the parts.
    parts
        Figures.
    decimals
        Of each, and of the total.
    """
    scale = 10**decimals
    scaled = [part * scale for part in parts]
    floors = [math.floor(part + NOISE) for part in scaled]
    order = sorted(range(len(parts)), key=lambda i: (round(floors[i] - scaled[i], 6), i))
    up = set(order[: max(0, int(rounded(total, decimals) * scale) - sum(floors))])
    return [(low + (i in up)) / scale for i, low in enumerate(floors)]


def as_written(office: ThreeStates, members: Mapping[str, ThreeStates]) -> dict[str, ThreeStates]:
    """Return the three states of the members of an office as they are written below those of the office."""
    states = {
        state: years_written(getattr(office, state), [getattr(one, state) for one in members.values()])
        for state in ("today", "alone", "shared")
    }
    return {id_: ThreeStates(**{state: years[k] for state, years in states.items()}) for k, id_ in enumerate(members)}


def years_written(office: YearlyMoney, members: Sequence[YearlyMoney]) -> list[YearlyMoney]:
    """Return a year of each member as it is written; like for like stands below no sum, and stays."""
    figures = {
        name: rounded_together(getattr(office, name), [getattr(one, name) for one in members], decimals)
        for name, decimals in DECIMALS.items()
    }
    return [replace(one, **{name: values[k] for name, values in figures.items()}) for k, one in enumerate(members)]
