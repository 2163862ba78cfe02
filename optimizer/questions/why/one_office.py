"""Which rules stop one office: a municipality at a host, alone, or as host, under any of the parts.

A plan can give a municipality a certain place only if there is an office that holds it and keeps, by itself, every
rule and pin on offices. Whether there is one under some of the rules, and how near a limit can come, is a small exact
model: who is a member, connected by a flow from the host. It lists nothing, so a limit can be taken away altogether.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from ortools.sat.python import cp_model

from optimizer.budget import Budget
from optimizer.engines.cpsat import ModelOutcome, run
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.problem import MAX_MEMBERS, Problem, ProblemError
from optimizer.questions.office_model import (
    FTE_SLACK,
    TOLERANCE,
    UNITS_PER_FTE,
    connect,
    employed,
    needed,
    on_road,
    whole,
)
from optimizer.questions.why.conflicts import Parts, Questions
from optimizer.questions.why.parts import LISTED_RULES, Part, only

OF_THE_PLAN = {"min_offices", "max_offices"}
"""Rules that no single office keeps or breaks."""

MOST_LISTED = 100_000
"""Offices, at all their hosts, that are listed for one answer."""

Kind = Literal["host", "own", "alone"]


@dataclass(frozen=True)
class Place:
    """Where a municipality is to be.

    Parameters
    ----------
    municipality
        Its id.
    host
        Its host; itself for ``own`` and ``alone``.
    kind
        ``host``: in the office of another. ``own``: it hosts a shared office. ``alone``: it stands alone.
    """

    municipality: str
    host: str
    kind: Kind

    def pins(self) -> tuple[Part, ...]:
        """Return the pins that ask for this place."""
        fixed = Part("fixed", (self.municipality,), self.host)
        if self.kind == "own":
            return fixed, Part("must_host", (self.municipality,))
        if self.kind == "alone":
            return fixed, Part("may_not_host", (self.municipality,))
        return (fixed,)


def minutes_between(problem: Problem, place: Place) -> float:
    """Return the journey from the municipality to its host, minutes one way."""
    return float(problem.minutes[problem.index[place.municipality], problem.index[place.host]])


@dataclass(eq=False)
class OfficeQuestions(Questions):
    """Answers whether an office with a municipality in a place keeps a set of parts.

    Parameters
    ----------
    problem
        The problem with all its parts; `parts` are those that concern single offices.
    place
        The place.
    """

    problem: Problem = field(kw_only=True)
    place: Place = field(kw_only=True)

    def ask(self, kept: Parts) -> bool | None:
        """Look for an office that keeps these parts; by listing them where the model does not know a rule."""
        if self.needs_list(kept):
            return self.ask_list(kept)
        outcome = OfficeModel(self.problem, self.place, kept).solve(self.budget)
        return outcome.has_plan if outcome.finished else None

    def needs_list(self, kept: Parts) -> bool:
        """Return whether a rule is kept that asks something of the office and of which the model knows nothing."""
        return self.place.kind != "alone" and any(part.rule in LISTED_RULES for part in kept)

    def ask_list(self, kept: Parts) -> bool | None:
        """Look for an office among all that keep these parts; ``None`` if they are too many."""
        try:
            problem = pinned(self.problem, self.place, kept)
            pool = find_groups(problem, max_groups=MOST_LISTED, every_host=True, keep_going=self.budget.listing)
        except ProblemError:
            return False
        except PoolTooLargeError:
            return None
        wanted = {self.place.municipality, self.place.host}
        found = (pool.office(row) for row in range(len(pool)))
        there = any(host == self.place.host and wanted <= set(some) and len(some) > 1 for host, some in found)
        return there or (False if pool.complete else None)

    def attainable(self, part: Part, kept: Parts) -> float | None:
        """Return how near the office can come to a limit that is not kept, in the limit's unit.

        Returns
        -------
        float or None
            The least ``max_minutes``, ``max_members`` or ``max_office_need_fte``, or the largest ``min_members``,
            ``min_office_fte`` or ``min_host_share``, that leaves an office which keeps the parts; ``None`` if there is
            no such office, the rule has no figure, the budget does not settle it, or
            a rule is kept of which the model knows nothing.
        """
        kept -= {part}
        if self.needs_list(kept):
            return None
        if part.rule == "max_minutes" and self.place.kind == "host":
            # No office has a shorter longest journey than the municipality's own: a small model mostly settles it.
            least = minutes_between(self.problem, self.place)
            if np.isfinite(least):
                limits = replace(self.problem.limits, max_minutes=least)
                near = OfficeModel(replace(self.problem, limits=limits), self.place, kept | {part})
                if near.solve(self.budget).has_plan:
                    return least
        return OfficeModel(self.problem, self.place, kept).nearest(part.rule, self.budget)


class OfficeModel:
    """The members of one office as a model.

    Parameters
    ----------
    problem
        The problem.
    place
        Who is to be a member, and where the host is.
    kept
        The parts that the office keeps.
    """

    def __init__(self, problem: Problem, place: Place, kept: Parts) -> None:
        self.problem, self.place, self.kept = problem, place, kept
        self.rules = {part.rule for part in kept if not part.is_pin}
        self.host = problem.index[place.host]
        self.model = cp_model.CpModel()
        self.model.name = "one office"
        self.member = {int(i): self.model.new_bool_var(problem.ids[i]) for i in self.within_reach()}
        self.size = cp_model.LinearExpr.sum(list(self.member.values()))
        self.keep_place()
        self.keep_limits()
        self.keep_contiguity()
        self.keep_pins()

    @cached_property
    def shared(self) -> bool:
        """Whether the office has two or more members."""
        return self.place.kind != "alone"

    @property
    def net(self) -> cp_model.LinearExprT:
        """Planners employed, less those on the road for days at each town hall, units."""
        return employed(self.problem, self.member) - on_road(self.problem, self.member, self.host)

    def within_reach(self) -> list[int]:
        """Return who may be a member as far as the journey, the county and the host's planners are concerned."""
        problem, limits, h = self.problem, self.problem.limits, self.host
        minutes = problem.minutes[:, h]
        reach = problem.active & np.isfinite(minutes) & ~np.isin(problem.ids, sorted(problem.pins.held_at))
        if "max_minutes" in self.rules:
            reach &= minutes <= limits.max_minutes + TOLERANCE
        if "county_lines" in self.rules:
            reach &= np.array([county == problem.counties[h] for county in problem.counties])
        if "min_host_share" in self.rules and self.place.host not in problem.decided_hosts:
            reach &= limits.min_host_share * problem.planner_fte <= problem.planner_fte[h] + TOLERANCE
        return [int(i) for i in np.flatnonzero(reach)]

    def forbid(self) -> None:
        """Leave no office at all."""
        self.model.add_bool_or([])

    def require(self, i: int, *, inside: bool) -> None:
        """Let a municipality be a member, or not."""
        if i in self.member:
            self.model.add(self.member[i] == inside)
        elif inside:
            self.forbid()

    def keep_place(self) -> None:
        """Put municipality and host into the office, and others as its kind asks."""
        self.require(self.host, inside=True)
        self.require(self.problem.index[self.place.municipality], inside=True)
        self.model.add(self.size >= 2 if self.shared else self.size == 1)
        if self.shared and "may_host" in self.rules and not self.problem.may_host[self.host]:
            self.forbid()

    def keep_limits(self) -> None:
        """Keep the limits on size and planners."""
        limits, rules = self.problem.limits, self.rules
        self.model.add(self.size <= (limits.max_members if "max_members" in rules else MAX_MEMBERS))
        if limits.alone_exempt and not self.shared:
            return
        if "min_members" in rules:
            self.model.add(self.size >= limits.min_members)
        if "min_office_fte" in rules:
            self.model.add(self.net >= whole(limits.min_office_fte) - FTE_SLACK)
        if "max_office_need_fte" in rules and limits.max_office_need_fte is not None:
            self.model.add(
                needed(self.model, self.problem, self.member) <= whole(limits.max_office_need_fte) + FTE_SLACK
            )

    def keep_contiguity(self) -> None:
        """Connect the members by a flow from the host."""
        if "contiguity" not in self.rules or not self.shared:
            return
        source = {self.host: self.model.new_int_var(0, MAX_MEMBERS, "")}
        connect(self.model, self.problem, self.member, source, MAX_MEMBERS)

    def keep_pins(self) -> None:
        """Keep the pins, as far as they say who is in this office."""
        index, place = self.problem.index, self.place
        for part in self.kept:
            who = [index[id_] for id_ in part.ids]
            if part.rule == "together":
                self.keep_together(who)
            elif part.rule == "apart":
                self.model.add_at_most_one(self.member[i] for i in who if i in self.member)
            elif part.rule == "fixed":
                self.require(who[0], inside=part.host == place.host)
                # Whom somebody is fixed to hosts: it is a member of no other office.
                if part.host is not None and part.host != place.host:
                    self.require(index[part.host], inside=False)
            elif part.rule == "must_host":
                if who[0] != self.host:
                    self.require(who[0], inside=False)
                elif not self.shared:
                    self.forbid()
            elif part.rule == "may_not_host" and who[0] == self.host and self.shared:
                self.forbid()

    def keep_together(self, who: list[int]) -> None:
        """All of them are members, or none."""
        if any(i not in self.member for i in who):
            for i in who:
                self.require(i, inside=False)
            return
        for i in who[1:]:
            self.model.add(self.member[i] == self.member[who[0]])

    def solve(self, budget: Budget) -> ModelOutcome:
        """Look for an office."""
        return run(self.model, budget, "", workers=1)

    def nearest(self, rule: str, budget: Budget) -> float | None:
        """Return the best figure that an office can have for a limit; see `OfficeQuestions.attainable`."""
        if rule == "max_minutes":
            return self.shortest(budget)
        if rule == "min_host_share":
            return self.largest_share(budget)
        if rule not in {"min_members", "max_members", "min_office_fte", "max_office_need_fte"}:
            return None
        figure, sign, units = {
            "min_members": (self.size, -1, 1),
            "max_members": (self.size, 1, 1),
            "min_office_fte": (self.net, -1, UNITS_PER_FTE),
            "max_office_need_fte": (needed(self.model, self.problem, self.member), 1, UNITS_PER_FTE),
        }[rule]
        self.model.minimize(sign * figure)
        outcome = self.solve(budget)
        if not (outcome.has_plan and outcome.finished):
            return None
        return float(outcome.solver.value(figure)) / units

    def shortest(self, budget: Budget) -> float | None:
        """Return the shortest longest journey."""
        return self.least_largest({i: float(self.problem.minutes[i, self.host]) for i in self.member}, budget)

    def largest_share(self, budget: Budget) -> float | None:
        """Return the largest share that the host can have of the planners of the member with the most."""
        planner_fte = self.problem.planner_fte
        most = self.least_largest({i: float(planner_fte[i]) for i in self.member}, budget)
        return None if most is None else host_share(float(planner_fte[self.host]), most)

    def least_largest(self, figures: dict[int, float], budget: Budget) -> float | None:
        """Return the least that the largest figure of a member can be."""
        steps = sorted(set(figures.values()))
        rank = {value: k for k, value in enumerate(steps)}
        largest = self.model.new_int_var(0, max(0, len(steps) - 1), "largest figure")
        for i, variable in self.member.items():
            self.model.add(largest >= rank[figures[i]] * variable)
        self.model.minimize(largest)
        outcome = self.solve(budget)
        return steps[outcome.value(largest)] if outcome.has_plan and outcome.finished else None


def host_share(host_fte: float, most_fte: float) -> float:
    """Return the share that a host employs of the planners of the member with the most, 0 to 1."""
    return host_fte / most_fte if most_fte else 1.0


def pinned(problem: Problem, place: Place, kept: Parts) -> Problem:
    """Return the problem with these parts in which the municipality has this place.

    Raises
    ------
    ProblemError
        If a pin that is kept says otherwise.
    """
    for part in kept:
        if part.rule == "fixed" and part.ids == (place.municipality,) and part.host != place.host:
            raise ProblemError([f"{problem.label(place.municipality)} is fixed to {problem.label(part.host or '')}"])
    return only(problem, kept | frozenset(place.pins()))
