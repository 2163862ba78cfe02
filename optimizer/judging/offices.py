"""The specification of one office: its figures, and what it breaks of the rules and pins that speak of offices."""

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from optimizer.grouping import Grouping
from optimizer.judging.disciplines import discipline_violations, uncovered
from optimizer.judging.evaluation import OfficeRow, Violation
from optimizer.judging.figures import TOLERANCE, net_fte, office_need_fte, times
from optimizer.judging.kroner.office_money import cost_without_travel
from optimizer.problem import Problem
from optimizer.terms import RULES

EXCUSED = frozenset(name for name, rule in RULES.items() if rule.of == "office")
"""The rules that an office which is held may break."""


@lru_cache(maxsize=4096)  # a plan with one move has the other offices as before
def office_row(problem: Problem, host: str, members: tuple[str, ...]) -> OfficeRow:
    """Return the figures of the office of these members at this host."""
    h = problem.index[host]
    others = [problem.index[i] for i in members if i != host]
    minutes = [float(problem.minutes[i, h]) for i in others]
    travel = math.fsum(times(float(problem.trips[i]), float(problem.minutes[i, h])) for i in others)
    planner_fte = math.fsum(problem.planner_fte[problem.index[i]] for i in members)
    need_fte = office_need_fte(problem, members)
    net = net_fte(problem, host, members)
    missing_fte = max(0.0, problem.limits.min_office_fte - net)
    unmet_need_fte = max(0.0, need_fte - net)
    county_lines = sum(problem.counties[i] != problem.counties[h] for i in others)
    statsforvalter_lines = sum(problem.statsforvaltere[i] != problem.statsforvaltere[h] for i in others)
    return OfficeRow(
        host=host,
        members=members,
        travel_minutes=travel,
        mean_minutes=math.fsum(minutes) / len(minutes) if minutes else 0.0,
        longest_minutes=max(minutes, default=0.0),
        planner_fte=planner_fte,
        need_fte=need_fte,
        missing_fte=missing_fte,
        unmet_need_fte=unmet_need_fte,
        county_lines=county_lines,
        statsforvalter_lines=statsforvalter_lines,
        cost_thousand_kr=0.0 if problem.money is None else cost_without_travel(problem, problem.money, host, members),
        uncovered=uncovered(problem, members),
    ).priced(problem.weights)


def is_excused(problem: Problem, known: Grouping, breach: Violation) -> bool:
    """Return whether somebody decided on a breach.

    It is that of an office which the pins hold, and which is as it is held, or that of a host which they name and which
    is smaller than ``min_host_share`` asks.
    """
    if breach.rule == "min_host_share" and breach.host in problem.decided_hosts:
        return True
    if breach.host is None or breach.host not in problem.pins.held:
        return False
    return breach.rule in EXCUSED and problem.pins.held[breach.host] == frozenset(known.offices[breach.host])


@lru_cache(maxsize=4096)  # as above
def office_violations(problem: Problem, office: OfficeRow) -> tuple[Violation, ...]:
    """Return breaches of the limits on journeys, disciplines, size, planners, county lines and contiguity."""
    return tuple(_limits_broken(problem, office))


