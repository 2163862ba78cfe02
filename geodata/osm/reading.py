"""The ways of an extract that a car uses, as arrays: read in three passes, so that only nodes of roads are kept."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geodata.faults import DataError, DataFault, require_plain
from geodata.osm import tags as meaning
from geodata.osm.ways import Use, use_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
PART: Final = 1 << 31
"""So many numbers of nodes are looked for at a time: the library keeps a bit for each (256 MB)."""
HINT: Final = "expected an extract of OpenStreetMap, such as norway-latest.osm.pbf"
HOW_TO_INSTALL: Final = "pip install 'plankontor[osm]'"


@dataclass(frozen=True, eq=False)
class Streets:
    """What was read.

    Attributes
    ----------
    lon, lat : numpy.ndarray, shape (nodes,)
        Degrees.
    nodes : numpy.ndarray, shape (refs,)
        Positions of nodes, one way after another; -1 for one that the extract does not hold.
    starts : numpy.ndarray, shape (ways + 1,)
        Where each way begins in `nodes`.
    use_of_way : numpy.ndarray, shape (ways,)
        Positions in `uses`.
    uses : tuple of Use
    stops : numpy.ndarray, shape (nodes,)
        Whether something stands on the node that no car passes.
    seasonal : numpy.ndarray, shape (nodes,)
        Whether something stands there that is closed in winter.
    crossing : numpy.ndarray, shape (ways,)
        Number of the crossing whose duration is stated in `crossing_minutes`; -1 without.
    crossing_minutes : tuple of float
    unread : tuple of str
        Durations and intervals that nobody can read, with the way or relation.
    """

    lon: Floats
    lat: Floats
    nodes: Ints
    starts: Ints
    use_of_way: Ints
    uses: tuple[Use, ...]
    stops: NDArray[np.bool_]
    seasonal: NDArray[np.bool_]
    crossing: Ints
    crossing_minutes: tuple[float, ...]
    unread: tuple[str, ...]


def read(path: Path, country: str) -> Streets:
    """Read an extract of OpenStreetMap.

    Parameters
    ----------
    path : Path
        ``.osm.pbf``, or any other format that the library reads.
    country : str
        Key of `tags.LIMITS`.

    Raises
    ------
    DataError
        If the file cannot be read, the library is not installed, or no car drives there.
    """
    osmium = _library()
    try:
        require_plain(path)
        if not path.stat().st_size:
            raise DataError([DataFault(str(path), "the file is empty", HINT)])
        services = dict(_services(osmium, path))
        ways = _Ways(country, services)
        for way in _of_kind(osmium, path, osmium.osm.WAY, "highway", "route"):
            ways.add(way.id, way.tags, way.nodes)
        if not ways.uses:
            raise DataError([DataFault(str(path), "there is no road or ferry for cars in it", "is it an extract?")])
        refs = np.frombuffer(ways.refs, dtype=np.int64)
        ids = np.unique(refs)
        places = _Places(len(ids))
        for part in np.split(ids, np.searchsorted(ids, np.arange(PART, int(ids[-1]) + 1, PART))):
            if len(part):
                for node in _found(osmium, path, osmium.osm.NODE, osmium.filter.IdFilter(part)):
                    places.add(node)
    except (OSError, RuntimeError) as fault:
        what = getattr(fault, "strerror", None) or str(fault)
        raise DataError([DataFault(str(path), f"cannot be read: {what}", HINT)]) from None
    if not places.count:
        hint = "cut it with the nodes of its ways"
        raise DataError([DataFault(str(path), "the extract has ways, but not where they are", hint)])
    return _streets(ways, refs, places)


def _library() -> ModuleType:
    try:
        import osmium  # noqa: PLC0415  an extra that few need
        import osmium.filter  # noqa: PLC0415
    except ImportError:
        raise DataError([DataFault("osmium", "reading OpenStreetMap needs this library", HOW_TO_INSTALL)]) from None
    return osmium


def _of_kind(osmium: Any, path: Path, kind: Any, *keys: str) -> Iterator[Any]:
    """Yield the objects of a kind that have one of some keys."""
    return _found(osmium, path, kind, osmium.filter.KeyFilter(*keys))


def _found(osmium: Any, path: Path, kind: Any, those: Any) -> Iterator[Any]:
    """Yield the objects of a kind that a filter lets pass; what is wrong with the file is a `RuntimeError`."""
    try:
        yield from osmium.FileProcessor(str(path), kind).with_filter(those)
    except (ValueError, IndexError, OverflowError) as fault:  # numbers that are none, or too large
        raise RuntimeError(str(fault)) from None


def _services(osmium: Any, path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield what relations say of ferries, by each way that belongs to them."""
    for relation in _of_kind(osmium, path, osmium.osm.RELATION, "route"):
        tags = relation.tags
        if tags.get("route") == "ferry":
            said = {key: tags[key] for key in ("duration", "interval", "name") if key in tags}
            said["relation"] = str(relation.id)
            yield from ((member.ref, said) for member in relation.members if member.type == "w")


