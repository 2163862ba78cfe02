"""Which municipality or county somebody means: by number, or by any of its names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geopandas import GeoDataFrame

from geodata import codes, editions
from geodata import municipalities as municipality_tables
from geodata.codes import NumberBook
from scenarios.question.faults import near

NAMES = ("name", "name_norwegian", "name_sami", "name_kven")
COUNTY_NAMES = ("county_name", "county_name_norwegian")
JOINED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("hedmark", "oppland"), "34"),
    **dict.fromkeys(("aust-agder", "vest-agder"), "42"),
    **dict.fromkeys(("hordaland", "sogn og fjordane"), "46"),
    **dict.fromkeys(("sør-trøndelag", "nord-trøndelag"), "50"),
}
"""Counties that became a part of another before both editions (2018 and 2020), and its number."""


class UnknownError(ValueError):
    """Nobody is called so, or several are.

    Parameters
    ----------
    what
        What was found.
    hint
        Who may have been meant.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


@dataclass(frozen=True)
class Gazetteer:
    """The numbers and names of one edition.

    Parameters
    ----------
    edition
        Its name.
    names
        Number of a municipality to its Norwegian name.
    labels
        Number of a municipality to number, name and county, as faults print it.
    by_name
        Folded name to numbers of municipalities, sorted.
    counties
        Number of a county to Norwegian name.
    counties_by_name
        Folded name of a county to its number.
    """

    edition: str
    names: Mapping[str, str]
    labels: Mapping[str, str]
    by_name: Mapping[str, tuple[str, ...]]
    counties: Mapping[str, str]
    counties_by_name: Mapping[str, str]

    @cached_property
    def book(self) -> NumberBook:
        """Return what is known of wrong numbers, those of the other edition among them; read when first needed."""
        return codes.book(self.edition, self.names)

    def municipality(self, written: str) -> str:
        """Return the number of a municipality.

        Parameters
        ----------
        written
            Number, or name in Norwegian, Sámi, Kven or all of them; two that share a name are told apart by the
            county in parentheses, "Herøy (Nordland)".

        Raises
        ------
        UnknownError
            If there is no such municipality, or there are several.
        """
        text = written.strip()
        if text in self.names:
            return text
        if is_number(text):
            raise UnknownError(*(self.book.fault(text) or ("no municipality has this number",)))
        found = self.by_name.get(fold(text), ())
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownError(
                f'"{text}" is the name of {len(found)} municipalities',
                f"write the number: {' or '.join(self.labels[number] for number in found)}",
            )
        where = "the region" if self.edition == editions.OWN else self.edition
        raise UnknownError(f'no municipality of {where} is called "{text}"', self.similar(text))

    def similar(self, text: str) -> str:
        """Return who may be meant by a name that nobody has."""
        for number, (other, name, here) in self.book.elsewhere.items():
            if fold(name) == fold(text):
                return f"{number} {name} is one of {other}; in {self.edition}: {', '.join(map(self.short, here))}"
        meant = [number for name in near(text, self.by_name, 3) for number in self.by_name[name]]
        return f"did you mean {' or '.join(map(self.short, dict.fromkeys(meant)))}?" if meant else ""

    def short(self, number: str) -> str:
        """Return number and name."""
        return f"{number} {self.names[number]}"

    def county(self, written: str) -> str:
        """Return the number of a county, given by number or any of its names.

        Raises
        ------
        UnknownError
            If there is no such county.
        """
        text = written.strip()
        if text in self.counties:
            return text
        if number := self.counties_by_name.get(fold(text)):
            return number
        where = "the region" if self.edition == editions.OWN else self.edition
        listed = f"the counties of {where} are {', '.join(f'{no} {name}' for no, name in self.counties.items())}"
        if not is_number(text):
            if hint := self.became(text) or self.several(text):
                raise UnknownError(f'there is no county "{text}"', hint)
            meant = near(text, self.counties.values())
            guess = f"did you mean {meant[0]}? " if meant else ""
            raise UnknownError(f'there is no county "{text}"', guess + listed)
        if text.zfill(2) in self.counties:
            number = text.zfill(2)
            raise UnknownError(
                f'there is no county "{text}"; numbers have two digits', f'"{number}" ({self.counties[number]})?'
            )
        raise UnknownError(f'there is no county "{text}"', self.successors(text) + listed)

    def several(self, text: str) -> str:
        """Return how to name several counties, if the text is a list of them; else nothing."""
        written = [one.strip() for one in re.split(r"[,;+/]|\bog\b", text) if one.strip()]
        listed = [self.counties_by_name.get(fold(one), one) for one in written]
        if len(listed) < 2 or not all(number in self.counties for number in listed):
            return ""
        names = [self.counties[number] for number in listed]
        option, setting = " ".join(f"--county '{name}'" for name in names), ", ".join(f'"{name}"' for name in names)
        return f"these are several; repeat the option, {option}, or write select.counties = [{setting}]"

    def became(self, name: str) -> str:
        """Return what became of a county that was, or what one was that is not yet; nothing for other names."""
        if self.edition == editions.OWN:
            return ""
        if number := JOINED.get(fold(name)):
            return f"it became a part of {number} {self.counties[number]}"
        for edition in editions.EDITIONS:
            numbers = {fold(county): number for county, number in municipality_tables.county_numbers(edition).items()}
            if edition != self.edition and fold(name) in numbers:
                return self.successors(numbers[fold(name)]).removesuffix("; ")
        return ""

    def successors(self, number: str) -> str:
        """Return what became of a county of the other edition, as the beginning of a hint; may be empty."""
        moved = [(other, here) for old, (other, _, here) in self.book.elsewhere.items() if old.startswith(number)]
        if len(number) != 2 or not moved:
            return ""
        now = sorted({one[:2] for _, here in moved for one in here})
        names = ", ".join(f"{one} {self.counties[one]}" for one in now)
        return f"its municipalities of {moved[0][0]} belong to {names} in {self.edition}; "


