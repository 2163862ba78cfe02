"""The kinds of tables that a user may bring: how each is told from the others, read, and begun."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import shapely

from geodata import codes, traveltimes
from geodata.editions import OWN
from geodata.faults import DataError, DataFault, near
from geodata.owntables import disciplines, figures, money, plan_dates, planners, projection, regions
from geodata.owntables.files import KEY, KEYS, TextTable, read_table
from geodata.owntables.formats.ours import ON_MAPS, refuse_answers
from geodata.owntables.headings import understand
from geodata.owntables.minutes import HEADINGS, is_long
from geodata.owntables.neighbours import COLUMNS, ENDS, read_neighbours
from geodata.owntables.regions import NO_FILE
from geodata.owntables.rows import IGNORED_COLUMNS
from geodata.owntables.shapes.boundaries import Boundaries, BoundaryFile, boundaries, ids_of, joined, redrawn
from geodata.owntables.shapes.coverage import Repair
from geodata.owntables.shapes.features import PARQUET, is_shapes, read_features
from geodata.schema import FIGURE_SOURCES


@dataclass(frozen=True)
class TableKind:
    """A kind of table.

    Attributes
    ----------
    setting : str
        Of a scenario, which names the file.
    key : tuple of str
        Columns that say whom a row is about.
    figures : tuple of str
        Columns of figures.
    count : callable
        Reads a file in an edition and returns how many rows it gives; raises `DataError` with every fault.
    also : str
        Another setting that names a file of this form; empty for none.
    of_all : bool
        Whether it needs every municipality of the edition, so that it is begun with the figures in use.
    """

    setting: str
    key: tuple[str, ...]
    figures: tuple[str, ...]
    count: Callable[[str | Path, gpd.GeoDataFrame], int]
    also: str = ""
    of_all: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, those that say whom a row is about first."""
        return (*self.key, *self.figures)


def _ways(path: str | Path, municipalities: gpd.GeoDataFrame) -> int:
    """Read minutes; of a square table, those between the municipalities that it holds."""
    edition, own = municipalities.attrs["edition"], municipalities["name_norwegian"].to_dict()
    table = read_table(path, HEADINGS)
    held = set(municipalities.index) if is_long(table) else set(map(codes.book(edition, own).meant, table.header[1:]))
    ids = [id_ for id_ in municipalities.index if id_ in held]
    traveltimes.from_table(path, ids, edition, own=own)
    return len(table.rows)


def _pairs(path: str | Path, municipalities: gpd.GeoDataFrame) -> int:
    """Read neighbours."""
    edition, own = municipalities.attrs["edition"], municipalities["name_norwegian"].to_dict()
    return len(read_neighbours(path, codes.book(edition, own)))


def _plans(path: str | Path, municipalities: gpd.GeoDataFrame) -> int:
    """Read when plans were adopted; until when they can have been, the scenario says."""
    found = plan_dates.read_plan_dates(path, municipalities, plan_dates.PLANS, dt.date.max)
    return sum(map(len, found.values()))


def _drawn(path: str | Path, municipalities: gpd.GeoDataFrame, how: BoundaryFile = NO_FILE) -> Boundaries:
    """Read boundaries of the user's own municipalities or of an edition, or nobody's, with the ids of the shapes.

    They are meant for an edition if more than half of its numbers are in them.
    """
    features = read_features(path, how.layer)
    edition = municipalities.attrs["edition"]
    book = codes.book(edition, municipalities["name_norwegian"].to_dict())
    if edition != OWN:
        if len(set(map(book.meant, ids_of(features))) & set(book.names)) > len(book.names) / 2:
            drawn = redrawn(municipalities, BoundaryFile(str(path), how.layer, how.crs))
            return Boundaries(drawn.geometry, drawn.crs, drawn.attrs["repairs"])
        book = codes.book(OWN, dict.fromkeys(ids_of(features), ""))
    return boundaries(features, joined(features, book), how.crs, lambda _: None)


