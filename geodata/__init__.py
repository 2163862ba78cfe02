"""What the world is: municipalities, the road and ferry graph, travel times, neighbours.

Everything is embedded: two editions of the municipalities of Norway, 2024 and 2020, read without any network.

    import geodata

    table = geodata.planners.estimate(geodata.municipalities.load("2024"))   # a GeoDataFrame, EPSG:25833
    graph = geodata.network.load("2024")                                     # a networkx graph
    times = geodata.traveltimes.from_graph(graph, table.index)
    times.between("5501", "5503")                                            # minutes, Tromsø to Harstad
    geodata.neighbours.find(graph, table)                                    # pairs, by road or by ferry

Modules

    municipalities  ``load``: boundaries and facts of an edition in one table; numbers of 2020 and 2024
    network         ``load``: roads and ferries as a graph; ``change``: slower, faster, opened, closed
    traveltimes     ``from_graph``, ``from_table``: minutes between all municipalities
    neighbours      ``find``: who is next to whom by road or ferry, and why
    planners        ``estimate``: planners employed and needed; ``override``: your own figures over them
    references      ``load``: groupings that exist, to compare with: offices of today, regional councils
    editions        ``get``: what an edition holds, its sources and licences

Classes

    PlannerModel    the parameters of the estimate of planners
    TravelTimes     minutes from each municipality to each other
    DataError       a table cannot be used; lists every fault with its place
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geodata import editions, municipalities, neighbours, network, planners, references, traveltimes
    from geodata.faults import DataError
    from geodata.planners import PlannerModel
    from geodata.traveltimes import TravelTimes

__all__ = [
    "DataError",
    "PlannerModel",
    "TravelTimes",
    "editions",
    "municipalities",
    "neighbours",
    "network",
    "planners",
    "references",
    "traveltimes",
]

_HOME = {
    "DataError": "geodata.faults",
    "PlannerModel": "geodata.planners",
    "TravelTimes": "geodata.traveltimes",
}
"""Where each class is, which is loaded when it is first asked for; the other names are modules."""


def __getattr__(name: str) -> Any:
    """Return what a name of the list stands for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name) if name in _HOME else import_module(f"geodata.{name}")


def __dir__() -> list[str]:
    """Return the list."""
    return sorted(__all__)
