"""What the members of an office pay in the years to come: as the figures of the key drift, and as it is phased in."""

from collections.abc import Mapping, Sequence

from optimizer.questions.money.accounts import OfficeAccount
from optimizer.sharing.keys import Figures
from optimizer.sharing.over_time import drift, phase_in
from optimizer.sharing.shares import exact_shares


def drifting(account: OfficeAccount, figures_by_year: Mapping[int, Figures]) -> dict[int, dict[str, int]]:
    """Return what each member pays in each year by the key if the cost stays; whole øre.

    Parameters
    ----------
    account
        Of the office.
    figures_by_year
        Figures of each member for the key, by year.
    """
    players, terms = account.game.players, account.terms
    paid = drift(account.game, terms.key, figures_by_year, account.own)
    return {year: dict(zip(players, shares, strict=True)) for year, shares in paid.items()}


def phased_in(account: OfficeAccount, today: Sequence[int], years: int) -> list[dict[str, int]]:
    """Return what each member pays in each year of the phase-in; in the last the key holds; whole øre.

    Parameters
    ----------
    account
        Of the office.
    today
        What each pays today, in id order; only its part of the sum counts.
    years
        1 or more.
    """
    terms = account.terms
    shares = exact_shares(account.game, terms.key, terms.figures, account.own)
    return [dict(zip(account.game.players, paid, strict=True)) for paid in phase_in(today, shares, years)]
