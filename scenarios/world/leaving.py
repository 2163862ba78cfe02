"""Who would be better off in another office than in a plan, and which grant holds it: asked of all possible offices."""

import threading
from dataclasses import dataclass

from optimizer.budget import Budget
from optimizer.engines.columns.kroner import kroner_columns
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.questions.money.holding_grant import HoldingGrant, OfficeGrant, holding_grant, office_grant, plan_cost
from optimizer.questions.money.leaving import BetterOffice, better_offices
from scenarios.world.build import World


@dataclass(frozen=True)
class PlanHold:
    """What holds a plan, and who would rather be elsewhere.

    Parameters
    ----------
    grant
        The smallest yearly grant with which no group would pay less by itself; ``None`` if there was no time.
    better
        Possible offices whose members pay more in the plan, the one that gains most for each member first; with an
        office named, those that have a member of it.
    office
        What the named office gets of that grant, at least and at most; ``None`` where none is named.
    """

    grant: HoldingGrant | None
    better: tuple[BetterOffice, ...]
    office: OfficeGrant | None = None


def hold_of(
    world: World, plan: Grouping, found: PlanAccounts, host: str = "", stop: threading.Event | None = None
) -> PlanHold | None:
    """Return what holds a plan; ``None`` if the possible offices are too many to list.

    Parameters
    ----------
    world, plan, found
        What is asked, a plan, and its accounts.
    host
        Of the office that is asked about; empty for all.
    stop
        When set, the search ends soon.
    """
    free, budget = world.problem.without_sharing, Budget(stop=stop or threading.Event())
    try:
        pool = find_groups(free, max_groups=world.scenario.solver.max_groups, keep_going=budget.listing)
    except PoolTooLargeError:
        return None
    if not pool.complete:
        return None
    columns = kroner_columns(free, found.money, pool)
    better = better_offices(columns, found.paid)
    grant = holding_grant(columns, plan_cost(free, found.money, plan), budget)
    if host not in found.offices:
        return PlanHold(grant, tuple(better))
    members = plan.offices[host]
    some = tuple(one for one in better if not set(members).isdisjoint(one.members))
    part = None if grant is None else office_grant(columns, grant, members, found.offices[host].money.ore)
    return PlanHold(grant, some, part)
