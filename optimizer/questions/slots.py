"""Is there any plan, where most may stand alone: only the offices of those who may not are looked for.

Sets        I  municipalities that take part;  N  those who may not stand alone: by a pin, by size or by planners;
            B  blocks of N that pins keep in one office;  S = B  slots for offices, one for each block.
Variables   z(s,i) = 1 if i is in the office of slot s;  x(s,h) = 1 if h hosts it;  u(s) = 1 if the slot is used;
            flows along links, from the host. Members of offices that are held are in none.

    everybody is in at most one slot, those of N in exactly one
    sum over h of x(s,h) = u(s),   x(s,h) <= z(s,h),   z(s,i) <= sum of x(s,h) over the hosts h that may have i
    block b is in a slot s <= b, and slot s is used only if block s is in it

and one line for each limit and pin. Offices without anybody of N are not needed: their members stand alone. So the
model is exact, lists nothing and stays small however far a journey may be, as long as N falls into few blocks.
"""

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.cpsat import run
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.pins import blocks
from optimizer.problem import Problem
from optimizer.questions.office_model import FTE_SLACK, TOLERANCE, connect, employed, needed, on_road, whole

MOST_SLOTS = 8


@dataclass(frozen=True)
class Attempt:
    """Outcome of a search for any plan.

    Parameters
    ----------
    plan
        A legal grouping, or ``None``.
    settled
        Whether the answer is proved: there is a plan, or none exists.
    """

    plan: Grouping | None
    settled: bool


def needy_blocks(problem: Problem) -> list[frozenset[str]] | None:
    """Return the blocks of those who may not stand alone; ``None`` if the model does not apply."""
    if problem.limits.min_offices or problem.shares_kroner or problem.limits.covers:
        return None
    alone = Grouping.of(problem.apart_from_held)
    needy = {id_ for violation in evaluate(problem, alone).violations for id_ in violation.ids}
    needy |= {host for id_, host in problem.pins.fixed.items() if host != id_}
    needy -= set(problem.pins.held_at)
    merged = blocks(problem.pins)
    found = [block for block in merged if block & needy]
    found += [frozenset({id_}) for id_ in sorted(needy - set().union(*merged))]
    return found if len(found) <= MOST_SLOTS else None


def plan_around(problem: Problem, needy: list[frozenset[str]], budget: Budget, workers: int) -> Attempt:
    """Return a plan in which only offices with somebody who may not stand alone are shared.

    Parameters
    ----------
    problem
        The problem.
    needy
        From `needy_blocks`.
    budget, workers
        As everywhere.
    """
    if not budget.lasts():
        return Attempt(None, settled=False)
    model = SlotModel(problem, needy)
    outcome = run(model.model, budget, "", workers or 1)
    if not outcome.has_plan:
        return Attempt(None, settled=outcome.finished)
    hosts = problem.apart_from_held
    for slot in range(len(needy)):
        host = next((h for h, variable in enumerate(model.hosts[slot]) if outcome.value(variable)), None)
        for i, variable in enumerate(model.members[slot]):
            if host is not None and outcome.value(variable):
                hosts[model.ids[i]] = model.ids[host]
    return Attempt(Grouping.of(hosts), settled=True)


