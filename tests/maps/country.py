"""A few counties, or all, with a plausible grouping made without the solver, for the tests of the pages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd

from geodata import accuracy, municipalities, neighbours, network, planners, traveltimes
from geodata.schema import PLANNER_RANGE
from maps.pages.map import Answer, RunFacts, write_map
from maps.pages.report import write_report
from maps.told.findings import Findings
from maps.told.kroner import KronerFacts
from maps.told.people.shades import shades
from maps.told.today import Today
from optimizer.grouping import Grouping
from optimizer.judging import alone
from optimizer.judging.close_calls import HOSTS, MOVES, close_calls, near_hosts
from optimizer.judging.evaluate import evaluate
from optimizer.judging.evaluation import Evaluation
from optimizer.judging.ranges import Ranges
from optimizer.money import KronerPrices, Money
from optimizer.problem import Problem
from optimizer.questions.money.accounts import SharingTerms, plan_accounts
from optimizer.sharing.keys import SharingKey
from scenarios.world import today
from scenarios.world.accounts import by_keys, office_kroner
from scenarios.world.further.posts import staffed
from scenarios.world.further.ways import ways_to_hosts

FEW = ("03", "11", "55", "56")
"""Islands and ferries, long journeys, three languages, and a city that takes no part: drawn in a third of the time."""

WHOLE: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Country:
    """Everything that a page is written from."""

    municipalities: gpd.GeoDataFrame
    graph: "nx.Graph[str]"
    links: pd.DataFrame
    problem: Problem
    grouping: Grouping
    evaluation: Evaluation


@cache
def country(counties: tuple[str, ...] = FEW) -> Country:
    """Return counties of 2024, or all, with small municipalities linked to hosts nearby, in order of size."""
    table = planners.estimate(municipalities.load(), planners.PlannerModel())
    table = table[table["county_number"].isin(counties)] if counties else table
    graph = network.change(network.load())
    links = neighbours.find(graph, table)
    ids = tuple(table.index)
    travel = traveltimes.from_graph(graph, ids)
    index = {id_: i for i, id_ in enumerate(ids)}
    adjacent = np.zeros((len(ids), len(ids)), dtype=bool)
    for a, b in zip(links["a"], links["b"], strict=True):
        adjacent[index[a], index[b]] = adjacent[index[b], index[a]] = True
    problem = Problem(
        ids=ids,
        names=tuple(table["name"]),
        counties=tuple(table["county_number"]),
        statsforvaltere=tuple(table["statsforvalter"]),
        minutes=travel.minutes.copy(),
        links=adjacent,
        planner_fte=table["planner_fte"].to_numpy(copy=True),
        need_fte=table["need_fte"].to_numpy(copy=True),
        fixed_need_fte=table["fixed_need_fte"].to_numpy(copy=True),
        trips=table["trips"].to_numpy(copy=True),
        takes_part=(table["centrality_class"] >= 4).to_numpy(copy=True),
        may_host=np.ones(len(ids), dtype=bool),
    )
    grouping = greedy(problem, table["population"].to_numpy())
    return Country(table, graph, links, problem, grouping, evaluate(problem, grouping))


def answer(parts: Country, run: RunFacts, language: str = "nb") -> Answer:
    """Return what a page of a country is made from."""
    return Answer(
        municipalities=parts.municipalities,
        problem=parts.problem,
        evaluation=parts.evaluation,
        grouping=parts.grouping,
        links=parts.links,
        graph=parts.graph,
        facts=run,
        language=language,
        between=ranges_of(parts),
        today=today_in(parts.problem),
        ways=ways_to_hosts(parts.graph, parts.grouping),
    )


def today_in(problem: Problem) -> Today:
    """Return who works together today among the municipalities that there are."""
    whole, inside = today.load("2024"), set(problem.ids)
    offices = tuple(office for office in whole.offices if inside.issuperset(office.members))
    return Today(offices, {id_: found for id_, found in whole.councils.items() if id_ in inside})


def ranges_of(parts: Country) -> Ranges:
    """Return between what the figures of a country lie, as a run finds it."""
    low, high = (parts.municipalities[name].to_numpy(copy=True) for name in PLANNER_RANGE)
    return Ranges(low, high, *accuracy.journey_range(1.0))


def write(path: Path, parts: Country, run: RunFacts, language: str = "nb") -> None:
    """Write the map page of a country."""
    told = answer(parts, run, language)
    known = kroner(parts) if np.isfinite(parts.evaluation.objective) else None
    write_map(path, told, shades(told.plan.members, known, None))


def write_report_of(path: Path, parts: Country, run: RunFacts, language: str = "nb") -> None:
    """Write the report of a country."""
    write_report(path, answer(parts, run, language), findings(parts))


@cache
def findings(parts: Country) -> Findings:
    """Return what the report tells beyond the map, as a run computes it."""
    return Findings(
        vacancy_share=0.2,
        empty={row.host: staffed(row, 0.2).nobody for row in parts.evaluation.offices},
        alone=alone.find(parts.problem, parts.grouping, ranges_of(parts)),
        close_calls=close_calls(parts.problem, parts.grouping, parts.evaluation, MOVES),
        close_hosts=close_calls(parts.problem, parts.grouping, parts.evaluation, HOSTS),
        near_hosts=near_hosts(parts.problem, parts.evaluation),
        population_year=2026,
        commands=("plankontor run scenario.toml",),
        data_sha256="0" * 64,
        kroner=kroner(parts),
    )


def kroner(parts: Country) -> KronerFacts:
    """Return the plan in kroner by the shipped prices, shared by inhabitants, as a run tells it."""
    problem, ids = parts.problem, parts.problem.ids
    figures = {
        "inhabitants": dict(zip(ids, parts.municipalities.loc[list(ids), "population"].astype(float), strict=True)),
        "need": dict(zip(ids, map(float, problem.need_fte), strict=True)),
    }
    key = SharingKey.of("inhabitants")
    money = Money.flat(KronerPrices(), len(ids))
    found = plan_accounts(problem, money, parts.grouping, SharingTerms(key, figures))
    offices = {host: office_kroner(account) for host, account in found.offices.items()}
    return KronerFacts(
        money,
        key.parts,
        "all",
        {},
        offices,
        found.members,
        by_keys(found),
        starting=found.starting,
        if_need_stayed=found.if_need_stayed,
    )


def renamed(parts: Country, names: Mapping[str, str]) -> Country:
    """Return the country with other names for some municipalities."""
    table = parts.municipalities.copy()
    for id_, name in names.items():
        table.loc[id_, ["name", "name_norwegian", "county_name_norwegian", "centre_name"]] = name
    return replace(parts, municipalities=table)


def greedy(problem: Problem, population: np.ndarray) -> Grouping:
    """Return offices grown over links within an hour of the largest municipality left, up to five members."""
    host_of: dict[str, str] = {}
    for h in sorted(np.flatnonzero(problem.active), key=lambda i: -population[i]):
        if problem.ids[h] in host_of:
            continue
        office = [h]
        while len(office) < 5:
            near = [
                i
                for i in np.flatnonzero(problem.active & problem.links[office].any(axis=0))
                if problem.ids[i] not in host_of and i not in office and problem.minutes[i, h] <= 60
            ]
            if not near:
                break
            office.append(min(near, key=lambda i: problem.minutes[i, h]))
        host_of |= {problem.ids[i]: problem.ids[h] for i in office}
    return Grouping.of(host_of)


def facts(**changes: object) -> RunFacts:
    """Return facts of a run that was never made."""
    plain: dict[str, object] = {
        "scenario": "nasjonal",
        "title": "Plankontor i hele landet",
        "edition": "2024",
        "status": "optimal",
        "objective": 9123.456,
        "bound": 9123.456,
        "gap": 0.0,
        "engine": "partition",
        "candidates": 123456,
        "version": "0.1.0",
        "checksum": "0123abcd",
        "parameters": {"limits.max_minutes": 75.0, "limits.contiguity": "hard", "select.classes": [4, 5, 6]},
        "credits": ["© Kartverket, CC BY 4.0", "Plantabell fra Nordre fylkeskommune"],
    }
    return RunFacts(**(plain | changes))  # type: ignore[arg-type]
