"""Part a region into compact blocks, and leave out what is far away from them."""

import numpy as np
from scipy.sparse.csgraph import connected_components, dijkstra

from optimizer.regions.region import Places, Region

MOST_FACTOR = 1.6
"""A block of more than so many times the wanted size is parted again."""


def blocks(region: Region, size: int, chance: np.random.Generator) -> list[Places]:
    """Return disjoint blocks that hold every municipality once, each ascending.

    Some municipalities drawn by chance gather all that are nearer to them than to the others (by minutes): another draw
    gives other borders. Components that nobody can leave are gathered into blocks of about the size.

    Parameters
    ----------
    region
        The region.
    size
        Wanted number of municipalities in a block.
    chance
        Draws the centres.
    """
    _, component = connected_components(region.within, directed=False)
    sizes = np.bincount(component)
    found: list[Places] = []
    together: list[Places] = []
    for number in np.argsort(-sizes, kind="stable"):
        places = np.flatnonzero(component == number) if sizes[number] > 1 else None
        if places is None:
            break
        if len(places) > MOST_FACTOR * size:
            found += parted(region, places, size, chance)
        else:
            together.append(places)
    together += list(np.flatnonzero(sizes[component] == 1)[:, None])
    return found + gathered(together, size)


def gathered(parts: list[Places], size: int) -> list[Places]:
    """Return small parts in blocks of at most about the size."""
    found: list[Places] = []
    waiting: list[Places] = []
    for part in parts:
        if waiting and sum(map(len, waiting)) + len(part) > size:
            found.append(np.sort(np.concatenate(waiting)))
            waiting = []
        waiting.append(part)
    return [*found, np.sort(np.concatenate(waiting))] if waiting else found


def parted(region: Region, places: Places, size: int, chance: np.random.Generator) -> list[Places]:
    """Return the parts of connected municipalities, each around a centre drawn by chance."""
    many = max(2, round(len(places) / size))
    centres = chance.choice(len(places), many, replace=False)
    ways = region.minutes[places][:, places]
    _, _, nearest = dijkstra(ways, indices=centres, directed=False, min_only=True, return_predecessors=True)
    found: list[Places] = []
    for centre in centres:
        part = places[nearest == centre]
        found += parted(region, part, size, chance) if len(part) > MOST_FACTOR * size else [part]
    return found
