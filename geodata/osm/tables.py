"""A network read from OpenStreetMap as tables: nodes, edges, centres, and what is not joined with the rest."""

from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
from pyproj import Transformer

from geodata.editions import OPENSTREETMAP
from geodata.network import SEASONAL, TERMINAL_MIN, centre_node
from geodata.osm.pieces import Pieces
from geodata.osm.placing import Snap, degrees, grounds
from geodata.osm.reading import Floats, Ints, Streets
from geodata.roads.ways import TIE
from geodata.schema import CRS

TIE_KMH: Final = 35.0
"""How fast the tie from a centre to its road is driven, as in the embedded graph."""
LOCAL: Final = "local_or_connector"


def tables(
    streets: Streets, edges: Pieces, snaps: dict[str, Snap], municipalities: gpd.GeoDataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return nodes, edges and centres."""
    joints = np.array([snap.node for snap in snaps.values()], dtype=np.int64)
    junctions = np.unique(np.concatenate([edges.u, edges.v, joints]))
    places = degrees(municipalities["centre"])
    centres = pd.DataFrame(
        {
            "name": [municipalities.at[number, "name_norwegian"] for number in snaps],
            "snapped_km": [snap.km for snap in snaps.values()],
        },
        index=pd.Index(list(snaps), name="kommunenummer"),
    )
    lon = np.append(np.array([places[number][0] for number in snaps]), streets.lon[junctions])
    lat = np.append(np.array([places[number][1] for number in snaps]), streets.lat[junctions])
    x, y = Transformer.from_crs("EPSG:4326", CRS, always_xy=True).transform(lon, lat)
    plane = np.column_stack(Transformer.from_crs(CRS, municipalities.crs, always_xy=True).transform(x, y))
    blank = [""] * len(junctions)
    nodes = pd.DataFrame(
        {
            "id": [*map(centre_node, snaps), *(f"J{node}" for node in junctions)],
            "lon": np.round(lon, 7),
            "lat": np.round(lat, 7),
            "x": np.round(x, 1),
            "y": np.round(y, 1),
            "kind": ["centre"] * len(snaps) + ["junction"] * len(junctions),
            "name": [*centres["name"], *blank],
            "kommunenummer": [*snaps, *blank],
            "ground": [*snaps, *grounds(municipalities, plane[len(snaps) :])],
        }
    )
    ground = dict(zip(nodes["id"], nodes["ground"], strict=True))
    return nodes, pd.concat([_ties(snaps), _edges(streets, edges, ground)], ignore_index=True), centres


def _ties(snaps: dict[str, Snap]) -> pd.DataFrame:
    """Return the edges from centres to their roads."""
    km = np.array([snap.km for snap in snaps.values()])
    minutes = np.round(TERMINAL_MIN + km / TIE_KMH * 60, 4)
    return pd.DataFrame(
        {
            "u": [centre_node(number) for number in snaps],
            "v": [f"J{snap.node}" for snap in snaps.values()],
            "km": _up(km),
            "minutes": minutes,
            "kind": "road",
            "road_class": LOCAL,
            "ref": "",
            "sailing_min": 0.0,
            "wait_min": 0.0,
            "source": TIE,
            "minutes_back": minutes,
        }
    )


def _edges(streets: Streets, edges: Pieces, ground: dict[str, str]) -> pd.DataFrame:
    """Return the edges between junctions, sorted."""
    uses = [streets.uses[use] for use in edges.use]
    u, v = ([f"J{node}" for node in side] for side in (edges.u, edges.v))
    abroad = [not (use.is_ferry or ground[a] or ground[b]) for use, a, b in zip(uses, u, v, strict=True)]
    shut = edges.seasonal.tolist()
    kinds = [
        f"{use.kind}_seasonal" if closed and use.kind not in SEASONAL else use.kind
        for use, closed in zip(uses, shut, strict=True)
    ]
    classes = [f"{use.road_class}_abroad" if out else use.road_class for use, out in zip(uses, abroad, strict=True)]
    table = pd.DataFrame(
        {
            "u": u,
            "v": v,
            "km": _up(edges.km),
            "minutes": np.round(edges.forward, 4),
            "kind": kinds,
            "road_class": classes,
            "ref": [use.ref for use in uses],
            "sailing_min": np.round(edges.sailing, 4),
            "wait_min": np.round(edges.wait, 4),
            "source": OPENSTREETMAP,
            "minutes_back": np.round(edges.back, 4),
        }
    )
    return table.iloc[np.lexsort((table["km"], edges.v, edges.u))].reset_index(drop=True)


def _up(km: Floats) -> Floats:
    """Return lengths in 0.1 m, rounded up: no edge becomes shorter than the straight line between its ends."""
    return np.asarray(np.ceil(np.round(km * 1e4, 3)) / 1e4)


def left_out(streets: Streets, pieces: Pieces, part: Ints, municipalities: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what is not joined with the network, by the municipality on whose ground it begins."""
    places = np.column_stack(
        Transformer.from_crs("EPSG:4326", municipalities.crs, always_xy=True).transform(
            streets.lon[pieces.place], streets.lat[pieces.place]
        )
    )
    rest = pd.DataFrame({"kommunenummer": grounds(municipalities, places), "part": part, "km": pieces.km})
    table = rest.groupby("kommunenummer").agg(parts=("part", "nunique"), km=("km", "sum")).reset_index()
    names = table["kommunenummer"].map(municipalities["name_norwegian"]).fillna("")
    return table.assign(name=names)[["kommunenummer", "name", "parts", "km"]]
