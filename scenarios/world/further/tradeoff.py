"""The trade-off along the price of a missing årsverk, as rows for the table, the page, the workbook and ``--json``."""

import math
import threading
from typing import Any, Final

from maps.told.findings import PricedPlan, PricedPlans
from optimizer.judging.evaluation import Evaluation
from optimizer.problem import Problem
from optimizer.questions.tradeoff import price_series
from optimizer.questions.tradeoff.price_series import PricePoint, Tradeoff, reaches_mass
from optimizer.solve import Result
from scenarios.world import solving
from scenarios.world.build import World
from scenarios.world.running.worker import Report

FIGURES: Final = (
    *("reached", "share", "missing_fte", "travel_minutes", "mean_minutes", "longest_minutes"),
    *("offices", "alone", "moved", "extra"),
)
COLUMNS: Final = ("price", "critical_mass", "shown", "status", "gap", *FIGURES)


def solve(world: World, result: Result, report: Report, stop: threading.Event | None) -> Tradeoff:
    """Return the trade-off of a solved scenario, within what is left of its time.

    Parameters
    ----------
    world
        What was asked.
    result
        Its answer.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        When it is set, the search ends soon with what it has.
    """
    return solving.ask(
        world,
        lambda options, tell: price_series.tradeoff(world.problem, result, options, report=tell, stop=stop),
        report,
        stop=stop,
        spent=result.seconds,
    )


def plans(problem: Problem, found: Tradeoff) -> PricedPlans:
    """Return the plans with their figures."""
    own = next((point.evaluation for point in found.points if point.is_own), None)
    rows = tuple(_plan(point, own) for point in found.points)
    return PricedPlans(rows, found.left_out, problem.limits.min_office_fte)


def _plan(point: PricePoint, own: Evaluation | None) -> PricedPlan:
    told = PricedPlan(point.price, point.hard, str(point.status), point.gap, point.is_own, {})
    found = point.evaluation
    if found is None or own is None or point.grouping is None:
        return told
    reached, travellers = reaches_mass(found), sum(len(office.members) - 1 for office in found.shared)
    minutes = math.fsum(office.mean_minutes * (len(office.members) - 1) for office in found.shared)
    return PricedPlan(
        **{name: getattr(told, name) for name in ("price", "hard", "status", "gap", "shown")},
        host_of=point.grouping.host_of,
        reached=reached,
        share=reached / len(point.grouping),
        missing_fte=found.terms["missing_fte"].value,
        travel_minutes=found.terms["travel"].value,
        mean_minutes=minutes / travellers if travellers else 0.0,
        longest_minutes=max((office.longest_minutes for office in found.shared), default=0.0),
        offices=len(found.shared),
        alone=len(found.alone),
        moved=point.moved,
        extra=found.objective - own.objective,
    )


def document(found: PricedPlans) -> dict[str, Any]:
    """Return the value of ``tradeoff`` in ``run --json``: the plans, or why there are none."""
    return {
        "left_out": found.left_out or None,
        "critical_mass_fte": found.mass,
        "plans": [document_row(plan) for plan in found.plans],
    }


def document_row(plan: PricedPlan) -> dict[str, Any]:
    """Return one plan as plain data, without who is where."""
    return {"critical_mass": "hard" if plan.hard else "priced"} | {
        name: getattr(plan, name) for name in COLUMNS if name != "critical_mass"
    }
