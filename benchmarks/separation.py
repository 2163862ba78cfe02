"""A second proof: the compact model in HiGHS (of OR-Tools), with contiguity by cuts that are found when missed.

The rows are those of the engine `assignment` without its flow. HiGHS solves them; where an office of its plan is not
connected, each part C without the host h gets the cut y(i,h) <= sum of y(v,h) over the neighbours v of C, for i in C;
then HiGHS solves again. The first plan without a part that is cut off is the best one. HiGHS counts with floats: the
proof is as exact as its tolerances (1e-6), and the plan is judged by the specification.
"""

import argparse
import time
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx
import numpy as np
from ortools.linear_solver.python import model_builder_helper as helper

from optimizer import Grouping, evaluate
from optimizer.budget import Budget
from optimizer.engines.assignment import AssignmentModel
from optimizer.problem import Problem
from optimizer.units import UNITS_PER_MINUTE
from scenarios.world.build import open_world

SEVERAL = ("exactly_one", "at_most_one", "bool_or")
WIDE = 100_000
"""Variables that can be larger count units: HiGHS has them in millions."""
MILLION = 1_000_000
NO_LIMIT = 2**60
Row = tuple[dict[int, float], float, float]


class WithoutFlow(AssignmentModel):
    """The model of the engine without contiguity."""

    def contiguity(self) -> None:
        """Leave it to the cuts."""


def literal(reference: int) -> tuple[int, int, int]:
    """Return variable, sign and constant of a literal."""
    return (reference, 1, 0) if reference >= 0 else (-reference - 1, -1, 1)


def summed(references: list[int], sign: int = 1) -> tuple[dict[int, float], int]:
    """Return the sum of literals as terms and a constant."""
    terms: dict[int, float] = {}
    for variable, factor, _ in map(literal, references):
        terms[variable] = terms.get(variable, 0) + sign * factor
    return terms, sign * sum(constant for *_, constant in map(literal, references))


def rows(model: Any) -> Iterator[Row]:
    """Yield the constraints of a model as rows: terms, lower and upper limit.

    Raises
    ------
    ValueError
        If a constraint is none of those that the model is made of without prices for disciplines.
    """
    for constraint in model.constraints:
        conditions = list(constraint.enforcement_literal)
        if constraint.has_linear() and not conditions:
            part = constraint.linear
            low, *_, high = part.domain
            yield dict(zip(part.vars, part.coeffs, strict=True)), low, high
        elif constraint.has_bool_and():
            least, short = summed(conditions, -1)
            for target in constraint.bool_and.literals:
                terms, constant = summed([target])
                yield added(least, terms), 1 - len(conditions) - constant - short, np.inf
        elif (kind := next((kind for kind in SEVERAL if getattr(constraint, f"has_{kind}")()), "")) and not conditions:
            terms, constant = summed(list(getattr(constraint, kind).literals))
            yield (
                terms,
                -np.inf if kind == "at_most_one" else 1 - constant,
                np.inf if kind == "bool_or" else 1 - constant,
            )
        else:
            raise ValueError(f"a constraint that is no row: {constraint}")


def added(first: Mapping[int, float], second: Mapping[int, float]) -> dict[int, float]:
    """Return the sum of two sums of terms."""
    return {name: first.get(name, 0) + second.get(name, 0) for name in {**first, **second}}


