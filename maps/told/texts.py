"""Every text that people read, from one catalogue of all languages, and numbers as they write them."""

import math
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fnmatch import translate
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from maps.told.called import Called
from optimizer.terms import TERMS

CATALOGUE: Final = Path(__file__).parents[1] / "catalogue"
"""Folder of TOML files, in which every text stands in two languages: ``key.nb`` beside ``key.en``."""
APART: Final[Mapping[str, str]] = MappingProxyType({"nn": "nynorsk"})
"""Languages whose texts have files of the same names to themselves, in a folder of the catalogue: ``key``."""
LANGUAGES: Final = ("nb", "nn", "en")
"""Norwegian bokmål first: it is written unless somebody asks for another."""

NARROW_SPACE: Final = "\u202f"
MINUS: Final = "\u2212"
DASH: Final = "\u2013"
AS_HERE: Final = Called()
"""Municipalities and counties are called so."""
MARKS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"nb": (NARROW_SPACE, ","), "nn": (NARROW_SPACE, ","), "en": (",", ".")}
)
"""What stands between thousands, and before decimals."""
MINUTE_DECIMALS: Final = 1
FTE_DECIMALS: Final = 2
NET: Final = "_net"
"""Ends the key of a text about planners less those on the road."""
MILLION: Final = 1e6
MILLION_DECIMALS: Final = 1
DECIMALS: Final = {"minutes": MINUTE_DECIMALS, "årsverk": FTE_DECIMALS}
"""Most decimals in a sentence, by unit; all other units count. A table has the same decimals in a whole column."""

OF_TERM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "setting": "setting.weights.{name}",
        "burden": "figure.burden_{name}",
        "burden_meaning": "figure_meaning.burden_{name}",
        "column": "column.{column}",
        "column_meaning": "meaning.{column}",
    }
)
"""Texts that stand in the table of a term, and are looked up among settings, figures and columns."""


@cache
def catalogue(language: str = "nb", *, net: bool = False, called: Called = AS_HERE) -> Mapping[str, str]:
    """Return all texts of a language by their dotted key.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    net
        Whether planners on the road are missing: then what stands at ``key_net`` is said in the place of ``key``.
    called
        What municipalities and counties are called.
    """
    if called != AS_HERE:
        plain = catalogue(language, net=net)
        return MappingProxyType({key: called.said(text, language) for key, text in plain.items()})
    everything = _said()[language]
    found = {key: text for key, text in everything.items() if not key.endswith(NET)}
    if net:
        found |= {key.removesuffix(NET): text for key, text in everything.items() if key.endswith(NET)}
    for name, term in TERMS.items():
        for own, key in OF_TERM.items():
            if (text := found.pop(f"term.{name}.{own}", None)) is not None:
                found[key.format(name=name, column=term.column)] = text
    return MappingProxyType(found)


@cache
def _said() -> Mapping[str, Mapping[str, str]]:
    """Return the texts of every file of the catalogue by language and dotted key."""
    said: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for file in sorted(CATALOGUE.glob("*.toml")):
        for key, text in read(file):
            name, _, language = key.rpartition(".")
            said[language][name] = text
    for language, folder in APART.items():
        for file in sorted((CATALOGUE / folder).glob("*.toml")):
            said[language] |= read(file)
    return {
        language: {key: text.replace(" %", f"{NARROW_SPACE}%") for key, text in texts.items()}
        for language, texts in said.items()
    }


