"""The game of an office: which of its members could form an office of their own, and what that would cost them.

The specification of the rules ``nobody_worse`` and ``stable``: both look at one office and its subgroups only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, isfinite

from optimizer.grouping import Grouping
from optimizer.judging.evaluation import OfficeRow, Violation
from optimizer.judging.kroner.office_money import OfficeMoney, office_money
from optimizer.judging.offices import (
    host_violations,
    is_connected,
    is_excused,
    office_row,
    office_violations,
    pin_violations,
)
from optimizer.money import UNITS_PER_KRONE, Money
from optimizer.problem import Problem
from optimizer.sharing.core import Leaving, is_stable
from optimizer.sharing.game import Game, game_of
from optimizer.sharing.keys import Figures, SharingKey
from optimizer.sharing.shares import exact_shares


@dataclass(frozen=True, eq=False)
class OfficeGames:
    """Games of the offices of one problem; what was computed once is remembered.

    Parameters
    ----------
    problem
        Rules and figures.
    money
        Prices.
    """

    problem: Problem
    money: Money
    remembered: dict[tuple[str, ...], int | None] = field(default_factory=dict)
    games: dict[tuple[str, tuple[str, ...]], Game] = field(default_factory=dict)

    def cost(self, host: str, members: tuple[str, ...]) -> int:
        """Return what an office costs at this host, whole øre a year."""
        return office_money(self.problem, self.money, host, members).ore

    def cheapest(self, members: tuple[str, ...]) -> int | None:
        """Return what an office of these members costs at the cheapest host that may have it, whole øre a year.

        A municipality by itself may always stand alone here: it is what each is compared with.

        Returns
        -------
        int or None
            ``None`` if they could not be an office.
        """
        if members not in self.remembered:
            self.remembered[members] = self._cheapest(members)
        return self.remembered[members]

    def _cheapest(self, members: tuple[str, ...]) -> int | None:
        if len(members) == 1:
            return self.cost(members[0], members)
        if not is_connected(self.problem, members) and frozenset(members) not in self.problem.pins.held.values():
            return None
        costs = [self.cost(host, members) for host in members if may_form(self.problem, host, members)]
        return min(costs, default=None)

    def of(self, host: str, members: tuple[str, ...]) -> Game:
        """Return the game of an office: its own cost at its own host, and what each subgroup would pay by itself."""
        everybody = tuple(sorted(members))
        if (host, everybody) not in self.games:
            self.games[host, everybody] = game_of(
                everybody, lambda some: self.cost(host, some) if some == everybody else self.cheapest(some)
            )
        return self.games[host, everybody]

    def without_groups(self, host: str, members: tuple[str, ...]) -> Game:
        """Return the game of an office that has too many subgroups to try: each alone, and all at its host."""
        everybody = tuple(sorted(members))
        alone = {1 << i: self.cost(id_, (id_,)) for i, id_ in enumerate(everybody)}
        return Game(everybody, alone | {(1 << len(everybody)) - 1: self.cost(host, everybody)})

    def is_stable(self, host: str, members: tuple[str, ...]) -> bool:
        """Return whether the cost of an office can be shared so that no subgroup would do better by itself."""
        return is_stable(self.of(host, members))

    def worse_off(
        self,
        office: tuple[str, tuple[str, ...]],
        key: SharingKey,
        figures: Figures,
        own: Mapping[str, int] | None = None,
    ) -> tuple[Leaving, ...]:
        """Return the members that pay more under a key than alone, and how much in whole øre, the most first.

        Parameters
        ----------
        office
            Host and members.
        key
            Without faults.
        figures
            Of each municipality, for keys in proportion to a figure.
        own
            Whole øre that each pays of its own; only the rest is shared. ``None``: all is shared.
        """
        game = self.of(*office)
        paid = None if own is None else [own[id_] for id_ in game.players]
        shares = exact_shares(game, key, figures, paid)
        found = [
            Leaving((id_,), ceil(share - cost))
            for id_, share, cost in zip(game.players, shares, game.alone, strict=True)
            if share > cost
        ]
        return tuple(sorted(found, key=lambda one: (-one.gain, one.members)))


def may_form(problem: Problem, host: str, members: tuple[str, ...]) -> bool:
    """Return whether these members could be an office at this host within the rules and the pins."""
    inside = set(members)
    if any(0 < len(pin & inside) < len(pin) for pin in (*problem.pins.together, *problem.pins.held.values())):
        return False
    known = Grouping.of(dict.fromkeys(members, host))
    row = office_row(problem, host, members)
    breaches = (
        *office_violations(problem, row),
        *host_violations(problem, row),
        *pin_violations(problem, known),
    )
    return all(is_excused(problem, known, breach) for breach in breaches)


def cheapest_office(problem: Problem, money: Money, members: tuple[str, ...]) -> OfficeMoney:
    """Return what members that could be an office pay at the cheapest host that may have it; one may stand alone."""
    hosts = [host for host in members if len(members) == 1 or may_form(problem, host, members)]
    return min((office_money(problem, money, host, members) for host in hosts), key=lambda one: one.ore)


def own_planners(problem: Problem, money: Money, id_: str) -> int:
    """Return what a municipality pays for the planners that it employs, at its own price; whole øre."""
    i = problem.index[id_]
    return round(float(money.fte_kr[i] * problem.planner_fte[i]) * UNITS_PER_KRONE)


@lru_cache(maxsize=8)
def games_of(problem: Problem) -> OfficeGames:
    """Return the games of a problem's offices: one for each problem, so that what was computed is remembered.

    Raises
    ------
    ValueError
        If the problem has no prices in kroner.
    """
    if problem.money is None:
        raise ValueError("the problem has no prices in kroner")
    return OfficeGames(problem, problem.money)


def sharing_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield breaches of the rules on how the cost of an office is shared.

    An office that nobody can reach, or that has more members than are allowed, is judged by those rules alone.
    """
    members = office.members
    if not problem.shares_kroner or not office.is_shared or office.host not in members:
        return
    if not isfinite(office.longest_minutes) or len(members) > problem.limits.max_members:
        return
    yield from _unshared(problem, office.host, members)


@lru_cache(maxsize=4096)  # as `optimizer.judging.offices.office_row`
def _unshared(problem: Problem, host: str, members: tuple[str, ...]) -> tuple[Violation, ...]:
    """Return breaches by an office whose subgroups can be tried."""
    games, found = games_of(problem.as_asked), list[Violation]()
    if problem.limits.nobody_worse == "hard" and problem.sharing is not None:
        terms, own = problem.sharing, None
        if terms.shared_part == "common":
            own = {id_: own_planners(problem, games.money, id_) for id_ in members}
        worse = games.worse_off((host, members), terms.key, terms.figures, own)
        found += [Violation("nobody_worse", one.members, host) for one in worse]
    if problem.limits.stable == "hard" and not games.is_stable(host, members):
        found.append(Violation("stable", members, host))
    return tuple(found)
