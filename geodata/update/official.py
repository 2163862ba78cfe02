"""What can be updated, from where, and what changed since the edition that is in use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geodata.faults import DownloadError
from geodata.update import formats
from geodata.update.fetching import Fetched, Patience, fetch, session
from geodata.update.formats import FormatError

SSB: Final = "https://data.ssb.no"
GEONORGE: Final = "https://nedlasting.geonorge.no"
LICENCE: Final = "CC BY 4.0"
SEEN_KM2: Final = 5.0
"""Area that another municipality has by now, from which on a border is said to have moved: the simpler lines of the
embedded boundaries differ by less."""


@dataclass(frozen=True)
class Topic:
    """Something that can be updated.

    Attributes
    ----------
    server, path : str
        Its address; ``{year}`` is the year of the municipalities.
    file : str
        What the download is called.
    owner : str
        Whom to name.
    read : callable
        Reads the download, and refuses what is something else.
    """

    server: str
    path: str
    file: str
    owner: str
    read: Callable[[Path], Any]


TOPICS: Final[Mapping[str, Topic]] = MappingProxyType(
    {
        "boundaries": Topic(
            GEONORGE,
            "/geonorge/Basisdata/Kommuner/GeoJSON/Basisdata_0000_Norge_25833_Kommuner_GeoJSON.zip",
            "boundaries.zip",
            "© Kartverket",
            formats.read_boundaries,
        ),
        "population": Topic(
            SSB,
            "/api/pxwebapi/v2/tables/07459/data?lang=no&outputFormat=json-stat2&valueCodes[Region]=*"
            "&codelist[Region]=agg_KommGjeldende&valueCodes[ContentsCode]=Personer1&valueCodes[Tid]=top(1)",
            "population.json",
            "Statistics Norway (SSB), table 07459",
            formats.read_population,
        ),
        "centrality": Topic(
            SSB,
            "/api/klass/v1/classifications/131/correspondsAt.json?targetClassificationId=128&date={year}-01-01",
            "centrality.json",
            "Statistics Norway (SSB), Klass 128",
            formats.read_centrality,
        ),
        "kostra": Topic(
            SSB,
            "/api/pxwebapi/v2/tables/14304/data?lang=no&outputFormat=json-stat2&valueCodes[KOKkommuneregion0000]=*"
            "&valueCodes[ContentsCode]=*&valueCodes[Tid]=top(1)",
            "kostra.json",
            "Statistics Norway (SSB), KOSTRA table 14304",
            formats.read_statistics,
        ),
    }
)
"""By the name that people give."""


@dataclass(frozen=True)
class Update:
    """One topic as it was downloaded and read.

    Attributes
    ----------
    topic : str
        Key of `TOPICS`.
    fetched : Fetched
        The download.
    content : object
        What its reader made of it.
    """

    topic: str
    fetched: Fetched
    content: Any

    @property
    def record(self) -> dict[str, Any]:
        """Where it is from, when, under which licence, and its checksum."""
        fetched = self.fetched
        return {
            "source": TOPICS[self.topic].owner,
            "url": fetched.url,
            "date": fetched.date,
            "licence": LICENCE,
            "bytes": fetched.bytes,
            "sha256": fetched.sha256,
        }


@dataclass(frozen=True)
class Differences:
    """What official data have otherwise than the edition in use.

    Attributes
    ----------
    came, went : tuple of str
        Numbers of municipalities that only they, or only the edition has.
    moved_km2 : dict of str to float
        Land of a municipality of the edition that is another one's by now, from `SEEN_KM2` on.
    population : dict of str to tuple of int
        Inhabitants before and now, of those who changed.
    centrality : dict of str to tuple of int
        Classes before and now, of those that changed.
    """

    came: tuple[str, ...]
    went: tuple[str, ...]
    moved_km2: dict[str, float]
    population: dict[str, tuple[int, int]]
    centrality: dict[str, tuple[int, int]]


def download(
    topics: Iterable[str], folder: Path, year: str, *, mirror: str = "", patience: Patience | None = None
) -> tuple[list[Update], list[DownloadError]]:
    """Download topics and read them; of those that fail, the faults.

    Parameters
    ----------
    topics : iterable of str
        Keys of `TOPICS`.
    folder : Path
        For the downloads; what is there and still the same is not taken again, what is there in part is gone on with.
    year : str
        Of the municipalities, for centrality.
    mirror : str
        Another server with the same paths; empty for the official ones.
    patience : Patience, optional
        How long to wait, how much to take.
    """
    patience = patience or Patience()
    folder.mkdir(parents=True, exist_ok=True)
    found, faults = [], []
    with session(patience) as made:
        for name in topics:
            topic = TOPICS[name]
            url = (mirror.rstrip("/") or topic.server) + topic.path.replace("{year}", year)
            try:
                fetched = fetch(made, url, folder / topic.file, patience)
                found.append(Update(name, fetched, topic.read(fetched.path)))
            except DownloadError as fault:
                faults.append(fault)
            except FormatError as fault:
                (folder / topic.file).unlink()  # the next time it is taken again
                faults.append(DownloadError(url, f"not what was expected: {fault}"))
    return found, faults


def figures(updates: Iterable[Update]) -> pd.DataFrame:
    """Return inhabitants and centrality by ``kommunenummer``, as far as they were downloaded; may have no column."""
    tables = [update.content for update in updates if update.topic in {"population", "centrality"}]
    return pd.concat(tables, axis=1).sort_index().rename_axis("kommunenummer") if tables else pd.DataFrame()


def differences(edition: gpd.GeoDataFrame, updates: Iterable[Update]) -> Differences:
    """Return what downloads have otherwise than an edition, as from `geodata.municipalities.load`."""
    content = {update.topic: update.content for update in updates}
    numbers = [set(content[name].index) for name in ("boundaries", "population", "centrality") if name in content]
    now = set.union(*numbers) if numbers else set(edition.index)
    of_people, of_class = content.get("population"), content.get("centrality")
    return Differences(
        came=tuple(sorted(now - set(edition.index))),
        went=tuple(sorted(set(edition.index) - now)),
        moved_km2=_moved(edition, content["boundaries"]) if "boundaries" in content else {},
        population={} if of_people is None else _changed(edition["population"], of_people["population"]),
        centrality={} if of_class is None else _changed(edition["centrality_class"], of_class),
    )


def _changed(before: "pd.Series[int]", now: "pd.Series[int]") -> dict[str, tuple[int, int]]:
    both = pd.DataFrame({"before": before, "now": now}).dropna().astype(int)
    differ = both[both["before"] != both["now"]]
    return {str(id_): (int(row["before"]), int(row["now"])) for id_, row in differ.iterrows()}


def _moved(edition: gpd.GeoDataFrame, now: gpd.GeoDataFrame) -> dict[str, float]:
    """Return the km² of each municipality of the edition that lie in other municipalities by now."""
    found = {}
    both = edition.index.intersection(now.index)
    for id_ in both:
        outside = edition.geometry[id_].difference(now.geometry[id_].buffer(0))
        if outside.area / 1e6 >= SEEN_KM2:
            others = now.geometry[now.geometry.intersects(outside) & (now.index != id_)]
            taken = float(others.intersection(outside).area.sum()) / 1e6
            if taken >= SEEN_KM2:
                found[str(id_)] = taken
    return found
