"""The command ``data minutes``."""

from pathlib import Path
from typing import Final

import numpy as np
import typer

from geodata.network import centre_node
from geodata.traveltimes import TravelTimes, to_csv
from geodata.update.fetching import DownloadError, Patience, session
from geodata.update.routing import minutes as asked_minutes
from maps.told.texts import Words
from scenarios.cli.shared import option
from scenarios.cli.shared.asking import load_world
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.question import gazetteer
from scenarios.world.build import World

NAMED: Final = 10
"""Pairs named in a line; of more, the number."""


def minutes(
    scenario: str, osrm: str, valhalla: str, out: Path, counties: list[str] | None, language: option.Language
) -> None:
    """Ask a routing server for the minutes between all who take part, and write them as a table for travel.table."""
    if bool(osrm) == bool(valhalla):
        raise UsageError("name one server: --osrm URL or --valhalla URL")
    if out.exists():
        raise UsageError(f"{out} exists already; nothing was changed")
    words, world = Words(str(language)), load_world(scenario, (), listed(counties))
    ids = [id_ for id_, joins in zip(world.problem.ids, world.problem.active, strict=True) if joins]
    places = places_of(world, ids)
    patience = Patience()
    kind, server = ("osrm", osrm) if osrm else ("valhalla", valhalla)
    try:
        with session(patience) as made:
            found = asked_minutes(made, kind, server, places, patience)
    except DownloadError as fault:
        tell(f"error: {fault}")
        raise typer.Exit(Code.DOWNLOAD) from None
    try:
        out.write_text(to_csv(TravelTimes(tuple(ids), found, server)), encoding="utf-8", newline="")
    except OSError as fault:
        raise UsageError(f"cannot write {out}: {fault.strerror}") from None
    lost = [(ids[i], ids[j]) for i, j in zip(*np.nonzero(np.isinf(found)), strict=True)]
    if lost:
        names = gazetteer.of(world.municipalities).names
        pairs = (words.text("routing.pair", start=names[one], end=names[other]) for one, other in lost)
        say(words.text("routing.lost", pairs=words.count("journeys", len(lost)), names=words.listed(pairs, NAMED)))
    say(words.text("routing.made", municipalities=words.count("municipalities", len(ids)), file=out))


def places_of(world: World, ids: list[str]) -> list[tuple[float, float]]:
    """Return longitude and latitude of the centres.

    Raises
    ------
    UsageError
        If the municipalities are the user's own: the network of roads does not know their centres.
    """
    if ids and centre_node(ids[0]) not in world.graph:
        raise UsageError("a region of your own has no centres in the network; ask the server yourself")
    nodes = [world.graph.nodes[centre_node(id_)] for id_ in ids]
    return [(node["lon"], node["lat"]) for node in nodes]
