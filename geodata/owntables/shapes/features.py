"""From a file of shapes as people have it to a table of text with a shape in each row."""

import importlib.util
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.faults import DataError, DataFault, near
from geodata.owntables.files import TextTable, remark, require_file
from geodata.owntables.formats.workbooks import written
from geodata.owntables.headings import IDS, normal

PARQUET: Final = (".parquet", ".geoparquet")
SUFFIXES: Final = (".gpkg", ".geojson", ".json", ".topojson", ".shp", ".fgb", *PARQUET, ".zip")
"""How the files end that are read."""
OTHERS: Final = (".gml", ".kml", ".kmz", ".gdb", ".tab", ".mif", ".dxf", ".sos")
"""How other files of shapes end."""
HINT: Final = "save it as GeoPackage (.gpkg), GeoJSON or Shapefile"
MOST_BYTES: Final = 500_000_000
MOST_FEATURES: Final = 200_000
SHAPEFILE: Final = ".shp"
PARTS: Final = (SHAPEFILE, ".shx", ".dbf", ".prj", ".cpg")
"""Files of a Shapefile."""
NEEDED_PARTS: Final = (".shx", ".dbf")
MAY_BE_AREAS: Final = ("Polygon", "Surface", "Collection", "Unknown")
"""Words in the types of layers that may hold areas."""
WKB_COLUMNS: Final = ("geometry", "geom", "wkb_geometry", "wkb")
"""What holds the shapes of a Parquet file that does not say so."""


@dataclass(frozen=True, eq=False)
class Features:
    """A file of shapes.

    Attributes
    ----------
    table : TextTable
        What is written of each shape; its lines count the rows from 1, as in an attribute table.
    shapes : numpy.ndarray
        As they are in the file, ``None`` where a row has none (n,).
    crs : pyproj.CRS or None
        What the file says of its coordinate system.
    """

    table: TextTable
    shapes: NDArray[np.object_]
    crs: pyproj.CRS | None


def is_shapes(path: str | Path) -> bool:
    """Return whether a file is one of shapes, by its ending."""
    return Path(path).suffix.casefold() in (*SUFFIXES, *OTHERS)


def parts_of(path: str | Path) -> list[Path]:
    """Return the files that belong together: of a Shapefile those that are there, of any other the file itself."""
    path = Path(path)
    if path.suffix.casefold() != SHAPEFILE:
        return [path]
    beside = sorted(path.parent.iterdir())
    return [one for one in beside if one.stem == path.stem and one.suffix.casefold() in PARTS]


def read_features(path: str | Path, layer: str = "") -> Features:
    """Read a file of shapes without judging them.

    Parameters
    ----------
    path : str or Path
        GeoPackage, GeoJSON, TopoJSON, Shapefile (its ``.shp``, or all of it in a ``.zip``), FlatGeobuf or Parquet.
    layer : str
        Which of several; without, the only one with areas, or of these the only one with a column of ids.

    Raises
    ------
    DataError
        If it cannot be read, or it is not clear which layer is meant.
    """
    path = Path(path)
    if path.suffix.casefold() in OTHERS:
        raise DataError([DataFault(str(path), f"shapes in a {path.suffix} file are not read", HINT)])
    require_file(path, MOST_BYTES)
    if path.suffix.casefold() in PARQUET:
        return _features(path, _parquet(path))
    source = _source(path, layer)
    return _features(path, _layer(path, source, _chosen(path, source, layer)))


def _features(path: Path, frame: pd.DataFrame) -> Features:
    shaped = isinstance(frame, gpd.GeoDataFrame)
    shapes = frame.geometry.to_numpy() if shaped else np.full(len(frame), None, dtype=object)
    crs: pyproj.CRS | None = frame.geometry.crs if shaped else None
    facts = frame.drop(columns=frame.geometry.name) if shaped else frame
    header = [unicodedata.normalize("NFC", str(name)).strip().casefold() for name in facts.columns]
    columns = [_cells(facts.iloc[:, at]) for at in range(len(header))]
    rows = [(at + 1, [column[at] for column in columns]) for at in range(len(facts))]
    return Features(TextTable(str(path), 0, header, rows), shapes, crs)


def _cells(column: "pd.Series[Any]") -> list[str]:
    """Return the cells of a column as text; what is not there is empty."""
    missing = column.isna().to_numpy()
    values = column.astype(object).to_numpy()
    return [
        "" if empty else unicodedata.normalize("NFC", written(value)).strip()
        for empty, value in zip(missing, values, strict=True)
    ]


def _source(path: Path, layer: str) -> str:
    """Return what the library opens: a file, or the one that is meant in a packed one."""
    place = str(path.resolve())
    if path.suffix.casefold() == SHAPEFILE:
        there = {part.suffix.casefold() for part in parts_of(path)}
        lost = [f"{path.stem}{end}" for end in NEEDED_PARTS if end not in there]
        if lost:
            what = f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} not beside it"
            raise DataError([DataFault(str(path), what, "a Shapefile is several files: take them all")])
    if path.suffix.casefold() != ".zip":
        return place
    members = _packed(path)
    named = [name for name in members if layer and Path(name).stem == layer]
    chosen = named or members
    if len(chosen) != 1:
        what = f"{len(members)} files of shapes are in it: {', '.join(members[:5])}"
        raise DataError([DataFault(str(path), what, "data.boundaries_layer names the one that is meant")])
    return f"/vsizip/{{{place}}}/{chosen[0]}"


