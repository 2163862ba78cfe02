"""Who in the country would be better off in another office than in a plan, by what each pays in it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.engines.columns.kroner import KronerColumns


@dataclass(frozen=True)
class BetterOffice:
    """A group that would pay less in an office of its own than its members do in the plan.

    Parameters
    ----------
    members
        In id order; one that would rather stand alone.
    gain
        Whole øre a year that it would pay less, at the host where it pays least.
    """

    members: tuple[str, ...]
    gain: int


def better_offices(columns: KronerColumns, paid: Mapping[str, int]) -> list[BetterOffice]:
    """Return every possible office that would pay less, the one that gains most for each member first.

    A gain below one øre a member is no reason to leave: it may come from rounding the shares.

    Parameters
    ----------
    columns
        All offices that there could be, each group once.
    paid
        Whole øre that each municipality pays in the plan.
    """
    pool = columns.pool
    now = np.array([*(paid[id_] for id_ in pool.ids), 0], dtype=np.int64)
    sizes = (pool.members < len(pool.ids)).sum(axis=1)
    gains = now[pool.members].sum(axis=1) - columns.cheapest
    rows = np.flatnonzero(gains >= sizes)
    order = np.lexsort((rows, -gains[rows] / sizes[rows]))
    return [BetterOffice(pool.office(row)[1], int(gains[row])) for row in rows[order].tolist()]
