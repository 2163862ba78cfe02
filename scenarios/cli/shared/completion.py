"""What a shell offers where a value is typed: all that begins so, found without loading what solves.

Each function takes what is typed so far and returns values, each with what it means, for shells that show that; what
does not begin as typed is left out by typer.
"""

import csv
from collections import Counter
from typing import Final

from geodata.editions import DATA, DEFAULT_EDITION, EDITIONS
from maps.told.texts import Words
from optimizer.sharing.keys import KEYS
from optimizer.terms import TERMS
from scenarios.question import shipped

REFERENCES: Final = (
    "eksisterende",
    "eksisterende-og-planlagte",
    "historiske",
    "regionraad",
    "okonomiske-regioner",
    "ba-regioner",
)
"""The names of `geodata.references`, which is slow to load."""
Offers = list[tuple[str, str]]


def scenarios(incomplete: str) -> Offers:  # noqa: ARG001
    """Offer the shipped scenarios."""
    return [(name, "") for name in shipped.names()]


def references(incomplete: str) -> Offers:  # noqa: ARG001
    """Offer the arrangements of today."""
    return [(name, "") for name in REFERENCES]


def plans(incomplete: str) -> Offers:
    """Offer what can be compared: scenarios and arrangements of today."""
    return scenarios(incomplete) + references(incomplete)


def editions(incomplete: str) -> Offers:  # noqa: ARG001
    """Offer the embedded editions."""
    return [(name, "") for name in EDITIONS]


def keys(incomplete: str) -> Offers:  # noqa: ARG001
    """Offer the keys by which a cost is shared."""
    words = Words("en")
    return [(key, words.text(f"key.{key}.name")) for key in KEYS]


def terms(incomplete: str) -> Offers:
    """Offer the terms of the objective, the last of a list of them too."""
    before = incomplete[: incomplete.rfind(",") + 1]
    return [(before + name, term.meaning) for name, term in TERMS.items() if name not in before.split(",")]


def weights(incomplete: str) -> Offers:
    """Offer the terms of the objective, and all of them."""
    return [*terms(incomplete), ("all", "every term")]


def counties(incomplete: str) -> Offers:
    """Offer the counties."""
    return by_name({row["county_number"]: row["county_name_norwegian"] for row in municipality_rows()}, incomplete)


def municipalities(incomplete: str) -> Offers:
    """Offer the municipalities."""
    return by_name({row["kommunenummer"]: row["name_norwegian"] for row in municipality_rows()}, incomplete)


def by_name(names: dict[str, str], incomplete: str) -> Offers:
    """Offer names; the number where a number is begun, several have the name, or a shell would split it."""
    if incomplete[:1].isdigit():
        return list(names.items())
    many = Counter(names.values())
    return [
        (number, name) if many[name] > 1 or " " in name else (name, number) for number, name in sorted(names.items())
    ]


def municipality_rows() -> list[dict[str, str]]:
    """Return the table of municipalities as text, in a hundredth of the time that its loader takes."""
    with (DATA / f"municipalities-{DEFAULT_EDITION}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
