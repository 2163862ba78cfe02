"""Up to eight national options with a comparison of them, made without the solver, for the tests of the page."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from country import greedy

from geodata import references
from maps.pages.comparison import write_comparison
from maps.told.compared import Compared, ComparedPoint, Front
from optimizer.grouping import Grouping
from optimizer.judging.comparison import Comparison, compare
from scenarios.answers import options as choices
from scenarios.answers.choice import Choice, Judge
from scenarios.answers.compare import page, tables
from scenarios.question.load import load
from scenarios.world.build import World, build
from scenarios.world.plain import plain

FRONT = Front(
    first="travel",
    second="county_lines",
    ignored=False,
    complete=False,
    points=(
        ComparedPoint(10_000.0, 12, supported=True, proved=True, offices=80, alone=40, same_as=(1,)),
        ComparedPoint(10_400.0, 7, supported=False, proved=True, offices=79, alone=41),
        ComparedPoint(10_500.0, 4, supported=None, proved=False, offices=78, alone=42),
        ComparedPoint(11_000.0, 0, supported=True, proved=True, offices=77, alone=43),
    ),
    options=((90_000.0, 3), (10_000.0, 12)),
)


@cache
def world() -> World:
    """Return the national scenario with its data."""
    return build(load("nasjonal"))


def judge(changed: World | None = None) -> Judge:
    """Return the national scenario as the judge, with a world of one's own if one is given."""
    of = changed or world()
    return Judge("nasjonal", of.scenario.title, "2024", of.problem, of)


@cache
def options(number: int) -> tuple[Choice, ...]:
    """Return two legal plans, then the references."""
    of = world()
    near = greedy(of.problem, of.municipalities["population"].to_numpy())
    alone = Grouping.of({id_: id_ for id_, _ in near})
    found = [
        choices.from_reference(of.problem, "eksisterende", "eksisterende", "2024"),
        Choice("near", "near.csv", "table", "Nær hverandre", "2024", near),
        Choice("alone", "alone.csv", "table", "", "2024", alone),
    ]
    rest = [name for name in references.names() if name != "eksisterende"]
    found += [choices.from_reference(of.problem, name, name, "2024") for name in rest]
    return tuple(found[:number])


@cache
def comparison(number: int) -> Comparison:
    """Return the comparison of the first options."""
    return compare(world().problem, {choice.label: choice.grouping for choice in options(number)})


def document(number: int) -> dict[str, Any]:
    """Return what ``compare --json`` says of the first options."""
    found: dict[str, Any] = plain(tables.document(judge(), options(number), comparison(number)))
    return found


def collected(number: int, language: str = "nb", front: Front | None = None) -> Compared:
    """Return what the page tells of the first options."""
    found = page.collect(judge(), options(number), comparison(number), language)
    if front is None:
        return found
    return replace(found, front=replace(front, options=(front.options * number)[:number]))


def write(path: Path, number: int, language: str = "nb", front: Front | None = None) -> None:
    """Write the page of the first options."""
    write_comparison(path, collected(number, language, front))


def write_renamed(path: Path, number: int, names: Mapping[str, str], title: str) -> None:
    """Write the page with other names for some municipalities, and one title for all options and the scenario."""
    write_comparison(path, renamed(number, names, title))


def renamed(number: int, names: Mapping[str, str], title: str) -> Compared:
    """Return what that page tells."""
    table = world().municipalities.copy()
    for id_, name in names.items():
        table.loc[id_, ["name", "name_norwegian", "county_name_norwegian", "centre_name"]] = name
    problem = world().problem
    told = tuple(names.get(id_, name) for id_, name in zip(problem.ids, problem.names, strict=True))
    other = replace(world(), municipalities=table, problem=replace(problem, names=told))
    changed = replace(judge(other), title=title, name=title)
    chosen = [replace(choice, title=title, label=f"{title}{i}") for i, choice in enumerate(options(number))]
    found = compare(changed.problem, {choice.label: choice.grouping for choice in chosen})
    return page.collect(changed, chosen, found, "nb")
