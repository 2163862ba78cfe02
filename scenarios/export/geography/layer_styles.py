"""Styles inside a GeoPackage, so that QGIS shows the offices in the colours of the map as soon as it is opened."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from maps.told.palette import LAND, OUTLINE

TABLE: Final = "layer_styles"
COLOUR: Final = "colour"
"""The column that the fills are drawn by."""

FAINT: Final = "#6e7880"
"""Of municipal borders and links."""

MADE: Final = "2024-01-01T00:00:00.000Z"
"""A fixed moment, so that the same result is the same file."""

WRITER: Final = 96
"""Where an SQLite file has, in four bytes that nothing needs, the version of the library that wrote it last."""

# The columns that QGIS looks for; it takes the style with useAsDefault for the layer of that name.
SCHEMA: Final = f"""
CREATE TABLE {TABLE} (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
MOMENT: Final = "UPDATE gpkg_contents SET last_change = ?"
CONTENTS: Final = "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES (?, ?, ?, ?)"
ROW: Final = f"""
INSERT INTO {TABLE} (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
    useAsDefault, description, owner, update_time) VALUES ('', '', ?, 'geom', 'plankontor', ?, '', 1, '', '', ?)
"""  # noqa: S608 - our own name

QML: Final = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
 <renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">
  <symbols>
   <symbol type="{kind}" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="{layer}" enabled="1" locked="0" pass="0">
{properties}
     <data_defined_properties>
      <Option type="Map">
       <Option type="QString" name="name" value=""/>
       <Option type="Map" name="properties">{fill}</Option>
       <Option type="QString" name="type" value="collection"/>
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
"""
FILL: Final = f"""
        <Option type="Map" name="fillColor">
         <Option type="bool" name="active" value="true"/>
         <Option type="QString" name="field" value="{COLOUR}"/>
         <Option type="int" name="type" value="2"/>
        </Option>"""


def area(outline: str, width: float) -> str:
    """Return the style of areas that are filled by their column, outlines in millimetres."""
    facts = {"style": "solid", "color": _rgba(LAND), "outline_color": _rgba(outline), "outline_width": f"{width}"}
    return _style("fill", "SimpleFill", {**facts, "outline_style": "solid", "outline_width_unit": "MM"}, FILL)


def line(colour: str, width: float) -> str:
    """Return the style of lines, millimetres wide."""
    facts = {"line_color": _rgba(colour), "line_width": f"{width}", "line_style": "solid", "line_width_unit": "MM"}
    return _style("line", "SimpleLine", facts, "")


def _rgba(colour: str) -> str:
    """Return ``#22313b`` as QGIS writes it."""
    return ",".join(map(str, (*bytes.fromhex(colour.removeprefix("#")), 255)))


def _style(kind: str, layer: str, facts: dict[str, str], fill: str) -> str:
    properties = "\n".join(f'     <prop k="{name}" v="{value}"/>' for name, value in facts.items())
    return QML.format(kind=kind, layer=layer, properties=properties, fill=fill)


STYLES: Final = {
    "municipalities": area(FAINT, 0.1),
    "offices": area(OUTLINE, 0.4),
    "travel_lines": line(OUTLINE, 0.3),
    "links": line(FAINT, 0.1),
}


def write(path: Path) -> None:
    """Add the styles to a GeoPackage, and take away when, and with which SQLite, it was written.

    Raises
    ------
    OSError
        If they cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as database, database:
            database.execute(SCHEMA)
            database.execute(CONTENTS, (TABLE, "attributes", TABLE, MADE))
            database.executemany(ROW, [(layer, style, MADE) for layer, style in STYLES.items()])
            database.execute(MOMENT, (MADE,))
    except sqlite3.Error as fault:
        raise OSError(f"{path.name}: {fault} (is the disk full?)") from fault
    with path.open("r+b") as file:
        file.seek(WRITER)
        file.write(bytes(4))
