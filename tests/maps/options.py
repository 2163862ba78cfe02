"""Up to eight options with a comparison of them, made without the solver, for the tests of the page.

Eight are of the whole country, fewer of a few counties.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from country import FEW, greedy, today_in

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
def world(number: int = 4) -> World:
    """Return the national scenario with its data; a few counties of it where there are less than eight options."""
    return build(load("nasjonal")) if number == 8 else cut(world(8), FEW)


def cut(whole: World, counties: tuple[str, ...]) -> World:
    """Return a world in which there are no other counties."""
    problem, size = whole.problem, len(whole.problem.ids)
    kept = np.flatnonzero(np.isin(problem.counties, counties))

    def part(value: Any) -> Any:
        if isinstance(value, tuple) and len(value) == size:
            return tuple(value[i] for i in kept)
        if isinstance(value, np.ndarray) and value.shape[0] == size:
            return value[np.ix_(*[kept] * value.ndim)]
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: part(getattr(value, one.name)) for one in fields(value)})
        return value

    ids = [problem.ids[i] for i in kept]
    return replace(
        whole,
        municipalities=whole.municipalities.loc[ids],
        links=whole.links[whole.links["a"].isin(ids) & whole.links["b"].isin(ids)].reset_index(drop=True),
        problem=part(problem),
    )


def judge(of: World) -> Judge:
    """Return the national scenario as the judge."""
    return Judge("nasjonal", of.scenario.title, "2024", of.problem, of)


@cache
def options(number: int) -> tuple[Choice, ...]:
    """Return two legal plans, then the references."""
    of = world(number)
    near = greedy(of.problem, of.municipalities["population"].to_numpy())
    alone = Grouping.of({id_: id_ for id_, _ in near})
    found = [
        reference(of, "eksisterende"),
        Choice("near", "near.csv", "table", "Nær hverandre", "2024", near),
        Choice("alone", "alone.csv", "table", "", "2024", alone),
    ]
    rest = [name for name in references.names() if name != "eksisterende"]
    found += [reference(of, name) for name in rest[: max(0, number - len(found))]]
    return tuple(found[:number])


def reference(of: World, name: str) -> Choice:
    """Return a grouping of ours, of what there is of it in a world."""
    whole, inside = choices.from_reference(world(8).problem, name, name, "2024"), set(of.problem.ids)
    hosts = {id_: host if host in inside else id_ for id_, host in whole.grouping if id_ in inside}
    return replace(whole, grouping=Grouping.of(hosts))


@cache
def comparison(number: int) -> Comparison:
    """Return the comparison of the first options."""
    return compare(world(number).problem, {choice.label: choice.grouping for choice in options(number)})


def document(number: int) -> dict[str, Any]:
    """Return what ``compare --json`` says of the first options."""
    found: dict[str, Any] = plain(tables.document(judge(world(number)), options(number), comparison(number)))
    return found


def gathered(here: Judge, chosen: Sequence[Choice], found: Comparison, language: str = "nb") -> Compared:
    """Return what the page tells, of today too only what is in the world of the judge."""
    whole, today = page.collect(here, chosen, found, language), today_in(here.problem)
    kept = tuple(replace(one, answer=replace(one.answer, today=today)) for one in whole.options)
    return replace(whole, options=kept)


def collected(number: int, language: str = "nb", front: Front | None = None) -> Compared:
    """Return what the page tells of the first options."""
    found = gathered(judge(world(number)), options(number), comparison(number), language)
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
    of = world(number)
    table = of.municipalities.copy()
    for id_, name in names.items():
        table.loc[id_, ["name", "name_norwegian", "county_name_norwegian", "centre_name"]] = name
    problem = of.problem
    told = tuple(names.get(id_, name) for id_, name in zip(problem.ids, problem.names, strict=True))
    other = replace(of, municipalities=table, problem=replace(problem, names=told))
    changed = replace(judge(other), title=title, name=title)
    chosen = [replace(choice, title=title, label=f"{title}{i}") for i, choice in enumerate(options(number))]
    found = compare(changed.problem, {choice.label: choice.grouping for choice in chosen})
    return gathered(changed, chosen, found)