OF_REGION: Final = "municipalities"
"""The kind of table that says which municipalities there are; the others are about them."""
KINDS: Final[Mapping[str, TableKind]] = {
    "planners": TableKind(
        "planners.table",
        (KEY, "navn"),
        tuple(column.name for column in planners.COLUMNS),
        lambda path, municipalities: len(planners.read_planners(path, municipalities)),
    ),
    "travel": TableKind("travel.table", ("from", "to"), ("minutes",), _ways),
    "money": TableKind(
        "money.table",
        (KEY, "navn"),
        tuple(column.name for column in money.COLUMNS),
        lambda path, municipalities: len(money.read_money(path, municipalities)),
    ),
    OF_REGION: TableKind(
        "data.municipalities",
        regions.COLUMNS[:2],
        regions.COLUMNS[2:],
        lambda path, _: len(regions.read_municipalities(path)),
    ),
    "neighbours": TableKind("data.neighbours", ENDS, COLUMNS[len(ENDS) :], _pairs),
    "disciplines": TableKind(
        "disciplines.table",
        (KEY, "navn"),
        disciplines.COLUMNS,
        lambda path, municipalities: sum(map(len, disciplines.read_disciplines(path, municipalities).values())),
        also="disciplines.need_table",
    ),
    "plans": TableKind("cycle.table", (KEY, "navn"), plan_dates.COLUMNS, _plans),
    "figures": TableKind(
        "data.figures",
        (KEY, "navn"),
        tuple(column.name for column in figures.COLUMNS),
        lambda path, municipalities: len(figures.read_figures(path, municipalities)),
        of_all=True,
    ),
    "activity": TableKind(
        "planners.activity",
        (KEY, "navn"),
        (figures.ACTIVITY.name,),
        lambda path, municipalities: len(figures.read_activity(path, municipalities, None)),
    ),
    "projection": TableKind(
        "money.projection",
        (KEY, "navn"),
        projection.COLUMNS,
        lambda path, municipalities: sum(map(len, projection.read_projection(path, municipalities).values())),
    ),
}
"""Each kind of table by its name."""
BOUNDARIES: Final = "boundaries"
"""The kind of file of shapes that says where municipalities are, and not how large."""
EVERY_KIND: Final[Mapping[str, TableKind]] = {
    **KINDS,
    BOUNDARIES: TableKind(
        "data.boundaries", ("id",), (), lambda path, municipalities: len(_drawn(path, municipalities).shapes)
    ),
}
"""And of the files that no table can begin."""
NOTHING_ELSE: Final = ("figures", "activity", "projection")
"""Kinds whose columns others have too: they are told by having no further ones."""


