"""The command ``data minutes``."""

from pathlib import Path
from typing import Final

from geodata.faults import DataError
from geodata.traveltimes import to_csv
from maps.told.texts import Words
from scenarios.cli.shared import option
from scenarios.cli.shared.option import listed
from scenarios.cli.shared.streams import UsageError, say
from scenarios.question import gazetteer
from scenarios.question.load import load
from scenarios.world.build import taking_part
from scenarios.world.travel.servers import answered, lost_pairs, places_of

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
    words = Words(str(language))
    # A region of the user's own may have no minutes yet: it is for them that the server is asked.
    municipalities, ids = taking_part(load(scenario, counties=listed(counties)))
    try:
        places = places_of(municipalities, ids)
    except DataError as error:
        raise UsageError("; ".join(f"the server {one.what}: {one.hint}" for one in error.faults)) from None
    kind, server = ("osrm", osrm) if osrm else ("valhalla", valhalla)
    found = answered(kind, server, ids, places)
    try:
        out.write_text(to_csv(found), encoding="utf-8", newline="")
    except OSError as fault:
        raise UsageError(f"cannot write {out}: {fault.strerror}") from None
    if lost := lost_pairs(found):
        names = gazetteer.of(municipalities).names
        pairs = (words.text("routing.pair", start=names[one], end=names[other]) for one, other in lost)
        say(words.text("routing.lost", pairs=words.count("journeys", len(lost)), names=words.listed(pairs, NAMED)))
    say(words.text("routing.made", municipalities=words.count("municipalities", len(ids)), file=out))
