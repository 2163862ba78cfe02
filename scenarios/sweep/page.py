"""What the page of a sweep tells, from its runs."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from geodata.editions import OWN
from maps.pages.sweep import Company, MovedRow, RunChart, RunPoint, ToldSweep, write_sweep
from maps.told.texts import Words, in_language
from optimizer.terms import TERMS
from scenarios.sweep.results import Effect, Results
from scenarios.words import sweep as said
from scenarios.world import sources
from scenarios.world.build import World

ACROSS, UP = "travel", "missing_fte"
"""The two terms of the chart."""
MOST_POINTS: Final = 1500
FIGURES: Final = ("objective", "offices", "alone", "critical_mass_share", "mean_minutes")
"""Of these is shown what moves them."""
MOST_FAULTS: Final = 10
MOST_VALUES: Final = 6
HALF: Final = 0.5


def write(path: Path, world: World, results: Results, document: Mapping[str, Any], language: str) -> None:
    """Write the page of a sweep.

    Parameters
    ----------
    path
        The file.
    world
        Of the scenario.
    results
        Its runs.
    document
        Of the folder.
    language
        In which the file opens.
    """
    company = companies(results)
    write_sweep(path, world.drawn, lambda words: told(words, world, results, document, company), language)


def told(
    words: Words,
    world: World,
    results: Results,
    document: Mapping[str, Any],
    company: Sequence[tuple[tuple[str, ...], float]],
) -> ToldSweep:
    """Return what the page tells in a language."""
    names = dict(zip(world.problem.ids, world.problem.names, strict=True))
    effects = {figure: {one.setting: one for one in results.effects(figure)} for figure in FIGURES}
    often = sorted({one for one in company if one[1] > HALF}, key=lambda one: (-one[1], -len(one[0]), one[0]))
    faults = Counter(row["fault"] for row in results.rows if row["fault"])
    total = words.count("runs", document["runs"])
    scenario = in_language(words.language, world.scenario.title, world.scenario.title_en) or world.scenario.name
    title = in_language(words.language, document["title"], document["title_en"])
    return ToldSweep(
        words=words,
        title=title or words.text("sweep.title", name=document["name"]),
        heading=words.text("sweep.lead", runs=total, scenario=scenario),
        done=said.done(words, results.statuses, document["runs"]),
        figures=[said.figure_name(words, figure) for figure in FIGURES],
        ranges=[*said.between(words, results.ranges())][1:],
        moved=moved(words, results, effects) if any(effects.values()) else [],
        chart=chart(words, results),
        offices=[named(names, one) for one in often if len(one[0]) > 1],
        always=[named(names, (one, 1.0)) for one in results.always if (one, 1.0) not in company],
        alone=[named(names, one) for one in often if len(one[0]) == 1],
        faults=faults.most_common(MOST_FAULTS),
        company={id_: share for id_, (_, share) in zip(results.columns.ids, company, strict=True) if share},
        notes=[
            sources.sentence(words, world.fte_sources, world.scenario.planners),
            words.text("sweep.method"),
            *(
                words.text(f"sources.{name}")
                for name in ("kartverket", "eurogeographics")
                if not world.scenario.data.municipalities
            ),
            words.text("sources.software", version=document["version"]),
        ],
    )


def credits_of(world: World) -> tuple[str, ...]:
    """Return who is to be named for the data."""
    return ("own",) if world.scenario.edition == OWN else ("kartverket", "eurogeographics")


def companies(results: Results) -> list[tuple[tuple[str, ...], float]]:
    """Return of each municipality with whom it shares its office most often, itself among them, and how often.

    The share is that of the runs with a plan; who takes part in none has nobody.
    """
    ids, met = results.columns.ids, [Counter[tuple[str, ...]]() for _ in results.columns.ids]
    for hosts in results.hosts:
        order = np.argsort(hosts, kind="stable")
        for members in np.split(order, np.flatnonzero(np.diff(hosts[order])) + 1):
            if hosts[members[0]] >= 0:
                office = tuple(ids[int(i)] for i in members)
                for i in members:
                    met[int(i)][office] += 1
    found = []
    for counter in met:
        office, times = min(counter.items(), key=lambda one: (-one[1], one[0]), default=((), 0))
        found.append((office, times / max(1, len(results.hosts))))
    return found


def named(names: Mapping[str, str], one: tuple[tuple[str, ...], float]) -> Company:
    """Return municipalities with their names."""
    ids, share = one
    return Company([names[id_] for id_ in ids], share)


def moved(words: Words, results: Results, effects: Mapping[str, Mapping[str, Effect]]) -> list[MovedRow]:
    """Return a row for each setting, the one that moves the objective most first."""
    rows = [
        MovedRow(
            said.setting_name(words, setting),
            values_of(words, [row[setting] for row in results.rows]),
            [None if (one := effects[figure].get(setting)) is None else one.share for figure in FIGURES],
        )
        for setting in results.columns.settings
    ]
    return sorted(rows, key=lambda row: -(row.shares[0] or 0.0))


def values_of(words: Words, given: Sequence[str]) -> str:
    """Return which values a setting had: all of them, or the first and the last of many numbers."""
    some = sorted(set(given) - {""}, key=by_size)
    if len(some) <= MOST_VALUES:
        return ", ".join(said.value(words, one) for one in some)
    return words.text("sweep.from_to", low=said.value(words, some[0]), high=said.value(words, some[-1]))


def by_size(text: str) -> tuple[bool, float, str]:
    """Return what orders the values of a setting: numbers by size, before texts."""
    number = said.as_number(text)
    return number is None, number or 0.0, text


def chart(words: Words, results: Results) -> RunChart | None:
    """Return the runs in two terms, told apart by the setting that moves these most."""
    across, up = results.figure(ACROSS), results.figure(UP)
    if len(set(zip(across.tolist(), up.tolist(), strict=True))) < 2:
        return None
    effects = [*results.effects(ACROSS), *results.effects(UP)]
    first = max(
        results.columns.settings,
        key=lambda name: math.fsum(one.share for one in effects if one.setting == name),
        default="",
    )
    of, legend = thirds(words, first, [row[first] for row in results.planned]) if first else ([0] * len(across), [])
    step = -(-len(across) // MOST_POINTS)
    points = [
        RunPoint(float(across[k]), float(up[k]), of[k], spoken(words, results, k)) for k in range(0, len(across), step)
    ]
    return RunChart(axis_title(words, ACROSS), axis_title(words, UP), points, legend, len(across) - len(points))


def axis_title(words: Words, term: str) -> str:
    """Return the title of an axis."""
    return words.text(
        "compare.axis", term=words.text(f"term.{term}.title"), unit=words.text(f"unit.{TERMS[term].unit}")
    )


def thirds(words: Words, setting: str, given: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return in which third of its values each run has a setting, and what each third is called."""
    order = sorted(set(given), key=by_size)
    at = {value: min(2, 3 * k // len(order)) for k, value in enumerate(order)}
    legend = []
    for third in sorted(set(at.values())):
        some = [value for value in order if at[value] == third]
        legend.append(f"{said.setting_name(words, setting)}: {values_of(words, some)}")
    rank = {third: k for k, third in enumerate(sorted(set(at.values())))}
    return [rank[at[value]] for value in given], legend


def spoken(words: Words, results: Results, k: int) -> str:
    """Return a run of the chart in words."""
    row = results.planned[k]
    settings = "; ".join(
        f"{said.setting_name(words, one)}: {said.value(words, row[one])}"
        for one in results.columns.settings
        if row[one]
    )
    return words.text("sweep.point", n=row["run"], settings=settings)