class _Ways:
    """Gathers the ways that a car uses."""

    def __init__(self, country: str, services: Mapping[int, Mapping[str, str]]) -> None:
        self.country = country
        self.services = services
        self.refs = array("q")
        self.starts = array("q", [0])
        self.use_of_way = array("q")
        self.crossing = array("q")
        self.uses: dict[Use, int] = {}
        self.crossings: dict[str, tuple[int, float]] = {}
        self.unread: dict[str, None] = {}

    def add(self, number: int, tags: Any, nodes: Any) -> None:
        """Take a way, if a car uses it."""
        said = {tag.k: tag.v for tag in tags}
        of_relation = self.services.get(number, {}) if said.get("route") == "ferry" else {}
        use = use_of({**of_relation, **said}, self.country, f"way {number}")
        if use is None or len(nodes) < 2:
            return
        where = f"way {number}" if "duration" in said or not of_relation else f"relation {of_relation['relation']}"
        for key in ("duration", "interval") if use.is_ferry else ():
            written = said.get(key) or of_relation.get(key, "")
            if written and meaning.minutes_of(written) is None:
                self.unread[f"{where}: {key}={written}"] = None
        self.crossing.append(self._crossing(where, use))
        self.use_of_way.append(self.uses.setdefault(use, len(self.uses)))
        self.refs.extend(node.ref for node in nodes)
        self.starts.append(len(self.refs))

    def _crossing(self, where: str, use: Use) -> int:
        """Return the number of the crossing whose duration is stated: all ways of a relation are one."""
        if not use.sailing_minutes:
            return -1
        return self.crossings.setdefault(where, (len(self.crossings), use.sailing_minutes))[0]


class _Places:
    """Gathers where nodes are, and what stands on them."""

    def __init__(self, count: int) -> None:
        self.ids = np.zeros(count, dtype=np.int64)
        self.x = np.zeros(count, dtype=np.int32)
        self.y = np.zeros(count, dtype=np.int32)
        self.count = 0
        self.stops: list[int] = []
        self.seasonal: list[int] = []

    def add(self, node: Any) -> None:
        """Take a node."""
        at = node.location
        if not at.valid() or self.count == len(self.ids):  # a node twice, as in a file with history, is one too many
            return
        self.ids[self.count], self.x[self.count], self.y[self.count] = node.id, at.x, at.y
        self.count += 1
        if len(node.tags):
            tags = {tag.k: tag.v for tag in node.tags}
            if meaning.stops(tags):
                self.stops.append(node.id)
            elif "barrier" in tags and meaning.is_seasonal(tags):
                self.seasonal.append(node.id)


def _streets(ways: _Ways, refs: Ints, places: _Places) -> Streets:
    """Return what was gathered, with positions instead of numbers."""
    order = np.argsort(places.ids[: places.count], kind="stable")
    ids = places.ids[: places.count][order]
    at = np.searchsorted(ids, refs)
    at[at == len(ids)] = 0
    return Streets(
        lon=places.x[: places.count][order] / 1e7,
        lat=places.y[: places.count][order] / 1e7,
        nodes=np.where(ids[at] == refs, at, -1),
        starts=np.frombuffer(ways.starts, dtype=np.int64),
        use_of_way=np.frombuffer(ways.use_of_way, dtype=np.int64),
        uses=tuple(ways.uses),
        stops=np.isin(ids, places.stops),
        seasonal=np.isin(ids, places.seasonal),
        crossing=np.frombuffer(ways.crossing, dtype=np.int64),
        crossing_minutes=tuple(minutes for _, minutes in ways.crossings.values()),
        unread=tuple(ways.unread),
    )
