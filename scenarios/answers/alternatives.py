"""Different good plans as tables and as one JSON object."""

from collections.abc import Iterator
from typing import Any

from maps.told.texts import Words
from optimizer.questions.alternatives import Alternatives
from optimizer.questions.firmness import Firmness
from optimizer.terms import TERMS
from scenarios.answers.head import head
from scenarios.export import tables
from scenarios.export.csv_files import CsvTable, Row
from scenarios.export.folders import FolderKind
from scenarios.words.alternatives import of_alternatives, of_firmness
from scenarios.words.names import names_of, names_used
from scenarios.world.build import World
from scenarios.world.plain import plain

FOLDER = FolderKind("alternatives.json")
PLAN_COLUMNS = ("plan", "objective", "bound", "gap", "proved", "extra", "moved", "offices", "alone", *TERMS)
MOVE_COLUMNS = ("plan", "kommunenummer", "name", "host_before", "host_name_before", "host_after", "host_name_after")


PAIR_COLUMNS = ("a", "b", "a_name", "b_name", "together")
CLAIM_COLUMNS = ("kommunenummer", "name", "host", "alone")


def document(words: Words, world: World, found: Alternatives, asked: int, firm: Firmness | None) -> dict[str, Any]:
    """Return the whole answer as one object; plan 0 is the best, each plan counts its moves against all before it."""
    return {
        **head(world, found.interrupted or (firm is not None and firm.interrupted)),
        "status": str(found.status),
        "k": asked,
        "min_moved": found.min_moved,
        "within": found.within,
        "counting": found.counting,
        "exhausted": found.exhausted,
        "candidates": found.candidates,
        "names": names_used(world, names_of(world, words.language)),
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
        "sentences": of_alternatives(words, found, asked) if found.plans else [],
        "firmness": None if firm is None else of_firm(words, firm),
    }


def of_firm(words: Words, found: Firmness) -> dict[str, Any]:
    """Return what all, some or none of the nearly best plans have as plain data."""
    return {
        "status": str(found.status),
        "within": found.within,
        "most": found.most,
        "near": found.near,
        "pairs": [{"a": a, "b": b, "together": firm} for (a, b), firm in found.together.items()],
        "hosts": dict(found.hosts),
        "alone": dict(found.alone),
        "sentences": of_firmness(words, found) if found.grouping is not None else [],
    }


def plan_rows(found: Alternatives) -> Iterator[Row]:
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
            *(one.value if (one := plan.evaluation.terms.get(name)) else "" for name in TERMS),
        )


def move_rows(world: World, found: Alternatives) -> Iterator[Row]:
    """Yield a row for each municipality that an alternative moves against the best plan."""
    name = dict(world.municipalities["name"])
    before = found.plans[0].grouping.host_of
    for rank, plan in enumerate(found.plans[1:], 1):
        after = plan.grouping.host_of
        for id_ in plan.moved[0]:
            yield rank, id_, name[id_], before[id_], name[before[id_]], after[id_], name[after[id_]]


def firm_tables(world: World, found: Firmness) -> dict[str, CsvTable]:
    """Return the tables of firmness by file name: each is all, some, none or open."""
    name = dict(world.municipalities["name"])
    return {
        "firm-pairs.csv": CsvTable(
            PAIR_COLUMNS, ((a, b, name[a], name[b], firm) for (a, b), firm in found.together.items())
        ),
        "firm-places.csv": CsvTable(
            CLAIM_COLUMNS, ((id_, name[id_], firm, found.alone[id_]) for id_, firm in found.hosts.items())
        ),
    }


def csv_tables(world: World, found: Alternatives, firm: Firmness | None) -> dict[str, CsvTable]:
    """Return the tables by file name: the list, the moves, each plan as a grouping, and firmness if asked for."""
    plans = {f"plan-{rank}.csv": tables.grouping_table(world, plan.grouping) for rank, plan in enumerate(found.plans)}
    return {
        "alternatives.csv": CsvTable(PLAN_COLUMNS, plan_rows(found)),
        "moves.csv": CsvTable(MOVE_COLUMNS, move_rows(world, found) if found.plans else ()),
        **plans,
        **({} if firm is None else firm_tables(world, firm)),
    }
