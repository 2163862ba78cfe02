"""How long a large region of the user's own takes to be read, mended and made a problem: made units, drawn by a seed.

The units are what is nearest to points drawn by lot, with a corner each kilometre of their borders, some of them
20 m over their neighbours; their ways are those of up to 60 km, as a long table. Each format is read in a process of
its own; the seconds are those of the processor, which a busy machine changes less.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import cKDTree

ORIGIN = (4_000_000, 2_500_000)
SIDE_M, CORNER_M, OVER_M, FARTHEST_M = 20_000, 1_000, 20, 60_000
MINUTES_PER_KM = 1.2
FORMATS = ("gpkg", "parquet")
READ = """
import time, warnings
warnings.simplefilter("ignore")
start = time.process_time()
from scenarios.world.build import open_world
imported = time.process_time()
world = open_world({scenario!r})
built = time.process_time()
repairs = len(world.municipalities.attrs["repairs"])
print(f"{name}: {{imported - start:.1f}} s of imports, {{built - imported:.1f}} s to read and build; "
      f"{{len(world.links)}} pairs of neighbours, {{repairs}} units mended")
"""


def make(folder: Path, units: int) -> None:
    """Write a region of so many units to a folder: shapes in each format, ways, and a scenario for each."""
    draw = np.random.default_rng(1)
    points = draw.uniform(0, SIDE_M * units**0.5, (units, 2)) + ORIGIN
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True))
    land = shapely.intersection(cells, shapely.MultiPoint(points).convex_hull)
    shapes = shapely.transform(shapely.segmentize(land, CORNER_M), np.round)
    over = draw.choice(units, units // 20, replace=False)
    shapes[over] = shapely.buffer(shapes[over], OVER_M)
    ids = np.array([f"{number:05}" for number in range(units)])
    facts = {"id": ids, "name": ids, "population": draw.integers(500, 30_000, units), "county_id": "1"}
    table = gpd.GeoDataFrame(facts, geometry=shapes, crs="EPSG:3035")
    table.to_file(folder / "units.gpkg")
    table.to_parquet(folder / "units.parquet")
    a, b = cKDTree(points).query_pairs(FARTHEST_M, output_type="ndarray").T
    minutes = np.hypot(*(points[a] - points[b]).T) / 1000 * MINUTES_PER_KM
    ways = pd.DataFrame({"from": ids[a], "to": ids[b], "minutes": minutes.round(1)})
    ways.to_csv(folder / "ways.csv", index=False, sep=";")
    print(f"{units} units of {shapely.get_num_coordinates(shapes).sum()} corners, {len(ways)} ways")
    for name in FORMATS:
        data = f'edition = "own"\n[data]\nmunicipalities = "units.{name}"\n[travel]\ntable = "ways.csv"\n'
        (folder / f"{name}.toml").write_text(f'extends = "nasjonal"\nname = "made"\n{data}', encoding="utf-8")


def main() -> None:
    """Make a region and read it in each format."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--units", type=int, default=3000)
    units = parser.parse_args().units
    with TemporaryDirectory() as folder:
        make(Path(folder), units)
        for name in FORMATS:
            program = READ.format(name=name, scenario=str(Path(folder) / f"{name}.toml"))
            subprocess.run([sys.executable, "-c", program], check=True)


if __name__ == "__main__":
    main()
