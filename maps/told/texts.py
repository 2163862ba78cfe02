"""Every text that people read, from one catalogue for each language, and numbers as they write them."""

import math
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from optimizer.terms import TERMS

CATALOGUES: Final = Path(__file__).parents[1] / "catalogue"
LANGUAGES: Final = ("nb", "en")
"""Norwegian bokmål first: it is written unless somebody asks for another."""


NARROW_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"
DASH: Final = "\u2013"
MARKS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType({"nb": (NARROW_SPACE, ","), "en": (",", ".")})
"""What stands between thousands, and before decimals."""

OF_TERM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "setting": "setting.weights.{name}",
        "cost": "figure.cost_{name}",
        "cost_meaning": "figure_meaning.cost_{name}",
        "column": "column.{column}",
        "column_meaning": "meaning.{column}",
    }
)
"""Texts that stand in the table of a term, and are looked up among settings, figures and columns."""


@cache
def catalogue(language: str = "nb") -> Mapping[str, str]:
    """Return all texts of a language by their dotted key, from every file in its folder."""
    files = sorted((CATALOGUES / language).glob("*.toml"))
    found = dict(item for path in files for item in read(path))
    for name, term in TERMS.items():
        for own, key in OF_TERM.items():
            if (text := found.pop(f"term.{name}.{own}", None)) is not None:
                found[key.format(name=name, column=term.column)] = text
    return MappingProxyType(found)


def read(file: Path) -> Iterator[tuple[str, str]]:
    """Return the texts of one file by dotted key."""
    return _flat(tomllib.loads(file.read_text("utf-8")))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a table and the tables in it, by dotted key."""
    for name, item in table.items():
        if isinstance(item, str):
            yield above + name, item
        else:
            yield from _flat(item, f"{above}{name}.")


def number(value: float, decimals: int = 0, language: str = "nb") -> str:
    """Return a number as its readers write it, halves rounded up; Norwegians: narrow space and decimal comma.

    The pages' JavaScript does exactly the same, so that a popup and the table never differ in the last digit.
    """
    between, point = MARKS[language]
    figure = rounded(abs(value), decimals)
    whole, _, part = f"{figure:f}".partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    sign = MINUS if value < 0 and figure else ""
    return sign + between.join(groups) + (point + part if part else "")


def rounded(value: float, decimals: int) -> Decimal:
    """Return a number with so many decimals, halves rounded away from zero."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def in_language(language: str, norwegian: str, english: str) -> str:
    """Return the text of an author in a language; in Norwegian where there is no other."""
    return english if language == "en" and english else norwegian


def told_apart(titles: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Return a name for each of several things: its title, with its label where several have the same title."""
    names = [title or label for title, label in zip(titles, labels, strict=True)]
    return [name if names.count(name) == 1 else f"{name} ({label})" for name, label in zip(names, labels, strict=True)]


@dataclass(frozen=True)
class Words:
    """The texts of one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    """

    language: str = "nb"

    def text(self, key: str, **values: object) -> str:
        """Return a text with its places filled; numbers are to be formatted before.

        Raises
        ------
        KeyError
            If there is no such text, or a place has no value.
        """
        return catalogue(self.language)[key].format_map(values)

    def known(self, key: str, otherwise: str) -> str:
        """Return the text with this key, or `otherwise`."""
        return catalogue(self.language).get(key, otherwise)

    def section(self, *names: str) -> dict[str, str]:
        """Return the texts of some sections, or with some beginnings, unfilled; ``*`` stands for any letters."""
        known = catalogue(self.language).items()
        return {key: text for key, text in known if any(fnmatchcase(key, f"{name}*") for name in names)}

    def count(self, key: str, number_of: float) -> str:
        """Return "1 kommune", "2 kommuner": the text ``count.<key>_one`` or ``count.<key>_many``, of whole numbers."""
        written = self.number(number_of)
        return self.text(f"count.{key}_{'one' if written == '1' else 'many'}", n=written)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Return a number as its readers write it; a dash where there is none."""
        if value is None or not math.isfinite(value):
            return DASH
        return number(value, decimals, self.language)

    def setting(self, value: object) -> str:
        """Return a setting's value in words."""
        if isinstance(value, bool):
            return self.text("value.yes" if value else "value.no")
        if value is None:
            return self.text("value.none")
        if isinstance(value, int | float):
            written = f"{value:.10f}".rstrip("0")
            return self.number(value, len(written.partition(".")[2]))
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {self.setting(item)}" for key, item in value.items()) or self.text("value.empty")
        if isinstance(value, Collection) and not isinstance(value, str):
            return ", ".join(str(item) for item in value) or self.text("value.empty")
        return self.known(f"value.{value}", str(value))
