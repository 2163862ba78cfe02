"""What columns of municipalities are called by those who have them: our names, and the usual others."""

import re
import unicodedata
from typing import Final

from geodata.owntables.files import KEY, TextTable

SYNONYMS: Final = {
    "id": (
        KEY,
        *("id", "kommunenr", "kommune_nr", "komm_nr", "kommnr", "komnr", "knr", "kommunekode", "kommune_id"),
        *("kommunkod", "kommun_kod", "kommunnr", "lan_kod", "knkod", "kod", "kode", "code", "municipality_id"),
        *("municipality_code", "muni_code", "lau_id", "lau_code", "gisco_id", "natcode"),
    ),
    "name": (
        *("name", "kommunenavn", "kommune_navn", "navn", "namn", "name_norwegian", "kommunnamn", "kommun_namn"),
        *("knnamn", "lau_name", "municipality", "municipality_name", "kommune", "kommun"),
    ),
    "population": (
        *("population", "folketall", "folketal", "folkmangd", "innbyggere", "innbyggjarar", "invanare", "befolkning"),
        *("inhabitants", "pop", "population_total"),
    ),
    "county_id": (
        *("county_id", "fylkesnummer", "fylkesnr", "fylke_nr", "fylkenr", "lanskod", "lans_kod", "lnkod"),
        *("county_number", "county_code", "fylke", "lan", "county"),
    ),
    "county_name": ("county_name", "county_nam", "fylkesnavn", "fylke_navn", "lansnamn", "lnnamn"),
    "centrality_class": ("centrality_class", "centrality", "sentralitet", "sentralitetsklasse"),
    "centre_name": ("centre_name", "centre_nam", "center_name", "administrasjonssenter", "centralort"),
    "area_km2": ("area_km2", "areal_km2", "areal", "total_area_km2"),
    "population_year": ("population_year", "folketall_aar"),
}
"""By our name of a column, what it may be called; the first that a table has is read. Endings that a Shapefile cuts off
are among them."""
IDS: Final = SYNONYMS["id"]


def normal(name: str) -> str:
    """Return the name of a column in small letters without accents, its words joined by ``_``: "Län Kod" is lan_kod."""
    letters = unicodedata.normalize("NFD", name.strip().casefold().replace("ø", "o").replace("æ", "ae"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "_", plain).strip("_")


def understand(table: TextTable) -> None:
    """Give the columns of a table our names where they have others, and say so.

    A second column of the same meaning loses its name, and is not read.
    """
    given = [normal(name) for name in table.header]
    told = []
    for ours, names in SYNONYMS.items():
        places = [given.index(name) for name in names if name in given]
        if not places or given.count(given[places[0]]) > 1:
            continue
        for place in places:
            if table.header[place] == ours:
                table.header[place] = ""
        written = given[places[0]]
        if written != ours and not (written == KEY and len(places) == 1):
            told.append(f"{written} as {ours}")
        table.header[places[0]] = ours
    if told:
        table.remark(f"columns read by other names: {', '.join(told)}")
