"""The optimum by trying everything; nothing here comes from the solvers, `evaluate` alone judges."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem

SAME = 1e-9
OF_THE_WHOLE = {"complete", "min_offices", "max_offices"}


@dataclass(frozen=True)
class BruteForce:
    """All that can be known about a small problem.

    Parameters
    ----------
    objective
        The optimum, minutes-equivalents; ``None`` if no grouping is legal.
    groupings
        Every optimal grouping: first those with each office at the first of its equally good hosts (that with the
        largest need, then the first in id order), then the others; each in id order.
    offices
        Cost of every legal office by its members, at each host that may have it.
    """

    objective: float | None
    groupings: tuple[Grouping, ...]
    offices: Mapping[tuple[str, ...], Mapping[str, float]]

    @property
    def partitions(self) -> set[frozenset[frozenset[str]]]:
        """The optimal groupings without regard to hosts."""
        return {frozenset(map(frozenset, grouping.offices.values())) for grouping in self.groupings}


def brute_force(problem: Problem) -> BruteForce:
    """Try every set partition with every choice of hosts (up to some 9 municipalities).

    An office is judged alone first: whatever `evaluate` says of it, apart from who is missing and from the number of
    offices, it would say in every grouping that has this office. Then every partition into legal offices is summed.
    """
    offices = legal_offices(problem)
    best = {members: min(costs.values()) for members, costs in offices.items()}
    priced = [(sum(best[members] for members in partition), partition) for partition in partitions(problem, offices)]
    if not priced:
        return BruteForce(None, (), offices)
    lowest = min(cost for cost, _ in priced)
    slack = SAME * (1 + abs(lowest))
    optimal = [
        Grouping.of_offices(zip(hosts, partition, strict=True))
        for cost, partition in priced
        if cost <= lowest + slack
        for hosts in product(*(hosts_at(offices[members], best[members] + slack) for members in partition))
    ]
    optimal = in_order(problem, optimal)
    for grouping in optimal:
        judgement = evaluate(problem, grouping)
        assert not judgement.violations
        assert abs(judgement.objective - lowest) <= len(grouping) * slack
    return BruteForce(lowest, tuple(optimal), offices)


def in_order(problem: Problem, optimal: list[Grouping]) -> list[Grouping]:
    """Return optimal groupings in the order of `BruteForce`."""
    hosts: dict[tuple[str, ...], set[str]] = {}
    for grouping in optimal:
        for host, members in grouping.offices.items():
            hosts.setdefault(members, set()).add(host)
    need = dict(zip(problem.ids, problem.need_fte.tolist(), strict=True))
    first = {members: min(some, key=lambda host: (-need[host], host)) for members, some in hosts.items()}

    def order(grouping: Grouping) -> tuple[bool, tuple[tuple[str, str], ...]]:
        return any(first[members] != host for host, members in grouping.offices.items()), grouping.pairs

    return sorted(optimal, key=order)


def hosts_at(costs: Mapping[str, float], most: float) -> list[str]:
    """Return the hosts at which an office costs no more."""
    return [host for host, cost in costs.items() if cost <= most]


def active_ids(problem: Problem) -> list[str]:
    """Return the municipalities to be grouped, in id order."""
    left_out = problem.pins.leave_out
    return sorted(
        i for i, takes_part in zip(problem.ids, problem.takes_part, strict=True) if takes_part and i not in left_out
    )


def legal_offices(problem: Problem) -> dict[tuple[str, ...], dict[str, float]]:
    """Return the cost of every office that can be part of a legal grouping, by members and host."""
    ids = active_ids(problem)
    offices: dict[tuple[str, ...], dict[str, float]] = {}
    for size in range(1, len(ids) + 1):
        for members in combinations(ids, size):
            kept = (*problem.pins.together, *problem.pins.held.values())
            if any(0 < len(pin & set(members)) < len(pin) for pin in kept):
                continue
            for host in members:
                judgement = evaluate(problem, Grouping.of(dict.fromkeys(members, host)))
                if all(violation.rule in OF_THE_WHOLE for violation in judgement.violations):
                    offices.setdefault(members, {})[host] = judgement.objective
    return offices


def partitions(
    problem: Problem, offices: Mapping[tuple[str, ...], Mapping[str, float]]
) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield every partition of the active municipalities into these offices that keeps the limits on their number."""
    least = problem.limits.min_offices or 0
    most = len(problem.ids) if problem.limits.max_offices is None else problem.limits.max_offices
    starting: dict[str, list[tuple[str, ...]]] = {}
    for members in offices:
        starting.setdefault(members[0], []).append(members)

    def split(left: list[str], chosen: tuple[tuple[str, ...], ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
        if not left:
            if least <= sum(len(members) > 1 for members in chosen) <= most:
                yield chosen
            return
        for members in starting.get(left[0], []):
            if set(members) <= set(left):
                yield from split([i for i in left if i not in members], (*chosen, members))

    yield from split(active_ids(problem), ())


def every_assignment(problem: Problem) -> BruteForce:
    """Judge every map from municipality to host as a whole (up to some 4 municipalities): slower and plainer."""
    ids = active_ids(problem)
    legal = []
    for hosts in product(ids, repeat=len(ids)):
        grouping = Grouping.of(dict(zip(ids, hosts, strict=True)))
        judgement = evaluate(problem, grouping)
        if not judgement.violations:
            legal.append((judgement.objective, grouping))
    if not legal:
        return BruteForce(None, (), {})
    lowest = min(cost for cost, _ in legal)
    optimal = [grouping for cost, grouping in legal if cost <= lowest + SAME * (1 + abs(lowest))]
    return BruteForce(lowest, tuple(in_order(problem, optimal)), {})
