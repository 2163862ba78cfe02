"""How far the minutes of the road graph are from what people say: judged by journeys not used for tuning.

The journeys of ``journeys-held-out.csv`` were written down from general knowledge, between seats of near
municipalities in every county, before any minutes of the graph were looked at. They are **not measured**: they
are themselves good to perhaps 5 to 10 per cent, so the error found here is that of the graph and that of memory
together. No speed or wait was chosen with them.
"""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from geodata import editions

JOURNEYS_FILE = "journeys-held-out.csv"

WITHIN = 0.8
"""Share of the journeys that lie within the range of `journey_range`; half of the others lie on either side."""


@dataclass(frozen=True)
class Accuracy:
    """The error of the graph's minutes over the held-out journeys.

    Attributes
    ----------
    journeys : int
        How many there are.
    mean_error : float
        Mean of graph / stated - 1; below zero if the graph is too fast.
    mean_absolute_error, median_absolute_error : float
        Of the same, without sign: 0.1 is ten per cent.
    mean_absolute_minutes : float
        Mean difference without sign, minutes.
    low_factor, high_factor : float
        Between the minutes of the graph times these lie the stated minutes of `WITHIN` of the journeys.
    """

    journeys: int
    mean_error: float
    mean_absolute_error: float
    median_absolute_error: float
    mean_absolute_minutes: float
    low_factor: float
    high_factor: float


def journeys() -> pd.DataFrame:
    """Return the held-out journeys.

    Returns
    -------
    pandas.DataFrame
        ``from``, ``to`` (numbers of 2024), ``minutes`` (stated from general knowledge, with an ordinary
        wait for ferries), ``graph_minutes`` (of the embedded graph, written by `geodata.making.prepare`), ``note``.
    """
    text = {"from": str, "to": str, "note": str}
    return pd.read_csv(editions.DATA / JOURNEYS_FILE, dtype=text, keep_default_na=False)


@cache
def held_out() -> Accuracy:
    """Return the error of the embedded graph over the held-out journeys."""
    table = journeys()
    error = table["graph_minutes"] / table["minutes"] - 1
    factors = (table["minutes"] / table["graph_minutes"]).quantile([(1 - WITHIN) / 2, (1 + WITHIN) / 2])
    return Accuracy(
        journeys=len(table),
        mean_error=float(error.mean()),
        mean_absolute_error=float(error.abs().mean()),
        median_absolute_error=float(error.abs().median()),
        mean_absolute_minutes=float((table["graph_minutes"] - table["minutes"]).abs().mean()),
        low_factor=float(factors.iloc[0]),
        high_factor=float(factors.iloc[1]),
    )


def journey_range(minutes: float) -> tuple[float, float]:
    """Return between which minutes a journey lies, as far as the held-out journeys tell.

    Parameters
    ----------
    minutes : float
        As computed from the embedded graph. A user's own minutes have no range here.

    Returns
    -------
    tuple of float
        The lowest and the highest minutes: for eight in ten of the held-out journeys (`WITHIN`), what people
        say lies between them.
    """
    error = held_out()
    return minutes * error.low_factor, minutes * error.high_factor
