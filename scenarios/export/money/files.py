"""The CSV files of kroner: what each office costs, who pays now and in years to come, who would pay less elsewhere."""

from optimizer.questions.money.accounts import PlanAccounts
from scenarios.export import columns, tables
from scenarios.export.csv_files import CsvTable
from scenarios.export.money import first_years
from scenarios.world.build import World
from scenarios.world.further.years import years_of
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
        made["first-years"] = columns.FIRST_YEARS.of(first_years.rows(world, found))
        years = years_of(world, found)
        if years.drift:
            made["drift"] = columns.DRIFT.of(tables.drift(world, found, years))
        if years.phase_in:
            made["phase-in"] = columns.PHASE_IN.of(tables.phase_in(world, found, years))
    if found is not None and hold is not None:
        made["better"] = columns.BETTER.of(tables.better_offices(world, found, hold))
    return made