def read(file: Path) -> Iterator[tuple[str, str]]:
    """Return the texts of one file by dotted key, which ends in the language unless that has the file to itself."""
    return _flat(tomllib.loads(file.read_text("utf-8")))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of a table and the tables in it, by dotted key."""
    for name, item in table.items():
        if isinstance(item, str):
            yield above + name, item
        else:
            yield from _flat(item, f"{above}{name}.")


def number(value: float | Decimal, decimals: int = 0, language: str = "nb") -> str:
    """Return a number as its readers write it, halves rounded up; Norwegians: narrow space and decimal comma.

    The pages' JavaScript does exactly the same, so that a popup and the table never differ in the last digit.
    """
    between, point = MARKS[language]
    figure = abs(rounded(value, decimals))
    whole, _, part = f"{figure:f}".partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    sign = MINUS if value < 0 and figure else ""
    return sign + between.join(groups) + (point + part if part else "")


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Return a number with so many decimals, halves rounded away from zero."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def in_language(language: str, norwegian: str, english: str) -> str:
    """Return the text of an author in a language; as it was written in Norwegian where there is no other.

    What is shipped is said in nynorsk by the catalogue, behind it whatever was added with a dash.
    """
    if language == "en" and english:
        return english
    written, dash, added = norwegian.partition(f" {DASH} ")
    return shipped(language).get(norwegian) or shipped(language).get(written, written) + dash + added


@cache
def shipped(language: str) -> Mapping[str, str]:
    """Return what shipped scenarios, arrangements and tables say, in a language by what they say in bokmål."""
    file = CATALOGUE / "shipped" / f"{APART.get(language, '')}.toml"
    said = tomllib.loads(file.read_text("utf-8"))["said"] if language in APART else ()
    return MappingProxyType({text["nb"]: text[language] for text in said})


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
    net
        Whether planners on the road are missing, and words say so; see `catalogue`.
    called
        What municipalities and counties are called.
    """

    language: str = "nb"
    net: bool = field(default=False, kw_only=True)
    called: Called = field(default=AS_HERE, kw_only=True)

    @property
    def _texts(self) -> Mapping[str, str]:
        return catalogue(self.language, net=self.net, called=self.called)

    def text(self, key: str, **values: object) -> str:
        """Return a text with its places filled; numbers are to be formatted before.

        Raises
        ------
        KeyError
            If there is no such text, or a place has no value.
        """
        return self._texts[key].format_map(values)

    def sentence(self, key: str, **values: object) -> str:
        """Return a text that begins with a capital letter."""
        found = self.text(key, **values)
        return found[:1].upper() + found[1:]

    def has(self, key: str) -> bool:
        """Return whether there is a text with this key."""
        return key in self._texts

    def known(self, key: str, otherwise: str) -> str:
        """Return the text with this key, or `otherwise`."""
        return self._texts.get(key, otherwise)

    def translated(self, said: str) -> str:
        """Return what a source says of itself in this language; names and addresses stay as they are."""
        for key, phrase in self.section("source.").items():
            said = said.replace(key.removeprefix("source."), phrase)
        return said

    def section(self, *names: str) -> dict[str, str]:
        """Return the texts of some sections, or with some beginnings, unfilled; ``*`` stands for any letters."""
        wanted = re.compile("|".join(translate(f"{name}*") for name in names))
        return {key: text for key, text in self._texts.items() if wanted.match(key)}

    def count(self, key: str, number_of: float) -> str:
        """Return "1 kommune", "2 kommuner": the text ``count.<key>_one`` or ``count.<key>_many``, of whole numbers."""
        written = self.number(number_of)
        return self.text(f"count.{key}_{'one' if written == '1' else 'many'}", n=written)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Return a number as its readers write it; a dash where there is none."""
        if value is None or not math.isfinite(value):
            return DASH
        return number(value, decimals, self.language)

    @property
    def point(self) -> str:
        """What stands before decimals."""
        return MARKS[self.language][1]

    def short(self, value: float, decimals: int = MINUTE_DECIMALS) -> str:
        """Return a number with at most so many decimals; what would read as 0 without being it is "under 0,1"."""
        if not math.isfinite(value):
            return DASH
        exact = Decimal(repr(float(value)))
        if value and not rounded(exact, decimals):
            least = number(10.0**-decimals, decimals, self.language)
            return self.text("quantity.under" if value > 0 else "quantity.under_negative", n=least)
        shown = number(exact, decimals, self.language)
        return shown.rstrip("0").rstrip(self.point) if decimals else shown

    def at_most(self, value: float, decimals: int = MINUTE_DECIMALS) -> str:
        """Return a number rounded up, for sentences that promise no more than it."""
        step = Decimal(1).scaleb(-decimals)
        return self.short(float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_CEILING)), decimals)

    def minutes(self, value: float, decimals: int = MINUTE_DECIMALS) -> str:
        """Return "1 minutt", "13,6 minutter"."""
        return self._minutes(self.short(value, decimals))

    def most_minutes(self, value: float) -> str:
        """Return minutes rounded up with their unit, for promises."""
        return self._minutes(self.at_most(value))

    def _minutes(self, shown: str) -> str:
        """Return written minutes with their unit."""
        return self.text(f"count.minutes_{'one' if shown in {'1', MINUS + '1'} else 'many'}", n=shown)

    def fte(self, value: float) -> str:
        """Return "2,75 årsverk"."""
        return self.text("quantity.fte", n=self.short(value, FTE_DECIMALS))

    def kroner(self, value: float) -> str:
        """Return "1 234 567 kr"."""
        return self.text("kroner.kr", n=self.number(value))

    def millions(self, value: float) -> str:
        """Return kroner as "857,9 mill. kr"; so few that it would be none as they are."""
        if rounded(value, 0) and not rounded(value / MILLION, MILLION_DECIMALS):
            return self.kroner(value)
        return self.text("kroner.millions", n=self.number(value / MILLION, MILLION_DECIMALS))

    def signed(self, value: float, decimals: int = MINUTE_DECIMALS) -> str:
        """Return a difference with its sign."""
        return ("+" if rounded(value, decimals) > 0 else "") + self.number(value, decimals)

    def percent(self, share: float, decimals: int = 2) -> str:
        """Return a share as percent."""
        return self.text("quantity.percent", n=self.short(100 * share, decimals))

    def decimals(self, term: str) -> int:
        """Return the most decimals of the raw value of a term."""
        return DECIMALS.get(TERMS[term].unit, 0)

    def term(self, name: str, value: float) -> str:
        """Return the raw value of a term with its noun: "3 deltakere over fylkesgrensen", "12,5 minutter reise"."""
        shown = self.short(value, self.decimals(name))
        return self.text(f"term.{name}.{'one' if shown == '1' else 'many'}", n=shown)

    def listed(self, items: Iterable[str], most: int | None = None) -> str:
        """Return "a, b og c"; with more items than `most`: "a, b og 3 til"."""
        names = list(items)
        if most is not None and len(names) > most:
            names = [*names[:most], self.text("list.more", n=self.number(len(names) - most))]
        if len(names) < 2:
            return "".join(names)
        return self.text("list.and", first=", ".join(names[:-1]), last=names[-1])

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
            items = (self.setting(item) if isinstance(item, Mapping) else str(item) for item in value)
            return ", ".join(items) or self.text("value.empty")
        return self.known(f"value.{value}", str(value))
