"""Which ways of OpenStreetMap a car uses, and how fast: classes of road, speeds, surfaces, ferries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geodata.osm import tags as meaning
from geodata.roads.plans import MOST_WAIT

DRIVEN: Final = 0.9
"""Part of the limit that is driven in the mean, bends and crossings included. An assumption."""
FERRY_KMH: Final = 20.0
"""How fast a ferry sails whose duration is not stated. An assumption."""
FERRY_WAIT: Final = 12.0
"""Mean wait, minutes, for a ferry whose interval is not stated. An assumption, the same as in the embedded graph."""
LEAST_KMH: Final = 5.0
"""No road is slower, whatever its tags say."""
_MOTORWAY, _RURAL, _TOWN = 0, 1, 2
CLASSES: Final[Mapping[str, tuple[str, int, float]]] = {
    "motorway": ("motorway_4lane", _MOTORWAY, 130.0),
    "trunk": ("primary", _RURAL, 130.0),
    "primary": ("primary", _RURAL, 130.0),
    "secondary": ("secondary", _RURAL, 130.0),
    "tertiary": ("secondary", _RURAL, 70.0),
    "unclassified": ("local_or_connector", _TOWN, 60.0),
    "residential": ("local_or_connector", _TOWN, 30.0),
    "living_street": ("local_or_connector", _TOWN, 15.0),
    "service": ("local_or_connector", _TOWN, 20.0),
    "road": ("local_or_connector", _TOWN, 50.0),
}
"""Of each value of ``highway``: the class in our graph, which general limit holds without a sign (`tags.LIMITS`), and
what is the most there, km/h, where no limit is stated. Slip roads (``_link``) have the class of their road."""
LINK_KMH: Final = 60.0
"""The most on a slip road without a stated limit."""
PRIVATE_SERVICE: Final = frozenset({"driveway", "parking_aisle", "drive-through", "emergency_access", "alley"})
"""Kinds of ``service`` that lead nowhere else."""
SURFACES: Final[Mapping[str, float]] = {
    "compacted": 70.0,
    "fine_gravel": 60.0,
    "gravel": 60.0,
    "unpaved": 50.0,
    "cobblestone": 30.0,
    "sett": 40.0,
    "pebblestone": 40.0,
    "dirt": 25.0,
    "earth": 25.0,
    "ground": 25.0,
    "grass": 15.0,
    "sand": 15.0,
    "mud": 10.0,
}
"""The most that is driven on a surface, km/h. Assumptions."""


@dataclass(frozen=True)
class Use:
    """How a car uses a way.

    Attributes
    ----------
    kind : {"road", "ferry", "road_seasonal", "ferry_seasonal"}
    road_class : str
        As in the embedded graph; ``"ferry"`` for ferries.
    ref : str
        Number of the road, name of the ferry or of a road closed in winter; may be empty.
    forward_kmh, back_kmh : float
        Driven in the direction of the nodes and against it; 0 where it is not allowed. Of a ferry by duration, the
        speed where none is stated.
    snaps : bool
        Whether a centre may be tied to it.
    wait_minutes : float
        Mean wait of a ferry; else 0.
    sailing_minutes : float
        Stated duration of a ferry; 0 without.
    """

    kind: str
    road_class: str
    ref: str
    forward_kmh: float
    back_kmh: float
    snaps: bool = True
    wait_minutes: float = 0.0
    sailing_minutes: float = 0.0

    @property
    def is_ferry(self) -> bool:
        """Whether it is sailed."""
        return self.road_class == "ferry"


def use_of(tags: Mapping[str, str], country: str, name: str) -> Use | None:
    """Return how a car uses a way; ``None`` if it does not.

    Parameters
    ----------
    tags : mapping of str to str
    country : str
        Key of `tags.LIMITS`.
    name : str
        What a ferry without a name is called.
    """
    if tags.get("route") == "ferry":
        return _ferry(tags, name)
    highway = tags.get("highway", "")
    base = highway.removesuffix("_link")
    way = meaning.direction(tags)
    left_out = base not in CLASSES or tags.get("service") in PRIVATE_SERVICE or tags.get("area") == "yes"
    if left_out or way is None or meaning.only_in_winter(tags) or not meaning.may_drive(tags):
        return None
    road_class, zone, most = CLASSES[base]
    general = min(meaning.LIMITS[country][zone], most, LINK_KMH if highway != base else most)
    forward, back = (_driven(tags, side, general, country) for side in ("forward", "backward"))
    seasonal = meaning.is_seasonal(tags)
    motor_road = tags.get("motorroad") == "yes" and base != "motorway"
    return Use(
        kind="road_seasonal" if seasonal else "road",
        road_class="motorroad_2lane" if motor_road else road_class,
        ref=(tags.get("name") or _number(tags) or name) if seasonal else _number(tags),
        forward_kmh=forward if way >= 0 else 0.0,
        back_kmh=back if way <= 0 else 0.0,
        snaps=not (motor_road or base == "motorway" or highway != base),
    )


def _driven(tags: Mapping[str, str], side: str, general: float, country: str) -> float:
    """Return the speed in one direction, km/h."""
    written = tags.get(f"maxspeed:{side}") or tags.get("maxspeed") or tags.get("maxspeed:type", "")
    limit = meaning.limit_kmh(written, country) or general
    return max(min(limit * DRIVEN, SURFACES.get(tags.get("surface", ""), limit)), LEAST_KMH)


def _ferry(tags: Mapping[str, str], name: str) -> Use | None:
    """Return how a car uses a ferry: where it is said to take cars, or where nothing is said of anybody."""
    said = next((tags[key] for key in ("motorcar", "motor_vehicle", "vehicle") if key in tags), None)
    silent = said is None and not {"foot", "bicycle"} & tags.keys()
    way = meaning.direction(tags)
    if not (silent or said not in {None, *meaning.REFUSED}) or tags.get("access") in meaning.REFUSED or way is None:
        return None
    interval = meaning.minutes_of(tags.get("interval", ""))
    return Use(
        kind="ferry_seasonal" if meaning.is_seasonal(tags) else "ferry",
        road_class="ferry",
        ref=tags.get("name") or tags.get("ref") or name,
        forward_kmh=FERRY_KMH if way >= 0 else 0.0,
        back_kmh=FERRY_KMH if way <= 0 else 0.0,
        snaps=False,
        wait_minutes=FERRY_WAIT if interval is None else min(interval / 2, MOST_WAIT),
        sailing_minutes=meaning.minutes_of(tags.get("duration", "")) or 0.0,
    )


def _number(tags: Mapping[str, str]) -> str:
    """Return the first number of a road as the embedded graph writes it: ``"E 6;E 39"`` is ``"6"``."""
    first = tags.get("ref", "").split(";")[0].strip()
    return re.sub(r"^[A-Za-zÆØÅæøå. ]+(?=\d)", "", first)
