"""Check an embedded edition: every promise of ``data/DATA.md`` that a program can judge."""

from collections.abc import Callable

import networkx as nx
import shapely

from geodata import editions, employer_tax, municipalities, neighbours, network, references
from geodata.making.loaded import Check, Loaded
from geodata.making.road_checks import ROAD_CHECKS
from geodata.models import link_faults, municipality_faults
from geodata.schema import MUNICIPALITY_COLUMNS

CENTRE_TOLERANCE_M = 310.0
"""A simplified coast may leave a centre this far outside its polygon."""

AREA_SHARE = (0.995, 1.005)
"""Sum of the polygons' areas against the sum of official areas."""

OWN_AREA_SHARE = (0.85, 1.03)
"""Area of each polygon against the official area of its municipality."""

SKERRIES = {"1835": 0.46, "1144": 0.54, "1856": 0.59, "1818": 0.60, "4633": 0.78, "1815": 0.80, "5014": 0.81}
"""Træna, Kvitsøy, Røst, Herøy (Nordland), Fedje, Vega, Frøya: islets that the source leaves out are much of the
official area. The share that their polygons have at least."""


def check(edition: str = editions.DEFAULT_EDITION) -> list[Check]:
    """Check an embedded edition.

    Parameters
    ----------
    edition : str
        ``"2024"`` or ``"2020"``.

    Returns
    -------
    list of Check
        Always all of them, in a fixed order. If a file has changed since it was made and cannot be read
        any more, only the checksums and the reason.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    known = editions.get(edition)
    first = _checksums()
    try:
        table, graph = municipalities.load(edition), network.load(edition)
        loaded = Loaded(known, table, graph, neighbours.find(graph, table))
    except Exception as error:  # noqa: BLE001 - a damaged file can fail in any way; the verdict is the same
        return [first, Check("files can be read", ok=False, figures=f"{type(error).__name__}: {error}")]
    return [first, *(one(loaded) for one in CHECKS)]


def _checksums() -> Check:
    """Compare each data file with the checksum written when it was made."""
    wrong = editions.changed(editions.DATA)
    figures = f"changed or missing: {', '.join(wrong)}" if wrong else f"{len(editions.FILES)} files as they were made"
    return Check("file checksums", not wrong, figures)


def _counts(loaded: Loaded) -> Check:
    found = (len(loaded.table), loaded.table["county_number"].nunique())
    expected = (loaded.edition.municipalities, loaded.edition.counties)
    return _compare("municipalities and counties", found, expected)


def _classes(loaded: Loaded) -> Check:
    counts = loaded.table["centrality_class"].value_counts()
    found = tuple(int(counts.get(number, 0)) for number in range(1, 7))
    return _compare("municipalities of centrality class 1 to 6", found, loaded.edition.classes)


def _population(loaded: Loaded) -> Check:
    years = sorted(set(loaded.table["population_year"].tolist()))
    found = (int(loaded.table["population"].sum()), *years)
    return _compare("population and its year", found, (loaded.edition.population, loaded.edition.population_year))


def _columns(loaded: Loaded) -> Check:
    """Judge all tables by their schema."""
    wrong = municipality_faults(loaded.table) + link_faults(loaded.links)
    figures = "; ".join(wrong) or f"{len(MUNICIPALITY_COLUMNS)} columns of municipalities, links too"
    return Check("columns complete and in range", not wrong, figures)


def _coverage(loaded: Loaded) -> Check:
    shapes = loaded.table.geometry.to_numpy()
    broken = int((~shapely.is_valid(shapes)).sum())
    edges = int((~shapely.is_empty(shapely.coverage_invalid_edges(shapes))).sum())
    points = int(shapely.get_num_coordinates(shapes).sum())
    figures = f"{points} points, {broken} invalid polygons, {edges} with borders that disagree"
    return Check("polygons are a valid coverage", not (broken or edges), figures)


def _areas(loaded: Loaded) -> Check:
    """Compare the polygons with the official areas, in all and one by one."""
    area, official = loaded.table.geometry.area / 1e6, loaded.table["total_area_km2"]
    whole, share = area.sum() / official.sum(), area / official
    least = share.index.map(SKERRIES).fillna(OWN_AREA_SHARE[0])
    wrong = share.index[(share < least) | (share > OWN_AREA_SHARE[1])]
    off = "; ".join(f"{number} {loaded.table.at[number, 'name_norwegian']} {share[number]:.2f}" for number in wrong)
    figures = f"{whole:.3f} of the official area, each {share.min():.2f} to {share.max():.2f}" + (off and f": {off}")
    return Check("area of the polygons", bool(AREA_SHARE[0] <= whole <= AREA_SHARE[1] and not len(wrong)), figures)


def _centres(loaded: Loaded) -> Check:
    apart = loaded.table.geometry.distance(loaded.table["centre"])
    outside = int((apart > 0).sum())
    figures = f"{outside} outside after simplification, the farthest by {apart.max():.0f} m"
    return Check("centres in their polygons", bool(apart.max() <= CENTRE_TOLERANCE_M), figures)


def _graph(loaded: Loaded) -> Check:
    """Every centre is in the graph, and each can be reached from each all year."""
    open_all_year = network.change(loaded.graph)
    centres = {network.centre_node(number) for number in loaded.table.index}
    largest = max(nx.connected_components(open_all_year), key=len)
    lost = sorted(centres - largest)
    figures = f"{open_all_year.number_of_nodes()} nodes, {open_all_year.number_of_edges()} edges"
    if lost:
        figures += f"; not connected: {', '.join(lost)}"
    return Check("graph connects all centres", not lost, figures)


def _references(loaded: Loaded) -> Check:
    """Every reference speaks of municipalities of this edition, each once in a group, with at most one host."""
    wrong, rows = [], 0
    for name in references.names():
        table = references.load(name, loaded.edition.name)
        rows += len(table)
        strangers = set(table["kommunenummer"]) - set(loaded.table.index)
        twice = table.duplicated(["group", "kommunenummer"]).any()
        hosts = table[table["role"] == "host"].groupby("group").size()
        words = set(table["role"]) <= set(references.ROLES) and set(table["status"]) <= set(references.STATUSES)
        unnamed = (table[["group", "source"]] == "").any(axis=None)
        if strangers or twice or (hosts > 1).any() or not words or unnamed:
            wrong.append(name)
    figures = f"wrong: {', '.join(wrong)}" if wrong else f"{len(references.names())} references, {rows} rows"
    return Check("references name municipalities once, with a source", not wrong, figures)


def _employer_tax(loaded: Loaded) -> Check:
    """Every municipality of an edition that has zones of the employer tax has one, with a known rate."""
    name = "employer tax zone of every municipality"
    if loaded.edition.name not in employer_tax.EDITIONS:
        return Check(name, ok=True, figures="this edition has none")
    table = employer_tax.load(loaded.edition.name)
    rates = {*table["zone"], *(zone for cell in table["other_zones"] for zone in cell.split())}
    sound = list(table.index) == sorted(loaded.table.index) and rates <= employer_tax.RATES.keys()
    several = int((table["other_zones"] != "").sum())
    return Check(name, ok=sound, figures=f"{len(table)} rows, {several} with several zones")


CHECKS: tuple[Callable[[Loaded], Check], ...] = (
    _counts,
    _classes,
    _population,
    _columns,
    _coverage,
    _areas,
    _centres,
    _graph,
    *ROAD_CHECKS,
    _references,
    _employer_tax,
)


def _compare(name: str, found: tuple[int, ...], expected: tuple[int, ...]) -> Check:
    figures = "/".join(str(number) for number in found)
    if found != expected:
        figures += f", expected {'/'.join(str(number) for number in expected)}"
    return Check(name, found == expected, figures)
