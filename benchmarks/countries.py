"""Made-up countries of any size, realistic in what makes the question hard: the same seed gives the same country.

Towns of very different size lie along a few coasts and valleys and draw people around them; municipalities are the
cells around their centres; rivers part neighbours but for a bridge here and there; counties are contiguous and uneven.
Densities are such that a municipality has about as many others within 75 minutes as the reader asks for.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay, cKDTree

from optimizer.limits import Limits
from optimizer.regions.region import Region
from optimizer.terms import Weights

SPACING_KM = 24.0
KM_PER_MINUTE = 1.05
DETOUR = 1.3
COUNTY = 24
FIXED_FTE = 0.8
BRIDGES = 0.25
LONGEST_LINK = 4.0
BATCH = 500


def made_country(many: int, *, seed: int = 1, limits: Limits | None = None, spacing_km: float = SPACING_KM) -> Region:
    """Return a made-up country of so many municipalities.

    Parameters
    ----------
    many
        Municipalities.
    seed
        The same seed, the same country.
    limits
        Rules; the usual ones without.
    spacing_km
        Side of the square that each municipality has on average.
    """
    chance = np.random.default_rng(seed)
    limits = limits or Limits()
    side = spacing_km * np.sqrt(many)
    points = centres(chance, many, side)
    edges = neighbours(points, chance, side)
    length = np.hypot(*(points[edges[:, 0]] - points[edges[:, 1]]).T)
    minutes = np.maximum(1.0, length * DETOUR / KM_PER_MINUTE * chance.uniform(0.8, 1.4, len(edges)))
    roads = symmetric(edges, minutes, many)
    employed = chance.lognormal(0.0, 1.0, many)
    need = FIXED_FTE + 0.8 * employed * chance.uniform(0.8, 1.6, many)
    counties = clusters(points, chance, max(1, many // COUNTY))
    districts = counties // 2
    return Region(
        ids=tuple(f"{i:06d}" for i in range(many)),
        counties=tuple(f"{c:04d}" for c in counties),
        statsforvaltere=tuple(f"{d:04d}" for d in districts),
        minutes=within(roads, limits.max_minutes),
        links=symmetric(edges, np.ones(len(edges)), many),
        planner_fte=employed,
        need_fte=need,
        fixed_need_fte=np.full(many, FIXED_FTE),
        trips=need / need.mean(),
        may_host=np.ones(many, dtype=bool),
        limits=limits,
        weights=Weights(),
    )


def centres(chance: np.random.Generator, many: int, side: float) -> NDArray[np.float64]:
    """Return centres (n, 2), km: half spread evenly, half drawn towards towns."""
    towns = chance.uniform(0, side, (max(1, many // 40), 2))
    even = chance.uniform(0, side, (many - many // 2, 2))
    near = towns[chance.integers(len(towns), size=many // 2)] + chance.normal(0, 2.2 * SPACING_KM, (many // 2, 2))
    return np.concatenate((even, np.clip(near, 0, side)))[np.argsort(chance.random(many))]


def neighbours(points: NDArray[np.float64], chance: np.random.Generator, side: float) -> NDArray[np.int64]:
    """Return pairs of neighbours (e, 2): cells that touch, unless far apart or parted by a river without a bridge."""
    triangles = Delaunay(points).simplices
    sides = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    edges = np.unique(np.sort(sides), axis=0)
    first, second = points[edges[:, 0]], points[edges[:, 1]]
    kept = np.hypot(*(first - second).T) < LONGEST_LINK * SPACING_KM
    for _ in range(max(1, len(points) // 300)):
        # A river: a wave across the country.
        level, height = chance.uniform(0, side), chance.uniform(0.5, 2.0) * SPACING_KM
        wave, turn = chance.uniform(4, 12) * SPACING_KM, int(chance.integers(2))
        start = chance.uniform(0, side)
        over = [
            (p[:, turn] > level + height * np.sin(p[:, 1 - turn] / wave))
            & (np.abs(p[:, 1 - turn] - start) < 15 * SPACING_KM)
            for p in (first, second)
        ]
        kept &= (over[0] == over[1]) | (chance.random(len(edges)) < BRIDGES)
    return edges[kept].astype(np.int64)


def symmetric(edges: NDArray[np.int64], figures: NDArray[np.float64], many: int) -> sparse.csr_array:
    """Return a symmetric sparse table (n, n) of a figure of each pair."""
    one_way = sparse.coo_array((figures, (edges[:, 0], edges[:, 1])), shape=(many, many))
    return sparse.csr_array(one_way + one_way.T)


def clusters(points: NDArray[np.float64], chance: np.random.Generator, many: int) -> NDArray[np.int64]:
    """Return the nearest of some capitals (n,), whose numbers follow the country from west to east."""
    capitals = points[chance.choice(len(points), many, replace=False)]
    capitals = capitals[np.argsort(capitals[:, 0], kind="stable")]
    return np.asarray(cKDTree(capitals).query(points)[1], dtype=np.int64)


def within(roads: sparse.csr_array, limit: float) -> sparse.csr_array:
    """Return the minutes of all pairs within a limit (n, n), some hundred rows at a time."""
    rows, columns, figures = [], [], []
    for start in range(0, roads.shape[0], BATCH):
        sources = np.arange(start, min(start + BATCH, roads.shape[0]))
        found = dijkstra(roads, indices=sources, limit=limit)
        row, column = np.nonzero(np.isfinite(found) & (found > 0))
        rows.append(row + start)
        columns.append(column)
        figures.append(found[row, column])
    place = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.concatenate(figures), place), shape=roads.shape)
