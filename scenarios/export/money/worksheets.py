"""The worksheets of kroner in the workbook of a run: what each office costs, and who pays."""

from collections.abc import Iterator, Mapping
from typing import Any

from maps.told.kroner import key_name
from maps.told.texts import Words
from optimizer.questions.money.accounts import PlanAccounts
from scenarios.export import columns, tables
from scenarios.export.workbooks.workbook import Row
from scenarios.world.accounts import key_of
from scenarios.world.build import World

Worksheet = tuple[str, tuple[str, ...], list[Row]]


def worksheets(words: Words, world: World, found: PlanAccounts | None) -> list[Worksheet]:
    """Return the sheets with their columns and rows; none without accounts.

    Parameters
    ----------
    words
        The texts of the workbook's language.
    world, found
        What was asked, and the accounts of the plan.
    """
    if found is None:
        return []
    return [
        ("money", columns.MONEY_WORKSHEET, rows(columns.MONEY_WORKSHEET, money_facts(words, world, found))),
        ("shares", columns.SHARES_WORKSHEET, rows(columns.SHARES_WORKSHEET, share_facts(words, world, found))),
    ]


def rows(names: tuple[str, ...], facts: Iterator[Mapping[str, Any]]) -> list[Row]:
    """Return the cells of some columns; whole kroner, for the files beside it have the øre."""
    return [tuple(whole_kroner(name, row[name]) for name in names) for row in facts]


def whole_kroner(name: str, value: Any) -> Any:
    """Return a cell, of a column of kroner without øre."""
    return round(value) if name.endswith("_kr") and isinstance(value, float) else value


def money_facts(words: Words, world: World, found: PlanAccounts) -> Iterator[Mapping[str, Any]]:
    """Yield each shared office, with names for numbers."""
    names, county = world.municipalities["name"], world.municipalities["county_name_norwegian"]
    for row in tables.money_offices(world, found):
        yield {
            **row,
            "county": county[row["host"]],
            "member_names": ", ".join(row["member_names"]),
            "losers": named(names, row["worse_off"]),
            "groups": named(names, row["leaving"]),
            "rests_on": resting_on(words, row["estimated"]),
        }


def share_facts(words: Words, world: World, found: PlanAccounts) -> Iterator[Mapping[str, Any]]:
    """Yield each municipality, with its key in words."""
    key = key_name(words, key_of(world).parts)
    part = words.text(f"kroner.part_{world.scenario.money.shared_part}")
    county = world.municipalities["county_name_norwegian"]
    for row in tables.money_members(world, found):
        told = {"key": key, "shared_part": part, "loses": words.setting(row["worse_off"])}
        yield {**row, **told, "county": county[row["kommunenummer"]], "rests_on": resting_on(words, row["estimated"])}


def named(names: Mapping[str, str], ids: str) -> str | None:
    """Return the names of some numbers; nothing for none."""
    return ", ".join(names[id_] for id_ in ids.split()) or None


def resting_on(words: Words, estimated: str) -> str:
    """Return which figures are estimates, in words."""
    return ", ".join(words.text(f"kroner.estimated_{figure}") for figure in estimated.split())
