"""Minutes of a routing server that a scenario names: asked once, kept, and used as a table from then on."""

import hashlib
import math
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import platformdirs
from geopandas import GeoDataFrame

from geodata.faults import DataError, DataFault
from geodata.osm.placing import degrees
from geodata.owntables.files import remark
from geodata.traveltimes import TravelTimes, to_csv
from optimizer.problem import Bools
from scenarios.question.faults import Fault
from scenarios.question.schema import Scenario

NAMED: Final = 5
"""Pairs without a way that are named; of more, the count."""
ENDING: Final = ".csv"


def served(scenario: Scenario, municipalities: GeoDataFrame, some: Bools) -> tuple[Scenario, list[Fault]]:
    """Return the scenario with what its server answers as its table of minutes; as it is if it names none.

    A table that stands beside a server is its answer: nobody is asked again.

    Parameters
    ----------
    scenario
        May name a server.
    municipalities
        All that there are.
    some
        Between which the minutes are wanted (n,).

    Raises
    ------
    geodata.update.fetching.DownloadError
        If the server does not answer, or answers something else.
    """
    travel = scenario.travel
    if not travel.server or travel.table:
        return scenario, []
    kind, server = travel.server
    ids = list(municipalities.index[some])
    try:
        table = kept(kind, server, municipalities, ids)
    except DataError as error:
        return scenario, [scenario.origins.fault(("travel", kind), one.what, one.hint) for one in error.faults]
    return scenario.model_copy(update={"travel": travel.model_copy(update={"table": str(table)})}), []


def kept(kind: str, server: str, municipalities: GeoDataFrame, ids: Sequence[str]) -> Path:
    """Return the file with the minutes that a server gave, which is asked if it was never asked the same.

    Raises
    ------
    DataError
        If it is not known where the municipalities are.
    geodata.update.fetching.DownloadError
        If the server does not answer, or answers something else.
    """
    places = places_of(municipalities, ids)
    asked = "\n".join(
        [kind, server, *(f"{id_} {round(lon, 6)} {round(lat, 6)}" for id_, (lon, lat) in zip(ids, places, strict=True))]
    )
    name = "-".join([kind, *re.findall(r"\w+", server)[1:], hashlib.sha256(asked.encode()).hexdigest()[:12]])
    path = platformdirs.user_cache_path("plankontor", appauthor=False) / "minutes" / f"{name}{ENDING}"
    if path.is_file():
        remark(server, f"is not asked again: its minutes are in {path}; delete the file to ask anew")
        return path
    times = answered(kind, server, ids, places)
    lost = lost_pairs(times)
    if lost:
        names = municipalities["name_norwegian"]
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        named = ", ".join(f"{names[one]} - {names[other]}" for one, other in lost[:NAMED])
        remark(server, f"knows no way for {len(lost)} journeys: {named}{more}")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(to_csv(times), encoding="utf-8", newline="")
    part.replace(path)
    remark(server, f"was asked for the minutes between {len(ids)}, which are kept in {path}")
    return path


def answered(kind: str, server: str, ids: Sequence[str], places: Sequence[tuple[float, float]]) -> TravelTimes:
    """Return the minutes between places by a server.

    Raises
    ------
    geodata.update.fetching.DownloadError
        If the server does not answer, or answers something else.
    """
    # Nothing else of a run knows the network.
    from geodata.update.fetching import Patience, session  # noqa: PLC0415
    from geodata.update.routing import minutes  # noqa: PLC0415

    patience = Patience()
    with session(patience) as made:
        return TravelTimes(tuple(ids), minutes(made, kind, server, places, patience), server, own=True)


def lost_pairs(times: TravelTimes) -> list[tuple[str, str]]:
    """Return from whom to whom there is no way."""
    return [(times.ids[i], times.ids[j]) for i, j in zip(*np.nonzero(np.isinf(times.minutes)), strict=True)]


def places_of(municipalities: GeoDataFrame, ids: Sequence[str]) -> list[tuple[float, float]]:
    """Return longitude and latitude of centres.

    Raises
    ------
    DataError
        If it is not known where on Earth they are.
    """
    found = degrees(municipalities["centre"]) if municipalities.attrs.get("on_earth", True) else {}
    lost = [id_ for id_ in ids if not all(map(math.isfinite, found.get(id_, (math.nan,))))]
    if lost:
        what = "needs the centres of the municipalities in degrees or in a coordinate system; there are none"
        raise DataError([DataFault("centres", what, "give lon and lat, or x and y with data.crs")])
    return [found[id_] for id_ in ids]