def of(municipalities: GeoDataFrame) -> Gazetteer:
    """Return the gazetteer of an edition.

    Parameters
    ----------
    municipalities
        A whole edition, as `geodata.municipalities.load` gives it.
    """
    edition = municipalities.attrs["edition"]
    by_name: dict[str, set[str]] = {}
    names, labels = {}, {}
    counties: dict[str, str] = {}
    counties_by_name: dict[str, str] = {}
    facts = municipalities[[*NAMES, "county_number", *COUNTY_NAMES]].to_dict("index")
    for number, row in facts.items():
        county = row["county_name_norwegian"]
        names[number] = row["name_norwegian"]
        labels[number] = f"{number} {row['name_norwegian']} ({county})"
        for name in parts(row[column] for column in NAMES):
            by_name.setdefault(fold(name), set()).add(number)
            by_name.setdefault(fold(f"{name} ({county})"), set()).add(number)
        counties[row["county_number"]] = county
        for name in parts(row[column] for column in COUNTY_NAMES):
            counties_by_name[fold(name)] = row["county_number"]
            counties_by_name.setdefault(unmarked(name), row["county_number"])
    return Gazetteer(
        edition,
        names,
        labels,
        {name: tuple(sorted(numbers)) for name, numbers in by_name.items()},
        dict(sorted(counties.items())),
        counties_by_name,
    )


def parts(names: Iterable[str]) -> set[str]:
    """Return the names, and each of the languages in those that hold several."""
    whole = {name for name in names if name}
    return whole | {part for name in whole for part in name.split(" - ")}


def fold(name: str) -> str:
    """Return a name without differences of case, of spaces, of dashes and of the coding of accents."""
    plain = unicodedata.normalize("NFC", name).casefold()
    return " ".join(plain.replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-").split())


def unmarked(name: str) -> str:
    """Return a name in plain letters, as people write it who have no others: ``more og romsdal``."""
    letters = unicodedata.normalize("NFKD", fold(name).replace("ø", "o").replace("æ", "ae").replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_number(text: str) -> bool:
    """Return whether a text can only be meant as a number."""
    return text.isascii() and text.isdigit()
