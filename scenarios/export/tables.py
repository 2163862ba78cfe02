"""The tables of the run folder: what the optimiser saw, and what came out of it."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from geodata.schema import PLANNER_RANGE
from optimizer.grouping import Grouping
from optimizer.judging.evaluate import Evaluation, OfficeRow
from optimizer.judging.ranges import crosses_least, crosses_most
from optimizer.problem import Bools, Floats, Limits, Pins, Problem, Weights
from scenarios.export.csv_files import CsvTable, Row, read_csv, write_csv
from scenarios.world import ranges, sources, today
from scenarios.world.build import World

JOURNEY_RANGE = ("minutes_low", "minutes_high")
GROUPING_COLUMNS = (
    *("kommunenummer", "name", "county_number", "host", "host_name", "minutes"),
    *JOURNEY_RANGE,
    "borderline",
    *today.COLUMNS,
)
MUNICIPALITY_COLUMNS = (
    "kommunenummer",
    "name",
    "county_number",
    "statsforvalter",
    "population",
    "planner_fte",
    "need_fte",
    "fixed_need_fte",
    "trips",
    "takes_part",
    "may_host",
    *sources.COLUMNS,
)
LINK_COLUMNS = ("a", "b", "kind", "reason", "minutes")
OFFICE_FIGURES = tuple(item.name for item in fields(OfficeRow) if item.name not in {"host", "members"})
OFFICE_COLUMNS = (
    *("host", "host_name", "county_number", "kind", "size", "members", "member_names"),
    *OFFICE_FIGURES,
    *sources.COLUMNS,
    *PLANNER_RANGE,
    "borderline",
)

BETWEEN_NAMES = " | "
"""In a cell; some names have a comma or a dash."""


def grouping_rows(world: World, grouping: Grouping) -> Iterator[Row]:
    """Yield the rows of ``grouping.csv`` in id order, with official names; flags are 1 and 0."""
    problem, name, between = world.problem, dict(world.municipalities["name"]), ranges.of(world)
    for id_, host in grouping:
        i, h = problem.index[id_], problem.index[host]
        minutes = float(problem.minutes[i, h])
        ends = between.journey(minutes)
        crosses = crosses_most(ends, problem.limits.max_minutes)
        now = today.cells(world.scenario.edition, id_)
        yield id_, name[id_], problem.counties[i], host, name[host], minutes, *rounded(ends), int(crosses), *now


def office_rows(world: World, evaluation: Evaluation) -> Iterator[Row]:
    """Yield the rows of ``offices.csv`` in host order; a space separates members' numbers, a bar their names."""
    problem, name, between = world.problem, dict(world.municipalities["name"]), ranges.of(world)
    for office in evaluation.offices:
        ends = between.planners(problem, office.members)
        yield (
            office.host,
            name[office.host],
            problem.counties[problem.index[office.host]],
            "shared" if office.is_shared else "alone",
            len(office.members),
            " ".join(office.members),
            BETWEEN_NAMES.join(name[member] for member in office.members),
            *(round(getattr(office, figure), 6) for figure in OFFICE_FIGURES),
            *(
                BETWEEN_NAMES.join(map(sources.kept, names))
                for names in sources.of(world.municipalities, office.members).values()
            ),
            *rounded(ends),
            int(crosses_least(ends, problem.limits.min_office_fte)),
        )


def grouping_table(world: World, grouping: Grouping) -> CsvTable:
    """Return a plan as ``grouping.csv`` has it."""
    return CsvTable(GROUPING_COLUMNS, list(grouping_rows(world, grouping)))


def rounded(ends: tuple[float, float]) -> tuple[float, float]:
    """Return the ends of a range as the tables write them."""
    low, high = ends
    return round(low, 6), round(high, 6)


def write_inputs(folder: Path, world: World) -> None:
    """Write every table that the optimiser saw."""
    problem = world.problem
    links = world.links[list(LINK_COLUMNS)].itertuples(index=False)
    journeys: Iterator[Row] = ((id_, *map(float, row)) for id_, row in zip(problem.ids, problem.minutes, strict=True))
    write_csv(folder / "municipalities.csv", CsvTable(MUNICIPALITY_COLUMNS, municipality_rows(world)))
    write_csv(folder / "minutes.csv", CsvTable(("kommunenummer", *problem.ids), journeys))
    write_csv(folder / "links.csv", CsvTable(LINK_COLUMNS, (tuple(link) for link in links)))


def municipality_rows(world: World) -> Iterator[Row]:
    """Yield one row for each municipality of the problem; flags are 1 and 0."""
    problem = world.problem
    table = world.municipalities.loc[list(problem.ids)]
    origin = table[list(sources.COLUMNS)].itertuples(index=False)
    for i, (id_, people, where) in enumerate(zip(problem.ids, table["population"], origin, strict=True)):
        yield (
            id_,
            problem.names[i],
            problem.counties[i],
            problem.statsforvaltere[i],
            int(people),
            float(problem.planner_fte[i]),
            float(problem.need_fte[i]),
            float(problem.fixed_need_fte[i]),
            float(problem.trips[i]),
            int(problem.takes_part[i]),
            int(problem.may_host[i]),
            *map(sources.kept, where),
        )


def read_problem(folder: Path, *, limits: Limits, weights: Weights, pins: Pins, fixed_kept: float) -> Problem:
    """Make the problem from the tables of ``inputs/`` alone.

    Raises
    ------
    OSError, KeyError, ValueError
        If the tables are not as `write_inputs` leaves them.
    """
    rows = read_csv(folder / "municipalities.csv")
    ids = tuple(row["kommunenummer"] for row in rows)
    minutes = {row["kommunenummer"]: row for row in read_csv(folder / "minutes.csv")}
    return Problem(
        ids=ids,
        names=tuple(row["name"] for row in rows),
        counties=tuple(row["county_number"] for row in rows),
        statsforvaltere=tuple(row["statsforvalter"] for row in rows),
        minutes=np.array([[float(minutes[a][b]) for b in ids] for a in ids]),
        links=_links(folder / "links.csv", ids),
        planner_fte=_numbers(rows, "planner_fte"),
        need_fte=_numbers(rows, "need_fte"),
        fixed_need_fte=_numbers(rows, "fixed_need_fte"),
        trips=_numbers(rows, "trips"),
        takes_part=_numbers(rows, "takes_part") == 1,
        may_host=_numbers(rows, "may_host") == 1,
        fixed_kept=fixed_kept,
        limits=limits,
        weights=weights,
        pins=pins,
    )


def read_grouping(path: Path) -> Grouping:
    """Read our own ``grouping.csv``."""
    return Grouping.of({row["kommunenummer"]: row["host"] for row in read_csv(path)})


def _numbers(rows: list[dict[str, str]], column: str) -> Floats:
    """Return one column as numbers."""
    return np.array([float(row[column]) for row in rows])


def _links(path: Path, ids: Sequence[str]) -> Bools:
    """Return the symmetric matrix of neighbours."""
    position = {id_: i for i, id_ in enumerate(ids)}
    links = np.zeros((len(ids), len(ids)), dtype=bool)
    for row in read_csv(path):
        a, b = position[row["a"]], position[row["b"]]
        links[a, b] = links[b, a] = True
    return links
