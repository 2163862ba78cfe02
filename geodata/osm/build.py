"""From an extract of OpenStreetMap to a road and ferry graph with centres, as tables."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geodata.faults import DataError, DataFault
from geodata.network import SEASONAL, centre_node
from geodata.osm.joining import Bools, contracted, largest
from geodata.osm.pieces import cut, cut_at, stretches
from geodata.osm.placing import Snap, degrees, snapped
from geodata.osm.reading import Ints, Streets, read
from geodata.osm.tables import LOCAL, left_out, tables
from geodata.osm.tags import LIMITS
from geodata.traveltimes import UNREACHABLE, TravelTimes

WITHIN_KM: Final = 2.0
"""How far a centre may be from its road unless told otherwise."""


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """A road and ferry graph, as tables.

    Attributes
    ----------
    nodes : pandas.DataFrame
        ``id``, ``lon``, ``lat``, ``x``, ``y`` (EPSG:25833), ``kind`` (centre, junction), ``name``, ``kommunenummer``,
        ``ground``.
    edges : pandas.DataFrame
        ``u``, ``v``, ``km``, ``minutes`` from u to v, ``kind``, ``road_class``, ``ref``, ``sailing_min``, ``wait_min``,
        ``source`` and ``minutes_back`` from v to u, infinite on what is driven in one direction only.
    centres : pandas.DataFrame
        By number: ``name``, ``snapped_km`` from the centre to its road.
    left_out : pandas.DataFrame
        What is not joined with the rest: ``kommunenummer`` (empty abroad), ``name``, ``parts``, ``km``.
    used_km, edges_km, dead_end_km : float
        Length of all that a car uses, of the edges without ties, and of the dead ends of local roads.
    missing : int
        Stretches that lead to nodes which the extract does not hold.
    unread : tuple of str
        Durations and intervals that cannot be read.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    centres: pd.DataFrame
    left_out: pd.DataFrame
    used_km: float
    edges_km: float
    dead_end_km: float
    missing: int
    unread: tuple[str, ...]


def build(
    extract: str | Path,
    municipalities: gpd.GeoDataFrame,
    needed: Collection[str],
    *,
    within_km: float = WITHIN_KM,
    country: str = "NO",
) -> RoadNetwork:
    """Build the road and ferry graph of an extract of OpenStreetMap.

    Parameters
    ----------
    extract : str or Path
        ``.osm.pbf``.
    municipalities : geopandas.GeoDataFrame
        By number, with ``name_norwegian``, ``centre`` and areas.
    needed : collection of str
        Those whose centres must join the network; the others do if they can.
    within_km : float
        Farthest from a centre to its road.
    country : str
        Whose general speed limits hold where none is stated.

    Raises
    ------
    DataError
        If the extract cannot be read, a needed centre is too far from the network, or there is no such country.
    """
    if country not in LIMITS:
        raise DataError([DataFault("country", f"{country!r} is not known", f"expected {', '.join(LIMITS)}")])
    streets = read(Path(extract), country)
    parts = stretches(streets)
    if not len(parts.a):
        raise DataError([DataFault(str(extract), "no road is whole in it", "cut it with the nodes of its ways")])
    begins = cut_at(streets, parts, np.array([], dtype=np.int64))
    first = cut(streets, parts, begins)
    inside, _ = largest(first)
    may_join = inside & np.array([use.snaps for use in streets.uses])[first.use]
    of_stretch = may_join[np.cumsum(begins) - 1]
    nodes = np.unique(np.concatenate([parts.a[of_stretch], parts.b[of_stretch]]))
    nodes = nodes[~streets.stops[nodes]]
    near = snapped(degrees(municipalities["centre"]), streets.lon[nodes], streets.lat[nodes], within_km)
    snaps = {number: Snap(int(nodes[snap.node]), snap.km) for number, snap in near.items() if snap.node >= 0}
    _require(municipalities, [number for number in needed if number not in snaps], within_km)
    joints = np.unique(np.array([snap.node for snap in snaps.values()], dtype=np.int64))
    pieces = cut(streets, parts, cut_at(streets, parts, joints))
    inside, part = largest(pieces)
    network = contracted(pieces.select(inside), len(streets.lon), joints, _prunable(streets), _alike(streets))
    return RoadNetwork(
        *tables(streets, network.edges, snaps, municipalities),
        left_out=left_out(streets, pieces.select(~inside), part[~inside], municipalities),
        used_km=float(pieces.km.sum()),
        edges_km=float(network.edges.km.sum()),
        dead_end_km=network.dead_end_km,
        missing=parts.lost,
        unread=streets.unread,
    )


def times(network: RoadNetwork, ids: Collection[str], *, seasonal: bool = False) -> TravelTimes:
    """Return the fastest minutes between centres of the network, from row to column.

    Parameters
    ----------
    network : RoadNetwork
    ids : collection of str
        Numbers that have a centre in it.
    seasonal : bool
        Whether to use what is closed in winter.
    """
    edges = network.edges if seasonal else network.edges[~network.edges["kind"].isin(SEASONAL)]
    at = pd.Series(range(len(network.nodes)), index=network.nodes["id"])
    u, v = at[edges["u"]].to_numpy(np.int32), at[edges["v"]].to_numpy(np.int32)
    one, other = (edges[column].to_numpy(float) for column in ("minutes", "minutes_back"))
    ways = pd.DataFrame({"u": np.append(u, v), "v": np.append(v, u), "minutes": np.append(one, other)})
    # Of several roads between the same junctions the fastest counts.
    ways = ways[np.isfinite(ways["minutes"])].groupby(["u", "v"], as_index=False)["minutes"].min()
    shape = (len(at), len(at))
    matrix = csr_array((ways["minutes"].to_numpy(), (ways["u"].to_numpy(), ways["v"].to_numpy())), shape=shape)
    sources = at[[centre_node(number) for number in ids]].to_numpy()
    minutes = dijkstra(matrix, indices=sources)[:, sources] if len(sources) else np.zeros((0, 0))
    return TravelTimes(tuple(ids), np.where(np.isfinite(minutes), np.round(minutes, 2), UNREACHABLE), "OpenStreetMap")


def _require(municipalities: gpd.GeoDataFrame, far: list[str], within_km: float) -> None:
    """Refuse centres that do not join the network.

    Raises
    ------
    DataError
        Naming all of them.
    """
    names = municipalities["name_norwegian"]
    what = f"no road of the network is within {within_km:g} km of the centre"
    hint = "does the extract cover it? a greater --within, or a scenario without it"
    if far:
        raise DataError([DataFault(f"{number} {names[number]}", what, hint) for number in sorted(far)])


def _prunable(streets: Streets) -> Bools:
    """Return whose dead ends lead nowhere that matters: local roads open all year."""
    return np.array([use.road_class == LOCAL and use.kind == "road" for use in streets.uses])


def _alike(streets: Streets) -> Ints:
    """Return a number for each use, the same for those that readers tell apart by nothing but speed."""
    known: dict[tuple[str, str, str], int] = {}
    return np.array([known.setdefault((use.kind, use.road_class, use.ref), len(known)) for use in streets.uses])
