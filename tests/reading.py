"""Read the program's Norwegian sentences back: which text of the catalogue it is, and what stands in its places."""

import re
from collections.abc import Iterable
from functools import cache

from maps.told.texts import Words, catalogue

SPACES = "\u202f"
BOUNDARY = re.compile(r"(?<=[.]) (?=[A-ZÆØÅ{])")
PLACE = re.compile(r"\\{(\w+)\\}")
FIGURE = r"(?:under |mer enn )?\u2212?\d+(?:\u202f\d{3})*(?:,\d+)?"


@cache
def pattern(key: str) -> re.Pattern[str]:
    """Return what matches a text of the catalogue, its places as groups."""
    seen: set[str] = set()

    def group(found: re.Match[str]) -> str:
        name = found[1]
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.{'*' if name == 'gap' else '+'}?)"

    template = catalogue()[key]
    escaped = re.escape(template[:1].upper() + template[1:] if not template.startswith("{") else template)
    return re.compile(PLACE.sub(group, escaped))


def read(sentence: str, *sections: str) -> list[tuple[str, dict[str, str]]]:
    """Return the texts that a sentence consists of, in order, with their places; every character is accounted for.

    Parameters
    ----------
    sentence
        As printed; texts are separated by single spaces.
    sections
        Of the catalogue, or patterns of keys, whose texts are tried; the longest that fits is taken.
    """
    keys = tuple(Words().section(*(name if "*" in name else f"{name}." for name in sections)))
    pieces = BOUNDARY.split(sentence)
    found = []
    while pieces:
        reading = next(filter(None, (_begin(key, pieces) for key in by_length(keys))), None)
        assert reading is not None, f"no reading of: {' '.join(pieces)}"
        found.append(reading)
        del pieces[: sentences_in(reading[0])]
    return found


@cache
def by_length(keys: tuple[str, ...]) -> list[str]:
    """Return the keys of the texts with the most sentences first, then the most fixed letters."""
    return sorted(keys, key=lambda key: (-sentences_in(key), -sum(map(len, fixed(key)))))


def sentences_in(key: str) -> int:
    """Return of how many sentences a text consists."""
    return len(BOUNDARY.split(catalogue()[key]))


def fixed(key: str) -> list[str]:
    """Return what stands between the places of a text."""
    template = catalogue()[key]
    if not template.startswith("{"):
        template = template[:1].upper() + template[1:]
    return re.split(r"\{\w+\}", template)


def _begin(key: str, pieces: list[str]) -> tuple[str, dict[str, str]] | None:
    """Return how a text reads the first pieces, or ``None``."""
    text, at = " ".join(pieces[: sentences_in(key)]), 0
    for part in fixed(key):
        at = text.find(part, at)
        if at < 0:
            return None
        at += len(part)
    matched = pattern(key).fullmatch(text)
    return None if matched is None else (key, matched.groupdict())


def figures(text: str) -> list[str]:
    """Return the figures in a text as written."""
    return re.findall(FIGURE, text)


def value(text: str) -> float:
    """Return the first figure in a text."""
    [first, *_] = figures(text)
    bare = first.removeprefix("under ").removeprefix("mer enn ")
    return float(bare.replace(SPACES, "").replace(",", ".").replace("\u2212", "-"))


def says(text: str, number: float, decimals: int = 1) -> bool:
    """Return whether the first figure in a text is this number, rounded to so many decimals."""
    [first, *_] = figures(text)
    if first.startswith("under "):
        return 0 < number < value(text)
    if first.startswith("mer enn "):
        return value(text) < number < 0
    if value(text) == 0:
        return number == 0
    return abs(value(text) - number) <= 0.5 * 10**-decimals + 1e-9 * (1 + abs(number))


def promises_at_most(text: str, number: float, decimals: int = 1) -> bool:
    """Return whether the first figure is this number rounded up."""
    return -1e-9 <= value(text) - number < 10**-decimals + 1e-9


def split(text: str) -> list[str]:
    """Return the items of "a, b og c"."""
    return [item for part in text.split(", ") for item in re.split(r" og (?=[^ ])", part)]


def all_of(items: Iterable[str]) -> str:
    """Return items as the program lists them."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}" if names else ""
