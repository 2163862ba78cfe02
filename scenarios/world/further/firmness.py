"""How firm the plan of a run is: asked of the optimizer, compared as the comparison compares, and as plain data."""

import threading
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from maps.told.firm import FirmPlan, LeftOut, VariantPlan
from optimizer.budget import Budget
from optimizer.engine_table import lists_offices
from optimizer.grouping import Grouping
from optimizer.judging import comparison
from optimizer.judging.difference import Elsewhere
from optimizer.problem import Problem, ProblemError
from optimizer.questions.firmness import Firmness, firmness
from optimizer.questions.variants import MOST_LISTED, VariantAnswer, best_under
from optimizer.solve import Options, Result, Status
from scenarios.world import solving
from scenarios.world.build import World
from scenarios.world.further import variants
from scenarios.world.running.deadline import Deadline, over
from scenarios.world.running.worker import Report

WITHIN: Final = 0.01
"""Plans count that are at most this share above the best: the estimates behind the objective are no better."""
FILE: Final = "firmness.json"


def investigate(world: World, result: Result, report: Report, stop: threading.Event | None = None) -> FirmPlan:
    """Return how firm the plan of a run is.

    Parameters
    ----------
    world
        What was asked.
    result
        Its answer.
    report
        Called in the caller's thread, several times a second, with the newest progress.
    stop
        When it is set, it is left out.
    """
    plan = result.grouping
    if not lists_offices(result.engine):
        return FirmPlan("not listed")
    if plan is None or result.status != Status.OPTIMAL or result.ties == "open":
        return FirmPlan("not proved")
    stop = stop or threading.Event()
    if why := over(stop):
        return FirmPlan(why)
    settings = list(variants.stated(world))

    def look(asked: Options, tell: Report) -> tuple[Firmness, tuple[VariantAnswer, ...]] | None:
        # Without a deadline it takes the time that it takes: a few seconds.
        options = Options(asked.time_limit if isinstance(stop, Deadline) else None, max_groups=MOST_LISTED)
        budget = Budget(options.time_limit, stop, tell)
        try:
            found = firmness(world.problem, WITHIN, options=options, report=tell, stop=stop, plan=plan, search=False)
        except ProblemError:
            return None
        return found, best_under(world.problem, settings, budget) if found.status == Status.OPTIMAL else ()

    looked = solving.ask(world, look, report, stop=stop)
    if looked is None:
        return FirmPlan("too many")
    found, answers = looked
    if stop.is_set() or found.status != Status.OPTIMAL or len(answers) < len(settings):
        return FirmPlan(over(stop) or "too many")
    return FirmPlan(
        "",
        WITHIN,
        {pair: found.together[pair] for pair in pairs_of(plan)},
        found.companions,
        found.same_host,
        found.alone,
        found.margins,
        tuple(row(world.problem, plan, one, answer) for one, answer in zip(settings, answers, strict=True)),
        found.elsewhere,
    )


def pairs_of(plan: Grouping) -> Iterator[tuple[str, str]]:
    """Yield the pairs that share an office, in id order."""
    yield from sorted(pair for members in plan.offices.values() for pair in combinations(members, 2))


def row(problem: Problem, plan: Grouping, variant: variants.Variant, answer: VariantAnswer) -> VariantPlan:
    """Return a variant's plan beside the plan of the run."""
    grouping = plan if answer.state == "same" else answer.grouping
    if grouping is None:
        return VariantPlan(variant.name, variant.changes, answer.state)
    before = comparison.option_of(problem, "", plan)
    after = comparison.option_of(variant.problem, variant.name, grouping)
    return VariantPlan(
        variant.name,
        variant.changes,
        answer.state,
        tuple(move.id for move in comparison.difference(problem, before, after).moves),
        len(after.evaluation.shared),
        len(after.evaluation.alone),
        after.figures["mean_minutes"],
    )


def document(firm: FirmPlan) -> dict[str, Any]:
    """Return the value of ``firmness`` in ``run --json``, and the content of ``firmness.json``."""
    if firm.left_out:
        return {"left_out": firm.left_out}
    return {
        "left_out": None,
        "within": firm.within,
        "counts": {
            "municipalities": len(firm.companions),
            "companions_always": firm.always,
            "same_host_always": list(firm.same_host.values()).count("all"),
            "pairs": len(firm.together),
            "pairs_always": firm.pairs_always,
            "variants": len(firm.variants),
            "variants_with_effect": len(firm.solved),
            "changing_in_some_variant": firm.changing,
        },
        "municipalities": {id_: of_place(firm, id_) for id_ in firm.companions},
        "pairs": [{"a": a, "b": b, "together": verdict} for (a, b), verdict in firm.together.items()],
        "variants": [
            {
                "name": one.name,
                "changes": dict(one.changes),
                "state": one.state,
                "changed": len(one.moved) if one.state in {"optimal", "same"} else None,
                "offices": one.offices,
                "alone": one.alone,
                "mean_minutes": one.mean_minutes,
                "moved": list(one.moved),
            }
            for one in firm.variants
        ],
    }


def of_place(firm: FirmPlan, id_: str) -> dict[str, Any]:
    """Return how firm the place of a municipality is."""
    return {
        "level": firm.level(id_),
        "companions": firm.companions[id_],
        "same_host": firm.same_host[id_],
        "alone": firm.alone[id_],
        "margin": firm.margins[id_],
        "elsewhere": of_other_place(firm.elsewhere.get(id_)),
        "changes_in": [variant.name for variant in firm.changes[id_]],
    }


def of_other_place(other: Elsewhere | None) -> dict[str, Any] | None:
    """Return the best plan with another host for a municipality; ``None`` if there is none."""
    if other is None:
        return None
    return {
        "host": other.host,
        "members": list(other.members),
        "extra": other.extra,
        "terms": dict(other.terms),
    }


def read(written: Mapping[str, Any]) -> FirmPlan:
    """Return what `document` was made of."""
    left_out: LeftOut = written["left_out"] or ""
    if left_out:
        return FirmPlan(left_out)
    places = written["municipalities"]
    return FirmPlan(
        "",
        written["within"],
        {(pair["a"], pair["b"]): pair["together"] for pair in written["pairs"]},
        {id_: place["companions"] for id_, place in places.items()},
        {id_: place["same_host"] for id_, place in places.items()},
        {id_: place["alone"] for id_, place in places.items()},
        {id_: float("inf") if place["margin"] is None else place["margin"] for id_, place in places.items()},
        tuple(
            VariantPlan(
                one["name"],
                one["changes"],
                one["state"],
                tuple(one["moved"]),
                one["offices"],
                one["alone"],
                one["mean_minutes"],
            )
            for one in written["variants"]
        ),
        {
            id_: Elsewhere(other["host"], tuple(other["members"]), other["extra"], other["terms"])
            for id_, place in places.items()
            if (other := place["elsewhere"]) is not None
        },
    )
