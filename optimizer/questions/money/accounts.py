"""The accounts of a plan: what each office costs, who pays which part by a key, and who would object."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_game import OfficeGames, own_planners
from optimizer.judging.kroner.office_money import OfficeMoney, office_money
from optimizer.judging.kroner.three_states import ThreeStates, YearlyMoney, member_states, office_states
from optimizer.money import UNITS_PER_KRONE, Money, SharingTerms
from optimizer.problem import Problem
from optimizer.sharing.core import Leaving, least_core, leavings
from optimizer.sharing.game import Game, partition_costs
from optimizer.sharing.key_finder import ClosingGrant, KeyInterval, closing_grant, nobody_leaves, nobody_pays_more
from optimizer.sharing.keys import GIVEN, MOST_SHAPLEY, SharingKey
from optimizer.sharing.shares import exact_shares, whole_shares


@dataclass(frozen=True, eq=False)
class OfficeAccount:
    """The account of one shared office; sums in whole øre a year where nothing else is said.

    Parameters
    ----------
    money
        What it costs.
    states
        Today, alone and shared, its members together.
    game
        What each subgroup that could be an office would pay.
    own
        What each member pays of its own, in id order; ``None`` where all is shared.
    terms
        How the cost is shared.
    groups_tried
        Whether its subgroups are known; in a large office there are too many of them.
    """

    money: OfficeMoney
    states: ThreeStates
    game: Game
    own: tuple[int, ...] | None
    terms: SharingTerms
    groups_tried: bool

    def shares_by(self, key: SharingKey) -> Mapping[str, int]:
        """Return what each member pays by a key, remembered; the sum is the office's cost exactly."""
        parts = tuple(key.parts.items())
        if parts not in self._paid:
            exact = exact_shares(self.game, key, self.terms.figures, self.own)
            self._paid[parts] = dict(zip(self.game.players, whole_shares(exact, self.game.total), strict=True))
        return self._paid[parts]

    @cached_property
    def _paid(self) -> dict[tuple[tuple[str, float], ...], Mapping[str, int]]:
        """What each member pays, by the parts of a key."""
        return {}

    @cached_property
    def shares(self) -> Mapping[str, int]:
        """What each member pays by the key."""
        return self.shares_by(self.terms.key)

    def paid_more(self, shares: Mapping[str, int]) -> dict[str, int]:
        """Return what each member pays more by these shares than alone, the most first; only those who pay more."""
        alone = dict(zip(self.game.players, self.game.alone, strict=True))
        more = {id_: paid - alone[id_] for id_, paid in shares.items() if paid > alone[id_]}
        return dict(sorted(more.items(), key=lambda one: (-one[1], one[0])))

    @property
    def evenly(self) -> tuple[str, ...]:
        """Keys in proportion to figures that are 0 of every member here, so that they divide equally."""
        figures = self.terms.figures
        return tuple(name for name in GIVEN if name in figures and not any(map(figures[name].get, self.game.players)))

    @cached_property
    def leaving(self) -> tuple[Leaving, ...]:
        """Subgroups that would pay less by themselves than by the key; in a large office only single members."""
        return leavings(self.game, list(self.shares.values()))

    @cached_property
    def least_excess(self) -> float | None:
        """What the least content subgroup loses by the best sharing for it, negative if each gains; øre.

        ``None`` in a large office.
        """
        return least_core(self.game).excess if self.groups_tried else None

    @cached_property
    def nobody_pays_more(self) -> KeyInterval | None:
        """Parts of the first of the mixed keys at which nobody pays more than alone."""
        return nobody_pays_more(self.game, *self._mixed)

    @cached_property
    def nobody_leaves(self) -> KeyInterval | None:
        """Parts of the first of the mixed keys at which no subgroup would leave; ``None`` in a large office too."""
        return nobody_leaves(self.game, *self._mixed) if self.groups_tried else None

    @cached_property
    def closing(self) -> ClosingGrant | None:
        """The smallest grant with which some mix leaves nobody worse off than alone; 0 if none is needed.

        ``None`` if no grant to what is shared does it: a member's own planners cost it more than it would pay alone.
        """
        game = self.game if self.own is None else self.game.without(self.own)
        first, second = (exact_shares(game, SharingKey.of(name), self.terms.figures) for name in self.terms.mixed)
        return closing_grant(game, first, second, [1 << i for i in range(len(game.players))])

    @cached_property
    def if_left(self) -> dict[str, int]:
        """What the others would pay more than now if a member left, at the best that they could do without it."""
        costs = partition_costs(self.game)
        return {
            id_: int(costs[self.game.everybody ^ 1 << i]) - (self.game.total - self.shares[id_])
            for i, id_ in enumerate(self.game.players)
        }

    @cached_property
    def _mixed(self) -> tuple[list[Fraction], list[Fraction]]:
        """What each member pays by each of the two mixed keys."""
        first, second = (
            exact_shares(self.game, SharingKey.of(name), self.terms.figures, self.own) for name in self.terms.mixed
        )
        return first, second


