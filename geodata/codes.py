"""Municipality numbers as people write them: what can only be meant, and what cannot be used."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from geodata import editions, municipalities
from geodata.editions import OWN
from geodata.faults import did_you_mean, near, similar

_NUMBER: Final = re.compile(r"(?:K-?)?(\d{3,4})(?:[.,]0+)?", re.IGNORECASE)
"""Also ``K-5601`` as statistics have it, ``301`` that lost its zero, and ``5601.0``."""
_AS_TEXT: Final = re.compile(r"""=?["'\N{RIGHT SINGLE QUOTATION MARK}](.*?)["']?""")
"""How spreadsheets are kept from making numbers of text: ``="0301"``, ``'0301``."""
_WITH_NAME: Final = re.compile(r"(\d{3,4})[\s:,-]+(\D+)|(\D+?)[\s:,-]*\(?(\d{3,4})\)?")
"""``0301 Oslo``, ``Oslo (0301)``."""


@dataclass(frozen=True)
class NumberBook:
    """Everything needed to judge a number in one edition.

    Attributes
    ----------
    edition : str
        The edition in use.
    names : dict of str to str
        Number to Norwegian name, in this edition.
    elsewhere : dict of str to tuple
        For a number of other years only: the year, the name there, and the numbers here.
    same : dict of str to str
        For those of `elsewhere` that are one municipality here, whole and alone: its number.
    spellings : dict of str to tuple of str
        As from `geodata.municipalities.spellings`, in this edition.
    before : dict of (str, str) to frozenset of str
        By year and number here: the numbers of that year of which it has ground.
    """

    edition: str
    names: dict[str, str]
    elsewhere: dict[str, tuple[str, str, tuple[str, ...]]]
    same: dict[str, str]
    spellings: dict[str, tuple[str, ...]]
    before: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def older(self, written: str) -> str | None:
        """Return the number of another year that something written means, if it was joined or divided; else nothing."""
        text = unquoted(written)
        found, named = _NUMBER.fullmatch(text), _WITH_NAME.fullmatch(text)
        number = (found[1] if found else (named[1] or named[4]) if named else "").zfill(4)
        return number if number in self.elsewhere and number not in self.same else None

    def describe(self, number: str) -> str:
        """Return number and name: ``0301 (Oslo)``."""
        return f"{number} ({self.names[number]})"

    def meant(self, written: str) -> str:
        """Return the number that something written can only mean; the same text if there is none.

        Parameters
        ----------
        written : str
            A number, also as spreadsheets and statistics write it, or of other years if that is the same
            municipality, whole (no number has meant two); a number with the name that it has; or a name
            that one municipality has in an official language.
        """
        text = written.strip()
        if text in self.names:
            return text
        if text in self.elsewhere:
            return self.same.get(text, written)
        text = unquoted(text)
        if self.edition == OWN:
            return self._meant_of_own(text) or written
        if found := _NUMBER.fullmatch(text):
            number = found[1].zfill(4)
            return number if number in self.names else self.same.get(number, written)
        named = self.called(text)
        if found := _WITH_NAME.fullmatch(text):
            number = (found[1] or found[4]).zfill(4)
            return number if number in self.called(found[2] or found[3]) else written
        return named[0] if len(named) == 1 else written

    def called(self, name: str) -> tuple[str, ...]:
        """Return the numbers of the municipalities that have an official name."""
        return self.spellings.get(_folded(name), ())

    def journey_fault(self, written: str) -> tuple[str, str] | None:
        """Judge what stands where an end of a journey should, as `fault`: minutes cannot be added up."""
        wrong = self.fault(written)
        if wrong and written.strip() in self.elsewhere:
            return wrong[0], f"{wrong[1]}; minutes are between centres: write those of today"
        return wrong

    def fault(self, written: str) -> tuple[str, str] | None:  # noqa: PLR0911 - one return for each fault
        """Judge what stands where a number should.

        Parameters
        ----------
        written : str
            The cell as the user wrote it.

        Returns
        -------
        tuple of str or None
            What is wrong and the next step; None for a number of this edition.
        """
        text = written.strip()
        if text in self.names:
            return None
        if self.edition == OWN:
            return self._fault_of_own(text)
        if not text:
            return "the kommunenummer is missing", "four digits, like 0301"
        if (found := _WITH_NAME.fullmatch(text)) and (number := (found[1] or found[4]).zfill(4)) in self.names:
            name = found[2] or found[3]
            return f"{text!r}: {number} is {self.names[number]}", self._by_name(name) or f"write {number}"
        if text.casefold() in _counties():
            return f"{text!r} is a county, no municipality", "a row for each of its municipalities"
        if not (text.isascii() and text.isdigit()):
            return f"{text!r} is no kommunenummer", self._by_name(text) or "four digits, like 0301"
        if len(text) == 4:
            return f"{text} is no municipality of {self.edition}", self._elsewhere(text)
        padded = text.zfill(4)
        meant = f"did you mean {self.describe(padded)}?" if padded in self.names else "like 0301"
        digits = "1 digit" if len(text) == 1 else f"{len(text)} digits"
        return f"{text!r} has {digits}, a kommunenummer has four", meant

    def _meant_of_own(self, text: str) -> str | None:
        """Return the id that a text can only mean: without zeros, in small letters, or by a name that only one has."""
        widths = {len(number) for number in self.names}
        padded = text.zfill(widths.pop()) if len(widths) == 1 else text
        if padded in self.names:
            return padded
        # Headers of tables are in small letters, and ids of a square table stand in one.
        alike = [number for number in self.names if number.casefold() == text.casefold()]
        named = alike or self.called(text)
        return named[0] if len(named) == 1 else None

    def _fault_of_own(self, text: str) -> tuple[str, str]:
        """Say of what stands where an id should that it is none."""
        what = f"{text[:40]!r} is no municipality of the region" if text else "it is not said which municipality"
        hint = self._by_name(text) or near(text, self.names)
        return what, hint or f"they are written like {next(iter(self.names))}"

    def _elsewhere(self, number: str) -> str:
        if number not in self.elsewhere:
            return "see `plankontor data show` for the numbers"
        other, name, here = self.elsewhere[number]
        now = ", ".join(f"{one} {self.names[one]}" for one in here)
        when = f"from {self.edition}" if self.edition > other else f"in {self.edition}"
        joined = ", with others" if len(here) == 1 and number not in self.same else ""
        return f"{number} is {name} of {other}; {when}: {now}{joined}"

    def _by_name(self, text: str) -> str:
        """Guess the number behind a name; two municipalities may share one (Herøy, Våler)."""
        numbers: dict[str, list[str]] = {}
        for number, name in self.names.items():
            numbers.setdefault(_folded(name), []).append(number)
        folded = _folded(text)
        guesses = [folded] if folded in numbers else similar(text, numbers)
        return did_you_mean([self.describe(number) for guess in guesses for number in numbers[guess]])


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def unquoted(text: str) -> str:
    """Return what a spreadsheet was kept from making a number of: ``="0301"`` is 0301."""
    text = text.strip()
    found = _AS_TEXT.fullmatch(text)
    return found[1].strip() if found else text


def book(edition: str, own: Mapping[str, str] | None = None) -> NumberBook:
    """Return the numbers of an edition, and those of the other one that a user may mix in.

    Parameters
    ----------
    edition : str
        Its name.
    own : mapping of str to str
        Name of each municipality by id, in the edition `OWN`.
    """
    if edition == OWN:
        numbers: dict[str, list[str]] = {}
        for number, name in (own or {}).items():
            numbers.setdefault(_folded(name), []).append(number)
        return NumberBook(OWN, dict(own or {}), {}, {}, {name: tuple(found) for name, found in numbers.items()})
    return _of_edition(edition)


@cache
def _of_edition(edition: str) -> NumberBook:
    """Return the numbers of an embedded edition; put together once."""
    names = {name: municipalities.names(name) for name in editions.EDITIONS}
    (other,) = (name for name in editions.EDITIONS if name != edition)
    table, older = municipalities.correspondence(), municipalities.numbers_of_2018()
    here = table.groupby("kommunenummer_2024")[f"kommunenummer_{edition}"].agg(set).to_dict()
    pairs = list(zip(table[f"kommunenummer_{other}"], table[f"kommunenummer_{edition}"], strict=True))
    of_2018 = dict(zip(older["kommunenummer_2018"], older["name_2018"], strict=True))
    old_pairs = [
        (old, number)
        for old, new in zip(older["kommunenummer_2018"], older["kommunenummer_2024"], strict=True)
        for number in here[new]
    ]
    elsewhere, same = _of_year("2018", of_2018, old_pairs, names[edition])
    newer, newer_same = _of_year(other, names[other], pairs, names[edition])
    # The other edition first: its numbers and names are the likelier ones.
    elsewhere = newer | elsewhere | newer
    before = _parts("2018", old_pairs) | _parts(other, pairs)
    return NumberBook(edition, names[edition], elsewhere, same | newer_same, municipalities.spellings(edition), before)


def _parts(year: str, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    """Return `NumberBook.before` for the numbers of one year."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for old, new in pairs:
        found[year, new].add(old)
    return {key: frozenset(olds) for key, olds in found.items()}


def _of_year(
    year: str, there: Mapping[str, str], pairs: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> tuple[dict[str, tuple[str, str, tuple[str, ...]]], dict[str, str]]:
    """Return `NumberBook.elsewhere` and `NumberBook.same` for the numbers of one year.

    Parameters
    ----------
    year : str
        The year.
    there : mapping of str to str
        Number to name in that year.
    pairs : iterable of (str, str)
        Numbers there and here that have ground in common.
    names : mapping of str to str
        Number to name here.
    """
    after: dict[str, set[str]] = defaultdict(set)
    before: dict[str, set[str]] = defaultdict(set)
    for old, new in pairs:
        after[old].add(new)
        before[new].add(old)
    elsewhere = {old: (year, there[old], tuple(sorted(new))) for old, new in after.items() if old not in names}
    same = {old: new[0] for old, (_, _, new) in elsewhere.items() if len(new) == len(before[new[0]]) == 1}
    return elsewhere, same


@cache
def _counties() -> frozenset[str]:
    """Return the names of the counties of all editions, folded."""
    return frozenset(
        name.casefold() for edition in editions.EDITIONS for name in municipalities.county_numbers(edition)
    )