def _packed(path: Path) -> list[str]:
    """Return the files of shapes in a packed file."""
    try:
        with zipfile.ZipFile(path) as packed:
            inside = packed.infolist()
    except zipfile.BadZipFile:
        raise DataError([DataFault(str(path), "this is a broken packed file", HINT)]) from None
    if sum(item.file_size for item in inside) > MOST_BYTES:
        raise DataError([DataFault(str(path), f"it unpacks to more than {MOST_BYTES // 1_000_000} MB", HINT)])
    wanted = tuple(end for end in SUFFIXES if end not in (*PARQUET, ".zip"))
    names = [item.filename for item in inside if item.filename.casefold().endswith(wanted)]
    if not names:
        raise DataError([DataFault(str(path), "there are no shapes in this packed file", HINT)])
    return names


def _chosen(path: Path, source: str, asked: str) -> str:
    """Return the layer that is meant."""
    found = [(str(name), str(kind or "")) for name, kind in _tried(path, lambda: pyogrio.list_layers(source))]
    names = [name for name, _ in found]
    if asked in names or (asked and len(found) == 1 and source.startswith("/vsizip/")):
        return asked if asked in names else names[0]
    if asked:
        hint = near(asked, names) or f"its layers are {', '.join(names)}"
        raise DataError([DataFault(str(path), f"there is no layer {asked!r}", hint)])
    areas = [name for name, kind in found if not kind or any(word in kind for word in MAY_BE_AREAS)]
    if not areas:
        told = ", ".join(f"{name} ({kind})" for name, kind in found) or "none"
        raise DataError([DataFault(str(path), f"there is no layer of areas; its layers: {told}", "areas are needed")])
    if len(areas) > 1:
        areas = [name for name in areas if _has_ids(path, source, name)] or areas
    if len(areas) > 1:
        what = f"{len(areas)} layers may be meant: {', '.join(areas)}"
        raise DataError([DataFault(str(path), what, f'write boundaries_layer = "{areas[0]}", or another')])
    if len(names) > 1:
        remark(str(path), f"its layer {areas[0]} is read")
    return areas[0]


def _has_ids(path: Path, source: str, layer: str) -> bool:
    fields = _tried(path, lambda: pyogrio.read_info(source, layer=layer))["fields"]
    return bool(set(IDS) & set(map(normal, fields)))


def _layer(path: Path, source: str, layer: str) -> pd.DataFrame:
    count = _tried(path, lambda: pyogrio.read_info(source, layer=layer, force_feature_count=True))["features"]
    if count > MOST_FEATURES:
        what = f"{count} shapes; more than {MOST_FEATURES} are no boundaries of municipalities"
        raise DataError([DataFault(str(path), what, "is it the right file?")])
    frame: pd.DataFrame = _tried(path, lambda: pyogrio.read_dataframe(source, layer=layer, on_invalid="fix"))
    return frame


def _parquet(path: Path) -> Any:
    if importlib.util.find_spec("pyarrow") is None:
        hint = "python -m pip install pyarrow, or save it as GeoPackage (.gpkg)"
        raise DataError([DataFault(str(path), "Parquet is read with pyarrow, which is not installed", hint)])
    try:
        frame: Any = gpd.read_parquet(path)
    except ValueError:  # it does not say that it has shapes
        frame = _tried(path, lambda: pd.read_parquet(path))
    except Exception as error:  # noqa: BLE001  the library says in many ways that a file is broken
        raise DataError([DataFault(str(path), f"cannot be read: {_short(error)}", HINT)]) from None
    if isinstance(frame, gpd.GeoDataFrame):
        return frame
    column = next((name for name in frame.columns if str(name).casefold() in WKB_COLUMNS), None)
    if column is None:
        return frame
    shapes = _tried(path, lambda: shapely.from_wkb(frame[column].to_numpy()))
    return gpd.GeoDataFrame(frame.drop(columns=column), geometry=shapes)


def _tried(path: Path, read: Any) -> Any:
    """Return what the library reads, its warnings as remarks and its errors as ours."""
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            found = read()
    except Exception as error:  # noqa: BLE001  the library says in many ways that a file is broken
        raise DataError([DataFault(str(path), f"cannot be read: {_short(error)}", HINT)]) from None
    for text in dict.fromkeys(str(one.message) for one in said):
        if "More than one layer" not in text:
            remark(str(path), f"the reader says: {text[:120]}")
    return found


def _short(error: Exception) -> str:
    """Return the beginning of an error, without the place of the file and advice to programmers."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text.partition(";")[0].rpartition("/")[2][:120]
