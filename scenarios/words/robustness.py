"""Sentences about how much a plan and its offices stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.judging.departures import Departure, OfficeRisks, Staffing
from optimizer.judging.evaluation import Violation
from optimizer.problem import Problem
from optimizer.questions.regret import Across, LeastRegret, SettingOutcome
from optimizer.solve import Result, Status
from optimizer.staffing.vacancy import Simulation
from scenarios.words.names import Names
from scenarios.words.rules import figure
from scenarios.world.further.settings import Ferries

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
        names.sentence(
            "robust.office",
            host=names[office.host],
            members=names.all_of(i for i in office.members if i != office.host),
            planners=names.fte(staffing.planner_fte),
            posts=posts_of(names, staffing),
            nobody=names.percent(staffing.nobody, CHANCE_DECIMALS),
            fewer=names.percent(staffing.fewer_than_two, CHANCE_DECIMALS),
        )
    ]
    if found.largest_blow is not None:
        parts.append(of_blow(problem, names, found.largest_blow))
    most = found.most_minutes
    if most is not None and isfinite(most.more_minutes) and most.more_minutes > SAME:
        minutes = names.minutes(most.more_minutes)
        parts.append(names.sentence("robust.most_minutes", leaver=names[most.leaver], minutes=minutes))
    return " ".join(parts)


def of_simulation(words: Words, found: Simulation) -> str:
    """Return the exact chances beside those of a simulation."""
    chances = {
        f"{name}_{kind}": words.percent(chance, CHANCE_DECIMALS)
        for name, both in (("nobody", found.nobody), ("fewer", found.fewer_than_two))
        for kind, chance in zip(("exact", "drawn"), both, strict=True)
    }
    return words.text("robust.simulation", seed=found.seed, years=words.number(found.years), **chances)


def posts_of(words: Words, staffing: Staffing) -> str:
    """Return the whole posts, and the part post if there is one."""
    if not staffing.part:
        return words.count("posts", staffing.posts)
    share = words.percent(staffing.part, 0)
    if not staffing.posts:
        return words.text("robust.part", share=share)
    return words.text("robust.posts_and_part", posts=words.count("posts", staffing.posts), share=share)


def of_blow(problem: Problem, names: Names, blow: Departure) -> str:
    """Return the sentence about the departure that hurts most."""
    mass = figure(names, problem.limits.min_office_fte)
    if len(blow.office.members) == 1:
        parts = [names.text("robust.rest_alone", name=names[blow.host], planners=names.fte(blow.office.planner_fte))]
    elif blow.host_gone:
        parts = [names.text("robust.rest_new_host", host=names[blow.host], planners=names.fte(blow.office.planner_fte))]
    else:
        parts = [names.text("robust.rest", planners=names.fte(blow.office.planner_fte))]
    parts.append(
        names.text("robust.below", missing=names.fte(blow.missing_fte), mass=mass)
        if blow.missing_fte > SAME
        else names.text("robust.enough", mass=mass)
    )
    if not blow.connected:
        parts.append(names.text("robust.apart"))
    others = [one for one in blow.violations if one.rule not in {"contiguity", "min_office_fte"}]
    if others:
        parts.append(names.text("robust.breaks", breaches=breaches(names, others)))
    return names.sentence("robust.blow", leaver=names[blow.leaver], rest=names.listed(parts))


def breaches(names: Names, violations: Sequence[Violation]) -> str:
    """Return breaches as a phrase."""
    said = [breach(names, one) for one in violations]
    more = len(said) - MOST_BREACHES
    return "; ".join([*said[:MOST_BREACHES], *([names.text("list.more", n=names.number(more))] if more > 0 else [])])


def breach(names: Names, violation: Violation) -> str:
    """Return a breach as a phrase."""
    if violation.rule == "max_minutes" and violation.host is not None and violation.found is not None:
        facts = {"name": names[violation.ids[0]], "host": names[violation.host]}
        if violation.found == float("inf"):
            return names.text("breach.unreachable", **facts)
        return names.text(
            "rule.max_minutes.breach",
            **facts,
            found=figure(names, violation.found),
            limit=figure(names, violation.limit or 0.0),
        )
    key = f"rule.{violation.rule}.breach"
    where = names[violation.host] if violation.host else names.all_of(violation.ids)
    return names.text(key if names.has(key) else "breach.other", host=where)


def label(words: Words, name: str) -> str:
    """Return the name of a setting in words: "ansatte 0,24 årsverk per 1000 innbyggere", "uten ferja A-B"."""
    kind, _, value = name.partition("=")
    if kind == "ferry":
        return words.text("case.ferry", name=value)
    return words.text(f"case.{kind.replace('.', '_')}", value=words.short(float(value), 2) if value else "")


def of_setting(names: Names, name: str, found: SettingOutcome, optimum: Result) -> str:
    """Return the sentence about the plan in one setting."""
    facts = {
        "setting": label(names, name),
        "burden": names.minutes(found.objective) if found.objective < float("inf") else "",
    }
    if optimum.grouping is None:
        return names.sentence(
            f"robust.setting_{'infeasible' if optimum.status == Status.INFEASIBLE else 'unknown'}", **facts
        )
    if found.violations:
        many = names.count("breaches", len(found.violations))
        return names.sentence("robust.setting_breaks", **facts, many=many, breaches=breaches(names, found.violations))
    regret, most = found.regret or 0.0, found.at_most or 0.0
    if most <= SAME:
        return names.sentence("robust.setting_best", **facts)
    if optimum.status == Status.OPTIMAL:
        return names.sentence("robust.setting_regret", **facts, regret=names.minutes(regret))
    return names.sentence(
        "robust.setting_between", **facts, regret=names.minutes(regret), most=names.most_minutes(most)
    )


def of_ferries(words: Words, found: Ferries, *, proved: bool, table: bool) -> list[str]:
    """Return the sentences about the ferries that are no settings, and why."""
    if table:
        return [words.sentence("robust.ferries_table")]
    lines = []
    tail = words.text("robust.still_best" if proved else "robust.same_cost")
    if found.unused:
        lines.append(words.sentence("robust.ferries_unused", many=words.count("ferries", len(found.unused)), tail=tail))
    if found.harmless:
        lines.append(
            words.sentence("robust.ferries_harmless", many=words.count("ferries", len(found.harmless)), tail=tail)
        )
    if found.left:
        lines.append(words.sentence("robust.ferries_left", many=words.count("ferries", len(found.left))))
    return lines


def of_stability(words: Words, plan: Grouping, found: Stability) -> list[str]:
    """Return the sentences about pairs of neighbours."""
    together = {pair for pair in (*found.always, *found.sometimes, *found.never) if shares(plan, pair)}
    return [
        words.sentence(
            "robust.pairs",
            settings=words.count("settings", found.settings),
            always=words.count("neighbours", len(found.always)),
            sometimes=words.number(len(found.sometimes)),
            never=words.number(len(found.never)),
        ),
        words.sentence(
            "robust.pairs_of_plan",
            all=words.count("neighbours", len(together)),
            always=words.short(len(together & set(found.always)), 0),
        ),
    ]


def shares(plan: Grouping, pair: tuple[str, str]) -> bool:
    """Return whether two municipalities share an office."""
    return plan.host_of[pair[0]] == plan.host_of[pair[1]]


def of_regret(words: Words, plan: Grouping, found: Across) -> list[str]:
    """Return the sentences about the plan's largest regret and about the plan whose largest is smallest."""
    outcomes: Mapping[str, SettingOutcome] = found.outcomes[PLAN]
    known = [one.at_most for one in outcomes.values() if one.at_most is not None]
    illegal = sum(bool(one.violations) for one in outcomes.values())
    settings = words.count("settings", len(outcomes))
    lines = []
    if illegal:
        lines.append(words.sentence("robust.plan_breaks", many=words.number(illegal), settings=settings))
    elif len(known) == len(outcomes):
        lines.append(words.sentence("robust.plan_worst", settings=settings, worst=words.most_minutes(max(known))))
    if found.least is not None:
        lines += of_least(words, plan, found.least, settings)
    return lines


def of_least(words: Words, plan: Grouping, least: LeastRegret, settings: str) -> list[str]:
    """Return the sentences about the plan with the smallest largest regret."""
    if least.status == Status.INFEASIBLE:
        return [words.sentence("robust.least_none", settings=settings)]
    if least.grouping is None or least.worst is None or least.setting is None:
        return [words.sentence("robust.least_unknown", settings=settings)]
    moved = words.count("municipalities", len(plan.moved(least.grouping)))
    parts = [
        words.sentence(
            "robust.least",
            settings=settings,
            worst=words.most_minutes(least.worst),
            setting=label(words, least.setting),
        ),
        words.sentence("robust.least_moved", moved=moved),
    ]
    if least.status == Status.OPTIMAL:
        parts.append(words.sentence("robust.least_proved"))
    elif least.bound is not None:
        parts.append(words.sentence("robust.least_open", bound=words.minutes(int(least.bound * 10) / 10)))
    else:
        parts.append(words.sentence("robust.least_no_bound"))
    return [" ".join(parts)]
