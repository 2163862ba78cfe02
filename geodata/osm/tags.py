"""What the tags of OpenStreetMap mean for a car: limits, durations, directions, access, seasons."""

import re
from collections.abc import Mapping
from typing import Final

MPH: Final = 1.609344
"""Kilometres in a mile."""
WALK_KMH: Final = 7.0
"""What ``maxspeed=walk`` allows."""
FASTEST_KMH: Final = 130.0
"""Limit where there is none."""
LIMITS: Final[Mapping[str, tuple[float, float, float]]] = {
    "NO": (110.0, 80.0, 50.0),
    "SE": (110.0, 70.0, 50.0),
    "FI": (120.0, 80.0, 50.0),
    "DK": (130.0, 80.0, 50.0),
    "IS": (90.0, 90.0, 50.0),
    "DE": (FASTEST_KMH, 100.0, 50.0),
    "GB": (70 * MPH, 60 * MPH, 30 * MPH),
}
"""General limits of a country, km/h: on motorways, outside and inside towns."""
_ZONES: Final = {"motorway": 0, "rural": 1, "trunk": 1, "nsl_single": 1, "nsl_dual": 0, "urban": 2}
REFUSED: Final = frozenset(
    {"no", "private", "agricultural", "forestry", "emergency", "psv", "bus", "delivery", "military", "permit"}
)
"""Values of access with which nobody drives through."""
VEHICLE: Final = ("motorcar", "motor_vehicle", "vehicle", "access")
"""Tags that say who may drive, the closest first: the first that is there decides."""
PASSABLE: Final = frozenset(
    {"cattle_grid", "border_control", "toll_booth", "sally_port", "gate", "lift_gate", "swing_gate", "no", "entrance"}
    | {"height_restrictor", "arch", "kerb"}
)
"""Barriers that a car passes unless a tag of access says otherwise; all others stop it."""
_MONTH: Final = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|winter|snow", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})")
_ISO: Final = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?", re.IGNORECASE)


def limit_kmh(written: str, country: str) -> float | None:
    """Return the speed limit that ``maxspeed`` states, km/h; ``None`` if it states none that can be read.

    Parameters
    ----------
    written : str
        Such as ``"80"``, ``"50 mph"``, ``"NO:urban"``, ``"walk"``, ``"none"``; of several values the least.
    country : str
        Key of `LIMITS`, for zones without a country.
    """
    found = [value for part in written.replace("|", ";").split(";") if (value := _limit(part.strip(), country))]
    return min(found) if found else None


def _limit(written: str, country: str) -> float | None:
    if number := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|kph)?", written, re.IGNORECASE):
        value = float(number[1]) * (MPH if (number[2] or "").casefold() == "mph" else 1.0)
        return value if value > 0 else None
    if written in {"walk", "none"}:
        return WALK_KMH if written == "walk" else FASTEST_KMH
    where, _, zone = written.rpartition(":")
    if number := re.fullmatch(r"(?:zone)?(\d+)", zone, re.IGNORECASE):
        return float(number[1]) or None
    limits = LIMITS.get((where or country).upper())
    return limits[_ZONES[zone]] if limits and zone in _ZONES else None


def minutes_of(written: str) -> float | None:
    """Return the minutes of a duration or interval; ``None`` if it cannot be read.

    Parameters
    ----------
    written : str
        ``"25"`` (minutes), ``"00:25"``, ``"1:05:30"`` or ``"PT1H30M"``.
    """
    text = written.strip()
    value = None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        value = float(text)
    elif clock := _CLOCK.fullmatch(text):
        first, middle, last = (float(part or 0) for part in clock.groups())
        value = first * 60 + middle + last / 60 if clock[1] else middle * 60 + last
    elif (iso := _ISO.fullmatch(text)) and any(iso.groups()):
        days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        value = days * 1440 + hours * 60 + minutes + seconds / 60
    return value or None


def direction(tags: Mapping[str, str]) -> int | None:
    """Return whether a way is driven in both directions (0), only in that of its nodes (1), only against it (-1).

    ``None`` if nobody can rely on either, as on lanes that turn with the time of day.
    """
    written = next((tags[key] for key in ("oneway:motorcar", "oneway:motor_vehicle", "oneway") if key in tags), "")
    if written in {"yes", "true", "1"}:
        return 1
    if written in {"-1", "reverse"}:
        return -1
    if written == "reversible":
        return None
    implied = tags.get("junction") in {"roundabout", "circular"} or tags.get("highway") == "motorway"
    return 1 if implied and written not in {"no", "false", "0", "alternating"} else 0


def may_drive(tags: Mapping[str, str]) -> bool:
    """Return whether a car may drive through at some time of the year.

    What is closed, but open under a condition that names months or winter, is open for a part of the year.
    """
    said = next((tags[key] for key in VEHICLE if key in tags), "yes")
    if said not in REFUSED:
        return True
    return any(value not in REFUSED for value in _season_values(tags))


def is_seasonal(tags: Mapping[str, str]) -> bool:
    """Return whether a way, or what stands on it, is closed in winter."""
    if tags.get("seasonal", "no") not in {"no", "winter"} or tags.get("snowplowing") == "no":
        return True
    if _MONTH.search(tags.get("opening_hours", "")) or _MONTH.search(tags.get("service_times", "")):
        return True
    said = next((tags[key] for key in VEHICLE if key in tags), "yes")
    return any((value in REFUSED) != (said in REFUSED) for value in _season_values(tags))


def only_in_winter(tags: Mapping[str, str]) -> bool:
    """Return whether a way exists in winter only, over ice or snow."""
    return "yes" in {tags.get("ice_road"), tags.get("winter_road")} or tags.get("seasonal") == "winter"


def _season_values(tags: Mapping[str, str]) -> list[str]:
    """Return what the conditions of access say that name months, winter or snow: ``no @ (Nov-May)`` says ``no``."""
    written = (tags[f"{key}:conditional"] for key in VEHICLE if f"{key}:conditional" in tags)
    clauses = (found for text in written for found in re.findall(r"([\w-]+)\s*@\s*(\([^)]*\)|[^;]+)", text))
    return [value for value, condition in clauses if _MONTH.search(condition)]


def stops(tags: Mapping[str, str]) -> bool:
    """Return whether what stands on a node stops a car all year."""
    said = next((tags[key] for key in VEHICLE if key in tags), None)
    if said is not None:
        return not may_drive(tags)
    return "barrier" in tags and tags["barrier"] not in PASSABLE
