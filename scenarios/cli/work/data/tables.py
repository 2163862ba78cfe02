"""Tables, the embedded and the user's own: show, check, template."""

import contextlib
import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pyproj
import typer
from geopandas import GeoDataFrame

from geodata import editions, municipalities, planners
from geodata.faults import DataError
from geodata.making.check import check as check_edition
from geodata.owntables.kinds import EVERY_KIND, KINDS, OF_REGION, begun, count, kind_of, repairs_of
from geodata.owntables.regions import NO_FILE, BoundaryFile, read_municipalities
from geodata.owntables.shapes.coverage import Repair
from geodata.owntables.shapes.planes import DEGREES
from maps.told.texts import Words
from scenarios.cli.commands.data import Kind
from scenarios.cli.shared import option, output
from scenarios.cli.shared.asking import load_world
from scenarios.cli.shared.failures import Code, data_message
from scenarios.cli.shared.streams import UsageError, say, tell
from scenarios.world import sources
from scenarios.world.plain import SCHEMA_VERSION, dumps

COLUMNS = ("name", "county_name", "centrality_class", "population", "planner_fte", "need_fte")
SOURCES = ("planner_fte_source", "need_fte_source")
COLUMN_TEXTS = {"activity": "cases"}
"""Columns that are called as a kind of table is, and the texts that explain them."""


def show(edition: str, as_json: bool, language: option.Language) -> None:
    """List the municipalities of an edition and its sources; planner_fte and need_fte are estimates."""
    known = editions.get(edition)
    model = planners.PlannerModel()
    full = planners.estimate(municipalities.load(edition), model)
    table = full[list(COLUMNS)]
    if as_json:
        rows = full[[*COLUMNS, *SOURCES]].reset_index().to_dict("records")
        say(dumps({"schema_version": SCHEMA_VERSION, "edition": known, "municipalities": rows}))
        return
    words = Words(str(language))
    columns = ("number", "name", "county", "centrality", "population", "planner_fte", "need_fte")
    heads = ("paper.centrality" if name == "centrality" else f"column.{name}" for name in columns)
    rows = [tuple(map(words.text, heads))]
    rows += [
        (id_, name, county, str(class_), words.number(population), words.number(employed, 2), words.number(needed, 2))
        for id_, name, county, class_, population, employed, needed in table.itertuples()
    ]
    lines = [
        words.text(
            "command.edition",
            edition=edition,
            municipalities=words.count("municipalities", known.municipalities),
            counties=words.number(known.counties),
            population=words.number(known.population),
            year=known.population_year,
        ),
        "",
        *output.columns(rows, right=(3, 4, 5, 6)),
        "",
        sources.sentence(words, sources.of(full[list(sources.COLUMNS)].to_dict("records")), model),
        "",
        words.text("sources.heading"),
        *(
            f"  {words.translated(f'{one.text}, {one.licence}')}, {one.url} ({words.translated(one.what)})"
            for one in known.credits
        ),
    ]
    say("\n".join(lines))


def check(
    files: list[Path] | None, edition: str | None, layer: str, crs: str, as_json: bool, language: option.Language
) -> None:
    """Check tables of your own, or the embedded data: counts, sums, geometry, graph, checksums."""
    how = BoundaryFile(layer=layer, crs=crs)
    if how != NO_FILE and not files:
        raise UsageError("--layer and --crs are about files of your own; name one")
    require_system(crs)
    if files:
        words = Words(str(language))
        sound = check_files(files, edition or editions.DEFAULT_EDITION, words, how, as_json=as_json)
    else:
        sound = check_embedded([edition] if edition else [*editions.EDITIONS], as_json=as_json)
    if not sound:
        raise typer.Exit(Code.INVALID)


def require_system(crs: str) -> None:
    """Refuse what is no coordinate system.

    Raises
    ------
    UsageError
        If it is none.
    """
    try:
        pyproj.CRS.from_user_input(crs or DEGREES)
    except pyproj.exceptions.CRSError:
        raise UsageError(f"--crs: {crs!r} is no coordinate system; such as EPSG:25833") from None


