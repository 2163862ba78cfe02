"""Who works together today, from the references of the geodata, in any edition."""

import re
from functools import cache

from geodata import references
from geodata.editions import OWN
from maps.told.today import Council, Existing, Today

OFFICES, COUNCILS = "eksisterende-og-planlagte", "regionraad"
CHECKED = "sourced"
UNCHECKED = "{} (unverified)"
COLUMNS = ("existing_office", "regional_council")
BETWEEN = " | "


@cache
def load(edition: str) -> Today:
    """Return who works together today, by the numbers of an edition; nobody in one of the user's own."""
    if edition == OWN:
        return Today()
    table = references.load(OFFICES, edition)
    offices = []
    for name in dict.fromkeys(table["group"]):
        rows = table[table["group"] == name]
        first = rows.iloc[0]
        hosts = rows.loc[rows["role"] == "host", "kommunenummer"]
        offices.append(
            Existing(
                name=str(name),
                host="" if hosts.empty else str(hosts.iloc[0]),
                members=tuple(rows["kommunenummer"]),
                status=str(first["status"]),
                since=str(first["year_from"]),
                source=re.sub(r"\s*\([^)]*\)", "", first["source"]),
                source_year=str(first["source_year"]),
                note=str(first["note_nb"]),
                note_en=str(first["note"]),
            )
        )
    rank = list(references.STATUSES)
    offices.sort(key=lambda one: rank.index(one.status))
    councils: dict[str, tuple[Council, ...]] = {}
    for group, id_, status in references.load(COUNCILS, edition)[["group", "kommunenummer", "status"]].itertuples(
        index=False
    ):
        councils[id_] = (*councils.get(id_, ()), Council(group, status == CHECKED))
    return Today(tuple(offices), councils)


def shared_now(edition: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return host and members of each office at work, the best documented first; each municipality is in one only."""
    placed: set[str] = set()
    offices = []
    for one in load(edition).at_work:
        members = tuple(sorted(set(one.members) - placed))
        if len(members) > 1:
            offices.append((one.host if one.host in members else "", members))
            placed |= set(members)
    return tuple(offices)


def cells(edition: str, id_: str, unchecked: str = UNCHECKED) -> tuple[str, str]:
    """Return the cells of `COLUMNS` for a municipality: offices at work, and councils with a word if not checked."""
    today = load(edition)
    offices = [one.name for one in today.of(id_) if one.is_at_work]
    councils = [one.name if one.checked else unchecked.format(one.name) for one in today.councils.get(id_, ())]
    return BETWEEN.join(offices), BETWEEN.join(councils)
