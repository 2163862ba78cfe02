"""Zones of the employer tax (arbeidsgiveravgift): what an employer pays to the state on top of pay and pension."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pandas as pd

from geodata.editions import DATA
from geodata.faults import DataError, DataFault

EDITIONS: Final = ("2024",)
"""Editions that have zones."""
RATES: Final[Mapping[str, float]] = {
    "1": 0.141,
    "1a": 0.141,
    "2": 0.106,
    "3": 0.064,
    "4": 0.051,
    "4a": 0.079,
    "5": 0.0,
}
"""Share of pay and pension by zone, as on the pages of regjeringen.no (2025). Zone 1a has 10.6 % up to a free amount of
850 000 kr a year, which a municipality has used up before its first planner is paid."""


@cache
def load(edition: str) -> pd.DataFrame:
    """Return the zones of an edition; the same read-only table every time.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``kommunenummer``: ``zone``, that of the town hall; ``other_zones``, those of other parts of a merged
        municipality with spaces between, mostly empty; ``note``, which parts; ``rate``, share of pay and pension.

    Raises
    ------
    DataError
        If the edition has no zones.
    """
    if edition not in EDITIONS:
        what = f"there are no zones of the employer tax for edition {edition}"
        raise DataError([DataFault("zones", what, f"there are for {', '.join(EDITIONS)}")])
    path = DATA / f"employer-tax-zones-{edition}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("kommunenummer")
    return table.assign(rate=table["zone"].map(RATES))