def _limits_broken(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    yield from discipline_violations(problem, office)
    limits, host, members = problem.limits, office.host, office.members
    h = problem.index[host]
    for id_ in members:
        i = problem.index[id_]
        minutes = float(problem.minutes[i, h])
        if minutes > limits.max_minutes + TOLERANCE:
            yield Violation("max_minutes", (id_,), host, minutes, limits.max_minutes)
        if limits.county_lines == "hard" and problem.counties[i] != problem.counties[h]:
            yield Violation("county_lines", (id_,), host)
    size = len(members)
    if size > limits.max_members:
        yield Violation("max_members", members, host, size, limits.max_members)
    if not is_connected(problem, members):
        yield Violation("contiguity", members, host)
    if size == 1 and limits.alone_exempt:
        return
    if size < limits.min_members:
        yield Violation("min_members", members, host, size, limits.min_members)
    net = net_fte(problem, host, members)
    if limits.critical_mass == "hard" and net < limits.min_office_fte - TOLERANCE:
        yield Violation("min_office_fte", members, host, net, limits.min_office_fte)
    largest = limits.max_office_need_fte
    if largest is not None and office.need_fte > largest + TOLERANCE:
        yield Violation("max_office_need_fte", members, host, office.need_fte, largest)


def is_connected(problem: Problem, members: tuple[str, ...]) -> bool:
    """Return whether the contiguity rule holds for these members."""
    if problem.limits.contiguity == "off":
        return True
    inside = {problem.index[i] for i in members}
    walkable = set(inside)
    if problem.limits.contiguity == "through":
        walkable |= {i for i in range(len(problem.ids)) if not problem.active[i]}
    start = min(inside)
    reached, frontier = {start}, [start]
    while frontier:
        linked = problem.links[frontier.pop()].nonzero()[0]
        new = walkable.intersection(linked.tolist()) - reached
        reached |= new
        frontier += new
    return inside <= reached


def host_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield breaches of who may be host of this office."""
    host = office.host
    if host not in office.members:
        yield Violation("host_is_member", office.members, host)
    if office.is_shared and not problem.may_host[problem.index[host]]:
        yield Violation("may_host", (host,), host)
    if office.is_shared and host in problem.pins.may_not_host:
        yield Violation("may_not_host", (host,), host)
    yield from share_violations(problem, office)


def share_violations(problem: Problem, office: OfficeRow) -> Iterator[Violation]:
    """Yield the breach of the host's share of the planners that the member with the most employs.

    It names that member, the first in id order of several, and ``found`` is the host's share.
    """
    least = problem.limits.min_host_share
    planner_fte = {i: float(problem.planner_fte[problem.index[i]]) for i in (*office.members, office.host)}
    most = max(office.members, key=lambda i: planner_fte[i])
    if planner_fte[office.host] < least * planner_fte[most] - TOLERANCE:
        yield Violation("min_host_share", (most,), office.host, planner_fte[office.host] / planner_fte[most], least)


def pin_violations(problem: Problem, known: Grouping) -> Iterator[Violation]:
    """Yield breaches of the pins, as far as the municipalities named are in the grouping."""
    pins, host_of = problem.pins, known.host_of
    for together in pins.together:
        if len({host_of[i] for i in together if i in host_of}) > 1:
            yield Violation("together", tuple(sorted(together)))
    for apart in pins.apart:
        for a, b in combinations(sorted(i for i in apart if i in host_of), 2):
            if host_of[a] == host_of[b]:
                yield Violation("apart", (a, b), host_of[a])
    for id_, host in sorted(pins.fixed.items()):
        if host_of.get(id_, host) != host:
            yield Violation("fixed", (id_,), host_of[id_])
    for id_ in sorted(pins.must_host):
        if id_ in host_of and (host_of[id_] != id_ or len(known.offices[id_]) == 1):
            yield Violation("must_host", (id_,), host_of[id_])
    yield from held_violations(problem, known)


def held_violations(problem: Problem, known: Grouping) -> Iterator[Violation]:
    """Yield offices that are to be held and have lost or gained somebody."""
    for host, members in sorted(problem.pins.held.items()):
        strangers = set(known.offices.get(host, ())) - members
        if strangers or any(known.host_of.get(i, host) != host for i in members):
            yield Violation("held", tuple(sorted(members)), host)


def applies(problem: Problem, rule: str) -> bool:
    """Return whether a rule asks anything in this problem."""
    entry = RULES[rule]
    if entry.of == "pin":
        return bool(getattr(problem.pins, rule))
    if rule == "may_host":
        return not problem.may_host[problem.active].all()
    return not entry.setting or getattr(problem.limits, entry.setting) != entry.off
