"""The CSV files of kroner: what each office costs, who pays, and who would pay less elsewhere."""

from optimizer.questions.money.accounts import PlanAccounts
from scenarios.export import columns, tables
from scenarios.export.csv_files import CsvTable
from scenarios.world.build import World
from scenarios.world.leaving import PlanHold


def csv_tables(world: World, found: PlanAccounts | None, hold: PlanHold | None) -> dict[str, CsvTable]:
    """Return the tables by file name without its end; those of what is not known are left out.

    Parameters
    ----------
    world
        What was asked.
    found, hold
        The accounts of a plan, and what holds it.
    """
    made = {}
    if found is not None:
        made["money"] = columns.MONEY.of(tables.money_offices(world, found))
        made["shares"] = columns.SHARES.of(tables.money_members(world, found))
    if hold is not None:
        made["better"] = columns.BETTER.of(tables.better_offices(world, hold))
    return made