def check_embedded(names: list[str], *, as_json: bool) -> bool:
    """Check the embedded data, tell the figures, which are in English, and return whether they are sound."""
    found = {name: check_edition(name) for name in names}
    sound = all(one.ok for checks in found.values() for one in checks)
    if as_json:
        say(dumps({"schema_version": SCHEMA_VERSION, "ok": sound, "checks": found}))
    else:
        rows = [
            (name, "ok" if one.ok else "FAULT", one.name, one.figures) for name, all_ in found.items() for one in all_
        ]
        say("\n".join(output.columns(rows)))
    return sound


def check_files(files: Iterable[Path], edition: str, words: Words, how: BoundaryFile, *, as_json: bool) -> bool:
    """Read each file as the kind of table that it is, tell what it holds or what is wrong, return if all is well."""
    files = list(files)
    own = region_among(files, how)
    table = planners.estimate(municipalities.load(edition) if own is None else own)
    found: list[dict[str, object]] = []
    for file in files:
        try:
            kind = kind_of(file, how.layer)
            many, repairs = count(kind, file, table, how), repairs_of(file, table, how)
            found.append({"file": str(file), "kind": kind, "rows": many, "faults": [], "repairs": repairs})
        except DataError as error:
            found.append(
                {"file": str(file), "kind": None, "rows": None, "faults": list(map(str, error.faults)), "repairs": ()}
            )
            if not as_json:
                tell(data_message(error, closing=()))
            continue
        if not as_json:
            what = words.text(f"owntable.{kind}")
            rows, setting = words.count("rows", many), EVERY_KIND[kind].setting
            say(words.text("owntable.sound", file=file, what=what, rows=rows, setting=setting))
            say_repairs(repairs, words)
    sound = all(one["kind"] for one in found)
    if as_json:
        say(dumps({"schema_version": SCHEMA_VERSION, "ok": sound, "edition": edition, "files": found}))
    return sound


def say_repairs(repairs: Iterable[Repair], words: Words) -> None:
    """Tell what was changed of each municipality's boundaries, square metres."""
    for one in repairs:
        kinds = {"mended": one.mended_m2, "lost": one.lost_m2, "gained": one.gained_m2}
        told = {name: words.number(square_metres, 0) for name, square_metres in kinds.items()}
        say(words.text(f"owntable.{'mended' if one.fault else 'moved'}", id=one.id, fault=one.fault, **told))


def region_among(files: Iterable[Path], how: BoundaryFile) -> GeoDataFrame | None:
    """Return the user's own municipalities, if one of the files is a sound table of them: the others are about them."""
    for file in files:
        with contextlib.suppress(DataError):  # it is told when the file has its turn
            if kind_of(file, how.layer) == OF_REGION:
                return read_municipalities(file, how.crs, how)
    return None


def template(
    kind: Kind, out: Path | None, scenario: str, counties: list[str] | None, language: option.Language
) -> None:
    """Begin a table of your own: a line on each column, the header, a row for each municipality."""
    words, wanted = Words(str(language)), KINDS[str(kind)]
    world = load_world(scenario, (), option.listed(counties))
    settings = " / ".join(filter(None, (wanted.setting, wanted.also)))
    title = "owntable.title_of_all" if wanted.of_all else "owntable.title"
    explained = [words.text(title, what=words.text(f"owntable.{kind}"), setting=settings)]
    explained += [words.text(f"owntable.{COLUMN_TEXTS.get(name, name)}") for name in wanted.columns]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerows([line] for line in explained)
    some = world.municipalities if wanted.of_all else world.municipalities[world.problem.active]
    writer.writerows(begun(wanted, some))
    if out is None:
        say(file.getvalue())
        return
    try:
        with out.open("x", encoding="utf-8-sig", newline="") as opened:  # the mark tells Excel what it is
            opened.write(file.getvalue())
    except FileExistsError:
        raise UsageError(f"{out} exists already; nothing was changed") from None
    except OSError as fault:
        raise UsageError(f"cannot write {out}: {fault.strerror}") from None
    say(words.text("owntable.made", file=out, setting=wanted.setting))
