"""In which order the offices of a plan start, as a table and as one JSON object."""

from typing import Any

from maps.told.people.order_words import OrderPlan, OrderWords
from scenarios.answers.head import head
from scenarios.export import columns, people
from scenarios.export.csv_files import CsvTable
from scenarios.export.folders import FolderKind
from scenarios.world.build import World
from scenarios.world.plain import plain

FOLDER = FolderKind("order.json")


def document(world: World, plan: OrderPlan, told: OrderWords, *, interrupted: bool) -> dict[str, Any]:
    """Return the answer as one object."""
    return {
        **head(world, interrupted),
        "limits": plain(plan.limits),
        "after": [list(pair) for pair in plan.after],
        "start_kr": plan.start_kr,
        "gain_kr": plan.gain_kr,
        "most_kr": plan.most_kr,
        "proved": plan.proved,
        "offices": [plain(facts) for facts in people.started(world, plan)],
        "sentences": told.headline,
    }


def csv_tables(world: World, plan: OrderPlan) -> dict[str, CsvTable]:
    """Return the tables by file name."""
    return {"order.csv": columns.ORDER.of(people.started(world, plan))}
