"""Sentences about a whole plan, each true of its figures."""

import math
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from geodata import accuracy, planners
from maps.told.answer import RunFacts
from maps.told.plan import Office, Plan
from maps.told.texts import Words
from optimizer.judging.ranges import Ranges
from optimizer.problem import Problem
from optimizer.terms import KNOWN_GAP

OWNERS: Final = ("Kartverket", "SSB", "EuroGeographics", "GeoNames")
"""Whom the pages name in the reader's language already."""


def by_county(offices: Sequence[Office]) -> list[tuple[str, list[Office]]]:
    """Return the offices by their hosts' counties, in the order given."""
    return [(county, list(group)) for county, group in groupby(offices, key=lambda office: office.host.county)]


def verdict(words: Words, facts: RunFacts, plan: Plan) -> tuple[str, str, str]:
    """Return what kind of answer this is, in a word for the stylesheet, a headline, and a sentence."""
    broken = sum(said == "broken" for said in plan.evaluation.rules.values())
    if broken:
        rules = words.count("rules", broken)
        return "broken", words.text("summary.broken", rules=rules), words.text("summary.broken_why")
    if facts.status == "optimal":
        why = words.text("summary.optimal_why"), words.text(f"verdict.ties_{facts.ties.partition(' ')[0]}")
        return "optimal", words.text("summary.optimal"), " ".join(why)
    if facts.status == "feasible" and facts.gap is not None and facts.gap < KNOWN_GAP:
        gap = words.number(gap_percent(facts.gap), 1)
        return "feasible", words.text("summary.feasible", gap=gap), words.text("summary.feasible_why")
    if facts.status == "feasible":
        return "feasible", words.text("summary.feasible_unknown"), words.text("summary.feasible_unknown_why")
    return "judged", words.text("summary.judged"), words.text("summary.judged_why")


def gap_percent(gap: float) -> float:
    """Return a relative gap in percent with one decimal, rounded up: "at most" must stay true."""
    return math.ceil(round(gap * 1000, 6)) / 10


def sentence(words: Words, facts: RunFacts, plan: Plan) -> str:
    """Return the result in a sentence or two."""
    longest = words.count("minutes", plan.longest_minutes)
    form = "sentence" if not plan.shared else "sentence_alone" if plan.alone else "sentence_shared"
    return words.text(
        f"summary.{form}",
        offices=words.count("offices", len(plan.shared)),
        grouped=words.number(plan.taking_part - len(plan.alone)),
        part=words.count("municipalities", plan.taking_part),
        longest=longest if facts.own_travel else f"{longest} ({words.text('method.estimated')})",
        alone=words.count("municipalities", len(plan.alone)),
    )


def source(words: Words, plan: Plan) -> str:
    """Return where the figures of planners come from."""
    if len(plan.planners_from) == 1:
        return words.text("offices.source_estimate" if True in plan.planners_from else "offices.source_table")
    return words.text("offices.source_mixed")


def journeys(words: Words, facts: RunFacts) -> str:
    """Return where the journeys come from."""
    return words.text("method.journeys_own" if facts.own_travel else "method.journeys_estimate")


def further_credits(words: Words, facts: RunFacts) -> list[str]:
    """Return the run's credits for sources that have no line of their own on the page."""
    return [words.translated(credit) for credit in facts.credits if not any(owner in credit for owner in OWNERS)]


def edge_line(words: Words, problem: Problem, plan: Plan) -> str:
    """Return how many journeys and offices are on the border of a limit."""
    alone = sum(office.borderline for office in plan.alone)
    return words.text(
        "edge.line",
        journeys=words.count("journeys", plan.borderline_journeys),
        minutes=words.setting(problem.limits.max_minutes),
        offices=words.count("offices", plan.borderline_offices),
        alone=words.count("municipalities", alone),
        mass=words.setting(problem.limits.min_office_fte),
    )


def ranges(words: Words, between: Ranges) -> str:
    """Return where the ranges come from; empty if every figure is known."""
    said = []
    if between.journey_low < between.journey_high:
        found = accuracy.held_out()
        values = {"n": found.journeys, "within": 100 * accuracy.WITHIN}
        ends = {"low": 100 * between.journey_low, "high": 100 * between.journey_high}
        said.append(words.text("edge.journeys", **{key: words.number(value) for key, value in (values | ends).items()}))
    if (between.planner_low < between.planner_high).any():
        low, high = planners.RANGES["supply_per_1000"]
        default = planners.PlannerModel.supply_per_1000
        rates = {"low": low, "high": high, "rate": default}
        said.append(words.text("edge.planners", **{key: words.number(value, 2) for key, value in rates.items()}))
    return " ".join([*said, words.text("edge.chosen")]) if said else ""
