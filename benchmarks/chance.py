"""Whether the plan finds again who works together today more than a plan drawn by lot would.

Of the pairs of municipalities that share a real office, a regional council or a region, some share an office in the
plan. Neighbours do so by chance too, so the figure is held against random plans. The null model is `Lottery.draw`:
offices drawn by lot from all that keep the rules, of the sizes that the plan has. It knows the rules, so its journeys
are short too, but it weighs no journeys, planners or county lines.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

REPORT = Path(__file__).with_name("chance.md")
PLANS = 1000
SEED = 1
LEVEL = 0.05
"""Share of random plans with as many pairs up to which the plan is said to find more than chance."""
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class FoundAgain:
    """What the plan and random plans have in common with a reference.

    Parameters
    ----------
    pairs
        Pairs of the reference of which both take part.
    possible
        Of these, pairs that share an office in some plan within the rules.
    plan
        Pairs that share an office in the plan.
    drawn
        The same in each random plan.
    """

    pairs: int
    possible: int
    plan: int
    drawn: tuple[int, ...]

    @property
    def mean(self) -> float:
        """Pairs in the mean random plan."""
        return float(np.mean(self.drawn))

    @property
    def high(self) -> int:
        """The 95th percentile: the least number of pairs that 95 of 100 random plans do not exceed."""
        return int(np.percentile(self.drawn, 95, method="inverted_cdf"))

    @property
    def as_many(self) -> float:
        """Share of random plans that have at least as many pairs as the plan; the plan itself counts as one."""
        return (1 + sum(number >= self.plan for number in self.drawn)) / (1 + len(self.drawn))


def pairs_of(groups: Iterable[Iterable[str]]) -> Pairs:
    """Return the pairs that share a group."""
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))


class Lottery:
    """Draws random plans from all offices that keep the rules.

    Parameters
    ----------
    pool
        All these offices, each set of members once, as from `optimizer.engines.listing.find_groups`.
    """

    def __init__(self, pool: Any) -> None:
        self.members, self.many = pool.members, len(pool.ids)
        self.width = (pool.members < self.many).sum(axis=1)
        self.rows_with = [np.flatnonzero((pool.members == i).any(axis=1)) for i in range(self.many)]

    def draw(self, sizes: Iterable[int], random: np.random.Generator) -> list[int]:
        """Return the rows of the pool that make a random plan.

        The sizes are taken from the largest to the smallest. For each, one office is drawn, each with the same
        probability, from all of that size whose members are not placed yet; where there is none, the next smaller
        size is taken. Who is left at the end stands alone.

        Parameters
        ----------
        sizes
            Members of each office of the plan.
        random
            Draws.

        Raises
        ------
        ValueError
            If somebody who is left may not stand alone.
        """
        free, placed, rows = np.ones(len(self.members), dtype=bool), 0, []
        for size in [*sorted(sizes, reverse=True), *[1] * self.many]:
            if placed == self.many:
                break
            most = self.width[free & (self.width <= size)].max(initial=0)
            if not most:
                raise ValueError("somebody is left who may not stand alone")
            row = int(random.choice(np.flatnonzero(free & (self.width == most))))
            rows.append(row)
            placed += int(most)
            for member in self.members[row, :most]:
                free[self.rows_with[member]] = False
        return rows


def references(problem: Any) -> dict[str, Pairs]:
    """Return the pairs of each reference of which both take part."""
    from geodata import references as tables

    active = {id_ for id_, part in zip(problem.ids, problem.active, strict=True) if part}
    found = {}
    for name in tables.names():
        table = tables.load(name)
        table = table[table["kommunenummer"].isin(active)]
        found[name] = pairs_of(members for _, members in table.groupby("group")["kommunenummer"])
    return found


@dataclass(frozen=True)
class Figures:
    """Of the plan, or of the mean random plan.

    Parameters
    ----------
    objective
        Minutes-equivalents.
    minutes
        Sum of all journeys, unweighted.
    pairs
        Pairs that share an office.
    """

    objective: float
    minutes: float
    pairs: float


def figures(problem: Any, offices: Sequence[tuple[str, tuple[str, ...]]]) -> Figures:
    """Return the figures of a plan.

    Raises
    ------
    ValueError
        If the specification says that it breaks a rule.
    """
    from optimizer.grouping import Grouping
    from optimizer.judging.evaluate import evaluate

    judged = evaluate(problem, Grouping.of_offices(offices))
    if judged.violations:
        raise ValueError(f"a plan breaks {judged.violations[0].rule}")
    minutes = sum(office.mean_minutes * (len(office.members) - 1) for office in judged.offices)
    return Figures(judged.objective, minutes, len(pairs_of(members for _, members in offices)))


def compute(plans: int, seed: int) -> tuple[dict[str, FoundAgain], Figures, Figures]:
    """Return what is found of each reference, and the figures of the plan and of the mean random plan."""
    from optimizer.engines.listing import find_groups
    from optimizer.solve import solve
    from scenarios.question.load import load
    from scenarios.world.build import build

    problem = build(load("nasjonal")).problem
    result = solve(problem)
    if result.status != "optimal" or result.grouping is None:
        raise ValueError("the national scenario was not proved")
    best = list(result.grouping.offices.items())
    pool, random = find_groups(problem), np.random.default_rng(seed)
    lottery, sizes = Lottery(pool), [len(members) for _, members in best]
    drawn = [[pool.office(row) for row in lottery.draw(sizes, random)] for _ in range(plans)]
    together = [pairs_of(members for _, members in offices) for offices in drawn]
    possible = pairs_of(pool.office(row)[1] for row in range(len(pool)))
    inside = pairs_of(members for _, members in best)
    found = {
        name: FoundAgain(
            len(pairs), len(pairs & possible), len(pairs & inside), tuple(len(pairs & one) for one in together)
        )
        for name, pairs in references(problem).items()
    }
    mean = np.mean([astuple(figures(problem, offices)) for offices in drawn], axis=0)
    return found, figures(problem, best), Figures(*mean)


HEAD = """# The plan and chance

