"""The command ``data roads``."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from geopandas import GeoDataFrame

from geodata.network import FERRIES
from geodata.osm.build import RoadNetwork, build, times
from geodata.traveltimes import TravelTimes, to_csv
from maps.told.texts import Words
from scenarios.cli.shared import option
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.streams import say
from scenarios.export.csv_files import CsvTable, write_csv
from scenarios.export.folders import FolderKind, write_text
from scenarios.question import gazetteer
from scenarios.question.load import load
from scenarios.world.build import taking_part
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, dumps, plain, version

ROADS: Final = FolderKind("roads.json")
MINUTES: Final = "minutes.csv"
NAMED: Final = 10
"""Municipalities, or pairs, named in a line; of more, the number."""
FARTHEST: Final = 3
"""Centres named that are farthest from their roads."""
LICENCE: Final = "ODbL 1.0, (c) OpenStreetMap contributors"


def roads(
    extract: Path,
    scenario: str,
    out: Path,
    within: float,
    country: str,
    winter: bool,
    counties: list[str] | None,
    as_json: bool,
    language: option.Language,
) -> None:
    """Build the road and ferry graph, and the minutes between all who take part, from OpenStreetMap."""
    ROADS.check(out)
    words = Words(str(language))
    # A region of the user's own may have no minutes yet: it is for them that its roads are read.
    municipalities, ids = taking_part(load(scenario, counties=listed(counties)))
    network = build(extract, municipalities, ids, within_km=within, country=country.upper())
    found = times(network, ids, seasonal=winter)
    document = {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        "version": version(),
        "source": extract.name,
        "licence": LICENCE,
        "country": country.upper(),
        "within_km": within,
        "open_in_winter": winter,
        "municipalities": len(ids),
        **figures(network),
    }
    with ROADS.new(out) as part:
        for name, table in tables(network).items():
            write_csv(part / name, table)
        write_text(part / MINUTES, to_csv(found))
        ROADS.seal(part, document)
    say(dumps(document) if as_json else "\n".join(told(words, municipalities, network, found, out)))


def figures(network: RoadNetwork) -> dict[str, object]:
    """Return what a network is made of, in figures."""
    return {
        "junctions": int((network.nodes["kind"] == "junction").sum()),
        "edges": len(network.edges),
        "ferries": int(network.edges["kind"].isin(FERRIES).sum()),
        "used_km": round(network.used_km, 3),
        "edges_km": round(network.edges_km, 3),
        "dead_end_km": round(network.dead_end_km, 3),
        "left_out_km": round(float(network.left_out["km"].sum()), 3),
        "missing_stretches": network.missing,
        "unread": list(network.unread),
        "snapped_km": {id_: round(km, 3) for id_, km in network.centres["snapped_km"].items()},
    }


def tables(network: RoadNetwork) -> dict[str, CsvTable]:
    """Return the tables of a network by file name."""
    frames = {
        "road-nodes.csv": network.nodes,
        "road-edges.csv": network.edges,
        "centres.csv": network.centres.reset_index(),
        "left-out.csv": network.left_out,
    }
    return {name: table(frame) for name, frame in frames.items()}


def table(frame: pd.DataFrame) -> CsvTable:
    """Return a table as it is written."""
    columns = (frame[name].tolist() for name in frame.columns)
    # What is driven in one direction only takes infinitely long in the other.
    rows = ([cell if cell == math.inf else plain(cell) for cell in row] for row in zip(*columns, strict=True))
    return CsvTable(list(frame.columns), list(rows))


def told(words: Words, municipalities: GeoDataFrame, network: RoadNetwork, found: TravelTimes, out: Path) -> list[str]:
    """Return what was made, for a person."""
    names = gazetteer.of(municipalities).names
    ferries = int(network.edges["kind"].isin(FERRIES).sum())
    junctions = int((network.nodes["kind"] == "junction").sum())
    lines = [
        words.text(
            "roads.made",
            junctions=words.number(junctions),
            edges=words.number(len(network.edges)),
            ferries=words.number(ferries),
        ),
        words.text(
            "roads.lengths",
            used=words.number(network.used_km, 0),
            edges=words.number(network.edges_km, 0),
            dead=words.number(network.dead_end_km, 0),
            rest=words.number(float(network.left_out["km"].sum()), 0),
        ),
        *snap_lines(words, network, names),
        *rest_lines(words, network),
    ]
    if network.missing:
        lines.append(words.text("roads.missing", count=words.number(network.missing, 0)))
    if network.unread:
        lines.append(words.text("roads.unread", which=words.listed(network.unread, NAMED)))
    lost = [(found.ids[i], found.ids[j]) for i, j in zip(*np.nonzero(np.isinf(found.minutes)), strict=True)]
    if lost:
        pairs = (words.text("routing.pair", start=names[one], end=names[other]) for one, other in lost)
        count = words.count("journeys", len(lost))
        lines.append(words.text("roads.lost", pairs=count, names=words.listed(pairs, NAMED)))
    many = words.count("municipalities", len(found.ids))
    lines.append(words.text("roads.use", municipalities=many, file=out / MINUTES, folder=out))
    return [*lines, words.text("command.written", out=out)]


def snap_lines(words: Words, network: RoadNetwork, names: Mapping[str, str]) -> list[str]:
    """Return how far the centres are from their roads, the farthest by name."""
    km = network.centres["snapped_km"].sort_values(ascending=False, kind="stable")
    if not len(km):
        return []
    far = ", ".join(f"{names[str(id_)]} {words.number(value, 2)} km" for id_, value in km.head(FARTHEST).items())
    return [words.text("roads.snapped", mean=words.number(float(km.mean()), 2), far=far)]


def rest_lines(words: Words, network: RoadNetwork) -> list[str]:
    """Return what is not joined with the network, by municipality, the longest first."""
    rest = network.left_out.sort_values("km", ascending=False, kind="stable")
    if not len(rest):
        return []
    abroad = words.text("roads.abroad")
    of_each = (f"{name or abroad} {words.number(km, 1)} km" for name, km in zip(rest["name"], rest["km"], strict=True))
    return [words.text("roads.rest", names=words.listed(of_each, NAMED))]
