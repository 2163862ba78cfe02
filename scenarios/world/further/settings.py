"""The settings over which a plan is tried: other planner figures, longer journeys, each ferry out of service.

Which ferries can matter. A ferry that lies neither on the fastest way of a member to its host, nor joins two members
of an office, nor leads anybody to its nearest centre (so that no new neighbours arise without it) leaves the plan as
it is, and makes no other plan cheaper or newly legal: without it minutes only grow and links only go. So a plan that
is the best stays the best, and nothing has to be solved. Of the others, those without which the plan keeps its cost
and its rules and nobody gets new neighbours are harmless for the same reason; the rest are settings.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd

from geodata import neighbours, network, traveltimes
from geodata.planners import RANGES
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import evaluate
from optimizer.problem import Bools, Problem
from optimizer.questions.regret import Setting
from scenarios.world import region
from scenarios.world.build import World
from scenarios.world.inputs import with_planners
from scenarios.world.travel.roads import put_right

BASE = "base"
TRAVEL_FACTOR = 1.2
SUPPLY = "supply_per_1000"
KEPT = "fixed_kept"


@dataclass(frozen=True)
class Ferries:
    """What was done about the ferries.

    Parameters
    ----------
    tried
        Without each of them the plan costs something else, breaks a rule, or somebody gets new neighbours.
    harmless
        Tried on the roads and found to change nothing for the plan.
    unused
        The plan does not depend on them; see the module's text.
    left
        Not looked at, because the time was up or nobody asked.
    """

    tried: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def parameter_settings(world: World) -> Iterator[Setting]:
    """Yield the scenario itself, other figures for planners, and longer journeys.

    What planners are needed is varied only where it has a price or a limit, or weighs the journeys.
    """
    problem = world.problem
    yield Setting(BASE, problem)
    counted = problem.weights.unmet_need > 0 or problem.limits.max_office_need_fte is not None
    weighing = world.scenario.planners.trips == "need" and problem.weights.travel > 0
    for name, values in RANGES.items():
        varied = name == SUPPLY or counted or (weighing and name != KEPT)
        for value in values if varied else ():
            if value != getattr(world.scenario.planners, name):
                yield Setting(f"planners.{name}={value:g}", with_figures(world, {name: value}))
    longer = np.round(problem.minutes * TRAVEL_FACTOR, 2)
    yield Setting(f"travel={TRAVEL_FACTOR:g}", replace(problem, minutes=longer))


def with_figures(world: World, figures: Mapping[str, float | str]) -> Problem:
    """Return the problem with other settings of ``planners``, by name; the user's own figures stay."""
    planners = world.scenario.planners.model_copy(update=dict(figures))
    scenario = world.scenario.model_copy(update={"planners": planners})
    table = with_planners(scenario, world.municipalities, world.problem.active)
    columns = {
        column: table[column].to_numpy(dtype=np.float64, copy=True)
        for column in ("planner_fte", "need_fte", "fixed_need_fte", "trips")
    }
    return replace(world.problem, fixed_kept=planners.fixed_kept, **columns)


def ferry_names(world: World) -> tuple[str, ...]:
    """Return the ferries that sail in the scenario, in the order of their names."""
    names = {data["ref"] for _, _, data in network.open_edges(world.graph) if data["kind"] in network.FERRIES}
    return tuple(sorted(names - {""}))


def without_ferries(
    world: World, plan: Grouping, tell: Callable[[str], None], lasts: Callable[[], bool]
) -> tuple[list[Setting], Ferries]:
    """Return a setting for each ferry without which something changes, and what became of the others.

    Parameters
    ----------
    world
        What is asked; journeys by its graph.
    plan
        The plan that is tried.
    tell
        Receives what is going on.
    lasts
        Whether there is time left.
    """
    names = ferry_names(world)
    on_ways = on_the_way(world, plan)
    relevant = sorted(holding_ferries(world, plan) | on_ways)
    cost = evaluate(world.problem, plan)
    settings: list[Setting] = []
    harmless: list[str] = []
    left: list[str] = []
    for k, name in enumerate(relevant):
        if not lasts():
            left += relevant[k:]
            break
        tell(f"without {name}, {k + 1} of {len(relevant)} ferries")
        graph = network.change(world.graph, seasonal=world.scenario.travel.opened, closed=(name,))
        near = linked(world, neighbours.find(graph, region.with_own_lines(world.scenario, world.municipalities)))
        problem = replace(world.problem, links=near)
        if name in on_ways or evaluate(problem, plan) != cost or new_neighbours(world.problem, near):
            times = put_right(world.scenario, traveltimes.from_graph(graph, world.municipalities.index), graph)
            problem = replace(problem, minutes=np.array(times.minutes))
        if evaluate(problem, plan) == cost and not new_neighbours(world.problem, near):
            harmless.append(name)
        else:
            settings.append(Setting(f"ferry={name}", problem))
    tried = tuple(setting.name.removeprefix("ferry=") for setting in settings)
    unused = tuple(name for name in names if name not in relevant)
    return settings, Ferries(tried, tuple(harmless), unused, tuple(left))


