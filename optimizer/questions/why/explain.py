"""What if: one municipality at another host, alone, or as host itself; what that costs whom, and what stops it.

Every option is the same problem with the municipality's place pinned, solved over the same list of offices: of those
that hold the municipality only the ones with this host stay. What is illegal is checked rule by rule on exact models
(`optimizer.questions.why.one_office`, `optimizer.questions.why.conflicts`): nothing is inferred from figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from optimizer.budget import Budget
from optimizer.engines.candidates import CandidatePool, Integers
from optimizer.engines.listing import PoolTooLargeError, find_groups
from optimizer.grouping import Grouping
from optimizer.judging.difference import CostDifference, difference
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation, OfficeRow
from optimizer.problem import Problem, ProblemError
from optimizer.questions.pool import cheapest_host_rows
from optimizer.questions.why.conflicts import Tests, smallest_conflict, smallest_core
from optimizer.questions.why.inclusion import BoundedPlan, Inclusion, InclusionSearch, chosen
from optimizer.questions.why.one_office import OF_THE_PLAN, Kind, OfficeQuestions, Place, minutes_between, pinned
from optimizer.questions.why.openings import Opening, OpeningSearch
from optimizer.questions.why.parts import Part, parts_of
from optimizer.solve import Options, Result, Status, solve

HORIZON = 1.5
"""Hosts up to so many times the longest legal journey away are considered, unless told otherwise."""
SEARCHED = 2.0
"""The longest journey is raised to at most so many times its value when asking when the optimum includes somebody."""
BEYOND = 1.25
"""And at least to so many times the value at which it can share an office."""
LISTED = 300_000
"""Most offices to list for that question."""


@dataclass(frozen=True)
class PlaceStop:
    """Rules and pins that rule an option out.

    Parameters
    ----------
    parts
        One: it rules the option out whatever the others say. Several: these together do, and none of them can be
        spared. None: the option is out of reach whatever the rules say.
    found
        For one rule with a figure: the best figure that any office with the municipality in this place has, all
        other rules and pins taken away; ``None`` if there is no such office, or no figure.
    nearest
        The nearest value of the rule's limit at which there is an office with the municipality in this place that
        keeps all other rules and pins on offices; ``None`` if no value of this limit alone will do.
    whole_plan
        ``False``: no single office with the municipality in this place is legal. ``True``: there is one, but the
        others cannot be placed around it.
    municipalities
        With ``whole_plan``: who cannot all be placed (see `optimizer.questions.why.conflicts.Conflict`).
    irreducible
        Whether it is proved that none of several parts can be spared.
    """

    parts: tuple[Part, ...]
    found: float | None = None
    nearest: float | None = None
    whole_plan: bool = False
    municipalities: tuple[str, ...] = ()
    irreducible: bool = True


@dataclass(frozen=True)
class PlaceOption:
    """One place that the municipality might have.

    Parameters
    ----------
    place
        The place.
    is_now
        Whether it has this place in the plan that is explained.
    minutes
        Its journey to the host, one way; 0 for its own office and alone.
    status
        Of the best plan with it there: proved, found but not proved, none exists, not known.
    grouping, evaluation, office
        That plan, its judgement, and the municipality's office in it; ``None`` without a plan.
    difference
        What that plan changes and costs against the plan that is explained; ``None`` without a plan.
    at_least
        Proved: every plan with the municipality there costs at least so much more than the plan that is explained,
        minutes-equivalents (negative if that plan is not proved the best); ``None`` if there is no plan.
    stops
        What rules it out, when the status is infeasible.
    """

    place: Place
    is_now: bool
    minutes: float
    status: Status
    grouping: Grouping | None = None
    evaluation: Evaluation | None = None
    office: OfficeRow | None = None
    difference: CostDifference | None = None
    at_least: float | None = None
    stops: tuple[PlaceStop, ...] = ()


@dataclass(frozen=True)
class WhatIf:
    """One municipality's place and its alternatives.

    Parameters
    ----------
    municipality
        Its id.
    grouping, evaluation
        The plan that is explained, and its judgement.
    status, gap
        Of that plan.
    office
        The municipality's office in it.
    options
        Its present place first, then the other hosts by journey, its own office, alone.
    can_share
        Whether any legal office has the municipality and another; ``None`` if not settled.
    openings
        If it stands alone and cannot share: what to change, and by how much, for it to share an office.
    inclusion
        If it stands alone and the longest journey is what matters: see `Inclusion`. Only by a list of offices.
    seconds
        By stage.
    """

    municipality: str
    grouping: Grouping
    evaluation: Evaluation
    status: Status
    gap: float | None
    office: OfficeRow
    options: tuple[PlaceOption, ...]
    can_share: bool | None
    openings: tuple[Opening, ...]
    inclusion: Inclusion | None
    seconds: dict[str, float] = field(default_factory=dict)


def what_if(  # noqa: PLR0913
    problem: Problem,
    municipality: str,
    base: Result,
    *,
    horizon: float | None = None,
    options: Options | None = None,
    budget: Budget | None = None,
) -> WhatIf:
    """Explain one municipality's place by its alternatives.

    Parameters
    ----------
    problem
        The problem.
    municipality
        Id of a municipality that takes part.
    base
        The answer that is explained.
    horizon
        Hosts up to so many minutes away are considered; ``None``: `HORIZON` times ``max_minutes``. Neighbours and
        the present host always are.
    options
        How to solve.
    budget
        Time, stop and progress. Options for which there is no time are marked ``unknown``.

    Raises
    ------
    ProblemError
        If the municipality does not take part, or there is no plan to explain.
    """
    faults = []
    if municipality not in problem.index or not problem.active[problem.index[municipality]]:
        faults.append(f"{problem.label(municipality)} does not take part")
    if base.grouping is None:
        faults.append("there is no plan to explain")
    if faults or base.grouping is None:
        raise ProblemError(faults)
    budget = budget or Budget()
    asker = Asker(problem, municipality, base.grouping, base, options or Options(), budget)
    with budget.stage("listing"):
        asker.list_offices()
    places = list(asker.places(HORIZON * problem.limits.max_minutes if horizon is None else horizon))
    answers = []
    for k, place in enumerate(places):
        budget.tell("what if", f"{place.kind} {place.host}, {k + 1} of {len(places)}")
        answers.append(asker.option(place, budget.left / (len(places) - k)))
    return asker.answer(answers)


@dataclass(eq=False)
class Asker:
    """Answers what if about one municipality.

    Parameters
    ----------
    problem, municipality, grouping, base, options, budget
        See `what_if`.
    pool
        All legal offices: those with the municipality at every host, the others at the best; ``None`` if too many.
    """

    problem: Problem
    municipality: str
    grouping: Grouping
    base: Result
    options: Options
    budget: Budget
    pool: CandidatePool | None = None

    def __post_init__(self) -> None:
        """Judge the plan that is explained."""
        self.evaluation = evaluate(self.problem, self.grouping)
        self.parts = parts_of(self.problem)
        self.office_parts = tuple(part for part in self.parts if part.rule not in OF_THE_PLAN)
        self.now = place_in(self.grouping, self.municipality)

    @property
    def no_plan_below(self) -> float | None:
        """The proved bound of all plans, minutes-equivalents."""
        return self.evaluation.objective if self.base.status == Status.OPTIMAL else self.base.bound

    def list_offices(self) -> None:
        """List the offices once for all options, unless the engine asked for lists none."""
        if not self.options.lists_offices:
            return
        try:
            pool = find_groups(
                self.problem, max_groups=self.options.max_groups, every_host=True, keep_going=self.budget.listing
            )
        except PoolTooLargeError:
            return
        if pool.complete:
            self.pool = at_best_host_without(self.problem, pool, self.municipality)

    def places(self, horizon: float) -> Iterator[Place]:
        """Yield the present place, the other hosts within reach by journey, an own office and standing alone."""
        problem, i = self.problem, self.problem.index[self.municipality]
        yield self.now
        near = (problem.minutes[i] <= horizon) | problem.links[i]
        considered = problem.active & near & np.isfinite(problem.minutes[i])
        hosts = sorted(np.flatnonzero(considered).tolist(), key=lambda h: (problem.minutes[i, h], problem.ids[h]))
        places = [Place(self.municipality, problem.ids[h], "host") for h in hosts if h != i]
        places.append(Place(self.municipality, self.municipality, "own"))
        places.append(Place(self.municipality, self.municipality, "alone"))
        yield from (place for place in places if place != self.now)

    def option(self, place: Place, seconds: float) -> PlaceOption:
        """Return the best plan with the municipality in a place, or what rules it out."""
        minutes = minutes_between(self.problem, place)
        is_now = place == self.now
        part = replace_budget(self.budget, seconds)
        with self.budget.stage("options"):
            if is_now and self.base.status == Status.OPTIMAL:
                result = BoundedPlan(self.base.status, self.grouping, self.base.bound)
            else:
                result = self.best(place, part)
        if result.grouping is None:
            stops: tuple[PlaceStop, ...] = ()
            if result.status == Status.INFEASIBLE:
                with self.budget.stage("reasons"):
                    stops = self.stops(place, part)
            return PlaceOption(place, is_now, minutes, result.status, stops=stops)
        evaluation = evaluate(self.problem, result.grouping)
        proved = evaluation.objective if result.status == Status.OPTIMAL else result.bound
        # Every plan with it there is a plan: what is proved of all plans holds of these too.
        bounds = [bound for bound in (proved, self.no_plan_below) if bound is not None]
        return PlaceOption(
            place,
            is_now,
            minutes,
            result.status,
            result.grouping,
            evaluation,
            office_of(evaluation, place.host),
            difference(self.problem, self.grouping, result.grouping),
            max(bounds) - self.evaluation.objective if bounds else None,
        )

    def best(self, place: Place, budget: Budget) -> BoundedPlan:
        """Return the best plan with the municipality in a place."""
        if self.pool is not None:
            rows = in_place(self.pool, place)
            return chosen(replace(self.pool.take(rows), complete=True), budget, self.options.workers)
        try:
            there = pinned(self.problem, place, frozenset(self.parts))
        except ProblemError:
            return BoundedPlan(Status.INFEASIBLE)
        left = budget.left if np.isfinite(budget.left) else None
        result = solve(there, replace(self.options, time_limit=left), stop=budget.stop)
        return BoundedPlan(result.status, result.grouping, result.bound)

    def stops(self, place: Place, budget: Budget) -> tuple[PlaceStop, ...]:
        """Return the rules and pins that rule a place out."""
        pins = self.problem.pins
        held = {pins.held_at[id_] for id_ in (place.municipality, place.host) if id_ in pins.held_at}
        if held:
            return tuple(PlaceStop((Part("held", tuple(sorted(pins.held[host])), host),)) for host in sorted(held))
        office = OfficeQuestions(self.office_parts, budget, problem=self.problem, place=place)
        everything = frozenset(self.office_parts)
        # The smallest such office keeps some limits: no model is needed to see that these do not rule the place out.
        smallest = Grouping.of({place.municipality: place.host, place.host: place.host})
        if place.kind != "own" and np.isfinite(minutes_between(self.problem, place)):
            office.possible += [frozenset(), *(frozenset({part}) for part in self.kept_by(smallest))]
        feasible = office.feasible(everything)
        if feasible is None:
            return ()
        if feasible:
            return self.stops_of_plan(place, budget)
        if office.feasible(frozenset()) is False:
            return (PlaceStop(()),)
        alone = [part for part in self.office_parts if office.feasible(frozenset({part})) is False]
        if not alone:
            core = smallest_core(office, everything)
            return (PlaceStop(tuple(p for p in self.office_parts if p in core.parts), irreducible=core.irreducible),)
        return tuple(
            PlaceStop((part,), office.attainable(part, frozenset()), office.attainable(part, everything))
            for part in alone
        )

    def kept_by(self, office: Grouping) -> list[Part]:
        """Return the limits that a single office keeps."""
        broken = {violation.rule for violation in evaluate(self.problem, office).violations}
        return [part for part in self.office_parts if not part.is_pin and part.rule not in broken]

    def stops_of_plan(self, place: Place, budget: Budget) -> tuple[PlaceStop, ...]:
        """Return a smallest conflict that leaves no plan around the place."""
        pins = frozenset(place.pins())
        parts = tuple(part for part in self.parts if part not in pins)
        there = pinned(self.problem, place, frozenset(self.parts))
        tests = Tests(parts, budget, problem=there, options=self.options, stays=pins)
        if tests.feasible(frozenset(parts)) is not False:
            return ()
        conflict = smallest_conflict(tests, frozenset(parts))
        return (
            PlaceStop(
                conflict.parts,
                whole_plan=True,
                municipalities=conflict.municipalities or (),
                irreducible=conflict.irreducible,
            ),
        )

    def answer(self, answers: list[PlaceOption]) -> WhatIf:
        """Add what would let the municipality share an office, and put it all together."""
        can_share = None
        if self.pool is not None:
            here = self.pool.ids.index(self.municipality)
            can_share = bool((self.pool.shared & (self.pool.members == here).any(axis=1)).any())
        openings: tuple[Opening, ...] = ()
        inclusion = None
        if self.now.kind == "alone":
            if not can_share:
                with self.budget.stage("openings"):
                    search = OpeningSearch(self.problem, self.municipality, self.office_parts, self.budget)
                    openings = tuple(search.openings())
            with self.budget.stage("inclusion"):
                inclusion = self.inclusion(openings, can_share=can_share)
        return WhatIf(
            self.municipality,
            self.grouping,
            self.evaluation,
            self.base.status,
            self.base.gap,
            office_of(self.evaluation, self.now.host),
            tuple(answers),
            can_share,
            openings,
            inclusion,
            dict(self.budget.seconds),
        )

    def inclusion(self, openings: tuple[Opening, ...], *, can_share: bool | None) -> Inclusion | None:
        """Return from which longest journey on a best plan has the municipality in a shared office."""
        asked = self.problem.limits.max_minutes
        first = next((opening.value for opening in openings if opening.parts[0].rule == "max_minutes"), None)
        if can_share:
            first = asked
        upto = max(SEARCHED * asked, BEYOND * (first or 0.0))
        if first is None or not self.options.lists_offices:
            return None
        try:
            wider = replace(self.problem, limits=replace(self.problem.limits, max_minutes=upto))
            pool = find_groups(wider, max_groups=LISTED, every_host=True, keep_going=self.budget.listing)
        except PoolTooLargeError:
            return Inclusion(None, first, first)
        if not pool.complete:
            return Inclusion(None, first, first)
        active = np.ix_(self.problem.active, self.problem.active)
        values = np.unique(self.problem.minutes[active])
        steps = [first, *values[(values > first) & (values <= upto)].tolist()]
        return InclusionSearch(self.problem, self.municipality, pool, steps, self.budget, self.options.workers).run()


def place_in(grouping: Grouping, municipality: str) -> Place:
    """Return the place that a municipality has in a plan."""
    host = grouping.host_of[municipality]
    kind: Kind = "host" if host != municipality else "own" if len(grouping.offices[host]) > 1 else "alone"
    return Place(municipality, host, kind)


def in_place(pool: CandidatePool, place: Place) -> Integers:
    """Return the rows of the offices that leave the municipality to its place or put it there."""
    i, h = pool.ids.index(place.municipality), pool.ids.index(place.host)
    inside = (pool.members == i).any(axis=1)
    there = pool.hosts == h
    if place.kind != "host":
        there &= pool.shared == (place.kind == "own")
    return np.flatnonzero(~inside | there)


def at_best_host_without(problem: Problem, pool: CandidatePool, municipality: str) -> CandidatePool:
    """Return the pool in which the offices without the municipality have only their cheapest host."""
    inside = (pool.members == pool.ids.index(municipality)).any(axis=1)
    others = cheapest_host_rows(problem, pool)
    rows = np.union1d(np.flatnonzero(inside), others)
    return replace(pool.take(rows), complete=pool.complete)


def office_of(evaluation: Evaluation, host: str) -> OfficeRow:
    """Return the office of a host."""
    return next(office for office in evaluation.offices if office.host == host)


def replace_budget(budget: Budget, seconds: float) -> Budget:
    """Return a part of the budget, without the reports of the single solves."""
    part = budget.part(seconds)
    part.report = None
    part.seconds = {}
    return part
