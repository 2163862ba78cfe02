"""Broken files by the name of their defect: what is in each, who reads it, and what must be said of it."""

import datetime as dt
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import geopandas as gpd

from geodata.osm.build import build
from geodata.owntables.disciplines import read_disciplines
from geodata.owntables.figures import read_figures
from geodata.owntables.plan_dates import read_plan_dates
from geodata.owntables.projection import read_projection
from scenarios.cli import app
from scenarios.cli.shared.failures import guarded

P = "kommunenummer;planner_fte\n"
"""Header of a table of planners."""
W = "from;to;minutes\n"
"""Of a table of ways."""
M = "id;name;population;county_id\n"
"""Of the municipalities of a region."""
KR = "kommunenummer;fte_kr;hours\n"
N = "a;b\n"
D = "kommunenummer;discipline;fte;people\n"
A = "kommunenummer;plan;adopted\n"
Y = "kommunenummer;year;inhabitants\n"


class Broken(NamedTuple):
    """A broken file.

    ``said`` must be in what is answered, ``suffix`` is of its name, ``door`` reads it.
    """

    content: str | bytes
    said: str
    suffix: str = ".csv"
    door: str = "check"


def doors(norway: gpd.GeoDataFrame) -> dict[str, Callable[[Path], Any]]:
    """Return who reads a file, by name; what `data check` does not know is read as a scenario reads it."""
    return {
        "check": lambda path: app.program(["data", "check", str(path)]),
        "figures": lambda path: guarded(lambda: read_figures(path, norway)),
        "disciplines": lambda path: guarded(lambda: read_disciplines(path, norway, ("law", "area"))),
        "plan dates": lambda path: guarded(lambda: read_plan_dates(path, norway, ("arealdel",), dt.date(2026, 12, 31))),
        "projection": lambda path: guarded(lambda: read_projection(path, norway)),
        "roads": lambda path: guarded(lambda: build(path, norway, [])),
    }


