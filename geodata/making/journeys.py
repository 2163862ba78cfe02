"""Minutes and neighbours of each edition on an ordinary day, kept: ``python -m geodata.making.journeys`` makes them.

They follow from the graph, the boundaries and ``links_manual.csv``; finding them takes longer than solving does.
"""

from pathlib import Path

import numpy as np

from geodata import municipalities, neighbours, network, traveltimes
from geodata.editions import DATA, EDITIONS
from geodata.making import checksums


def write(edition: str, folder: Path = DATA) -> None:
    """Write ``minutes-EDITION.npy`` and ``links-EDITION.csv`` from the embedded graph."""
    graph, table = network.load(edition), municipalities.load(edition)
    minutes = traveltimes.from_graph(graph, table.index).minutes
    np.save(folder / traveltimes.MINUTES_FILE.format(edition), traveltimes.packed(minutes))
    found = neighbours.find(graph, table)
    found.to_csv(folder / neighbours.LINKS_FILE.format(edition), index=False, lineterminator="\n")


if __name__ == "__main__":
    for one in EDITIONS:
        write(one)
    checksums.write()
