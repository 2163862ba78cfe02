"""Every text that a reader of the pages sees, from one catalogue for each language, and numbers as they write them."""

import tomllib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

CATALOGUES: Final = Path(__file__).parent / "catalogue"
LANGUAGES: Final = ("nb",)
NARROW_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"


@cache
def catalogue(language: str = "nb") -> Mapping[str, str]:
    """Return all texts of a language by their dotted key."""
    with (CATALOGUES / f"{language}.toml").open("rb") as file:
        sections = tomllib.load(file)
    return MappingProxyType(
        {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}
    )


def text(key: str, **values: object) -> str:
    """Return a text with its places filled; numbers are to be formatted before.

    Raises
    ------
    KeyError
        If there is no such text, or a place has no value.
    """
    return catalogue()[key].format_map(values)


def known(key: str, otherwise: str) -> str:
    """Return the text with this key, or `otherwise`."""
    return catalogue().get(key, otherwise)


def count(key: str, number_of: int) -> str:
    """Return "1 kommune", "2 kommuner": the text ``count.<key>_one`` or ``count.<key>_many``."""
    form = "one" if number_of == 1 else "many"
    return text(f"count.{key}_{form}", n=number(number_of))


def number(value: float, decimals: int = 0) -> str:
    """Return a number as Norwegians write it: narrow space between thousands, decimal comma, halves rounded up.

    The pages' JavaScript does exactly the same, so that a popup and the table never differ in the last digit.
    """
    rounded = Decimal(abs(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, part = f"{rounded:f}".partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    sign = MINUS if value < 0 and rounded else ""
    return sign + NARROW_SPACE.join(groups) + ("," + part if part else "")
