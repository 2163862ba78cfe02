"""Every legal grouping of a small problem, hosts included, with its figures; `evaluate` alone judges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from bruteforce import legal_offices, partitions

from optimizer.evaluate import evaluate
from optimizer.grouping import Grouping
from optimizer.problem import Problem

MOST_GROUPINGS = 20_000


@dataclass(frozen=True)
class Plan:
    grouping: Grouping
    objective: Fraction
    raw: dict[str, Fraction]

    def without(self, problem: Problem, *terms: str) -> Fraction:
        return self.objective - sum(Fraction(getattr(problem.weights, term)) * self.raw[term] for term in terms)


def every_grouping(problem: Problem) -> list[Plan] | None:
    """Return every legal grouping, the cheapest first and then in id order; ``None`` if they are too many.

    Figures are exact where those of the problem are exact in binary.
    """
    offices = legal_offices(problem)
    figures = {
        (members, host): exact(problem, Grouping.of(dict.fromkeys(members, host)))
        for members, hosts in offices.items()
        for host in hosts
    }
    plans = []
    for partition in partitions(problem, offices):
        for hosts in product(*(offices[members] for members in partition)):
            chosen = [figures[members, host] for members, host in zip(partition, hosts, strict=True)]
            raw = {term: sum((one[term] for one in chosen), Fraction(0)) for term in chosen[0]}
            objective = sum(Fraction(getattr(problem.weights, term)) * value for term, value in raw.items())
            plans.append(Plan(Grouping.of_offices(zip(hosts, partition, strict=True)), objective, raw))
            if len(plans) > MOST_GROUPINGS:
                return None
    return sorted(plans, key=lambda plan: (plan.objective, plan.grouping.pairs))


def exact(problem: Problem, grouping: Grouping) -> dict[str, Fraction]:
    """Return the raw terms of a grouping as fractions."""
    return {name: Fraction(term.value) for name, term in evaluate(problem, grouping).terms.items()}


def front(points: Iterable[Sequence[Fraction]]) -> set[tuple[Fraction, ...]]:
    """Return the points that no other dominates."""
    kept: list[tuple[Fraction, ...]] = []
    # In this order a point can only be dominated by one before it.
    for point in sorted({tuple(point) for point in points}):
        if not any(all(a <= b for a, b in zip(other, point, strict=True)) for other in kept):
            kept.append(point)
    return set(kept)


def supported(point: tuple[Fraction, Fraction], points: set[tuple[Fraction, ...]]) -> bool:
    """Return whether a point ``(minutes, second)`` of a front is the best at some price of the second figure."""
    least, most = Fraction(0), None
    for minutes, second in points:
        if second < point[1]:
            price = (minutes - point[0]) / (point[1] - second)
            most = price if most is None else min(most, price)
        elif second > point[1]:
            least = max(least, (point[0] - minutes) / (second - point[1]))
    return most is None or least <= most