def holding_ferries(world: World, plan: Grouping) -> set[str]:
    """Return the ferries that may hold an office of the plan together, or lead somebody to the nearest centre."""
    graph = world.graph
    nearest = neighbours.territories(graph, world.municipalities.index)
    edges = [(u, v, data) for u, v, data in network.open_edges(graph) if u in nearest and v in nearest]
    around: defaultdict[str, set[str]] = defaultdict(set)
    for u, v, _ in edges:
        around[nearest[u].number].add(nearest[v].number)
        around[nearest[v].number].add(nearest[u].number)
    found: set[str] = set()
    for u, v, data in edges:
        if data["kind"] not in network.FERRIES:
            continue
        way_home = v == nearest[u].before or u == nearest[v].before
        owner, other = nearest[u].number, nearest[v].number
        if (
            (way_home and may_bring_neighbours(world.problem, around[owner] | {owner}))
            or (owner != other and joins(world.problem, plan, owner, other))
            or joins(world.problem, plan, graph.nodes[u]["ground"], graph.nodes[v]["ground"])
        ):
            found.add(data["ref"])
    return found - {""}


def may_bring_neighbours(problem: Problem, around: set[str]) -> bool:
    """Return whether two who take part may become neighbours when part of a territory falls to others.

    What falls away goes to territories that it borders on, so new neighbours are found among the owner and those
    around it. Without a ferry no new way leads over anybody's ground.
    """
    if problem.limits.contiguity != "hard":
        return problem.limits.contiguity == "through"
    return sum(bool(problem.active[problem.index[number]]) for number in around) > 1


def joins(problem: Problem, plan: Grouping, a: str, b: str) -> bool:
    """Return whether a way through these two, or this one, may hold an office of the plan together."""
    if problem.limits.contiguity == "off":
        return False
    office = plan.offices.get(plan.host_of.get(a, ""), ())
    return problem.limits.contiguity == "through" or (len(office) > 1 and b in office)


def on_the_way(world: World, plan: Grouping) -> set[str]:
    """Return the ferries on the fastest way of each member to its host."""
    graph: network.RoadGraph = nx.DiGraph() if world.graph.is_directed() else nx.Graph()
    graph.add_nodes_from(world.graph)
    graph.add_edges_from(network.open_edges(world.graph))
    found = set()
    for host, members in plan.offices.items():
        if len(members) == 1:
            continue
        ways = nx.single_source_dijkstra_path(graph, network.centre_node(host), weight="minutes")
        for member in members:
            way = ways.get(network.centre_node(member), [])
            found |= {graph[u][v]["ref"] for u, v in pairwise(way) if graph[u][v]["kind"] in network.FERRIES}
    return found - {""}


def new_neighbours(problem: Problem, near: Bools) -> bool:
    """Return whether anybody gets neighbours that contiguity can use."""
    new = near & ~problem.links
    if problem.limits.contiguity == "hard":
        new &= np.outer(problem.active, problem.active)
    return problem.limits.contiguity != "off" and bool(new.any())


def linked(world: World, links: pd.DataFrame) -> Bools:
    """Return who borders whom (n, n)."""
    at = world.problem.index
    found = np.zeros((len(at), len(at)), dtype=bool)
    for a, b in zip(links["a"], links["b"], strict=True):
        found[at[a], at[b]] = found[at[b], at[a]] = True
    return found