@dataclass(frozen=True, eq=False)
class PlanAccounts:
    """The accounts of a plan.

    Parameters
    ----------
    problem, money
        Figures and prices.
    offices
        Of each shared office, by host.
    single
        The three states of each municipality that stands alone; its shared state is that of alone.
    """

    problem: Problem
    money: Money
    offices: Mapping[str, OfficeAccount]
    single: Mapping[str, ThreeStates]

    @cached_property
    def members(self) -> dict[str, ThreeStates]:
        """The three states of each municipality, in id order."""
        found = dict(self.single)
        for account in self.offices.values():
            shares = {id_: paid / UNITS_PER_KRONE for id_, paid in account.shares.items()}
            found |= member_states(self.problem, self.money, account.money, shares)
        return dict(sorted(found.items()))

    @property
    def country(self) -> ThreeStates:
        """All together."""
        return ThreeStates.sum((*(account.states for account in self.offices.values()), *self.single.values()))

    @cached_property
    def if_need_stayed(self) -> dict[str, YearlyMoney]:
        """What each shared office would pay, and leave undone, if sharing made no need of planners fall; by host."""
        problem = replace(self.problem, fixed_kept=1.0)
        return {
            host: YearlyMoney.of(office_money(problem, self.money, host, account.game.players))
            for host, account in self.offices.items()
        }

    def by_less_need(self, hosts: Iterable[str]) -> YearlyMoney:
        """Return what some offices pay, and leave undone, less because sharing makes the need of planners fall."""
        some = [*hosts]
        stayed = YearlyMoney.sum(self.if_need_stayed[host] for host in some)
        return stayed - YearlyMoney.sum(self.offices[host].states.shared for host in some)

    @property
    def counties(self) -> dict[str, ThreeStates]:
        """The municipalities of each county together, by what they pay."""
        county = dict(zip(self.problem.ids, self.problem.counties, strict=True))
        numbers = sorted({county[id_] for id_ in self.members})
        return {
            number: ThreeStates.sum(states for id_, states in self.members.items() if county[id_] == number)
            for number in numbers
        }

    @cached_property
    def starting(self) -> dict[str, float]:
        """How much each municipality bears of what starting one office costs, and of its grant, 0 to 1; in id order.

        They are divided in the proportions of the rest. Who stands alone bears nothing, nor does who shares an office
        that is there today.
        """
        found = dict.fromkeys(self.single, 0.0)
        for account in self.offices.values():
            starts, total = not self.money.is_there(account.game.players), account.game.total
            for id_, paid in account.shares.items():
                found[id_] = starts * (paid / total if total else 1 / len(account.shares))
        return dict(sorted(found.items()))

    def starting_in(self, ids: Iterable[str]) -> float:
        """Return how many times what starting one office costs some municipalities bear together."""
        return math.fsum(self.starting[id_] for id_ in ids)

    @property
    def paid(self) -> dict[str, int]:
        """What each municipality pays in the plan, whole øre."""
        found = {id_: office_money(self.problem, self.money, id_, (id_,)).ore for id_ in self.single}
        for account in self.offices.values():
            found |= account.shares
        return dict(sorted(found.items()))


def plan_accounts(
    problem: Problem, money: Money, grouping: Grouping, terms: SharingTerms, *, groups: bool = True
) -> PlanAccounts:
    """Return the accounts of a plan.

    Parameters
    ----------
    problem, money
        Figures and prices.
    grouping
        The plan; each shared office has a way from each member to its host.
    terms
        How costs are shared.
    groups
        Whether to try the subgroups of each office, which takes far longer than all else: for keys that look at them,
        and for who would leave.
    """
    games = OfficeGames(problem, money)
    offices, single = {}, {}
    for host, members in grouping.offices.items():
        states = office_states(problem, money, host, members)
        if len(members) == 1:
            single[host] = states
            continue
        own = None if terms.shared_part == "all" else tuple(own_planners(problem, money, id_) for id_ in members)
        tried = groups and len(members) <= MOST_SHAPLEY
        game = (games.of if tried else games.without_groups)(host, members)
        offices[host] = OfficeAccount(office_money(problem, money, host, members), states, game, own, terms, tried)
    return PlanAccounts(problem, money, offices, single)