class SlotModel:
    """The model; positions are among the municipalities that take part.

    Parameters
    ----------
    problem
        The problem.
    needy
        Blocks of those who may not stand alone.
    """

    def __init__(self, problem: Problem, needy: list[frozenset[str]]) -> None:
        self.problem, self.needy = problem, needy
        self.active = np.flatnonzero(problem.active)
        self.ids = [problem.ids[i] for i in self.active]
        self.position = {id_: i for i, id_ in enumerate(self.ids)}
        self.allowed = self.may_have()
        self.model = cp_model.CpModel()
        self.model.name = "slots"
        slots, m = range(len(needy)), range(len(self.ids))
        self.members = [[self.model.new_bool_var("") for _ in m] for _ in slots]
        self.hosts = [[self.model.new_bool_var("") for _ in m] for _ in slots]
        self.used = [self.model.new_bool_var("") for _ in slots]
        self.place()
        for slot in slots:
            self.office(slot)
            self.planners(slot)
        self.contiguity()
        self.pins()

    def may_have(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """Return whether the column's host may have the row's municipality, by journey, county and planners."""
        problem = self.problem
        allowed = problem.minutes[np.ix_(self.active, self.active)] <= problem.limits.max_minutes + TOLERANCE
        if problem.limits.county_lines == "hard":
            counties = np.array(problem.counties)[self.active]
            allowed &= counties[:, None] == counties[None, :]
        planner_fte = problem.planner_fte[self.active]
        leads = planner_fte[None, :] >= problem.limits.min_host_share * planner_fte[:, None] - TOLERANCE
        return np.asarray(allowed & (leads | np.isin(self.ids, sorted(problem.decided_hosts))[None, :]))

    def place(self) -> None:
        """Everybody is in at most one slot, those who may not stand alone in one, each block in a slot of its own."""
        for i, id_ in enumerate(self.ids):
            self.model.add_at_most_one(members[i] for members in self.members)
            if id_ in self.problem.pins.held_at:
                self.model.add(sum(members[i] for members in self.members) == 0)
        for b, block in enumerate(self.needy):
            first, *others = sorted(self.position[id_] for id_ in block)
            self.model.add_exactly_one(self.members[slot][first] for slot in range(b + 1))
            for slot, members in enumerate(self.members):
                if slot > b:
                    self.model.add(members[first] == 0)
                for i in others:
                    self.model.add(members[i] == members[first])
            self.model.add_implication(self.used[b], self.members[b][first])
        if self.problem.limits.max_offices is not None:
            free = self.problem.limits.max_offices - len(self.problem.pins.held)
            self.model.add(cp_model.LinearExpr.sum(self.used) <= free)

    def office(self, slot: int) -> None:
        """Give a used slot one host, whom all members may have, and keep the limits on size."""
        model, limits, used = self.model, self.problem.limits, self.used[slot]
        model.add(cp_model.LinearExpr.sum(self.hosts[slot]) == used)
        for i, member in enumerate(self.members[slot]):
            host = self.hosts[slot][i]
            model.add_implication(host, member)
            model.add_bool_or([~member, *(self.hosts[slot][h] for h in np.flatnonzero(self.allowed[i]))])
            if not self.problem.may_host[self.active[i]] or self.ids[i] in self.problem.pins.may_not_host:
                model.add(host == 0)
        size = cp_model.LinearExpr.sum(self.members[slot])
        model.add(size <= limits.max_members * used)
        model.add(size >= max(2, limits.min_members) * used)

    def planners(self, slot: int) -> None:
        """Keep the limits on planners."""
        problem, limits, member = self.problem, self.problem.limits, self.by_position(self.members[slot])
        if limits.critical_mass == "hard":
            least = whole(limits.min_office_fte) - FTE_SLACK
            for h, host in self.by_position(self.hosts[slot]).items():
                net = employed(problem, member) - on_road(problem, member, h)
                self.model.add(net >= least).only_enforce_if(host)
        if limits.max_office_need_fte is not None:
            self.model.add(needed(self.model, problem, member) <= whole(limits.max_office_need_fte) + FTE_SLACK)

    def by_position(self, variables: list[cp_model.IntVar]) -> dict[int, cp_model.IntVar]:
        """Return variables of the active municipalities by their position in the problem."""
        return dict(zip(self.active.tolist(), variables, strict=True))

    def contiguity(self) -> None:
        """Connect the members of each slot by a flow from the host."""
        if self.problem.limits.contiguity == "off":
            return
        most = self.problem.limits.max_members
        for members, hosts in zip(self.members, self.hosts, strict=True):
            sources = {}
            for i, host in self.by_position(hosts).items():
                sources[i] = self.model.new_int_var(0, most, "")
                self.model.add(sources[i] <= most * host)
            connect(self.model, self.problem, self.by_position(members), sources, most)

    def pins(self) -> None:
        """Keep the pins that are not blocks."""
        pins, position = self.problem.pins, self.position
        for members, hosts in zip(self.members, self.hosts, strict=True):
            for apart in pins.apart:
                self.model.add_at_most_one(members[position[id_]] for id_ in apart)
            for id_, host in pins.fixed.items():
                self.model.add_implication(members[position[id_]], hosts[position[host]])
        for id_ in pins.must_host - set(pins.held):
            self.model.add_exactly_one(hosts[position[id_]] for hosts in self.hosts)
