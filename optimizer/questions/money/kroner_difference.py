"""What another plan changes in kroner: for a municipality, for its office, and for all whose office differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from optimizer.grouping import Grouping
from optimizer.judging.kroner.office_game import cheapest_office
from optimizer.judging.kroner.three_states import YearlyMoney
from optimizer.money import Money, SharingTerms
from optimizer.problem import Problem
from optimizer.questions.money.accounts import PlanAccounts, plan_accounts
from optimizer.sharing.game import cheapest_partition


@dataclass(frozen=True)
class KronerChange:
    """A year in two plans.

    Parameters
    ----------
    before, after
        In the plan that is explained and in the other.
    """

    before: YearlyMoney
    after: YearlyMoney

    @property
    def more(self) -> YearlyMoney:
        """What the other plan costs, and leaves undone, more."""
        return self.after - self.before


@dataclass(frozen=True)
class KronerDifference:
    """What another plan changes in kroner.

    Parameters
    ----------
    municipality
        Id of that which is asked about.
    together
        All whose office differs, together; nobody else pays anything else.
    office
        The office of the municipality: that of the one plan, and that of the other.
    members
        What each of all these pays by the key, in id order.
    """

    municipality: str
    together: KronerChange
    office: KronerChange
    members: Mapping[str, KronerChange]

    @property
    def own(self) -> KronerChange:
        """What the municipality pays."""
        return self.members[self.municipality]


def kroner_difference(
    problem: Problem, money: Money, terms: SharingTerms, plans: tuple[Grouping, Grouping], municipality: str
) -> KronerDifference:
    """Return what the second of two plans changes in kroner.

    Parameters
    ----------
    problem, money, terms
        Figures, prices, and how costs are shared.
    plans
        The plan that is explained and another, of the same municipalities; each member has a way to its host.
    municipality
        Id of that which is asked about.
    """
    offices = [set(plan.offices.items()) for plan in plans]
    concerned = {municipality, *(id_ for _, members in offices[0] ^ offices[1] for id_ in members)}
    for plan in plans:
        concerned |= plan.companions(municipality)
    before, after = (
        plan_accounts(problem, money, Grouping.of({id_: host for id_, host in plan if id_ in concerned}), terms)
        for plan in plans
    )
    return KronerDifference(
        municipality,
        KronerChange(before.country.shared, after.country.shared),
        KronerChange(
            *(
                office_year(found, plan.host_of[municipality])
                for found, plan in zip((before, after), plans, strict=True)
            )
        ),
        {id_: KronerChange(states.shared, after.members[id_].shared) for id_, states in before.members.items()},
    )


def by_themselves(found: PlanAccounts, groups: Iterable[tuple[str, ...]]) -> KronerChange:
    """Return what changes if some groups, each of which could be an office, leave the plan for offices of their own."""
    parts = list(groups)
    return KronerChange(
        YearlyMoney.sum(found.members[id_].shared for members in parts for id_ in members),
        YearlyMoney.sum(YearlyMoney.of(cheapest_office(found.problem, found.money, members)) for members in parts),
    )


def without_member(found: PlanAccounts, host: str, leaver: str) -> KronerChange:
    """Return what changes for the others of an office whose subgroups are known if a member leaves.

    They do the best that they can without it, like for like.
    """
    game = found.offices[host].game
    rest = game.everybody ^ 1 << game.players.index(leaver)
    return by_themselves(found, cheapest_partition(game, rest))


def office_year(found: PlanAccounts, host: str) -> YearlyMoney:
    """Return what an office of a plan costs in a year; of one municipality or several."""
    states = found.offices[host].states if host in found.offices else found.single[host]
    return states.shared
