"""Arrangements that exist or existed: who shares a planning office, a regional council, a region."""

from dataclasses import dataclass

import pandas as pd

from geodata import editions, municipalities
from geodata.faults import DataError, DataFault, near

COLUMNS = (
    "group",
    "kommunenummer",
    "role",
    "status",
    "year_from",
    "year_to",
    "source",
    "source_year",
    "note",
    "note_nb",
)
"""``note`` is English, ``note_nb`` the same for readers of Norwegian."""

ROLES = ("host", "member")

STATUSES = {
    "active": "the group's own page or a public advert shows it at work",
    "reported": "was at work in the year of the source; its present state was not found",
    "planned": "was planned in the year of the source; whether it came was not found",
    "studied": "was studied; whether it came was not found",
    "uncertain": "there is a cooperation; whether it has an office was not found",
    "closed": "ended in year_to",
    "sourced": "membership from the source",
    "unverified": "membership from general knowledge, not checked",
    "published": "from a published classification",
}
"""Every status with its meaning, the best documented first."""

EXISTING = ("active", "reported")


@dataclass(frozen=True)
class Reference:
    """One set of groups to compare with.

    Attributes
    ----------
    name : str
        For the command line.
    title, title_en : str
        In Norwegian and in English, for people.
    file : str
        Below ``data/references``; empty for the economic regions, which stand in the table of municipalities.
    statuses : tuple of str
        Which rows of the file are part of it.
    """

    name: str
    title: str
    title_en: str
    file: str
    statuses: tuple[str, ...]


_REFERENCES = {
    one.name: one
    for one in (
        Reference(
            "eksisterende",
            "Felles plankontor som finnes i dag",
            "Shared planning offices of today",
            "shared-offices.csv",
            EXISTING,
        ),
        Reference(
            "eksisterende-og-planlagte",
            "Felles plankontor som finnes, er planlagt, utredet eller usikre",
            "Shared planning offices that exist, are planned, studied or uncertain",
            "shared-offices.csv",
            (*EXISTING, "planned", "studied", "uncertain"),
        ),
        Reference(
            "historiske",
            "Felles plankontor som er nedlagt",
            "Shared planning offices that were closed",
            "shared-offices.csv",
            ("closed",),
        ),
        Reference("regionraad", "Regionråd", "Regional councils", "regional-councils.csv", ("sourced", "unverified")),
        Reference(
            "okonomiske-regioner",
            "Økonomiske regioner (SSB)",
            "Economic regions (Statistics Norway)",
            "",
            ("published",),
        ),
        Reference(
            "ba-regioner",
            "Bo- og arbeidsmarkedsregioner",
            "Labour-market regions",
            "labour-market-regions.csv",
            ("published",),
        ),
    )
}


def names() -> tuple[str, ...]:
    """Return the names of the references."""
    return tuple(_REFERENCES)


def get(name: str) -> Reference:
    """Return what a reference is.

    Raises
    ------
    DataError
        If there is none of this name.
    """
    if name not in _REFERENCES:
        hint = near(name, _REFERENCES) or f"known are {', '.join(_REFERENCES)}"
        raise DataError([DataFault("reference", f"there is no reference {name!r}", hint)])
    return _REFERENCES[name]


def load(name: str, edition: str = editions.DEFAULT_EDITION) -> pd.DataFrame:
    """Load the groups of a reference.

    Parameters
    ----------
    name : str
        One of `names`.
    edition : str
        Whose numbers to use; those of 2020 come through the correspondence.

    Returns
    -------
    pandas.DataFrame
        Text columns `COLUMNS`, in the order of the file. A municipality stands once in a group, but may be in
        several groups. Years are empty where the source has none.

    Raises
    ------
    DataError
        If there is no such reference or edition.
    """
    reference = get(name)
    if edition == editions.OWN:
        what = f"{name!r} is about the municipalities of Norway, and these are others"
        raise DataError([DataFault("reference", what, "give a table of your own with id and host")])
    known = editions.get(edition)
    table = _read(reference.file) if reference.file else _economic_regions()
    table = table[table["status"].isin(reference.statuses)]
    if known.name != editions.DEFAULT_EDITION:
        numbers = municipalities.correspondence().set_index("kommunenummer_2024")[f"kommunenummer_{known.name}"]
        table = table.assign(kommunenummer=table["kommunenummer"].map(numbers))
        # Two of 2024 may have been one then; who is host stays host.
        table = table.sort_values("role", kind="stable").drop_duplicates(["group", "kommunenummer"]).sort_index()
    return table.reset_index(drop=True)


def _read(file: str) -> pd.DataFrame:
    table = pd.read_csv(editions.DATA / "references" / file, dtype=str, keep_default_na=False)
    return table.reindex(columns=list(COLUMNS), fill_value="")


def _economic_regions() -> pd.DataFrame:
    """Return the economic regions of the table of municipalities as a reference."""
    regions = municipalities.economic_regions(editions.DEFAULT_EDITION)
    table = pd.DataFrame({"group": list(regions.values()), "kommunenummer": list(regions)})
    same = dict.fromkeys(("year_from", "year_to", "note", "note_nb"), "") | {"role": "member", "status": "published"}
    table = table.assign(**same, source="Statistics Norway (SSB), Klass 108", source_year="2024")
    return table[list(COLUMNS)]
