"""Different good plans as tables and as one JSON object."""

from collections.abc import Iterator
from typing import Any

from optimizer.alternatives import Alternatives
from optimizer.terms import TERMS
from scenarios import tables
from scenarios.answer_files import AnswerFolder, Sheet
from scenarios.asking import head, names_of, names_used
from scenarios.build import World
from scenarios.plain import plain
from scenarios.sentences.alternatives import of_alternatives

FOLDER = AnswerFolder("alternatives.json")
PLAN_COLUMNS = ("plan", "objective", "bound", "gap", "proved", "extra", "moved", "offices", "alone", *TERMS)
MOVE_COLUMNS = ("plan", "kommunenummer", "name", "host_before", "host_name_before", "host_after", "host_name_after")


def document(world: World, found: Alternatives, asked: int) -> dict[str, Any]:
    """Return the whole answer as one object; plan 0 is the best, each plan counts its moves against all before it."""
    return {
        **head(world, found.interrupted),
        "status": str(found.status),
        "k": asked,
        "min_moved": found.min_moved,
        "within": found.within,
        "counting": found.counting,
        "exhausted": found.exhausted,
        "candidates": found.candidates,
        "seconds": plain(found.seconds),
        "names": names_used(world, names_of(world)),
        "plans": [
            {
                "plan": rank,
                "objective": plan.objective,
                "bound": plan.bound,
                "gap": plan.gap,
                "proved": plan.proved,
                "extra": plan.extra,
                "offices": len(plan.evaluation.shared),
                "alone": len(plan.evaluation.alone),
                "terms": plain(plan.evaluation.terms),
                "moved": plain(plan.moved),
                "hosts": dict(plan.grouping.host_of),
            }
            for rank, plan in enumerate(found.plans)
        ],
        "sentences": of_alternatives(found, asked) if found.plans else [],
    }


def plan_rows(found: Alternatives) -> Iterator[tables.Row]:
    """Yield a row for each plan; ``extra`` is a share of the best plan, ``moved`` counts against it."""
    for rank, plan in enumerate(found.plans):
        yield (
            rank,
            plan.objective,
            plan.bound,
            plan.gap,
            int(plan.proved),
            plan.extra,
            len(plan.moved[0]) if plan.moved else 0,
            len(plan.evaluation.shared),
            len(plan.evaluation.alone),
            *(term.value for term in plan.evaluation.terms.values()),
        )


def move_rows(world: World, found: Alternatives) -> Iterator[tables.Row]:
    """Yield a row for each municipality that an alternative moves against the best plan."""
    name = dict(world.municipalities["name"])
    before = found.plans[0].grouping.host_of
    for rank, plan in enumerate(found.plans[1:], 1):
        after = plan.grouping.host_of
        for id_ in plan.moved[0]:
            yield rank, id_, name[id_], before[id_], name[before[id_]], after[id_], name[after[id_]]


def sheets(world: World, found: Alternatives) -> dict[str, Sheet]:
    """Return the tables by file name: the list, the moves, and each plan as a grouping."""
    plans = {
        f"plan-{rank}.csv": Sheet(tables.GROUPING_COLUMNS, tables.grouping_rows(world, plan.grouping))
        for rank, plan in enumerate(found.plans)
    }
    return {
        "alternatives.csv": Sheet(PLAN_COLUMNS, plan_rows(found)),
        "moves.csv": Sheet(MOVE_COLUMNS, move_rows(world, found) if found.plans else ()),
        **plans,
    }
