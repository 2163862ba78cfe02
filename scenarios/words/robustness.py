"""Sentences about how much a plan and its offices stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maps.told.texts import catalogue
from optimizer.grouping import Grouping
from optimizer.judging.departures import Departure, OfficeRisks, Staffing
from optimizer.judging.evaluate import Violation
from optimizer.problem import Problem
from optimizer.questions.regret import Across, LeastRegret, SettingOutcome
from optimizer.solve import Result, Status
from scenarios.words.rules import figure
from scenarios.words.words import (
    Names,
    counted,
    fte,
    listed,
    minutes,
    most_minutes,
    number,
    percent,
    sentence,
    text,
)
from scenarios.world.settings import Ferries

SAME = 1e-6
CHANCE_DECIMALS = 2
MOST_BREACHES = 3
PLAN = "plan"
"""Name of the plan that is tried, among those judged in every setting."""


@dataclass(frozen=True)
class Stability:
    """How often pairs of neighbours share an office in the settings' best plans.

    Parameters
    ----------
    always, sometimes, never
        Pairs of neighbours (ids).
    settings
        Number of settings that have a plan.
    """

    always: tuple[tuple[str, str], ...]
    sometimes: tuple[tuple[str, str], ...]
    never: tuple[tuple[str, str], ...]
    settings: int


def stability(found: Across) -> Stability:
    """Sort the pairs of neighbours by how often they are together."""
    return Stability(
        tuple(pair for pair, share in found.together.items() if share == 1),
        tuple(pair for pair, share in found.together.items() if 0 < share < 1),
        tuple(pair for pair, share in found.together.items() if share == 0),
        sum(result.grouping is not None for result in found.optima.values()),
    )


def of_office(problem: Problem, names: Names, found: OfficeRisks) -> str:
    """Return the sentences about one shared office."""
    office, staffing = found.office, found.staffing
    parts = [
        sentence(
            "robust.office",
            host=names[office.host],
            members=names.listed(i for i in office.members if i != office.host),
            planners=fte(staffing.planner_fte),
            posts=posts_of(staffing),
            nobody=percent(staffing.nobody, CHANCE_DECIMALS),
            fewer=percent(staffing.fewer_than_two, CHANCE_DECIMALS),
        )
    ]
    if found.largest_blow is not None:
        parts.append(of_blow(problem, names, found.largest_blow))
    return " ".join(parts)


def posts_of(staffing: Staffing) -> str:
    """Return the whole posts, and the part post if there is one."""
    if not staffing.part:
        return counted("posts", staffing.posts)
    share = percent(staffing.part, 0)
    if not staffing.posts:
        return text("robust.part", share=share)
    return text("robust.posts_and_part", posts=counted("posts", staffing.posts), share=share)


def of_blow(problem: Problem, names: Names, blow: Departure) -> str:
    """Return the sentence about the departure that hurts most."""
    mass = figure(problem.limits.min_office_fte)
    if len(blow.office.members) == 1:
        parts = [text("robust.rest_alone", name=names[blow.host], planners=fte(blow.office.planner_fte))]
    elif blow.host_gone:
        parts = [text("robust.rest_new_host", host=names[blow.host], planners=fte(blow.office.planner_fte))]
    else:
        parts = [text("robust.rest", planners=fte(blow.office.planner_fte))]
    parts.append(
        text("robust.below", missing=fte(blow.missing_fte), mass=mass)
        if blow.missing_fte > SAME
        else text("robust.enough", mass=mass)
    )
    if not blow.connected:
        parts.append(text("robust.apart"))
    others = [one for one in blow.violations if one.rule not in {"contiguity", "min_office_fte"}]
    if others:
        parts.append(text("robust.breaks", breaches=breaches(names, others)))
    return sentence("robust.blow", leaver=names[blow.leaver], rest=listed(parts))


def breaches(names: Names, violations: Sequence[Violation]) -> str:
    """Return breaches as a phrase."""
    said = [breach(names, one) for one in violations]
    more = len(said) - MOST_BREACHES
    return "; ".join([*said[:MOST_BREACHES], *([text("list.more", n=number(more, 0))] if more > 0 else [])])


def breach(names: Names, violation: Violation) -> str:
    """Return a breach as a phrase."""
    if violation.rule == "max_minutes" and violation.host is not None and violation.found is not None:
        facts = {"name": names[violation.ids[0]], "host": names[violation.host]}
        if violation.found == float("inf"):
            return text("breach.unreachable", **facts)
        return text(
            "rule.max_minutes.breach", **facts, found=figure(violation.found), limit=figure(violation.limit or 0.0)
        )
    key = f"rule.{violation.rule}.breach"
    where = names[violation.host] if violation.host else names.listed(violation.ids)
    return text(key if key in catalogue() else "breach.other", host=where)


def label(name: str) -> str:
    """Return the name of a setting in words: "ansatte 0,24 årsverk per 1000 innbyggere", "uten ferja A-B"."""
    kind, _, value = name.partition("=")
    if kind == "ferry":
        return text("case.ferry", name=value)
    return text(f"case.{kind.replace('.', '_')}", value=number(float(value), 2) if value else "")


def of_setting(names: Names, name: str, found: SettingOutcome, optimum: Result) -> str:
    """Return the sentence about the plan in one setting."""
    facts = {"setting": label(name), "cost": minutes(found.objective) if found.objective < float("inf") else ""}
    if optimum.grouping is None:
        return sentence(f"robust.setting_{'infeasible' if optimum.status == Status.INFEASIBLE else 'unknown'}", **facts)
    if found.violations:
        many = counted("breaches", len(found.violations))
        return sentence("robust.setting_breaks", **facts, many=many, breaches=breaches(names, found.violations))
    regret, most = found.regret or 0.0, found.at_most or 0.0
    if most <= SAME:
        return sentence("robust.setting_best", **facts)
    if optimum.status == Status.OPTIMAL:
        return sentence("robust.setting_regret", **facts, regret=minutes(regret))
    return sentence("robust.setting_between", **facts, regret=minutes(regret), most=most_minutes(most))


def of_ferries(found: Ferries, *, proved: bool, table: bool) -> list[str]:
    """Return the sentences about the ferries that are no settings, and why."""
    if table:
        return [sentence("robust.ferries_table")]
    lines = []
    tail = text("robust.still_best" if proved else "robust.same_cost")
    if found.unused:
        lines.append(sentence("robust.ferries_unused", many=counted("ferries", len(found.unused)), tail=tail))
    if found.harmless:
        lines.append(sentence("robust.ferries_harmless", many=counted("ferries", len(found.harmless)), tail=tail))
    if found.left:
        lines.append(sentence("robust.ferries_left", many=counted("ferries", len(found.left))))
    return lines


def of_stability(plan: Grouping, found: Stability) -> list[str]:
    """Return the sentences about pairs of neighbours."""
    together = {pair for pair in (*found.always, *found.sometimes, *found.never) if shares(plan, pair)}
    return [
        sentence(
            "robust.pairs",
            settings=counted("settings", found.settings),
            always=counted("neighbours", len(found.always)),
            sometimes=number(len(found.sometimes), 0),
            never=number(len(found.never), 0),
        ),
        sentence(
            "robust.pairs_of_plan",
            all=counted("neighbours", len(together)),
            always=number(len(together & set(found.always)), 0),
        ),
    ]


def shares(plan: Grouping, pair: tuple[str, str]) -> bool:
    """Return whether two municipalities share an office."""
    return plan.host_of[pair[0]] == plan.host_of[pair[1]]


def of_regret(plan: Grouping, found: Across) -> list[str]:
    """Return the sentences about the plan's largest regret and about the plan whose largest is smallest."""
    outcomes: Mapping[str, SettingOutcome] = found.outcomes[PLAN]
    known = [one.at_most for one in outcomes.values() if one.at_most is not None]
    illegal = sum(bool(one.violations) for one in outcomes.values())
    settings = counted("settings", len(outcomes))
    lines = []
    if illegal:
        lines.append(sentence("robust.plan_illegal", many=number(illegal, 0), settings=settings))
    elif len(known) == len(outcomes):
        lines.append(sentence("robust.plan_worst", settings=settings, worst=most_minutes(max(known))))
    if found.least is not None:
        lines += of_least(plan, found.least, settings)
    return lines


def of_least(plan: Grouping, least: LeastRegret, settings: str) -> list[str]:
    """Return the sentences about the plan with the smallest largest regret."""
    if least.status == Status.INFEASIBLE:
        return [sentence("robust.least_none", settings=settings)]
    if least.grouping is None or least.worst is None or least.setting is None:
        return [sentence("robust.least_unknown", settings=settings)]
    moved = counted("municipalities", len(plan.moved(least.grouping)))
    parts = [
        sentence("robust.least", settings=settings, worst=most_minutes(least.worst), setting=label(least.setting)),
        sentence("robust.least_moved", moved=moved),
    ]
    if least.status == Status.OPTIMAL:
        parts.append(sentence("robust.least_proved"))
    elif least.bound is not None:
        parts.append(sentence("robust.least_open", bound=minutes(int(least.bound * 10) / 10)))
    else:
        parts.append(sentence("robust.least_no_bound"))
    return [" ".join(parts)]
