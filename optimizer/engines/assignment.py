"""The compact model: who belongs to which host, with contiguity by flow.

It lists no groups, so it takes offices of any size, but its bound is weak. It shares no model with the enumeration
and the selection, so the two engines check each other.

Sets        I  municipalities that take part;  A  ordered pairs (i, j) of neighbours.
Data        d(i,h)  cost of i at host h (journey and lines);  p(i)  planners employed;  n(i)  needed, of which
            fixed f(i), shared down to the share r in an office;  P  critical mass;  K  most members.
Variables   y(i,h) = 1 if i belongs to host h;  s(h) = 1 if h has two or more members;
            e(i,j) = 1 only if i and j have the same host;  q(i,j)  flow along a link, 0 to K - 1;
            m(h) >= 0 planners below the critical mass;  u(h) >= 0 need not met;  t(h)  largest fixed need;
            c(h,d) = 1 only if the office of h covers discipline d;  g(h,d) >= 0 members that need d, where it does not.

    minimise    sum d(i,h) y(i,h) + w_missing sum m(h) + w_unmet sum u(h) + w_alone sum (y(h,h) - s(h))
                + w_uncovered sum g(h,d)
    subject to  sum over h of y(i,h) = 1                                      each i has one host
                y(i,h) <= s(h) <= y(h,h)  for i other than h                  a host is in its own office
                m(h) >= P y(h,h) - sum over i of p(i,h) y(i,h)            p(i,h) = p(i) less what is on the road
                t(h) >= f(i) y(i,h)
                u(h) >= sum over i of (n(i) - (1 - r) f(i) - p(i,h)) y(i,h) + (1 - r) t(h)
                sum over i of held(i,d) y(i,h) >= threshold   if c(h,d) = 1
                g(h,d) >= sum over i needing d of y(i,h)      if c(h,d) = 0
                e(i,j) + y(i,h) <= 1 + y(j,h),   q(i,j) <= (K - 1) e(i,j)
                flow into i - flow out of i = 1 for every member but the host, from which all flow starts

and one line for each limit and pin. An office that is held has its y fixed and is free of the limits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engine_table import PlanFound
from optimizer.engines.columns.disciplines import discipline_arrays
from optimizer.engines.cpsat import run
from optimizer.grouping import Grouping
from optimizer.problem import Floats, Problem
from optimizer.terms import TERMS
from optimizer.units import UNITS_PER_FTE, UNITS_PER_MINUTE, whole

FTE_SLACK = UNITS_PER_FTE // 1_000_000
"""The tolerance of `optimizer.judging.evaluate`, far above the rounding to units."""

STAGE = "assignment"
Linear = cp_model.LinearExprT
Part = TypeVar("Part")


def assign(problem: Problem, budget: Budget, *, workers: int = 0, start: Grouping | None = None) -> PlanFound:
    """Solve the compact model.

    Parameters
    ----------
    problem
        The problem.
    budget
        Time.
    workers
        Threads; 0 chooses.
    start
        A known legal plan.
    """
    try:
        model = AssignmentModel(problem, budget)
    except NotBuiltError:
        return PlanFound(None, 0.0, finished=False, cost=0)
    if start is not None:
        model.hint(start)
    outcome = run(model.model, budget, STAGE, workers)
    grouping = None
    if outcome.has_plan:
        chosen = [pair for pair, variable in model.belongs.items() if outcome.value(variable)]
        grouping = Grouping.of({model.ids[i]: model.ids[h] for i, h in chosen})
    # Every coefficient is rounded once: the bound is lowered by as much as that can matter.
    rounding = 4 * len(model.ids)
    bound = max(0.0, (outcome.bound - rounding) / UNITS_PER_MINUTE)
    return PlanFound(grouping, bound, outcome.finished, outcome.objective)


def counts(values: NDArray[np.float64], units: int = UNITS_PER_MINUTE) -> list[int]:
    """Return figures as a list of whole units."""
    return [int(value) for value in whole(values, units)]


class NotBuiltError(Exception):
    """The time was over before the model was built."""


class AssignmentModel:
    """The model and its variables; positions are among the active municipalities.

    Parameters
    ----------
    problem
        The problem.
    budget
        Time.

    Raises
    ------
    NotBuiltError
        If the time is over before the model is built.
    """

    def __init__(self, problem: Problem, budget: Budget) -> None:
        self.problem, self.budget = problem, budget
        self.active = np.flatnonzero(problem.active)
        self.ids = [problem.ids[i] for i in self.active]
        self.position = {id_: i for i, id_ in enumerate(self.ids)}
        self.model = cp_model.CpModel()
        self.model.name = "assignment"
        n = len(self.ids)
        self.belongs = {
            (i, h): self.model.new_bool_var(f"y_{self.ids[i]}_{self.ids[h]}")
            for i in self.in_time(range(n))
            for h in range(n)
            if i == h or self.may_belong(i, h)
        }
        self.hosts_of = [[h for h in range(n) if (i, h) in self.belongs] for i in range(n)]
        self.members_of = [[i for i in range(n) if (i, h) in self.belongs] for h in range(n)]
        self.shared = [self.model.new_bool_var(f"s_{id_}") for id_ in self.ids]
        self.costs: list[Linear] = []
        self.one_host()
        self.sizes()
        self.planners()
        self.disciplines()
        self.contiguity()
        self.pins()
        self.prices()
        self.model.minimize(sum(self.costs))

    def in_time(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield parts of the work while there is time; afterwards raise `NotBuiltError`."""
        for part in parts:
            if not self.budget.lasts():
                raise NotBuiltError
            yield part

    def may_belong(self, i: int, h: int) -> bool:
        """Return whether the limits let i belong to another municipality h, or an office that is held asks for it."""
        problem, a, b = self.problem, self.active[i], self.active[h]
        if self.is_held(i) or self.is_held(h):
            return problem.pins.held_at.get(self.ids[i]) == self.ids[h]
        same_county = problem.counties[a] == problem.counties[b]
        return bool(
            problem.minutes[a, b] <= problem.limits.max_minutes + 1e-6
            and (same_county or problem.limits.county_lines != "hard")
            and problem.may_host[b]
            and (self.ids[h] in problem.decided_hosts or self.can_lead(h, i))
            and self.ids[h] not in problem.pins.may_not_host
        )

    def is_held(self, i: int) -> bool:
        """Return whether i is in an office that is held."""
        return self.ids[i] in self.problem.pins.held_at

    def can_lead(self, h: int, i: int) -> bool:
        """Return whether h employs enough planners to be the host of i."""
        host, member = (float(self.problem.planner_fte[self.active[k]]) for k in (h, i))
        return host >= self.problem.limits.min_host_share * member - 1e-6

    def members(self, h: int, coefficients: list[int], own: cp_model.IntVar | None = None) -> cp_model.LinearExpr:
        """Return the sum of coefficients over the members of h, of which it is one if `own`, or if it is open."""
        members = self.members_of[h]
        return cp_model.LinearExpr.weighted_sum(
            [self.belongs[i, h] if own is None or i != h else own for i in members], [coefficients[i] for i in members]
        )

    def one_host(self) -> None:
        """Each municipality has one host, and a host of others is in its own office."""
        for i, hosts in self.in_time(enumerate(self.hosts_of)):
            self.model.add_exactly_one(self.belongs[i, h] for h in hosts)
            self.model.add_implication(self.shared[i], self.belongs[i, i])
            for h in hosts:
                if h != i:
                    self.model.add_implication(self.belongs[i, h], self.shared[h])

    def required(self, h: int) -> cp_model.IntVar:
        """Return whether the limits on an office hold for that of h."""
        return self.shared[h] if self.problem.limits.alone_exempt else self.belongs[h, h]

    def sizes(self) -> None:
        """Keep the limits on members and on the number of shared offices."""
        limits, model = self.problem.limits, self.model
        for h in self.in_time(range(len(self.ids))):
            others = self.members(h, [k != h for k in range(len(self.ids))])
            model.add(others >= self.shared[h])
            if not self.is_held(h):
                model.add(others <= (limits.max_members - 1) * self.shared[h])
                model.add(others >= (limits.min_members - 1) * self.required(h))
        if limits.min_offices is not None:
            model.add(sum(self.shared) >= limits.min_offices)
        if limits.max_offices is not None:
            model.add(sum(self.shared) <= limits.max_offices)

    def planners(self) -> None:
        """Keep critical mass and the largest office."""
        problem, limits = self.problem, self.problem.limits
        planner_fte, fixed = (values[self.active] for values in (problem.planner_fte, self.saved_fte))
        need_fte = problem.need_fte[self.active] - fixed
        for h in self.in_time(range(len(self.ids))):
            required = self.required(h)
            if limits.critical_mass == "hard" and not self.is_held(h):
                least = int(whole(limits.min_office_fte, UNITS_PER_FTE)) - FTE_SLACK
                net = self.members(h, counts(planner_fte - self.road_fte(h), UNITS_PER_FTE), own=required)
                self.model.add(net >= least * required)
            if limits.max_office_need_fte is not None and not self.is_held(h):
                most_fixed = self.largest_fixed(h, counts(fixed, UNITS_PER_FTE), own=required)
                needed = self.members(h, counts(need_fte, UNITS_PER_FTE), own=required) + most_fixed
                most = int(whole(limits.max_office_need_fte, UNITS_PER_FTE)) + FTE_SLACK
                self.model.add(needed <= most * required)

    def disciplines(self) -> None:
        """Let every shared office cover the disciplines that are asked for, as far as a member needs them."""
        for h in self.in_time(range(len(self.ids))):
            for name in self.problem.limits.covers if not self.is_held(h) else ():
                covered, needing = self.covered(h, name)
                for i in needing:
                    self.model.add_bool_or([covered, ~self.belongs[i, h], ~self.shared[h]])

    def covered(self, h: int, name: str) -> tuple[cp_model.IntVar, list[int]]:
        """Return a variable that is 1 only if the office of h covers a discipline, and who there may need it."""
        arrays = discipline_arrays(self.problem)
        d = arrays.names.index(name)
        fte, unknown = arrays.fte[self.active, d], arrays.unknown[self.active, d]
        enough, needed = arrays.one_has_enough[self.active, d], arrays.needed[self.active, d]
        covered, others = (self.model.new_bool_var(f"{what}_{self.ids[h]}_{name}") for what in ("c", "o"))
        least = int(whole(arrays.threshold, UNITS_PER_FTE)) - FTE_SLACK
        for held, known in ((fte, covered), (unknown, others)):
            self.model.add(self.members(h, counts(held, UNITS_PER_FTE)) >= least).only_enforce_if(known)
        self.model.add_bool_or([~covered, others, *(self.belongs[i, h] for i in self.members_of[h] if enough[i])])
        return covered, [i for i in self.members_of[h] if needed[i]]

    @property
    def saved_fte(self) -> Floats:
        """What each saves of its fixed need in an office where another's is the largest, årsverk (n,)."""
        return (1 - self.problem.fixed_kept) * self.problem.fixed_need_fte

    def largest_fixed(self, h: int, fixed: list[int], own: cp_model.IntVar | None = None) -> cp_model.IntVar:
        """Return a variable that is at least the fixed need of every member of h, as `members` counts them."""
        most = self.model.new_int_var(0, max(fixed), f"t_{self.ids[h]}")
        for i in self.members_of[h]:
            self.model.add(most >= fixed[i] * (self.belongs[i, h] if own is None or i != h else own))
        return most

    def neighbours(self) -> list[tuple[int, int]]:
        """Return pairs i < j that count as neighbours under the contiguity rule."""
        graph = nx.from_numpy_array(self.problem.links)
        if self.problem.limits.contiguity == "through":
            outside = [i for i in graph if not self.problem.active[i]]
            for crossed in nx.connected_components(graph.subgraph(outside)):
                around = sorted(set().union(*(graph.adj[i] for i in crossed)) - crossed)
                graph.add_edges_from((a, b) for a in around for b in around if a < b)
        inside = graph.subgraph(int(i) for k, i in enumerate(self.active) if not self.is_held(k))
        position = {int(i): k for k, i in enumerate(self.active)}
        return sorted(
            (min(pair), max(pair)) for a, b in inside.edges if a != b for pair in [(position[a], position[b])]
        )

    def contiguity(self) -> None:
        """Connect the members of each office by a flow from the host."""
        if self.problem.limits.contiguity == "off":
            return
        most = self.problem.limits.max_members - 1
        net: list[list[Linear]] = [[] for _ in self.ids]
        for i, j in self.in_time(self.neighbours()):
            same = self.model.new_bool_var(f"e_{self.ids[i]}_{self.ids[j]}")
            for a, b in ((i, j), (j, i)):
                for h in self.hosts_of[a]:
                    there = [self.belongs[b, h]] if (b, h) in self.belongs else []
                    self.model.add_bool_or([~same, ~self.belongs[a, h], *there])
                flow = self.model.new_int_var(0, most, "")
                self.model.add(flow <= most * same)
                net[a].append(-flow)
                net[b].append(flow)
        for i, flows in enumerate(net):
            if self.is_held(i):
                continue
            member = self.belongs[i, i].negated()
            self.model.add(sum(flows) == 1).only_enforce_if(member)
            self.model.add(sum(flows) <= 0).only_enforce_if(self.belongs[i, i])

    def pins(self) -> None:
        """Keep the pins."""
        model, pins, position = self.model, self.problem.pins, self.position
        for pin in filter(None, pins.together):
            first, *others = sorted(position[id_] for id_ in pin)
            for i in others:
                for h in {*self.hosts_of[first], *self.hosts_of[i]}:
                    model.add(self.at(first, h) == self.at(i, h))
        for pin in pins.apart:
            apart = [position[id_] for id_ in pin]
            for h in self.in_time(range(len(self.ids))):
                model.add_at_most_one(self.belongs[i, h] for i in apart if (i, h) in self.belongs)
        for id_, host in (*pins.fixed.items(), *pins.held_at.items()):
            model.add(self.at(position[id_], position[host]) == 1)
        for id_ in pins.must_host:
            model.add(self.shared[position[id_]] == 1)
        for h, id_ in enumerate(self.ids):
            if not self.is_held(h) and (id_ in pins.may_not_host or not self.problem.may_host[self.active[h]]):
                model.add(self.shared[h] == 0)

    def at(self, i: int, h: int) -> Linear:
        """Return whether i belongs to h, 0 if it cannot."""
        return self.belongs.get((i, h), 0)

    def prices(self) -> None:
        """Price every term: what each member adds at its host, then what each office adds."""
        problem, active = self.problem, self.active
        prices = {name: float(getattr(problem.weights, name)) for name in TERMS}
        journeys = [(prices[name], OF_PAIR[name]) for name, term in TERMS.items() if term.arises == "journey"]
        for (i, h), variable in self.in_time(self.belongs.items()):
            if i != h:
                minutes = sum(price * of_pair(problem, active[i], active[h]) for price, of_pair in journeys)
                self.costs.append(int(whole(minutes)) * variable)
        for name, term in TERMS.items():
            if term.arises == "office" and prices[name]:
                self.costs += [OF_OFFICE[name](self, h, prices[name]) for h in self.in_time(range(len(self.ids)))]

    def road_fte(self, h: int) -> Floats:
        """Return the planners on the road to each town hall from h, årsverk (n,); 0 where nobody goes."""
        minutes = self.problem.minutes[self.active, self.active[h]]
        return self.problem.road_fte_per_minute * np.where(np.isfinite(minutes), minutes, 0.0)

    def missing_fte(self, h: int, price: float) -> Linear:
        """Return the price of the planners below the critical mass in the office of h."""
        target = int(whole(price * self.problem.limits.min_office_fte))
        on_road = self.road_fte(h)
        employed = self.members(h, counts(price * (self.problem.planner_fte[self.active] - on_road)))
        most = target + sum(counts(price * on_road)) + len(on_road)
        missing = self.model.new_int_var(0, most, f"m_{self.ids[h]}")
        self.model.add(missing + employed >= target * self.belongs[h, h])
        return missing

    def unmet_need(self, h: int, price: float) -> Linear:
        """Return the price of the planners needed and not employed in the office of h."""
        problem = self.problem
        planner_fte, need_fte, fixed = (
            values[self.active] for values in (problem.planner_fte, problem.need_fte, self.saved_fte)
        )
        most_fixed = self.largest_fixed(h, counts(price * fixed))
        on_road = self.road_fte(h)
        gap = self.members(h, counts(price * (need_fte - fixed - planner_fte + on_road)))
        unmet = self.model.new_int_var(0, sum(counts(price * (need_fte + on_road))) + len(fixed), "")
        self.model.add(unmet >= gap + most_fixed)
        return unmet

    def alone(self, h: int, price: float) -> Linear:
        """Return the price of h standing alone."""
        return int(whole(price)) * (self.belongs[h, h] - self.shared[h])

    def uncovered(self, h: int, price: float) -> Linear:
        """Return the price of the disciplines that members of h need and its office does not cover."""
        gaps = []
        for name in discipline_arrays(self.problem).names:
            covered, needing = self.covered(h, name)
            gap = self.model.new_int_var(0, len(needing), "")
            self.model.add(gap >= sum(self.belongs[i, h] for i in needing)).only_enforce_if(~covered)
            gaps.append(gap)
        return int(whole(price)) * cp_model.LinearExpr.sum(gaps)

    def hint(self, start: Grouping) -> None:
        """Suggest a known plan to the solver."""
        for (i, h), variable in self.belongs.items():
            self.model.add_hint(variable, start.host_of.get(self.ids[i]) == self.ids[h])


OF_PAIR: Final[Mapping[str, Callable[[Problem, int, int], float]]] = {
    "travel": lambda problem, a, b: float(problem.trips[a] * problem.minutes[a, b]),
    "county_lines": lambda problem, a, b: problem.counties[a] != problem.counties[b],
    "statsforvalter_lines": lambda problem, a, b: problem.statsforvaltere[a] != problem.statsforvaltere[b],
}
"""What a member adds to a term at its host, both by position in the problem."""

OF_OFFICE: Final[Mapping[str, Callable[[AssignmentModel, int, float], Linear]]] = {
    "missing_fte": AssignmentModel.missing_fte,
    "unmet_need": AssignmentModel.unmet_need,
    "alone": AssignmentModel.alone,
    "uncovered": AssignmentModel.uncovered,
}
"""What the office of a host costs by a term and its price."""
