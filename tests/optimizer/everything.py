"""Every legal grouping of a small problem, hosts included, with its figures; `evaluate` alone judges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm

from bruteforce import legal_offices, partitions

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Problem
from optimizer.terms import TERMS

MOST_GROUPINGS = 20_000


@dataclass(frozen=True)
class Plan:
    grouping: Grouping
    counted: tuple[int, ...]  # the objective and each term, in units that make all of them whole
    unit: Fraction

    @cached_property
    def objective(self) -> Fraction:
        return self.counted[0] * self.unit

    @cached_property
    def raw(self) -> dict[str, Fraction]:
        return {term: number * self.unit for term, number in zip(TERMS, self.counted[1:], strict=True)}

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
    parts = lcm(*(figure.denominator for one in figures.values() for figure in one))
    counted = {office: [int(figure * parts) for figure in one] for office, one in figures.items()}
    plans = []
    for partition in partitions(problem, offices):
        for hosts in product(*(offices[members] for members in partition)):
            chosen = zip(*(counted[office] for office in zip(partition, hosts, strict=True)), strict=True)
            grouping = Grouping.of_offices(zip(hosts, partition, strict=True))
            plans.append(Plan(grouping, tuple(map(sum, chosen)), Fraction(1, parts)))
            if len(plans) > MOST_GROUPINGS:
                return None
    return sorted(plans, key=lambda plan: (plan.counted[0], plan.grouping.pairs))


def exact(problem: Problem, grouping: Grouping) -> list[Fraction]:
    """Return the objective and the raw terms of a grouping as fractions."""
    terms = evaluate(problem, grouping).terms
    raw = [Fraction(terms[name].value if name in terms else 0) for name in TERMS]
    return [sum(Fraction(getattr(problem.weights, name)) * value for name, value in zip(TERMS, raw, strict=True)), *raw]


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
