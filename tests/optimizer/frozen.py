"""The frozen national plan and its golden figures; `golden/README.md` says where they come from."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from optimizer.engines.columns.kroner import KronerColumns, kroner_columns
from optimizer.engines.listing import find_groups
from optimizer.judging.kroner.office_game import OfficeGames
from optimizer.money import KronerPrices, Money
from optimizer.problem import UNREACHABLE, Limits, Problem, Weights
from optimizer.sharing.game import Game

FOLDER = Path(__file__).parent / "golden"


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the files."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def national() -> Problem:
    """Return the national problem of version 0.1.0, its rules and prices; minutes above 180 count as out of reach."""
    rows = table("municipalities")
    ids = tuple(row["kommunenummer"] for row in rows)
    at = {id_: i for i, id_ in enumerate(ids)}
    minutes = np.full((len(ids), len(ids)), UNREACHABLE)
    links = np.zeros((len(ids), len(ids)), dtype=bool)
    np.fill_diagonal(minutes, 0.0)
    for row in table("minutes"):
        a, b = at[row["a"]], at[row["b"]]
        minutes[a, b] = minutes[b, a] = float(row["minutes"])
    for row in table("links"):
        a, b = at[row["a"]], at[row["b"]]
        links[a, b] = links[b, a] = True
    takes_part = np.array([row["takes_part"] == "1" for row in rows])
    return Problem(
        ids=ids,
        names=tuple(row["name"] for row in rows),
        counties=tuple(row["county_number"] for row in rows),
        statsforvaltere=tuple(row["statsforvalter"] for row in rows),
        minutes=minutes,
        links=links,
        planner_fte=np.array([float(row["planner_fte"]) for row in rows]),
        need_fte=np.array([float(row["need_fte"]) for row in rows]),
        fixed_need_fte=np.full(len(ids), 0.8),
        trips=np.ones(len(ids)),
        takes_part=takes_part,
        may_host=takes_part,
        limits=Limits(min_host_share=0.0),
        weights=Weights(missing_fte=60.0),
    )


@cache
def flat_money(**prices: float) -> Money:
    """Return the default prices, or others, with one price of an årsverk everywhere."""
    return Money.flat(KronerPrices(**prices), len(national().ids))


@cache
def figures() -> dict[str, dict[str, float]]:
    """Return inhabitants and need by municipality."""
    inhabitants = {row["kommunenummer"]: float(row["population"]) for row in table("municipalities")}
    return {"inhabitants": inhabitants, "need": dict(zip(national().ids, national().need_fte.tolist(), strict=True))}


@cache
def offices() -> dict[str, tuple[str, ...]]:
    """Return the members of each of the 78 shared offices by host."""
    return {row["host"]: tuple(row["members"].split()) for row in table("offices")}


@cache
def host_of() -> dict[str, str]:
    """Return the host of each of the 277 municipalities in the plan."""
    ids = [id_ for id_, active in zip(national().ids, national().active, strict=True) if active]
    return {id_: id_ for id_ in ids} | {id_: host for host, members in offices().items() for id_ in members}


@cache
def columns() -> KronerColumns:
    """Return every office that there could be, at the default prices."""
    return kroner_columns(national(), flat_money(), find_groups(national()))


@cache
def games() -> dict[str, Game]:
    """Return the game of each shared office, at the default prices."""
    made = OfficeGames(national(), flat_money())
    return {host: made.of(host, members) for host, members in offices().items()}