class Separation:
    """The rows in HiGHS, and the cuts found so far.

    Parameters
    ----------
    problem
        The problem; no prices for disciplines, no kroner.
    """

    def __init__(self, problem: Problem) -> None:
        self.source = WithoutFlow(problem, Budget())
        self.model: Any = helper.ModelBuilderHelper()
        self.worth = []
        for variable in self.source.model.proto.variables:
            low, *_, high = variable.domain
            worth = MILLION if high > WIDE else 1
            at = self.model.add_var()
            self.model.set_var_lower_bound(at, low / worth)
            self.model.set_var_upper_bound(at, high / worth)
            self.model.set_var_integrality(at, worth == 1)
            self.worth.append(worth)
        objective = self.source.model.proto.objective
        for at, price in zip(objective.vars, objective.coeffs, strict=True):
            self.model.set_var_objective_coefficient(at, price * self.worth[at] / UNITS_PER_MINUTE)
        for row in rows(self.source.model.proto):
            self.add(row)
        self.at = {pair: variable.index for pair, variable in self.source.belongs.items()}
        self.graph = nx.Graph(self.source.neighbours())
        self.graph.add_nodes_from(range(len(self.source.ids)))

    def add(self, row: Row) -> None:
        """Add a row, scaled so that its largest number is 1."""
        terms, low, high = row
        scaled = {at: factor * self.worth[at] for at, factor in terms.items()}
        largest = max(map(abs, scaled.values()), default=1)
        at = self.model.add_linear_constraint()
        self.model.set_constraint_lower_bound(at, low / largest if low > -NO_LIMIT else -np.inf)
        self.model.set_constraint_upper_bound(at, high / largest if high < NO_LIMIT else np.inf)
        for variable, factor in scaled.items():
            if factor:
                self.model.add_term_to_constraint(at, variable, factor / largest)

    def solve(self) -> tuple[dict[int, int], float] | None:
        """Return the host of each, by position, and the bound; ``None`` if there is no plan."""
        solver = helper.ModelSolverHelper("highs")
        solver.solve(self.model)
        if solver.status() != helper.SolveStatus.OPTIMAL:
            return None
        values = np.asarray(solver.variable_values())
        return {i: h for (i, h), at in self.at.items() if values[at] > 1 / 2}, solver.best_objective_bound()

    def cut(self, hosts: Mapping[int, int]) -> int:
        """Add a cut for each municipality that is cut off from its host, and return how many."""
        cuts = [cut for h in sorted(set(hosts.values())) if not self.source.is_held(h) for cut in self.missed(hosts, h)]
        for cut in cuts:
            self.add(cut)
        return len(cuts)

    def missed(self, hosts: Mapping[int, int], h: int) -> Iterator[Row]:
        """Yield the cuts that the office of a host breaks, and the same for other hosts of who weighs most there."""
        trips = self.source.problem.trips[self.source.active]
        for part in nx.connected_components(self.graph.subgraph(i for i, host in hosts.items() if host == h)):
            if h in part:
                continue
            around = set().union(*(self.graph.adj[i] for i in part)) - part
            heaviest = max(sorted(part), key=lambda i: trips[i])
            others = [q for q in range(len(self.source.ids)) if q != h and q not in part]
            for i, q in [*((i, h) for i in sorted(part)), *((heaviest, q) for q in others)]:
                if (i, q) in self.at:
                    terms = {self.at[v, q]: -1.0 for v in sorted(around) if (v, q) in self.at}
                    yield terms | {self.at[i, q]: 1.0}, -np.inf, 0


def proved(problem: Problem) -> Grouping | None:
    """Return the best plan, saying what each round gave; ``None`` if no plan keeps the rules, or HiGHS gave up."""
    begun, separation, cuts = time.process_time(), Separation(problem), 1
    hosts: dict[int, int] = {}
    while cuts:
        found = separation.solve()
        if found is None:
            return None
        hosts, bound = found
        cuts = 0 if problem.limits.contiguity == "off" else separation.cut(hosts)
        print(f"bound {bound:,.4f}, {cuts} cuts, {time.process_time() - begun:.0f} s of processor time", flush=True)
    ids = separation.source.ids
    return Grouping.of({ids[i]: ids[h] for i, h in hosts.items()})


def main() -> None:
    """Solve a scenario in rounds, and say what the specification makes of the plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="nasjonal")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    problem = open_world(asked.scenario, overrides=asked.set).problem
    plan = proved(problem)
    if plan is None:
        print("no plan keeps the rules, or HiGHS gave up")
        return
    judged = evaluate(problem, plan)
    print(f"{judged.objective:,.4f} minutes by the specification, {len(judged.violations)} rules broken")


if __name__ == "__main__":
    main()
