"""Public instances at their published best values, through tables of the user's own.

Capacitated p-median: the first problem of pmedcap1 of the OR-Library (Beasley 1990; MIT licence), 50 places, 5 medians.
Districting with load limits and contiguity: the 77 counties of Oklahoma at the census of 2010 (U.S. Census Bureau) in
five districts of 746,519 to 754,021 people, least moment of inertia: people times the square of miles on the ellipsoid
between centres. Value, centres and borders as published with the model (A. Buchanan, Districting-Examples, D7, 2021).
"""

import argparse
import os
import re
import sys
import time
import warnings
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from pyproj import Geod
from separation import proved

from optimizer import evaluate
from scenarios.world.build import open_world
from scenarios.world.solving import run

HERE = Path(__file__).parent
FILES = HERE / "instances"
DOCUMENT = HERE.parent / "docs/instances.md"
PLACES, LOW, HIGH, DISTRICTS = 713, 746.519, 754.021, 5
INERTIA = 8_402_531_933.751296
"""Published, people times miles squared."""
METRES_PER_MILE = 1609.344
THOUSAND = 1000
PER_MINUTE = 100
"""Square miles that are written as a minute, which the tables keep to hundredths."""


def p_median(blocks: list[str]) -> str:
    """Write the tables and the scenario of the p-median instance, by the script of the document."""
    sys.argv = ["script", str(FILES / "pmedcap-1.txt")]
    exec(compile(blocks[0], "script", "exec"), {})  # noqa: S102  the document's own lines
    return changed(blocks[1], offices=5, max_office_need_fte=120)


def districting(blocks: list[str]) -> str:
    """Write the tables and the scenario of Oklahoma."""
    units = pd.read_csv(FILES / "oklahoma.csv", sep=";", index_col="id")
    thousands = units["population"] / THOUSAND
    table = units[["name", "population"]].assign(
        county_id=1, planner_fte=thousands, need_fte=thousands, trips=thousands
    )
    table.to_csv("units.csv", sep=";")
    geod, places = (
        Geod(ellps="WGS84"),
        dict(zip(units.index, zip(units["lon"], units["lat"], strict=True), strict=True)),
    )
    miles = {
        pair: geod.inv(*places[pair[0]], *places[pair[1]])[2] / METRES_PER_MILE for pair in permutations(places, 2)
    }
    ways = pd.Series({pair: far**2 / PER_MINUTE for pair, far in miles.items()}, name="minutes")
    ways.rename_axis(["from", "to"]).to_csv("minutes.csv", sep=";")
    Path("neighbours.csv").write_bytes((FILES / "oklahoma-borders.csv").read_bytes())
    limits = {"offices": DISTRICTS, "min_office_fte": LOW, "max_office_need_fte": HIGH, "max_minutes": 5000}
    return changed(blocks[3], **limits)


def changed(scenario: str, **limits: float) -> str:
    """Return a scenario with other limits."""
    for name, value in limits.items():
        scenario = re.sub(rf"^{name} = \S+", f"{name} = {value}", scenario, flags=re.MULTILINE)
    return scenario


INSTANCES = {
    "p-median": (p_median, PLACES, 1.0),
    "districting": (districting, INERTIA, THOUSAND * PER_MINUTE),
}
"""How each is written, its published value, and that of a minute in it."""


def main() -> None:
    """Solve those that are asked for, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(INSTANCES))
    parser.add_argument("--cuts", action="store_true", help="by the rounds of separation.py, not by the engine")
    parser.add_argument("--seconds", type=float, default=900)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    blocks = re.findall(r"```(?:python|toml)\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    for name in asked.names:
        write, published, worth = INSTANCES[name]
        with TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("asked.toml").write_text(write(blocks), encoding="utf-8")
            world = open_world("asked.toml", overrides=[f"solver.time_limit={asked.seconds}"])
            begun = time.process_time()
            plan = proved(world.problem) if asked.cuts else run(world).result.grouping
        found = "no plan" if plan is None else f"{evaluate(world.problem, plan).objective * worth:,.0f}"
        print(f"{name}: {found}, published {published:,.0f}; {time.process_time() - begun:.0f} s of processor time")


if __name__ == "__main__":
    main()
