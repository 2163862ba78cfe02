"""The verdict on each rule as the report shows it: met, broken or not applicable, with figures and who is concerned."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from maps.told.plan import Office, Plan
from maps.told.texts import Words
from optimizer.judging.evaluation import Violation
from optimizer.problem import Problem
from optimizer.terms import RULES

FIELDS: Final[Mapping[str, tuple[Callable[[Office], float], int]]] = {
    "one": (lambda _: 1, 0),
    "size": (lambda office: len(office.members), 0),
    "longest": (lambda office: office.row.longest_minutes, 0),
    "lines": (lambda office: office.row.county_lines, 0),
    "planners": (lambda office: office.row.planner_fte, 1),
    "missing": (lambda office: office.row.missing_fte, 1),
    "need": (lambda office: office.row.need_fte, 1),
    "share": (lambda office: office.host_share, 2),
}
"""What is taken of each office, and its decimals; ``report.js`` knows the same names."""

FOLDS: Final[Mapping[str, tuple[str, str]]] = {
    name: (rule.figure.split()[0], rule.figure.split()[1]) for name, rule in RULES.items() if rule.figure
}
"""How the figure of a rule comes from the offices that it judges."""

SAID_OF_ALL: Final = frozenset(
    {"complete", "host_is_member", "contiguity", "may_host", "nobody_worse", "stable", "covers"}
)
"""Rules whose figure says of how many offices or municipalities they hold."""


@dataclass(frozen=True)
class Breach:
    """One breach of a rule.

    Parameters
    ----------
    ids
        The municipalities concerned.
    names, figures
        In words; `figures` may be empty.
    excused
        Whether somebody decided on it: the office is held as it is, or a pin names the host.
    """

    ids: tuple[str, ...]
    names: str
    figures: str
    excused: bool = False


@dataclass(frozen=True)
class Verdict:
    """What is said of one rule.

    Parameters
    ----------
    rule
        Name in `optimizer.terms.RULES`.
    state
        ``met``, ``broken``, ``excused`` or ``not_applicable``.
    text
        Its figures in words; empty if it does not apply.
    fold, field, decimals, limit
        How ``report.js`` makes `text` anew for some of the offices; `fold` is empty where it stays.
    over
        ``shared`` or ``all``: which offices.
    of_all
        Whether the text says of how many offices or municipalities it holds; broken, it counts the breaches.
    target
        Host of the office that the figure comes from; empty if it comes from all.
    breaches
        Every breach.
    """

    rule: str
    state: str
    text: str = ""
    fold: str = ""
    field: str = ""
    decimals: int = 0
    limit: str = ""
    over: str = "all"
    of_all: bool = False
    target: str = ""
    breaches: tuple[Breach, ...] = ()


def verdicts(words: Words, plan: Plan, problem: Problem) -> list[Verdict]:
    """Return the verdict on every rule, the broken ones first, those that do not apply last."""
    order = ("broken", "excused", "met", "not_applicable")
    found = [
        _verdict(words, plan, problem, rule, said.replace(" ", "_")) for rule, said in plan.evaluation.rules.items()
    ]
    return sorted(found, key=lambda one: order.index(one.state))


def _verdict(words: Words, plan: Plan, problem: Problem, rule: str, state: str) -> Verdict:
    found, spared = plan.evaluation.violations, plan.evaluation.excused
    breaches = tuple(_breach(words, plan, one) for one in found if one.rule == rule)
    breaches += tuple(replace(_breach(words, plan, one), excused=True) for one in spared if one.rule == rule)
    if state == "not_applicable":
        return Verdict(rule, state)
    if rule not in FOLDS:
        many = len(plan.shared) if rule.endswith("_offices") else len(getattr(problem.pins, rule))
        text = words.text(f"rule.{rule}.verdict", found=words.number(many), limit=_limit(words, problem, rule))
        return Verdict(rule, state, text, breaches=breaches)
    # With planners on the road it is not those employed that are set against the limit.
    fold, field = ("max", "missing") if rule == "min_office_fte" and problem.counts_net else FOLDS[rule]
    of, decimals = FIELDS[field]
    shared = RULES[rule].shared_only or (RULES[rule].alone_exempt and problem.limits.alone_exempt)
    offices = plan.shared if shared else plan.offices
    target = ""
    if fold == "sum" or not offices:
        figure = math.fsum(of(office) for office in offices)
    else:
        chosen = (max if fold == "max" else min)(offices, key=of)
        figure, target = of(chosen), chosen.host.id
    limit = _limit(words, problem, rule)
    text = words.text(f"rule.{rule}.verdict", found=words.number(figure, decimals), limit=limit)
    if state == "broken" and rule in SAID_OF_ALL:
        text = words.text("verdict.breaches", found=words.number(sum(not one.excused for one in breaches)))
    if state == "excused" and rule in SAID_OF_ALL:
        text = words.text("verdict.spared", found=words.count("offices", len(breaches)))
    return Verdict(
        rule=rule,
        state=state,
        text=text,
        fold=fold,
        field=field,
        decimals=decimals,
        limit=limit,
        over="shared" if shared else "all",
        of_all=rule in SAID_OF_ALL,
        target=target,
        breaches=breaches,
    )


def decimals_of(rule: str) -> int:
    """Return the decimals of what is set against a rule's limit."""
    return FIELDS[FOLDS[rule][1]][1] if rule in FOLDS else 0


def _limit(words: Words, problem: Problem, rule: str) -> str:
    """Return the limit of a rule as it is set, disciplines by their names; empty if the rule has none."""
    value = getattr(problem.limits, rule, None)
    if isinstance(value, tuple):
        return words.listed(words.text(f"column.{name}") for name in value)
    return words.setting(value) if isinstance(value, int | float) else ""


def _breach(words: Words, plan: Plan, violation: Violation) -> Breach:
    named = dict.fromkeys((*violation.ids, *([violation.host] if violation.host else [])))
    ids = tuple(id_ for id_ in named if id_ in plan.members)
    # Who is not of this edition has a number only.
    labels = [plan.members[id_].label if id_ in plan.members else id_ for id_ in named]
    figures = ""
    if violation.found is not None and violation.limit is not None:
        found = words.number(violation.found, decimals_of(violation.rule))
        figures = words.text("verdict.breach", found=found, limit=words.setting(violation.limit))
    return Breach(ids, ", ".join(labels), figures)
