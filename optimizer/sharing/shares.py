"""Who pays what by a key: shares as exact fractions, and as whole units that sum to the cost."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from optimizer.sharing.game import Game
from optimizer.sharing.keys import Figures, SharingKey, decimal
from optimizer.sharing.nucleolus import nucleolus
from optimizer.sharing.shapley import shapley


def exact_shares(game: Game, key: SharingKey, figures: Figures, own: Sequence[int] | None = None) -> list[Fraction]:
    """Return what each player pays by a key, in the order of the players; the sum is the game's total.

    Parameters
    ----------
    game
        The cost to share, and what coalitions would pay.
    key
        Without faults.
    figures
        Of each player, for `GIVEN` keys.
    own
        Whole units that each pays of its own, in the order of the players; only the rest is shared.

    Raises
    ------
    ValueError
        If figures of a key are missing or negative, or there are more players than ``shapley`` can take.
    """
    if own is not None:
        rest = exact_shares(game.without(own), key, figures)
        return [part + share for part, share in zip(own, rest, strict=True)]
    shares = [Fraction(0)] * len(game.players)
    for name, share in key.parts.items():
        part = one_key(game, name, figures)
        shares = [paid + decimal(share) * one for paid, one in zip(shares, part, strict=True)]
    return shares


def one_key(game: Game, name: str, figures: Figures) -> Sequence[Fraction]:
    """Return what each player pays by one key."""
    if name == "shapley":
        return shapley(game)
    if name == "nucleolus":
        return nucleolus(game)
    if name == "equal_gain":
        return [Fraction(cost) - Fraction(game.saving, len(game.players)) for cost in game.alone]
    return in_proportion(game.total, name, weights_of(game, name, figures))


def weights_of(game: Game, name: str, figures: Figures) -> list[Fraction]:
    """Return the figures that a key divides in proportion to."""
    if name == "equal":
        return [Fraction(1)] * len(game.players)
    if name == "alone":
        # Who would pay less alone than it pays of its own pays nothing of the rest.
        return [Fraction(max(0, cost)) for cost in game.alone]
    missing = [id_ for id_ in game.players if id_ not in figures.get(name, {})]
    if missing:
        raise ValueError(f"the key {name} needs a figure of each member; none is given for {', '.join(missing)}")
    return [Fraction(figures[name][id_]) for id_ in game.players]


def in_proportion(total: int, name: str, weights: Sequence[Fraction]) -> list[Fraction]:
    """Return the total divided in proportion to weights; equally if all of them are 0.

    Raises
    ------
    ValueError
        If a weight is negative.
    """
    if min(weights) < 0:
        raise ValueError(f"the key {name} has a figure of {float(min(weights)):g}; expected 0 or more")
    whole = sum(weights)
    return [total * weight / whole if whole else Fraction(total, len(weights)) for weight in weights]


def whole_shares(shares: Sequence[Fraction], total: int) -> tuple[int, ...]:
    """Return shares in whole units that sum to the total: each rounded down, and the largest remainders up.

    Of equal remainders the first in the order of the players is rounded up, so the answer does not depend on the order
    of the input. Whoever pays no more than a whole figure before rounding pays no more after it.
    """
    floors = [floor(share) for share in shares]
    order = sorted(range(len(shares)), key=lambda i: (floors[i] - shares[i], i))
    up = set(order[: total - sum(floors)])
    return tuple(low + (i in up) for i, low in enumerate(floors))