Written by `{command}`.
Pairs of municipalities that work together in a reference and share an office in the plan of the national scenario
(proved), beside the same in random plans within the same rules, drawn by lot as `Lottery.draw` says.

| reference | pairs | possible | in the plan | chance, mean | chance, 95th percentile | as many by chance | verdict |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
"""
FOOT = """
Possible: pairs that share an office in any plan within the rules. As many by chance: share of the random plans that
have at least as many of the pairs as the plan, which counts as one of them. The verdict is at {level:.0%}.

| | the plan | mean random plan |
| --- | ---: | ---: |
| sum of the objective, minutes-equivalents | {plan.objective:.0f} | {mean.objective:.0f} |
| all journeys, minutes one way | {plan.minutes:.0f} | {mean.minutes:.0f} |
| pairs that share an office | {plan.pairs:.0f} | {mean.pairs:.0f} |

A random plan has about as many pairs as the plan, not exactly: the last sizes do not always fit into what is left.
"""


def report(found: dict[str, FoundAgain], plan: Figures, mean: Figures, command: str) -> str:
    """Return the report in Markdown."""
    lines = []
    for name, one in found.items():
        counts = (share(number, one.pairs) for number in (one.plan, one.mean, one.high))
        verdict = "more than chance" if one.as_many <= LEVEL else "not told apart from chance"
        cells = (name, one.pairs, one.possible, *counts, f"{one.as_many:.1%}", verdict)
        lines.append(f"| {' | '.join(map(str, cells))} |\n")
    return HEAD.format(command=command) + "".join(lines) + FOOT.format(level=LEVEL, plan=plan, mean=mean)


def share(number: float, pairs: int) -> str:
    """Return a number of pairs with its share of all."""
    return f"{number:.1f}".removesuffix(".0") + f" ({number / pairs:.0%})"


def main() -> None:
    """Compute, write the report and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=PLANS, help="random plans to draw (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random numbers (default: %(default)s)")
    asked = parser.parse_args()
    command = f"python benchmarks/chance.py --plans {asked.plans} --seed {asked.seed}"
    REPORT.write_text(report(*compute(asked.plans, asked.seed), command), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
