"""In which order the offices of a plan start."""

from maps.told.people.order_words import OrderPlan, StartRow
from optimizer.budget import Budget
from optimizer.judging.kroner.three_states import ThreeStates
from optimizer.questions.measures.order import StartLimits, StartOrder, start_order
from optimizer.questions.money.accounts import PlanAccounts
from optimizer.solve import Options
from scenarios.world import solving
from scenarios.world.build import World
from scenarios.world.running.worker import Report

SECONDS = 20.0
"""If the scenario sets no time: the best order so far is told then, and that it is not proved."""


def limits_of(world: World) -> StartLimits:
    """Return what the scenario asks of the order."""
    asked = world.scenario.order
    return StartLimits(asked.years, asked.starts, asked.a_county, asked.budget_kr, asked.horizon)


def order_of(world: World, found: PlanAccounts | None, limits: StartLimits | None = None) -> OrderPlan | None:
    """Return the order in which the offices of a plan start, best for the gain until the horizon.

    Parameters
    ----------
    world
        What was asked.
    found
        Accounts of the plan; without them there is no order.
    limits
        What is asked of the order; what the scenario says if not given.

    Returns
    -------
    OrderPlan or None
        ``None`` without accounts or shared offices, if no order is asked for, or if none was found in time.

    Raises
    ------
    optimizer.problem.ProblemError
        With all faults of the limits.
    """
    wanted = limits or limits_of(world)
    if found is None or not found.offices or not wanted.years:
        return None
    problem, start_kr = world.problem, world.scenario.money.start_kr
    there = [host for host, account in found.offices.items() if found.money.is_there(account.money.members)]
    gains = {host: account.states.gain_kr for host, account in found.offices.items() if host not in there}
    if not gains:
        return None
    counties = {host: problem.counties[problem.index[host]] for host in gains}

    def find(options: Options, _tell: Report) -> StartOrder | None:
        time = SECONDS if options.time_limit is None else options.time_limit
        return start_order(gains, counties, start_kr, wanted, Budget(time))

    order = solving.ask(world, find)
    if order is None:
        return None
    rows = [
        StartRow(host, order.year_of.get(host), found.offices[host].states, gain / start_kr if start_kr else None)
        for host, gain in gains.items()
    ]
    asked = {name: getattr(wanted, name) for name in ("years", "starts", "a_county", "budget_kr", "horizon")}
    return OrderPlan(
        rows=tuple(sorted(rows, key=lambda row: (row.year or wanted.years + 1, -row.gain_kr, row.host))),
        members={host: account.money.members for host, account in found.offices.items()},
        limits=asked,
        after=wanted.after,
        start_kr=start_kr,
        gain_kr=order.gain_kr,
        most_kr=order.most_kr,
        proved=order.proved,
        there=tuple(there),
        states=ThreeStates.sum(found.offices[host].states for host in order.year_of),
    )
