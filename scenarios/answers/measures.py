"""What helps those whom a plan leaves alone or short of planners, as a table and as one JSON object."""

from typing import Any

from maps.told.people.help_words import HelpPlan, HelpWords
from scenarios.answers.head import head
from scenarios.export import columns, people
from scenarios.export.csv_files import CsvTable
from scenarios.export.folders import FolderKind
from scenarios.world.build import World
from scenarios.world.plain import plain

FOLDER = FolderKind("measures.json")


def document(world: World, plan: HelpPlan, told: HelpWords, *, interrupted: bool) -> dict[str, Any]:
    """Return the answer as one object."""
    rows = zip(plan.found, people.helped(world, plan), strict=True)
    return {
        **head(world, interrupted),
        "within_minutes": plan.within,
        "each": plan.each,
        "critical_mass_fte": plan.mass,
        "municipalities_short": [plain(facts | {"sentence": told.line(one)}) for one, facts in rows],
        "sentences": told.headline,
    }


def csv_tables(world: World, plan: HelpPlan) -> dict[str, CsvTable]:
    """Return the tables by file name."""
    return {"measures.csv": columns.MEASURES.of(people.helped(world, plan))}
