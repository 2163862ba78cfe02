"""The named parts of a problem that can be taken away: each limit, and each pin by itself.

What stays whatever is taken away is the basic partition: everybody who takes part has one host that is a member of
its own office and can be reached, and offices that are held are as they are. Taking a part away never makes a legal
grouping illegal.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Violation
from optimizer.judging.offices import applies
from optimizer.problem import KRONER_RULES, MAX_MEMBERS, Pins, Problem
from optimizer.sharing.keys import MOST_SHAPLEY
from optimizer.terms import RULES

PIN_RULES = tuple(name for name, rule in RULES.items() if rule.of == "pin" and name != "held")
"""Pins that can be taken away."""
LISTED_RULES = frozenset((*KRONER_RULES, "covers"))
"""Rules of which the small models of one office know nothing: they are looked for in the list of offices."""


@dataclass(frozen=True)
class Part:
    """One rule or one pin.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    ids
        The municipalities that a pin names, in id order; empty for a limit. For ``fixed``: the one that is fixed.
    host
        For ``fixed``: the host it must have; for ``held``, which is never taken away: the host.
    limit
        The figure of a limit, in the rule's unit; ``None`` where it has none.
    """

    rule: str
    ids: tuple[str, ...] = ()
    host: str | None = None
    limit: float | None = None

    @property
    def is_pin(self) -> bool:
        """Whether the part is a pin."""
        return RULES[self.rule].of == "pin"


def parts_of(problem: Problem) -> tuple[Part, ...]:
    """Return every part that asks something, limits first, in the order of `optimizer.terms.RULES`."""
    return (*limit_parts(problem), *pin_parts(problem.pins))


def limit_parts(problem: Problem) -> list[Part]:
    """Return the limits that ask something."""
    limits = problem.limits
    asked = {
        name: rule.setting != "" and getattr(limits, rule.setting) != rule.off
        for name, rule in RULES.items()
        if rule.of == "office" or name.endswith("_offices")
    } | {
        "max_minutes": limits.max_minutes < largest_minutes(problem),
        "min_members": limits.min_members > 1,
        "max_members": limits.max_members < problem.active.sum(),
        "min_host_share": limits.min_host_share > least_share(problem),
        "min_offices": bool(limits.min_offices),
        "may_host": applies(problem, "may_host"),
    }
    with_figure = {name for name in asked if RULES[name].unit}
    return [Part(rule, limit=getattr(limits, rule) if rule in with_figure else None) for rule in asked if asked[rule]]


def pin_parts(pins: Pins) -> list[Part]:
    """Return the pins that ask something, one part for each."""
    return list(
        dict.fromkeys(
            [
                *(Part("together", tuple(sorted(pin))) for pin in pins.together if len(pin) > 1),
                *(Part("apart", tuple(sorted(pin))) for pin in pins.apart if len(pin) > 1),
                *(Part("fixed", (id_,), host) for id_, host in sorted(pins.fixed.items())),
                *(Part("must_host", (id_,)) for id_ in sorted(pins.must_host)),
                *(Part("may_not_host", (id_,)) for id_ in sorted(pins.may_not_host)),
            ]
        )
    )


def largest_minutes(problem: Problem) -> float:
    """Return the longest journey between two municipalities that take part and can reach each other."""
    minutes = problem.minutes[np.ix_(problem.active, problem.active)]
    return float(minutes[np.isfinite(minutes)].max())


def least_share(problem: Problem) -> float:
    """Return the least share of another's planners that anybody who may be asked for it employs."""
    planner_fte = problem.planner_fte[problem.active]
    return float(planner_fte.min() / planner_fte.max()) if planner_fte.max() > 0 else 1.0


def only(problem: Problem, kept: Collection[Part]) -> Problem:
    """Return the problem with these parts and no others.

    A limit that is not kept is set to the value at which it asks nothing: ``max_minutes`` to the longest journey that
    there is, ``max_members`` to the number of municipalities, at most `optimizer.problem.MAX_MEMBERS`, to at most
    12 where a rule looks at every group of members.

    Raises
    ------
    ProblemError
        If the pins that are kept contradict each other.
    """
    rules = {part.rule for part in kept if not part.is_pin}
    limits = problem.limits
    off: dict[str, Any] = {rule.setting: rule.off for rule in RULES.values() if rule.setting and rule.name not in rules}
    pins: dict[str, list[Part]] = {rule: [part for part in kept if part.rule == rule] for rule in PIN_RULES}
    most = min(MOST_SHAPLEY if rules.intersection(KRONER_RULES) else MAX_MEMBERS, int(problem.active.sum()))
    return replace(
        problem,
        limits=replace(
            limits,
            max_minutes=limits.max_minutes
            if "max_minutes" in rules
            else max(limits.max_minutes, largest_minutes(problem)),
            min_members=limits.min_members if "min_members" in rules else 1,
            max_members=limits.max_members if "max_members" in rules else max(limits.max_members, most),
            **off,
        ),
        decided=problem.decided_hosts,
        asked=problem.as_asked,
        may_host=problem.may_host if "may_host" in rules else np.ones(len(problem.ids), dtype=bool),
        pins=Pins(
            together=tuple(frozenset(part.ids) for part in pins["together"]),
            apart=tuple(frozenset(part.ids) for part in pins["apart"]),
            fixed={part.ids[0]: part.host or part.ids[0] for part in pins["fixed"]},
            must_host=frozenset(part.ids[0] for part in pins["must_host"]),
            may_not_host=frozenset(part.ids[0] for part in pins["may_not_host"]),
            leave_out=problem.pins.leave_out,
            held=problem.pins.held,
        ),
    )


def broken_by(problem: Problem, grouping: Grouping, parts: Collection[Part]) -> frozenset[Part] | None:
    """Return the parts that a grouping breaks by the specification; ``None`` if it breaks the basic partition."""
    broken: set[Part] = set()
    for violation in evaluate(problem, grouping).violations:
        guilty = {part for part in parts if is_about(part, violation)}
        unreachable = violation.rule == "max_minutes" and violation.found == float("inf")
        if not guilty or unreachable:
            return None
        broken |= guilty
    return frozenset(broken)


def is_about(part: Part, violation: Violation) -> bool:
    """Return whether a breach is one of this part."""
    if part.rule != violation.rule:
        return False
    if part.rule == "apart":
        return set(violation.ids) <= set(part.ids)
    return not part.is_pin or part.ids == violation.ids