def count(kind: str, path: str | Path, municipalities: gpd.GeoDataFrame, how: BoundaryFile = NO_FILE) -> int:
    """Read a file as a kind of `EVERY_KIND` and return how many rows it gives.

    Parameters
    ----------
    kind : str
    path : str or Path
    municipalities : geopandas.GeoDataFrame
        With the columns of `planners.estimate`.
    how : BoundaryFile
        Which layer of a file of shapes, and in which coordinate system it, or x and y of a table, are.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    if kind == BOUNDARIES:
        return len(_drawn(path, municipalities, how).shapes)
    if kind == OF_REGION:
        return len(regions.read_municipalities(path, how.crs, how))
    return EVERY_KIND[kind].count(path, municipalities)


def kind_of(path: str | Path, layer: str = "") -> str:
    """Return which of `EVERY_KIND` a file is, by its header; of a file of shapes, that of a layer.

    Raises
    ------
    DataError
        If it cannot be read, or is of no kind or several.
    """
    if is_shapes(path) and (drawn := _kind_of_shapes(path, layer)):
        return drawn
    table = read_table(path, (*HEADINGS, *KEYS, *ENDS, "host"))
    if _is_of_plan(table):
        return "planners"
    refuse_answers(table.at(table.line), table.header)
    if sure := _by_one_sign(table):
        return sure
    found = [
        name
        for name, kind in KINDS.items()
        if name not in NOTHING_ELSE
        and KEY in kind.key
        and set(KEYS) & set(table.header)
        and set(kind.figures) & set(table.header)
    ]
    if len(found) != 1:
        what = f"the columns are those of {' and '.join(found)}" if found else "no kind of table has these columns"
        known = "; ".join(f"{name}: {', '.join(kind.columns)}" for name, kind in KINDS.items())
        hint = _mistyped(table.header) if not found else ""
        hint = hint or f"a table has the columns of one kind ({known})"
        raise DataError([DataFault(table.at(table.line), what, hint)])
    return found[0]


def _kind_of_shapes(path: str | Path, layer: str) -> str:
    """Return the kind of a file of shapes; nothing for Parquet without any, which is a table as others are."""
    features = read_features(path, layer)
    understand(features.table)
    if not shapely.is_missing(features.shapes).all():
        refuse_answers(features.table.where, features.table.header, ON_MAPS)
        return OF_REGION if "population" in features.table.header else BOUNDARIES
    if Path(path).suffix.casefold() not in PARQUET:
        raise DataError([DataFault(str(path), "there is no shape in it", "areas of municipalities are needed")])
    return ""


def _by_one_sign(table: TextTable) -> str:
    """Return the kind that a table can only be, by what no other has; nothing where figures have to tell."""
    if is_long(table) or _is_square(table):
        return "travel"
    if set(ENDS) <= set(table.header):
        return "neighbours"
    found = next((name for name in NOTHING_ELSE if _is_of(table, name)), "")
    return found or (OF_REGION if "population" in table.header else "")


def _is_of_plan(table: TextTable) -> bool:
    """Return whether a table is that of the municipalities beside a plan, or the worksheet of them."""
    return KEY in table.header and set(FIGURE_SOURCES.values()) <= set(table.header)


def _mistyped(header: Iterable[str]) -> str:
    """Return which known columns were meant by unknown ones; nothing where no guess is near."""
    known = sorted({name for kind in KINDS.values() for name in kind.columns} | set(KEYS))
    guesses = {name: near(name, known) for name in header if name and name not in known}
    return "; ".join(f"{name!r}: {guess}" for name, guess in guesses.items() if guess)


def repairs_of(path: str | Path, municipalities: gpd.GeoDataFrame, how: BoundaryFile = NO_FILE) -> tuple[Repair, ...]:
    """Return what is changed of the boundaries in a file; nothing for a table.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    if not is_shapes(path):
        return ()
    if kind_of(path, how.layer) == BOUNDARIES:
        return _drawn(path, municipalities, how).repairs
    repairs: tuple[Repair, ...] = regions.read_municipalities(path, how.crs, how).attrs["repairs"]
    return repairs


def _is_of(table: TextTable, kind: str) -> bool:
    """Return whether a table has columns of a kind, and none beside them but those for its readers."""
    header = {name for name in table.header if name}
    if kind == "activity" and {KEY, *figures.KOSTRA} <= header:
        return True
    wanted = EVERY_KIND[kind]
    return KEY in header and bool(set(wanted.figures) & header) and header <= {*wanted.columns, *IGNORED_COLUMNS}


def _is_square(table: TextTable) -> bool:
    """Return whether the header holds numbers of municipalities and not names of columns."""
    cells = table.header[1:]
    return bool(cells) and sum(any(map(str.isdigit, cell)) for cell in cells) > len(cells) / 2


def begun(kind: TableKind, some: gpd.GeoDataFrame) -> list[list[str]]:
    """Return the rows of a table to fill in: the header, and for each municipality a row without figures, or none.

    One that needs all municipalities has the figures in use.

    Parameters
    ----------
    kind : TableKind
        What the table is to hold.
    some : geopandas.GeoDataFrame
        The municipalities that it is about.
    """
    rows = [list(kind.columns)]
    if kind.of_all:
        rows += [[str(one) for one in row] for row in some[["name_norwegian", *kind.figures]].itertuples()]
    elif KEY in kind.key:
        empty = [""] * len(kind.figures)
        rows += [[str(id_), name, *empty] for id_, name in some["name_norwegian"].items()]
    return rows
