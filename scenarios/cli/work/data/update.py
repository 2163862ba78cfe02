"""The command ``data update``."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import typer

from geodata import editions, municipalities
from geodata.faults import DownloadError
from geodata.update.official import TOPICS, Differences, Update, differences, download, figures
from maps.told.texts import Words
from scenarios.cli.commands.data import OfficialData
from scenarios.cli.shared import option
from scenarios.cli.shared.failures import Code
from scenarios.cli.shared.streams import say, tell
from scenarios.export.csv_files import CsvTable, write_csv
from scenarios.export.folders import FolderKind
from scenarios.world.plain import PROGRAM, SCHEMA_VERSION, dumps, plain, version

UPDATE: Final = FolderKind("update.json")
FIGURES: Final = "figures.csv"
BOUNDARIES: Final = "boundaries.fgb"
NAMED: Final = 10
"""Municipalities named in a line; of more, the number."""


def update(what: OfficialData, into: Path, mirror: str, as_json: bool, language: option.Language) -> None:
    """Download official data of today from Kartverket and Statistics Norway, and say what changed."""
    words, edition = Words(str(language)), editions.DEFAULT_EDITION
    UPDATE.check(into)
    wanted = set(TOPICS) if what == OfficialData.ALL else {str(what)}
    earlier = (UPDATE.known(into) or {}).get("topics", {})
    downloads = into.with_name(f"{into.name}.downloads")
    # What was downloaded before is asked for again: where it is the same, the server says just that.
    names = [name for name in TOPICS if name in wanted | set(earlier)]
    found, faults = download(names, downloads, edition, mirror=mirror)
    if faults:
        raise failed(words, faults, downloads)
    changed = differences(municipalities.load(edition), found)
    document = {
        "schema_version": SCHEMA_VERSION,
        "program": PROGRAM,
        "version": version(),
        "edition": edition,
        "topics": {one.topic: one.record for one in found},
        "differences": plain(changed),
    }
    with UPDATE.new(into) as part:
        write_tables(part, found)
        UPDATE.seal(part, document)
    say(dumps(document) if as_json else "\n".join(told(words, found, changed, into)))


def failed(words: Words, faults: Iterable[DownloadError], downloads: Path) -> typer.Exit:
    """Say what could not be downloaded, and return how the command ends."""
    for fault in faults:
        tell(f"error: {fault}")
    tell(words.text("update.failed", folder=downloads))
    return typer.Exit(Code.DOWNLOAD)


def write_tables(folder: Path, found: Iterable[Update]) -> None:
    """Write what was downloaded as files that a scenario, or anybody, can use."""
    table = figures(found)
    if len(table.columns):
        rows = [tuple(map(plain, row)) for row in table.dropna().astype("int64").itertuples()]
        write_csv(folder / FIGURES, CsvTable(("kommunenummer", *table.columns), rows))
    for one in found:
        if one.topic == "kostra":
            known = one.content.dropna()
            rows = [tuple(map(plain, row)) for row in known.itertuples(index=False)]
            write_csv(folder / "kostra.csv", CsvTable(tuple(known.columns), rows))
        if one.topic == "boundaries":
            one.content.reset_index().to_file(folder / BOUNDARIES, driver="FlatGeobuf", engine="pyogrio")


def told(words: Words, found: list[Update], changed: Differences, into: Path) -> list[str]:
    """Return what was downloaded and what changed, for a person."""
    lines = [
        words.text("update.got", what=words.text(f"update.{one.topic}"), source=record["source"], date=record["date"])
        for one in found
        for record in [one.record]
    ]
    lines += ["", words.text("update.heading", edition=editions.DEFAULT_EDITION), *difference_lines(words, changed)]
    usable = not (changed.came or changed.went)
    if len(figures(found).columns):
        lines += ["", words.text("update.use" if usable else "update.no_use", file=into / FIGURES)]
    if usable and any(one.topic == "boundaries" for one in found):
        lines += ["", words.text("update.draw", file=into / BOUNDARIES)]
    return [*lines, words.text("command.written", out=into)]


def difference_lines(words: Words, changed: Differences) -> list[str]:
    """Return what is otherwise than in the edition in use."""
    names = municipalities.names(editions.DEFAULT_EDITION)
    lines = []
    for kind, numbers in (("came", changed.came), ("went", changed.went)):
        if numbers:
            named = words.listed((f"{number} {names.get(number, '')}".strip() for number in numbers), NAMED)
            lines.append(words.text(f"update.{kind}", names=named))
    if changed.moved_km2:
        moved = (f"{names[number]} ({words.number(km2)} km²)" for number, km2 in changed.moved_km2.items())
        lines.append(words.text("update.moved", names=words.listed(moved, NAMED)))
    if changed.population:
        more = {id_: now - before for id_, (before, now) in changed.population.items()}
        largest = sorted(more, key=lambda id_: -abs(more[id_]))[:NAMED]
        most = words.listed(f"{names[id_]} {words.signed(more[id_], 0)}" for id_ in largest)
        many = words.count("municipalities", len(more))
        lines.append(
            words.text("update.people", municipalities=many, change=words.signed(sum(more.values()), 0), most=most)
        )
    if changed.centrality:
        classes = (f"{names[id_]} {before} → {now}" for id_, (before, now) in changed.centrality.items())
        lines.append(words.text("update.classes", names=words.listed(classes, NAMED)))
    return [f"  {line}" for line in lines or [words.text("update.same")]]
