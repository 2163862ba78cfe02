"""A key over the years: how it drifts as the figures change, and how it is phased in."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from optimizer.sharing.game import Game
from optimizer.sharing.keys import Figures, SharingKey
from optimizer.sharing.shares import exact_shares, in_proportion, whole_shares


def drift(
    game: Game, key: SharingKey, figures_by_year: Mapping[int, Figures], own: Sequence[int] | None = None
) -> dict[int, tuple[int, ...]]:
    """Return what each player pays in each year if the cost stays and only the figures of the key change.

    Parameters
    ----------
    game
        The cost, and what coalitions would pay, as now.
    key
        The key.
    figures_by_year
        Figures of each player, such as projected inhabitants, by year.
    own
        Whole units that each pays of its own, in the order of the players; only the rest is shared.

    Returns
    -------
    dict
        Whole units in the order of the players, by year.
    """
    return {
        year: whole_shares(exact_shares(game, key, figures, own), game.total)
        for year, figures in figures_by_year.items()
    }


def phase_in(today: Sequence[int], shares: Sequence[Fraction], years: int) -> list[tuple[int, ...]]:
    """Return what each player pays in each year while its part of the cost goes in equal steps from today's to a key's.

    Parameters
    ----------
    today
        What each pays today, whole units; only its part of the sum counts.
    shares
        What each pays by the key; the sum is the cost that is shared in each year.
    years
        Steps; in the last the key holds.

    Raises
    ------
    ValueError
        If there is no year.
    """
    if years < 1:
        raise ValueError(f"the years of the phase-in are {years}; expected 1 or more")
    total = int(sum(shares))
    first = in_proportion(total, "today", [Fraction(paid) for paid in today])
    return [
        whole_shares([old + Fraction(year, years) * (new - old) for old, new in zip(first, shares, strict=True)], total)
        for year in range(1, years + 1)
    ]
