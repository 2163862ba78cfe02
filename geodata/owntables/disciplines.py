"""What municipalities hold of each discipline."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd

from geodata.owntables.carried import Carry, CarryRules
from geodata.owntables.files import KEY
from geodata.owntables.rows import CellNumber, RowReader

DISCIPLINES: Final = (
    *("arealplan", "samfunnsplan", "gis", "miljo", "medvirkning", "kulturminne", "jus", "landskap", "ku", "byggesak"),
    "samisk",
)
"""What a discipline is called in a table."""
FTE: Final = CellNumber("fte", "årsverk, like 0.5 or 0,5", 1_000)
COLUMNS: Final = ("discipline", "fte", "people")
PEOPLE: Final = CellNumber("people", "persons, like 2; empty if not known", 10_000)
CARRY: Final = CarryRules({"fte": Carry.SUM, "people": Carry.COUNT}, beside=("discipline",), partial=True)


def read_disciplines(
    path: str | Path, municipalities: gpd.GeoDataFrame, known: Sequence[str] = DISCIPLINES
) -> dict[str, dict[str, tuple[float, int | None]]]:
    """Read a table of what is held of each discipline.

    Parameters
    ----------
    path : str or Path
        CSV with ``kommunenummer``, ``discipline``, ``fte`` and, if known, ``people``; a row for each discipline that
        a municipality holds; rows that say nothing of any are not read.
    municipalities : geopandas.GeoDataFrame
        The edition that the numbers belong to.
    known : sequence of str
        Names of the disciplines.

    Returns
    -------
    dict
        Årsverk and persons (``None`` if not known) by number and discipline.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    reader = RowReader.of(path, municipalities, ("discipline", "fte"), ("people",))
    reader.carry(municipalities, CARRY)
    held: dict[str, dict[str, tuple[float, int | None]]] = {}
    seen: dict[tuple[str, ...], str] = {}
    for where, row in reader:
        if not any(row.get(column) for column in COLUMNS):
            continue
        name = reader.name(where, row["discipline"], known, "discipline")
        if not row["fte"]:
            reader.fault(where, "fte is missing", FTE.example)
        fte, people = reader.value(where, row, FTE), reader.value(where, row, PEOPLE)
        if people % 1 > 0:
            reader.fault(where, f"people is {row['people']}, not a whole number", PEOPLE.example)
        if fte > 0 and people == 0:
            reader.fault(where, f"people is 0, but fte is {row['fte']}", "persons who share them, or empty")
        if name is not None:
            reader.once(where, seen, row[KEY], name)
            held.setdefault(row[KEY], {})[name] = (fte, None if math.isnan(people) else int(people))
    reader.finish()
    return held