def zipped(**files: str) -> bytes:
    """Return a zip archive of some files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


def feature(number: str, ring: str, **more: object) -> str:
    """Return a feature of GeoJSON with a polygon."""
    facts = {"id": number, "name": number, "population": 1000, "county_id": "x"} | more
    written = ",".join(
        f'"{key}":{value if isinstance(value, int) else chr(34) + str(value) + chr(34)}' for key, value in facts.items()
    )
    return f'{{"type":"Feature","properties":{{{written}}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}'


def collection(*features: str) -> str:
    """Return a collection of features of GeoJSON."""
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'


SQUARE = "[[10,60],[10.1,60],[10.1,60.1],[10,60.1],[10,60]]"

FILES = {
    "no byte": Broken("", ": the file is empty"),
    "blank lines only": Broken("\n\n  \n", ": the file is empty"),
    "header only": Broken(P, ": there is no row below the header"),
    "comment only": Broken("# planners of 2026\n", ":1: no kind of table has these columns"),
    "zero bytes": Broken(b"\0" * 2000, ": this is a binary file, not CSV"),
    "a zero byte in the middle": Broken(P.encode() + b"0301;\x003\n", ": this is a binary file, not CSV"),
    "a PDF called csv": Broken(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", ": this is a PDF document, not a table"),
    "a picture called csv": Broken(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 200, ": this is a binary file, not CSV"),
    "a page called csv": Broken(
        "<!DOCTYPE html><html><body>Not found</body></html>", ": this is a web page, not a table"
    ),
    "offices of a plan": Broken("host,host_name,size\n0301,Oslo,3\n", ":1: this is a table of a plan, and no figures"),
    "a grouping": Broken("kommunenummer;host\n5601;5603\n", "plankontor evaluate judges a grouping"),
    "JSON called csv": Broken('{"0301": 3}', ": this is JSON, not a table"),
    "gzip called csv": Broken(gzip.compress(P.encode()), ": this is a binary file, not CSV"),
    "a zip called csv": Broken(zipped(a="b"), ": this is a packed file, but no Excel workbook"),
    "a zip called xlsx": Broken(zipped(a="b"), ": this is a packed file, but no Excel workbook", ".xlsx"),
    "half a workbook": Broken(zipped(xl__workbook="<x/>")[:60], ": this is a broken workbook or packed file", ".xlsx"),
    "an old workbook": Broken(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ": this is a workbook of an old Excel (.xls)", ".xls"
    ),
    "an old workbook called xlsx": Broken(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ": this is a workbook of an old Excel (.xls)", ".xlsx"
    ),
    "text called xlsx without a table": Broken("hello", ":1: no kind of table has these columns", ".xlsx"),
    "an unknown ending": Broken("hello", ":1: no kind of table has these columns", ".doc"),
    "one column": Broken("kommunenummer\n0301\n", ":1: no kind of table has these columns"),
    "no key": Broken("planner_fte\n3\n", ":1: no kind of table has these columns"),
    "a mistyped key": Broken("komunenumer;planner_fte\n0301;3\n", "'komunenumer': did you mean kommunenummer?"),
    "a mistyped column": Broken(
        "kommunenummer;planer_fte;need_fte\n0301;3;4\n", ":1: unknown column 'planer_fte' (did you mean planner_fte"
    ),
    "a column twice": Broken(
        "kommunenummer;planner_fte;planner_fte\n0301;3;3\n", ":1: column 'planner_fte' stands twice"
    ),
    "the key twice": Broken(
        "kommunenummer;kommunenummer;planner_fte\n0301;0301;3\n", ":1: column 'kommunenummer' stands twice"
    ),
    "a number of nobody": Broken(P + "9999;3\n", ":2: 9999 is no municipality of 2024"),
    "a number too long": Broken(P + "03010;3\n", ":2: '03010' has 5 digits, a kommunenummer has four"),
    "a county's number": Broken(P + "55;3\n", ":2: '55' has 2 digits, a kommunenummer has four"),
    "a mistyped name": Broken(P + "Hammmerfest;3\n", "(did you mean 5603 (Hammerfest)?)"),
    "a name of two": Broken(P + "Herøy;3\n", "(did you mean 1515 (Herøy) or 1818 (Herøy)?)"),
    "a name of nobody": Broken(P + "Atlantis;3\n", ":2: 'Atlantis' is no kommunenummer"),
    "an old county": Broken(P + "Viken;3\n", ":2: 'Viken' is a county, no municipality"),
    "no number": Broken(P + ";3\n0301;3\n", ":2: the kommunenummer is missing"),
    "a row twice": Broken(P + "1101;3\n1101;4\n", ":3: 1101 (Eigersund) stands here a second time"),
    "by number and by name": Broken(P + "5603;3\nHammerfest;4\n", ":3: 5603 (Hammerfest) stands here a second time"),
    "negative": Broken(P + "0301;-3\n", ":2: planner_fte is -3, less than zero"),
    "a word": Broken(P + "0301;tre\n", ":2: planner_fte is 'tre', not a number"),
    "NaN": Broken(P + "0301;nan\n", ":2: planner_fte is 'nan', not a number"),
    "infinite": Broken(P + "0301;inf\n", ":2: planner_fte is 'inf', not a number"),
    "beyond all numbers": Broken(P + "0301;1e999\n", ":2: planner_fte is '1e999', not a number"),
    "a million planners": Broken(P + "0301;1000000\n", ":2: planner_fte is 1000000, more than can be meant"),
    "two commas": Broken(P + "0301;3,5,1\n", ":2: planner_fte is '3,5,1', not a number"),
    "a percentage": Broken(P + "0301;50 %\n", ":2: planner_fte is '50 %', not a number"),
    "with its unit": Broken(P + "0301;3 årsverk\n", ":2: planner_fte is '3 årsverk', not a number"),
    "a day": Broken(P + "0301;2024-01-03\n", ":2: planner_fte is '2024-01-03', not a number"),
    "a fault of a spreadsheet": Broken(P + "0301;#DIV/0!\n", ":2: planner_fte is '#DIV/0!', not a number"),
    "a formula": Broken(P + "0301;=1+2\n", ":2: planner_fte is '=1+2', not a number"),
    "a truth": Broken(P + "0301;TRUE\n", ":2: planner_fte is 'TRUE', not a number"),
    "a range": Broken(P + "0301;3-4\n", ":2: planner_fte is '3-4', not a number"),
    "a question mark": Broken(P + "0301;?\n", ":2: planner_fte is '?', not a number"),
    "low above the figure": Broken(
        "kommunenummer;planner_fte;planner_fte_low\n0301;3;4\n", ":2: planner_fte_low is 4, more than planner_fte, 3"
    ),
    "high below the figure": Broken(
        "kommunenummer;planner_fte;planner_fte_high\n0301;3;2\n", ":2: planner_fte_high is 2, less than planner_fte, 3"
    ),
    "journeys below zero": Broken("kommunenummer;trips\n0301;-1\n", ":2: trips is -1, less than zero"),
    "a need below zero": Broken("kommunenummer;need_fte\n0301;-1\n", ":2: need_fte is -1, less than zero"),
    "a cell too many": Broken(P + "0301;3;4;5\n", ":2: 4 cells, but the header has 2"),
    "an open quote": Broken(P + '"0301;3\n0302;4\n', ":3: no CSV: unexpected end of data"),
    "four hundred wrong numbers": Broken(
        P + "".join(f"{9000 + k};3\n" for k in range(400)), ":2: 9000 is no municipality of 2024"
    ),
    "four hundred words": Broken(
        P + "".join(f"0301;word{k}\n" for k in range(400)), ":2: planner_fte is 'word0', not a number"
    ),
    "columns of two kinds": Broken(
        "kommunenummer;planner_fte;fte_kr\n0301;3;900000\n", ":1: the columns are those of planners and money"
    ),
    "columns of nobody": Broken("kommunenummer;cats;dogs\n0301;3;4\n", ":1: no kind of table has these columns"),
    "control characters": Broken(P + "03\x1b[31m01;3\n", ":2: '03\\x1b[31m01' is no kommunenummer"),
    "a way from nobody": Broken(W + "9999;1101;30\n", ":2: 9999 is no municipality of 2024"),
    "a way to nobody": Broken(W + "1101;Osloo;30\n", "(did you mean 0301 (Oslo)?)"),
    "a way without its end": Broken(W + "1101;;30\n", ":2: the kommunenummer is missing"),
    "minutes that are a word": Broken(W + "1101;1103;long\n", ":2: minutes from 1101 to 1103: 'long' is not a number"),
    "minutes below zero": Broken(W + "1101;1103;-5\n", ":2: minutes from 1101 to 1103: -5 is less than zero"),
    "minutes that are no number": Broken(W + "1101;1103;nan\n", ":2: minutes from 1101 to 1103: 'nan' is not a number"),
    "a clock for minutes": Broken(W + "1101;1103;1:30\n", ":2: minutes from 1101 to 1103: '1:30' is not a number"),
    "a way twice": Broken(
        W + "1101;1103;30\n1101;1103;31\n",
        ":3: the way from 1101 (Eigersund) to 1103 (Stavanger) stands here a second time",
    ),
    "a way to itself": Broken(
        W + "1101;1101;5\n", ":2: minutes from 1101 to 1101: 5, but the way from a municipality to itself is 0"
    ),
    "ways without rows": Broken(W, ": there is no row below the header"),
    "ways without minutes": Broken("from;to\n1101;1103\n", ":1: no column minutes or minutter"),
    "ways without an end": Broken("from;minutes\n1101;30\n", ":1: no column to or til"),
    "two columns of minutes": Broken(
        "from;to;minutes;minutter\n1101;1103;30;30\n", ":1: more than one column minutes or minutter"
    ),
    "a square without a row": Broken("kommunenummer;1101;1103\n1101;0;30\n", ": there is no row for 1103"),
    "a square with a row twice": Broken(
        "kommunenummer;1101;1103\n1101;0;30\n1103;30;0\n1103;30;0\n", ":4: 1103 (Stavanger) stands here a second time"
    ),
    "a square with a column twice": Broken(
        "kommunenummer;1101;1103;1103\n1101;0;30;30\n1103;30;0;0\n", ":1: column 1103 (Stavanger) stands twice"
    ),
    "a square with a column of nobody": Broken(
        "kommunenummer;1101;9998\n1101;0;30\n9998;30;0\n", ":1, column 3: 9998 is no municipality of 2024"
    ),
    "a square with words": Broken(
        "kommunenummer;1101;1103\n1101;0;far\n1103;30;0\n", ":2: minutes from 1101 to 1103: 'far' is not a number"
    ),
    "a square with a journey at home": Broken(
        "kommunenummer;1101;1103\n1101;5;30\n1103;30;0\n",
        ":2: minutes from 1101 to 1101: 5, but the way from a municipality to itself is 0",
    ),
    "a square below zero": Broken(
        "kommunenummer;1101;1103\n1101;0;-30\n1103;30;0\n", ":2: minutes from 1101 to 1103: -30 is less than zero"
    ),
    "a damaged matrix": Broken(b"\x89HDF\r\n\x1a\n" + b"\0" * 200, "cannot be read", ".omx"),
    "text called a matrix": Broken("1;2\n", ":1, column 2: '2' has 1 digit, a kommunenummer has four", ".omx"),
    "damaged Parquet": Broken(b"PAR1" + b"\0" * 100 + b"PAR1", "cannot be read", ".parquet"),
    "text called Parquet": Broken(P + "0301;3\n", "cannot be read", ".parquet"),
    "kroner in thousands": Broken(KR + "0301;1150;\n", ":2: fte_kr is 1150, less than can be meant"),
    "kroner below zero": Broken(KR + "0301;-1150000;\n", ":2: fte_kr is -1150000, less than zero"),
    "kroner that are a word": Broken(KR + "0301;much;\n", ":2: fte_kr is 'much', not a number"),
    "hours below zero": Broken(KR + "0301;;-1\n", ":2: hours is -1, less than zero"),
    "kroner of nobody": Broken(KR + "9999;1150000;\n", ":2: 9999 is no municipality of 2024"),
    "kroner twice": Broken(KR + "0301;1150000;\n0301;1150000;\n", ":3: 0301 (Oslo) stands here a second time"),
    "a region with an id twice": Broken(M + "1;A;100;x\n1;B;100;x\n", ":3: 1 stands here a second time"),
    "a region without ids": Broken("name;population;county_id\nA;100;x\n", ":2: no kind of table has these columns"),
    "a region with an empty id": Broken(M + ";A;100;x\n2;B;100;x\n", ":2: id is missing"),
    "a region without names": Broken("id;population;county_id\n1;100;x\n", ":1: the column name is missing"),
    "a region with an empty name": Broken(M + "1;;100;x\n", ":2: the name of 1 is missing"),
    "a region with nobody in it": Broken(M + "1;A;-5;x\n", ":2: population is -5, less than zero"),
    "a region with half a person": Broken(M + "1;A;100.5;x\n", ":2: population is 100.5, no whole number"),
    "a region whose people are a word": Broken(M + "1;A;many;x\n", ":2: population is 'many', not a number"),
    "a region without counties": Broken("id;name;population\n1;A;100\n", ":1: the column county_id is missing"),
    "a region without rows": Broken(M, ": there is no row below the header"),
    "a region with x alone": Broken("id;name;population;county_id;x\n1;A;100;x;10\n", ":1: a centre has x and y"),
    "a region with half a place": Broken("id;name;population;county_id;x;y\n1;A;100;x;10;\n", ":2: y is missing"),
    "a region with a place that is a word": Broken(
        "id;name;population;county_id;x;y\n1;A;100;x;here;there\n", ":2: x is 'here', not a number"
    ),
    "a region with a class of its own": Broken(
        "id;name;population;county_id;centrality_class\n1;A;100;x;9\n",
        ":2: centrality_class is 9, more than can be meant",
    ),
    "neighbours of nobody": Broken(N + "9999;1101\n", ":2: 9999 is no municipality of 2024"),
    "a neighbour of itself": Broken(N + "1101;1101\n", ":2: 1101 is its own neighbour"),
    "neighbours without rows": Broken(N, ": there is no row below the header"),
    "neighbours with an unknown column": Broken("a;b;kinds\n1101;1103;road\n", ":1: unknown column 'kinds'"),
    "neighbours by air": Broken("a;b;kind\n1101;1103;air\n", ":2: kind is 'air'"),
    "neighbours with an empty end": Broken(N + "1101;\n", ":2: the kommunenummer is missing"),
    "GeoJSON cut off": Broken(collection(feature("1", SQUARE))[:90], "cannot be read", ".geojson"),
    "GeoJSON without features": Broken(collection(), ": there is no shape in it", ".geojson"),
    "GeoJSON that is a list": Broken("[1,2]", "cannot be read", ".geojson"),
    "GeoJSON without shapes": Broken(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"1"},"geometry":null}]}',
        ": there is no shape in it",
        ".geojson",
    ),
    "GeoJSON with a line": Broken(
        collection(
            '{"type":"Feature","properties":{"id":"1","name":"A","population":5,"county_id":"x"},"geometry":{"type":"LineString","coordinates":[[10,60],[11,60]]}}'
        ),
        ": there is no layer of areas; its layers: broken (LineString)",
        ".geojson",
    ),
    "GeoJSON without ids": Broken(
        collection(
            '{"type":"Feature","properties":{"colour":"red"},"geometry":{"type":"Polygon","coordinates":['
            + SQUARE
            + "]}}"
        ),
        ": none of its columns is one of ids: colour",
        ".geojson",
    ),
    "GeoJSON of nowhere": Broken(
        collection(feature("1", "[[9e9,60],[9e9,61],[8e9,61],[9e9,60]]")),
        ": its coordinates (8e+09 to 9e+09 and 60 to 61) lie outside of where EPSG:4326 is used",
        ".geojson",
    ),
    "GeoJSON with people below zero": Broken(
        collection(feature("1", SQUARE, population=-5)), ":1: population is -5, less than zero", ".geojson"
    ),
    "a GeoPackage that is text": Broken("hello", "cannot be read", ".gpkg"),
    "a damaged GeoPackage": Broken(b"SQLite format 3\0" + b"\1" * 500, "cannot be read", ".gpkg"),
    "a Shapefile by itself": Broken(
        b"\0\0\x27\x0a" + b"\0" * 200, ": broken.shx and broken.dbf are not beside it", ".shp"
    ),
    "a damaged FlatGeobuf": Broken(
        b"fgb\x03fgb\0" + b"\0" * 40, ": there is no layer of areas; its layers: none", ".fgb"
    ),
    "TopoJSON without arcs": Broken(
        '{"type":"Topology","objects":{"a":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]]}]}},"arcs":[]}',
        ": no shape in it is of a municipality",
        ".topojson",
    ),
    "figures without their year": Broken(
        "kommunenummer;population\n0301;700000\n",
        ":1: population without population_year, or the other way round",
        door="figures",
    ),
    "figures of some only": Broken(
        "kommunenummer;centrality_class\n0301;1\n", ": no row for 1101 Eigersund and 355 more", door="figures"
    ),
    "a class that is not": Broken(
        "kommunenummer;centrality_class\n0301;7\n", ":2: centrality_class is 7, more than can be meant", door="figures"
    ),
    "a year that is not": Broken(
        "kommunenummer;population;population_year\n0301;700000;26\n", ":2: population_year is 26", door="figures"
    ),
    "figures that are a word": Broken(
        "kommunenummer;population;population_year\n0301;many;2026\n",
        ":2: population is 'many', not a number",
        door="figures",
    ),
    "an unknown discipline": Broken(D + "0301;wizardry;1;\n", ":2: 'wizardry' is no discipline", door="disciplines"),
    "a discipline without figure": Broken(D + "0301;law;;\n", ":2: fte is missing", door="disciplines"),
    "half a person": Broken(D + "0301;law;1;1.5\n", ":2: people is 1.5, not a whole number", door="disciplines"),
    "work of nobody": Broken(D + "0301;law;1;0\n", ":2: people is 0, but fte is 1", door="disciplines"),
    "a discipline twice": Broken(
        D + "0301;law;1;\n0301;law;1;\n", ":3: 0301 (Oslo) with law stands here a second time", door="disciplines"
    ),
    "an unknown kind of plan": Broken(A + "0301;master;2019\n", ":2: 'master' is no kind of plan", door="plan dates"),
    "a plan of the future": Broken(
        A + "0301;arealdel;2050\n", ":2: adopted is 2050, which is to come", door="plan dates"
    ),
    "a plan of long ago": Broken(
        A + "0301;arealdel;1066\n", ":2: adopted is 1066, before there were such plans", door="plan dates"
    ),
    "a day that is not": Broken(
        A + "0301;arealdel;2019-02-30\n", ":2: adopted is 2019-02-30, a day that does not exist", door="plan dates"
    ),
    "a day of a spreadsheet": Broken(
        A + "0301;arealdel;43983\n", ":2: adopted is 43983, a day number of a spreadsheet", door="plan dates"
    ),
    "a plan without a day": Broken(A + "0301;arealdel;\n", ":2: adopted is missing", door="plan dates"),
    "a plan twice": Broken(
        A + "0301;arealdel;2019\n0301;arealdel;2020\n",
        ":3: 0301 (Oslo) with arealdel stands here a second time",
        door="plan dates",
    ),
    "a projection without year": Broken(Y + "0301;;1000\n", ":2: year is missing", door="projection"),
    "a projection of long ago": Broken(Y + "0301;1900;1000\n", ":2: year is '1900', not a year", door="projection"),
    "a projection without people": Broken(Y + "0301;2040;\n", ":2: inhabitants is missing", door="projection"),
    "a projection of some years": Broken(
        Y + "0301;2040;1000\n0301;2050;900\n1101;2040;1000\n",
        ": 1101 (Eigersund) has no 2050, which others have",
        door="projection",
    ),
    "a projection twice": Broken(
        Y + "0301;2040;1000\n0301;2040;900\n", ":3: 0301 (Oslo) with 2040 stands here a second time", door="projection"
    ),
    "an extract that is a table": Broken(P, "cannot be read", ".osm.pbf", "roads"),
    "an extract without a byte": Broken("", ": the file is empty", ".osm.pbf", "roads"),
    "a damaged extract": Broken(b"\0\0\0\x0d\n\tOSMHeader\x18\x7c" + b"\1" * 60, "cannot be read", ".osm.pbf", "roads"),
    "an extract as XML, cut off": Broken(
        '<?xml version="1.0"?><osm version="0.6"><node id="1" lat="60"', "cannot be read", ".osm", "roads"
    ),
    "an extract without roads": Broken(
        '<?xml version="1.0"?><osm version="0.6"><node id="1" lat="60" lon="10"/></osm>',
        ": there is no road or ferry for cars in it",
        ".osm",
        "roads",
    ),
    "an extract with a number that is none": Broken(
        '<?xml version="1.0"?><osm version="0.6"><way id="1"><nd ref="Z"/><nd ref="2"/>'
        '<tag k="highway" v="primary"/></way></osm>',
        ": cannot be read: illegal id: 'Z'",
        ".osm",
        "roads",
    ),
    "an extract without places": Broken(
        '<?xml version="1.0"?><osm version="0.6"><way id="1"><nd ref="1"/><nd ref="2"/>'
        '<tag k="highway" v="primary"/></way></osm>',
        ": the extract has ways, but not where they are",
        ".osm",
        "roads",
    ),
}
