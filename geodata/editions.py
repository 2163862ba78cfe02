"""The embedded editions: what is in them, from where, under which licence."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.faults import DataError, DataFault, near

DATA = Path(__file__).parent / "data"

EDITIONS = ("2024", "2020")
DEFAULT_EDITION = "2024"
OWN = "own"
"""Name of the edition whose municipalities are the user's: nothing of it is embedded."""

FILES = (
    "boundaries-2020.fgb",
    "boundaries-2024.fgb",
    "correspondence.csv",
    "employer-tax-zones-2024.csv",
    "journeys-held-out.csv",
    "links-2020.csv",
    "links-2024.csv",
    "links_manual.csv",
    "minutes-2020.npy",
    "minutes-2024.npy",
    "municipalities-2020.csv",
    "municipalities-2024.csv",
    "numbers-2018.csv",
    "references/labour-market-regions.csv",
    "references/regional-councils.csv",
    "references/shared-offices.csv",
    "road-edges.csv",
    "road-nodes.csv",
    "slow-pairs.csv",
)
"""Every data file, in the order of `CHECKSUMS`."""
CHECKSUMS = "checksums.txt"
"""The SHA-256 of each data file, as the programs of the preparation left it."""


@dataclass(frozen=True)
class Credit:
    """One source to be named wherever its data is shown.

    Attributes
    ----------
    text : str
        The attribution, as the owner asks for it.
    licence : str
        Name of the licence.
    url : str
        Home page of the owner.
    what : str
        What was taken from there.
    """

    text: str
    licence: str
    url: str
    what: str


@dataclass(frozen=True)
class Edition:
    """What an embedded edition holds.

    Attributes
    ----------
    name : str
        ``"2024"`` or ``"2020"``: the municipalities as of 1 January of that year.
    title : str
        For headings.
    municipalities, counties : int
        How many there are.
    classes : tuple of int, shape (6,)
        Municipalities in each centrality class, 1 to 6.
    population_year : int
        Population is counted on 1 January of this year.
    population : int
        Sum over all municipalities.
    centrality : str
        Which version of the centrality index.
    credits : tuple of Credit
        Sources to name.
    """

    name: str
    title: str
    municipalities: int
    counties: int
    classes: tuple[int, int, int, int, int, int]
    population_year: int
    population: int
    centrality: str
    credits: tuple[Credit, ...]


ROADS = "roads and ferries"
OPENSTREETMAP = "osm"
"""Where an edge of the road and ferry graph is from, if it was read from an extract of it."""
CREDITS = (
    Credit("© Kartverket", "CC BY 4.0", "https://www.kartverket.no", "boundaries, names"),
    Credit(
        "Statistics Norway (SSB)",
        "CC BY 4.0",
        "https://www.ssb.no",
        "population, areas, centrality, KOSTRA groups, economic regions",
    ),
    Credit(
        "Contains EuroGeographics data (EuroGlobalMap 9.0)",
        "open data of EuroGeographics, reuse with source and date named (2016)",
        "https://www.mapsforeurope.org",
        ROADS,
    ),
    Credit("GeoNames", "CC BY 4.0", "https://www.geonames.org", "positions of administrative centres"),
)

OSM_CREDIT = Credit("© OpenStreetMap contributors", "ODbL 1.0", "https://www.openstreetmap.org/copyright", ROADS)

_EDITIONS = {
    "2024": Edition(
        name="2024",
        title="Municipalities of Norway from 1 January 2024",
        municipalities=357,
        counties=15,
        classes=(5, 21, 54, 65, 104, 108),
        population_year=2026,
        population=5_627_400,
        centrality="SSB, update for the municipalities of 2024",
        credits=CREDITS,
    ),
    "2020": Edition(
        name="2020",
        title="Municipalities of Norway from 1 January 2020",
        municipalities=356,
        counties=11,
        classes=(6, 19, 51, 71, 96, 113),
        population_year=2020,
        population=5_367_580,
        centrality="SSB, Notater 2020/4",
        credits=CREDITS,
    ),
}


def get(name: str) -> Edition:
    """Return what is known about an edition.

    Raises
    ------
    DataError
        If there is no such edition.
    """
    if not isinstance(name, str) or name not in _EDITIONS:
        hint = near(f"{name}", EDITIONS) or f"choose one of {', '.join(EDITIONS)}"
        raise DataError([DataFault("edition", f"there is no edition {name!r}", hint)])
    return _EDITIONS[name]


def credits_of(name: str, roads: str = "") -> tuple[Credit, ...]:
    """Return the sources to name in an edition.

    Parameters
    ----------
    name : str
        With `OWN` nothing of ours is used.
    roads : str
        Empty for the embedded ones; of the user's own `OPENSTREETMAP`, or anything else.
    """
    ours = () if name == OWN else get(name).credits
    if roads:
        ours = tuple(credit for credit in ours if credit.what != ROADS)
    return (*ours, OSM_CREDIT) if roads == OPENSTREETMAP else ours


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(folder: Path) -> tuple[str, ...]:
    """Return the data files that are not as they were when their checksums were written, or are missing."""
    written = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return tuple(
        name for name in FILES if not (folder / name).is_file() or f"{digest(folder / name)}  {name}" not in written
    )


def refuse_changed() -> None:
    """Refuse embedded data that somebody changed: whoever has the same version would find another plan.

    Raises
    ------
    DataError
        With each file that is changed or missing.
    """
    hint = "install plankontor anew; figures of your own go into a table: plankontor data template"
    faults = [DataFault(str(DATA / name), "is not as it came with plankontor", hint) for name in _changed(DATA)]
    if faults:
        raise DataError(faults)


@cache
def _changed(folder: Path) -> tuple[str, ...]:
    """Return the same, read once, as the files themselves are."""
    return changed(folder)
