"""One office judged member by member: what the best plan does differently with its members, and at what price.

The price of something is found by solving: the best plan in which it holds (a pin), less the best plan. Where a rule
forbids it outright, nothing is solved and the rule is named.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation, OfficeRow, Violation
from optimizer.judging.offices import office_row, office_violations
from optimizer.problem import Pins, Problem, ProblemError
from optimizer.solve import Result


@dataclass(frozen=True)
class Held:
    """An office that a plan must contain.

    Parameters
    ----------
    name
        As people call it; the host's number and name if it has no other.
    host, members
        Ids; the members in id order, the host among them. Others may join, unless it breaks a limit.
    host_named
        Whether the host is part of what is held; if not, only the members stay together.
    away
        Members that do not take part, and so are not held.
    breaches
        What it breaks of the limits as it stands.
    """

    name: str
    host: str
    members: tuple[str, ...]
    host_named: bool = True
    away: tuple[str, ...] = ()
    breaches: tuple[Violation, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return the office as a run folder tells of it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def pinned(self, pins: Pins) -> Pins:
        """Return the pins with this office held."""
        fixed = dict.fromkeys(self.members, self.host) if self.host_named else {}
        return replace(
            pins, together=(*pins.together, frozenset(self.members)), fixed=MappingProxyType(dict(pins.fixed) | fixed)
        )


SolveProblem = Callable[[Problem], Result]


@dataclass(frozen=True)
class Best:
    """The best plan known.

    Parameters
    ----------
    result
        What the solver says; with a plan.
    grouping
        The plan.
    evaluation
        Its judgement.
    """

    result: Result
    grouping: Grouping
    evaluation: Evaluation


@dataclass(frozen=True)
class Price:
    """What it costs that something holds.

    Parameters
    ----------
    status
        ``optimal``: `extra` is exact. ``feasible``: the best plans found differ by `extra`; one of them is not proved.
        ``infeasible``: no plan has it. ``unknown``: not settled within the limit.
    extra
        Objective with it less objective without, minutes-equivalents; ``None`` without a plan.
    low, high
        Proved limits of the true difference; equal to `extra` if that is exact; ``None`` where there is none.
    terms
        The difference term by term, minutes-equivalents; their sum is `extra`.
    """

    status: str
    extra: float | None
    low: float | None
    high: float | None
    terms: Mapping[str, float]


@dataclass(frozen=True)
class OfficeMember:
    """A member today and in the best plan.

    Parameters
    ----------
    id
        The municipality.
    minutes
        To today's host.
    planner_fte, need_fte
        Employed and needed, årsverk.
    too_far
        The breach of ``max_minutes``, if there is one.
    best_host, best_minutes
        Host in the best plan, and the journey there.
    best_members
        Everybody in that office, in id order.
    same_host
        Whether the best plan gives it today's host.
    price
        Of giving it today's host; ``None`` if the best plan does, or a rule forbids it (`too_far`).
    """

    id: str
    minutes: float
    planner_fte: float
    need_fte: float
    too_far: Violation | None
    best_host: str
    best_minutes: float
    best_members: tuple[str, ...]
    same_host: bool
    price: Price | None


@dataclass(frozen=True)
class OfficeReport:
    """An office and the best plan.

    Parameters
    ----------
    name
        As people call it.
    host_named
        Whether a source names the host.
    office
        Its figures.
    violations
        Rules that it breaks.
    members
        In id order.
    best_offices
        The offices of the best plan that hold its members, in host order.
    unchanged
        Whether the best plan has this very office.
    price
        Of holding it: members together, with this host if a source names it; others may join. ``None`` if it breaks
        a rule as it stands.
    """

    name: str
    host_named: bool
    office: OfficeRow
    violations: tuple[Violation, ...]
    members: tuple[OfficeMember, ...]
    best_offices: tuple[OfficeRow, ...]
    unchanged: bool
    price: Price | None


def report(problem: Problem, office: Held, best: Best, solve: SolveProblem) -> OfficeReport:
    """Return what the best plan does differently with the members of an office.

    Parameters
    ----------
    problem
        Rules and prices.
    office
        Its members all take part.
    best
        The best plan.
    solve
        Solves the problem with a further pin.
    """
    row = office_row(problem, office.host, office.members)
    violations = breaches(problem, office)
    plan = best.grouping
    hosts = sorted({plan.host_of[id_] for id_ in office.members})
    unchanged = plan.offices.get(office.host) == office.members
    return OfficeReport(
        name=office.name,
        host_named=office.host_named,
        office=row,
        violations=violations,
        members=tuple(member_of(problem, office, id_, best, solve) for id_ in office.members),
        best_offices=tuple(office_row(problem, host, plan.offices[host]) for host in hosts),
        unchanged=unchanged,
        price=None if violations else price(problem, office.pinned(problem.pins), best, solve),
    )


def breaches(problem: Problem, office: Held) -> tuple[Violation, ...]:
    """Return the rules that an office breaks, whatever the rest of the plan."""
    alone = evaluate(problem, Grouping.of(dict.fromkeys(office.members, office.host)))
    return tuple(one for one in alone.violations if one.rule not in {"complete", "min_offices", "max_offices"})


def member_of(problem: Problem, office: Held, id_: str, best: Best, solve: SolveProblem) -> OfficeMember:
    """Return one member today and in the best plan."""
    i, h = problem.index[id_], problem.index[office.host]
    way, limit = float(problem.minutes[i, h]), problem.limits.max_minutes
    pair = office_row(problem, office.host, tuple(sorted({id_, office.host})))
    broken = [one for one in office_violations(problem, pair) if one.rule == "max_minutes"]
    too_far = Violation("max_minutes", (id_,), office.host, way, limit) if broken else None
    plan = best.grouping
    host = plan.host_of[id_]
    same = host == office.host
    fixed = dict(problem.pins.fixed)
    pins = replace(problem.pins, fixed=fixed | {id_: office.host})
    elsewhere = fixed.get(id_, office.host) != office.host
    asked = Price("infeasible", None, None, None, {}) if elsewhere else None
    return OfficeMember(
        id=id_,
        minutes=way,
        planner_fte=float(problem.planner_fte[i]),
        need_fte=float(problem.need_fte[i]),
        too_far=too_far,
        best_host=host,
        best_minutes=float(problem.minutes[i, problem.index[host]]),
        best_members=plan.offices[host],
        same_host=same,
        price=None if same or too_far else asked or price(problem, pins, best, solve),
    )


def price(problem: Problem, pins: Pins, best: Best, solve: SolveProblem) -> Price:
    """Return what it costs that these pins hold."""
    try:
        held = solve(replace(problem, pins=pins, asked=problem.as_asked))
    except ProblemError:  # the pins of the scenario say otherwise
        return Price("infeasible", None, None, None, {})
    if held.grouping is None or held.objective is None:
        return Price(str(held.status), None, None, None, {})
    terms = evaluate(problem, held.grouping).terms
    before, now = best.evaluation.objective, held.objective
    proved = held.status == best.result.status == "optimal"
    return Price(
        "optimal" if proved else "feasible",
        now - before,
        now - before if proved else None if held.bound is None else held.bound - before,
        now - before if proved else None if best.result.bound is None else now - best.result.bound,
        {name: term.minutes - best.evaluation.terms[name].minutes for name, term in terms.items()},
    )
