"""Facts about people that a run leaves as tables and worksheets: who is helped, and by whom."""

from collections.abc import Iterator

from maps.told.people.help_words import HelpPlan, HelpWords
from maps.told.texts import Words
from optimizer.grouping import Grouping
from optimizer.staffing.help import HelpMatch
from scenarios.export import columns
from scenarios.export.tables import Facts
from scenarios.export.workbook import Row
from scenarios.world import sources
from scenarios.world.build import World
from scenarios.world.further.measures import help_of


def worksheets(words: Words, world: World, grouping: Grouping) -> list[tuple[str, tuple[str, ...], list[Row]]]:
    """Return the sheets of the workbook about people that have rows: name, columns and rows."""
    help_plan = help_of(world, grouping)
    found = [("measures", columns.MEASURE_WORKSHEET, list(help_cells(words, world, help_plan)))]
    return [sheet for sheet in found if sheet[2]]


def helped(world: World, plan: HelpPlan) -> Iterator[Facts]:
    """Yield what helps each municipality short of planners, those whom nothing helps first."""
    table = world.municipalities
    for one in plan.found:
        id_ = one.municipality
        yield {
            "kommunenummer": id_,
            "name": table.at[id_, "name"],
            "county_number": table.at[id_, "county_number"],
            "statsforvalter": one.statsforvalter,
            "host": one.host,
            "host_name": table.at[one.host, "name"],
            "size": one.members,
            "planner_fte": one.employed_fte,
            "missing_fte": one.missing_fte,
            "reason": "alone" if one.members == 1 else "office",
            "assistance": " ".join(name for name in ("mentor", "trainee") if getattr(one, name) is not None),
            "guidance": one.guidance,
            "planner_fte_source": sources.kept(table.at[id_, "planner_fte_source"]),
            **_match(world, "mentor", one.mentor),
            **_match(world, "trainee", one.trainee),
            **_match(world, "nearest", one.nearest),
        }


def help_cells(words: Words, world: World, plan: HelpPlan) -> Iterator[Row]:
    """Yield the same for the workbook, in words."""
    table = world.municipalities
    told = HelpWords(words, plan, lambda id_: str(table.at[id_, "name"]))
    for one, facts in zip(plan.found, helped(world, plan), strict=True):
        said = facts | {
            "county": table.at[one.municipality, "county_name_norwegian"],
            "reason": told.reason(one),
            "assistance": told.assistance(one),
            "guidance": told.guidance(one),
        }
        yield tuple(said[name] for name in columns.MEASURE_WORKSHEET)


def _match(world: World, name: str, match: HelpMatch | None) -> Facts:
    """Return who helps as three columns; empty where nobody does."""
    if match is None:
        return dict.fromkeys((name, f"{name}_name", f"{name}_minutes"))
    named = world.municipalities.at[match.helper, "name"]
    return {name: match.helper, f"{name}_name": named, f"{name}_minutes": match.minutes}
